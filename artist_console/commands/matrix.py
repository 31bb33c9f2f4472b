"""The consent matrix: rows all, releases, works; columns uses or programmes; each cell own or following."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from artist_console.commands.asking import asked_cells, asks_now, works_of, works_under
from artist_console.commands.console import Console
from artist_console.commands.names import ALL_MY_MUSIC, party_name, subject_words, use_words
from artist_console.commands.wishes import Wish
from artist_console.domain import words, work_words
from artist_console.domain.decisions import AnswerKind, Decision, effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Party, PartyKind
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
from artist_console.domain.summaries import is_open
from artist_console.domain.uses import Family, Use, in_family, is_sensitive, uses_of
from artist_console.domain.works import Release, Work
from artist_console.formats.kinds import Kind
from artist_console.store import heard, journal, mirror


class MatrixView(Enum):
    BY_USE = "by_use"  # columns are families; an opened one is followed by its single uses
    BY_PROGRAMME = "by_programme"


class MatrixRowKind(Enum):
    ALL = "all"
    RELEASE = "release"
    WORK = "work"
    PERSON = "person"  # voice, name and image


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column; exactly one of family, use and programme is set. `key` opens and closes it."""

    key: str
    title: str
    subtitle: str
    family: Family | None = None
    use: Use | None = None
    programme: ProgrammeId | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row; `key` opens and closes it, and stays the same through every reload."""

    key: str
    kind: MatrixRowKind
    id: str  # release, work or person; empty for all
    title: str
    subtitle: str
    depth: int
    has_children: bool
    subject: Subject


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands at one row and column."""

    own: Stance | None  # the register's own answer; None: follows what is wider
    answer: AnswerKind | None  # the artist's answer over the cell; None: differs inside
    outcome: PermissionOutcome | None  # None: no programme is known here
    follows: str  # where a followed answer comes from: a release title, "All my music"; empty: own or nothing
    waiting: bool  # not confirmed yet
    asked: bool  # some programme asks for this today
    powerless: bool  # the answer is a recorded wish
    differs: bool  # the cells below do not all say the same
    held: bool = (
        False  # rests on answers given here or below, not on what is wider; also where nothing is wider
    )
    requested: bool = False  # an open request names it


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    cells: Mapping[tuple[str, str], MatrixCell]  # (row key, column key); every pair is there
    artist: ArtistId


