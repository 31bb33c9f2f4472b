"""One decision in the panel of sync: what it is, when it was made, how often it was tried, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from artist_console.commands.syncing import OutboxRow, OutboxState
from artist_console.ui.desk import Desk
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.layout import column, row


class OutboxRowWidget(QWidget):
    """`act` is called with the row when the person takes it back or leaves it.

    `told_above`: the answer that the panel shows for all of them, so that no row repeats it.
    """

    def __init__(
        self, desk: Desk, sent: OutboxRow, act: Callable[[OutboxRow], None], told_above: str = ""
    ) -> None:
        super().__init__()
        self._figures = desk.figures
        self.sent = sent
        self._told_above = told_above
        waits = sent.state is OutboxState.WAITING
        made = say("sync", "made {when}", when=self._figures.day_and_time(sent.made_at))
        detail = " · ".join(part for part in (sent.artist_name, made) if part)
        told = column(
            label(sent.words, weight="medium", wrap=True),
            label(detail, TextRole.SMALL, Token.TEXT_2, wrap=True),
            gap=2,
        )
        for words in self._what_came_of_it():
            told.addWidget(label(words, TextRole.SMALL, Token.TEXT_2 if waits else Tint.DENY, wrap=True))
        self.button = LinkButton(desk.theme, say("sync", "Take back") if waits else say("sync", "Leave it"))
        self.button.setAccessibleName(
            say("sync", "Take back: {what}", what=sent.words)
            if waits
            else say("sync", "Leave it: {what}", what=sent.words)
        )
        self.button.clicked.connect(lambda: act(sent))
        line = row(told, gap=8)
        line.setStretch(0, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def _what_came_of_it(self) -> tuple[str, ...]:
        sent = self.sent
        if sent.state is OutboxState.NOT_AUTHORISED:
            return (sent.last_answer, say("sync", "It was not taken. The artist is told, and can adopt it."))
        if sent.state is OutboxState.NOT_READ:
            return (sent.last_answer, say("sync", "It stays here and is not sent again."))
        if not sent.tries or sent.last_try is None:
            return ()
        tried = say_count(
            "sync", "Tried once, {when}", "Tried {n} times, last {when}", sent.tries,
            when=self._figures.day_and_time(sent.last_try),
        )  # fmt: skip
        return (tried,) if sent.last_answer == self._told_above else (tried, sent.last_answer)
