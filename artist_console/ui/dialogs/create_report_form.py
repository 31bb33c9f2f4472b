"""What a person chooses for a report: about whom, which parts, when, and what else may leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from artist_console.commands.report_making import ReportChoices, ReportPart, ReportWish
from artist_console.domain.ids import ArtistId, FactId, PartyId, WorkId
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.pick_several import ChosenLine
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import CheckBox
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.inset import below_choice
from artist_console.ui.widgets.layout import beside, column
from artist_console.ui.widgets.sections import SectionHeading

_LONGEST_TITLE = 200


class ReportForm(QWidget):
    """Everything that could be somebody else's business is left out until it is chosen."""

    changed = Signal()
    artists_changed = Signal()

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(12)
        self._build_artists(artist)
        self._build_title()
        self._build_parts()
        self._build_days()
        self._build_extra()
        self._inside.addStretch(1)

    # Building

    def _heading(self, words: str) -> None:
        self._inside.addWidget(SectionHeading(self._desk.theme, words, small=True))

    def _build_artists(self, artist: ArtistId | None) -> None:
        """A profile with one artist has nothing to choose here."""
        names = [(each.id, each.name) for each in self._desk.artists]
        title = say("create-report", "Artists that the report is about")
        self.artists = ChosenLine(self._desk.theme, say("create-report", "About"), title, _about)
        self.artists.show_rows(names)
        self.artists.take([artist] if artist is not None else [id for id, _ in names])
        self.artists.setVisible(len(names) > 1)
        self.artists.changed.connect(self.artists_changed)
        self._inside.addWidget(self.artists)

    def _build_title(self) -> None:
        self.title = QLineEdit()
        self.title.setMaxLength(_LONGEST_TITLE)
        hint = say("create-report", "Empty: what it is about")
        self._inside.addWidget(Field(self._desk.theme, say("create-report", "Title"), self.title, hint))

    def _build_parts(self) -> None:
        self._heading(say("create-report", "What is in it"))
        theme = self._desk.theme
        parts = column(gap=2)
        self.parts: dict[ReportPart, CheckBox] = {}
        for part, words in (
            (ReportPart.WORKS, say("create-report", "Works (always)")),
            (ReportPart.INCLUSIONS, say("create-report", "Where they are, with the evidence")),
            (ReportPart.DECISIONS, say("create-report", "Answers, with history and receipts")),
            (ReportPart.PERMISSIONS, say("create-report", "What follows for each use, and why")),
            (ReportPart.FINDINGS, say("create-report", "Findings")),
            (ReportPart.CASES, say("create-report", "Cases: to whom, when, how they stand")),
            (ReportPart.STATEMENTS, say("create-report", "Statements, with every line")),
        ):
            box = CheckBox(theme, words)
            box.setChecked(True)
            box.setEnabled(part is not ReportPart.WORKS)
            box.toggled.connect(self._follow_parts)
            self.parts[part] = box
            parts.addWidget(box)
        self._inside.addLayout(parts)

    def _build_days(self) -> None:
        theme = self._desk.theme
        self._heading(say("create-report", "When"))
        self.as_of = self._day_edit()
        self.as_of_field = Field(
            theme,
            say("create-report", "What follows, as of"),
            self.as_of,
            say("create-report", "Empty: now"),
        )
        self.as_known_then = CheckBox(theme, say("create-report", "Only by what was recorded by then"))
        self.as_known_then.toggled.connect(self.changed)
        self.since, self.until = self._day_edit(), self._day_edit()
        self.since_field = Field(
            theme,
            say("create-report", "Money and cases from"),
            self.since,
            say("create-report", "Empty: all time"),
        )
        self.until_field = Field(theme, say("create-report", "Until"), self.until)
        self._inside.addWidget(self.as_of_field)
        self._inside.addWidget(self.as_known_then)
        self._period = QWidget()
        self._period.setLayout(beside(self.since_field, self.until_field, gap=12))
        self._inside.addWidget(self._period)
        self.as_known_then.hide()

    def _day_edit(self) -> DayEdit:
        edit = DayEdit(self._desk.theme, self._desk.figures, self._desk.settings.language)
        edit.edit.textChanged.connect(self._follow_days)
        return edit

    def _build_extra(self) -> None:
        theme = self._desk.theme
        self._heading(say("create-report", "Left out unless chosen"))
        self.unreleased = self._line(say("create-report", "Unreleased works"))
        self.money = self._line(say("create-report", "Other people's money"))
        self.contracts = self._line(say("create-report", "Contracts"))
        self.contract_words = CheckBox(theme, say("create-report", "In their own words"))
        self.contract_words.toggled.connect(self.changed)
        self.contracts.changed.connect(self._follow_contracts)
        self._contract_words = QWidget()
        self._contract_words.setLayout(below_choice(theme, self.contract_words))
        self._contract_words.hide()
        self._inside.addWidget(self._contract_words)
        boxes = column(gap=2)
        self.rates = CheckBox(theme, say("create-report", "What programmes and agreements pay"))
        self.contact_data = CheckBox(theme, say("create-report", "Private names and addresses in cases"))
        self.answer_words = CheckBox(theme, say("create-report", "What was said in answers and replies"))
        for box in (self.rates, self.contact_data, self.answer_words):
            box.toggled.connect(self.changed)
            boxes.addWidget(box)
        self._inside.addLayout(boxes)

    def _line(self, name: str) -> ChosenLine:
        line = ChosenLine(self._desk.theme, name, name, _chosen_of)
        line.changed.connect(self.changed)
        line.hide()
        self._inside.addWidget(line)
        return line

    # What is chosen

    @property
    def wish(self) -> ReportWish:
        """What is chosen now; days that cannot be read count as empty (see `is_complete`)."""
        as_of = self.as_of.day if self.parts[ReportPart.PERMISSIONS].isChecked() else None
        in_time = self._has_period()
        return ReportWish(
            artists=tuple(ArtistId(id) for id in self.artists.chosen),
            title=self.title.text(),
            parts=frozenset(part for part, box in self.parts.items() if box.isChecked()),
            period=(self.since.day, self.until.day) if in_time else (None, None),
            as_of=_end_of(as_of) if as_of is not None else None,
            as_known_then=as_of is not None and self.as_known_then.isChecked(),
            named_works=frozenset(WorkId(id) for id in self.unreleased.chosen),
            money_of_others=frozenset(PartyId(id) for id in self.money.chosen),
            answer_words=self.answer_words.isChecked(),
            contact_data=self.contact_data.isChecked(),
            rates=self.rates.isChecked(),
            contracts=frozenset(FactId(id) for id in self.contracts.chosen),
            contract_words=bool(self.contracts.chosen) and self.contract_words.isChecked(),
        )

    @property
    def is_complete(self) -> bool:
        """Whether somebody is chosen and every day that counts can be one."""
        return bool(self.artists.chosen) and not any(fault for _, fault in self._day_faults())

    @property
    def about(self) -> str:
        """The artists in words, for a file name."""
        return self.artists.says.text()

    def show_choices(self, found: ReportChoices) -> None:
        """What there is to choose from for these artists."""
        self.unreleased.show_rows(found.unreleased)
        self.money.show_rows(found.others_money)
        self.contracts.show_rows(found.contracts)
        self._follow_money()
        self._follow_contracts()

    def _has_period(self) -> bool:
        return self.parts[ReportPart.STATEMENTS].isChecked() or self.parts[ReportPart.CASES].isChecked()

    def _follow_parts(self) -> None:
        self.as_of_field.setVisible(self.parts[ReportPart.PERMISSIONS].isChecked())
        self._period.setVisible(self._has_period())
        self.contact_data.setEnabled(self.parts[ReportPart.CASES].isChecked())
        self._follow_money()
        self._follow_days()

    def _follow_money(self) -> None:
        with_money = self.parts[ReportPart.STATEMENTS].isChecked()
        self.money.setVisible(with_money and bool(self.money.rows))

    def _follow_contracts(self) -> None:
        self._contract_words.setVisible(bool(self.contracts.chosen))

    def _day_faults(self) -> tuple[tuple[Field, str], ...]:
        """What is wrong with each day, empty for nothing; a day that is out of sight counts for nothing."""
        as_of = since = until = ""
        if self.parts[ReportPart.PERMISSIONS].isChecked():
            as_of = _unreadable(self.as_of)
            if self.as_of.day is not None and self.as_of.day > self._desk.clock().date():
                as_of = say("create-report", "This day has not come yet. A report says what was so.")
        if self._has_period():
            since, until = _unreadable(self.since), _unreadable(self.until)
            first, last = self.since.day, self.until.day
            if first is not None and last is not None and last < first:
                until = say("create-report", "This is before the first day")
        return ((self.as_of_field, as_of), (self.since_field, since), (self.until_field, until))

    def _follow_days(self) -> None:
        for field, fault in self._day_faults():
            field.show_fault(fault)
        as_of = self.parts[ReportPart.PERMISSIONS].isChecked() and self.as_of.day is not None
        self.as_known_then.setVisible(as_of)
        self.changed.emit()


def _unreadable(edit: DayEdit) -> str:
    wrong = not edit.is_empty and edit.day is None
    return say("create-report", "Write a day such as 18 November 2025") if wrong else ""


def _about(names: Sequence[str], of: int) -> str:
    if len(names) == of > 1:
        return say_count("create-report", "1 artist", "All {n} artists", of)
    return ", ".join(names) or say("create-report", "Nobody yet")


def _chosen_of(names: Sequence[str], of: int) -> str:
    if not names:
        return say_count("create-report", "1, left out", "{n}, all left out", of)
    return say_count("create-report", "1 of {of} chosen", "{n} of {of} chosen", len(names), of=of)


def _end_of(day: date) -> datetime:
    """A day means all of it: what was recorded in its course counts."""
    return datetime.combine(day, time(23, 59, 59), UTC)
