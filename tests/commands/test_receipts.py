"""Receipts as files: others check them with nothing but a key, and what was changed is refused."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws as joserfc_jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.receipt_checks import ReceiptVerdict, check_file
from artist_console.commands.receipt_files import receipt_file, save_receipt
from artist_console.commands.receipts import receipt
from artist_console.commands.undo import undo
from artist_console.domain.decisions import Decision
from artist_console.domain.problems import FileProblem, InputProblem, UnknownThing
from artist_console.domain.receipt_forms import ReceiptForm
from artist_console.formats.receipt_proof import MalformedProof, check_proof, read_proof
from artist_console.formats.signatures import PublicKey, read_base64url
from tests.backend.world import HARBOUR, MANAGER, PROGRAMME, SALT, a_mandate, mandate_step, work_subject
from tests.commands.desks import Desk, a_desk, a_wish, an_allow

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated.*")


@dataclass(frozen=True)
class Handed:
    """The files of one decision that the real service recorded, and who is known where they were made."""

    decision: Decision
    jws: Path
    proof: Path
    with_later: Path
    signers: Path

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.proof.read_bytes())
        return found


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """A refusal between two other answers."""
    folder = tmp_path_factory.mktemp("handed")
    with pytest.MonkeyPatch.context() as environ, ExitStack() as open_ones:
        environ.setenv("ARTIST_CONSOLE_KEYRING", "off")
        desk = open_ones.enter_context(a_desk(folder / "profile"))
        decide(desk.console, [a_wish(subject=work_subject(HARBOUR))])
        (made,) = decide(desk.console, [a_wish(subject=work_subject(SALT))]).value
        decide(desk.console, [an_allow(HARBOUR)])
        desk.sync()
        assert receipt(desk.console, made.id).later == 1

        def saved(name: str, form: ReceiptForm, *, with_later: bool = False) -> Path:
            return save_receipt(desk.console, made.id, folder / name, form, with_later=with_later)

        signers = folder / "signers.json"
        signers.write_bytes(desk.profile.folder.signers.read_bytes())
        return Handed(
            made,
            saved("receipt.jws", ReceiptForm.JWS),
            saved("receipt.json", ReceiptForm.PROOF),
            saved("later.json", ReceiptForm.PROOF, with_later=True),
            signers,
        )


def test_a_proof_is_checked_by_somebody_who_knows_nobody(handed: Handed) -> None:
    found = check_file(handed.proof)
    assert found.verdict is ReceiptVerdict.SIGNER_UNKNOWN
    assert [check.passed for check in found.checks].count(False) == 1, "only who the signer is stays open"
    assert found.claims is not None
    assert (found.claims.n, found.is_proof) == (2, True)
    known = check_file(handed.proof, handed.signers)
    assert known.verdict is ReceiptVerdict.GENUINE
    assert all(check.passed for check in known.checks)
    assert known.introduced_by == "this profile"


def test_a_key_that_was_handed_over_counts_as_known(handed: Handed, tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    signer = handed.content["signer_key"]
    assert check_file(handed.jws).verdict is ReceiptVerdict.CANNOT_BE_CHECKED
    for given in (signer, {"keys": [signer]}):
        key.write_text(json.dumps(given), encoding="utf-8")
        assert check_file(handed.jws, key_file=key).verdict is ReceiptVerdict.GENUINE


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"kty":"RSA"}', '{"keys":[]}', '{"kty":"OKP","crv":"Ed25519","d":"x"}', " " * 65_000],
)
def test_what_is_no_key_is_told(handed: Handed, tmp_path: Path, content: str) -> None:
    key = tmp_path / "key.json"
    key.write_text(content, encoding="utf-8")
    with pytest.raises((InputProblem, FileProblem), match=r"not a public key that can be used|larger than"):
        check_file(handed.jws, key_file=key)


def test_any_jose_library_verifies_the_receipt_of_the_real_service(handed: Handed) -> None:
    text = handed.jws.read_text(encoding="ascii")
    read = joserfc_jws.deserialize_compact(text, OKPKey.import_key(handed.content["signer_key"]), ["EdDSA"])
    claims = json.loads(read.payload)
    assert (claims["decision"]["id"], claims["n"]) == (handed.decision.id, 2)
    assert read.headers()["typ"] == "artist-console-receipt+jws"


def by_the_library(text: bytes, key: OKPKey) -> bool:
    try:
        joserfc_jws.deserialize_compact(text, key, ["EdDSA"])
    except (JoseError, ValueError):
        return False
    return True


def by_us(text: bytes, key: PublicKey) -> bool:
    try:
        found = check_proof(read_proof(text), {key.kid: key})
    except MalformedProof:
        return False
    return found.receipt is not None


def test_each_flipped_bit_is_refused_by_both(handed: Handed) -> None:
    """A base64url text of 64 bytes ends in 4 bits that belong to none: a library may overlook those."""
    signer = handed.content["signer_key"]
    ours, theirs = PublicKey.from_jwk(signer), OKPKey.import_key(signer)
    text = handed.jws.read_bytes()
    assert by_us(text, ours)
    assert by_the_library(text, theirs)
    overlooked = 0
    for place in range(len(text)):
        for bit in range(8):
            changed = bytearray(text)
            changed[place] ^= 1 << bit
            assert not by_us(bytes(changed), ours), (place, bit)
            if by_the_library(bytes(changed), theirs):
                assert place == len(text) - 1, "nothing but the loose bits at the very end"
                overlooked += 1
    assert overlooked <= 4


def test_a_proof_holds_what_came_later_only_when_it_is_asked_for(handed: Handed) -> None:
    alone = handed.content
    assert (alone["chain"]["later"], alone["chain"]["later_receipt"]) == ([], None)
    assert HARBOUR not in handed.proof.read_text(), "other works are nobody's business"
    found = check_file(handed.with_later, handed.signers)
    assert found.verdict is ReceiptVerdict.GENUINE
    said = "1 later entry builds on it, up to number 3, whose head was signed, too."
    assert said in [check.words for check in found.checks]


_numbers = itertools.count()


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    content = json.loads(path.read_bytes())
    change(content)
    made = path.with_name(f"changed-{next(_numbers)}.json")
    made.write_text(json.dumps(content), encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda c: c["entry"]["decision"].update(stance="allow"), "another decision"),
        (lambda c: c["entry"].update(words="added"), "do not agree"),
        (lambda c: c["entry"].update(n=5), "do not agree"),
        (lambda c: c["chain"].update(previous_head="0" * 64), "do not lead to the head"),
        (lambda c: c["chain"].update(previous_head=""), "do not lead to the head"),
        (lambda c: c["signer_key"].update(x="11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"), "another key"),
        (lambda c: c["chain"]["later"][0].update(words="x"), "do not lead from this one"),
        (lambda c: c["chain"]["later"][0].update(n=7), "do not lead from this one"),
        (lambda c: c["chain"]["later"].pop(), "later entries end with the receipt"),
        (lambda c: c["chain"].update(later_receipt=c["receipt"]), "do not lead from this one"),
    ],
)
def test_a_changed_proof_is_refused_and_says_why(
    handed: Handed, change: Callable[[dict[str, Any]], object], why: str
) -> None:
    found = check_file(changed(handed.with_later, change), handed.signers)
    assert found.verdict in (ReceiptVerdict.CHANGED, ReceiptVerdict.CANNOT_BE_CHECKED)
    assert any(why in check.words for check in found.checks), [check.words for check in found.checks]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "byte 1 is not text in UTF-8"),
        (b"hello", "it does not have three parts"),
        (b"two\nlines", "neither one line with a receipt nor a proof file"),
        (b'{"type": 1}', "at “type”: expected `str`, got `int`"),
        (b'{"type": "x",\n "type": "y"}', "the name “type” stands twice"),
        (b'{\n  "type": }', "line 2, column 11 is not JSON"),
        (b'{"n": 1.5}', "“1.5” is no whole number"),
        (b'{"n": NaN}', "“NaN” is no whole number"),
        (b"[" * 100_000, "longer than such a signature can be"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_told_with_place_and_advice(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(content)
    found = check_file(path)
    assert found.verdict is ReceiptVerdict.CANNOT_BE_CHECKED
    (check,) = found.checks
    assert why in check.words
    assert check.words.startswith("receipt.json is not a receipt that can be read")
    assert check.words.endswith("Ask the sender for the file as it was saved.")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda c: c.update(version=2), "newer version"),
        (lambda c: c.update(type="other"), "its type is “other”"),
        (lambda c: c.update(added=1), "unknown field `added`"),
        (lambda c: c["entry"].update(added=1), "holds something that no entry of a ledger holds"),
        (lambda c: c["entry"].update(head="0" * 64), "without its head"),
        (lambda c: c["entry"].update(kind="invented"), "at “entry”"),
        (lambda c: c["chain"].update(previous_head="AB"), "a head has 64 digits"),
        (lambda c: c["signer_key"].update(d="secret"), "this is a private key"),
        (lambda c: c.update(receipt="a.b"), "at “receipt”"),
    ],
)
def test_a_proof_that_is_none_says_where(
    handed: Handed, change: Callable[[dict[str, Any]], object], why: str
) -> None:
    found = check_file(changed(handed.proof, change))
    assert found.verdict is ReceiptVerdict.CANNOT_BE_CHECKED
    assert why in found.checks[0].words, found.checks[0].words


def test_a_file_that_is_not_there_or_too_large_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        check_file(tmp_path / "nothing.jws")
    (tmp_path / "large").write_bytes(b" " * 16_000_001)
    with pytest.raises(FileProblem, match="larger than"):
        check_file(tmp_path / "large")


def test_a_decision_that_waits_has_nothing_to_save(mara: Desk) -> None:
    (made,) = decide(mara.console, [a_wish()]).value
    for form in ReceiptForm:
        with pytest.raises(UnknownThing, match="no receipt"):
            receipt_file(mara.console, made.id, form)


# The consent record


def record(desk: Desk, made: Decision) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(receipt_file(desk.console, made.id, ReceiptForm.CONSENT_RECORD))
    return found


def test_a_consent_record_tells_events_and_where_they_led(mara: Desk) -> None:
    (yes,) = decide(mara.console, [an_allow()]).value
    undo(mara.console)
    (again,) = decide(mara.console, [an_allow()]).value
    mara.sync()
    found = record(mara, again)
    assert [event["event_state"] for event in found["events"]] == ["given", "withdrawn", "given"]
    assert found["header"]["record_id"] == record(mara, yes)["header"]["record_id"], "one per register"
    assert found["header"]["pii_principal_id"] == yes.register.artist
    processing = found["processing"]
    assert processing["purposes"] == [{"purpose": "train.generative", "purpose_type": "training"}]
    assert processing["privacy_notice"]["sha256"] == yes.terms_sha256
    assert processing["lawful_basis"] == "consent"
    assert processing["storage_locations"] is None, "nobody stated it"
    assert {party["party_role"] for party in found["parties"]} >= {"pii_principal", "pii_controller"}
    assert "no conformance is claimed" in found["artist_console"]["notice"]
    assert read_base64url(found["artist_console"]["receipt"].split(".")[1])


def test_a_yes_that_fell_to_a_wider_refusal_is_withdrawn_in_its_record(mara: Desk) -> None:
    (yes,) = decide(mara.console, [an_allow()]).value
    decide(mara.console, [a_wish(programme=PROGRAMME)], KeepChoice.REFUSE_THEM)
    mara.sync()
    found = record(mara, yes)
    assert [event["event_state"] for event in found["events"]] == ["given", "withdrawn"]
    assert found["artist_console"]["state"] == "withdrawn"


def test_a_yes_that_was_kept_stays_given(mara: Desk) -> None:
    (yes,) = decide(mara.console, [an_allow()]).value
    decide(mara.console, [a_wish()], KeepChoice.KEEP_THEM)
    mara.sync()
    assert record(mara, yes)["artist_console"]["state"] == "given"


def test_a_record_names_who_acted_and_by_which_mandate(tmp_path: Path) -> None:
    with a_desk(tmp_path, mandate_step(a_mandate()), owner=MANAGER) as desk:
        (made,) = decide(desk.console, [a_wish(subject=work_subject(SALT))]).value
        desk.sync()
        found = record(desk, made)
        (event,) = found["events"]
        assert event["mandate"] == {"id": a_mandate().id, "evidence": "confirmed_by_artist"}
        acted = next(party for party in found["parties"] if party["party_id"] == event["entity_id"])
        assert acted["party_role"] == "representative"
        assert found["processing"]["lawful_basis"] is None, "a refusal needs no basis"
