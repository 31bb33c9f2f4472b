"""A statement as a file for others: what each format holds, the page as it will be printed, where it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import earnings, statement_out, statement_paper
from artist_console.commands.console import Console
from artist_console.commands.paper import Paper
from artist_console.commands.statement_out import OutFormat
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.problems import Problem
from artist_console.ui.background import Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.paper_view import PaperView
from artist_console.ui.dialogs.saving_sheet import SavingSheet, Writing
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.money_words import period_words
from artist_console.ui.text import PlainLabel, isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, RadioButton
from artist_console.ui.widgets.layout import column
from artist_console.ui.widgets.states import StateStack

FOLDER_KEPT_AS = "statement.folder"
_INSET = 28


class ExportStatementDialog(SavingSheet):
    """One statement in any format, or what an artist earned in a period on paper."""

    def __init__(
        self,
        desk: Desk,
        statement: StatementId | None,
        parent: QWidget,
        *,
        period: tuple[ArtistId, date, date] | None = None,
    ) -> None:
        title = say("statement-file", "Export the statement")
        if period is not None:
            title = say("statement-file", "Export what was earned")
        super().__init__(desk, "export-statement", title, (780, 800), parent, folder_kept_as=FOLDER_KEPT_AS)
        self._statement, self._period = statement, period
        self._line_count = 0
        self.paper: Paper | None = None
        self._names: dict[OutFormat, str] = {}
        theme = desk.theme
        if period is not None:
            artist, since, until = period
            lead = say(
                "statement-file",
                "{name}, {period}",
                name=isolate(desk.name_of(artist)),
                period=period_words(desk.figures, since.replace(day=1), _end_of_month(until)),
            )
            self.set_heading(title, lead)
        self.choices: dict[OutFormat, RadioButton] = {}
        self._about: dict[OutFormat, PlainLabel] = {}
        if statement is not None:
            for format, name, what in _formats():
                choice = RadioButton(theme, name)
                choice.toggled.connect(self._chosen)
                about = label(what, TextRole.SMALL, Token.TEXT_2, wrap=True)
                about.setContentsMargins(_INSET, 0, 0, 0)
                choice.setAccessibleDescription(what)
                self.choices[format] = choice
                self._about[format] = about
                self.inside.addLayout(column(choice, about, gap=0))
            for choice in self.choices.values():
                choice.belongs_to(tuple(self.choices.values()))
        held = QWidget()
        inside = QVBoxLayout(held)
        inside.setContentsMargins(0, 8, 0, 0)
        self.view = PaperView(theme)
        inside.addWidget(self.view)
        self.states = StateStack(theme, held)
        self.states.retry.connect(self._look)
        self.inside.addWidget(self.states)
        self.inside.addStretch(1)
        self.print_button = Button(theme, say("statement-file", "Print…"), icon=Icon.PRINT)
        self.print_button.clicked.connect(self._print)
        self.set_buttons(
            self.print_button, self.going_on, self.stop, None, self.cancel, self.save, safe=self.cancel
        )
        self.enable()
        if self.choices:
            self.choices[OutFormat.PDF].setChecked(True)
        self.states.show_loading(say("statement-file", "Adding it up"))
        self._look()

    @classmethod
    def for_period(
        cls, desk: Desk, artist: ArtistId, since: date, until: date, parent: QWidget
    ) -> ExportStatementDialog:
        """All that was stated for an artist in the months that hold these days, on paper."""
        return cls(desk, None, parent, period=(artist, since, until))

    @property
    def format(self) -> OutFormat:
        return next((each for each, choice in self.choices.items() if choice.isChecked()), OutFormat.PDF)

    # What it looks like

    def _look(self) -> None:
        statement, period = self._statement, self._period

        def read(console: Console) -> tuple[Paper, int, str, str, date, date, dict[OutFormat, str]]:
            if statement is None:
                assert period is not None, "one statement or a period"
                paper = statement_paper.period_paper(console, *period)
                return paper, 0, "", "", period[1], period[2], {}
            found = earnings.statement(console, statement)
            names = {each: statement_out.proposed_name(console, statement, each) for each in OutFormat}
            of = found.statement
            return (
                statement_paper.statement_paper(console, statement),
                of.line_count,
                of.issuer,
                found.payee_name,
                of.period_from,
                of.period_until,
                names,
            )

        self._desk.ask(self, "paper", read, self._show, self._not_shown)

    def _show(self, found: tuple[Paper, int, str, str, date, date, dict[OutFormat, str]]) -> None:
        self.paper, self._line_count, issuer, payee, since, until, self._names = found
        if issuer:
            lead = say(
                "statement-file",
                "{issuer} to {payee}, {period}",
                issuer=isolate(issuer),
                payee=isolate(payee),
                period=period_words(self._desk.figures, since, until),
            )
            self.set_heading(self.heading.text(), lead)
        self.view.show_paper(self.paper)
        sheet = self.choices.get(OutFormat.XLSX)
        if sheet is not None and not statement_out.fits_a_sheet(self._line_count):
            sheet.setEnabled(False)
            about = self._about[OutFormat.XLSX]
            words = say_count(
                "statement-file",
                "A sheet holds 1,048,575 lines, and this is {n}. Take CSV.",
                "A sheet holds 1,048,575 lines, and these are {n}. Take CSV.",
                self._line_count,
            )
            about.setText(words)
            sheet.setAccessibleDescription(words)
        self.states.show_content()
        self._chosen()

    def _not_shown(self, problem: Problem) -> None:
        self.paper = None
        self.states.show_error(problem)
        self.enable()

    def _chosen(self, _on: bool = False) -> None:
        self.states.setVisible(self.format is OutFormat.PDF)
        self.enable()

    def enable(self) -> None:
        ready = self.paper is not None and self.is_free
        self.save.setEnabled(ready)
        self.print_button.setEnabled(ready)
        for format, choice in self.choices.items():
            fits = format is not OutFormat.XLSX or statement_out.fits_a_sheet(self._line_count)
            choice.setEnabled(self.is_free and fits)

    # Written and printed

    def _print(self) -> None:
        if self.paper is not None:
            self.preview(self.paper, say("statement-file", "Print the statement"))

    def suffix(self) -> str:
        return self.format.value

    def proposed_name(self) -> str:
        return self._names.get(self.format) or self._period_name()

    def _period_name(self) -> str:
        title = self.paper.title if self.paper is not None else ""
        return statement_out.file_name(
            title.replace(":", " -").replace(",", " -").split(" - "), OutFormat.PDF
        )

    def writing(self, path: Path, drawer: PaperDrawer) -> Writing:
        statement, period, format = self._statement, self._period, self.format

        def write(console: Console, progress: Progress) -> Path:
            draw: Callable[[Paper], bytes] = drawer.for_work(progress)
            if statement is None:
                assert period is not None, "one statement or a period"
                return statement_out.export_period(console, *period, path, draw).path
            told = progress.report
            return statement_out.export_statement(
                console, statement, path, draw, format=format, told=told
            ).path

        return write

    def counted(self, done: str, total: str) -> str:
        return say("statement-file", "{done} of {total} lines", done=done, total=total)


def _formats() -> tuple[tuple[OutFormat, str, str], ...]:
    return (
        (
            OutFormat.PDF,
            say("statement-file", "PDF, to read and to file"),
            say(
                "statement-file",
                "From earned to paid, by programme, kind and work; corrections, checks, hash, page numbers.",
            ),
        ),
        (
            OutFormat.XLSX,
            say("statement-file", "XLSX, for a spreadsheet"),
            say(
                "statement-file",
                "Every line. Money twice: a number to read, its exact text beside it. Nothing in it runs.",
            ),
        ),
        (
            OutFormat.CSV,
            say("statement-file", "CSV, for programs"),
            say("statement-file", "Every line with every digit, however many there are."),
        ),
        (
            OutFormat.DSR,
            say("statement-file", "DSR, for labels, publishers and societies"),
            say(
                "statement-file",
                "A sales report as DDEX writes them (.tsv). AI uses stand in it as user-defined ones.",
            ),
        ),
    )


def _end_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
