"""Signed heads of ledgers that were verified, the keys they were believed with, and what contradicts them.

The last head kept of a ledger is the highest that its keeper has vouched for. Where the keeper went back
behind it, that is kept as evidence, and what is kept of the ledger begins anew after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from artist_console.domain.decisions import Pin
from artist_console.domain.ids import ArtistId
from artist_console.formats.merkle import HASH_BYTES, CompactRange
from artist_console.formats.signatures import PublicKey, base64url, read_base64url
from artist_console.formats.signed_head import SignedHead, read_head

from .opening import Store


class KeyKnown(Enum):
    """How the key of a service became known to this profile."""

    FIRST_SIGHT = "first_sight"  # the first that was seen: nobody has vouched for it
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class ServiceKey:
    key: PublicKey
    name: str  # as its owner gives it
    role: str
    how: KeyKnown
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptHead:
    """A head as it was signed, and how far the tree is worked out from entries that were here."""

    number: int
    text: str
    claims: SignedHead
    tree: CompactRange
    stream: int  # of the journal, when it was kept
    at: datetime


class ConflictKind(Enum):
    FORKED = "forked"  # it signed two histories
    NOT_ITS_ENTRIES = "not_its_entries"  # it signed another ledger than it shows
    WENT_BACK = "went_back"  # it was rewound without saying so: what it had signed is gone


@dataclass(frozen=True, slots=True)
class HeadConflict:
    """Evidence against the keeper of a ledger: signed heads that cannot all be true."""

    artist: ArtistId
    kind: ConflictKind
    kept: str | None  # the highest head before, where there was one
    shown: str  # the signed head that does not fit; empty where entries are missing
    n: int  # the first place where it does not fit, as far as that is known
    at: datetime


# Keys


def keys(store: Store) -> dict[str, ServiceKey]:
    """Keys of the service by key id, in the order in which they became known."""
    rows = store.rows("SELECT kid, x, name, role, how, at FROM main.service_key ORDER BY at, kid")
    return {
        kid: ServiceKey(PublicKey(read_base64url(x)), name, role, KeyKnown(how), datetime.fromisoformat(at))
        for kid, x, name, role, how, at in rows
    }


def keep_key(store: Store, known: ServiceKey) -> None:
    """Make a key known, inside a transaction of the caller. Again: nothing changes."""
    store.run(
        "INSERT INTO main.service_key (kid, x, name, role, how, at)"
        " SELECT :kid, :x, :name, :role, :how, :at"
        " WHERE NOT EXISTS (SELECT 1 FROM main.service_key WHERE kid = :kid)",
        {
            "kid": known.key.kid,
            "x": base64url(known.key.raw),
            "name": known.name,
            "role": known.role,
            "how": known.how.value,
            "at": known.at.isoformat(),
        },
    )


# Heads

# What was kept before a keeper went back is history, not the present line.
_LINE = """
  FROM main.signed_head h WHERE h.number > coalesce((SELECT max(kept) FROM main.head_conflict c
    WHERE c.artist = h.artist AND c.kind = 'went_back'), 0)
