"""Reports: opened and checked with no account and no network, and made from what is here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from artist_console.commands import report_compare, report_inside
from artist_console.commands import reports as reports_commands
from artist_console.commands.console import Console, Result
from artist_console.commands.handed_over import PackageKind, what_it_is
from artist_console.commands.report_compare import ReportComparison
from artist_console.commands.report_making import ReportFile
from artist_console.commands.report_sheets import ReportTable
from artist_console.commands.reports import OpenedReport, TrustedSigner
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.create_report import FOLDER_KEPT_AS, CreateReportDialog
from artist_console.ui.dialogs.export_difference import ExportDifferenceDialog
from artist_console.ui.dialogs.export_report import ExportReportDialog
from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
from artist_console.ui.icons import Icon
from artist_console.ui.opened_reports import (
    KEPT_AS,
    OpenedBefore,
    read_list,
    with_report,
    without,
    write_list,
)
from artist_console.ui.pages.drop_area import DropArea
from artist_console.ui.pages.report_reading import LaidOut, lay_out
from artist_console.ui.pages.report_view import Face, ReportView
from artist_console.ui.pages.screen import Screen
from artist_console.ui.places import EVIDENCE_SUFFIX, REPORT_SUFFIX, part_of
from artist_console.ui.report_copies import ReportCopies
from artist_console.ui.report_words import verdict_in_short, verdict_look
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import SectionHeading
from artist_console.ui.widgets.states import StateStack

# Of the list: at the usual size of letters, and at most; the report keeps the rest.
_LIST_WIDTH, _LIST_MOST = 332, 420
_LIST_NARROW, _LIST_NARROW_MOST = 250, 300
_NARROW = 1000


class ReportsScreen(Screen):
    """Opened before on the left, the opened report on the right."""

    key = "reports"
    shows = Changes.REPORTS

    report_shown = Signal(object)  # OpenedReport: its first screen
    inside_shown = Signal(object)  # ReportInside: what it holds, with all checks

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.hide_head()
        self._known = read_list(desk.kept(KEPT_AS))
        self._wanted: Path | None = None
        self.view = ReportView(desk)
        self.view.trust_wished.connect(self.trust_signer)
        self.view.compare_wished.connect(self.choose_other)
        self.view.export_wished.connect(self.export_report)
        self.view.newer_wished.connect(self.open_newer)
        self.view.redact_wished.connect(self.redact_report)
        self.view.comparison.export_wished.connect(self.export_difference)
        self.copies = ReportCopies(desk, self)
        self.copies.written.connect(self.open_path)
        self._looking: Job | None = None
        self._compared: tuple[OpenedReport, OpenedReport] | None = None
        self.states = StateStack(desk.theme, self.view)
        self.states.retry.connect(self.reload)
        self.states.cancelled.connect(self._leave_off)
        self.side = self._build_side()
        line = QFrame()
        line.setProperty("surface", "line")
        line.setFixedWidth(1)
        content = QWidget()
        layout = QHBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addWidget(line)
        layout.addWidget(self.states, 1)
        self.set_content(content, margins=False)
        self._content_place.setContentsMargins(0, 0, 0, 0)
        self._add_actions()
        self._show_nothing()

    # Building

    def _build_side(self) -> QWidget:
        theme = self.desk.theme
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 22, 20, 24)
        layout.setSpacing(16)
        layout.addWidget(label(self.name(), TextRole.TITLE))
        self.open_button = Button(theme, say("reports", "Open file…"))
        self.open_button.clicked.connect(self.choose_file)
        self.drop = DropArea(
            theme,
            Icon.REPORTS,
            say("reports", "Drop a report file here"),
            say("reports", "Checking works without internet and without an account"),
            say("reports", "Let go to check this file"),
            self.open_button,
        )
        self.drop.dropped.connect(self.open_path)
        layout.addWidget(self.drop)
        self.create_button = Button(theme, say("reports", "Create report…"), icon=Icon.PLUS)
        self.create_button.clicked.connect(self.create_for_chosen)
        layout.addLayout(row(self.create_button, None))
        self.before_heading = SectionHeading(theme, say("reports", "Opened before"), small=True)
        layout.addWidget(self.before_heading)
        self.before = QVBoxLayout()
        self.before.setSpacing(2)
        layout.addLayout(self.before)
        layout.addStretch(1)
        area = scrolled(inside)
        area.setFixedWidth(_LIST_WIDTH)
        theme.changed.connect(self._measure_side)
        self._show_before()
        return area

    def _add_actions(self) -> None:
        for words, keys, do in (
            (say("reports", "Trust this signer…"), QKeySequence(), self.trust_signer),
            (say("reports", "Compare with another report…"), QKeySequence(), self.choose_other),
            (say("reports", "Sign this report too…"), QKeySequence(), self.sign_too),
        ):
            action = QAction(words, self)
            action.setShortcut(keys)
            action.triggered.connect(do)
            self.addAction(action)

    # Opened before

    def _show_before(self) -> None:
        clear_layout(self.before)
        today = self.desk.clock().date()
        for each in self._known:
            tint, icon = verdict_look(each.result)
            detail = say(
                "reports",
                "{result} · {day}",
                result=verdict_in_short(each.result),
                day=self.desk.figures.short_day(each.opened_on, today),
            )
            shown = ListRow(self.desk.theme, icon, tint, each.title, detail)
            shown.setProperty("path", each.path)
            shown.opened.connect(self._open_again)
            self.before.addWidget(shown)
        self.before_heading.setVisible(bool(self._known))

    def _open_again(self) -> None:
        self.open_path(str(self.sender().property("path")))

    def _keep(self, known: tuple[OpenedBefore, ...]) -> None:
        if known != self._known:
            self._known = known
            self.desk.keep(KEPT_AS, write_list(known))
            self._show_before()

    # Opening

    def choose_file(self) -> None:
        dialog = self._file_dialog(say("reports", "Open a report"))
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        folder = self.desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.setNameFilters(
            [
                say(
                    "reports",
                    "Reports and evidence files (*{suffix} *{evidence})",
                    suffix=REPORT_SUFFIX,
                    evidence=EVIDENCE_SUFFIX,
                ),
                say("reports", "All files (*)"),
            ]
        )
        return dialog

    def open_path(self, name: str) -> None:
        """Open and check a file beside the lanes; what was open stays until it is there."""
        path = Path(name)
        if what_it_is(path) is PackageKind.EVIDENCE:
            self.desk.sheet_wished.emit(f"evidence-file/{path}")
            return
        if what_it_is(path) is PackageKind.CARD:
            self.desk.sheet_wished.emit(f"signer-card/{path}")
            return
        self._wanted = path
        self._stop_looking()
        if self.view.report is None or self.view.report.path != path:
            self.states.show_loading(say("reports", "Checking {name}", name=path.name))

        def check(console: Console, progress: Progress) -> OpenedReport:
            return reports_commands.open_in(console, path, progress.report)

        self._looking = self.desk.long_work(check, self._show, self._fail, self._tell_bytes)

    def _leave_off(self) -> None:
        """The person cancelled while a file was being checked: what was open comes back."""
        self._stop_looking()
        if self.view.report is None:
            self._wanted = None
            self._show_nothing()
        else:
            self._wanted = self.view.report.path
            self.states.show_content()

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _tell_bytes(self, done: int, total: int, _words: str) -> None:
        if total:
            share = say("reports", "{n} of 100", n=done * 100 // total)
            self.states.loading.show_progress(say("reports", "Checking: {share}", share=share))

    def reload(self) -> None:
        """Check the open report again: a signer may be known now."""
        if self._wanted is not None:
            self.open_path(str(self._wanted))
        self.create_button.setVisible(bool(self.desk.artists))

    def show_scope(self, artist: ArtistId | None) -> None:
        """Reports do not follow the artist switcher; only what can be made does."""
        self.artist = artist
        self.create_button.setVisible(bool(self.desk.artists))

    def _show(self, report: OpenedReport) -> None:
        if report.path != self._wanted:
            return
        self._compared = None
        self.view.show_report(report)
        self.states.show_content()
        self._look_into(report)
        if report.is_report:
            self._keep(with_report(self._known, report, self.desk.clock().date()))
        self.desk.item_opened.emit(self.key, f"report/{report.path}")
        self.report_shown.emit(report)

    def _look_into(self, report: OpenedReport) -> None:
        """The second step, in the background: all rows, and the checks of what they say."""
        if not report.has_content:
            return

        def look(_console: Console, progress: Progress) -> LaidOut:
            return lay_out(report_inside.look_into(report, progress.report))

        self._looking = self.desk.long_work(look, self._show_inside, self._fail_inside, self._tell_rows)

    def _tell_rows(self, done: int, total: int, _words: str) -> None:
        if total:
            number = self.desk.figures.number
            self.view.show_progress(
                say("reports", "{done} of {total} rows", done=number(done), total=number(total))
            )

    def _show_inside(self, laid: LaidOut) -> None:
        if laid.inside.opened is self.view.report:
            self._looking = None
            self.view.show_inside(laid)
            self.inside_shown.emit(laid.inside)

    def _fail_inside(self, problem: Problem) -> None:
        self._looking = None
        self.view.show_inside_problem(problem)

    def _fail(self, problem: Problem) -> None:
        if self._wanted is not None:
            self._keep(without(self._known, str(self._wanted)))
        self.states.show_error(problem)

    def _show_nothing(self) -> None:
        self.states.show_empty(
            say("reports", "No report is open"),
            say(
                "reports",
                "A report shows works, answers, evidence and statements, signed by whoever made it."
                " Open one to see whether it is unchanged, and what it does not tell.",
            ),
            None,
            Icon.REPORTS,
        )

    def open_item(self, item: str) -> None:
        path = part_of(item, "report")
        if path:
            self.open_path(path)
        elif item.startswith("create"):
            self.create_for(ArtistId(part_of(item, "create")) if part_of(item, "create") else None)

    def main_stop(self) -> QWidget | None:
        return self.open_button

    def find_in_page(self) -> None:
        if self.view.report is not None and self.states.shown is self.view:
            self.view.find_in_report()

    def open_newer(self) -> None:
        """Open the newest report of the same series that is known here."""
        report = self.view.report
        if report is not None and report.newer is not None:
            self.open_path(report.newer.path)

    def redact_report(self) -> None:
        """Make a copy without some of it, which still proves the rest."""
        if self.view.report is not None:
            self.copies.redact(self.view.report)

    def sign_too(self) -> None:
        """Make a copy that this profile has signed beside the others."""
        if self.view.report is None or not self.view.report.verified:
            self.desk.say(
                say("reports", "Open an unchanged report first: only such a one can be signed too.")
            )
            return
        self.copies.sign_too(self.view.report)

    # Export

    def export_report(self) -> None:
        """Choose what of the open report goes out, and as what."""
        self.export_shown()

    def export_shown(self) -> bool:
        if self.view.face is Face.COMPARISON and self.view.comparison.found is not None:
            self.export_difference()
            return True
        dialog = self._export_dialog()
        if dialog is None:
            return False
        dialog.open()
        return True

    def print_shown(self) -> bool:
        """The same, with the preview of the printer at once."""
        dialog = self._export_dialog()
        if dialog is None:
            return False
        dialog.open()
        dialog.print_it()
        return True

    def _export_dialog(self) -> ExportReportDialog | None:
        inside, reading = self.view.inside, self.view.reading
        if inside is None or inside.tables is None:
            return None
        table: ReportTable | None = None
        narrowed = None
        if self.view.face is Face.READING:
            table = reading.current
            narrowed = None if reading.narrowing.is_open else reading.shown
        return ExportReportDialog(self.desk, inside, self.window(), table=table, narrowed=narrowed)

    def export_difference(self) -> None:
        """Write what differs between the two reports that are compared."""
        found = self.view.comparison.found
        if found is not None and self._compared is not None:
            ExportDifferenceDialog(self.desk, self._compared, found, self.window()).open()

    # Signer and comparison

    def trust_signer(self) -> None:
        report = self.view.report
        if report is not None and report.verified and not report.introduced_by:

            def trust(console: Console, name: str) -> Result[TrustedSigner]:
                return reports_commands.trust(console, report, name)

            TrustSignerDialog(self.desk, report, self.window(), trust).open()

    def choose_other(self) -> None:
        """Choose the report to compare with the open one."""
        if self.view.report is None or not self.view.report.verified:
            return
        dialog = self._file_dialog(say("reports", "Compare with another report"))
        dialog.fileSelected.connect(self.compare_with)
        dialog.open()

    def compare_with(self, name: str) -> None:
        """Compare the open report with another one; the older stands first."""
        here, path = self.view.report, Path(name)
        if here is None:
            return

        def compare(
            console: Console, progress: Progress
        ) -> tuple[tuple[OpenedReport, OpenedReport], ReportComparison]:
            other = reports_commands.open_in(console, path)
            pair = report_compare.older_first(here, other)
            return pair, report_compare.compare(*pair, progress.report)

        self.desk.long_work(compare, self._show_comparison, self.desk.problem_told.emit)

    def _show_comparison(self, found: tuple[tuple[OpenedReport, OpenedReport], ReportComparison]) -> None:
        pair, comparison = found
        if self.view.report is None or self.view.report not in pair:
            return
        self._compared = pair
        self.view.comparison.show_comparison(comparison)
        self.view.show_comparison()
        self.view.comparison.main_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    # Creating

    def create_for_chosen(self) -> None:
        self.create_for(self.artist)

    def create_for(self, artist: ArtistId | None) -> None:
        """Open the dialog that makes a report of one artist, or of all."""
        if not self.desk.artists:
            self.desk.say(say("reports", "There is nothing here yet that a report could be about."))
            return
        dialog = CreateReportDialog(self.desk, artist, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(self._show_written)
        dialog.open()

    def _show_written(self, made: ReportFile) -> None:
        self.desk.say(say("reports", "Saved as {name}.", name=made.path.name))
        self.open_path(str(made.path))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure_side()

    def _measure_side(self) -> None:
        px = self.desk.theme.px
        wide = min(px(_LIST_WIDTH), _LIST_MOST)
        self.side.setFixedWidth(wide if self.width() >= _NARROW else min(px(_LIST_NARROW), _LIST_NARROW_MOST))
