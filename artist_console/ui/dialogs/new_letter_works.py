"""The third step of a letter: about which works. Unreleased ones stay out unless they are named."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands import works as work_commands
from artist_console.commands.console import Console
from artist_console.commands.letter_drafts import KindOffer
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letter_templates import WorksWanted
from artist_console.domain.problems import Problem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorksQuery, WorkSummary
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.tables.works_cells import work_title
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import RadioButton, one_of
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.picker import Picker
from artist_console.ui.widgets.sections import Note


@dataclass(frozen=True, slots=True)
class _Found:
    artists: tuple[ArtistId, ...]
    works: tuple[WorkSummary, ...]


class WorksStep(QWidget):
    """All released works, or those that are named; a kind that lists none says so."""

    changed = Signal()

    def __init__(self, desk: Desk, start: LetterStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = start.works
        self._artists: tuple[ArtistId, ...] = ()
        self._offer: KindOffer | None = None
        theme = desk.theme
        self.none = Note(
            theme, say("new-letter", "This kind of letter lists no works."), Tint.NEUTRAL, Icon.INFO
        )
        self.all = RadioButton(theme, say("new-letter", "All released works"))
        self.some = RadioButton(theme, say("new-letter", "Only these"))
        one_of(self.all, self.some)
        self.hint = label("", tone=Token.TEXT_2, wrap=True)
        self.picker = Picker(
            theme,
            say("new-letter", "Works"),
            say("new-letter", "Title, code or artist"),
            say("new-letter", "Work"),
            say("new-letter", "Release"),
        )
        self.all.toggled.connect(self._follow)
        self.some.toggled.connect(self._follow)
        self.picker.chosen_changed.connect(self.changed)
        layout = column(self.none, row(self.all, None), row(self.some, None), self.hint, gap=8)
        layout.addWidget(self.picker, 1)
        layout.addStretch(0)
        self.setLayout(layout)

    @property
    def is_needed(self) -> bool:
        """Whether the kind lists works at all."""
        return self._offer is not None and self._offer.works is not WorksWanted.NONE

    @property
    def works(self) -> tuple[WorkId, ...]:
        """Empty: all that the kind takes by itself."""
        if not self.is_needed or self.all.isChecked():
            return ()
        return tuple(WorkId(str(work)) for work in self.picker.chosen)

    @property
    def is_ready(self) -> bool:
        return not self.is_needed or self.all.isChecked() or bool(self.works)

    @property
    def missing(self) -> str:
        return "" if self.is_ready else say("new-letter", "Choose the works that it is about.")

    def first_stop(self) -> QWidget:
        if not self.is_needed:
            return self
        if self.all.isVisibleTo(self):
            return self.some if self.some.isChecked() else self.all
        return self.picker

    def load(self, offer: KindOffer, artists: tuple[ArtistId, ...]) -> None:
        self._offer = offer
        named = offer.works is WorksWanted.NAMED
        self.none.setVisible(not self.is_needed)
        for part in (self.all, self.some):
            part.setVisible(self.is_needed and not named)
        if named or self._wanted:
            self.some.setChecked(True)
        elif not self.some.isChecked():
            self.all.setChecked(True)
        self._follow()
        if self.is_needed and artists != self._artists:
            self._artists = artists
            self._desk.ask(
                self, "works", lambda console: _works_of(console, artists), self._take, self._failed
            )

    def _failed(self, problem: Problem) -> None:
        self.picker.states.show_error(problem)

    def _take(self, found: _Found) -> None:
        if found.artists != self._artists:
            return
        self.picker.show_rows(
            [self._row(each) for each in found.works], say("new-letter", "No work of theirs is known here.")
        )
        self.picker.choose(self._wanted)
        self.all.setText(
            say_count(
                "new-letter",
                "All released works ({n} known here)",
                "All released works ({n} known here)",
                len(found.works),
            ).replace("&", "&&")
        )
        self.all.setAccessibleName(self.all.text().replace("&&", "&"))
        self.all.updateGeometry()

    def _row(self, each: WorkSummary) -> PickRow:
        song = say("new-letter", "Song") if each.kind is WorkKind.COMPOSITION else ""
        second = " · ".join(part for part in (song, each.identifier, self._artist_of(each)) if part)
        return PickRow(each.work, work_title(each), second, each.release_title)

    def _artist_of(self, each: WorkSummary) -> str:
        return self._desk.name_of(each.artist) if len(self._artists) > 1 else ""

    def _follow(self, _on: bool = True) -> None:
        offer = self._offer
        named = offer is not None and offer.works is WorksWanted.NAMED
        picks = self.is_needed and (named or self.some.isChecked())
        self.picker.setVisible(picks)
        if not self.is_needed:
            self.hint.show_words("")
        elif picks:
            words = say("new-letter", "What you choose is named, unreleased works too.")
            self.hint.show_words(words)
        else:
            words = say(
                "new-letter",
                "Each letter lists the works of its artist that fit the addressee. Unreleased works stay "
                "out. The review says what was left out, and why.",
            )
            self.hint.show_words(words)
        self.changed.emit()


def _works_of(console: Console, artists: tuple[ArtistId, ...]) -> _Found:
    found: dict[WorkId, WorkSummary] = {}
    for artist in artists:
        for each in work_commands.find_every_work(console, WorksQuery(artist=artist)):
            found.setdefault(each.work, each)
    return _Found(artists, tuple(found.values()))
