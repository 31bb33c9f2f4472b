"""The conditions of a yes: from, until, where, and two limits that the programme's terms can meet."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.domain.registers import Conditions
from artist_console.domain.territories import Territories, read_territories
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row


class ConditionsDialog(Sheet):
    """Gives `chosen` the conditions; the allow itself still passes the review."""

    chosen = Signal(object)  # Conditions

    def __init__(self, desk: Desk, place: str, kept: Conditions, parent: QWidget) -> None:
        super().__init__(
            desk.theme,
            "conditions",
            say("conditions", "Allow on conditions: {place}", place=place),
            520,
            500,
            parent,
        )
        self.set_heading(
            self.windowTitle(),
            say("conditions", "A condition that the terms do not meet makes the yes count for nothing."),
        )
        theme = desk.theme
        self._faulty = False
        self.since, self.until, self.places = QLineEdit(), QLineEdit(), QLineEdit()
        self.since.setText(kept.since.isoformat() if kept.since else "")
        self.until.setText(kept.until.isoformat() if kept.until else "")
        self.places.setText(" ".join(kept.territories.codes) if kept.territories else "")
        day = say("conditions", "Year-month-day, such as 2027-03-31. Empty: no limit.")
        self.since_field = Field(theme, say("conditions", "From"), self.since, day)
        self.until_field = Field(theme, say("conditions", "Until, the last day"), self.until, day)
        self.places_field = Field(
            theme,
            say("conditions", "Only in these countries"),
            self.places,
            say("conditions", "Codes of two letters, such as SE NO DK. Empty: everywhere."),
        )
        self.garden = CheckBox(theme, say("conditions", "Only inside the operator's own service"))
        self.garden.setChecked(kept.walled_garden_only)
        self.style_prompts = CheckBox(theme, say("conditions", "No prompts that name an artist"))
        self.style_prompts.setChecked(kept.no_style_prompts)
        days = row(self.since_field, self.until_field, gap=16)
        self.inside.addLayout(days)
        self.inside.addWidget(self.places_field)
        self.inside.addWidget(self.garden)
        self.inside.addWidget(self.style_prompts)
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.allow = Button(theme, say("conditions", "Allow on these conditions…"), ButtonKind.PRIMARY)
        self.allow.clicked.connect(self._choose)
        self.set_buttons(None, cancel, self.allow, safe=cancel)
        self.since.setFocus()

    def _choose(self) -> None:
        self._faulty = False
        since, until = self._day(self.since_field, self.since), self._day(self.until_field, self.until)
        places = self._read_places()
        if since is not None and until is not None and until < since:
            self._fault(self.until_field, say("conditions", "The last day comes before the first."))
        if self._faulty:
            return
        self.chosen.emit(
            Conditions(
                since=since,
                until=until,
                territories=places,
                walled_garden_only=self.garden.isChecked(),
                no_style_prompts=self.style_prompts.isChecked(),
            )
        )
        self.accept()

    def _fault(self, field: Field, words: str) -> None:
        """Say beside the field what is wrong; the first of them gets the cursor."""
        field.show_fault(words)
        if not self._faulty:
            field.editor.setFocus()
        self._faulty = True

    def _day(self, field: Field, edit: QLineEdit) -> date | None:
        """The day of a field; None where it is empty, or cannot be read."""
        field.show_fault("")
        text = edit.text().strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._fault(field, say("conditions", "Write the day as year-month-day, such as 2027-03-31."))
            return None

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