"""


def marks(store: Store) -> tuple[int, int, int]:
    """Counts that grow with all that is kept: what caches are compared with."""
    found: tuple[int, int, int] = store.row(
        "SELECT coalesce((SELECT max(number) FROM main.signed_head), 0),"
        " coalesce((SELECT max(number) FROM main.head_conflict), 0),"
        " (SELECT count(*) FROM main.service_key)"
    )
    return found


def tops(store: Store, epoch: str) -> dict[str, Pin]:
    """Size and head of the highest signed head of every ledger in an epoch.

    Left out are those that were ahead of the entries here: they are to be looked at once more.
    """
    # SQLite takes the other columns from the row of the maximum.
    rows = store.rows(
        f"SELECT h.artist, h.size, h.head, h.range_size, max(h.number) {_LINE} AND h.epoch = :epoch"
        " GROUP BY h.artist",
        {"epoch": epoch},
    )
    return {artist: Pin(size, head) for artist, size, head, here, _ in rows if here == size}


def highest(store: Store, artist: str, epoch: str) -> KeptHead | None:
    """The highest signed head of a ledger in an epoch."""
    row = store.row(
        "SELECT h.number, h.jws, h.range_size, h.peaks, h.stream, h.at"
        f" {_LINE} AND h.artist = :artist AND h.epoch = :epoch ORDER BY h.number DESC LIMIT 1",
        {"artist": artist, "epoch": epoch},
    )
    return _kept(row) if row is not None else None


def all_kept(store: Store, artist: str) -> tuple[KeptHead, ...]:
    """Every head kept of a ledger, of every epoch, in the order in which they came."""
    rows = store.rows(
        "SELECT number, jws, range_size, peaks, stream, at FROM main.signed_head WHERE artist = :artist"
        " ORDER BY number",
        {"artist": artist},
    )
    return tuple(_kept(row) for row in rows)


def _kept(row: tuple[int, str, int, bytes, int, str]) -> KeptHead:
    number, jws, size, peaks, stream, at = row
    hashes = tuple(peaks[each : each + HASH_BYTES] for each in range(0, len(peaks), HASH_BYTES))
    return KeptHead(
        number, jws, read_head(jws).claims, CompactRange(size, hashes), stream, datetime.fromisoformat(at)
    )


def current_stream(store: Store) -> int:
    """The stream that is sent from: a new one begins where nothing that was heard is trusted any more."""
    number: int = store.value("SELECT coalesce(max(number), 0) FROM main.stream")
    return number


def keep(store: Store, text: str, claims: SignedHead, tree: CompactRange, at: datetime) -> None:
    """Keep a head that was verified, inside a transaction of the caller."""
    store.run(
        "INSERT INTO main.signed_head (artist, epoch, size, head, jws, range_size, peaks, stream, at)"
        " VALUES (:artist, :epoch, :size, :head, :jws, :range_size, :peaks, :stream, :at)",
        {
            "artist": claims.artist,
            "epoch": claims.epoch,
            "size": claims.size,
            "head": claims.head,
            "jws": text,
            "range_size": tree.size,
            "peaks": b"".join(tree.peaks),
            "stream": current_stream(store),
            "at": at.isoformat(),
        },
    )


# Evidence


def note_conflict(
    store: Store,
    artist: str,
    kind: ConflictKind,
    kept: KeptHead | None,
    shown: str,
    n: int,
    at: datetime,
) -> None:
    """Keep evidence, inside a transaction of the caller. The same again: nothing changes."""
    bound: Mapping[str, object] = {
        "artist": artist,
        "kind": kind.value,
        "kept": kept.number if kept is not None else None,
        "shown": shown,
        "n": n,
        "at": at.isoformat(),
    }
    store.run(
        "INSERT INTO main.head_conflict (artist, kind, kept, shown, n, at)"
        " SELECT :artist, :kind, :kept, :shown, :n, :at WHERE NOT EXISTS (SELECT 1 FROM main.head_conflict"
        " WHERE artist = :artist AND kind = :kind AND kept IS :kept AND shown = :shown)",
        bound,
    )


def conflicts(store: Store, artist: ArtistId | None = None) -> tuple[HeadConflict, ...]:
    """Evidence against the keepers of ledgers, oldest first."""
    rows = store.rows(
        "SELECT c.artist, c.kind, h.jws, c.shown, c.n, c.at FROM main.head_conflict c"
        " LEFT JOIN main.signed_head h ON h.number = c.kept"
        " WHERE :artist IS NULL OR c.artist = :artist ORDER BY c.number",
        {"artist": artist},
    )
    return tuple(
        HeadConflict(ArtistId(id), ConflictKind(kind), jws, shown, n, datetime.fromisoformat(at))
        for id, kind, jws, shown, n, at in rows
    )
