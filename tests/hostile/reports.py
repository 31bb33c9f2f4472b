"""Hostile reports, by name: containers, descriptions, signatures and tables made to do harm."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from artist_console.domain.parties import Party
from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.report_members import BesideFile
from artist_console.formats.report_out import write_report
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_signatures import SIGNATURE_TYP, signature_bytes
from artist_console.formats.signatures import base64url
from artist_console.formats.table_copy import MEDIA_TYPE
from tests.formats.report_world import STRANGER, all_rows, answered_world, files_in, header, package_of, salts
from tests.fuzz.packages import REPORT_SIGNATURE, describe
from tests.hostile.parquet_by_hand import parquet
from tests.hostile.zips import Part, raw_zip, zeros

ALTERED, NO_REPORT, UNKNOWN_SIGNER = 3, 1, 4  # exit codes of `report verify`
CANARY = "<img src='file:canary.png'><b>x</b>&amp;<a href='https://example.org'>y</a>"
BIDI = "\u202eVerified\u2066 \u200fby everybody\u2069"
FORMULA = '=HYPERLINK("https://example.org",A1)'


def _report(name: str = "Mara", title: str = "Consent", words: str = "Mara", *files: BesideFile) -> bytes:
    """Rightly signed by somebody who is not known, with these texts wherever a text may stand."""
    rows = all_rows(answered_world())
    rows = replace(
        rows,
        parties=tuple(_named(each, words) for each in rows.parties),
        works=tuple(replace(each, title=words, version=words) for each in rows.works),
        programmes=tuple(replace(each, name=words, summary=words) for each in rows.programmes),
    )
    out = io.BytesIO()
    said = replace(header(), title=title, made_by=name)
    write_report(out, content_for(rows, said), STRANGER, name, salts=salts(), files=files)
    return out.getvalue()


def _named(party: Party, words: str) -> Party:
    return replace(party, name=words)


def files() -> dict[str, bytes]:
    return files_in(_report())


def _with(**changed: bytes) -> list[tuple[str, bytes]]:
    return list({**files(), **{name.replace("__", "."): body for name, body in changed.items()}}.items())


def _sealed(name: str, body: bytes) -> bytes:
    """One file with other content, and everything that is said of it made to fit and signed."""
    held = files()
    held[name] = body
    if name != DESCRIPTOR:
        describe(held, name)
    held[REPORT_SIGNATURE] = signature_bytes(held[DESCRIPTOR], STRANGER, "Mara")
    return package_of(held.items())


def _described(change: Callable[[dict[str, object]], None]) -> bytes:
    plain = json.loads(files()[DESCRIPTOR])
    change(plain)
    return _sealed(DESCRIPTOR, canonical_bytes(plain))


def _raw_descriptor(body: bytes) -> bytes:
    """Begins like a descriptor, so that it is taken for a report."""
    return _sealed(DESCRIPTOR, b'{"artist_console":' + body)


def _signature(protected: object, seal: str = "", text: str = "") -> bytes:
    spelled = protected if isinstance(protected, str) else base64url(canonical_bytes(protected))
    body = text or f"{spelled}..{seal or 'A' * 86}"
    return package_of({**files(), REPORT_SIGNATURE: body.encode()}.items())


def _header(**more: object) -> dict[str, object]:
    key = STRANGER.public
    jwk = {**key.jwk(), "name": "Mara"}
    return {"alg": "EdDSA", "kid": key.kid, "typ": SIGNATURE_TYP, "jwk": jwk, **more}


def _parts(*more: Part) -> list[Part]:
    return [*(Part(name.encode(), body) for name, body in files().items()), *more]


def _renamed(name: bytes) -> bytes:
    first, *others = _parts()
    return raw_zip(first, *others[:-1], replace(others[-1], name=name))


def _first(**more: object) -> bytes:
    first, *others = _parts()
    return raw_zip(replace(first, **more), *others)  # type: ignore[arg-type]  # fields of a part, by name


def _table(name: str, change: Callable[[bytes], bytes]) -> bytes:
    return _sealed(f"{name}.csv", change(files()[f"{name}.csv"]))


def _counts(plain: dict[str, object]) -> None:
    plain["artist_console"]["tables"]["works"]["rows"] = 10**15  # type: ignore[index]  # plain JSON


def _newer(plain: dict[str, object]) -> None:
    plain["artist_console"]["version"] = 999  # type: ignore[index]  # plain JSON


def _copy(body: bytes) -> BesideFile:
    return BesideFile("lines.parquet", body, MEDIA_TYPE)


REPORTS: Mapping[str, tuple[Callable[[], bytes], int]] = {
    # Containers
    "bomb": (lambda: _first(content=zeros(200), size=200 << 20, method=8), ALTERED),
    "size-that-lies": (lambda: _first(size=2**32 - 1), ALTERED),
    "count-that-lies": (lambda: raw_zip(*_parts(), count=65_535), ALTERED),
    "thousands-of-files": (
        lambda: raw_zip(*_parts(), *(Part(b"f%d" % n, b"") for n in range(5_000))),
        NO_REPORT,
    ),
    "traversal": (lambda: _renamed(b"../../etc/passwd"), ALTERED),
    "absolute-name": (lambda: _renamed(b"/etc/passwd"), ALTERED),
    "name-of-another-system": (lambda: _renamed(b"C:\\x\\y.txt"), ALTERED),
    "name-of-a-device": (lambda: _renamed(b"con.txt"), ALTERED),
    "name-with-null": (lambda: _renamed(b"README.txt\0.exe"), ALTERED),
    "link": (lambda: raw_zip(*_parts(Part(b"link", b"/etc/passwd", attributes=0xA1FF << 16))), ALTERED),
    "same-name-twice": (lambda: raw_zip(*_parts(Part(b"works.csv", b"x"))), ALTERED),
    "same-name-in-capitals": (lambda: raw_zip(*_parts(Part(b"WORKS.CSV", b"x"))), ALTERED),
    "encrypted": (lambda: _first(flags=1), ALTERED),
    "sizes-behind": (lambda: _first(flags=8), ALTERED),
    "extra-field": (lambda: _first(extra=b"\1\0\4\0abcd"), ALTERED),
    "comment": (lambda: raw_zip(*_parts(), comment=b"verified by everybody"), ALTERED),
    "something-in-front": (lambda: raw_zip(*_parts(), before=b"MZ" + bytes(500)), ALTERED),
    "another-zip-behind": (lambda: raw_zip(*_parts()) + raw_zip(Part(b"a", b"b")), ALTERED),
    "cut": (lambda: _report()[:-400], ALTERED),
    # Descriptions
    "deep-json": (lambda: _raw_descriptor(b"[" * 200_000), ALTERED),
    "nan": (lambda: _raw_descriptor(b"NaN}"), ALTERED),
    "fraction": (lambda: _raw_descriptor(b"1e400}"), ALTERED),
    "endless-number": (lambda: _raw_descriptor(b"9" * 100_000 + b"}"), ALTERED),
    "name-twice-in-json": (lambda: _raw_descriptor(b'{},"artist_console":{}}'), ALTERED),
    "half-a-character": (lambda: _raw_descriptor(b'"\\ud800"}'), ALTERED),
    "utf-16": (lambda: _sealed(DESCRIPTOR, files()[DESCRIPTOR].decode().encode("utf-16")), ALTERED),
    "larger-than-descriptors": (lambda: _raw_descriptor(b'"' + b"a" * (5 << 20) + b'"}'), ALTERED),
    "newer": (lambda: _described(_newer), NO_REPORT),
    "rows-that-lie": (lambda: _described(_counts), UNKNOWN_SIGNER),
    # Signatures
    "alg-none": (lambda: _signature({"alg": "none"}, seal="AA"), ALTERED),
    "other-alg": (lambda: _signature(_header(alg="HS256")), ALTERED),
    "critical-member": (lambda: _signature(_header(crit=["b64"], b64=False)), ALTERED),
    "private-key": (
        lambda: _signature(_header(jwk={**STRANGER.public.jwk(), "d": "AAAA", "name": "x"})),
        ALTERED,
    ),
    "key-of-small-order": (
        lambda: _signature(_header(jwk={"kty": "OKP", "crv": "Ed25519", "x": "AQ" + "A" * 41, "name": "x"})),
        ALTERED,
    ),
    "padding": (lambda: _signature("", text=files()[REPORT_SIGNATURE].decode().strip() + "=="), ALTERED),
    "payload-inside": (
        lambda: _signature("", text=files()[REPORT_SIGNATURE].decode().replace("..", ".e30.")),
        ALTERED,
    ),
    "empty-signature": (lambda: package_of({**files(), REPORT_SIGNATURE: b""}.items()), ALTERED),
    "endless-signature": (
        lambda: package_of({**files(), REPORT_SIGNATURE: b"a" * (3 << 20)}.items()),
        ALTERED,
    ),
    # Rightly signed, by somebody who is not known
    "rich-text": (lambda: _report(CANARY, CANARY, CANARY), UNKNOWN_SIGNER),
    "bidi": (lambda: _report(BIDI, BIDI, BIDI), UNKNOWN_SIGNER),
    "formulas": (lambda: _report(FORMULA, FORMULA, FORMULA), UNKNOWN_SIGNER),
    "braces": (lambda: _report("{0.__class__}{name}", "{title}%s%(x)s", "{n}"), UNKNOWN_SIGNER),
    "copy-that-wants-gigabytes": (
        lambda: _report("Mara", "Consent", "Mara", _copy(parquet(page_size=2**31 - 1, unpacked=2**31 - 1))),
        UNKNOWN_SIGNER,
    ),
    "copy-that-is-garbage": (lambda: _report("Mara", "Consent", "Mara", _copy(b"PAR1PAR1")), UNKNOWN_SIGNER),
    "endless-record": (
        lambda: _table("works", lambda body: body + b"a" * (5 << 20) + b"\r\n"),
        UNKNOWN_SIGNER,
    ),
    "a-million-columns": (
        lambda: _table("works", lambda body: body + b"," * 1_000_000 + b"\r\n"),
        UNKNOWN_SIGNER,
    ),
    "null-bytes": (lambda: _table("works", lambda body: body + bytes(1_000) + b"\r\n"), UNKNOWN_SIGNER),
    "quote-never-closed": (lambda: _table("works", lambda body: body + b'"a,b\r\n'), UNKNOWN_SIGNER),
    "table-in-utf-16": (lambda: _table("works", lambda body: body.decode().encode("utf-16")), UNKNOWN_SIGNER),
    "endless-amount": (
        lambda: _table("lines", lambda body: body.replace(b",20,", b"," + b"9" * 500_000 + b",")),
        UNKNOWN_SIGNER,
    ),
    "rows-twice": (
        lambda: _table("works", lambda body: body + body[body.index(b"\n") + 1 :]),
        UNKNOWN_SIGNER,
    ),
}
