"""Pages on paper: a document set in plain text that is printed, previewed and saved as PDF."""

from __future__ import annotations

from dataclasses import dataclass

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
    paint(new_writer(buffer, title), document, foot, family, page)
    buffer.close()
    return bytes(buffer.data().data())


def new_writer(buffer: QBuffer, title: str) -> QPdfWriter:
    """What writes sheets of A4 into a buffer."""
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("Artist Console")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    return writer


def paint(device: QPagedPaintDevice, document: QTextDocument, foot: str, family: str, page: str = "") -> None:
    """Draw the document on a printer or into a PDF, on as many sheets as it takes."""
    painter = QPainter(device)
    try:
        room = room_of(device, painter)
        document.documentLayout().setPaintDevice(device)
        fit_to(device, document)
        document.setPageSize(room.sheet)
        sheets = document.pageCount()
        for sheet in range(sheets):
            if sheet:
                device.newPage()
            draw_sheet(painter, document, sheet, room, Foot(foot, family, page, sheet + 1, sheets))
    finally:
        painter.end()


@dataclass(frozen=True, slots=True)
class Room:
    """Of a sheet within its margins, in dots of the device."""

    sheet: QSizeF  # for what is set
    below: float  # for the foot


def room_of(device: QPagedPaintDevice, painter: QPainter) -> Room:
    wide, high = painter.viewport().width(), painter.viewport().height()
    below = _FOOT_MM * device.logicalDpiY() / _INCH_MM
    return Room(QSizeF(wide, high - below), below)


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below a sheet; `page` tells its number with {n} and {all}, empty: as the window does."""

    words: str
    family: str
    page: str
    number: int
    of: int


def draw_sheet(painter: QPainter, document: QTextDocument, sheet: int, room: Room, foot: Foot) -> None:
    """Draw one sheet of a document, from 0, with its foot."""
    wide, high = room.sheet.width(), room.sheet.height()
    _paint_sheet(painter, document, sheet, QRectF(0, 0, wide, high))
    said = foot.page or say("receipt", "Page {n} of {all}", n="{n}", all="{all}")
    number = said.replace("{n}", str(foot.number)).replace("{all}", str(foot.of))
    _paint_foot(painter, foot.words, foot.family, number, QRectF(0, high, wide, room.below))


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
