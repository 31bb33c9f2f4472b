"""One work in full detail, as its pane and the command line show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from artist_console.commands import attention
from artist_console.commands.asking import asks_now
from artist_console.commands.console import Console, Totals
from artist_console.commands.contracts import standing_words
from artist_console.commands.history import HistoryRow, history
from artist_console.commands.inclusions import PlaceRow, place_rows
from artist_console.commands.months import EarningsBy, MonthTotal, month_totals
from artist_console.commands.names import party_name
from artist_console.domain.decisions import Answer, AnswerKind, Cell, effective
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.findings import Finding
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Stakeholder, Standing, split_fault
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.problems import UnknownThing
from artist_console.domain.reasons import reason_of
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.standing_words import StandingLine
from artist_console.domain.statements import CheckResult, is_earned
from artist_console.domain.trace import TraceStep
from artist_console.domain.uses import Right, Use, is_sensitive
from artist_console.domain.work_rows import WorkSummary
from artist_console.domain.works import Release, Work
from artist_console.store import inclusions, mirror, statements
from artist_console.store import works as stored


@dataclass(frozen=True, slots=True)
class CellRow:
    """One programme and use of a work: what was said and what follows."""

    programme: ProgrammeId
    programme_name: str
    operator_name: str
    use: Use
    answer: AnswerKind
    own: Stance | None  # what the cell's own register says; None: it follows something wider, or nothing
    outcome: PermissionOutcome
    waiting: bool  # rests on a decision that the backend has not confirmed
    asked: bool  # the programme asks for this use today


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A holder of a right of the work. Names and answers only where that party shares them."""

    right: Right
    holder: str  # name; "Somebody else" where it is not shared
    share_bp: int | None  # basis points
    standing: Standing | None
    answer: AnswerKind | None  # on what the programmes ask today; None where not known, shared or the same
    differs: bool  # the answers to what they ask are not all the same
    shared: bool
    fault: str  # why the split cannot be relied on, a sentence; empty when it can


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """Everything the details pane of a work shows."""

    work: Work
    summary: WorkSummary
    releases: tuple[Release, ...]
    songs: tuple[Work, ...]  # that a recording embodies; the recordings of a song are not listed here
    recordings: tuple[Work, ...]  # that embody this song; empty for a recording
    cells: tuple[CellRow, ...]  # programmes that ask first, then by name; uses in the order of `Use`
    why: tuple[TraceStep, ...]  # of the cell that says most about the work's outcome
    reason: TraceStep | None  # the step of `why` that decided
    why_programme: ProgrammeId | None  # the cell that `why` is about
    why_use: Use | None
    earned: Totals  # AI income of the last twelve months
    earned_months: tuple[MonthTotal, ...]  # the same twelve months, by programme
    check: CheckResult  # the worst over the statements that hold lines of this work
    places: tuple[PlaceRow, ...]  # strongest first
    splits: tuple[SplitRow, ...]
    can_do: tuple[StandingLine, ...]  # what the artist's answer can do, right by right, and by what clause
    findings: tuple[Finding, ...]
    history: tuple[HistoryRow, ...]  # of the work and of what it belongs to, newest first
    changed_at: datetime | None

    @property
    def standing(self) -> tuple[TraceStep, ...]:
        """The sentences of `can_do`, one below the other."""
        return tuple(step for line in self.can_do for step in (line.words, *line.also))


def show_work(console: Console, work: WorkId, artist: ArtistId | None = None) -> WorkDetails:
    """One work in full, as the artist sees it (the first of its artists where none is given)."""
    now = console.clock()
    store = console.store
    facts = mirror.facts(store, now)
    known = facts.works.get(work)
    if known is None:
        raise UnknownThing("The work {work} is not known here", "Sync, then look again", work=work)
    summary = stored.summary(store, known.id, artist) or stored.summary(store, known.id)
    if summary is None:
        raise UnknownThing(
            "“{work}” has no artist of this profile", "Choose one of your own works", work=known.title
        )
    cells, permissions = _cells(console, facts, summary.artist, known)
    chosen = _that_says_most(permissions, summary.outcome)
    if chosen is None and summary.refused:
        # No programme is known: the no stands for every one that comes.
        subject = Subject(SubjectKind.WORK, known.id)
        chosen = permission(Question(summary.artist, subject, None, Use.TRAIN_GENERATIVE, now), facts)
    since = twelve_months_to(console.today)
    totals = statements.totals(store, payee=summary.artist, work=known.id, since=since, until=console.today)
    earned = [total for total in totals if is_earned(total.kind)]
    return WorkDetails(
        work=known,
        summary=summary,
        releases=_releases(facts, known),
        songs=tuple(facts.works[song] for song in known.compositions if song in facts.works),
        recordings=_recordings(facts, known),
        cells=cells,
        why=chosen.trace if chosen is not None else (),
        reason=reason_of(chosen) if chosen is not None else None,
        why_programme=chosen.question.programme if chosen is not None else None,
        why_use=chosen.question.use if chosen is not None else None,
        earned=statements.sum_by_currency((total.currency, total.amount) for total in earned),
        earned_months=month_totals(earned, facts, EarningsBy.PROGRAMME),
        check=_check_of(console, known.id, summary.artist),
        places=place_rows(
            inclusions.of_work(store, known.id), facts, inclusions.datasets(store), inclusions.models(store)
        ),
        splits=split_rows(facts, known, _asked_of_works(facts, permissions, now), now),
        can_do=standing_words(console, known.id, summary.artist),
        findings=attention.findings(console, summary.artist, known.id),
        history=history(
            console, summary.artist, subject=Subject(SubjectKind.WORK, known.id), with_wider=True
        ),
        changed_at=summary.changed_at,
    )


