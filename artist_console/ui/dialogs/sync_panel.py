"""What the corner opens: how things stand with the other side, what waits to be sent, and Send now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import syncing
from artist_console.commands import undo as undo_commands
from artist_console.commands.syncing import OutboxRow, OutboxState
from artist_console.commands.undo import UndoView
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.outbox_row import OutboxRowWidget
from artist_console.ui.dialogs.popup import Popup
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.places import Place
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.sync_control import SyncControl
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Note, Rule

_WIDTH = 440
_LIST_HEIGHT = 300
_BESIDE_LIST = 28 + 14  # the margins of the panel, and the scroll bar
# The list is made anew while it is sent: hundreds of rows would hold the window up for many seconds.
_LISTED = 20


class SyncPanel(Popup):
    """Follows the rounds while it is open."""

    def __init__(self, desk: Desk, control: SyncControl, parent: QWidget) -> None:
        super().__init__(desk.theme, say("sync", "Sync"), parent, _WIDTH)
        self._desk = desk
        self._control = control
        self.state = label("", TextRole.SECTION, wrap=True)
        self.detail = label("", tone=Token.TEXT_2, wrap=True)
        self.problem = Note(desk.theme, "", Tint.ASK, Icon.CLOUD_PROBLEM)
        self.problem.hide()
        self.send = Button(desk.theme, say("sync", "Send now"), ButtonKind.PRIMARY, Icon.SYNC)
        self.send.clicked.connect(control.sync)
        self._holder = QWidget()
        self.rows = QVBoxLayout(self._holder)
        self.rows.setContentsMargins(0, 0, 8, 0)
        self.rows.setSpacing(10)
        self._list = scrolled(self._holder)
        self._list.setAccessibleName(say("sync", "Waiting to be sent"))
        self.inside.addWidget(self.state)
        self.inside.addWidget(self.detail)
        self.inside.addWidget(self.problem)
        self.inside.addWidget(Rule(desk.theme))
        self.inside.addWidget(self._list)
        self.conflicts = Button(desk.theme, "", icon=Icon.TWO_ARROWS)
        self.conflicts.clicked.connect(self._open_conflicts)
        self.conflicts.hide()
        self.sign_in = Button(desk.theme, say("sync", "Sign in…"), ButtonKind.PRIMARY, Icon.KEY)
        self.sign_in.clicked.connect(self._sign_in)
        self.inside.addLayout(row(self.conflicts, None, self.send, self.sign_in))
        control.status_changed.connect(self.show_state)
        self.show_state()
        self.send.setFocus()

    def show_state(self) -> None:
        """Words and list anew."""
        words, _icon, _tint = self._control.corner()
        status = self._control.status
        self.state.setText(words)
        self.send.setEnabled(not self._control.is_syncing)
        self.send.setVisible(not self._control.wants_sign_in)
        self.sign_in.setVisible(self._control.wants_sign_in)
        count = status.conflicts if status is not None else 0
        self.conflicts.setVisible(bool(count))
        self.conflicts.set_words(say_count("sync", "Settle the conflict…", "Settle {n} conflicts…", count))
        last = status.last_sync if status is not None else None
        host = status.host if status is not None else ""
        parts = []
        if host:
            parts.append(say("sync", "Service: {host}.", host=host))
        if last is not None:
            parts.append(say("sync", "Last sync: {when}.", when=self._desk.figures.day_and_time(last)))
        self.detail.show_words(" ".join(parts))
        problem = self._problem_words()
        self.problem.setVisible(bool(problem))
        self.problem.show_words(problem)
        self._desk.ask(self, "outbox", syncing.outbox, self._show_outbox)

    def _problem_words(self) -> str:
        status = self._control.status
        return self._control.last_problem or (status.last_problem if status is not None else "")

    def _sign_in(self) -> None:
        self.close()
        self._desk.account_wished.emit("sign_in")

    def _open_conflicts(self) -> None:
        """Of whichever artist they are."""
        self.close()
        self._desk.go(Place("consent", "conflict/all"))

    def _show_outbox(self, waiting: Sequence[OutboxRow]) -> None:
        clear_layout(self.rows)
        if not waiting:
            self.rows.addWidget(label(say("sync", "Nothing waits to be sent."), tone=Token.TEXT_2))
        # What was not taken comes first: it needs somebody.
        for sent in waiting[:_LISTED]:
            line = OutboxRowWidget(self._desk, sent, self._act_on, self._problem_words())
            self.rows.addWidget(line)
            line.show()  # else it counts for nothing yet when the list is measured
        if len(waiting) > _LISTED:
            more = say("sync", "and {n} more", n=self._desk.figures.number(len(waiting) - _LISTED))
            self.rows.addWidget(label(more, TextRole.SMALL, Token.TEXT_2))
        self.rows.addStretch(1)
        # The list keeps to what it needs: rows of a word or two leave no hole below them.
        self.rows.activate()
        needed = self.rows.totalHeightForWidth(_WIDTH - _BESIDE_LIST)
        self._list.setFixedHeight(min(self._desk.theme.px(_LIST_HEIGHT), max(24, needed)))
        self.fit()

    def _act_on(self, sent: OutboxRow) -> None:
        """Take back what waits, or leave what was not taken."""
        if sent.state is OutboxState.WAITING:
            self._desk.act(
                self,
                lambda console: undo_commands.take_back(console, sent.act),
                self._taken_back,
                self._failed,
            )
        else:
            self._desk.act(
                self,
                lambda console: syncing.leave_not_taken(console, sent.decision),
                self._left,
                self._failed,
            )

    def _taken_back(self, view: UndoView) -> None:
        self.problem.hide()
        said = say("sync", "Taken back: {what}. Both answers stay in the history.", what=view.words)
        self._desk.say(said)
        self.show_state()

    def _left(self, _nothing: None) -> None:
        self.show_state()

    def _failed(self, problem: Problem) -> None:
        self.problem.show_words(problem_words(problem))
        self.problem.show()
        self.fit()
