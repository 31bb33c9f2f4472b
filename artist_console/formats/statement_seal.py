"""Seals of statements: the service vouches for what a statement says and for the file that holds its lines.

A seal is a compact JWS over canonical JSON, as a receipt is; docs/formats/lines-file.md describes it for
other programs. Of a statement that was read from a file it says no more than that: imported as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from artist_console.domain.ids import PartyId, StatementId
from artist_console.domain.statement_checks import SealState
from artist_console.domain.statements import Statement, StatementLevel, StatementSource

from .canonical import NotCanonical, canonical_bytes
from .encoding import as_plain
from .receipts import ReceiptSigner
from .signatures import (
    MalformedSignature,
    PublicKey,
    SignatureFault,
    SigningKey,
    check_signature,
    read_jws,
    sign_jws,
)

SEAL_TYPE = "artist-console-statement-seal"
SEAL_VERSION = 1
JWS_TYP = "artist-console-statement+jws"
_VOUCHES: Mapping[StatementSource, str] = {
    StatementSource.API: "as the issuer sent it",
    StatementSource.IMPORTED: "imported as is",
}


class StatementSeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a seal says."""

    type: str
    version: int
    statement: StatementId
    issuer: str
    payee: PartyId
    period_from: date
    period_until: date
    currency: str
    level: StatementLevel
    source: StatementSource
    vouches: str  # what the signer knows of where it came from
    line_count: int
    declared_total: str  # exact decimal text; empty where none is declared
    lines_sha256: str
    signer: ReceiptSigner


def _claims(statement: Statement, signer: ReceiptSigner) -> StatementSeal:
    return StatementSeal(
        SEAL_TYPE,
        SEAL_VERSION,
        statement.id,
        statement.issuer,
        statement.payee,
        statement.period_from,
        statement.period_until,
        statement.currency,
        statement.level,
        statement.source,
        _VOUCHES[statement.source],
        statement.line_count,
        "" if statement.declared_total is None else f"{statement.declared_total:f}",
        statement.lines_sha256,
        signer,
    )


def make_seal(statement: Statement, key: SigningKey, signer: ReceiptSigner) -> str:
    """Seal a statement that names the file of its lines."""
    return sign_jws(canonical_bytes(as_plain(_claims(statement, signer))), key, JWS_TYP)


def seal_state(statement: Statement, keys: Mapping[str, PublicKey]) -> SealState:
    """Whether the seal of a statement holds, by the keys that are known: signature first, then every word."""
    if not statement.seal:
        return SealState.NONE
    try:
        jws = read_jws(statement.seal)
    except MalformedSignature:
        return SealState.BROKEN
    match check_signature(jws, keys):
        case SignatureFault.KEY_NOT_KNOWN:
            return SealState.KEY_UNKNOWN
        case SignatureFault():
            return SealState.BROKEN
    try:
        said = msgspec.json.decode(jws.payload, type=StatementSeal)
        expected = canonical_bytes(as_plain(_claims(statement, said.signer)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotCanonical):
        return SealState.BROKEN
    return SealState.HOLDS if jws.typ == JWS_TYP and jws.payload == expected else SealState.BROKEN
