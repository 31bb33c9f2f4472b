"""The evidence bundle: written and signed as a report is, and checked without account or network.

The container is that of `package`, the signature a detached JWS over the canonical bundle.json. Checking is a
value with every check; content comes out only where all of what is signed holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec

from artist_console.domain.problems import InputProblem

from .canonical import NotCanonical, canonical_bytes, canonical_sha256
from .deflated_package import (
    MAX_FILES,
    MAX_PACKAGE_BYTES,
    MAX_UNPACKED_BYTES,
    Package,
    PackedFile,
    pack,
    read_package,
    write_package,
)
from .encoding import as_plain
from .evidence_checks import (
    End,
    Ended,
    check_container,
    check_content,
    check_files,
    check_receipts,
    check_signature,
    read_receipts,
)
from .evidence_content import RECEIPTS_FILE, BundleReceipt, EvidenceContent
from .evidence_manifest import (
    BUNDLE,
    INDEX,
    MAX_BUNDLE_BYTES,
    README,
    SIGNATURE,
    SIGNATURE_TYP,
    Bundle,
    MalformedBundle,
    NewerFormat,
    bundle_bytes,
    read_bundle,
)
from .evidence_words import DOES_NOT_TELL, readme
from .package_signer import SIGNER, PackageSigner
from .proof_checks import ProofCheck, Sentence, cannot, failed, passed, sentence
from .signatures import KnownKey, SigningKey, sha256_hex, sign_detached

FILE_ENDING = ".acevidence"
MEDIA_TYPE = "application/vnd.artist-console.evidence+zip"
# bundle.json, signature, signer, README and index stand in every bundle.
MOST_OTHER_FILES = MAX_FILES - 5


class EvidenceProblem(InputProblem):
    """A bundle cannot be made of this content."""

    title_template = "The bundle could not be made"


class TooManyFiles(EvidenceProblem):
    title_template = "The bundle would hold {count} files beside its own; {most} fit into one"
    advice_template = "Choose fewer cases, or leave out what went along with the letters"


class TooLarge(EvidenceProblem):
    title_template = "The bundle grows larger than {megabytes} MB"
    advice_template = "Choose fewer cases, or leave out large proofs"


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file of the bundle that a row names; its name is plain (`package.is_plain_name`)."""

    name: str
    body: bytes
    media_type: str


def receipt_lines(receipts: Iterable[BundleReceipt]) -> bytes:
    """receipts.jsonl; empty where there are none."""
    return b"".join(canonical_bytes(as_plain(row)) + b"\n" for row in receipts)


def content_hash(content: EvidenceContent) -> str:
    """SHA-256 (hex) over the signed content: what the index prints, which is itself one of the files."""
    return canonical_sha256(as_plain(content))


