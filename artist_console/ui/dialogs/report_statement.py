"""A statement of a report: every check sentence and its lines, read only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from artist_console.commands import reports as reports_commands
from artist_console.commands.earnings import LineView, StatementRow
from artist_console.commands.reports import OpenedReport
from artist_console.domain.statements import StatementCheck
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.pages.statement_words import check_look, check_sentence
from artist_console.ui.tables.lines_model import LinesModel
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note


class ReportStatementDialog(QDialog):
    """Checks first, then the lines with every digit."""

    def __init__(self, desk: Desk, report: OpenedReport, shown: StatementRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row = shown
        theme, statement = desk.theme, shown.statement
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("report-statement")
        period = period_words(desk.figures, statement.period_from, statement.period_until)
        self.setWindowTitle(say("statement", "{issuer}, {period}", issuer=statement.issuer, period=period))
        self.setModal(True)
        self.resize(860, 620)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 16)
        inside.setSpacing(8)
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION, wrap=True))
        payee = say("statement", "For {payee}", payee=shown.payee_name)
        inside.addWidget(label(payee, tone=Token.TEXT_2))
        self.checks = QVBoxLayout()
        inside.addLayout(self.checks)
        self.model = LinesModel(MoneyWords(desk.figures, exact=True), self)
        self.table = DataTable(theme, say("statement", "Lines of the statement"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("number", 64, 48, end=True, sortable=False),
                Column("work", 220, 160, stretch=True, sortable=False),
                Column("kind", 180, 120, sortable=False),
                Column("month", 130, 90, sortable=False, gives_way=1),
                Column("quantity", 90, 70, sortable=False, end=True, gives_way=2),
                Column("amount", 170, 110, sortable=False, end=True),
            ]
        )
        inside.addWidget(self.table, 1)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        inside.addLayout(row(None, close))
        desk.background.job(lambda _progress: reports_commands.statement_of(report, statement.id), self._show)

    def _show(self, found: tuple[StatementCheck, tuple[LineView, ...]]) -> None:
        checked, lines = found
        for check in checked.checks:
            tint, icon = check_look(check.result)
            words = check_sentence(check, self._desk.figures, self._row.statement.currency)
            self.checks.addWidget(Note(self._desk.theme, words, tint, icon))
        self.model.take(0, lines)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
