"""Receipts: signed proof that a ledger entry was recorded, checked with nothing but the signer's public key.

A receipt is a compact JWS over canonical JSON; docs/formats/receipt.md describes it for other programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import msgspec

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import AccountId, ArtistId, DecisionId, MandateId, TermsId
from artist_console.domain.mandates import Mandate, MandateEvidence
from artist_console.domain.registers import Register, Stance

from .canonical import NotCanonical, canonical_bytes
from .encoding import as_plain
from .proof_checks import CheckState, ProofCheck, cannot, failed, passed, worst
from .signatures import (
    MalformedSignature,
    PublicKey,
    SignatureFault,
    SigningKey,
    UnverifiedJws,
    check_signature,
    read_jws,
    sha256_hex,
    sign_jws,
)
from .wire import digest_of, entry_bytes

RECEIPT_TYPE = "artist-console-receipt"
RECEIPT_VERSION = 1
JWS_TYP = "artist-console-receipt+jws"


class MalformedReceipt(ValueError):
    """Text that is not a receipt. `str()` says where."""


class SignerRole(Enum):
    """Who vouches: a receipt of this computer does not say that anybody else was told."""

    THIS_COMPUTER = "this_computer"
    HOSTED_SERVICE = "hosted_service"
    OPERATOR = "operator"


class ReceiptSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    role: SignerRole


class ReceiptDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The decision of the entry. `digest` is the identity of the whole record (PROTOCOL)."""

    id: DecisionId
    digest: str
    stance: Stance
    register: Register
    made_by: AccountId
    made_at: datetime  # the person's own clock
    terms: TermsId | None
    terms_sha256: str


class ReceiptMandate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Under which mandate, and how it is known that the artist gave it; None: not known to the signer."""

    id: MandateId
    evidence: MandateEvidence | None


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a receipt says: this entry stands at this place of this artist's ledger."""

    type: str
    version: int
    artist: ArtistId
    n: int
    head: str
    entry_sha256: str  # over the canonical bytes of the entry without its head
    kind: EntryKind
    decision: ReceiptDecision | None
    names: DecisionId | None  # the proposal that a co-signature or refusal is about
    recorded_at: datetime
    recorded_for: AccountId
    mandate: ReceiptMandate | None
    signer: ReceiptSigner
    epoch: str


@dataclass(frozen=True, slots=True)
class UnverifiedReceipt:
    """A receipt as it claims to be."""

    text: str
    jws: UnverifiedJws
    claims: Receipt


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """Every check of one receipt; `receipt` only where all of them passed."""

    checks: tuple[ProofCheck, ...]
    receipt: Receipt | None
    key: PublicKey | None

    @property
    def state(self) -> CheckState:
        return worst(self.checks)


def make_receipt(
    entry: LedgerEntry, key: SigningKey, signer: ReceiptSigner, epoch: str, mandate: Mandate | None = None
) -> str:
    """Sign a receipt for an entry that has its head. `mandate` is the row that the decision names.

    Raises NotCanonical when the entry has no one spelling.
    """
    claims = Receipt(
        RECEIPT_TYPE,
        RECEIPT_VERSION,
        entry.artist,
        entry.n,
        entry.head,
        sha256_hex(entry_bytes(entry)),
        entry.kind,
        _about(entry.decision),
        entry.names,
        entry.recorded_at,
        entry.recorded_for,
        _under(entry, mandate),
        signer,
        epoch,
    )
    return sign_jws(canonical_bytes(as_plain(claims)), key, JWS_TYP)


def _about(decision: Decision | None) -> ReceiptDecision | None:
    if decision is None:
        return None
    return ReceiptDecision(
        decision.id,
        digest_of(decision),
        decision.stance,
        decision.register,
        decision.made_by,
        decision.made_at,
        decision.terms,
        decision.terms_sha256,
    )


def _under(entry: LedgerEntry, mandate: Mandate | None) -> ReceiptMandate | None:
    if entry.mandate is not None:
        return ReceiptMandate(entry.mandate.id, entry.mandate.evidence)
    if entry.decision is None or entry.decision.mandate is None:
        return None
    known = mandate if mandate is not None and mandate.id == entry.decision.mandate else None
    return ReceiptMandate(entry.decision.mandate, known.evidence if known else None)


