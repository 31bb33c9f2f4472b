"""Reports made to do harm: well-formed tables with values that no rule can reckon with, rightly signed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.encoding import encode
from artist_console.formats.known_signers import Known
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.records import BYTE_ORDER_MARK, head_and_records
from artist_console.formats.report_checks import check_content
from artist_console.formats.report_content import ROW_TYPES, ReceiptKey
from artist_console.formats.report_members import BesideFile
from artist_console.formats.report_parts import Obstacle, Result, Verification
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_signatures import SIGNATURE_TYP
from artist_console.formats.report_tables import codec_of
from artist_console.formats.row_cells import guarded, record_of
from artist_console.formats.row_digests import Roots
from artist_console.formats.signatures import base64url, sha256_hex, sign_named
from tests.formats.report_world import (
    SIGNER,
    STRANGER,
    TRUSTED,
    all_rows,
    answered_world,
    files_in,
    header,
    package_of,
    report_of,
    verified,
)

CONTENT = content_for(all_rows(answered_world()), header())
FILES = files_in(report_of(CONTENT))
KINDS = [kind for kind in ROW_TYPES if CONTENT.rows(kind)]
HOSTILE: list[Any] = [
    *("", "NaN", "sNaN", "-Infinity", "1E+999999999", "1e-400", "9" * 100, "any", "key", "family", "person"),
    *("2025-01-01T00:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-23:59", "0001-01-01"),
    *("9999-12-31", "mara", "salt-lines", "<img src=x>", "{0.__class__}", "\x00", "=1+1", '"', "\r\n", ","),
    *(0, -1, 2**53, 2**62, 10**25, None, True, [], {}, [[]], ["mara"], 1.5),
]


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside a plain value."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from _places(part, (*path, name))


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _with(value[path[0]], path[1:], new)
    return copy


def _plain(kind: str) -> list[dict[str, Any]]:
    return [json.loads(encode(row)) for row in CONTENT.rows(kind)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def _table(kind: str, rows: list[dict[str, Any]]) -> bytes:
    records = [record_of([*map(_cell, row.values()), "5a" * 16]).encode() for row in rows]
    return b"".join([BYTE_ORDER_MARK, *(part + b"\r\n" for part in (codec_of(kind).head(), *records))])


def _signed(name: str, table: bytes, also: tuple[str, str] = ("", "")) -> bytes:
    """The report with another table, or with one that is added, signed anew by its own signer."""
    described = json.loads(FILES[DESCRIPTOR])
    _, records = head_and_records(io.BytesIO(table))
    roots = Roots()
    roots.extend(records)
    resource = next((each for each in described["resources"] if each["name"] == name), None)
    if resource is None:
        resource = described["resources"][-1] | {"name": name, "path": f"{name}.csv"}
        described["resources"].append(resource)
    resource |= {"bytes": len(table), "hash": f"sha256:{sha256_hex(table)}"}
    described["artist_console"]["tables"][name] = {"rows": roots.rows, "root": roots.root}
    sealed = canonical_bytes(described).replace(also[0].encode(), also[1].encode())
    seal = sign_named(sealed, SIGNER, SIGNATURE_TYP, "Fieldnote").encode()
    readme = FILES["README.txt"]
    tables = {each["path"]: FILES.get(each["path"], b"") for each in described["resources"]}
    return package_of(
        [
            (DESCRIPTOR, sealed),
            ("signature-1.jws", seal),
            *(tables | {f"{name}.csv": table}).items(),
            ("README.txt", readme),
        ]
    )


def _looked_into(found: Verification) -> dict[str, tuple[CheckState, str]]:
    checked = check_content(found, Known.of(TRUSTED))
    return {check.name: (check.state, check.text) for check in checked.checks}


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_is_spelled_here_is_the_one_that_was_written(kind: str) -> None:
    """Else the others would show nothing."""
    data = _signed(kind, _table(kind, _plain(kind)))
    checks = _looked_into(verified(data))
    assert checks["rows"][0] is CheckState.PASSED


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_value_in_any_row_makes_the_checks_stumble(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    plain = _plain(kind)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(plain) - 1))
        path = data.draw(st.sampled_from(list(_places(plain[at]))))
        try:
            plain[at] = _with(plain[at], path, data.draw(st.sampled_from(HOSTILE)))
        except (TypeError, KeyError, IndexError):
            continue  # the place went with an earlier change
    report = _signed(kind, _table(kind, plain))
    found = verified(report)
    assert found.result is Result.GENUINE
    assert all(text for _, text in _looked_into(found).values())
    # What is shown of a file that is not verified goes through the same rules.
    changed = verified(package_of((files_in(report) | {"README.txt": b""}).items()))
    assert changed.unverified is not None
    rows, faults = changed.unverified.rows(kind, 1_000)
    assert len(rows) + len(faults) >= 1


@pytest.mark.parametrize(
    ("kind", "path", "value", "why"),
    [
        ("lines", ("amount",), "NaN", "no amount"),
        ("lines", ("amount",), "1E+999999999", "no amount"),
        ("lines", ("amount",), "0." + "1" * 61, "more digits"),
        ("stakeholders", ("recorded", "at"), "2025-01-01T00:00:00", "no zone"),
        ("entries", ("recorded_at",), "2025-01-01T00:00:00", "no zone"),
        ("entries", ("decision", "register", "use"), {"kind": "family", "name": "odd"}, "not known"),
        ("entries", ("decision", "register", "use"), {"kind": "key", "name": ""}, "not known"),
        ("entries", ("decision", "conditions", "minimum_rate"), "Infinity", "not a number"),
        ("works", ("kind",), "picture", "Invalid enum"),
    ],
)
def test_a_value_that_cannot_be_reckoned_with_is_told(
    kind: str, path: tuple[Any, ...], value: Any, why: str
) -> None:
    plain = _plain(kind)
    plain[0] = _with(plain[0], path, value)
    checks = _looked_into(verified(_signed(kind, _table(kind, plain))))
    state, words = checks["rows"]
    assert state is CheckState.CANNOT
    assert why.casefold() in words.casefold()


def test_a_table_or_a_column_that_nobody_would_see_is_told() -> None:
    for hidden in (
        _signed("hidden", _table("works", _plain("works"))),
        _signed("works", FILES["works.csv"], ('"name":"salt"', '"name":"pepper"')),
    ):
        found = verified(hidden)
        assert (found.result, found.obstacle) == (Result.CANNOT_BE_CHECKED, Obstacle.NEWER_FORMAT)
        assert "which this version does not show" in found.headline.text


@pytest.mark.parametrize("also", [('"rows":3}', '"rows":4}'), ('"root":"', '"root":"0')])
def test_rows_or_digests_that_are_not_those_of_the_table_are_told(also: tuple[str, str]) -> None:
    """Else a signer could put other rows into a redacted copy than the report ever showed."""
    honest = _looked_into(verified(_signed("works", FILES["works.csv"])))
    assert honest["digests"][0] is CheckState.PASSED
    state, words = _looked_into(verified(_signed("works", FILES["works.csv"], also)))["digests"]
    assert state is CheckState.FAILED
    assert words.endswith("does not hold the rows that the description of the report names.")


def test_a_table_whose_head_is_not_the_one_that_is_described_cannot_be_read() -> None:
    table = FILES["works.csv"].replace(b"id,kind", b"kind,id", 1)
    state, words = _looked_into(verified(_signed("works", table)))["rows"]
    assert state is CheckState.CANNOT
    assert "columns" in words


def test_of_the_keys_that_the_maker_knows_only_those_of_the_receipts_leave() -> None:
    keys = (
        ReceiptKey("This computer", base64url(SIGNER.public.raw)),
        ReceiptKey("A friend", base64url(STRANGER.public.raw)),
        ReceiptKey("Nothing", "AA"),
    )
    content = content_for(replace(all_rows(answered_world()), receipt_keys=keys), header())
    assert content.receipt_keys == keys[:1]


@pytest.mark.parametrize("name", ["original-datapackage.json", "Original-signature-1.jws", "works.proof"])
def test_a_file_that_only_a_redacted_copy_has_is_refused_in_a_report(name: str) -> None:
    """No copy could be made of such a report: two files would have the same name."""
    found = verified(report_of(CONTENT, files=(BesideFile(name, b"+\n", "text/plain"),)))
    assert found.result is Result.CANNOT_BE_CHECKED
    assert found.obstacle is Obstacle.DAMAGED
    assert found.checks[-1].text.endswith("it lists a file that only a redacted copy has.")
