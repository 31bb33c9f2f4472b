"""One fact behind a sentence of "Why": an agreement, a party, an answer, a list stated to be complete."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from artist_console.commands import fact_pages
from artist_console.commands.fact_links import Link
from artist_console.commands.fact_pages import FactPage
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words, sentence
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import KeyValues, Note


class FactDialog(Sheet):
    """Read only: what is known, where it comes from, since when it is known here."""

    def __init__(self, desk: Desk, link: Link, parent: QWidget) -> None:
        super().__init__(desk.theme, "fact", sentence(link.words), 560, 520, parent)
        self._desk = desk
        self.page: FactPage | None = None
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        desk.ask(self, "fact", lambda console: fact_pages.fact_page(console, link), self._show, self._failed)

    def _show(self, page: FactPage) -> None:
        self.page = page
        clear_layout(self.inside)
        self.set_heading(sentence(page.title), sentence(page.lead))
        facts = KeyValues(self._desk.theme)
        for name, value in page.lines:
            facts.add(domain_words(name), value, copy=name in page.copied)
        self.inside.addWidget(facts)
        for note in page.notes:
            self.inside.addWidget(Note(self._desk.theme, sentence(note), Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
