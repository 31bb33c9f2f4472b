"""What a review is made of: the decisions of a group line by line, and the terms a yes agrees to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.review import ReviewItem
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Stance
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review_words import LISTED, detail_words, item_words, stance_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Disclosure

_CHIPS = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}


class ReviewItems(QWidget):
    """The decisions of a group, one line each: the answer as a chip, then about what; artist by artist."""

    def __init__(self, desk: Desk, items: Sequence[ReviewItem], *, several: bool) -> None:
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(4, 0, 0, 0)
        lines.setSpacing(6)
        if several:
            items = sorted(items, key=lambda item: (item.artist_name.casefold(), item.wish.artist))
        artist = None
        for item in items[:LISTED]:
            if several and item.wish.artist != artist:
                artist = item.wish.artist
                lines.addWidget(label(item.artist_name, weight="medium", wrap=True))
            chip = Chip(desk.theme, ChipValue(_CHIPS[item.wish.stance], stance_words(item.wish.stance)))
            chip.setFixedWidth(chip.sizeHint().width())
            what = label(item_words(item), wrap=True)
            second = detail_words(desk, item)
            text = QVBoxLayout()
            text.setSpacing(0)
            text.addWidget(what)
            if second:
                text.addWidget(label(second, TextRole.SMALL, Token.TEXT_2, wrap=True))
            line = row(gap=10)
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(text, 1)
            lines.addLayout(line)
        if len(items) > LISTED:
            more = say("review", "and {n} more", n=desk.figures.number(len(items) - LISTED))
            lines.addWidget(label(more, TextRole.SMALL, Token.TEXT_2))


class TermsCard(Card):
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
