"""The receipts that are here, and the parts of a ledger that a proof of one of them is made of."""

from __future__ import annotations

from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.ids import ArtistId, DecisionId
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from . import heard, journal, mirror
from .opening import Store


def proved(store: Store) -> frozenset[DecisionId]:
    """The decisions that a receipt is here for, whoever made them; kept until something changes."""
    versions = heard.versions(store)
    mark = (
        journal.marks(store),
        store.value("SELECT max(number) FROM main.receipt"),
        versions.get(Kind.RECEIPT.value),
        versions.get(Kind.ENTRY.value),
    )
    kept = store.cached("proved", mark)
    if isinstance(kept, frozenset):
        return kept
    rows = store.rows(
        "SELECT d.id FROM main.receipt r JOIN main.decision d USING (place)"
        " UNION SELECT l.decision FROM mirror.ledger l JOIN mirror.row r"
        " ON r.kind = :kind AND r.id = l.artist || '/' || l.n WHERE l.decision IS NOT NULL",
        {"kind": Kind.RECEIPT.value},
    )
    return store.keep("proved", mark, frozenset(DecisionId(id) for (id,) in rows))


def latest(store: Store, decision: DecisionId) -> journal.StoredReceipt | None:
    """What answered a decision made here, else what came with the ledger for one made elsewhere."""
    own = journal.receipts(store, decision)
    if own:
        return own[-1]
    given, recorded = mirror.receipt_of(store, decision), mirror.entry_of(store, decision)
    if given is None or recorded is None:
        return None
    return journal.StoredReceipt(given.receipt, recorded.n, recorded.head, recorded.recorded_at)


def head_before(store: Store, artist: ArtistId, n: int) -> str | None:
    """The head before an entry of a ledger; empty before the first, None where it is not here."""
    if n == 1:
        return ""
    return head_at(store, artist, n - 1)


def head_at(store: Store, artist: ArtistId, n: int) -> str | None:
    """The head of a ledger after an entry; None where the entry is not here."""
    found = _entries(store, artist, n, n)
    return found[0].head if found else None


def entries_after(store: Store, artist: ArtistId, n: int, limit: int) -> tuple[LedgerEntry, ...]:
    """The entries of a ledger after one of them, as far as they follow each other without a gap."""
    found = _entries(store, artist, n + 1, n + limit)
    return tuple(entry for place, entry in enumerate(found, n + 1) if entry.n == place)


def count_after(store: Store, artist: ArtistId, n: int) -> int:
    """How many entries of a ledger that are here come after one of them."""
    found: int = store.value(
        "SELECT count(*) FROM mirror.ledger WHERE artist = :artist AND n > :n", {"artist": artist, "n": n}
    )
    return found


def _entries(store: Store, artist: ArtistId, first: int, last: int) -> tuple[LedgerEntry, ...]:
    return tuple(
        decode_row(Kind.ENTRY, body)
        for (body,) in store.rows(
            "SELECT r.body FROM mirror.ledger l JOIN mirror.row r ON r.key = l.key"
            " WHERE l.artist = :artist AND l.n BETWEEN :first AND :last ORDER BY l.n",
            {"artist": artist, "first": first, "last": last},
        )
    )


def receipt_at(store: Store, artist: ArtistId, n: int) -> str | None:
    """The receipt that came with an entry of a ledger, as a compact JWS."""
    body = store.value(
        "SELECT body FROM mirror.row WHERE kind = :kind AND id = :id",
        {"kind": Kind.RECEIPT.value, "id": f"{artist}/{n}"},
    )
    jws: str | None = decode_row(Kind.RECEIPT, body).receipt if body is not None else None
    return jws


def all_of(store: Store, artist: ArtistId) -> dict[int, str]:
    """The receipts that came with the entries of a ledger, by place, as compact JWS."""
    rows = store.rows(
        "SELECT l.n, r.body FROM mirror.ledger l"
        " JOIN mirror.row r ON r.kind = :kind AND r.id = l.artist || '/' || l.n WHERE l.artist = :artist",
        {"kind": Kind.RECEIPT.value, "artist": artist},
    )
    return {n: decode_row(Kind.RECEIPT, body).receipt for n, body in rows}
