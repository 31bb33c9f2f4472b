"""Fills a database with a world: rows, accounts, and what was said in it, through the storage and the rules.

For the sample data and for tests. Every decision is judged, chained and signed as if it had arrived at the
time given with it; running it over the same world twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from sqlalchemy.engine import Connection

from artist_console.domain.decisions import Decision, EntryKind, Pin
from artist_console.domain.ids import AccountId, ArtistId, DecisionId, StatementId
from artist_console.domain.mandates import Mandate
from artist_console.domain.statements import Line
from artist_console.formats.kinds import Kind
from artist_console.formats.receipts import SignerRole
from artist_console.formats.wire import ItemOutcome, PushBatch, PushItem, Row, digest_of

from .deciding import record_mandate
from .pushing import receive
from .service import Service, make_service
from .storage import accounts, ledgers, rows, settings, streams
from .storage.database import Database, open_database
from .storage.ledgers import an_entry


@dataclass(frozen=True, slots=True)
class SeedAccount:
    """Somebody who signs in, and the artists that the account is."""

    id: AccountId
    name: str
    artists: tuple[ArtistId, ...] = ()


@runtime_checkable
class ActStep(Protocol):
    """Decisions confirmed together; `base` and `seen` are filled in where a decision leaves both empty."""

    @property
    def account(self) -> AccountId: ...
    @property
    def at(self) -> datetime: ...
    @property
    def decisions(self) -> Sequence[Decision]: ...


@runtime_checkable
class AnswerStep(Protocol):
    """An artist signs a proposal, or declines it."""

    @property
    def account(self) -> AccountId: ...
    @property
    def at(self) -> datetime: ...
    @property
    def proposal(self) -> DecisionId: ...
    @property
    def signs(self) -> bool: ...


@runtime_checkable
class MandateStep(Protocol):
    """An artist gives a mandate, or takes it back where it carries the time of that."""

    @property
    def account(self) -> AccountId: ...
    @property
    def at(self) -> datetime: ...
    @property
    def mandate(self) -> Mandate: ...


Step = ActStep | AnswerStep | MandateStep


@dataclass(frozen=True, slots=True)
class Act:
    account: AccountId
    at: datetime
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    account: AccountId
    at: datetime
    proposal: DecisionId
    signs: bool = True


@dataclass(frozen=True, slots=True)
class GivenMandate:
    account: AccountId
    at: datetime
    mandate: Mandate


# Rows of people before rows that name them, works before what is said of them.
_ORDER = {kind: place for place, kind in enumerate(Kind)}


def seed(
    database: Path,
    data_key: bytes,
    signing_key: bytes,
    *,
    rows: Iterable[tuple[Kind, Row]] = (),
    accounts: Iterable[SeedAccount] = (),
    lines: Iterable[Line] = (),
    steps: Iterable[Step] = (),
    owner: AccountId | None = None,
    host_name: str = "this computer",
) -> dict[DecisionId, ItemOutcome]:
    """Make the database and fill it; gives what became of each decision.

    `owner` is the account that an embedded backend over this database signs in.
    """
    opened = open_database(database, data_key)
    return seed_open(
        opened,
        signing_key,
        rows=rows,
        accounts=accounts,
        lines=lines,
        steps=steps,
        owner=owner,
        host_name=host_name,
    )


def seed_open(
    opened: Database,
    signing_key: bytes,
    *,
    rows: Iterable[tuple[Kind, Row]] = (),
    accounts: Iterable[SeedAccount] = (),
    lines: Iterable[Line] = (),
    steps: Iterable[Step] = (),
    owner: AccountId | None = None,
    host_name: str = "this computer",
) -> dict[DecisionId, ItemOutcome]:
    """The same into a database that is open; it is closed at the end."""
    try:
        service = make_service(
            opened, signing_key, host_name=host_name, role=SignerRole.THIS_COMPUTER, clock=_no_clock
        )
        with opened.writing() as connection:
            return fill(connection, service, rows, accounts, lines, steps, owner)
    finally:
        opened.close()


def _no_clock() -> datetime:
    raise AssertionError("everything in a seed carries its own time")


def fill(
    connection: Connection,
    service: Service,
    rows_given: Iterable[tuple[Kind, Row]] = (),
    accounts_given: Iterable[SeedAccount] = (),
    lines_given: Iterable[Line] = (),
    steps: Iterable[Step] = (),
    owner: AccountId | None = None,
) -> dict[DecisionId, ItemOutcome]:
    """The same into an open service, inside a writing transaction."""
    for account in accounts_given:
        if accounts.account_name(connection, account.id) is None:
            accounts.add_account(connection, account.id, account.name)
        for artist in account.artists:
            accounts.own_artist(connection, account.id, artist)
    if owner is not None:
        settings.keep(connection, "owner", owner)
    ordered = sorted(rows_given, key=lambda pair: _ORDER[pair[0]])
    with_lines = _by_statement(lines_given)
    rows.put(connection, [(kind, row) for kind, row in ordered if kind is not Kind.STATEMENT])
    known = rows.some_of(connection, Kind.STATEMENT, list(with_lines))
    statements = [*known.values(), *(row for kind, row in ordered if kind is Kind.STATEMENT)]
    for statement in {row.id: row for row in statements}.values():
        if statement.id in with_lines:
            service.statement_files.put(connection, statement, with_lines[statement.id])
        else:
            service.statement_files.put_row(connection, statement)
    for kind, row in ordered:
        if kind is Kind.MANDATE:
            accounts.keep_mandate(connection, row)
    outcomes: dict[DecisionId, ItemOutcome] = {}
    for step in steps:
        outcomes |= _take(connection, service, step)
    return outcomes


def _by_statement(given: Iterable[Line]) -> dict[StatementId, list[Line]]:
    found: dict[StatementId, list[Line]] = {}
    for line in sorted(given, key=lambda line: line.number):
        found.setdefault(line.statement, []).append(line)
    return found


def _take(connection: Connection, service: Service, step: Step) -> dict[DecisionId, ItemOutcome]:
    if isinstance(step, ActStep):
        return _push(connection, service, step)
    if isinstance(step, AnswerStep):
        _answer(connection, service, step)
    else:
        _mandate(connection, service, step)
    return {}


def _push(connection: Connection, service: Service, act: ActStep) -> dict[DecisionId, ItemOutcome]:
    stream = f"seed-{act.account}"
    known = streams.recorded(connection, [d.id for d in act.decisions])
    if len(known) == len(act.decisions):
        return {d.id: known[d.id].outcome for d in act.decisions}
    artist = act.decisions[0].register.artist
    state = service.ledgers.state(connection, artist)
    made = [_as_seen(decision, state) for decision in act.decisions]
    first = streams.next_seq(connection, act.account, stream)
    items = [PushItem(seq, digest_of(decision), decision) for seq, decision in enumerate(made, first)]
    reply = receive(connection, service.desk, act.account, PushBatch(stream, items), 0, act.at)
    return {DecisionId(outcome.decision_id): outcome for outcome in reply.outcomes}


def _as_seen(decision: Decision, state: ledgers.LedgerState) -> Decision:
    """The decision as somebody makes it who looks at the ledger as it is."""
    if decision.base is not None or decision.seen != Pin():
        return decision
    shown = state.said.effective.get(decision.register)
    return replace(decision, base=shown.id if shown is not None else None, seen=state.pin)


def _answer(connection: Connection, service: Service, answer: AnswerStep) -> None:
    for artist in accounts.owned(connection, answer.account):
        if answer.proposal in service.ledgers.state(connection, artist).proposals:
            kind = EntryKind.CO_SIGNATURE if answer.signs else EntryKind.PROPOSAL_DECLINED
            entry = an_entry(kind, artist, answer.at, answer.account, names=answer.proposal)
            service.ledgers.append(connection, entry)


def _mandate(connection: Connection, service: Service, step: MandateStep) -> None:
    known = accounts.mandate(connection, step.mandate.id)
    if known == step.mandate:
        return
    taken = step.mandate.revoked_at is not None
    kind = EntryKind.MANDATE_TAKEN_BACK if taken else EntryKind.MANDATE_GIVEN
    record_mandate(connection, service, step.mandate, step.account, kind, step.at)


__all__ = ["Act", "Answer", "GivenMandate", "SeedAccount", "fill", "seed", "seed_open"]
