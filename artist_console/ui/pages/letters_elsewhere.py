"""The part "Elsewhere" of the page of letters: switches that others have, and how they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands import findings as finding_commands
from artist_console.commands import switches as switch_commands
from artist_console.commands.console import Console
from artist_console.commands.findings import FindingRow
from artist_console.commands.switches import SwitchRow
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.switches import YOUTUBE_TRAINING, KnownSwitch, SwitchNote, SwitchState
from artist_console.ui.artist_choice import ArtistChoice
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.switch_note import SwitchNoteDialog
from artist_console.ui.icons import Icon
from artist_console.ui.pages.switch_view import SwitchView
from artist_console.ui.pages.video_readout import VideoReadout
from artist_console.ui.pieces import Pieces
from artist_console.ui.switch_looks import owners_words, state_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.column_page import ColumnPage
from artist_console.ui.widgets.sections import Rule, SectionHeading
from artist_console.ui.widgets.states import StateStack

_MADE_AT_ONCE = 1  # before the first paint


@dataclass(frozen=True, slots=True)
class _Found:
    artist: ArtistId
    rows: tuple[SwitchRow, ...]
    findings: tuple[FindingRow, ...]


class ElsewherePart(QWidget):
    """Nothing here sets anything elsewhere: it is looked up there, and noted here with its day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.artist_choice = ArtistChoice(desk)
        self.artist_choice.chosen.connect(self._ask_again)
        self.readout = VideoReadout(desk)
        self.readout.answered.connect(self.reload)
        self.views: dict[str, SwitchView] = {}
        self._found: _Found | None = None
        self._making = Pieces(self)
        self.count = label("", tone=Token.TEXT_2, wrap=True)
        self.scroller = ColumnPage()
        self._build(self.scroller.column)
        self.states = StateStack(theme, self.scroller)
        self.states.retry.connect(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addWidget(self.states)

    def _build(self, inside: QVBoxLayout) -> None:
        lead = say(
            "switch",
            "What others let you set about AI. It is set there, in the account; note here how it stands, "
            "with the day. A switch that permits something does not show that anybody used a work.",
        )
        inside.addWidget(label(lead, tone=Token.TEXT_2, wrap=True))
        inside.addWidget(self.artist_choice)
        inside.addWidget(self.count)
        self._making.start(self._steps(inside), _MADE_AT_ONCE)

    def _steps(self, inside: QVBoxLayout) -> Iterator[Callable[[], None]]:
        """One switch at a time, so that the window answers between two."""
        for kind, group in groupby(switch_commands.known_switches(), lambda known: known.kind):
            for place, known in enumerate(group):
                heading = "" if place else owners_words(kind)
                yield partial(self._add_view, inside, known, heading)
        yield partial(inside.addStretch, 1)

    def _add_view(self, inside: QVBoxLayout, known: KnownSwitch, heading: str) -> None:
        if heading:
            inside.addSpacing(4)
            inside.addWidget(SectionHeading(self._desk.theme, heading))
        inside.addWidget(Rule(self._desk.theme))
        inside.addWidget(self._view(known))
        if known.key == YOUTUBE_TRAINING:
            inside.addWidget(self.readout)
        self._show_row_of(known.key)

    def _view(self, known: KnownSwitch) -> SwitchView:
        view = self.views[known.key] = SwitchView(self._desk, known)
        view.state_wished.connect(self.set_state)
        view.note_wished.connect(self.open_note)
        view.picture_wished.connect(self._choose_where)
        view.finding_wished.connect(self._see_finding)
        return view

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        self.artist_choice.show_scope(artist)

    def _ask_again(self, _artist: object) -> None:
        self.reload()

    def reload(self) -> None:
        artist = self.artist_choice.artist
        self.readout.show_artist(artist)
        if artist is None:
            self.states.show_empty(
                say("switch", "No artist is known here yet"),
                say("switch", "Switches are noted for an artist. Bring in a catalogue, or sign in, first."),
                None,
                Icon.PERSON,
            )
            return

        def find(console: Console) -> _Found:
            return _Found(
                artist,
                switch_commands.list_switches(console, artist),
                finding_commands.list_findings(console, artist, kind=FindingKind.SET_OTHERWISE),
            )

        self._desk.ask(self, "switches", find, self._take, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._found = None
        self.states.show_error(problem)

    def _take(self, found: _Found) -> None:
        if found.artist != self.artist_choice.artist:
            return
        if found != self._found:
            self._found = found
            self._making.add(partial(self._show_row_of, key) for key in tuple(self.views))
        looked = sum(shown.state is not SwitchState.NOT_LOOKED for shown in found.rows)
        self.count.setText(
            say_count(
                "switch",
                "{looked} of 1 switch was looked at.",
                "{looked} of {n} switches were looked at.",
                len(found.rows),
                looked=self._desk.figures.number(looked),
            )
        )
        self.states.show_content()

    def _show_row_of(self, key: str) -> None:
        """What is known of one switch now; nothing while it is still asked for."""
        found = self._found
        shown = next((each for each in found.rows if each.known.key == key), None) if found else None
        if found is None or shown is None:
            return
        self.views[key].show_row(shown, [each for each in found.findings if _is_about(each, shown)])
        if key == YOUTUBE_TRAINING:
            self.readout.show_answers(shown.readouts)

    # Doing

    def set_state(self, known: KnownSwitch, state: SwitchState) -> None:
        """Note how it stands today; the day, a note and a picture can be added."""
        artist, key = self.artist_choice.artist, known.key
        if artist is None:
            return
        self._desk.act(
            self,
            lambda console: switch_commands.set_switch(console, artist, key, state),
            self._noted,
            self._not_noted,
        )

    def _noted(self, note: SwitchNote) -> None:
        words = say(
            "switch",
            "{name}: noted as “{state}”, as of today. Nobody is told, and nothing is set there.",
            name=isolate(note.name),
            state=state_words(note.state),
        )
        add = say("switch", "Add a picture…")
        self._desk.say(words, add, partial(self._open_note_of, note.switch))

    def _not_noted(self, problem: Problem) -> None:
        self._desk.problem_told.emit(problem)
        self._found = None  # the choice that was pressed is not so: shown anew
        self.reload()

    def _open_note_of(self, key: str) -> None:
        shown = self.views[key].shown
        if shown is not None:
            self.open_note(shown)

    def open_note(self, shown: SwitchRow) -> None:
        artist = self.artist_choice.artist
        if artist is not None:
            SwitchNoteDialog(self._desk, artist, shown, self.window()).open()

    def _see_finding(self, _found: FindingRow) -> None:
        self._desk.sheet_wished.emit("findings/")

    def _choose_where(self, note: SwitchNote) -> None:
        dialog = QFileDialog(self, say("switch", "Save the picture"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(note.picture_name)
        dialog.fileSelected.connect(partial(self.save_picture, note.id))
        dialog.open()

    def save_picture(self, note: str, path: str) -> None:
        self._desk.ask(
            self,
            "picture",
            lambda console: switch_commands.save_picture(console, note, Path(path)),
            self._saved,
        )

    def _saved(self, path: Path) -> None:
        self._desk.say(say("switch", "Saved as {file}.", file=isolate(path.name)))

    def main_stop(self) -> QWidget | None:
        first = next(iter(self.views.values()), None)
        return first.states.pill(SwitchState.ON) if first is not None else None


def _is_about(found: FindingRow, shown: SwitchRow) -> bool:
    """Whether a finding rests on how this switch stands, or on what it answered about a video."""
    notes = {shown.note.id} if shown.note is not None else set()
    notes |= {each.id for each in shown.readouts}
    return any(fact.id in notes for fact in found.finding.facts)
