"""Hostile files of everything that is brought in, by reader and name; each made here, none kept."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping

from tests.formats.cwr_file import header as cwr_header
from tests.formats.ledger_world import a_ledger, a_part, lines_of
from tests.formats.manifests import manifest
from tests.formats.report_world import SIGNER
from tests.formats.signed_mail import MAIL
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import workbook
from tests.hostile.parquet_by_hand import parquet
from tests.hostile.zips import Part, named, raw_zip, zeros

Made = Callable[[], bytes]
REFUSED, READ = "refused", "read"
_MEGA = 1 << 20
_BOMB = 400  # megabytes, in less than half of one
_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
_ERN = '<?xml version="1.0"?>{}<ern:NewReleaseMessage xmlns:ern="http://ddex.net/xml/ern/432">{}</ern:NewReleaseMessage>'
_ROWS = b"title,artist\n"


def _ern(before: str, inside: str) -> bytes:
    return _ERN.format(before, inside).encode()


def _cells(cells: str, before: str = "", after: str = "") -> bytes:
    place = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{place}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'.encode()


def _inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _two(first: str, second: str, row: int) -> bytes:
    """A sheet with a header, and one cell somewhere else."""
    head = f'<row r="1">{_inline("A1", "title")}{_inline("B1", "artist")}</row>'
    return _cells(head + f'<row r="{row}">{_inline(first, second)}</row>')


def _ledger(**counts: int) -> bytes:
    lines = lines_of(a_part(a_ledger(3), (3,)))
    told = json.loads(lines[1])
    told["ledger"].update(counts)
    return b"".join([lines[0], json.dumps(told).encode() + b"\n", *lines[2:]])


def _nested(opens: bytes, depth: int = 200_000) -> bytes:
    return opens * depth


FILES: Mapping[str, tuple[Made, str]] = {
    # Zips and gzip
    "catalogue.zip-bomb": (lambda: raw_zip(Part(b"a.csv", zeros(_BOMB), _BOMB * _MEGA, method=8)), REFUSED),
    "list.zip-bomb-that-lies": (lambda: raw_zip(Part(b"a.csv", zeros(_BOMB), 1_000, method=8)), REFUSED),
    "list.gzip-bomb": (lambda: gzip.compress(bytes(_BOMB * _MEGA), 1), REFUSED),
    "list.gzip-cut": (lambda: gzip.compress(_ROWS + b"a,b\n" * 1_000)[:-20], REFUSED),
    "list.zip-in-zip": (lambda: named({"a.csv": named({"a.csv": _ROWS + b"a,b\n"})}), REFUSED),
    "statement.zip-of-thousands": (lambda: named({f"{n}.csv": _ROWS for n in range(5_000)}), REFUSED),
    "catalogue.zip-traversal": (lambda: named({"../../../etc/cron.d/a.csv": _ROWS + b"a,b\n"}), READ),
    "catalogue.zip-same-name-twice": (
        lambda: raw_zip(Part(b"a.csv", _ROWS + b"a,b\n"), Part(b"a.csv", _ROWS + b"c,d\n")),
        REFUSED,
    ),
    "catalogue.zip-that-is-a-link": (
        lambda: raw_zip(Part(b"a.csv", b"/etc/passwd", attributes=0xA1FF << 16)),
        REFUSED,
    ),
    "catalogue.zip-encrypted": (lambda: raw_zip(Part(b"a.csv", _ROWS, flags=1)), REFUSED),
    "catalogue.zip-count-that-lies": (lambda: raw_zip(Part(b"a.csv", _ROWS), count=60_000), READ),
    # Text
    "catalogue.a-million-columns": (lambda: b"title,artist" + b"," * 1_000_000 + b"\na,b\n", REFUSED),
    "catalogue.line-without-end": (lambda: _ROWS + b"a" * (40 * _MEGA), REFUSED),
    "catalogue.null-bytes": (lambda: _ROWS + bytes(100_000), REFUSED),
    "catalogue.half-utf-16": (
        lambda: b"\xff\xfe" + (_ROWS + b"a,b\n").decode().encode("utf-16-le")[:-1],
        READ,
    ),
    "catalogue.wrong-encoding": (lambda: _ROWS + b"\xff\xfe\xfd\x80,\xc3\x28\n", READ),
    "catalogue.quote-never-closed": (lambda: _ROWS + b'"a,b\n' * 100_000, READ),
    "catalogue.rich-text": (lambda: _ROWS + b"<img src='file:///etc/passwd'>,<b>Mara</b>\n", READ),
    "catalogue.bidi": (lambda: _ROWS + "\u202egpj.exe\u2066,\u200fMara\n".encode(), READ),
    "catalogue.formulas": (lambda: _ROWS + b"=cmd|' /C calc'!A0,@SUM(1)\n", READ),
    "statement.huge-number": (lambda: b"title,month,amount\nSea,2026-01,1E+999999999\n", READ),
    "statement.endless-digits": (
        lambda: b"title,month,amount\nSea,2026-01," + b"9" * 500_000 + b"\n",
        READ,
    ),
    "statement.nan": (lambda: b"title,month,amount\nSea,2026-01,NaN\nSea,2026-01,Infinity\n", READ),
    "statement.dsr-that-miscounts": (
        lambda: next(iter(seeds()["dsr"])).replace(b"FOOT\t5", b"FOOT\t99999999999999999999"),
        READ,
    ),
    "statement.formulas-in-a-comment": (
        lambda: workbook(_cells(_inline("A1", "x"), after=f"<!--{'<c>' * 300_000}-->")),
        REFUSED,
    ),
    # Workbooks
    "statement.cell-at-the-far-end": (lambda: workbook(_two("XFD1048576", "x", 1_048_576)), REFUSED),
    "catalogue.cell-at-the-far-end": (lambda: workbook(_two("XFD1048576", "x", 1_048_576)), REFUSED),
    "list.cell-at-the-far-end": (lambda: workbook(_two("XFD1048576", "x", 1_048_576)), REFUSED),
    "catalogue.dimension-that-lies": (
        lambda: workbook(
            _cells(
                f'<row r="1">{_inline("A1", "title")}{_inline("B1", "artist")}</row>'
                f'<row r="2">{_inline("A2", "Sea")}{_inline("B2", "Mara")}</row>',
                before='<dimension ref="A1:XFD1048576"/>',
            )
        ),
        READ,
    ),
    "catalogue.strings-that-miscount": (
        lambda: workbook(
            _cells('<row r="1"><c r="A1" t="s"><v>4000000000</v></c></row>'),
            {"xl/sharedStrings.xml": b'<sst uniqueCount="4294967295"><si><t>x</t></si></sst>'},
        ),
        REFUSED,
    ),
    # XML
    "catalogue.billion-laughs": (
        lambda: _ern(f'<!DOCTYPE x [<!ENTITY e0 "ha">{_ENTITIES}]>', "<a>&e11;</a>"),
        REFUSED,
    ),
    "catalogue.entity-from-a-file": (
        lambda: _ern('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "<a>&e;</a>"),
        REFUSED,
    ),
    "catalogue.entity-from-the-network": (
        lambda: _ern('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "<a/>"),
        REFUSED,
    ),
    "catalogue.parameter-entity": (
        lambda: _ern('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', "<a/>"),
        REFUSED,
    ),
    "catalogue.include-of-a-file": (
        lambda: _ern("", '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
        REFUSED,
    ),
    "catalogue.deep-elements": (lambda: _ern("", "<a>" * 100_000), REFUSED),
    # JSON
    "list.deep-json": (lambda: _nested(b'{"a":'), REFUSED),
    "list.deep-list": (lambda: _nested(b"["), REFUSED),
    "list.one-endless-object": (lambda: b'{"title": "' + b"a" * (60 * _MEGA), REFUSED),
    "list.numbers": (
        lambda: b'{"title": NaN, "artist": 1e400}\n{"title": ' + b"9" * 100_000 + b"}\n",
        READ,
    ),
    "catalogue.deep-answer": (lambda: b'{"sort-name": ' + _nested(b"["), REFUSED),
    "contract.deep-json": (lambda: _nested(b'{"note":'), REFUSED),
    "contract.endless-number": (lambda: b'{"note": ' + b"9" * 100_000 + b"}", REFUSED),
    "contract.half-a-character": (lambda: b'{"note": "\\ud800"}', REFUSED),
    "tdmrep.deep-json": (lambda: _nested(b"["), REFUSED),
    "tdmrep.same-name-twice": (lambda: b'[{"location": "/", "location": "/x"}]', REFUSED),
    "manifest.endless-line": (lambda: manifest() + b"{" + b" " * (20 * _MEGA), REFUSED),
    "manifest.deep-json": (lambda: _nested(b"["), REFUSED),
    "ledger.count-that-lies": (lambda: _ledger(entries=999_999), REFUSED),
    "ledger.count-below-zero": (lambda: _ledger(entries=-1), REFUSED),
    "ledger.deep-json": (lambda: _nested(b'{"a":'), REFUSED),
    # Signatures and keys
    "receipt.alg-none": (lambda: b"eyJhbGciOiJub25lIn0.e30.", REFUSED),
    "receipt.deep-json": (lambda: _nested(b'{"a":'), REFUSED),
    "receipt.other-alg": (lambda: b"eyJhbGciOiJIUzI1NiJ9.e30." + b"A" * 86, REFUSED),
    "keys.private-key": (lambda: json.dumps({**SIGNER.public.jwk(), "d": "AAAA"}).encode(), REFUSED),
    "keys.of-small-order": (
        lambda: json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "AQ" + "A" * 41}).encode(),
        REFUSED,
    ),
    "card.lines-that-are-missing": (lambda: next(iter(seeds()["signer-card"])).replace(b'"', b"'"), REFUSED),
    "card.deep-json": (lambda: _nested(b'{"payload":"'), REFUSED),
    "certificates.many": (lambda: next(iter(seeds()["certificates"])) * 2_000, REFUSED),
    # Mails, tables of rates, audio, evidence
    "mail.parts-in-parts": (
        lambda: (
            MAIL[:-4]
            + b"".join(
                b"\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d" % (n, n) for n in range(9_000)
            )
        ),
        READ,
    ),
    "mail.many-parts": (
        lambda: (
            b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + b"--b\r\n\r\nx\r\n" * 300_000
        ),
        READ,
    ),
    "mail.endless-header": (lambda: b"Subject: " + b"=?utf-8?q?a?= " * 700_000 + b"\r\n\r\n", READ),
    "mail.deep-page": (lambda: b"Content-Type: text/html\r\n\r\n" + b"<div>" * 300_000, READ),
    "mail.signature-that-costs": (
        lambda: (
            b"DKIM-Signature: v=1; a=rsa-sha256; d=b.c; s=s; h=from; bh=a; b=a\r\n\r\n" + b" \t" * 3_000_000
        ),
        READ,
    ),
    "rates.huge-number": (lambda: b"date,currency,rate\n2026-03-24,USD,1E+99999999\n", REFUSED),
    "rates.endless-digits": (
        lambda: b"date,currency,rate\n2026-03-24,USD," + b"9" * 1_000_000 + b"\n",
        REFUSED,
    ),
    "audio.size-that-lies": (lambda: b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff" + bytes(40), REFUSED),
    "audio.box-that-holds-itself": (
        lambda: b"\0\0\0\x10ftypM4A \0\0\0\0" + b"\0\0\0\x08moov" * 50_000,
        REFUSED,
    ),
    "evidence.zip-bomb": (lambda: raw_zip(Part(b"bundle.json", zeros(_BOMB), _BOMB * _MEGA, method=8)), READ),
    "evidence.traversal": (
        lambda: raw_zip(Part(b"../bundle.json", b"{}"), Part(b"signature.jws", b"x")),
        READ,
    ),
    "catalogue.cwr-of-one-line": (lambda: cwr_header().encode() + b" " * (40 * _MEGA), REFUSED),
    # Parquet
    "parquet.rows-that-lie": (lambda: parquet(rows=2**60, values=2**31 - 1), REFUSED),
    "parquet.page-of-two-gigabytes": (lambda: parquet(page_size=2**31 - 1, unpacked=2**31 - 1), REFUSED),
    "parquet.packed-page-that-grows": (lambda: parquet(codec=6, unpacked=2**31 - 1), REFUSED),
    "parquet.negative-sizes": (lambda: parquet(page_size=-1, unpacked=-5, chunk_size=-1), REFUSED),
    "parquet.elsewhere-in-the-file": (lambda: parquet(offset=2**62), REFUSED),
    "parquet.groups-without-end": (lambda: parquet(said_groups=2**31 - 1), REFUSED),
    "parquet.columns-that-are-missing": (lambda: parquet(children=2**31 - 1), REFUSED),
    "parquet.ten-thousand-columns": (lambda: parquet(columns=10_000, children=10_000), REFUSED),
    "parquet.footer-beyond-the-file": (lambda: parquet(footer=2**32 - 1), REFUSED),
    "parquet.nothing-but-marks": (lambda: b"PAR1PAR1", REFUSED),
}
