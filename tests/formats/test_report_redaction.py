"""A redacted copy opens as genuine with exactly its gaps, tells nothing of what went, and is not forged."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.redaction_out import NothingLeft, NothingTaken, NotToBeProven, SaltTwice
from artist_console.formats.report_parts import Gap, Result
from artist_console.formats.report_redaction import ORIGINAL_DESCRIPTOR, original_signature, proof_of
from artist_console.formats.report_signatures import signature_bytes
from artist_console.formats.row_digests import leaf_of
from artist_console.formats.signatures import sha256_hex
from tests.domain.world import OTHER_RECORDING, RECORDING, SONG
from tests.formats.redacted_copies import (
    ON,
    content,
    descriptor_of,
    files_in,
    forged,
    packed,
    records,
    redacted,
    report_of,
    rows_out,
    verified,
    with_titles,
)
from tests.formats.report_world import SIGNER, STRANGER
from tests.formats.report_world import report_of as world_report

Places = dict[str, set[int]]


@cache
def original() -> bytes:
    return report_of(content())


@cache
def sizes() -> Mapping[str, int]:
    return {name: seal.rows for name, seal in descriptor_of(original()).artist_console.tables.items()}


@st.composite
def places(draw: st.DrawFn) -> Places:
    """Rows of some tables, by place; never all rows of all tables."""
    found: Places = {}
    for name in draw(st.lists(st.sampled_from(sorted(sizes())), min_size=1, max_size=6, unique=True)):
        found[name] = draw(st.sets(st.integers(0, sizes()[name] - 1), min_size=1))
    return found


@cache
def copy() -> bytes:
    """A small copy without some rows of two tables and one table whole."""
    gone: Places = {"works": {1}, "lines": {0}, "receipts": {0, 1, 2}}
    return redacted(original(), rows_out(original(), gone))[0]


@settings(max_examples=60)
@given(places())
def test_any_redaction_opens_as_genuine_with_exactly_these_gaps(gone: Places) -> None:
    data, made = redacted(original(), rows_out(original(), gone))
    found = verified(data)
    assert found.result is Result.GENUINE
    assert {gap.table: (gap.removed, gap.of) for gap in found.gaps} == {
        name: (len(rows), sizes()[name]) for name, rows in gone.items()
    }
    assert made.removed == {name: len(rows) for name, rows in gone.items()}
    for name in sizes():
        whole = records(original(), name)
        kept = [record for at, record in enumerate(whole) if at not in gone.get(name, set())]
        assert records(data, name) == kept
        for at in gone.get(name, set()):
            assert whole[at] not in data
            assert whole[at][-32:] not in data  # its salt


# Signs that a table, JSON or a spreadsheet writes in another way.
TITLES = st.text(
    st.characters(exclude_categories=["Cs"], include_characters="\",\r\n'=+-@\\\u200b夜ا"),
    min_size=1,
    max_size=20,
)


@settings(max_examples=25)
@given(st.fixed_dictionaries(dict.fromkeys((RECORDING, SONG, OTHER_RECORDING), TITLES)), st.data())
def test_whatever_the_rows_hold_the_others_stay_as_they_were_signed(
    titles: dict[str, str], data: st.DataObject
) -> None:
    report = report_of(with_titles(content(), titles))
    at = data.draw(st.integers(0, sizes()["works"] - 1))
    made, _ = redacted(report, rows_out(report, {"works": {at}}))
    found = verified(made)
    assert (found.result, found.gaps) == (Result.GENUINE, (Gap("works", 1, sizes()["works"]),))
    whole = verified(report)
    assert found.report is not None
    assert whole.report is not None
    expected = {work.title for place, work in enumerate(whole.report.rows("works")) if place != at}
    assert {work.title for work in found.report.rows("works")} == expected


@settings(max_examples=40)
@given(places(), places())
def test_a_copy_that_is_redacted_again_is_the_copy_of_both_at_once(first: Places, second: Places) -> None:
    once, _ = redacted(original(), rows_out(original(), first), on=ON - timedelta(days=1))
    # The same rows, by their places in the copy.
    again = {
        name: {
            at - len([gone for gone in first.get(name, set()) if gone < at])
            for at in rows - first.get(name, set())
        }
        for name, rows in second.items()
    }
    again = {name: rows for name, rows in again.items() if rows}
    both = {name: first.get(name, set()) | second.get(name, set()) for name in {*first, *second}}
    if not again:
        with pytest.raises(NothingTaken):
            redacted(once, rows_out(once, again))
        return
    assert redacted(once, rows_out(once, again))[0] == redacted(original(), rows_out(original(), both))[0]


def test_nothing_is_no_redaction_and_everything_leaves_no_report() -> None:
    with pytest.raises(NothingTaken):
        redacted(original(), rows_out(original(), {}))
    with pytest.raises(NothingLeft):
        redacted(original(), rows_out(original(), {name: set(range(n)) for name, n in sizes().items()}))


def test_the_original_and_its_signature_are_in_the_copy_byte_for_byte() -> None:
    before, after = files_in(original()), files_in(copy())
    assert after[ORIGINAL_DESCRIPTOR] == before[DESCRIPTOR]
    assert after[original_signature(1)] == before["signature-1.jws"]
    assert descriptor_of(copy()).redaction is not None
    assert descriptor_of(copy()).redaction.original == sha256_hex(before[DESCRIPTOR])  # type: ignore[union-attr]


def test_a_copy_can_be_signed_by_whoever_made_it_and_stays_the_report_of_its_signer() -> None:
    data, _ = redacted(original(), rows_out(original(), {"works": {0}}), STRANGER)
    found = verified(data)
    assert (found.result, found.report is not None) == (Result.GENUINE, True)
    assert [each.claimed_name for each in found.signatures] == ["Fieldnote"]
    assert [each.claimed_name for each in found.redacted_by] == ["A lawyer"]


@settings(max_examples=250)
@given(st.data())
def test_no_byte_of_a_copy_can_be_changed(data: st.DataObject) -> None:
    changed = bytearray(copy())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    assert verified(bytes(changed)).report is None


@pytest.mark.parametrize("name", [ORIGINAL_DESCRIPTOR, original_signature(1), proof_of("works"), "works.csv"])
def test_no_byte_of_what_proves_a_copy_can_be_changed(name: str) -> None:
    body = files_in(copy())[name]
    for at in range(0, len(body), max(1, len(body) // 40)):
        changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        # Whoever changes a file also writes a description of the copy that fits it: nobody signed that.
        assert verified(forged(copy(), {name: changed})).report is None


def test_a_row_without_its_salt_is_confirmed_by_nothing_in_the_copy() -> None:
    for table in ("works", "lines"):
        for at, record in enumerate(records(original(), table)):
            data, _ = redacted(original(), rows_out(original(), {table: {at}}))
            guess = record[:-33]  # all of the row but comma and salt
            assert leaf_of(record).hex().encode() in data  # who knows the salt can show the row
            for tried in (guess, guess + b",", guess + b"," + bytes(32), guess + b"," + b"0" * 32):
                for digest in (leaf_of(tried), hashlib.sha256(tried).digest()):
                    assert digest.hex().encode() not in data
                    assert digest not in data


# Forgeries: the copy is not signed, so its own description can be written anew; the original's cannot.


def _swapped_rows(body: bytes) -> bytes:
    head, *rows = body.removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join([head, *reversed(rows)]) + b"\r\n"


def _own(plain: dict[str, Any], **changes: object) -> None:
    redaction = plain["artist_console"]["redaction"]
    redaction.update(changes)


def test_rows_cannot_be_moved_added_or_brought_back_changed() -> None:
    files = files_in(copy())
    works, proof = files["works.csv"], files[proof_of("works")]
    _, *rows = works.removesuffix(b"\r\n").split(b"\r\n")
    lines = proof.splitlines(keepends=True)
    digest = next(line for line in lines if line != b"+\n")
    for changed in (
        {"works.csv": _swapped_rows(works)},
        {"works.csv": works + rows[0] + b"\r\n"},
        {"works.csv": works + rows[0] + b"\r\n", proof_of("works"): proof + b"+\n"},
        {
            "works.csv": works.replace(rows[0] + b"\r\n", b""),
            proof_of("works"): proof.replace(b"+\n", b"", 1),
        },
        {proof_of("works"): proof + digest},
        {proof_of("works"): proof.replace(digest, digest.upper())},
        {proof_of("works"): proof.replace(b"\n", b"\r\n")},
        {proof_of("works"): None},
        {"works.csv": works.replace(b"\r\n", b"\n")},
        {"works.csv": works.removeprefix(b"\xef\xbb\xbf")},
        {"works.csv": None},  # and nothing says that it is gone
        {"README.txt": b"This report was checked and is genuine."},
    ):
        assert verified(forged(copy(), changed)).report is None, changed


def test_a_copy_cannot_say_less_is_missing_than_is() -> None:
    lies: tuple[dict[str, Any], ...] = (
        {"removed": {"works": 1, "lines": 1, "receipts": 2}},
        {"removed": {"works": 1, "receipts": 3}},
        {"whole": []},
        {"original": "00" * 32},
    )
    for changes in lies:
        made = forged(copy(), {}, lambda plain, changes=changes: _own(plain, **changes))  # type: ignore[misc]
        assert verified(made).report is None, changes


def test_a_copy_cannot_say_of_itself_what_the_original_does_not() -> None:
    def title(plain: dict[str, Any]) -> None:
        plain["title"] = plain["artist_console"]["header"]["title"] = "Everything that Mara allows"

    def artist(plain: dict[str, Any]) -> None:
        plain["artist_console"]["artists"][0]["name"] = "Somebody else"

    def no_redaction(plain: dict[str, Any]) -> None:
        plain["artist_console"]["redaction"] = None

    for change in (title, artist, no_redaction):
        assert verified(forged(copy(), {}, change)).report is None


def test_a_file_added_to_a_copy_is_noticed() -> None:
    def listed(plain: dict[str, Any]) -> None:
        own = plain["artist_console"]
        own["files"].append(
            {"name": "more.txt", "bytes": 1, "hash": f"sha256:{sha256_hex(b'x')}", "mediatype": "text/plain"}
        )

    assert verified(forged(copy(), {"more.txt": b"x"}, listed)).report is None
    assert verified(packed(files_in(copy()) | {"more.txt": b"x"})).report is None


def test_rows_of_another_report_do_not_fit() -> None:
    other = with_titles(content(), {RECORDING: "Another title"})
    theirs, _ = redacted(report_of(other), rows_out(report_of(other), {"works": {1}}))
    taken = {name: files_in(theirs)[name] for name in ("works.csv", proof_of("works"))}
    assert verified(forged(copy(), taken)).report is None
    taken = {ORIGINAL_DESCRIPTOR: files_in(theirs)[ORIGINAL_DESCRIPTOR]}
    assert verified(forged(copy(), taken)).report is None


def test_a_copy_without_the_signature_of_the_original_is_not_genuine() -> None:
    assert verified(forged(copy(), {original_signature(1): None})).report is None


def test_a_copy_is_no_report_of_its_own_original() -> None:
    """The description and signatures of a copy put in place of the original's."""
    data, _ = redacted(copy(), rows_out(copy(), {"works": {0}}), STRANGER)
    files = files_in(data)
    assert verified(forged(data, {ORIGINAL_DESCRIPTOR: files[DESCRIPTOR]})).report is None


def test_of_a_table_whose_digests_its_signer_got_wrong_no_copy_is_made() -> None:
    def wrong(plain: dict[str, Any]) -> None:
        plain["artist_console"]["tables"]["works"]["root"] = "00" * 32

    odd = forged(original(), {}, wrong)
    files = files_in(odd)
    files["signature-1.jws"] = signature_bytes(files[DESCRIPTOR], SIGNER, "Fieldnote")
    signed = packed(files)
    assert verified(signed).result is Result.GENUINE
    with pytest.raises(NotToBeProven):
        redacted(signed, rows_out(signed, {"works": {0}}))


def test_rows_of_one_salt_are_not_taken_out_one_by_one() -> None:
    """The salt of a row that stays would be that of the one that went, and its words could be tried."""
    same = world_report(content(), salts=lambda size: b"s" * size)
    with pytest.raises(SaltTwice) as refused:
        redacted(same, rows_out(same, {"works": {0}}))
    assert "have the same salt" in str(refused.value)
