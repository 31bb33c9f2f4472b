"""What a statement is allocated by, brought together from rows: works, splits, letters, terms, statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from artist_console.domain.allocation import Facts
from artist_console.domain.directions import Direction, payer_key
from artist_console.domain.ids import PartyId, StatementId, WorkId
from artist_console.domain.paid_splits import PaidSplit
from artist_console.domain.parties import Party, Stakeholder
from artist_console.domain.pay_terms import PayTerms
from artist_console.domain.periods import as_known_on
from artist_console.domain.statements import Statement, StatementLevel
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind

from .storage import rows


@dataclass(frozen=True)
class Earlier:
    """Statements that stand already, as seen from the one that is to be allocated."""

    chain: tuple[StatementId, ...]  # the statement itself and those that it replaces
    nets: tuple[Statement, ...]  # allocated from the chain: of payees
    left: tuple[Statement, ...]  # allocated from the chain: what was left
    others: tuple[Statement, ...]  # allocated to payees from other statements of the issuer, by period
    replaced_by: StatementId | None
    roots: Mapping[StatementId, StatementId]  # from a statement to the first of its chain


def earlier_of(connection: Connection, above: Statement) -> Earlier:
    """What was allocated before, of this statement and of others of its issuer."""
    every: list[Statement] = rows.all_of(connection, Kind.STATEMENT)
    replaces = {each.id: each.replaces for each in every}
    chain = _chain(above.id, replaces)
    issuer = payer_key(above.issuer)
    allocated = [
        each
        for each in every
        if each.allocated_from is not None
        and payer_key(each.issuer) == issuer
        and each.currency == above.currency
    ]
    own = [each for each in allocated if each.allocated_from in chain]
    others = [
        each
        for each in allocated
        if each.allocated_from not in chain and each.level is StatementLevel.PAYEE_NET
    ]
    return Earlier(
        chain,
        tuple(each for each in own if each.level is StatementLevel.PAYEE_NET),
        tuple(each for each in own if each.level is not StatementLevel.PAYEE_NET),
        tuple(sorted(others, key=lambda each: (each.period_until, each.id))),
        next((each.id for each in every if each.replaces == above.id), None),
        {each.id: _chain(each.id, replaces)[-1] for each in every},
    )


def _chain(id: StatementId, replaces: Mapping[StatementId, StatementId | None]) -> tuple[StatementId, ...]:
    chain = [id]
    while (former := replaces.get(chain[-1])) is not None and former not in chain:
        chain.append(former)
    return tuple(chain)


def facts_for(
    connection: Connection,
    above: Statement,
    named: Iterable[WorkId],
    payees: Collection[PartyId] | None,
) -> Facts:
    """The facts by which the lines of a statement that name these works are allocated."""
    works = _works(connection, named)
    subjects = {work.id for work in works.values()}
    subjects |= {song for work in works.values() for song in work.compositions}
    persons = {artist for work in works.values() for artist in work.artists}
    homes = {id: work.id for id, work in works.items()}
    held: dict[str, list[Stakeholder]] = {}
    row: Stakeholder
    for row in rows.each_of(connection, Kind.STAKEHOLDER):
        home = homes.get(WorkId(row.subject), row.subject)
        if home in subjects or home in persons:
            held.setdefault(home, []).append(row)
    paid: dict[str, list[PaidSplit]] = {}
    split: PaidSplit
    for split in rows.each_of(connection, Kind.PAID_SPLIT):
        home = homes.get(split.work, split.work)
        if home in subjects:
            paid.setdefault(home, []).append(split)
    issuer = payer_key(above.issuer)
    directions: list[Direction] = [
        each for each in rows.all_of(connection, Kind.DIRECTION) if payer_key(each.payer) in ("", issuer)
    ]
    terms: list[PayTerms] = [
        each for each in rows.all_of(connection, Kind.PAY_TERMS) if payer_key(each.issuer) == issuer
    ]
    return Facts(
        above.issuer,
        above.level,
        works,
        {subject: as_known_on(found) for subject, found in held.items()},
        tuple(as_known_on(directions)),
        tuple(as_known_on(terms)),
        names_of(connection, {each.directed_by for each in directions}),
        payees,
        {work: tuple(found) for work, found in paid.items()},
    )


def names_of(connection: Connection, ids: Collection[PartyId]) -> dict[PartyId, str]:
    """Names of parties that are known here."""
    found: dict[str, Party] = rows.some_of(connection, Kind.PARTY, ids)
    return {PartyId(id): party.name for id, party in found.items()}


def last_month(above: Statement) -> date:
    """The first day of the month in which the period of a statement ends."""
    return above.period_until.replace(day=1)


def _works(connection: Connection, named: Iterable[WorkId]) -> dict[WorkId, Work]:
    """Works under the ids that lines name them by, and their songs, merged ones under both ids."""
    asked = set(named)
    found: dict[str, Work] = rows.some_of(connection, Kind.WORK, asked)
    for id in asked - set(found):
        present = rows.present_id(connection, id)
        if present is not None:
            work: Work | None = rows.some_of(connection, Kind.WORK, [present]).get(present)
            if work is not None:
                found[id] = work
    songs = {song for work in found.values() for song in work.compositions} - set(found)
    found |= rows.some_of(connection, Kind.WORK, songs)
    return {WorkId(id): work for id, work in found.items()} | {work.id: work for work in found.values()}
