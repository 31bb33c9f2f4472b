"""Where an artist stands for a negotiation, counted: what was decided, who has to agree, what is licensed.

Works that are left out (the unreleased ones) are not in `works`; the rule is asked with all facts there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .decisions import AnswerKind, Decision, all_effective
from .facts import FactBook
from .finding_records import in_scope
from .ids import ArtistId, PartyId, ProgrammeId, WorkId
from .parties import NEEDED, PartyKind
from .permission import Question, permission
from .permission_classes import OutcomeTable
from .programmes import Agreement, Control
from .registers import Stance, Subject, SubjectKind, UseScopeKind
from .uses import Family, Use, family_of, uses_of
from .waiting import standing_yeses
from .works import Work


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """How works are answered in one family of uses; each stands in the first group that fits.

    Of voice and likeness what is counted are the uses of the programmes, not works.
    """

    family: Family
    allowed: int  # for one programme and use at least
    refused: int  # for every programme and use
    undecided: int  # in part at least
    asked: bool  # whether a programme that is known asks for it


@dataclass(frozen=True, slots=True)
class AllowedIn:
    """Yeses of the artist in one programme that are in one state today."""

    programme: ProgrammeId | None
    state: AnswerKind  # ALLOWED, or why a yes that was given does not hold now
    works: int
    person: bool  # the artist's voice, name and image
    uses: tuple[Use, ...]
    until: date | None  # the first last day among them
    one_day: bool  # whether all of them have that last day


@dataclass(frozen=True, slots=True)
class Needed:
    """Others whose agreement is needed: organisations by name, people only counted."""

    organisations: tuple[tuple[PartyId, int], ...]  # with the number of works, most first
    people: int


def by_family(
    artist: ArtistId, works: Sequence[Work], facts: FactBook, now: datetime
) -> tuple[tuple[FamilyCount, ...], int]:
    """A row for each family, and the works on which something is undecided besides voice and likeness."""
    table = OutcomeTable(facts, now)
    alike = Counter(table.class_of(work.id) for work in works)
    one_of = {table.class_of(work.id): work.id for work in works}
    rows: list[FamilyCount] = []
    open_classes: set[int] = set()
    for family in Family:
        cells = _cells(family, facts, now)
        asked = any(programme is not None for programme, _ in cells)
        if family is Family.VOICE_LIKENESS:
            kinds = [_of_person(artist, programme, use, facts, now) for programme, use in cells]
            counted = Counter(_group([kind]) for kind in kinds)
            rows.append(_row(family, counted, asked))
            continue
        counted = Counter()
        for number, count in alike.items():
            group = _group([kind for kind, _ in table.outcomes(artist, one_of[number], cells)])
            counted[group] += count
            if group is None:
                open_classes.add(number)
        rows.append(_row(family, counted, asked))
    return tuple(rows), sum(alike[number] for number in open_classes)


def _cells(family: Family, facts: FactBook, now: datetime) -> tuple[tuple[ProgrammeId | None, Use], ...]:
    """What programmes declare of a family; where none does, the family for any programme."""
    declared = tuple(
        (programme.id, use)
        for programme in sorted(facts.programmes.values(), key=lambda each: each.id)
        if programme.period.until is None or programme.period.until >= now.date()
        for use in programme.uses
        if family_of(use) is family
    )
    return declared or tuple((None, use) for use in uses_of(family))


def _of_person(
    artist: ArtistId, programme: ProgrammeId | None, use: Use, facts: FactBook, now: datetime
) -> AnswerKind:
    asked = Question(artist, Subject(SubjectKind.PERSON, artist), programme, use, now)
    return permission(asked, facts).answer.kind


def _group(kinds: Sequence[AnswerKind]) -> AnswerKind | None:
    """ALLOWED where one is, REFUSED where all are; None in between."""
    if AnswerKind.ALLOWED in kinds:
        return AnswerKind.ALLOWED
    return AnswerKind.REFUSED if kinds and set(kinds) == {AnswerKind.REFUSED} else None


def _row(family: Family, counted: Counter[AnswerKind | None], asked: bool) -> FamilyCount:
    return FamilyCount(family, counted[AnswerKind.ALLOWED], counted[AnswerKind.REFUSED], counted[None], asked)


def wide_refusals(artist: ArtistId, facts: FactBook) -> tuple[Decision, ...]:
    """The refusals in force that reach beyond one work, programme and use; the widest first."""
    shown = all_effective(facts.said.get(artist, ())).values()
    wide = [each for each in shown if each.stance is Stance.REFUSE and _width(each) > 0]
    return tuple(sorted(wide, key=lambda each: (-_width(each), each.made_at, each.id)))


def _width(decision: Decision) -> int:
    register = decision.register
    subject = {SubjectKind.ALL: 8, SubjectKind.PERSON: 4, SubjectKind.RELEASE: 4, SubjectKind.WORK: 0}
    use = {UseScopeKind.ANY: 3, UseScopeKind.FAMILY: 2, UseScopeKind.KEY: 0}
    return subject[register.subject.kind] + use[register.use.kind] + (register.programme is None)


def allowed_in(
    artist: ArtistId, hidden: frozenset[WorkId], facts: FactBook, now: datetime
) -> tuple[AllowedIn, ...]:
    """The artist's yeses by programme and by what they are worth today; most works first.

    Whether one holds is asked of the rule: not what has ended, nor what was for earlier terms.
    """
    found: defaultdict[tuple[ProgrammeId | None, AnswerKind], list[Decision]] = defaultdict(list)
    table = OutcomeTable(facts, now)
    for decision in standing_yeses(artist, facts):
        if WorkId(decision.register.subject.id) not in hidden:
            found[decision.register.programme, _state(decision, table, facts, now)].append(decision)
    rows = [
        AllowedIn(
            programme,
            state,
            len({d.register.subject for d in decisions if d.register.subject.kind is SubjectKind.WORK}),
            any(d.register.subject.kind is SubjectKind.PERSON for d in decisions),
            tuple(use for use in Use if any(each.register.use.covers(use) for each in decisions)),
            min((d.conditions.until for d in decisions if d.conditions.until is not None), default=None),
            len({d.conditions.until for d in decisions}) == 1,
        )
        for (programme, state), decisions in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.works, row.programme or "", row.state.value)))


def _state(decision: Decision, table: OutcomeTable, facts: FactBook, now: datetime) -> AnswerKind:
    """What the artist's answer is today on the cell of a yes."""
    register = decision.register
    (use, *_) = (use for use in Use if register.use.covers(use))
    if register.subject.kind is SubjectKind.WORK:
        work = facts.works.get(WorkId(register.subject.id))
        id = work.id if work is not None else WorkId(register.subject.id)
        return table.outcome(register.artist, id, register.programme, use)[0]
    return _of_person(register.artist, register.programme, use, facts, now)


