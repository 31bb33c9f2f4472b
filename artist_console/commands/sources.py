"""Names of stores and services in statements: what each is held to be, why, and saying what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from artist_console.commands.console import Console, Result
from artist_console.commands.names import programme_name
from artist_console.domain import words
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ProgrammeId, StatementId
from artist_console.domain.line_figures import SourceMeaning
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.source_names import (
    POSSIBLE_KINDS,
    Reading,
    SourceCertainty,
    SourceName,
    fold_source,
)
from artist_console.domain.statements import LineKind, exact_sum
from artist_console.store import mirror, private, projection, source_names
from artist_console.store import statements as stored
from artist_console.store.private import Change, PrivateKind

__all__ = [
    "POSSIBLE_KINDS",
    "SourceCertainty",
    "SourceRow",
    "forget_source",
    "list_sources",
    "name_source",
]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One name, as statements write it, with what it is held to be."""

    source: str
    certainty: SourceCertainty
    kind: LineKind | None  # None: other income, or which kind of AI income is not known
    kind_words: str
    programme: ProgrammeId | None
    programme_name: str
    counts: bool  # whether its lines count as AI income by this name
    why: Sentence
    page: str  # address of what documents it; empty: nothing does
    checked_on: date | None
    note: str  # of the person
    lines: int
    amounts: tuple[tuple[str, Decimal], ...]  # per currency, of all its lines
    statements: tuple[StatementId, ...]


class NotAKindOfIncome(InputProblem):
    title_template = "{kind} is not what a source pays: it is what becomes of income"
    advice_template = "Name a kind of income, such as usage.generation or fee.training"


class NoSourceNamed(InputProblem):
    title_template = "There is no name of a source"
    advice_template = "Give the name as the statement writes it"


def list_sources(console: Console) -> tuple[SourceRow, ...]:
    """Every name in statements that count: first those to be looked at; then those that no statement has."""
    facts = mirror.facts(console.store, console.clock())
    table = source_names.table(console.store)
    amounts: defaultdict[str, defaultdict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    lines: defaultdict[str, int] = defaultdict(int)
    where: defaultdict[str, dict[StatementId, None]] = defaultdict(dict)
    for total in stored.totals(console.store, works=False):
        if total.source:
            amounts[total.source][total.currency].append(total.amount)
            lines[total.source] += total.lines
            where[total.source][total.statement] = None
    seen = {fold_source(source) for source in lines}
    unseen = [each.source for each in source_names.said(console.store) if each.id not in seen]
    rows = [
        _row(
            table.read(source),
            facts,
            lines[source],
            tuple((code, exact_sum(held)) for code, held in sorted(amounts[source].items())),
            tuple(where[source]),
        )
        for source in (*lines, *unseen)
    ]
    return tuple(sorted(rows, key=_order))


def _order(row: SourceRow) -> tuple[int, int, str]:
    first = (SourceCertainty.LIKELY, SourceCertainty.SAID, SourceCertainty.CERTAIN, SourceCertainty.UNKNOWN)
    return first.index(row.certainty), -row.lines, row.source.casefold()


def _row(
    reading: Reading,
    facts: FactBook,
    lines: int,
    amounts: tuple[tuple[str, Decimal], ...],
    statements: Sequence[StatementId],
) -> SourceRow:
    known, said = reading.known, reading.said
    kind = words.LINE_KIND[reading.kind][0] if reading.kind is not None else ""
    if not kind:
        kind = words.LINE_KIND[LineKind.OTHER][0] if reading.meaning is None else ""
    return SourceRow(
        source=reading.source,
        certainty=reading.certainty,
        kind=reading.kind,
        kind_words=kind,
        programme=reading.programme,
        programme_name=programme_name(facts, reading.programme),
        counts=reading.meaning is not None,
        why=_why(reading),
        page=known.source if known is not None else "",
        checked_on=known.checked_on if known is not None else None,
        note=said.note if said is not None else "",
        lines=lines,
        amounts=amounts,
        statements=tuple(statements),
    )


def _why(reading: Reading) -> Sentence:
    known, said = reading.known, reading.said
    match reading.certainty:
        case SourceCertainty.SAID:
            assert said is not None, "a person said so"
            template = (
                "Said here on {date}: it is AI income."
                if said.kind is not None
                else "Said here on {date}: it is no AI income."
            )
            return say(template, date=day_in_words(said.said_at))
        case SourceCertainty.CERTAIN:
            assert known is not None, "it is documented"
            return say("{says} Read on {date}.", says=known.says, date=day_in_words(known.checked_on))
        case SourceCertainty.LIKELY if known is not None:
            return say(
                "Likely, and not counted until you say so. {says} Read on {date}.",
                says=known.says,
                date=day_in_words(known.checked_on),
            )
        case SourceCertainty.LIKELY:
            return say(
                "Likely, and not counted until you say so: it is called like a programme or operator here."
            )
        case SourceCertainty.UNKNOWN:
            return say("Nothing is known of this name: it stays other income.")


def name_source(
    console: Console,
    source: str,
    kind: LineKind | None,
    programme: ProgrammeId | None = None,
    note: str = "",
) -> Result[SourceMeaning | None]:
    """Say what a name means: which kind of AI income, of which programme; `kind` None: no AI income.

    The lines stay as they were delivered. Raises NotAKindOfIncome, NoSourceNamed, UnknownThing.
    """
    id = fold_source(source)
    if not id:
        raise NoSourceNamed()
    if kind is not None and kind not in POSSIBLE_KINDS:
        raise NotAKindOfIncome(kind=kind.value)
    facts = mirror.facts(console.store, console.clock())
    if programme is not None and programme not in facts.programmes:
        raise UnknownThing(
            "The programme {programme} is not known here", "Sync, then look again", programme=programme
        )
    said = SourceName(
        id,
        " ".join(source.split()),
        kind,
        programme if kind is not None else None,
        console.clock(),
        note.strip(),
    )
    _exchange(console, Change(PrivateKind.SOURCE_NAME, [said]))
    return Result(source_names.table(console.store).read(source).meaning, _CHANGED)


def forget_source(console: Console, source: str) -> Result[SourceMeaning | None]:
    """Take back what was said of a name: what is documented counts again. Raises UnknownThing."""
    id = fold_source(source)
    if all(each.id != id for each in source_names.said(console.store)):
        raise UnknownThing(
            "Nothing was said here of {source}",
            "See the names with: artist-console earnings sources",
            source=source,
        )
    _exchange(console, Change(PrivateKind.SOURCE_NAME, forget=[id]))
    return Result(source_names.table(console.store).read(source).meaning, _CHANGED)


_CHANGED = Changes.STATEMENTS | Changes.WORKS | Changes.INCLUSIONS


def _exchange(console: Console, change: Change) -> None:
    private.exchange(console.store, "", [change], console.clock())
    # What was earned stands in the rows of works, and findings compare it with what is reported.
    projection.refresh(console.store, console.today)
