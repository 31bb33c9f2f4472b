"""A work of a report: what follows for each use, and why, computed again from the report alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from artist_console.commands import report_claims
from artist_console.commands.cells import Explained
from artist_console.commands.report_claims import Claim, ComparedWork
from artist_console.commands.report_inside import ReportInside
from artist_console.commands.report_tables import ReportWork
from artist_console.domain import words, work_words
from artist_console.domain.ids import ArtistId
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.looks import outcome_chip
from artist_console.ui.meanings import domain_words
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.trace_words import as_text, behind_words, cell_words
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note, Rule


class ReportWorkDialog(QDialog):
    """Read only. Traces are computed when the dialog opens."""

    def __init__(self, desk: Desk, report: ReportInside, work: ReportWork, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self.explained: tuple[Explained, ...] = ()
        theme = desk.theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("report-work")
        self.setWindowTitle(work.work.title)
        self.setModal(True)
        self.resize(620, 620)
        content = QWidget()
        self.inside = QVBoxLayout(content)
        self.inside.setContentsMargins(24, 20, 24, 20)
        self.inside.setSpacing(8)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(content), 1)
        outside.addWidget(Rule(theme))
        self.copy_button = Button(theme, say("why", "Copy as text"), icon=Icon.COPY)
        self.copy_button.setEnabled(False)
        self.copy_button.clicked.connect(self._copy)
        outside.addLayout(row(self.copy_button, None, close, margins=(24, 12, 24, 12)))
        self._show_head()
        self.inside.addWidget(label(say("report", "Computing why…"), tone=Token.TEXT_3))
        artist, id = ArtistId(_artist_of(report, work)), work.work.id
        desk.background.job(
            lambda _progress: report_claims.compare_work(report, artist, id), self._show, None
        )

    def _show_head(self) -> None:
        work = self._work
        self.inside.addWidget(label(work.work.title, TextRole.SECTION, wrap=True))
        about = " · ".join(
            part for part in (work.artist_name, work.release_title, work.work.identifier) if part
        )
        self.inside.addWidget(label(about, tone=Token.TEXT_2, wrap=True, selectable=True))
        if work.differs:
            claims = say("report", "What the report claims is not what follows from its own rows.")
            self.inside.addWidget(Note(self._desk.theme, claims, Tint.DENY, Icon.TRIANGLE))

    def _show(self, compared: ComparedWork) -> None:
        if not isValid(self):
            return
        found = compared.explained
        self.explained = tuple(found.values())
        self.copy_button.setEnabled(bool(self.explained))
        clear_layout(self.inside)
        self._show_head()
        theme = self._desk.theme
        if compared.agree:
            same = say_count(
                "report",
                "Worked out again from the report's own rows: 1 use, as the report states it and why.",
                "Worked out again from the report's own rows: {n} uses, as the report states them and why.",
                compared.agree,
            )
            self.inside.addWidget(Note(theme, same, Tint.INFO, Icon.CHECK))
        programme = ""
        for cell in self._work.cells:
            if cell.programme_name != programme:
                programme = cell.programme_name
                self.inside.addWidget(Rule(theme))
                by = say(
                    "report", "{programme}, by {operator}", programme=programme, operator=cell.operator_name
                )
                self.inside.addWidget(
                    label(by if cell.operator_name else programme, weight="strong", wrap=True)
                )
            why = found.get((cell.programme, cell.use))
            steps = QWidget()
            layout = QVBoxLayout(steps)
            layout.setContentsMargins(26, 0, 0, 6)
            for said, behind in cell_words(why).steps if why is not None else ():
                layout.addWidget(paragraph(said, TextRole.SMALL))
                if behind:
                    layout.addWidget(paragraph(behind_words(behind), TextRole.SMALL, Token.TEXT_3))
            line = Disclosure(theme, domain_words(words.USE[cell.use][0]), steps)
            head = row(line, gap=8)
            head.setStretch(0, 1)
            chip = column(Chip(theme, outcome_chip(cell.outcome)), None, margins=(0, 3, 0, 0))
            head.addLayout(chip)
            self.inside.addLayout(head)
            claim = compared.claims.get((cell.programme, cell.use))
            if claim is not None and not (claim.outcome_holds and claim.reasons_hold):
                self._show_claim(claim)
        if not self._work.cells:
            self.inside.addWidget(label(domain_words(work_words.NO_PROGRAMME), tone=Token.TEXT_2))
        self.inside.addStretch(1)

    def _show_claim(self, claim: Claim) -> None:
        """What the report says where that is not what follows here."""
        theme = self._desk.theme
        if claim.lacking:
            words = say(
                "report",
                "This cannot be recomputed: a fact was left out, or is not shared with you. What the report"
                " says:",
            )
            self.inside.addWidget(Note(theme, words, Tint.NEUTRAL, Icon.QUESTION))
        else:
            words = say(
                "report", "This is not what follows from the report's own rows. What the report says:"
            )
            self.inside.addWidget(Note(theme, words, Tint.DENY, Icon.TRIANGLE))
        if claim.outcome is not None:
            chip = row(Chip(theme, outcome_chip(claim.outcome)), None, margins=(26, 0, 0, 0))
            self.inside.addLayout(chip)
        for reason in claim.reasons:
            said = paragraph(reason, TextRole.SMALL)
            said.setContentsMargins(26, 0, 0, 0)
            self.inside.addWidget(said)

    def _copy(self) -> None:
        title = say("why", "Why: {place}", place=self._work.work.title)
        QApplication.clipboard().setText(as_text(title, [cell_words(each) for each in self.explained]))


def _artist_of(report: ReportInside, work: ReportWork) -> str:
    """The artist of the report whose work it is: the one that the row names."""
    content = report.content
    assert content is not None, "a row comes from content"
    named = [a for a in content.header.artists if a in work.work.artists]
    return next((a for a in named if content.party_name(a) == work.artist_name), named[0])