def _cells(
    console: Console, facts: FactBook, artist: ArtistId, work: Work
) -> tuple[tuple[CellRow, ...], tuple[Permission, ...]]:
    """Every programme and use of the work; programmes that ask come first."""
    now = console.clock()
    subject = Subject(SubjectKind.WORK, work.id)
    pending = [
        decision.register
        for decision in mirror.own_decisions(console.store).undelivered
        if decision.register.artist == artist
    ]
    held = facts.memberships.get(work.id, ())
    rows, found = [], []
    present = sorted(facts.programmes.values(), key=lambda p: (not asks_now(p, now), p.name.casefold(), p.id))
    for programme in present:
        for use in (use for use in Use if use in programme.uses):
            answer = permission(Question(artist, subject, programme.id, use, now), facts)
            register = Register(artist, subject, programme.id, UseScope.of(use))
            own = effective(register, facts.said.get(artist, ()))
            cell = Cell(subject, programme.id, use, held)
            found.append(answer)
            rows.append(
                CellRow(
                    programme=programme.id,
                    programme_name=programme.name,
                    operator_name=party_name(facts, programme.operator),
                    use=use,
                    answer=answer.answer.kind,
                    own=own.stance if own is not None else None,
                    outcome=answer.outcome,
                    waiting=any(cell.lies_in(each, now) for each in pending),
                    asked=asks_now(programme, now),
                )
            )
    return tuple(rows), tuple(found)


def _that_says_most(found: Sequence[Permission], outcome: PermissionOutcome | None) -> Permission | None:
    """The cell whose trace explains the work's outcome; else the one that comes first in PRODUCT's order."""
    alike = [each for each in found if each.outcome is outcome]
    order = list(PermissionOutcome)
    return min(alike or found, key=lambda each: order.index(each.outcome), default=None)


def _releases(facts: FactBook, work: Work) -> tuple[Release, ...]:
    held = [
        facts.releases[m.release] for m in facts.memberships.get(work.id, ()) if m.release in facts.releases
    ]
    return tuple(sorted(held, key=lambda r: (r.released_on or date.max, r.title, r.id)))


def _recordings(facts: FactBook, work: Work) -> tuple[Work, ...]:
    found = {other.id: other for other in facts.works.values() if work.id in other.compositions}
    return tuple(sorted(found.values(), key=lambda other: (other.title.casefold(), other.id)))


def _check_of(console: Console, work: WorkId, artist: ArtistId) -> CheckResult:
    """The worst check over the statements that hold lines of the work."""
    named = {total.statement for total in statements.totals(console.store, payee=artist, work=work)}
    results = {result for each, result in statements.checks(console.store) if each.id in named}
    for worst in (CheckResult.DOES_NOT_ADD_UP, CheckResult.PART_CANNOT_BE_CHECKED, CheckResult.ADDS_UP):
        if worst in results:
            return worst
    return CheckResult.NOT_CHECKED


def _asked_of_works(facts: FactBook, found: Iterable[Permission], now: datetime) -> tuple[Permission, ...]:
    """The cells that the outcome of a work is about: what programmes ask today, but for voice and likeness.

    An answer to what nobody asks would make a holder look undecided about a work that is allowed.
    """
    return tuple(
        each
        for each in found
        if each.question.programme is not None
        and asks_now(facts.programmes[each.question.programme], now)
        and not is_sensitive(each.question.use)
    )


def split_rows(
    facts: FactBook, work: Work, permissions: Iterable[Permission], now: datetime
) -> tuple[SplitRow, ...]:
    """Who holds which right. Of those who do not share, neither name nor answer is told."""
    answers: dict[tuple[str, Right], list[Answer]] = {}
    for found in permissions:
        for each in found.needed:
            if each.party is not None:
                answers.setdefault((each.party, each.right), []).append(each.answer)
    rows = []
    for carrier in (work.id, *work.compositions):
        present = [s for s in facts.stakeholders.get(carrier, ()) if s.period.contains(now)]
        for right in Right:
            holders = tuple(s for s in present if s.right is right)
            if holders:
                fault = _fault_words(right, holders)
                rows += [_split_row(facts, holder, answers, fault) for holder in holders]
    return tuple(rows)


def _split_row(
    facts: FactBook, holder: Stakeholder, answers: Mapping[tuple[str, Right], list[Answer]], fault: str
) -> SplitRow:
    party = facts.parties.get(holder.party)
    shared = facts.is_in_reach(holder.party) or (
        party is not None and (party.shares_answers or not party.is_artist)
    )
    said = {each.kind for each in answers.get((holder.party, holder.right), [])} if shared else set()
    return SplitRow(
        right=holder.right,
        holder=party.name if party is not None and shared else "Somebody else",
        share_bp=holder.share_bp,
        standing=holder.standing,
        answer=next(iter(said)) if len(said) == 1 else None,
        differs=len(said) > 1,
        shared=shared,
        fault=fault,
    )


def _fault_words(right: Right, holders: tuple[Stakeholder, ...]) -> str:
    fault = split_fault(right, holders)
    if fault is None:
        return ""
    if fault.total_bp is None:
        return "These shares are disputed."
    return f"These shares add up to {fault.total_bp / 100:g} %, not to 100 %."
