"""Replacing the key that signs the reports of this profile: why decides what others have to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.key_rotation import KeyReplaced, KeyReplacing
from artist_console.domain.problems import Problem
from artist_console.ui.background import Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.key_words import KeyWords
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Note

_BELOW_A_CHOICE = 27  # where its words begin


class ReplaceKeyDialog(Sheet):
    """Nothing is chosen at first; once it is done the words of the new key are shown."""

    replaced = Signal()

    def __init__(self, desk: Desk, replacing: Callable[[], KeyReplacing], parent: QWidget) -> None:
        title = say("replace-key", "Replace the key that signs your reports?")
        super().__init__(desk.theme, "replace-key", title, 600, 540, parent)
        self._desk = desk
        self._replacing = replacing
        theme = desk.theme
        lead = say(
            "replace-key",
            "Reports that you make from now on are signed with a new key. What you signed before stays as it"
            " is, receipts are not concerned, and a recovery code that you have opens the new key too.",
        )
        self.inside.addWidget(label(lead, tone=Token.TEXT_2, wrap=True))
        self.handing_over = RadioButton(theme, say("replace-key", "Nobody else has the present key"))
        means = say(
            "replace-key",
            "Both keys sign that the new one follows. Your reports carry that, and whoever knows the present"
            " key knows the new one. They need not compare anything.",
        )
        self.taking_back = RadioButton(theme, say("replace-key", "Somebody else may have the present key"))
        ends = say(
            "replace-key",
            "The present key says of itself that it is no longer good, and hands nothing over: a thief could"
            " sign a handover, too. Give your new card to everybody who knows you; they compare the new"
            " words with you. Your earlier reports no longer count as by somebody known there.",
        )
        one_of(self.handing_over, self.taking_back)
        for choice, words in ((self.handing_over, means), (self.taking_back, ends)):
            choice.toggled.connect(self._follow)
            self.inside.addWidget(choice)
            told = label(words, tone=Token.TEXT_2, wrap=True)
            self.inside.addLayout(row(told, margins=(_BELOW_A_CHOICE, 0, 0, 6)))
        self.reason = QLineEdit()
        hint = say("replace-key", "Others read it.")
        self.reason_field = Field(theme, say("replace-key", "Why, if you want to say it"), self.reason, hint)
        self.inside.addWidget(self.reason_field)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_field = Field(
            theme, say("replace-key", "Passphrase of this profile"), self.passphrase
        )
        self.passphrase_field.hide()
        self.inside.addWidget(self.passphrase_field)
        self.inside.addStretch(1)
        self.cancel = Button(theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.replace = Button(theme, say("replace-key", "Replace the key"), ButtonKind.PRIMARY, Icon.KEY)
        self.replace.clicked.connect(self._replace)
        self.set_buttons(None, self.cancel, self.replace, safe=self.cancel)
        self._follow()
        desk.background.job(
            lambda _progress: replacing().needs_passphrase(), self._ask_passphrase, self._failed
        )

    def _ask_passphrase(self, needed: bool) -> None:
        self.passphrase_field.setVisible(needed)

    def _follow(self) -> None:
        self.reason_field.setVisible(self.taking_back.isChecked())
        self.replace.setEnabled(self.handing_over.isChecked() or self.taking_back.isChecked())

    def _replace(self) -> None:
        taken_back = self.reason.text() if self.taking_back.isChecked() else None
        replacing, word = self._replacing, self.passphrase.text()

        def work(_progress: Progress) -> KeyReplaced:
            return replacing().replace(taken_back, word)

        self.show_problem("")
        self.replace.setEnabled(False)
        self._desk.background.job(work, self._done, self._failed)

    def _done(self, done: KeyReplaced) -> None:
        theme = self._desk.theme
        clear_layout(self.inside)
        self.set_heading(say("replace-key", "A new key signs your reports"))
        self.inside.addWidget(label(say("replace-key", "Words to compare"), weight="strong"))
        self.inside.addWidget(KeyWords(theme, done.fingerprint))
        told = (
            say(
                "replace-key",
                "Whoever knows your former key knows this one, as soon as they open a report or a card that"
                " you make from now on.",
            )
            if done.handed_over
            else say(
                "replace-key",
                "Save your new card and give it to everybody who knew you by the former key, and read these"
                " words to them.",
            )
        )
        self.inside.addWidget(Note(theme, told, Tint.INFO, Icon.INFO))
        self.inside.addStretch(1)
        self.replace.hide()
        self.cancel.set_words(say("dialog", "Close"))
        self.cancel.setFocus()
        self.replaced.emit()

    def _failed(self, problem: Problem) -> None:
        self._follow()
        self.show_problem(problem_words(problem))
