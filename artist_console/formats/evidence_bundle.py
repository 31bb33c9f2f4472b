"""The evidence bundle: written and signed as a report is, and checked without account or network.

The container is that of `package`, the signature a detached JWS over the canonical bundle.json that brings
the signer's key along. Checking is a value with every check; content comes out only where all of what is
signed holds. Files are read and written in steps: what a bundle holds need not fit into memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO, cast

import msgspec

from artist_console.domain.problems import InputProblem

from .canonical import NotCanonical, canonical_bytes, canonical_sha256
from .encoding import as_plain
from .evidence_checks import (
    End,
    Ended,
    Held,
    check_container,
    check_content,
    check_files,
    check_receipts,
    check_signature,
    read_receipts,
)
from .evidence_content import RECEIPTS_FILE, BundleReceipt, EvidenceContent
from .evidence_files import PlainFile
from .evidence_manifest import (
    BUNDLE,
    INDEX,
    MAX_BUNDLE_BYTES,
    README,
    SIGNATURE,
    SIGNATURE_TYP,
    Bundle,
    FileEntry,
    MalformedBundle,
    NewerFormat,
    bundle_bytes,
    read_bundle,
)
from .evidence_words import DOES_NOT_TELL, readme
from .handovers import ChainFault
from .known_signers import Known
from .package import MAX_FILES, MAX_PACKAGE_BYTES, STEP_BYTES, Member, read_package, write_package
from .package_signer import PackageSigner
from .proof_checks import ProofCheck, Sentence, cannot, passed, sentence
from .signatures import KnownKey, NamedJws, PublicKey, SigningKey, sign_named

FILE_ENDING = ".acevidence"
MEDIA_TYPE = "application/vnd.artist-console.evidence+zip"
# bundle.json, its signature, README and index stand in every bundle.
OWN_FILES = 4
MOST_OTHER_FILES = MAX_FILES - OWN_FILES
_AROUND_A_FILE = 400  # at most: two headers with a name each


class EvidenceProblem(InputProblem):
    """A bundle cannot be made of this content."""

    title_template = "The bundle could not be made"


class TooManyFiles(EvidenceProblem):
    title_template = "The bundle would hold {count} files beside its own; {most} fit into one"
    advice_template = "Choose fewer cases, or leave out what went along with the letters"


class TooLarge(EvidenceProblem):
    title_template = "The bundle grows larger than {megabytes} MB"
    advice_template = "Choose fewer cases, or leave out large proofs"


def receipt_lines(receipts: Iterable[BundleReceipt]) -> bytes:
    """receipts.jsonl; empty where there are none."""
    return b"".join(canonical_bytes(as_plain(row)) + b"\n" for row in receipts)


def content_hash(content: EvidenceContent) -> str:
    """SHA-256 (hex) over the signed content: what the index prints, which is itself one of the files."""
    return canonical_sha256(as_plain(content))


@dataclass(frozen=True, slots=True)
class WrittenBundle:
    """A bundle that was written: SHA-256 (hex) and size of the whole file."""

    sha256: str
    size_bytes: int


def write_bundle(
    out: BinaryIO,
    content: EvidenceContent,
    files: Sequence[PlainFile],
    index: bytes,
    key: SigningKey,
    signer_name: str,
) -> WrittenBundle:
    """Write the signed package, a file at a time. `index` is a PDF.

    Raises TooManyFiles, TooLarge, or EvidenceProblem where a text cannot be written down; then nothing was
    written.
    """
    if len(files) > MOST_OTHER_FILES:
        raise TooManyFiles(count=len(files), most=MOST_OTHER_FILES)
    try:
        about = readme(content, signer_name, key.public.fingerprint)
        listed = [
            PlainFile.of(README, about, "text/plain; charset=utf-8"),
            PlainFile.of(INDEX, index, "application/pdf"),
            *files,
        ]
        manifest = bundle_bytes(content, listed)
        seal = sign_named(manifest, key, SIGNATURE_TYP, signer_name)
    except (NotCanonical, UnicodeEncodeError) as error:
        raise EvidenceProblem(
            "A text of the bundle holds a sign that cannot be written down",
            "Look at the title of the case and at the names in it",
        ) from error
    if len(manifest) > MAX_BUNDLE_BYTES:
        raise TooLarge(megabytes=MAX_BUNDLE_BYTES // 2**20)
    members = [
        Member.of(BUNDLE, manifest),
        Member.of(SIGNATURE, seal.encode("ascii")),
        *(each.member for each in listed),
    ]
    if sum(each.size + _AROUND_A_FILE for each in members) > MAX_PACKAGE_BYTES:
        raise TooLarge(megabytes=MAX_PACKAGE_BYTES // 2**20)
    hashed = _Hashed(out)
    write_package(cast(BinaryIO, hashed), members)
    return WrittenBundle(hashed.sha256.hexdigest(), hashed.size)


class _Hashed:
    """Hashes what is written on its way out."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, step: bytes) -> int:
        self.sha256.update(step)
        self.size += len(step)
        return self._out.write(step)


