"""The first screen: what changed, what waits, and three figures. Over several artists it is a worklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from artist_console.commands import overview as overview_commands
from artist_console.commands.overview import ChangeRow, Overview
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.statements import exact_sum
from artist_console.ui.charts.chart_card import ChartCard
from artist_console.ui.coverage_parts import CatalogueCard
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.looks import change_look, waiting_look
from artist_console.ui.month_chart import currencies_of, month_chart
from artist_console.ui.pages.overview_beside import NOTHING_BESIDE, BesideOverview, beside_overview
from artist_console.ui.pages.overview_words import greeting, operators_words, trend_words
from artist_console.ui.pages.screen import Screen
from artist_console.ui.places import Place, place_of
from artist_console.ui.soon import soon
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.waiting_rows import (
    Question,
    WorklistGroup,
    place_of_question,
    questions,
    waiting_detail,
    worklist,
)
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card, ListRow, MetricCard
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.states import StateStack

_WAITING_SHOWN = 4
_CHANGES_SHOWN = 12
_GROUP_SHOWN = 6
# Narrower than this, the chart and what waits stand below each other.
_SIDE_BY_SIDE = 780


class OverviewScreen(Screen):
    """Greeting, figures, chart, Waiting for you, What changed."""

    key = "overview"
    shows = Changes.ALL & ~Changes.SETTINGS & ~Changes.REPORTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        theme = desk.theme
        self._overview: Overview | None = None
        self._beside = NOTHING_BESIDE
        self._asks_beside = self._beside_is_old = False
        self._stop = 0  # which row has the keyboard when the rows are there again ...
        self._stop_name = ""  # ... unless one says what that row said
        self.body = QWidget()
        self._lines = QVBoxLayout(self.body)
        self._lines.setContentsMargins(24, 0, 24, 24)
        self._lines.setSpacing(16)
        self.earned = MetricCard(theme, say("overview", "Earned in 12 months"))
        self.reported = MetricCard(theme, say("overview", "Reported in AI programmes"))
        self.waiting_figure = MetricCard(theme, say("overview", "Waiting for you"))
        figures = row(self.earned, self.reported, self.waiting_figure, gap=16)
        for at in range(3):
            figures.setStretch(at, 1)
        self._lines.addLayout(figures)
        self.chart = ChartCard(theme, say("overview", "Earnings by programme"))
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.see_all = LinkButton(theme, "")
        self.see_all.clicked.connect(self._see_all)
        self.deadlines = self._deadlines_link()
        self.waiting_card = Card(theme, say("overview", "Waiting for you"), self.deadlines)
        self._waiting_rows = _rows_of(self.waiting_card)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(16)
        self._middle.addWidget(self.chart, 209)
        self._middle.addWidget(self.waiting_card, 102)
        self.groups = QWidget()
        self._groups = QVBoxLayout(self.groups)
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setSpacing(16)
        self._lines.addWidget(self.groups)
        self._lines.addLayout(self._middle)
        self.catalogue_card = CatalogueCard(desk)
        self._lines.addWidget(self.catalogue_card)
        self.seen = LinkButton(theme, say("overview", "Mark all as seen"))
        self.seen.clicked.connect(self._mark_seen)
        self.changed_card = Card(theme, say("overview", "What changed"), self.seen)
        self._changed_rows = _rows_of(self.changed_card)
        self._lines.addWidget(self.changed_card)
        self._lines.addStretch(1)
        desk.seen.connect(self.load_when_seen)
        self.states = StateStack(theme, self.body)
        self.states.retry.connect(self.reload)
        theme.changed.connect(self._lay_out)
        self.set_content(self.states, margins=False, scrolls=True)

    # Loading

    def reload(self) -> None:
        artist = self.artist
        self.desk.ask(
            self,
            "overview",
            lambda console: overview_commands.overview(console, artist),
            self.show_overview,
            self._show_problem,
        )
        self._ask_beside()

    def _ask_beside(self) -> None:
        """Beside the lanes: to look through a large catalogue takes seconds, and nobody is to wait for it."""
        if self._asks_beside:
            self._beside_is_old = True
            return
        self._asks_beside, self._beside_is_old = True, False
        artist = self.artist
        self.desk.long_work(
            lambda console, _progress: (artist, beside_overview(console, artist)),
            self._show_beside,
            self._no_beside,
        )

    def _no_beside(self, _problem: Problem) -> None:
        """An artist that has gone since the page was asked for: the page itself says so."""
        self._end_beside()

    def _end_beside(self) -> None:
        self._asks_beside = False
        if self._beside_is_old:
            self._ask_beside()

    def _show_beside(self, found: tuple[ArtistId | None, BesideOverview]) -> None:
        artist, beside = found
        if artist == self.artist:
            self._hold_focus()
            self._beside = beside
            self.catalogue_card.show_coverage(beside.coverage)
            if self._overview is not None:
                self._show_what_waits(self._overview)
            soon(self, self._pass_focus_once_seen)
        self._end_beside()

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self.artist:
            self._beside = NOTHING_BESIDE
            self.catalogue_card.hide()
        super().show_scope(artist)

    def _show_problem(self, problem: Problem) -> None:
        self.states.show_error(problem)

    @property
    def today(self) -> date:
        return self.desk.clock().astimezone().date()

    def main_stop(self) -> QWidget | None:
        """The first thing that waits, or where nothing does, the first change."""
        rows, name = self._rows(), self._stop_name
        same = next((shown for shown in rows if name and shown.accessibleName() == name), None)
        return same or (rows[min(self._stop, len(rows) - 1)] if rows else None)

    def _rows(self) -> list[ListRow]:
        """The rows that are shown, from the top."""
        alone = not self.waiting_card.isHidden()
        cards = (self.waiting_card if alone else self.groups, self.changed_card)
        found = [shown for card in cards for shown in card.findChildren(ListRow) if not shown.isHidden()]
        return sorted(found, key=lambda shown: shown.mapTo(self.body, QPoint()).y())

    def show_overview(self, overview: Overview) -> None:
        self._hold_focus()
        self._overview = overview
        self.set_title(greeting(overview.name, self.desk.clock().astimezone()))
        self.set_subtitle(overview.since_words)
        self._show_figures(overview)
        self._show_chart(overview)
        self._show_what_waits(overview)
        self._show_changes(overview)
        self.states.show_content()
        soon(self, self._pass_focus_once_seen)

    def _pass_focus_once_seen(self, tries: int = 20) -> None:
        """A row takes the keyboard once it is laid out; on a busy computer that can be a turn later."""
        self.pass_focus_on()
        if tries and self.hasFocus() and self._rows():
            soon(self, partial(self._pass_focus_once_seen, tries - 1))
        else:
            self._stop, self._stop_name = 0, ""

    def _hold_focus(self) -> None:
        """Rows are made anew; one that goes with the keyboard would hand it to the frame."""
        focus = QApplication.focusWidget()
        if isinstance(focus, ListRow) and self.isAncestorOf(focus):
            # By what it says first: a row may have come in above it meanwhile.
            self._stop, self._stop_name = self._rows().index(focus), focus.accessibleName()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_what_waits(self, overview: Overview) -> None:
        alone = self.artist is not None or len(self.desk.artists) <= 1
        self.waiting_card.setVisible(alone)
        self.groups.setVisible(not alone)
        if alone:
            self._show_waiting(overview)
        else:
            self._show_worklist(overview)

    # Figures and chart

    def _show_figures(self, overview: Overview) -> None:
        figures = self.desk.figures
        if overview.earned:
            first, *others = (figures.money(*money) for money in overview.earned)
            self.earned.show_figure(first, self._earned_words(overview, others))
        elif overview.has_statements:
            self.earned.show_figure("–", say("overview", "No line was recognised as AI income."))
        else:
            self.earned.show_figure("–", say("overview", "No statement has arrived yet."))
        share = say(
            "overview",
            "{reported} of {works}",
            reported=figures.number(overview.reported),
            works=figures.number(overview.works),
        )
        self.reported.show_figure(share, operators_words(overview))
        count = len(overview.waiting)
        if count:
            oldest = min(item.since for item in overview.waiting)
            days = (self.today - oldest).days
            detail = (
                say_count("overview", "oldest: 1 day", "oldest: {n} days", days)
                if days
                else say("overview", "new today")
            )
        else:
            detail = self._last_sync_words(overview)
        self.waiting_figure.show_figure(say_count("overview", "1 question", "{n} questions", count), detail)

    def _earned_words(self, overview: Overview, others: Sequence[str]) -> str:
        figures = self.desk.figures
        parts = [say("overview", "and {money}", money=" · ".join(others))] if others else []
        trend = dict(overview.trend).get(overview.earned[0][0])
        if overview.earned_this_month:
            money = figures.totals(overview.earned_this_month[:1])
            parts.append(say("overview", "{money} this month", money=money))
        elif not others:
            parts.append(self._latest_month_words(overview))
        if trend is not None and not others:
            parts.append(trend_words(trend))
        return " · ".join(parts)

    def _latest_month_words(self, overview: Overview) -> str:
        """The newest month that a statement names: most programmes report once a quarter."""
        currency = overview.earned[0][0]
        own = [total for total in overview.months if total.currency == currency]
        latest = max((total.month for total in own), default=None)
        if latest is None:
            return ""
        money = exact_sum(total.amount for total in own if total.month == latest)
        return say(
            "overview",
            "{money} in {month}",
            money=self.desk.figures.money(currency, money),
            month=self.desk.figures.month(latest),
        )

    def _last_sync_words(self, overview: Overview) -> str:
        if overview.last_sync is None:
            return say("overview", "Nothing has been synced yet.")
        return say("overview", "Last sync: {when}", when=self.desk.figures.day_and_time(overview.last_sync))

    def _show_chart(self, overview: Overview) -> None:
        currencies = currencies_of(overview.months)
        self.chart.setVisible(bool(currencies))
        if currencies:
            self.chart.show_data(month_chart(overview.months, currencies[0], self.today, self.desk.figures))

    # Waiting for you

    def _show_waiting(self, overview: Overview) -> None:
        theme = self.desk.theme
        clear_layout(self._waiting_rows)
        shown = overview.waiting[:_WAITING_SHOWN]
        for item in shown:
            self._waiting_rows.addWidget(self._waiting_row(Question((item,)), with_artist=False))
        if not shown:
            self._waiting_rows.addWidget(
                label(say("overview", "Nothing is waiting for you."), tone=Token.TEXT_2, wrap=True)
            )
            self._waiting_rows.addWidget(
                label(self._last_sync_words(overview), TextRole.SMALL, Token.TEXT_3, wrap=True)
            )
        if self._beside.rows:
            self._waiting_rows.addWidget(self._rows_to_answer())
        self._waiting_rows.addStretch(1)
        if len(overview.waiting) > len(shown):
            self.see_all = LinkButton(theme, say("overview", "See all {n}", n=len(overview.waiting)))
            self.see_all.clicked.connect(self._see_all)
            self._waiting_rows.addLayout(row(self.see_all, None))

    def _waiting_row(self, question: Question, *, with_artist: bool) -> ListRow:
        icon, tint = waiting_look(question.first.kind)
        title, detail = waiting_detail(question, self.desk, with_artist=with_artist)
        shown = ListRow(self.desk.theme, icon, tint, title, detail)
        shown.setProperty("question", question)
        shown.opened.connect(self._open_question)
        return shown

    def _rows_to_answer(self) -> ListRow:
        """Rows of public lists ask nothing by a deadline; they stand below what does."""
        beside = self._beside
        title = say_count(
            "overview",
            "1 row of a public list may be yours",
            "{n} rows of public lists may be yours",
            beside.rows,
        )
        detail = say_count("overview", "About 1 work", "About {n} works", beside.works_listed)
        shown = ListRow(self.desk.theme, Icon.ROWS, Tint.NEUTRAL, title, detail)
        shown.opened.connect(self._open_hits)
        return shown

    def _open_hits(self) -> None:
        self.desk.sheet_wished.emit("hits/")

    def _open_question(self) -> None:
        question = self.sender().property("question")
        if isinstance(question, Question):
            self._open(question)

    def _open(self, question: Question) -> None:
        place = place_of_question(question)
        if self.artist is None and place.page in ("consent", "earnings"):
            self.desk.choose_artist(question.first.artist)
        self.desk.go(place)

    def _see_all(self) -> None:
        if self._overview is None:
            return
        clear_layout(self._waiting_rows)
        for item in self._overview.waiting:
            self._waiting_rows.addWidget(self._waiting_row(Question((item,)), with_artist=False))
        if self._beside.rows:
            self._waiting_rows.addWidget(self._rows_to_answer())
        self._waiting_rows.addStretch(1)
        first = self.waiting_card.findChild(ListRow)
        if first is not None:
            first.setFocus()

    # The worklist of several artists

    def _show_worklist(self, overview: Overview) -> None:
        clear_layout(self._groups)
        for group in worklist(overview.waiting, self.today):
            self._groups.addWidget(self._group_card(group))
        if self._beside.rows:
            lists = Card(self.desk.theme, say("worklist", "Public lists"))
            lists.add(self._rows_to_answer())
            self._groups.addWidget(lists)
        if not overview.waiting:
            empty = Card(self.desk.theme, say("overview", "Waiting for you"))
            empty.add(label(say("overview", "Nothing is waiting for you."), tone=Token.TEXT_2))
            empty.add(label(self._last_sync_words(overview), TextRole.SMALL, Token.TEXT_3))
            self._groups.addWidget(empty)
        self._groups.addLayout(row(None, self._deadlines_link()))

    def _deadlines_link(self) -> LinkButton:
        """Beside what waits: every day that is set, also those on which nothing has to be done yet."""
        link = LinkButton(self.desk.theme, say("overview", "Deadlines"))
        link.setAccessibleName(say("overview", "Deadlines of letters, answers and mandates"))
        link.clicked.connect(self._show_deadlines)
        return link

    def _show_deadlines(self) -> None:
        self.desk.go(Place("letters", "deadlines/all"))

    def _group_card(self, group: WorklistGroup, *, whole: bool = False) -> Card:
        card = Card(self.desk.theme, group.title)
        asked = questions(group.items)
        for question in asked if whole else asked[:_GROUP_SHOWN]:
            card.add(self._waiting_row(question, with_artist=True))
        if len(asked) > _GROUP_SHOWN and not whole:
            more = LinkButton(self.desk.theme, say("overview", "See all {n}", n=len(asked)))
            more.setProperty("group", group)
            more.clicked.connect(self._open_group)
            card.body.addLayout(row(more, None))
        return card

    def _open_group(self) -> None:
        pressed = self.sender()
        group = pressed.property("group")
        card = pressed.parent()
        while card is not None and not isinstance(card, Card):
            card = card.parent()
        if isinstance(card, Card) and isinstance(group, WorklistGroup):
            whole = self._group_card(group, whole=True)
            self._groups.replaceWidget(card, whole)
            card.deleteLater()

    # What changed

    def _show_changes(self, overview: Overview) -> None:
        clear_layout(self._changed_rows)
        self.seen.setVisible(any(change.new for change in overview.changed))
        day: date | None = None
        for change in overview.changed[:_CHANGES_SHOWN]:
            if change.day != day:
                day = change.day
                heading = self.desk.figures.short_day(day, self.today)
                self._changed_rows.addWidget(label(heading, TextRole.SMALL, Token.TEXT_3, "medium"))
            self._changed_rows.addWidget(self._change_row(change))
        if not overview.changed:
            nothing = say(
                "overview", "Nothing has changed yet. Decisions, reports and statements will be listed here."
            )
            self._changed_rows.addWidget(label(nothing, tone=Token.TEXT_2, wrap=True))

    def _change_row(self, change: ChangeRow) -> ListRow:
        icon, tint = change_look(change.kind)
        shown = ListRow(self.desk.theme, icon, tint, change.title, change.detail)
        shown.set_new(change.new)
        shown.setProperty("target", change.target)
        shown.opened.connect(self._open_change)
        return shown

    def _open_change(self) -> None:
        place = place_of(self.sender().property("target"))
        if place is not None:
            self.desk.go(place)

    def _mark_seen(self) -> None:
        self.desk.seen_wished.emit()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        beside = self.width() >= self.desk.theme.px(_SIDE_BY_SIDE)
        self._middle.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self.catalogue_card.lay_out(self.width())


def _rows_of(card: Card) -> QVBoxLayout:
    """Where the rows of a card stand, below its heading."""
    rows = QVBoxLayout()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(6)
    card.body.addLayout(rows, 1)
    return rows
