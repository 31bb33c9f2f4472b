"""Bringing in files: a catalogue, a public dataset list, a statement. On the network lane."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from artist_console.commands.authority import acting_for
from artist_console.commands.comparing import the_match_words
from artist_console.commands.console import Console, Result
from artist_console.commands.directory import KnownDataset, known_datasets
from artist_console.commands.file_kinds import FileKind
from artist_console.commands.import_authority import check_authority
from artist_console.commands.import_hints import Hints
from artist_console.commands.import_results import ImportResult, RowNote, result_words
from artist_console.commands.layouts import columns_for
from artist_console.commands.roster import reach
from artist_console.commands.sending import patiently, send_file
from artist_console.commands.statement_looks import file_name_of, with_what_was_said
from artist_console.commands.statement_results import came
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.changes import Changes
from artist_console.domain.directory import recognise_list
from artist_console.domain.ids import ArtistId
from artist_console.domain.matching import title_key
from artist_console.domain.problems import AuthorityProblem, InputProblem, Problem
from artist_console.formats.dataset_list import open_dataset_list
from artist_console.formats.recognise import read_catalogue
from artist_console.formats.wire import UPLOAD_PART_BYTES, ImportJob, ImportKind, ImportState
from artist_console.host.files import open_file, read_bounded, read_start

__all__ = [
    "CatalogueLook",
    "FileKind",
    "Hints",
    "ImportProgress",
    "ImportResult",
    "Interrupted",
    "ListLook",
    "NotTakenOver",
    "RowNote",
    "import_file",
    "look_into_catalogue",
    "look_into_list",
    "peek",
    "result_words",
]

if TYPE_CHECKING:
    from artist_console.sync.api import Api

# What is looked into here before it is handed over; what is handed over may be larger.
_LIMIT_BYTES = 256 * 1024 * 1024
_IN_ONE_BYTES = UPLOAD_PART_BYTES  # a file up to this size goes in one message
_FIRST_LOOK_S, _LONGEST_LOOK_S = 0.02, 0.5
_LONGEST_STOP_S = 10.0
_UNDER_WAY = frozenset({ImportState.WAITING, ImportState.RUNNING})
_SEE = "See it with: artist-console sync"
_NOTHING_SAID = Hints()


# Tables whose columns a person may have to name, or has named before.
_WITH_COLUMNS = frozenset({FileKind.CATALOGUE, FileKind.DATASET_LIST})


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is; handed to the caller's `progress` while it runs: first bytes, then rows."""

    words: str
    rows_read: int
    rows_total: int | None
    bytes_sent: int = 0
    bytes_total: int | None = None  # None: the file is at the service


@dataclass(frozen=True, slots=True)
class CatalogueLook:
    """What a catalogue says of its artists, before anything is taken over."""

    known: tuple[tuple[str, int], ...]  # names of artists that are here already, with their rows
    unknown: tuple[tuple[str, int], ...]  # the other names, most rows first
    unnamed: int  # rows that name no artist


class Interrupted(KeyboardInterrupt):
    """The person pressed Ctrl-C during an import; its text says what became of the file."""


class NotTakenOver(InputProblem):
    """The file could not be used; nothing of it was taken over."""

    title_template = "{what}"
    advice_template = "{next}"


def import_file(
    console: Console,
    kind: FileKind,
    path: Path,
    artist: ArtistId | None = None,
    progress: Callable[[ImportProgress], None] | None = None,
    hints: Hints = _NOTHING_SAID,
) -> Result[ImportResult]:
    """Hand a file to the backend, wait for the end of its job, and fetch what came of it.

    What `progress` raises stops the import, and nothing is taken over.
    Raises FileProblem where the file cannot be read, NotTakenOver where it makes no sense: then nothing of
    it was taken over. Other problems are those of the exchange.
    """
    check_authority(console, kind, artist)
    if not hints.columns and kind in _WITH_COLUMNS:
        hints = replace(hints, columns=columns_for(console, kind, path))
    elif kind is FileKind.STATEMENT:
        hints = with_what_was_said(console, path, hints)
    api = api_of(console)
    try:
        job = _handed_over(api, kind, path, artist, progress, hints)
    except KeyboardInterrupt:
        raise Interrupted(
            f"Interrupted; {file_name_of(path)} may be taken over all the same. {_SEE}"
        ) from None
    try:
        job = _ended(api, job, progress)
    except KeyboardInterrupt:
        raise Interrupted(_stopped(api, job)) from None
    if job.state is ImportState.FAILED:
        raise NotTakenOver(
            what=job.problem_title or f"{job.file_name} could not be used", next=job.problem_advice
        )
    try:
        done = sync(console)
    except KeyboardInterrupt:
        raise Interrupted(f"Interrupted; {job.file_name} was taken over already. {_SEE}") from None
    changes = Changes.WORKS | Changes.ARTISTS | Changes.INCLUSIONS | Changes.STATEMENTS
    found = _result(kind, job)
    if kind is FileKind.STATEMENT:
        found = replace(found, statements=came(console, path, artist))
    return Result(found, done.changes | changes)


def _ended(api: Api, job: ImportJob, progress: Callable[[ImportProgress], None] | None) -> ImportJob:
    """The job when it has come to its end. What `progress` raises stops it."""
    pause_s = _FIRST_LOOK_S
    while job.state in _UNDER_WAY:
        if progress is not None:
            try:
                progress(ImportProgress(f"Reading {job.file_name}", job.rows_read, job.rows_total))
            except BaseException:
                api.stop_import(job.id)
                raise
        time.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_LOOK_S)
        job = patiently(partial(api.import_job, job.id))
    return job


