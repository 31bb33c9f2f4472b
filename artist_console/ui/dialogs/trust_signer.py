"""Making the signer of a file known here: the words to compare first, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands import signer_list
from artist_console.commands.console import Console, Result
from artist_console.commands.reports import TrustedSigner
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.key_words import KeyComparing
from artist_console.ui.widgets.sections import Note

Trust = Callable[[Console, str], Result[TrustedSigner]]  # takes the name that the person gives


class Signed(Protocol):
    """A file that was checked: what its signer calls themselves, and their key."""

    @property
    def signer(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...


class TrustSignerDialog(Sheet):
    """Nothing is decided by opening it; the name is the person's own for this signer."""

    def __init__(self, desk: Desk, report: Signed, parent: QWidget, trust: Trust) -> None:
        title = say("trust", "Trust this signer?")
        super().__init__(desk.theme, "trust-signer", title, 600, 740, parent)
        self._desk = desk
        self._make_known = trust
        theme = desk.theme
        claims = say(
            "trust",
            "Whoever made the file calls themselves {name}. That is their own word.",
            name=report.signer,
        )
        self.set_heading(title, claims)
        self.comparing = KeyComparing(theme, report.fingerprint)
        self.fingerprint = self.comparing.words.digits
        self.comparing.changed.connect(self._follow)
        self.inside.addWidget(self.comparing)
        self.name = QLineEdit(report.signer)
        self.name_field = Field(theme, say("trust", "Their name, as you know them"), self.name)
        self.inside.addWidget(self.name_field)
        self.inside.addWidget(label(say("trust", "What it means"), weight="strong"))
        for words, icon in (
            (
                say(
                    "trust",
                    "From now on, reports and receipts with this key count as by somebody you know, and so do"
                    " those with a later key that this one hands over to.",
                ),
                Icon.SHIELD,
            ),
            (say("trust", "It does not make what they say true."), Icon.INFO),
            (
                say(
                    "trust",
                    "Where you did not compare, the list of signers and every check say so. It applies to"
                    " this profile only, nobody is told, and Settings takes it back.",
                ),
                Icon.COMPUTER,
            ),
        ):
            self.inside.addWidget(Note(theme, words, Tint.NEUTRAL, icon))
        self.inside.addStretch(1)
        self.trust_button = Button(theme, say("trust", "Trust this signer"), ButtonKind.PRIMARY)
        self.trust_button.clicked.connect(self._trust)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.set_buttons(None, cancel, self.trust_button, safe=cancel)
        self._follow()

    def _follow(self) -> None:
        self.trust_button.setEnabled(self.comparing.answer is not None)

    def _trust(self) -> None:
        trust, name, compared = self._make_known, self.name.text().strip(), self.comparing.answer
        if not name:
            self.name_field.show_fault(say("trust", "Write the name that you know them by"))
            self.name.setFocus()
            return

        def make_known(console: Console) -> Result[TrustedSigner]:
            done = trust(console, name)
            if compared:
                signer_list.mark_compared(console, done.value.kid)
            return done

        self.trust_button.setEnabled(False)
        self._desk.act(self, make_known, self._done, self._fail)

    def _done(self, signer: TrustedSigner) -> None:
        self._desk.say(say("trust", "{name} is known to you now.", name=signer.name))
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self.trust_button.setEnabled(True)
        self.show_problem(problem_words(problem))
