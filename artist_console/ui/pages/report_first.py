"""The first screen of a report: the result, how much it holds, what was checked, what it does not tell."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from artist_console.commands.report_inside import ReportInside
from artist_console.commands.report_tables import ReportTables
from artist_console.commands.reports import OpenedReport, ReportGap
from artist_console.domain.inclusion_states import REPORTED
from artist_console.domain.problems import Problem
from artist_console.domain.statements import CheckResult
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.pages.report_checks import ChecksList
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.report_words import headline_words, verdict_detail, verdict_look
from artist_console.ui.tables.fitting import fit_rows
from artist_console.ui.tables.report_models import OverviewModel
from artist_console.ui.text import isolate, say, say_count
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Banner, MetricCard
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.page import ScrollPage
from artist_console.ui.widgets.sections import KeyValues, Note, Rule, SectionHeading

_FOUR_WIDE = 760
_ROWS_SHOWN = 8


class ReportFirst(QWidget):
    """Scrolls as a whole. The owner connects its buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._gaps: tuple[ReportGap, ...] = ()
        content = QWidget()
        self._inside = QVBoxLayout(content)
        self._inside.setContentsMargins(28, 0, 28, 28)
        self._inside.setSpacing(14)
        self._build_result()
        self._build_checks()
        self._build_content()
        self._inside.addStretch(1)
        self.scroller = ScrollPage(content)
        self.setLayout(column(self.scroller))

    # Building

    def _build_result(self) -> None:
        theme = self._desk.theme
        self.banner = Banner(theme)
        self._inside.addWidget(self.banner)
        self.trust = Button(theme, say("report", "Trust this signer…"), icon=Icon.SHIELD)
        self.trust.hide()
        self._inside.addLayout(row(self.trust, None))
        self.newer_note = Note(theme, "", Tint.ASK, Icon.CLOCK)
        self.newer = Button(theme, say("report", "Open the newer one"))
        self._inside.addWidget(self.newer_note)
        self._inside.addLayout(row(self.newer, None))
        contradicts = say(
            "report",
            "The file is as it was signed, but some of what it says does not hold. See the checks below.",
        )
        self.contradicts = Note(theme, contradicts, Tint.DENY, Icon.TRIANGLE)
        self._inside.addWidget(self.contradicts)
        self._metrics = QGridLayout()
        self._metrics.setSpacing(12)
        self.works = MetricCard(theme, say("report", "Works"))
        self.answers = MetricCard(theme, say("report", "Answers"))
        self.reported = MetricCard(theme, say("report", "Reported in AI programmes"))
        self.statements = MetricCard(theme, say("report", "Statements"))
        self.cards = (self.works, self.answers, self.reported, self.statements)
        self._inside.addLayout(self._metrics)
        self._lay_metrics(4)

    def _build_checks(self) -> None:
        theme = self._desk.theme
        self._inside.addWidget(SectionHeading(theme, say("report", "What was checked")))
        self.checks = ChecksList(theme)
        self._inside.addWidget(self.checks)
        self.unread = Note(theme, "", Tint.ASK, Icon.TRIANGLE)
        self._inside.addWidget(self.unread)
        self._inside.addWidget(Rule(theme))
        self.untold_heading = SectionHeading(theme, say("report", "What this does not tell you"))
        self._inside.addWidget(self.untold_heading)
        self._untold = QVBoxLayout()
        self._untold.setSpacing(4)
        self._inside.addLayout(self._untold)
        self._inside.addWidget(Rule(theme))

    def _build_content(self) -> None:
        theme = self._desk.theme
        self.read_link = LinkButton(theme, say("report", "Read all of it"))
        self.content_heading = SectionHeading(theme, say("report", "What it holds"), self.read_link)
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
        self.overview = OverviewModel(self._desk.figures, self)
        self.table = DataTable(theme, say("report", "The beginning of the overview"))
        self.table.setModel(self.overview)
        self.table.set_columns(
            [
                Column("work", 230, 160, stretch=True, sortable=False),
                Column("programme", 150, 100, gives_way=2, sortable=False),
                Column("where", 200, 120, gives_way=1, sortable=False),
                Column("permission", 220, 130, sortable=False),
            ]
        )
        self._inside.addWidget(self.table)
        self._counts_place = QVBoxLayout()
        self._inside.addLayout(self._counts_place)

    # Showing

    def show_report(self, report: OpenedReport, *, from_start: bool) -> None:
        tint, icon = verdict_look(report.verdict)
        detail = verdict_detail(report, self._desk.figures)
        self.banner.show_result(tint, icon, headline_words(report), detail)
        self._gaps = report.gaps
        self._show_newer(report)
        self.contradicts.setVisible(report.verified and not report.consistent)
        self.checks.show_checks(report.checks, waiting=report.verified)
        self.unread.show_words("")
        clear_layout(self._untold)
        self.untold_heading.setVisible(report.is_report)
        for said in report.does_not_tell if report.is_report else ():
            self._untold.addWidget(paragraph(domain_words(said)))
        self._show_beginning(report)
        if from_start:
            self.scroller.verticalScrollBar().setValue(0)

    def _show_newer(self, report: OpenedReport) -> None:
        newer = report.newer
        self.newer.setVisible(newer is not None)
        words = (
            say(
                "report",
                "A newer report of the same series is known here: {name}, made on {day}.",
                name=isolate(newer.name),
                day=self._desk.figures.day(newer.made_at),
            )
            if newer is not None
            else ""
        )
        self.newer_note.show_words(words)

    def _show_beginning(self, report: OpenedReport) -> None:
        there = report.has_content
        self.not_verified.setVisible(there and not report.verified)
        self.content_heading.show_words(
            say("report", "What it holds")
            if report.verified
            else say("report", "Not verified: what could be read")
            if there
            else say("report", "Nothing of this file can be read")
        )
        self.read_link.setVisible(there)
        self.overview.show_rows(report.first[:_ROWS_SHOWN])
        self.table.setVisible(bool(report.first))
        fit_rows(self.table, _ROWS_SHOWN)
        clear_layout(self._counts_place)
        if report.counts:
            counted = KeyValues(self._desk.theme)
            for each in report.counts:
                number = self._desk.figures.number(each.rows)
                said = (
                    say_count(
                        "report",
                        "{rows}; 1 was taken out",
                        "{rows}; {n} were taken out",
                        each.removed,
                        rows=number,
                    )
                    if each.removed
                    else number
                )
                counted.add(domain_words(each.title), said)
            self._counts_place.addWidget(counted)
        counts = {each.kind: each.rows for each in report.counts}
        for card, kind in (
            (self.works, "works"),
            (self.answers, "entries"),
            (self.reported, "inclusions"),
            (self.statements, "statements"),
        ):
            card.setVisible(report.verified)
            # What needs a look inside follows; until then a card says how many rows there are.
            waits = kind in ("entries", "inclusions")
            card.show_figure("…" if waits else self._desk.figures.number(counts.get(kind, 0)))
        self._say_what_is_missing(report)

    def _say_what_is_missing(self, report: OpenedReport) -> None:
        """What is not in a report is no nought: it may have been left out, or taken out."""
        rows = {each.kind: each.rows for each in report.counts}
        gone = {each.kind: each.removed for each in report.gaps}
        for card, kind in (
            (self.answers, "entries"),
            (self.reported, "inclusions"),
            (self.statements, "statements"),
        ):
            if rows.get(kind):
                continue
            none = say("report", "none in this report")
            taken = say_count("report", "1 row taken out", "{n} rows taken out", gone.get(kind, 0))
            card.show_figure("–", taken if kind in gone else none)

    def _works_beside(self, words: str) -> str:
        """A figure of a copy says that it is not of all there was."""
        for gap in self._gaps:
            if gap.kind == "works":
                gone = say_count("report", "1 taken out", "{n} taken out", gap.removed)
                return say("report", "{words}, {gone}", words=words, gone=gone)
        return words

    def show_inside(self, inside: ReportInside) -> None:
        self.checks.show_checks(inside.checks, waiting=False)
        self.contradicts.setVisible(inside.opened.verified and not inside.consistent)
        if inside.tables is not None:
            self._show_metrics(inside.tables)
            self._say_what_is_missing(inside.opened)

    def show_inside_problem(self, problem: Problem) -> None:
        self.checks.show_checks(tuple(row.check for row in self.checks.rows), waiting=False)
        self.unread.show_words(problem_words(problem))
        for card in (self.answers, self.reported):
            card.show_figure("–")

    def _show_metrics(self, tables: ReportTables) -> None:
        number = self._desk.figures.number
        artists = len({work.artist_name for work in tables.works})
        of = say_count("report", "of 1 artist", "of {n} artists", artists)
        self.works.show_figure(number(len(tables.works)), self._works_beside(of))
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

    # Narrow and wide

    def _lay_metrics(self, across: int) -> None:
        for place, card in enumerate(self.cards):
            self._metrics.addWidget(card, place // across, place % across)
        for at in range(4):
            self._metrics.setColumnStretch(at, 1 if at < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_metrics(4 if self.width() >= self._desk.theme.px(_FOUR_WIDE) else 2)
