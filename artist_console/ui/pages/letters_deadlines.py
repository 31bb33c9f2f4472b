"""The part "Deadlines" of the page of letters: every date by month, and what silence means there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from artist_console.commands import deadlines as deadline_commands
from artist_console.commands.console import Console
from artist_console.commands.deadlines import KIND_WORDS, DateNotKnown, Deadline, DeadlineKind
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.pieces import Pieces
from artist_console.ui.places import place_of
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton, Select
from artist_console.ui.widgets.column_page import ColumnPage
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note, Rule, SectionHeading
from artist_console.ui.widgets.states import StateStack

_SHOWN_AT_FIRST = 60
_MADE_AT_ONCE = 2  # before the first paint; the others follow one at a time, and the page stays usable
_ROWS_IN_BLOCK = 12
_DAY_WIDTH = 104


@dataclass(frozen=True, slots=True)
class _Found:
    today: date  # what "in 3 days" counts from
    dated: tuple[Deadline, ...]
    undated: tuple[DateNotKnown, ...]


class DeadlinesPart(QWidget):
    """What has passed and still waits stands first; each row leads to what it is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist: ArtistId | None = desk.artist
        self._found: _Found | None = None
        self._kind: DeadlineKind | None = None
        self.rows: list[LinkButton] = []  # in the order in which they are read
        theme = desk.theme
        self.kinds = Select(theme, say("deadlines", "Which deadlines"))
        self.kinds.currentIndexChanged.connect(self._choose_kind)
        self.count = label("", tone=Token.TEXT_2)
        self.scroller = ColumnPage()
        self.scroller.column.addLayout(row(self.kinds, self.count, None, gap=12))
        self._months = QVBoxLayout()
        self._months.setSpacing(12)
        self.scroller.column.addLayout(self._months)
        self.scroller.column.addStretch(1)
        self._block: QVBoxLayout | None = None  # the last one, where the next row goes
        self._making = Pieces(self)
        self.states = StateStack(theme, self.scroller)
        self.states.retry.connect(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addWidget(self.states)

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        self._artist = artist

    def reload(self) -> None:
        artist, today = self._artist, self._today

        def find(console: Console) -> _Found:
            return _Found(
                today,
                deadline_commands.list_deadlines(console, artist),
                deadline_commands.dates_not_known(console, artist),
            )

        self._desk.ask(self, "deadlines", find, self._take, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._found = None
        self.states.show_error(problem)

    def _take(self, found: _Found) -> None:
        if found == self._found:
            return  # nothing here is otherwise: what is read stays where it stands
        self._found = found
        self._offer_kinds()
        self._fill(_SHOWN_AT_FIRST)

    # Filter

    def _offer_kinds(self) -> None:
        """Only the kinds that there are, with how many of each."""
        dated = self._found.dated if self._found is not None else ()
        counts = {kind: sum(each.kind is kind for each in dated) for kind in DeadlineKind}
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
        dated = self._found.dated if self._found is not None else ()
        return tuple(each for each in dated if self._kind in (None, each.kind))

    # Filling

    def _fill(self, most: int) -> None:
        held = any(link.hasFocus() for link in self.rows)
        self._making.stop()
        self._block = None
        clear_layout(self._months)
        self.rows = []
        shown = self.shown
        self.count.setText(say_count("deadlines", "1 deadline", "{n} deadlines", len(shown)))
        undated = self._found.undated if self._found is not None and self._kind is None else ()
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
        self._making.start(self._steps(shown[:most], undated, len(shown)), _MADE_AT_ONCE)
        self.states.show_content()
        if held and self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _steps(
        self, shown: Sequence[Deadline], undated: Sequence[DateNotKnown], whole: int
    ) -> Iterator[Callable[[], None]]:
        """What the page is made of, each small enough to be made between two answers to the person."""
        for heading, group in groupby(shown, self._heading):
            for place, each in enumerate(group):
                yield partial(self._add_row, each, "" if place else heading)
        if whole > len(shown):
            yield partial(self._add_more, whole)
        for place, unknown in enumerate(undated):
            yield partial(self._add_undated, unknown, is_first=place == 0)

    def _heading(self, each: Deadline) -> str:
        if each.overdue_days is not None:
            return say("deadlines", "Passed, and still waiting")
        return self._desk.figures.month(each.on)

    def _add_row(self, each: Deadline, heading: str) -> None:
        parts = column(gap=12)
        if heading:
            parts.addSpacing(4)
            parts.addWidget(SectionHeading(self._desk.theme, heading))
        parts.addWidget(Rule(self._desk.theme))
        parts.addLayout(self._line(each))
        self._add(parts)

    def _add_more(self, whole: int) -> None:
        more = LinkButton(self._desk.theme, say("deadlines", "See all {n}", n=whole))
        more.clicked.connect(partial(self._fill, whole))
        self._add(row(more, None))

    def _add(self, parts: QBoxLayout) -> None:
        """Rows stand in blocks, which keep their height: another row has its own block laid out, not all."""
        if self._block is None or self._block.count() >= _ROWS_IN_BLOCK:
            self._block = column(gap=12)
            self._months.addWidget(_held(self._block))
        self._block.addWidget(_held(parts))

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

    def _add_undated(self, each: DateNotKnown, *, is_first: bool) -> None:
        parts = column(gap=12)
        if is_first:
            parts.addSpacing(4)
            heading = say("deadlines", "Dates that are not known")
            parts.addWidget(SectionHeading(self._desk.theme, heading))
            words = say(
                "deadlines", "There is a date, or may be one. Nothing here tells which; none is made up."
            )
            parts.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        said = " · ".join(part for part in (each.artist_name, sentence(each.words)) if part)
        note = Note(self._desk.theme, said, Tint.NEUTRAL, Icon.QUESTION)
        line = row(note, gap=8)
        line.setStretch(0, 1)
        if place_of(each.target) is not None:
            link = LinkButton(self._desk.theme, say("deadlines", "Open"))
            link.setAccessibleName(say("deadlines", "Open: {what}", what=said))
            link.clicked.connect(partial(self._open, each.target))
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        parts.addLayout(line)
        self._add(parts)

    def _open(self, target: str) -> None:
        place = place_of(target)
        if place is not None:
            self._desk.go(place)

    @property
    def _today(self) -> date:
        return self._desk.clock().astimezone().date()

    def main_stop(self) -> QWidget | None:
        return self.rows[0] if self.rows else None


def _held(parts: QBoxLayout) -> QWidget:
    made = QWidget()
    made.setLayout(parts)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
