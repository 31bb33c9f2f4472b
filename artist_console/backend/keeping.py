"""Backup and restore of a service over one folder. A restore always begins a new epoch, so none is silent.

The copy is encrypted as its source, with the key of the same folder, which is not in it. A hosted PostgreSQL
has its own programs for both; `storage.preparing.new_epoch` belongs after its restore.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlcipher3 import dbapi2

from artist_console.domain.problems import FileProblem, InputProblem, SetupProblem, StorageProblem
from artist_console.host.lock import ProfileInUse, hold_profile
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import ensure_key, open_secrets
from artist_console.host.subkeys import subkey

from .storage import settings
from .storage.database import Database, open_database, translated
from .storage.sqlite import Sqlite, connect, faults_of, sqlite_engine, upgrade_file
from .storage.tables import ledger
from .storage.troubles import DatabaseUnreadable

_ENDINGS = ("-wal", "-shm", "-journal")


class NothingToKeep(SetupProblem):
    title_template = "There is no service in {folder}"
    advice_template = "Name its folder with --data"


class IsThere(FileProblem):
    title_template = "There is a file {name} already, and it was left as it is"
    advice_template = "Choose another name"


class NotABackup(InputProblem):
    title_template = "{name} is damaged, or is no backup of the service in {folder}: its key does not open it"
    advice_template = (
        "Choose another backup, or put back the keys that belong to this one; nothing was changed"
    )


class StillServing(SetupProblem):
    title_template = "The service in {folder} is running"
    advice_template = "Stop it first; nothing was changed"


class CopyFaulty(StorageProblem):
    title_template = "The copy {name} does not read as it was written, so it was removed"
    advice_template = "Check the disk, then try again"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, as far as it tells copies apart."""

    epoch: str
    ledgers: int
    entries: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    contents: Contents  # with the new epoch
    former: Path | None  # where what stood there before is now


def back_up(folder: ProfileFolder, file: Path) -> Contents:
    """Copy the records while the service runs or not; complete and checked when it returns.

    Raises NothingToKeep, IsThere, FileProblem, SetupProblem, StorageProblem.
    """
    key = _key_of(folder)
    if file.exists():
        raise IsThere(name=str(file))
    part = file.with_name(f".{file.name}.part")
    with _told(file):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with translated(Sqlite(), folder.backend.name):
            _copy(folder.backend, part, key)
            found = _checked(part, key)
        with _told(file):
            _flush(part)
            os.rename(part, file)
            _flush(file.parent)
    finally:
        for ending in ("", *_ENDINGS):
            part.with_name(part.name + ending).unlink(missing_ok=True)
    return found


def restore(folder: ProfileFolder, file: Path, now: datetime) -> Restored:
    """Put a backup in the place of the records, under a new epoch; what stood there is set aside.

    Raises NotABackup, StillServing, FileProblem, SetupProblem, StorageProblem.
    """
    if not file.is_file():
        raise FileProblem("There is no file {name}", "Check the name and the folder", name=str(file))
    key = _key_of(folder, even_without_records=True)
    try:
        with hold_profile(folder.lock):
            return _restore(folder, file, key, now)
    except ProfileInUse as error:
        raise StillServing(folder=str(folder.root)) from error


def begin_new_epoch(folder: ProfileFolder) -> str:
    """Say to every client that the records were put back by other means. Raises StillServing and the rest."""
    key = _key_of(folder)
    try:
        with hold_profile(folder.lock):
            database = open_database(folder.backend, key)
            try:
                with database.writing() as connection:
                    return settings.begin_epoch(connection)
            finally:
                database.close()
    except ProfileInUse as error:
        raise StillServing(folder=str(folder.root)) from error


def _key_of(folder: ProfileFolder, *, even_without_records: bool = False) -> bytes:
    if not folder.keys.exists() or not (even_without_records or folder.backend.exists()):
        raise NothingToKeep(folder=str(folder.root))
    return subkey(ensure_key(open_secrets(folder), "data", new_profile=False), "backend")


