"""The proof file of a receipt: the receipt with its signer's key, its entry and the head before it.

With it somebody offline can work out every hash that the receipt names. docs/formats/receipt.md describes it
for other programs. A plain receipt (a compact JWS) is read here, too: it proves less.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from artist_console.domain.decisions import LedgerEntry, Pin

from .headless import MalformedEntry, headless, read_headless
from .ledger_proof import check_chain, next_head
from .proof_checks import CheckState, ProofCheck, cannot, counted, failed, passed
from .receipts import MalformedReceipt, Receipt, UnverifiedReceipt, read_receipt, verify_receipt
from .signatures import NotAKey, PublicKey, SignatureFault, check_signature, check_with
from .strict_json import MalformedJson, placed, read_json

PROOF_TYPE = "artist-console-receipt-proof"
PROOF_VERSION = 1
MAX_PROOF_BYTES = 16_000_000
MAX_LATER = 10_000
MAX_KEY_BYTES = 64_000

_HEAD = re.compile(r"[0-9a-f]{64}", re.ASCII)


class MalformedProof(ValueError):
    """Bytes that are neither a receipt nor its proof file. `str()` says what and where."""


class ProofChain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head before the entry, and entries after it up to one whose head was signed, too."""

    previous_head: str  # hex; empty before the first entry
    later: list[dict[str, Any]] = []
    later_receipt: str | None = None  # of the last of `later`


class ReceiptProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds. Entries stand without their heads: heads follow from them."""

    type: str
    version: int
    receipt: str
    signer_key: dict[str, str] | None
    entry: dict[str, Any]
    chain: ProofChain | None


@dataclass(frozen=True, slots=True)
class UnverifiedProof:
    """A receipt as it was handed over, with what came along; nothing of it is believed yet."""

    receipt: UnverifiedReceipt
    key: PublicKey | None = None  # as the file gives it
    entry: LedgerEntry | None = None
    chain: ProofChain | None = None
    is_plain: bool = False  # the receipt alone


@dataclass(frozen=True, slots=True)
class ProofFound:
    """Every check. `receipt` only where none failed and the signature was checked."""

    checks: tuple[ProofCheck, ...]
    receipt: Receipt | None
    entry: LedgerEntry | None
    key: PublicKey | None  # that signed it
    is_known: bool  # whether that key was known before the file came

    @property
    def has_failed(self) -> bool:
        return any(check.state is CheckState.FAILED for check in self.checks)


# Writing


def make_proof(
    receipt: str,
    key: PublicKey | None,
    entry: LedgerEntry,
    previous_head: str | None,
    later: Sequence[LedgerEntry] = (),
    later_receipt: str | None = None,
) -> bytes:
    """The proof file as bytes. `previous_head` None: not known here. Raises NotCanonical."""
    chain = None
    if previous_head is not None:
        chain = {
            "previous_head": previous_head,
            "later": [headless(each) for each in later],
            "later_receipt": later_receipt,
        }
    content = {
        "type": PROOF_TYPE,
        "version": PROOF_VERSION,
        "receipt": receipt,
        "signer_key": key_members(key) if key is not None else None,
        "entry": headless(entry),
        "chain": chain,
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def key_members(key: PublicKey) -> dict[str, str]:
    """The key as an RFC 8037 JWK that any JOSE library takes."""
    return {**key.jwk(), "alg": "EdDSA", "use": "sig", "kid": key.kid}


# Reading


def read_proof(data: bytes) -> UnverifiedProof:
    """Read a proof file or a plain receipt without believing it. Raises MalformedProof."""
    text = _text(data)
    if not text.lstrip().startswith("{"):
        return _plain(text.strip())
    try:
        found = msgspec.convert(_object(text), ReceiptProof)
    except msgspec.ValidationError as error:
        raise MalformedProof(placed(error)) from error
    if found.type != PROOF_TYPE:
        raise MalformedProof(f"its type is “{found.type[:60]}”, not that of a receipt's proof")
    if found.version != PROOF_VERSION:
        raise MalformedProof("it was written by a newer version of Artist Console")
    receipt = _receipt(found.receipt, "receipt")
    entry = _entry(found.entry, "entry", receipt.claims.head)
    return UnverifiedProof(receipt, _key(found.signer_key), entry, _sound_chain(found.chain))


def _text(data: bytes) -> str:
    if not data.strip():
        raise MalformedProof("the file is empty")
    if len(data) > MAX_PROOF_BYTES:
        raise MalformedProof("it is larger than a proof can be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedProof(f"byte {error.start + 1} is not text in UTF-8") from error


def _plain(text: str) -> UnverifiedProof:
    if any(sign.isspace() for sign in text):
        raise MalformedProof("it is neither one line with a receipt nor a proof file in JSON")
    return UnverifiedProof(_receipt(text, ""), is_plain=True)


def _object(text: str) -> Any:
    try:
        return read_json(text)
    except MalformedJson as error:
        raise MalformedProof(str(error)) from error


def _receipt(text: str, place: str) -> UnverifiedReceipt:
    try:
        return read_receipt(text)
    except MalformedReceipt as error:
        raise MalformedProof(f"at “{place}”: {error}" if place else str(error)) from error


def _entry(plain: dict[str, Any], place: str, head: str) -> LedgerEntry:
    try:
        return read_headless(plain, head)
    except MalformedEntry as error:
        raise MalformedProof(f"at “{place}”: {error}") from error


def _key(members: dict[str, str] | None) -> PublicKey | None:
    if members is None:
        return None
    try:
        return PublicKey.from_jwk(members)
    except NotAKey as error:
        raise MalformedProof(f"at “signer_key”: {error}") from error


def _sound_chain(chain: ProofChain | None) -> ProofChain | None:
    if chain is None:
        return None
    if chain.previous_head and not _HEAD.fullmatch(chain.previous_head):
        raise MalformedProof("at “chain.previous_head”: a head has 64 digits from 0 to 9 and a to f")
    if len(chain.later) > MAX_LATER:
        raise MalformedProof(f"at “chain.later”: more than {MAX_LATER:,} entries are not read")
    if bool(chain.later) != (chain.later_receipt is not None):
        raise MalformedProof("at “chain”: later entries end with the receipt of the last of them")
    return chain


def read_keys(data: bytes) -> tuple[PublicKey, ...]:
    """The Ed25519 keys of a JWK or a JWK set (RFC 7517). Raises MalformedProof."""
    if len(data) > MAX_KEY_BYTES:
        raise MalformedProof("it is larger than a key can be")
    found = _object(_text(data))
    listed = found.get("keys") if isinstance(found, dict) and "keys" in found else [found]
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise MalformedProof("it is neither a JWK nor a set of them")
    try:
        return tuple(PublicKey.from_jwk(each) for each in listed)
    except NotAKey as error:
        raise MalformedProof(str(error)) from error


# Checking


def check_proof(proof: UnverifiedProof, keys: Mapping[str, PublicKey]) -> ProofFound:
    """Every check of a proof against the keys that are known here."""
    checks = [passed("form", "The file is complete and in the form it should have.")]
    signed, key, is_known = _signature(proof, keys)
    checks += signed
    if proof.entry is None:
        words = (
            "The receipt stands alone. Its proof file would show the entry, and the place follows from that."
        )
        checks.append(cannot("entry", words))
    else:
        checks += _about_entry(proof.receipt, proof.entry)
        checks += _place(proof, proof.entry, key)
    sound = key is not None and all(check.state is not CheckState.FAILED for check in checks)
    claims = proof.receipt.claims if sound else None
    return ProofFound(tuple(checks), claims, proof.entry, key if sound else None, is_known)


def _signature(
    proof: UnverifiedProof, keys: Mapping[str, PublicKey]
) -> tuple[list[ProofCheck], PublicKey | None, bool]:
    receipt = proof.receipt
    name = receipt.claims.signer.name
    if receipt.jws.kid not in keys:
        return _signature_by_file(proof, name)
    match check_signature(receipt.jws, keys):
        case SignatureFault():
            return [failed("signature", "The receipt was changed after it was signed.")], None, True
        case verified:
            if proof.key is not None and proof.key != verified.key:
                words = "The file gives another key than the one that signed the receipt."
                return [failed("signature", words)], None, True
            words = "Unchanged since it was signed with the key {fingerprint}."
            known = "That key is known here. The signer gives the name “{name}”."
            return (
                [
                    passed("signature", words, fingerprint=verified.key.fingerprint),
                    passed("signer", known, name=name),
                ],
                verified.key,
                True,
            )


def _signature_by_file(proof: UnverifiedProof, name: str) -> tuple[list[ProofCheck], PublicKey | None, bool]:
    receipt, key = proof.receipt, proof.key
    if key is None:
        words = (
            "The key of the signer, who gives the name {name}, is not known here and not in the file,"
            " so the signature cannot be checked."
        )
        return [cannot("signature", words, name=name)], None, False
    if key.kid != receipt.jws.kid or isinstance(check_with(receipt.jws, key), SignatureFault):
        return [failed("signature", "The receipt does not fit the key that the file gives.")], None, False
    words = "Unchanged since it was signed with the key {fingerprint}."
    unknown = (
        "That key, whose owner gives the name “{name}”, is only known from the file itself."
        " Ask its owner for the fingerprint, and compare."
    )
    return (
        [
            passed("signature", words, fingerprint=key.fingerprint),
            cannot("signer", unknown, name=name),
        ],
        key,
        False,
    )


def _about_entry(receipt: UnverifiedReceipt, entry: LedgerEntry) -> list[ProofCheck]:
    """What the receipt says of the entry; its form and signature are checked apart."""
    found = verify_receipt(receipt, {}, entry)
    return [check for check in found.checks if check.name in ("decision", "entry")]


def _place(proof: UnverifiedProof, entry: LedgerEntry, key: PublicKey | None) -> list[ProofCheck]:
    chain = proof.chain
    if chain is None:
        return [cannot("place", "The head of the ledger before this entry is not in the file.")]
    if (entry.n == 1) != (chain.previous_head == "") or next_head(chain.previous_head, entry) != entry.head:
        words = "The head before it and the entry do not lead to the head that was signed."
        return [failed("place", words)]
    words = "The signed head follows from the head before it and from entry {n}."
    return [passed("place", words, n=entry.n), *_later(chain, entry, key)]


def _later(chain: ProofChain, entry: LedgerEntry, key: PublicKey | None) -> list[ProofCheck]:
    """Whether the later entries lead from the entry to a head that the same key signed."""
    if not chain.later or chain.later_receipt is None:
        return []
    entries: list[LedgerEntry] = []
    head = entry.head
    try:
        for number, plain in enumerate(chain.later):
            found = _entry(plain, f"chain.later[{number}]", "")
            head = next_head(head, found)
            entries.append(replace(found, head=head))
        last = read_receipt(chain.later_receipt)
    except (MalformedProof, MalformedReceipt) as error:
        return [failed("later", "What came later cannot be read: {why}.", why=error)]
    followed = check_chain(entries, Pin(entry.n, entry.head))
    same_artist = all(each.artist == entry.artist for each in entries)
    agrees = all(c.state is not CheckState.FAILED for c in _about_entry(last, entries[-1]))
    if not (followed.holds and same_artist and agrees):
        words = "The later entries do not lead from this one to the later receipt."
        return [failed("later", words)]
    if key is None:
        return [cannot("later", "The later receipt cannot be checked without the key of its signer.")]
    if isinstance(check_with(last.jws, key), SignatureFault):
        return [failed("later", "The later receipt was not signed with the same key.")]
    words = counted(
        "{n} later entry builds on it, up to number {end}, whose head was signed, too.",
        "{n} later entries build on it, up to number {end}, whose head was signed, too.",
        len(entries),
    )
    return [passed("later", words, n=len(entries), end=entries[-1].n)]
