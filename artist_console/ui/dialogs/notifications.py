"""The list behind the bell: what changed, by day, and the messages of this session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import overview as overview_commands
from artist_console.commands.overview import ChangeRow, Overview
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.popup import Popup
from artist_console.ui.looks import change_look
from artist_console.ui.places import place_of
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.layout import clear_layout, row

_WIDTH = 420
_HEIGHT = 460
_SHOWN = 40


class NotificationsPanel(Popup):
    """Each entry leads to its place; "Mark all as seen" clears the bell."""

    def __init__(self, desk: Desk, messages: Sequence[tuple[datetime, str]], parent: QWidget) -> None:
        super().__init__(desk.theme, say("notifications", "Notifications"), parent, _WIDTH)
        self._desk = desk
        self._messages = tuple(messages)
        self.unseen = 0
        self.seen = LinkButton(desk.theme, say("notifications", "Mark all as seen"))
        self.seen.clicked.connect(self._mark_seen)
        self.inside.addLayout(
            row(label(say("notifications", "Notifications"), TextRole.SECTION), None, self.seen)
        )
        holder = QWidget()
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, 8, 0)
        self.rows.setSpacing(4)
        area = scrolled(holder)
        area.setFixedHeight(_HEIGHT)
        self.inside.addWidget(area)
        artist = desk.artist
        desk.ask(self, "changes", lambda console: overview_commands.overview(console, artist), self._show)

    def _show(self, overview: Overview) -> None:
        clear_layout(self.rows)
        today = self._desk.clock().astimezone().date()
        if self._messages:
            self._heading(say("notifications", "Since you opened the window"))
            for when, words in reversed(self._messages):
                self.rows.addWidget(
                    label(f"{self._desk.figures.time(when)}  {words}", tone=Token.TEXT_2, wrap=True)
                )
        day: date | None = None
        for change in overview.changed[:_SHOWN]:
            if change.day != day:
                day = change.day
                self._heading(self._desk.figures.short_day(day, today))
            self.rows.addWidget(self._row(change))
        if not overview.changed and not self._messages:
            self.rows.addWidget(label(say("notifications", "Nothing has happened yet."), tone=Token.TEXT_2))
        self.rows.addStretch(1)
        self.unseen = sum(change.new for change in overview.changed)
        self.seen.setEnabled(self.unseen > 0)

    def _heading(self, words: str) -> None:
        self.rows.addWidget(label(words, TextRole.SMALL, Token.TEXT_3, "medium"))

    def _row(self, change: ChangeRow) -> ListRow:
        icon, tint = change_look(change.kind)
        shown = ListRow(self._desk.theme, icon, tint, change.title, change.detail)
        shown.set_new(change.new)
        shown.setProperty("target", change.target)
        shown.opened.connect(self._open)
        return shown

    def _open(self) -> None:
        place = place_of(self.sender().property("target"))
        self.accept()
        if place is not None:
            self._desk.go(place)

    def _mark_seen(self) -> None:
        self._desk.seen_wished.emit()
        self.accept()
