"""The sample world: a management with fourteen artists, entirely invented and the same for the same day.

It is put into a backend through the same storage and the same judging as anything else (`seed`). The parts
stand beside this file by subject: people, titles, catalogue, holdings, programmes, agreements, decisions,
inclusions, statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from artist_console.backend.demo_agreements import (
    agreements,
    attestations,
    opt_ins,
    others_answers,
    recorded_answers,
)
from artist_console.backend.demo_catalogue import catalogue
from artist_console.backend.demo_decisions import SampleStep, script
from artist_console.backend.demo_holdings import holdings
from artist_console.backend.demo_inclusions import datasets, inclusions, models
from artist_console.backend.demo_people import HOST, MANAGER_NAME, ROSTER, account_id, parties
from artist_console.backend.demo_programmes import programmes, requests, terms
from artist_console.backend.demo_statements import books
from artist_console.backend.seed import SeedAccount, seed
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId, ArtistId, StatementId
from artist_console.domain.statements import Line, Statement
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """Somebody who signs in. `artist`: whose own account it is; None for the manager."""

    id: AccountId
    name: str
    artist: ArtistId | None


@dataclass(frozen=True, slots=True)
class SampleWorld:
    """Everything of the sample, ready to be put into a backend."""

    today: date
    host: str
    manager: AccountId  # the account that the sample is seen with
    accounts: tuple[SampleAccount, ...]
    rows: tuple[tuple[Kind, Row], ...]  # all but mandates and ledger entries, which come of the steps
    steps: tuple[SampleStep, ...]  # mandates, acts and signatures in the order of time
    stale: Decision  # the manager's, not among the steps: pushed after them it meets the artist's refusal
    statements: tuple[Statement, ...]
    lines: dict[StatementId, tuple[Line, ...]]
    short: StatementId  # declares less than its own lines, on purpose
    unchecked: StatementId  # declares nothing that could be checked


def sample(today: date) -> SampleWorld:
    """The world as it stands on `today`; the same ids, titles and figures every time for the same day."""
    works = catalogue(today)
    said = script(today, works)
    assert said.stale is not None
    held = holdings(today, works)
    there = inclusions(today, works, said)
    ledgers = books(today, works, there)
    rows: list[tuple[Kind, Row]] = []
    for kind, group in (
        (Kind.PARTY, parties(today)),
        (Kind.WORK, works.works.values()),
        (Kind.RELEASE, works.releases),
        (Kind.PROGRAMME, programmes(today)),
        (Kind.TERMS, terms(today)),
        (Kind.STAKEHOLDER, held.stakeholders),
        (Kind.CONTROL, held.controls),
        (Kind.AGREEMENT, agreements(today)),
        (Kind.OPT_IN, opt_ins(today)),
        (Kind.ATTESTATION, attestations(today)),
        (Kind.RECORDED_ANSWER, recorded_answers(today)),
        (Kind.OTHERS_ANSWER, others_answers(today, works, held)),
        (Kind.REQUEST, requests(today, works)),
        (Kind.DATASET, datasets(today)),
        (Kind.MODEL, models(today)),
        (Kind.INCLUSION, there),
        (Kind.STATEMENT, ledgers.statements),
    ):
        rows += [(kind, row) for row in group]
    manager = SampleAccount(account_id("manager"), MANAGER_NAME, None)
    return SampleWorld(
        today,
        HOST,
        manager.id,
        (manager, *(SampleAccount(act.account, act.name, act.id) for act in ROSTER)),
        tuple(rows),
        tuple(said.steps),
        said.stale,
        ledgers.statements,
        ledgers.lines,
        ledgers.short,
        ledgers.unchecked,
    )


def seed_sample(database: Path, data_key: bytes, signing_key: bytes, today: date) -> SampleWorld:
    """Make a backend's database that holds the sample; signing in at the computer is the manager.

    What the manager says without having seen the artist's last answer (`stale`) is left out: appended to a
    client's journal as it is and delivered by a sync round, it becomes a conflict by the ordinary rule.
    """
    world = sample(today)
    seed(
        database,
        data_key,
        signing_key,
        rows=world.rows,
        accounts=[SeedAccount(a.id, a.name, (a.artist,) if a.artist else ()) for a in world.accounts],
        lines=[line for lines in world.lines.values() for line in lines],
        steps=world.steps,
        owner=world.manager,
        host_name=world.host,
    )
    return world
