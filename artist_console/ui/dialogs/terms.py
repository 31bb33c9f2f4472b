"""One version of a programme's terms to read: its text, its hash, and what an answer binds to."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from artist_console.commands import new_terms as terms_commands
from artist_console.commands.new_terms import TermsView
from artist_console.domain.ids import TermsId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_terms import MarkedText, hash_name, not_the_text, what_the_hash_is
from artist_console.ui.dialogs.receipt_parts import long_value
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note


class TermsDialog(Sheet):
    """Read only; answering new terms has a dialog of its own."""

    def __init__(self, desk: Desk, terms: TermsId, parent: QWidget) -> None:
        super().__init__(desk.theme, "terms", say("terms", "Terms"), 660, 640, parent, scrolls=False)
        self._desk = desk
        self.view: TermsView | None = None
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        desk.ask(
            self, "terms", lambda console: terms_commands.read_terms(console, terms), self._show, self._failed
        )

    def _show(self, view: TermsView) -> None:
        self.view = view
        theme, figures, terms = self._desk.theme, self._desk.figures, view.terms
        clear_layout(self.inside)
        self.set_heading(
            say("terms", "Terms of {programme}, version {n}", programme=view.programme, n=terms.number),
            self._since(view),
        )
        name = say("terms", "Text of version {n}", n=terms.number)
        self.text = MarkedText(theme, name, terms_commands.unmarked(terms.text))
        self.inside.addWidget(self.text, 1)
        self.inside.addLayout(long_value(theme, hash_name(), terms.text_sha256))
        self.inside.addWidget(label(what_the_hash_is(), TextRole.SMALL, Token.TEXT_2, wrap=True))
        if not view.fits_its_hash:
            self.inside.addWidget(Note(theme, not_the_text(), Tint.DENY, Icon.TRIANGLE))
        facts = KeyValues(theme)
        facts.add(say("terms", "Announced on"), figures.day(terms.announced_on))
        for use, rate in view.rates:
            offered = say(
                "terms",
                "{money} {unit}",
                money=say("terms", "{currency} {amount}", currency=rate.currency, amount=rate.amount),
                unit=rate.unit,
            )
            facts.add(say("terms", "Rate, {use}", use=domain_words(use)), offered)
        for what, so in promises(view):
            facts.add(what, so)
        self.inside.addWidget(Disclosure(theme, say("terms", "What these terms say in short"), facts))

    def _since(self, view: TermsView) -> str:
        day = self._desk.figures.day(view.terms.effective_from)
        if view.in_effect:
            return say("terms", "In effect since {day}.", day=day)
        if view.present is None or view.terms.effective_from > view.present.effective_from:
            return say("terms", "Takes effect on {day}.", day=day)
        return say(
            "terms", "In effect from {day}. Version {n} has taken its place.", day=day, n=view.present.number
        )

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def promises(view: TermsView) -> tuple[tuple[str, str], ...]:
    """What the terms promise about the things that an answer can depend on."""
    terms = view.terms
    yes, no = say("terms", "Promised"), say("terms", "Not promised")
    return (
        (say("terms", "Every refusal is honoured"), yes if terms.honours_every_refusal else no),
        (say("terms", "Outputs stay in the operator's service"), yes if terms.walled_garden else no),
        (say("terms", "No prompts that name an artist"), yes if terms.no_style_prompts else no),
        (
            say("terms", "How a yes is withdrawn"),
            terms.how_a_yes_is_withdrawn or say("terms", "The terms do not say"),
        ),
    )
