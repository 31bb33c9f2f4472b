"""Columns of tables as a person named them once: the next file with the same header is read the same way.

Kept as private objects of the profile, encrypted with the rest of the journal: names of columns tell whose
files somebody gets. No service is sent them. A header is the same in any order and spelling of its columns.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from artist_console.commands.console import Console, Result
from artist_console.commands.file_kinds import FileKind
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem
from artist_console.formats.table_columns import fold_header
from artist_console.formats.table_start import START_BYTES, WORKBOOK_BYTES, header_of
from artist_console.host.files import read_start
from artist_console.store import private
from artist_console.store.private import Change, PrivateKind


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of one header hold; columns are kept folded."""

    id: str
    kind: str  # of file: what "title" means differs between a catalogue and a list
    columns: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]  # field and its column
    said: tuple[tuple[str, str], ...] = ()  # of statements, beside the columns: "level", "numbers", "issuer"


def remembered(console: Console, kind: FileKind, columns: Sequence[str]) -> Mapping[str, str] | None:
    """Fields and their columns, spelled as in `columns`; None where nobody named them."""
    kept = private.get(console.store, PrivateKind.LAYOUT, _id(kind, columns), Layout)
    if kept is None:
        return None
    names = {fold_header(name): name for name in columns}
    return {field: names[column] for field, column in kept.fields}


def said_beside(console: Console, kind: FileKind, columns: Sequence[str]) -> Mapping[str, str]:
    """What else was said of files with this header; empty where nothing was."""
    kept = private.get(console.store, PrivateKind.LAYOUT, _id(kind, columns), Layout)
    return dict(kept.said) if kept is not None else {}


def remember(
    console: Console,
    kind: FileKind,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    said: Mapping[str, str] = MappingProxyType({}),
) -> Result[None]:
    """Read files with this header so from now on; an empty `mapping` forgets what was said of it.

    Raises InputProblem where a column is named that the header has not, or has twice.
    """
    id = _id(kind, columns)
    if not mapping:
        private.exchange(console.store, "", [Change(PrivateKind.LAYOUT, forget=[id])], console.clock())
        return Result(None, Changes.NONE)
    counted = Counter(fold_header(name) for name in columns)
    for column in mapping.values():
        if counted[fold_header(column)] != 1:
            raise InputProblem(
                "The file has {count} columns named “{column}”",
                "Give each column a name of its own, then say which is which",
                count=counted[fold_header(column)],
                column=column,
            )
    fields = tuple((field, fold_header(column)) for field, column in mapping.items())
    layout = Layout(id, kind.value, tuple(sorted(counted)), fields, tuple(sorted(said.items())))
    private.put(console.store, PrivateKind.LAYOUT, "", [layout], console.clock())
    return Result(None, Changes.NONE)


def columns_for(console: Console, kind: FileKind, path: Path) -> tuple[tuple[str, str], ...]:
    """What somebody said before of a file with the header of this one, as `Hints.columns` takes it.

    Empty where nothing was said, and where the header cannot be told from the beginning of the file.
    Raises FileProblem where there is no such file.
    """
    columns = _header(path)
    found = remembered(console, kind, columns) if columns else None
    return tuple(found.items()) if found is not None else ()


def forget_for(console: Console, kind: FileKind, path: Path) -> Result[None]:
    """Forget what was said of files with the header of this one. Raises FileProblem as `columns_for` does."""
    columns = _header(path)
    return remember(console, kind, columns, {}) if columns else Result(None, Changes.NONE)


def _header(path: Path) -> tuple[str, ...]:
    start = read_start(path, START_BYTES)
    if start[:4] == b"PK\x03\x04":
        start = read_start(path, WORKBOOK_BYTES)
    return header_of(start, path.name)


def _id(kind: FileKind, columns: Sequence[str]) -> str:
    names = sorted(fold_header(name) for name in columns)
    return hashlib.sha256("\n".join([kind.value, *names]).encode()).hexdigest()[:32]
