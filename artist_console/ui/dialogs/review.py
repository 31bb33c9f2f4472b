"""What a set of answers would do, grouped by result; nothing is recorded before it is confirmed here.

Both kinds of answer get the same place, size and words. Nothing is preselected.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import consent
from artist_console.commands import effects as effects_commands
from artist_console.commands import review as review_commands
from artist_console.commands.consent import KeepChoice
from artist_console.commands.console import Totals
from artist_console.commands.review import Review, ReviewGroup, ReviewResult
from artist_console.commands.songs import songs_beside
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review_effects import EffectsCard, MeaningsCard, allowed_uses
from artist_console.ui.dialogs.review_parts import ReviewItems, TermsCard
from artist_console.ui.dialogs.review_words import counts_words, lines, result_words, which_words
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, RadioButton, one_of
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Disclosure, Note

_OPEN_AT_MOST = 6
_RESULTS = {
    ReviewResult.TAKES_EFFECT: (Icon.CHECK, Tint.INFO),
    ReviewResult.NOT_CHECKED: (Icon.QUESTION, Tint.NEUTRAL),
    ReviewResult.WAITS_FOR_OTHERS: (Icon.PEOPLE, Tint.ASK),
    ReviewResult.NO_EFFECT: (Icon.RING, Tint.NEUTRAL),
    ReviewResult.CANNOT_BE_MADE: (Icon.LOCK, Tint.DENY),
}


class ReviewDialog(Sheet):
    """Who, which programme, which use, which terms, until when, and what cannot be taken back."""

    confirmed = Signal(object)  # tuple[Decision, ...]
    discarded = Signal()

    def __init__(self, desk: Desk, wishes: Sequence[Wish], parent: QWidget) -> None:
        super().__init__(desk.theme, "review", say("review", "Review"), 680, 680, parent)
        self._desk = desk
        self._wishes = tuple(wishes)
        self.review: Review | None = None
        self._several = False  # whether the answers are about several artists
        self.keep: RadioButton | None = None
        self.refuse_too: RadioButton | None = None
        theme = desk.theme
        self.discard = Button(theme, say("review", "Drop these changes"), ButtonKind.QUIET)
        self.discard.clicked.connect(self._drop)
        self.discard.hide()
        self.cancel = Button(theme, say("review", "Not now"))
        self.cancel.clicked.connect(self.reject)
        self.confirm = Button(theme, say("review", "Confirm"), ButtonKind.PRIMARY)
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self._record)
        self.set_buttons(self.discard, None, self.cancel, self.confirm, safe=self.cancel)
        self._songs: tuple[Wish, ...] = ()  # the same answers for the songs, offered and not taken
        self.songs: CheckBox | None = None
        wanted = self._wishes
        desk.ask(
            self,
            "review",
            lambda console: (review_commands.review(console, wanted), songs_beside(console, wanted)),
            self._show_first,
            self._failed,
        )

    def offer_discard(self) -> None:
        """For choices that are kept until they are reviewed: they can be dropped from here."""
        self.discard.show()

    # Showing

    @property
    def _wanted(self) -> tuple[Wish, ...]:
        """The answers, with those for the songs where they are ticked."""
        ticked = self.songs is not None and self.songs.isChecked()
        return (*self._wishes, *self._songs) if ticked else self._wishes

    def _show_first(self, found: tuple[Review, tuple[Wish, ...]]) -> None:
        review, self._songs = found
        self._show(review)

    def _ask_again(self) -> None:
        """The songs were ticked or left out: all of it is worked out anew."""
        wanted = self._wanted
        self.confirm.setEnabled(False)
        self._desk.ask(
            self, "review", lambda console: review_commands.review(console, wanted), self._show, self._failed
        )

    def _clear(self) -> None:
        self.keep = self.refuse_too = None
        self.songs = None
        clear_layout(self.inside)

    def _show(self, review: Review) -> None:
        self.review = review
        self._several = len({item.wish.artist for group in review.groups for item in group.items}) > 1
        ticked = self.songs is not None and self.songs.isChecked()
        # Whoever has just ticked the box keeps the keyboard on it.
        kept = self.songs is not None and self.songs.hasFocus()
        self._clear()
        self.set_heading(
            say_count("review", "Review 1 decision", "Review {n} decisions", review.count),
            counts_words(review),
        )
        theme = self._desk.theme
        if review.on_behalf_of:
            self.inside.addWidget(Note(theme, review.on_behalf_of, Tint.INFO, Icon.PEOPLE))
        self._add_narrower(review)
        for group in review.groups:
            self._add_group(group)
        if review.left_out:
            self._add_left_out(review)
        self._add_songs(ticked=ticked)
        self._add_effects(review)
        uses = allowed_uses(review)
        if uses:
            self.inside.addWidget(MeaningsCard(self._desk, uses))
        lasting = _lasting(review)
        if lasting:
            card = Card(theme, say("review", "What cannot be taken back"))
            for said in lasting:
                card.add(Note(theme, domain_words(said), Tint.NEUTRAL, Icon.LOCK))
            self.inside.addWidget(card)
        self._add_terms(review)
        self._add_money(review)
        if not review.groups and not review.left_out:
            self.inside.addWidget(label(say("review", "There is nothing to decide here."), tone=Token.TEXT_2))
        self.inside.addStretch(1)
        self.confirm.set_words(
            say_count("review", "Confirm 1 decision", "Confirm {n} decisions", review.count)
        )
        self._enable()
        if kept and self.songs is not None:
            self.songs.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.refuse_too is not None:
            # What has to be answered first; neither is chosen.
            self.refuse_too.setFocus(Qt.FocusReason.TabFocusReason)

    def _add_group(self, group: ReviewGroup) -> None:
        theme = self._desk.theme
        icon, tint = _RESULTS[group.result]
        card = Card(theme)
        title = say_count(
            "review",
            "{result}: 1 decision",
            "{result}: {n} decisions",
            len(group.items),
            result=result_words(group.result),
        )
        head = Note(theme, title, tint, icon)
        head.words.setProperty("weight", "strong")
        head.words.set_tone(Token.TEXT)
        card.add(head)
        if group.reason:
            card.add(label(domain_words(group.reason), tone=Token.TEXT_2, wrap=True))
        folded = Disclosure(
            theme, which_words(group.items), ReviewItems(self._desk, group.items, several=self._several)
        )
        folded.set_open(len(group.items) <= _OPEN_AT_MOST)
        card.add(folded)
        self.inside.addWidget(card)

    def _add_narrower(self, review: Review) -> None:
        if not review.narrower_allows:
            return
        theme = self._desk.theme
        count = len(review.narrower_words)
        card = Card(
            theme,
            say_count(
                "review",
                "1 work or use inside this refusal has its own Allow",
                "{n} works or uses inside this refusal have their own Allow",
                count,
            ),
            strong=True,
        )
        listed = label(lines(review.narrower_words, self._desk), TextRole.SMALL, Token.TEXT_2, wrap=True)
        folded = Disclosure(theme, say("review", "Which"), listed)
        folded.set_open(count <= _OPEN_AT_MOST)
        card.add(folded)
        self.refuse_too = RadioButton(theme, say("review", "Refuse those too"))
        self.keep = RadioButton(theme, say("review", "Keep them"))
        for button in (self.refuse_too, self.keep):
            button.toggled.connect(self._enable)
            card.add(button)
        one_of(self.refuse_too, self.keep)
        self.inside.addWidget(card)

    def _add_songs(self, *, ticked: bool) -> None:
        """A recording and the song in it are answered apart: the song is offered, and never ticked."""
        if not self._songs:
            return
        theme = self._desk.theme
        count = len({wish.subject for wish in self._songs})
        card = Card(
            theme,
            say_count("review", "The song in this recording", "The songs in these recordings", count),
        )
        said = say("review", "A recording and its song are two works, and each has an answer of its own.")
        card.add(label(said, tone=Token.TEXT_2, wrap=True))
        self.songs = CheckBox(
            theme,
            say_count(
                "review", "Answer the same for the song", "Answer the same for the {n} songs, too", count
            ),
        )
        self.songs.setChecked(ticked)
        self.songs.toggled.connect(self._ask_again)
        card.add(self.songs)
        self.inside.addWidget(card)

    def _add_effects(self, review: Review) -> None:
        """What it touches is counted while the groups are read already."""
        if not review.groups:
            return
        place = QVBoxLayout()
        self.inside.addLayout(place)
        wanted = self._wanted
        self._desk.ask(
            self,
            "effects",
            lambda console: effects_commands.preview(console, wanted),
            lambda found: place.addWidget(EffectsCard(self._desk, found)),
            self._failed,
        )

    def _add_left_out(self, review: Review) -> None:
        theme = self._desk.theme
        said = dict.fromkeys(
            say(
                "review",
                "{use}, {programme}, {subject}",
                use=domain_words(left.use),
                programme=left.programme,
                subject=left.subject,
            )
            for left in review.left_out
        )
        card = Card(theme, say("review", "Left out: to be answered one by one"))
        card.add(Note(theme, domain_words(review.left_out[0].reason), Tint.NEUTRAL, Icon.VOICE))
        card.add(label(lines(tuple(said), self._desk), TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.inside.addWidget(card)

    def _add_terms(self, review: Review) -> None:
        """Each terms version that an allow agrees to: how it is withdrawn, and its text to read."""
        names = {item.wish.programme: item.programme for group in review.groups for item in group.items}
        for terms in review.terms:
            self.inside.addWidget(TermsCard(self._desk, terms, names.get(terms.programme, "")))

    def _add_money(self, review: Review) -> None:
        """On request only, in the same place for a yes and a no."""
        if not review.groups:
            return
        self.money_words = label("", tone=Token.TEXT_2, wrap=True)
        self.money = Disclosure(
            self._desk.theme, say("review", "What these works earned from AI programmes"), self.money_words
        )
        self.money.toggled.connect(self._ask_money)
        self.inside.addWidget(self.money)

    def _ask_money(self, is_open: bool) -> None:
        if is_open:
            wanted = self._wanted
            self._desk.ask(
                self,
                "money",
                lambda console: review_commands.earned_by(console, wanted),
                self._show_money,
                self._failed,
            )

    def _show_money(self, earned: Totals) -> None:
        if earned:
            said = say("review", "{money} in 12 months.", money=self._desk.figures.totals(earned))
        else:
            said = say("review", "No line of the last 12 months was recognised as AI income of these works.")
        self.money_words.setText(said)

    # Confirming

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

    def _drop(self) -> None:
        self.discarded.emit()
        self.reject()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
        self._enable()


def _lasting(review: Review) -> tuple[str, ...]:
    """What a yes gives away for good; how it is withdrawn stands with the terms that say so."""
    withdrawn = [terms.how_a_yes_is_withdrawn for terms in review.terms if terms.how_a_yes_is_withdrawn]
    return tuple(
        said for said in review.cannot_be_taken_back if not any(said.endswith(each) for each in withdrawn)
    )
