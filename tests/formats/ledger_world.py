"""Ledgers with everything that is signed over them, for tests of checks and files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from artist_console.domain.decisions import LedgerEntry, Pin
from artist_console.domain.ids import ArtistId
from artist_console.domain.registers import Stance
from artist_console.formats.ledger_checks import GivenConflict, GivenKey
from artist_console.formats.ledger_file import LedgerPart, ledger_lines
from artist_console.formats.merkle import leaf_hash, root_of
from artist_console.formats.receipts import make_receipt
from artist_console.formats.signatures import PublicKey, SigningKey
from artist_console.formats.signed_head import make_head
from artist_console.formats.wire import entry_bytes
from tests.domain.world import MARA, world
from tests.formats.report_world import HERE, SIGNER, chained

AT = datetime(2025, 11, 18, 12, tzinfo=UTC)
KNOWN = {SIGNER.public.kid: GivenKey(SIGNER.public, "a letter")}


def a_ledger(length: int, artist: ArtistId = MARA) -> tuple[LedgerEntry, ...]:
    made = world()
    for n in range(length):
        made.say(Stance.REFUSE if n % 2 else Stance.CLEAR, day=n, artist=artist)
    return chained(made.entries[artist])


def a_head(
    entries: Sequence[LedgerEntry],
    size: int,
    key: SigningKey = SIGNER,
    epoch: str = "epoch-1",
    root: str = "",
) -> str:
    """The head of the first entries as it should be, or with another root."""
    true = root_of(leaf_hash(entry_bytes(entry)) for entry in entries[:size])
    pin = Pin(size, entries[size - 1].head if size else "")
    return make_head(MARA, pin, bytes.fromhex(root) if root else true, key, HERE, epoch, AT)


def a_part(
    entries: Sequence[LedgerEntry],
    sizes: Sequence[int],
    key: SigningKey = SIGNER,
    conflicts: Sequence[GivenConflict] = (),
    heads: Sequence[str] | None = None,
    epoch: str = "epoch-1",
) -> LedgerPart:
    return LedgerPart(
        MARA,
        "Mara",
        epoch,
        heads if heads is not None else [a_head(entries, size, key) for size in sizes],
        conflicts,
        [(entry, make_receipt(entry, key, HERE, "epoch-1")) for entry in entries],
    )


def lines_of(part: LedgerPart, *keys: PublicKey) -> list[bytes]:
    return list(ledger_lines([part], keys or (SIGNER.public,), AT))
