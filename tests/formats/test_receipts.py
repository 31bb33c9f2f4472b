"""Receipts: what they prove, to whom, and that nothing else passes for it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import EntryKind, LedgerEntry
from artist_console.domain.ids import AccountId, DecisionId, MandateId
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.registers import Stance
from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.receipts import (
    JWS_TYP,
    MalformedReceipt,
    ReceiptSigner,
    SignerRole,
    make_receipt,
    read_receipt,
    verify_receipt,
)
from artist_console.formats.signatures import by_kid, read_jws, sign_jws
from artist_console.formats.wire import digest_of
from tests.domain.world import MARA, OLA, at, world
from tests.formats.report_world import SIGNER, STRANGER, chained

HERE = ReceiptSigner("This computer", SignerRole.THIS_COMPUTER)
KEYS = by_kid((SIGNER.public,))
MANDATE = Mandate(
    MandateId("mandate-1"),
    MARA,
    AccountId("manager"),
    (Power.DECIDE,),
    MandateEvidence.DOCUMENT,
    date(2025, 3, 3),
)


def _entries() -> tuple[LedgerEntry, ...]:
    made = world()
    made.allow()
    refusal = made.refuse()
    made.enter(MARA, EntryKind.MANDATE_GIVEN, at(9), mandate=MANDATE)
    made.enter(
        MARA, EntryKind.DECISION, at(10), decision=replace(refusal, id=DecisionId("d-4"), mandate=MANDATE.id)
    )
    made.enter(MARA, EntryKind.CO_SIGNATURE, at(11), names=DecisionId("d-4"))
    return chained(made.entries[MARA])


ENTRIES = _entries()


def test_a_receipt_proves_its_entry_to_somebody_who_knows_the_key() -> None:
    for entry in ENTRIES:
        text = make_receipt(entry, SIGNER, HERE, "epoch-1", MANDATE)
        check = verify_receipt(text, KEYS, entry)
        assert check.state is CheckState.PASSED, [c.text for c in check.checks]
        assert check.key == SIGNER.public
        assert check.receipt is not None
        assert (check.receipt.n, check.receipt.head) == (entry.n, entry.head)
        assert check.receipt.signer == HERE
        if entry.decision is not None:
            assert verify_receipt(text, KEYS, entry.decision).state is CheckState.PASSED


def test_a_receipt_says_what_was_decided_and_under_which_mandate() -> None:
    claims = [read_receipt(make_receipt(e, SIGNER, HERE, "epoch-1", MANDATE)).claims for e in ENTRIES]
    first = ENTRIES[0].decision
    assert first is not None
    assert claims[0].decision is not None
    assert claims[0].decision.digest == digest_of(first)
    assert (claims[0].decision.stance, claims[0].decision.register) == (Stance.ALLOW, first.register)
    assert claims[0].mandate is None
    for under in (claims[2].mandate, claims[3].mandate):
        assert under is not None
        assert (under.id, under.evidence) == (MANDATE.id, MandateEvidence.DOCUMENT)
    assert claims[4].names == "d-4"


def test_the_evidence_of_a_mandate_that_the_signer_does_not_know_is_left_open() -> None:
    claims = read_receipt(make_receipt(ENTRIES[3], SIGNER, HERE, "epoch-1")).claims
    assert claims.mandate is not None
    assert claims.mandate.evidence is None


def test_making_a_receipt_twice_gives_the_same_text() -> None:
    assert make_receipt(ENTRIES[0], SIGNER, HERE, "e") == make_receipt(ENTRIES[0], SIGNER, HERE, "e")


def test_an_unknown_signer_is_told_apart_from_a_changed_receipt() -> None:
    text = make_receipt(ENTRIES[0], STRANGER, HERE, "epoch-1")
    check = verify_receipt(text, KEYS, ENTRIES[0])
    assert check.state is CheckState.CANNOT
    assert check.receipt is None
    header, body, seal = make_receipt(ENTRIES[0], SIGNER, HERE, "epoch-1").split(".")
    swapped = ".".join((header, make_receipt(ENTRIES[1], SIGNER, HERE, "epoch-1").split(".")[1], seal))
    assert verify_receipt(swapped, KEYS, ENTRIES[1]).state is CheckState.FAILED
    assert body not in swapped


@given(st.integers(0, len(ENTRIES) - 1), st.integers(0, len(ENTRIES) - 1))
@settings(deadline=None)
def test_a_receipt_proves_no_other_entry(one: int, other: int) -> None:
    text = make_receipt(ENTRIES[one], SIGNER, HERE, "epoch-1")
    state = verify_receipt(text, KEYS, ENTRIES[other]).state
    assert (state is CheckState.PASSED) == (one == other)


def _changed_entries() -> list[LedgerEntry]:
    entry = ENTRIES[0]
    decision = entry.decision
    assert decision is not None
    return [
        replace(entry, head="0" * 64),
        replace(entry, n=2),
        replace(entry, artist=OLA),
        replace(entry, recorded_at=datetime(2030, 1, 1, tzinfo=UTC)),
        replace(entry, recorded_for=AccountId("somebody")),
        replace(entry, words="added later"),
        replace(entry, kind=EntryKind.PROPOSAL),
        replace(entry, decision=replace(decision, stance=Stance.REFUSE)),
        replace(entry, decision=replace(decision, keeps=(DecisionId("x"),))),
        replace(entry, decision=replace(decision, terms_sha256="ff")),
        replace(entry, decision=None),
        replace(entry, decision=replace(decision, note_sha256="\ud800")),
    ]


@pytest.mark.parametrize("entry", _changed_entries())
def test_a_receipt_does_not_prove_an_entry_that_was_changed(entry: LedgerEntry) -> None:
    text = make_receipt(ENTRIES[0], SIGNER, HERE, "epoch-1")
    check = verify_receipt(text, KEYS, entry)
    assert check.state is CheckState.FAILED
    assert check.receipt is None


def test_no_changed_sign_passes() -> None:
    text = make_receipt(ENTRIES[0], SIGNER, HERE, "epoch-1")
    for place in range(len(text)):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        assert verify_receipt(changed, KEYS, ENTRIES[0]).state is not CheckState.PASSED


def _resigned(**changes: object) -> str:
    plain = json.loads(read_jws(make_receipt(ENTRIES[0], SIGNER, HERE, "e")).payload)
    return sign_jws(canonical_bytes(plain | changes), SIGNER, JWS_TYP)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_resigned(type="something-else"), "not a receipt"),
        (_resigned(version=2), "newer version"),
        (_resigned(added="member"), "unknown field"),
        (_resigned(n="1"), "Expected `int`"),
        (_resigned(kind="invented"), "Invalid enum value"),
        (_resigned(recorded_at="2025-01-02T12:00:00+00:00"), "canonical"),
        (sign_jws(b"[" * 30_000, SIGNER, JWS_TYP), "Expected `object`"),
        (sign_jws(b'{"type": "artist-console-receipt"}', SIGNER, JWS_TYP), "missing required"),
        (make_receipt(ENTRIES[0], SIGNER, HERE, "e").replace(".", ".."), "three parts"),
        ("not a receipt", "three parts"),
        ("", "three parts"),
    ],
)
def test_what_is_not_a_receipt_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(MalformedReceipt, match=why):
        read_receipt(text)
    assert verify_receipt(text, KEYS, ENTRIES[0]).state is CheckState.FAILED


def test_another_kind_of_signed_text_does_not_pass_for_a_receipt() -> None:
    payload = read_jws(make_receipt(ENTRIES[0], SIGNER, HERE, "e")).payload
    with pytest.raises(MalformedReceipt, match="not a receipt"):
        read_receipt(sign_jws(payload, SIGNER, "other+jws"))
