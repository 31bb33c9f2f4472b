"""Reports made to do harm: well-formed rows with values that no rule can reckon with, rightly signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.formats.deflated_package import pack, read_package, write_package
from artist_console.formats.report import Result, read_report, verify, write_report
from artist_console.formats.report_checks import check_figures, check_outcomes
from artist_console.formats.report_content import ROW_TYPES, ReceiptKey, decode_rows, encode_rows
from artist_console.formats.report_manifest import (
    MANIFEST,
    SIGNATURE,
    SIGNATURE_TYP,
    SignerEntry,
    manifest_bytes,
)
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_table import works_table
from artist_console.formats.signatures import base64url, sign_detached
from tests.formats.report_world import SIGNER, STRANGER, TRUSTED, all_rows, answered_world, header

CONTENT = content_for(all_rows(answered_world()), header())
KINDS = [kind for kind in ROW_TYPES if CONTENT.rows(kind)]
HOSTILE: list[Any] = [
    *("", "NaN", "sNaN", "-Infinity", "1E+999999999", "1e-400", "9" * 100, "any", "key", "family", "person"),
    *("2025-01-01T00:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-23:59", "0001-01-01"),
    *("9999-12-31", "mara", "salt-lines", "<img src=x>", "{0.__class__}", "\ud800", "\x00", "=1+1"),
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


def _signed(kind: str, data: bytes) -> bytes:
    """The report with the rows of one kind replaced or added, signed anew by its own signer."""
    whole = read_package(write_report(CONTENT, SIGNER, "Fieldnote"))
    files = {file.name: file for file in whole.files if file.name not in (MANIFEST, SIGNATURE)}
    files[f"{kind}.jsonl"] = pack(f"{kind}.jsonl", data)
    signer = SignerEntry(SIGNER.public.kid, "Fieldnote")
    manifest = manifest_bytes(CONTENT, list(files.values()), signer)
    seal = sign_detached(manifest, SIGNER, SIGNATURE_TYP).encode()
    return write_package(
        [pack(MANIFEST, manifest, plain=True), pack(SIGNATURE, seal, plain=True), *files.values()]
    )


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_value_in_any_row_makes_the_check_stumble(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    plain = [json.loads(encode_rows([row])) for row in CONTENT.rows(kind)]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(plain) - 1))
        path = data.draw(st.sampled_from(list(_places(plain[at]))))
        try:
            plain[at] = _with(plain[at], path, data.draw(st.sampled_from(HOSTILE)))
        except (TypeError, KeyError, IndexError):
            continue  # the place went with an earlier change
    spelled = b"".join(json.dumps(row).encode() + b"\n" for row in plain)
    found = verify(read_report(_signed(kind, spelled)), TRUSTED)
    assert found.result is not Result.SIGNER_NOT_KNOWN
    # What is shown of a file that is not verified goes through the same rules.
    rows, _ = decode_rows(kind, spelled)
    content = replace(CONTENT, **{kind: rows})
    assert works_table(content)
    assert check_outcomes(content).text
    assert check_figures(content).text


@pytest.mark.parametrize(
    ("kind", "path", "value", "why"),
    [
        ("lines", ("amount",), "NaN", "not a number"),
        ("lines", ("amount",), "1E+999999999", "more digits"),
        ("lines", ("amount",), "0." + "1" * 61, "more digits"),
        ("stakeholders", ("recorded", "at"), "2025-01-01T00:00:00", "no zone"),
        ("entries", ("recorded_at",), "2025-01-01T00:00:00", "no zone"),
        ("entries", ("decision", "register", "use"), {"kind": "family", "name": "odd"}, "not known"),
        ("entries", ("decision", "register", "use"), {"kind": "key", "name": ""}, "not known"),
        ("entries", ("decision", "conditions", "minimum_rate"), "Infinity", "not a number"),
    ],
)
def test_a_value_that_cannot_be_reckoned_with_is_named(
    kind: str, path: tuple[Any, ...], value: Any, why: str
) -> None:
    plain = [json.loads(encode_rows([row])) for row in CONTENT.rows(kind)]
    plain[0] = _with(plain[0], path, value)
    spelled = b"".join(json.dumps(row).encode() + b"\n" for row in plain)
    found = verify(read_report(_signed(kind, spelled)), TRUSTED)
    assert found.result is Result.CANNOT_BE_CHECKED
    assert why in found.checks[-1].text
    assert f"line 1 of {kind}.jsonl" in found.headline.text


def test_a_signed_file_that_nobody_would_see_is_told() -> None:
    found = verify(read_report(_signed("hidden", b'{"title":"unseen"}\n')), TRUSTED)
    assert found.result is Result.CANNOT_BE_CHECKED
    assert "hidden.jsonl" in found.headline.text


def test_of_the_keys_that_the_maker_knows_only_those_of_the_receipts_leave() -> None:
    keys = (
        ReceiptKey("This computer", base64url(SIGNER.public.raw)),
        ReceiptKey("A friend", base64url(STRANGER.public.raw)),
        ReceiptKey("Nothing", "AA"),
    )
    content = content_for(replace(all_rows(answered_world()), receipt_keys=keys), header())
    assert content.receipt_keys == keys[:1]
