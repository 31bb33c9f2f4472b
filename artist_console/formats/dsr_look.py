"""What the beginning of a DDEX sales report tells of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from artist_console.domain.currencies import is_currency
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import StatementLevel

from .dsr_records import HEAD, SUMMARIES, code_of, fields_of
from .dsr_summaries import summary_of
from .dsr_text import Record, first_head

_ROWS = 200
_NO_MONEY = ("masterlist",)


@dataclass(frozen=True, slots=True)
class DsrLook:
    """The head, the first records and what the summaries among them say."""

    head: Mapping[str, str]
    records: tuple[tuple[str, ...], ...]
    currencies: tuple[str, ...]
    level: StatementLevel
    warnings: tuple[str, ...]


def look_at_dsr(text: str, file_name: str) -> DsrLook:
    """Look at the beginning of an unpacked report. Raises InputProblem where it has no head or no money."""
    head = first_head(text)
    if head is None:
        raise InputProblem(
            "“{file}” looks like a DDEX sales report (DSR), but its first record (HEAD) is missing",
            "Ask the sender for the whole report.",
            file=file_name,
        )
    if len(head.cells) <= HEAD["until"]:
        raise InputProblem(
            "“{file}”: the first record (HEAD, row {row}) has {count} cells, but a sales report has 16 there",
            "Its period and sender are missing; ask the sender for a valid report.",
            file=file_name,
            row=head.number,
            count=len(head.cells),
        )
    told = {field: head.cell(place) for field, place in HEAD.items()}
    if told["profile"].lower().startswith(_NO_MONEY):
        raise InputProblem(
            "“{file}” is a list of works that nobody has claimed (DSR, {profile}): it holds no money",
            "Import a statement; what is in this list is claimed from its sender.",
            file=file_name,
            profile=told["profile"][:40],
        )
    records: list[tuple[str, ...]] = []
    currencies: set[str] = set()
    level = StatementLevel.LICENSOR_GROSS
    lines = io.StringIO(text)
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip() or not line.endswith("\n"):
            continue
        cells = tuple(line.rstrip("\r\n").split("\t"))
        code = code_of(cells[0].strip())
        if code is not None and code.type in SUMMARIES:
            at, _ = fields_of(SUMMARIES, code)
            summary = summary_of(Record(number, code, cells), at or {})
            level = summary.category.level or level
            if is_currency(summary.currency):
                currencies.add(summary.currency)
        if len(records) < _ROWS:
            records.append(cells)
        elif code is not None and code.type not in SUMMARIES:
            break
    return DsrLook(told, tuple(records), tuple(sorted(currencies)), level, _part(told))


def _part(told: Mapping[str, str]) -> tuple[str, ...]:
    file, files = told["file"], told["files"]
    if files.isdecimal() and len(files) < 6 and int(files) > 1:
        return (f"The file is part {file} of {files}: all parts belong into one zip.",)
    return ()
