"""The consent matrix: rows all, releases and works; columns uses or programmes; each cell own or following."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from artist_console.domain.decisions import AnswerKind, Stance, Subject
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.permission import PermissionOutcome
from artist_console.domain.uses import Family, Use


class MatrixView(Enum):
    BY_USE = "by_use"  # columns are families; an opened one is followed by its single uses
    BY_PROGRAMME = "by_programme"


class MatrixRowKind(Enum):
    ALL = "all"
    RELEASE = "release"
    WORK = "work"
    PERSON = "person"  # voice, name and image


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column; exactly one of family, use and programme is set. `key` opens and closes it."""

    key: str
    title: str
    subtitle: str
    family: Family | None = None
    use: Use | None = None
    programme: ProgrammeId | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row; `key` opens and closes it, and stays the same through every reload."""

    key: str
    kind: MatrixRowKind
    id: str  # release, work or person; empty for all
    title: str
    subtitle: str
    depth: int
    has_children: bool
    subject: Subject


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands at one row and column."""

    own: Stance | None  # the register's own answer; None: follows what is wider
    answer: AnswerKind | None  # the artist's answer over the cell; None: differs inside
    outcome: PermissionOutcome | None  # None: no programme is known here
    follows: str  # where a followed answer comes from: a release title, "All my music"; empty: own or nothing
    waiting: bool  # not confirmed yet
    asked: bool  # some programme asks for this today
    powerless: bool  # the answer is a recorded wish
    differs: bool  # the cells below do not all say the same


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    cells: Mapping[tuple[str, str], MatrixCell]  # (row key, column key); every pair is there
    artist: ArtistId
