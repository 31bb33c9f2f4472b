"""Writing letters in five steps: what, to whom, which works, details, review; then what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from artist_console.commands import letters as letter_commands
from artist_console.commands.console import Console, Result
from artist_console.commands.letter_drafts import Draft, Drafted, LetterWish
from artist_console.commands.paper import Paper
from artist_console.domain.cases import Case
from artist_console.domain.letter_templates import AboutWhat
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.lose_words import LoseWordsDialog
from artist_console.ui.dialogs.new_letter_details import DetailsStep
from artist_console.ui.dialogs.new_letter_result import ResultPage
from artist_console.ui.dialogs.new_letter_review import ReviewStep
from artist_console.ui.dialogs.new_letter_what import WhatStep
from artist_console.ui.dialogs.new_letter_whom import ToWhomStep
from artist_console.ui.dialogs.new_letter_works import WorksStep
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.meanings import problem_words
from artist_console.ui.places import Place
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import row

_WIDTH, _HEIGHT = 980, 780
NOTHING = LetterStart()


class StepLine(QWidget):
    """Where one is among the steps: the present one strong, those to come quiet."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        self._labels = [label(name, TextRole.SMALL, Token.TEXT_3) for name in names]
        line = row(gap=8)
        for place, each in enumerate(self._labels):
            if place:
                line.addWidget(label("·", TextRole.SMALL, Token.TEXT_3))
            line.addWidget(each)
        line.addStretch(1)
        self.setLayout(line)

    def show_step(self, at: int) -> None:
        for place, each in enumerate(self._labels):
            here = place == at
            each.setProperty("weight", "strong" if here else "")
            each.set_tone(Token.ACCENT_TEXT if here else Token.TEXT_2 if place < at else Token.TEXT_3)
        self.setAccessibleName(
            say(
                "new-letter",
                "Step {n} of {all}: {name}",
                n=at + 1,
                all=len(self._names),
                name=self._names[at],
            )
        )


