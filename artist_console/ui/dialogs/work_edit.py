"""A field for one recording or song: what is typed offers those that fit, and one of them is meant."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from artist_console.commands.works import WorksPage, find_works
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.work_rows import WorksQuery, WorkSummary
from artist_console.ui.desk import Desk

_OFFERED = 20


class WorkEdit(QLineEdit):
    """`work` is the one that is meant; None while nothing, or nothing certain, is typed."""

    def __init__(self, desk: Desk, artist: Callable[[], ArtistId | None] = lambda: None) -> None:
        super().__init__()
        self._desk, self._artist = desk, artist
        self._work: WorkId | None = None
        self._found: dict[str, WorkId] = {}
        self.textEdited.connect(self._seek)

    @property
    def work(self) -> WorkId | None:
        return self._work if self.text().strip() else None

    @property
    def is_certain(self) -> bool:
        """Whether nothing is typed, or one work is meant; where only one fits it is taken."""
        typed = self.text().strip()
        if not typed or self._work is not None:
            return True
        fitting = [work for words, work in self._found.items() if typed.casefold() in words.casefold()]
        if len(fitting) == 1:
            self._work = fitting[0]
        return len(fitting) == 1

    def show_work(self, title: str, work: WorkId | None) -> None:
        self.setText(title)
        self._work = work

    def _seek(self, text: str) -> None:
        """Offer the works that the words fit."""
        self._work = None
        if not text.strip():
            return
        query = WorksQuery(artist=self._artist(), text=text, limit=_OFFERED)
        self._desk.ask(self, "works", lambda console: find_works(console, query), self._offer)

    def _offer(self, page: WorksPage) -> None:
        self._found = {_words(row): row.work for row in page.rows}
        completer = QCompleter(list(self._found), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        if self.hasFocus() and self._found:
            completer.complete()

    def _take(self, words: str) -> None:
        self._work = self._found.get(words)


def _words(row: WorkSummary) -> str:
    return " · ".join(part for part in (row.title, row.identifier, row.release_title) if part)
