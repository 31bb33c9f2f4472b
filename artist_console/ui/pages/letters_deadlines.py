"""The part "Deadlines" of the page of letters: every date by month, and what silence means there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import deadlines as deadline_commands
from artist_console.commands.console import Console
from artist_console.commands.deadlines import KIND_WORDS, DateNotKnown, Deadline, DeadlineKind
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.places import place_of
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton, Select
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.page import MARGIN, ScrollPage
from artist_console.ui.widgets.sections import Note, Rule, SectionHeading
from artist_console.ui.widgets.states import StateStack

_SHOWN_AT_FIRST = 60
_DAY_WIDTH = 104
_WIDEST = 900


@dataclass(frozen=True, slots=True)
class _Found:
    dated: tuple[Deadline, ...]
    undated: tuple[DateNotKnown, ...]


class DeadlinesPart(QWidget):
    """What has passed and still waits stands first; each row leads to what it is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist: ArtistId | None = desk.artist
        self._found = _Found((), ())
        self._kind: DeadlineKind | None = None
        self.rows: list[LinkButton] = []  # in the order in which they are read
        theme = desk.theme
        self.kinds = Select(theme, say("deadlines", "Which deadlines"))
        self.kinds.currentIndexChanged.connect(self._choose_kind)
        self.count = label("", tone=Token.TEXT_2)
        content = QWidget()
        self._months = QVBoxLayout(content)
        self._months.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self._months.setSpacing(12)
        content.setMaximumWidth(_WIDEST)
        held = QWidget()
        line = row(gap=0)
        line.addWidget(content, 1000)
        line.addStretch(1)
        held.setLayout(line)
        self.scroller = ScrollPage(held)
        self.states = StateStack(theme, self.scroller)
        self.states.retry.connect(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.kinds, self.count, None, gap=12, margins=(MARGIN, 0, MARGIN, 0)))
        layout.addWidget(self.states, 1)

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        self._artist = artist

    def reload(self) -> None:
        artist = self._artist

        def find(console: Console) -> _Found:
            return _Found(
                deadline_commands.list_deadlines(console, artist),
                deadline_commands.dates_not_known(console, artist),
            )

        self._desk.ask(self, "deadlines", find, self._take, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _take(self, found: _Found) -> None:
        self._found = found
        self._offer_kinds()
        self._fill(_SHOWN_AT_FIRST)

    # Filter

    def _offer_kinds(self) -> None:
        """Only the kinds that there are, with how many of each."""
        counts = {kind: sum(each.kind is kind for each in self._found.dated) for kind in DeadlineKind}
        if self._kind is not None and not counts[self._kind]:
            self._kind = None
        blocked = self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(say("deadlines", "All kinds"), None)
        for kind, count in counts.items():
            if count:
                words = say("deadlines", "{kind} ({n})", kind=domain_words(KIND_WORDS[kind]), n=count)
                self.kinds.addItem(words, kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(self._kind)))
        self.kinds.blockSignals(blocked)
        self.kinds.updateGeometry()

    def _choose_kind(self, _index: int) -> None:
        chosen = self.kinds.currentData()
        self._kind = chosen if isinstance(chosen, DeadlineKind) else None
        self._fill(_SHOWN_AT_FIRST)

    @property
    def shown(self) -> tuple[Deadline, ...]:
        """The deadlines of the chosen kind."""
        return tuple(each for each in self._found.dated if self._kind in (None, each.kind))

    # Filling

    def _fill(self, most: int) -> None:
        held = any(link.hasFocus() for link in self.rows)
        clear_layout(self._months)
        self.rows = []
        shown = self.shown
        self.count.setText(say_count("deadlines", "1 deadline", "{n} deadlines", len(shown)))
        undated = self._found.undated if self._kind is None else ()
        if not shown and not undated:
            self.states.show_empty(
                say("deadlines", "No deadline is known"),
                say(
                    "deadlines",
                    "Dates to answer or object, ends of mandates and contracts, and replies that are due "
                    "stand here once something names them.",
                ),
                None,
                Icon.CALENDAR,
            )
            return
        for heading, group in groupby(shown[:most], self._heading):
            self._add_group(heading, tuple(group))
        if len(shown) > most:
            more = LinkButton(self._desk.theme, say("deadlines", "See all {n}", n=len(shown)))
            more.clicked.connect(partial(self._fill, len(shown)))
            self._months.addLayout(row(more, None))
        if undated:
            self._add_undated(undated)
        self._months.addStretch(1)
        self.states.show_content()
        if held and self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _heading(self, each: Deadline) -> str:
        if each.overdue_days is not None:
            return say("deadlines", "Passed, and still waiting")
        return self._desk.figures.month(each.on)

    def _add_group(self, heading: str, group: Sequence[Deadline]) -> None:
        self._months.addSpacing(4)
        self._months.addWidget(SectionHeading(self._desk.theme, heading))
        for each in group:
            self._months.addWidget(Rule(self._desk.theme))
            self._months.addLayout(self._line(each))

    def _line(self, each: Deadline) -> QVBoxLayout:
        theme = self._desk.theme
        title = sentence(each.title)
        day = label(self._desk.figures.short_day(each.on, self._today), weight="strong")
        away = label(
            self._away(each), TextRole.SMALL, Tint.ASK if each.overdue_days is not None else Token.TEXT_3
        )
        when = QWidget()
        when.setLayout(column(day, away, None, gap=1, margins=(0, 2, 0, 0)))  # on the line of the title
        when.setFixedWidth(theme.px(_DAY_WIDTH))
        link = LinkButton(theme, title)
        link.setAccessibleName(
            say(
                "deadlines",
                "{title}, {day}. {silence}",
                title=title,
                day=self._desk.figures.day(each.on),
                silence=sentence(each.silence),
            )
        )
        place = place_of(each.target)
        link.setEnabled(place is not None)
        link.clicked.connect(partial(self._open, each.target))
        self.rows.append(link)
        kind = " · ".join(part for part in (domain_words(KIND_WORDS[each.kind]), each.artist_name) if part)
        silence = label(sentence(each.silence), tone=Token.TEXT_2, wrap=True)
        about = label(kind, TextRole.SMALL, Token.TEXT_3, wrap=True)
        # The words of a link begin a little after its edge; the lines below it begin where they do.
        for below in (silence, about):
            below.setContentsMargins(3, 0, 3, 0)
        told = column(row(link, None), silence, about, gap=2)
        line = row(when, gap=12)
        line.addLayout(told, 1)
        line.setAlignment(when, Qt.AlignmentFlag.AlignTop)
        return column(line)

    def _away(self, each: Deadline) -> str:
        if each.overdue_days is not None:
            return say_count("deadlines", "1 day late", "{n} days late", each.overdue_days)
        days = (each.on - self._today).days
        if days == 0:
            return say("deadlines", "the last day")
        return say_count("deadlines", "in 1 day", "in {n} days", days)

    def _add_undated(self, undated: Sequence[DateNotKnown]) -> None:
        self._months.addSpacing(4)
        self._months.addWidget(SectionHeading(self._desk.theme, say("deadlines", "Dates that are not known")))
        words = say("deadlines", "There is a date, or may be one. Nothing here tells which; none is made up.")
        self._months.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        for each in undated:
            said = " · ".join(part for part in (each.artist_name, sentence(each.words)) if part)
            note = Note(self._desk.theme, said, Tint.NEUTRAL, Icon.QUESTION)
            line = row(note, gap=8)
            line.setStretch(0, 1)
            if place_of(each.target) is not None:
                link = LinkButton(self._desk.theme, say("deadlines", "Open"))
                link.setAccessibleName(say("deadlines", "Open: {what}", what=said))
                link.clicked.connect(partial(self._open, each.target))
                line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            self._months.addLayout(line)

    def _open(self, target: str) -> None:
        place = place_of(target)
        if place is not None:
            self._desk.go(place)

    @property
    def _today(self) -> date:
        return self._desk.clock().astimezone().date()

    def main_stop(self) -> QWidget | None:
        return self.rows[0] if self.rows else None
