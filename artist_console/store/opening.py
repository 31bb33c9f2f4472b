"""Opens the two databases of a profile on one connection: journal.db as main, mirror.db attached.

The order of the settings matters (PROTOCOL, "Durability of the local store"). Each lane opens a store of its
own; stores on the same files see each other's commits.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import apsw

from .line_files import LineFiles
from .migrations import migrate, migrations_of, version_of
from .problems import (
    JournalGone,
    MirrorDamaged,
    OldSqlite,
    StoreDamaged,
    StoreTooNew,
    StoreUnreadable,
    translated,
)

if TYPE_CHECKING:
    # Only what reads statements needs it.
    from artist_console.domain.source_names import KnownSource

# The write-ahead log of older versions can lose commits with two connections (the WAL-reset bug).
NEEDED_SQLITE = (3, 51, 3)
KEY_BYTES = 32
BUSY_MS = 10_000
# A sync round writes the mirror in pages of rows; 32 MB keep the tables that are shown in memory.
CACHE_KIB = 32 * 1024

Cached = TypeVar("Cached")
Bindings = Mapping[str, object] | Sequence[object]


class Part(Enum):
    """What a transaction writes to. The rest can be read in it."""

    JOURNAL = "journal"
    MIRROR = "mirror"
    BOTH = "both"


# A write that changes no row takes the lock of its database alone; BEGIN IMMEDIATE would take both, and a
# decision would wait for a snapshot that is just coming in.
_LOCKS = {
    Part.JOURNAL: "UPDATE main.profile SET value = value WHERE false",
    Part.MIRROR: "UPDATE mirror.meta SET value = value WHERE false",
}


class Store:
    """The open databases of a profile. Not for two threads at once."""

    def __init__(
        self, connection: apsw.Connection, journal: Path, mirror: Path, files: LineFiles | None
    ) -> None:
        self.connection = connection
        self.journal_path = journal
        self.mirror_path = mirror
        self.files = files  # of lines; None: none are kept, none are fetched
        self._at_close: list[Callable[[], None]] = []
        # What is publicly documented of names in statements; whoever opens a profile hands it in.
        self.known_sources: Callable[[], tuple[KnownSource, ...]] = tuple
        self._caches: dict[str, tuple[object, object]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close both databases; may be called again.

        A disk that fails here has taken every commit already: what could not be moved from a log into its
        database now is moved, and looked at, at the next start.
        """
        self._caches.clear()
        while self._at_close:
            self._at_close.pop()()
        close_anyhow(self.connection)

    def at_close(self, do: Callable[[], None]) -> None:
        """Have something closed together with the store."""
        self._at_close.append(do)

    def rows(self, sql: str, bindings: Bindings | None = None) -> list[Any]:
        """All rows of a query. Raises StorageProblem."""
        try:
            return self.connection.execute(sql, bindings).fetchall()
        except apsw.Error as error:
            raise self._problem(error) from error

    def row(self, sql: str, bindings: Bindings | None = None) -> Any:
        """The first row of a query, or None."""
        return next(iter(self.rows(sql, bindings)), None)

    def value(self, sql: str, bindings: Bindings | None = None) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, bindings)
        return found[0] if found else None

    def run(self, sql: str, bindings: Bindings | None = None) -> None:
        """A statement that gives no rows. Raises StorageProblem."""
        self.rows(sql, bindings)

    def run_many(self, sql: str, many: Sequence[Bindings]) -> None:
        """A statement once for each of the bindings."""
        try:
            self.connection.executemany(sql, many)
        except apsw.Error as error:
            raise self._problem(error) from error

    @contextmanager
    def transaction(self, part: Part) -> Iterator[None]:
        """All or nothing. Durable when it ends, as far as it wrote the journal.

        Across both databases each is all or nothing by itself, the journal first: a loss of power between
        the two leaves the mirror older, which the next sync round makes good.
        Raises StorageProblem; then nothing of the transaction is recorded.
        """
        try:
            if part is Part.BOTH:
                self.connection.execute("BEGIN IMMEDIATE")
            else:
                self.connection.execute("BEGIN")
                self.connection.execute(_LOCKS[part])
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, apsw.Error):
                raise self._problem(error) from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see the same state."""
        if self.connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def cached(self, name: str, mark: object) -> object | None:
        """What was kept under this name, if it was kept under the same mark."""
        kept = self._caches.get(name)
        return kept[1] if kept is not None and kept[0] == mark else None

    def keep(self, name: str, mark: object, value: Cached) -> Cached:
        self._caches[name] = (mark, value)
        return value

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            try:
                self.connection.execute("ROLLBACK")
            except apsw.Error as error:
                raise self._problem(error) from error

    def _problem(self, error: apsw.Error) -> BaseException:
        if isinstance(error, apsw.CorruptError | apsw.NotADBError):
            sound = self._journal_is_sound()
            # For the next start, which looks at all of it before anything is done.
            damage_mark(self.mirror_path if sound else self.journal_path).touch()
            if sound:
                return MirrorDamaged(name=self.mirror_path.name)
        return translated(error, self.journal_path.name) or error

    def _journal_is_sound(self) -> bool:
        """SQLite does not say which of its files an error is about."""
        try:
            return bool(self.connection.execute("PRAGMA main.quick_check(1)").get == "ok")
        except apsw.Error:
            return False


def check_library() -> None:
    """Raises OldSqlite where the write-ahead log of the library cannot be trusted."""
    found = tuple(int(part) for part in apsw.sqlite_lib_version().split(".")[:3])
    if found < NEEDED_SQLITE:
        raise OldSqlite(found=apsw.sqlite_lib_version(), needed=".".join(map(str, NEEDED_SQLITE)))


def check_journal_is_there(journal: Path, mirror: Path) -> None:
    """Raises JournalGone for a journal that went by itself.

    It is made before the mirror, and set aside under another name only by the person's choice.
    """
    if not _holds_something(mirror):
        return
    log = journal.with_name(journal.name + "-wal")
    aside = any(journal.parent.glob(f"{journal.stem}.set-aside-*{journal.suffix}"))
    if not (_holds_something(journal) or _holds_something(log) or aside):
        raise JournalGone(name=journal.name, mirror=mirror.name)


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def open_store(
    journal: Path,
    mirror: Path,
    journal_key: bytes,
    mirror_key: bytes,
    *,
    files: LineFiles | None = None,
    vfs: str | None = None,
) -> Store:
    """Open, and bring to the present layout, the databases of a profile; absent ones are made.

    An unreadable mirror is dropped and made anew. Raises JournalGone, StoreUnreadable, StoreTooNew or
    another StorageProblem when the journal cannot be opened; the file is left as it is (`host.files`
    sets it aside under another name). `files` is where lines of statements are kept; `vfs` names the file
    layer, for tests of a failing disk.
    """
    check_library()
    check_journal_is_there(journal, mirror)
    connection = _open_journal(journal, journal_key, vfs)
    try:
        try:
            if damage_mark(mirror).exists():
                remove_database(mirror)
            _attach_mirror(connection, mirror, mirror_key)
        except (StoreUnreadable, StoreDamaged, StoreTooNew):
            if "mirror" in connection.db_names():
                connection.execute("DETACH mirror")
            remove_database(mirror)
            _attach_mirror(connection, mirror, mirror_key)
    except BaseException:
        close_anyhow(connection)
        raise
    return Store(connection, journal, mirror, files)


def _open_journal(path: Path, key: bytes, vfs: str | None) -> apsw.Connection:
    connection: apsw.Connection | None = None
    try:
        connection = open_with_key(path, key, vfs)
        _settle(connection, "main", "EXTRA")
        connection.execute(
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON"
        )
        wanted = migrations_of("journal")
        present = version_of(connection, "main")
        if 0 < present < wanted[-1].number:
            _copy(connection, path, present)
        migrate(connection, "main", wanted, path.name)
    except BaseException as error:
        if connection is not None:
            close_anyhow(connection)
        if isinstance(error, apsw.Error):
            raise (translated(error, path.name) or error) from error
        raise
    return connection


def keep_log(connection: apsw.Connection, keeps: bool) -> None:
    """Whether closing leaves the write-ahead log where it is: what is unreadable is left as it was found."""
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, int(keeps))


def open_with_key(path: Path, key: bytes, vfs: str | None) -> apsw.Connection:
    """A connection to an encrypted database whose key was tried. Raises apsw.Error."""
    connection = apsw.Connection(str(path), vfs=vfs)
    try:
        connection.set_busy_timeout(BUSY_MS)
        keep_log(connection, True)
        connection.pragma("cipher", "aegis")
        connection.pragma("key", _spelled(key))
        connection.execute("SELECT count(*) FROM main.sqlite_schema").get  # noqa: B018 - the key is tried here
        keep_log(connection, False)
    except BaseException:
        close_anyhow(connection)
        raise
    return connection


def close_anyhow(connection: apsw.Connection) -> None:
    """Close it, also on a disk that fails: that error would hide the one that people should hear of."""
    with contextlib.suppress(apsw.FullError, apsw.IOError):
        connection.close()


def _attach_mirror(connection: apsw.Connection, path: Path, key: bytes) -> None:
    try:
        connection.execute("ATTACH :path AS mirror KEY :key", {"path": str(path), "key": _spelled(key)})
        connection.execute("SELECT count(*) FROM mirror.sqlite_schema").get  # noqa: B018 - the key is tried here
        # What a loss of power takes from the mirror is fetched again; a torn file it never leaves.
        _settle(connection, "mirror", "NORMAL")
        connection.execute(f"PRAGMA mirror.cache_size = -{CACHE_KIB}")
        migrate(connection, "mirror", migrations_of("mirror"), path.name)
    except apsw.Error as error:
        raise (translated(error, path.name) or error) from error


def _settle(connection: apsw.Connection, database: str, synchronous: str) -> None:
    """Durability first, then the write-ahead log: the other order leaves a window.

    Where the files lie on a disk that cannot share memory (some network disks) there is no such log; the
    rollback journal is as safe with EXTRA, and slower.
    """
    connection.execute(f"PRAGMA {database}.synchronous = {synchronous}")
    if connection.execute(f"PRAGMA {database}.journal_mode = WAL").get != "wal":
        connection.execute(f"PRAGMA {database}.synchronous = EXTRA")
        connection.execute(f"PRAGMA {database}.journal_mode = TRUNCATE").get  # noqa: B018 - it is run by this
    connection.execute("PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1")


def _copy(connection: apsw.Connection, path: Path, version: int) -> None:
    """Keep the journal as it is beside itself, under the same key, before it is changed.

    Under another name until it is whole: a start that is interrupted here leaves no copy that is none.
    """
    target = path.with_name(f"{path.stem}.version-{version}{path.suffix}")
    unfinished = path.with_name(f"{path.stem}.version-{version}-unfinished{path.suffix}")
    remove_database(unfinished)
    # It is synced as the journal is. The interface for backups hides the error of a disk behind its own.
    connection.execute("VACUUM main INTO :path", {"path": str(unfinished)})
    unfinished.replace(target)


def remove_database(path: Path) -> None:
    """Remove a database that can be made again, with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    damage_mark(path).unlink(missing_ok=True)


def damage_mark(mirror: Path) -> Path:
    """A file that says that the mirror is to be made anew at the next start."""
    return mirror.with_name(f"{mirror.name}.damaged")


def _spelled(key: bytes) -> str:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return f"raw:{key.hex()}"


def sqlite_version() -> str:
    """The version of the database library that the store is built on."""
    return apsw.sqlite_lib_version()
