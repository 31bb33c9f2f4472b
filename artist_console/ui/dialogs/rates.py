"""Reading money in another currency: by which table, into what, at which day; and the tables themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands import conversion
from artist_console.commands.conversion import KeptRates
from artist_console.domain.conversion import ApproximateTotal
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet, wide
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.text import isolate, say, say_count
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Disclosure, KeyValues
from artist_console.ui.widgets.states import StateStack

FOLDER_KEPT_AS = "rates.folder"


@dataclass(frozen=True, slots=True)
class RateChoice:
    """How money is to be read: `commands.conversion.convert` takes it as it is."""

    into: str
    table: str  # id of a table
    day: date | None  # None: today, or the last day of the table


class RatesDialog(Sheet):
    """Nothing is fetched and nothing converted is kept; the table stays in the profile."""

    chosen = Signal(object)  # RateChoice

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        title = say("rates", "Read money in another currency")
        super().__init__(desk.theme, "rates", title, 600, 560, parent)
        self._desk = desk
        self._tables: tuple[KeptRates, ...] = ()
        lead = say(
            "rates",
            "About what it comes to, marked with ≈. Amounts stay in the currency in which they were stated.",
        )
        self.set_heading(title, lead)
        theme = desk.theme
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        self.table = Select(theme, say("rates", "Rate table"))
        wide(self.table)
        self.table.currentIndexChanged.connect(self._show_table)
        inside.addWidget(Field(theme, say("rates", "Rate table"), self.table))
        self.facts = KeyValues(theme)
        inside.addWidget(self.facts)
        self.into = Select(theme, say("rates", "Into"))
        self.into.currentIndexChanged.connect(self._show_what)
        into = Field(theme, say("rates", "Into"), self.into)
        self.day = DayEdit(theme, desk.figures, desk.settings.language)
        hint = say("rates", "Empty: today, or the last day of the table. Each rate is told with its own day.")
        self.day_field = Field(theme, say("rates", "Rates of the day"), self.day, hint)
        side_by_side = row(gap=16)
        side_by_side.addWidget(into, 1, Qt.AlignmentFlag.AlignTop)
        side_by_side.addWidget(self.day_field, 2, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(side_by_side)
        inside.addStretch(1)
        self.states = StateStack(theme, content)
        self.states.retry.connect(self._look)
        self.inside.addWidget(self.states)
        self._build_adding()
        self.inside.addStretch(1)
        self.add = Button(theme, say("rates", "Add a rate table…"), icon=Icon.PLUS)
        self.add.clicked.connect(self._choose_file)
        self.remove = Button(theme, say("rates", "Remove this table"), ButtonKind.QUIET, Icon.TRASH)
        self.remove.clicked.connect(self._remove)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.show_it = Button(theme, say("rates", "Show it"), ButtonKind.PRIMARY)
        self.show_it.clicked.connect(self._choose)
        self.set_buttons(self.add, self.remove, None, cancel, self.show_it, safe=cancel)
        self._enable()
        self._look()

    def _build_adding(self) -> None:
        """What a table of one's own does not say of itself; the ECB's needs none of it."""
        theme, held = self._desk.theme, QWidget()
        fields = QVBoxLayout(held)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(10)
        self.name, self.source, self.base = QLineEdit(), QLineEdit(), QLineEdit()
        self.base.setMaxLength(3)
        self.base.setFixedWidth(theme.px(90))
        for editor, words, hint in (
            (self.name, say("rates", "What to call it"), say("rates", "Empty: the name of its file.")),
            (self.source, say("rates", "Who states the rates"), ""),
            (
                self.base,
                say("rates", "Its rates are for one"),
                say("rates", "A code such as USD. Empty: what the file says, else EUR."),
            ),
        ):
            fields.addWidget(Field(theme, words, editor, hint))
        words = say("rates", "For a table that is not from the European Central Bank")
        self.own = Disclosure(theme, words, held)
        self.inside.addWidget(self.own)

    # The tables

    def _look(self) -> None:
        self._desk.ask(self, "rates", conversion.tables, self._show, self.states.show_error)

    def _show(self, found: tuple[KeptRates, ...]) -> None:
        before = self.table.currentData()
        self._tables = found
        blocked = self.table.blockSignals(True)
        self.table.clear()
        for kept in found:
            self.table.addItem(kept.name, kept.id)
        place = self.table.findData(before)
        self.table.setCurrentIndex(place if place >= 0 else 0 if found else -1)
        self.table.blockSignals(blocked)
        if not found:
            words = say(
                "rates",
                "Download eurofxref-hist.zip from the European Central Bank, or take the rates of your bank: "
                "a table with date, currency and rate. Nothing is fetched from here.",
            )
            self.states.show_empty(say("rates", "No rate table is here yet"), words, None, Icon.TABLE)
        else:
            self.states.show_content()
            self._show_table()
        self._enable()

    @property
    def kept(self) -> KeptRates | None:
        """The table that is chosen."""
        wanted = self.table.currentData()
        return next((kept for kept in self._tables if kept.id == wanted), None)

    def _show_table(self, _place: int = 0) -> None:
        kept, figures = self.kept, self._desk.figures
        if kept is None:
            return
        self.facts.clear()
        self.facts.add(say("rates", "Source"), kept.source)
        self.facts.add(say("rates", "Rates for"), f"1 {kept.base}")
        days = say(
            "rates",
            "{first} to {last}",
            first=figures.day(kept.first_day),
            last=figures.day(kept.last_day),
        )
        one_day = kept.first_day == kept.last_day
        self.facts.add(say("rates", "Days"), figures.day(kept.last_day) if one_day else days)
        before = self.into.currentData()
        blocked = self.into.blockSignals(True)
        self.into.clear()
        for code in conversion.currencies_of(kept):
            self.into.addItem(code, code)
        self.into.setCurrentIndex(max(0, self.into.findData(before)))
        self.into.blockSignals(blocked)
        self.into.updateGeometry()
        self._show_what()
        self._enable()

    def _show_what(self, _place: int = 0) -> None:
        code = self.into.currentData()
        self.show_it.set_words(say("rates", "Show it in {currency}", currency=code) if code else "")

    def _enable(self) -> None:
        there = self.kept is not None
        self.show_it.setEnabled(there)
        self.remove.setVisible(there)
        if not there:
            self.show_it.set_words(say("rates", "Show it"))

    # Adding and removing

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, say("rates", "A rate table"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(say("rates", "Rate tables (*.csv *.zip *.tsv *.txt *.xlsx)"))
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.add_file)
        dialog.open()

    def add_file(self, name: str) -> None:
        """Read a table and keep it; what was typed about it goes with it."""
        path = Path(name)
        title, source, base = (field.text().strip() for field in (self.name, self.source, self.base))
        self._desk.keep(FOLDER_KEPT_AS, str(path.parent))
        self.show_problem("")
        self._desk.act(
            self,
            lambda console: conversion.add_table(console, path, title, source, base.upper()),
            self._added,
            self._failed,
        )

    def _added(self, kept: KeptRates) -> None:
        self._desk.say(
            say_count(
                "rates",
                "{table} is here, with 1 currency.",
                "{table} is here, with {n} currencies.",
                len(kept.currencies),
                table=isolate(kept.name),
            )
        )
        for field in (self.name, self.source, self.base):
            field.clear()
        self.table.addItem(kept.name, kept.id)  # so that it is the one that stays chosen
        self.table.setCurrentIndex(self.table.findData(kept.id))
        self._look()

    def _remove(self) -> None:
        kept = self.kept
        if kept is not None:
            self._desk.act(
                self, lambda console: conversion.remove_table(console, kept.id), self._removed, self._failed
            )

    def _removed(self, kept: KeptRates) -> None:
        self._desk.say(say("rates", "{table} is removed.", table=isolate(kept.name)))
        self._look()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))

    # Choosing

    def _choose(self) -> None:
        kept, into = self.kept, self.into.currentData()
        if kept is None or not into:
            return
        day = self.day.day
        if day is None and not self.day.is_empty:
            self.day_field.show_fault(say("rates", "That is no day. Write it as 18 November 2025."))
            self.day.setFocus()
            return
        if day is not None and day < kept.first_day:
            fault = say("rates", "The table begins on {day}.", day=self._desk.figures.day(kept.first_day))
            self.day_field.show_fault(fault)
            self.day.setFocus()
            return
        self.chosen.emit(RateChoice(str(into), kept.id, day))
        self.accept()


# Words


def approximate_words(figures: Figures, total: ApproximateTotal) -> str:
    """ "≈ €1,234.50"; without the sign where nothing had to be converted, "not known" where nothing could."""
    if total.about is None:
        return say("rates", "not known in {currency}", currency=total.into)
    money = figures.money(total.into, total.about)
    if total.is_exact:
        return money
    if total.is_partial:
        return say("rates", "≈ {money}, for a part of it", money=isolate(money))
    return say("rates", "≈ {money}", money=isolate(money))


def basis_words(total: ApproximateTotal) -> str:
    """The rates with their days, whose they are, and what was left out."""
    if total.is_exact:
        return say("rates", "All of it is in {currency}; nothing was converted.", currency=total.into)
    parts = [sentence(each) for each in total.basis]
    said = []
    if parts:
        said.append(say("rates", "By {rates}.", rates="; ".join(map(isolate, parts))))
        said.append(say("rates", "Source: {source}.", source=isolate(total.source)))
    said += [sentence(part.why_not) for part in total.parts if part.why_not is not None]
    return " ".join(said)
