"""Files held over the page of letters: what will happen is said before they are let go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QSizePolicy

from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import row


def dropped_files(data: QMimeData) -> tuple[Path, ...]:
    """The local files that are held; empty where something else is."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropLine(Card):
    """Stands below the rows while files are held there, so that the rows stay in sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, strong=True, padding=12)
        self._words = label("", weight="strong", wrap=True)
        line = row(IconMark(theme, Icon.IMPORT), self._words, gap=10)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_for(self, files: Sequence[Path], case: str = "") -> None:
        """Say what letting go does: with the case that is under the pointer, or which one is looked for."""
        words = drop_words(files, case)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()


def drop_words(files: Sequence[Path], case: str = "") -> str:
    if case and len(files) == 1:
        return say(
            "letters",
            "Let go to add {name} to the case “{case}”. You see what was read before it is kept.",
            name=isolate(files[0].name),
            case=isolate(case),
        )
    if case:
        return say(
            "letters",
            "Let go to add {n} files to the case “{case}”, one after the other.",
            n=len(files),
            case=isolate(case),
        )
    if len(files) == 1:
        return say(
            "letters",
            "Let go to find the case that {name} belongs to. Where none is found, you are asked.",
            name=isolate(files[0].name),
        )
    return say("letters", "Let go to find the case of each of these {n} files.", n=len(files))
