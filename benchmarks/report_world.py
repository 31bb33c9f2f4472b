"""A long report for the figures, and the one of a quarter later: works, answers, many lines of statements.

Nothing is padded: works with their permissions in three programmes, a ledger with its chain, and statements
whose lines have what a distributor's have. The later one has two statements, some works and answers more; one
line in two hundred was corrected. Of the one of another period, no line is in the first.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import (
    AccountId,
    ActId,
    ArtistId,
    DecisionId,
    PartyId,
    ProgrammeId,
    StatementId,
    WorkId,
)
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.programmes import Programme
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.statements import Line, Statement, StatementSource, exact_sum
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.ledger_proof import next_head
from artist_console.formats.report_content import ReportContent, ReportHeader
from artist_console.formats.report_out import write_report
from artist_console.formats.report_outcomes import state_outcomes
from artist_console.formats.signatures import SigningKey
from benchmarks.statement_world import made_lines

ARTIST = ArtistId("mara")
OPERATOR = PartyId("harmonia")
WORKS, MORE_WORKS = 2_000, 40
STATEMENTS, MORE_STATEMENTS = 10, 2
LINES = 45_000  # of each statement
ENTRIES, MORE_ENTRIES = 400, 60
SERIES = "5" * 32
_NOW = datetime(2026, 7, 1, tzinfo=UTC)
_USES = (Use.TRAIN_GENERATIVE, Use.GEN_REMIX, Use.DISTILL)
_CORRECTED = 200  # in the later report, one line in so many has another amount


def write(path: Path, *, later: bool = False, period: str = "0") -> None:
    """Write one of the reports, signed with a key made of zeros. `period`: a hex digit of its statements."""
    content = made_content(later=later, period=period)
    with path.open("wb") as out:
        write_report(
            out,
            content,
            SigningKey(bytes(32)),
            "Fieldnote",
            lines=lambda: _lines(content.statements, later=later),
            scratch=tempfile.TemporaryFile,
        )


def made_content(*, later: bool, period: str = "0") -> ReportContent:
    """Everything but the lines."""
    programmes = tuple(
        Programme(ProgrammeId(f"{n:032x}"), OPERATOR, f"Programme {n}", uses=_USES) for n in range(3)
    )
    works = tuple(
        Work(
            WorkId(f"{n:032x}"),
            WorkKind.RECORDING,
            f"Salt Lines {n}",
            (ARTIST,),
            identifier=f"SEYOK26{n:05d}",
            duration_s=Decimal(180 + n % 90),
            year=2026,
        )
        for n in range(WORKS + (MORE_WORKS if later else 0))
    )
    instant = _NOW + timedelta(days=91 if later else 0)
    content = ReportContent(
        ReportHeader("Works in AI programmes", instant, "Mara", (ARTIST,), instant, series=SERIES),
        parties=(
            Party(ARTIST, "Mara Lindqvist", PartyKind.PERSON, is_artist=True),
            Party(OPERATOR, "Harmonia", PartyKind.ORGANISATION),
        ),
        works=works,
        programmes=programmes,
        entries=tuple(_entries(ENTRIES + (MORE_ENTRIES if later else 0), programmes)),
        statements=tuple(_statements(STATEMENTS + (MORE_STATEMENTS if later else 0), period, later=later)),
    )
    return replace(content, outcomes=state_outcomes(content))


def _entries(count: int, programmes: tuple[Programme, ...]) -> Iterator[LedgerEntry]:
    head = ""
    for n in range(1, count + 1):
        at = _NOW - timedelta(days=500) + timedelta(hours=n)
        register = Register(
            ARTIST,
            Subject(SubjectKind.WORK, f"{n:032x}"),
            programmes[n % len(programmes)].id,
            UseScope.of(_USES[n % len(_USES)]),
        )
        decision = Decision(
            DecisionId(f"decision-{n}"), register, Stance.REFUSE, AccountId("a"), at, ActId(f"act-{n}")
        )
        entry = LedgerEntry(ARTIST, n, "", EntryKind.DECISION, at, AccountId("a"), decision)
        head = next_head(head, entry)
        yield replace(entry, head=head)


def _statements(count: int, period: str, *, later: bool) -> Iterator[Statement]:
    for n in range(count):
        begins = date(2022 + n // 4, n % 4 * 3 + 1, 1)
        statement = Statement(
            StatementId(f"{period}{n:031x}"),
            "Harmonia",
            ARTIST,
            begins,
            date(begins.year, begins.month + 2, 28),
            "USD",
            LINES,
            None,
            StatementSource.API,
            date(begins.year + 1, 1, 15),
            "00",
        )
        total = exact_sum(line.amount for line in _lines_of(statement, later=later))
        yield replace(statement, declared_total=total)


def _lines(statements: tuple[Statement, ...], *, later: bool) -> Iterator[Line]:
    for statement in statements:
        yield from _lines_of(statement, later=later)


def _lines_of(statement: Statement, *, later: bool) -> Iterator[Line]:
    chance = Random(statement.id)
    for line in made_lines(statement.line_count):
        at = line.month.month % 3
        amount = line.amount + chance.randrange(1_000)
        if later and not line.number % _CORRECTED:
            amount += 1
        yield replace(
            line,
            statement=statement.id,
            amount=amount,
            month=date(statement.period_from.year, statement.period_from.month + at, 1),
            title=f"Salt Lines {line.number % WORKS}",
            artist="Mara Lindqvist",
            identifier=f"SEYOK26{line.number % WORKS:05d}",
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report_world", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--later", action="store_true")
    parser.add_argument("--period", default="0")
    given = parser.parse_args()
    write(given.path, later=given.later, period=given.period)
