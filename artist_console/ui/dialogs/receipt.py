"""A receipt: signed proof of one decision, one page to read, check, copy and save."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLayout, QWidget

from artist_console.commands import history as history_commands
from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine, ReceiptView
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import elided, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, IconButton
from artist_console.ui.widgets.cards import Banner, Card
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import KeyValues, Note

# Longer than a line, and compared by machine rather than by eye.
_LONG = frozenset({"Head of the ledger"})


class ReceiptDialog(Sheet):
    """Names its signer first: this computer, a hosted service, the operator."""

    def __init__(self, desk: Desk, decision: DecisionId, parent: QWidget) -> None:
        super().__init__(desk.theme, "receipt", say("receipt", "Receipt"), 620, 660, parent)
        self._desk = desk
        self._decision = decision
        self.view: ReceiptView | None = None
        self.copy_button = Button(desk.theme, say("receipt", "Copy"), icon=Icon.COPY)
        self.copy_button.clicked.connect(self._copy)
        self.save_button = Button(desk.theme, say("receipt", "Save as file…"), icon=Icon.SAVE)
        self.save_button.clicked.connect(self._choose_file)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(False)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.copy_button, self.save_button, None, close, safe=close)
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
        self.set_heading(say("receipt", "Receipt {n} of {artist}", n=view.n, artist=view.artist_name))
        if view.genuine:
            title = say("receipt", "Unchanged since {signer} signed it", signer=view.signer)
            detail = say("receipt", "It proves what was recorded, not that anybody acted on it.")
            banner = Banner(theme, Tint.INFO, Icon.SHIELD, title, detail)
        elif not view.signer_known and not any(_failed_outright(check) for check in view.checks):
            title = say("receipt", "Unchanged since it was signed, signer not known to you")
            detail = say("receipt", "Ask who signed it for the fingerprint of their key, and compare.")
            banner = Banner(theme, Tint.NEUTRAL, Icon.QUESTION, title, detail)
        else:
            title = say("receipt", "It cannot be relied on")
            detail = next((c.words for c in view.checks if _failed_outright(c)), "")
            banner = Banner(theme, Tint.DENY, Icon.TRIANGLE, title, domain_words(detail))
        self.inside.addWidget(banner)
        facts = KeyValues(theme)
        for name, said in view.lines:
            if name not in _LONG:
                facts.add(domain_words(name), said)
        if view.fingerprint:
            facts.add(say("receipt", "Key of the signer"), view.fingerprint, copy=True)
        card = Card(theme)
        card.add(facts)
        for name, said in view.lines:
            if name in _LONG:
                card.body.addLayout(self._long_value(domain_words(name), said))
        self.inside.addWidget(card)
        checks = Card(theme, say("receipt", "What was checked"))
        for check in view.checks:
            icon, tint = _check_look(check)
            checks.add(Note(theme, domain_words(check.words), tint, icon))
        self.inside.addWidget(checks)
        self.inside.addStretch(1)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(True)

    def _long_value(self, name: str, value: str) -> QLayout:
        """Both ends of a hash, and all of it to copy."""
        copy = IconButton(self._desk.theme, Icon.COPY, say("receipt", "Copy {name}", name=name))
        copy.clicked.connect(partial(QApplication.clipboard().setText, value))
        shown = elided(value, TextRole.BODY, middle=True)
        shown.setAccessibleName(say("receipt", "{name}: {value}", name=name, value=value))
        line = row(label(name, TextRole.SMALL, Token.TEXT_3), gap=16)
        line.addWidget(shown, 1)
        line.addWidget(copy)
        return line

    def _missing(self, problem: Problem) -> None:
        clear_layout(self.inside)
        self.set_heading(say("receipt", "No receipt yet"))
        self.inside.addWidget(label(problem_words(problem), tone=Token.TEXT_2, wrap=True))
        told = say("receipt", "Recorded on this computer. Nobody has been told until a receipt is here.")
        self.inside.addWidget(label(told, TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)

    # Copy and save

    def as_text(self) -> str:
        """The page in words, then the signed receipt itself."""
        view = self.view
        if view is None:
            return ""
        lines = [self.windowTitle(), ""]
        lines += [say("receipt", "{name}: {value}", name=name, value=said) for name, said in view.lines]
        lines += ["", *(check.words for check in view.checks), "", view.jws]
        return "\n".join(lines)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.as_text())
        self._desk.say(say("receipt", "The receipt was copied."))

    def _choose_file(self) -> None:
        view = self.view
        if view is None:
            return
        dialog = QFileDialog(self, say("receipt", "Save the receipt"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(
            say("receipt", "{artist} - receipt {n}.jws", artist=view.artist_name, n=view.n).replace("/", "-")
        )
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the signed receipt as it came from its signer."""
        target = Path(path)
        decision = self._decision

        def save(console: Console) -> Path:
            return history_commands.save_receipt(console, decision, target)

        self._desk.ask(self, "save", save, self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self._desk.say(say("receipt", "Saved as {file}.", file=path.name))

    def _not_saved(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def _failed_outright(check: CheckLine) -> bool:
    return not check.passed and not check.lacking


def _check_look(check: CheckLine) -> tuple[Icon, Tint]:
    if check.passed:
        return Icon.CHECK, Tint.INFO
    return (Icon.QUESTION, Tint.NEUTRAL) if check.lacking else (Icon.TRIANGLE, Tint.DENY)
