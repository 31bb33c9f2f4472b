"""Charts and their tables on sheets of paper, by the drawings of the screen; no figure is cut off.

Sizes are pixels of 96 to the inch; the painter is scaled to the device, so that lines and letters are sharp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from artist_console.ui.charts.bars_drawing import BarsDrawing
from artist_console.ui.charts.hatching import fill_swatch
from artist_console.ui.charts.look import PaperLook, series_colour
from artist_console.ui.charts.rows_drawing import RowsDrawing
from artist_console.ui.charts.rows_values import RowsData
from artist_console.ui.charts.values import ChartData, ChartTable, Nature, series_words
from artist_console.ui.text import say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.painting import draw_words, mirrored, text_width

_SCREEN_DPI = 96
_DPI = 600
_MARGIN_MM = 16.0
_FOOT = 28.0
_BARS_HEIGHT = 230.0
_ROW = 24.0
_SECOND_LINE = 14.0
_PAD = 8.0
_GAP = 16.0
_WITH_HEADING = 220.0  # a heading is never alone at the foot of a sheet


@dataclass(frozen=True, slots=True)
class Heading:
    words: str
    role: TextRole = TextRole.SECTION


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    words: str
    tone: Token = Token.TEXT_2


@dataclass(frozen=True, slots=True)
class Figures:
    """A chart with its legend, or a table of figures."""

    what: ChartData | RowsData | ChartTable


Block = Heading | Words | Figures


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is set on paper, in its order; the foot stands on every sheet before its number."""

    title: str
    foot: str
    blocks: tuple[Block, ...]
    right_to_left: bool = False


