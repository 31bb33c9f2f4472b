"""What to fix in a catalogue: the most useful first, each with its reason and the way to the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from artist_console.commands import coverage as coverage_commands
from artist_console.commands.console import Console
from artist_console.domain.coverage import Coverage, Fix
from artist_console.domain.fix_kinds import FixKind
from artist_console.domain.problems import Problem
from artist_console.ui.coverage_parts import CoverageLines, score_words
from artist_console.ui.delegates.cells import ROW_ROLE, Cell, TextCell
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.places import Place
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack

_MOST = 2_000


def fix_words(kind: FixKind) -> str:
    return {
        FixKind.WRONG_IDENTIFIER: say("coverage", "Wrong code"),
        FixKind.REGISTRATION: say("coverage", "Registration"),
        FixKind.NO_ISRC: say("coverage", "No ISRC"),
        FixKind.NO_COMPOSITION: say("coverage", "No song linked"),
        FixKind.NO_ISWC: say("coverage", "No ISWC"),
        FixKind.WRONG_SPLIT: say("coverage", "Wrong split"),
        FixKind.NO_SPLIT: say("coverage", "No split"),
        FixKind.NO_ANSWER: say("coverage", "No answer"),
        FixKind.NO_UPC: say("coverage", "No UPC or EAN"),
        FixKind.NO_ARTIST_IDENTIFIER: say("coverage", "No ISNI or IPI"),
        FixKind.SOURCES_DISAGREE: say("coverage", "Sources disagree"),
    }[kind]


class FixesModel(FixedRows[Fix]):
    """One thing to mend a row."""

    def headers(self) -> tuple[str, ...]:
        return (say("coverage", "What"), say("coverage", "Where"), say("coverage", "Why, and what to do"))

    def cell(self, row: Fix, column: int) -> Cell:
        match column:
            case 0:
                return TextCell(fix_words(row.kind), weight="medium")
            case 1:
                return TextCell(row.title)
            case _:
                return TextCell(domain_words(row.words), tone=Token.TEXT_2)


class CoverageDialog(Sheet):
    """The score, and the queue; Enter opens the work of a row."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk.theme, "coverage", say("coverage", "What to fix"), 1080, 720, parent, scrolls=False
        )
        self._desk = desk
        self._fixes: tuple[Fix, ...] = ()
        theme = desk.theme
        self.lines = CoverageLines(desk)
        self.inside.addWidget(self.lines)
        self.pills = PillGroup(theme, say("coverage", "What to mend"))
        self.pills.chosen.connect(self._narrow)
        self.inside.addWidget(self.pills)
        self.model = FixesModel(desk.figures, self)
        self.table = DataTable(theme, say("coverage", "What to fix"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("what", 150, 110, sortable=False),
                Column("where", 240, 150, sortable=False),
                Column("why", 400, 200, stretch=True, sortable=False),
            ]
        )
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._show_whole)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self._ask)
        self.inside.addWidget(self.states, 1)
        self.inside.setContentsMargins(24, 4, 24, 12)
        self.whole = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        self.inside.addWidget(self.whole)
        self.go = Button(theme, say("coverage", "Open the work"), icon=Icon.ARROW_RIGHT)
        self.go.clicked.connect(self._open_current)
        self.go.setEnabled(False)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, self.go, close, safe=close)
        self.states.show_loading(say("coverage", "Looking through the catalogue"))
        self._ask()

    def _ask(self) -> None:
        artist = self._desk.artist

        def find(console: Console) -> tuple[Coverage, tuple[Fix, ...]]:
            return (
                coverage_commands.coverage(console, artist),
                coverage_commands.fixes(console, artist, limit=_MOST),
            )

        self._desk.ask(self, "coverage", find, self._take, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _take(self, found: tuple[Coverage, tuple[Fix, ...]]) -> None:
        coverage, self._fixes = found
        counted = say_count("coverage", "1 thing to fix", "{n} things to fix", coverage.fixes)
        if len(self._fixes) < coverage.fixes:
            counted = say(
                "coverage",
                "{things}; the first {n} are listed",
                things=counted,
                n=self._desk.figures.number(len(self._fixes)),
            )
        why = say(
            "coverage", "What is complete is found in lists, asked about and paid. {things}.", things=counted
        )
        self.set_heading(score_words(coverage), why)
        self.lines.show_lines(coverage)
        kinds = Counter(fix.kind for fix in self._fixes)
        pills: list[tuple[FixKind | None, str, int | None]] = [
            (None, say("coverage", "All"), len(self._fixes))
        ]
        pills += [(kind, fix_words(kind), kinds[kind]) for kind in FixKind if kinds[kind]]
        self.pills.set_pills(pills)
        self.pills.setVisible(len(kinds) > 1)
        self._narrow(None)
        if self._fixes:
            self.table.setFocus()

    def _narrow(self, kind: object) -> None:
        shown: Sequence[Fix] = [fix for fix in self._fixes if kind in (None, fix.kind)]
        self.model.show_rows(shown)
        if shown:
            self.states.show_content()
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.states.show_empty(
                say("coverage", "Nothing to fix"),
                say("coverage", "Codes, splits, songs and answers are all there."),
            )
            self.whole.hide()

    def _show_whole(self, index: QModelIndex) -> None:
        """The reason in full: a row has room for its beginning."""
        fix = index.data(ROW_ROLE)
        self.whole.show_words(domain_words(fix.words) if isinstance(fix, Fix) else "")
        self.go.setEnabled(isinstance(fix, Fix) and _place_of(fix) is not None)

    def _open_current(self) -> None:
        self._open(self.table.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        fix = index.data(ROW_ROLE)
        place = _place_of(fix) if isinstance(fix, Fix) else None
        if place is not None:
            self.accept()
            self._desk.go(place)


def _place_of(fix: Fix) -> Place | None:
    if fix.work is not None:
        return Place("works", f"work/{fix.work}")
    return Place("works", f"release/{fix.release}") if fix.release is not None else None
