"""One statement: what its checks came to, until when it can be objected to, and its lines."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from artist_console.commands import earnings as earnings_commands
from artist_console.commands.console import Console
from artist_console.commands.earnings import LineView, StatementRow
from artist_console.commands.objections import Objection, objection
from artist_console.domain.ids import ProgrammeId, StatementId
from artist_console.domain.problems import Problem
from artist_console.domain.statements import Check, CheckResult, StatementCheck, StatementSource
from artist_console.ui import later
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_statement
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.money_words import MoneyWords, period_words, telling_money
from artist_console.ui.pages.line_details import LinePanel
from artist_console.ui.pages.money_flow import FlowLine, FlowStep
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.tables.lines_model import BLOCK, LinesColumn, LinesModel
from artist_console.ui.tables.statements_model import check_words
from artist_console.ui.text import elided, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, IconButton
from artist_console.ui.widgets.cards import Banner
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Note, Rule, SectionHeading
from artist_console.ui.widgets.states import StateStack

_ROOM_FOR_DETAILS = 1180
_LINES, _CHECKS = "lines", "checks"


class StatementView(QWidget):
    """Takes the place of the page while a statement is open."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = MoneyWords(desk.figures)
        self._row: StatementRow | None = None
        self._line_beside: LineView | None = None
        self._programme: ProgrammeId | None = None
        self.check: StatementCheck | None = None
        self.objection: Objection | None = None
        self._build_head()
        self._build_lines()
        self._build_checks()
        self.panel = LinePanel(desk)
        self.panel.closed.connect(self.close_panel)
        self.panel.hide()
        self.views = QStackedWidget()
        self.views.addWidget(self.states)
        self.views.addWidget(self.checks_area)
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
        self.ask_button = Button(theme, say("statement", "Ask about this…"), icon=Icon.LETTER)
        self.ask_button.clicked.connect(self.ask_about_it)
        self._title = elided("", TextRole.TITLE)
        self._subtitle = elided("", TextRole.BODY, Token.TEXT_2)
        self.banner = Banner(theme)
        self.figures = FlowLine(theme)
        self.pills = PillGroup(theme, say("statement", "What to show of the statement"))
        self.pills.set_pills(
            [(_LINES, say("statement", "Lines"), None), (_CHECKS, say("statement", "What was checked"), None)]
        )
        self.pills.set_current(_LINES)
        self.pills.chosen.connect(self._choose_view)
        self._narrowed = Button(theme, "", ButtonKind.QUIET, Icon.CLOSE)
        self._narrowed.clicked.connect(self._show_all_lines)
        self._narrowed.hide()
        names = column(self._title, self._subtitle, gap=2)
        top = row(gap=12)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        top.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignTop)
        line = row(self.pills, self._narrowed, None, gap=8)
        self._head = column(top, self.banner, self.figures, line, gap=12, margins=(24, 10, 24, 8))

    def _build_lines(self) -> None:
        theme = self._desk.theme
        self.model = LinesModel(self._words, self)
        self.model.block_wanted.connect(self._ask_block)
        self.table = DataTable(theme, say("statement", "Lines of the statement"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("number", 64, 48, end=True, sortable=False, gives_way=3),
                Column("work", 260, 180, stretch=True, sortable=False),
                Column("kind", 200, 140, sortable=False),
                Column("month", 140, 100, sortable=False, gives_way=1),
                Column("quantity", 100, 70, sortable=False, end=True, gives_way=2),
                Column("amount", 190, 110, sortable=False, end=True),
            ]
        )
        self.table.opened.connect(self._open_line)
        self.table.clicked.connect(self._press_line)
        self.table.current_changed.connect(self._follow_line)
        self.table.left.connect(self._leave_table)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self.reload)

    def _build_checks(self) -> None:
        content = QWidget()
        self._checks = QVBoxLayout(content)
        self._checks.setContentsMargins(24, 8, 24, 24)
        self._checks.setSpacing(10)
        self.checks_area = scrolled(content)

    # Showing

    @property
    def row(self) -> StatementRow | None:
        """The statement that is shown."""
        return self._row

    def show_statement(
        self, statement: StatementId, words: MoneyWords, programme: ProgrammeId | None = None
    ) -> None:
        """Ask for a statement; `programme` shows only its lines."""
        self._words = words
        self._programme = programme
        self._line_beside = None
        self.pills.set_current(_LINES)
        self._choose_view(_LINES)
        self._statement = statement
        self.reload()

    def show_words(self, words: MoneyWords) -> None:
        """Write the amounts in another way."""
        self._words = words
        self.model.show_words(words)
        if self._row is not None and self.check is not None and self.objection is not None:
            self._show((self._row, self.check, self.objection))

    def reload(self) -> None:
        statement = self._statement
        self._desk.ask(
            self, "statement", lambda console: _what_it_is(console, statement), self._show, self._fail
        )
        self.states.show_loading(say("statement", "Loading the lines"))
        self.model.start(self._words)

    def _ask_block(self, offset: int) -> None:
        statement, programme = self._statement, self._programme
        self._desk.ask(
            self,
            f"lines {offset}",
            lambda console: (
                statement,
                offset,
                earnings_commands.lines(console, statement, offset, BLOCK, programme),
            ),
            self._take_block,
            self._fail,
        )

    def _take_block(self, answer: tuple[StatementId, int, tuple[LineView, ...]]) -> None:
        statement, offset, lines = answer
        if statement != self._statement:
            return
        self.model.take(offset, lines)
        self._show_narrowed()
        if self.model.rows:
            self.states.show_content()
        else:
            self.states.show_empty(
                say("statement", "The lines are not here yet"),
                say("statement", "They come with the next sync. Without them nothing can be checked."),
            )

    def _fail(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show(self, answer: tuple[StatementRow, StatementCheck, Objection]) -> None:
        self._row, self.check, self.objection = answer
        statement = self._row.statement
        figures = self._desk.figures
        period = period_words(figures, statement.period_from, statement.period_until)
        self._title.setText(say("statement", "{issuer}, {period}", issuer=statement.issuer, period=period))
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
        self.figures.show_steps(self._steps())
        self._show_checks()

    def _show_narrowed(self) -> None:
        """Say when only the lines of one programme are shown, and lead out of it."""
        self._narrowed.setVisible(self._programme is not None)
        name = next((r.programme_name for r in self.model.rows if r.line.programme == self._programme), "")
        self._narrowed.set_words(say("statement", "Only {programme}", programme=name))

    def _result_words(self) -> str:
        assert self._row is not None, "asked for with a statement"
        result = self._row.check
        if result is CheckResult.DOES_NOT_ADD_UP:
            return say(
                "statement", "Does not add up: {words}", words=_uncapital(check_words(self._row, self._words))
            )
        if result is CheckResult.PART_CANNOT_BE_CHECKED:
            return say(
                "statement",
                "Part cannot be checked: {words}",
                words=_uncapital(check_words(self._row, self._words)),
            )
        if result is CheckResult.NOT_CHECKED:
            return say("statement", "Not checked yet: its lines are not all here.")
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

    def _show_checks(self) -> None:
        theme = self._desk.theme
        clear_layout(self._checks)
        assert self._row is not None, "asked for with a statement"
        assert self.check is not None, "comes with the statement"
        self._checks.addWidget(SectionHeading(theme, say("statement", "What was checked")))
        for check in self.check.checks:
            tint, icon = check_look(check.result)
            self._checks.addWidget(Note(theme, self.check_sentence(check), tint, icon))
        self._checks.addWidget(Rule(theme))
        self._checks.addWidget(SectionHeading(theme, say("statement", "Until when you can object")))
        assert self.objection is not None, "comes with the statement"
        self._checks.addWidget(Note(theme, sentence(self.objection.words), Tint.ASK, Icon.CLOCK))
        self._checks.addWidget(Rule(theme))
        self._checks.addWidget(SectionHeading(theme, say("statement", "What this does not tell you")))
        for words in (
            say("statement", "Figures that add up cannot show use that nobody reported."),
            say("statement", "Whether pool, weights and rate are right is known to the issuer alone."),
            say("statement", "A share is checked as the statement names it, not against your contract."),
        ):
            self._checks.addWidget(paragraph(words))
        self._checks.addStretch(1)

    def check_sentence(self, check: Check) -> str:
        """A check in words, its money written as everywhere."""
        if self._row is None:
            return domain_words(check.words)
        return check_sentence(check, self._desk.figures, self._row.statement.currency)

    # Doing

    def _choose_view(self, chosen: object) -> None:
        self.views.setCurrentWidget(self.checks_area if chosen == _CHECKS else self.states)

    def show_checks(self) -> None:
        """What was checked, sentence by sentence."""
        self.pills.set_current(_CHECKS)
        self._choose_view(_CHECKS)

    def _show_all_lines(self) -> None:
        self._programme = None
        self.reload()

    def _open_line(self, index: QModelIndex) -> None:
        view = index.data(ROW_ROLE)
        if isinstance(view, LineView) and self._row is not None:
            self._line_beside = view
            self.panel.show_line(view, self._row.statement)
            self._desk.show_details(self.panel)

    def _press_line(self, index: QModelIndex) -> None:
        """A press shows how the line was made where there is room beside the table."""
        if self.window().width() >= _ROOM_FOR_DETAILS:
            self._open_line(index)

    def _follow_line(self, index: QModelIndex) -> None:
        if self.panel.isVisible():
            self._open_line(index)

    def open_number(self, number: int) -> None:
        """Open a line by its number, where it is among those fetched."""
        for place, view in enumerate(self.model.rows):
            if view.line.number == number:
                index = self.model.index(place, LinesColumn.WORK)
                self.table.setCurrentIndex(index)
                self._open_line(index)

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

    def ask_about_it(self) -> None:
        """Prepare a letter with the facts; the person sends it."""
        if self._row is None or self.check is None:
            return
        statement = self._row.statement
        wrong = [c for c in self.check.checks if c.result is not CheckResult.ADDS_UP]
        facts = "\n".join(f"- {self.check_sentence(check)}" for check in wrong)
        asked = say("statement", "These checks did not come out:\n{facts}", facts=facts)
        start = about_statement(statement, asked if wrong else "")
        later.new_letter()(self._desk, self.window(), start).open()


def check_look(result: CheckResult) -> tuple[Tint, Icon]:
    match result:
        case CheckResult.ADDS_UP:
            return Tint.INFO, Icon.CHECK
        case CheckResult.DOES_NOT_ADD_UP:
            return Tint.DENY, Icon.TRIANGLE
        case CheckResult.PART_CANNOT_BE_CHECKED | CheckResult.NOT_CHECKED:
            return Tint.NEUTRAL, Icon.QUESTION


def check_sentence(check: Check, figures: Figures, currency: str) -> str:
    """A check of a statement in words; its difference with every digit that says something."""
    if check.difference is None:
        return domain_words(check.words)
    money = telling_money(figures, currency, abs(check.difference))
    match check.name:
        case "total" if check.difference < 0:
            return say("statement", "The declared total is {money} less than its own lines.", money=money)
        case "total":
            return say("statement", "The declared total is {money} more than its own lines.", money=money)
        case "balance":
            return say("statement", "The closing balance is off by {money}.", money=money)
        case "making":
            return say(
                "statement",
                "Line {n} differs from its own pool, weight, rate and share by {money}.",
                n=check.line,
                money=money,
            )
        case _:
            return domain_words(check.words)


def _uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]


def _what_it_is(console: Console, statement: StatementId) -> tuple[StatementRow, StatementCheck, Objection]:
    row_of = earnings_commands.statement(console, statement)
    check = earnings_commands.check_statement(console, statement)
    return row_of, check, objection(console, statement)
