"""Rows for tests of ledgers, receipts and reports: the world of the permission rule, with heads in place."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from artist_console.domain.decisions import EntryReceipt, LedgerEntry
from artist_console.domain.ids import ArtistId, DatasetVersionId, FactId, StatementId
from artist_console.domain.inclusion import Asset, Basis, DatasetVersion, Evidence, InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.periods import Recorded
from artist_console.domain.statements import Line, LineKind, Statement, StatementSource
from artist_console.domain.uses import Use
from artist_console.formats.ledger_proof import next_head
from artist_console.formats.package import Member, read_entry, read_package, write_package
from artist_console.formats.receipts import ReceiptSigner, SignerRole, make_receipt
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_content import ReportContent, ReportHeader
from artist_console.formats.report_out import write_report
from artist_console.formats.report_parts import Known, Verification
from artist_console.formats.signatures import KnownKey, SigningKey
from tests.domain.world import MARA, NOW, OLA, PROGRAMME, RECORDING, SONG, World, work_subject, world

SIGNER = SigningKey(bytes(range(32)))
STRANGER = SigningKey(bytes(range(100, 132)))
TRUSTED = (KnownKey(SIGNER.public, "Fieldnote", "a letter"),)
HERE = ReceiptSigner("This computer", SignerRole.THIS_COMPUTER)
MADE_AT = datetime(2025, 11, 18, 13, tzinfo=UTC)
ASKED_USES = (Use.TRAIN_GENERATIVE, Use.TRAIN_LYRICS, Use.GEN_COVER, Use.LIKENESS_NAME)


def salts() -> Callable[[int], bytes]:
    """Salts that are the same in every run, each another."""
    given = 0

    def next_salt(size: int) -> bytes:
        nonlocal given
        given += 1
        return hashlib.sha256(given.to_bytes(8)).digest()[:size]

    return next_salt


def report_of(
    content: ReportContent, key: SigningKey = SIGNER, name: str = "Fieldnote Records", **more: object
) -> bytes:
    """A written report; the same content gives the same bytes."""
    out = io.BytesIO()
    write_report(out, content, key, name, **{"salts": salts(), **more})  # type: ignore[arg-type]
    return out.getvalue()


def verified(data: bytes, keys: Iterable[KnownKey] = TRUSTED) -> Verification:
    return verify(read_report(io.BytesIO(data)), Known.of(keys))


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of a whole package, in their order."""
    source = io.BytesIO(data)
    return {entry.name: read_entry(source, entry, len(data)) for entry in read_package(source).entries}


def package_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A package as it should be, of any files."""
    out = io.BytesIO()
    write_package(out, (Member.of(name, content) for name, content in files))
    return out.getvalue()


def chained(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """The same entries with the heads that follow."""
    head = ""
    made = []
    for entry in entries:
        head = next_head(head, entry)
        made.append(replace(entry, head=head))
    return tuple(made)


def header(*artists: ArtistId, **more: object) -> ReportHeader:
    return ReportHeader(
        "Consent and earnings",
        MADE_AT,
        "Mara Lindqvist",
        artists or (MARA,),
        NOW,
        **more,  # type: ignore[arg-type]
    )


def answered_world() -> World:
    """Mara allowed one use of her recording and song and refused another; Ola said no to everything."""
    made = world()
    made.programmes = [replace(p, uses=ASKED_USES) for p in made.programmes]
    made.allow_both()
    made.refuse(work_subject(SONG), Use.GEN_COVER)
    made.refuse(artist=OLA)
    return made


def all_rows(made: World, *artists: ArtistId) -> ReportContent:
    """Everything of this world as rows, with heads and receipts in place."""
    entries = tuple(e for ledger in made.entries.values() for e in chained(ledger))
    return ReportContent(
        header(*artists),
        parties=tuple(made.parties),
        works=tuple(made.works),
        releases=tuple(made.releases),
        stakeholders=tuple(made.stakeholders),
        controls=tuple(made.controls),
        programmes=tuple(made.programmes),
        terms=tuple(made.terms),
        agreements=tuple(made.agreements),
        opt_ins=tuple(made.opt_ins),
        attestations=tuple(made.attestations),
        recorded_answers=tuple(made.recorded_answers),
        datasets=(DatasetVersion(DatasetVersionId("list-1"), "Open list", public=True),),
        inclusions=(listed(),),
        entries=entries,
        receipts=tuple(
            EntryReceipt(e.artist, e.n, make_receipt(e, SIGNER, HERE, "epoch-1")) for e in entries
        ),
        statements=(statement("q3", MARA), statement("q3-ola", OLA)),
        lines=(*lines("q3"), *lines("q3-ola")),
    )


def listed() -> InclusionStatement:
    return InclusionStatement(
        FactId("listed-1"),
        RECORDING,
        Asset.MASTER,
        InclusionState.SUSPECTED,
        date(2025, 2, 1),
        Basis.UNDECLARED,
        "Open list",
        EvidenceGrade.PUBLIC_DATASET,
        Evidence("list.csv", row=12, words="Mara - Salt Lines"),
        Recorded(datetime(2025, 3, 1, tzinfo=UTC)),
        dataset=DatasetVersionId("list-1"),
        programme=PROGRAMME,
    )


def statement(id: str, payee: ArtistId) -> Statement:
    return Statement(
        StatementId(id),
        "Harmonia",
        payee,
        date(2025, 7, 1),
        date(2025, 9, 30),
        "EUR",
        2,
        Decimal("30.000000000001"),
        StatementSource.API,
        date(2025, 10, 15),
        "00",
    )


def lines(statement: str) -> tuple[Line, ...]:
    amounts = (Decimal("10.000000000001"), Decimal("20"))
    return tuple(
        Line(
            StatementId(statement),
            number,
            LineKind.USAGE_GENERATION,
            amount,
            "EUR",
            date(2025, 7, 1),
            work=RECORDING,
            programme=PROGRAMME,
            words="Salt Lines",
        )
        for number, amount in enumerate(amounts, start=1)
    )
