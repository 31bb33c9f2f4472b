"""Bringing in files: a catalogue, a public dataset list, a statement. On the network lane."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import InputProblem
from artist_console.formats.wire import ImportJob, ImportKind, ImportState
from artist_console.host.files import read_bounded

# What the backend takes at most, packed.
_LIMIT_BYTES = 256 * 1024 * 1024
_FIRST_LOOK_S, _LONGEST_LOOK_S = 0.02, 0.5


class FileKind(Enum):
    CATALOGUE = "catalogue"
    DATASET_LIST = "dataset_list"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class RowNote:
    """A row that was left out, or kept with a warning."""

    row: int
    field: str
    words: str
    rejected: bool


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result page of an import. Nothing of a file is taken over unless it is done."""

    job: str
    kind: FileKind
    file_name: str
    rows_read: int
    counts: tuple[tuple[str, int], ...]  # key and number of what came of it, "works_listed"
    words: tuple[str, ...]  # the same, one sentence each
    notes: tuple[RowNote, ...]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is; handed to the caller's `progress` while it runs."""

    words: str
    rows_read: int
    rows_total: int | None


class NotTakenOver(InputProblem):
    """The file could not be used; nothing of it was taken over."""

    title_template = "{title}"
    advice_template = "{advice}"


def import_file(
    console: Console,
    kind: FileKind,
    path: Path,
    artist: ArtistId | None = None,
    progress: Callable[[ImportProgress], None] | None = None,
) -> Result[ImportResult]:
    """Hand a file to the backend, wait for the end of its job, and fetch what came of it.

    Raises FileProblem where the file cannot be read, NotTakenOver where it makes no sense: then nothing of
    it was taken over. Other problems are those of the exchange.
    """
    api = api_of(console)
    content = read_bounded(path, _LIMIT_BYTES)
    job = api.start_import(ImportKind(kind.value), path.name, content, artist)
    pause_s = _FIRST_LOOK_S
    while job.state in (ImportState.WAITING, ImportState.RUNNING):
        if progress is not None:
            progress(ImportProgress(f"Reading {job.file_name}", job.rows_read, job.rows_total))
        time.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_LOOK_S)
        job = api.import_job(job.id)
    if job.state is ImportState.FAILED:
        raise NotTakenOver(
            title=job.problem_title or f"{job.file_name} could not be used", advice=job.problem_advice
        )
    done = sync(console)
    changes = Changes.WORKS | Changes.ARTISTS | Changes.INCLUSIONS | Changes.STATEMENTS
    return Result(_result(kind, job), done.changes | changes)


def _result(kind: FileKind, job: ImportJob) -> ImportResult:
    counts = tuple(sorted(job.counts.items()))
    return ImportResult(
        job=job.id,
        kind=kind,
        file_name=job.file_name,
        rows_read=job.rows_read,
        counts=counts,
        words=(f"{_number(job.rows_read, 'row')} of {job.file_name} read.", *_words(job)),
        notes=tuple(
            RowNote(note.row, note.field, note.what, note.severity == "rejected") for note in job.notes
        ),
    )


def _words(job: ImportJob) -> list[str]:
    """What came of an import, one sentence each; a count that has no words here is told by its key."""
    return [
        _COUNTED[key].format(n=count)
        if key in _COUNTED
        else f"{key.replace('_', ' ').capitalize()}: {count}."
        for key, count in job.counts.items()
        if count or key in _TOLD_WHEN_ZERO
    ]


def _number(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


_COUNTED: dict[str, str] = {}
_TOLD_WHEN_ZERO: frozenset[str] = frozenset()
