"""What was checked of a statement, where it first goes wrong, and until when one can object."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.objections import Objection
from artist_console.domain.ids import StatementId
from artist_console.domain.statements import Check, CheckResult, Statement, StatementCheck
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.pages.statement_words import check_look
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.text import say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note, Rule, SectionHeading

# What went wrong comes first, then what could not be told.
_ORDER = (
    CheckResult.DOES_NOT_ADD_UP,
    CheckResult.PART_CANNOT_BE_CHECKED,
    CheckResult.ADDS_UP,
    CheckResult.NOT_CHECKED,
)


class StatementChecks(QWidget):
    """Each check is a sentence; one that names a line or another statement leads there."""

    line_wished = Signal(int)
    statement_wished = Signal(object)  # StatementId

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(24, 8, 24, 24)
        self._rows.setSpacing(10)

    def show_checks(
        self,
        statement: Statement,
        checks: StatementCheck,
        objection: Objection,
        words_of: Callable[[Check], str],
    ) -> None:
        theme = self._theme
        clear_layout(self._rows)
        self._rows.addWidget(SectionHeading(theme, say("statement", "What was checked")))
        for result in _ORDER:
            found = [check for check in checks.checks if check.result is result]
            if result is CheckResult.NOT_CHECKED and len(found) > 1:
                self._add_folded(found, words_of)
                continue
            for check in found:
                self._add_check(check, words_of)
        self._rows.addWidget(Rule(theme))
        self._rows.addWidget(SectionHeading(theme, say("statement", "Until when you can object")))
        self._rows.addWidget(Note(theme, sentence(objection.words), Tint.ASK, Icon.CLOCK))
        self._rows.addWidget(Rule(theme))
        self._rows.addWidget(SectionHeading(theme, say("statement", "What this does not tell you")))
        for words in _not_told(statement):
            self._rows.addWidget(paragraph(words))
        self._rows.addStretch(1)

    def _add_check(self, check: Check, words_of: Callable[[Check], str]) -> None:
        tint, icon = check_look(check.result)
        note = Note(self._theme, words_of(check), tint, icon)
        links = self._links(check)
        if not links:
            self._rows.addWidget(note)
            return
        part = QWidget()
        part.setLayout(column(note, row(*links, None, margins=(26, 0, 0, 0)), gap=2))
        self._rows.addWidget(part)

    def _links(self, check: Check) -> list[LinkButton]:
        links = []
        if check.line is not None and check.result is not CheckResult.ADDS_UP:
            there = LinkButton(self._theme, say("statement", "Show line {n}", n=check.line))
            there.setProperty("line", check.line)
            there.clicked.connect(self._wish_line)
            links.append(there)
        if check.other is not None:
            other = LinkButton(self._theme, say("statement", "Open that statement"))
            other.setProperty("statement", check.other)
            other.clicked.connect(self._wish_statement)
            links.append(other)
        return links

    def _add_folded(self, found: list[Check], words_of: Callable[[Check], str]) -> None:
        """What was not looked at does not count against a statement: one line for all of it."""
        inside = QWidget()
        rows = column(gap=8, margins=(26, 4, 0, 4))
        for check in found:
            rows.addWidget(Note(self._theme, words_of(check), *check_look(check.result)))
        inside.setLayout(rows)
        words = say_count(
            "statement", "1 thing was not looked at", "{n} things were not looked at", len(found)
        )
        self._rows.addWidget(Disclosure(self._theme, words, inside))

    def _wish_line(self) -> None:
        self.line_wished.emit(int(self.sender().property("line")))

    def _wish_statement(self) -> None:
        self.statement_wished.emit(StatementId(str(self.sender().property("statement"))))


def _not_told(statement: Statement) -> tuple[str, ...]:
    told = [
        say("statement", "Figures that add up cannot show use that nobody reported."),
        say("statement", "Whether pool, weights and rate are right is known to the issuer alone."),
        say("statement", "A share is checked as the statement names it, not against your contract."),
    ]
    if statement.rows_left_out:
        told.insert(
            0,
            say_count(
                "statement",
                "1 row of its file was left out, so its sums are partial.",
                "{n} rows of its file were left out, so its sums are partial.",
                statement.rows_left_out,
            ),
        )
    return tuple(told)
