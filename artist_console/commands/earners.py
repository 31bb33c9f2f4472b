"""Who and what earned most from AI: works and artists, per currency, each nature told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from artist_console.commands.names import party_name, work_title
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.statements import MoneyNature, exact_sum, is_earned, nature_of
from artist_console.domain.work_kinds import WorkKind
from artist_console.store.statements import LineTotal

MOST_WORKS = 20
NO_WORK = "No work named"

NatureSums = tuple[tuple[MoneyNature, Decimal], ...]


@dataclass(frozen=True, slots=True)
class WorkTotal:
    """What one work earned from AI in one currency."""

    work: WorkId | None  # None: lines that name no work known here
    title: str
    artist: ArtistId  # whose statements say so
    artist_name: str
    currency: str
    amount: Decimal
    lines: int
    natures: NatureSums  # the same amount by nature
    kind: WorkKind | None = None  # a recording and its song often share a title


@dataclass(frozen=True, slots=True)
class ArtistTotal:
    """What one artist earned from AI in one currency."""

    artist: ArtistId
    name: str
    currency: str
    amount: Decimal
    lines: int
    natures: NatureSums


def top_works(totals: Iterable[LineTotal], facts: FactBook, most: int = MOST_WORKS) -> tuple[WorkTotal, ...]:
    """Works that earned most, per currency by its code; what names no work comes last."""
    found = [
        WorkTotal(
            WorkId(work) if work else None,
            (work_title(facts, WorkId(work)) if work else "") or NO_WORK,
            ArtistId(artist),
            party_name(facts, ArtistId(artist)),
            currency,
            *_summed(held),
            facts.works[WorkId(work)].kind if work in facts.works else None,
        )
        for (currency, work, artist), held in _groups(
            totals, lambda t: (t.currency, t.work or "", t.payee)
        ).items()
    ]
    found.sort(key=lambda t: (t.currency, t.work is None, -t.amount, t.title.casefold(), t.artist))
    kept: defaultdict[str, int] = defaultdict(int)
    shown = []
    for total in found:
        kept[total.currency] += total.work is not None
        if total.work is None or kept[total.currency] <= most:
            shown.append(total)
    return tuple(shown)


def by_artist(totals: Iterable[LineTotal], facts: FactBook) -> tuple[ArtistTotal, ...]:
    """What each artist earned, per currency by its code, most first."""
    found = [
        ArtistTotal(ArtistId(artist), party_name(facts, ArtistId(artist)), currency, *_summed(held))
        for (currency, artist), held in _groups(totals, lambda t: (t.currency, t.payee)).items()
    ]
    return tuple(sorted(found, key=lambda t: (t.currency, -t.amount, t.name.casefold(), t.artist)))


def _groups(
    totals: Iterable[LineTotal], key: Callable[[LineTotal], tuple[str, ...]]
) -> dict[tuple[str, ...], list[LineTotal]]:
    groups: defaultdict[tuple[str, ...], list[LineTotal]] = defaultdict(list)
    for total in totals:
        if is_earned(total.kind):
            groups[key(total)].append(total)
    return groups


def _summed(held: list[LineTotal]) -> tuple[Decimal, int, NatureSums]:
    by_nature: defaultdict[MoneyNature, list[Decimal]] = defaultdict(list)
    for total in held:
        by_nature[nature_of(total.kind)].append(total.amount)
    natures = tuple((each, exact_sum(by_nature[each])) for each in MoneyNature if each in by_nature)
    return exact_sum(total.amount for total in held), sum(total.lines for total in held), natures
