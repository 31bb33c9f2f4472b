"""Imports as jobs: one after the other in a thread of their own, each in one transaction.

A job that fails leaves nothing but the sentence that says why. One that the end of the program interrupts is
told as failed at the next start. Where several processes share a database, a job belongs to the one that took
the file in; the others know it by what is recorded, and pass a wish to stop on to its process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import assert_never

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.backend.storage.database import Database
from artist_console.backend.storage.tables import jobs
from artist_console.domain.ids import AccountId
from artist_console.domain.problems import Problem
from artist_console.formats.dataset_list import read_dataset_list
from artist_console.formats.encoding import decode, encode
from artist_console.formats.recognise import read_catalogue
from artist_console.formats.wire import ImportJob, ImportKind, ImportState

from .catalogue import import_catalogue
from .dataset_list import import_dataset_list
from .job import Order, Progress, Result
from .kept_files import KeptFiles
from .statement import import_statement, read_statement_file

_log = logging.getLogger(__name__)

Changing = Callable[[], AbstractContextManager[Connection]]
_STOP = "stop:"  # announced with the id of a job


class _Stopped(Exception):
    """The service ends, or the person does not want the job any more; it is not finished."""


class Jobs:
    """The imports of a service. `close` before the database is closed."""

    def __init__(self, database: Database, changing: Changing, kept: KeptFiles | None) -> None:
        self._database = database
        self._changing = changing
        self._kept = kept
        self._running: dict[str, ImportJob] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._unwanted: set[str] = set()
        self._worker = ThreadPoolExecutor(1, "imports")
        _tell_interrupted(database)

    def start(self, id: str, kind: ImportKind, order: Order) -> ImportJob:
        """Take a file in; it waits for its turn."""
        job = ImportJob(id, kind, order.file_name, ImportState.WAITING)
        with self._database.writing() as connection:
            connection.execute(
                jobs.insert().values(
                    id=id, account=order.account, body=encode(job), holder=self._database.process
                )
            )
        self._set(job)
        self._worker.submit(self._run, job, order)
        return job

    def find(self, account: AccountId, id: str) -> ImportJob | None:
        """A job of this account; None for unknown ones and those of others alike."""
        stored, holder = self._stored(account, id)
        if stored is None or stored.state is not ImportState.WAITING:
            return stored
        with self._lock:
            running = self._running.get(id)
        if running is None and holder is not None and not self._lives(holder):
            _tell_interrupted(self._database)
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
        """Let the running job stop at its next step, undone, and drop those that wait. Twice is harmless."""
        self._stopping.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _set(self, job: ImportJob) -> None:
        with self._lock:
            self._running[job.id] = job

    def _run(self, job: ImportJob, order: Order) -> None:
        job = msgspec.structs.replace(job, state=ImportState.RUNNING)
        self._set(job)

        def progress(read: int, of: int | None) -> None:
            if self._stopping.is_set() or job.id in self._unwanted:
                raise _Stopped
            self._set(msgspec.structs.replace(job, rows_read=read, rows_total=of))

        try:
            self._take_over(job, order, progress)
        except _Stopped:
            if job.id in self._unwanted:
                self._fail(job, f"The import of {job.file_name} was stopped; nothing was taken over", "")
            return  # else told as interrupted at the next start
        except Problem as problem:
            self._fail(job, problem.title, problem.advice)
        except Exception as error:  # noqa: BLE001 - the end of a lane: told, logged, and the next job runs
            _log.error("import %s failed", job.id, exc_info=error)
            self._fail(job, "Something went wrong while the file was taken over", "It is in the log")
        finally:
            with self._lock:
                self._running.pop(job.id, None)
                self._unwanted.discard(job.id)

    def _take_over(self, job: ImportJob, order: Order, progress: Progress) -> None:
        kept: Path | None = None
        try:
            take_over = _reader(job.kind, order, progress)  # before others have to wait
            progress(0, None)
            with self._changing() as connection:
                result = take_over(connection)
                progress(result.rows_read, result.rows_read)  # the last moment to stop
                kept = self._keep(order)
                _store(connection, _done(job, result))
        except BaseException:
            if kept is not None:
                kept.unlink(missing_ok=True)
            raise

    def _keep(self, order: Order) -> Path | None:
        """The file as it came, sealed; None where it was there before or is not kept."""
        return self._kept.keep(order.sha256, order.data) if self._kept is not None else None

    def _fail(self, job: ImportJob, title: str, advice: str) -> None:
        failed = msgspec.structs.replace(
            job, state=ImportState.FAILED, problem_title=title, problem_advice=advice
        )
        try:
            with self._database.writing() as connection:
                _store(connection, failed)
        except Problem as problem:  # the disk is full: the job stays waiting, and is told at the next start
            _log.warning("the end of import %s could not be recorded: %s", job.id, type(problem).__name__)


def _reader(kind: ImportKind, order: Order, progress: Progress) -> Callable[[Connection], Result]:
    """Read the file, and give what takes it over inside a transaction. Raises InputProblem."""
    match kind:
        case ImportKind.CATALOGUE:
            works = read_catalogue(order.data, order.file_name, order.artist_name, dict(order.columns))
            return lambda connection: import_catalogue(connection, order, works, progress)
        case ImportKind.DATASET_LIST:
            rows = read_dataset_list(order.data, order.file_name)
            return lambda connection: import_dataset_list(connection, order, rows, progress)
        case ImportKind.STATEMENT:
            lines = read_statement_file(order)
            return lambda connection: import_statement(connection, order, lines, progress)
    assert_never(kind)


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


def _tell_interrupted(database: Database) -> None:
    with database.writing() as connection:
        for body, holder in connection.execute(sa.select(jobs.c.body, jobs.c.holder)).all():
            job = decode(ImportJob, body)
            if job.state is ImportState.WAITING and not database.lives(connection, holder or ""):
                _store(
                    connection,
                    msgspec.structs.replace(
                        job,
                        state=ImportState.FAILED,
                        problem_title="The import was interrupted; nothing was taken over",
                        problem_advice="Import the file once more",
                    ),
                )
