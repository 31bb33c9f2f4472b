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
    facts = mirror.facts(console.store, console.clock())
    held = _in_order(console, statement, _where(where, programme))
    return tuple(line_view(line, facts) for line in held[offset : offset + limit])


def line_count(console: Console, statement: StatementId, where: LineFilter | None = None) -> int:
    """How many lines of a statement pass a filter."""
    return len(_in_order(console, statement, where or LineFilter()))


def line(console: Console, statement: StatementId, number: int) -> LineView:
    """One line by its number. Raises UnknownThing."""
    found = stored.lines(console.store, statement, after=number - 1, limit=1)
    if not found or found[0].number != number:
        raise UnknownThing("Line {number} of it is not here", "Sync, then look again", number=str(number))
    return line_view(found[0], mirror.facts(console.store, console.clock()))


def _where(where: LineFilter | None, programme: ProgrammeId | None) -> LineFilter:
    found = where or LineFilter()
    return found if programme is None else replace(found, programme=programme)


def _in_order(console: Console, statement: StatementId, where: LineFilter) -> list[Line]:
    held = [line for line in stored.lines(console.store, statement, work=where.work) if _passes(line, where)]
    present = {line.number for line in held}
    order = {line.number: (line.number, 0) for line in held}
    for line in held:
        if line.corrects in present and line.corrects_statement in (None, statement):
            order[line.number] = (line.corrects or 0, line.number)
    return sorted(held, key=lambda line: order[line.number])


def _passes(line: Line, where: LineFilter) -> bool:
    return (
        where.programme in (None, line.programme)
        and where.kind in (None, line.kind)
        and where.use in (None, line.use)
        and where.territory in ("", line.territory)
        and where.source in ("", line.source)
        and (where.since is None or line.month >= where.since)
        and (where.until is None or line.month <= where.until)
    )


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
