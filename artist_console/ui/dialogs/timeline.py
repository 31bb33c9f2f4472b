"""What happened with a work or a model, newest first, by month: what, who says so, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import model_works, work_details
from artist_console.commands import timeline as timeline_commands
from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId, DecisionId, ModelVersionId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.timeline import EventKind, TimelineEvent
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.looks import grade_chip
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.states import StateStack

_SHOWN_AT_FIRST = 120

_LOOKS: dict[EventKind, tuple[Icon, Tint]] = {
    EventKind.DECISION: (Icon.CONSENT, Tint.NEUTRAL),
    EventKind.STATEMENT: (Icon.LAYERS, Tint.INFO),
    EventKind.RELEASED: (Icon.RELEASE, Tint.NEUTRAL),
    EventKind.MODEL: (Icon.PROGRAMME, Tint.INFO),
    EventKind.REMOVAL: (Icon.CLOCK, Tint.ASK),
    EventKind.LISTED: (Icon.ROWS, Tint.NEUTRAL),
    EventKind.GRANT: (Icon.DOCUMENT, Tint.NEUTRAL),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A timeline and whose it is."""

    name: str
    events: tuple[TimelineEvent, ...]
    ref: str = ""  # of the events about the thing itself: they lead nowhere else


def of_work(work: WorkId, artist: ArtistId | None) -> Callable[[Console], Told]:
    def find(console: Console) -> Told:
        title = work_details.show_work(console, work, artist).summary.title
        return Told(title, timeline_commands.timeline_of_work(console, work, artist))

    return find


def of_model(model: ModelVersionId) -> Callable[[Console], Told]:
    def find(console: Console) -> Told:
        name = model_works.works_in_model(console, model).name
        return Told(name, timeline_commands.timeline_of_model(console, model), f"model/{model}")

    return find


class TimelineDialog(Sheet):
    """Months with their events; what has something behind it opens it."""

    def __init__(self, desk: Desk, find: Callable[[Console], Told], parent: QWidget) -> None:
        super().__init__(desk.theme, "timeline", say("timeline", "Timeline"), 760, 720, parent)
        self._desk = desk
        self._find = find
        self._events: tuple[TimelineEvent, ...] = ()
        self._ref = ""
        content = QWidget()
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.states = StateStack(desk.theme, content)
        self.states.retry.connect(self._ask)
        self.inside.addWidget(self.states, 1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        self.states.show_loading(say("timeline", "Reading what happened"))
        self._ask()

    def _ask(self) -> None:
        self._desk.ask(self, "timeline", self._find, self.show_events, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def show_events(self, told: Told) -> None:
        self._events, self._ref = told.events, told.ref
        title = say("timeline", "Timeline of {name}", name=told.name) if told.name else self.windowTitle()
        self.set_heading(title, say_count("timeline", "1 event", "{n} events", len(told.events)))
        if not told.events:
            self.states.show_empty(
                say("timeline", "Nothing has happened yet"),
                say("timeline", "Decisions, reports, lists, releases and removals will be listed here."),
            )
            return
        self._show(told.events[:_SHOWN_AT_FIRST])
        self.states.show_content()

    def _show(self, events: Sequence[TimelineEvent]) -> None:
        clear_layout(self._rows)
        for month, found in groupby(events, lambda event: event.day.replace(day=1)):
            heading = label(self._desk.figures.month(month), TextRole.SMALL, Token.TEXT_3, "medium")
            heading.setContentsMargins(0, 8, 0, 0)
            self._rows.addWidget(heading)
            for event in found:
                self._rows.addWidget(self._row(event))
        left = len(self._events) - len(events)
        if left:
            more = LinkButton(self._desk.theme, say("timeline", "See all {n}", n=len(self._events)))
            more.clicked.connect(self._show_all)
            self._rows.addLayout(row(more, None))
        self._rows.addStretch(1)

    def _show_all(self) -> None:
        shown = self._rows.count()
        self._show(self._events)
        following = self._rows.itemAt(min(shown, self._rows.count() - 1))
        widget = following.widget() if following is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, event: TimelineEvent) -> ListRow:
        figures = self._desk.figures
        icon, tint = _LOOKS[event.kind]
        day = figures.short_day(event.day, self._desk.clock().astimezone().date())
        detail = " · ".join(part for part in (day, event.by) if part)
        chip = grade_chip(event.grade) if event.grade is not None else None
        kind, _, id = event.ref.partition("/")
        leads = kind == "decision" or (kind == "model" and bool(id) and event.ref != self._ref)
        shown = ListRow(self._desk.theme, icon, tint, event.words, detail, chevron=leads, chip=chip)
        if leads:
            shown.opened.connect(partial(self._open, kind, id))
        return shown

    def _open(self, kind: str, id: str) -> None:
        if kind == "decision":
            self._desk.receipt_wished.emit(DecisionId(id))
        else:
            self._desk.sheet_wished.emit(f"model-timeline/{id}")
