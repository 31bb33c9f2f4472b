"""What the backend said, read as values of the domain; and the book of facts, own decisions laid over it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, cast

from artist_console.domain.contract_rows import Doubt
from artist_console.domain.decisions import Decision, EntryReceipt, LedgerEntry, Pin
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import ArtistId, DecisionId, PartyId
from artist_console.domain.mandates import Power
from artist_console.formats import encoding
from artist_console.formats.accounts import RosterArtist
from artist_console.formats.fact_kinds import FACT_KINDS
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row, decode_row

from . import journal, own_side, private, profile
from .heard import rows_of, versions
from .opening import Store
from .private import PrivateKind


def get(store: Store, kind: Kind, id: str) -> Row | None:
    """One row, None where it is not here."""
    body = store.value(
        "SELECT body FROM mirror.row WHERE kind = :kind AND id = :id", {"kind": kind.value, "id": id}
    )
    return decode_row(kind, body) if body is not None else None


def all(store: Store, kind: Kind) -> tuple[Row, ...]:
    """All rows of a kind, in the order of their ids; kept until one of them changes."""
    return rows_of(store, kind, partial(decode_row, kind))


def ledger(store: Store, artist: ArtistId) -> tuple[LedgerEntry, ...]:
    """An artist's ledger as far as it is here, in order."""
    return tuple(
        decode_row(Kind.ENTRY, body)
        for (body,) in store.rows(
            "SELECT r.body FROM mirror.ledger l JOIN mirror.row r ON r.key = l.key"
            " WHERE l.artist = :artist ORDER BY l.n",
            {"artist": artist},
        )
    )


def tips(store: Store) -> dict[str, Pin]:
    """The last position and head of every ledger that is here."""
    rows = store.rows(
        "SELECT l.artist, l.n, r.body FROM mirror.ledger l JOIN mirror.row r ON r.key = l.key"
        " WHERE l.n = (SELECT max(n) FROM mirror.ledger m WHERE m.artist = l.artist)"
    )
    return {artist: Pin(n, decode_row(Kind.ENTRY, body).head) for artist, n, body in rows}


def tip(store: Store, artist: ArtistId) -> Pin:
    """The last position and head of an artist's ledger as far as it is here: what is shown rests on it."""
    found = store.row(
        "SELECT l.n, r.body FROM mirror.ledger l JOIN mirror.row r ON r.key = l.key"
        " WHERE l.artist = :artist ORDER BY l.n DESC LIMIT 1",
        {"artist": artist},
    )
    return Pin(found[0], decode_row(Kind.ENTRY, found[1]).head) if found is not None else Pin()


def holds(store: Store, kind: Kind, id: str, body: bytes) -> bool:
    """Whether a row is here exactly as given."""
    return (
        store.row(
            "SELECT 1 FROM mirror.row WHERE kind = :kind AND id = :id AND body = :body",
            {"kind": kind.value, "id": id, "body": body},
        )
        is not None
    )


def entry_of(store: Store, decision: DecisionId) -> LedgerEntry | None:
    """The entry that recorded a decision, whoever made it; None where it is not here."""
    body = store.value(
        "SELECT r.body FROM mirror.ledger l JOIN mirror.row r ON r.key = l.key"
        " WHERE l.decision = :decision ORDER BY l.artist, l.n LIMIT 1",
        {"decision": decision},
    )
    return decode_row(Kind.ENTRY, body) if body is not None else None


def receipt_of(store: Store, decision: DecisionId) -> EntryReceipt | None:
    """The receipt that the service gave for a recorded decision, whoever made it."""
    body = store.value(
        "SELECT r.body FROM mirror.ledger l"
        " JOIN mirror.row r ON r.kind = :kind AND r.id = l.artist || '/' || l.n"
        " WHERE l.decision = :decision ORDER BY l.artist, l.n LIMIT 1",
        {"kind": Kind.RECEIPT.value, "decision": decision},
    )
    return decode_row(Kind.RECEIPT, body) if body is not None else None


class OwnDecisions(NamedTuple):
    """Decisions of the journal that the mirror does not hold, or that wait, each in the order made."""

    laid_over: tuple[Decision, ...]  # what counts beside the mirror
    undelivered: tuple[Decision, ...]  # what no backend has answered


def own_decisions(store: Store) -> OwnDecisions:
    """Laid over the mirror: those that nobody has answered, and accepted ones whose entry is not here yet.

    A decision whose entry is here already (the reply was lost) is left out: it would count twice. Kept until
    something changes.
    """
    return _own(store, versions(store))


