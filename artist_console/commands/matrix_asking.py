"""What stands in the cells of the consent matrix of one artist: each question asked once, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from artist_console.commands.asking import works_under
from artist_console.commands.matrix_places import (
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    MatrixRowKind,
    persons_of,
    scope_of,
)
from artist_console.commands.names import subject_words, use_words
from artist_console.domain.decisions import AnswerKind, Decision, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import Question, combine, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import Request
from artist_console.domain.register_index import RegisterIndex
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
from artist_console.domain.uses import Family, Use, in_family, is_sensitive

Pair = tuple[ProgrammeId | None, Use]
Found = tuple[AnswerKind, PermissionOutcome]


@dataclass(frozen=True, slots=True)
class _At:
    """A column with the cells that stand under it for every work."""

    column: MatrixColumn
    scope: UseScope
    asked: tuple[tuple[ProgrammeId, Use], ...]  # that some programme asks for today
    pairs: tuple[Pair, ...]  # the same; where nobody asks, the uses that the column is about
    in_person: bool  # all of them are about voice, name and image


@dataclass
class _Under:
    """What the works under a subject come to in every cell of the columns, gathered work by work."""

    todo: list[WorkId]
    seen: set[int] = field(default_factory=set)  # classes of works
    found: dict[Pair, set[Found]] = field(default_factory=dict)


@dataclass
class _Plan:
    """The columns of one view, and what has been gathered for them so far."""

    at: tuple[_At, ...]
    pairs: tuple[Pair, ...]
    under: dict[Subject, _Under] = field(default_factory=dict)


class Asking:
    """The questions behind the matrix of one artist, each asked once per class of works that are alike."""

    def __init__(
        self,
        artist: ArtistId,
        facts: FactBook,
        outcomes: OutcomeTable,
        now: datetime,
        asked: tuple[tuple[ProgrammeId, Use], ...],
        waiting: tuple[Register, ...],
        requests: tuple[Request, ...] = (),
    ) -> None:
        self._artist = artist
        self._facts = facts
        self._outcomes = outcomes
        self._now = now
        self._asked = asked
        self._requests = requests
        self._in_person: dict[tuple[Subject, ProgrammeId | None, Use], Found] = {}
        self._held_works: dict[Subject, frozenset[str]] = {}
        self._plans: dict[tuple[MatrixColumn, ...], _Plan] = {}
        own = [each for each in waiting if each.artist == artist]
        wide = [each for each in own if each.subject.kind is not SubjectKind.WORK]
        default = [each for each in own if each.subject.kind is SubjectKind.ALL]
        self._waiting = RegisterIndex(own, self._works_of)
        self._waiting_wide = RegisterIndex(wide, self._works_of)
        self._waiting_default = RegisterIndex(default, self._works_of)
        self._persons = persons_of(facts, artist)
        self._said = facts.registers_of(artist)
        self._own: dict[Subject, tuple[Decision, ...]] = {}

    def cells(
        self, rows: Iterable[MatrixRow], columns: tuple[MatrixColumn, ...]
    ) -> dict[tuple[str, str], MatrixCell]:
        """Every cell of these rows."""
        plan = self._plan(columns)
        found: dict[tuple[str, str], MatrixCell] = {}
        for row in rows:
            under = self._gathered(row, plan) if row.kind is not MatrixRowKind.PERSON else None
            for at in plan.at:
                found[row.key, at.column.key] = self._cell(row, at, under)
        return found

    def warm(self, rows: Iterable[MatrixRow], columns: tuple[MatrixColumn, ...], seconds: float) -> int:
        """Gather for so long what stands under these rows; gives how many works are still to be asked."""
        plan, ends = self._plan(columns), perf_counter() + seconds
        waiting = [self._under(row, plan) for row in rows if row.kind is not MatrixRowKind.PERSON]
        for under in waiting:
            while under.todo:
                self._gather_one(under, plan)
                if perf_counter() >= ends:
                    return sum(len(each.todo) for each in waiting)
        return 0

    def _plan(self, columns: tuple[MatrixColumn, ...]) -> _Plan:
        if columns not in self._plans:
            at = tuple(self._at(column) for column in columns)
            self._plans[columns] = _Plan(at, tuple(dict.fromkeys(pair for each in at for pair in each.pairs)))
        return self._plans[columns]

    def _at(self, column: MatrixColumn) -> _At:
        scope = scope_of(column)
        asked = tuple(
            (programme, use)
            for programme, use in self._asked
            if column.programme in (None, programme) and scope.covers(use)
        )
        own: tuple[Pair, ...] = tuple((column.programme, use) for use in Use if scope.covers(use))
        pairs = asked or own
        return _At(column, scope, asked, pairs, all(is_sensitive(use) for _, use in pairs))

    def _under(self, row: MatrixRow, plan: _Plan) -> _Under:
        if row.subject not in plan.under:
            works = works_under(self._facts, self._artist, row.subject, self._now)
            plan.under[row.subject] = _Under([work.id for work in reversed(works)])
        return plan.under[row.subject]

    def _gathered(self, row: MatrixRow, plan: _Plan) -> _Under:
        under = self._under(row, plan)
        while under.todo:
            self._gather_one(under, plan)
        return under

    def _gather_one(self, under: _Under, plan: _Plan) -> None:
        work = under.todo.pop()
        kind = self._outcomes.class_of(work)
        if kind in under.seen:
            return
        under.seen.add(kind)
        for pair, found in zip(
            plan.pairs, self._outcomes.outcomes(self._artist, work, plan.pairs), strict=True
        ):
            under.found.setdefault(pair, set()).add(found)

    def _cell(self, row: MatrixRow, at: _At, under: _Under | None) -> MatrixCell:
        register = Register(self._artist, row.subject, at.column.programme, at.scope)
        standing = self._standing_on(register)
        found = self._found(row, at, under)
        answers = {answer for answer, _ in found}
        outcome = combine(frozenset(outcome for _, outcome in found)) if at.asked else None
        said_in_person = self._said_in_person(row, register, answers, at)
        if said_in_person is not None:
            answers = {said_in_person}
        differs = len(answers) > 1
        answer = next(iter(answers)) if len(answers) == 1 else None
        held = standing is not None or differs or self._is_held(row, register, answer)
        follows = "" if held else self._follows(register, answers)
        if said_in_person is not None and not held:
            follows = self._persons[0].name
        if answer is AnswerKind.REFUSED and not follows and row.kind is not MatrixRowKind.ALL:
            held = True  # nothing wider says no: it rests on what this row holds
        return MatrixCell(
            own=standing.stance if standing is not None else None,
            answer=answer,
            outcome=outcome,
            follows=follows,
            waiting=self._waits(row, register, by_contents=held and standing is None and answer is not None),
            asked=bool(at.asked),
            powerless=outcome in _POWERLESS,
            differs=differs,
            held=held,
            requested=AnswerKind.UNDECIDED in answers
            and any(self._is_about(request, row, register) for request in self._requests),
            default=self._default(row, register),
        )

    def _default(self, row: MatrixRow, register: Register) -> AnswerKind | None:
        """What the answers on all music say about a column, whatever single works say."""
        if row.kind is not MatrixRowKind.ALL:
            return AnswerKind.UNDECIDED
        refused = [own.register for own in self._own_answers(row.subject) if own.stance is Stance.REFUSE]
        if any(
            own.programme in (None, register.programme) and own.use.uses >= register.use.uses
            for own in refused
        ):
            return AnswerKind.REFUSED
        meets = any(
            (own.programme is None or register.programme in (None, own.programme))
            and not own.use.uses.isdisjoint(register.use.uses)
            for own in refused
        )
        return None if meets else AnswerKind.UNDECIDED

    def _found(self, row: MatrixRow, at: _At, under: _Under | None) -> set[Found]:
        """Answer and outcome of every cell under a row and column."""
        if under is None:
            return {
                self._person(row.subject, programme, use) for programme, use in at.pairs if is_sensitive(use)
            }
        return set().union(*(under.found.get(pair, ()) for pair in at.pairs))

    def _standing_on(self, register: Register) -> Decision | None:
        """The decision that a register shows now."""
        rows = self._said.get(register)
        return effective(register, rows) if rows else None

    def _own_answers(self, subject: Subject) -> tuple[Decision, ...]:
        """The answers that stand on the registers of a subject itself."""
        if subject not in self._own:
            said = self._facts.said_on(self._artist, subject.kind, subject.id)
            registers = dict.fromkeys(recording.decision.register for recording in said)
            standing = (self._standing_on(register) for register in registers)
            self._own[subject] = tuple(decision for decision in standing if decision is not None)
        return self._own[subject]

    def _is_held(self, row: MatrixRow, register: Register, answer: AnswerKind | None) -> bool:
        """Whether an answer rests on decisions about this row itself, or there is nothing wider to follow.

        A yes is always about one work or person: it never follows a wider level.
        """
        if row.kind in (MatrixRowKind.ALL, MatrixRowKind.PERSON) and answer is AnswerKind.UNDECIDED:
            return register.use.kind is not UseScopeKind.KEY or row.kind is MatrixRowKind.PERSON
        if answer not in (AnswerKind.REFUSED, AnswerKind.UNDECIDED, None):
            return True
        return answer is AnswerKind.REFUSED and any(
            own.stance is Stance.REFUSE and _is_said_at(own.register, register)
            for own in self._own_answers(row.subject)
        )

    def _waits(self, row: MatrixRow, register: Register, *, by_contents: bool) -> bool:
        """Whether what a cell shows rests on a decision that is not confirmed.

        A row does not take over what waits below it, unless its answer is that of all it holds.
        """
        if row.kind is MatrixRowKind.ALL:
            return self._waiting_default.meets(register)
        if row.kind is MatrixRowKind.RELEASE and not by_contents:
            return self._waiting_wide.meets(register)
        return self._waiting.meets(register)

    def _said_in_person(
        self, row: MatrixRow, register: Register, answers: set[AnswerKind], at: _At
    ) -> AnswerKind | None:
        """What the person says about voice, name and image, where a work says nothing of its own."""
        if row.kind is MatrixRowKind.PERSON or not self._persons or not at.in_person:
            return None
        # Of all music the row says the default: single works that say something else do not change it.
        default = row.kind is MatrixRowKind.ALL and register not in self._said
        if answers != {AnswerKind.UNDECIDED} and not default:
            return None
        subject = Subject(SubjectKind.PERSON, self._persons[0].id)
        said = {self._person(subject, programme, use)[0] for programme, use in at.pairs}
        return next(iter(said)) if len(said) == 1 and said != {AnswerKind.UNDECIDED} else None

    def _is_about(self, request: Request, row: MatrixRow, register: Register) -> bool:
        """Whether a request asks about a cell under this row and column."""
        if register.programme not in (None, request.programme):
            return False
        if not any(register.use.covers(use) for use in request.uses):
            return False
        if row.kind is MatrixRowKind.PERSON:
            return not request.works and any(is_sensitive(use) for use in request.uses)
        return not request.works or not self._works_of(row.subject).isdisjoint(request.works)

    def _person(self, subject: Subject, programme: ProgrammeId | None, use: Use) -> Found:
        key = (subject, programme, use)
        if key not in self._in_person:
            found = permission(Question(self._artist, subject, programme, use, self._now), self._facts)
            self._in_person[key] = (found.answer.kind, found.outcome)
        return self._in_person[key]

    def _follows(self, register: Register, answers: set[AnswerKind]) -> str:
        """Where a followed answer comes from: the nearest wider register that holds one."""
        if answers <= {AnswerKind.UNDECIDED}:
            return ""
        for subject in self._wider_subjects(register.subject):
            for programme in dict.fromkeys((register.programme, None)):
                for scope in _wider_scopes(register.use):
                    wider = Register(self._artist, subject, programme, scope)
                    found = self._standing_on(wider)
                    if wider != register and found is not None and found.stance is Stance.REFUSE:
                        own = subject == register.subject
                        return use_words(scope) if own else subject_words(self._facts, subject)
        return ""

    def _wider_subjects(self, subject: Subject) -> tuple[Subject, ...]:
        if subject.kind is SubjectKind.WORK:
            held = self._facts.memberships.get(WorkId(subject.id), ())
            releases = [Subject(SubjectKind.RELEASE, membership.release) for membership in held]
            return (subject, *releases, ALL_MY_WORKS)
        return (subject, ALL_MY_WORKS) if subject.kind is SubjectKind.RELEASE else (subject,)

    def _works_of(self, subject: Subject) -> frozenset[str]:
        if subject not in self._held_works:
            works = works_under(self._facts, self._artist, subject, self._now)
            self._held_works[subject] = frozenset(work.id for work in works)
        return self._held_works[subject]


def _is_said_at(own: Register, place: Register) -> bool:
    """Whether an answer of the row itself stands in a column: on it, on a part of it, or on all columns."""
    if own.use.kind is UseScopeKind.ANY and own.programme in (None, place.programme):
        return True
    return place.programme in (None, own.programme) and all(
        place.use.covers(use) for use in Use if own.use.covers(use)
    )


def _wider_scopes(scope: UseScope) -> tuple[UseScope, ...]:
    if scope.kind is UseScopeKind.KEY:
        use = Use(scope.name)
        return (scope, *(UseScope.of(family) for family in Family if in_family(use, family)), ANY_USE)
    return (scope, ANY_USE) if scope.kind is UseScopeKind.FAMILY else (scope,)


_POWERLESS = frozenset({PermissionOutcome.OBJECTED, PermissionOutcome.LICENSED_AGAINST_WISH})
