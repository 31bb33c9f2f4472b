"""Pages on paper: a document set in plain text that is printed, previewed and saved as PDF."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
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
    QTextOption,
)

from artist_console.ui.direction import isolated
from artist_console.ui.paper_scale import HANGING, INSET, fit_to, set_in
from artist_console.ui.text import say
from artist_console.ui.tokens import Token, read_tokens

POINTS, SMALL, TITLE, HEADING = 10.0, 8.0, 18.0, 12.0
_MARGIN_MM = 20.0
_FOOT_MM = 10.0
_DPI = 600
_INCH_MM = 25.4
WIDTH = (210 - 2 * _MARGIN_MM) / _INCH_MM * 96  # of a sheet within its margins, in pixels of 96 to the inch
# Inter draws "-" and "(" beside capitals by other glyphs of its own (contextual alternates), for which a PDF
# of Qt has no letters: copied or searched, an ISRC would have lost its hyphens.
_ALTERNATES = "calt"


def new_document(
    family: str, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight
) -> QTextDocument:
    """An empty document for paper; its paragraphs run as its language does, whatever they begin with."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font(family, POINTS))
    option = QTextOption()
    option.setTextDirection(direction)
    # A hash or a signed text is one long word.
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    return document


def pdf(document: QTextDocument, title: str, foot: str, family: str, page: str = "") -> bytes:
    """The document as a PDF file; the foot stands on every sheet before its number.

    `page`: how that is told, with {n} and {all}; empty: as the window says it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("Artist Console")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    paint(writer, document, foot, family, page)
    buffer.close()
    return bytes(buffer.data().data())


def paint(device: QPagedPaintDevice, document: QTextDocument, foot: str, family: str, page: str = "") -> None:
    """Draw the document on a printer or into a PDF, on as many sheets as it takes."""
    painter = QPainter(device)
    try:
        wide, high = painter.viewport().width(), painter.viewport().height()
        dots = device.logicalDpiY() / _INCH_MM
        below = _FOOT_MM * dots
        document.documentLayout().setPaintDevice(device)
        fit_to(device, document)
        document.setPageSize(QSizeF(wide, high - below))
        sheets = document.pageCount()
        said = page or say("receipt", "Page {n} of {all}", n="{n}", all="{all}")
        for sheet in range(sheets):
            if sheet:
                device.newPage()
            _paint_sheet(painter, document, sheet, QRectF(0, 0, wide, high - below))
            number = said.replace("{n}", str(sheet + 1)).replace("{all}", str(sheets))
            _paint_foot(painter, foot, family, number, QRectF(0, high - below, wide, below))
    finally:
        painter.end()


def _paint_sheet(painter: QPainter, document: QTextDocument, sheet: int, room: QRectF) -> None:
    painter.save()
    painter.translate(0, -sheet * room.height())
    shown = room.translated(0, sheet * room.height())
    painter.setClipRect(shown)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = shown
    context.palette.setColor(QPalette.ColorRole.Text, _ink())
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, foot: str, family: str, number: str, room: QRectF) -> None:
    painter.setFont(font(family, SMALL))
    painter.setPen(_ink())
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    below = int(Qt.AlignmentFlag.AlignBottom)
    painter.drawText(room, below | int(Qt.AlignmentFlag.AlignLeft), isolated(foot))
    painter.drawText(room, below | int(Qt.AlignmentFlag.AlignRight), number)


def add(
    cursor: QTextCursor,
    words: str,
    style_font: QFont,
    *,
    before: int = 0,
    after: int = 0,
    first: bool = False,
    inset: int = 0,
    hanging: int = 0,
) -> None:
    """A paragraph of plain text; margins in pixels of 96 to the inch.

    `hanging`: where what follows its tab begins, on every line.
    """
    block = QTextBlockFormat()
    # Qt would otherwise go by the first letter of each paragraph.
    block.setLayoutDirection(cursor.document().defaultTextOption().textDirection())
    block.setTopMargin(before)
    block.setBottomMargin(after)
    block.setProperty(INSET, inset + hanging)
    block.setProperty(HANGING, hanging)
    set_in(block)
    if hanging:
        block.setTabPositions([QTextOption.Tab(hanging, QTextOption.TabType.LeftTab)])
    style = QTextCharFormat()
    style.setFont(style_font)
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(block)
    said = words
    if hanging and "\t" in words:
        name, _, said = words.partition("\t")
        quiet = QTextCharFormat(style)
        quiet.setForeground(_ink(Token.TEXT_2))
        cursor.insertText(f"{isolated(name)}\t", quiet)
    cursor.insertText(isolated(said), style)


def font(family: str, points: float, *, strong: bool = False) -> QFont:
    made = QFont(family)
    made.setPointSizeF(points)
    made.setFeature(QFont.Tag(_ALTERNATES), 0)
    if family == "monospace":
        made.setStyleHint(QFont.StyleHint.Monospace)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def _ink(token: Token = Token.TEXT) -> QColor:
    """Paper is white in either theme."""
    return QColor(read_tokens(dark=False, high_contrast=False).colours[token])
