"""A card to hand to others: a key, the name its holder goes by, how the key came about, and keys taken back.

Lines of text: the card, signed by its key; the handovers that lead to the key, oldest first; revocations of
keys before it. The words to compare are left out on purpose: words from the same file prove nothing.
`docs/formats/signer-card.md` describes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .handovers import MAX_HANDOVERS, Handover, day_of, read_chain
from .key_statements import MAX_LINE_BYTES, MalformedStatement, read_statement, sign_statement
from .package_kinds import CARD_BEGINS
from .revocations import Revocation, read_revocation
from .signatures import PublicKey, SigningKey

_TYP = "artist-console-signer-card+jws"
_FORMAT = "artist-console-signer-card"
MAX_REVOCATIONS = 100
MAX_NAME_CHARS = 200
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_MARKS = "\u061c\u200e\u200f"
MAX_CARD_BYTES = (1 + MAX_HANDOVERS + MAX_REVOCATIONS) * (MAX_LINE_BYTES + 1)


@dataclass(frozen=True, slots=True)
class SignerCard:
    """A card as read: everything in it was signed by whom it names. Whose key it is nobody has checked."""

    key: PublicKey
    name: str  # the holder's own word
    on: date
    handovers: tuple[Handover, ...] = ()  # the last leads to `key`
    revocations: tuple[Revocation, ...] = ()


def plain_name(text: str) -> str:
    """A name of one line, without signs that turn writing round: one could look like another with them."""
    return " ".join("".join(" " if _is_odd(sign) else sign for sign in text).split())


def _is_odd(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in _TURNING or sign in _MARKS


def write_card(
    key: SigningKey, name: str, on: date, handovers: Sequence[str] = (), revocations: Sequence[str] = ()
) -> bytes:
    """A card as a file; a name that is too long is cut."""
    record = {
        "format": _FORMAT,
        "version": 1,
        "key": key.public.jwk(),
        "name": plain_name(name)[:MAX_NAME_CHARS].strip(),
        "on": on.isoformat(),
        "handovers": len(handovers),
        "revocations": len(revocations),
    }
    lines = (sign_statement(record, (key,), _TYP), *handovers, *revocations)
    return "".join(f"{line}\n" for line in lines).encode()


def begins_like_a_card(start: bytes) -> bool:
    """Whether a file that begins like this can be a card; reading it says whether it is one."""
    return start.startswith(CARD_BEGINS)


def read_card(content: bytes) -> SignerCard:
    """Read a file of at most MAX_CARD_BYTES. Raises MalformedStatement."""
    if len(content) > MAX_CARD_BYTES:
        raise MalformedStatement("it is longer than a card can be")
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise MalformedStatement("it is not text in UTF-8") from error
    if lines[-1]:
        raise MalformedStatement("its last line does not end")
    record, (key,) = read_statement(lines[0], _TYP, ("key",))
    if set(record) != {"format", "version", "key", "name", "on", "handovers", "revocations"}:
        raise MalformedStatement("it is no card of a signer")
    if record["format"] != _FORMAT or type(record["version"]) is not int or record["version"] != 1:
        raise MalformedStatement("it is a card of a form that is not known here")
    name, steps, ends = record["name"], record["handovers"], record["revocations"]
    if not isinstance(name, str) or len(name) > MAX_NAME_CHARS or plain_name(name) != name:
        raise MalformedStatement("its name is not written as it should be")
    if type(steps) is not int or type(ends) is not int or not (0 <= steps <= MAX_HANDOVERS):
        raise MalformedStatement("it does not say how many lines follow")
    if not 0 <= ends <= MAX_REVOCATIONS or len(lines) != 2 + steps + ends:
        raise MalformedStatement("it has not the lines that it says it has")
    chain = read_chain(lines[1 : 1 + steps])
    if chain and chain[-1].next != key:
        raise MalformedStatement("its handovers lead to another key")
    taken_back = tuple(read_revocation(line) for line in lines[1 + steps : -1])
    return SignerCard(key, name, day_of(record["on"]), chain, taken_back)
