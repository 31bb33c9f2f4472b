"""What came of bringing a statement in: the statements that are here now, whose money each is, its total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.file_hashes import sha256_of_file
from artist_console.commands.names import party_name
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.statements import Statement, StatementLevel
from artist_console.store import mirror
from artist_console.store import statements as stored


@dataclass(frozen=True, slots=True)
class StatementCame:
    """One statement of the file; a file of two currencies makes two."""

    id: StatementId
    issuer: str
    level: StatementLevel
    period_from: date
    period_until: date
    currency: str
    lines: int
    total: Decimal | None  # exact; None where its lines are not all here yet
    declared_total: Decimal | None
    rows_left_out: int  # of the file: the total is partial where there are some
    replaces: StatementId | None
    worked_out: bool  # its lines are parts of a statement above: allocated, or what is left of it
    payee_name: str = ""


def came(console: Console, path: Path, artist: ArtistId | None) -> tuple[StatementCame, ...]:
    """The statements that are here of a file, and what was worked out of them. Raises FileProblem.

    With an artist, those of the file that are theirs: a file may have been brought in for somebody else, too.
    """
    sha256 = sha256_of_file(path)
    every = stored.all(console.store)
    own = [
        each
        for each in every
        if each.sha256 == sha256 and each.allocated_from is None and artist in (None, each.payee)
    ]
    ids = {each.id for each in own}
    worked_out = [each for each in every if each.allocated_from in ids]
    facts = mirror.facts(console.store, console.clock())
    return tuple(_came(console, facts, each) for each in (*own, *worked_out))


def _came(console: Console, facts: FactBook, statement: Statement) -> StatementCame:
    return StatementCame(
        id=statement.id,
        issuer=statement.issuer,
        level=statement.level,
        period_from=statement.period_from,
        period_until=statement.period_until,
        currency=statement.currency,
        lines=statement.line_count,
        total=_total(console, statement),
        declared_total=statement.declared_total,
        rows_left_out=statement.rows_left_out,
        replaces=statement.replaces,
        worked_out=statement.allocated_from is not None,
        payee_name=party_name(facts, statement.payee),
    )


def _total(console: Console, statement: Statement) -> Decimal | None:
    """None while its file is not here."""
    return dict(stored.line_total(console.store, statement.id)).get(statement.currency)
