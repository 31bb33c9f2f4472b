"""A statement of a report: every check sentence and its lines, read only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from artist_console.commands import report_inside
from artist_console.commands.earnings import LineView, StatementRow
from artist_console.commands.report_inside import ReportInside
from artist_console.domain.statements import StatementCheck
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.pages.statement_words import check_look, check_sentence
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.tables.lines_model import BLOCK, LinesModel
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import row

_CHECKS_HEIGHT = 190


class ReportStatementDialog(QDialog):
    """Checks first, then the lines with every digit, read from the file in blocks as they are looked at."""

    def __init__(self, desk: Desk, report: ReportInside, shown: StatementRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row, self._report = shown, report
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
        held = QWidget()
        self.checks = QVBoxLayout(held)
        self.checks.setContentsMargins(0, 0, 0, 0)
        self.checks.setSpacing(2)
        # They take what they need up to a third of the dialog: the lines are what it is for.
        self.checks_area = scrolled(held)
        self.checks_area.setFixedHeight(theme.px(_CHECKS_HEIGHT))
        inside.addWidget(self.checks_area)
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
        self.without_lines = label(say("statement", "Its lines are not in the report."), tone=Token.TEXT_2)
        self.without_lines.hide()
        inside.addWidget(self.without_lines, 1)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        inside.addLayout(row(None, close))
        self.model.block_wanted.connect(self._read)
        desk.background.job(
            lambda _progress: report_inside.statement_of(report, statement.id), self._show_checks
        )
        self.model.start(MoneyWords(desk.figures, exact=True))

    def _read(self, offset: int) -> None:
        report, id = self._report, self._row.statement.id
        self._desk.background.job(
            lambda _progress: (offset, report_inside.lines_of(report, id, offset, BLOCK)), self._take
        )

    def _take(self, block: tuple[int, tuple[LineView, ...]]) -> None:
        offset, lines = block
        if not isValid(self):
            return
        is_first = not self.model.total
        # Lines that did not travel with the report are not there at all.
        total = self._row.statement.line_count if lines else 0
        self.model.take(offset, lines, total)
        self.without_lines.setVisible(not total)
        self.table.setVisible(bool(total))
        if is_first and total:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_checks(self, checked: StatementCheck) -> None:
        if not isValid(self):
            return
        for check in checked.checks:
            tint, icon = check_look(check.result)
            words = check_sentence(check, self._desk.figures, self._row.statement.currency)
            line = row(gap=8)
            line.addWidget(IconMark(self._desk.theme, icon, tint), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(paragraph(words), 1)
            self.checks.addLayout(line)
        self.checks.addStretch(1)
