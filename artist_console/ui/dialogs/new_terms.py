"""New terms of a programme: the former and the new text side by side, a labelled summary, three answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from artist_console.commands import new_terms as new_terms_commands
from artist_console.commands.new_terms import NewTermsView, TextPart
from artist_console.commands.wishes import Wish
from artist_console.domain.ids import ArtistId, TermsId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.receipt_parts import long_value
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Disclosure, Note


def hash_name() -> str:
    return say("terms", "Hash of the text")


def what_the_hash_is() -> str:
    """The one sentence that explains it, wherever it stands."""
    return say(
        "terms",
        "The hash (SHA-256) is worked out from every letter of the text: a yes binds to it, and another text"
        " has another one.",
    )


def not_the_text() -> str:
    return say(
        "terms",
        "The text kept here does not have this hash. Do not rely on it: ask the operator for the text.",
    )


class MarkedText(QPlainTextEdit):
    """A text to read, its changed sentences marked by a background and a bar, and named as changed."""

    def __init__(self, theme: Theme, name: str, parts: Sequence[TextPart]) -> None:
        super().__init__()
        self._theme = theme
        self._parts = tuple(parts)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setMinimumHeight(170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._write)
        self._write()

    def _write(self) -> None:
        self.clear()
        cursor = self.textCursor()
        ask = self._theme.tint(Tint.ASK)
        for number, part in enumerate(self._parts):
            if number:
                clause = part.words[:1].isdigit()
                cursor.insertText("\n\n" if clause else " ", QTextCharFormat())
            looks = QTextCharFormat()
            if part.changed:
                looks.setBackground(ask.back)
                looks.setForeground(ask.on_back)
                looks.setFontUnderline(True)
                looks.setUnderlineColor(QColor(ask.solid))
            cursor.insertText(part.words, looks)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setAccessibleDescription(self.changes)

    @property
    def changes(self) -> str:
        """How many sentences are marked, and how."""
        changed = sum(part.changed for part in self._parts)
        if not changed:
            return say("terms", "No sentence differs")
        return say_count(
            "terms", "1 changed sentence, underlined", "{n} changed sentences, underlined", changed
        )


class NewTermsDialog(Sheet):
    """Three answers of the same size: allow under the new terms, refuse, leave undecided."""

    def __init__(self, desk: Desk, artist: ArtistId, terms: TermsId, parent: QWidget) -> None:
        super().__init__(desk.theme, "new-terms", say("terms", "New terms"), 880, 640, parent, scrolls=False)
        self._desk = desk
        self.view: NewTermsView | None = None
        theme = desk.theme
        self.later = Button(theme, say("terms", "Not now"))
        self.later.clicked.connect(self.reject)
        self.refuse = Button(theme, say("terms", "Refuse this programme"), icon=Icon.CROSS)
        self.refuse.clicked.connect(self._refuse)
        self.undecide = Button(theme, say("terms", "Leave undecided"), icon=Icon.QUESTION)
        self.undecide.clicked.connect(self._leave_undecided)
        self.allow = Button(theme, say("terms", "Allow under the new terms…"), icon=Icon.CHECK)
        self.allow.clicked.connect(self._allow)
        for button in (self.refuse, self.undecide, self.allow):
            button.setEnabled(False)
        self.set_buttons(self.later, None, self.refuse, self.undecide, self.allow, safe=self.later)
        desk.ask(
            self,
            "terms",
            lambda console: new_terms_commands.new_terms(console, artist, terms),
            self._show,
            self._failed,
        )

    def _show(self, view: NewTermsView) -> None:
        self.view = view
        theme, figures = self._desk.theme, self._desk.figures
        clear_layout(self.inside)
        day = figures.day(view.new.effective_from)
        self.set_heading(
            say("terms", "New terms of {programme}", programme=view.programme),
            say(
                "terms",
                "Version {n} holds since {day}. Your yes was for an earlier version.",
                n=view.new.number,
                day=day,
            )
            if view.in_effect
            else say(
                "terms",
                "Version {n} takes effect on {day}. Your yes is for the version before.",
                n=view.new.number,
                day=day,
            ),
        )
        if view.new.summary:
            said = say("terms", "Summary, not the terms themselves: {summary}", summary=view.new.summary)
            self.inside.addWidget(Note(theme, said, Tint.INFO, Icon.INFO))
        old_name = say("terms", "Until now")
        if view.old is not None:
            old_name = say(
                "terms",
                "Version {n}, from {day}",
                n=view.old.number,
                day=figures.day(view.old.effective_from),
            )
        self.old_text = MarkedText(theme, old_name, view.old_parts)
        new_name = say("terms", "Version {n}, from {day}", n=view.new.number, day=day)
        self.new_text = MarkedText(theme, new_name, view.new_parts)
        old, new = _headed(old_name, self.old_text), _headed(new_name, self.new_text)
        self.inside.addLayout(row(old, new, gap=16), 1)
        self.inside.addLayout(long_value(theme, hash_name(), view.new.text_sha256))
        binds = say(
            "terms",
            "Your answer binds to this text of version {n}. Its hash (SHA-256) is worked out from every"
            " letter: another text has another one.",
            n=view.new.number,
        )
        self.inside.addWidget(label(binds, TextRole.SMALL, Token.TEXT_2, wrap=True))
        if not view.fits_its_hash:
            self.inside.addWidget(Note(theme, not_the_text(), Tint.DENY, Icon.TRIANGLE))
        concerned = say_count(
            "terms", "It concerns 1 answer of yours", "It concerns {n} answers of yours", len(view.concerned)
        )
        listed = label("\n".join(view.concerned), TextRole.SMALL, Token.TEXT_2, wrap=True)
        folded = Disclosure(theme, concerned, listed)
        self.inside.addWidget(folded)
        self.inside.addWidget(
            Note(
                theme,
                say("terms", "No answer: nothing is allowed under the new terms."),
                Tint.NEUTRAL,
                Icon.INFO,
            )
        )
        for button in (self.refuse, self.undecide):
            button.setEnabled(True)
        self.undecide.setEnabled(bool(view.clears))
        self.allow.setEnabled(bool(view.allows or view.one_by_one))

    def _allow(self) -> None:
        if self.view is not None:
            # Voice and likeness go along so that the review names them as left out.
            self._review((*self.view.allows, *self.view.one_by_one))

    def _leave_undecided(self) -> None:
        if self.view is not None:
            self._review(self.view.clears)

    def _review(self, wishes: Sequence[Wish]) -> None:
        """The answer passes the review; this closes once something is confirmed there."""
        dialog = ReviewDialog(self._desk, wishes, self)
        dialog.confirmed.connect(self._answered)
        dialog.open()

    def _refuse(self) -> None:
        if self.view is not None:
            self.accept()
            self._desk.decide([self.view.refusal])

    def _answered(self, decisions: Sequence[object]) -> None:
        said = say_count("terms", "1 answer recorded.", "{n} answers recorded.", len(decisions))
        self._desk.say(said, say("deciding", "Undo"), self._desk.undo)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def _headed(title: str, text: MarkedText) -> QWidget:
    """The text below its version, and how many of its sentences the other one has not."""
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(4)
    lines.addWidget(label(title, weight="strong", wrap=True))
    lines.addWidget(label(text.changes, TextRole.SMALL, Token.TEXT_2))
    lines.addWidget(text, 1)
    return made
