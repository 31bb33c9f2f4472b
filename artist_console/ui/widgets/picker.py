"""A list of which several are chosen: a field that narrows it, the rows with boxes, how many are chosen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.tables.pick_model import PickModel, PickRow
from artist_console.ui.text import label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.states import StateStack


class Picker(QWidget):
    """Space and Enter choose a row; the box above all rows chooses those that are shown."""

    chosen_changed = Signal()
    current_changed = Signal(object)  # PickRow or None

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str,
        title: str,
        beside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = PickModel(title, beside, self)
        self.search = SearchField(theme, placeholder)
        self.search.searched.connect(self._narrow)
        self.count = label("", tone=Token.TEXT_2)
        self.clear = LinkButton(theme, say("pick", "Choose none"))
        self.clear.clicked.connect(self._choose_none)
        self.table = DataTable(theme, name)
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("choose", 46, 44, sortable=False, check=True),
                Column("title", 240, 160, stretch=True, sortable=False),
                Column("beside", 260 if beside else 0, 140 if beside else 0, gives_way=1, sortable=False),
            ]
        )
        if not beside:
            self.table.setColumnHidden(2, True)
        self.table.check_all_wished.connect(self.model.choose_shown)
        self.table.opened.connect(self._toggle)
        self.table.clicked.connect(self._press)
        self.table.current_changed.connect(self._tell_current)
        self.model.chosen_changed.connect(self._show_chosen)
        self.states = StateStack(theme, self.table)
        self.line = row(self.search, self.count, self.clear, gap=12)
        self.line.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self.line)
        layout.addWidget(self.states, 1)
        self.setFocusProxy(self.search)
        self._show_chosen()

    @property
    def chosen(self) -> tuple[Hashable, ...]:
        return self.model.chosen

    def show_rows(self, rows: Sequence[PickRow], nothing: str = "", action: QWidget | None = None) -> None:
        """`nothing` is said where there are no rows at all, with what can be done then."""
        self.model.show_every(rows)
        self._narrow(self.search.words)
        if not rows:
            words = nothing or say("pick", "There is nothing to choose from.")
            self.states.show_empty(words, action=action)

    def choose(self, values: Iterable[Hashable]) -> None:
        self.model.choose(values)

    def _narrow(self, text: str) -> None:
        self.model.narrow(text)
        if self.model.rows:
            self.states.show_content()
        elif self.model.every:
            self.states.show_empty(say("pick", "Nothing matches these words."))

    def _choose_none(self) -> None:
        self.model.choose(())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, index: QModelIndex) -> None:
        """A press anywhere on a row chooses it; the box does so by itself."""
        if index.column() > 0:
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        box = self.model.index(index.row(), 0)
        on = self.model.data(box, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        self.model.setData(
            box, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
        )

    def _tell_current(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        self.current_changed.emit(found if isinstance(found, PickRow) else None)

    def _show_chosen(self) -> None:
        chosen = set(self.model.chosen)
        shown = [each.value in chosen for each in self.model.rows]
        tick = Qt.CheckState.PartiallyChecked
        if all(shown) or not any(shown):
            tick = Qt.CheckState.Checked if shown and all(shown) else Qt.CheckState.Unchecked
        self.table.set_check_state(tick if self.model.rows else None)
        self.count.setText(say_count("pick", "1 chosen", "{n} chosen", len(chosen)))
        self.clear.setEnabled(bool(chosen))
        self.chosen_changed.emit()
