"""The tables of a report: which kinds there are, what each is called and says, and how its rows are spelled.

The words stand in the descriptor, for people who have nothing but the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .column_words import words_of
from .data_package import OVERVIEW
from .report_content import ROW_KEYS, ROW_TYPES
from .report_table import OVERVIEW_KEY, OverviewRow
from .row_cells import RowCodec

LINES = "lines"  # the one table that can be too long to be held


@dataclass(frozen=True, slots=True)
class TableWords:
    title: str
    description: str


TABLE_WORDS: Mapping[str, TableWords] = {
    OVERVIEW: TableWords("Overview", "Recordings and songs as a person reads them, by programme"),
    "parties": TableWords("People and organisations", "Everybody whom another table names"),
    "works": TableWords("Recordings and songs", "With identifiers, credits and relations"),
    "releases": TableWords("Releases", "With the recordings on them"),
    "stakeholders": TableWords("Standing", "Who speaks for which right in a recording, song or person"),
    "controls": TableWords("Rights of licensors", "What licensors say they control"),
    "programmes": TableWords("Programmes", "AI programmes and the uses that they name"),
    "terms": TableWords("Terms", "The versions of the programmes' terms"),
    "agreements": TableWords("Agreements", "What licensors and programmes agreed, as facts"),
    "opt_ins": TableWords("Opt-ins", "What members of a licensor said to an agreement"),
    "attestations": TableWords("Attestations", "What programmes say of their own lists"),
    "recorded_answers": TableWords("Recorded answers", "Answers of people who have no account"),
    "others_answers": TableWords("Answers of others", "Whether everyone else agreed"),
    "datasets": TableWords("Datasets", "Versions of datasets that are spoken of"),
    "models": TableWords("Models", "Versions of models that are spoken of"),
    "inclusions": TableWords("Inclusions", "Where a recording or song is said to be, by whom, with evidence"),
    "entries": TableWords("Ledger", "Every answer in its order, each tied to the one before by a hash"),
    "receipts": TableWords("Receipts", "The signed receipts of the ledger's entries"),
    "receipt_keys": TableWords("Keys of receipts", "The public keys that receipts are signed with"),
    "statements": TableWords("Statements", "Statements of earnings, without their lines"),
    LINES: TableWords("Lines", "Lines of statements; amounts with all their decimals"),
    "outcomes": TableWords("Permissions", "What follows for each use at the moment that the report is about"),
    "traces": TableWords("Traces", "Why each permission is what it is, in words"),
    "findings": TableWords("Findings", "What does not fit together, with since when and on what evidence"),
    "cases": TableWords("Cases", "Letters and what came of them: to whom, where it stands, dates"),
    "contracts": TableWords("Contracts", "Parties, dates and what is said about AI"),
}
_ROW_TYPES: Mapping[str, type[Any]] = {OVERVIEW: OverviewRow, **ROW_TYPES}
TABLES: tuple[str, ...] = tuple(_ROW_TYPES)  # in the order of a package
assert set(TABLES) <= set(TABLE_WORDS), "every table has its words"


def title_of(table: str) -> str:
    """What a table is called; the name of one that no report of this version has."""
    return TABLE_WORDS[table].title if table in TABLE_WORDS else table


@cache
def codec_of(table: str) -> RowCodec[Any]:
    """How the rows of a table are spelled. Raises KeyError for a table that no report has."""
    key = OVERVIEW_KEY if table == OVERVIEW else ROW_KEYS[table]
    return RowCodec(_ROW_TYPES[table], key, words_of(table))
