"""What a set of answers would do, grouped by result; nothing is recorded before it is confirmed here.

Both kinds of answer get the same place, size and words. Nothing is preselected.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import consent
from artist_console.commands import review as review_commands
from artist_console.commands.consent import KeepChoice
from artist_console.commands.console import Totals
from artist_console.commands.review import Review, ReviewGroup, ReviewItem, ReviewResult
from artist_console.commands.wishes import Wish
from artist_console.domain import words
from artist_console.domain.decisions import Decision
from artist_console.domain.problems import Problem
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Conditions, Stance, SubjectKind
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Disclosure, Note

_LISTED = 200
_OPEN_AT_MOST = 6
_CHIPS = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}
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
        wanted = self._wishes
        desk.ask(
            self, "review", lambda console: review_commands.review(console, wanted), self._show, self._failed
        )

    def offer_discard(self) -> None:
        """For choices that are kept until they are reviewed: they can be dropped from here."""
        self.discard.show()

    # Showing

    def _show(self, review: Review) -> None:
        self.review = review
        self._several = len({item.wish.artist for group in review.groups for item in group.items}) > 1
        clear_layout(self.inside)
        self.set_heading(
            say_count("review", "Review 1 decision", "Review {n} decisions", review.count),
            _counts_words(review),
        )
        theme = self._desk.theme
        if review.on_behalf_of:
            self.inside.addWidget(Note(theme, review.on_behalf_of, Tint.INFO, Icon.PEOPLE))
        self._add_narrower(review)
        for group in review.groups:
            self._add_group(group)
        if review.left_out:
            self._add_left_out(review)
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
        if self.refuse_too is not None:
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
            result=_result_words(group.result),
        )
        head = Note(theme, title, tint, icon)
        head.words.setProperty("weight", "strong")
        head.words.set_tone(Token.TEXT)
        card.add(head)
        if group.reason:
            card.add(label(domain_words(group.reason), tone=Token.TEXT_2, wrap=True))
        folded = Disclosure(
            theme, which_words(group.items), _Items(self._desk, group.items, several=self._several)
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
        listed = label(_lines(review.narrower_words, self._desk), TextRole.SMALL, Token.TEXT_2, wrap=True)
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
        card.add(label(_lines(tuple(said), self._desk), TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.inside.addWidget(card)

    def _add_terms(self, review: Review) -> None:
        """Each terms version that an allow agrees to: how it is withdrawn, and its text to read."""
        names = {item.wish.programme: item.programme for group in review.groups for item in group.items}
        for terms in review.terms:
            self.inside.addWidget(_TermsCard(self._desk, terms, names.get(terms.programme, "")))

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
            wanted = self._wishes
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


class _Items(QWidget):
    """The decisions of a group, one line each: the answer as a chip, then about what; artist by artist."""

    def __init__(self, desk: Desk, items: Sequence[ReviewItem], *, several: bool) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(4, 0, 0, 0)
        lines.setSpacing(6)
        if several:
            items = sorted(items, key=lambda item: (item.artist_name.casefold(), item.wish.artist))
        artist = None
        for item in items[:_LISTED]:
            if several and item.wish.artist != artist:
                artist = item.wish.artist
                lines.addWidget(label(item.artist_name, weight="medium", wrap=True))
            chip = Chip(desk.theme, ChipValue(_CHIPS[item.wish.stance], _stance_words(item.wish.stance)))
            chip.setFixedWidth(chip.sizeHint().width())
            what = label(_item_words(item), wrap=True)
            second = _detail_words(desk, item)
            text = QVBoxLayout()
            text.setSpacing(0)
            text.addWidget(what)
            if second:
                text.addWidget(label(second, TextRole.SMALL, Token.TEXT_2, wrap=True))
            line = row(gap=10)
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(text, 1)
            lines.addLayout(line)
        if len(items) > _LISTED:
            more = say("review", "and {n} more", n=desk.figures.number(len(items) - _LISTED))
            lines.addWidget(label(more, TextRole.SMALL, Token.TEXT_2))


class _TermsCard(Card):
    """One terms version: since when, how a yes is withdrawn, and the text."""

    def __init__(self, desk: Desk, terms: TermsVersion, programme: str) -> None:
        theme = desk.theme
        super().__init__(
            theme,
            say(
                "review",
                "Terms of {programme}, version {number}, from {day}",
                programme=programme,
                number=terms.number,
                day=desk.figures.day(terms.effective_from),
            ),
        )
        if terms.how_a_yes_is_withdrawn:
            self.add(label(say("review", "How it can be withdrawn"), weight="medium"))
            self.add(label(terms.how_a_yes_is_withdrawn, tone=Token.TEXT_2, wrap=True))
        if terms.summary:
            self.add(label(say("review", "Summary, not the terms themselves"), weight="medium"))
            self.add(label(terms.summary, tone=Token.TEXT_2, wrap=True))
        text = label(terms.text, TextRole.BODY, Token.TEXT_2, wrap=True, selectable=True)
        self.text = Disclosure(theme, say("review", "Read the terms"), text)
        self.add(self.text)


def _lasting(review: Review) -> tuple[str, ...]:
    """What a yes gives away for good; how it is withdrawn stands with the terms that say so."""
    withdrawn = [terms.how_a_yes_is_withdrawn for terms in review.terms if terms.how_a_yes_is_withdrawn]
    return tuple(
        said for said in review.cannot_be_taken_back if not any(said.endswith(each) for each in withdrawn)
    )


def _counts_words(review: Review) -> str:
    """ "12 take effect · 2 have no effect by themselves": the counts at the top."""
    counts: dict[ReviewResult, int] = {}
    for group in review.groups:
        counts[group.result] = counts.get(group.result, 0) + len(group.items)
    parts = [_count_words(result, n) for result, n in counts.items()]
    if review.left_out:
        parts.append(say_count("review", "1 left out", "{n} left out", len(review.left_out)))
    return " · ".join(parts)


def _count_words(result: ReviewResult, n: int) -> str:
    match result:
        case ReviewResult.TAKES_EFFECT:
            return say_count("review", "1 takes effect", "{n} take effect", n)
        case ReviewResult.NOT_CHECKED:
            return say_count(
                "review", "1 is recorded, power not checked", "{n} are recorded, power not checked", n
            )
        case ReviewResult.WAITS_FOR_OTHERS:
            return say_count("review", "1 waits for others", "{n} wait for others", n)
        case ReviewResult.NO_EFFECT:
            return say_count("review", "1 has no effect by itself", "{n} have no effect by themselves", n)
        case ReviewResult.CANNOT_BE_MADE:
            return say_count("review", "1 cannot be made", "{n} cannot be made", n)


def _result_words(result: ReviewResult) -> str:
    match result:
        case ReviewResult.TAKES_EFFECT:
            return say("review", "Takes effect")
        case ReviewResult.NOT_CHECKED:
            return say("review", "Recorded, power not checked")
        case ReviewResult.WAITS_FOR_OTHERS:
            return say("review", "Waits for others")
        case ReviewResult.NO_EFFECT:
            return say("review", "Has no effect by itself")
        case ReviewResult.CANNOT_BE_MADE:
            return say("review", "Cannot be made")


def _stance_words(stance: Stance) -> str:
    match stance:
        case Stance.ALLOW:
            return say("review", "Allow")
        case Stance.REFUSE:
            return say("review", "Refuse")
        case Stance.CLEAR:
            return say("review", "Take back")


def which_words(items: Sequence[ReviewItem]) -> str:
    """What a group is about, counted: "2 artists, 12 works and 1 release, 4 programmes"."""
    artists = {item.wish.artist for item in items}
    subjects = {(item.wish.artist, item.wish.subject) for item in items}
    parts = []
    if len(artists) > 1:
        parts.append(say_count("review", "1 artist", "{n} artists", len(artists)))
    for kind in SubjectKind:
        count = sum(1 for _, subject in subjects if subject.kind is kind)
        if count:
            parts.append(_subject_count(kind, count))
    programmes = {item.wish.programme for item in items}
    named = len(programmes - {None})
    if None in programmes:
        parts.append(say("review", "every programme"))
    if named:
        parts.append(say_count("review", "1 programme", "{n} programmes", named))
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def _subject_count(kind: SubjectKind, count: int) -> str:
    match kind:
        case SubjectKind.ALL:
            return say_count("review", "all music", "all music of each", count)
        case SubjectKind.RELEASE:
            return say_count("review", "1 release", "{n} releases", count)
        case SubjectKind.WORK:
            return say_count("review", "1 work", "{n} works", count)
        case SubjectKind.PERSON:
            return say_count("review", "1 person", "{n} persons", count)


def _item_words(item: ReviewItem) -> str:
    parts = (
        item.subject,
        domain_words(item.use),
        item.programme or say("review", "every programme, also later ones"),
    )
    return " · ".join(part for part in parts if part)


def _detail_words(desk: Desk, item: ReviewItem) -> str:
    parts = list(condition_words(desk, item.wish.conditions))
    if item.wish.stance is Stance.ALLOW and item.wish.conditions.until is None:
        parts.append(say("review", "no last day"))
    if item.former is not None and item.former is not item.wish.stance:
        parts.append(say("review", "now: {answer}", answer=domain_words(words.STANCE[item.former])))
    return " · ".join(parts)


def condition_words(desk: Desk, conditions: Conditions) -> tuple[str, ...]:
    """The conditions of a yes, one phrase each."""
    figures = desk.figures
    found = []
    if conditions.since is not None:
        found.append(say("conditions", "from {day}", day=figures.day(conditions.since)))
    if conditions.until is not None:
        found.append(say("conditions", "until {day}", day=figures.day(conditions.until)))
    if conditions.territories is not None:
        found.append(say("conditions", "only in {places}", places=", ".join(conditions.territories.codes)))
    if conditions.walled_garden_only:
        found.append(say("conditions", "only inside the operator's own service"))
    if conditions.no_style_prompts:
        found.append(say("conditions", "no prompts that name an artist"))
    if conditions.minimum_rate is not None:
        least = figures.money(conditions.rate_currency, conditions.minimum_rate)
        found.append(say("conditions", "at least {money}", money=least))
    return tuple(found)


def _lines(said: Sequence[str], desk: Desk) -> str:
    listed = list(said[:_LISTED])
    if len(said) > _LISTED:
        listed.append(say("review", "and {n} more", n=desk.figures.number(len(said) - _LISTED)))
    return "\n".join(listed)
