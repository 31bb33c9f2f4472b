"""A report: the same bytes for the same content, and not one byte changed without being told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import Question, permission
from artist_console.domain.uses import Use
from artist_console.domain.words import USE
from artist_console.formats.deflated_package import STORED, PackedFile, pack, read_package, write_package
from artist_console.formats.proof_checks import CheckState, passed
from artist_console.formats.report import (
    ReportProblem,
    Result,
    Verification,
    read_report,
    verify,
    write_report,
)
from artist_console.formats.report_content import ReportContent, encode_rows, file_name, in_order
from artist_console.formats.report_manifest import (
    MANIFEST,
    SIGNATURE,
    SIGNATURE_TYP,
    SignerEntry,
    manifest_bytes,
)
from artist_console.formats.report_privacy import content_for
from artist_console.formats.signatures import KnownKey, SigningKey, sign_detached
from tests.domain.world import MARA, NOW, PROGRAMME, RECORDING, work_subject, world
from tests.formats.report_world import SIGNER, STRANGER, TRUSTED, all_rows, answered_world, header

CONTENT = content_for(all_rows(answered_world()), header())
DATA = write_report(CONTENT, SIGNER, "Fieldnote Records")
# Small, so that every byte of it can be tried: one song, one entry.
_ONE = replace(CONTENT, entries=CONTENT.entries[:1], receipts=(), statements=(), lines=())
SMALL = write_report(
    replace(_ONE, works=_ONE.works[:1], agreements=(), controls=(), stakeholders=(), outcomes=()), SIGNER, "F"
)


def _verified(data: bytes, known: tuple[KnownKey, ...] = TRUSTED) -> Verification:
    return verify(read_report(data), known)


def test_a_report_that_nobody_touched_is_genuine_and_holds_what_was_put_in() -> None:
    found = _verified(DATA)
    assert found.result is Result.GENUINE
    assert found.headline.text == "Unchanged since Fieldnote signed it."
    assert found.report is not None
    assert found.report.content == in_order(CONTENT)
    assert found.unverified is None
    assert found.is_consistent
    states = {check.name: check.state for check in found.checks}
    assert states.pop("figures") is CheckState.CANNOT  # the statement declares no balances
    assert set(states.values()) == {CheckState.PASSED}
    assert list(states) == [
        "package",
        "signature",
        "manifest",
        "files",
        "rows",
        "ledgers",
        "receipts",
        "outcomes",
        "table",
    ]


def test_a_signer_who_is_not_known_is_told_with_fingerprint_and_not_by_the_claimed_name() -> None:
    found = _verified(DATA, ())
    assert found.result is Result.SIGNER_NOT_KNOWN
    assert "Fieldnote" not in found.headline.text
    assert found.signer is not None
    assert (found.signer.key, found.signer.known) == (SIGNER.public, None)
    assert found.report is not None


def test_a_stranger_cannot_pass_for_somebody_known_by_taking_the_name() -> None:
    found = _verified(write_report(CONTENT, STRANGER, "Fieldnote"))
    assert found.result is Result.SIGNER_NOT_KNOWN
    assert "Fieldnote" not in " ".join([found.headline.text, *(c.text for c in found.checks)])


@given(st.randoms())
@settings(deadline=None)
def test_the_same_rows_in_any_order_give_the_same_bytes(random: object) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(rows, len(rows)))  # type: ignore[attr-defined]

    kinds = ("parties", "works", "stakeholders", "entries", "receipts", "lines", "outcomes", "controls")
    turned = replace(CONTENT, **{kind: shuffled(CONTENT.rows(kind)) for kind in kinds})  # type: ignore[arg-type]
    assert write_report(turned, SIGNER, "Fieldnote Records") == DATA


def test_no_byte_of_a_report_can_be_changed_unnoticed() -> None:
    assert _verified(SMALL).result is Result.GENUINE
    for at in range(len(SMALL)):
        changed = bytearray(SMALL)
        changed[at] ^= 1 << (at % 8)
        found = _verified(bytes(changed))
        assert found.result is Result.NOT_GENUINE, at
        assert found.report is None


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255), st.sampled_from([TRUSTED, ()]))
@settings(deadline=None)
def test_any_other_byte_anywhere_is_noticed(at: int, mask: int, known: tuple[KnownKey, ...]) -> None:
    changed = bytearray(DATA)
    changed[at] ^= mask
    found = _verified(bytes(changed), known)
    assert found.result is Result.NOT_GENUINE
    assert found.report is None
    assert found.headline.text.startswith("Changed after signing: ")


@given(st.data())
@settings(deadline=None)
def test_bytes_taken_out_or_put_in_are_noticed(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(DATA)))
    until = data.draw(st.integers(at, min(len(DATA), at + 40)))
    changed = DATA[:at] + data.draw(st.binary(max_size=20)) + DATA[until:]
    assert changed == DATA or _verified(changed).report is None


def test_a_report_that_ends_early_cannot_be_checked_and_shows_what_is_whole() -> None:
    for length in range(1, len(SMALL)):
        found = _verified(SMALL[:length])
        assert found.result is Result.CANNOT_BE_CHECKED, length
        assert found.report is None
    found = _verified(DATA[:-30])
    assert "ends early" in found.headline.text
    assert found.unverified is not None
    assert found.unverified.rows["works"] == in_order(CONTENT).works
    assert found.unverified.header == CONTENT.header


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", b"PK\x03\x04" * 9])
def test_what_is_no_report_says_so(data: bytes) -> None:
    found = _verified(data)
    assert found.result is Result.CANNOT_BE_CHECKED
    assert found.headline.text == "Cannot be checked: this file is not a report."


def test_another_zip_is_not_a_report() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Dear Mara")
    assert _verified(out.getvalue()).headline.text == "Cannot be checked: this file is not a report."


def _files() -> dict[str, PackedFile]:
    return {file.name: file for file in read_package(DATA).files}


def _rewritten(change: Callable[[dict[str, PackedFile]], None]) -> bytes:
    files = _files()
    change(files)
    return write_package(files.values())


def _replaced(name: str, content: bytes) -> bytes:
    return _rewritten(lambda files: files.update({name: pack(name, content, plain=True)}))


def _without(*names: str) -> bytes:
    return _rewritten(lambda files: [files.pop(name) for name in names] and None)


def test_a_changed_row_names_its_file() -> None:
    content = _files()["works.jsonl"].content.replace(b"Harbour", b"Harbor ")
    found = _verified(_replaced("works.jsonl", content))
    assert found.headline.text == "Changed after signing: works.jsonl."
    assert found.unverified is not None
    assert "Harbor " in found.unverified.rows["works"][0].title


def test_a_file_taken_out_or_put_in_or_packed_anew_is_noticed() -> None:
    assert _verified(_without("entries.jsonl")).headline.text == "Changed after signing: entries.jsonl."
    assert _verified(_without("signer.json")).result is Result.NOT_GENUINE
    assert _verified(_without("signer.json"), ()).result is Result.NOT_GENUINE
    assert _verified(_replaced("extra.txt", b"hello")).headline.text == "Changed after signing: extra.txt."
    anew = _rewritten(
        lambda files: files.update(
            {"works.jsonl": pack("works.jsonl", files["works.jsonl"].content, plain=True)}
        )
    )
    assert _verified(anew).headline.text == "Changed after signing: works.jsonl."
    turned = write_package(reversed(_files().values()))
    assert _verified(turned).result is Result.NOT_GENUINE


def test_a_report_without_a_signature_cannot_be_checked() -> None:
    found = _verified(_without(SIGNATURE))
    assert found.result is Result.CANNOT_BE_CHECKED
    assert found.headline.text == "Cannot be checked: it has no signature."
    assert found.unverified is not None


def _signed_anew(manifest: bytes, key: SigningKey = SIGNER, typ: str = SIGNATURE_TYP) -> bytes:
    def change(files: dict[str, PackedFile]) -> None:
        files[MANIFEST] = pack(MANIFEST, manifest, plain=True)
        files[SIGNATURE] = pack(SIGNATURE, sign_detached(manifest, key, typ).encode(), plain=True)

    return _rewritten(change)


def test_a_newer_format_asks_for_an_update_and_is_not_called_changed() -> None:
    manifest = _files()[MANIFEST].content
    newer = manifest.replace(b'"version":1', b'"version":2,"added":{"later":[true]}')
    found = _verified(_signed_anew(newer))
    assert found.result is Result.CANNOT_BE_CHECKED
    assert found.headline.text == (
        "Cannot be checked: it was made by a newer version; update Artist Console to open it."
    )
    assert _verified(_replaced(MANIFEST, newer)).result is Result.NOT_GENUINE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"format":"artist-console-report"', b'"format":"something"'),
        (b'"title":', b'"zitle":'),
        (b'"n":3', b'"n":"3"'),
        (b'{"artists"', b' {"artists"'),
        (b'{"artists"', b'{"added":1,"artists"'),
        (b'"parts":["works"', b'"parts":["invented"'),
    ],
)
def test_a_signed_list_of_files_that_makes_no_sense_cannot_be_checked(old: bytes, new: bytes) -> None:
    manifest = _files()[MANIFEST].content
    assert old in manifest
    found = _verified(_signed_anew(manifest.replace(old, new)))
    assert found.result is Result.CANNOT_BE_CHECKED
    assert found.report is None


@pytest.mark.parametrize("manifest", [b"[" * 100_000, b'{"a":' * 100_000, b"", b"\xff", b"null"])
def test_a_deep_or_empty_list_of_files_does_no_harm(manifest: bytes) -> None:
    assert _verified(_signed_anew(manifest)).result is Result.CANNOT_BE_CHECKED


def test_a_signature_for_something_else_does_not_count() -> None:
    manifest = _files()[MANIFEST].content
    assert _verified(_signed_anew(manifest, typ="other+jws")).result is Result.NOT_GENUINE
    assert _verified(_signed_anew(manifest, key=STRANGER)).result is Result.NOT_GENUINE
    known_stranger = (KnownKey(STRANGER.public, "Somebody known"),)
    assert _verified(_signed_anew(manifest, key=STRANGER), known_stranger).result is Result.NOT_GENUINE


def test_a_signed_list_that_is_packed_in_another_way_is_not_accepted() -> None:
    for name in (MANIFEST, SIGNATURE):
        data = _rewritten(lambda files, name=name: files.update({name: pack(name, files[name].content)}))
        if read_package(data).file(name).method != STORED:  # type: ignore[union-attr]
            assert _verified(data).result is Result.NOT_GENUINE
    assert pack(MANIFEST, _files()[MANIFEST].content).method != STORED


def _unchecked(content: ReportContent) -> bytes:
    """What a signer who does not play by the rules could sign: rows as given, ledger checks left out."""
    whole = write_report(replace(content, entries=(), receipts=()), SIGNER, "Fieldnote Records")
    files = {file.name: file for file in read_package(whole).files if file.name not in (MANIFEST, SIGNATURE)}
    for kind in ("entries", "receipts"):
        files[file_name(kind)] = pack(file_name(kind), encode_rows(content.rows(kind)))
    manifest = manifest_bytes(
        content, list(files.values()), SignerEntry(SIGNER.public.kid, "Fieldnote Records")
    )
    seal = sign_detached(manifest, SIGNER, SIGNATURE_TYP).encode()
    return write_package(
        [pack(MANIFEST, manifest, plain=True), pack(SIGNATURE, seal, plain=True), *files.values()]
    )


def test_a_ledger_changed_before_signing_is_told_even_under_a_good_signature() -> None:
    assert _verified(_unchecked(CONTENT)).result is Result.GENUINE
    for change in (
        CONTENT.entries[1:],
        (CONTENT.entries[0], CONTENT.entries[2]),
        (replace(CONTENT.entries[0], words="added"), *CONTENT.entries[1:]),
    ):
        found = _verified(_unchecked(replace(CONTENT, entries=change)))
        assert found.result is Result.NOT_GENUINE
        assert found.headline.text.endswith("a ledger was changed before the report was signed.")
        assert found.report is None
    with pytest.raises(ReportProblem, match="does not hold at entry 1"):
        write_report(replace(CONTENT, entries=CONTENT.entries[1:]), SIGNER, "Fieldnote")


def test_a_receipt_of_another_entry_is_told() -> None:
    first, second, *rest = CONTENT.receipts
    swapped = (replace(first, receipt=second.receipt), second, *rest)
    found = _verified(write_report(replace(CONTENT, receipts=swapped), SIGNER, "Fieldnote"))
    assert found.result is Result.NOT_GENUINE
    missing = (replace(first, n=99),)
    assert _verified(write_report(replace(CONTENT, receipts=missing), SIGNER, "F")).report is None


def test_receipts_of_a_signer_who_is_not_known_say_so_and_nothing_worse() -> None:
    theirs = write_report(CONTENT, STRANGER, "Somebody")
    found = _verified(theirs, (KnownKey(STRANGER.public, "Somebody"),))
    assert found.result is Result.GENUINE
    state = {check.name: check for check in found.checks}["receipts"]
    assert state.state is CheckState.CANNOT
    assert "not known to you" in state.text


def test_an_outcome_that_does_not_follow_from_the_rows_is_told() -> None:
    first = next(o for o in CONTENT.outcomes if o.outcome is not PermissionOutcome.ALLOWED)
    wrong = replace(first, outcome=PermissionOutcome.ALLOWED, answer=AnswerKind.ALLOWED)
    outcomes = tuple(wrong if o == first else o for o in CONTENT.outcomes)
    found = _verified(write_report(replace(CONTENT, outcomes=outcomes), SIGNER, "F"))
    check = {check.name: check for check in found.checks}["outcomes"]
    assert check.state is CheckState.FAILED
    assert f"“{USE[first.use][0]}” for “" in check.text


def test_a_statement_that_does_not_add_up_is_told() -> None:
    lines = (replace(CONTENT.lines[0], amount=CONTENT.lines[0].amount + 1), *CONTENT.lines[1:])
    found = _verified(write_report(replace(CONTENT, lines=lines), SIGNER, "F"))
    check = {check.name: check for check in found.checks}["figures"]
    assert (check.state, found.result) == (CheckState.FAILED, Result.GENUINE)
    assert not found.is_consistent
    assert "1.00 EUR less than its own lines" in check.text


def test_a_statement_whose_lines_do_not_travel_is_told_by_the_hash_of_its_file() -> None:
    first, *rest = CONTENT.statements
    named = replace(first, lines_sha256="a" * 64, lines_bytes=10)
    content = replace(
        CONTENT,
        statements=(named, *rest),
        lines=tuple(line for line in CONTENT.lines if line.statement != first.id),
    )
    found = _verified(write_report(content, SIGNER, "F"))
    check = {check.name: check for check in found.checks}["figures"]
    assert (check.state, found.result) == (CheckState.CANNOT, Result.GENUINE)
    assert check.text.startswith("The lines of 1 statement are not in the report")


def test_some_lines_of_a_statement_are_not_taken_for_those_that_do_not_travel() -> None:
    first, *rest = CONTENT.statements
    named = replace(first, lines_sha256="a" * 64, lines_bytes=10)
    own = [line for line in CONTENT.lines if line.statement == first.id]
    lines = tuple(line for line in CONTENT.lines if line is not own[0])
    found = _verified(write_report(replace(CONTENT, statements=(named, *rest), lines=lines), SIGNER, "F"))
    check = {check.name: check for check in found.checks}["figures"]
    assert check.state is CheckState.FAILED


def test_one_is_not_told_as_several_and_thousands_are_grouped() -> None:
    small = _verified(SMALL)
    told = {check.name: check.text for check in small.checks}
    assert told["ledgers"].endswith("1 entry in the ledger of Mara.")
    assert told["receipts"].startswith("The report holds no receipts")
    whole = {check.name: check.text for check in _verified(DATA).checks}
    assert f"{len(CONTENT.entries)} entries in the ledger of Mara." in whole["ledgers"]
    many = passed("rows", "All {n} rows can be read.", n=4199)
    assert many.text == "All 4,199 rows can be read."
    for text in (*told.values(), *whole.values()):
        assert not re.search(r"\b1 \w+s\b", text), text


def test_permission_is_computed_from_the_report_alone_as_from_the_world() -> None:
    report = _verified(DATA).report
    assert report is not None
    here = answered_world().book()
    for use in Use:
        question = Question(MARA, work_subject(RECORDING), PROGRAMME, use, NOW)
        theirs, ours = permission(question, report.facts()), permission(question, here)
        assert (theirs.outcome, theirs.answer.kind) == (ours.outcome, ours.answer.kind)
        assert [step.text for step in theirs.trace] == [step.text for step in ours.trace]


def test_what_this_does_not_tell_comes_with_every_result() -> None:
    for data in (DATA, b"", DATA[:-5]):
        assert any("lawyer" in sentence for sentence in _verified(data).does_not_tell)


def test_an_empty_report_is_still_a_report() -> None:
    data = write_report(ReportContent(header()), SIGNER, "Fieldnote")
    found = _verified(data)
    assert found.result is Result.GENUINE
    assert found.report is not None
    assert found.report.content == ReportContent(header())


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_title_travels(title: str) -> None:
    content = replace(CONTENT, header=replace(header(), title=title))
    report = _verified(write_report(content, SIGNER, title)).report
    assert report is not None
    assert report.header.title == title


def test_a_title_that_cannot_be_written_is_a_problem_with_advice() -> None:
    with pytest.raises(ReportProblem, match="cannot be written down"):
        write_report(ReportContent(replace(header(), title="\ud800")), SIGNER, "F")
    works = (replace(world().works[0], title="\ud800"),)
    with pytest.raises(ReportProblem, match="cannot be written down"):
        write_report(ReportContent(header(), works=works), SIGNER, "F")