def write_bundle(
    content: EvidenceContent, files: Sequence[PlainFile], index: bytes, key: SigningKey, signer_name: str
) -> bytes:
    """The signed package. `index` is a PDF.

    Raises TooManyFiles, TooLarge, or EvidenceProblem where a text cannot be written down.
    """
    if len(files) > MOST_OTHER_FILES:
        raise TooManyFiles(count=len(files), most=MOST_OTHER_FILES)
    if sum(len(file.body) for file in files) > MAX_PACKAGE_BYTES:
        raise TooLarge(megabytes=MAX_PACKAGE_BYTES // 2**20)
    signer = {"jwk": key.public.jwk(), "name": signer_name}
    media = {SIGNER: "application/json", README: "text/plain; charset=utf-8", INDEX: "application/pdf"}
    media |= {file.name: file.media_type for file in files}
    try:
        listed = [
            pack(SIGNER, canonical_bytes(signer), plain=True),
            pack(README, readme(content, signer_name, key.public.fingerprint), plain=True),
            pack(INDEX, index),
            *(pack(file.name, file.body) for file in files),
        ]
        manifest = bundle_bytes(content, listed, media, key.public.kid, signer_name)
    except (NotCanonical, UnicodeEncodeError) as error:
        raise EvidenceProblem(
            "A text of the bundle holds a sign that cannot be written down",
            "Look at the title of the case and at the names in it",
        ) from error
    sealed = [
        pack(BUNDLE, manifest, plain=True),
        pack(SIGNATURE, sign_detached(manifest, key, SIGNATURE_TYP).encode("ascii"), plain=True),
        *listed,
    ]
    data = write_package(sealed)
    unpacked = sum(len(file.content) for file in sealed)
    if max(len(data), unpacked - MAX_UNPACKED_BYTES + MAX_PACKAGE_BYTES) > MAX_PACKAGE_BYTES:
        raise TooLarge(megabytes=MAX_PACKAGE_BYTES // 2**20)
    if len(manifest) > MAX_BUNDLE_BYTES:
        raise TooLarge(megabytes=MAX_BUNDLE_BYTES // 2**20)
    return data


class BundleResult(Enum):
    """What came of checking, worst last."""

    GENUINE = "genuine"
    SIGNER_NOT_KNOWN = "signer_not_known"  # unchanged, but nobody here knows the signer
    NOT_GENUINE = "not_genuine"
    CANNOT_BE_CHECKED = "cannot_be_checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A bundle that is unchanged since it was signed."""

    content: EvidenceContent
    receipts: tuple[BundleReceipt, ...]
    files: tuple[PackedFile, ...]  # all but bundle.json and its signature
    content_sha256: str


@dataclass(frozen=True, slots=True)
class BundleVerification:
    """Every check and its result; `evidence` only where what is signed holds."""

    result: BundleResult
    headline: Sentence
    checks: tuple[ProofCheck, ...]
    signer: PackageSigner | None
    sha256: str  # of the file
    evidence: Evidence | None

    @property
    def does_not_tell(self) -> tuple[str, ...]:
        return DOES_NOT_TELL


def verify_bundle(data: bytes, known_keys: Iterable[KnownKey]) -> BundleVerification:
    """Check everything that can be checked with no network and no account. Never raises."""
    known = {each.key.kid: each for each in known_keys}
    checks: list[ProofCheck] = []
    signer: PackageSigner | None = None
    digest = sha256_hex(data)
    try:
        package = read_package(data)
        check_container(package, data, checks)
        key, name = check_signature(package, known, checks)
        signer = PackageSigner(key, name, known.get(key.kid))
        bundle = _bundle(package, signer, checks)
        check_files(package, bundle, checks)
        check_content(package, bundle, checks)
        receipts = _receipts(package, bundle, signer, known, checks)
    except Ended as found:
        if found.end is End.NOT_GENUINE:
            result, headline = BundleResult.NOT_GENUINE, sentence("Changed after signing: {why}.", why=found)
        else:
            result = BundleResult.CANNOT_BE_CHECKED
            headline = sentence("Cannot be checked: {why}.", why=found)
        return BundleVerification(result, headline, tuple(checks), signer, digest, None)
    held = tuple(file for file in package.files if file.name not in (BUNDLE, SIGNATURE))
    evidence = Evidence(bundle.content, receipts, held, bundle.content_sha256)
    if signer.known is None:
        result = BundleResult.SIGNER_NOT_KNOWN
        headline = sentence("Unchanged since it was signed. The signer is not known to you.")
    else:
        result = BundleResult.GENUINE
        headline = sentence("Unchanged since {name} signed it.", name=signer.known.name)
    return BundleVerification(result, headline, tuple(checks), signer, digest, evidence)


def _bundle(package: Package, signer: PackageSigner, checks: list[ProofCheck]) -> Bundle:
    file = package.file(BUNDLE)
    assert file is not None, "a signature was checked over it"
    try:
        bundle = read_bundle(file.content)
    except NewerFormat:
        checks.append(cannot("bundle", "What it holds is signed, but its format is newer."))
        why = "it was made by a newer version; update Artist Console to open it"
        raise Ended(End.CANNOT_BE_CHECKED, why) from None
    except MalformedBundle as error:
        checks.append(cannot("bundle", "What it holds cannot be read: {why}.", why=error))
        raise Ended(End.CANNOT_BE_CHECKED, "what it holds cannot be read") from error
    if (bundle.signer.kid, bundle.signer.name) != (signer.key.kid, signer.claimed_name):
        checks.append(failed("bundle", "bundle.json names another signer than the package does."))
        raise Ended(End.NOT_GENUINE, "the signer")
    words = "The signed description can be read: it names {n} files."
    checks.append(passed("bundle", words, n=len(bundle.files)))
    return bundle


def _receipts(
    package: Package,
    bundle: Bundle,
    signer: PackageSigner,
    known: Mapping[str, KnownKey],
    checks: list[ProofCheck],
) -> tuple[BundleReceipt, ...]:
    file = package.file(RECEIPTS_FILE)
    try:
        rows = read_receipts(file.content if file is not None else b"")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        checks.append(cannot("receipts", "The receipts cannot be read: {why}.", why=error))
        raise Ended(End.CANNOT_BE_CHECKED, "the receipts cannot be read by this version") from error
    keys = {kid: each.key for kid, each in known.items()}
    check_receipts(rows, bundle.content, keys, signer.key, checks)
    return rows
