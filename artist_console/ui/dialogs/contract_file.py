"""The file of a contract: dropped or chosen, with its name and size; kept, taken out or replaced."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands.contracts import MOST_FILE_BYTES
from artist_console.domain.contracts import AttachedFile
from artist_console.ui.icons import Icon
from artist_console.ui.pages.drop_area import DropArea
from artist_console.ui.text import elided, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import column, row

_MB, _KB = 1_000_000, 1_000


class ContractFile(QWidget):
    """Nothing is read before the contract is saved."""

    copy_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: AttachedFile | None = None
        self.chosen: Path | None = None  # to be kept when the contract is saved
        self.is_removed = False  # the kept one is to go
        choose = Button(theme, say("contract", "Choose a file…"), icon=Icon.FOLDER)
        choose.clicked.connect(self._choose)
        self.area = DropArea(
            theme,
            Icon.DOCUMENT,
            say("contract", "Drop the signed contract here"),
            say(
                "contract",
                "PDF, picture or text, up to {n} MB. It is kept encrypted.",
                n=MOST_FILE_BYTES // _MB,
            ),
            say("contract", "Let go to attach it to the contract"),
            choose,
        )
        self.area.dropped.connect(self.choose)
        self._name = elided("", weight="medium", middle=True)
        self._detail = label("", TextRole.SMALL, Token.TEXT_2)
        self.copy = Button(theme, say("contract", "Save a copy…"), ButtonKind.QUIET, Icon.SAVE)
        self.copy.clicked.connect(self.copy_wished)
        self.take_out = Button(theme, say("contract", "Take out"), ButtonKind.QUIET, Icon.CLOSE)
        self.take_out.clicked.connect(self._take_out)
        told = column(self._name, self._detail, gap=2)
        line = row(told, self.copy, self.take_out, gap=8)
        line.setStretch(0, 1)
        self._shown = QWidget()
        self._shown.setLayout(line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.area)
        inside.addWidget(self._shown)
        self.setFocusProxy(choose)
        self._show()

    @property
    def name(self) -> str:
        """Of the file that is shown; empty where there is none."""
        if self.chosen is not None:
            return self.chosen.name
        return self._kept.name if self._kept is not None and not self.is_removed else ""

    def show_kept(self, file: AttachedFile) -> None:
        self._kept = file
        self._show()

    def choose(self, path: str) -> None:
        """Attach this file when the contract is saved."""
        self.chosen, self.is_removed = Path(path), False
        self._show()

    def _choose(self) -> None:
        dialog = QFileDialog(self, say("contract", "Choose the file of the contract"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    def _take_out(self) -> None:
        self.chosen, self.is_removed = None, self._kept is not None
        self._show()

    def _show(self) -> None:
        self.area.setVisible(not self.name)
        self._shown.setVisible(bool(self.name))
        self.copy.setVisible(self.chosen is None)
        self._name.setText(self.name)
        self._detail.setText(self._detail_words())

    def _detail_words(self) -> str:
        if self.chosen is None:
            return size_words(self._kept.size) if self._kept is not None else ""
        try:
            size = self.chosen.stat().st_size
        except OSError:
            return say("contract", "It cannot be read.")  # told in full when the contract is saved
        return say("contract", "{size}, attached when you save", size=size_words(size))


def size_words(size: int) -> str:
    if size < _MB:
        return say("contract", "{n} KB", n=max(1, -(-size // _KB)))
    return say("contract", "{n} MB", n=-(-size // _MB))
