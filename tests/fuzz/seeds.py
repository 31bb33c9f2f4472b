"""Writes the corpus anew: `python -m tests.fuzz.seeds`. All of it is made by our writers or by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.handovers import hand_over
from artist_console.formats.lines_file import write_lines
from artist_console.formats.receipt_proof import key_members, make_proof
from artist_console.formats.receipts import make_receipt
from artist_console.formats.records import head_and_records
from artist_console.formats.signatures import SigningKey, sign_named
from artist_console.formats.signer_card import write_card
from tests.formats import dsr_files
from tests.formats.cwr_file import answered, whole
from tests.formats.ern_world import message, older, purge
from tests.formats.ledger_world import a_ledger, a_part, lines_of
from tests.formats.line_worlds import STATEMENT, plain_line
from tests.formats.manifests import KEY, in_model, inclusion, manifest
from tests.formats.marking import a_wav
from tests.formats.report_world import HERE, SIGNER, package_of
from tests.formats.signed_mail import MAIL
from tests.fuzz import packages

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
CORPUS = Path(__file__).parent / "corpus"
_ISRC = "AA6Q72600001"


def seeds() -> Mapping[str, Iterable[bytes]]:
    """Small files for each target, good ones and such as are almost good."""
    tables = [path.read_bytes() for path in sorted((DATA / "statements").iterdir())]
    messages = [(DATA / name).read_bytes() for name in ("ern-382.xml", "ern-41.xml")]
    answers = [path.read_bytes() for path in sorted(DATA.glob("musicbrainz-*.json"))]
    catalogues = [(DATA / name).read_bytes() for name in ("catalogue.csv", "spotify-songs.csv")]
    ledger = b"".join(lines_of(a_part(a_ledger(3), (2, 3))))
    entries = a_ledger(3)
    receipt = make_receipt(entries[0], SIGNER, HERE, "epoch-1")
    last = make_receipt(entries[2], SIGNER, HERE, "epoch-1")
    members = json.dumps(key_members(SIGNER.public)).encode()
    return {
        "catalogue": catalogues,
        "any-catalogue": [*catalogues, messages[1], answers[1], answered(), tables[3]],
        "cwr": [whole(), answered()],
        "ern": [*messages, message(), older(""), purge("<ICPN>1</ICPN>")],
        "musicbrainz": answers,
        "statement": tables,
        "sheet": [_SHEET],
        "dsr": [_dsr()],
        "dataset-list": [
            b"title,artist,url\nSalt Lines,Mara,https://example.org/1\n",
            b'{"title": "Salt Lines", "artist": "Mara", "isrc": "AA6Q72600001"}\n{"title": "Sea"}\n',
            b'[{"track": {"title": "Salt Lines"}, "title": "x", "artist": "Mara"}]',
            b"title\tartist\nSalt_Lines\tMara\n",
        ],
        "manifest": [manifest(inclusion(_ISRC), in_model(_ISRC)), manifest(inclusion(_ISRC), key=KEY)],
        "rate-table": [
            b"Date, USD, JPY, \n24 March 2026, 1.0812, 163.20, \n",
            b"Date,USD,JPY\n2026-03-24,1.0812,N/A\n",
            b"date;currency;rate;base\n2026-03-24;USD;1,08;EUR\n",
        ],
        "contract": [b'{"other_side": "Harbour", "kind": "recording", "rights": ["master"], "share": "50"}'],
        "mail": [MAIL, _MAIL],
        "html": [b'<html><body><p onclick="x()">Hello<br>you<img src="http://x/y.png"></p></body></html>'],
        "receipt-proof": [
            make_proof(receipt, SIGNER.public, entries[0], "", entries[1:], last),
            receipt.encode(),
        ],
        "keys": [members, b'{"keys": [' + members + b"]}"],
        "signatures": [receipt.encode(), b"e30.e30.e30", b"eyJhbGciOiJub25lIn0.e30."],
        "ledger": [ledger],
        "report": [package_of(packages.base_report().items())],
        "report-inside": _one_by_one(packages.base_report()),
        "container": [package_of({"a.csv": b"x", "b.json": b"{}"}.items()), package_of([])],
        "records": [packages.base_report()[name] for name in ("works.csv", "terms.csv")],
        "rows": _rows(packages.base_report()),
        "descriptor": [packages.base_report()[DESCRIPTOR]],
        "named-signature": [sign_named(b"{}", SIGNER, "artist-console-report+jws", "Mara").encode()],
        "redaction-proof": [b"+\n" + b"0" * 64 + b"\n+\n"],
        "signer-card": [write_card(SIGNER, "Mara", _DAY), write_card(SIGNER, "Mara", _DAY, _handovers())],
        "evidence": [package_of(packages.base_bundle().items())],
        "evidence-inside": _one_by_one(packages.base_bundle()),
        "strict-json": [b'{"a": [1, "x", null, true, {"b": -3}], "\\ud83d\\ude00": ""}', b"[1e5]", b"NaN"],
        "letter-template": [(ROOT / "resources/letters/performer_notice.json").read_bytes()],
        "letter-words": [(ROOT / "resources/letters/words.json").read_bytes()],
        "law": [_law()],
        "addressees": [
            b'{"addressees": [{"key": "a", "name": "Harmonia", "kind": "operator", "country": "SE",'
            b' "language": "en", "contacts": [], "home": "https://example.org", "also": ["H"]}]}'
        ],
        "site": [
            b"User-agent: GPTBot\nDisallow: /\nContent-Usage: train-ai=n\n",
            b'[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://example.org/p"}]',
            b'<html><head><meta name="tdm-reservation" content="1"></head><body>x</body></html>',
        ],
        "tdmrep": [b'[{"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://example.org/p"}]'],
        "robots": [b"User-agent: *\nAllow: /a$\nDisallow: /*b\nContent-Usage: /x train-ai=n\n# x\n"],
        "fields": [b'train-ai=n, search=y;x=1.5, bots=?0, a="b\\"c", c=:aGk=:, d=(1 "x" y);q=1'],
        "audio": [a_wav(0.01), *(p.read_bytes()[:3_100] for p in sorted((DATA / "audio").iterdir()))],
        "mark": [
            b'{"active_manifest": "m", "validation_state": "Valid", "manifests": {"m": {"assertions": [{'
            b'"label": "cawg.training-mining", "data": {"entries": {"cawg.ai_training": {"use": "notAllowed"'
            b'}}}}], "signature_info": {"issuer": "I", "common_name": "C"}, "claim_generator_info": [{'
            b'"name": "x"}]}}, "validation_status": [{"code": "signingCredential.untrusted",'
            b' "explanation": "e"}]}',
            b'{"entries": {"c2pa.ai_training": {"use": "constrained", "constraint_info": "ask"}}}',
        ],
        "certificates": [_certificate()],
        "codes": [b"AQAAE0mUaEkSRZEGAA", b"ISCC:EIASCTPZP4QU36L7", b"EIASCTPZP4QU36L7"],
        "lines-file": [write_lines(STATEMENT, [plain_line(1), plain_line(2, words="Sea")])],
    }


_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="B1" t="inlineStr"><is><t>amount</t></is></c>'
    b'<c r="C1" t="inlineStr"><is><t>month</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Sea'
    b'</t></is></c><c r="B2"><f>1+1</f><v>2.5</v></c><c r="C2" t="inlineStr"><is><t>2026-01</t></is></c>'
    b"</row></sheetData></worksheet>"
)
_MAIL = (
    b"From: =?utf-8?q?M=C3=A5ra?= <m@example.org>\r\nTo: a@b.c\r\nSubject: =?utf-8?b?w6U=?=\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\nDKIM-Signature: v=1; a=rsa-sha256; d=b.c; s=s; h=from;'
    b" bh=aGk=; b=aGk=\r\n\r\n--x\r\nContent-Type: text/html; charset=latin-1\r\n\r\n<p>Hi</p>\r\n--x\r\n"
    b'Content-Type: text/plain; name="a.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--x\r\n'
    b"Content-Type: message/rfc822\r\n\r\nFrom: c@d.e\r\nSubject: in\r\n\r\ninner\r\n--x--\r\n"
)


_DAY = date(2025, 11, 18)


def _handovers() -> list[str]:
    return [hand_over(SigningKey(bytes(range(64, 96))), SIGNER, _DAY)]


def _one_by_one(held: Mapping[str, bytes]) -> list[bytes]:
    return [f"{name}\n".encode() + body for name, body in held.items() if not name.endswith((".txt", ".pdf"))]


def _rows(held: Mapping[str, bytes]) -> list[bytes]:
    """The first record of each table."""
    tables = {name.removesuffix(".csv"): body for name, body in held.items() if name.endswith(".csv")}
    return [
        f"{name}\n".encode() + next(head_and_records(io.BytesIO(body))[1]) for name, body in tables.items()
    ]


def _dsr() -> bytes:
    rows = [dsr_files.resource("1", _ISRC, "Salt Lines"), dsr_files.streams("1", "1", "30")]
    return dsr_files.dsr(
        dsr_files.head("BasicAudioProfile"),
        dsr_files.summary_01("1", "100"),
        *rows,
        dsr_files.foot(5, 1, 1),
    )


def _law() -> bytes:
    table = json.loads((ROOT / "resources/law/tdm_reservation.json").read_text(encoding="utf-8"))
    table["sentences"] = table["sentences"][:1]
    return json.dumps(table).encode()


def _certificate() -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mara")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(key, None)
    )
    return made.public_bytes(Encoding.PEM)


def main() -> None:
    for name, made in seeds().items():
        folder = CORPUS / name
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("[0-9]*"):  # others were found, and stay
            file.unlink()
        for number, data in enumerate(made, 1):
            (folder / f"{number:02}").write_bytes(data)


if __name__ == "__main__":
    main()
