"""A receipt: signed proof of one decision, one page to read, save or copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from artist_console.commands import history as history_commands
from artist_console.commands.history import ReceiptView
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import KeyValues, Note, Rule


class ReceiptDialog(QDialog):
    """Names its signer first: this computer, a hosted service, the operator."""

    def __init__(self, desk: Desk, decision: DecisionId, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view: ReceiptView | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("receipt", "Receipt"))
        self.setObjectName("receipt")
        self.resize(560, 560)
        body = QWidget()
        self.inside = QVBoxLayout(body)
        self.inside.setContentsMargins(24, 20, 24, 20)
        self.inside.setSpacing(10)
        self.copy_button = Button(desk.theme, say("receipt", "Copy as text"), icon=Icon.COPY)
        self.copy_button.setEnabled(False)
        self.copy_button.clicked.connect(self._copy)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(body), 1)
        outside.addWidget(Rule(desk.theme))
        outside.addLayout(row(self.copy_button, None, close, margins=(24, 12, 24, 12)))
        desk.ask(
            self,
            "receipt",
            lambda console: history_commands.receipt(console, decision),
            self._show,
            self._missing,
        )

    def _show(self, view: ReceiptView) -> None:
        self.view = view
        theme = self._desk.theme
        clear_layout(self.inside)
        self.inside.addWidget(
            label(
                say("receipt", "Receipt {n} of {artist}", n=view.n, artist=view.artist_name), TextRole.SECTION
            )
        )
        signed = say("receipt", "Signed by {signer}", signer=view.signer)
        tint, icon = (Tint.INFO, Icon.SHIELD) if view.genuine else (Tint.DENY, Icon.TRIANGLE)
        self.inside.addWidget(Note(theme, signed, tint, icon))
        facts = KeyValues(theme)
        for name, said in view.lines:
            facts.add(name, said)
        facts.add(say("receipt", "Place in the ledger"), self._desk.figures.number(view.n))
        facts.add(say("receipt", "Head of the ledger"), view.head, copy=True)
        facts.add(say("receipt", "Key of the signer"), view.fingerprint, copy=True)
        self.inside.addWidget(facts)
        self.inside.addWidget(label(say("receipt", "What was checked"), weight="strong"))
        for check in view.checks:
            tint, icon = (Tint.INFO, Icon.CHECK) if check.passed else (Tint.DENY, Icon.TRIANGLE)
            self.inside.addWidget(Note(theme, check.words, tint, icon))
        self.inside.addStretch(1)
        self.copy_button.setEnabled(True)

    def _missing(self, problem: Problem) -> None:
        clear_layout(self.inside)
        self.inside.addWidget(label(say("receipt", "No receipt yet"), TextRole.SECTION))
        self.inside.addWidget(label(problem_words(problem), tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)

    def _copy(self) -> None:
        if self.view is not None:
            QApplication.clipboard().setText(self.view.jws)
