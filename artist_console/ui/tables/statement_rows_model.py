"""The first rows of a statement file as they will be read; one that will be left out says why."""

from __future__ import annotations

from artist_console.commands.statement_preview import PreviewRow
from artist_console.domain import words
from artist_console.domain.statements import LineKind
from artist_console.ui.delegates.cells import Cell, MoneyCell, TextCell
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import exact_money
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint, Token


class StatementRowsModel(FixedRows[PreviewRow]):
    """In the order of the file."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("statement-file", "Row"),
            say("statement-file", "What it is for"),
            say("statement-file", "From"),
            say("statement-file", "Counts as"),
            say("statement-file", "Amount"),
        )

    def cell(self, row: PreviewRow, column: int) -> Cell:
        match column:
            case 0:
                return TextCell(self._figures.number(row.row), tone=Token.TEXT_3, end=True, figures=True)
            case 1:
                title = row.title or say("statement-file", "No title")
                tone = Token.TEXT if row.title and not row.reason else Token.TEXT_2
                return TextCell(title, row.artist, tone=tone, weight="medium")
            case 2:
                month = self._figures.month(row.month) if row.month is not None else ""
                second = " · ".join(part for part in (month, row.territory) if part)
                return TextCell(row.source or "–", second, tone=Token.TEXT_2)
            case 3 if row.reason:
                return TextCell(say("statement-file", "Left out"), row.reason, tone=Tint.DENY)
            case 3 if row.kind is not None:
                words_of = domain_words(words.LINE_KIND[row.kind][0])
                return TextCell(words_of, tone=Token.TEXT_2 if row.kind is LineKind.OTHER else Token.TEXT)
            case 3:
                return TextCell("–", tone=Token.TEXT_3)
            case _ if row.amount is None:
                return MoneyCell(row.delivered or "–", quiet=True)
            case _ if not row.currency:
                return MoneyCell(self._figures.exact(row.amount))
            case _:
                return MoneyCell(exact_money(self._figures, row.currency, row.amount))
