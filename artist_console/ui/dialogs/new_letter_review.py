"""The last step of a letter: every draft to be read and changed, grouped by addressee, before it is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.letter_drafts import Draft, Drafted, Group, NoDraft
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_letter_draft import DraftView
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import contact_words
from artist_console.ui.meanings import sentence
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.inset import below_fold, beside_scroll_bar
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note, SectionHeading
from artist_console.ui.widgets.states import StateStack

_DRAFTS_AT_FIRST = 12


class ReviewStep(QWidget):
    """Nothing is kept here. Whoever asks gets the drafts that are to be kept, as they were changed."""

    changed = Signal()
    retry = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.drafted: Drafted | None = None
        self.views: dict[str, DraftView] = {}  # by id of the letter, of those that were unfolded
        self._left: set[str] = set()  # ids of letters that are not to be kept
        theme = desk.theme
        self.counts = label("", weight="strong", wrap=True)
        self.advice = label("", tone=Token.TEXT_2, wrap=True)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(14)
        self._groups.setContentsMargins(0, 4, 0, 12)
        box = QWidget()
        box.setLayout(beside_scroll_bar(self._groups))
        self.area = scrolled(box)
        self.states = StateStack(theme, self.area)
        self.states.retry.connect(self.retry)
        layout = column(self.counts, self.advice, gap=4)
        layout.addWidget(self.states, 1)
        self.setLayout(layout)

    # What is to be kept

    @property
    def chosen(self) -> tuple[Draft, ...]:
        """The drafts that are to be kept, in their order, before any change of words."""
        if self.drafted is None:
            return ()
        return tuple(each for each in self.drafted.drafts if each.letter.id not in self._left)

    @property
    def edits(self) -> dict[str, tuple[str, str]]:
        """Subject and text of the letters whose words were changed."""
        return {id: view.words for id, view in self.views.items() if view.is_edited}

    @property
    def is_ready(self) -> bool:
        return bool(self.chosen) and all(view.is_whole for view in self.views.values())

    @property
    def missing(self) -> str:
        if self.drafted is None:
            return ""
        if not self.chosen:
            return say("new-letter", "No letter is left to be kept.")
        return "" if self.is_ready else say("new-letter", "A letter has no subject or no text.")

    def first_stop(self) -> QWidget:
        first = self.findChild(Disclosure)
        return first.line if first is not None else self

    # Showing

    def show_loading(self) -> None:
        self.drafted = None
        self.views, self._left = {}, set()
        self.counts.setText("")
        self.advice.show_words("")
        self.states.show_loading(say("new-letter", "Writing the drafts"))
        self.changed.emit()

    def show_drafted(self, drafted: Drafted) -> None:
        self.drafted = drafted
        clear_layout(self._groups)
        self.views, self._left = {}, set()
        self.counts.setText(self._count_words(drafted))
        words = say(
            "new-letter",
            "Drafts, not legal advice. Read each before you sign it. Nothing is sent from here.",
        )
        self.advice.show_words(words)
        alone = len(drafted.drafts) == 1
        for group in drafted.groups:
            self._groups.addWidget(self._group(group, alone=alone))
        if drafted.not_possible:
            self._add_not_possible(drafted.not_possible)
        self._groups.addStretch(1)
        if drafted.groups or drafted.not_possible:
            self.states.show_content()
        else:
            self.states.show_empty(say("new-letter", "Nothing could be drafted."))
        self.changed.emit()

    def _count_words(self, drafted: Drafted) -> str:
        letters = say_count("new-letter", "1 letter", "{n} letters", len(drafted.drafts))
        whom = say_count("new-letter", "1 addressee", "{n} addressees", len(drafted.groups))
        words = say("new-letter", "{letters} to {whom}", letters=letters, whom=whom)
        warned = sum(bool(each.warnings) for each in drafted.drafts)
        parts = [words]
        if warned:
            parts.append(say_count("new-letter", "1 with a warning", "{n} with a warning", warned))
        if drafted.not_possible:
            n = len(drafted.not_possible)
            parts.append(say_count("new-letter", "1 not possible", "{n} not possible", n))
        return " · ".join(parts)

    def _group(self, group: Group, *, alone: bool) -> QWidget:
        theme = self._desk.theme
        letters = say_count("new-letter", "1 letter", "{n} letters", len(group.drafts))
        title = say("new-letter", "{name} · {letters}", name=isolate(group.addressee.name), letters=letters)
        card = Card(theme, padding=16)
        card.setAccessibleName(title)
        card.body.setSpacing(6)
        card.add(SectionHeading(theme, title, small=True))
        contact = group.drafts[0].contact if group.drafts else None
        card.add(label(contact_words(contact), TextRole.SMALL, Token.TEXT_2, wrap=True))
        inside = QVBoxLayout()
        inside.setSpacing(2)
        card.body.addLayout(inside)
        self._add_drafts(inside, group.drafts[:_DRAFTS_AT_FIRST], alone=alone)
        rest = group.drafts[_DRAFTS_AT_FIRST:]
        if rest:
            more = LinkButton(theme, say("new-letter", "See all {n}", n=len(group.drafts)))
            more.setAccessibleName(say("new-letter", "See all letters to {name}", name=group.addressee.name))
            more.clicked.connect(partial(self._add_rest, inside, more, rest))
            card.body.addLayout(row(more, None))
        return card

    def _add_rest(self, inside: QVBoxLayout, more: LinkButton, rest: tuple[Draft, ...]) -> None:
        more.hide()
        self._add_drafts(inside, rest, alone=False)

    def _add_drafts(self, inside: QVBoxLayout, drafts: tuple[Draft, ...], *, alone: bool) -> None:
        for draft in drafts:
            inside.addWidget(self._draft(draft, is_open=alone))

    def _draft(self, draft: Draft, *, is_open: bool) -> QWidget:
        """A line that unfolds; what is in it is made when it is first opened."""
        box = QWidget()
        inside = column(margins=(0, 2, 0, 10))
        box.setLayout(below_fold(self._desk.theme, inside))
        fold = Disclosure(self._desk.theme, self._line_words(draft, edited=False), box)
        fold.setProperty("letter", draft.letter.id)

        def fill(opened: bool) -> None:
            if opened and draft.letter.id not in self.views:
                view = DraftView(self._desk, draft)
                view.changed.connect(partial(self._follow_view, fold, draft))
                view.keep.toggled.connect(partial(self._take_or_leave, draft.letter.id))
                self.views[draft.letter.id] = view
                inside.addWidget(view)

        fold.toggled.connect(fill)
        if is_open:
            fold.set_open(True)
        return fold

    def _line_words(self, draft: Draft, *, edited: bool) -> str:
        name, subject = draft.artist_name, draft.letter.subject
        told = subject.startswith(name)
        parts = [subject if told else say("new-letter", "{name}: {subject}", name=name, subject=subject)]
        if draft.warnings:
            n = len(draft.warnings)
            parts.append(say_count("new-letter", "1 warning", "{n} warnings", n))
        if draft.left_out:
            n = len(draft.left_out)
            parts.append(say_count("new-letter", "1 work left out", "{n} works left out", n))
        if edited:
            parts.append(say("new-letter", "changed by you"))
        if draft.letter.id in self._left:
            parts.append(say("new-letter", "not kept"))
        return " · ".join(parts)

    def _follow_view(self, fold: Disclosure, draft: Draft) -> None:
        view = self.views[draft.letter.id]
        fold.set_words(self._line_words(draft, edited=view.is_edited))
        self.changed.emit()

    def _take_or_leave(self, id: str, kept: bool) -> None:
        if kept:
            self._left.discard(id)
        else:
            self._left.add(id)
        view = self.views[id]
        view.changed.emit()

    def _add_not_possible(self, found: tuple[NoDraft, ...]) -> None:
        """By reason: the same one for twelve artists is read once."""
        theme = self._desk.theme
        by_reason: dict[str, list[NoDraft]] = {}
        for each in found:
            by_reason.setdefault(sentence(each.reason), []).append(each)
        n = len(found)
        words = say_count("new-letter", "1 letter is not possible", "{n} letters are not possible", n)
        self._groups.addWidget(SectionHeading(theme, words, small=True))
        for reason, held in by_reason.items():
            names = ", ".join(
                dict.fromkeys(
                    say("new-letter", "{artist} to {name}", artist=each.artist_name, name=each.addressee.name)
                    for each in held
                )
            )
            whose = label(names, TextRole.SMALL, Token.TEXT_3, wrap=True)
            note = Note(theme, reason, Tint.ASK, Icon.INFO)
            self._groups.addLayout(column(note, below_fold(theme, whose), gap=2))
