"""The checks of an evidence bundle, one after the other; what ends them early is `Ended`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO, NoReturn

import msgspec

from .evidence_content import BundleReceipt, EvidenceContent, named_files
from .evidence_manifest import (
    BUNDLE,
    INDEX,
    MAX_BUNDLE_BYTES,
    README,
    SIGNATURE,
    SIGNATURE_TYP,
    Bundle,
)
from .package import Package, PackageDamaged, PackageFault, digest_of, read_entry
from .proof_checks import CheckState, ProofCheck, cannot, counted, failed, passed
from .receipts import verify_receipt
from .signatures import (
    MalformedSignature,
    NamedJws,
    PublicKey,
    VerifiedJws,
    by_kid,
    check_with,
    read_named,
)

MAX_SIGNATURE_BYTES = 4096
MAX_READ_BYTES = 64 * 1024 * 1024  # of a letter or of all receipts


class End(Enum):
    NOT_GENUINE = "not_genuine"
    CANNOT_BE_CHECKED = "cannot_be_checked"


class Ended(Exception):
    """Ends a verification early; `str()` names the part, or says why."""

    def __init__(self, end: End, why: str) -> None:
        super().__init__(why)
        self.end = end


@dataclass(frozen=True, slots=True)
class Held:
    """The files of a bundle, which are read where they lie."""

    source: BinaryIO
    package: Package

    def read(self, name: str, checks: list[ProofCheck]) -> bytes | None:
        """The whole of a file; None where it is not here. Ends the checks where it is damaged or too long."""
        entry = self.package.entry(name)
        if entry is None:
            return None
        limit = {BUNDLE: MAX_BUNDLE_BYTES, SIGNATURE: MAX_SIGNATURE_BYTES}.get(name, MAX_READ_BYTES)
        if entry.size > limit:
            checks.append(cannot("files", "{name} is larger than such a file can be.", name=name))
            raise Ended(End.CANNOT_BE_CHECKED, f"{name} is larger than such a file can be")
        try:
            return read_entry(self.source, entry, limit)
        except PackageDamaged:
            _changed(checks, "files", name, "{name} is damaged.", name=name)


def _changed(checks: list[ProofCheck], check: str, part: str, words: str, /, **fields: object) -> NoReturn:
    checks.append(failed(check, words, **fields))
    raise Ended(End.NOT_GENUINE, part)


_NO_BUNDLE = "this file is not an evidence bundle"
_CANNOT_BE_OPENED: dict[PackageFault, str] = {
    PackageFault.NOT_A_PACKAGE: _NO_BUNDLE,
    PackageFault.TOO_LARGE: "it is more than a bundle can be; it was not opened",
    PackageFault.ENDS_EARLY: "it ends early; ask the sender for a new copy",
}
_CONTAINER_WORDS: dict[PackageFault, str] = {
    PackageFault.ODD_NAME: "A file in the package has a name that no bundle has.",
    PackageFault.NAME_TWICE: "A file stands twice in the package.",
    PackageFault.FILE_DAMAGED: "A file in the package is not stored as it should be.",
    PackageFault.NOT_AS_WRITTEN: "The package around the files is not as it was written.",
}


def check_container(package: Package, checks: list[ProofCheck]) -> None:
    first, name = package.faults[0] if package.faults else (None, "")
    why = _CANNOT_BE_OPENED.get(first) if first else None
    names = {*(entry.name for entry in package.entries), *(about for _, about in package.faults)}
    if why is None and names.isdisjoint((BUNDLE, SIGNATURE)):
        why = _NO_BUNDLE
    if why is not None:
        checks.append(cannot("package", "The package cannot be opened: {why}.", why=why))
        raise Ended(End.CANNOT_BE_CHECKED, why)
    if first is not None:
        _changed(checks, "package", name or "the package around the files", _CONTAINER_WORDS[first])
    checks.append(passed("package", "The file is complete and has the form of a bundle."))


def check_signature(held: Held, checks: list[ProofCheck]) -> tuple[bytes, NamedJws]:
    """The signed bytes, and the signature with its key and the name that the signer goes by."""
    bundle, seal = held.read(BUNDLE, checks), held.read(SIGNATURE, checks)
    if bundle is None or seal is None:
        why = "it has no signature" if seal is None else "bundle.json is missing"
        checks.append(cannot("signature", "There is nothing to check: {why}.", why=why))
        raise Ended(End.CANNOT_BE_CHECKED, why)
    try:
        named = read_named(seal.decode("ascii"), bundle)
    except (MalformedSignature, UnicodeDecodeError):
        _changed(checks, "signature", "the signature", "The signature is damaged or was changed.")
    match check_with(named.jws, named.key):
        case VerifiedJws(typ=typ) if typ == SIGNATURE_TYP:
            words = "The signature belongs to this bundle. It was made with the key {fingerprint}."
            checks.append(passed("signature", words, fingerprint=named.key.fingerprint))
        case _:
            words = "The signature does not belong to bundle.json: one of the two was changed."
            _changed(checks, "signature", "bundle.json or its signature", words)
    return bundle, named


def check_files(held: Held, bundle: Bundle, checks: list[ProofCheck]) -> None:
    """Every file that is listed is there as it was signed, in order, and no other is."""
    listed = [entry.name for entry in bundle.files]
    here = [entry.name for entry in held.package.entries if entry.name not in (BUNDLE, SIGNATURE)]
    for name in listed:
        if name not in here:
            _changed(checks, "files", name, "{name} is missing.", name=name)
    for name in here:
        if name not in listed:
            _changed(checks, "files", name, "{name} was added after signing.", name=name)
    for file in bundle.files:
        entry = held.package.entry(file.name)
        assert entry is not None, "every listed file is held"
        digest = digest_of(held.source, entry)
        if (entry.size, digest.sha256, digest.crc_holds) != (file.size, file.sha256, True):
            words = "{name} is not the file that was signed."
            _changed(checks, "files", file.name, words, name=file.name)
    if [entry.name for entry in held.package.entries] != [BUNDLE, SIGNATURE, *listed]:
        part = "the package around the files"
        _changed(checks, "files", part, "The files do not stand in their order.")
    checks.append(passed("files", "All {n} files are exactly those that were signed.", n=len(listed)))


def check_content(held: Held, bundle: Bundle, checks: list[ProofCheck]) -> None:
    """The rows and the files say the same: what a row names is here, and no file is without a row."""
    hashes = {file.name: file.sha256 for file in bundle.files}
    named = dict.fromkeys((README, INDEX), "")
    for name, digest in named_files(bundle.content):
        if named.get(name) and digest and named[name] != digest:
            _not_the_one(checks, name)
        named[name] = digest or named.get(name, "")
    for name, digest in named.items():
        if name not in hashes:
            words = "bundle.json speaks of {name}, which is not in the bundle."
            checks.append(cannot("content", words, name=name))
            raise Ended(End.CANNOT_BE_CHECKED, f"{name}, of which it speaks, is not in it")
        if digest and digest != hashes[name]:
            _not_the_one(checks, name)
    for name in hashes:
        if name not in named:  # signed, but nobody would see what is in it
            words = "{name} is signed, but nothing in the bundle speaks of it."
            checks.append(cannot("content", words, name=name))
            raise Ended(End.CANNOT_BE_CHECKED, f"it holds {name}, of which it does not speak")
    letters = [letter for case in bundle.content.cases for letter in case.letters]
    for letter in letters:
        text = held.read(letter.text_file, checks)
        if text is None or not text.startswith(letter.head.encode("utf-8")):
            _not_the_one(checks, letter.text_file)
    words = counted(
        "The one letter has the hash that it had when it was kept, and every file is spoken of.",
        "All {n} letters have the hashes that they had when they were kept, and every file is spoken of.",
        len(letters),
    )
    checks.append(passed("content", words, n=len(letters)))


def _not_the_one(checks: list[ProofCheck], name: str) -> NoReturn:
    words = "{name} is not the one that bundle.json speaks of: it was changed before the bundle was signed."
    _changed(checks, "content", name, words, name=name)


def read_receipts(data: bytes) -> tuple[BundleReceipt, ...]:
    """The lines of receipts.jsonl. Raises msgspec's errors, UnicodeDecodeError or RecursionError."""
    return tuple(msgspec.json.decode(line, type=BundleReceipt) for line in data.splitlines() if line)


