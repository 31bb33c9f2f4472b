"""The TDM Reservation Protocol of a W3C Community Group: tdmrep.json, headers and meta, read and written.

Only reservations are written. A rule that says "not reserved" would be a yes for machines, so what is not
reserved is left out. What was read elsewhere is kept as it was said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .path_patterns import matches
from .strict_json import MalformedJson, read_json

WELL_KNOWN = "/.well-known/tdmrep.json"
RESERVATION, POLICY = "tdm-reservation", "tdm-policy"
MAX_RULES = 2_000
MAX_LOCATION = 2_000  # characters


class NotTdmRep(ValueError):
    """What was read is no tdmrep.json; `str()` says what was expected."""


@dataclass(frozen=True, slots=True)
class TdmSaid:
    """What one place says. None: it says nothing of it."""

    reserved: bool | None = None
    policy: str | None = None


SAYS_NOTHING = TdmSaid()


@dataclass(frozen=True, slots=True)
class TdmRule:
    """A rule of the file: `location` is a pattern of paths."""

    location: str
    said: TdmSaid


@dataclass(frozen=True, slots=True)
class TdmFile:
    """The rules that make sense, in their order, and a sentence for each that does not."""

    rules: tuple[TdmRule, ...]
    faults: tuple[str, ...] = ()


def write_tdmrep(rules: Iterable[TdmRule]) -> bytes:
    """The file, one rule after the other. Raises ValueError for a rule that reserves nothing."""
    shown = []
    for rule in rules:
        if rule.said.reserved is not True:
            raise ValueError(f"{rule.location} is not reserved; leave it out")
        if not rule.location.startswith("/"):
            raise ValueError(f"{rule.location!r} does not begin with a slash")
        row: dict[str, Any] = {"location": rule.location, RESERVATION: 1}
        if rule.said.policy:
            row[POLICY] = rule.said.policy
        shown.append(row)
    return (json.dumps(shown, indent=2, ensure_ascii=True) + "\n").encode("ascii")


def read_tdmrep(body: bytes) -> TdmFile:
    """The rules of a file. Raises NotTdmRep where it is no list of rules at all."""
    try:
        found = read_json(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotTdmRep("it is not written in UTF-8") from error
    except MalformedJson as error:
        raise NotTdmRep(str(error)) from error
    if not isinstance(found, list):
        raise NotTdmRep("it holds no list: a file for one rule needs the square brackets, too")
    if len(found) > MAX_RULES:
        raise NotTdmRep(f"it holds more than {MAX_RULES} rules")
    rules: list[TdmRule] = []
    faults: list[str] = []
    for number, row in enumerate(found, start=1):
        rule = _rule(row)
        if isinstance(rule, str):
            faults.append(f"Rule {number}: {rule}.")
        else:
            rules.append(rule)
    return TdmFile(tuple(rules), tuple(faults))


def _rule(row: Any) -> TdmRule | str:
    if not isinstance(row, dict):
        return "it is no object"
    location, value, policy = row.get("location"), row.get(RESERVATION), row.get(POLICY)
    if not isinstance(location, str) or not location or len(location) > MAX_LOCATION:
        return "it names no location"
    if RESERVATION not in row:
        return f"it says nothing of {RESERVATION}"
    # `True` is no number of the protocol, though Python takes it for 1.
    reserved = {0: False, 1: True}.get(value) if type(value) is int else None
    if reserved is None:
        return f"{RESERVATION} is neither 1 nor 0, so it counts as not said"
    return TdmRule(location, TdmSaid(reserved, _policy(reserved, policy)))


def read_values(reservation: str | None, policy: str | None) -> TdmSaid:
    """What header fields or meta elements say; other values than 1 and 0 say nothing."""
    reserved = {"1": True, "0": False}.get((reservation or "").strip())
    return TdmSaid(reserved, _policy(reserved, policy))


def _policy(reserved: bool | None, policy: Any) -> str | None:
    """An address, which counts only where something is reserved."""
    if reserved is False or not isinstance(policy, str):
        return None
    try:
        parts = urlsplit(policy.strip())
    except ValueError:
        return None
    return policy.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def said_of(path: str, rules: Iterable[TdmRule]) -> TdmSaid:
    """What the file says of a path: the first rule that matches, whatever stands below it."""
    return next((rule.said for rule in rules if matches(rule.location, path)), SAYS_NOTHING)


def in_effect(file: TdmSaid, header: TdmSaid, meta: TdmSaid) -> TdmSaid:
    """What counts of several places: the later one, where it says anything; silence changes nothing."""
    now = file
    for said in (header, meta):
        now = TdmSaid(
            now.reserved if said.reserved is None else said.reserved,
            now.policy if said.policy is None else said.policy,
        )
    return TdmSaid(now.reserved, now.policy if now.reserved is not False else None)
