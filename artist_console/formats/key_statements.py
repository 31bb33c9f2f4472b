"""Short statements about keys, each a line of text: JWS in its general JSON form (RFC 7515, section 7.2.1).

One statement may have several signatures, which the compact form has no room for. One spelling: canonical
JSON of `payload` and `signatures`, and in each signature of `protected` and `signature`, nothing else. What a
statement means is the business of `handovers` and `revocations`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .canonical import NotCanonical, canonical_bytes
from .signatures import (
    MalformedSignature,
    NotAKey,
    PublicKey,
    SigningKey,
    VerifiedJws,
    base64url,
    check_with,
    read_base64url,
    read_jws,
    sign_jws,
)
from .strict_json import MalformedJson, read_json

MAX_LINE_BYTES = 4096


class MalformedStatement(ValueError):
    """A line that is no statement of its kind, or that was not signed by whom it names. `str()` says why."""


def sign_statement(record: dict[str, Any], keys: Sequence[SigningKey], typ: str) -> str:
    """The line of a statement, signed by each of the keys in their order."""
    payload = canonical_bytes(record)
    signatures = []
    for key in keys:
        header, _, signature = sign_jws(payload, key, typ).split(".")
        signatures.append({"protected": header, "signature": signature})
    return canonical_bytes({"payload": base64url(payload), "signatures": signatures}).decode()


def read_statement(line: str, typ: str, signers: Sequence[str]) -> tuple[dict[str, Any], list[PublicKey]]:
    """The record of a line, and the keys of it whose members are named in `signers`: each has signed it.

    Raises MalformedStatement.
    """
    if len(line.encode("utf-8", "surrogatepass")) > MAX_LINE_BYTES:
        raise MalformedStatement("it is longer than such a statement can be")
    try:
        found = read_json(line)
        if canonical_bytes(found).decode() != line:
            raise MalformedStatement("it is not the one spelling of what it says")
        parts = _parts(found)
        record = read_json(read_base64url(found["payload"]).decode("utf-8"))
        if canonical_bytes(record) != read_base64url(found["payload"]) or not isinstance(record, dict):
            raise MalformedStatement("it is not the one spelling of what it says")
        keys = [_key(record.get(name)) for name in signers]
        if len(parts) != len(keys):
            raise MalformedStatement("it has not the signatures that it needs")
        for (header, signature), key in zip(parts, keys, strict=True):
            jws = read_jws(f"{header}.{found['payload']}.{signature}", MAX_LINE_BYTES)
            if jws.kid != key.kid or jws.typ != typ:
                raise MalformedStatement("a signature in it is meant for something else")
            if not isinstance(check_with(jws, key), VerifiedJws):
                raise MalformedStatement("a signature in it does not match what it says")
    except (MalformedJson, MalformedSignature, NotAKey, NotCanonical, UnicodeError) as error:
        raise MalformedStatement(str(error)) from error
    return record, keys


def _parts(found: Any) -> list[tuple[str, str]]:
    match found:
        case {"payload": str(), "signatures": list(signatures), **rest} if not rest:
            parts = []
            for each in signatures:
                match each:
                    case {"protected": str(header), "signature": str(signature), **more} if not more:
                        parts.append((header, signature))
                    case _:
                        raise MalformedStatement("a signature in it is not written as it should be")
            return parts
    raise MalformedStatement("it is no statement about a key")


def _key(jwk: Any) -> PublicKey:
    if not isinstance(jwk, dict) or set(jwk) != {"crv", "kty", "x"}:
        raise MalformedStatement("a key in it is not written as it should be")
    return PublicKey.from_jwk(jwk)
