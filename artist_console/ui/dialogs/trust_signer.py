"""Making the signer of a report known here: what that means, and the key to compare first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands.console import Console, Result
from artist_console.commands.reports import TrustedSigner
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note

Trust = Callable[[Console, str], Result[TrustedSigner]]  # takes the name that the person gives


class Signed(Protocol):
    """A file that was checked: what its signer calls themselves, and their key."""

    @property
    def signer(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...


class TrustSignerDialog(QDialog):
    """Nothing is decided by opening it; the name is the person's own for this signer."""

    def __init__(self, desk: Desk, report: Signed, parent: QWidget, trust: Trust) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report = report
        self._make_known = trust
        theme = desk.theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("trust-signer")
        self.setWindowTitle(say("trust", "Trust this signer?"))
        self.setModal(True)
        self.resize(540, 460)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION, wrap=True))
        claims = say(
            "trust",
            "Whoever made the file calls themselves {name}. That is their own word.",
            name=report.signer,
        )
        inside.addWidget(label(claims, tone=Token.TEXT_2, wrap=True))
        for words, icon in (
            (
                say("trust", "From now on, reports and receipts with this key count as known here."),
                Icon.SHIELD,
            ),
            (say("trust", "It does not make what they say true."), Icon.INFO),
            (say("trust", "It applies to this profile only, and nobody is told."), Icon.COMPUTER),
        ):
            inside.addWidget(Note(theme, words, Tint.NEUTRAL, icon))
        inside.addWidget(label(say("trust", "Compare the key first"), weight="strong"))
        compare = say(
            "trust",
            "Ask the signer for it in another way, by telephone or from their site. All of it has to match.",
        )
        inside.addWidget(label(compare, tone=Token.TEXT_2, wrap=True))
        self.fingerprint = label(
            report.fingerprint, TextRole.LEAD, weight="strong", wrap=True, selectable=True
        )
        self.fingerprint.setAccessibleName(say("trust", "Key of the signer: {key}", key=report.fingerprint))
        copy = Button(theme, say("trust", "Copy key"), ButtonKind.QUIET, Icon.COPY)
        copy.clicked.connect(self._copy)
        line = row(self.fingerprint, copy, gap=12)
        line.setStretch(0, 1)
        inside.addLayout(line)
        self.name = QLineEdit(report.signer)
        self.name_field = Field(theme, say("trust", "Their name, as you know them"), self.name)
        inside.addWidget(self.name_field)
        self.fault = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.fault.show_words("")
        inside.addWidget(self.fault)
        inside.addStretch(1)
        self.trust_button = Button(theme, say("trust", "Trust this signer"), ButtonKind.PRIMARY)
        self.trust_button.clicked.connect(self._trust)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        inside.addLayout(row(None, cancel, self.trust_button))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.fingerprint)

    def _trust(self) -> None:
        trust, name = self._make_known, self.name.text().strip()
        if not name:
            self.name_field.show_fault(say("trust", "Write the name that you know them by"))
            self.name.setFocus()
            return
        self.trust_button.setEnabled(False)
        self._desk.act(self, lambda console: trust(console, name), self._done, self._fail)

    def _done(self, signer: TrustedSigner) -> None:
        self._desk.say(say("trust", "{name} is known to you now.", name=signer.name))
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self.trust_button.setEnabled(True)
        self.fault.show_words(problem_words(problem))
