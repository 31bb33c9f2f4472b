"""A proposal that waits for the artist's signature: who proposed what, when; sign or decline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from artist_console.commands import proposals as proposal_commands
from artist_console.commands.proposals import ProposalView, ProposedAnswer
from artist_console.domain.ids import DecisionId, TermsId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Stance
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review_words import LISTED, condition_words, stance_words
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.terms import TermsDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note

_CHIPS = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}


class ProposalDialog(Sheet):
    """Sign and Decline have the same size; whoever is not the artist reads, and waits."""

    def __init__(self, desk: Desk, decision: DecisionId, parent: QWidget) -> None:
        super().__init__(desk.theme, "proposal", say("proposal", "A proposal"), 640, 560, parent)
        self._desk = desk
        self._decision = decision
        self.view: ProposalView | None = None
        theme = desk.theme
        self.later = Button(theme, say("proposal", "Not now"))
        self.later.clicked.connect(self.reject)
        self.decline = Button(theme, say("proposal", "Decline"), icon=Icon.CROSS)
        self.decline.clicked.connect(self._decline)
        self.sign = Button(theme, say("proposal", "Sign"), icon=Icon.CHECK)
        self.sign.clicked.connect(self._sign)
        for button in (self.decline, self.sign):
            button.hide()
        self.set_buttons(self.later, None, self.decline, self.sign, safe=self.later)
        desk.ask(
            self,
            "proposal",
            lambda console: proposal_commands.proposal(console, decision),
            self._show,
            self._failed,
        )

    def _show(self, view: ProposalView) -> None:
        self.view = view
        figures = self._desk.figures
        clear_layout(self.inside)
        when = figures.day_and_time(view.proposed_at)
        self.set_heading(
            say("proposal", "Proposed for {artist}", artist=view.artist_name),
            say("proposal", "By {who}, {when}.", who=view.proposed_by, when=when),
        )
        self.inside.addWidget(self._answers(view.answers))
        for note in _notes(view):
            self.inside.addWidget(note_of(self._desk, note))
        self.inside.addStretch(1)
        if not view.is_mine:
            self.later.set_words(say("dialog", "Close"))
            return
        count = len(view.answers)
        self.sign.set_words(say_count("proposal", "Sign this answer", "Sign these {n} answers", count))
        for button in (self.decline, self.sign):
            button.show()
            button.setEnabled(True)

    def _answers(self, answers: Sequence[ProposedAnswer]) -> QWidget:
        card = Card(self._desk.theme)
        for each in answers[:LISTED]:
            stance = each.decision.stance
            chip = Chip(self._desk.theme, ChipValue(_CHIPS[stance], stance_words(stance)))
            words = column(label(each.words, wrap=True), gap=2)
            where = each.programme or say("proposal", "every programme, also later ones")
            more = " · ".join((where, *condition_words(self._desk, each.decision.conditions)))
            words.addWidget(label(more, TextRole.SMALL, Token.TEXT_2, wrap=True))
            if each.decision.terms is not None:
                words.addLayout(row(self._terms_link(each, each.decision.terms), None))
            line = row(gap=12)
            line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            card.body.addLayout(line)
        if len(answers) > LISTED:
            count = self._desk.figures.number(len(answers) - LISTED)
            card.add(label(say("proposal", "and {n} more", n=count), TextRole.SMALL, Token.TEXT_2))
        return card

    def _terms_link(self, each: ProposedAnswer, terms: TermsId) -> LinkButton:
        link = LinkButton(self._desk.theme, say("proposal", "Terms: {version}", version=each.terms))
        link.clicked.connect(lambda: TermsDialog(self._desk, terms, self).open())
        return link

    def _sign(self) -> None:
        self._answer(signs=True)

    def _decline(self) -> None:
        self._answer(signs=False)

    def _answer(self, *, signs: bool) -> None:
        view, decision = self.view, self._decision
        if view is None:
            return
        for button in (self.decline, self.sign):
            button.setEnabled(False)
        tell = proposal_commands.sign if signs else proposal_commands.decline
        self._desk.act(
            self,
            lambda console: tell(console, decision, view.seen),
            self._signed if signs else self._declined,
            self._failed,
            network=True,
        )

    def _signed(self, count: int) -> None:
        self._desk.say(
            say_count("proposal", "Signed. 1 answer counts now.", "Signed. {n} answers count now.", count)
        )
        self.accept()

    def _declined(self, count: int) -> None:
        self._desk.say(
            say_count(
                "proposal",
                "Declined. The proposal counts for nothing.",
                "Declined. {n} proposed answers count for nothing.",
                count,
            )
        )
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
        for button in (self.decline, self.sign):
            button.setEnabled(True)


def note_of(desk: Desk, words: str) -> Note:
    return Note(desk.theme, words, Tint.NEUTRAL, Icon.INFO)


def _notes(view: ProposalView) -> list[str]:
    """What a signature does, and what it cannot take back."""
    notes = [
        say("proposal", "It changes nothing until you sign it. Declined, it stays in the history.")
        if view.is_mine
        else say("proposal", "It changes nothing until {artist} signs it.", artist=view.artist_name)
    ]
    if view.is_mine and view.allows:
        notes.append(
            say(
                "proposal",
                "Once signed, the yes is yours. You can take it back later; a model that was trained by then"
                " is not un-trained.",
            )
        )
    withdrawn = dict.fromkeys(each.withdrawn for each in view.answers if each.withdrawn)
    notes += [say("proposal", "How a yes can be withdrawn: {words}", words=words) for words in withdrawn]
    if any(each.terms_are_old for each in view.answers):
        notes.append(
            say(
                "proposal",
                "Other terms are in effect by now: signed, this yes would wait for an answer to them.",
            )
        )
    return notes
