"""Signed heads: what they vouch for, to whom, and that nothing else passes for one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws as joserfc_jws
from joserfc.jwk import OKPKey

from artist_console.domain.decisions import Pin
from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.merkle import EMPTY_ROOT, leaf_hash, root_of
from artist_console.formats.receipt_proof import key_members
from artist_console.formats.receipts import make_receipt, read_receipt
from artist_console.formats.signatures import SignatureFault, by_kid, read_jws, sign_jws
from artist_console.formats.signed_head import (
    JWS_TYP,
    MAX_PATH,
    MalformedHead,
    SignedHead,
    VerifiedHead,
    make_head,
    read_head,
    read_path,
    verify_head,
)
from artist_console.formats.wire import entry_bytes
from tests.domain.world import MARA, OLA, world
from tests.formats.report_world import HERE, SIGNER, STRANGER, chained

AT = datetime(2025, 11, 18, 12, tzinfo=UTC)
KEYS = by_kid((SIGNER.public,))


def _entries() -> tuple[Any, ...]:
    made = world()
    made.allow()
    made.refuse()
    return chained(made.entries[MARA])


ENTRIES = _entries()
ROOT = root_of(leaf_hash(entry_bytes(entry)) for entry in ENTRIES)
PIN = Pin(2, ENTRIES[-1].head)
TEXT = make_head(MARA, PIN, ROOT, SIGNER, HERE, "epoch-1", AT)


def signed(**changed: object) -> str:
    """A payload with other members, signed as it stands."""
    plain = {**json.loads(read_jws(TEXT).payload), **changed}
    return sign_jws(
        canonical_bytes({name: value for name, value in plain.items() if value is not ...}), SIGNER, JWS_TYP
    )


def test_a_signed_head_names_all_of_a_ledger_to_whoever_knows_the_key() -> None:
    found = verify_head(read_head(TEXT), KEYS)
    assert isinstance(found, VerifiedHead)
    assert found.key == SIGNER.public
    claims = found.claims
    assert (claims.artist, claims.pin, claims.root) == (MARA, PIN, ROOT.hex())
    assert (claims.epoch, claims.signed_at, claims.signer) == ("epoch-1", AT, HERE)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated.*")
def test_a_library_that_shares_nothing_with_ours_reads_the_same() -> None:
    key = OKPKey.import_key({**key_members(SIGNER.public)})
    payload = json.loads(joserfc_jws.deserialize_compact(TEXT, key, ["EdDSA"]).payload)
    assert (payload["type"], payload["size"]) == ("artist-console-signed-head", 2)
    assert payload["root"] == ROOT.hex()


def test_an_empty_ledger_has_a_signed_head_too() -> None:
    empty = make_head(MARA, Pin(), EMPTY_ROOT, SIGNER, HERE, "epoch-1", AT)
    assert read_head(empty).claims.pin == Pin()
    with pytest.raises(MalformedHead, match="64 digits"):
        read_head(signed(head=""))


def test_an_unknown_signer_is_told_apart_from_a_changed_head() -> None:
    foreign = read_head(make_head(MARA, PIN, ROOT, STRANGER, HERE, "epoch-1", AT))
    assert verify_head(foreign, KEYS) is SignatureFault.KEY_NOT_KNOWN
    header, _, seal = TEXT.split(".")
    other = make_head(OLA, PIN, ROOT, SIGNER, HERE, "epoch-1", AT).split(".")[1]
    assert verify_head(read_head(f"{header}.{other}.{seal}"), KEYS) is SignatureFault.DOES_NOT_MATCH


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("ABCxyz019-_."))
@settings(deadline=None, max_examples=300)
def test_no_sign_of_it_can_be_another(at: int, sign: str) -> None:
    changed = TEXT[:at] + sign + TEXT[at + 1 :]
    try:
        found = verify_head(read_head(changed), KEYS)
    except MalformedHead:
        return
    assert isinstance(found, SignatureFault) or changed == TEXT


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"type": "artist-console-receipt"}, "not the head of a ledger"),
        ({"version": 2}, "newer version"),
        ({"more": "of this"}, "unknown field"),
        ({"root": ...}, "missing required field"),
        ({"root": ROOT.hex().upper()}, "64 digits"),
        ({"root": ROOT.hex()[:-2]}, "64 digits"),
        ({"head": ""}, "64 digits"),
        ({"size": -1}, "no ledger has that size"),
        ({"size": "2"}, "Expected `int`"),
        ({"signed_at": "2025-11-18T12:00:00.000Z"}, "canonical spelling"),
    ],
)
def test_what_is_signed_but_is_no_head_is_told(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(MalformedHead, match=why):
        read_head(signed(**changed))


def test_a_receipt_is_no_head_and_a_head_no_receipt() -> None:
    receipt = make_receipt(ENTRIES[0], SIGNER, HERE, "epoch-1")
    with pytest.raises(MalformedHead):
        read_head(receipt)
    with pytest.raises(ValueError, match=r"artist|type|field"):
        read_receipt(TEXT)
    # The same bytes under the name of another kind of text.
    with pytest.raises(MalformedHead, match="not the head of a ledger"):
        read_head(sign_jws(read_jws(TEXT).payload, SIGNER, "artist-console-receipt+jws"))


def test_heads_contradict_each_other_only_where_both_cannot_be_true() -> None:
    claims = read_head(TEXT).claims
    assert not claims.contradicts(claims)
    assert not claims.contradicts(_with(claims, signed_at=AT.replace(hour=13)))
    assert claims.contradicts(_with(claims, root="ab" * 32))
    assert claims.contradicts(_with(claims, head="ab" * 32))
    for other in ({"size": 3}, {"epoch": "epoch-2"}, {"artist": OLA}):
        assert not claims.contradicts(_with(claims, root="ab" * 32, **other))


def _with(claims: SignedHead, **changed: Any) -> SignedHead:
    return msgspec.structs.replace(claims, **changed)


def test_a_path_is_hashes_and_not_too_many_of_them() -> None:
    assert read_path([ROOT.hex()] * MAX_PATH) == (ROOT,) * MAX_PATH
    for bad in ([ROOT.hex()] * (MAX_PATH + 1), [""], [ROOT.hex().upper()], [ROOT.hex() + "\n"]):
        with pytest.raises(MalformedHead):
            read_path(bad)


def test_a_root_follows_from_entries_without_their_heads() -> None:
    headless = [replace(entry, head="") for entry in ENTRIES]
    assert root_of(leaf_hash(entry_bytes(entry)) for entry in headless) == ROOT