_PAYLOAD = msgspec.json.Decoder(Receipt)


def read_receipt(text: str) -> UnverifiedReceipt:
    """Read a receipt without believing it. Raises MalformedReceipt."""
    try:
        jws = read_jws(text)
        claims = _PAYLOAD.decode(jws.payload)
        spelled = canonical_bytes(as_plain(claims))
    except (MalformedSignature, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotCanonical) as e:
        raise MalformedReceipt(str(e)) from e
    if jws.typ != JWS_TYP or claims.type != RECEIPT_TYPE:
        raise MalformedReceipt("it is signed, but it is not a receipt")
    if claims.version != RECEIPT_VERSION:
        raise MalformedReceipt("it was written by a newer version")
    if spelled != jws.payload:
        raise MalformedReceipt("its content is not in canonical spelling")
    return UnverifiedReceipt(text, jws, claims)


def verify_receipt(
    receipt: UnverifiedReceipt | str, keys: Mapping[str, PublicKey], about: LedgerEntry | Decision
) -> ReceiptCheck:
    """Check a receipt against the keys that are known and the entry or decision that it should prove."""
    if isinstance(receipt, str):
        try:
            receipt = read_receipt(receipt)
        except MalformedReceipt as error:
            torn = failed("form", "This is not a receipt that can be read: {why}.", why=error)
            return ReceiptCheck((torn,), None, None)
    claims = receipt.claims
    signed, key = _signature_check(receipt, keys)
    entry = about if isinstance(about, LedgerEntry) else None
    decision = about if isinstance(about, Decision) else about.decision
    checks = [passed("form", "The receipt is complete and in the form it should have."), signed]
    checks.append(_decision_check(claims, decision))
    if entry is not None:
        checks.append(_entry_check(claims, entry))
    sound = worst(checks) is CheckState.PASSED
    return ReceiptCheck(tuple(checks), claims if sound else None, key)


def _signature_check(
    receipt: UnverifiedReceipt, keys: Mapping[str, PublicKey]
) -> tuple[ProofCheck, PublicKey | None]:
    name = receipt.claims.signer.name
    match check_signature(receipt.jws, keys):
        case SignatureFault.KEY_NOT_KNOWN:
            words = "The key of the signer, who gives the name {name}, is not known here."
            return cannot("signature", words, name=name), None
        case SignatureFault.DOES_NOT_MATCH:
            return failed("signature", "The receipt was changed after it was signed."), None
        case verified:
            words = "Signed with the key {fingerprint}, by {name}."
            return (
                passed("signature", words, fingerprint=verified.key.fingerprint, name=name),
                verified.key,
            )


def _decision_check(claims: Receipt, decision: Decision | None) -> ProofCheck:
    if decision is None and claims.decision is None:
        return passed("decision", "The entry holds no decision, and the receipt names none.")
    if decision is None or claims.decision is None:
        return failed("decision", "The receipt is about another kind of entry.")
    if claims.artist != decision.register.artist:
        return failed("decision", "The receipt is about another artist.")
    try:
        same = claims.decision == _about(decision)
    except NotCanonical:
        same = False
    if not same:
        return failed("decision", "The receipt is about another decision, or the decision was changed.")
    return passed("decision", "The receipt is about exactly this decision.")


def _entry_check(claims: Receipt, entry: LedgerEntry) -> ProofCheck:
    try:
        digest = sha256_hex(entry_bytes(entry))
    except NotCanonical:
        digest = ""
    said = (claims.artist, claims.n, claims.head, claims.entry_sha256, claims.kind, claims.names)
    held = (entry.artist, entry.n, entry.head, digest, entry.kind, entry.names)
    when = (claims.recorded_at, claims.recorded_for) == (entry.recorded_at, entry.recorded_for)
    if said != held or not when:
        return failed("entry", "The receipt and entry {n} of the ledger do not agree.", n=entry.n)
    return passed("entry", "The receipt names the place of this entry in the ledger: number {n}.", n=entry.n)


SIGNED_BY: dict[SignerRole, str] = {
    SignerRole.THIS_COMPUTER: "Recorded on this computer. This receipt does not say that anybody was told.",
    SignerRole.HOSTED_SERVICE: "Recorded by a hosted service. It does not say that an operator was told.",
    SignerRole.OPERATOR: "Recorded by the operator itself.",
}
