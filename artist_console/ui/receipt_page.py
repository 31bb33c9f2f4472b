"""A receipt on paper: one document that is printed, previewed and saved as PDF. Text is set as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import (
    QGuiApplication,
    QPagedPaintDevice,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)

from artist_console.ui import paper
from artist_console.ui.direction import isolated
from artist_console.ui.paper import HEADING, POINTS, SMALL, TITLE, add, font, new_document
from artist_console.ui.text import say


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
    return paper.pdf(_document(page, family), page.title, page.foot, family)


def paint(device: QPagedPaintDevice, page: Page, family: str) -> None:
    """Draw the page on a printer or into a PDF, on as many sheets as it takes."""
    paper.paint(device, _document(page, family), page.foot, family)


def _document(page: Page, family: str) -> QTextDocument:
    document = new_document(family, QGuiApplication.layoutDirection())
    cursor = QTextCursor(document)
    add(cursor, page.title, font(family, TITLE, strong=True), after=6, first=True)
    add(cursor, page.result, font(family, POINTS), after=14)
    _add_facts(cursor, page.facts, family)
    add(cursor, say("receipt", "What was checked"), font(family, HEADING, strong=True), before=14, after=4)
    for check in page.checks:
        add(cursor, check, font(family, POINTS), after=3)
    add(cursor, say("receipt", "The signed receipt"), font(family, HEADING, strong=True), before=14, after=4)
    how = say(
        "receipt",
        "A compact JWS (RFC 7515, EdDSA). Any JOSE library verifies it with the public key of the signer.",
    )
    add(cursor, how, font(family, SMALL), after=4)
    add(cursor, page.jws, font("monospace", SMALL - 1))
    return document


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
    name_style.setFont(font(family, POINTS, strong=True))
    style.setFont(font(family, POINTS))
    block = QTextBlockFormat()
    block.setLayoutDirection(cursor.document().defaultTextOption().textDirection())
    for line, (name, said) in enumerate(facts):
        for column, (words, drawn) in enumerate(((name, name_style), (said, style))):
            cell = table.cellAt(line, column).firstCursorPosition()
            cell.setBlockFormat(block)
            cell.insertText(isolated(words), drawn)
