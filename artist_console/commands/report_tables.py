"""What a report holds, in the rows of the other pages: read only, with permissions computed from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from artist_console.commands.earnings import StatementRow
from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow, place_rows
from artist_console.commands.months import EarningsBy, MonthTotal, month_totals
from artist_console.commands.names import party_name, programme_name, subject_words, terms_words
from artist_console.commands.work_details import CellRow
from artist_console.domain.decisions import EntryKind, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import combine
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import Line, Statement, exact_sum, is_earned
from artist_console.domain.uses import Use
from artist_console.domain.works import Work
from artist_console.formats.report_content import ReportContent
from artist_console.formats.report_outcomes import recompute


@dataclass(frozen=True, slots=True)
class ReportWork:
    """A work of a report, with permissions computed again from the report's own content."""

    work: Work
    artist_name: str
    release_title: str
    outcome: PermissionOutcome | None  # over its cells; None: no programme is named, or nothing is verified
    cells: tuple[CellRow, ...]
    differs: bool  # what the report claims is not what follows from its own facts


@dataclass(frozen=True, slots=True)
class ReportTables:
    """The content of a report, in the rows of the other pages. Read only."""

    works: tuple[ReportWork, ...]
    places: tuple[PlaceRow, ...]
    history: tuple[HistoryRow, ...]
    statements: tuple[StatementRow, ...]
    months: tuple[MonthTotal, ...]


def tables_of(content: ReportContent, *, computed: bool = True, may_differ: bool = True) -> ReportTables:
    """The rows of a report as the other pages show them, permissions computed again from its own facts.

    Not `computed`: without permissions, for content of which parts may be missing or changed. `may_differ`:
    False where it is known already that what the report claims is what follows.
    """
    facts = content.facts()
    differing = (
        {(each.artist, each.subject) for each in recompute(content).differ}
        if computed and may_differ
        else set()
    )
    outcomes = OutcomeTable(facts, content.header.instant)
    own = [
        (artist, work)
        for artist in content.header.artists
        for work in content.works
        if artist in work.artists
    ]
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    for line in content.lines:
        lines[line.statement].append(line)
    return ReportTables(
        works=tuple(
            _report_work(artist, work, facts, outcomes if computed else None, differing)
            for artist, work in own
        ),
        places=place_rows(
            content.inclusions,
            facts,
            {row.id: row for row in content.datasets},
            {row.id: row for row in content.models},
        ),
        history=_history(content, facts),
        statements=tuple(
            StatementRow(
                s, content.party_name(s.payee), _amount(s, lines[s.id]), check(s, lines[s.id]).result
            )
            for s in content.statements
        ),
        months=month_totals(
            (line for line in content.lines if is_earned(line.kind)), facts, EarningsBy.PROGRAMME
        ),
    )


def _amount(statement: Statement, lines: Sequence[Line]) -> Decimal:
    """What the lines come to; what the statement declares where they do not travel with the report."""
    if not lines and statement.line_count and statement.declared_total is not None:
        return statement.declared_total
    return exact_sum(line.amount for line in lines)


def _report_work(
    artist: ArtistId,
    work: Work,
    facts: FactBook,
    outcomes: OutcomeTable | None,
    differing: set[tuple[ArtistId, str]],
) -> ReportWork:
    cells = []
    by_name = sorted(facts.programmes.values(), key=lambda p: (p.name.casefold(), p.id))
    for programme in by_name if outcomes is not None else ():
        assert outcomes is not None, "else no programme is gone through"
        for use in (use for use in Use if use in programme.uses):
            answer, outcome = outcomes.outcome(artist, work.id, programme.id, use)
            register = Register(artist, Subject(SubjectKind.WORK, work.id), programme.id, UseScope.of(use))
            own = effective(register, facts.registers_of(artist).get(register, ()))
            cells.append(
                CellRow(
                    programme.id,
                    programme.name,
                    party_name(facts, programme.operator),
                    use,
                    answer,
                    own.stance if own is not None else None,
                    outcome,
                    waiting=False,
                    asked=programme.asks_artists,
                )
            )
    held = facts.memberships.get(work.id, ())
    release = facts.releases.get(held[0].release) if held else None
    return ReportWork(
        work=work,
        artist_name=party_name(facts, artist),
        release_title=release.title if release is not None else "",
        outcome=combine(frozenset(cell.outcome for cell in cells)),
        cells=tuple(cells),
        differs=(artist, work.id) in differing,
    )


def _history(content: ReportContent, facts: FactBook) -> tuple[HistoryRow, ...]:
    with_receipt = {(row.artist, row.n) for row in content.receipts}
    rows = []
    former: dict[Register, Stance] = {}
    for entry in content.entries:
        made = entry.decision
        if made is None or entry.kind not in (EntryKind.DECISION, EntryKind.PROPOSAL):
            continue
        register = made.register
        rows.append(
            HistoryRow(
                decision=made.id,
                artist=register.artist,
                when=entry.recorded_at,
                made_by="",  # accounts are no part of a report
                on_behalf_of=party_name(facts, register.artist) if made.mandate is not None else "",
                mandate=made.mandate,
                subject=subject_words(facts, register.subject),
                programme=programme_name(facts, register.programme),
                use=register.use,
                stance=made.stance,
                former=former.get(register),
                terms=terms_words(facts, made.terms),
                outcome=None,
                receipt=(entry.artist, entry.n) in with_receipt,
                n=entry.n,
            )
        )
        if entry.kind is EntryKind.DECISION:
            former[register] = made.stance
    return tuple(sorted(rows, key=lambda row: row.when, reverse=True))
