"""What a report holds besides works, answers and money: findings, cases, agreements, contracts, parties.

Facts as the report states them, in English words; nothing here is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from artist_console.commands.evidence_words import EVENT, LETTER, STATE
from artist_console.commands.evidence_words import OUTCOME as REPLY
from artist_console.commands.evidence_words import SENT as SENT_BY
from artist_console.commands.fact_pages import KIND, agreement_lines, party_lines, places_in_words
from artist_console.commands.names import party_name, programme_name, work_title
from artist_console.commands.report_sheets import ReportSheet, ReportTable, SheetColumn
from artist_console.domain import words, work_words
from artist_console.domain.contract_names import AI_CLAUSE, CONTRACT_KIND, HOLD
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import WorkId
from artist_console.domain.phrases import day_in_words
from artist_console.formats.report_content import ReportContent
from artist_console.formats.report_kinds import CaseFact
from artist_console.formats.table_out import Value

_NAMED = 12


def fact_sheets(content: ReportContent) -> tuple[ReportSheet, ...]:
    """Every table, those without rows too."""
    # Names are looked up only where a table is read: counting rows needs none.
    facts = cache(content.facts)
    return (
        ReportSheet(
            ReportTable.FINDINGS,
            "Findings",
            _FINDINGS,
            len(content.findings),
            lambda: _finding_rows(content, facts()),
        ),
        ReportSheet(
            ReportTable.CASES, "Cases", _CASES, len(content.cases), lambda: _case_rows(content, facts())
        ),
        ReportSheet(
            ReportTable.AGREEMENTS,
            "Agreements",
            _AGREEMENTS,
            len(content.agreements),
            lambda: _agreement_rows(content, facts()),
        ),
        ReportSheet(
            ReportTable.CONTRACTS,
            "Contracts",
            _CONTRACTS,
            len(content.contracts),
            lambda: _contract_rows(content, facts()),
        ),
        ReportSheet(
            ReportTable.PARTIES,
            "Parties",
            _PARTIES,
            len(content.parties),
            lambda: _party_rows(content, facts()),
        ),
    )


_FINDINGS = (
    SheetColumn("Finding", 30, 26),
    SheetColumn("About", 34, 26),
    SheetColumn("Programme", 22, 16),
    SheetColumn("Since", 12, 14),
    SheetColumn("Deadline", 12),
    SheetColumn("Silence means", 34),
    SheetColumn("What it is", 60, 18),
    SheetColumn("Artist", 24),
)


def _finding_rows(content: ReportContent, facts: FactBook) -> Iterator[Sequence[Value]]:
    for row in content.findings:
        yield (
            work_words.FINDING[row.kind],
            _titles(facts, (row.work,) if row.work is not None else row.works) or row.title,
            programme_name(facts, row.programme),
            row.since,
            row.deadline,
            words.SILENCE_MEANS[row.silence] if row.silence is not None else "",
            " ".join(row.words),
            party_name(facts, row.artist),
        )


_CASES = (
    SheetColumn("Letter", 34, 26),
    SheetColumn("To", 26, 20),
    SheetColumn("State", 34, 24),
    SheetColumn("Opened", 12, 14),
    SheetColumn("In this state since", 14),
    SheetColumn("Next date", 12, 16),
    SheetColumn("Programme", 22),
    SheetColumn("About", 34),
    SheetColumn("What happened", 60),
    SheetColumn("Artist", 24),
)


def _case_rows(content: ReportContent, facts: FactBook) -> Iterator[Sequence[Value]]:
    for row in content.cases:
        yield (
            LETTER[row.kind],
            row.addressee,
            STATE[row.state],
            row.opened_on,
            row.since,
            row.next_on,
            programme_name(facts, row.programme),
            _titles(facts, row.works),
            "; ".join(_happened(each) for each in row.happened),
            party_name(facts, row.artist),
        )


def _happened(fact: CaseFact) -> str:
    parts = [f"{day_in_words(fact.on)}: {EVENT[fact.kind]}"]
    if fact.how is not None:
        parts.append(SENT_BY[fact.how])
    if fact.outcome is not None:
        parts.append(f"{fact.said_by} {REPLY[fact.outcome]}")
    if fact.words:
        parts.append(f"“{fact.words}”")
    return ", ".join(parts)


_AGREEMENTS = (
    SheetColumn("Licensor", 26, 20),
    SheetColumn("Programme", 22, 18),
    SheetColumn("Asking the artist", 34, 26),
    SheetColumn("Uses", 40),
    SheetColumn("Rights", 26),
    SheetColumn("What it covers", 34, 20),
    SheetColumn("Where", 20),
    SheetColumn("From", 16, 16),
    SheetColumn("Until", 16),
    SheetColumn("Notice was given on", 16),
    SheetColumn("You can object until", 16),
    SheetColumn("How money is shared out", 30),
    SheetColumn("Source", 26),
)


def _agreement_rows(content: ReportContent, facts: FactBook) -> Iterator[Sequence[Value]]:
    for row in content.agreements:
        said = dict(agreement_lines(facts, row))
        yield tuple(said.get(column.title, "") for column in _AGREEMENTS)


_CONTRACTS = (
    SheetColumn("With", 26, 22),
    SheetColumn("Kind", 18, 14),
    SheetColumn("Who holds the rights", 40, 28),
    SheetColumn("What it says about AI", 40, 36),
    SheetColumn("Clause", 10),
    SheetColumn("Signed", 12),
    SheetColumn("From", 12),
    SheetColumn("Until", 12),
    SheetColumn("Where", 20),
    SheetColumn("Works", 34),
    SheetColumn("Words of the clause", 60),
    SheetColumn("Artist", 24),
)


def _contract_rows(content: ReportContent, facts: FactBook) -> Iterator[Sequence[Value]]:
    for row in content.contracts:
        yield (
            row.other_side_name or party_name(facts, row.other_side),
            CONTRACT_KIND[row.kind],
            HOLD[row.hold],
            AI_CLAUSE[row.ai_clause],
            row.clause_number,
            row.signed_on,
            row.period.since,
            row.period.until,
            places_in_words(row.territories),
            _titles(facts, row.works),
            row.ai_words,
            party_name(facts, row.artist),
        )


_PARTIES = (
    SheetColumn("Name", 30, 34),
    SheetColumn("Kind", 18, 18),
    SheetColumn("What they do", 30, 28),
    SheetColumn("ISNI", 20, 20),
    SheetColumn("IPI name number", 16),
    SheetColumn("DDEX party id", 22),
    SheetColumn("Also called", 30),
)


def _party_rows(content: ReportContent, facts: FactBook) -> Iterator[Sequence[Value]]:
    for row in content.parties:
        said = dict(party_lines(facts, row))
        yield (
            row.name,
            KIND[row.kind],
            *(said.get(column.title, "") for column in _PARTIES[2:]),
        )


def _titles(facts: FactBook, works: Sequence[WorkId]) -> str:
    titles = [title for title in (work_title(facts, work) for work in works[:_NAMED]) if title]
    more = len(works) - len(titles)
    if not more:
        return ", ".join(titles)
    return f"{', '.join(titles)} and {more} more" if titles else ""
