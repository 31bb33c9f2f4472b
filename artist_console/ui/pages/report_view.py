"""An opened report: what came of its checks first, then what it does not tell, then what it holds."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from artist_console.commands.earnings import StatementRow
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.report_tables import ReportTables, ReportWork
from artist_console.commands.reports import OpenedReport, ReportVerdict
from artist_console.commands.signers import OWN
from artist_console.domain.inclusion_states import REPORTED
from artist_console.domain.statements import CheckResult
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.report_statement import ReportStatementDialog
from artist_console.ui.dialogs.report_work import ReportWorkDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.tables.fitting import fit_rows
from artist_console.ui.tables.report_models import ReportHistoryModel, ReportPlacesModel, ReportWorksModel
from artist_console.ui.tables.statements_model import StatementsModel
from artist_console.ui.text import elided, say, say_count, set_tooltip
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Banner, MetricCard
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.page import ScrollPage
from artist_console.ui.widgets.painting import fill_round, painter_for
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Note, Rule, SectionHeading

_FOUR_WIDE = 760
_ROWS_SHOWN = 10
_KB, _MB = 1_000, 1_000_000
_WORKS, _ANSWERS, _PLACES, _STATEMENTS = "works", "answers", "places", "statements"


def verdict_look(verdict: ReportVerdict) -> tuple[Tint, Icon]:
    """The family and icon of each of the four results."""
    match verdict:
        case ReportVerdict.GENUINE:
            return Tint.INFO, Icon.SHIELD
        case ReportVerdict.SIGNER_UNKNOWN:
            return Tint.NEUTRAL, Icon.QUESTION
        case ReportVerdict.CHANGED:
            return Tint.DENY, Icon.TRIANGLE
        case ReportVerdict.CANNOT_BE_CHECKED:
            return Tint.ASK, Icon.QUESTION


def verdict_words(verdict: ReportVerdict) -> str:
    """A result in two or three words, for a list."""
    match verdict:
        case ReportVerdict.GENUINE:
            return say("report", "Unchanged since signed")
        case ReportVerdict.SIGNER_UNKNOWN:
            return say("report", "Unchanged, signer not known")
        case ReportVerdict.CHANGED:
            return say("report", "Changed after signing")
        case ReportVerdict.CANNOT_BE_CHECKED:
            return say("report", "Cannot be checked")


class CheckRow(QWidget):
    """One check: passed, failed, or not to be recomputed here, which says nothing against the report."""

    def __init__(self, theme: Theme, check: CheckLine) -> None:
        super().__init__()
        self._theme = theme
        self.check = check
        words = domain_words(check.template, **dict(check.fields))
        texts = column(paragraph(words, tone=Token.TEXT, weight="medium", selectable=True), gap=1)
        state = check_state_words(check.state)
        if check.state is not CheckState.PASSED:
            texts.addWidget(paragraph(state, TextRole.SMALL))
        line = row(gap=12, margins=(0, 5, 0, 5))
        line.addWidget(_Mark(theme, check.state), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        self.setLayout(line)
        spoken = (
            say("report", "{words} {state}", state=state, words=words)
            if check.state is CheckState.CANNOT
            else say("report", "{state}: {words}", state=state, words=words)
        )
        self.setAccessibleName(spoken)


class _Mark(QWidget):
    """The tinted square of a check."""

    def __init__(self, theme: Theme, state: CheckState) -> None:
        super().__init__()
        self._theme = theme
        match state:
            case CheckState.PASSED:
                self._tint, self._icon = Tint.INFO, Icon.CHECK
            case CheckState.FAILED:
                self._tint, self._icon = Tint.DENY, Icon.TRIANGLE
            case CheckState.CANNOT:
                self._tint, self._icon = Tint.NEUTRAL, Icon.QUESTION
        self.setFixedSize(QSize(theme.px(32), theme.px(32)))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        painter = painter_for(self)
        colours = self._theme.tint(self._tint)
        fill_round(painter, rect, self._theme.radius("field") - 1, colours.back)
        inset = rect.width() * 0.27
        box = rect.adjusted(inset, inset, -inset, -inset)
        self._theme.icons.paint(painter, box, self._icon, colours.on_back, heavy=True)


def check_state_words(state: CheckState) -> str:
    match state:
        case CheckState.PASSED:
            return say("report", "Passed")
        case CheckState.FAILED:
            return say("report", "Does not hold")
        case CheckState.CANNOT:
            return say("report", "This cannot be checked here. That says nothing against the report.")


class ReportView(QWidget):
    """Shows an `OpenedReport`."""

    trust_wished = Signal()
    compare_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.report: OpenedReport | None = None
        content = QWidget()
        self._inside = QVBoxLayout(content)
        self._inside.setContentsMargins(28, 22, 28, 28)
        self._inside.setSpacing(14)
        self._build_head()
        self._build_checks()
        self._build_tables()
        self._inside.addStretch(1)
        self.scroller = ScrollPage(content)
        self.setLayout(column(self.scroller))

    # Building

    def _build_head(self) -> None:
        theme = self._desk.theme
        self.title = elided("", TextRole.TITLE)
        self.subtitle = elided("", TextRole.BODY, Token.TEXT_2, middle=True)
        self.trust = Button(theme, say("report", "Trust this signer…"), icon=Icon.SHIELD)
        self.trust.clicked.connect(self.trust_wished)
        self.compare = Button(theme, say("report", "Compare…"), icon=Icon.COMPARE)
        self.compare.clicked.connect(self.compare_wished)
        head = row(gap=16)
        head.addLayout(column(self.title, self.subtitle, gap=2), 1)
        head.addWidget(self.trust, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignVCenter)
        self._inside.addLayout(head)
        self.banner = Banner(theme)
        self._inside.addWidget(self.banner)
        contradicts = say(
            "report",
            "Unchanged since it was signed, but not everything in it holds. The checks below say what.",
        )
        self.contradicts = Note(theme, contradicts, Tint.DENY, Icon.TRIANGLE)
        self._inside.addWidget(self.contradicts)
        self._metrics = QGridLayout()
        self._metrics.setSpacing(12)
        self.works = MetricCard(theme, say("report", "Works"))
        self.answers = MetricCard(theme, say("report", "Answers"))
        self.reported = MetricCard(theme, say("report", "Reported in AI programmes"))
        self.statements = MetricCard(theme, say("report", "Statements"))
        self._cards = (self.works, self.answers, self.reported, self.statements)
        self._inside.addLayout(self._metrics)
        self._lay_metrics(4)

    def _build_checks(self) -> None:
        theme = self._desk.theme
        self._inside.addWidget(SectionHeading(theme, say("report", "What was checked")))
        self._check_rows = QVBoxLayout()
        self._check_rows.setSpacing(2)
        self._inside.addLayout(self._check_rows)
        self._inside.addWidget(Rule(theme))
        self._inside.addWidget(SectionHeading(theme, say("report", "What this does not tell you")))
        self._untold = QVBoxLayout()
        self._untold.setSpacing(4)
        self._inside.addLayout(self._untold)
        self._inside.addWidget(Rule(theme))

    def _build_tables(self) -> None:
        theme, figures = self._desk.theme, self._desk.figures
        self.content_heading = SectionHeading(theme, say("report", "What it holds"))
        self._inside.addWidget(self.content_heading)
        self.not_verified = Note(
            theme,
            say(
                "report", "Not verified. This is what could be read; anybody may have written or changed it."
            ),
            Tint.DENY,
            Icon.TRIANGLE,
        )
        self._inside.addWidget(self.not_verified)
        self.pills = PillGroup(theme, say("report", "Part of the report"))
        self.pills.chosen.connect(self._choose_part)
        self._inside.addWidget(self.pills)
        self.works_model = ReportWorksModel(figures, self)
        self.history_model = ReportHistoryModel(figures, self)
        self.places_model = ReportPlacesModel(figures, self)
        self.statements_model = StatementsModel(MoneyWords(figures), self)
        self.tables = {
            _WORKS: self._table(
                say("report", "Works of the report"),
                self.works_model,
                [
                    Column("work", 260, 180, stretch=True, sortable=False),
                    Column("permission", 250, 170, sortable=False),
                    Column("code", 150, 110, gives_way=1, sortable=False),
                ],
            ),
            _ANSWERS: self._table(
                say("report", "Answers in the report"),
                self.history_model,
                [
                    Column("about", 220, 150, stretch=True, sortable=False),
                    Column("use", 180, 110, sortable=False),
                    Column("answer", 120, 100, sortable=False),
                    Column("when", 190, 120, gives_way=2, sortable=False),
                    Column("receipt", 130, 100, gives_way=1, sortable=False),
                ],
            ),
            _PLACES: self._table(
                say("report", "Where the works are"),
                self.places_model,
                [
                    Column("work", 200, 140, stretch=True, sortable=False),
                    Column("programme", 140, 100, gives_way=2, sortable=False),
                    Column("state", 230, 150, sortable=False),
                    Column("grade", 170, 130, gives_way=3, sortable=False),
                    Column("day", 150, 100, gives_way=1, sortable=False),
                ],
            ),
            _STATEMENTS: self._table(
                say("report", "Statements of the report"),
                self.statements_model,
                [
                    Column("period", 200, 140, sortable=False),
                    Column("issuer", 170, 110, gives_way=1, sortable=False),
                    Column("check", 260, 150, stretch=True, sortable=False),
                    Column("amount", 130, 100, end=True, sortable=False),
                ],
            ),
        }

    def _table(self, name: str, model: QAbstractTableModel, columns: list[Column]) -> DataTable:
        table = DataTable(self._desk.theme, name)
        table.setModel(model)
        table.set_columns(columns)
        table.opened.connect(self._open_row)
        table.hide()
        self._inside.addWidget(table)
        return table

    # Showing

    def show_report(self, report: OpenedReport) -> None:
        same = self.report is not None and self.report.path == report.path
        self.report = report
        self.title.setText(report.title or report.path.name)
        self.subtitle.setText(self._about(report))
        set_tooltip(self.subtitle, str(report.path))
        tint, icon = verdict_look(report.verdict)
        headline = domain_words(report.headline_template, **dict(report.headline_fields))
        self.banner.show_result(tint, icon, headline, self._verdict_detail(report))
        self.contradicts.setVisible(report.verified and not report.consistent)
        self.trust.setVisible(report.verdict is ReportVerdict.SIGNER_UNKNOWN and report.verified)
        self.compare.setVisible(report.tables is not None)
        self._show_checks(report)
        self._show_content(report)
        if not same:
            self.scroller.verticalScrollBar().setValue(0)
        self.setAccessibleName(say("report", "{title}. {result}", title=self.title.text(), result=headline))

    def _about(self, report: OpenedReport) -> str:
        parts = [report.path.name, size_words(report.size_bytes)]
        if report.artist_names:
            names = report.artist_names
            parts.append(
                names[0] if len(names) == 1 else say_count("report", "1 artist", "{n} artists", len(names))
            )
        if report.made_at is not None:
            parts.append(self._desk.figures.day(report.made_at))
        return " · ".join(parts)

    def _verdict_detail(self, report: OpenedReport) -> str:
        figures = self._desk.figures
        made = figures.day(report.made_at) if report.made_at is not None else ""
        match report.verdict:
            case ReportVerdict.GENUINE if report.introduced_by == OWN:
                return say(
                    "report",
                    "Signed on {date} by this computer's clock. This profile's own key: {key}.",
                    date=made,
                    key=report.fingerprint,
                )
            case ReportVerdict.GENUINE:
                return say(
                    "report",
                    "Signed on {date} by the signer's own clock, with the key {key}, made known here by"
                    " {who}.",
                    date=made,
                    key=report.fingerprint,
                    who=domain_words(report.introduced_by),
                )
            case ReportVerdict.SIGNER_UNKNOWN:
                return say(
                    "report",
                    "It calls its signer {name}. Key {key}. Nobody has introduced this signer to you.",
                    name=report.signer,
                    key=report.fingerprint,
                )
            case ReportVerdict.CHANGED:
                return say("report", "Ask the sender for a new copy. Do not rely on what stands below.")
            case ReportVerdict.CANNOT_BE_CHECKED:
                return say("report", "That says nothing for it and nothing against it.")

    def _show_checks(self, report: OpenedReport) -> None:
        clear_layout(self._check_rows)
        for check in report.checks:
            self._check_rows.addWidget(CheckRow(self._desk.theme, check))
        clear_layout(self._untold)
        for said in report.does_not_tell:
            self._untold.addWidget(paragraph(domain_words(said)))

    def _show_content(self, report: OpenedReport) -> None:
        tables = report.tables
        for card in self._cards:
            card.setVisible(tables is not None and report.verified)
        self.not_verified.setVisible(tables is not None and not report.verified)
        self.content_heading.show_words(
            say("report", "What it holds")
            if report.verified
            else say("report", "Not verified: what could be read")
            if tables is not None
            else say("report", "Nothing of this file can be read")
        )
        self.pills.setVisible(tables is not None)
        for table in self.tables.values():
            table.hide()
        if tables is None:
            return
        self._show_metrics(tables)
        self.works_model.verified = report.verified
        self.works_model.show_rows(tables.works)
        self.history_model.show_rows(tables.history)
        self.places_model.show_rows(tables.places)
        self.statements_model.show_rows(
            tables.statements, MoneyWords(self._desk.figures), with_payee=len(report.artist_names) > 1
        )
        self.pills.set_pills(
            [
                (_WORKS, say("report", "Works"), len(tables.works)),
                (_ANSWERS, say("report", "Answers"), len(tables.history)),
                (_PLACES, say("report", "Where they are"), len(tables.places)),
                (_STATEMENTS, say("report", "Statements"), len(tables.statements)),
            ]
        )
        chosen = self.pills.current if self.pills.current in self.tables else _WORKS
        self.pills.set_current(chosen or _WORKS)
        self._choose_part(chosen or _WORKS)

    def _show_metrics(self, tables: ReportTables) -> None:
        number = self._desk.figures.number
        artists = len({work.artist_name for work in tables.works})
        self.works.show_figure(
            number(len(tables.works)), say_count("report", "of 1 artist", "of {n} artists", artists)
        )
        receipts = sum(row.receipt for row in tables.history)
        self.answers.show_figure(
            number(len(tables.history)), say_count("report", "1 with receipt", "{n} with receipt", receipts)
        )
        named = len({place.work for place in tables.places if place.state in REPORTED})
        share = say("report", "{n} of {all}", n=number(named), all=number(len(tables.works)))
        self.reported.show_figure(share, say("report", "as far as programmes report"))
        whole = sum(row.check is CheckResult.ADDS_UP for row in tables.statements)
        adds = say_count("report", "1 adds up", "{n} add up", whole) if tables.statements else ""
        self.statements.show_figure(number(len(tables.statements)), adds)

    def _choose_part(self, chosen: object) -> None:
        for key, table in self.tables.items():
            table.setVisible(key == chosen)
            if key == chosen:
                fit_rows(table, _ROWS_SHOWN)

    def _open_row(self, index: QModelIndex) -> None:
        found, report = index.data(ROW_ROLE), self.report
        if report is None:
            return
        match found:
            case ReportWork() if report.verified:
                ReportWorkDialog(self._desk, report, found, self.window()).open()
            case PlaceRow():
                EvidenceDialog(self._desk, found.work_title, (found,), self.window()).open()
            case StatementRow():
                ReportStatementDialog(self._desk, report, found, self.window()).open()

    # Narrow and wide

    def _lay_metrics(self, across: int) -> None:
        for place, card in enumerate(self._cards):
            self._metrics.addWidget(card, place // across, place % across)
        for at in range(4):
            self._metrics.setColumnStretch(at, 1 if at < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_metrics(4 if self.width() >= _FOUR_WIDE else 2)


def size_words(size: int) -> str:
    """214 KB, 3 MB: as file managers count."""
    if size >= _MB:
        return say("report", "{n} MB", n=-(-size // _MB))
    return say("report", "{n} KB", n=-(-size // _KB))
