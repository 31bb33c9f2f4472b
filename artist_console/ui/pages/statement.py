"""One statement: what its checks came to, its lines, how it came to the payee, until when one can object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from artist_console.commands import earnings as earnings_commands
from artist_console.commands.console import Console
from artist_console.commands.earnings import LineView, StatementRow
from artist_console.commands.objections import Objection, objection
from artist_console.commands.waterfall import waterfall_of_statement
from artist_console.domain.ids import StatementId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.problems import Problem
from artist_console.domain.statements import (
    Check,
    CheckResult,
    StatementCheck,
    StatementSource,
)
from artist_console.domain.waterfall import Waterfall
from artist_console.ui import later
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.export_statement import ExportStatementDialog
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_statement
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.pages.line_details import LinePanel
from artist_console.ui.pages.money_flow import FlowLine, FlowStep
from artist_console.ui.pages.statement_checks import StatementChecks
from artist_console.ui.pages.statement_lines import NO_FILTER, StatementLines, without
from artist_console.ui.pages.statement_words import (
    check_look,
    check_sentence,
    left_over_words,
    level_words,
    partial_words,
    uncapital,
)
from artist_console.ui.pages.waterfall_cards import WaterfallCards
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.tables.statements_model import check_words, name_words
from artist_console.ui.text import elided, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, IconButton, LinkButton
from artist_console.ui.widgets.cards import Banner
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.pills import PillGroup, RemovablePill
from artist_console.ui.widgets.sections import Note
from artist_console.ui.widgets.states import StateStack

_ROOM_FOR_DETAILS = 1180
_LINES, _WAY, _CHECKS = "lines", "way", "checks"


@dataclass(frozen=True, slots=True)
class _Answer:
    row: StatementRow
    check: StatementCheck
    objection: Objection


class StatementView(QWidget):
    """Takes the place of the page while a statement is open."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = MoneyWords(desk.figures)
        self._statement = StatementId("")
        self._row: StatementRow | None = None
        self._line_beside: LineView | None = None
        self._waterfalls: tuple[Waterfall, ...] = ()
        self._way_of = StatementId("")
        self.check: StatementCheck | None = None
        self.objection: Objection | None = None
        self._build_head()
        self._build_views()
        self.panel = LinePanel(desk)
        self.panel.closed.connect(self.close_panel)
        self.panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self.views, 1)

    # Building

    def _build_head(self) -> None:
        theme = self._desk.theme
        self.back = IconButton(theme, Icon.ARROW_LEFT, say("statement", "Back to all earnings"))
        self.back.clicked.connect(self.left)
        self.export_button = Button(theme, say("statement", "Export…"), icon=Icon.EXPORT)
        self.export_button.clicked.connect(self.export_it)
        self.ask_button = Button(theme, say("statement", "Ask about this…"), icon=Icon.LETTER)
        self.ask_button.clicked.connect(self.ask_about_it)
        self._title = elided("", TextRole.TITLE)
        self._subtitle = elided("", TextRole.BODY, Token.TEXT_2)
        self.banner = Banner(theme)
        self.level = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.partial = Note(theme, "", Tint.ASK, Icon.TRIANGLE)
        self.above = LinkButton(theme, say("statement", "Worked out from a statement above it: open that"))
        self.above.clicked.connect(self._go_above)
        self.above.hide()
        self.figures = FlowLine(theme)
        self.pills = PillGroup(theme, say("statement", "What to show of the statement"))
        self.pills.set_pills(
            [
                (_LINES, say("statement", "Lines"), None),
                (_WAY, say("statement", "How it came to you"), None),
                (_CHECKS, say("statement", "What was checked"), None),
            ]
        )
        self.pills.set_current(_LINES)
        self.pills.chosen.connect(self._choose_view)
        self._chips = row(gap=6)
        names = column(self._title, self._subtitle, gap=2)
        top = row(gap=12)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        top.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignTop)
        line = row(self.pills, self._chips, None, self.above, gap=8)
        self._head = column(
            top, self.banner, self.level, self.partial, self.figures, line, gap=12, margins=(24, 10, 24, 8)
        )

    def _build_views(self) -> None:
        theme = self._desk.theme
        self.lines = StatementLines(self._desk, self._words)
        self.lines.line_opened.connect(self._open_line)
        self.lines.line_pressed.connect(self._press_line)
        self.lines.line_current.connect(self._follow_line)
        self.lines.left.connect(self._leave_table)
        self.lines.filter_left.connect(self._show_all_lines)
        self.table = self.lines.table
        self.model = self.lines.model
        self.checks = StatementChecks(theme)
        self.checks.line_wished.connect(self.open_number)
        self.checks.statement_wished.connect(self._go_to_statement)
        self.checks_area = scrolled(self.checks)
        self.way = WaterfallCards(theme)
        inside = QWidget()
        inside.setLayout(column(self.way, None, margins=(24, 8, 24, 24)))
        self.way_states = StateStack(theme, scrolled(inside))
        self.way_states.retry.connect(self._ask_way)
        self.views = QStackedWidget()
        for view in (self.lines, self.way_states, self.checks_area):
            self.views.addWidget(view)

    # Showing

    @property
    def row(self) -> StatementRow | None:
        """The statement that is shown."""
        return self._row

    def show_statement(
        self,
        statement: StatementId,
        words: MoneyWords,
        where: LineFilter = NO_FILTER,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Ask for a statement. `where` shows only some lines; `names` say which, by field of the filter."""
        self._words = words
        self._line_beside = None
        self._statement = statement
        self.pills.set_current(_LINES)
        self._choose_view(_LINES)
        self._show_chips(where, names or {})
        self.lines.show_lines(statement, where, words)
        self._ask()

    def show_words(self, words: MoneyWords) -> None:
        """Write the amounts in another way."""
        self._words = words
        self.lines.show_words(words)
        if self._row is not None and self.check is not None and self.objection is not None:
            self._show(_Answer(self._row, self.check, self.objection))
            self.way.show_waterfalls(self._waterfalls, words)

    def reload(self) -> None:
        self.lines.reload()
        self._ask()

    def _ask(self) -> None:
        statement = self._statement
        self._desk.ask(
            self, "statement", lambda console: _what_it_is(console, statement), self._show, self._fail
        )

    def _fail(self, problem: Problem) -> None:
        self.lines.states.show_error(problem)

    def _show(self, answer: _Answer) -> None:
        if answer.row.statement.id != self._statement:
            return
        self._row, self.check, self.objection = answer.row, answer.check, answer.objection
        statement = self._row.statement
        figures = self._desk.figures
        period = period_words(figures, statement.period_from, statement.period_until)
        name = name_words(statement)
        self._title.setText(say("statement", "{issuer}, {period}", issuer=name, period=period))
        source = (
            say("statement", "Read from a file on {date}", date=figures.day(statement.received_on))
            if statement.source is StatementSource.IMPORTED
            else say("statement", "Posted on {date}", date=figures.day(statement.received_on))
        )
        lines = say_count("statement", "1 line", "{n} lines", statement.line_count)
        self._subtitle.setText(
            say(
                "statement",
                "For {payee} · {lines} · {source}",
                payee=self._row.payee_name,
                lines=lines,
                source=source,
            )
        )
        tint, icon = check_look(self._row.check)
        self.banner.show_result(tint, icon, self._result_words(), self._result_detail())
        self.level.show_words(left_over_words(statement) or level_words(statement.level))
        self.partial.show_words(partial_words(statement.rows_left_out))
        self.above.setVisible(statement.allocated_from is not None)
        self.figures.show_steps(self._steps())
        self.checks.show_checks(statement, self.check, self.objection, self.check_sentence)

    def _result_words(self) -> str:
        assert self._row is not None, "asked for with a statement"
        words = uncapital(check_words(self._row, self._words))
        match self._row.check:
            case CheckResult.DOES_NOT_ADD_UP:
                return say("statement", "Does not add up: {words}", words=words)
            case CheckResult.PART_CANNOT_BE_CHECKED:
                return say("statement", "Part cannot be checked: {words}", words=words)
            case CheckResult.NOT_CHECKED:
                return say("statement", "Not checked yet: its lines are not all here.")
            case CheckResult.ADDS_UP:
                return say("statement", "Adds up")

    def _result_detail(self) -> str:
        checks = self.check.checks if self.check is not None else ()
        first = next((c for c in checks if c.result is CheckResult.DOES_NOT_ADD_UP), None)
        where = ""
        if first is not None and first.line is not None:
            where = say("statement", "First at line {n}. ", n=self._desk.figures.number(first.line))
        return where + say("statement", "Arithmetic only: it cannot show use that was never reported.")

    def _steps(self) -> tuple[FlowStep, ...]:
        assert self._row is not None, "asked for with a statement"
        statement, money = self._row.statement, self._words.money

        def step(name: str, amount: Decimal | None, sign: Icon | None) -> FlowStep:
            told = money(statement.currency, amount) if amount is not None else say("statement", "Not stated")
            return FlowStep(name, told, sign, strong=False)

        return (
            step(say("statement", "Opening balance"), statement.opening_balance, None),
            step(say("statement", "Sum of its lines"), self._row.amount, Icon.PLUS),
            step(say("statement", "Paid"), statement.paid, Icon.MINUS),
            step(say("statement", "Closing balance"), statement.closing_balance, Icon.ARROW_RIGHT),
            step(say("statement", "Total it declares"), statement.declared_total, Icon.COMPARE),
        )

    def check_sentence(self, check: Check) -> str:
        """A check in words, its money written as everywhere."""
        currency = self._row.statement.currency if self._row is not None else ""
        return check_sentence(check, self._desk.figures, currency)

    # Which lines

    def _show_chips(self, where: LineFilter, names: Mapping[str, str]) -> None:
        """Say when only some lines are shown, and lead out of it."""
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._names = dict(names)
        for name, said in names.items():
            chip = RemovablePill(self._desk.theme, say("statement", "Only {words}", words=said))
            chip.setProperty("narrows", name)
            chip.removed.connect(self._drop_sender)
            self._chips.addWidget(chip)

    def _drop_sender(self) -> None:
        name = str(self.sender().property("narrows"))
        self._narrow(without(self.lines.where, name), {k: v for k, v in self._names.items() if k != name})
        self.table.setFocus()

    def _show_all_lines(self) -> None:
        wanted = self.lines.wanted
        self._narrow(NO_FILTER, {})
        if wanted is not None:
            self.lines.open_number(wanted)

    def _narrow(self, where: LineFilter, names: Mapping[str, str]) -> None:
        self._show_chips(where, names)
        self.lines.show_lines(self._statement, where, self._words)

    # How it came to the payee

    def _ask_way(self) -> None:
        statement = self._statement
        self.way_states.show_loading(say("statement", "Following every line from its pool"))
        self._desk.ask(
            self,
            "way",
            lambda console: (statement, waterfall_of_statement(console, statement)),
            self._show_way,
            self.way_states.show_error,
        )

    def _show_way(self, answer: tuple[StatementId, tuple[Waterfall, ...]]) -> None:
        statement, waterfalls = answer
        if statement != self._statement:
            return
        self._way_of, self._waterfalls = statement, waterfalls
        self.way.show_waterfalls(waterfalls, self._words)
        if waterfalls:
            self.way_states.show_content()
        else:
            self.way_states.show_empty(say("statement", "Its lines are not here yet."))

    def _choose_view(self, chosen: object) -> None:
        if chosen == _WAY and self._way_of != self._statement:
            self._ask_way()
        views = {_LINES: self.lines, _WAY: self.way_states, _CHECKS: self.checks_area}
        self.views.setCurrentWidget(views[str(chosen)])

    def show_checks(self) -> None:
        """What was checked, sentence by sentence."""
        self.pills.set_current(_CHECKS)
        self._choose_view(_CHECKS)

    def show_way(self) -> None:
        """From the pools to the payee."""
        self.pills.set_current(_WAY)
        self._choose_view(_WAY)

    # A line beside the table

    def _open_line(self, view: LineView) -> None:
        if self._row is not None:
            self._line_beside = view
            self.panel.show_line(view, self._row.statement)
            self._desk.show_details(self.panel)

    def _press_line(self, view: LineView) -> None:
        """A press shows how the line was made where there is room beside the table."""
        if self.window().width() >= _ROOM_FOR_DETAILS:
            self._open_line(view)

    def _follow_line(self, view: LineView) -> None:
        if self.panel.isVisible():
            self._open_line(view)

    def open_number(self, number: int) -> None:
        """Show a line by its number, and how it was made."""
        self.pills.set_current(_LINES)
        self._choose_view(_LINES)
        self.lines.open_number(number)
        self.table.setFocus()

    def _go_to_statement(self, statement: StatementId) -> None:
        self.show_statement(statement, self._words)
        self._desk.item_opened.emit("earnings", f"statement/{statement}")

    def _go_above(self) -> None:
        if self._row is not None and self._row.statement.allocated_from is not None:
            self._go_to_statement(self._row.statement.allocated_from)

    def _leave_table(self) -> None:
        if self.panel.isVisible():
            self.close_panel()
        else:
            self.left.emit()

    def bring_line_back(self) -> None:
        """The page is shown again: the line that stood beside it stands there again."""
        if self._line_beside is not None and self._row is not None:
            self.panel.show_line(self._line_beside, self._row.statement)
            self._desk.show_details(self.panel)

    def forget_line(self) -> None:
        """The person closed what stood beside the lines."""
        self._line_beside = None
        self.table.setFocus()

    def close_panel(self) -> None:
        self._line_beside = None
        if self.panel.isVisible():
            self._desk.show_details(None)
            self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave_table()
            return
        super().keyPressEvent(event)

    # Doing

    def export_it(self) -> None:
        """As XLSX, CSV, PDF or DSR."""
        if self._row is not None:
            ExportStatementDialog(self._desk, self._row.statement.id, self.window()).open()

    def ask_about_it(self) -> None:
        """Prepare a letter with the facts; the person sends it."""
        if self._row is None or self.check is None:
            return
        statement = self._row.statement
        told = (CheckResult.DOES_NOT_ADD_UP, CheckResult.PART_CANNOT_BE_CHECKED)
        wrong = [check for check in self.check.checks if check.result in told]
        facts = "\n".join(f"- {self.check_sentence(check)}" for check in wrong)
        asked = say("statement", "These checks did not come out:\n{facts}", facts=facts)
        start = about_statement(statement, asked if wrong else "")
        later.new_letter()(self._desk, self.window(), start).open()


def _what_it_is(console: Console, statement: StatementId) -> _Answer:
    row_of = earnings_commands.statement(console, statement)
    check = earnings_commands.check_statement(console, statement)
    return _Answer(row_of, check, objection(console, statement))