def matrix(console: Console, artist: ArtistId, view: MatrixView, opened: frozenset[str]) -> Matrix:
    """The consent matrix of one artist. `opened` holds the keys of the rows and columns that are open.

    Rows: "all", "release/<id>", under it "release/<id>/work/<id>", "work/<id>" for what is on no release,
    and "person/<id>" for voice, name and image. Columns: "family/<value>", "use/<value>",
    "programme/<id>". Closed rows are not computed.
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    columns = _columns(facts, view, opened, now)
    rows = _rows(facts, artist, opened, now)
    asking = _Asking(
        artist,
        facts,
        _outcomes(console, facts, now),
        now,
        asked_cells(facts, now),
        _registers_waiting(console),
        open_requests(console, artist),
    )
    cells = {(row.key, column.key): asking.cell(row, column) for row in rows for column in columns}
    return Matrix(columns, rows, cells, artist)


def matrix_rows(console: Console, artist: ArtistId, opened: frozenset[str]) -> tuple[MatrixRow, ...]:
    """The rows alone, which cost nothing."""
    now = console.clock()
    return _rows(mirror.facts(console.store, now), artist, opened, now)


def _outcomes(console: Console, facts: FactBook, now: datetime) -> OutcomeTable:
    """Outcomes known so far, kept until something changes: opening a row asks only for what is new."""
    store = console.store
    mark = (tuple(sorted(heard.versions(store).items())), journal.marks(store), f"{now:%Y-%m-%d %H}")
    kept = store.cached("matrix", mark)
    if isinstance(kept, OutcomeTable):
        return kept
    return store.keep("matrix", mark, OutcomeTable(facts, now))


def open_requests(console: Console, artist: ArtistId) -> tuple[Request, ...]:
    """What has been asked of the artist and can still be answered in time, the newest first."""
    found = [
        request
        for request in mirror.all(console.store, Kind.REQUEST)
        if request.artist == artist and is_open(request, console.today)
    ]
    return tuple(sorted(found, key=lambda request: (request.asked_at, request.id), reverse=True))


def wish_at(shown: Matrix, row: str, column: str, stance: Stance) -> Wish:
    """The wish behind a refusal or a clear on one cell of the matrix; it may be wide."""
    at_row = next(each for each in shown.rows if each.key == row)
    at_column = next(each for each in shown.columns if each.key == column)
    return Wish(shown.artist, at_row.subject, at_column.programme, _scope(at_column), stance)


def _scope(column: MatrixColumn) -> UseScope:
    return UseScope.of(column.use if column.use is not None else column.family)


def _columns(
    facts: FactBook, view: MatrixView, opened: frozenset[str], now: datetime
) -> tuple[MatrixColumn, ...]:
    if view is MatrixView.BY_PROGRAMME:
        present = sorted(
            (p for p in facts.programmes.values() if p.period.contains(now)),
            key=lambda p: (not asks_now(p, now), p.name.casefold(), p.id),
        )
        return tuple(
            MatrixColumn(f"programme/{p.id}", p.name, party_name(facts, p.operator), programme=p.id)
            for p in present
        )
    columns: list[MatrixColumn] = []
    for family in Family:
        key = f"family/{family.value}"
        columns.append(MatrixColumn(key, *words.FAMILY[family], family=family))
        if key in opened:
            columns += [MatrixColumn(f"use/{use.value}", *words.USE[use], use=use) for use in uses_of(family)]
    return tuple(columns)


def _rows(facts: FactBook, artist: ArtistId, opened: frozenset[str], now: datetime) -> tuple[MatrixRow, ...]:
    own = works_of(facts, artist)
    rows = [
        MatrixRow("all", MatrixRowKind.ALL, "", ALL_MY_MUSIC, _count(len(own)), 0, bool(own), ALL_MY_WORKS)
    ]
    if "all" in opened:
        loose = {work.id: work for work in own}
        for release in _releases(facts, artist, own):
            key = f"release/{release.id}"
            subject = Subject(SubjectKind.RELEASE, release.id)
            under = works_under(facts, artist, subject, now)
            year = str(release.released_on.year) if release.released_on else ""
            subtitle = ", ".join(part for part in (year, _count(len(under))) if part)
            rows.append(
                MatrixRow(
                    key, MatrixRowKind.RELEASE, release.id, release.title, subtitle, 1, bool(under), subject
                )
            )
            if key in opened:
                rows += [_work_row(f"{key}/work/{work.id}", work, 2) for work in under]
            for work in under:
                loose.pop(work.id, None)
        rows += [_work_row(f"work/{work.id}", work, 1) for work in loose.values()]
    rows += [
        MatrixRow(
            f"person/{person.id}",
            MatrixRowKind.PERSON,
            person.id,
            person.name,
            "Voice, name and image",
            0,
            False,
            Subject(SubjectKind.PERSON, person.id),
        )
        for person in _persons(facts, artist, now)
    ]
    return tuple(rows)


def _count(works: int) -> str:
    return "1 work" if works == 1 else f"{works} works"


def _work_row(key: str, work: Work, depth: int) -> MatrixRow:
    title = f"{work.title} ({work.version})" if work.version else work.title
    subtitle = ", ".join(part for part in (work_words.WORK_KIND[work.kind], work.identifier) if part)
    return MatrixRow(
        key, MatrixRowKind.WORK, work.id, title, subtitle, depth, False, Subject(SubjectKind.WORK, work.id)
    )


def _releases(facts: FactBook, artist: ArtistId, own: Iterable[Work]) -> tuple[Release, ...]:
    """Releases that hold a work of the artist, newest first."""
    held = {m.release for work in own for m in facts.memberships.get(work.id, ())}
    held |= {release.id for release in facts.releases.values() if artist in release.artists}
    known = [facts.releases[release] for release in held if release in facts.releases]
    return tuple(
        sorted(known, key=lambda r: (-(r.released_on or date.min).toordinal(), naturally(r.title), r.id))
    )


def _persons(facts: FactBook, artist: ArtistId, now: datetime) -> tuple[Party, ...]:
    """Whose voice, name and image the artist's answers are about; none of a group: its members answer."""
    party = facts.parties.get(artist)
    if party is None:
        return ()
    if party.kind is PartyKind.GROUP:
        return ()  # each member answers for the own voice, under the own name
    return (party,)


def _registers_waiting(console: Console) -> tuple[Register, ...]:
    return tuple(dict.fromkeys(each.register for each in mirror.own_decisions(console.store).undelivered))


