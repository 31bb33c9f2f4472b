"""Where the money came from: the works that earned most, and the artists of a roster beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from artist_console.commands.earnings import ArtistTotal, EarningsView, WorkTotal
from artist_console.domain import words as domain
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.statements import MoneyNature
from artist_console.domain.work_kinds import WorkKind
from artist_console.ui.charts.chart_card import RowsCard
from artist_console.ui.charts.rows_values import BarRow, RowsData, Span, nature_spans
from artist_console.ui.charts.values import Nature
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.text import isolate, say, say_count
from artist_console.ui.theme import Theme

_SIDE_BY_SIDE = 1000
_WORKS_SHOWN = 8
_ARTISTS_SHOWN = 12

# One colour and one look for each nature, wherever works and artists are compared; in the order of the bars.
_PLACES = {MoneyNature.FIXED: 1, MoneyNature.COUNTED: 0, MoneyNature.ESTIMATED: 2}
_NATURES = {
    MoneyNature.COUNTED: Nature.COUNTED,
    MoneyNature.FIXED: Nature.FIXED,
    MoneyNature.ESTIMATED: Nature.ESTIMATED,
}


class EarningsCompare(QWidget):
    """Enter or a double press on a row narrows the page down to that work, or leads to that artist."""

    work_chosen = Signal(object, str)  # WorkId, title
    artist_chosen = Signal(object)  # ArtistId

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.works = RowsCard(theme, say("earnings", "Works that earned most"))
        self.artists = RowsCard(theme, say("earnings", "Artists beside each other"))
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._pair.setSpacing(16)
        for card in (self.works, self.artists):
            card.body.addStretch(1)
            self._pair.addWidget(card, 1)
        self._top: tuple[WorkTotal, ...] = ()
        self._by_artist: tuple[ArtistTotal, ...] = ()
        self.works.chart.opened.connect(self._open_work)
        self.artists.chart.opened.connect(self._open_artist)

    def show_view(self, view: EarningsView, currency: str, words: MoneyWords, *, roster: bool) -> None:
        """The amounts of one currency; `roster`: of all artists, so these are compared, too."""
        self._top = tuple(each for each in view.top_works if each.currency == currency)[:_WORKS_SHOWN]
        self._by_artist = tuple(each for each in view.by_artist if each.currency == currency)[:_ARTISTS_SHOWN]
        self.works.setVisible(len(self._top) > 1)  # one work beside none says nothing
        self.artists.setVisible(roster and len(self._by_artist) > 1)
        self.setVisible(not self.works.isHidden() or not self.artists.isHidden())
        self.works.show_data(_works_rows(self._top, words, roster=roster))
        self.artists.show_data(_artists_rows(self._by_artist, words))

    def _open_work(self, place: int) -> None:
        found = self._top[place]
        if found.work is not None:
            self.work_chosen.emit(WorkId(found.work), found.title)

    def _open_artist(self, place: int) -> None:
        self.artist_chosen.emit(ArtistId(self._by_artist[place].artist))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE
        self._pair.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )


def _works_rows(top: Sequence[WorkTotal], words: MoneyWords, *, roster: bool) -> RowsData:
    rows = tuple(
        BarRow(
            str(place),
            each.title or say("earnings", "No work named"),
            words.money(each.currency, each.amount),
            _spans(each.natures),
            _detail(each, roster=roster),
            spoken=_parts_words(each.natures, each.currency, words),
        )
        for place, each in enumerate(top)
    )
    return RowsData(
        rows,
        (say("earnings", "Recording or song"), say("earnings", "Earned from AI")),
        say_count("chart", "The work that earned most.", "The {n} works that earned most.", len(rows)),
        _series(each.natures for each in top),
    )


def _detail(each: WorkTotal, *, roster: bool) -> str:
    """What tells two of one title apart: recording or song, and whose where there are several artists."""
    match each.kind:
        case WorkKind.RECORDING:
            kind = say("earnings", "Recording")
        case WorkKind.COMPOSITION:
            kind = say("earnings", "Song")
        case None:
            kind = ""
    name = each.artist_name if roster else ""
    if kind and name:
        return say("earnings", "{kind} · {artist}", kind=kind, artist=isolate(name))
    return kind or name


def _artists_rows(by_artist: Sequence[ArtistTotal], words: MoneyWords) -> RowsData:
    rows = tuple(
        BarRow(
            each.artist,
            each.name,
            words.money(each.currency, each.amount),
            _spans(each.natures),
            spoken=_parts_words(each.natures, each.currency, words),
        )
        for each in by_artist
    )
    return RowsData(
        rows,
        (say("earnings", "Artist"), say("earnings", "Earned from AI")),
        say_count("chart", "1 artist.", "{n} artists, the one who earned most first.", len(rows)),
        _series(each.natures for each in by_artist),
    )


def _spans(parts: Iterable[tuple[MoneyNature, Decimal]]) -> tuple[Span, ...]:
    return nature_spans(
        [(_NATURES[nature], _PLACES[nature], amount) for nature, amount in parts if nature in _NATURES]
    )


def _series(
    all_parts: Iterable[Sequence[tuple[MoneyNature, Decimal]]],
) -> tuple[tuple[int, str, Nature], ...]:
    there = {nature for parts in all_parts for nature, _ in parts}
    return tuple(
        (place, domain_words(domain.NATURE[nature]), _NATURES[nature])
        for nature, place in _PLACES.items()
        if nature in there
    )


def _parts_words(parts: Sequence[tuple[MoneyNature, Decimal]], currency: str, words: MoneyWords) -> str:
    """What of it is fixed, counted, estimated; empty where all is counted."""
    if [nature for nature, _ in parts] == [MoneyNature.COUNTED]:
        return ""
    return "\n".join(
        say(
            "chart",
            "{nature}: {amount}",
            nature=domain_words(domain.NATURE[nature]),
            amount=words.money(currency, amount),
        )
        for nature, amount in parts
    )
