"""What a second report says of works and uses that the first does not, and the other way round."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from artist_console.commands import report_compare
from artist_console.commands.report_compare import ReportDifference
from artist_console.commands.reports import OpenedReport
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Disclosure, Note, Rule

_SHOWN = 500


class CompareDialog(QDialog):
    """Added, gone, changed; each folded, with its count."""

    def __init__(self, desk: Desk, first: OpenedReport, second: OpenedReport, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        theme, figures = desk.theme, desk.figures
        found = report_compare.compare(first, second)
        self.found = found
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("compare-reports")
        self.setWindowTitle(say("compare", "Compare two reports"))
        self.setModal(True)
        self.resize(620, 560)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(10)
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION))
        days = [figures.day(each.made_at) if each.made_at is not None else "–" for each in (first, second)]
        for words in (
            say("compare", "Before: {name}, {day}", name=first.path.name, day=days[0]),
            say("compare", "After: {name}, {day}", name=second.path.name, day=days[1]),
        ):
            inside.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        for report in (first, second):
            if not report.verified:
                warned = say("compare", "{name} is not verified.", name=report.path.name)
                inside.addWidget(Note(theme, warned, Tint.DENY, Icon.TRIANGLE))
        for words, differences in (
            (say_count("compare", "1 added", "{n} added", len(found.added)), found.added),
            (say_count("compare", "1 gone", "{n} gone", len(found.gone)), found.gone),
            (say_count("compare", "1 changed", "{n} changed", len(found.changed)), found.changed),
        ):
            part = Disclosure(theme, words, self._list(differences))
            part.set_open(0 < len(differences) <= 20)
            inside.addWidget(part)
        inside.addStretch(1)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(content), 1)
        outside.addWidget(Rule(theme))
        outside.addLayout(row(None, close, margins=(24, 12, 24, 12)))

    def _list(self, differences: tuple[ReportDifference, ...]) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(26, 0, 0, 0)
        layout.setSpacing(4)
        for each in differences[:_SHOWN]:
            words = (
                say("compare", "{title}: {what}", title=each.title, what=each.words)
                if each.words
                else each.title
            )
            layout.addWidget(label(words, wrap=True))
        if len(differences) > _SHOWN:
            rest = len(differences) - _SHOWN
            layout.addWidget(
                label(say_count("compare", "and 1 more", "and {n} more", rest), tone=Token.TEXT_2)
            )
        if not differences:
            layout.addWidget(label(say("compare", "Nothing"), tone=Token.TEXT_2))
        return held
