"""Findings between reports and statements: reported but not paid, paid but not reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from .finding import Finding, PaidUse
from .finding_kinds import FindingKind
from .finding_records import Records
from .ids import ArtistId, ProgrammeId, WorkId
from .inclusion_states import EvidenceGrade, InclusionState, at_least
from .phrases import Sentence, day_in_words, say
from .trace import FactKind, FactRef, ref
from .works import Work

# Programmes report once a quarter or twice a year: before half a year has gone, no payment says nothing.
PAYMENT_PATIENCE_DAYS = 183

_PAYS_FOR = frozenset({InclusionState.TRAINED})
ARITHMETIC_ONLY = "A payment may come later, or in a sum that names no work. Ask the issuer."


@dataclass(frozen=True, slots=True)
class NotPaid:
    """A work that was reported as trained long enough ago, and no statement here names income for it."""

    artist: ArtistId
    programme: ProgrammeId
    work: Work
    as_of: date  # of the first report


@dataclass(frozen=True, slots=True)
class NotReported:
    """A work that a statement pays for in a programme that has reported nothing of it."""

    artist: ArtistId
    programme: ProgrammeId
    work: Work
    paid: PaidUse


def findings_of_money(records: Records) -> Iterator[Finding]:
    owed, unknown = money_of(records)
    for (artist, programme), works in _together(owed):
        yield _not_paid(artist, programme, works, records)
    for (artist, programme), rows in _together(unknown):
        yield _not_reported(artist, programme, rows, records)


def money_of(records: Records) -> tuple[tuple[NotPaid, ...], tuple[NotReported, ...]]:
    """Reports and payments that do not meet, work by work, by artist and programme.

    Nothing is told to be unpaid where a statement pays for the programme without naming works: then it cannot
    be told.
    """
    paid: defaultdict[tuple[ArtistId, ProgrammeId], list[PaidUse]] = defaultdict(list)
    for row in records.paid:
        if row.programme is not None and row.artist in records.artists:
            paid[row.artist, row.programme].append(row)
    reported, named = _reported(records)
    latest = records.today - timedelta(days=PAYMENT_PATIENCE_DAYS)
    owed = tuple(
        NotPaid(artist, programme, work, day)
        for (artist, programme), works in sorted(reported.items())
        for have in (_works_paid(paid.get((artist, programme), [])),)
        if have is not None
        for id, (work, day) in works.items()
        if id not in have and day <= latest
    )
    unknown = tuple(
        NotReported(artist, programme, records.facts.works[row.work], row)
        for (artist, programme), rows in sorted(paid.items())
        for row in rows
        if row.work is not None and row.work in records.facts.works and (row.work, programme) not in named
    )
    return owed, unknown


def _works_paid(rows: list[PaidUse]) -> frozenset[WorkId] | None:
    """The works that statements pay for; None where one pays without naming them."""
    works = [row.work for row in rows]
    return frozenset(work for work in works if work is not None) if None not in works else None


class _Told(Protocol):
    @property
    def artist(self) -> ArtistId: ...
    @property
    def programme(self) -> ProgrammeId: ...


Told = TypeVar("Told", bound=_Told)


def _together(rows: Iterable[Told]) -> Iterator[tuple[tuple[ArtistId, ProgrammeId], list[Told]]]:
    """Rows by artist and programme; they come in that order."""
    groups: dict[tuple[ArtistId, ProgrammeId], list[Told]] = {}
    for row in rows:
        groups.setdefault((row.artist, row.programme), []).append(row)
    yield from groups.items()


def _reported(
    records: Records,
) -> tuple[
    dict[tuple[ArtistId, ProgrammeId], dict[WorkId, tuple[Work, date]]], set[tuple[WorkId, ProgrammeId]]
]:
    """Works stated to be trained, with the first day of that; and every work and programme ever named."""
    trained: defaultdict[tuple[ArtistId, ProgrammeId], dict[WorkId, tuple[Work, date]]] = defaultdict(dict)
    named: set[tuple[WorkId, ProgrammeId]] = set()
    for seen in records.seen():
        said = seen.place.current
        programme = records.programme_of(said)
        if programme is None:
            continue
        # A recording that is named brings the songs in it along.
        named.update((id, programme) for id in (seen.work.id, *seen.work.compositions))
        if said.state in _PAYS_FOR and at_least(said.grade, EvidenceGrade.LICENSOR_STATED):
            held = trained[seen.artist, programme]
            before = held.get(seen.work.id)
            if before is None or said.as_of < before[1]:
                held[seen.work.id] = (seen.work, said.as_of)
    return dict(trained), named


def _not_paid(artist: ArtistId, programme: ProgrammeId, owed: list[NotPaid], records: Records) -> Finding:
    name = records.programme_name(programme)
    since = min(row.as_of for row in owed)
    words = (
        say(
            "1 work is reported as trained in {programme}, as of {date}. No statement here names income"
            " for it."
            if len(owed) == 1
            else "{n} works are reported as trained in {programme}, the first as of {date}. No statement here"
            " names income for them.",
            n=str(len(owed)),
            programme=name,
            date=day_in_words(since),
        ),
        say(ARITHMETIC_ONLY),
    )
    kind = FindingKind.REPORTED_NOT_PAID
    titles = ("Reported but not paid: {work}, {programme}", "Reported but not paid: {n} works, {programme}")
    return _about(kind, titles, artist, [row.work for row in owed], programme, name, since, words, ())


def _not_reported(
    artist: ArtistId, programme: ProgrammeId, unknown: list[NotReported], records: Records
) -> Finding:
    name = records.programme_name(programme)
    works = [row.work for row in unknown]
    words = (
        say(
            "Statements name income from {programme} for 1 work of which it has reported nothing here."
            if len(works) == 1
            else "Statements name income from {programme} for {n} works of which it has reported nothing"
            " here.",
            n=str(len(works)),
            programme=name,
        ),
        say("Ask the operator where they are used."),
    )
    kind = FindingKind.PAID_NOT_REPORTED
    titles = ("Paid but not reported: {work}, {programme}", "Paid but not reported: {n} works, {programme}")
    since = min(row.paid.first_month for row in unknown)
    facts = tuple(dict.fromkeys(ref(FactKind.STATEMENT, row.paid.statement) for row in unknown))
    return _about(kind, titles, artist, works, programme, name, since, words, facts)


def _about(
    kind: FindingKind,
    titles: tuple[str, str],
    artist: ArtistId,
    works: list[Work],
    programme: ProgrammeId,
    programme_name: str,
    since: date,
    words: tuple[Sentence, ...],
    facts: tuple[FactRef, ...],
) -> Finding:
    only = works[0] if len(works) == 1 else None
    title = (
        say(titles[0], work=only.title, programme=programme_name)
        if only
        else say(titles[1], n=str(len(works)), programme=programme_name)
    )
    return Finding(
        id=f"{kind.value}/{artist}/{programme}",
        kind=kind,
        artist=artist,
        work=only.id if only else None,
        programme=programme,
        since=since,
        deadline=None,
        silence=None,
        title=title,
        words=words,
        facts=facts,
        works=tuple(work.id for work in works),
    )
