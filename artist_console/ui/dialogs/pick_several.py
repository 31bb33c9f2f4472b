"""Several of a list are chosen in a sheet of their own; a line says how many, and opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.text import elided, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.picker import Picker


class PickSheet(Sheet):
    """Gives `taken` the ids that are chosen when it is left with its button; Esc changes nothing."""

    taken = Signal(object)  # tuple[str, ...]

    def __init__(
        self,
        theme: Theme,
        title: str,
        rows: Sequence[tuple[str, str]],
        chosen: Iterable[str],
        parent: QWidget,
    ) -> None:
        super().__init__(theme, "pick-several", title, 560, 560, parent, scrolls=False)
        self.picker = Picker(theme, "pick-several", say("pick", "Find by name"), say("pick", "Name"))
        self.picker.show_rows([PickRow(id, name) for id, name in rows])
        self.picker.choose(chosen)
        self.inside.addWidget(self.picker, 1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.take = Button(theme, say("pick", "Take these"), ButtonKind.PRIMARY)
        self.take.clicked.connect(self._take)
        self.set_buttons(None, cancel, self.take, safe=cancel)
        self.picker.setFocus()

    def _take(self) -> None:
        chosen = tuple(str(value) for value in self.picker.chosen)
        self.accept()
        self.taken.emit(chosen)


class ChosenLine(QWidget):
    """What is chosen from, how much of it is, and the button that opens the list."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        title: str,
        words: Callable[[Sequence[str], int], str],
        parent: QWidget | None = None,
    ) -> None:
        """`words` says it of the names that are chosen and the number of all; `title` is that of the list."""
        super().__init__(parent)
        self._theme, self._title, self._words = theme, title, words
        self._rows: tuple[tuple[str, str], ...] = ()
        self.chosen: tuple[str, ...] = ()
        self.says = elided("", TextRole.SMALL, Token.TEXT_2)
        self.button = Button(theme, say("pick", "Choose…"))
        self.button.setAccessibleName(say("pick", "Choose: {what}", what=name))
        self.button.clicked.connect(self.open)
        line = row(gap=12)
        line.addLayout(column(label(name), self.says, gap=0), 1)
        line.addWidget(self.button)
        self.setLayout(line)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """All there are to choose from: id and name."""
        return self._rows

    def show_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Other things to choose from; what is chosen and no longer among them is let go."""
        self._rows = tuple(rows)
        self.setVisible(bool(self._rows))
        self._take(self.chosen, tell=False)

    def take(self, chosen: Iterable[str]) -> None:
        """Choose these, as the list does."""
        self._take(chosen, tell=True)

    def _take(self, chosen: Iterable[str], *, tell: bool) -> None:
        wanted = set(chosen)
        taken = [(id, name) for id, name in self._rows if id in wanted]
        self.chosen = tuple(id for id, _ in taken)
        words = self._words([name for _, name in taken], len(self._rows))
        self.says.setText(words)
        self.button.setAccessibleDescription(words)
        if tell:
            self.changed.emit()

    def open(self) -> None:
        """Show the list."""
        sheet = PickSheet(self._theme, self._title, self._rows, self.chosen, self)
        sheet.taken.connect(self.take)
        sheet.open()
