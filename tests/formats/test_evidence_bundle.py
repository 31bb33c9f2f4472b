"""An evidence bundle: not one byte changed, no file cut, swapped, renamed or added without being told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.canonical import canonical_bytes, canonical_sha256
from artist_console.formats.deflated_package import PackedFile, pack, read_package, write_package
from artist_console.formats.evidence_bundle import (
    MOST_OTHER_FILES,
    BundleResult,
    BundleVerification,
    EvidenceProblem,
    PlainFile,
    TooManyFiles,
    content_hash,
    receipt_lines,
    verify_bundle,
    write_bundle,
)
from artist_console.formats.evidence_manifest import BUNDLE, INDEX, README, SIGNATURE, SIGNATURE_TYP
from artist_console.formats.package_signer import SIGNER
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.signatures import KnownKey, sha256_hex, sign_detached
from tests.formats.damage import damaged
from tests.formats.evidence_world import FILES, a_receipt, content, files
from tests.formats.evidence_world import INDEX as INDEX_BODY
from tests.formats.report_world import SIGNER as KEY
from tests.formats.report_world import STRANGER, TRUSTED

RECEIPT = a_receipt()
DATA = write_bundle(content(RECEIPT), files(RECEIPT), INDEX_BODY, KEY, "Mara")
SMALL = write_bundle(replace(content(), works=(), receipt_keys=()), FILES, b"%PDF", KEY, "M")


def verified(data: bytes, known: tuple[KnownKey, ...] = TRUSTED) -> BundleVerification:
    return verify_bundle(data, known)


def test_a_bundle_that_nobody_touched_is_genuine_and_holds_what_was_put_in() -> None:
    found = verified(DATA)
    assert found.result is BundleResult.GENUINE
    assert found.headline.text == "Unchanged since Fieldnote signed it."
    assert {check.state for check in found.checks} == {CheckState.PASSED}
    assert [check.name for check in found.checks] == [
        "package", "signature", "bundle", "files", "content", "receipts",
    ]  # fmt: skip
    evidence = found.evidence
    assert evidence is not None
    assert evidence.content == content(RECEIPT)
    assert evidence.receipts == (RECEIPT,)
    assert evidence.content_sha256 == content_hash(content(RECEIPT))
    held = {file.name: file.content for file in evidence.files}
    assert {file.name: file.body for file in files(RECEIPT)}.items() <= held.items()
    assert held[INDEX] == INDEX_BODY
    assert b"artist-console evidence verify" in held[README]


def test_the_same_content_gives_the_same_bytes_and_any_program_opens_them() -> None:
    assert write_bundle(content(RECEIPT), files(RECEIPT), INDEX_BODY, KEY, "Mara") == DATA
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        assert archive.testzip() is None
        assert archive.read("reply-01.eml") == FILES[3].body


def test_a_signer_who_is_not_known_is_told_and_never_by_the_claimed_name() -> None:
    found = verified(write_bundle(content(), FILES, INDEX_BODY, STRANGER, "Fieldnote"))
    assert found.result is BundleResult.SIGNER_NOT_KNOWN
    assert "Fieldnote" not in " ".join([found.headline.text, *(c.text for c in found.checks)])
    assert found.signer is not None
    assert (found.signer.key, found.signer.known) == (STRANGER.public, None)


def test_no_byte_of_a_bundle_can_be_changed_unnoticed() -> None:
    assert verified(SMALL).result is BundleResult.GENUINE
    for at in range(len(SMALL)):
        changed = bytearray(SMALL)
        changed[at] ^= 1 << (at % 8)
        found = verified(bytes(changed))
        assert found.result is BundleResult.NOT_GENUINE, at
        assert found.evidence is None


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255), st.sampled_from([TRUSTED, ()]))
@settings(deadline=None)
def test_any_other_byte_anywhere_is_noticed(at: int, mask: int, known: tuple[KnownKey, ...]) -> None:
    changed = bytearray(DATA)
    changed[at] ^= mask
    found = verified(bytes(changed), known)
    assert found.result is BundleResult.NOT_GENUINE
    assert found.evidence is None


def test_a_bundle_that_ends_early_is_never_genuine() -> None:
    for length in range(len(SMALL)):
        found = verified(SMALL[:length])
        assert found.result is BundleResult.CANNOT_BE_CHECKED, length
        assert found.evidence is None


@given(damaged([DATA]))
@settings(deadline=None)
def test_no_damage_ends_in_a_crash(data: bytes) -> None:
    found = verified(data)
    assert data == DATA or found.evidence is None


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", b"PK\x03\x04" * 9])
def test_what_is_no_bundle_says_so(data: bytes) -> None:
    found = verified(data)
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert found.headline.text == "Cannot be checked: this file is not an evidence bundle."


def _held() -> dict[str, PackedFile]:
    return {file.name: file for file in read_package(DATA).files}


def _rewritten(change: Callable[[dict[str, PackedFile]], None]) -> BundleVerification:
    held = _held()
    change(held)
    return verified(write_package(held.values()))


NAMES = tuple(_held())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_cut_emptied_or_taken_out_is_noticed(name: str) -> None:
    body = _held()[name].content
    for shorter in (body[:-1], b"", body[: len(body) // 2]):
        found = _rewritten(lambda held, left=shorter: held.update({name: pack(name, left, plain=True)}))  # type: ignore[misc]
        assert found.evidence is None, name
    assert _rewritten(lambda held: held.pop(name) and None).evidence is None


@pytest.mark.parametrize("name", NAMES)
def test_a_file_under_another_name_or_in_another_place_is_noticed(name: str) -> None:
    def renamed(held: dict[str, PackedFile]) -> None:
        held["other.bin"] = replace(held.pop(name), name="other.bin")

    def moved(held: dict[str, PackedFile]) -> None:
        order = [each for each in held if each != name]
        order.insert(1 if name == NAMES[0] else 0, name)
        files_ = {each: held[each] for each in order}
        held.clear()
        held.update(files_)

    assert _rewritten(renamed).evidence is None
    assert _rewritten(moved).evidence is None


@pytest.mark.parametrize("one", NAMES[2:])
def test_two_files_that_are_swapped_are_noticed(one: str) -> None:
    for other in NAMES[2:]:
        if one != other:

            def swap(held: dict[str, PackedFile], second: str = other) -> None:
                held[one], held[second] = (
                    replace(held[second], name=one),
                    replace(held[one], name=second),
                )

            found = _rewritten(swap)
            assert found.result is BundleResult.NOT_GENUINE, (one, other)


def test_a_file_that_is_added_is_noticed_and_named() -> None:
    found = _rewritten(lambda held: held.update({"letter-99.txt": pack("letter-99.txt", b"x")}))
    assert found.headline.text == "Changed after signing: letter-99.txt."


def signed_anew(change: Callable[[dict[str, object]], None], extra: tuple[PlainFile, ...] = ()) -> bytes:
    """A bundle whose signer changed bundle.json and signed again: the signature holds, the rows may not."""
    held = _held()
    said = json.loads(held[BUNDLE].content)
    for file in extra:
        held[file.name] = pack(file.name, file.body)
    said["files"] = [
        {
            "name": file.name, "size": len(file.content), "sha256": sha256_hex(file.content),
            "packed_sha256": sha256_hex(file.packed), "media_type": "text/plain",
        }
        for file in held.values()
        if file.name not in (BUNDLE, SIGNATURE)
    ]  # fmt: skip
    change(said)
    said["content_sha256"] = canonical_sha256(said["content"])
    body = canonical_bytes(said)
    held[BUNDLE] = pack(BUNDLE, body, plain=True)
    held[SIGNATURE] = pack(SIGNATURE, sign_detached(body, KEY, SIGNATURE_TYP).encode(), plain=True)
    return write_package(held.values())


def test_a_letter_that_is_not_the_one_that_was_kept_is_not_genuine_whoever_signed() -> None:
    assert verified(signed_anew(lambda said: None)).result is BundleResult.GENUINE

    def other_subject(said: dict[str, object]) -> None:
        said["content"]["cases"][0]["letters"][0]["subject"] = "Something else"  # type: ignore[index]

    found = verified(signed_anew(other_subject))
    assert found.result is BundleResult.NOT_GENUINE
    assert found.headline.text == "Changed after signing: letter-01.txt."
    other = PlainFile("reply-01.eml", b"We never answered", "message/rfc822")
    assert verified(signed_anew(lambda said: None, (other,))).result is BundleResult.NOT_GENUINE


def test_a_signed_file_that_nothing_speaks_of_is_not_passed_over() -> None:
    found = verified(signed_anew(lambda said: None, (PlainFile("more.txt", b"x", "text/plain"),)))
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert "more.txt" in found.headline.text


def test_a_receipt_of_another_decision_is_not_genuine() -> None:
    other = replace(RECEIPT, decision=replace(RECEIPT.decision, made_by=RECEIPT.decision.made_by + "x"))  # type: ignore[arg-type]
    found = verified(write_bundle(content(other), files(other), INDEX_BODY, KEY, "Mara"))
    assert found.result is BundleResult.NOT_GENUINE
    stranger = a_receipt(STRANGER)
    found = verified(write_bundle(content(stranger), files(stranger), INDEX_BODY, KEY, "Mara"))
    assert found.checks[-1].state is CheckState.CANNOT


def test_a_newer_format_is_told_apart_from_a_change() -> None:
    found = verified(signed_anew(lambda said: said.update(version=2)))
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert "newer version" in found.headline.text


@pytest.mark.parametrize(
    "body", [b"{}", b"[" * 100_000, b'{"format":"x","version":1}', b'{"a":1,"a":2}', b"\xff", b"NaN"]
)
def test_a_signed_description_that_makes_no_sense_is_refused_with_a_sentence(body: bytes) -> None:
    held = _held()
    held[BUNDLE] = pack(BUNDLE, body, plain=True)
    held[SIGNATURE] = pack(SIGNATURE, sign_detached(body, KEY, SIGNATURE_TYP).encode(), plain=True)
    found = verified(write_package(held.values()))
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert found.evidence is None


def test_another_type_of_signature_is_not_taken() -> None:
    held = _held()
    seal = sign_detached(held[BUNDLE].content, KEY, "artist-console-report+jws").encode()
    held[SIGNATURE] = pack(SIGNATURE, seal, plain=True)
    assert verified(write_package(held.values())).result is BundleResult.NOT_GENUINE
    held = _held()
    held[SIGNER] = pack(SIGNER, b"{}", plain=True)
    assert verified(write_package(held.values())).result is BundleResult.NOT_GENUINE


def test_more_files_than_fit_are_told_with_what_to_do() -> None:
    many = tuple(PlainFile(f"proof-{n:02}.eml", b"x", "message/rfc822") for n in range(MOST_OTHER_FILES + 1))
    with pytest.raises(TooManyFiles) as told:
        write_bundle(content(), many, INDEX_BODY, KEY, "Mara")
    assert told.value.sentence == (
        "The bundle would hold 60 files beside its own; 59 fit into one."
        " Choose fewer cases, or leave out what went along with the letters."
    )


def test_a_text_that_cannot_be_written_down_is_told() -> None:
    with pytest.raises(EvidenceProblem):
        write_bundle(replace(content(), title="\ud800"), FILES, INDEX_BODY, KEY, "Mara")
    assert receipt_lines(()) == b""
