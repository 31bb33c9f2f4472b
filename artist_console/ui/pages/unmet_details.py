"""One place where payment, inclusion and permission do not meet: what the records show, and how to ask."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from artist_console.commands.reconcile import RECONCILE_WORDS, ReconcileRow
from artist_console.domain.finding_uses import FOR_A_LAWYER
from artist_console.domain.statements import Statement
from artist_console.ui import later
from artist_console.ui.desk import Desk
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_unmet
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.money_words import exact_money, telling_money
from artist_console.ui.places import Place
from artist_console.ui.tables.unmet_model import unmet_period
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import KeyValues, Note


class UnmetPanel(DetailsPanel):
    """Nothing here says that somebody is wrong: it is something to ask about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme)
        if parent is not None:
            self.setParent(parent)
        self._desk = desk
        self._statement: Statement | None = None
        self.shown: ReconcileRow | None = None
        self.setAccessibleName(say("reconcile", "What the records show"))

    def show_row(self, shown: ReconcileRow, statement: Statement | None) -> None:
        """`statement`: the one that it names, where that is here."""
        self.shown, self._statement = shown, statement
        each, figures = shown.unmet, self._desk.figures
        self.open_kind("unmet", each.key)
        about = [shown.artist_name, shown.programme_name]
        self.set_head(
            "",
            shown.work_title or domain_words(shown.kind_words),
            " · ".join(part for part in about if part),
            unmet_period(figures, each),
        )
        section = self.add_section(domain_words(shown.kind_words))
        meaning = domain_words(RECONCILE_WORDS[each.kind][1])
        section.addWidget(Note(self._desk.theme, meaning, Tint.NEUTRAL, Icon.INFO))
        for said in each.words:
            section.addWidget(label(sentence(said), tone=Token.TEXT_2, wrap=True))
        if each.amount is not None:
            facts = KeyValues(self._desk.theme)
            facts.add(say("reconcile", "Paid"), _told(figures, each.currency, each.amount))
            if each.expected is not None:
                facts.add(say("reconcile", "By the agreement"), _told(figures, each.currency, each.expected))
            section.addWidget(facts)
        asking = self.add_section(say("reconcile", "Ask about it"))
        asking.addWidget(label(sentence(each.asked), tone=Token.TEXT_2, wrap=True))
        ask = Button(self._desk.theme, say("reconcile", "Ask about this…"), icon=Icon.LETTER)
        ask.clicked.connect(self.ask_about_it)
        asking.addLayout(row(ask, None))
        told = {words.template for words in each.words}
        lawyer = (
            say("reconcile", "You read the letter first, and you send it.")
            if FOR_A_LAWYER in told
            else say(
                "reconcile",
                "Whether this breaks an agreement or the law is for a lawyer. "
                "You read the letter first, and you send it.",
            )
        )
        asking.addWidget(label(lawyer, TextRole.SMALL, Token.TEXT_3, wrap=True))
        self._add_links(shown)

    def _add_links(self, shown: ReconcileRow) -> None:
        each = shown.unmet
        links = []
        if each.statement is not None:
            links.append(
                (say("reconcile", "Open the statement"), Place("earnings", f"statement/{each.statement}"))
            )
        if each.work is not None:
            links.append((say("reconcile", "Open this work"), Place("works", f"work/{each.work}")))
        if not links:
            return
        section = self.add_section(say("reconcile", "Where it stands"))
        if shown.statement_words:
            section.addWidget(label(shown.statement_words, tone=Token.TEXT_2, wrap=True))
        for words, place in links:
            link = LinkButton(self._desk.theme, words)
            link.setProperty("place", place)
            link.clicked.connect(self._go)
            section.addLayout(row(link, None))

    def ask_about_it(self) -> None:
        """Prepare a letter with the facts; the person sends it."""
        if self.shown is not None:
            each, figures = self.shown.unmet, self._desk.figures
            amount = exact_money(figures, each.currency, each.amount) if each.amount is not None else ""
            start = about_unmet(each, sentence(each.asked), amount, self._statement, self.shown.operator_name)
            later.new_letter()(self._desk, self.window(), start).open()

    def _go(self) -> None:
        place = self.sender().property("place")
        if isinstance(place, Place):
            self._desk.go(place)


def _told(figures: Figures, currency: str, amount: Decimal) -> str:
    """As the table says it, with all digits under it where there are more."""
    rounded, exact = figures.money(currency, amount), telling_money(figures, currency, amount)
    return rounded if exact == rounded else say("reconcile", "{money}\n{exact}", money=rounded, exact=exact)
