"""Canonical JSON (RFC 8785): the one spelling of a record that is hashed and signed.

Records hold text, integers, booleans, null, lists and objects. Amounts travel as text: a JSON number is a
binary fraction to most readers, so a float is refused here rather than rounded.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """A record holds something that has no one spelling (a float, a lone surrogate, an integer past 2^53)."""


def canonical_bytes(record: Any) -> bytes:
    """The UTF-8 bytes of `record` in its canonical spelling. Raises NotCanonical."""
    _refuse_floats(record)
    try:
        return rfc8785.dumps(record)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def canonical_sha256(record: Any) -> str:
    """SHA-256 (hex) over the canonical bytes. Raises NotCanonical."""
    return hashlib.sha256(canonical_bytes(record)).hexdigest()


def _refuse_floats(record: Any) -> None:
    if isinstance(record, float):
        raise NotCanonical("a float has no place in a signed record; write amounts as text")
    if isinstance(record, dict):
        for value in record.values():
            _refuse_floats(value)
    elif isinstance(record, (list, tuple)):
        for value in record:
            _refuse_floats(value)
