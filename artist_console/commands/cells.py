"""One place of the consent matrix looked at closely: who asks, what wider answers say, why it is as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from artist_console.commands.asking import asked_cells, works_under
from artist_console.commands.authority import Acting, RosterPower, acting_for, outside
from artist_console.commands.console import Console
from artist_console.commands.fact_links import NO_LINKS, Links, links_of
from artist_console.commands.matrix import MatrixColumn, MatrixFrame, open_requests
from artist_console.commands.names import party_name, programme_name, subject_words, use_words
from artist_console.domain.decisions import Decision, effective, uses_meet
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, DecisionId, ProgrammeId, WorkId
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.programmes import Request, Silence
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    ANY_USE,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Family, Use, is_sensitive
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.formats.kinds import Kind
from artist_console.store import drafts as kept_drafts
from artist_console.store import mirror, projection

# A wide place stands for thousands of cells; the first of them are explained.
_EXPLAINED = 24


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that names the place, still open."""

    asked_by: str
    programme: str
    uses: tuple[str, ...]
    asked_at: datetime
    answer_by: date | None
    silence: Silence
    words: str  # in the asking side's own words


@dataclass(frozen=True, slots=True)
class Level:
    """What a wider place says: a release, all my music; for this kind of use or for every use."""

    words: str
    subject: Subject
    stance: Stance | None  # None: says nothing


@dataclass(frozen=True, slots=True)
class Explained:
    """One cell under the place, with its permission and trace."""

    subject: str
    programme: str
    use: str
    permission: Permission
    links: Links = NO_LINKS


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Everything that is said about one register."""

    register: Register
    subject: str
    use: str
    programme: str  # empty: every programme
    own: Decision | None  # its own answer
    allows: tuple[Decision, ...]  # single allows that stand under it
    asks: tuple[Ask, ...]
    asking: tuple[str, ...]  # programmes that ask for it today
    levels: tuple[Level, ...]  # nearest first
    works: int  # works it stands for; 0 for a person
    power: RosterPower
    reaches: bool  # whether the mandate reaches it; True for oneself
    artist_name: str


def look_at(console: Console, register: Register) -> PlaceView:
    """Who asks for what stands at a register, what the levels above say, and what may be answered."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    said = facts.said.get(register.artist, ())
    acting = acting_for(console, register.artist)
    works = works_under(facts, register.artist, register.subject, now)
    asked = asked_cells(facts, now, register.programme, register.use)
    return PlaceView(
        register=register,
        subject=subject_words(facts, register.subject),
        use=use_words(register.use),
        programme=programme_name(facts, register.programme),
        own=effective(register, said),
        allows=_allows(facts, register, frozenset(work.id for work in works)),
        asks=tuple(
            _ask(facts, request)
            for request in open_requests(console, register.artist)
            if _names(request, register, frozenset(work.id for work in works))
        ),
        asking=tuple(dict.fromkeys(programme_name(facts, programme) for programme, _ in asked)),
        levels=_levels(facts, register),
        works=len(works),
        power=acting.power,
        reaches=_reaches(acting, register),
        artist_name=party_name(facts, register.artist),
    )


def _reaches(acting: Acting, register: Register) -> bool:
    return acting.power is not RosterPower.VIEW and not outside(acting.mandate, register)


def _ask(facts: FactBook, request: Request) -> Ask:
    return Ask(
        party_name(facts, request.asked_by),
        programme_name(facts, request.programme),
        tuple(use_words(UseScope.of(use)) for use in request.uses),
        request.asked_at,
        request.answer_by,
        request.silence_means,
        request.words,
    )


def _names(request: Request, register: Register, works: frozenset[WorkId]) -> bool:
    if register.programme not in (None, request.programme):
        return False
    uses = [use for use in request.uses if register.use.covers(use)]
    if register.subject.kind is SubjectKind.PERSON:
        return not request.works and any(is_sensitive(use) for use in uses)
    return bool(uses) and (not request.works or not works.isdisjoint(request.works))


