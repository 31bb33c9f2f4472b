"""A file or a folder that is named in a form: chosen in a dialog, shown by name, taken out again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, say
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import Button, IconButton
from artist_console.ui.widgets.layout import row


class FilePick(QWidget):
    """`path` is what was chosen; None: nothing yet."""

    changed = Signal()

    def __init__(self, theme: Theme, words: str, *, folder: bool = False, filters: str = "") -> None:
        super().__init__()
        self._words, self._folder, self._filters = words, folder, filters
        self.path: Path | None = None
        self.button = Button(theme, say("file-pick", "Choose…"), icon=Icon.FOLDER)
        self.button.setAccessibleName(say("file-pick", "Choose: {what}", what=words))
        self.button.clicked.connect(self._choose)
        self._name = elided("", middle=True)
        self._out = IconButton(theme, Icon.CLOSE, say("file-pick", "Take out: {what}", what=words))
        self._out.clicked.connect(self._take_out)
        line = row(self.button, self._name, self._out, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFocusProxy(self.button)
        self._show()

    def take(self, name: str) -> None:
        self.path = Path(name)
        self._show()

    def _take_out(self) -> None:
        self.path = None
        self._show()
        self.button.setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._words)
        if self._folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            if self._filters:
                dialog.setNameFilters([self._filters, say("file-pick", "All files (*)")])
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def _show(self) -> None:
        nothing = say("file-pick", "Nothing chosen")
        name = str(self.path) if self.path is not None else nothing
        self._name.setText(name)
        self._name.setAccessibleName(say("file-pick", "{what}: {name}", what=self._words, name=name))
        self._out.setVisible(self.path is not None)
        self.changed.emit()
