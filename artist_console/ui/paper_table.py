"""A table on paper: its head comes again on every sheet, numbers stand at the end, sums below a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCell,
    QTextTableCellFormat,
    QTextTableFormat,
)

from artist_console.commands.paper import PaperColumn, PaperLine, PaperStyle
from artist_console.ui.direction import isolated
from artist_console.ui.paper import POINTS, SMALL, WIDTH, font
from artist_console.ui.tokens import Token, read_tokens

_PADDING, _BETWEEN, _RULE, _SLACK = (
    2.5,
    10.0,
    1.0,
    8.0,
)  # pixels of 96 to the inch; Qt takes them to the device


def add_table(cursor: QTextCursor, lines: Sequence[PaperLine], family: str) -> None:
    """A head and the lines that belong to it; a cell is plain text, each with its own direction."""
    names = lines[0].text.split("\t")
    columns = lines[0].columns or tuple(PaperColumn(name, 100 // len(names)) for name in names)
    form = QTextTableFormat()
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, column.part) for column in columns]
    )
    form.setBorder(0)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    form.setBorderCollapse(True)
    form.setCellSpacing(0)
    form.setCellPadding(0)
    form.setHeaderRowCount(1)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    table = cursor.insertTable(len(lines), len(columns), form)
    below = [line.text.split("\t") for line in lines[1:]]
    points = [
        _point_of([cells[place] for cells in below if place < len(cells)], column, family)
        for place, column in enumerate(columns)
    ]
    for row, line in enumerate(lines):
        starts_sums = line.style is PaperStyle.SUM and lines[row - 1].style is not PaperStyle.SUM
        cells = line.text.split("\t")
        for place, column in enumerate(columns):
            cell = table.cellAt(row, place)
            _fill(cell, cells[place] if place < len(cells) else "", line.style, column, family, points[place])
            # After the text, which would put its own format in the place of the cell's.
            look = cell.format().toTableCellFormat()
            _look(look, first=place == 0, below=row == 0, above=starts_sums and row > 1)
            cell.setFormat(look)
    _leave(cursor, table, family)


def _look(look: QTextTableCellFormat, *, first: bool, below: bool, above: bool) -> None:
    """Room around a cell, and a rule below it or above."""
    look.setTopPadding(_PADDING)
    look.setBottomPadding(_PADDING)
    look.setLeftPadding(0 if first else _BETWEEN)
    solid, quiet = QTextFrameFormat.BorderStyle.BorderStyle_Solid, QBrush(_quiet())
    if below:
        look.setBottomBorder(_RULE)
        look.setBottomBorderStyle(solid)
        look.setBottomBorderBrush(quiet)
    if above:
        look.setTopBorder(_RULE)
        look.setTopBorderStyle(solid)
        look.setTopBorderBrush(quiet)


def _fill(
    cell: QTextTableCell, text: str, style: PaperStyle, column: PaperColumn, family: str, point: float
) -> None:
    """`point`: where the decimal points of the column stand, from its edge; 0: it has none."""
    block = QTextBlockFormat()
    # Money and names of columns run one way, whatever the language of what stands beside them.
    block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    at_point = point > 0 and style is not PaperStyle.HEAD
    side = Qt.AlignmentFlag.AlignRight if column.is_number and not at_point else Qt.AlignmentFlag.AlignLeft
    if at_point:
        block.setTabPositions([QTextOption.Tab(point, QTextOption.TabType.DelimiterTab, ".")])
    block.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    written = QTextCharFormat()
    if style is PaperStyle.HEAD:
        written.setFont(font(family, SMALL))
        written.setForeground(_quiet())
    else:
        written.setFont(font(family, POINTS, strong=style is PaperStyle.SUM))
    inside = cell.firstCursorPosition()
    inside.setBlockFormat(block)
    inside.setBlockCharFormat(written)
    if text:
        said = text if column.is_number else isolated(text)
        inside.insertText(f"\t{said}" if at_point else said, written)


def _point_of(cells: Sequence[str], column: PaperColumn, family: str) -> float:
    """Where decimal points of a column of numbers stand so that the finest of them ends at its edge."""
    parts = [cell.partition(".")[2] for cell in cells if "." in cell]
    if not column.is_number or not parts:
        return 0
    metrics = QFontMetricsF(font(family, POINTS, strong=True))
    # Of a font that was asked for in points; a document counts in pixels of 96 to the inch.
    wide = max(metrics.horizontalAdvance(f".{part}") for part in parts)
    scale = 96 / QGuiApplication.primaryScreen().logicalDotsPerInchX()
    return max(0.0, WIDTH * column.part / 100 - _BETWEEN - wide * scale - _SLACK)


def _leave(cursor: QTextCursor, table: QTextTable, family: str) -> None:
    """Qt keeps an empty line behind a table: make it low, so that what follows decides the room."""
    cursor.setPosition(table.lastPosition() + 1)
    low = QTextBlockFormat()
    low.setLineHeight(4, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(low)
    tiny = QTextCharFormat()
    tiny.setFont(font(family, 1.0))
    cursor.setBlockCharFormat(tiny)


def _quiet() -> QColor:
    """Paper is white in either theme."""
    return QColor(read_tokens(dark=False, high_contrast=False).colours[Token.TEXT_2])