def needed(artist: ArtistId, works: Iterable[Work], facts: FactBook, now: datetime) -> Needed:
    """Everybody else who controls, shares, or has a say, on the recordings and the songs in them."""
    on: defaultdict[PartyId, set[WorkId]] = defaultdict(set)
    for work in works:
        for carrier in (work.id, *work.compositions):
            for row in facts.stakeholders.get(carrier, ()):
                if row.standing in NEEDED and row.party != artist and row.period.contains(now):
                    on[row.party].add(work.id)
    organisations, people = [], 0
    for party, held in on.items():
        known = facts.parties.get(party)
        if known is not None and known.kind is PartyKind.ORGANISATION:
            organisations.append((party, len(held)))
        else:
            people += 1
    return Needed(tuple(sorted(organisations, key=lambda each: (-each[1], each[0]))), people)


def agreements_reaching(
    works: Iterable[Work], facts: FactBook, now: datetime
) -> tuple[tuple[Agreement, int], ...]:
    """Known agreements in force whose scope reaches works, with how many; most first."""
    controls: defaultdict[PartyId, list[tuple[WorkId, Control]]] = defaultdict(list)
    for work in works:
        for carrier in (work.id, *work.compositions):
            for control in facts.controls.get(carrier, ()):
                if control.period.contains(now):
                    controls[control.licensor].append((work.id, control))
    reached: list[tuple[Agreement, int]] = []
    for agreements in facts.agreements.values():
        for agreement in agreements:
            held = controls.get(agreement.licensor, ()) if agreement.period.contains(now) else ()
            count = len({work for work, control in held if in_scope(agreement, control)})
            if count:
                reached.append((agreement, count))
    return tuple(sorted(reached, key=lambda each: (-each[1], each[0].id)))
