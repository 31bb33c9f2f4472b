"""What a report holds, in the rows of the other pages: read only, with permissions computed from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artist_console.commands.earnings import StatementRow
from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow, place_rows
from artist_console.commands.months import EarningsBy, Monthly, MonthTotal, month_totals
from artist_console.commands.names import party_name, programme_name, subject_words, terms_words
from artist_console.commands.work_details import CellRow
from artist_console.domain.decisions import AnswerKind, EntryKind, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import combine
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Use
from artist_console.domain.works import Work
from artist_console.formats.report_content import ReportContent
from artist_console.formats.report_figures import CheckedStatement
from artist_console.formats.report_outcomes import Recomputed


@dataclass(frozen=True, slots=True)
class ReportWork:
    """A work of a report, with permissions computed again from the report's own content."""

    work: Work
    artist_name: str
    release_title: str
    outcome: PermissionOutcome | None  # over its cells; None: no programme is named, or nothing is verified
    cells: tuple[CellRow, ...]
    differs: bool  # what the report claims is not what follows from its own facts
    cannot: bool = False  # for a cell a fact is lacking: it cannot be recomputed, and shows what is claimed


@dataclass(frozen=True, slots=True)
class ReportTables:
    """The content of a report, in the rows of the other pages. Read only."""

    works: tuple[ReportWork, ...]
    places: tuple[PlaceRow, ...]
    history: tuple[HistoryRow, ...]
    statements: tuple[StatementRow, ...]
    months: tuple[MonthTotal, ...]


def tables_of(
    content: ReportContent,
    recomputed: Recomputed | None = None,
    statements: Sequence[CheckedStatement] = (),
    months: Iterable[Monthly] = (),
) -> ReportTables:
    """The rows of a report as the other pages show them, permissions computed again from its own facts.

    Without `recomputed` no permission is told: for content of which parts may be missing or changed, and for
    reports that say none. `statements` and `months` are what came of the lines, which may be too many to be
    in `content`.
    """
    facts = content.facts()
    computed = _Computed(content, facts, recomputed) if recomputed is not None else None
    own = [
        (artist, work)
        for artist in content.header.artists
        for work in content.works
        if artist in work.artists
    ]
    return ReportTables(
        works=tuple(_report_work(artist, work, facts, computed) for artist, work in own),
        places=place_rows(
            content.inclusions,
            facts,
            {row.id: row for row in content.datasets},
            {row.id: row for row in content.models},
        ),
        history=_history(content, facts),
        statements=tuple(
            StatementRow(each.statement, content.party_name(each.statement.payee), each.amount, each.result)
            for each in sorted(statements, key=_newest_first)
        ),
        months=month_totals(months, facts, EarningsBy.PROGRAMME),
    )


def _newest_first(checked: CheckedStatement) -> tuple[int, str, str, str]:
    """As statements stand everywhere else; of one period, by who made it and for whom."""
    statement = checked.statement
    until = -statement.period_until.toordinal()
    return until, statement.issuer.casefold(), statement.payee, statement.id


class _Computed:
    """Permissions computed again, with what is claimed where a fact is lacking."""

    def __init__(self, content: ReportContent, facts: FactBook, recomputed: Recomputed) -> None:
        self._table = OutcomeTable(facts, content.header.instant)
        self._claimed = {
            (each.artist, each.subject, each.programme, each.use): (each.answer, each.outcome)
            for each in recomputed.lacking
        }
        self.lacking = {(each.artist, each.subject) for each in recomputed.lacking}
        self.differing = {(each.artist, each.subject) for each in recomputed.differ}

    def cell(
        self, artist: ArtistId, work: Work, programme: ProgrammeId, use: Use
    ) -> tuple[AnswerKind, PermissionOutcome]:
        claimed = self._claimed.get((artist, work.id, programme, use))
        return claimed or self._table.outcome(artist, work.id, programme, use)


def _report_work(
    artist: ArtistId,
    work: Work,
    facts: FactBook,
    computed: _Computed | None,
) -> ReportWork:
    cells = []
    by_name = sorted(facts.programmes.values(), key=lambda p: (p.name.casefold(), p.id))
    for programme in by_name if computed is not None else ():
        assert computed is not None, "else no programme is gone through"
        for use in (use for use in Use if use in programme.uses):
            answer, outcome = computed.cell(artist, work, programme.id, use)
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
        differs=computed is not None and (artist, work.id) in computed.differing,
        cannot=computed is not None and (artist, work.id) in computed.lacking,
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