def pdf(sheets: Sheets, family: str) -> bytes:
    """The sheets as a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(sheets.title)
    writer.setCreator("Artist Console")
    set_page(writer, sheets, family)
    paint(writer, sheets, family)
    buffer.close()
    return bytes(buffer.data().data())


def set_page(device: QPagedPaintDevice, sheets: Sheets, family: str) -> None:
    """A4, lying where a table needs the width."""
    look = PaperLook(family)
    widest = max(
        (sum(_columns(look, b.what)) for b in sheets.blocks if isinstance(b, Figures) and _is_table(b)),
        default=0.0,
    )
    upright = QPageSize(QPageSize.PageSizeId.A4).sizePoints().width() * _SCREEN_DPI / 72
    room = upright - 2 * _MARGIN_MM * _SCREEN_DPI / 25.4
    lies = widest > room
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    orientation = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(QPageLayout(size, orientation, margins, QPageLayout.Unit.Millimeter))


def paint(device: QPagedPaintDevice, sheets: Sheets, family: str) -> int:
    """Draw on a printer or into a PDF; gives the number of sheets."""
    painter = QPainter(device)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = device.logicalDpiX() / _SCREEN_DPI
        painter.scale(scale, scale)
        size = QSizeF(painter.viewport().width() / scale, painter.viewport().height() / scale)
        setting = _Setting(painter, device, PaperLook(family), size, sheets)
        for block in sheets.blocks:
            setting.add(block)
        setting.end_sheet()
        return setting.sheet
    finally:
        painter.end()


def _is_table(block: Figures) -> bool:
    return isinstance(block.what, ChartTable)


class _Setting:
    """Goes down a sheet, and on to the next where one is full."""

    def __init__(
        self, painter: QPainter, device: QPagedPaintDevice, look: PaperLook, size: QSizeF, sheets: Sheets
    ) -> None:
        self._painter = painter
        self._device = device
        self._look = look
        self._width = size.width()
        self._bottom = size.height() - _FOOT
        self._page_height = size.height()
        self._sheets = sheets
        self._y = 0.0
        self.sheet = 1

    def add(self, block: Block) -> None:
        match block:
            case Heading():
                self._need(_WITH_HEADING if self._y else 0)
                self._y += _GAP if self._y else 0
                self._line(block.words, self._look.font(block.role), Token.TEXT, 28)
            case Words():
                self._paragraph(block)
            case Figures(ChartData() as data):
                self._legend(
                    tuple((n, one.key, series_words(one), one.nature) for n, one in enumerate(data.series))
                )
                self._drawing(_BARS_HEIGHT, BarsDrawing(self._look, data, self._room(_BARS_HEIGHT)))
            case Figures(RowsData() as data):
                self._legend(tuple((place, "", words, nature) for place, words, nature in data.series))
                drawing = RowsDrawing(self._look, data, self._room(0), -1, self._sheets.right_to_left)
                self._drawing(drawing.height, drawing)
            case Figures(ChartTable() as table):
                self._table(table)

    def end_sheet(self) -> None:
        """The foot of a sheet."""
        look, box = self._look, QRectF(0, self._page_height - _FOOT, self._width, _FOOT)
        font, ink = look.font(TextRole.CAPTION), look.colour(Token.TEXT_2)
        number = say("paper", "Page {n}", n=self.sheet)
        rtl = self._sheets.right_to_left
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        draw_words(
            self._painter, box.adjusted(0, 0, -80, 0), self._sheets.foot, font, ink, end if rtl else start
        )
        draw_words(self._painter, box, number, font, ink, start if rtl else end)

    def _room(self, height: float) -> QSizeF:
        return QSizeF(self._width, height)

    def _need(self, height: float) -> None:
        """Go on to the next sheet where so much does not fit any more."""
        if self._y > 0 and self._y + height > self._bottom:
            self.end_sheet()
            self._device.newPage()
            self.sheet += 1
            self._y = 0.0

    def _line(self, words: str, font: QFont, tone: Token, height: float) -> None:
        self._need(height)
        box = QRectF(0, self._y, self._width, height)
        side = Qt.AlignmentFlag.AlignRight if self._sheets.right_to_left else Qt.AlignmentFlag.AlignLeft
        draw_words(self._painter, box, words, font, self._look.colour(tone), side)
        self._y += height

    def _paragraph(self, block: Words) -> None:
        font = self._look.font(TextRole.BODY)
        for line in _wrapped(block.words, font, self._width):
            self._line(line, font, block.tone, 19)

    def _legend(self, entries: Sequence[tuple[int, str, str, Nature]]) -> None:
        if len(entries) < 2 and not any(nature is Nature.ESTIMATED for *_, nature in entries):
            return
        font, x = self._look.font(TextRole.SMALL), 0.0
        self._need(24 + _BARS_HEIGHT / 2)
        row = QRectF(0, self._y, self._width, 22)
        for place, key, words, nature in entries:
            width = 18 + text_width(font, words) + 18
            if x + width > self._width:
                self._y += 20
                row.translate(0, 20)
                x = 0.0
            swatch = mirrored(QRectF(x, row.y() + 6, 10, 10), row, self._sheets.right_to_left)
            fill_swatch(self._painter, self._look, swatch, series_colour(self._look, place, key), nature)
            box = mirrored(QRectF(x + 16, row.y(), width - 16, 22), row, self._sheets.right_to_left)
            side = Qt.AlignmentFlag.AlignRight if self._sheets.right_to_left else Qt.AlignmentFlag.AlignLeft
            draw_words(self._painter, box, words, font, self._look.colour(Token.TEXT_2), side)
            x += width
        self._y += 24

    def _drawing(self, height: float, drawing: BarsDrawing | RowsDrawing) -> None:
        self._need(height)
        self._painter.save()
        self._painter.translate(0, self._y)
        drawing.paint(self._painter)
        self._painter.restore()
        self._y += height + 8

    # Tables

    def _table(self, table: ChartTable) -> None:
        widths = _columns(self._look, table)
        needed = sum(widths)
        # Too wide even for this sheet: smaller letters rather than figures cut off.
        scale = min(1.0, self._width / needed)
        if needed < self._width:
            widths = (widths[0] + self._width - needed, *widths[1:])
        self._header(table, widths, scale)
        for row in table.rows:
            height = (_ROW + (_SECOND_LINE if any(figure.second for figure in row) else 0)) * scale
            if self._y + height > self._bottom:
                self._need(height)
                self._header(table, widths, scale)
            cells = [(figure.words, figure.second) for figure in row]
            ends = [figure.is_money for figure in row]
            self._row(cells, ends, widths, scale, height, Token.TEXT)
        self._y += 8

    def _header(self, table: ChartTable, widths: Sequence[float], scale: float) -> None:
        ends = [all(row[n].is_money for row in table.rows) for n in range(len(table.headers))]
        self._need(3 * _ROW * scale)
        self._row([(words, "") for words in table.headers], ends, widths, scale, _ROW * scale, Token.TEXT_2)

    def _row(
        self,
        cells: Sequence[tuple[str, str]],
        ends: Sequence[bool],
        widths: Sequence[float],
        scale: float,
        height: float,
        tone: Token,
    ) -> None:
        painter, look = self._painter, self._look
        painter.save()
        painter.translate(0, self._y)
        painter.scale(scale, scale)
        whole = QRectF(0, 0, self._width / scale, height / scale)
        x = 0.0
        for (words, second), at_end, width in zip(cells, ends, widths, strict=True):
            box = mirrored(QRectF(x, 0, width, whole.height()), whole, self._sheets.right_to_left)
            inner = box.adjusted(_PAD / 2, 0, -_PAD / 2, 0)
            right = at_end != self._sheets.right_to_left
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            font = look.font(TextRole.SMALL, tabular=True)
            if second:
                upper = QRectF(inner.x(), inner.y() + 2, inner.width(), _ROW - 6)
                lower = QRectF(inner.x(), upper.bottom() - 2, inner.width(), _SECOND_LINE + 2)
                draw_words(painter, upper, words, font, look.colour(tone), side)
                small = look.font(TextRole.CAPTION, tabular=True)
                draw_words(painter, lower, second, small, look.colour(Token.TEXT_2), side)
            else:
                draw_words(painter, inner, words, font, look.colour(tone), side)
            x += width
        painter.setPen(look.pen(Token.LINE))
        painter.drawLine(QPointF(0, whole.height()), QPointF(whole.width(), whole.height()))
        painter.restore()
        self._y += height


def _columns(look: PaperLook, what: object) -> tuple[float, ...]:
    """How wide each column of a table has to be, so that nothing in it is cut off."""
    if not isinstance(what, ChartTable):
        return ()
    font = look.font(TextRole.SMALL, tabular=True)
    small = look.font(TextRole.CAPTION, tabular=True)
    return tuple(
        max(
            text_width(font, header),
            *(text_width(font, row[n].words) for row in what.rows),
            *(text_width(small, row[n].second) for row in what.rows),
            0.0,
        )
        + 2 * _PAD
        for n, header in enumerate(what.headers)
    )


def _wrapped(words: str, font: QFont, width: float) -> list[str]:
    """Lines of at most a width; a word that is longer stands by itself."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(font, f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
