"""An opened report: what came of its checks first, then what it does not tell, then what it holds.

The first screen is there as soon as the file is verified; what is inside follows from the background.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from artist_console.commands.report_inside import ReportInside
from artist_console.commands.reports import OpenedReport, ReportVerdict
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.pages.report_comparison import ReportComparisonView
from artist_console.ui.pages.report_first import ReportFirst
from artist_console.ui.pages.report_reading import LaidOut, ReportReading
from artist_console.ui.report_words import about_words, headline_words, verdict_look
from artist_console.ui.text import elided, say, set_tooltip
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Banner
from artist_console.ui.widgets.layout import FlowLayout, column, row

_WIDE = 760  # below it, the buttons stand under the title


class Face(Enum):
    """What is shown of a report."""

    FIRST = "first"
    READING = "reading"
    COMPARISON = "comparison"


class ReportView(QWidget):
    """Shows an `OpenedReport`, and a `ReportInside` once it is there."""

    trust_wished = Signal()
    compare_wished = Signal()
    export_wished = Signal()
    redact_wished = Signal()
    newer_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.report: OpenedReport | None = None
        self.inside: ReportInside | None = None
        self._build_head()
        self.first = ReportFirst(desk)
        self.first.trust.clicked.connect(self.trust_wished)
        self.first.newer.clicked.connect(self.newer_wished)
        self.first.read_link.clicked.connect(self.read)
        self.reading = ReportReading(desk)
        self.comparison = ReportComparisonView(desk)
        self.comparison.left.connect(self.show_first)
        # Above the tables only the result itself: they need the room.
        self.banner = Banner(desk.theme)
        self._banner_place = column(self.banner, margins=(28, 0, 28, 12))
        # With a place from the start: a stack without one shows its first widget as a window of its own.
        faces = QWidget()
        self._faces = QStackedLayout(faces)
        for part in (self.first, self.reading, self.comparison):
            self._faces.addWidget(part)
        layout = column(self._head, self._banner_place, faces, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._show_face(Face.FIRST)

    # Building

    def _build_head(self) -> None:
        theme = self._desk.theme
        self.title = elided("", TextRole.TITLE)
        self.subtitle = elided("", TextRole.BODY, Token.TEXT_2, middle=True)
        self.read_button = Button(theme, say("report", "Read it"))
        self.read_button.clicked.connect(self._change_face)
        self.compare = Button(theme, say("report", "Compare…"))
        self.compare.clicked.connect(self.compare_wished)
        self.redact = Button(theme, say("report", "Redact…"))
        self.redact.clicked.connect(self.redact_wished)
        self.export = Button(theme, say("report", "Export"), icon=Icon.EXPORT)
        self.export.clicked.connect(self.export_wished)
        self._buttons = (self.read_button, self.compare, self.redact, self.export)
        self._beside = row(*self._buttons, gap=8)
        line = row(gap=12)
        line.addLayout(column(self.title, self.subtitle, gap=2), 1)
        line.addLayout(self._beside)
        below = QWidget()
        self._below = FlowLayout(below, gap=8)
        self._head = column(line, below, gap=10, margins=(28, 22, 28, 14))
        self._is_wide = True

    # Showing

    def show_report(self, report: OpenedReport) -> None:
        """The first screen; what is inside is still on its way."""
        same = self.report is not None and self.report.path == report.path
        self.report, self.inside = report, None
        self.title.setText(report.title or report.path.name)
        self.subtitle.setText(about_words(report, self._desk.figures))
        set_tooltip(self.subtitle, str(report.path))
        tint, icon = verdict_look(report.verdict)
        headline = headline_words(report)
        self.banner.show_result(tint, icon, headline)
        self.first.show_report(report, from_start=not same)
        if report.has_content:
            self.reading.show_loading(say("report", "Reading what it holds"))
        else:
            self.reading.show_nothing()
        self.setAccessibleName(say("report", "{title}. {result}", title=self.title.text(), result=headline))
        self._offer()
        if not same:
            self._show_face(Face.FIRST)

    def show_progress(self, how_far: str) -> None:
        """How far the reading is."""
        self.first.checks.show_progress(how_far)
        self.reading.states.loading.show_progress(how_far)

    def show_inside(self, laid: LaidOut) -> None:
        """What is inside, with all checks."""
        self.inside = laid.inside
        self.first.show_inside(laid.inside)
        self.reading.show_inside(laid)
        self._offer()

    def show_inside_problem(self, problem: Problem) -> None:
        """What is inside cannot be read."""
        self.first.show_inside_problem(problem)
        self.reading.show_loading("")
        self.reading.states.show_error(problem)
        self._offer()

    def _offer(self) -> None:
        """What can be done with it by now."""
        report = self.report
        if report is None:
            return
        self.read_button.setEnabled(report.has_content)
        self.compare.setVisible(report.verified)
        self.redact.setVisible(report.verified)
        self.export.setEnabled(self.inside is not None and self.inside.tables is not None)
        trust = self.first.trust
        was_at_trust = self.window().focusWidget() is trust
        trust.setVisible(report.verified and report.verdict is ReportVerdict.SIGNER_UNKNOWN)
        if was_at_trust and trust.isHidden():
            # The keyboard would go on to the next stop, far below and out of sight.
            self.read_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Faces

    @property
    def face(self) -> Face:
        return (Face.FIRST, Face.READING, Face.COMPARISON)[self._faces.currentIndex()]

    def _show_face(self, face: Face) -> None:
        self._faces.setCurrentIndex(list(Face).index(face))
        self.banner.setVisible(face is not Face.FIRST)
        self._banner_place.setContentsMargins(28, 0, 28, 12 if face is not Face.FIRST else 0)
        is_first = face is Face.FIRST
        self.read_button.set_words(say("report", "Read it") if is_first else say("report", "Checks"))

    def _change_face(self) -> None:
        if self.face is Face.FIRST:
            self.read()
        else:
            self.show_first()

    def read(self) -> None:
        """Show what the report holds."""
        self._show_face(Face.READING)
        self.reading.main_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_first(self) -> None:
        """Show what came of the checks."""
        self._show_face(Face.FIRST)
        self.read_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_comparison(self) -> None:
        self._show_face(Face.COMPARISON)

    def find_in_report(self) -> None:
        """Ctrl+F: the filter of what is shown; from the first screen it leads to the tables."""
        if self.face is Face.COMPARISON:
            self.comparison.filter.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if self.face is Face.FIRST and self.read_button.isEnabled():
            self.read()
        self.reading.find_in_part()

    # Narrow and wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._desk.theme.px(_WIDE)
        if wide is not self._is_wide:
            self._is_wide = wide
            for button in self._buttons:
                (self._below if wide else self._beside).removeWidget(button)
                (self._beside if wide else self._below).addWidget(button)
