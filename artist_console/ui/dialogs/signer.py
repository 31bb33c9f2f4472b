"""One signer of the list: the words of the key, how it was introduced, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands import signer_list
from artist_console.commands.console import Console, Result
from artist_console.commands.signer_list import ListedSigner
from artist_console.commands.signers import NOT_COMPARED, How, Signs
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.signer_words import introduced_words, own_name, past_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.key_words import KeyComparing, KeyWords
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import KeyValues, Note, Rule

_COULD_BE_COMPARED = (*NOT_COMPARED, How.HANDOVER)


class SignerDialog(Sheet):
    """Each change applies at once; the dialog stays open on it, and closes once the signer is let go."""

    def __init__(self, desk: Desk, signer: ListedSigner, parent: QWidget) -> None:
        super().__init__(desk.theme, "signer", signer.name, 600, 420 if signer.own else 720, parent)
        self._desk = desk
        self.signer = signer
        theme = desk.theme
        self.facts = KeyValues(theme)
        self.inside.addWidget(self.facts)
        self.past = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.inside.addWidget(self.past)
        self.comparing: KeyComparing | None = None
        if signer.own:
            self.inside.addWidget(label(say("signer", "Words to compare"), weight="strong"))
            self.inside.addWidget(KeyWords(theme, signer.fingerprint))
            self.inside.addWidget(label(self._own_words(), tone=Token.TEXT_2, wrap=True))
        else:
            self._add_for_others()
        self.inside.addStretch(1)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.forget = Button(theme, say("signer", "Stop trusting"))
        self.forget.clicked.connect(self._forget)
        self.forget.setVisible(not signer.own)
        self.set_buttons(self.forget, None, close, safe=close)
        self._show(signer)

    def _add_for_others(self) -> None:
        theme, signer = self._desk.theme, self.signer
        self.comparing = KeyComparing(theme, signer.fingerprint)
        self.comparing.not_compared.hide()
        self.comparing.changed.connect(self._compared)
        self.inside.addWidget(self.comparing)
        self.inside.addWidget(Rule(theme))
        self.name = QLineEdit(signer.name)
        self.name.editingFinished.connect(self._rename)
        self.name_field = Field(theme, say("signer", "Their name, as you know them"), self.name)
        self.inside.addWidget(self.name_field)
        self.inside.addWidget(Rule(theme))
        self.inside.addWidget(label(say("signer", "No longer good"), weight="strong"))
        means = say(
            "signer",
            "Mark the key where somebody else may have it, or where you no longer believe it. What it signed"
            " then counts as by nobody you know, also what is older: whoever has a key can write any day."
            " The mark stays here; nobody is told.",
        )
        self.inside.addWidget(label(means, tone=Token.TEXT_2, wrap=True))
        self.reason = QLineEdit()
        self.reason_field = Field(theme, say("signer", "Why, for yourself"), self.reason)
        self.inside.addWidget(self.reason_field)
        self.mark = Button(theme, say("signer", "Mark as no longer good"), icon=Icon.CROSS)
        self.mark.clicked.connect(self._mark)
        self.unmark = Button(theme, say("signer", "Take the mark off"), icon=Icon.UNDO)
        self.unmark.clicked.connect(self._unmark)
        self.inside.addLayout(row(self.mark, self.unmark, None))
        forgets = say(
            "signer",
            "“Stop trusting” takes this signer off the list. Their reports open as before, by somebody who is"
            " not known to you.",
        )
        self.inside.addWidget(Note(theme, forgets, Tint.NEUTRAL, Icon.INFO))

    def _own_words(self) -> str:
        match self.signer.signs:
            case Signs.REPORTS if self.signer.replaced is None and self.signer.is_good:
                return say("signer", "It signs your reports and evidence files.")
            case Signs.REPORTS:
                return say("signer", "It signed your reports in its time. Those verify as before.")
            case _:
                return say("signer", "It signs the receipts of the service on this computer.")

    def _show(self, signer: ListedSigner) -> None:
        self.signer = signer
        figures = self._desk.figures
        self.set_heading(own_name(signer) if signer.own else signer.name)
        self.facts.clear()
        self.facts.add(say("signer", "Known since"), figures.day(signer.since))
        self.facts.add(say("signer", "Introduced by"), introduced_words(signer, figures))
        self.past.show_words(past_words(signer, figures))
        if self.comparing is None:
            return
        open_question = signer.how in _COULD_BE_COMPARED and signer.is_good
        self.comparing.compared.setVisible(open_question)
        self.comparing.typed_field.setVisible(open_question)
        marked = signer.revoked is not None
        self.mark.setVisible(not marked)
        self.reason_field.setVisible(not marked)
        self.unmark.setVisible(marked and not signer.revoked_by_itself)

    # Acts

    def _act(self, what: Callable[[Console], Result[ListedSigner]]) -> None:
        self.show_problem("")
        self._desk.act(self, what, self._show, self._failed)

    def _compared(self) -> None:
        assert self.comparing is not None, "only others are compared"
        if self.comparing.answer and self.signer.how in _COULD_BE_COMPARED:
            kid = self.signer.kid
            self._act(lambda console: signer_list.mark_compared(console, kid))

    def _rename(self) -> None:
        name, kid = self.name.text().strip(), self.signer.kid
        self.name_field.show_fault("")
        if not name:
            self.name_field.show_fault(say("signer", "Write the name that you know them by"))
        elif name != self.signer.name:
            self._act(lambda console: signer_list.rename(console, kid, name))

    def _mark(self) -> None:
        kid, reason = self.signer.kid, self.reason.text()
        self._act(lambda console: signer_list.revoke(console, kid, reason))

    def _unmark(self) -> None:
        kid = self.signer.kid
        self._act(lambda console: signer_list.take_mark_off(console, kid))

    def _forget(self) -> None:
        kid = self.signer.kid
        self._desk.act(self, lambda console: signer_list.forget(console, kid), self._forgotten, self._failed)

    def _forgotten(self, _nothing: None) -> None:
        self._desk.say(say("signer", "{name} is not known to you any more.", name=self.signer.name))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
