"""The bar follows what is chosen in the matrix: its name at once, more is said when the cursor rests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from artist_console.commands import cells as cells_commands
from artist_console.commands.authority import RosterPower
from artist_console.commands.cells import PlaceView
from artist_console.commands.matrix import MatrixRowKind
from artist_console.ui.delegates.matrix_table import MatrixTable
from artist_console.ui.desk import Desk
from artist_console.ui.pages.consent_bar import ConsentBar
from artist_console.ui.pages.consent_drafts import DraftBook
from artist_console.ui.pages.consent_places import MatrixPlaces, Place, only_one_by_one, register_at
from artist_console.ui.pages.consent_words import follow_words, place_words
from artist_console.ui.soon import soon
from artist_console.ui.tables.matrix_model import MatrixModel
from artist_console.ui.text import say, say_count

# What a person can see at once; looking through thousands of chosen rows would take longer than a step.
LOOKED_AT = 200
_REST_MS = 60


class ConsentFollowing(QObject):
    """Shows in the bar what is chosen; what it says of one place is asked of the store."""

    rested = Signal()  # the cursor rests on several cells, or on none

    def __init__(
        self,
        desk: Desk,
        model: MatrixModel,
        table: MatrixTable,
        places: MatrixPlaces,
        bar: ConsentBar,
        drafts: DraftBook,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model, self._table, self._places = model, table, places
        self._bar, self._drafts = bar, drafts
        # Not at every step of an arrow key.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        model.chosen_changed.connect(self.follow)
        table.selectionModel().selectionChanged.connect(self.follow)
        table.current_changed.connect(self.follow)

    @property
    def waits(self) -> bool:
        """Whether the cursor has not rested yet."""
        return self._rest.isActive()

    def follow(self, *_ignored: object) -> None:
        """Name the current place at once."""
        places = self._places.chosen()
        self._bar.show_place(
            self._places.title(places),
            self._places.value(places),
            drafted=bool(self._places.drafted(places)) or self._drafts_under_all(places),
            many=len(places) > 1 or bool(self._model.chosen) or self._places.too_many,
            board=len(places) == 1 and places[0][0].kind is MatrixRowKind.WORK,
        )
        self._rest.start()

    def _drafts_under_all(self, places: Sequence[Place]) -> bool:
        """The row of the default shows no choices about single works, but they can be dropped there."""
        everything = [place for place in places[:LOOKED_AT] if place[0].kind is MatrixRowKind.ALL]
        return any(self._drafts.lie_under(register_at(place)) for place in everything)

    def _ask(self) -> None:
        places = self._places.chosen()
        if len(places) == 1:
            place = register_at(places[0])
            self._desk.ask(self, "place", lambda console: cells_commands.look_at(console, place), self._show)
            return
        self.rested.emit()
        words = ""
        if self._places.too_many:
            words = say("consent", "These are too many to answer one by one. Choose a row that covers them.")
        elif len(places) > 1:
            words = say_count(
                "consent",
                "Your answer is kept as a choice until you have reviewed it.",
                "Your answers are kept as choices until you have reviewed them.",
                len(places),
            )
        elif self._model.row_at(self._table.currentIndex()) is not None:
            words = say("consent", "Voice, name and image of a person are answered in their own column.")
        self._bar.show_words(words, say("consent", "Follow the level above"))
        self._enable(places, reaches=True)

    def _show(self, view: PlaceView) -> None:
        places = self._places.chosen()
        if len(places) != 1 or register_at(places[0]) != view.register:
            return
        figures, today = self._desk.figures, self._desk.clock().astimezone().date()
        self._bar.show_words(place_words(view, figures, today), follow_words(view))
        self._enable(places, reaches=view.reaches and view.power is not RosterPower.VIEW)
        # A longer sentence makes the bar higher: the cell it is about stays in sight.
        soon(self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        index = self._table.currentIndex()
        if index.isValid():
            self._table.scrollTo(index)

    def _enable(self, places: Sequence[Place], *, reaches: bool) -> None:
        hint = ""
        if places and all(only_one_by_one(register_at(place)) for place in places):
            hint = say("consent", "Voice and likeness are allowed one use at a time. Open the column first.")
        able = reaches and bool(places)
        self._bar.allow_answers(refuse=able, follow=able, allow=able and not hint, hint=hint)