def _own(store: Store, heard: dict[str, int]) -> OwnDecisions:
    open_here = _open_artists(store)
    mark = (journal.marks(store), heard.get(Kind.ENTRY.value), open_here)
    kept = store.cached("own", mark)
    if isinstance(kept, OwnDecisions):
        return kept
    pending = journal.pending(store)
    found = OwnDecisions(_laid_over(store, pending, open_here), tuple(entry.decision for entry in pending))
    return store.keep("own", mark, found)


def _laid_over(
    store: Store, pending: Sequence[journal.Entry], open_here: Sequence[PartyId]
) -> tuple[Decision, ...]:
    ids = encoding.encode([entry.decision.id for entry in pending]).decode()
    here = {
        id
        for (id,) in store.rows(
            "SELECT decision FROM mirror.ledger WHERE decision IN (SELECT value FROM json_each(:ids))",
            {"ids": ids},
        )
    }
    waiting = [entry for entry in pending if entry.decision.id not in here]
    on_its_way = store.rows(
        "SELECT d.place, d.body FROM main.outcome o JOIN main.decision d USING (place)"
        " WHERE o.number = (SELECT max(number) FROM main.outcome WHERE place = d.place)"
        " AND o.stream = (SELECT max(stream) FROM main.sending WHERE place = d.place)"
        " AND o.outcome IN ('accepted', 'accepted_over', 'duplicate') AND o.n > coalesce("
        "   (SELECT max(n) FROM mirror.ledger l WHERE l.artist = d.artist), 0)"
        # Of an artist out of reach no entry comes that could take the place of what was accepted.
        " AND d.artist IN (SELECT value FROM json_each(:open))",
        {"open": encoding.encode(list(open_here)).decode()},
    )
    from_rows = [(place, journal.decision_of(body)) for place, body in on_its_way]
    found = [(entry.place, entry.decision) for entry in waiting] + from_rows
    return tuple(decision for _, decision in sorted(found, key=lambda pair: pair[0]))


def facts(store: Store, now: datetime, overlay: bool = True) -> FactBook:
    """The facts that the permission rule reads, own undelivered decisions laid over them as of `now`.

    Kept until something changes; what is laid over is made anew for each `now`.
    """
    heard = versions(store)
    book = _heard(store, heard)
    if not overlay:
        return book
    over = _own(store, heard).laid_over
    return book.with_decisions(over, now) if over else book


def told(store: Store) -> FactBook:
    """The book of what the backend said, with nothing of one's own laid over it."""
    return _told(store, versions(store))


def own_doubts(store: Store) -> tuple[Doubt, ...]:
    """Where what the artist's side signed or said does not fit together."""
    return _with_own_side(store, versions(store))[1]


def _heard(store: Store, heard: dict[str, int]) -> FactBook:
    """The book without own undelivered decisions."""
    return _with_own_side(store, heard)[0]


def _with_own_side(store: Store, heard: dict[str, int]) -> tuple[FactBook, tuple[Doubt, ...]]:
    """What the backend said with what is kept here alone: contracts, what is owned, recorded answers."""
    mark: Hashable = (private.version(store), _told_mark(store, heard))
    kept = store.cached("facts", mark)
    if kept is not None:
        return cast("tuple[FactBook, tuple[Doubt, ...]]", kept)
    book, doubts = own_side.laid_over(store, _told(store, heard))
    answers = private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer)
    return store.keep("facts", mark, (book.with_recorded_answers(answers), doubts))


def _told_mark(store: Store, heard: dict[str, int]) -> Hashable:
    numbers = (heard.get(kind.value, 0) for kind in (*FACT_KINDS.values(), Kind.ENTRY))
    return (repr(profile.account(store)), *numbers)


def _is_open(artist: RosterArtist) -> bool:
    """Whether the ledger of an artist comes here: a mandate may be about money or letters alone."""
    return artist.mandate is None or Power.SEE_WORKS in artist.mandate.powers


def _open_artists(store: Store) -> tuple[PartyId, ...]:
    account = profile.account(store)
    return tuple(PartyId(each.artist) for each in account.artists if _is_open(each)) if account else ()


def _told(store: Store, heard: dict[str, int]) -> FactBook:
    mark = _told_mark(store, heard)
    kept = store.cached("told", mark)
    if kept is not None:
        return cast(FactBook, kept)
    rows: dict[str, Any] = {name: all(store, kind) for name, kind in FACT_KINDS.items()}
    # An artist in reach has a ledger, be it empty; one out of reach has none (facts.FactBook.said).
    ledgers: dict[ArtistId, list[LedgerEntry]] = {artist: [] for artist in _open_artists(store)}
    for entry in all(store, Kind.ENTRY):
        ledgers.setdefault(entry.artist, []).append(entry)
    return store.keep("told", mark, FactBook.of(**rows, ledgers=ledgers))
