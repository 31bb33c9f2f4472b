"""Which of several tables in a zip is the statement: some issuers put its summaries beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from artist_console.domain.problems import InputProblem

from .dsr_text import is_dsr
from .statement_clicknclear import is_clicknclear
from .statement_columns import HEADER_WITHIN, locate_by_names
from .statement_layouts import OTHER
from .tables import delimiter_of, encoding_of, split_rows
from .unpacking import OpenedPart, tables_in_zip

_HEAD = 1 << 16
_MOST_TABLES = 200


@dataclass(frozen=True, slots=True)
class ZipChoice:
    """`name` is the table to read; empty where there is nothing to choose."""

    name: str = ""
    others: tuple[str, ...] = ()
    is_dsr_set: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.others:
            return ()
        beside = ", ".join(f"“{name.rsplit('/', 1)[-1][:60]}”" for name in self.others[:6])
        more = f" and {len(self.others) - 6} more" if len(self.others) > 6 else ""
        return (f"“{self.name.rsplit('/', 1)[-1][:60]}” in the zip is read; beside it: {beside}{more}.",)


def choice_in(file: BinaryIO, file_name: str) -> ZipChoice:
    """Look into a zip. Raises InputProblem where it is damaged, or where several tables could be meant."""
    names = tables_in_zip(file, file_name)
    if len(names) < 2:
        return ZipChoice()
    problem = InputProblem(
        "“{file}” holds {count} tables",
        "Unpack it and import the files in it one by one.",
        file=file_name,
        count=len(names),
    )
    if len(names) > _MOST_TABLES:
        raise problem
    ranks: dict[str, int] = {}
    for name in names:
        rank = _rank(file, file_name, name)
        if rank is None:
            return ZipChoice(is_dsr_set=True)
        ranks[name] = rank
    best = max(ranks.values())
    chosen = [name for name, rank in ranks.items() if rank == best]
    if best == 0 or len(chosen) > 1:
        raise problem
    return ZipChoice(chosen[0], tuple(name for name in names if name != chosen[0]))


def _rank(file: BinaryIO, file_name: str, name: str) -> int | None:
    """2 for a statement of a known layout, 1 for another table with money, 0 for the rest; None for a DSR."""
    head = OpenedPart(file, file_name, name).stream.read(_HEAD)
    try:
        text = encoding_of(head, file_name, is_whole=False).text
        if is_dsr(text):
            return None
        # The last line may be cut anywhere.
        lines = re.split(r"(?<=\n)", text)[: HEADER_WITHIN + 5]
        whole = lines[:-1] if len(lines) > 1 and len(head) == _HEAD else lines
        rows, _ = split_rows("".join(whole), file_name, delimiter_of(text))
    except InputProblem:
        return 0
    if is_clicknclear(rows):
        return 2
    found = locate_by_names(rows)
    return 0 if found is None else 1 if found.layout is OTHER else 2