class NewLetterDialog(Sheet):
    """Back never loses what was written; nothing is kept before the last button, and nothing is ever sent."""

    def __init__(self, desk: Desk, parent: QWidget, start: LetterStart = NOTHING) -> None:
        title = say("new-letter", "Write a letter")
        super().__init__(desk.theme, "new-letter", title, _WIDTH, _HEIGHT, parent, scrolls=False)
        self._desk, self._start = desk, start
        self._job: Job | None = None
        self._drafted_for: LetterWish | None = None
        self._kept: tuple[Case, ...] = ()
        self._awaits_kinds = True
        self.what = WhatStep(desk, start)
        self.what.offered.connect(self._reach_kinds)
        self.whom = ToWhomStep(desk, start)
        self.works = WorksStep(desk, start)
        self.details = DetailsStep(desk, start)
        self.details.sender_changed.connect(self._draft_anew)
        self.review = ReviewStep(desk)
        self.review.retry.connect(self._draft)
        self._steps = (self.what, self.whom, self.works, self.details, self.review)
        self._pages = QStackedWidget()
        for step in self._steps:
            step.changed.connect(self._follow)
            self._pages.addWidget(step)
        self.line = StepLine(
            (
                say("new-letter", "What"),
                say("new-letter", "To whom"),
                say("new-letter", "About which works"),
                say("new-letter", "Details"),
                say("new-letter", "Review"),
            )
        )
        self.inside.setContentsMargins(24, 0, 24, 14)
        self.inside.addWidget(self.line)
        self.inside.addSpacing(4)
        self.inside.addWidget(self._pages, 1)
        theme = desk.theme
        self.hint = label("", tone=Token.TEXT_2, wrap=True)
        self.cancel = Button(theme, say("dialog", "Cancel"), ButtonKind.QUIET)
        self.cancel.clicked.connect(self.reject)
        self.back = Button(theme, say("new-letter", "Back"))
        self.back.clicked.connect(self.go_back)
        self.next = Button(theme, say("new-letter", "Next"), ButtonKind.PRIMARY)
        self.next.clicked.connect(self.go_on)
        self.set_buttons(self.cancel, self.hint, self.back, self.next, safe=self.cancel)
        self._buttons.setStretch(1, 1)
        self._go_to(0)

    # Steps

    @property
    def step(self) -> int:
        return self._pages.currentIndex()

    def go_on(self) -> None:
        """The next step, or keeping the letters at the last."""
        if self._kept:
            self.accept()
            return
        if not self._steps[self.step].is_ready:
            self.show_problem(self._steps[self.step].missing)
            return
        if self._steps[self.step] is self.review:
            self._keep()
            return
        following = self.step + 1
        if self._steps[following] is self.works and not self._wants_works():
            following += 1
        self._go_to(following)

    def go_back(self) -> None:
        former = self.step - 1
        if self._steps[former] is self.works and not self._wants_works():
            former -= 1
        self._go_to(max(0, former))

    def _wants_works(self) -> bool:
        """A kind that lists no works has no such step."""
        offer = self.what.offer
        if offer is not None:
            self.works.load(offer, self.what.artists)
        return self.works.is_needed

    def _go_to(self, at: int) -> None:
        self.show_problem("")
        step, offer = self._steps[at], self.what.offer
        if offer is not None:
            if step is self.whom:
                self.whom.load(offer, self.what.artists)
            elif step is self.works:
                self.works.load(offer, self.what.artists)
            elif step is self.details:
                self.details.load(offer, self.whom.first_chosen, self.what.artists)
        self._pages.setCurrentIndex(at)
        self.line.show_step(at)
        if step is self.review:
            self._draft()
        self._show_heading()
        self._follow()
        self._focus_first()

    def _reach_kinds(self) -> None:
        """The keyboard begins at the kinds, once they are there; later it stays where it is."""
        if self._awaits_kinds and self.what.offers and self.step == 0:
            self._awaits_kinds = False
            self._focus_first()

    def _focus_first(self) -> None:
        self._steps[self.step].first_stop().setFocus(Qt.FocusReason.TabFocusReason)

    def _show_heading(self) -> None:
        offer = self.what.offer
        leads = (
            say("new-letter", "The application drafts, you send. Nothing leaves this computer from here."),
            say("new-letter", "Contacts as their owners state them. That somebody answers is not known."),
            say("new-letter", "Which recordings and songs the letter names."),
            say("new-letter", "What the letter needs to know. What the records know can be left empty."),
            say("new-letter", "Each letter in full, before it is kept."),
        )
        title = say("new-letter", "Write a letter")
        if offer is not None and self.step > 0:
            title = offer.name
        self.set_heading(title, leads[self.step])

    def _follow(self) -> None:
        if self._kept:
            return
        step = self._steps[self.step]
        last = step is self.review
        self.back.setEnabled(self.step > 0)
        if last:
            n = len(self.review.chosen)
            words = say_count("new-letter", "Keep 1 letter", "Keep {n} letters", n)
            self.next.set_words(words if n else say("new-letter", "Keep the letters"))
        else:
            self.next.set_words(say("new-letter", "Next"))
        self.next.setEnabled(step.is_ready)
        self.hint.setText(step.missing)

    # Drafting

    @property
    def wish(self) -> LetterWish | None:
        """What was chosen so far; None before a kind is."""
        offer = self.what.offer
        if offer is None:
            return None
        return LetterWish(
            kind=offer.kind,
            artists=self.what.artists,
            addressees=self.whom.chosen,
            works=self.works.works,
            language=self.details.chosen_language,
            country=self.details.chosen_country,
            capacity=self.details.chosen_capacity,
            values=self.details.values,
            attach=self.details.chosen_attach,
            about=replace(self._start.about, person=AboutWhat.PERSON in offer.about),
            case=self._start.case,
            list_in_letter=self.details.list_in_letter,
        )

    def _draft_anew(self) -> None:
        """Letters that are drafted already bear what was kept of the sender before."""
        self._drafted_for = None

    def _draft(self) -> None:
        wish = self.wish
        if wish is None or wish == self._drafted_for:
            return  # Back and on again: what was changed in the review stays
        self._drafted_for = wish
        drawer = PaperDrawer(self._desk.theme.font().family(), self._desk)
        self.review.show_loading()
        self._job = self._desk.long_work(
            lambda console, progress: draft(console, wish, drawer.for_work(progress)),
            self._drafted,
            self._not_drafted,
        )

    def _drafted(self, found: tuple[LetterWish, Drafted]) -> None:
        wish, drafted = found
        if wish == self._drafted_for:
            self.review.show_drafted(drafted)
            if self.isVisible() and self._steps[self.step] is self.review:
                self.review.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_drafted(self, problem: Problem) -> None:
        self._drafted_for = None
        self.review.states.show_error(problem)

    # Keeping

    def _keep(self) -> None:
        drafts, edits = self.review.chosen, self.review.edits
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        n = len(drafts)
        self.hint.setText(say_count("new-letter", "Keeping 1 letter…", "Keeping {n} letters…", n))
        self.show_problem("")
        self._desk.act(
            self, lambda console: keep(console, drafts, edits), partial(self._done, drafts), self._not_kept
        )

    def _not_kept(self, problem: Problem) -> None:
        self._follow()
        self.show_problem(problem_words(problem))

    def _done(self, drafts: tuple[Draft, ...], cases: tuple[Case, ...]) -> None:
        """The letters as they are kept: with the words that the person gave them."""
        self._kept = cases
        ids = {each.letter.id for each in drafts}
        letters = tuple(letter for case in cases for letter in case.letters if letter.id in ids)
        page = ResultPage(self._desk, cases, letters)
        page.failed.connect(self.show_problem)
        page.case_wished.connect(self._show_case)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.line.hide()
        n = len(letters)
        self.set_heading(
            say_count("new-letter", "1 letter is kept", "{n} letters are kept", n),
            say("new-letter", "The exact copies are in the cases, with their hashes."),
        )
        self.cancel.hide()
        self.back.hide()
        self.hint.setText("")
        self.next.set_words(say("dialog", "Close"))
        self.next.set_kind(ButtonKind.SECONDARY)
        self.next.setEnabled(True)
        page.save.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_case(self, case: str) -> None:
        self.accept()
        self._desk.go(Place("letters", f"case/{case}" if case else ""))

    def reject(self) -> None:
        """Esc, Cancel and the cross: with words of the person in letters that are not kept, it asks first."""
        changed = 0 if self._kept else self.review.letters_changed
        if not changed:
            super().reject()
            return
        asked = LoseWordsDialog(self._desk, changed, self)
        asked.accepted.connect(super().reject)
        asked.open()

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
        super().done(result)


def draft(console: Console, wish: LetterWish, draw: Callable[[Paper], bytes]) -> tuple[LetterWish, Drafted]:
    """The drafts with what they were wished for."""
    return wish, letter_commands.draft_letters(console, wish, draw)


def keep(
    console: Console, drafts: tuple[Draft, ...], edits: dict[str, tuple[str, str]]
) -> Result[tuple[Case, ...]]:
    """Keep the drafts with the words that the person gave them."""
    changed = [
        letter_commands.with_text(each, *edits[each.letter.id]) if each.letter.id in edits else each
        for each in drafts
    ]
    return letter_commands.keep_letters(console, changed)
