"""Ledger entries without their heads, as files hold them: heads follow from entries, nobody gives them."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from artist_console.domain.decisions import LedgerEntry

from .canonical import NotCanonical, canonical_bytes
from .strict_json import placed
from .wire import entry_bytes


class MalformedEntry(ValueError):
    """An object that is no ledger entry without its head. `str()` says why."""


def headless(entry: LedgerEntry) -> dict[str, Any]:
    """The entry as an object of JSON without its head. Raises NotCanonical."""
    plain: dict[str, Any] = json.loads(entry_bytes(entry))
    return plain


def read_headless(plain: dict[str, Any], head: str = "") -> LedgerEntry:
    """The entry that an object is, with the head given. Raises MalformedEntry.

    Nothing may stand in the object that an entry does not hold: it would be hashed by others and not by us.
    """
    if "head" in plain:
        raise MalformedEntry("an entry stands here without its head")
    try:
        entry = msgspec.convert({**plain, "head": head}, LedgerEntry)
        same = entry_bytes(entry) == canonical_bytes(plain)
    except msgspec.ValidationError as error:
        raise MalformedEntry(placed(error)) from error
    except (NotCanonical, RecursionError) as error:
        raise MalformedEntry(f"it has no one spelling ({error})") from error
    if not same:
        raise MalformedEntry("it holds something that no entry of a ledger holds")
    return entry
