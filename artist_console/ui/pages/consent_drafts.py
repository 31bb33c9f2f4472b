"""Choices that are not reviewed yet: kept in the store, shown in the matrix, taken to the review."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands import drafts as drafts_commands
from artist_console.commands.consent import register_of
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.registers import Register
from artist_console.ui.deciding import tell_recorded
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.text import say, say_count


class DraftBook(QObject):
    """The choices of all artists in reach; of several on one register the last counts."""

    changed = Signal()
    reviewed = Signal()  # something was confirmed

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self._is_first = True
        self.wishes: tuple[Wish, ...] = ()

    def show_kept(self, wishes: Sequence[Wish]) -> None:
        """What the store holds; choices that an earlier run of the program left are told once."""
        left = len(wishes) if self._is_first else 0
        self._is_first = False
        self.show(wishes)
        if left:
            said = say_count(
                "consent",
                "1 change from before waits for your review. It is not recorded.",
                "{n} changes from before wait for your review. None of them is recorded.",
                left,
            )
            self._desk.say(said, say("consent", "Review…"), self.review)

    def show(self, wishes: Sequence[Wish]) -> None:
        if tuple(wishes) != self.wishes:
            self.wishes = tuple(wishes)
            self.changed.emit()

    def lie_under(self, place: Register) -> bool:
        """Whether choices of the artist are about the programme and uses of a place."""
        return any(
            wish.artist == place.artist
            and place.programme in (None, wish.programme)
            and not place.use.uses.isdisjoint(wish.use.uses)
            for wish in self.wishes
        )

    def add(self, wishes: Sequence[Wish], instead_of: Collection[Register] = ()) -> None:
        """Choices take the place of earlier ones on the same registers, and of those on `instead_of`."""
        kept = {register_of(wish): wish for wish in self.wishes if register_of(wish) not in instead_of}
        latest = kept | {register_of(wish): wish for wish in wishes}
        self._keep(latest.values())

    def drop(self, which: Callable[[Register], bool]) -> None:
        self._keep(wish for wish in self.wishes if not which(register_of(wish)))

    def _keep(self, wishes: Iterable[Wish]) -> None:
        kept = tuple(wishes)
        self.show(kept)
        self._desk.act(self, lambda console: drafts_commands.save_drafts(console, kept))

    # The review

    def review(self) -> None:
        """Show what the choices would do; what is confirmed there is no draft any more."""
        if not self.wishes:
            return
        dialog = ReviewDialog(self._desk, self.wishes, self._window.window())
        dialog.offer_discard()
        dialog.confirmed.connect(self._after_review)
        dialog.discarded.connect(self._discard)
        dialog.open()

    def _after_review(self, decisions: tuple[Decision, ...]) -> None:
        made = {decision.register for decision in decisions}
        # The store forgot them with the recording; here they go without another round.
        self.show(tuple(wish for wish in self.wishes if register_of(wish) not in made))
        if decisions:
            tell_recorded(self._desk, self, decisions)
        self.reviewed.emit()

    def _discard(self) -> None:
        self._keep(())
        self._desk.say(say("consent", "The changes were dropped. Nothing was recorded."))
