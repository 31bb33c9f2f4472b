"""What was checked of a report, check by check, and those that are still on their way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.history import CheckLine, CheckState
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.report_words import check_state_words
from artist_console.ui.text import say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.painting import fill_round, painter_for


class CheckRow(QWidget):
    """One check: passed, failed, or not to be checked here, which says nothing for or against it."""

    def __init__(self, theme: Theme, check: CheckLine) -> None:
        super().__init__()
        self.check = check
        words = domain_words(check.template, **dict(check.fields))
        texts = column(paragraph(words, tone=Token.TEXT, weight="medium", selectable=True), gap=1)
        state = check_state_words(check.state)
        if check.state is not CheckState.PASSED:
            texts.addWidget(paragraph(state, TextRole.SMALL))
        line = row(gap=12, margins=(0, 5, 0, 5))
        line.addWidget(_Mark(theme, *_look(check.state)), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        self.setLayout(line)
        spoken = (
            say("report", "{words} {state}", state=state, words=words)
            if check.state is CheckState.CANNOT
            else say("report", "{state}: {words}", state=state, words=words)
        )
        self.setAccessibleName(spoken)


class WaitingRow(QWidget):
    """What is still being checked; says how far it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = paragraph("", tone=Token.TEXT, weight="medium")
        what = say("report", "Rows, ledgers, receipts, permissions and sums are gone through one by one.")
        line = row(gap=12, margins=(0, 5, 0, 5))
        line.addWidget(_Mark(theme, Tint.NEUTRAL, Icon.CLOCK), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(self._words, paragraph(what, TextRole.SMALL), gap=1), 1)
        self.setLayout(line)
        self.show_progress("")

    def show_progress(self, how_far: str) -> None:
        words = say("report", "What the report says is still being checked")
        if how_far:
            words = say("report", "What the report says is still being checked: {how_far}", how_far=how_far)
        self._words.setText(words)
        self.setAccessibleName(words)


class _Mark(QWidget):
    """The tinted square of a check."""

    def __init__(self, theme: Theme, tint: Tint, icon: Icon) -> None:
        super().__init__()
        self._theme = theme
        self._tint, self._icon = tint, icon
        self.setFixedSize(QSize(theme.px(32), theme.px(32)))
        theme.changed.connect(self._measure)

    def _measure(self) -> None:
        self.setFixedSize(QSize(self._theme.px(32), self._theme.px(32)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        painter = painter_for(self)
        colours = self._theme.tint(self._tint)
        fill_round(painter, rect, self._theme.radius("field") - 1, colours.back)
        inset = rect.width() * 0.27
        box = rect.adjusted(inset, inset, -inset, -inset)
        self._theme.icons.paint(painter, box, self._icon, colours.on_back, heavy=True)


def _look(state: CheckState) -> tuple[Tint, Icon]:
    match state:
        case CheckState.PASSED:
            return Tint.INFO, Icon.CHECK
        case CheckState.FAILED:
            return Tint.DENY, Icon.TRIANGLE
        case CheckState.CANNOT:
            return Tint.NEUTRAL, Icon.QUESTION


class ChecksList(QWidget):
    """The checks that are there; below them, while `waiting`, that others are still on their way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.rows: tuple[CheckRow, ...] = ()
        self.waiting: WaitingRow | None = None

    def show_checks(self, checks: Sequence[CheckLine], *, waiting: bool) -> None:
        clear_layout(self._rows)
        self.rows = tuple(CheckRow(self._theme, check) for check in checks)
        for each in self.rows:
            self._rows.addWidget(each)
        self.waiting = WaitingRow(self._theme) if waiting else None
        if self.waiting is not None:
            self._rows.addWidget(self.waiting)

    def show_progress(self, how_far: str) -> None:
        if self.waiting is not None:
            self.waiting.show_progress(how_far)
