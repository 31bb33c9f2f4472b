"""How a statement file is read, field by field: what was recognised, and each can be said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands.import_hints import Hints, month_of
from artist_console.commands.statement_preview import OpenQuestion, StatementPreview
from artist_console.domain.currencies import is_currency
from artist_console.domain.statements import StatementLevel
from artist_console.ui.desk import Desk
from artist_console.ui.statement_file_words import (
    DELIMITERS,
    ENCODINGS,
    LEVELS,
    days_words,
    delimiter_words,
    encoding_words,
    level_words,
    numbers_words,
)
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, Select
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Disclosure

_HEADER_WITHIN = 15  # rows that may stand before the names of the columns
_PREAMBLE_SHOWN = 4


class ReadingFields(QWidget):
    """Tells a change as changes of the hints, by their names; it shows what was found with it."""

    changed = Signal(object)  # dict: name of a hint and its value
    columns_wished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._loading = False
        theme = desk.theme
        self.issuer, self.currency, self.month = QLineEdit(), QLineEdit(), QLineEdit()
        self.level = Select(theme, say("statement-file", "This file says"))
        self.numbers = Select(theme, say("statement-file", "Decimals after"))
        self.days = Select(theme, say("statement-file", "Days are written"))
        self.delimiter = Select(theme, say("statement-file", "Between the cells"))
        self.encoding = Select(theme, say("statement-file", "Characters"))
        self.header_row = Select(theme, say("statement-file", "Names of the columns"))
        self.issuer.editingFinished.connect(self._say_issuer)
        self.currency.editingFinished.connect(self._say_currency)
        self.month.editingFinished.connect(self._say_month)
        for select, name in (
            (self.level, "level"),
            (self.numbers, "numbers"),
            (self.days, "days"),
            (self.delimiter, "delimiter"),
            (self.encoding, "encoding"),
            (self.header_row, "header_row"),
        ):
            select.setProperty("hint", name)
            select.activated.connect(self._say_chosen)
        self._issuer = Field(theme, say("statement-file", "From"), self.issuer)
        self._level = Field(theme, say("statement-file", "This file says"), self.level)
        self._currency = Field(theme, say("statement-file", "Currency"), self.currency)
        self._month = Field(theme, say("statement-file", "Month"), self.month)
        self._numbers = Field(theme, say("statement-file", "Decimals after"), self.numbers)
        self._days = Field(theme, say("statement-file", "Days are written"), self.days)
        self._delimiter = Field(theme, say("statement-file", "Between the cells"), self.delimiter)
        self._encoding = Field(theme, say("statement-file", "Characters"), self.encoding)
        self._header_row = Field(theme, say("statement-file", "Names of the columns"), self.header_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(_grid((self._issuer, self._level), (self._currency, self._month)))
        self.technical = Disclosure(theme, "", self._build_technical())
        layout.addWidget(self.technical)

    def _build_technical(self) -> QWidget:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 2, 0, 0)
        body.setSpacing(12)
        body.addLayout(
            _grid(
                (self._numbers, self._days),
                (self._delimiter, self._encoding),
                (self._header_row, QWidget()),
            )
        )
        self._preamble = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self._columns = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        for words in (self._preamble, self._columns):
            words.setMinimumWidth(1)
        self.columns = Button(self._desk.theme, say("statement-file", "Change the columns…"))
        self.columns.clicked.connect(self.columns_wished)
        for part in (self._preamble, self._columns):
            body.addWidget(part)
        body.addLayout(row(self.columns, None))
        return inside

    def show_preview(self, preview: StatementPreview) -> None:
        """Fill the fields; a question that is open leaves its field without a choice."""
        self._loading = True
        asked = frozenset(preview.questions)
        self._show_words(preview, preview.hints, asked)
        self._show_choices(preview, asked)
        self._show_table(preview)
        self._loading = False

    def _show_words(self, preview: StatementPreview, hints: Hints, asked: frozenset[OpenQuestion]) -> None:
        self.issuer.setText(hints.issuer or preview.issuer)
        self._issuer.show_hint(
            _how(bool(hints.issuer), say("statement-file", "Recognised by its columns."))
            if preview.issuer or hints.issuer
            else say("statement-file", "Not said. The name of the file stands for it.")
        )
        by_row = not preview.currency and bool(preview.currencies)
        self.currency.setText(preview.currency or ", ".join(preview.currencies))
        self.currency.setEnabled(not by_row)
        self._currency.show_hint(
            say("statement-file", "Each row says its own.")
            if by_row
            else say("statement-file", "Asked above.")
            if OpenQuestion.CURRENCY in asked
            else _how(bool(hints.currency), say("statement-file", "This form is always in it."))
            if preview.currency
            else say("statement-file", "Not known yet.")
        )
        in_rows = preview.months is not None and not hints.month
        figures = self._desk.figures
        if in_rows and preview.months is not None:
            first, last = preview.months
            both = (figures.month(first), figures.month(last))
            self.month.setText(" – ".join(dict.fromkeys(both)))
        else:
            self.month.setText(hints.month)
        self.month.setEnabled(not in_rows)
        self._month.show_hint(
            say("statement-file", "The rows say it; so far as they are shown.")
            if in_rows and not preview.is_whole
            else say("statement-file", "The rows say it.")
            if in_rows
            else say("statement-file", "Asked above.")
            if OpenQuestion.MONTH in asked
            else _how(bool(hints.month), "")
        )

    def _show_choices(self, preview: StatementPreview, asked: frozenset[OpenQuestion]) -> None:
        level = preview.level if OpenQuestion.LEVEL not in asked else None
        _fill(self.level, LEVELS, level, level_words)
        self._level.show_hint(
            say("statement-file", "Asked above.")
            if OpenQuestion.LEVEL in asked
            else say("statement-file", "Not known yet.")
            if level is None
            else _how(
                preview.hints.level is not None, say("statement-file", "Known from the form of the file.")
            )
        )
        _fill(self.numbers, ("point", "comma"), preview.numbers or None, numbers_words)
        _fill(self.days, ("day_first", "month_first"), preview.days or None, days_words)
        self._numbers.setVisible(bool(preview.numbers) or OpenQuestion.NUMBERS in asked)
        self._days.setVisible(bool(preview.days) or OpenQuestion.DAYS in asked)
        is_text = bool(preview.delimiter)
        _fill(self.delimiter, DELIMITERS, preview.delimiter or None, delimiter_words)
        _fill(self.encoding, ENCODINGS, preview.encoding or None, encoding_words)
        self._delimiter.setVisible(is_text)
        self._encoding.setVisible(is_text)
        rows = tuple(range(1, max(_HEADER_WITHIN, preview.header_row or 0) + 1))
        _fill(self.header_row, rows, preview.header_row, _row_words)
        self._header_row.setVisible(bool(preview.header))

    def _show_table(self, preview: StatementPreview) -> None:
        # Of a table whose columns are still to be named it is not known how it is written.
        is_open = OpenQuestion.COLUMNS in preview.questions
        parts = [
            encoding_words(preview.encoding)
            if preview.encoding
            else ("" if is_open else say("statement-file", "A workbook")),
            delimiter_words(preview.delimiter) if preview.delimiter else "",
            numbers_words(preview.numbers) if preview.numbers else "",
        ]
        if preview.header_row is not None and preview.header_row > 1:
            parts.append(
                say_count(
                    "statement-file",
                    "1 row before the table",
                    "{n} rows before the table",
                    preview.header_row - 1,
                )
            )
        known = " · ".join(part for part in parts if part)
        self.technical.set_words(
            say("statement-file", "How it is written: {parts}", parts=known)
            if known
            else say("statement-file", "How it is written")
        )
        shown = [isolate(line) for line in preview.preamble[:_PREAMBLE_SHOWN]]
        before = say("statement-file", "Not used, before the table: {rows}", rows=" / ".join(shown))
        self._preamble.show_words(before if shown else "")
        used = ", ".join(f"“{isolate(column)}”" for _, column in preview.columns)
        words = say("statement-file", "Columns that are read: {columns}.", columns=used) if used else ""
        self._columns.show_words(words)
        self.columns.setVisible(bool(preview.header))

    # Saying otherwise

    def _say_chosen(self) -> None:
        select = self.sender()
        if isinstance(select, Select) and not self._loading:
            self.changed.emit({str(select.property("hint")): select.currentData()})

    def _say_issuer(self) -> None:
        if self.issuer.isModified():
            self.issuer.setModified(False)
            self.changed.emit({"issuer": self.issuer.text().strip()})

    def _say_currency(self) -> None:
        if not self.currency.isModified():
            return
        code = self.currency.text().strip().upper()
        if code and not is_currency(code):
            self._currency.show_fault(say("statement-file", "Write the code of a currency, such as EUR."))
            return
        self.currency.setModified(False)
        self.changed.emit({"currency": code})

    def _say_month(self) -> None:
        if not self.month.isModified():
            return
        month = month_of(self.month.text())
        if self.month.text().strip() and not month:
            self._month.show_fault(say("statement-file", "Write a month as 2025-04."))
            return
        self.month.setModified(False)
        self.changed.emit({"month": month})


def _grid(*lines: tuple[QWidget, QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for place, (one, other) in enumerate(lines):
        grid.addWidget(one, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(other, place, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _how(said: bool, otherwise: str) -> str:
    return say("statement-file", "You said so.") if said else otherwise


def _row_words(number: int) -> str:
    return say("statement-file", "In row {n}", n=number)


def _fill(
    select: Select,
    offered: Sequence[StatementLevel] | Sequence[str] | Sequence[int],
    current: StatementLevel | str | int | None,
    words: Callable[..., str],
) -> None:
    """Offer these and what stands now; without a current one nothing is chosen."""
    select.clear()
    for each in offered:
        select.addItem(words(each), each)
    if current is not None and current not in tuple(offered):
        select.addItem(words(current), current)
    values = [select.itemData(place) for place in range(select.count())]
    select.setCurrentIndex(values.index(current) if current in values else -1)
