"""Signed heads in the journal: kept as they were, highest last, begun anew where their keeper went back."""

from __future__ import annotations

from datetime import UTC, datetime

import apsw
import pytest

from artist_console.domain.decisions import Pin
from artist_console.domain.ids import ArtistId
from artist_console.formats.merkle import CompactRange, leaf_hash
from artist_console.formats.receipts import ReceiptSigner, SignerRole
from artist_console.formats.signatures import SigningKey
from artist_console.formats.signed_head import make_head, read_head
from artist_console.store import heads, journal
from artist_console.store.heads import ConflictKind, KeptHead, KeyKnown, ServiceKey
from artist_console.store.opening import Part, Store

from .records import decide

KEY = SigningKey(bytes(range(32)))
SIGNER = ReceiptSigner("Harmonia", SignerRole.HOSTED_SERVICE)
AT = datetime(2025, 11, 18, 12, tzinfo=UTC)
MARA, OLA = ArtistId("mara"), ArtistId("ola")


def tree(size: int) -> CompactRange:
    return CompactRange().extend(leaf_hash(bytes([n])) for n in range(size))


def keep(
    store: Store, size: int, artist: ArtistId = MARA, epoch: str = "one", here: int | None = None
) -> str:
    """Keep a head of this size; of its entries so many are here."""
    text = make_head(artist, Pin(size, f"{size:064x}"), tree(size).root(), KEY, SIGNER, epoch, AT)
    with store.transaction(Part.JOURNAL):
        heads.keep(store, text, read_head(text).claims, tree(size if here is None else here), AT)
    return text


def kept(store: Store, artist: ArtistId = MARA, epoch: str = "one") -> KeptHead:
    found = heads.highest(store, artist, epoch)
    assert found is not None
    return found


def test_the_last_head_is_the_highest_with_its_tree(store: Store) -> None:
    assert heads.highest(store, MARA, "one") is None
    keep(store, 5)
    keep(store, 2, OLA)
    text = keep(store, 11)
    found = kept(store)
    assert (found.text, found.claims.size, found.tree) == (text, 11, tree(11))
    assert heads.tops(store, "one") == {MARA: Pin(11, f"{11:064x}"), OLA: Pin(2, f"{2:064x}")}
    assert heads.tops(store, "two") == {}
    keep(store, 12, here=11)
    assert heads.tops(store, "one") == {OLA: Pin(2, f"{2:064x}")}, "the entries are not here yet"
    assert [each.claims.size for each in heads.all_kept(store, MARA)] == [5, 11, 12]


def test_what_is_kept_begins_anew_where_its_keeper_went_back(store: Store) -> None:
    keep(store, 5)
    keep(store, 2, OLA)
    with store.transaction(Part.JOURNAL):
        heads.note_conflict(store, MARA, ConflictKind.WENT_BACK, kept(store), "", 4, AT)
    assert heads.highest(store, MARA, "one") is None
    assert kept(store, OLA).claims.size == 2
    keep(store, 3)
    assert kept(store).claims.size == 3
    assert len(heads.all_kept(store, MARA)) == 2


def test_evidence_is_kept_once_with_both_heads(store: Store) -> None:
    text = keep(store, 5)
    with store.transaction(Part.JOURNAL):
        for shown in ("x", "x", "y"):
            heads.note_conflict(store, MARA, ConflictKind.FORKED, kept(store), shown, 5, AT)
            heads.note_conflict(store, OLA, ConflictKind.NOT_ITS_ENTRIES, None, shown, 1, AT)
    found = heads.conflicts(store, MARA)
    assert [(each.kept, each.shown) for each in found] == [(text, "x"), (text, "y")]
    assert [each.kept for each in heads.conflicts(store, OLA)] == [None, None]
    assert len(heads.conflicts(store)) == 4
    assert kept(store).text == text, "a lie does not take the place of what was kept"


def test_a_key_stays_as_it_became_known(store: Store) -> None:
    first = ServiceKey(KEY.public, "Harmonia", "operator", KeyKnown.FIRST_SIGHT, AT)
    with store.transaction(Part.JOURNAL):
        heads.keep_key(store, first)
        heads.keep_key(store, ServiceKey(KEY.public, "Other", "operator", KeyKnown.PERSON, AT))
    assert heads.keys(store) == {KEY.public.kid: first}


def test_marks_grow_with_everything_that_is_kept(store: Store) -> None:
    seen = [heads.marks(store)]
    keep(store, 1)
    seen.append(heads.marks(store))
    with store.transaction(Part.JOURNAL):
        heads.note_conflict(store, MARA, ConflictKind.FORKED, None, "x", 1, AT)
    seen.append(heads.marks(store))
    with store.transaction(Part.JOURNAL):
        heads.keep_key(store, ServiceKey(KEY.public, "H", "operator", KeyKnown.PERSON, AT))
    seen.append(heads.marks(store))
    assert len(set(seen)) == 4
    assert heads.current_stream(store) == 0
    journal.append(store, [decide()])
    assert heads.current_stream(store) == 1


@pytest.mark.parametrize("table", ["service_key", "signed_head", "head_conflict"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE main.{} SET at = 'x'",
        "DELETE FROM main.{}",
        "INSERT OR REPLACE INTO main.{} SELECT * FROM main.{} LIMIT 1",
    ],
)
def test_nothing_of_it_is_changed_or_removed(store: Store, table: str, statement: str) -> None:
    keep(store, 1)
    with store.transaction(Part.JOURNAL):
        heads.note_conflict(store, MARA, ConflictKind.FORKED, kept(store), "x", 1, AT)
        heads.keep_key(store, ServiceKey(KEY.public, "H", "operator", KeyKnown.PERSON, AT))
    before = store.rows(f"SELECT * FROM main.{table}")
    assert before
    with pytest.raises(apsw.ConstraintError):
        store.connection.execute(statement.format(table, table))
    assert store.rows(f"SELECT * FROM main.{table}") == before
