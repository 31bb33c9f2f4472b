"""Evidence bundles made by hand: one case with a letter, a proof, a reply and a receipt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from artist_console.domain.cases import (
    CaseState,
    CopyFound,
    Dkim,
    DkimResult,
    EventKind,
    Outcome,
    OutcomeKind,
    SentBy,
)
from artist_console.domain.decisions import EntryKind
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import About
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.evidence_bundle import receipt_lines, write_bundle
from artist_console.formats.evidence_content import (
    BundleCase,
    BundleEvent,
    BundleLetter,
    BundleReceipt,
    BundleSeen,
    BundleWork,
    EvidenceContent,
)
from artist_console.formats.evidence_files import PlainFile
from artist_console.formats.receipts import ReceiptSigner, SignerRole, make_receipt
from artist_console.formats.report_content import ReceiptKey
from artist_console.formats.signatures import SigningKey, base64url, sha256_hex
from tests.backend.world import MARA, SALT
from tests.commands.case_world import PROOF, REPLY, a_letter
from tests.formats.report_world import SIGNER, all_rows, answered_world

WHEN = datetime(2025, 6, 1, 12, tzinfo=UTC)
INDEX = b"%PDF-1.7 an index"
LETTER = a_letter()
TEXT = f"{'; '.join((LETTER.to_name, LETTER.to_email, *LETTER.to_postal))}\n{LETTER.subject}\n{LETTER.text}\n"
FILES = (
    PlainFile.of("letter-01.txt", TEXT.encode(), "text/plain; charset=utf-8"),
    PlainFile.of("letter-01.pdf", b"%PDF-1.7 a letter", "application/pdf"),
    PlainFile.of("proof-01.eml", PROOF, "message/rfc822"),
    PlainFile.of("reply-01.eml", REPLY, "message/rfc822"),
)


def a_receipt(key: SigningKey = SIGNER) -> BundleReceipt:
    entry = next(
        each
        for each in all_rows(answered_world()).entries
        if each.kind is EntryKind.DECISION and each.decision is not None
    )
    jws = make_receipt(entry, key, ReceiptSigner("Fieldnote", SignerRole.HOSTED_SERVICE), "epoch")
    assert entry.decision is not None
    return BundleReceipt(entry.artist, entry.n, "Refused everything", entry.decision, jws)


def bundle_letter() -> BundleLetter:
    return BundleLetter(
        LETTER.id, LETTER.kind, LETTER.capacity, LETTER.standing, LETTER.language, LETTER.country,
        LETTER.to_name, LETTER.to_email, LETTER.to_postal, LETTER.subject, LETTER.signed_by,
        LETTER.template_version, LETTER.checked_on, LETTER.written_at, LETTER.edited, LETTER.reply_by,
        LETTER.works, LETTER.sources, LETTER.sha256, "letter-01.txt", "letter-01.pdf", (),
    )  # fmt: skip


def an_event(id: str, kind: EventKind, file: BundleSeen | None = None) -> BundleEvent:
    return BundleEvent(
        id, kind, date(2025, 5, 28), WHEN, "a-mara", "", LETTER.id, SentBy.MAIL, "", file, None, ""
    )


def seen(name: str, body: bytes, file: str) -> BundleSeen:
    dkim = Dkim(DkimResult.NO_KEY, "harmonia.example", "s1")
    return BundleSeen(
        name,
        len(body),
        sha256_hex(body),
        file,
        "message/rfc822",
        "",
        "",
        None,
        dkim,
        LETTER.id,
        CopyFound.TEXT,
    )


def content(*receipts: BundleReceipt) -> EvidenceContent:
    outcome = Outcome(OutcomeKind.SAYS_REMOVED, "Harmonia", "it is out", (SALT,))
    case = BundleCase(
        "k-1", MARA, "Mara Quist", LetterKind.POSITION, "No consent", "Harmonia", WHEN, CaseState.OPEN,
        date(2025, 5, 31), About(), "", (SALT,), (bundle_letter(),),
        (
            an_event("e-1", EventKind.SENT, seen("sent.eml", PROOF, "proof-01.eml")),
            an_event("e-2", EventKind.REPLY, seen("Re: ü.eml", REPLY, "reply-01.eml")),
            replace(an_event("e-3", EventKind.OUTCOME), outcome=outcome, of="e-2"),
        ),
    )  # fmt: skip
    lines = receipt_lines(receipts)
    return EvidenceContent(
        "Harmonia: no consent", WHEN, "Mara", date(2025, 5, 28), date(2025, 5, 31), (case,),
        (BundleWork(SALT, WorkKind.RECORDING, "Salt Lines", "", "", ("Mara Quist",)),), (), (),
        (ReceiptKey("Fieldnote", base64url(SIGNER.public.raw)),), sha256_hex(lines) if lines else "",
        ("Notes of the cases",),
    )  # fmt: skip


def files(*receipts: BundleReceipt) -> tuple[PlainFile, ...]:
    lines = receipt_lines(receipts)
    more = (PlainFile.of("receipts.jsonl", lines, "application/jsonl"),) if lines else ()
    return (*FILES, *more)


def bundle(
    content: EvidenceContent,
    files: Sequence[PlainFile],
    index: bytes = INDEX,
    key: SigningKey = SIGNER,
    name: str = "Mara",
) -> bytes:
    """The bytes of a written bundle."""
    out = io.BytesIO()
    write_bundle(out, content, files, index, key, name)
    return out.getvalue()
