"""What narrows the history down: who, for whom, by which mandate, what, from what to what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.history import HistoryRow
from artist_console.commands.history_table import NO_MANDATE, HistoryFilter
from artist_console.domain.history_states import HistoryState
from artist_console.domain.registers import Stance, Subject, SubjectKind
from artist_console.ui.dialogs.history_words import kind_words, scope_words, stance_words, state_words
from artist_console.ui.icons import Icon
from artist_console.ui.text import say
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import Button, Select
from artist_console.ui.widgets.fields import Field, SearchField
from artist_console.ui.widgets.layout import FlowLayout, column

_WIDTH = 163
_SEARCH_WIDTH = 220
_FIRST = "first"  # no answer before
_ANY = "any"  # of programmes: answers that name none


class HistoryFilters(QWidget):
    """One line, and the rest below it when it is asked for. `changed` brings what is wanted."""

    changed = Signal(object)  # HistoryFilter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._only: Subject | None = None  # one work, release or person, from the menu of a row
        self._filling = False
        self.search = SearchField(theme, say("history", "Title, person or programme"))
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.search.searched.connect(self._tell)
        self.answers = self._select(say("history", "Answer"))
        self.people = self._select(say("history", "Who decided"))
        self.programmes = self._select(say("history", "Programme"))
        self.more = Button(theme, say("history", "More filters"), icon=Icon.FILTER)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_more)
        self.clear_button = Button(theme, say("history", "Clear filters"))
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        line = FlowLayout(gap=8)
        for part in (self.search, self.answers, self.people, self.programmes, self.more, self.clear_button):
            line.addWidget(part)
        self.rest = QWidget()
        self._build_rest()
        self.rest.hide()
        self.setLayout(column(line, self.rest, gap=10))
        self._fill_fixed()

    def _build_rest(self) -> None:
        theme = self._theme
        self.artists = self._select(say("history", "Artist"))
        self.abouts = self._select(say("history", "About"))
        self.uses = self._select(say("history", "Use"))
        self.formers = self._select(say("history", "Answer before"))
        self.mandates = self._select(say("history", "Mandate"))
        self.terms = self._select(say("history", "Terms"))
        self.receipts = self._select(say("history", "Receipt"))
        self.states = self._select(say("history", "Where it stands"))
        self.since, self.until = QLineEdit(), QLineEdit()
        parts = (
            (say("history", "Artist"), self.artists),
            (say("history", "About"), self.abouts),
            (say("history", "Use"), self.uses),
            (say("history", "Answer before"), self.formers),
            (say("history", "Mandate"), self.mandates),
            (say("history", "Terms"), self.terms),
            (say("history", "Receipt"), self.receipts),
            (say("history", "Where it stands"), self.states),
            (say("history", "From"), self.since),
            (say("history", "Until"), self.until),
        )
        flow = FlowLayout(self.rest, gap=10)
        self.fields: dict[QWidget, Field] = {}
        for words, editor in parts:
            field = Field(theme, words, editor)
            field.setFixedWidth(_WIDTH)
            self.fields[editor] = field
            flow.addWidget(field)
        for day in (self.since, self.until):
            day.setPlaceholderText(say("history", "Year-month-day"))
            day.editingFinished.connect(self._tell)

    def _select(self, name: str) -> Select:
        choice = Select(self._theme, name)
        choice.setMaximumWidth(_WIDTH + 30)
        choice.currentIndexChanged.connect(self._tell)
        return choice

    def _fill_fixed(self) -> None:
        """What can be chosen whatever was decided."""
        stances = [(stance_words(stance), stance) for stance in (Stance.REFUSE, Stance.ALLOW, Stance.CLEAR)]
        self._fill(self.answers, say("history", "Every answer"), stances)
        before: list[tuple[str, object]] = [(say("history", "None before"), _FIRST), *stances]
        self._fill(self.formers, say("history", "Any"), before)
        self._fill(
            self.receipts,
            say("history", "With or without"),
            [(say("history", "With receipt"), True), (say("history", "Without receipt"), False)],
        )
        self._fill(
            self.states, say("history", "Anywhere"), [(state_words(state), state) for state in HistoryState]
        )

    def offer(self, rows: Sequence[HistoryRow]) -> None:
        """What the rows hold can be chosen; what was chosen stays chosen."""
        people = [(name, name) for name in _sorted({row.made_by for row in rows})]
        self._fill(self.people, say("history", "Everybody"), people)
        programmes = {row.programme: row.programme_id for row in rows if row.programme_id is not None}
        named: list[tuple[str, object]] = [(name, programmes[name]) for name in _sorted(programmes)]
        if any(row.programme_id is None for row in rows):
            named.append((say("history", "Those that name none"), _ANY))
        self._fill(self.programmes, say("history", "All programmes"), named)
        artists = {row.artist_name: row.artist for row in rows}
        self._fill(
            self.artists, say("history", "All artists"), [(name, artists[name]) for name in _sorted(artists)]
        )
        self.fields[self.artists].setVisible(len(artists) > 1)
        scopes = {scope_words(row.use): row.use for row in rows}
        self._fill(self.uses, say("history", "Any use"), [(name, scopes[name]) for name in _sorted(scopes)])
        mandates = {row.mandate_words: row.mandate for row in rows if row.mandate is not None}
        held: list[tuple[str, object]] = [(name, mandates[name]) for name in _sorted(mandates)]
        held.append((say("history", "Without a mandate"), NO_MANDATE))
        self._fill(self.mandates, say("history", "Any or none"), held)
        terms = {
            say("history", "{programme}, {terms}", programme=row.programme, terms=row.terms): row.terms_id
            for row in rows
            if row.terms_id is not None
        }
        self._fill(
            self.terms, say("history", "Any or none"), [(name, terms[name]) for name in _sorted(terms)]
        )
        kinds = {row.about.kind for row in rows if row.about is not None}
        self._kinds: list[tuple[str, object]] = [
            (kind_words(kind), kind) for kind in SubjectKind if kind in kinds
        ]
        self._fill(self.abouts, say("history", "Anything"), self._kinds)

    def _fill(self, choice: Select, everything: str, named: Iterable[tuple[str, object]]) -> None:
        self._filling = True
        kept = choice.currentText()
        choice.clear()
        choice.addItem(everything, None)
        for words, value in named:
            choice.addItem(words, (value,))  # in a tuple, else Qt turns what it knows into its own
        choice.setCurrentIndex(max(choice.findText(kept), 0))
        choice.updateGeometry()
        self._filling = False

    # What is wanted

    @property
    def wanted(self) -> HistoryFilter:
        programme, former, about = _value(self.programmes), _value(self.formers), _value(self.abouts)
        since, until = self._day(self.since), self._day(self.until)
        return HistoryFilter(
            artist=_value(self.artists),
            text=self.search.words.strip(),
            person=_value(self.people) or "",
            mandate=_value(self.mandates),
            about=about if isinstance(about, Subject) else None,
            kind=about if isinstance(about, SubjectKind) else None,
            programme=programme if programme != _ANY else None,
            every_programme=programme == _ANY,
            use=_value(self.uses),
            stance=_value(self.answers),
            former=former if former != _FIRST else None,
            first=former == _FIRST,
            terms=_value(self.terms),
            since=since,
            until=until,
            receipt=_value(self.receipts),
            state=_value(self.states),
        )

    def show_only(self, words: str, subject: Subject) -> None:
        """Narrow down to one work, release or person."""
        self._fill(self.abouts, say("history", "Anything"), [*self._kinds, (words, subject)])
        self.more.setChecked(True)
        self.abouts.setCurrentIndex(self.abouts.count() - 1)

    def clear(self) -> None:
        """Let everything pass."""
        self._filling = True
        self.search.set_words("")
        for choice in self.findChildren(Select):
            choice.setCurrentIndex(0)
        for day in (self.since, self.until):
            day.clear()
        self._filling = False
        self._tell()

    def _tell(self, _changed: object = None) -> None:
        if self._filling:
            return
        wanted = self.wanted
        self.clear_button.setVisible(wanted != HistoryFilter())
        below = replace(wanted, text="", person="", programme=None, every_programme=False, stance=None)
        self.more.setText(
            say("history", "More filters")
            if below == HistoryFilter()
            else say("history", "More filters (on)")
        )
        self.changed.emit(wanted)

    def _show_more(self, shown: bool) -> None:
        self.rest.setVisible(shown)

    def _day(self, edit: QLineEdit) -> date | None:
        """The day of a field; None where it is empty, or cannot be read, which it says."""
        field, text = self.fields[edit], edit.text().strip()
        field.show_fault("")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            field.show_fault(say("history", "Such as 2026-03-31."))
            return None


def _value(choice: Select) -> Any:
    """What is chosen; None for everything."""
    held = choice.currentData()
    return held[0] if held is not None else None


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=str.casefold)
