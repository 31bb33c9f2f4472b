"""A receipt on paper: one document that is printed, previewed and saved as PDF. Text is set as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from artist_console.ui.text import say

_POINTS, _SMALL, _TITLE, _HEADING = 10.0, 8.0, 18.0, 12.0
_MARGIN_MM = 20.0
_FOOT_MM = 10.0
_DPI = 600
_INCH_MM = 25.4


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on it, top to bottom."""

    title: str
    result: str  # what came of the check, and what that means
    facts: Sequence[tuple[str, str]]
    checks: Sequence[str]
    jws: str
    foot: str  # on every page, before its number


def pdf(page: Page, family: str) -> bytes:
    """The page as a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(page.title)
    writer.setCreator("Artist Console")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    paint(writer, page, family)
    buffer.close()
    return bytes(buffer.data().data())


def paint(device: QPagedPaintDevice, page: Page, family: str) -> None:
    """Draw the page on a printer or into a PDF, on as many sheets as it takes."""
    painter = QPainter(device)
    try:
        wide, high = painter.viewport().width(), painter.viewport().height()
        dots = device.logicalDpiY() / _INCH_MM
        foot = _FOOT_MM * dots
        document = _document(page, family)
        document.documentLayout().setPaintDevice(device)
        document.setPageSize(QSizeF(wide, high - foot))
        sheets = document.pageCount()
        for sheet in range(sheets):
            if sheet:
                device.newPage()
            _paint_sheet(painter, document, sheet, QRectF(0, 0, wide, high - foot))
            _paint_foot(painter, page, family, sheet + 1, sheets, QRectF(0, high - foot, wide, foot))
    finally:
        painter.end()


def _paint_sheet(painter: QPainter, document: QTextDocument, sheet: int, room: QRectF) -> None:
    painter.save()
    painter.translate(0, -sheet * room.height())
    shown = room.translated(0, sheet * room.height())
    painter.setClipRect(shown)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = shown
    # Paper is white in either theme.
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, page: Page, family: str, sheet: int, sheets: int, room: QRectF) -> None:
    painter.setFont(_font(family, _SMALL))
    painter.setPen(Qt.GlobalColor.black)
    below = int(Qt.AlignmentFlag.AlignBottom)
    number = say("receipt", "Page {n} of {all}", n=sheet, all=sheets)
    painter.drawText(room, below | int(Qt.AlignmentFlag.AlignLeft), page.foot)
    painter.drawText(room, below | int(Qt.AlignmentFlag.AlignRight), number)


def _document(page: Page, family: str) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(family, _POINTS))
    option = QTextOption()
    # The signed text is one long word.
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    cursor = QTextCursor(document)
    _add(cursor, page.title, _font(family, _TITLE, strong=True), after=6, first=True)
    _add(cursor, page.result, _font(family, _POINTS), after=14)
    _add_facts(cursor, page.facts, family)
    _add(cursor, say("receipt", "What was checked"), _font(family, _HEADING, strong=True), before=14, after=4)
    for check in page.checks:
        _add(cursor, check, _font(family, _POINTS), after=3)
    _add(
        cursor, say("receipt", "The signed receipt"), _font(family, _HEADING, strong=True), before=14, after=4
    )
    how = say(
        "receipt",
        "A compact JWS (RFC 7515, EdDSA). Any JOSE library verifies it with the public key of the signer.",
    )
    _add(cursor, how, _font(family, _SMALL), after=4)
    _add(cursor, page.jws, _font("monospace", _SMALL - 1))
    return document


def _add(
    cursor: QTextCursor, words: str, font: QFont, *, before: int = 0, after: int = 0, first: bool = False
) -> None:
    """A paragraph of plain text; margins in points."""
    block = QTextBlockFormat()
    block.setTopMargin(before)
    block.setBottomMargin(after)
    style = QTextCharFormat()
    style.setFont(font)
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(block)
    cursor.insertText(words, style)


def _add_facts(cursor: QTextCursor, facts: Sequence[tuple[str, str]], family: str) -> None:
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setCellPadding(2)
    shape.setTopMargin(10)
    shape.setColumnWidthConstraints(
        [
            QTextLength(QTextLength.Type.PercentageLength, 28),
            QTextLength(QTextLength.Type.PercentageLength, 72),
        ]
    )
    table = cursor.insertTable(len(facts), 2, shape)
    name_style, style = QTextCharFormat(), QTextCharFormat()
    name_style.setFont(_font(family, _POINTS, strong=True))
    style.setFont(_font(family, _POINTS))
    for line, (name, said) in enumerate(facts):
        table.cellAt(line, 0).firstCursorPosition().insertText(name, name_style)
        table.cellAt(line, 1).firstCursorPosition().insertText(said, style)


def _font(family: str, points: float, *, strong: bool = False) -> QFont:
    font = QFont(family)
    font.setPointSizeF(points)
    if family == "monospace":
        font.setStyleHint(QFont.StyleHint.Monospace)
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font
