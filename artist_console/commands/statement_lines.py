"""The lines of a statement, page by page, each with its names, its meaning and how it was made, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from artist_console.commands.console import Console
from artist_console.commands.names import programme_name, work_title
from artist_console.domain import words
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ProgrammeId, StatementId
from artist_console.domain.line_checks import STEP_NAMES, fault_of
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.line_meanings import LineMeaning, meaning_of
from artist_console.domain.line_steps import Step
from artist_console.domain.money import money_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.share_checks import in_percent
from artist_console.domain.statements import Line, MoneyNature, nature_of
from artist_console.store import mirror
from artist_console.store import statements as stored


class NoSuchLine(UnknownThing):
    title_template = "Line {number} of the statement is not here"
    advice_template = "See its numbers with: artist-console earnings lines STATEMENT"


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a line in words: what it does, by which factor, what is left, and who says so."""

    name: str
    factor: str  # "30 of 300"; empty where the step does not multiply
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line with its names in words; a correction follows the line it corrects."""

    line: Line
    work_title: str  # as known here, else as delivered
    programme_name: str
    kind_words: str
    nature: MoneyNature
    making: tuple[tuple[str, str], ...]  # how it was made: label and value; empty where the line does not say
    making_holds: bool | None  # None: cannot be checked
    corrects: str  # "Corrects line 12"; empty for most
    use_words: str
    meaning: LineMeaning
    steps: tuple[StepView, ...]  # as the line delivers them; empty where it does not
    wrong: str  # where it first does not follow from what it says of its making, and by how much; else empty


def lines(
    console: Console,
    statement: StatementId,
    offset: int = 0,
    limit: int = 500,
    programme: ProgrammeId | None = None,
    where: LineFilter | None = None,
) -> tuple[LineView, ...]:
    """Lines of one statement in their order, each correction behind the line that it corrects."""
    found = where or LineFilter()
    if programme is not None:
        found = replace(found, programme=programme)
    held = stored.lines(console.store, statement, found, offset=offset, limit=limit, statement_order=True)
    facts = mirror.facts(console.store, console.clock())
    return tuple(line_view(line, facts) for line in held)


def line_count(console: Console, statement: StatementId, where: LineFilter | None = None) -> int:
    """How many lines of a statement pass a filter."""
    return stored.line_count(console.store, statement, where or LineFilter())


def line(console: Console, statement: StatementId, number: int) -> LineView:
    """One line by its number. Raises UnknownThing."""
    found = stored.line(console.store, statement, number)
    if found is None:
        raise NoSuchLine(number=number)
    return line_view(found, mirror.facts(console.store, console.clock()))


def line_view(line: Line, facts: FactBook) -> LineView:
    """A line in words, from plain values: also one of a report."""
    wrong = fault_of(line)
    tells = line.making is not None or bool(line.steps)
    title = work_title(facts, line.work) if line.work is not None else ""
    return LineView(
        line=line,
        work_title=title or line.title or line.words,
        programme_name=programme_name(facts, line.programme),
        kind_words=words.LINE_KIND[line.kind][0],
        nature=nature_of(line.kind),
        making=() if line.making is None else _making_words(line),
        making_holds=wrong is None if tells else None,
        corrects=f"Corrects line {line.corrects}" if line.corrects is not None else "",
        use_words=words.USE[line.use][0] if line.use is not None else "",
        meaning=meaning_of(line),
        steps=tuple(_step_view(step, line.currency) for step in line.steps),
        wrong=wrong.words.text if wrong is not None else "",
    )


def _step_view(step: Step, currency: str) -> StepView:
    name = STEP_NAMES[step.kind]
    factor = ""
    if step.part is not None and step.whole is not None and step.whole != 0:
        factor = f"{step.part:f} of {step.whole:f}"
        if step.whole in (1, 100, 10_000):
            factor = f"{in_percent(step.part * 100 / step.whole)} %"
    return StepView(name[:1].upper() + name[1:], factor, money_in_words(step.amount, currency), step.source)


def _making_words(line: Line) -> tuple[tuple[str, str], ...]:
    making = line.making
    assert making is not None, "asked for only where the line says how it was made"
    return (
        ("Pool", f"{making.pool:f} {line.currency}"),
        ("Weight", f"{making.weight:f}"),
        ("Total weight", f"{making.total_weight:f}"),
        ("Rate", f"{making.rate:f}"),
        ("Your share", f"{Decimal(making.share_bp) / 100:f} %"),
        ("Rounded to", f"{making.decimals} decimals"),
        ("Amount", f"{line.amount:f} {line.currency}"),
    )
