"""Who sends statements, by the names that they bear here."""

from __future__ import annotations

from artist_console.commands.console import Console
from artist_console.domain.directions import payer_key
from artist_console.formats.kinds import Kind
from artist_console.store import mirror, statements


def known_issuers(console: Console) -> tuple[str, ...]:
    """The issuers of statements and pay terms that are here, one spelling each, in order."""
    named = [statement.issuer for statement in statements.all(console.store)]
    named += [terms.issuer for terms in mirror.all(console.store, Kind.PAY_TERMS)]
    found: dict[str, str] = {}
    for name in named:
        if name.strip():
            found.setdefault(payer_key(name), name.strip())
    return tuple(found[key] for key in sorted(found))
