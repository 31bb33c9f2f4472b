"""Makes a database that holds the sample world, through the same rules as everything else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from artist_console.domain.ids import DecisionId
from artist_console.formats.wire import ItemOutcome, Kind

from .demo import SampleWorld, sample
from .seed import SeedAccount, seed


def make_sample(
    database: Path, data_key: bytes, signing_key: bytes, today: date
) -> tuple[SampleWorld, dict[DecisionId, ItemOutcome]]:
    """Fill a new database at `database`; an embedded backend over it signs in the manager of the sample.

    Gives the world and what became of each decision. Both keys are 32 raw bytes.
    """
    world = sample(today)
    outcomes = seed(
        database,
        data_key,
        signing_key,
        rows=[*world.rows, *((Kind.STATEMENT, statement) for statement in world.statements)],
        accounts=[
            SeedAccount(account.id, account.name, (account.artist,) if account.artist else ())
            for account in world.accounts
        ],
        lines=[line for lines in world.lines.values() for line in lines],
        steps=world.steps,
        owner=world.manager,
        host_name=world.host,
    )
    return world, outcomes
