"""Bringing in files: a catalogue, a public dataset list, a statement. On the network lane."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
