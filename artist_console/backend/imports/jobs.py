"""Imports as jobs: one after the other in a thread of their own, each in one transaction.

A job that fails leaves nothing but the sentence that says why. One that the end of the program interrupts is
begun again at the next start, from its file, which lies sealed in the folder of the service; ids are the
same, so nothing doubles. Where the file is gone it is told as failed. Where several processes share a
database, a job belongs to the one that took the file in; the others know it by what is recorded, and pass a
wish to stop on to its process.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, assert_never

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.backend.statement_files import StatementFiles
from artist_console.backend.storage import uploads
from artist_console.backend.storage.database import Database
from artist_console.backend.storage.tables import jobs
from artist_console.domain.ids import AccountId
from artist_console.domain.problems import InputProblem, Problem
from artist_console.formats.encoding import MalformedMessage, decode, encode
from artist_console.formats.recognise import read_catalogue
from artist_console.formats.wire import ImportJob, ImportKind, ImportState
from artist_console.host.kept_files import KeptFiles
from artist_console.host.sealed_files import Closing

from .arriving import Arriving
from .catalogue import import_catalogue
from .dataset_list import compare_list, import_dataset_list
from .job import Content, Order, Progress, Result, kept_order, order_again
from .manifest import import_manifest, look_at_manifest
from .statement import import_statement, reading_statement

_log = logging.getLogger(__name__)

Changing = Callable[[], AbstractContextManager[Connection]]
_STOP = "stop:"  # announced with the id of a job
_MOST_TIMES = 3  # that a job is begun which the end of the program interrupts again and again
_STEP_BYTES = 4 * 1024 * 1024
_INTERRUPTED = "The import was interrupted; nothing was taken over"


class _Stopped(Exception):
    """The service ends, or the person does not want the job any more; it is not finished."""


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A file that came in whole and waits for its job."""

    arriving: Arriving
    id: str
    size: int

    def open(self) -> BinaryIO:
        return self.arriving.file(self.id).open(self.size)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file that is kept already: its job was interrupted at its very end."""

    kept: KeptFiles
    sha256: str
    size: int

    def open(self) -> BinaryIO:
        return self.kept.open(self.sha256)


class Jobs:
    """The imports of a service. `close` before the database is closed."""

    def __init__(
        self,
        database: Database,
        changing: Changing,
        kept: KeptFiles | None,
        arriving: Arriving,
        new_id: Callable[[], str],
        files: StatementFiles,
    ) -> None:
        self._files = files
        self._database = database
        self._changing = changing
        self._kept = kept
        self._arriving = arriving
        self._new_id = new_id
        self._running: dict[str, ImportJob] = {}
        self._unrecorded: dict[str, ImportJob] = {}  # that failed where that could not be written down
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._unwanted: set[str] = set()
        self._worker = ThreadPoolExecutor(1, "imports")
        self._take_up_interrupted()

    def start(self, id: str, kind: ImportKind, order: Order, upload: str | None = None) -> ImportJob:
        """Take a file in; it waits for its turn. Of an upload that has a job already: that job."""
        job = ImportJob(id, kind, order.file_name, ImportState.WAITING)
        with self._database.writing() as connection:
            if upload is not None:
                query = sa.select(jobs.c.body).where(jobs.c.upload == upload, jobs.c.account == order.account)
                begun = connection.execute(query).scalar()
                if begun is not None:
                    return decode(ImportJob, begun)
            connection.execute(
                jobs.insert().values(
                    id=id,
                    account=order.account,
                    body=encode(job),
                    holder=self._database.process,
                    upload=upload,
                    ordered=None if upload is None else kept_order(order),
                    times=0,
                )
            )
        self._submit(job, order, upload)
        return job

    def of_upload(self, account: AccountId, upload: str) -> ImportJob | None:
        """The job that a file was given to."""
        query = sa.select(jobs.c.id).where(jobs.c.upload == upload, jobs.c.account == account)
        with self._database.reading() as connection:
            id: str | None = connection.execute(query).scalar()
        return None if id is None else self.find(account, id)

    def content(self, upload: uploads.UploadEntry) -> Content | None:
        """A file that is here as a whole; None where it is not."""
        if self._arriving.has(upload.id):
            whole = self._arriving.file(upload.id).length() == upload.size
            return _Arrived(self._arriving, upload.id, upload.size) if whole else None
        if self._kept is not None and upload.sha256 and self._kept.has(upload.sha256):
            return _Kept(self._kept, upload.sha256, upload.size)
        return None

    def find(self, account: AccountId, id: str) -> ImportJob | None:
        """A job of this account; None for unknown ones and those of others alike."""
        stored, holder = self._stored(account, id)
        if stored is None or stored.state is not ImportState.WAITING:
            return stored
        with self._lock:
            running = self._running.get(id) or self._unrecorded.get(id)
        if running is None and holder is not None and not self._lives(holder):
            self._take_up_interrupted()
            stored, _ = self._stored(account, id)
        return running or stored

    def stop(self, account: AccountId, id: str) -> ImportJob | None:
        """Have a job stop at its next step, undone. None for one that this account does not have."""
        job = self.find(account, id)
        if job is not None and job.state in (ImportState.WAITING, ImportState.RUNNING):
            with self._lock:
                here = id in self._running
            if here:
                self._unwanted.add(id)
            elif self._database.shared:
                with self._database.writing() as connection:
                    self._database.announce(connection, f"{_STOP}{id}")
        return job

    def heard(self, message: str) -> None:
        """What another process on the same database announced."""
        id = message.removeprefix(_STOP)
        with self._lock:
            if id != message and id in self._running:
                self._unwanted.add(id)

    def _stored(self, account: AccountId, id: str) -> tuple[ImportJob | None, str | None]:
        with self._database.reading() as connection:
            query = sa.select(jobs.c.body, jobs.c.holder).where(jobs.c.id == id, jobs.c.account == account)
            found = connection.execute(query).one_or_none()
        return (decode(ImportJob, found.body), found.holder) if found is not None else (None, None)

    def _lives(self, holder: str) -> bool:
        with self._database.reading() as connection:
            return holder == self._database.process or self._database.lives(connection, holder)

    def close(self) -> None:
        """Let the running job stop at its next step, undone, until the next start. Twice is harmless."""
        self._stopping.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _set(self, job: ImportJob) -> None:
        with self._lock:
            self._running[job.id] = job

    def _submit(self, job: ImportJob, order: Order, upload: str | None) -> None:
        self._set(job)
        self._worker.submit(self._run, job, order, upload)

    def _run(self, job: ImportJob, order: Order, upload: str | None) -> None:
        job = msgspec.structs.replace(job, state=ImportState.RUNNING)
        self._set(job)

        def progress(read: int, of: int | None) -> None:
            if self._stopping.is_set() or job.id in self._unwanted:
                raise _Stopped
            self._set(msgspec.structs.replace(job, rows_read=read, rows_total=of))

        try:
            if upload is not None:
                self._count(job.id, jobs.c.times + 1)
            self._take_over(job, order, upload, progress)
        except _Stopped:
            if job.id in self._unwanted:
                self._fail(
                    job, upload, f"The import of {job.file_name} was stopped; nothing was taken over", ""
                )
            elif upload is not None:
                self._count(job.id, 0)  # a proper end: the next start begins it again
        except Problem as problem:
            self._fail(job, upload, problem.title, problem.advice)
        except Exception as error:  # noqa: BLE001 - the end of a lane: told, logged, and the next job runs
            _log.error("import %s failed", job.id, exc_info=error)
            self._fail(job, upload, "Something went wrong while the file was taken over", "It is in the log")
        finally:
            with self._lock:
                self._running.pop(job.id, None)
                self._unwanted.discard(job.id)

    def _take_over(self, job: ImportJob, order: Order, upload: str | None, progress: Progress) -> None:
        with ExitStack() as held:
            self._read_and_take_over(job, order, upload, progress, held)

    def _read_and_take_over(
        self, job: ImportJob, order: Order, upload: str | None, progress: Progress, held: ExitStack
    ) -> None:
        kept: Path | None = None
        try:
            order = self._hashed(order, upload, progress)
            # Before others have to wait.
            take_over = self._reader(job.kind, order, progress, held)
            progress(0, None)
            with self._changing() as connection:
                result = take_over(connection)
                progress(result.rows_read, result.rows_read)  # the last moment to stop
                kept = self._keep(order)
                if upload is not None:
                    uploads.drop(connection, upload)
                    self._arriving.drop(upload)
                _store(connection, _done(job, result))
        except BaseException:
            if kept is not None:
                kept.unlink(missing_ok=True)
            raise

    def _reader(
        self, kind: ImportKind, order: Order, progress: Progress, held: ExitStack
    ) -> Callable[[Connection], Result]:
        """Read the file, and give what takes it over inside a transaction. Raises InputProblem.

        What has to stay open until then is `held`.
        """
        match kind:
            case ImportKind.CATALOGUE:
                works = read_catalogue(order.read(), order.file_name, order.artist_name, dict(order.columns))
                return lambda connection: import_catalogue(connection, order, works, progress)
            case ImportKind.DATASET_LIST:
                compared = compare_list(self._database.reading, order, progress)
                return lambda connection: import_dataset_list(connection, order, compared)
            case ImportKind.STATEMENT:
                read = held.enter_context(
                    reading_statement(self._database.reading, self._files, order, progress)
                )
                return lambda connection: import_statement(connection, self._files, order, read)
            case ImportKind.MANIFEST:
                seen = look_at_manifest(order, progress)
                return lambda connection: import_manifest(connection, order, seen, progress)
        assert_never(kind)

    def _hashed(self, order: Order, upload: str | None, progress: Progress) -> Order:
        """The order with the hash of its file. Raises InputProblem where it is another than was sent."""
        found = hashlib.sha256()
        with order.open() as file:
            while part := file.read(_STEP_BYTES):
                found.update(part)
                progress(0, None)
        sha256 = found.hexdigest()
        if upload is not None:
            with self._database.reading() as connection:
                entry = uploads.find(connection, upload)
            if entry is not None and entry.sha256 not in ("", sha256):
                raise InputProblem(
                    "“{file}” did not arrive as it was sent", "Bring it in once more", file=order.file_name
                )
        return replace(order, sha256=sha256)

    def _keep(self, order: Order) -> Path | None:
        """The file as it came, sealed; None where it was there before or is not kept."""
        if self._kept is None:
            return None
        if isinstance(order.content, _Arrived):
            sealed = self._arriving.file(order.content.id)
            return self._kept.take_in(sealed, Closing(order.size, order.sha256))
        if self._kept.has(order.sha256):
            return None
        with order.open() as file:
            return self._kept.keep(order.sha256, file)

    def _fail(self, job: ImportJob, upload: str | None, title: str, advice: str) -> None:
        failed = msgspec.structs.replace(
            job, state=ImportState.FAILED, problem_title=title, problem_advice=advice
        )
        try:
            if upload is not None:
                self._arriving.drop(upload)
            with self._database.writing() as connection:
                if upload is not None:
                    uploads.drop(connection, upload)
                _store(connection, failed)
        except Problem as problem:  # the disk is full: told from memory, and at the next start once more
            with self._lock:
                self._unrecorded[job.id] = failed
            _log.warning("the end of import %s could not be recorded: %s", job.id, type(problem).__name__)

    def _count(self, id: str, times: object) -> None:
        with self._database.writing() as connection:
            connection.execute(jobs.update().where(jobs.c.id == id).values(times=times))

    def _take_up_interrupted(self) -> None:
        """Begin again what the end of a process interrupted; tell what cannot be begun again as failed."""
        begun: list[tuple[ImportJob, Order, str]] = []
        gone: list[str] = []
        with self._database.writing() as connection:
            for row in connection.execute(sa.select(jobs)).all():
                job = decode(ImportJob, row.body)
                if job.state is not ImportState.WAITING or self._database.lives(connection, row.holder or ""):
                    continue
                again = self._again(connection, row)
                if again is not None:
                    connection.execute(
                        jobs.update().where(jobs.c.id == row.id).values(holder=self._database.process)
                    )
                    begun.append((job, again, row.upload))
                    continue
                if row.upload is not None:
                    uploads.drop(connection, row.upload)
                    gone.append(row.upload)
                failed = msgspec.structs.replace(
                    job,
                    state=ImportState.FAILED,
                    problem_title=_INTERRUPTED,
                    problem_advice="Import the file once more",
                )
                _store(connection, failed)
        for upload in gone:
            self._arriving.drop(upload)
        for job, order, upload in begun:
            self._submit(job, order, upload)

    def _again(self, connection: Connection, row: sa.Row[tuple[object, ...]]) -> Order | None:
        """The order of an interrupted job; None where it cannot be begun again."""
        if row.upload is None or row.ordered is None or (row.times or 0) >= _MOST_TIMES:
            return None
        entry = uploads.find(connection, row.upload)
        try:
            content = None if entry is None else self.content(entry)
            return None if content is None else order_again(row.ordered, content, self._new_id)
        except (Problem, MalformedMessage) as error:
            _log.warning("import %s cannot be begun again: %s", row.id, type(error).__name__)
            return None


def _done(job: ImportJob, result: Result) -> ImportJob:
    return msgspec.structs.replace(
        job,
        state=ImportState.DONE,
        rows_read=result.rows_read,
        rows_total=result.rows_read,
        counts=result.counts,
        notes=result.notes,
    )


def _store(connection: Connection, job: ImportJob) -> None:
    connection.execute(jobs.update().where(jobs.c.id == job.id).values(body=encode(job)))
