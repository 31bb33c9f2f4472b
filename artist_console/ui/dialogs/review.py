"""What a set of answers would do, grouped by result; nothing is recorded before it is confirmed here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from artist_console.commands import consent
from artist_console.commands import review as review_commands
from artist_console.commands.consent import KeepChoice, Wish
from artist_console.commands.review import Review, ReviewGroup, ReviewItem, ReviewResult
from artist_console.domain import words
from artist_console.domain.decisions import Decision
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Disclosure, Note, Rule

_LISTED = 100


class ReviewDialog(QDialog):
    """Who, which programme, which use, which terms, and what cannot be taken back."""

    confirmed = Signal(object)  # tuple[Decision, ...]

    def __init__(self, desk: Desk, wishes: Sequence[Wish], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wishes = tuple(wishes)
        self.review: Review | None = None
        self.keep: RadioButton | None = None
        self.refuse_too: RadioButton | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("review", "Review"))
        self.setObjectName("review")
        self.setModal(True)
        self.resize(600, 600)
        body = QWidget()
        self.inside = QVBoxLayout(body)
        self.inside.setContentsMargins(24, 20, 24, 20)
        self.inside.setSpacing(10)
        self.problem = Note(desk.theme, "", Tint.DENY, Icon.TRIANGLE)
        self.problem.hide()
        self.cancel = Button(desk.theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.confirm = Button(desk.theme, say("review", "Confirm"), ButtonKind.PRIMARY)
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self._record)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(body), 1)
        outside.addWidget(Rule(desk.theme))
        outside.addLayout(row(self.problem, None, self.cancel, self.confirm, margins=(24, 12, 24, 12)))
        wanted = self._wishes
        desk.ask(
            self, "review", lambda console: review_commands.review(console, wanted), self._show, self._failed
        )

    def _show(self, review: Review) -> None:
        self.review = review
        clear_layout(self.inside)
        title = say_count("review", "1 decision", "{n} decisions", review.count)
        self.inside.addWidget(label(title, TextRole.SECTION))
        if review.on_behalf_of:
            self.inside.addWidget(Note(self._desk.theme, review.on_behalf_of, Tint.INFO, Icon.PEOPLE))
        for group in review.groups:
            self._add_group(group)
        self._add_narrower(review)
        for terms in review.terms:
            if terms.how_a_yes_is_withdrawn:
                self._add_words(say("review", "How it can be withdrawn"), terms.how_a_yes_is_withdrawn)
        for said in review.cannot_be_taken_back:
            self._add_words(say("review", "What cannot be taken back"), said)
        if review.left_out:
            listed = "\n".join(
                f"{left.subject} · {left.programme} · {left.use}: {left.reason}" for left in review.left_out
            )
            self._add_words(say("review", "Left out"), listed)
        self.inside.addStretch(1)
        self.confirm.set_words(
            say_count("review", "Confirm 1 decision", "Confirm {n} decisions", review.count)
        )
        self._enable()
        self.confirm.setFocus()

    def _add_group(self, group: ReviewGroup) -> None:
        count = say_count(
            "review", "{result}: 1", "{result}: {n}", len(group.items), result=_result_words(group.result)
        )
        self.inside.addWidget(label(count, weight="strong", wrap=True))
        if group.reason:
            self.inside.addWidget(label(group.reason, tone=Token.TEXT_2, wrap=True))
        listed = "\n".join(_item_words(item) for item in group.items[:_LISTED])
        if len(group.items) > _LISTED:
            listed += "\n" + say("review", "and {n} more", n=len(group.items) - _LISTED)
        shown = label(listed, TextRole.SMALL, Token.TEXT_2, wrap=True)
        folded = Disclosure(self._desk.theme, say("review", "Which"), shown)
        folded.set_open(len(group.items) <= 6)
        self.inside.addWidget(folded)

    def _add_words(self, title: str, said: str) -> None:
        self.inside.addWidget(label(title, weight="strong"))
        self.inside.addWidget(label(said, tone=Token.TEXT_2, wrap=True))

    def _add_narrower(self, review: Review) -> None:
        if not review.narrower_allows:
            return
        count = len(review.narrower_allows)
        said = say_count(
            "review",
            "1 narrower Allow stands inside this refusal.",
            "{n} narrower Allows stand inside this refusal.",
            count,
        )
        self._add_words(said, "\n".join(review.narrower_words[:_LISTED]))
        self.refuse_too = RadioButton(self._desk.theme, say("review", "Refuse those too"))
        self.keep = RadioButton(self._desk.theme, say("review", "Keep them"))
        for button in (self.refuse_too, self.keep):
            button.toggled.connect(self._enable)
            self.inside.addWidget(button)

    @property
    def _keeps(self) -> KeepChoice | None:
        if self.keep is not None and self.keep.isChecked():
            return KeepChoice.KEEP_THEM
        if self.refuse_too is not None and self.refuse_too.isChecked():
            return KeepChoice.REFUSE_THEM
        return None

    def _enable(self) -> None:
        review = self.review
        chosen = review is not None and (not review.narrower_allows or self._keeps is not None)
        self.confirm.setEnabled(bool(chosen and review is not None and review.count))

    def _record(self) -> None:
        if self.review is None:
            return
        self.confirm.setEnabled(False)
        wishes = tuple(
            item.wish
            for group in self.review.groups
            if group.result is not ReviewResult.CANNOT_BE_MADE
            for item in group.items
        )
        keeps = self._keeps
        self._desk.act(self, lambda console: consent.decide(console, wishes, keeps), self._done, self._failed)

    def _done(self, decisions: tuple[Decision, ...]) -> None:
        self.confirmed.emit(decisions)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.problem.show_words(problem_words(problem))
        self.problem.show()
        self._enable()


def _result_words(result: ReviewResult) -> str:
    match result:
        case ReviewResult.TAKES_EFFECT:
            return say("review", "Takes effect")
        case ReviewResult.WAITS_FOR_OTHERS:
            return say("review", "Waits for others")
        case ReviewResult.NO_EFFECT:
            return say("review", "Has no effect by itself")
        case ReviewResult.CANNOT_BE_MADE:
            return say("review", "Cannot be made")


def _item_words(item: ReviewItem) -> str:
    parts = (
        domain_words(words.STANCE[item.wish.stance]),
        item.subject,
        item.programme or say("review", "every programme"),
        item.use,
    )
    return " · ".join(part for part in parts if part)