class _Asking:
    """The questions behind one matrix, each asked once per class of works that cannot be told apart."""

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
        self._in_person: dict[
            tuple[Subject, ProgrammeId | None, Use], tuple[AnswerKind, PermissionOutcome]
        ] = {}
        self._held_works: dict[Subject, frozenset[str]] = {}
        self._classes: dict[Subject, tuple[WorkId, ...]] = {}
        own = [each for each in waiting if each.artist == artist]
        wide = [each for each in own if each.subject.kind is not SubjectKind.WORK]
        default = [each for each in own if each.subject.kind is SubjectKind.ALL]
        self._waiting = RegisterIndex(own, self._works_of)
        self._waiting_wide = RegisterIndex(wide, self._works_of)
        self._waiting_default = RegisterIndex(default, self._works_of)
        self._persons = _persons(facts, artist, now)
        self._standing = {
            register: effective(register, rows) for register, rows in facts.registers_of(artist).items()
        }
        self._own: dict[Subject, list[Decision]] = {}
        for register, decision in self._standing.items():
            if decision is not None:
                self._own.setdefault(register.subject, []).append(decision)

    def cell(self, row: MatrixRow, column: MatrixColumn) -> MatrixCell:
        register = Register(self._artist, row.subject, column.programme, _scope(column))
        standing = self._standing.get(register)
        asked = [
            (programme, use)
            for programme, use in self._asked
            if column.programme in (None, programme) and register.use.covers(use)
        ]
        found = self._found(row, register, asked)
        answers = {answer for answer, _ in found}
        outcome = combine(frozenset(outcome for _, outcome in found)) if asked else None
        said_in_person = self._said_in_person(row, register, answers, asked)
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
            asked=bool(asked),
            powerless=outcome in _POWERLESS,
            differs=differs,
            held=held,
            requested=AnswerKind.UNDECIDED in answers
            and any(self._is_about(request, row, register) for request in self._requests),
        )

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
            for own in self._own.get(row.subject, ())
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
        self,
        row: MatrixRow,
        register: Register,
        answers: set[AnswerKind],
        asked: Sequence[tuple[ProgrammeId, Use]],
    ) -> AnswerKind | None:
        """What the person says about voice, name and image, where a work says nothing of its own."""
        if row.kind is MatrixRowKind.PERSON or not self._persons:
            return None
        # Of all music the row says the default: single works that say something else do not change it.
        default = row.kind is MatrixRowKind.ALL and register not in self._standing
        if answers != {AnswerKind.UNDECIDED} and not default:
            return None
        uses = [use for _, use in asked] or [use for use in Use if register.use.covers(use)]
        if not all(is_sensitive(use) for use in uses):
            return None
        subject = Subject(SubjectKind.PERSON, self._persons[0].id)
        pairs: Sequence[tuple[ProgrammeId | None, Use]] = asked or [(register.programme, use) for use in uses]
        said = {self._person(subject, programme, use)[0] for programme, use in pairs}
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

    def _found(
        self, row: MatrixRow, register: Register, asked: Sequence[tuple[ProgrammeId, Use]]
    ) -> set[tuple[AnswerKind, PermissionOutcome]]:
        """Answer and outcome of every cell under a row and column, those that cannot differ asked once."""
        pairs: Sequence[tuple[ProgrammeId | None, Use]] = asked or [
            (register.programme, use) for use in Use if register.use.covers(use)
        ]
        if row.kind is MatrixRowKind.PERSON:
            return {
                self._person(row.subject, programme, use) for programme, use in pairs if is_sensitive(use)
            }
        return {
            self._outcomes.outcome(self._artist, work, programme, use)
            for work in self._told_apart(row.subject)
            for programme, use in pairs
        }

    def _told_apart(self, subject: Subject) -> tuple[WorkId, ...]:
        """One work under a subject of each class whose members cannot differ in any column."""
        if subject not in self._classes:
            works = [work.id for work in works_under(self._facts, self._artist, subject, self._now)]
            self._classes[subject] = tuple(self._outcomes.one_of_each(works))
        return self._classes[subject]

    def _person(
        self, subject: Subject, programme: ProgrammeId | None, use: Use
    ) -> tuple[AnswerKind, PermissionOutcome]:
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
                    found = self._standing.get(wider)
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


def naturally(title: str) -> tuple[tuple[bool, int, str], ...]:
    """An order of titles in which 2 stands before 10."""
    parts = re.split(r"([0-9]+)", title.casefold())
    return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part)


def _wider_scopes(scope: UseScope) -> tuple[UseScope, ...]:
    if scope.kind is UseScopeKind.KEY:
        use = Use(scope.name)
        return (scope, *(UseScope.of(family) for family in Family if in_family(use, family)), ANY_USE)
    return (scope, ANY_USE) if scope.kind is UseScopeKind.FAMILY else (scope,)


_POWERLESS = frozenset({PermissionOutcome.OBJECTED, PermissionOutcome.LICENSED_AGAINST_WISH})
