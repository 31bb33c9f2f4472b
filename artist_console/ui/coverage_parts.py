"""How complete a catalogue is: the card on Overview, and its four lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from artist_console.domain.coverage import Coverage, CoverageKind, CoverageLine
from artist_console.ui.desk import Desk
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, column
from artist_console.ui.widgets.meter import Meter

_FOUR_BESIDE = 860
_COLUMNS = 4


def kind_words(kind: CoverageKind) -> str:
    return {
        CoverageKind.IDENTIFIERS: say("coverage", "Identifiers"),
        CoverageKind.SPLITS: say("coverage", "Splits"),
        CoverageKind.COMPOSITIONS: say("coverage", "Songs of recordings"),
        CoverageKind.CONSENT: say("coverage", "Your answers"),
    }[kind]


def score_words(coverage: Coverage) -> str:
    if coverage.artist is None:
        return say("coverage", "Catalogues of all artists: {score} %", score=coverage.score)
    return say("coverage", "Your catalogue: {score} %", score=coverage.score)


class CoverageLines(QWidget):
    """The four parts of the score, beside each other where there is room, else two and two."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[CoverageLine, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self._columns = 0

    def show_lines(self, coverage: Coverage) -> None:
        self._lines = coverage.lines
        self._columns = 0
        self.lay_out(self.width())

    def lay_out(self, width: int) -> None:
        columns = _COLUMNS if width >= self._desk.theme.px(_FOUR_BESIDE) else _COLUMNS // 2
        if columns == self._columns:
            return
        self._columns = columns
        clear_layout(self._grid)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        for place, line in enumerate(self._lines):
            self._grid.addLayout(
                self._line(line), place // columns, place % columns, Qt.AlignmentFlag.AlignTop
            )

    def _line(self, line: CoverageLine) -> QVBoxLayout:
        meter = Meter(self._desk.theme)
        meter.show_part(line.have, line.of)
        words = label(domain_words(line.words), TextRole.SMALL, Token.TEXT_2, wrap=True)
        return column(label(kind_words(line.kind), weight="medium"), meter, words, gap=6)


class CatalogueCard(Card):
    """The score with its four lines, and the way to what can be mended."""

    def __init__(self, desk: Desk) -> None:
        self.fix = LinkButton(desk.theme, "")
        super().__init__(desk.theme, say("coverage", "Your catalogue"), self.fix)
        self._desk = desk
        self.lines = CoverageLines(desk)
        self.add(self.lines)
        self.fix.clicked.connect(self._open)
        self.hide()

    def show_coverage(self, coverage: Coverage) -> None:
        """An empty catalogue shows no card: what is missing there is said elsewhere."""
        self.setVisible(any(line.of for line in coverage.lines))
        self.set_title(score_words(coverage))
        self.lines.show_lines(coverage)
        self.fix.set_words(
            say_count("coverage", "See what to fix: 1 thing…", "See what to fix: {n} things…", coverage.fixes)
        )
        self.fix.setVisible(bool(coverage.fixes))

    def lay_out(self, width: int) -> None:
        self.lines.lay_out(width)

    def _open(self) -> None:
        self._desk.sheet_wished.emit("coverage/")
