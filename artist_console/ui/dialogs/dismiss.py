"""Putting a finding aside: what that does, and a note why."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from artist_console.commands import findings as finding_commands
from artist_console.domain.finding import Finding
from artist_console.domain.finding_dismissed import Dismissal
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.sections import Note


class DismissDialog(Sheet):
    """It can be taken back; the note stays in the profile."""

    def __init__(self, desk: Desk, finding: Finding, parent: QWidget) -> None:
        super().__init__(desk.theme, "dismiss", say("findings", "Dismiss this finding"), 540, 420, parent)
        self._desk, self._finding = desk, finding
        self.inside.addWidget(label(sentence(finding.title), weight="strong", wrap=True))
        what = say(
            "findings",
            "It leaves Overview, the table of works and the counts. It comes back by itself when the facts "
            "behind it change, and you can restore it at any time.",
        )
        self.inside.addWidget(label(what, tone=Token.TEXT_2, wrap=True))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(desk.theme.px(84))
        hint = say("findings", "Such as: agreed by phone on 3 May. You can leave it empty.")
        self.inside.addWidget(Field(desk.theme, say("findings", "Why, for yourself"), self.note, hint))
        stays = say("findings", "The note stays in this profile. Nobody is told.")
        self.inside.addWidget(Note(desk.theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addStretch(1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.dismiss = Button(desk.theme, say("findings", "Dismiss the finding"), ButtonKind.PRIMARY)
        self.dismiss.clicked.connect(self._dismiss)
        self.set_buttons(None, cancel, self.dismiss, safe=cancel)
        self.note.setFocus()

    def _dismiss(self) -> None:
        id, note = self._finding.id, self.note.toPlainText()
        self.dismiss.setEnabled(False)
        self._desk.act(
            self,
            lambda console: finding_commands.dismiss_finding(console, id, note),
            self._done,
            self._failed,
        )

    def _done(self, _made: Dismissal) -> None:
        self._desk.say(
            say("findings", "Dismissed. It is kept under the dismissed findings."),
            say("findings", "Show them"),
            lambda: self._desk.sheet_wished.emit("findings/dismissed"),
        )
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.dismiss.setEnabled(True)
        self.show_problem(problem_words(problem))
