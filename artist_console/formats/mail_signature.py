"""DKIM signatures of a mail (RFC 6376, RFC 8463), checked with a key that is here. No name server is asked.

The key is supplied by the person, or came with the mail; then whose it is was not checked. Ed25519 and the
reading of keys are of `cryptography`; canonical forms, hashes and RSA are of `dkimpy`. An end of validity
(x=) is told and not applied: a reply is looked at months after it came. Decision 0029.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

import dkim
from cryptography.exceptions import UnsupportedAlgorithm
from dkim.util import InvalidTagValueList, parse_tag_value

from artist_console.domain.cases import Dkim, DkimResult

from .mail_keys import MOST_KEYS, Ed25519, Key, open_key
from .mail_words import shown_line

MOST_BYTES = 25_000_000
_MOST_LINES = 450_000
_MOST_SIGNATURES = 5
_MOST_HEADER = 8_000  # bytes of one signature
_MOST_RUN = 200  # white space in a row inside one, against which the library's patterns are slow
# The relaxed form strips each run of white space with a pattern that costs its length squared.
_MOST_RUN_COST = 40_000_000

_TROUBLE = (
    dkim.DKIMException,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
)
_RUN = re.compile(rb"[ \t]{2,}")
_LONG_RUN = re.compile(rb"\s{%d,}" % _MOST_RUN)
_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checked:
    dkim: Dkim
    told: tuple[str, ...] = ()  # what the result does not cover, in sentences


def check(body: bytes, supplied: Sequence[Key] = (), in_file: Sequence[Key] = ()) -> Checked:
    """What the signatures of a mail say with these keys. Never raises on a mail, however damaged.

    Of several signatures one that fits counts, of the domain of the sender before others.
    """
    if not _SIGNATURE.search(_head(body)):
        return Checked(Dkim(DkimResult.NONE))
    if _is_too_costly(body):
        return Checked(
            Dkim(DkimResult.CANNOT_BE_CHECKED), ("It is too large or too odd to check its signature.",)
        )
    try:
        message = _Mail(body)
        found = tuple(_each(message, supplied, in_file))
    except _TROUBLE:
        return Checked(
            Dkim(DkimResult.CANNOT_BE_CHECKED), ("Its head is damaged, so no signature can be checked.",)
        )
    if not found:
        return Checked(Dkim(DkimResult.CANNOT_BE_CHECKED), ("Its signature cannot be read.",))
    sender = _sender_domain(message)
    best = min(found, key=lambda each: (_RANK[each.dkim.result], not _is_of(each.dkim.domain, sender)))
    return _with_sender(best, sender)


_RANK: dict[DkimResult, int] = {
    DkimResult.FITS_SUPPLIED_KEY: 0,
    DkimResult.FITS_KEY_IN_FILE: 1,
    DkimResult.DOES_NOT_FIT: 2,
    DkimResult.CANNOT_BE_CHECKED: 3,
    DkimResult.NO_KEY: 4,
    DkimResult.NONE: 5,
}
_FITS = frozenset({DkimResult.FITS_SUPPLIED_KEY, DkimResult.FITS_KEY_IN_FILE})


def _head(body: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", body[:2_000_000], maxsplit=1)[0]


def _is_too_costly(body: bytes) -> bool:
    if len(body) > MOST_BYTES or body.count(b"\n") > _MOST_LINES:
        return True
    return sum(len(run[0]) ** 2 for run in _RUN.finditer(body)) > _MOST_RUN_COST


def _never_asked(name: bytes, timeout: int = 0) -> NoReturn:
    raise AssertionError("no name server is asked")


class _Mail(dkim.DKIM):  # type: ignore[misc]
    """A mail whose signatures are checked with keys that are given, never looked up."""

    given: tuple[Any, int, bytes]

    def verify_headerprep(self, idx: int = 0) -> Any:
        """As the library does, without the clock: x= and t= are told apart from it."""
        headers = [(name, value) for name, value in self.headers if name.lower() == b"dkim-signature"]
        tags = parse_tag_value(headers[idx][1])
        timeless = {name: value for name, value in tags.items() if name not in (b"x", b"t")}
        dkim.validate_signature_fields(timeless)
        self.signature_fields = tags
        self.domain, self.selector = tags[b"d"], tags[b"s"]
        signed = [name.lower() for name in re.split(rb"\s*:\s*", tags[b"h"].strip())]
        self.include_headers = tuple(signed)
        return timeless, signed, headers

    def verify_sig(self, sig: Any, include_headers: Any, sig_header: Any, dnsfunc: Any) -> bool:
        self.pk, self.keysize, self.ktag = self.given
        self.seqtlsrpt = False
        return bool(self.verify_sig_process(sig, include_headers, sig_header, dnsfunc))


def _each(message: _Mail, supplied: Sequence[Key], in_file: Sequence[Key]) -> Iterator[Checked]:
    values = [value for name, value in message.headers if name.lower() == b"dkim-signature"]
    for number, value in enumerate(values[:_MOST_SIGNATURES]):
        if len(value) > _MOST_HEADER or _LONG_RUN.search(value):
            continue
        try:
            message.verify_headerprep(number)
        except (*_TROUBLE, InvalidTagValueList):
            yield Checked(
                Dkim(DkimResult.CANNOT_BE_CHECKED), ("Its signature is damaged or of an unknown kind.",)
            )
            continue
        yield _one(message, number, supplied, in_file)


def _one(message: _Mail, number: int, supplied: Sequence[Key], in_file: Sequence[Key]) -> Checked:
    tags: Mapping[bytes, bytes] = message.signature_fields
    selector, domain = _ascii(tags[b"s"]), _ascii(tags[b"d"])

    def result(result: DkimResult, *told: str) -> Checked:
        return Checked(Dkim(result, domain, selector), told)

    if tags[b"a"] == b"rsa-sha1":
        return result(DkimResult.CANNOT_BE_CHECKED, "Its signature uses SHA-1, which is safe no more.")
    if b"from" not in message.include_headers:
        words = "Its signature does not cover the sender (From), so it says nothing of who wrote it."
        return result(DkimResult.CANNOT_BE_CHECKED, words)
    length = int(tags[b"l"]) if b"l" in tags else None
    if length is not None and length > _body_length(message, tags):
        return result(DkimResult.CANNOT_BE_CHECKED, "Its signature covers more than is left of its text.")
    tried: list[Checked] = []
    for keys, fits in ((supplied, DkimResult.FITS_SUPPLIED_KEY), (in_file, DkimResult.FITS_KEY_IN_FILE)):
        for key in [key for key in keys if key.is_for(selector, domain)][:MOST_KEYS]:
            outcome = _with_key(message, number, key, tags)
            if outcome is None:
                return result(fits, *_limits(message, tags, length))
            tried.append(result(*outcome))
    if not tried:
        return result(DkimResult.NO_KEY)
    return min(tried, key=lambda each: _RANK[each.dkim.result])


def _with_key(
    message: _Mail, number: int, key: Key, tags: Mapping[bytes, bytes]
) -> tuple[DkimResult, str] | None:
    """None where it fits; else what is wrong."""
    try:
        read = open_key(key.record)
    except (*_TROUBLE, UnsupportedAlgorithm, InvalidTagValueList, binascii.Error):
        return DkimResult.CANNOT_BE_CHECKED, "The key cannot be read, or it was taken back."
    pk, size, kind = read
    if not tags[b"a"].startswith(kind + b"-"):
        return DkimResult.DOES_NOT_FIT, "The key is of another kind than the signature."
    message.given = (pk, size, kind)
    try:
        fits = message.verify(number, dnsfunc=_never_asked)
    except dkim.ValidationError:
        # The fields were looked at before: what is left is the hash of the body.
        return DkimResult.DOES_NOT_FIT, "Its text is not the one that was signed."
    except (*_TROUBLE, binascii.Error):
        return DkimResult.CANNOT_BE_CHECKED, "Its signature is damaged or of an unknown kind."
    if isinstance(pk, Ed25519):
        fits = pk.fits
    return (
        None
        if fits
        else (DkimResult.DOES_NOT_FIT, "The signature is not of this key, or a header was changed.")
    )


def _body_length(message: _Mail, tags: Mapping[bytes, bytes]) -> int:
    return len(_canonical_body(message, tags))


def _canonical_body(message: _Mail, tags: Mapping[bytes, bytes]) -> bytes:
    policy = dkim.CanonicalizationPolicy.from_c_value(tags.get(b"c", b"simple/simple"))
    body: bytes = policy.canonicalize_body(message.body)
    return body


def _limits(message: _Mail, tags: Mapping[bytes, bytes], length: int | None) -> tuple[str, ...]:
    """What a signature that fits does not say."""
    told = []
    whole = _body_length(message, tags) if length is not None else 0
    if length is not None and length < whole:
        told.append(
            f"Its signature covers only the first {length:,} of {whole:,} bytes of its text;"
            " anybody may have added the rest."
        )
    missing = [name for name in ("subject", "date") if name.encode() not in message.include_headers]
    if missing:
        told.append(f"Its signature does not cover: {', '.join(missing)}.")
    if b"x" in tags:
        told.append(_ends(tags[b"x"]))
    return tuple(told)


def _ends(text: bytes) -> str:
    try:
        day = datetime.fromtimestamp(int(text[:12]), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "Its signature names an end that cannot be read."
    return f"Its signature was meant to be checked until {day}; the bytes fit all the same."


def _with_sender(checked: Checked, sender: str) -> Checked:
    found = checked.dkim
    if found.result not in _FITS or _is_of(found.domain, sender):
        return checked
    who = shown_line(sender, 100) or "nobody"
    signed = "It was signed by" if found.result is DkimResult.FITS_SUPPLIED_KEY else "It names as signer"
    words = f"{signed} {found.domain}, and the sender writes as {who}."
    return Checked(found, (words, *checked.told))


def _sender_domain(message: _Mail) -> str:
    values: Iterable[bytes] = (value for name, value in message.headers if name.lower() == b"from")
    found = re.findall(r"@([A-Za-z0-9.-]{1,253})", next(iter(values), b"").decode("ascii", "replace"))
    return found[-1].lower() if found else ""


def _is_of(domain: str, sender: str) -> bool:
    """Whether the sender's domain is the one that signed, or below it."""
    return bool(domain) and (sender == domain.lower() or sender.endswith(f".{domain.lower()}"))


def _ascii(text: bytes) -> str:
    return shown_line(text.decode("ascii", "replace"), 253)
