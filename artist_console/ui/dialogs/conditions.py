"""The conditions of a yes: from, until, where, a rate, and two limits that the programme's terms can meet."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.condition_offers import ConditionOffers
from artist_console.domain.phrases import Sentence
from artist_console.domain.registers import Conditions
from artist_console.domain.territories import Territories, read_territories
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note

# Digits alone, as many as statements carry: "1E9" is no way to write a rate.
_RATE = re.compile(r"\d{1,9}(?:[.,]\d{1,18})?")


class ConditionsDialog(Sheet):
    """Gives `chosen` the conditions; the allow itself still passes the review."""

    chosen = Signal(object)  # Conditions

    def __init__(
        self, desk: Desk, place: str, kept: Conditions, offers: ConditionOffers, parent: QWidget
    ) -> None:
        super().__init__(
            desk.theme,
            "conditions",
            say("conditions", "Allow on conditions: {place}", place=place),
            560,
            620,
            parent,
        )
        self._desk, self._offers = desk, offers
        self.set_heading(
            self.windowTitle(),
            say("conditions", "A condition that the terms do not meet makes the yes count for nothing."),
        )
        self._faulty = False
        self._add_days(kept)
        self._add_places(kept)
        self._add_promises(kept)
        self._add_rate(kept)
        self.inside.addStretch(1)
        theme = desk.theme
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.allow = Button(theme, say("conditions", "Allow on these conditions…"), ButtonKind.PRIMARY)
        self.allow.clicked.connect(self._choose)
        self.set_buttons(None, cancel, self.allow, safe=cancel)
        self.since.setFocus()

    # The form

    def _add_days(self, kept: Conditions) -> None:
        theme, figures, region = self._desk.theme, self._desk.figures, self._desk.settings.language
        self.since_day = DayEdit(theme, figures, region)
        self.until_day = DayEdit(theme, figures, region)
        self.since_day.show_day(kept.since)
        self.until_day.show_day(kept.until)
        self.since, self.until = self.since_day.edit, self.until_day.edit
        day = say("conditions", "Such as 31 March 2027 or 2027-03-31. Empty: no limit.")
        self.since_field = Field(theme, say("conditions", "From"), self.since_day, day)
        self.until_field = Field(theme, say("conditions", "Until, the last day"), self.until_day, day)
        for edit, field in ((self.since, self.since_field), (self.until, self.until_field)):
            edit.textChanged.connect(partial(self._forget_fault, field))
        days = row(self.since_field, self.until_field, gap=16)
        days.setStretch(0, 1)
        days.setStretch(1, 1)
        self.inside.addLayout(days)

    def _add_places(self, kept: Conditions) -> None:
        self.places = QLineEdit()
        self.places.setText(" ".join(kept.territories.codes) if kept.territories else "")
        self.places_field = Field(
            self._desk.theme,
            say("conditions", "Only in these countries"),
            self.places,
            say("conditions", "Codes of two letters, such as SE NO DK. Empty: everywhere."),
        )
        self.places.textChanged.connect(partial(self._forget_fault, self.places_field))
        self.inside.addWidget(self.places_field)

    def _add_promises(self, kept: Conditions) -> None:
        theme = self._desk.theme
        self.garden = CheckBox(theme, say("conditions", "Only inside the operator's own service"))
        self.garden.setChecked(kept.walled_garden_only)
        self.garden_note = self._warning(self.garden, self._offers.against_garden())
        self.style_prompts = CheckBox(theme, say("conditions", "No prompts that name an artist"))
        self.style_prompts.setChecked(kept.no_style_prompts)
        self.style_note = self._warning(self.style_prompts, self._offers.against_no_style_prompts())

    def _warning(self, box: CheckBox, against: Sentence | None) -> Note:
        """Beside a condition: where the present terms do not meet it. Seen before it is chosen, too."""
        words = sentence(against) if against is not None else ""
        note = Note(self._desk.theme, words, Tint.ASK, Icon.INFO)
        note.setVisible(bool(words))
        box.setAccessibleDescription(words)
        self.inside.addWidget(box)
        self.inside.addWidget(note)
        return note

    def _add_rate(self, kept: Conditions) -> None:
        """Only where the terms offer a rate, or the yes that stands asks for one."""
        theme, offered = self._desk.theme, self._offers.rates
        self.rate = QLineEdit()
        self.currency = Select(theme, say("conditions", "Currency of the minimum rate"))
        currencies = dict.fromkeys(rate.currency for rate in offered)
        if kept.rate_currency:
            currencies[kept.rate_currency] = None
        for code in currencies:
            self.currency.addItem(code, code)
        if kept.minimum_rate is not None:
            self.rate.setText(str(kept.minimum_rate))
            self.currency.setCurrentIndex(self.currency.findData(kept.rate_currency))
        hint = say("conditions", "Such as 0.02. Empty: no minimum.")
        self.rate_field = Field(theme, say("conditions", "At least this rate"), self.rate, hint)
        currency = Field(theme, say("conditions", "Currency"), self.currency)
        self.rate_part = QWidget()
        line = row(self.rate_field, currency, gap=16)
        line.setStretch(0, 1)
        line.setAlignment(currency, Qt.AlignmentFlag.AlignTop)
        self.rate_part.setLayout(line)
        self.inside.addWidget(self.rate_part)
        self.offered = label(
            "\n".join(sentence(rate.words) for rate in offered), TextRole.SMALL, Token.TEXT_2, wrap=True
        )
        self.inside.addWidget(self.offered)
        self.rate_note = Note(theme, "", Tint.ASK, Icon.INFO)
        self.inside.addWidget(self.rate_note)
        for part in (self.rate_part, self.offered):
            part.setVisible(bool(currencies))
        self.rate.textChanged.connect(partial(self._forget_fault, self.rate_field))
        self.rate.textChanged.connect(self._look_at_rate)
        self.currency.currentIndexChanged.connect(self._look_at_rate)
        self._look_at_rate()

    def _look_at_rate(self) -> None:
        at_least = _amount(self.rate.text())
        against = None
        if at_least is not None and at_least > 0:
            against = self._offers.against_rate(at_least, str(self.currency.currentData()))
        self.rate_note.show_words(sentence(against) if against is not None else "")

    # Reading it

    def _choose(self) -> None:
        self._faulty = False
        since = self._day(self.since_field, self.since_day)
        until = self._day(self.until_field, self.until_day)
        if since is not None and until is not None and until < since:
            self._fault(self.until_field, say("conditions", "The last day comes before the first."))
        elif until is not None and until < self._desk.clock().astimezone().date():
            self._fault(self.until_field, say("conditions", "This day has passed. Choose one to come."))
        places = self._read_places()
        rate = self._read_rate()
        if self._faulty:
            return
        self.chosen.emit(
            Conditions(
                since=since,
                until=until,
                territories=places,
                walled_garden_only=self.garden.isChecked(),
                no_style_prompts=self.style_prompts.isChecked(),
                minimum_rate=rate,
                rate_currency=str(self.currency.currentData()) if rate is not None else "",
            )
        )
        self.accept()

    def _fault(self, field: Field, words: str) -> None:
        """Say beside the field what is wrong; the first of them gets the cursor."""
        field.show_fault(words)
        if not self._faulty:
            field.editor.setFocus()
        self._faulty = True

    def _forget_fault(self, field: Field, _text: str) -> None:
        """What was wrong is about words that stand there no more."""
        field.show_fault("")

    def _day(self, field: Field, editor: DayEdit) -> date | None:
        """The day of a field; None where it is empty, or cannot be read."""
        field.show_fault("")
        if editor.day is None and not editor.is_empty:
            self._fault(
                field, say("conditions", "Write day, month and year, such as 31 March 2027 or 2027-03-31.")
            )
        return editor.day

    def _read_places(self) -> Territories | None:
        self.places_field.show_fault("")
        text = self.places.text().replace(",", " ").strip()
        if not text:
            return None
        found = read_territories(text)
        if isinstance(found, str):
            self._fault(self.places_field, found)
            return None
        return found

    def _read_rate(self) -> Decimal | None:
        self.rate_field.show_fault("")
        text = self.rate.text().strip()
        if not text or self.rate_part.isHidden():
            return None
        amount = _amount(text)
        if amount is None or amount <= 0:
            self._fault(self.rate_field, say("conditions", "Write an amount above zero, such as 0.02."))
        return amount


def _amount(text: str) -> Decimal | None:
    """An exact amount in digits; a comma is read as the decimal sign, for a rate has no thousands."""
    written = text.strip()
    return Decimal(written.replace(",", ".")) if _RATE.fullmatch(written) else None
