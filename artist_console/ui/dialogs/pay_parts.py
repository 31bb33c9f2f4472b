"""Parts in per cent, a line each: what they are for, and how much; for rates and for the parts of rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands.pay_terms_form import PartText
from artist_console.commands.programmes import ProgrammeRow
from artist_console.domain import words
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.uses import Right, Use
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import IconButton, LinkButton, Select
from artist_console.ui.widgets.layout import row

_PERCENT_WIDTH = 90


@dataclass(slots=True)
class _Line:
    widget: QWidget
    percent: QLineEdit
    programme: Select
    use: Select
    right: Select
    remove: IconButton

    @property
    def text(self) -> PartText:
        return PartText(
            self.percent.text().strip(),
            self.programme.currentData(),
            self.use.currentData(),
            self.right.currentData(),
        )


class PartRows(QWidget):
    """One line at first. `rights_only`: every line is for a right, and there may be one for each."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str, more: str, *, rights_only: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._name = name
        self._rights_only = rights_only
        self._programmes: tuple[tuple[str, ProgrammeId], ...] = ()
        self.lines: list[_Line] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.add = LinkButton(desk.theme, more)
        self.add.clicked.connect(self._add_empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._rows)
        layout.addLayout(row(self.add, None))
        self.show_parts(())

    def offer_programmes(self, rows: Sequence[ProgrammeRow]) -> None:
        """Which programmes a line can be narrowed to."""
        self._programmes = tuple(
            (say("pay-terms", "{name} of {operator}", name=each.programme.name, operator=each.operator_name),
             each.programme.id)
            for each in rows
        )  # fmt: skip
        for line in self.lines:
            chosen = line.programme.currentData()
            self._fill_programmes(line.programme, chosen)

    def show_parts(self, parts: Sequence[PartText]) -> None:
        for line in self.lines:
            line.widget.hide()
            line.widget.deleteLater()
        self.lines = []
        for part in parts or (PartText(),):
            self._add(part)

    @property
    def parts(self) -> tuple[PartText, ...]:
        return tuple(line.text for line in self.lines)

    @property
    def first(self) -> QLineEdit:
        return self.lines[0].percent

    def _add_empty(self) -> None:
        self._add(PartText()).percent.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, part: PartText) -> _Line:
        theme = self._desk.theme
        percent = QLineEdit(part.percent)
        percent.setFixedWidth(theme.px(_PERCENT_WIDTH))
        percent.setAccessibleName(say("pay-terms", "{name}, per cent", name=self._name))
        percent.setPlaceholderText(say("pay-terms", "%"))
        percent.textChanged.connect(self.changed)
        programme = Select(theme, say("pay-terms", "Programme"))
        self._fill_programmes(programme, part.programme)
        use = Select(theme, say("pay-terms", "Use"))
        use.addItem(say("pay-terms", "Every use"), None)
        for each in Use:
            use.addItem(domain_words(words.USE[each][0]), each)
        right = Select(theme, say("pay-terms", "Right"))
        if not self._rights_only:
            right.addItem(say("pay-terms", "Every right"), None)
        for one in Right:
            right.addItem(domain_words(words.RIGHT[one]), one)
        for select, value in ((use, part.use), (right, part.right)):
            select.setCurrentIndex(max(0, select.findData(value)))
        remove = IconButton(theme, Icon.CLOSE, say("pay-terms", "Remove this line"))
        widget = QWidget()
        line = _Line(widget, percent, programme, use, right, remove)
        remove.clicked.connect(lambda: self._remove(line))
        beside = QHBoxLayout(widget)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(percent)
        for select in (right, programme, use) if self._rights_only else (programme, use, right):
            beside.addWidget(select, 1)
        beside.addWidget(remove)
        self._rows.addWidget(widget)
        self.lines.append(line)
        self._show_removers()
        return line

    def _fill_programmes(self, select: Select, chosen: ProgrammeId | None) -> None:
        select.clear()
        select.addItem(say("pay-terms", "Every programme"), None)
        for name, id in self._programmes:
            select.addItem(name, id)
        if chosen is not None and select.findData(chosen) < 0:
            select.addItem(chosen, chosen)
        select.setCurrentIndex(max(0, select.findData(chosen)))

    def _remove(self, line: _Line) -> None:
        self.lines.remove(line)
        line.widget.hide()
        line.widget.deleteLater()
        self._show_removers()
        self.lines[-1].percent.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _show_removers(self) -> None:
        for line in self.lines:
            line.remove.setVisible(len(self.lines) > 1)