class BundleResult(Enum):
    """What came of checking, worst last."""

    GENUINE = "genuine"
    SIGNER_NOT_KNOWN = "signer_not_known"  # unchanged, but nobody here knows the signer, or trusts the key
    NOT_GENUINE = "not_genuine"
    CANNOT_BE_CHECKED = "cannot_be_checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A bundle that is unchanged since it was signed."""

    content: EvidenceContent
    receipts: tuple[BundleReceipt, ...]
    files: tuple[FileEntry, ...]  # all but bundle.json and its signature
    content_sha256: str


@dataclass(frozen=True, slots=True)
class BundleVerification:
    """Every check and its result; `evidence` only where what is signed holds."""

    result: BundleResult
    headline: Sentence
    checks: tuple[ProofCheck, ...]
    signer: PackageSigner | None
    sha256: str  # of the file; empty where it is larger than a bundle can be
    evidence: Evidence | None

    @property
    def does_not_tell(self) -> tuple[str, ...]:
        return DOES_NOT_TELL


def hash_of(source: BinaryIO) -> str:
    """SHA-256 (hex) of a whole file, read in steps."""
    source.seek(0)
    sha256 = hashlib.sha256()
    while step := source.read(STEP_BYTES):
        sha256.update(step)
    return sha256.hexdigest()


def verify_bundle(source: BinaryIO, known: Known) -> BundleVerification:
    """Check everything that can be checked with no network and no account.

    Raises OSError where the file cannot be read, and nothing for what it holds.
    """
    checks: list[ProofCheck] = []
    signer: PackageSigner | None = None
    package = read_package(source)
    digest = hash_of(source) if package.size <= MAX_PACKAGE_BYTES else ""
    try:
        check_container(package, checks)
        held = Held(source, package)
        body, named = check_signature(held, checks)
        found = known.look_up(named.key)
        signer = _signer(named, found)
        bundle = _bundle(body, checks)
        check_files(held, bundle, checks)
        check_content(held, bundle, checks)
        receipts = _receipts(held, bundle, signer, known, checks)
    except Ended as ended:
        if ended.end is End.NOT_GENUINE:
            result, headline = BundleResult.NOT_GENUINE, sentence("Changed after signing: {why}.", why=ended)
        else:
            result = BundleResult.CANNOT_BE_CHECKED
            headline = sentence("Cannot be checked: {why}.", why=ended)
        return BundleVerification(result, headline, tuple(checks), signer, digest, None)
    evidence = Evidence(bundle.content, receipts, bundle.files, bundle.content_sha256)
    result, headline = _unchanged(found if isinstance(found, KnownKey) else None)
    return BundleVerification(result, headline, tuple(checks), signer, digest, evidence)


def _signer(named: NamedJws, found: KnownKey | ChainFault | None) -> PackageSigner:
    """A key that was taken back vouches for nothing."""
    if isinstance(found, KnownKey):
        return PackageSigner(named.key, named.name, found if found.revoked is None else None)
    return PackageSigner(named.key, named.name, None, found)


def _unchanged(known: KnownKey | None) -> tuple[BundleResult, Sentence]:
    if known is None:
        words = "Unchanged since it was signed. The signer is not known to you."
        return BundleResult.SIGNER_NOT_KNOWN, sentence(words)
    if known.revoked is not None:
        words = "Unchanged since it was signed, with a key of {name} that is no longer trusted."
        return BundleResult.SIGNER_NOT_KNOWN, sentence(words, name=known.name)
    if known.replaced is not None:
        words = "Unchanged since {name} signed it, with a key that {name} has replaced since."
        return BundleResult.GENUINE, sentence(words, name=known.name)
    return BundleResult.GENUINE, sentence("Unchanged since {name} signed it.", name=known.name)


def _bundle(body: bytes, checks: list[ProofCheck]) -> Bundle:
    try:
        bundle = read_bundle(body)
    except NewerFormat:
        checks.append(cannot("bundle", "What it holds is signed, but its format is newer."))
        why = "it was made by a newer version; update Artist Console to open it"
        raise Ended(End.CANNOT_BE_CHECKED, why) from None
    except MalformedBundle as error:
        checks.append(cannot("bundle", "What it holds cannot be read: {why}.", why=error))
        raise Ended(End.CANNOT_BE_CHECKED, "what it holds cannot be read") from error
    words = "The signed description can be read: it names {n} files."
    checks.append(passed("bundle", words, n=len(bundle.files)))
    return bundle


def _receipts(
    held: Held, bundle: Bundle, signer: PackageSigner, known: Known, checks: list[ProofCheck]
) -> tuple[BundleReceipt, ...]:
    body = held.read(RECEIPTS_FILE, checks)
    try:
        rows = read_receipts(body or b"")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        checks.append(cannot("receipts", "The receipts cannot be read: {why}.", why=error))
        raise Ended(End.CANNOT_BE_CHECKED, "the receipts cannot be read by this version") from error
    check_receipts(rows, bundle.content, _trusted(known), signer.key, checks)
    return rows


def _trusted(known: Known) -> Mapping[str, PublicKey]:
    return {
        kid: each.key for kid, each in known.keys.items() if each.revoked is None and kid not in known.revoked
    }
