"""Findings between reports and statements: reported but not paid, paid but not reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

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


def findings_of_money(records: Records) -> Iterator[Finding]:
    paid: defaultdict[tuple[ArtistId, ProgrammeId], list[PaidUse]] = defaultdict(list)
    for row in records.paid:
        if row.programme is not None and row.artist in records.artists:
            paid[row.artist, row.programme].append(row)
    reported, named = _reported(records)
    for (artist, programme), works in sorted(reported.items()):
        found = _not_paid(artist, programme, works, paid.get((artist, programme), []), records)
        if found is not None:
            yield found
    for (artist, programme), rows in sorted(paid.items()):
        found = _not_reported(artist, programme, rows, named, records)
        if found is not None:
            yield found


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


def _not_paid(
    artist: ArtistId,
    programme: ProgrammeId,
    works: dict[WorkId, tuple[Work, date]],
    paid: list[PaidUse],
    records: Records,
) -> Finding | None:
    """Works reported half a year ago for which no statement here names AI income.

    Silent where a statement pays for the programme without naming works: then it cannot be told.
    """
    if any(row.work is None for row in paid):
        return None
    have = {row.work for row in paid}
    latest = records.today - timedelta(days=PAYMENT_PATIENCE_DAYS)
    owed = [(work, day) for id, (work, day) in works.items() if id not in have and day <= latest]
    if not owed:
        return None
    name = records.programme_name(programme)
    since = min(day for _, day in owed)
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
    return _about(kind, titles, artist, [work for work, _ in owed], programme, name, since, words, ())


def _not_reported(
    artist: ArtistId,
    programme: ProgrammeId,
    rows: list[PaidUse],
    named: set[tuple[WorkId, ProgrammeId]],
    records: Records,
) -> Finding | None:
    """Works that a statement pays for in a programme that has reported nothing of them."""
    unknown = [
        row
        for row in rows
        if row.work is not None and row.work in records.facts.works and (row.work, programme) not in named
    ]
    if not unknown:
        return None
    name = records.programme_name(programme)
    works = [records.facts.works[row.work] for row in unknown if row.work is not None]
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
    since = min(row.first_month for row in unknown)
    facts = tuple(dict.fromkeys(ref(FactKind.STATEMENT, row.statement) for row in unknown))
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
