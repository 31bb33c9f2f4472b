"""The money page on paper: its figures, its charts and their tables, as they are on the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QFileDialog

from artist_console.commands.paper import save_pdf
from artist_console.ui.charts import on_paper
from artist_console.ui.charts.chart_card import RowsCard
from artist_console.ui.charts.on_paper import Block, Figures, Heading, Sheets, Words
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.earnings_parts import MoneyPage
from artist_console.ui.text import say
from artist_console.ui.tokens import TextRole

_FOLDER_KEPT_AS = "earnings.folder"


def earnings_pages(page: MoneyPage) -> Sheets:
    """What the page shows now, currency by currency where there are several."""
    figures = page.desk.figures
    name = page.desk.name_of(page.artist) if page.artist is not None else say("earnings", "All artists")
    title = say("earnings", "Earnings of {name}", name=name)
    blocks: list[Block] = [
        Heading(title, TextRole.TITLE),
        Words(
            say(
                "earnings",
                "{period}. Printed on {day}.",
                period=page.period.currentText(),
                day=figures.day(page.desk.clock()),
            )
        ),
    ]
    blocks += [Words(said) for said in page.narrow.words()]
    blocks += [Words(line.accessibleName()) for line in page.money.flow_lines]
    for note in (page.money.partial, page.money.unrecognised, page.money.approximate):
        if not note.isHidden():
            blocks.append(Words(note.words.text()))
    if not page.money.chart.isHidden():
        chart = page.money.chart
        heading = say("earnings", "By month, {currency}", currency=page.money.currency)
        blocks += [Heading(heading), Words(chart.summary), Figures(chart.chart.data)]
        blocks.append(Figures(chart.figures.table))
    cards: tuple[RowsCard, ...] = (*page.waterfalls.cards, page.compare.works, page.compare.artists)
    for card in cards:
        if not card.isHidden() and not card.chart.data.is_empty:
            blocks += [Heading(card.accessibleName()), Figures(card.chart.data), Figures(card.figures.table)]
    blocks += [Heading(say("earnings", "Statements")), Figures(page.list_card.as_table())]
    foot = say("earnings", "{title} · arithmetic only, it cannot show unreported use", title=title)
    mirrors = page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return Sheets(title, foot, tuple(blocks), mirrors)


def show_preview(page: MoneyPage, sheets_of: Callable[[], Sheets]) -> None:
    """Show how it will look on paper; it is printed from there."""
    # Late: the library of printers is only needed here.
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog

    if not QPrinterInfo.availablePrinterNames():
        page.desk.say(
            say("earnings", "No printer is set up on this computer. Save it as PDF, and print that."),
            say("earnings", "Save as PDF…"),
            partial(save_page_as, page, sheets_of()),
        )
        return
    sheets, family = sheets_of(), page.desk.theme.font().family()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(sheets.title)
    on_paper.set_page(printer, sheets, family)
    preview = QPrintPreviewDialog(printer, page.window())
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.setWindowTitle(say("earnings", "Print earnings"))
    preview.paintRequested.connect(partial(_paint, sheets=sheets, family=family))
    preview.open()


def _paint(device: QPagedPaintDevice, *, sheets: Sheets, family: str) -> None:
    on_paper.paint(device, sheets, family)


def save_page_as(page: MoneyPage, sheets: Sheets) -> None:
    """Ask where, and save as PDF."""
    dialog = QFileDialog(page.window(), say("earnings", "Save charts and tables"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(say("earnings", "PDF files (*.pdf)"))
    dialog.setDefaultSuffix("pdf")
    day = page.desk.clock().date().isoformat()
    folder = page.desk.kept(_FOLDER_KEPT_AS)
    if folder and Path(folder).is_dir():
        dialog.setDirectory(folder)
    dialog.selectFile(f"{sheets.title.replace('/', '-')} - {day}.pdf")
    dialog.fileSelected.connect(partial(save_to, page, sheets))
    dialog.open()


def save_to(page: MoneyPage, sheets: Sheets, path: str) -> None:
    """Write the PDF beside the interface; what went wrong is told."""
    page.desk.keep(_FOLDER_KEPT_AS, str(Path(path).parent))
    data = on_paper.pdf(sheets, page.desk.theme.font().family())
    page.desk.background.job(
        lambda _progress: save_pdf(Path(path), data),
        lambda target: page.desk.say(say("earnings", "Saved as {file}.", file=target.name)),
        lambda problem: page.desk.say(problem_words(problem)),
    )