def _copy(source: Path, copy: Path, key: bytes) -> None:
    """SQLite's own online copy, in one step: one state, whatever is written meanwhile."""
    read = connect(source, key)
    try:
        written = connect(copy, key)
        try:
            read.backup(written)
        finally:
            written.close()
    finally:
        read.close()


def _checked(copy: Path, key: bytes) -> Contents:
    connection = connect(copy, key)
    try:
        if faults_of(connection):
            raise CopyFaulty(name=copy.name)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return _look(copy, key)


def _look(path: Path, key: bytes) -> Contents:
    engine = sqlite_engine(path, key)
    try:
        with engine.connect() as connection:
            return _contents(connection, path)
    finally:
        engine.dispose()


def _contents(connection: Connection, path: Path) -> Contents:
    count = sa.select(sa.func.count(), sa.func.count(ledger.c.artist.distinct())).select_from(ledger)
    entries, ledgers = connection.execute(count).one()
    epoch = settings.value(connection, "epoch") or ""
    return Contents(epoch, ledgers, entries, path.stat().st_size)


def _restore(folder: ProfileFolder, file: Path, key: bytes, now: datetime) -> Restored:
    staged = folder.backend.with_name("backend.restoring.db")
    _remove(staged)
    try:
        with _told(staged):
            shutil.copyfile(file, staged)
            staged.chmod(0o600)
        try:
            with translated(Sqlite(), file.name):
                contents = _renew(staged, key)
        except (DatabaseUnreadable, CopyFaulty) as error:
            raise NotABackup(name=str(file), folder=str(folder.root)) from error
        with _told(folder.backend):
            _flush(staged)
            former = _set_aside(folder.backend, key, now)
            os.replace(staged, folder.backend)
            _flush(folder.root)
    finally:
        _remove(staged)
    return Restored(contents, former)


def _renew(staged: Path, key: bytes) -> Contents:
    """Check, upgrade and begin the epoch before the file is in its place: no crash makes a silent restore."""
    connection = connect(staged, key)
    try:
        if faults_of(connection):
            raise CopyFaulty(name=staged.name)
    finally:
        connection.close()
    engine = sqlite_engine(staged, key)
    upgrade_file(engine, staged, copy_first=False)
    database = Database(engine, staged.name, Sqlite())
    try:
        with database.writing() as writing:
            settings.begin_epoch(writing)
        with database.reading() as reading:
            contents = _contents(reading, staged)
    finally:
        database.close()
    return contents


def _set_aside(path: Path, key: bytes, now: datetime) -> Path | None:
    """A second name for what stands there; the first stays until the restored file takes it over."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.stem}.before-restore-{now:%Y%m%dt%H%M%S}z{path.suffix}")
    # Copied before anything is opened: SQLite removes a log that it cannot make sense of.
    companions = [e for e in _ENDINGS if path.with_name(path.name + e).exists()]
    for ending in companions:
        shutil.copyfile(path.with_name(path.name + ending), aside.with_name(aside.name + ending))
    with suppress(dbapi2.DatabaseError):
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        for ending in companions:  # all of it stands in the file now
            aside.with_name(aside.name + ending).unlink()
    for ending in _ENDINGS:  # else they would be read into the restored file
        path.with_name(path.name + ending).unlink(missing_ok=True)
    try:
        os.link(path, aside)
    except OSError:  # a file system without second names
        shutil.copyfile(path, aside)
        _flush(aside)
    return aside


def _remove(path: Path) -> None:
    for ending in ("", *_ENDINGS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Durable when it returns; Windows has no such call for folders and needs none."""
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell trouble of the file system as a problem with the name of a file."""
    try:
        yield
    except OSError as error:
        raise FileProblem(
            "{name} could not be written: {reason}",
            "Check that the folder exists, that you may write there, and that the disk has room",
            name=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
