"""Rows for tests of ledgers, receipts and reports: the world of the permission rule, with heads in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from artist_console.domain.decisions import LedgerEntry
from artist_console.formats.ledger_proof import next_head
from artist_console.formats.signatures import SigningKey

SIGNER = SigningKey(bytes(range(32)))
STRANGER = SigningKey(bytes(range(100, 132)))


def chained(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """The same entries with the heads that follow."""
    head = ""
    made = []
    for entry in entries:
        head = next_head(head, entry)
        made.append(replace(entry, head=head))
    return tuple(made)
