"""Receipts that somebody hands over, checked with no account, no profile and no network."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine, check_line
from artist_console.commands.names import EVERY_PROGRAMME, use_words
from artist_console.commands.signers import known_keys
from artist_console.domain import words
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import SubjectKind
from artist_console.formats.proof_checks import failed
from artist_console.formats.receipt_proof import (
    MAX_KEY_BYTES,
    MAX_PROOF_BYTES,
    MalformedProof,
    ProofFound,
    UnverifiedProof,
    check_proof,
    read_keys,
    read_proof,
)
from artist_console.formats.receipts import SIGNED_BY, Receipt
from artist_console.formats.signatures import PublicKey, sha256_hex
from artist_console.host.files import read_bounded


class ReceiptVerdict(Enum):
    """The result line at the top, worst last."""

    GENUINE = "genuine"
    SIGNER_UNKNOWN = "signer_unknown"  # unchanged, but nobody here knows the signer
    CHANGED = "changed"  # something in it does not fit
    CANNOT_BE_CHECKED = "cannot_be_checked"  # unreadable, or the key of its signer is nowhere


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A file as it was checked: what the checks say first, then what it claims."""

    path: Path
    verdict: ReceiptVerdict
    headline: str
    checks: tuple[CheckLine, ...]
    does_not_tell: tuple[str, ...]
    claims: Receipt | None  # as read; to be believed only where the verdict says so
    lines: tuple[tuple[str, str], ...]  # the same, label and text; names are no part of a receipt
    is_proof: bool  # not the receipt alone
    signer: str
    kid: str
    fingerprint: str
    introduced_by: str  # who made the signer known here; empty: nobody
    sha256: str  # of the file
    headline_template: str
    headline_fields: tuple[tuple[str, str], ...]


_HEADLINE = {
    ReceiptVerdict.GENUINE: "Unchanged since {name} signed it.",
    ReceiptVerdict.SIGNER_UNKNOWN: "Unchanged since it was signed, signer not known to you.",
    ReceiptVerdict.CHANGED: "Changed after signing.",
    ReceiptVerdict.CANNOT_BE_CHECKED: "Cannot be checked.",
}
_DOES_NOT_TELL = (
    "Whether the answer has power there: standing is no part of a receipt.",
    "What was answered later. Ask for a newer receipt where it matters.",
)
_ADVICE = "Ask the sender for the file as it was saved."
GIVEN_KEY = "you, with this check"


def check_file_in(console: Console, path: Path) -> CheckedReceipt:
    """The same, with the signers that are known in this profile."""
    return check_file(path, console.folder.signers)


def check_file(path: Path, signers: Path | None = None, key_file: Path | None = None) -> CheckedReceipt:
    """Check a receipt or its proof file with no account and no network.

    `signers` is the list of those known here; `key_file` a file with a JWK that counts as known this time.
    Raises FileProblem where a file cannot be read at all, InputProblem for a key that is none; everything
    else is told by the verdict.
    """
    data = read_bounded(path, MAX_PROOF_BYTES)
    known = {each.key.kid: (each.key, each.introduced_by, each.name) for each in known_keys(signers)}
    if key_file is not None:
        known |= {each.kid: (each, GIVEN_KEY, "") for each in given_keys(key_file)}
    try:
        proof = read_proof(data)
    except MalformedProof as error:
        said = "{name} is not a receipt that can be read: {why}. {advice}"
        torn = failed("form", said, name=path.name, why=error, advice=_ADVICE)
        return _told(path, data, None, None, (check_line(torn),), ReceiptVerdict.CANNOT_BE_CHECKED, ("", ""))
    found = check_proof(proof, {kid: each for kid, (each, _, _) in known.items()})
    kid = proof.receipt.jws.kid
    introduced = known[kid][1:] if found.is_known else ("", "")
    key = known[kid][0] if found.is_known else proof.key
    checks = tuple(check_line(each) for each in found.checks)
    return _told(path, data, proof, key, checks, _verdict(found), introduced)


def given_keys(path: Path) -> tuple[PublicKey, ...]:
    """The public keys in a file. Raises InputProblem, FileProblem."""
    try:
        return read_keys(read_bounded(path, MAX_KEY_BYTES))
    except MalformedProof as error:
        raise InputProblem(
            "{name} is not a public key that can be used: {why}",
            "Give an Ed25519 key as JWK (RFC 8037), or a set of them",
            name=path.name,
            why=error,
        ) from error


def _verdict(found: ProofFound) -> ReceiptVerdict:
    if found.has_failed:
        return ReceiptVerdict.CHANGED
    if found.receipt is None:
        return ReceiptVerdict.CANNOT_BE_CHECKED
    return ReceiptVerdict.GENUINE if found.is_known else ReceiptVerdict.SIGNER_UNKNOWN


def _told(
    path: Path,
    data: bytes,
    proof: UnverifiedProof | None,
    key: PublicKey | None,
    checks: tuple[CheckLine, ...],
    verdict: ReceiptVerdict,
    introduced: tuple[str, str],
) -> CheckedReceipt:
    introduced_by, name = introduced
    claims = proof.receipt.claims if proof is not None else None
    signer = claims.signer.name if claims is not None else ""
    template = _HEADLINE[verdict]
    fields = (("name", name or signer),) if "{name}" in template else ()
    return CheckedReceipt(
        path=path,
        verdict=verdict,
        headline=template.format_map(dict(fields)),
        checks=checks,
        does_not_tell=_does_not_tell(claims),
        claims=claims,
        lines=_lines(claims) if claims is not None else (),
        is_proof=proof is not None and not proof.is_plain,
        signer=signer,
        kid=proof.receipt.jws.kid if proof is not None else "",
        fingerprint=key.fingerprint if key is not None else "",
        introduced_by=introduced_by,
        sha256=sha256_hex(data),
        headline_template=template,
        headline_fields=fields,
    )


def _lines(claims: Receipt) -> tuple[tuple[str, str], ...]:
    """What a receipt says. It knows no names, so ids stand here."""
    lines = [("Artist", str(claims.artist)), ("Place in the ledger", f"{claims.n}")]
    decision = claims.decision
    if decision is not None:
        register = decision.register
        about = register.subject.id or _ABOUT[register.subject.kind]
        lines += [
            ("Answer", words.STANCE[decision.stance]),
            ("About", about),
            ("Programme", register.programme or EVERY_PROGRAMME),
            ("Use", use_words(register.use)),
            ("Decision", decision.id),
        ]
    if claims.mandate is not None:
        lines.append(("By mandate", claims.mandate.id))
    lines += [
        ("Recorded", f"{claims.recorded_at:%d %B %Y, %H:%M} UTC"),
        ("Head of the ledger", claims.head),
        ("Signed by", claims.signer.name),
    ]
    return tuple(lines)


_ABOUT = {
    SubjectKind.ALL: "all works",
    SubjectKind.WORK: "a work",
    SubjectKind.RELEASE: "a release",
    SubjectKind.PERSON: "voice, name and image",
}


def _does_not_tell(claims: Receipt | None) -> tuple[str, ...]:
    if claims is None:
        return ()
    return (SIGNED_BY[claims.signer.role], *_DOES_NOT_TELL)
