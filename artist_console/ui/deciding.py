"""Where wishes become decisions: a single no at once, everything else after the review, and taking back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands import consent
from artist_console.commands import redo as redo_commands
from artist_console.commands import settings as settings_commands
from artist_console.commands import undo as undo_commands
from artist_console.commands.consent import KeepsNotChosen
from artist_console.commands.console import Console
from artist_console.commands.undo import CannotRestore, UndoView
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import ArtistId, DecisionId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Stance, Subject, SubjectKind
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.meanings import problem_words
from artist_console.ui.places import place_of
from artist_console.ui.text import say, say_count


def tell_recorded(desk: Desk, owner: QObject, decisions: Sequence[Decision]) -> None:
    """Say what was recorded, and that nobody has been told where that is so."""
    made = tuple(decisions)
    desk.ask(
        owner,
        "told",
        settings_commands.tells_nobody,
        lambda tells_nobody: desk.say(
            recorded_words(made, tells_nobody=tells_nobody), say("deciding", "Undo"), desk.undo
        ),
    )


def recorded_words(decisions: Sequence[Decision], *, tells_nobody: bool) -> str:
    if len(decisions) > 1:
        said = say_count(
            "deciding",
            "1 decision recorded on this computer.",
            "{n} decisions recorded on this computer.",
            len(decisions),
        )
    elif decisions[0].stance is Stance.REFUSE:
        said = say("deciding", "Refused. Recorded on this computer.")
    elif decisions[0].stance is Stance.CLEAR:
        said = say("deciding", "Taken back. Recorded on this computer.")
    else:
        said = say("deciding", "Allowed. Recorded on this computer.")
    if tells_nobody:
        return say("deciding", "{recorded} Nobody has been told.", recorded=said)
    return said


class Decider(QObject):
    """Serves the desk's wishes to decide. A refusal is one step, an allow always passes the review."""

    next_told = Signal(object, object)  # UndoView of what undo, and of what redo would do

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._pending: tuple[Wish, ...] = ()
        desk.changed.connect(self._follow)

    def decide(self, wishes: Sequence[Wish]) -> None:
        wishes = tuple(wishes)
        if not wishes:
            return
        if len(wishes) > 1 or wishes[0].stance is Stance.ALLOW:
            self.review(wishes)
            return
        self._pending = wishes
        self._desk.act(self, lambda console: consent.decide(console, wishes), self._tell, self._failed)

    def review(self, wishes: Sequence[Wish]) -> None:
        """Show what would be recorded; nothing is until it is confirmed there."""
        dialog = ReviewDialog(self._desk, wishes, self._window)
        dialog.confirmed.connect(self._tell)
        dialog.open()

    def allow_what_is_asked(self, works: Sequence[tuple[ArtistId, WorkId]]) -> None:
        """Review a yes to all that the programmes ask for these works today."""
        self._desk.ask(self, "expand", lambda console: _expanded(console, works), self._review_asked)

    def _review_asked(self, wishes: tuple[Wish, ...]) -> None:
        if wishes:
            self.decide(wishes)
        else:
            self._desk.say(say("works", "No programme asks for this today, so there is nothing to allow."))

    def _failed(self, problem: Problem) -> None:
        if isinstance(problem, KeepsNotChosen):
            # The refusal meets narrower allows: the review asks what becomes of them.
            self.review(self._pending)
        else:
            self._desk.problem_told.emit(problem)

    def _tell(self, decisions: tuple[Decision, ...]) -> None:
        if not decisions:
            return
        self._desk.decided.emit(decisions)
        tell_recorded(self._desk, self, decisions)

    # Taking back, and doing again

    def _follow(self, changes: Changes) -> None:
        if changes & (Changes.CONSENT | Changes.JOURNAL):
            self.ask_next()

    def ask_next(self) -> None:
        """Ask what undo and redo would do, for the menu to name it."""
        self._desk.ask(
            self,
            "next",
            lambda console: (undo_commands.undo_view(console), redo_commands.redo_view(console)),
            lambda views: self.next_told.emit(*views),
        )

    def undo(self) -> None:
        """Take the last answer back, by a new decision that restores the former one."""
        self._desk.act(self, undo_commands.undo, self._tell_undone, self._not_restored)

    def redo(self) -> None:
        """Do again what was taken back last, by new decisions like those."""
        self._desk.act(self, redo_commands.redo, self._tell_redone, self._not_restored)

    def _tell_undone(self, view: UndoView) -> None:
        said = say("deciding", "Taken back: {what}.", what=view.words)
        self._desk.say(said, say("deciding", "Redo"), self._desk.redo)

    def _tell_redone(self, view: UndoView) -> None:
        said = say("deciding", "Done again: {what}.", what=view.words)
        self._desk.say(said, say("deciding", "Undo"), self._desk.undo)

    def _not_restored(self, problem: Problem) -> None:
        """Say why not, and lead to where the next step is made."""
        target = problem.target if isinstance(problem, CannotRestore) else ""
        kind, _, id = target.partition("/")
        if kind == "terms":
            words = say("deciding", "Read the new terms")
            self._desk.say(problem_words(problem), words, partial(self._go, target))
        elif kind == "decision":
            words = say("deciding", "Show that answer")
            show = partial(self._desk.receipt_wished.emit, DecisionId(id))
            self._desk.say(problem_words(problem), words, show)
        else:
            self._desk.problem_told.emit(problem)

    def _go(self, target: str) -> None:
        place = place_of(target)
        if place is not None:
            self._desk.go(place)


def _expanded(console: Console, works: Sequence[tuple[ArtistId, WorkId]]) -> tuple[Wish, ...]:
    return tuple(
        wish
        for artist, work in works
        for wish in consent.allow_everything_asked(console, artist, Subject(SubjectKind.WORK, work))
    )
