"""Reports and redacted copies for tests: made in memory, read back, and forged."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import msgspec

from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.data_package import DESCRIPTOR, Descriptor, hash_of
from artist_console.formats.known_signers import Known
from artist_console.formats.package import Member, open_entry, read_entry, read_package, write_package
from artist_console.formats.records import head_and_records
from artist_console.formats.redaction_out import RedactedCopy, write_redacted
from artist_console.formats.redaction_reach import Cause, Reach, Redaction, TableReach, reach_of
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_content import ReportContent
from artist_console.formats.report_out import write_report
from artist_console.formats.report_parts import UnverifiedReport, Verification
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_signatures import signature_bytes, signature_name
from artist_console.formats.signatures import SigningKey, sha256_hex
from tests.formats.report_world import SIGNER, TRUSTED, all_rows, answered_world

ON = datetime(2025, 12, 1, 9, tzinfo=UTC)
KNOWN = Known.of(TRUSTED)


def content() -> ReportContent:
    """The report of the world of answers, with everything that it may tell."""
    everything = all_rows(answered_world())
    return content_for(everything, everything.header)


def numbered_salts() -> Callable[[int], bytes]:
    """Salts that differ and are the same in every run."""
    numbers = count(1)
    return lambda size: bytes.fromhex(sha256_hex(str(next(numbers)).encode()))[:size]


def report_of(content: ReportContent) -> bytes:
    out = io.BytesIO()
    write_report(out, content, SIGNER, "Fieldnote", salts=numbered_salts())
    return out.getvalue()


def read(data: bytes) -> UnverifiedReport:
    return read_report(io.BytesIO(data))


def verified(data: bytes) -> Verification:
    return verify(read(data), KNOWN)


def descriptor_of(data: bytes) -> Descriptor:
    found = verified(data).report
    assert found is not None
    return found.descriptor


def reached(data: bytes, wish: Redaction) -> Reach:
    report = read(data)
    return reach_of(report.source, report.package, descriptor_of(data), wish)


def redacted(
    data: bytes, reach: Reach, key: SigningKey | None = None, on: datetime = ON
) -> tuple[bytes, RedactedCopy]:
    report = read(data)
    out = io.BytesIO()
    made = write_redacted(
        report.source, report.package, descriptor_of(data), reach, out, on, key, "A lawyer" if key else ""
    )
    return out.getvalue(), made


def without(data: bytes, wish: Redaction) -> bytes:
    return redacted(data, reached(data, wish))[0]


def rows_out(data: bytes, gone: Mapping[str, set[int]]) -> Reach:
    """A reach of these rows, by table and place."""
    tables = {}
    for name, seal in descriptor_of(data).artist_console.tables.items():
        causes = bytes(Cause.CHOSEN if at in gone.get(name, set()) else 0 for at in range(seal.rows))
        if any(causes):
            tables[name] = TableReach(seal.rows, None, causes)
    return Reach(tables, frozenset(), ())


def records(data: bytes, table: str) -> list[bytes]:
    """The raw records of a table; none where there is no such table."""
    source = io.BytesIO(data)
    entry = read_package(source).entry(f"{table}.csv")
    return list(head_and_records(open_entry(source, entry))[1]) if entry is not None else []


def files_in(data: bytes) -> dict[str, bytes]:
    source = io.BytesIO(data)
    package = read_package(source)
    return {entry.name: read_entry(source, entry, len(data)) for entry in package.entries}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    write_package(out, [Member.of(name, content) for name, content in files.items()])
    return out.getvalue()


def forged(
    data: bytes,
    files: Mapping[str, bytes | None],
    change: Callable[[dict[str, Any]], object] = lambda plain: None,
) -> bytes:
    """A copy with other files (None: without), whose own descriptor was written anew to fit them.

    Whoever forges an unsigned copy can do that. `change` is given the descriptor as plain JSON.
    """
    held = files_in(data)
    for name, body in files.items():
        if body is None:
            held.pop(name, None)
        else:
            held[name] = body
    plain = msgspec.json.decode(held[DESCRIPTOR])
    own = plain["artist_console"]
    plain["resources"] = [
        each | {"bytes": len(held[each["path"]]), "hash": hash_of(sha256_hex(held[each["path"]]))}
        for each in plain["resources"]
        if each["path"] in held
    ]
    own["files"] = [
        each | {"bytes": len(held[each["name"]]), "hash": hash_of(sha256_hex(held[each["name"]]))}
        for each in own["files"]
        if each["name"] in held
    ]
    own["tables"] = {name: seal for name, seal in own["tables"].items() if f"{name}.csv" in held}
    change(plain)
    held[DESCRIPTOR] = canonical_bytes(plain)
    return packed(held)


def signed_anew(
    data: bytes, files: Mapping[str, bytes], change: Callable[[dict[str, Any]], object] = lambda plain: None
) -> bytes:
    """The same report with other files and description, as a signer would have to sign it."""
    held = files_in(forged(data, files, change))
    held[signature_name(1)] = signature_bytes(held[DESCRIPTOR], SIGNER, "Fieldnote")
    return packed(held)


def with_titles(content: ReportContent, titles: Mapping[str, str]) -> ReportContent:
    """The same content with other titles of works, wherever it names them."""
    return replace(
        content,
        works=tuple(replace(work, title=titles.get(work.id, work.title)) for work in content.works),
    )
