"""How one line of a statement was made: each number, where it comes from, and whether it holds."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from artist_console.commands.earnings import LineView
from artist_console.domain.statements import Making, MoneyNature, Statement, StatementSource
from artist_console.domain.waterfall import waterfall_of_line
from artist_console.ui import later
from artist_console.ui.charts.chart_card import RowsCard
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_statement
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.money_words import MoneyWords, exact_money, period_words
from artist_console.ui.pages.waterfall_rows import waterfall_rows
from artist_console.ui.places import Place
from artist_console.ui.tables.lines_model import corrects_words
from artist_console.ui.text import elided, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton, LinkButton
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import KeyValues, Note


class LinePanel(DetailsPanel):
    """Shows a `LineView` of a statement."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme)
        if parent is not None:
            self.setParent(parent)
        self._desk = desk
        self._view: LineView | None = None
        self.setAccessibleName(say("line", "How the chosen line was made"))

    @property
    def view(self) -> LineView | None:
        return self._view

    def show_line(self, view: LineView, statement: Statement) -> None:
        self._view = view
        line = view.line
        self.open_kind("line", f"{line.statement}/{line.number}")
        about = [domain_words(view.kind_words), view.programme_name]
        self.set_head(
            "",
            view.work_title or say("line", "No work named"),
            " · ".join(part for part in about if part),
            say(
                "line",
                "Line {n} · {month}",
                n=self._desk.figures.number(line.number),
                month=self._desk.figures.month(line.month),
            ),
        )
        self._add_amount(view)
        self._add_making(view, statement)
        self._add_correction(view)
        self._add_more(view, statement)

    # Amount

    def _add_amount(self, view: LineView) -> None:
        line, figures = view.line, self._desk.figures
        section = self.add_section(say("line", "Amount"))
        amount = label(figures.money(line.currency, line.amount), TextRole.TITLE, selectable=True)
        section.addWidget(amount)
        exact = exact_money(figures, line.currency, line.amount)
        section.addWidget(label(say("line", "Exactly {amount}", amount=exact), tone=Token.TEXT_2))
        meaning = view.meaning
        kind = say("line", "{kind} {nature}", kind=sentence(meaning.kind), nature=sentence(meaning.nature))
        section.addWidget(Note(self._desk.theme, kind, *_nature_look(view.nature)))
        for said in (meaning.method, meaning.precision, meaning.converted):
            if said is not None:
                section.addWidget(label(sentence(said), tone=Token.TEXT_2, wrap=True))
        if line.confidence_low is not None and line.confidence_high is not None:
            between = say(
                "line",
                "An estimate. Its maker says it lies between {low} and {high}.",
                low=exact_money(figures, line.currency, line.confidence_low),
                high=exact_money(figures, line.currency, line.confidence_high),
            )
            section.addWidget(label(between, tone=Token.TEXT_2, wrap=True))
        elif view.nature is MoneyNature.ESTIMATED:
            without = say("line", "An estimate. The statement does not say how far off it may be.")
            section.addWidget(label(without, tone=Token.TEXT_2, wrap=True))

    # Making

    def _add_making(self, view: LineView, statement: Statement) -> None:
        section = self.add_section(say("line", "How this line was made"), Chip(self._desk.theme, _chip(view)))
        making, steps = view.line.making, view.line.steps
        if making is None and not steps:
            words_of = say(
                "line",
                "The statement does not say how it was made. Ask {issuer} for pool, weight, rate and share.",
                issuer=statement.issuer,
            )
            section.addWidget(label(words_of, tone=Token.TEXT_2, wrap=True))
            return
        section.addWidget(self._waterfall(view))
        if making is not None:
            facts = KeyValues(self._desk.theme)
            for name, value, source in self._factors(view, making, statement):
                facts.add(name, say("line", "{value}\n{source}", value=value, source=source))
            section.addWidget(facts)
            section.addWidget(label(self._formula(view, making), TextRole.SMALL, Token.TEXT_2, wrap=True))
            meant = say(
                "line",
                "The pool is the money to be shared out. The weight is what was counted for this work, the "
                "total weight what was counted for all. The rate is the part that is passed on.",
            )
            section.addWidget(label(meant, TextRole.SMALL, Token.TEXT_3, wrap=True))
        else:
            section.addWidget(self._step_facts(view))
        tint, icon = (Tint.INFO, Icon.CHECK) if view.making_holds else (Tint.DENY, Icon.TRIANGLE)
        section.addWidget(Note(self._desk.theme, self._verdict(view, making), tint, icon))
        section.addWidget(
            label(
                say(
                    "line",
                    "That is arithmetic. Whether pool and weights are right cannot be seen from here.",
                ),
                TextRole.SMALL,
                Token.TEXT_3,
                wrap=True,
            )
        )

    def _waterfall(self, view: LineView) -> RowsCard:
        """From the pool to this amount; a table on request, as of every chart."""
        card = RowsCard(self._desk.theme, say("line", "From the pool to you"), framed=False)
        card.show_data(waterfall_rows(waterfall_of_line(view.line), MoneyWords(self._desk.figures)))
        return card

    def _step_facts(self, view: LineView) -> KeyValues:
        facts = KeyValues(self._desk.theme)
        for step in view.steps:
            said = [part for part in (step.factor, step.source) if part]
            facts.add(domain_words(step.name), "\n".join([step.after, *said]))
        return facts

    def _factors(
        self, view: LineView, making: Making, statement: Statement
    ) -> tuple[tuple[str, str, str], ...]:
        figures, line = self._desk.figures, view.line
        stated = say("line", "Stated by {issuer} in this line", issuer=statement.issuer)
        method = " ".join(part for part in (line.method, line.method_version) if part)
        weighed = (
            say("line", "{stated}. Method: {method}", stated=stated, method=method) if method else stated
        )
        return (
            (say("line", "Pool"), exact_money(figures, line.currency, making.pool), stated),
            (say("line", "Weight"), figures.exact(making.weight), weighed),
            (say("line", "Total weight"), figures.exact(making.total_weight), stated),
            (say("line", "Rate"), _per_cent(self._desk, making.rate * 100), stated),
            (say("line", "Your share"), _per_cent(self._desk, Decimal(making.share_bp) / 100), stated),
            (
                say("line", "Rounding"),
                say_count(
                    "line",
                    "To 1 decimal; a half goes to the even figure",
                    "To {n} decimals; a half goes to the even figure",
                    making.decimals,
                ),
                say("line", "Declared in this line"),
            ),
        )

    def _formula(self, view: LineView, making: Making) -> str:
        figures = self._desk.figures
        return say(
            "line",
            "{pool} × {weight} ÷ {total} × {rate} × {share} = {amount}",
            pool=figures.exact(making.pool),
            weight=figures.exact(making.weight),
            total=figures.exact(making.total_weight),
            rate=_per_cent(self._desk, making.rate * 100),
            share=_per_cent(self._desk, Decimal(making.share_bp) / 100),
            amount=figures.exact(making.amount()) if making.total_weight else "–",
        )

    def _verdict(self, view: LineView, making: Making | None) -> str:
        line, figures = view.line, self._desk.figures
        if making is None:
            return view.wrong or say("line", "Computed again here: the same amount, to the last digit.")
        if not making.total_weight:
            return say("line", "It divides by a total weight of zero, which gives no amount.")
        if view.making_holds:
            return say("line", "Computed again here: the same amount, to the last digit.")
        return say(
            "line",
            "Computed again here: {amount}. The line differs by {difference}.",
            amount=exact_money(figures, line.currency, making.amount()),
            difference=exact_money(figures, line.currency, abs(line.amount - making.amount())),
        )

    # Asking

    def ask_about_it(self) -> None:
        """A letter to whoever issued the statement, with what the line says and how it differs."""
        view, statement = self._view, self.sender().property("statement")
        if view is None or not isinstance(statement, Statement):
            return
        line, figures = view.line, self._desk.figures
        told = [
            say(
                "line",
                "- Line {n}, {month}: {about}, {amount}.",
                n=figures.number(line.number),
                month=figures.month(line.month),
                about=", ".join(
                    part
                    for part in (view.work_title, domain_words(view.kind_words), view.programme_name)
                    if part
                ),
                amount=exact_money(figures, line.currency, line.amount),
            )
        ]
        if line.making is None and not line.steps:
            told.append(say("line", "- It does not say by which pool, weight, rate and share it was made."))
        elif view.making_holds is False:
            told.append(say("line", "- {words}", words=self._verdict(view, line.making)))
        amount = exact_money(figures, line.currency, line.amount)
        start = about_statement(statement, "\n".join(told), amount)
        later.new_letter()(self._desk, self.window(), start).open()

    # What else

    def _add_correction(self, view: LineView) -> None:
        if view.line.corrects is None:
            return
        section = self.add_section(say("line", "Correction"))
        section.addWidget(Note(self._desk.theme, corrects_words(view), Tint.NEUTRAL, Icon.UNDO))
        if view.line.corrects_statement not in (None, view.line.statement):
            there = LinkButton(self._desk.theme, say("line", "Open that statement"))
            there.setProperty("place", Place("earnings", f"statement/{view.line.corrects_statement}"))
            there.clicked.connect(self._go)
            section.addLayout(row(there, None))

    def _add_more(self, view: LineView, statement: Statement) -> None:
        line, figures = view.line, self._desk.figures
        section = self.add_section(say("line", "In the statement"))
        facts = KeyValues(self._desk.theme)
        source = (
            say("line", "{issuer}, read from a file", issuer=statement.issuer)
            if statement.source is StatementSource.IMPORTED
            else say("line", "{issuer}, posted to your service", issuer=statement.issuer)
        )
        told = (
            (say("line", "From"), source),
            (say("line", "Period"), period_words(figures, statement.period_from, statement.period_until)),
            (say("line", "Use"), domain_words(view.use_words) if view.use_words else ""),
            (say("line", "Model"), line.model or ""),
            (say("line", "Territory"), line.territory),
            (say("line", "Counted"), figures.number(line.quantity) if line.quantity is not None else ""),
            (say("line", "Store or service"), line.source),
            (say("line", "Kind of sale"), line.sales_type),
            (say("line", "Title as delivered"), line.title if line.title != view.work_title else ""),
            (say("line", "Artist as delivered"), line.artist),
            (say("line", "Code"), line.identifier or line.upc),
            (say("line", "Release"), line.release),
            (say("line", "In its own words"), line.words),
        )
        for name, value in told:
            if value:
                facts.add(name, value)
        section.addWidget(facts)
        ask = LinkButton(self._desk.theme, say("line", "Ask about this line…"))
        ask.setProperty("statement", statement)
        ask.clicked.connect(self.ask_about_it)
        section.addLayout(row(ask, None))
        if line.source:
            store = LinkButton(self._desk.theme, say("line", "What this store stands for…"))
            store.setProperty("sheet", f"sources/{line.source}")
            store.clicked.connect(self._open_sheet)
            section.addLayout(row(store, None))
        section.addLayout(self._hash(statement.sha256))
        if line.work is not None:
            work = LinkButton(self._desk.theme, say("line", "Open this work"))
            work.setProperty("place", Place("works", f"work/{line.work}"))
            work.clicked.connect(self._go)
            section.addLayout(row(work, None))

    def _hash(self, sha256: str) -> QHBoxLayout:
        """One line that gives way in its middle: a hash has no place to break."""
        name = say("line", "Hash of the statement")
        shown = elided(sha256, TextRole.SMALL, Token.TEXT_2, middle=True)
        shown.setAccessibleName(say("line", "{name}: {value}", name=name, value=sha256))
        copy = IconButton(self._desk.theme, Icon.COPY, say("line", "Copy the hash of the statement"))
        copy.setProperty("copies", sha256)
        copy.clicked.connect(self._copy)
        line = row(label(name, TextRole.SMALL, Token.TEXT_3), gap=16)
        line.addWidget(shown, 1)
        line.addWidget(copy)
        return line

    def _copy(self) -> None:
        QApplication.clipboard().setText(str(self.sender().property("copies")))

    def _open_sheet(self) -> None:
        self._desk.sheet_wished.emit(str(self.sender().property("sheet")))

    def _go(self) -> None:
        place = self.sender().property("place")
        if isinstance(place, Place):
            self._desk.go(place)


def _chip(view: LineView) -> ChipValue:
    if view.making_holds is None:
        return ChipValue(ChipMeaning.NOT_CHECKED, say("line", "Cannot be checked"))
    return ChipValue(ChipMeaning.ADDS_UP if view.making_holds else ChipMeaning.DOES_NOT_ADD_UP)


def _nature_look(nature: MoneyNature) -> tuple[Tint, Icon]:
    return (Tint.ASK, Icon.QUESTION) if nature is MoneyNature.ESTIMATED else (Tint.NEUTRAL, Icon.INFO)


def _per_cent(desk: Desk, amount: Decimal) -> str:
    return say("line", "{n} %", n=desk.figures.exact(_plain(amount)))


def _plain(amount: Decimal) -> Decimal:
    """Without zeros at the end: 30, not 30.00."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()
