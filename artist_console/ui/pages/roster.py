"""All artists of a manager: what waits for each, what the mandate lets one do, what was earned."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from artist_console.commands import consent, coverage
from artist_console.commands import roster as roster_commands
from artist_console.commands.authority import RosterPower
from artist_console.commands.console import Console
from artist_console.commands.imports import FileKind
from artist_console.commands.roster import RosterRow
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance
from artist_console.domain.work_rows import OwnStance
from artist_console.ui import later
from artist_console.ui.background import Progress
from artist_console.ui.bulk_bar import BulkBar
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.pages.screen import Screen
from artist_console.ui.places import Place, part_of
from artist_console.ui.tables.roster_model import RosterColumn, RosterFilter, RosterModel, passes
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack


class RosterScreen(Screen):
    """Table of artists with filters, and one answer for several of them through the review."""

    key = "roster"
    shows = (
        Changes.ARTISTS
        | Changes.WORKS
        | Changes.CONSENT
        | Changes.INCLUSIONS
        | Changes.STATEMENTS
        | Changes.SYNC
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        theme = desk.theme
        self._roster: tuple[RosterRow, ...] = ()
        self._filter = RosterFilter.ALL
        self._to_select: ArtistId | None = None
        bring = Button(theme, say("roster", "Import list…"), icon=Icon.IMPORT)
        bring.clicked.connect(self._import)
        self.add_action(bring)
        self.pills = PillGroup(theme)
        self.pills.setAccessibleName(say("roster", "Which artists"))
        self.pills.set_pills([(f, _filter_words(f), None) for f in RosterFilter])
        self.pills.set_current(RosterFilter.ALL)
        self.pills.chosen.connect(self._choose_filter)
        self.add_filter(self.pills)
        self.sheets = Button(theme, say("roster", "Position sheets…"), ButtonKind.QUIET, Icon.DOCUMENT)
        self.sheets.clicked.connect(self.show_sheets)
        self.filter_end(self.sheets)
        self.model = RosterModel(desk.figures, desk.clock, self)
        self.model.chosen_changed.connect(self._show_chosen)
        self.table = DataTable(theme, say("roster", "Artists"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("choose", 50, 44, sortable=False, check=True),
                Column("artist", 260, 180, stretch=True, sortable=False),
                Column("waiting", 130, 110, sortable=False),
                Column("reported", 120, 90, gives_way=2, sortable=False),
                Column("catalogue", 100, 84, gives_way=1, sortable=False),
                Column("may", 360, 220, sortable=False),
                Column("earned", 150, 120, gives_way=3, end=True, sortable=False),
            ]
        )
        self.table.set_row_height("matrix_row")
        self.table.opened.connect(self._open)
        self.table.check_all_wished.connect(self.model.choose_all)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self.reload)
        self.set_content(self.states, margins=False)
        self.bulk = BulkBar(theme, say("roster", "Follow default"))
        self.bulk.review_wished.connect(self._review)
        self.bulk.clear_wished.connect(self.model.choose_none)
        self.bulk.write_wished.connect(self._write)
        desk.decided.connect(self._after_deciding)

    def reload(self) -> None:
        self.desk.ask(self, "roster", roster_commands.roster, self._show_roster, self._show_problem)
        # Beside the lanes: looking through every catalogue takes a while, and the rows need nothing of it.
        self.desk.long_work(_scores, self.model.show_scores, self._no_scores)

    def _no_scores(self, _problem: Problem) -> None:
        """The column stays empty; what is wrong is said where the rows are asked for."""

    def _show_problem(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show_roster(self, roster: tuple[RosterRow, ...]) -> None:
        self._roster = roster
        self.set_count(say_count("roster", "1 artist", "{n} artists", len(roster)))
        now = self.desk.clock()
        self.pills.set_counts({f: sum(passes(row, f, now) for row in roster) for f in RosterFilter})
        self._narrow()

    def _choose_filter(self, chosen: object) -> None:
        if isinstance(chosen, RosterFilter):
            self._filter = chosen
            self._narrow()

    def _narrow(self) -> None:
        now = self.desk.clock()
        shown = [row for row in self._roster if passes(row, self._filter, now)]
        self.model.show_rows(shown)
        if shown:
            self.states.show_content()
        elif self._roster:
            every = Button(self.desk.theme, say("roster", "Show all artists"))
            every.clicked.connect(self._show_all)
            self.states.show_empty(say("roster", "No artist matches this filter."), "", every)
        else:
            self.states.show_empty(
                say("roster", "No artists yet"),
                say(
                    "roster",
                    "Artists appear here when they give you a mandate, or when you import a catalogue.",
                ),
                None,
            )
        self._select_wanted()

    def _show_all(self) -> None:
        self.pills.set_current(RosterFilter.ALL)
        self._choose_filter(RosterFilter.ALL)

    def open_item(self, item: str) -> None:
        artist = part_of(item, "artist")
        if artist:
            self._to_select = ArtistId(artist)
            self._show_all()

    def _select_wanted(self) -> None:
        for row, shown in enumerate(self.model.rows):
            if shown.artist == self._to_select:
                self._to_select = None
                self.table.setCurrentIndex(self.model.index(row, RosterColumn.ARTIST))
                return

    def main_stop(self) -> QWidget | None:
        return self.table

    def _open(self, index: QModelIndex) -> None:
        """Look at one artist: the switcher follows."""
        row = index.data(ROW_ROLE)
        if isinstance(row, RosterRow):
            self.desk.choose_artist(row.artist)
            self.desk.go(Place("overview"))

    # One answer for several

    def _show_chosen(self) -> None:
        chosen = self.model.chosen
        total = len(self.model.rows)
        tick = Qt.CheckState.PartiallyChecked
        if len(chosen) in (0, total):
            tick = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        self.table.set_check_state(tick)
        if not chosen:
            self.bar(None)
            return
        artists = say_count("roster", "1 artist chosen", "{n} artists chosen", len(chosen))
        works = say_count("roster", "1 work", "{n} works", sum(row.works for row in chosen))
        words = say("roster", "{artists} · {works}", artists=artists, works=works)
        self.bulk.show_chosen(words, (OwnStance.MIXED,), len(chosen))
        self.bar(self.bulk)

    def _review(self, stance: Stance) -> None:
        # Those whom one may only look at stay among them: the review names them and says why.
        chosen = self.model.chosen
        if all(row.may is RosterPower.VIEW for row in chosen):
            self.desk.say(say("roster", "Your mandates let you see these artists, not answer for them."))
            return
        if stance is Stance.ALLOW:
            artists = tuple(row.artist for row in chosen)
            self.desk.ask(
                self, "expand", lambda console: _everything_asked(console, artists), self.desk.decide
            )
            return
        self.desk.decide([Wish(row.artist, ALL_MY_WORKS, None, ANY_USE, stance) for row in chosen])

    def show_sheets(self) -> None:
        """One page for negotiations for each of the chosen artists, or for all."""
        self.desk.sheet_wished.emit(f"position/{','.join(row.artist for row in self.model.chosen)}")

    def _write(self) -> None:
        """A letter for each of the chosen artists."""
        start = LetterStart(artists=tuple(row.artist for row in self.model.chosen))
        later.new_letter()(self.desk, self.window(), start).open()

    def _after_deciding(self, decisions: Sequence[Decision]) -> None:
        """What was chosen has its answer now."""
        decided = {decision.register.artist for decision in decisions}
        if any(row.artist in decided for row in self.model.chosen):
            self.model.choose_none()

    def _import(self) -> None:
        self.desk.import_wished.emit(FileKind.CATALOGUE)


def _everything_asked(console: Console, artists: Sequence[ArtistId]) -> tuple[Wish, ...]:
    return tuple(
        wish for artist in artists for wish in consent.allow_everything_asked(console, artist, ALL_MY_WORKS)
    )


def _filter_words(wanted: RosterFilter) -> str:
    match wanted:
        case RosterFilter.ALL:
            return say("roster", "All")
        case RosterFilter.NEEDS:
            return say("roster", "Needs an answer")
        case RosterFilter.ENDING:
            return say("roster", "Mandate ends soon")
        case RosterFilter.VIEW_ONLY:
            return say("roster", "View only")
        case RosterFilter.STALE:
            return say("roster", "Nothing synced for 7 days")


def _scores(console: Console, _progress: Progress) -> dict[ArtistId, int]:
    """How whole the catalogue of each artist is."""
    found = coverage.roster_coverage(console)
    return {each.artist: each.score for each in found if each.artist is not None}
