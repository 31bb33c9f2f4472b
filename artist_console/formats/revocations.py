"""Taking a key back: a statement that the key itself signed, that nothing is to be believed because of it.

A thief can sign one too, and gains nothing by it. One can also mark a signer by hand; that is no business of
this module. `docs/formats/signer-card.md` has the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .handovers import day_of
from .key_statements import MalformedStatement, read_statement, sign_statement
from .signatures import PublicKey, SigningKey

MAX_REASON_CHARS = 300
_TYP = "artist-console-key-revocation+jws"
_FORMAT = "artist-console-key-revocation"


@dataclass(frozen=True, slots=True)
class Revocation:
    """The key says of itself that nothing is to be believed because of it any more."""

    key: PublicKey
    on: date  # by the clock of whoever signed
    reason: str  # of one line; may be empty
    line: str  # as it was signed


def revoke(key: SigningKey, on: date, reason: str) -> str:
    """The line of a revocation; a reason that is too long is cut."""
    record = {
        "format": _FORMAT,
        "version": 1,
        "key": key.public.jwk(),
        "on": on.isoformat(),
        "reason": " ".join(reason.split())[:MAX_REASON_CHARS].strip(),
    }
    return sign_statement(record, (key,), _TYP)


def read_revocation(line: str) -> Revocation:
    """Read a line that the key has signed. Raises MalformedStatement."""
    record, (key,) = read_statement(line, _TYP, ("key",))
    if set(record) != {"format", "version", "key", "on", "reason"}:
        raise MalformedStatement("it does not take a key back")
    if record["format"] != _FORMAT or record["version"] != 1 or record["version"] is True:
        raise MalformedStatement("it takes a key back in a form that is not known here")
    reason = record["reason"]
    if not isinstance(reason, str) or len(reason) > MAX_REASON_CHARS or " ".join(reason.split()) != reason:
        raise MalformedStatement("its reason is not written as it should be")
    return Revocation(key, day_of(record["on"]), reason, line)