def _allows(facts: FactBook, register: Register, works: frozenset[WorkId]) -> tuple[Decision, ...]:
    """The artist's last answers on single cells under the register, where they are a yes."""
    last = {each.decision.register: each.decision for each in facts.said.get(register.artist, ())}
    return tuple(
        decision
        for narrow, decision in last.items()
        if decision.stance is Stance.ALLOW
        and (WorkId(narrow.subject.id) in works or narrow.subject == register.subject)
        and register.programme in (None, narrow.programme)
        and register.use.covers(Use(narrow.use.name))
    )


def _levels(facts: FactBook, register: Register) -> tuple[Level, ...]:
    """What is wider than the register, the nearest first, with the answer that each level gives for it."""
    subject = register.subject
    wider: list[Subject] = []
    if subject.kind is SubjectKind.WORK:
        held = facts.memberships.get(WorkId(subject.id), ())
        wider += [Subject(SubjectKind.RELEASE, each.release) for each in held]
    if subject.kind in (SubjectKind.WORK, SubjectKind.RELEASE):
        wider.append(ALL_MY_WORKS)
    return tuple(
        Level(subject_words(facts, each), each, _says(facts, register, each)) for each in dict.fromkeys(wider)
    )


def _says(facts: FactBook, register: Register, subject: Subject) -> Stance | None:
    """The answer of a wider subject that covers the register's programme and uses."""
    said = facts.said.get(register.artist, ())
    for programme in dict.fromkeys((register.programme, None)):
        for scope in _covering(register.use):
            found = effective(Register(register.artist, subject, programme, scope), said)
            if found is not None:
                return found.stance
    return None


def _covering(scope: UseScope) -> tuple[UseScope, ...]:
    if scope.kind is UseScopeKind.KEY:
        use = Use(scope.name)
        families = [UseScope.of(each) for each in Family if UseScope.of(each).covers(use)]
        return (scope, *families, ANY_USE)
    return (scope, ANY_USE) if scope.kind is UseScopeKind.FAMILY else (scope,)


