"""One target per parser: bytes in, and either a value, or one of the errors that its docstring names.

Anything else that comes out is a find. What was read has to be fit to be kept, too: `encode` is what writes
it to the database, and it refuses half of a surrogate pair.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from artist_console.domain.addressee_directory import addressees_of
from artist_console.domain.law import sentences_of
from artist_console.domain.letter_reading import read_template
from artist_console.domain.letter_words import read_words
from artist_console.domain.problems import Problem
from artist_console.domain.site_checks import SiteAnswer
from artist_console.formats import aipref, c2pa_assertion, structured_fields
from artist_console.formats.audio_sight import NotAudio, look_at
from artist_console.formats.c2pa_marks import mark_of
from artist_console.formats.catalogue_table import read_catalogue_table
from artist_console.formats.certificate_chain import check_days, check_leaf, check_order, read_certificates
from artist_console.formats.contract_file import read_contract_file
from artist_console.formats.cwr import read_cwr
from artist_console.formats.data_package import MalformedDescriptor, NewerFormat
from artist_console.formats.dataset_list import read_dataset_list
from artist_console.formats.dsr_look import look_at_dsr
from artist_console.formats.encoding import encode
from artist_console.formats.ern import read_ern
from artist_console.formats.fingerprints import read_chromaprint, read_iscc_unit
from artist_console.formats.html_text import text_of_html
from artist_console.formats.key_statements import MalformedStatement
from artist_console.formats.ledger_file import MalformedLedgerFile, check_ledger_lines
from artist_console.formats.lines_file import LinesFile
from artist_console.formats.lines_problems import LinesFileProblem, LinesNeedMemory
from artist_console.formats.mail_in import read_mail
from artist_console.formats.mail_keys import read_keys as read_mail_keys
from artist_console.formats.mail_signature import check as check_mail
from artist_console.formats.manifest import look_over, manifest_lines
from artist_console.formats.musicbrainz import read_musicbrainz
from artist_console.formats.rate_table import read_rate_table
from artist_console.formats.receipt_proof import MalformedProof, check_proof, read_keys, read_proof
from artist_console.formats.receipts import MalformedReceipt, read_receipt
from artist_console.formats.recognise import read_catalogue, recognise
from artist_console.formats.records import MalformedTable
from artist_console.formats.robots_lines import BlockBroken, read_robots, with_block
from artist_console.formats.row_cells import MalformedRow
from artist_console.formats.row_digests import MalformedProof as RedactionProof
from artist_console.formats.signatures import (
    MalformedSignature,
    NotAKey,
    SigningKey,
    check_with,
    read_detached,
    read_jws,
)
from artist_console.formats.signed_head import MalformedHead, read_head
from artist_console.formats.site_comparing import compare
from artist_console.formats.statement_reading import StatementHints, StatementReader, look_into
from artist_console.formats.statement_table import ai_income_words
from artist_console.formats.strict_json import MalformedJson, read_json
from artist_console.formats.tdmrep import NotTdmRep, read_tdmrep
from tests.fuzz import packages

ROOT = Path(__file__).resolve().parents[2]
AI_WORDS = ai_income_words(
    json.loads((ROOT / "resources/data/ai_income_words.json").read_text(encoding="utf-8"))
)
_KEY = SigningKey(bytes(range(32))).public  # signs what is in the corpus
_AT = datetime(2025, 11, 18, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Target:
    """`read` gets any bytes; `refuses` are the errors that are documented, beside every Problem."""

    name: str
    read: Callable[[bytes], object]
    refuses: tuple[type[Exception], ...] = ()
    runs: int = 5_000  # in the short form, by how long one takes


def run(target: Target, data: bytes) -> None:
    """Once. Raises what should not have come."""
    try:
        target.read(data)
    except Problem as problem:
        str(problem.sentence).encode()
    except target.refuses as error:
        str(error).encode()


# Files that are brought in


def workbook(sheet: bytes, more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The bytes as the one sheet of a workbook: mutations of the packed file would stop at its checksums."""
    named = b'<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets>'
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = b"http://schemas.openxmlformats.org/package/2006/relationships"
    relation = b'<Relationship Id="%s" Type="%s/%s" Target="%s"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            b'<Relationships xmlns="%s">%s</Relationships>'
            % (packages, relation % (b"r1", office, b"officeDocument", b"xl/workbook.xml")),
        )
        archive.writestr(
            "xl/workbook.xml",
            b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s">%s'
            b"</workbook>" % (office, named),
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            b'<Relationships xmlns="%s">%s</Relationships>'
            % (packages, relation % (b"r1", office, b"worksheet", b"worksheets/sheet1.xml")),
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, body in more.items():
            archive.writestr(name, body)
    return out.getvalue()


def _catalogue(data: bytes) -> object:
    return encode(read_catalogue_table(data, "f.csv", "Mara"))


def _any_catalogue(data: bytes) -> object:
    recognise(data, "f")
    return encode(read_catalogue(data, "f"))


def _sheet(data: bytes) -> object:
    return _statement(workbook(data))


def _statement(data: bytes) -> object:
    look_into(io.BytesIO(data), "f")
    said = StatementHints(currency="EUR")
    reader = StatementReader(io.BytesIO(data), "f", AI_WORDS, said)
    read = [encode(row) for row in reader.rows()]
    told = (reader.notes, reader.rejected, reader.declared_totals, reader.warnings, reader.sha256())
    again = StatementReader(io.BytesIO(data), "f", AI_WORDS, said)
    return read, encode(told), [encode(work) for work in again.works()]


def _dsr(data: bytes) -> object:
    look_at_dsr(data.decode("utf-8", "replace"), "f")
    return _statement(data)


def _manifest(data: bytes) -> object:
    seen = look_over(io.BytesIO(data), "f", lambda _: None)
    return [encode(line) for line in manifest_lines(io.BytesIO(data), "f", seen)]


def _mail(data: bytes) -> object:
    read = read_mail(data)
    keys = [key for text in read.key_texts for key in read_mail_keys(text)]
    return encode(read), check_mail(data, read_mail_keys(data.decode("utf-8", "replace")), keys)


# Proofs and packages


def _receipt_proof(data: bytes) -> object:
    return check_proof(read_proof(data), {_KEY.kid: _KEY})


def _signatures(data: bytes) -> object:
    """Also what is signed as a receipt or a head: the same text is all three."""
    text = data.decode("utf-8", "replace")
    readers: tuple[Callable[[str], object], ...] = (read_receipt, read_head, _detached)
    for read in readers:
        try:
            read(text)
        except (MalformedReceipt, MalformedHead, MalformedSignature) as error:
            str(error).encode()
    return check_with(read_jws(text), _KEY)


def _detached(text: str) -> object:
    return read_detached(text, b"{}")


def _json(data: bytes) -> object:
    return json.dumps(read_json(data.decode("utf-8", "replace")))


# Templates, law, addressees: they ship with the program, and somebody may send one to put in their place


def _resource(data: bytes) -> Any:
    found = json.loads(data)
    json.dumps(found, ensure_ascii=False).encode()
    return found


def _template(data: bytes) -> object:
    return read_template("f", _resource(data))


def _letter_words(data: bytes) -> object:
    return read_words("f", _resource(data))


def _law(data: bytes) -> object:
    return sentences_of(_resource(data))


def _addressees(data: bytes) -> object:
    return encode(addressees_of(_resource(data)))


_UNSOUND = (ValueError, KeyError, TypeError, AttributeError, RecursionError)  # not strict: our own resource

# What a site answers


def _site(data: bytes) -> object:
    """The same bytes as tdmrep.json, robots.txt and page, and in the headers of the page."""
    shown = data[:200].decode("latin-1")
    headers = (("Content-Usage", shown), ("TDM-Reservation", shown), ("Content-Type", shown))
    address = "https://example.org/"
    answers = [
        SiteAnswer(path, address, address, "", 200, sent, data)
        for path, sent in (
            ("/.well-known/tdmrep.json", (("Content-Type", "application/json"),)),
            ("/robots.txt", (("Content-Type", "text/plain"),)),
            ("/", headers),
        )
    ]
    return [[each.text for each in check.told] for check in compare(answers, None, ())]


def _fields(data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    aipref.why_unreadable(text)
    aipref.read_rule(text)
    return structured_fields.read_dictionary(text)


# Audio and certificates


def _audio(data: bytes) -> object:
    sight = look_at(io.BytesIO(data))
    return encode(sight), sight.isrc


def _mark(data: bytes) -> object:
    store = json.loads(data)
    return mark_of(store if isinstance(store, dict) else {}), c2pa_assertion.read(store)


def _certificates(data: bytes) -> object:
    chain = read_certificates(data)
    check_leaf(chain[0])
    check_order(chain)
    for each in chain:
        check_days(each, _AT)
    return chain


def _codes(data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    return read_chromaprint(text), read_iscc_unit(text)


def _lines_file(data: bytes) -> object:
    with LinesFile.open(io.BytesIO(data)) as file:
        return file.lines(limit=20), file.total(), file.roll_ups()


TARGETS = (
    Target("catalogue", _catalogue, runs=6_000),
    Target("any-catalogue", _any_catalogue, runs=2_000),
    Target("cwr", lambda data: encode(read_cwr(data, "f")), runs=5_000),
    Target("ern", lambda data: encode(read_ern(data, "f")), runs=8_000),
    Target("musicbrainz", lambda data: encode(read_musicbrainz(data, "f")), runs=8_000),
    Target("statement", _statement, runs=2_500),
    Target("sheet", _sheet, runs=2_500),
    Target("dsr", _dsr, runs=2_000),
    Target("dataset-list", lambda data: encode(read_dataset_list(data, "f")), runs=7_000),
    Target("manifest", _manifest, runs=12_000),
    Target("rate-table", lambda data: encode(read_rate_table(data, "f").sha256), runs=7_000),
    Target("contract", lambda data: encode(read_contract_file(data, "f")), runs=12_000),
    Target("mail", _mail, runs=4_000),
    Target("html", lambda data: encode(text_of_html(data.decode("utf-8", "replace"))), runs=8_000),
    Target("receipt-proof", _receipt_proof, (MalformedProof,), runs=14_000),
    Target("keys", read_keys, (MalformedProof,), runs=12_000),
    Target("signatures", _signatures, (MalformedSignature, NotAKey), runs=14_000),
    Target(
        "ledger", lambda data: list(check_ledger_lines(io.BytesIO(data), {})), (MalformedLedgerFile,), 8_000
    ),
    Target("report", packages.report, runs=2_000),
    Target("report-inside", packages.inside, runs=1_000),
    Target("container", packages.container, runs=7_000),
    Target("records", packages.records, (MalformedTable, MalformedRow), 10_000),
    Target("rows", packages.rows, (MalformedRow,), 12_000),
    Target("descriptor", packages.descriptor, (MalformedDescriptor, NewerFormat), 3_000),
    Target("named-signature", packages.named_signature, (MalformedSignature,), 12_000),
    Target("redaction-proof", packages.redaction_proof, (RedactionProof,), 6_000),
    Target("signer-card", packages.card, (MalformedStatement,), 8_000),
    Target("evidence", packages.bundle, runs=3_000),
    Target("evidence-inside", packages.bundle_inside, runs=4_000),
    Target("strict-json", _json, (MalformedJson,), runs=12_000),
    Target("letter-template", _template, (ValueError, RecursionError), runs=4_000),
    Target("letter-words", _letter_words, (ValueError, RecursionError), runs=2_000),
    Target("law", _law, _UNSOUND, runs=4_000),
    Target("addressees", _addressees, _UNSOUND, runs=4_000),
    Target("site", _site, runs=6_000),
    Target("tdmrep", read_tdmrep, (NotTdmRep,), runs=8_000),
    Target("robots", lambda data: (read_robots(data), with_block(data, ["x"])), (BlockBroken,), runs=6_000),
    Target("fields", _fields, (structured_fields.NotADictionary,), runs=10_000),
    Target("audio", _audio, (NotAudio,), runs=5_000),
    Target("mark", _mark, (ValueError, RecursionError), runs=8_000),
    Target("certificates", _certificates, runs=6_000),
    Target("codes", _codes, runs=8_000),
    Target("lines-file", _lines_file, (LinesFileProblem, LinesNeedMemory), runs=300),
)
BY_NAME = {target.name: target for target in TARGETS}
