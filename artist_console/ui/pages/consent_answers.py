"""Answering what is chosen in the matrix: one no is recorded at once, the rest waits for the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from artist_console.commands import answering as answering_commands
from artist_console.commands import cells as cells_commands
from artist_console.commands.answering import Answering
from artist_console.commands.condition_offers import ConditionOffers, condition_offers
from artist_console.commands.consent import register_of
from artist_console.commands.console import Console
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import uses_meet
from artist_console.domain.registers import UNCONDITIONAL, Conditions, Register, Stance
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.conditions import ConditionsDialog
from artist_console.ui.meanings import domain_words
from artist_console.ui.pages.consent_bar import ConsentBar
from artist_console.ui.pages.consent_drafts import DraftBook
from artist_console.ui.pages.consent_places import MatrixPlaces, registers_at
from artist_console.ui.text import say, say_count

_KEYS = {"A": Stance.ALLOW, "R": Stance.REFUSE, "F": Stance.CLEAR}


class ConsentAnswers(QObject):
    """Takes wishes of the bar and the keys to the store, or into the book of drafts."""

    def __init__(
        self, desk: Desk, places: MatrixPlaces, bar: ConsentBar, drafts: DraftBook, screen: QWidget
    ) -> None:
        super().__init__(screen)
        self._desk = desk
        self._places = places
        self._bar = bar
        self._drafts = drafts
        self._screen = screen
        bar.stance_wished.connect(self.answer)
        bar.conditions_wished.connect(self.choose_conditions)
        bar.drop_wished.connect(self.drop_drafts)

    def press_key(self, letter: str) -> None:
        """A, R and F, while the matrix has the keyboard."""
        if letter in _KEYS:
            self.answer(_KEYS[letter])

    def answer(self, stance: Stance, conditions: Conditions = UNCONDITIONAL) -> None:
        """Answer for what is chosen."""
        places = self._places.chosen()
        if not places:
            return
        drafts = {register_of(wish): wish.stance for wish in self._drafts.wishes}
        self._desk.ask(
            self,
            "answer",
            lambda console: _come_to(console, registers_at(places), stance, conditions, drafts),
            self._take,
        )

    def _take(self, found: _Found) -> None:
        stance, places, answering = found.stance, found.places, found.answering
        if found.drafts and stance is Stance.CLEAR:
            # A choice that is not reviewed is taken back before anything recorded is.
            self._drafts.drop(found.drafts.__contains__)
            return
        if stance is not Stance.ALLOW and places == 1 and len(answering.wishes) == 1:
            self._desk.decide(answering.wishes)
            return
        if answering.wishes:
            self._drafts.add(answering.wishes, found.drafts)
            self._say_kept(answering)
        elif len(answering.one_by_one) == 1:
            self._drafts.add([answering.one_by_one[0][1]], found.drafts)
            self._say_kept(answering)
        elif answering.one_by_one:
            self._choose_programme(answering.one_by_one)
        elif stance is Stance.ALLOW:
            words = say("consent", "No programme asks for this today, or everything asked is allowed.")
            self._desk.say(words)
        else:
            self._desk.say(say("consent", "There is no answer of your own to take back here."))

    def _say_kept(self, answering: Answering) -> None:
        said = say_count(
            "consent",
            "1 change waits for your review.",
            "{n} changes wait for your review.",
            len(self._drafts.wishes),
        )
        if answering.left_out:
            said = say(
                "consent",
                "{said} Left out, to be answered one by one: {uses}.",
                said=said,
                uses=", ".join(domain_words(use) for use in answering.left_out),
            )
        self._desk.say(said, say("consent", "Review…"), self._drafts.review)

    def _choose_programme(self, offers: Sequence[tuple[str, Wish]]) -> None:
        """Voice and likeness: one programme at a time."""
        menu = QMenu(self._screen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for programme, wish in offers:
            menu.addAction(
                say("consent", "Allow for {programme}", programme=programme),
                partial(self._drafts.add, [wish]),
            )
        menu.popup(self._bar.control.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        self.programme_menu = menu

    def drop_drafts(self) -> None:
        """Take back the choices at the chosen places, and under them, that are not reviewed."""
        places = self._places.chosen()
        self._desk.ask(
            self,
            "drop",
            lambda console: cells_commands.draft_registers(console, registers_at(places)),
            lambda found: self._drafts.drop(found.__contains__),
        )

    def choose_conditions(self) -> None:
        """Conditions belong to a yes: choosing them allows on these conditions, still to be reviewed."""
        places = registers_at(self._places.chosen())
        drafted = next(
            (
                wish.conditions
                for wish in self._drafts.wishes
                if wish.stance is Stance.ALLOW and any(_is_about(wish, place) for place in places)
            ),
            None,
        )
        self._desk.ask(
            self,
            "conditions",
            lambda console: condition_offers(console, places),
            partial(self._show_conditions, drafted),
        )

    def _show_conditions(self, drafted: Conditions | None, offers: ConditionOffers) -> None:
        """Begin with what was chosen and not reviewed yet, else with the conditions of the standing yes."""
        kept = drafted if drafted is not None else offers.standing
        dialog = ConditionsDialog(self._desk, self._bar.title.text(), kept, offers, self._screen.window())
        dialog.chosen.connect(partial(self.answer, Stance.ALLOW))
        dialog.open()


def _is_about(wish: Wish, place: Register) -> bool:
    """Whether a choice lies at a place of the matrix."""
    return (
        (wish.artist, wish.subject) == (place.artist, place.subject)
        and place.programme in (None, wish.programme)
        and uses_meet(place.use, wish.use)
    )


@dataclass(frozen=True, slots=True)
class _Found:
    stance: Stance
    places: int
    answering: Answering
    drafts: frozenset[Register]  # choices that lie there and that this answer takes the place of


def _come_to(
    console: Console,
    places: tuple[Register, ...],
    stance: Stance,
    conditions: Conditions,
    drafts: Mapping[Register, Stance],
) -> _Found:
    replaced = _replaced(console, places, stance, drafts) if drafts else frozenset()
    drops = stance is Stance.CLEAR and bool(replaced)
    answering = answering_commands.answering(console, () if drops else places, stance, conditions)
    return _Found(stance, len(places), answering, replaced)


def _replaced(
    console: Console, places: tuple[Register, ...], stance: Stance, drafts: Mapping[Register, Stance]
) -> frozenset[Register]:
    """The last choice counts: a no for all that lies under it, a yes for a no at the very place."""
    if stance is Stance.ALLOW:
        return frozenset(place for place in places if drafts.get(place, stance) is not stance)
    under = cells_commands.draft_registers(console, places)
    if stance is Stance.CLEAR:
        return under
    # Allows are narrow and so lie under it whole; a no of every use says more than this one.
    return frozenset(register for register in under if drafts.get(register) is Stance.ALLOW)