def _stopped(api: Api, job: ImportJob) -> str:
    """Stop a job at once, and say what became of its file."""
    try:
        api.stop_import(job.id)
        until = time.monotonic() + _LONGEST_STOP_S
        while job.state in _UNDER_WAY and time.monotonic() < until:
            time.sleep(_FIRST_LOOK_S)
            job = api.import_job(job.id)
    except Problem:
        pass  # the service cannot be asked: it may go on without us
    if job.state is ImportState.FAILED:
        return f"Interrupted; nothing of {job.file_name} was taken over."
    if job.state is ImportState.DONE:
        return f"Interrupted; {job.file_name} was taken over already. {_SEE}"
    return f"Interrupted; {job.file_name} may be taken over all the same. {_SEE}"


def _handed_over(
    api: Api,
    kind: FileKind,
    path: Path,
    artist: ArtistId | None,
    progress: Callable[[ImportProgress], None] | None,
    hints: Hints,
) -> ImportJob:
    name = file_name_of(path)
    start = read_start(path, _IN_ONE_BYTES + 1)
    if not start:
        raise _empty(name)
    if len(start) <= _IN_ONE_BYTES:
        return api.start_import(ImportKind(kind.value), name, start, artist, hints=hints.on_the_wire)

    def sent(count: int, of: int) -> None:
        if progress is not None:
            progress(ImportProgress(f"Sending {name}", 0, None, count, of))

    upload = send_file(api, path, name, sent)
    return patiently(
        lambda: api.start_import(
            ImportKind(kind.value), name, b"", artist, upload=upload, hints=hints.on_the_wire
        )
    )


def peek(path: Path) -> None:
    """Raise an InputProblem for what is plainly no file to bring in: a picture, sound, a PDF."""
    start = read_start(path, 16)
    for marks, what in _NOT_TABLES:
        if start.startswith(marks) or (start[4:8] == b"ftyp" and b"ftyp" in marks):
            raise InputProblem(
                "“{file}” cannot be read here: it is {what}",
                "Bring in tables (CSV, TSV or XLSX), dataset lists, DDEX messages or reports",
                file=file_name_of(path),
                what=what,
            )


_NOT_TABLES: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), "a picture"),
    ((b"ID3", b"\xff\xfb", b"RIFF", b"fLaC", b"OggS", b"FORM", b"ftyp"), "sound or video"),
    ((b"%PDF",), "a PDF"),
)


def look_into_catalogue(
    console: Console,
    path: Path,
    columns: tuple[tuple[str, str], ...] = (),
    artist: ArtistId | None = None,
) -> CatalogueLook:
    """Read whose works a catalogue holds; nothing is taken over and nothing leaves this computer.

    Raises ColumnsUnknown where a person has to say which column is which, another InputProblem where the file
    is of no use, AuthorityProblem where the account may not add works for `artist`.
    """
    check_authority(console, FileKind.CATALOGUE, artist)
    content, name = _content_of(path)
    said = columns or columns_for(console, FileKind.CATALOGUE, path)
    read = read_catalogue(content, name, columns=dict(said))
    rows = Counter(name for row in read.rows for name in dict.fromkeys(row.names))
    own, others = set[str](), set[str]()
    for party in reach(console):
        there = own if acting_for(console, party.id).mandate is None else others
        there.update(_key(name) for name in (party.name, *party.aliases))
    told = [(name, count) for name, count in rows.most_common() if _key(name) not in others - own]
    if rows and not told:
        raise AuthorityProblem(
            "“{file}” holds works of artists who gave you a mandate; it does not let you add works",
            "Ask them to bring it in",
            file=name,
        )
    known = tuple((name, count) for name, count in told if _key(name) in own)
    unknown = tuple((name, count) for name, count in told if _key(name) not in own)
    if not read.names_own:
        # A registration names every co-writer: nothing is asked where one of them is an artist here.
        return CatalogueLook(known, () if known else unknown, 0)
    return CatalogueLook(known, unknown, sum(not row.names for row in read.rows))


@dataclass(frozen=True, slots=True)
class ListLook:
    """What a dataset list shows before it is handed over."""

    known: KnownDataset | None  # a public dataset that it looks like


def look_into_list(
    console: Console,
    path: Path,
    columns: tuple[tuple[str, str], ...] = (),
    artist: ArtistId | None = None,
) -> ListLook:
    """Look at the beginning of a dataset list; nothing is taken over and nothing leaves this computer.

    Raises ColumnsUnknown where a person has to say which column is which, another InputProblem where the file
    is of no use, FileProblem, and AuthorityProblem where the account may not compare lists for `artist`.
    """
    check_authority(console, FileKind.DATASET_LIST, artist)
    name = file_name_of(path)
    said = columns or columns_for(console, FileKind.DATASET_LIST, path)
    with open_file(path) as file:
        reader = open_dataset_list(file, name, dict(said))
        return ListLook(recognise_list(known_datasets(), reader.columns, name))


def _content_of(path: Path) -> tuple[bytes, str]:
    content = read_bounded(path, _LIMIT_BYTES)
    name = file_name_of(path)
    if not content:
        raise _empty(name)
    return content, name


def _empty(name: str) -> InputProblem:
    return InputProblem("“{file}” is empty", "Download it again, or ask the sender for it", file=name)


def _key(name: str) -> str:
    return title_key(name, the_match_words())


def _result(kind: FileKind, job: ImportJob) -> ImportResult:
    return ImportResult(
        job=job.id,
        kind=kind,
        file_name=job.file_name,
        rows_read=job.rows_read,
        counts=tuple(sorted(job.counts.items())),
        notes=tuple(
            RowNote(note.row, note.field, note.what, note.severity == "rejected") for note in job.notes
        ),
    )
