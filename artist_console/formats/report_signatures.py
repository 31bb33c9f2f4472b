"""The signatures of a report: each in a file of its own over the same descriptor, numbered without a gap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from .handovers import Handover
from .known_signers import Known
from .package import Package, PackageDamaged, read_entry
from .package_signer import PackageSigner
from .proof_checks import ProofCheck, counted, failed, passed
from .report_parts import NotGenuine
from .signatures import (
    KnownKey,
    MalformedSignature,
    NamedJws,
    SigningKey,
    VerifiedJws,
    check_with,
    read_named,
    sign_named,
)

SIGNATURE_TYP = "artist-console-report+jws"
MAX_SIGNATURE_BYTES = 4096
MOST_SIGNATURES = 32  # each is checked over the whole description
SIGNATURE = "signature"


def signature_name(number: int, prefix: str = "") -> str:
    """Numbers begin at 1; `original-` is the prefix of the original's signatures in a redacted copy."""
    return f"{prefix}{SIGNATURE}-{number}.jws"


def signature_bytes(descriptor: bytes, key: SigningKey, name: str) -> bytes:
    return sign_named(descriptor, key, SIGNATURE_TYP, name).encode("ascii")


# Of a report, and of the report that a redacted copy is of; with one signature, and with several.
_BELONGS = {
    False: (
        "The signature belongs to this report. It was made with the key {fingerprint}.",
        "Signature {n} of {all} belongs to this report. It was made with the key {fingerprint}.",
    ),
    True: (
        "The signature belongs to the report that this is a copy of. It was made with the key {fingerprint}.",
        "Signature {n} of {all} belongs to the report that this is a copy of. It was made with the key"
        " {fingerprint}.",
    ),
}


def signature_names(package: Package, prefix: str = "") -> tuple[str, ...]:
    """The names of the signatures that are here, numbered without a gap from 1."""
    held = {entry.name for entry in package.entries}
    names: list[str] = []
    while (name := signature_name(len(names) + 1, prefix)) in held:
        names.append(name)
    return tuple(names)


def signers_of(
    source: BinaryIO,
    package: Package,
    descriptor: bytes,
    known: Known,
    checks: list[ProofCheck],
    prefix: str = "",
    carried: Iterable[Handover] = (),
) -> tuple[PackageSigner, ...]:
    """Who signed these bytes, with a check for each; handovers that the file `carried` may lead to a key.

    Raises NotGenuine where one of the signatures does not hold.
    """
    names = signature_names(package, prefix)
    if len(names) > MOST_SIGNATURES:
        checks.append(failed("signature", "There are more signatures than any report has."))
        raise NotGenuine("the signatures", names)
    handovers = tuple(carried)
    signers: list[PackageSigner] = []
    for number, name in enumerate(names, 1):
        named = _read(source, package, name, descriptor, checks)
        if any(named.key == each.key for each in signers):
            checks.append(failed("signature", "{name} is by a key that signed already.", name=name))
            raise NotGenuine(name, [name])
        signers.append(_signer(named, known, handovers))
        words = counted(*_BELONGS[bool(prefix)], len(names))
        told = {"n": number, "all": len(names), "fingerprint": named.key.fingerprint}
        checks.append(passed("signature", words, **told))
    return tuple(signers)


def _read(
    source: BinaryIO, package: Package, name: str, descriptor: bytes, checks: list[ProofCheck]
) -> NamedJws:
    entry = package.entry(name)
    assert entry is not None, "names are those of entries"
    try:
        content = read_entry(source, entry, MAX_SIGNATURE_BYTES)
        named = read_named(content.decode("ascii"), descriptor)
    except (PackageDamaged, MalformedSignature, UnicodeDecodeError):
        checks.append(failed("signature", "{name} is damaged or was changed.", name=name))
        raise NotGenuine("the signature", [name]) from None
    found = check_with(named.jws, named.key)
    if not isinstance(found, VerifiedJws) or found.typ != SIGNATURE_TYP:
        words = "{name} does not belong to the description of this report: one of the two was changed."
        checks.append(failed("signature", words, name=name))
        raise NotGenuine("the description of the report or its signature", [name])
    return named


def _signer(named: NamedJws, known: Known, carried: tuple[Handover, ...]) -> PackageSigner:
    found = known.look_up(named.key, carried)
    if isinstance(found, KnownKey):
        return PackageSigner(named.key, named.name, found)
    return PackageSigner(named.key, named.name, None, found)