def explain_place(console: Console, register: Register) -> tuple[Explained, ...]:
    """Why it is as it is: the cells asked for under a register, at most 24 of them, each with its trace."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    asked = asked_cells(facts, now, register.programme, register.use)
    if register.programme in facts.programmes and register.use.kind is UseScopeKind.KEY:
        # One cell is explained whether or not anybody asks about it today.
        asked = ((ProgrammeId(register.programme or ""), Use(register.use.name)),)
    subjects = [register.subject]
    if register.subject.kind not in (SubjectKind.WORK, SubjectKind.PERSON):
        works = works_under(facts, register.artist, register.subject, now)
        subjects = [Subject(SubjectKind.WORK, work.id) for work in works]
    if register.subject.kind is SubjectKind.PERSON:
        asked = tuple(pair for pair in asked if is_sensitive(pair[1]))
    found: list[Explained] = []
    for subject in subjects:
        for programme, use in asked:
            if len(found) == _EXPLAINED:
                return tuple(found)
            question = Question(register.artist, subject, programme, use, now)
            judged = permission(question, facts)
            found.append(
                Explained(
                    subject_words(facts, subject),
                    programme_name(facts, programme),
                    use_words(UseScope.of(use)),
                    judged,
                    links_of(judged, facts),
                )
            )
    return tuple(found)


# Choices not yet reviewed


@dataclass(frozen=True, slots=True)
class DraftMark:
    """Choices that are not reviewed yet, at one place of the matrix."""

    stance: Stance | None  # None: several that differ
    whole: bool  # they are about the place itself or all that is under it, not about a part


def drafted(console: Console, frame: MatrixFrame) -> Mapping[tuple[str, str], DraftMark]:
    """Which cells of a matrix hold choices that are not reviewed."""
    stance_of = {draft.register: draft.stance for draft in kept_drafts.drafts(console.store)}
    if not stance_of:
        return {}
    now = console.clock()
    facts = mirror.facts(console.store, now)
    about: dict[tuple[ArtistId, Subject], list[Register]] = {}
    for register in stance_of:
        about.setdefault((register.artist, register.subject), []).append(register)
    found: dict[tuple[str, str], DraftMark] = {}
    for row in frame.rows:
        own = about.get((row.artist, row.subject), [])
        works: tuple[Subject, ...] = ()
        # All my music says the default: choices about single works are none about it.
        if row.subject.kind is SubjectKind.RELEASE:
            under = works_under(facts, row.artist, row.subject, now)
            works = tuple(Subject(SubjectKind.WORK, work.id) for work in under)
        here = [*own, *(each for work in works for each in about.get((row.artist, work), []))]
        for column in frame.columns if here else ():
            inside = [register for register in here if _inside(register, column)]
            if inside:
                stances = {stance_of[register] for register in inside}
                subjects = {register.subject for register in inside}
                whole = row.subject in subjects or subjects.issuperset(works)
                only = next(iter(stances)) if len(stances) == 1 else None
                whole = whole and _fills(facts, now, column, inside, only)
                found[row.key, column.key] = DraftMark(only, whole)
    return found


def _fills(
    facts: FactBook, now: datetime, column: MatrixColumn, chosen: Sequence[Register], stance: Stance | None
) -> bool:
    """Whether choices answer all of a column: a no its uses, a yes what is asked of each work today."""
    scope = _scope_of(column)
    over = [each for each in chosen if each.programme in (None, column.programme)]
    if scope.uses <= frozenset().union(*(each.use.uses for each in over)):
        return True
    if stance is Stance.REFUSE:
        return False
    asked = asked_cells(facts, now, column.programme, scope)
    pairs = [pair for pair in asked if column.use is not None or not is_sensitive(pair[1])]
    by_subject: dict[tuple[ArtistId, Subject], list[Register]] = {}
    for each in chosen:
        by_subject.setdefault((each.artist, each.subject), []).append(each)
    return all(
        any(each.programme in (None, programme) and each.use.covers(use) for each in own)
        or _is_allowed(facts, Register(*subject, programme, UseScope.of(use)))
        for subject, own in by_subject.items()
        for programme, use in pairs
    )


def _is_allowed(facts: FactBook, register: Register) -> bool:
    """A yes that stands needs no second one."""
    standing = effective(register, facts.registers_of(register.artist).get(register, ()))
    return standing is not None and standing.stance is Stance.ALLOW


def draft_registers(console: Console, places: Sequence[Register]) -> frozenset[Register]:
    """The registers of choices not yet reviewed that lie at these places or under them."""
    drafts = kept_drafts.drafts(console.store)
    if not drafts:
        return frozenset()
    now = console.clock()
    facts = mirror.facts(console.store, now)
    over: dict[tuple[ArtistId, Subject], dict[tuple[ProgrammeId | None, UseScope], None]] = {}
    for place in places:
        works = works_under(facts, place.artist, place.subject, now)
        for subject in (place.subject, *(Subject(SubjectKind.WORK, work.id) for work in works)):
            over.setdefault((place.artist, subject), {})[place.programme, place.use] = None
    return frozenset(
        draft.register
        for draft in drafts
        for programme, use in over.get((draft.register.artist, draft.register.subject), ())
        if programme in (None, draft.register.programme) and uses_meet(use, draft.register.use)
    )


def _inside(register: Register, column: MatrixColumn) -> bool:
    if column.programme is not None and register.programme not in (None, column.programme):
        return False
    return uses_meet(_scope_of(column), register.use)


def _scope_of(column: MatrixColumn) -> UseScope:
    return UseScope.of(column.use if column.use is not None else column.family)


def cells_of(console: Console, decisions: Iterable[DecisionId]) -> tuple[Register, ...]:
    """The registers of decisions that are known here, for going to where they stand."""
    wanted = set(decisions)
    facts = mirror.facts(console.store, console.clock())
    return tuple(
        each.decision.register for said in facts.said.values() for each in said if each.decision.id in wanted
    )


def places_asked(console: Console, request: str) -> tuple[Register, ...]:
    """The registers that a request asks about: one per use, on its only work, else on all my music."""
    found: Sequence[Request] = [r for r in mirror.all(console.store, Kind.REQUEST) if r.id == request]
    return tuple(
        Register(
            r.artist,
            Subject(SubjectKind.WORK, r.works[0]) if len(r.works) == 1 else ALL_MY_WORKS,
            ProgrammeId(r.programme),
            UseScope.of(use),
        )
        for r in found
        for use in r.uses
    )


# What this screen is asked about from elsewhere

_ANSWERED_HERE = frozenset(
    {
        WaitingKind.REQUEST,
        WaitingKind.CONFLICT,
        WaitingKind.NEW_TERMS,
        WaitingKind.PROPOSAL,
        WaitingKind.EXPIRING,
        WaitingKind.UNAUTHORISED,
    }
)


def questions(console: Console, artist: ArtistId | None) -> tuple[WaitingItem, ...]:
    """What waits for an answer in the matrix or its dialogs, oldest deadline first."""
    found = projection.waiting_items(console.store, artist)
    return tuple(item for item in found if item.kind in _ANSWERED_HERE)


@dataclass(frozen=True, slots=True)
class Target:
    """Whose matrix a link leads to, and the registers that it is about; none: a dialog of the artist."""

    artist: ArtistId
    registers: tuple[Register, ...]
    row: str = ""  # key of the first register's row in the matrix
    opens: tuple[str, ...] = ()  # keys of the rows above it


def find_target(console: Console, kind: str, id: str) -> Target | None:
    """Where "decision/<id>", "request/", "proposal/", "work/" or "terms/<id>" leads; None where unknown."""
    facts = mirror.facts(console.store, console.clock())
    if kind in ("decision", "ending"):
        registers = cells_of(console, [DecisionId(id)])
    elif kind == "request":
        registers = places_asked(console, id)
    elif kind == "work":
        registers = _whole_work(console, facts, WorkId(id))
    elif kind == "unauthorised":
        told = mirror.all(console.store, Kind.UNAUTHORISED)
        registers = tuple(each.decision.register for each in told if each.id == id)
    elif kind == "proposal":
        registers = tuple(p.register for held in facts.proposals.values() for p in held if p.id == id)
    else:
        waiting = [item.artist for item in projection.waiting_items(console.store) if item.target == id]
        return Target(waiting[0], ()) if waiting else None
    if not registers:
        return None
    row, opens = _row_of(facts, registers[0].subject)
    return Target(registers[0].artist, registers, row, opens)


def _whole_work(console: Console, facts: FactBook, id: WorkId) -> tuple[Register, ...]:
    """The register of a work for every use, of the first of its artists who is in reach."""
    work = facts.works.get(id)
    reach = [each.artist for each in console.account.artists] if console.account else []
    artist = next((ArtistId(each) for each in reach if work is not None and each in work.artists), None)
    if work is None or artist is None:
        return ()
    return (Register(artist, Subject(SubjectKind.WORK, work.id), None, ANY_USE),)


def _row_of(facts: FactBook, subject: Subject) -> tuple[str, tuple[str, ...]]:
    """The key of a subject's row, and of the release it is shown under."""
    if subject.kind is SubjectKind.ALL:
        return "all", ()
    held = facts.memberships.get(WorkId(subject.id), ()) if subject.kind is SubjectKind.WORK else ()
    if not held:
        return f"{subject.kind.value}/{subject.id}", ()
    release = f"release/{held[0].release}"
    return f"{release}/work/{subject.id}", (release,)
