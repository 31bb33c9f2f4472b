"""An evidence bundle: not one byte changed, no file cut, swapped, renamed or added without being told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.cases import EventKind
from artist_console.formats.canonical import canonical_bytes, canonical_sha256
from artist_console.formats.evidence_bundle import (
    MOST_OTHER_FILES,
    BundleResult,
    BundleVerification,
    EvidenceProblem,
    TooLarge,
    TooManyFiles,
    content_hash,
    receipt_lines,
    verify_bundle,
    write_bundle,
)
from artist_console.formats.evidence_files import PlainFile
from artist_console.formats.evidence_manifest import BUNDLE, INDEX, README, SIGNATURE, SIGNATURE_TYP
from artist_console.formats.known_signers import Known
from artist_console.formats.package import MAX_PACKAGE_BYTES, Member, read_entry, read_package, write_package
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.signatures import KnownKey, sha256_hex, sign_detached, sign_named
from tests.formats.damage import damaged
from tests.formats.evidence_world import FILES, a_receipt, bundle, content, files
from tests.formats.evidence_world import INDEX as INDEX_BODY
from tests.formats.report_world import SIGNER as KEY
from tests.formats.report_world import STRANGER, TRUSTED

RECEIPT = a_receipt()
DATA = bundle(content(RECEIPT), files(RECEIPT))
SMALL = bundle(replace(content(), works=(), receipt_keys=()), FILES, b"%PDF", KEY, "M")


def verified(data: bytes, known: tuple[KnownKey, ...] = TRUSTED) -> BundleVerification:
    return verify_bundle(io.BytesIO(data), Known.of(known))


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
    held = _held()
    assert list(held) == [BUNDLE, SIGNATURE, *(file.name for file in evidence.files)]
    assert {file.name: file.opened().read() for file in files(RECEIPT)}.items() <= held.items()
    assert {file.name: file.sha256 for file in evidence.files} == {
        name: sha256_hex(body) for name, body in held.items() if name not in (BUNDLE, SIGNATURE)
    }
    assert held[INDEX] == INDEX_BODY
    assert b"artist-console evidence verify" in held[README]
    assert found.sha256 == sha256_hex(DATA)


def test_the_same_content_gives_the_same_bytes_and_any_program_opens_them() -> None:
    out = io.BytesIO()
    written = write_bundle(out, content(RECEIPT), files(RECEIPT), INDEX_BODY, KEY, "Mara")
    assert out.getvalue() == DATA
    assert (written.sha256, written.size_bytes) == (sha256_hex(DATA), len(DATA))
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        assert archive.testzip() is None
        assert archive.read("reply-01.eml") == FILES[3].opened().read()


def test_a_signer_who_is_not_known_is_told_and_never_by_the_claimed_name() -> None:
    found = verified(bundle(content(), FILES, INDEX_BODY, STRANGER, "Fieldnote"))
    assert found.result is BundleResult.SIGNER_NOT_KNOWN
    assert "Fieldnote" not in " ".join([found.headline.text, *(c.text for c in found.checks)])
    assert found.signer is not None
    assert (found.signer.key, found.signer.known) == (STRANGER.public, None)
    assert found.signer.claimed_name == "Fieldnote"


def test_a_key_that_was_replaced_still_vouches_and_one_that_was_taken_back_does_not() -> None:
    replaced = replace(TRUSTED[0], replaced=date(2025, 7, 1))
    found = verified(DATA, (replaced,))
    assert found.result is BundleResult.GENUINE
    assert found.headline.text.endswith("with a key that Fieldnote has replaced since.")
    revoked = replace(TRUSTED[0], revoked=(date(2025, 7, 1), "lost"))
    found = verified(DATA, (revoked,))
    assert found.result is BundleResult.SIGNER_NOT_KNOWN
    assert found.headline.text.endswith("with a key of Fieldnote that is no longer trusted.")
    assert found.signer is not None
    assert found.signer.known is None


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


def _held() -> dict[str, bytes]:
    source = io.BytesIO(DATA)
    return {each.name: read_entry(source, each, each.size) for each in read_package(source).entries}


def _packed(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    write_package(out, (Member.of(name, body) for name, body in held.items()))
    return out.getvalue()


def _rewritten(change: Callable[[dict[str, bytes]], None]) -> BundleVerification:
    held = _held()
    change(held)
    return verified(_packed(held))


NAMES = tuple(_held())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_cut_emptied_or_taken_out_is_noticed(name: str) -> None:
    body = _held()[name]
    for shorter in (body[:-1], b"", body[: len(body) // 2]):
        found = _rewritten(lambda held, left=shorter: held.update({name: left}))  # type: ignore[misc]
        assert found.evidence is None, name
    assert _rewritten(lambda held: held.__delitem__(name)).evidence is None


@pytest.mark.parametrize("name", NAMES)
def test_a_file_under_another_name_or_in_another_place_is_noticed(name: str) -> None:
    def renamed(held: dict[str, bytes]) -> None:
        held["other.bin"] = held.pop(name)

    def moved(held: dict[str, bytes]) -> None:
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

            def swap(held: dict[str, bytes], second: str = other) -> None:
                held[one], held[second] = held[second], held[one]

            found = _rewritten(swap)
            assert found.result is BundleResult.NOT_GENUINE, (one, other)


def test_a_file_that_is_added_is_noticed_and_named() -> None:
    found = _rewritten(lambda held: held.update({"letter-99.txt": b"x"}))
    assert found.headline.text == "Changed after signing: letter-99.txt."


def signed_anew(change: Callable[[dict[str, object]], None], extra: tuple[PlainFile, ...] = ()) -> bytes:
    """A bundle whose signer changed bundle.json and signed again: the signature holds, the rows may not."""
    held = _held()
    said = json.loads(held[BUNDLE])
    for file in extra:
        held[file.name] = file.opened().read()
    said["files"] = [
        {"name": name, "size": len(body), "sha256": sha256_hex(body), "media_type": "text/plain"}
        for name, body in held.items()
        if name not in (BUNDLE, SIGNATURE)
    ]
    change(said)
    said["content_sha256"] = canonical_sha256(said["content"])
    held[BUNDLE] = canonical_bytes(said)
    return _sealed(held)


def _sealed(held: dict[str, bytes]) -> bytes:
    held[SIGNATURE] = sign_named(held[BUNDLE], KEY, SIGNATURE_TYP, "Mara").encode()
    return _packed(held)


def test_a_letter_that_is_not_the_one_that_was_kept_is_not_genuine_whoever_signed() -> None:
    assert verified(signed_anew(lambda said: None)).result is BundleResult.GENUINE

    def other_subject(said: dict[str, object]) -> None:
        said["content"]["cases"][0]["letters"][0]["subject"] = "Something else"  # type: ignore[index]

    found = verified(signed_anew(other_subject))
    assert found.result is BundleResult.NOT_GENUINE
    assert found.headline.text == "Changed after signing: letter-01.txt."
    other = PlainFile.of("reply-01.eml", b"We never answered", "message/rfc822")
    assert verified(signed_anew(lambda said: None, (other,))).result is BundleResult.NOT_GENUINE


def test_a_signed_file_that_nothing_speaks_of_is_not_passed_over() -> None:
    found = verified(signed_anew(lambda said: None, (PlainFile.of("more.txt", b"x", "text/plain"),)))
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert "more.txt" in found.headline.text


def test_a_receipt_of_another_decision_is_not_genuine() -> None:
    other = replace(RECEIPT, decision=replace(RECEIPT.decision, made_by=RECEIPT.decision.made_by + "x"))  # type: ignore[arg-type]
    found = verified(bundle(content(other), files(other)))
    assert found.result is BundleResult.NOT_GENUINE
    stranger = a_receipt(STRANGER)
    found = verified(bundle(content(stranger), files(stranger)))
    assert found.checks[-1].state is CheckState.CANNOT


def test_a_newer_format_is_told_apart_from_a_change() -> None:
    found = verified(signed_anew(lambda said: said.update(version=3)))
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert "newer version" in found.headline.text


@pytest.mark.parametrize(
    "body", [b"{}", b"[" * 100_000, b'{"format":"x","version":2}', b'{"a":1,"a":2}', b"\xff", b"NaN"]
)
def test_a_signed_description_that_makes_no_sense_is_refused_with_a_sentence(body: bytes) -> None:
    held = _held()
    held[BUNDLE] = body
    found = verified(_sealed(held))
    assert found.result is BundleResult.CANNOT_BE_CHECKED
    assert found.evidence is None


def test_another_type_of_signature_is_not_taken() -> None:
    body = _held()[BUNDLE]
    for seal in (
        sign_named(body, KEY, "artist-console-report+jws", "Mara"),
        sign_detached(body, KEY, SIGNATURE_TYP),  # brings no key along
        sign_named(body, KEY, SIGNATURE_TYP, "Mara").replace("..", "."),
        sign_named(body, STRANGER, SIGNATURE_TYP, "Mara").split("..")[0]
        + ".."
        + sign_named(body, KEY, SIGNATURE_TYP, "Mara").split("..")[1],
    ):
        found = _rewritten(lambda held, seal=seal: held.update({SIGNATURE: seal.encode()}))  # type: ignore[misc]
        assert found.result is BundleResult.NOT_GENUINE


def test_a_bundle_holds_many_files_and_is_written_and_checked_one_at_a_time() -> None:
    said = content()
    sent = said.cases[0].events[0]
    assert sent.file is not None
    taken: list[str] = []
    many, events = [], []
    for n in range(MOST_OTHER_FILES - len(FILES)):
        name, body = f"reply-{n + 2:03}.eml", b"reply %d" % n

        def again(name: str = name, body: bytes = body) -> io.BytesIO:
            taken.append(name)
            return io.BytesIO(body)

        many.append(PlainFile.of(name, body, "message/rfc822", again))
        reply = replace(sent.file, file=name, sha256=sha256_hex(body), size=len(body))
        events.append(replace(sent, id=f"r-{n}", kind=EventKind.REPLY, file=reply))
    case = replace(said.cases[0], events=(*said.cases[0].events, *events))
    data = bundle(replace(said, cases=(case,)), [*FILES, *many])
    assert taken == [file.name for file in many]
    found = verified(data)
    assert found.result is BundleResult.GENUINE
    assert found.evidence is not None
    assert len(found.evidence.files) == MOST_OTHER_FILES + 2


def test_a_file_that_is_larger_than_any_bundle_is_not_read_through(tmp_path: Path) -> None:
    large = tmp_path / "large.acevidence"
    with large.open("wb") as file:
        file.write(DATA)
        file.truncate(MAX_PACKAGE_BYTES + 1)  # without taking room
    with large.open("rb") as source:
        found = verify_bundle(source, Known())
    assert (found.result, found.sha256) == (BundleResult.CANNOT_BE_CHECKED, "")
    assert "more than a bundle can be" in found.headline.text


def test_more_files_than_fit_are_told_with_what_to_do() -> None:
    many = [PlainFile.of(f"proof-{n:03}.eml", b"x", "message/rfc822") for n in range(MOST_OTHER_FILES + 1)]
    out = io.BytesIO()
    with pytest.raises(TooManyFiles) as told:
        write_bundle(out, content(), many, INDEX_BODY, KEY, "Mara")
    assert told.value.sentence == (
        "The bundle would hold 997 files beside its own; 996 fit into one."
        " Choose fewer cases, or leave out what went along with the letters."
    )
    large = [replace(many[n], size=MAX_PACKAGE_BYTES // 2) for n in range(2)]
    with pytest.raises(TooLarge, match="larger than 1024 MB"):
        write_bundle(out, content(), large, INDEX_BODY, KEY, "Mara")
    assert out.getvalue() == b""


def test_a_text_that_cannot_be_written_down_is_told() -> None:
    for said, name in ((replace(content(), title="\ud800"), "Mara"), (content(), "\ud800")):
        with pytest.raises(EvidenceProblem):
            bundle(said, FILES, name=name)
    assert receipt_lines(()) == b""
