"""Waterfalls, one a currency, each as a chart and as a table, with what of them is not known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.domain.waterfall import Waterfall
from artist_console.ui.charts.chart_card import RowsCard
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.pages.waterfall_rows import waterfall_rows
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Note


class WaterfallCards(QWidget):
    """Keeps which of them show a table while the figures change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, framed: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self._framed = framed
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16)
        self.cards: tuple[RowsCard, ...] = ()

    def show_waterfalls(self, waterfalls: Sequence[Waterfall], words: MoneyWords) -> None:
        as_table = {card.objectName() for card in self.cards if card.shows_table}
        clear_layout(self._rows)
        cards = []
        for waterfall in waterfalls:
            card = RowsCard(self._theme, _title(waterfall, len(waterfalls) > 1), framed=self._framed)
            card.setObjectName(waterfall.currency)
            data = waterfall_rows(waterfall, words)
            card.show_data(data)
            for said in waterfall.words:
                card.add(Note(self._theme, sentence(said), Tint.NEUTRAL, Icon.INFO))
            if card.chart.drawing().scale_is_cut:
                cut = say("chart", "Bars with a cut are longer than they are drawn.")
                card.add(label(cut, TextRole.SMALL, Token.TEXT_2, wrap=True))
            card.show_as_table(waterfall.currency in as_table)
            self._rows.addWidget(card)
            cards.append(card)
        self.cards = tuple(cards)


def _title(waterfall: Waterfall, is_one_of_several: bool) -> str:
    if waterfall.steps and waterfall.steps[0].key == "pool":
        title = say("earnings", "From the pool to you")
    else:
        title = say("earnings", "From what came in to you")
    if is_one_of_several:
        return say("earnings", "{title}, {currency}", title=title, currency=waterfall.currency)
    return title
