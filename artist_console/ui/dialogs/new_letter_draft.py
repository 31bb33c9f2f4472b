"""One draft, unfolded: warnings above it, its words to be changed, what was left out and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands.letter_drafts import Draft
from artist_console.ui.desk import Desk
from artist_console.ui.direction import write_left_to_right
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.pages.case_letters import about_letter, address_words, not_legal_advice
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import CheckBox, LinkButton
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.inset import below_fold
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, Note

_TEXT_HEIGHT = 300
_LEFT_OUT_SHOWN = 100


class DraftView(QWidget):
    """What stands in the fields is what will be kept; the words of the template come back with one press."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        draft: Draft,
        parent: QWidget | None = None,
        *,
        kept: bool = True,
        written: tuple[str, str] | None = None,
    ) -> None:
        """`written`: subject and text as the person changed them before."""
        super().__init__(parent)
        self._desk, self.draft = desk, draft
        theme, letter = desk.theme, draft.letter
        layout = column(gap=8)
        for words in draft.cautions:
            layout.addWidget(Note(theme, words, Tint.ASK, Icon.TRIANGLE))
        for words in draft.warnings:
            if words in draft.notes:
                layout.addWidget(Note(theme, words, Tint.NEUTRAL, Icon.INFO))
        if draft.left_out:
            layout.addWidget(self._left_out())
        signer = say("new-letter", "To be signed by {name}.", name=isolate(letter.signed_by))
        layout.addWidget(label(address_words(letter), tone=Token.TEXT_2, wrap=True, selectable=True))
        layout.addWidget(label(signer, tone=Token.TEXT_2, wrap=True))
        subject, text = written if written is not None else (letter.subject, letter.text)
        self.subject = QLineEdit(subject)
        self.text = QPlainTextEdit(text)
        write_left_to_right(self.text.document())
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(_TEXT_HEIGHT))
        self.subject.textChanged.connect(self._follow)
        self.text.textChanged.connect(self._follow)
        self.subject_field = Field(theme, say("new-letter", "Subject"), self.subject)
        self.text_field = Field(theme, say("new-letter", "Text"), self.text)
        layout.addWidget(self.subject_field)
        layout.addWidget(self.text_field)
        self.edited = Note(theme, say("new-letter", "You changed its words."), Tint.INFO, Icon.PEN)
        self.back = LinkButton(theme, say("new-letter", "Take the words of the template again"))
        self.back.clicked.connect(self._take_back)
        marked = row(self.edited, self.back, gap=12)
        marked.setStretch(0, 1)
        layout.addLayout(marked)
        if draft.attachments:
            names = ", ".join(isolate(file.name) for file in draft.attachments)
            words = say("new-letter", "Goes along: {files}.", files=names)
            layout.addWidget(Note(theme, words, Tint.NEUTRAL, Icon.DOCUMENT))
        facts = " ".join((*about_letter(desk, letter), not_legal_advice()))
        layout.addWidget(label(facts, TextRole.SMALL, Token.TEXT_3, wrap=True))
        self.keep = CheckBox(theme, say("new-letter", "Keep this letter"))
        self.keep.setChecked(kept)
        layout.addWidget(self.keep)
        self.setLayout(layout)
        self._follow()

    def _left_out(self) -> Disclosure:
        """Title and reason of each work that is not named."""
        found = self.draft.left_out
        box = QWidget()
        lines = column(gap=2)
        for each in found[:_LEFT_OUT_SHOWN]:
            words = say(
                "new-letter", "{title}: {reason}", title=isolate(each.title), reason=sentence(each.reason)
            )
            lines.addWidget(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True))
        if len(found) > _LEFT_OUT_SHOWN:
            rest = say("new-letter", "… and {n} more", n=len(found) - _LEFT_OUT_SHOWN)
            lines.addWidget(label(rest, TextRole.SMALL, Token.TEXT_3))
        box.setLayout(below_fold(self._desk.theme, lines))
        words = say_count("new-letter", "1 work left out, and why", "{n} works left out, and why", len(found))
        return Disclosure(self._desk.theme, words, box)

    @property
    def words(self) -> tuple[str, str]:
        """Subject and text as they stand."""
        return self.subject.text().strip(), self.text.toPlainText()

    @property
    def is_edited(self) -> bool:
        return self.words != (self.draft.letter.subject.strip(), self.draft.letter.text)

    @property
    def is_whole(self) -> bool:
        """Whether it can be kept; one that is not to be kept may be empty."""
        subject, text = self.words
        return not self.keep.isChecked() or bool(subject and text.strip())

    def write(self, words: tuple[str, str]) -> None:
        """Other words in its fields."""
        self.subject.setText(words[0])
        self.text.setPlainText(words[1])

    def _take_back(self) -> None:
        self.write((self.draft.letter.subject, self.draft.letter.text))
        self.subject.setFocus()

    def _follow(self) -> None:
        subject, text = self.words
        self.subject_field.show_fault("" if subject else say("new-letter", "Write a subject."))
        self.text_field.show_fault("" if text.strip() else say("new-letter", "Write the letter."))
        self.edited.setVisible(self.is_edited)
        self.back.setVisible(self.is_edited)
        self.changed.emit()
