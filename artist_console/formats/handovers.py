"""Handing over from one key to the next: a statement that both keys signed, and the chain that many make.

A chain of any length leads from a key that is known to the one that signed something. It is only worth
something where it is the only one: a key that names two successors, a chain that comes back to itself and one
whose days run backwards lead nowhere. `docs/formats/signer-card.md` has the form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .key_statements import MalformedStatement, read_statement, sign_statement
from .signatures import PublicKey, SigningKey

MAX_HANDOVERS = 100  # of one file: a key that is replaced every month for eight years
_TYP = "artist-console-key-handover+jws"
_FORMAT = "artist-console-key-handover"


@dataclass(frozen=True, slots=True)
class Handover:
    """Both keys have signed that the second takes the place of the first."""

    former: PublicKey
    next: PublicKey
    on: date  # by the clock of whoever signed
    line: str  # as it was signed


class ChainFault(Enum):
    """Why handovers that are there make nobody known."""

    FORK = "fork"  # a key names two successors, and who has it now cannot be told
    LOOP = "loop"
    WRONG_ORDER = "wrong_order"  # a later step has an earlier day
    REVOKED = "revoked"  # a key on the way is no longer good: whoever has it could have signed the step


def hand_over(former: SigningKey, following: SigningKey, on: date) -> str:
    """The line of a handover."""
    record = {
        "format": _FORMAT,
        "version": 1,
        "from": former.public.jwk(),
        "to": following.public.jwk(),
        "on": on.isoformat(),
    }
    return sign_statement(record, (former, following), _TYP)


def read_handover(line: str) -> Handover:
    """Read a line that both keys have signed. Raises MalformedStatement."""
    record, (former, following) = read_statement(line, _TYP, ("from", "to"))
    if set(record) != {"format", "version", "from", "to", "on"}:
        raise MalformedStatement("it is no handover from one key to another")
    if record["format"] != _FORMAT or record["version"] != 1 or record["version"] is True:
        raise MalformedStatement("it is a handover of a form that is not known here")
    if former == following:
        raise MalformedStatement("it hands a key over to itself")
    return Handover(former, following, day_of(record["on"]), line)


def day_of(text: object) -> date:
    """A day in its one spelling. Raises MalformedStatement."""
    try:
        day = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise MalformedStatement("a day in it is not written as it should be")
    return day


def read_chain(lines: Iterable[str]) -> tuple[Handover, ...]:
    """Read a chain as a file holds it: the oldest step first, each from the key that the one before leads to.

    Raises MalformedStatement, also for a loop, a gap, and days that run backwards.
    """
    chain: list[Handover] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if number > MAX_HANDOVERS:
            raise MalformedStatement(f"it has more than {MAX_HANDOVERS} handovers")
        step = read_handover(line)
        if chain and step.former != chain[-1].next:
            raise MalformedStatement(f"handover {number} does not begin where the one before it ends")
        if chain and step.on < chain[-1].on:
            raise MalformedStatement(f"handover {number} is dated before the one that it follows")
        seen.add(step.former.kid)
        if step.next.kid in seen:
            raise MalformedStatement(f"handover {number} leads back to a key that was handed over before")
        chain.append(step)
    return tuple(chain)


def chain_text(lines: Iterable[str]) -> bytes:
    """A chain as a file: one line for each step."""
    return "".join(f"{line}\n" for line in lines).encode()


def read_chain_text(content: bytes) -> tuple[Handover, ...]:
    """The chain in a file. Raises MalformedStatement."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedStatement("it is not text in UTF-8") from error
    if text and not text.endswith("\n"):
        raise MalformedStatement("its last line does not end")
    return read_chain(text.split("\n")[:-1])


def way_to(
    key: PublicKey, known: Collection[str], handovers: Iterable[Handover], revoked: Collection[str] = ()
) -> tuple[Handover, ...] | ChainFault | None:
    """The steps from one of the `known` keys to this one; None where none leads here.

    Keys by their kid. Several known keys may lead here; the shortest way is given, and a way that holds
    counts before a fault in another.
    """
    steps = _by_former(handovers)
    ways: list[tuple[Handover, ...]] = []
    faults: list[ChainFault] = []
    for start in sorted(set(known) & set(steps)):
        found = _walk(start, key.kid, steps, revoked)
        if isinstance(found, ChainFault):
            faults.append(found)
        elif found:
            ways.append(found)
    if ways:
        return min(ways, key=len)
    return faults[0] if faults else None


def _by_former(handovers: Iterable[Handover]) -> Mapping[str, Mapping[str, Handover]]:
    """By the key that was given up, then by the next; of two that say the same the earlier."""
    steps: dict[str, dict[str, Handover]] = {}
    for each in sorted(handovers, key=lambda step: (step.on, step.line), reverse=True):
        steps.setdefault(each.former.kid, {})[each.next.kid] = each
    return steps


def _walk(
    start: str, wanted: str, steps: Mapping[str, Mapping[str, Handover]], revoked: Collection[str]
) -> tuple[Handover, ...] | ChainFault | None:
    """Forward from `start`: there is one way only, since a key with two successors ends it."""
    if wanted not in _reached(start, steps):
        return None
    way: list[Handover] = []
    seen = {start}
    at = start
    while at != wanted:
        following = steps[at]
        if len(following) > 1:
            return ChainFault.FORK
        if at in revoked:
            return ChainFault.REVOKED
        step = next(iter(following.values()))
        if way and step.on < way[-1].on:
            return ChainFault.WRONG_ORDER
        at = step.next.kid
        if at in seen:
            return ChainFault.LOOP
        seen.add(at)
        way.append(step)
    return ChainFault.LOOP if seen & _reached(wanted, steps) else tuple(way)


def _reached(start: str, steps: Mapping[str, Mapping[str, Handover]]) -> set[str]:
    """All keys that some handovers lead to from here; the first itself only where a loop comes back to it."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for kid in steps.get(waiting.pop(), ()):
            if kid not in found:
                found.add(kid)
                waiting.append(kid)
    return found
