"""The last step of a letter: every draft to be read and changed, grouped by addressee, before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.letter_drafts import Draft, Drafted, Group, NoDraft
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_letter_draft import DraftView
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import contact_words
from artist_console.ui.meanings import sentence
from artist_console.ui.pieces import Pieces
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.inset import below_fold, beside_scroll_bar
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note, SectionHeading
from artist_console.ui.widgets.states import StateStack

_DRAFTS_AT_FIRST = 12  # of an addressee; the others behind "See all"
_LINES_AT_FIRST = 8  # as many as are in sight
_LINES_A_TURN = 2  # some milliseconds each


Words = tuple[str, str]  # subject and text
LetterKey = tuple[LetterKind, ArtistId, str]  # kind, artist, id of the addressee


class HeldWords(NamedTuple):
    """What the person made of a draft."""

    of: Words  # as it was drafted
    words: Words  # as the person changed it


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
        self._written: dict[str, Words] = {}  # by id: the person's words of letters that are folded still
        self._held: dict[LetterKey, HeldWords] = {}  # the person's words of drafts that were made anew
        self._asked: dict[str, Words] = {}  # by id: the person's words, where the draft now reads otherwise
        self._left_before: set[LetterKey] = set()
        self._folds: dict[str, tuple[Disclosure, LinkButton]] = {}  # line of a letter, and "Leave out" in it
        self._rest: dict[LinkButton, Callable[[], None]] = {}  # how to show the letters behind "See all"
        self._lines = Pieces(self, _LINES_A_TURN)
        self._openings = Pieces(self)
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
        self.unfold = LinkButton(theme, say("new-letter", "Unfold all"))
        self.unfold.clicked.connect(self.unfold_all)
        self.fold = LinkButton(theme, say("new-letter", "Fold all"))
        self.fold.clicked.connect(self.fold_all)
        head = row(self.counts, self.unfold, self.fold, gap=12)
        head.setStretch(0, 1)
        self.changed_words = Note(theme, "", Tint.ASK, Icon.PEN)
        self.keep_words = LinkButton(theme, say("new-letter", "Keep my words"))
        self.keep_words.clicked.connect(partial(self._answer, mine=True))
        self.use_new = LinkButton(theme, say("new-letter", "Use the new draft"))
        self.use_new.clicked.connect(partial(self._answer, mine=False))
        self.question = QWidget()
        line = row(self.changed_words, self.keep_words, self.use_new, gap=12)
        line.setStretch(0, 1)
        self.question.setLayout(line)
        self.question.hide()
        layout = column(head, self.advice, self.question, gap=4)
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
        folded = {id: words for id, words in self._written.items() if id not in self.views}
        return folded | {id: view.words for id, view in self.views.items() if view.is_edited}

    @property
    def letters_changed(self) -> int:
        """How many letters hold words of the person that are nowhere else."""
        shown = {self._key(each) for each in self._drafts if each.letter.id in self.edits}
        return len(shown | self._held.keys())

    @property
    def is_ready(self) -> bool:
        whole = all(view.is_whole for view in self.views.values())
        return bool(self.chosen) and whole and not self._asked

    @property
    def missing(self) -> str:
        if self.drafted is None:
            return ""
        if self._asked:
            return say("new-letter", "Say which words are to stay in the letters that you changed.")
        if not self.chosen:
            return say("new-letter", "No letter is left to be kept.")
        return "" if self.is_ready else say("new-letter", "A letter has no subject or no text.")

    def first_stop(self) -> QWidget:
        if self._asked:
            return self.keep_words
        # Not whatever is found first: drafts that were made anew are let go a moment later.
        first = next(iter(self._folds.values()), None)
        return first[0].line if first is not None else self

    # What the person wrote, when drafts are made anew

    @property
    def _drafts(self) -> tuple[Draft, ...]:
        return self.drafted.drafts if self.drafted is not None else ()

    @staticmethod
    def _key(draft: Draft) -> LetterKey:
        return draft.letter.kind, draft.letter.artist, draft.addressee.id

    def _hold_words(self) -> None:
        """Keep what was changed, with the words of the draft that it was changed from."""
        edits = self.edits
        for each in self._drafts:
            key, id = self._key(each), each.letter.id
            (self._left_before.add if id in self._left else self._left_before.discard)(key)
            if id in edits:
                self._held[key] = HeldWords((each.letter.subject, each.letter.text), edits[id])

    def _bring_back(self, drafted: Drafted) -> None:
        """Where a draft reads as before, the person's words stand again; where it does not, that is asked."""
        for each in drafted.drafts:
            key, id = self._key(each), each.letter.id
            if key in self._left_before:
                self._left.add(id)
            held = self._held.get(key)
            if held is None:
                continue
            if held.of == (each.letter.subject, each.letter.text):
                self._written[id] = held.words
                del self._held[key]
            else:
                self._asked[id] = held.words
        self._show_question()

    def _show_question(self) -> None:
        n = len(self._asked)
        self.question.setVisible(bool(n))
        words = say_count(
            "new-letter",
            "You changed 1 letter, and its draft now reads otherwise.",
            "You changed {n} letters, and their drafts now read otherwise.",
            n,
        )
        self.changed_words.show_words(words if n else "")

    def _answer(self, _on: bool = False, *, mine: bool) -> None:
        asked, self._asked = self._asked, {}
        for each in self._drafts:
            id = each.letter.id
            if id not in asked:
                continue
            self._held.pop(self._key(each), None)
            if mine:
                self._written[id] = asked[id]
                if id in self.views:
                    self.views[id].write(asked[id])
            if id in self._folds:
                self._show_line(each)
        self._show_question()
        self.changed.emit()
        self.first_stop().setFocus()

    # Showing

    def show_loading(self) -> None:
        self._forget()
        self.drafted = None
        self.counts.setText("")
        self.advice.show_words("")
        self._show_folding(0)
        self.states.show_loading(say("new-letter", "Writing the drafts"))
        self.changed.emit()

    def _forget(self) -> None:
        self._hold_words()
        self._lines.stop()
        self._openings.stop()
        clear_layout(self._groups)
        self.views, self._left, self._folds, self._rest = {}, set(), {}, {}
        self._written, self._asked = {}, {}
        self._show_question()

    def _show_folding(self, letters: int) -> None:
        self.unfold.setVisible(letters > 1)
        self.fold.setVisible(letters > 1)

    def show_drafted(self, drafted: Drafted) -> None:
        """The first letters at once, the others while the window goes on answering."""
        self._forget()
        self.drafted = drafted
        self._bring_back(drafted)
        self.counts.setText(self._count_words(drafted))
        words = say(
            "new-letter",
            "Drafts, not legal advice. Read each before you sign it. Nothing is sent from here.",
        )
        self.advice.show_words(words)
        self._show_folding(len(drafted.drafts))
        self._lines.start(self._steps(drafted), first=_LINES_AT_FIRST)
        if drafted.groups or drafted.not_possible:
            self.states.show_content()
        else:
            self.states.show_empty(say("new-letter", "Nothing could be drafted."))
        self.changed.emit()

    def _steps(self, drafted: Drafted) -> Iterator[Callable[[], None]]:
        """A step for each line; the card of a group comes with its first."""
        alone = len(drafted.drafts) == 1
        for group in drafted.groups:
            inside = QVBoxLayout()
            yield partial(self._add_group, group, inside)
            for draft in group.drafts[:_DRAFTS_AT_FIRST]:
                yield partial(self._add_draft, inside, draft, is_open=alone)
        if drafted.not_possible:
            yield partial(self._add_not_possible, drafted.not_possible)
        yield partial(self._groups.addStretch, 1)

    # Folding

    def unfold_all(self) -> None:
        """Every letter in full; those that were not looked at yet are made one after the other."""
        for show_rest in tuple(self._rest.values()):
            show_rest()
        self._openings.start(self._set_each(is_open=True))

    def fold_all(self) -> None:
        self._openings.start(())
        for fold, _leave in self._folds.values():
            fold.set_open(False)

    def _set_each(self, *, is_open: bool) -> Iterator[Callable[[], None]]:
        for draft in self.drafted.drafts if self.drafted is not None else ():
            yield partial(self._set_open, draft.letter.id, is_open=is_open)

    def _set_open(self, id: str, *, is_open: bool) -> None:
        if id in self._folds:
            self._folds[id][0].set_open(is_open)

    def _count_words(self, drafted: Drafted) -> str:
        letters = say_count("new-letter", "1 letter", "{n} letters", len(drafted.drafts))
        whom = say_count("new-letter", "1 addressee", "{n} addressees", len(drafted.groups))
        words = say("new-letter", "{letters} to {whom}", letters=letters, whom=whom)
        warned = sum(bool(each.cautions) for each in drafted.drafts)
        parts = [words] if drafted.drafts else []
        if warned:
            parts.append(say_count("new-letter", "1 with a warning", "{n} with a warning", warned))
        if drafted.not_possible:
            n = len(drafted.not_possible)
            parts.append(say_count("new-letter", "1 not possible", "{n} not possible", n))
        return " · ".join(parts)

    def _add_group(self, group: Group, inside: QVBoxLayout) -> None:
        theme = self._desk.theme
        letters = say_count("new-letter", "1 letter", "{n} letters", len(group.drafts))
        title = say("new-letter", "{name} · {letters}", name=isolate(group.addressee.name), letters=letters)
        card = Card(theme, padding=16)
        card.setAccessibleName(title)
        card.body.setSpacing(6)
        card.add(SectionHeading(theme, title, small=True))
        contact = group.drafts[0].contact if group.drafts else None
        card.add(label(contact_words(contact), TextRole.SMALL, Token.TEXT_2, wrap=True))
        inside.setSpacing(2)
        card.body.addLayout(inside)
        rest = group.drafts[_DRAFTS_AT_FIRST:]
        if rest:
            more = LinkButton(theme, say("new-letter", "See all {n}", n=len(group.drafts)))
            more.setAccessibleName(say("new-letter", "See all letters to {name}", name=group.addressee.name))
            self._rest[more] = partial(self._add_rest, inside, more, rest)
            more.clicked.connect(self._rest[more])
            card.body.addLayout(row(more, None))
        self._groups.addWidget(card)

    def _add_rest(self, inside: QVBoxLayout, more: LinkButton, rest: tuple[Draft, ...]) -> None:
        if self._rest.pop(more, None) is None:
            return
        more.hide()
        self._lines.add(partial(self._add_draft, inside, draft, is_open=False) for draft in rest)

    def _add_draft(self, inside: QVBoxLayout, draft: Draft, *, is_open: bool) -> None:
        """A line that unfolds; what is in it is made when it is first opened."""
        theme, id = self._desk.theme, draft.letter.id
        box = QWidget()
        within = column(margins=(0, 2, 0, 10))
        box.setLayout(below_fold(theme, within))
        fold = Disclosure(theme, self._line_words(draft, edited=False), box)
        fold.setProperty("letter", id)
        leave = LinkButton(theme, "")
        leave.clicked.connect(partial(self._turn, draft))
        fold.set_end(leave)
        leave.setVisible(not is_open)
        self._folds[id] = (fold, leave)

        def fill(opened: bool) -> None:
            if opened and id not in self.views:
                kept, written = id not in self._left, self._written.get(id)
                view = DraftView(self._desk, draft, kept=kept, written=written)
                view.changed.connect(partial(self._follow_draft, draft))
                view.keep.toggled.connect(partial(self._take_or_leave, draft))
                self.views[id] = view
                within.addWidget(view)

        fold.toggled.connect(fill)
        if is_open:
            fold.set_open(True)
        inside.addWidget(fold)
        self._show_line(draft)

    def _line_words(self, draft: Draft, *, edited: bool) -> str:
        name, subject = draft.artist_name, draft.letter.subject
        told = subject.startswith(name)
        parts = [subject if told else say("new-letter", "{name}: {subject}", name=name, subject=subject)]
        if draft.cautions:
            n = len(draft.cautions)
            parts.append(say_count("new-letter", "1 warning", "{n} warnings", n))
        if draft.notes:
            parts.append(say_count("new-letter", "1 note", "{n} notes", len(draft.notes)))
        if draft.left_out:
            n = len(draft.left_out)
            parts.append(say_count("new-letter", "1 work left out", "{n} works left out", n))
        if edited:
            parts.append(say("new-letter", "changed by you"))
        if draft.letter.id in self._left:
            parts.append(say("new-letter", "not kept"))
        return " · ".join(parts)

    def _follow_draft(self, draft: Draft) -> None:
        self._show_line(draft)
        self.changed.emit()

    def _show_line(self, draft: Draft) -> None:
        id, name = draft.letter.id, draft.artist_name
        fold, leave = self._folds[id]
        fold.set_words(self._line_words(draft, edited=id in self.edits))
        whom = draft.addressee.name
        if id in self._left:
            leave.set_words(say("new-letter", "Keep it"))
            said = say("new-letter", "Keep the letter of {artist} to {name}", artist=name, name=whom)
        else:
            leave.set_words(say("new-letter", "Leave out"))
            said = say("new-letter", "Leave out the letter of {artist} to {name}", artist=name, name=whom)
        leave.setAccessibleName(said)

    def _turn(self, draft: Draft) -> None:
        """Leave a letter out, or keep it after all."""
        self._take_or_leave(draft, draft.letter.id in self._left)

    def _take_or_leave(self, draft: Draft, kept: bool) -> None:
        id = draft.letter.id
        (self._left.discard if kept else self._left.add)(id)
        view = self.views.get(id)
        if view is not None and view.keep.isChecked() is not kept:
            view.keep.setChecked(kept)
        self._follow_draft(draft)

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
