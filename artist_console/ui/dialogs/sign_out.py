"""Signing out of a service. With decisions that were not sent it asks what becomes of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands.signing_in import SignedOut, SignIns, WaitingDecisions
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.sections import Note


class SignOutDialog(Sheet):
    """Nothing recorded here is removed; without waiting decisions one press is enough."""

    signed_out = Signal(object)  # SignedOut
    send_wished = Signal()  # first send what waits

    def __init__(self, desk: Desk, sign_ins: Callable[[], SignIns], host: str, parent: QWidget) -> None:
        title = say("sign-out", "Sign out of {host}?", host=host)
        super().__init__(desk.theme, "sign-out", title, 540, 330, parent)
        self._desk = desk
        self._sign_ins = sign_ins
        self._leave_waiting = False
        self.inside.addWidget(
            label(
                say(
                    "sign-out",
                    "Everything that was recorded and fetched stays on this computer. You can read and"
                    " decide; nothing is sent or fetched until you sign in again.",
                ),
                wrap=True,
            )
        )
        self.waiting = Note(desk.theme, "", Tint.ASK, Icon.CLOCK)
        self.waiting.hide()
        self.inside.addWidget(self.waiting)
        self.inside.addStretch(1)
        self.cancel = Button(desk.theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.send = Button(desk.theme, say("sign-out", "Send them first"), icon=Icon.SYNC)
        self.send.clicked.connect(self._send)
        self.send.hide()
        self.leave = Button(desk.theme, say("sign-out", "Sign out"))
        self.leave.clicked.connect(self._sign_out)
        self.set_buttons(self.cancel, None, self.send, self.leave, safe=self.cancel)

    def _sign_out(self) -> None:
        self.leave.setEnabled(False)
        self.show_problem("")
        leave = self._leave_waiting
        self._desk.background.network.run(
            lambda: self._sign_ins().sign_out(leave_waiting=leave), self._end, self._failed
        )

    def _send(self) -> None:
        self.accept()
        self.send_wished.emit()

    def _end(self, done: SignedOut) -> None:
        self.signed_out.emit(done)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.leave.setEnabled(True)
        if not isinstance(problem, WaitingDecisions):
            self.show_problem(problem_words(problem))
            return
        self._leave_waiting = True
        self.waiting.show_words(
            say_count(
                "sign-out",
                "1 decision was not sent yet. Signed out, this computer cannot send it; it waits here for the"
                " next sign-in to the same account.",
                "{n} decisions were not sent yet. Signed out, this computer cannot send them; they wait here"
                " for the next sign-in to the same account.",
                problem.count,
            )
        )
        self.send.show()
        self.leave.set_words(say("sign-out", "Sign out and leave them here"))
        self.cancel.setFocus()
