"""The result page of an import: what came of it, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from artist_console.commands.file_kinds import FileKind
from artist_console.commands.statement_results import StatementCame


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
    notes: tuple[RowNote, ...]
    statements: tuple[StatementCame, ...] = ()  # of a statement file, that are here now

    @property
    def words(self) -> tuple[str, ...]:
        """What came of it, one sentence each."""
        return result_words(self)

    @property
    def rejected(self) -> tuple[RowNote, ...]:
        """Rows that were left out, and why."""
        return tuple(note for note in self.notes if note.rejected)

    @property
    def warnings(self) -> tuple[RowNote, ...]:
        """What deserves a look in rows that were taken, or in the file as a whole."""
        return tuple(note for note in self.notes if not note.rejected)


def result_words(
    result: ImportResult,
    number: Callable[[int], str] = "{:,}".format,
    besides: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """What came of an import, one sentence each; a count that has no words here is told by its key.

    `besides` are counts that the caller tells elsewhere.
    """
    told = ["1 row was read." if result.rows_read == 1 else f"{number(result.rows_read)} rows were read."]
    for key, count in result.counts:
        if key not in besides and (count or key in _TOLD_WHEN_ZERO):
            if not count and key in _NONE:
                told.append(_NONE[key])
                continue
            unnamed = f"{key.replace('_', ' ').capitalize()}: {{n}}."
            one, many = _COUNTED_OF.get((result.kind, key)) or _COUNTED.get(key, (unnamed, unnamed))
            told.append((one if count == 1 else many).format(n=number(count)))
    return tuple(told)


# Key of a count -> the sentence for one, and for any other number.
_COUNTED: dict[str, tuple[str, str]] = {
    "artists_added": ("1 artist was added.", "{n} artists were added."),
    "recordings_added": ("1 recording was added.", "{n} recordings were added."),
    "recordings_updated": ("1 recording was known already.", "{n} recordings were known already."),
    "songs_added": ("1 song was added.", "{n} songs were added."),
    "songs_updated": ("1 song was known already.", "{n} songs were known already."),
    "releases_added": ("1 release was added.", "{n} releases were added."),
    "releases_updated": ("1 release was known already.", "{n} releases were known already."),
    "rows_left_out": ("1 row was left out.", "{n} rows were left out."),
    "rows_repeated": (
        "1 row is about a recording that another row names already; they were put together.",
        "{n} rows are about recordings that other rows name already; they were put together.",
    ),
    "rows_compared": ("1 row was compared with your works.", "{n} rows were compared with your works."),
    "works_listed": ("1 of your works is in the list.", "{n} of your works are in the list."),
    "works_listed_likely": ("1 more is likely.", "{n} more are likely."),
    "works_rows_to_check": ("1 row is for you to look at.", "{n} rows are for you to look at."),
    "lines_added": ("1 line was taken over.", "{n} lines were taken over."),
    "lines_known": ("1 line was here already.", "{n} lines were here already."),
    "lines_matched": ("1 line is about a work of yours.", "{n} lines are about works of yours."),
    "lines_without_work": ("1 line names no work known here.", "{n} lines name no work known here."),
    "statements_replaced": (
        "It takes the place of 1 statement, which stays to be read.",
        "It takes the place of {n} statements, which stay to be read.",
    ),
    "lines_allocated": (
        "1 line was worked out of it for whoever is paid.",
        "{n} lines were worked out of it for whoever is paid.",
    ),
    "lines_reversed": (
        "1 line that was worked out before is taken back by a new one.",
        "{n} lines that were worked out before are taken back by new ones.",
    ),
    "lines_unattributed": (
        "1 line could not be attributed: it stays in sight, with the reason.",
        "{n} lines could not be attributed: they stay in sight, with the reasons.",
    ),
    "lines_held": (
        "1 line is held until those who share it agree.",
        "{n} lines are held until those who share them agree.",
    ),
    "lines_of_others": ("1 line is others' money.", "{n} lines are others' money."),
    "ai_lines": ("1 line is income from AI.", "{n} lines are income from AI."),
    "works_named": ("1 of your works is named in it.", "{n} of your works are named in it."),
    "works_unknown": (
        "1 line names a work that is not known here.",
        "{n} lines name works that are not known here.",
    ),
    "works_by_name": (
        "1 work is named by title and artist alone; which recording is meant is not known.",
        "{n} works are named by title and artist alone; which recordings are meant is not known.",
    ),
    "works_absent": (
        "It says that 1 work is not in it, as of its day.",
        "It says that {n} works are not in it, as of its day.",
    ),
    "works_not_comparable": (
        "1 work has no identifier here, so nothing follows for it from a complete list.",
        "{n} works have no identifier here, so nothing follows for them from a complete list.",
    ),
    "complete_lists": ("It says that 1 list is complete.", "It says that {n} lists are complete."),
    "datasets_told": ("It tells of 1 dataset.", "It tells of {n} datasets."),
    "models_told": ("It tells of 1 model.", "It tells of {n} models."),
    "notes_not_listed": ("1 more note is not listed.", "{n} more notes are not listed."),
}
# What is told where there is none at all.
_NONE: dict[str, str] = {
    "ai_lines": "No line is recognised as income from AI. That does not say that there is none.",
}
# The same key counts hits of a list and statements of money.
_COUNTED_OF: dict[tuple[FileKind, str], tuple[str, str]] = {
    (FileKind.DATASET_LIST, "statements_added"): ("1 hit was recorded.", "{n} hits were recorded."),
    (FileKind.DATASET_LIST, "statements_known"): (
        "1 of these hits was known already.",
        "{n} of these hits were known already.",
    ),
    (FileKind.MANIFEST, "statements_added"): ("1 statement was recorded.", "{n} statements were recorded."),
    (FileKind.MANIFEST, "statements_known"): (
        "1 statement was known already.",
        "{n} statements were known already.",
    ),
    (FileKind.STATEMENT, "statements_added"): ("1 statement was added.", "{n} statements were added."),
}
# What a person needs to hear although it is nothing.
_TOLD_WHEN_ZERO = frozenset({"works_listed", "ai_lines", "works_named"})
