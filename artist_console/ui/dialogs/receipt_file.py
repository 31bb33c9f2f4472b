"""A receipt that somebody handed over: what came of checking it, and what it says. No account, no network."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from artist_console.commands import receipt_checks
from artist_console.commands.receipt_checks import CheckedReceipt, ReceiptVerdict
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.receipt_parts import check_look, long_value
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Banner, Card
from artist_console.ui.widgets.sections import KeyValues, Note

# Longer than a line, and compared by machine rather than by eye.
_LONG = frozenset({"Head of the ledger"})


class ReceiptFileDialog(Sheet):
    """The result first, then what was checked, then what the file says."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        title = say("receipt-file", "Receipt {file}", file=path.name)
        super().__init__(desk.theme, "receipt-file", title, 660, 680, parent)
        self._desk = desk
        self.found: CheckedReceipt | None = None
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        desk.ask(
            self,
            "check",
            lambda console: receipt_checks.check_file_in(console, path),
            self._show,
            self._unreadable,
        )

    def _show(self, found: CheckedReceipt) -> None:
        self.found = found
        theme = self._desk.theme
        tint, icon, means = _look(found.verdict)
        self.inside.addWidget(Banner(theme, tint, icon, domain_words(found.headline).rstrip("."), means))
        checks = Card(theme, say("receipt-file", "What was checked"))
        for check in found.checks:
            check_icon, check_tint = check_look(check)
            checks.add(Note(theme, domain_words(check.words), check_tint, check_icon))
        self.inside.addWidget(checks)
        if found.lines:
            self.inside.addWidget(self._content(found))
        if found.does_not_tell:
            rest = Card(theme, say("receipt-file", "What this does not tell you"))
            for words in found.does_not_tell:
                rest.add(label(domain_words(words), TextRole.BODY, Token.TEXT_2, wrap=True))
            self.inside.addWidget(rest)
        self.inside.addStretch(1)

    def _content(self, found: CheckedReceipt) -> Card:
        theme = self._desk.theme
        good = found.verdict in (ReceiptVerdict.GENUINE, ReceiptVerdict.SIGNER_UNKNOWN)
        title = (
            say("receipt-file", "What it says") if good else say("receipt-file", "Not verified: what it says")
        )
        card = Card(theme, title)
        values = KeyValues(theme)
        for name, said in found.lines:
            if name not in _LONG:
                values.add(domain_words(name), said)
        if found.fingerprint:
            values.add(say("receipt-file", "Key of the signer"), found.fingerprint, copy=True)
        known = found.introduced_by or say("receipt-file", "nobody here")
        values.add(say("receipt-file", "Known by"), domain_words(known))
        card.add(values)
        for name, said in found.lines:
            if name in _LONG:
                card.body.addLayout(long_value(theme, domain_words(name), said))
        return card

    def _unreadable(self, problem: Problem) -> None:
        self.inside.addWidget(label(problem_words(problem), tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)


def _look(verdict: ReceiptVerdict) -> tuple[Tint, Icon, str]:
    match verdict:
        case ReceiptVerdict.GENUINE:
            means = say("receipt-file", "It proves what was recorded, not that anybody acted on it.")
            return Tint.INFO, Icon.SHIELD, means
        case ReceiptVerdict.SIGNER_UNKNOWN:
            means = say("receipt-file", "Compare the key with what the signer tells you in another way.")
            return Tint.NEUTRAL, Icon.QUESTION, means
        case ReceiptVerdict.CHANGED:
            means = say("receipt-file", "Do not rely on it. Ask the sender for the file as it was saved.")
            return Tint.DENY, Icon.TRIANGLE, means
        case ReceiptVerdict.CANNOT_BE_CHECKED:
            means = say("receipt-file", "Ask the sender for the receipt with its proof.")
            return Tint.NEUTRAL, Icon.QUESTION, means
