"""A recovery code: made on request, told once, written down or printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from artist_console.commands.keys import RecoveryCodes
from artist_console.domain.problems import Problem
from artist_console.ui.background import Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note

_A_ROW = 4


class RecoveryCodeDialog(Sheet):
    """The code is shown as long as the dialog is open, and nowhere else."""

    made = Signal()

    def __init__(
        self,
        desk: Desk,
        codes: Callable[[], RecoveryCodes],
        parent: QWidget,
        ask_where: Callable[[QWidget], str] | None = None,
    ) -> None:
        super().__init__(desk.theme, "recovery-code", say("recovery", "Recovery code"), 600, 460, parent)
        self._desk = desk
        self._codes = codes
        self._ask_where = ask_where or _ask_where
        self._code = ""
        self.cancel = Button(desk.theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.make = Button(desk.theme, say("recovery", "Make a code"), ButtonKind.PRIMARY, Icon.KEY)
        self.make.clicked.connect(self._make)
        self.save = Button(desk.theme, say("recovery", "Save a page to print…"), icon=Icon.DOWNLOAD)
        self.save.clicked.connect(self._save)
        self.copy = Button(desk.theme, say("recovery", "Copy"), icon=Icon.COPY)
        self.copy.clicked.connect(self._copy)
        self.save.hide()
        self.copy.hide()
        self.make.setEnabled(False)
        self.set_buttons(self.cancel, None, self.copy, self.save, self.make, safe=self.cancel)
        desk.background.job(lambda _progress: codes().exists(), self._explain, self._failed)

    def _explain(self, exists: bool) -> None:
        clear_layout(self.inside)
        theme = self._desk.theme
        for said in (
            say(
                "recovery",
                "The keys that open this profile are kept on this computer. If they are lost (a new computer,"
                " a broken keyring, a forgotten passphrase), this code opens your decisions again.",
            ),
            say(
                "recovery",
                "Whoever has the code and your files can open them. Keep it where you keep contracts, away"
                " from this computer.",
            ),
        ):
            self.inside.addWidget(label(said, wrap=True))
        if exists:
            words = say(
                "recovery", "There is a code already. A new one ends it: the former opens nothing more."
            )
            self.inside.addWidget(Note(theme, words, Tint.ASK, Icon.INFO))
            self.make.set_words(say("recovery", "Make a new code"))
        self.inside.addStretch(1)
        self.make.setEnabled(True)

    def _make(self) -> None:
        self.make.setEnabled(False)
        self.show_problem("")
        codes = self._codes
        self._desk.background.job(lambda _progress: codes().make(), self._show_code, self._failed)

    def _show_code(self, code: str) -> None:
        self._code = code
        clear_layout(self.inside)
        card = Card(self._desk.theme)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        for number, group in enumerate(code.split("-")):
            told = label(group, TextRole.TITLE)
            told.setAccessibleName(say("recovery", "Group {n}: {signs}", n=number + 1, signs=" ".join(group)))
            place = column(label(str(number + 1), TextRole.SMALL, Token.TEXT_2), told, gap=0)
            grid.addLayout(place, number // _A_ROW, number % _A_ROW)
        card.body.addLayout(row(grid, None))
        self.inside.addWidget(card)
        words = say(
            "recovery", "It is told this once. Write it down or print it before you close this window."
        )
        self.inside.addWidget(Note(self._desk.theme, words, Tint.ASK, Icon.INFO))
        self.inside.addStretch(1)
        self.make.hide()
        self.copy.show()
        self.save.show()
        self.save.setFocus()
        self.cancel.set_words(say("recovery", "I have it, close"))
        self.made.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.copy.set_words(say("recovery", "Copied"))

    def _save(self) -> None:
        path = self._ask_where(self)
        if not path:
            return
        self.show_problem("")
        codes, code = self._codes, self._code

        def write(_progress: Progress) -> Path:
            codes().save_page(code, Path(path))
            return Path(path)

        self._desk.background.job(write, self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        words = say("recovery", "The page is in {name}. Print it, then delete the file.", name=path.name)
        self._desk.say(words)
        self.save.set_words(say("recovery", "Saved"))

    def _failed(self, problem: Problem) -> None:
        self.make.setEnabled(True)
        self.show_problem(problem_words(problem))


def _ask_where(parent: QWidget) -> str:
    path, _ = QFileDialog.getSaveFileName(
        parent, say("recovery", "Save a page to print"), "artist-console-recovery-code.html", "HTML (*.html)"
    )
    return path
