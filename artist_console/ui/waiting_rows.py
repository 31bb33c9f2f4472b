"""What waits, as rows: grouped into a worklist, one row per question, and where each leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from artist_console.domain import words
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.ui.desk import Desk
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.places import Place
from artist_console.ui.text import say, say_count

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_ON_OTHERS = frozenset({WaitingKind.PROPOSAL, WaitingKind.REMOVAL_UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Question:
    """The same question to one or several artists; at least one item."""

    items: tuple[WaitingItem, ...]

    @property
    def first(self) -> WaitingItem:
        return self.items[0]

    @property
    def artists(self) -> int:
        return len({item.artist for item in self.items})


@dataclass(frozen=True, slots=True)
class WorklistGroup:
    title: str
    items: tuple[WaitingItem, ...]


def questions(items: Iterable[WaitingItem]) -> tuple[Question, ...]:
    """One per question, not per artist, in the order of the first of each."""
    grouped: dict[object, list[WaitingItem]] = {}
    for item in items:
        grouped.setdefault(_what_is_asked(item), []).append(item)
    return tuple(Question(tuple(found)) for found in grouped.values())


def _what_is_asked(item: WaitingItem) -> object:
    """The same for the same question; letters of one kind to one addressee are one, whenever each is due."""
    if item.kind is WaitingKind.CASE:
        return item.kind, item.title
    return (item.kind, item.programme, item.title.template, item.deadline) if item.programme else item


def worklist(items: Sequence[WaitingItem], today: date) -> tuple[WorklistGroup, ...]:
    """The groups of a manager's worklist that hold anything; each item stands in the first that fits."""
    due: list[WaitingItem] = []
    statements: list[WaitingItem] = []
    on_others: list[WaitingItem] = []
    new: list[WaitingItem] = []
    older: list[WaitingItem] = []
    for item in items:
        if item.deadline is not None and today <= item.deadline <= today + _WEEK:
            due.append(item)
        elif item.kind is WaitingKind.STATEMENT_CHECK:
            statements.append(item)
        elif item.kind in _ON_OTHERS:
            on_others.append(item)
        elif item.since >= today - _WEEK:
            new.append(item)
        else:
            older.append(item)
    named = (
        (say("worklist", "Due this week"), due),
        (say("worklist", "New"), new),
        (say("worklist", "To answer"), older),
        (say("worklist", "Waiting for others"), on_others),
        (say("worklist", "Statements"), statements),
    )
    return tuple(WorklistGroup(title, tuple(found)) for title, found in named if found)


def waiting_detail(question: Question, desk: Desk, *, with_artist: bool) -> tuple[str, str]:
    """Title and detail of a row: what is asked, of whom, until when, and what silence means."""
    item = question.first
    detail = [sentence(item.detail)]
    if question.artists > 1:
        title = say_count(
            "worklist",
            "{question}: 1 artist",
            "{question}: {n} artists",
            question.artists,
            question=_shared_title(question),
        )
        detail = [", ".join(sorted({desk.name_of(found.artist) for found in question.items}))]
    else:
        title = sentence(item.title)
        name = desk.name_of(item.artist)
        if with_artist and name not in title:
            detail.insert(0, name)
    if item.deadline is not None:
        today = desk.clock().astimezone().date()
        day = desk.figures.short_day(item.deadline, today)
        if item.deadline == today:
            detail.append(say("worklist", "due today"))
        elif item.deadline == today - _DAY:
            detail.append(say("worklist", "was due yesterday"))
        elif not any(day in part for part in detail):
            passed = item.deadline < today
            until = (
                say("worklist", "was due on {day}", day=day)
                if passed
                else say("worklist", "by {day}", day=day)
            )
            detail.append(until)
    if item.silence is not None:
        detail.append(domain_words(words.SILENCE_MEANS[item.silence], who=_asker(item)))
    return title, " · ".join(part.rstrip(".") for part in detail if part)


def _shared_title(question: Question) -> str:
    if question.first.kind is WaitingKind.CASE:
        return sentence(question.first.title)
    programme = dict(question.first.title.fields).get("programme", "")
    kind = domain_words(words.WAITING[question.first.kind])
    return say("worklist", "{kind}, {programme}", kind=kind, programme=programme) if programme else kind


def _asker(item: WaitingItem) -> str:
    fields = dict(item.title.fields) | dict(item.detail.fields)
    named = (fields.get(key) for key in ("who", "licensor", "programme"))
    return next(filter(None, named), "") or say("worklist", "The asking side")


def place_of_question(question: Question) -> Place:
    """Where a row leads: of several cases to the list of those, of anything else to the first."""
    if question.first.kind is WaitingKind.CASE and len(question.items) > 1:
        return Place("letters", f"cases/{','.join(_case_of(item) for item in question.items)}")
    return place_for(question.first)


def _case_of(item: WaitingItem) -> str:
    return item.target.rpartition("/")[2]


def place_for(item: WaitingItem) -> Place:
    """The exact place that a row leads to."""
    match item.kind:
        case WaitingKind.FINDING | WaitingKind.REMOVAL_UNCONFIRMED:
            return Place("works", f"work/{item.work}" if item.work else "filter/findings")
        case WaitingKind.STATEMENT_CHECK:
            return Place("earnings", f"statement/{item.target}")
        case WaitingKind.MANDATE_ENDS:
            return Place("roster", f"artist/{item.artist}")
        case WaitingKind.REQUEST:
            return Place("consent", f"request/{item.target}")
        case WaitingKind.CONFLICT:
            return Place("consent", f"conflict/{item.target}")
        case WaitingKind.NEW_TERMS:
            return Place("consent", f"terms/{item.target}")
        case WaitingKind.PROPOSAL:
            return Place("consent", f"proposal/{item.target}")
        case WaitingKind.EXPIRING:
            return Place("consent", f"ending/{item.target}")
        case WaitingKind.UNAUTHORISED:
            return Place("consent", f"unauthorised/{item.target}")
        case WaitingKind.CASE:
            return Place("letters", item.target)
