"""Taking in the card of a signer: what it says, the words to compare, and what it says of other keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands import signer_cards
from artist_console.commands.console import Console, Result
from artist_console.commands.key_words import ChainFault
from artist_console.commands.signer_cards import SeenCard
from artist_console.commands.signer_list import ListedSigner
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.key_words import KeyComparing
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Note


class SignerCardDialog(Sheet):
    """Opening it takes nothing in."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(desk.theme, "signer-card", say("card", "Card of a signer"), 600, 720, parent)
        self._desk = desk
        self.seen: SeenCard | None = None
        self.comparing: KeyComparing | None = None
        self.cancel = Button(desk.theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.only_ends = Button(desk.theme, say("card", "Only take back the former key"))
        self.only_ends.clicked.connect(self._take_ends)
        self.only_ends.hide()
        self.trust = Button(desk.theme, say("card", "Trust this signer"), ButtonKind.PRIMARY)
        self.trust.clicked.connect(self._take)
        self.trust.setEnabled(False)
        self.set_buttons(None, self.cancel, self.only_ends, self.trust, safe=self.cancel)
        desk.ask(
            self, "card", lambda console: signer_cards.see_card_here(console, path), self._show, self._no
        )

    def _no(self, problem: Problem) -> None:
        clear_layout(self.inside)
        self.inside.addWidget(label(problem_words(problem), tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)
        self.trust.hide()
        self.cancel.set_words(say("dialog", "Close"))

    def _show(self, seen: SeenCard) -> None:
        self.seen = seen
        theme = self._desk.theme
        clear_layout(self.inside)
        claims = say(
            "card",
            "Whoever made it on {day} calls themselves {name}. That is their own word.",
            day=self._desk.figures.day(seen.on),
            name=seen.name,
        )
        self.set_heading(say("card", "Card of a signer"), claims)
        for words, tint, icon in self._facts(seen):
            self.inside.addWidget(Note(theme, words, tint, icon))
        self.only_ends.setVisible(bool(seen.takes_back))
        if seen.taken_back is not None:
            self.inside.addStretch(1)
            return
        self.comparing = KeyComparing(theme, seen.fingerprint)
        self.comparing.changed.connect(self._follow)
        self.inside.addWidget(self.comparing)
        self.name = QLineEdit(seen.known_as or seen.follows or seen.name)
        self.name_field = Field(theme, say("card", "Their name, as you know them"), self.name)
        self.inside.addWidget(self.name_field)
        self.inside.addStretch(1)
        self._follow()

    def _facts(self, seen: SeenCard) -> list[tuple[str, Tint, Icon]]:
        figures = self._desk.figures
        facts: list[tuple[str, Tint, Icon]] = []
        if seen.taken_back is not None:
            day = figures.day(seen.taken_back[0])
            words = say(
                "card",
                "This key was taken back on {day}. Ask the signer for the card of their present key.",
                day=day,
            )
            facts.append((words, Tint.DENY, Icon.CROSS))
        elif seen.known_as:
            words = say("card", "You know this key already, as {name}.", name=seen.known_as)
            facts.append((words, Tint.INFO, Icon.KEY))
        elif seen.follows:
            words = say(
                "card",
                "The key that you know as {name} was handed over to this one, and both have signed that. You"
                " need not compare again, but you can.",
                name=seen.follows,
            )
            facts.append((words, Tint.INFO, Icon.KEY))
        if seen.chain_fault is not None:
            words = say("card", "Handovers lead to this key, but {why}.", why=_chain_words(seen.chain_fault))
            facts.append((words, Tint.DENY, Icon.TRIANGLE))
        if seen.takes_back:
            words = say(
                "card",
                "A key of {names} says here of itself that it is no longer good.",
                names=", ".join(seen.takes_back),
            )
            facts.append((words, Tint.DENY, Icon.TRIANGLE))
        return facts

    def _follow(self) -> None:
        seen, comparing = self.seen, self.comparing
        if seen is None or comparing is None:
            return
        typed_another = bool(comparing.typed.text().strip()) and comparing.answer is None
        ready = comparing.answer is not None or bool(seen.follows)
        self.trust.setEnabled(ready and not typed_another)

    def _take(self) -> None:
        seen, comparing, name = self.seen, self.comparing, self.name.text().strip()
        assert seen is not None, "the button waits for the card"
        assert comparing is not None, "and for what is compared"
        if not name:
            self.name_field.show_fault(say("card", "Write the name that you know them by"))
            self.name.setFocus()
            return
        compared = comparing.answer is True

        def take(console: Console) -> Result[ListedSigner]:
            return signer_cards.take_card(console, seen, name, compared=compared)

        self.trust.setEnabled(False)
        self._desk.act(self, take, self._taken, self._failed)

    def _taken(self, signer: ListedSigner) -> None:
        self._desk.say(say("card", "{name} is known to you now.", name=signer.name))
        self.accept()

    def _take_ends(self) -> None:
        seen = self.seen
        assert seen is not None, "the button waits for the card"
        self._desk.act(
            self, lambda console: signer_cards.take_revocations(console, seen), self._ended, self._failed
        )

    def _ended(self, names: tuple[str, ...]) -> None:
        self._desk.say(say("card", "A key of {names} does not count any more.", names=", ".join(names)))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self._follow()
        self.show_problem(problem_words(problem))


def _chain_words(fault: ChainFault) -> str:
    match fault:
        case ChainFault.FORK:
            return say("card", "a key on the way names two successors, so nobody can tell who has it now")
        case ChainFault.LOOP:
            return say("card", "they come back to where they began")
        case ChainFault.WRONG_ORDER:
            return say("card", "a later one has an earlier day")
        case ChainFault.REVOKED:
            return say(
                "card", "a key on the way is no longer good, and whoever else has it could have signed that"
            )
