"""Why a place is as it is: the trace as short sentences, cell by cell."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from artist_console.commands import cells as cells_commands
from artist_console.commands.cells import Explained
from artist_console.domain import words
from artist_console.domain.ids import DecisionId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.problems import Problem
from artist_console.domain.reasons import reason_of
from artist_console.domain.registers import Register
from artist_console.domain.trace import FactKind, FactRef, TraceStep
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.looks import outcome_chip
from artist_console.ui.meanings import domain_words, problem_words, sentence
from artist_console.ui.places import place_of
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure

_OPEN_AT_FIRST = 1


class WhyDialog(Sheet):
    """One card per programme and use: the outcome, what it means, and the sentences that led there."""

    def __init__(self, desk: Desk, place: Register, title: str, parent: QWidget) -> None:
        super().__init__(desk.theme, "why", say("why", "Why: {place}", place=title), 620, 640, parent)
        self._desk = desk
        self.explained: tuple[Explained, ...] = ()
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        desk.ask(
            self,
            "why",
            lambda console: cells_commands.explain_place(console, place),
            self._show,
            self._failed,
        )

    def _show(self, explained: tuple[Explained, ...]) -> None:
        self.explained = explained
        clear_layout(self.inside)
        if not explained:
            self.inside.addWidget(
                label(
                    say(
                        "why", "No programme asks for this today. An answer given now counts for later ones."
                    ),
                    tone=Token.TEXT_2,
                    wrap=True,
                )
            )
        for number, each in enumerate(explained):
            self.inside.addWidget(self._card(each, is_open=number < _OPEN_AT_FIRST))
        self.inside.addStretch(1)

    def _card(self, each: Explained, *, is_open: bool) -> Card:
        theme = self._desk.theme
        card = Card(theme)
        title = say("why", "{programme} · {use}", programme=each.programme, use=domain_words(each.use))
        names = column(
            label(title, weight="strong", wrap=True),
            label(each.subject, TextRole.SMALL, Token.TEXT_2, wrap=True),
            gap=0,
        )
        head = row(gap=12)
        head.addLayout(names, 1)
        head.addWidget(Chip(theme, outcome_chip(each.permission.outcome)), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.add(label(sentence(reason_of(each.permission)), wrap=True))
        if each.permission.outcome is not PermissionOutcome.REFUSED:
            meaning = domain_words(words.OUTCOME_MEANS[each.permission.outcome])
            card.add(label(meaning, tone=Token.TEXT_2, wrap=True))
        steps = QWidget()
        lines = column(gap=6)
        for number, step in enumerate(each.permission.trace, 1):
            lines.addLayout(self._step(number, step))
        steps.setLayout(lines)
        folded = Disclosure(theme, say("why", "Step by step"), steps)
        folded.set_open(is_open)
        card.add(folded)
        return card

    def _step(self, number: int, step: TraceStep) -> QLayout:
        place = label(self._desk.figures.number(number), TextRole.BODY, Token.TEXT_3)
        place.setFixedWidth(self._desk.theme.px(18))
        said = label(sentence(step), wrap=True, selectable=True)
        line = row(gap=6)
        line.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(said, 1)
        fact = next((fact for fact in step.facts if _leads_somewhere(fact)), None)
        if fact is not None:
            link = LinkButton(self._desk.theme, say("why", "Show"))
            link.setAccessibleName(say("why", "Show what step {n} is about", n=number))
            link.clicked.connect(partial(self._follow, fact))
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _follow(self, fact: FactRef) -> None:
        self.accept()
        if fact.kind == FactKind.DECISION.value:
            self._desk.receipt_wished.emit(DecisionId(fact.id))
            return
        place = place_of(f"{fact.kind}/{fact.id}")
        if place is not None:
            self._desk.go(place)

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def _leads_somewhere(fact: FactRef) -> bool:
    """What has a page of its own, or a receipt."""
    return fact.kind == FactKind.DECISION.value or fact.kind == FactKind.STATEMENT.value
