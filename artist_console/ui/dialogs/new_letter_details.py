"""The fourth step of a letter: in what capacity and language, what it has to say, and what goes along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import law
from artist_console.commands.letter_asks import AskedValues, asked_values, known_values
from artist_console.commands.letter_drafts import KindOffer
from artist_console.domain.addressees import Addressee
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.domain.letter_needs import DAYS, SEVERAL_LINES
from artist_console.domain.letter_templates import Placeholder, WorksWanted
from artist_console.domain.letter_text import MOST_LISTED
from artist_console.domain.payment_directions import (
    NOT_A_SHARE,
    OUT_OF_RANGE,
    SAME_PARTY,
    TURNED_ROUND,
    direction_fault,
)
from artist_console.domain.problems import Problem
from artist_console.ui.country_words import country_words
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.letter_sender import SenderLine
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.letter_values_words import value_hint, value_words
from artist_console.ui.letter_words import attach_words, capacity_words, language_words
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import CheckBox, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.inset import below_choice, beside_scroll_bar
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, SectionHeading

_LINES = 4
# At which field a fault of a letter of direction stands.
_AT = {
    NOT_A_SHARE: Placeholder.SHARE,
    OUT_OF_RANGE: Placeholder.SHARE,
    TURNED_ROUND: Placeholder.LAST_DAY,
    SAME_PARTY: Placeholder.PAYEE,
}


class DetailsStep(QWidget):
    """Fields follow from the kind. What is known from the records can be left empty."""

    changed = Signal()
    sender_changed = Signal()

    def __init__(self, desk: Desk, start: LetterStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._start = desk, start
        self._offer: KindOffer | None = None
        self._written: dict[str, str] = dict(start.values)
        self._needed: tuple[Placeholder, ...] = ()
        self._known: frozenset[Placeholder] | None = None  # what the records give; None: not read yet
        self._known_of: tuple[LetterKind, tuple[ArtistId, ...]] | None = None
        self.fields: dict[Placeholder, Field] = {}
        self.attach: dict[Attach, CheckBox] = {}
        theme = desk.theme
        self.capacity = Select(theme, say("new-letter", "Written"))
        self.language = Select(theme, say("new-letter", "Language"))
        self.country = Select(theme, say("new-letter", "Law of"))
        self.language.addItem(say("new-letter", "As the addressee is best written to"), None)
        for language in Language:
            self.language.addItem(language_words(language), language)
        self.country.addItem(say("new-letter", "As the addressee's country"), "")
        for code, name in sorted(
            ((code, country_words(code)) for code in law.countries()), key=lambda each: each[1].casefold()
        ):
            self.country.addItem(name, code)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(12)
        self._inside.setContentsMargins(0, 2, 0, 8)
        box = QWidget()
        box.setLayout(beside_scroll_bar(self._inside))
        how = row(gap=16)
        for words, choice in (
            (say("new-letter", "Written"), self.capacity),
            (say("new-letter", "Language"), self.language),
            (say("new-letter", "Law of"), self.country),
        ):
            how.addWidget(Field(theme, words, choice), 1)
        self._inside.addLayout(how)
        self.law_hint = label("", TextRole.SMALL, Token.TEXT_3, wrap=True)
        self._inside.addWidget(self.law_hint)
        self._values = QVBoxLayout()
        self._values.setSpacing(12)
        self._inside.addLayout(self._values)
        self._files = QVBoxLayout()
        self._files.setSpacing(6)
        self._inside.addLayout(self._files)
        self.sender_line = SenderLine(desk)
        self.sender_line.changed.connect(self.sender_changed)
        self._inside.addWidget(SectionHeading(theme, say("new-letter", "Who writes"), small=True))
        self._inside.addWidget(self.sender_line)
        self.in_letter: CheckBox | None = None
        self._in_letter = False
        self._inside.addStretch(1)
        self.fault = label("", tone=Tint.DENY, wrap=True)
        self.fault.hide()
        self.changed.connect(self._show_faults)
        layout = column(gap=0)
        layout.addWidget(scrolled(box), 1)
        layout.addWidget(self.fault)
        self.setLayout(layout)

    # What is chosen

    @property
    def chosen_capacity(self) -> Capacity | None:
        found = self.capacity.currentData()
        return found if isinstance(found, Capacity) else None

    @property
    def chosen_language(self) -> Language | None:
        found = self.language.currentData()
        return found if isinstance(found, Language) else None

    @property
    def chosen_country(self) -> str:
        return str(self.country.currentData() or "")

    @property
    def chosen_attach(self) -> frozenset[Attach]:
        return frozenset(each for each, box in self.attach.items() if box.isChecked())

    @property
    def list_in_letter(self) -> bool:
        """However many works; else a long list goes along by itself."""
        return self._offer is not None and self._offer.works is not WorksWanted.NONE and self._in_letter

    @property
    def values(self) -> dict[str, str]:
        """By the name of the placeholder, days as 2026-11-29; those that are empty are left out."""
        found = dict(self._start.values)
        for name, field in self.fields.items():
            text = _text_of(field.editor)
            if text:
                found[name.value] = text
            else:
                found.pop(name.value, None)
        return found

    @property
    def is_ready(self) -> bool:
        return self._known is not None and not self._unreadable() and not self._faults()

    @property
    def missing(self) -> str:
        if self._unreadable():
            return say("new-letter", "A day cannot be read. Write it such as 3 May 2027.")
        lacking = [value_words(name) for name in self._lacking()]
        if lacking:
            return say("new-letter", "Still to be written: {what}.", what=", ".join(lacking))
        return next(iter(self._faults().values()), "")

    def _lacking(self) -> list[Placeholder]:
        """What the letter cannot be written without, and neither the records nor the person have given."""
        return [
            name
            for name in self._needed
            if self._known is not None
            and name not in self._known
            and name in self.fields
            and not _text_of(self.fields[name].editor)
        ]

    def _faults(self) -> dict[Placeholder, str]:
        """By field, what keeps the letter from being written."""
        found = {
            name: say("new-letter", "The letter cannot be written without it.") for name in self._lacking()
        }
        if found or self._offer is None or self._offer.kind is not LetterKind.LETTER_OF_DIRECTION:
            return found
        values = {name: _text_of(field.editor) for name, field in self.fields.items()}
        days = {name: day for name, text in values.items() if name in DAYS and (day := _day(text))}
        fault = direction_fault(values, days)
        if fault is not None:
            at = next((name for text, name in _AT.items() if text == fault.template), Placeholder.SHARE)
            found[at] = sentence(fault)
        return found

    def _show_faults(self) -> None:
        faults = self._faults()
        for name, field in self.fields.items():
            field.show_fault(faults.get(name, ""))

    def first_stop(self) -> QWidget:
        needed = [self.fields[name].editor for name in self._needed if name in self.fields]
        empty = next((each for each in needed if not _text_of(each)), None)
        return empty or self.capacity

    def _unreadable(self) -> bool:
        return any(
            isinstance(field.editor, DayEdit) and not field.editor.is_empty and field.editor.day is None
            for field in self.fields.values()
        )

    # Filling

    def load(self, offer: KindOffer, to: Addressee | None, artists: tuple[ArtistId, ...]) -> None:
        self._show_law(to)
        self.sender_line.load()
        self._ask_known(offer.kind, artists)
        if self._offer is not None and self._offer.kind is offer.kind:
            return
        self._keep_written()
        self._offer = offer
        self.capacity.clear()
        self.capacity.addItem(say("new-letter", "As fits you here"), None)
        for capacity in offer.capacities:
            self.capacity.addItem(capacity_words(capacity), capacity)
        self._offer_files(offer)
        kind = offer.kind
        self._desk.ask(self, "values", lambda _console: asked_values(kind), self._offer_values, self._failed)

    def _ask_known(self, kind: LetterKind, artists: tuple[ArtistId, ...]) -> None:
        if self._known_of == (kind, artists):
            return
        self._known_of, self._known = (kind, artists), None
        about, case = self._start.about, self._start.case
        self._desk.ask(
            self,
            "known values",
            lambda console: known_values(console, kind, artists, about, case),
            self._take_known,
            self._failed,
        )

    def _take_known(self, known: frozenset[Placeholder]) -> None:
        self._known = known
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self.fault.show_words(problem_words(problem))

    def _show_law(self, to: Addressee | None) -> None:
        words = say(
            "new-letter",
            "Sentences about law are cited as they were read, with source and date; no legal advice.",
        )
        if to is not None and to.country:
            place = say(
                "new-letter", "{name} sits in: {country}.", name=to.name, country=country_words(to.country)
            )
            words = f"{place} {words}"
        self.law_hint.setText(words)

    def _keep_written(self) -> None:
        """Another kind asks for some of the same values: what was written is not lost."""
        for name, field in self.fields.items():
            text = _text_of(field.editor)
            if text:
                self._written[name.value] = text

    def _offer_values(self, asked: AskedValues) -> None:
        clear_layout(self._values)
        self.fields, self._needed = {}, asked.needed
        if asked.needed:
            self._values.addWidget(
                SectionHeading(self._desk.theme, say("new-letter", "What it has to say"), small=True)
            )
            self._add_fields(self._values, asked.needed)
        if asked.possible:
            inside = QVBoxLayout()
            inside.setSpacing(12)
            self._add_fields(inside, asked.possible)
            box = QWidget()
            box.setLayout(inside)
            more = Disclosure(self._desk.theme, say("new-letter", "What it may say besides"), box)
            more.set_open(any(each.value in self._written for each in asked.possible))
            self._values.addWidget(more)
        self.changed.emit()

    def _add_fields(self, into: QVBoxLayout, names: Sequence[Placeholder]) -> None:
        """Short ones two a line, long ones alone."""
        short: list[Field] = []
        for name in names:
            field = self._field(name)
            if isinstance(field.editor, QPlainTextEdit):
                self._flush(into, short)
                into.addWidget(field)
                continue
            short.append(field)
            if len(short) == 2:
                self._flush(into, short)
        self._flush(into, short)

    def _flush(self, into: QVBoxLayout, short: list[Field]) -> None:
        if not short:
            return
        line = row(gap=16)
        for field in short:
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        if len(short) == 1:
            line.addStretch(1)
        into.addLayout(line)
        short.clear()

    def _field(self, name: Placeholder) -> Field:
        theme = self._desk.theme
        written = self._written.get(name.value, "")
        editor: QWidget
        if name in DAYS:
            day = DayEdit(theme, self._desk.figures, self._desk.settings.language)
            day.show_day(_day(written))
            day.edit.textChanged.connect(self.changed)
            editor = day
        elif name in SEVERAL_LINES:
            text = QPlainTextEdit(written)
            text.setTabChangesFocus(True)
            text.setFixedHeight(_LINES * theme.px(20) + 16)
            text.textChanged.connect(self.changed)
            editor = text
        else:
            line = QLineEdit(written)
            line.textChanged.connect(self.changed)
            editor = line
        self.fields[name] = Field(theme, value_words(name), editor, value_hint(name))
        return self.fields[name]

    def _offer_files(self, offer: KindOffer) -> None:
        clear_layout(self._files)
        chosen = self.chosen_attach
        self.attach, self.in_letter = {}, None
        if not offer.attach and offer.works is WorksWanted.NONE:
            return
        self._files.addWidget(
            SectionHeading(self._desk.theme, say("new-letter", "What goes along"), small=True)
        )
        for each in offer.attach:
            words, hint = attach_words(each)
            box = CheckBox(self._desk.theme, words)
            box.setChecked(each in chosen)
            box.setAccessibleDescription(hint)
            below = below_choice(self._desk.theme, label(hint, TextRole.SMALL, Token.TEXT_2, wrap=True))
            self._files.addLayout(column(box, below, gap=0))
            self.attach[each] = box
        if offer.works is not WorksWanted.NONE:
            self._offer_whole_list()

    def _offer_whole_list(self) -> None:
        box = CheckBox(self._desk.theme, say("new-letter", "Name all works in the letter, however many"))
        hint = say(
            "new-letter",
            "Else more than {most} works go along as a list of their own, and the letter stays short.",
            most=MOST_LISTED,
        )
        box.setChecked(self._in_letter)
        box.setAccessibleDescription(hint)
        box.toggled.connect(self._choose_in_letter)
        below = below_choice(self._desk.theme, label(hint, TextRole.SMALL, Token.TEXT_2, wrap=True))
        self._files.addLayout(column(box, below, gap=0))
        self.in_letter = box

    def _choose_in_letter(self, on: bool) -> None:
        self._in_letter = on
        self.changed.emit()


def _text_of(editor: QWidget) -> str:
    if isinstance(editor, DayEdit):
        return editor.day.isoformat() if editor.day is not None else ""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
