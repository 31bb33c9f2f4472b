"""Targets of reports and evidence bundles: as a stranger made them, and as somebody whose key is known did.

What lies behind the seals is reached by sealing it: the input names one file of a report and what is to stand
in it, as "NAME, end of line, content". Everything that is said of that file is made to fit and signed again.
"""

from __future__ import annotations

import io
import json
from contextlib import suppress
from functools import cache

from artist_console.formats.canonical import NotCanonical, canonical_bytes
from artist_console.formats.data_package import DESCRIPTOR, read_descriptor
from artist_console.formats.encoding import as_plain
from artist_console.formats.evidence_bundle import verify_bundle, write_bundle
from artist_console.formats.evidence_manifest import BUNDLE, SIGNATURE, SIGNATURE_TYP
from artist_console.formats.handovers import read_chain_text
from artist_console.formats.known_signers import Known
from artist_console.formats.package import digest_of, is_plain_name, read_entry, read_package
from artist_console.formats.records import MalformedTable, head_and_records
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_checks import check_content
from artist_console.formats.report_parts import Verification
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_signatures import signature_bytes, signature_name
from artist_console.formats.report_tables import TABLES, codec_of
from artist_console.formats.row_digests import Roots, proof_lines, rebuilt_root
from artist_console.formats.signatures import read_named, sha256_hex, sign_named
from artist_console.formats.signer_card import read_card
from tests.formats.evidence_world import INDEX, a_receipt, content, files
from tests.formats.report_world import (
    SIGNER,
    TRUSTED,
    all_rows,
    answered_world,
    files_in,
    header,
    package_of,
    report_of,
)

KNOWN = Known.of(TRUSTED)
REPORT_SIGNATURE = signature_name(1)
_ROWS = 100


@cache
def base_report() -> dict[str, bytes]:
    """The files of a good report, by name and in order."""
    return files_in(report_of(content_for(all_rows(answered_world()), header())))


def _looked_into(found: Verification) -> object:
    """What the window and the command line show of it."""
    told = [check.text for check in found.checks] + [found.headline.text]
    if found.report is not None:
        told += [check.text for check in check_content(found, KNOWN).checks]
    elif found.unverified is not None:
        for kind in found.unverified.tables:
            found.unverified.rows(kind, _ROWS)
    return "".join(told).encode()


def report(data: bytes) -> object:
    return _looked_into(verify(read_report(io.BytesIO(data)), KNOWN))


def inside(data: bytes) -> object:
    """A signed report in which one file is what the input says."""
    name, _, body = data.partition(b"\n")
    held = dict(base_report())
    called = name.decode("utf-8", "replace")
    if called in held:
        held[called] = body
        if called == DESCRIPTOR:
            held[DESCRIPTOR] = _canonical(body)
        elif called != REPORT_SIGNATURE:
            describe(held, called)
        if called != REPORT_SIGNATURE:
            held[REPORT_SIGNATURE] = signature_bytes(held[DESCRIPTOR], SIGNER, "Fieldnote")
    return report(package_of(held.items()))


def _canonical(body: bytes) -> bytes:
    """The one spelling of it where there is one: another would be refused at once."""
    try:
        return canonical_bytes(json.loads(body))
    except (ValueError, RecursionError):
        return body


def describe(held: dict[str, bytes], name: str) -> None:
    """Let the descriptor say of a file what is now in it."""
    plain = json.loads(held[DESCRIPTOR])
    own, body = plain["artist_console"], held[name]
    fits = {"bytes": len(body), "hash": f"sha256:{sha256_hex(body)}"}
    for listed in (*plain["resources"], *own["files"]):
        if listed.get("path", listed["name"]) == name:
            listed.update(fits)
            if "path" in listed:
                roots = Roots()
                with suppress(MalformedTable):
                    roots.extend(head_and_records(io.BytesIO(body))[1])
                own["tables"][listed["name"]] = {"rows": roots.rows, "root": roots.root}
    held[DESCRIPTOR] = canonical_bytes(plain)


def container(data: bytes) -> object:
    source = io.BytesIO(data)
    package = read_package(source)
    for entry in package.entries:
        is_plain_name(entry.name)
        if digest_of(source, entry).crc_holds:
            read_entry(source, entry, len(data))
    return [(fault.value, name.encode()) for fault, name in package.faults]


def records(data: bytes) -> object:
    """Raises MalformedTable, MalformedRow."""
    head, found = head_and_records(io.BytesIO(data), limit=2_000)
    codec = next((codec_of(name) for name in TABLES if codec_of(name).head() == head), None)
    return [codec.record(codec.row(each), "0" * 32) if codec else each for each in found]


def rows(data: bytes) -> object:
    """The input is "TABLE, end of line, record"; what is read is written again as it was.

    Raises MalformedRow.
    """
    name, _, record = data.partition(b"\n")
    table = name.decode("utf-8", "replace")
    if table in TABLES:
        codec = codec_of(table)
        codec.key_of(record)
        assert codec.record(codec.row(record), record[-32:].decode()) == record
    return None


def descriptor(data: bytes) -> object:
    """Raises MalformedDescriptor, NewerFormat."""
    try:
        return canonical_bytes(as_plain(read_descriptor(data)))
    except NotCanonical as error:
        raise AssertionError from error


def named_signature(data: bytes) -> object:
    return read_named(data.decode("utf-8", "replace"), b"{}").name.encode()


def redaction_proof(data: bytes) -> object:
    return rebuilt_root(proof_lines(io.BytesIO(data)), [b"one", b"two"])


def card(data: bytes) -> object:
    """Also as a chain of handovers."""
    found = read_card(data)
    return found.name.encode(), read_chain_text(data)


@cache
def base_bundle() -> dict[str, bytes]:
    out = io.BytesIO()
    write_bundle(out, content(a_receipt()), files(a_receipt()), INDEX, SIGNER, "Fieldnote")
    return files_in(out.getvalue())


def bundle(data: bytes) -> object:
    found = verify_bundle(io.BytesIO(data), KNOWN)
    return "".join(check.text for check in found.checks).encode()


def bundle_inside(data: bytes) -> object:
    name, _, body = data.partition(b"\n")
    held = dict(base_bundle())
    called = name.decode("utf-8", "replace")
    if called in held:
        held[called] = body
        if called == BUNDLE:
            held[BUNDLE] = _canonical(body)
            held[SIGNATURE] = sign_named(held[BUNDLE], SIGNER, SIGNATURE_TYP, "Fieldnote").encode()
    return bundle(package_of(held.items()))