def check_receipts(
    rows: tuple[BundleReceipt, ...],
    content: EvidenceContent,
    known: Mapping[str, PublicKey],
    signer: PublicKey,
    checks: list[ProofCheck],
) -> None:
    """Each receipt is about the decision beside it."""
    if not rows:
        checks.append(cannot("receipts", "The bundle holds no receipts of decisions."))
        return
    own = by_kid(tuple(each.public for each in content.receipt_keys if each.public is not None))
    keys = {**own, signer.kid: signer, **known}
    unknown = 0
    for row in rows:
        found = verify_receipt(row.receipt, keys, row.decision)
        if found.state is CheckState.FAILED:
            why = next((c.text for c in found.checks if c.state is CheckState.FAILED), "")
            words = "The receipt of entry {n} does not hold: {why}"
            _changed(checks, "receipts", "a receipt does not belong to its decision", words, n=row.n, why=why)
        if found.key is None or (found.key.kid not in known and found.key.kid != signer.kid):
            unknown += 1
    if unknown:
        words = counted(
            "{n} of {all} receipts is whole, but its signer is not known to you.",
            "{n} of {all} receipts are whole, but their signer is not known to you.",
            unknown,
        )
        checks.append(cannot("receipts", words, n=unknown, all=len(rows)))
        return
    words = counted(
        "The one receipt is genuine and belongs to its decision.",
        "All {n} receipts are genuine and belong to their decisions.",
        len(rows),
    )
    checks.append(passed("receipts", words, n=len(rows)))
