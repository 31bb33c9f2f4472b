"""On the result page of an import: each statement that came, whose money it is, and its total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.statement_results import StatementCame
from artist_console.domain.ids import StatementId
from artist_console.domain.statements import StatementLevel
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.money_words import period_words, telling_money
from artist_console.ui.statement_file_words import level_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note


class StatementCards(QWidget):
    """A card for each; `opened` names the one that the person wants to see."""

    opened = Signal(str)  # StatementId

    def __init__(self, desk: Desk, came: Sequence[StatementCame]) -> None:
        super().__init__()
        self._desk = desk
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in came:
            layout.addWidget(self._card(each))

    def _card(self, came: StatementCame) -> Card:
        theme, figures = self._desk.theme, self._desk.figures
        card = Card(theme, padding=14)
        card.body.setSpacing(4)
        period = period_words(figures, came.period_from, came.period_until)
        issuer = isolate(came.issuer)
        if came.worked_out and came.level is not StatementLevel.PAYEE_NET:
            title = say("statement-file", "What is left of {issuer}, {period}", issuer=issuer, period=period)
        else:
            title = say("statement-file", "{issuer}, {period}", issuer=issuer, period=period)
        show = LinkButton(theme, say("statement-file", "Show"))
        show.setAccessibleName(say("statement-file", "Show {statement}", statement=title))
        show.clicked.connect(lambda: self._open(came.id))
        head = row(label(title, weight="strong", wrap=True), show, gap=8)
        head.setStretch(0, 1)
        card.body.addLayout(head)
        card.add(label(self._whose_words(came), TextRole.SMALL, Token.TEXT_2, wrap=True))
        lines = say_count("statement-file", "1 line", "{n} lines", came.lines)
        if came.total is not None:
            total = telling_money(figures, came.currency, came.total)
            amount = say("statement-file", "{total} from {lines}", total=total, lines=lines)
        else:
            amount = say(
                "statement-file", "{lines}; the total follows once all of them are here", lines=lines
            )
        card.add(label(amount, TextRole.LEAD, weight="medium", wrap=True))
        if came.rows_left_out:
            words = say_count(
                "statement-file",
                "Partial: 1 row of the file was left out, so the total lacks it.",
                "Partial: {n} rows of the file were left out, so the total lacks them.",
                came.rows_left_out,
            )
            card.add(Note(theme, words, Tint.ASK, Icon.QUESTION))
        if came.total is not None and came.declared_total is not None and not came.worked_out:
            card.add(self._declared_note(came, came.declared_total))
        return card

    def _whose_words(self, came: StatementCame) -> str:
        if came.worked_out:
            return (
                say("statement-file", "Worked out of it: what {payee} is due", payee=isolate(came.payee_name))
                if came.level is StatementLevel.PAYEE_NET
                else say("statement-file", "What is left of it: not attributed, held, or others' money")
            )
        said = level_words(came.level)
        if came.level is StatementLevel.PAYEE_NET:
            return said
        return say("statement-file", "{level}. It is not counted as your earnings.", level=said)

    def _declared_note(self, came: StatementCame, total: Decimal) -> Note:
        theme = self._desk.theme
        declared = telling_money(self._desk.figures, came.currency, total)
        if total == came.total:
            words = say("statement-file", "The file itself declares the same total.")
            return Note(theme, words, Tint.INFO, Icon.CHECK)
        words = say("statement-file", "The file itself declares {total}.", total=declared)
        return Note(theme, words, Tint.DENY, Icon.TRIANGLE)

    def _open(self, id: StatementId) -> None:
        self.opened.emit(id)
