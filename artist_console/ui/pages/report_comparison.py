"""Two reports compared, in the place of the report: added, gone and changed, by topic, with a filter."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.report_compare import (
    Change,
    ComparedSide,
    ReportComparison,
    ReportDifference,
    TopicComparison,
)
from artist_console.commands.report_narrowing import folded
from artist_console.ui.delegates.cells import Cell, ChipCell, TextCell
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.report_words import verdict_words
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.page import ScrollPage
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Note
from artist_console.ui.widgets.states import StateStack

_FIELD, _FIELD_LEAST = 280, 180
_LEAST_HEIGHT = 200
_ALL = "all"


class DifferencesModel(FixedRows[ReportDifference]):
    """One row for each thing that differs."""

    titles: dict[object, str] = {}  # of topics; the row says which where all are shown  # noqa: RUF012
    with_topic = True

    def headers(self) -> tuple[str, ...]:
        return (
            say("compare", "What became of it"),
            say("compare", "About"),
            say("compare", "From what to what"),
        )

    def cell(self, row: ReportDifference, column: int) -> Cell:
        match column:
            case 0:
                return ChipCell(change_chip(row.change))
            case 1:
                topic = domain_words(self.titles.get(row.topic, "")) if self.with_topic else ""
                return TextCell(row.title, topic, weight="medium")
            case _:
                return TextCell(domain_words(row.said.template, **dict(row.said.fields)), tone=Token.TEXT_2)


def change_chip(change: Change) -> ChipValue:
    match change:
        case Change.ADDED:
            return ChipValue(ChipMeaning.IN_DATASET, say("compare", "Added"))
        case Change.GONE:
            return ChipValue(ChipMeaning.NOT_LICENSED, say("compare", "Gone"))
        case Change.CHANGED:
            return ChipValue(ChipMeaning.DIFFERS, say("compare", "Changed"))


class ReportComparisonView(QWidget):
    """Before and after at the top, then what differs."""

    export_wished = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.found: ReportComparison | None = None
        self._texts: dict[int, str] = {}
        self._sides = QVBoxLayout()
        self._sides.setSpacing(2)
        self.export_button = Button(theme, say("compare", "Export the difference…"), icon=Icon.EXPORT)
        self.export_button.clicked.connect(self.export_wished)
        self.close_button = Button(theme, say("compare", "Leave the comparison"), icon=Icon.CLOSE)
        self.close_button.clicked.connect(self.left)
        self.money = label("", tone=Token.TEXT_2, wrap=True)
        self.others = label("", tone=Token.TEXT_2, wrap=True)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self.pills = PillGroup(theme, say("compare", "What to show of the difference"))
        self.pills.chosen.connect(self._narrow)
        self.changes = PillGroup(theme, say("compare", "What became of it"))
        self.changes.chosen.connect(self._narrow)
        self.filter = SearchField(theme, say("compare", "Filter the difference"))
        self.filter.setMaximumWidth(theme.px(_FIELD))
        self.filter.searched.connect(self._narrow)
        self.model = DifferencesModel(desk.figures, self)
        self.table = DataTable(theme, say("compare", "What differs"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("change", 130, 110, sortable=False),
                Column("about", 230, 150, sortable=False),
                Column("words", 320, 160, stretch=True, sortable=False),
            ]
        )
        self.states = StateStack(theme, self.table)
        self.more = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        buttons = row(self.export_button, self.close_button, None, gap=8)
        self.filter.setMinimumWidth(theme.px(_FIELD_LEAST))
        line = row(self.filter, self.changes, gap=12)
        line.setStretch(1, 1)
        head = column(
            self._sides,
            buttons,
            self.money,
            self.others,
            self.pills,
            line,
            self._notes,
            gap=10,
            margins=(28, 0, 28, 0),
        )
        foot = column(self.more, margins=(28, 0, 28, 8))
        place = column(self.states, margins=(18, 0, 8, 0))
        self.states.setMinimumHeight(theme.px(_LEAST_HEIGHT))
        content = QWidget()
        layout = column(head, place, foot, gap=8)
        layout.setStretch(1, 1)
        content.setLayout(layout)
        # In a low window with large letters the page scrolls, and the table keeps some rows.
        self.setLayout(column(ScrollPage(content)))
        theme.changed.connect(self._measure)

    def _measure(self) -> None:
        self.states.setMinimumHeight(self._desk.theme.px(_LEAST_HEIGHT))

    def show_loading(self, words: str) -> None:
        self.states.show_loading(words)

    def show_comparison(self, found: ReportComparison) -> None:
        self.found = found
        clear_layout(self._sides)
        for words in (
            say("compare", "Before: {report}", report=self._side(found.first)),
            say("compare", "After: {report}", report=self._side(found.second)),
        ):
            self._sides.addWidget(label(words, wrap=True))
        if not found.same_series:
            note = say(
                "compare",
                "The two are not of the same series: another maker, or other artists. Both are shown.",
            )
            self._sides.addWidget(Note(self._desk.theme, note, Tint.NEUTRAL, Icon.INFO))
        self.model.titles = {each.topic: each.title for each in found.topics}
        self._texts = {
            id(each): folded(f"{each.title} {each.words}") for topic in found.topics for each in topic.rows
        }
        count = sum(_count(topic) for topic in found.topics)
        self.pills.set_pills(
            [
                (_ALL, say("compare", "All"), count),
                *(
                    (each.topic, domain_words(each.title), _count(each) if each.compared else None)
                    for each in found.topics
                ),
            ]
        )
        self._show_money(found)
        self._narrow()

    def _side(self, side: ComparedSide) -> str:
        made = self._desk.figures.day(side.made_at) if side.made_at is not None else "–"
        return say(
            "compare",
            "{title} ({file}), {day}. {result}.",
            title=isolate(side.title or side.path.stem),
            file=isolate(side.path.name),
            day=made,
            result=verdict_words(side.verdict),
        )

    def _show_money(self, found: ReportComparison) -> None:
        words = MoneyWords(self._desk.figures)
        said = [
            say(
                "compare",
                "Lines in {currency}: {added} added, {gone} gone, {changed} changed; the sum differs by"
                " {money}.",
                currency=each.currency,
                added=self._desk.figures.number(each.added),
                gone=self._desk.figures.number(each.gone),
                changed=self._desk.figures.number(each.changed),
                money=words.money(each.currency, each.difference),
            )
            for each in found.money
        ]
        self.money.show_words(" ".join(said))
        others = ", ".join(
            say(
                "compare",
                "{table} ({n})",
                table=domain_words(each.title),
                n=self._desk.figures.number(each.added + each.gone + each.changed),
            )
            for each in found.others
        )
        self.others.show_words(
            say("compare", "Rows differ in what lies behind, too: {tables}.", tables=others) if others else ""
        )

    # Narrowing

    def _topics(self) -> tuple[TopicComparison, ...]:
        if self.found is None:
            return ()
        chosen = self.pills.current
        return tuple(each for each in self.found.topics if chosen in (_ALL, each.topic))

    def _narrow(self, *_ignored: object) -> None:
        topics = self._topics()
        words = folded(self.filter.words).split()
        rows = [
            each
            for topic in topics
            for each in topic.rows
            if all(word in self._texts[id(each)] for word in words)
        ]
        self._offer_changes({change: self._count_of(change, topics, rows, words) for change in Change})
        wanted = self.changes.current
        shown = [each for each in rows if wanted in (_ALL, each.change)]
        self.model.with_topic = len(topics) > 1
        self.model.show_rows(shown)
        clear_layout(self._notes)
        for topic in topics:
            for note in topic.notes:
                said = domain_words(note.template, **dict(note.fields))
                words_of = say("compare", "{topic}: {note}", topic=domain_words(topic.title), note=said)
                self._notes.addWidget(Note(self._desk.theme, words_of, Tint.NEUTRAL, Icon.INFO))
        more = sum(topic.more for topic in topics)
        self.more.show_words(
            say_count(
                "compare",
                "1 more is not shown here. The export holds all.",
                "{n} more are not shown here. The export holds all.",
                more,
            )
            if more
            else ""
        )
        if shown:
            self.states.show_content()
        elif words or (rows and not shown):
            self.states.show_empty(
                say("compare", "Nothing that differs matches this filter."), "", None, Icon.FILTER
            )
        else:
            self.states.show_empty(self._nothing(topics), "", None, Icon.CHECK)

    def _nothing(self, topics: Sequence[TopicComparison]) -> str:
        """What was not compared, or differs elsewhere, is not called the same."""
        if any(topic.notes for topic in topics) or (self.found is not None and self.found.others):
            return say("compare", "Nothing differs of what is shown here. What else there is stands above.")
        return say("compare", "Nothing differs.")

    @staticmethod
    def _count_of(
        change: Change,
        topics: Sequence[TopicComparison],
        rows: Sequence[ReportDifference],
        words: Sequence[str],
    ) -> int:
        """All there are; of what was searched for, those that can be shown."""
        if words:
            return sum(each.change is change for each in rows)
        match change:
            case Change.ADDED:
                return sum(topic.added for topic in topics)
            case Change.GONE:
                return sum(topic.gone for topic in topics)
            case Change.CHANGED:
                return sum(topic.changed for topic in topics)

    def _offer_changes(self, found: dict[Change, int]) -> None:
        is_new = self.changes.current is None
        current = _ALL if is_new else self.changes.current
        counts: dict[Hashable, int | None] = {_ALL: None}
        counts.update(found.items())
        if is_new:
            self.changes.set_pills(
                [
                    (_ALL, say("compare", "Any"), None),
                    *((change, change_chip(change).shown, counts[change]) for change in Change),
                ]
            )
        self.changes.set_counts(counts)
        self.changes.set_current(current)

    def main_stop(self) -> QWidget:
        return self.table


def _count(topic: TopicComparison) -> int:
    return topic.added + topic.gone + topic.changed
