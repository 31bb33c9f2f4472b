"""The report package: write it, read it without trust, and say what came of checking it.

Bytes become `UnverifiedReport`, then a `Verification` with every check and its result; only where that
passed does it hold a `Report`. A damaged file still gives what can safely be read, as `UnverifiedContent`.
docs/formats/report.md describes the file for other programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from artist_console.domain.facts import FactBook
from artist_console.domain.problems import InputProblem

from .canonical import NotCanonical, canonical_bytes
from .deflated_package import (
    MAX_PACKAGE_BYTES,
    MAX_UNPACKED_BYTES,
    STORED,
    Package,
    PackageFault,
    pack,
    read_package,
    write_package,
)
from .ledger_proof import check_chain
from .package_signer import SIGNER, PackageSigner, claimed_signer
from .proof_checks import CheckState, ProofCheck, Sentence, cannot, counted, failed, passed, sentence
from .report_checks import check_figures, check_ledgers, check_outcomes, check_receipts, check_table
from .report_content import (
    ROW_TYPES,
    ReportContent,
    ReportHeader,
    RowFault,
    content_from,
    decode_rows,
    encode_rows,
    file_name,
    in_order,
)
from .report_manifest import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    SIGNATURE,
    SIGNATURE_TYP,
    MalformedManifest,
    Manifest,
    NewerFormat,
    SignerEntry,
    manifest_bytes,
    read_manifest,
    rows_in,
)
from .report_table import works_table
from .report_words import DOES_NOT_TELL, readme
from .signatures import (
    KnownKey,
    MalformedSignature,
    SignatureFault,
    SigningKey,
    UnverifiedJws,
    VerifiedJws,
    check_with,
    read_detached,
    sha256_hex,
    sign_detached,
)

FILE_ENDING = ".acreport"
MEDIA_TYPE = "application/vnd.artist-console.report+zip"
WORKS_TABLE, README = "works.csv", "README.txt"


class ReportProblem(InputProblem):
    """A report cannot be made of this content."""

    title_template = "The report could not be made"


def write_report(content: ReportContent, key: SigningKey, signer_name: str) -> bytes:
    """The signed package of this content; the same content gives the same bytes.

    Leaves nothing out by itself: `report_privacy.content_for` makes content that may leave.
    Raises ReportProblem when a ledger does not hold or the report grows too large.
    """
    header = content.header
    assert None not in (header.instant.tzinfo, header.made_at.tzinfo), "times of a report carry their zone"
    content = in_order(content)
    for artist in content.header.artists:
        chain = check_chain(content.ledger(artist))
        if not chain.holds:
            raise ReportProblem(
                "The ledger of {artist} does not hold at entry {n}",
                "Sync, or keep the profile as it is and ask whoever runs the service",
                artist=content.party_name(artist),
                n=chain.bad_at,
            )
    signer = {"jwk": key.public.jwk(), "name": signer_name}
    try:
        listed = [
            pack(SIGNER, canonical_bytes(signer), plain=True),
            pack(README, readme(content.header, signer_name, key.public.fingerprint), plain=True),
            pack(WORKS_TABLE, works_table(content)),
            *(
                pack(file_name(kind), encode_rows(content.rows(kind)))
                for kind in ROW_TYPES
                if content.rows(kind)
            ),
        ]
        manifest = manifest_bytes(content, listed, SignerEntry(key.public.kid, signer_name))
    except (NotCanonical, UnicodeEncodeError) as error:
        raise ReportProblem(
            "A text of the report holds a sign that cannot be written down",
            "Look at the title of the report and the names and titles in it",
        ) from error
    files = [
        pack(MANIFEST, manifest, plain=True),
        pack(SIGNATURE, sign_detached(manifest, key, SIGNATURE_TYP).encode("ascii"), plain=True),
        *listed,
    ]
    if len(manifest) > MAX_MANIFEST_BYTES or sum(len(f.content) for f in files) > MAX_UNPACKED_BYTES:
        raise _too_large()
    data = write_package(files)
    if len(data) > MAX_PACKAGE_BYTES:
        raise _too_large()
    return data


def _too_large() -> ReportProblem:
    return ReportProblem("The report grows too large", "Choose fewer artists or a shorter period")


@dataclass(frozen=True, slots=True)
class UnverifiedReport:
    """A file that somebody handed over, taken apart under limits. Nothing in it is believed."""

    sha256: str  # of the whole file
    package: Package
    means_to_be_one: bool  # whether the file anywhere names the signature of a report


def read_report(data: bytes) -> UnverifiedReport:
    """Take a file apart. Never raises: what is wrong with it is told by `verify`."""
    return UnverifiedReport(sha256_hex(data), read_package(data), SIGNATURE.encode("ascii") in data)


class Result(Enum):
    """What came of checking a report (DESIGN, "Reports")."""

    GENUINE = "genuine"
    SIGNER_NOT_KNOWN = "signer_not_known"
    NOT_GENUINE = "not_genuine"
    CANNOT_BE_CHECKED = "cannot_be_checked"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is unchanged since it was signed."""

    content: ReportContent
    signer: PackageSigner
    sha256: str

    @property
    def header(self) -> ReportHeader:
        return self.content.header

    def facts(self) -> FactBook:
        """The report's own rows, for the permission rule."""
        return self.content.facts()


@dataclass(frozen=True, slots=True)
class UnverifiedContent:
    """What can safely be read of a file that is not verified: to be shown under a heading that says so."""

    header: ReportHeader | None
    rows: Mapping[str, tuple[Any, ...]]  # by field of ReportContent
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """Every check of a report and what follows. `report` only where it is unchanged since it was signed."""

    result: Result
    headline: Sentence
    checks: tuple[ProofCheck, ...]
    signer: PackageSigner | None
    sha256: str
    report: Report | None
    unverified: UnverifiedContent | None
    does_not_tell: tuple[str, ...] = DOES_NOT_TELL

    @property
    def is_unchanged(self) -> bool:
        return self.report is not None

    @property
    def is_consistent(self) -> bool:
        """Whether no check failed: an unchanged report can still say what does not follow from its rows."""
        return all(check.state is not CheckState.FAILED for check in self.checks)


# What is wrong with a container, when that alone keeps a report from being checked.
_CANNOT_BE_OPENED: dict[PackageFault, str] = {
    PackageFault.NOT_A_PACKAGE: "this file is not a report",
    PackageFault.TOO_LARGE: "it is, or claims to unpack to, more than a report can be; it was not opened",
    PackageFault.ENDS_EARLY: "it ends early; ask the sender for a new copy",
}
_CONTAINER_WORDS: dict[PackageFault, str] = {
    PackageFault.ODD_NAME: "A file in the package has a name that no report has.",
    PackageFault.NAME_TWICE: "A file stands twice in the package.",
    PackageFault.FILE_DAMAGED: "A file in the package does not unpack to what it should be.",
    PackageFault.NOT_AS_WRITTEN: "The package around the files is not as it was written.",
}


class _NotGenuine(Exception):
    """Ends a verification early: `part` is what was changed."""

    def __init__(self, part: str) -> None:
        self.part = part


class _CannotBeChecked(Exception):
    """Ends a verification early: `why` goes into the headline."""

    def __init__(self, why: str) -> None:
        self.why = why


def verify(report: UnverifiedReport, known_keys: Iterable[KnownKey]) -> Verification:
    """Check everything that can be checked with no network and no account."""
    known = {each.key.kid: each for each in known_keys}
    checks: list[ProofCheck] = []
    signer: PackageSigner | None = None
    try:
        _check_container(report, checks)
        signer = _check_signature(report.package, known, checks)
        manifest = _check_manifest(report.package, signer, checks)
        _check_files(report.package, manifest, checks)
        content = _check_rows(report.package, manifest, checks)
        _check_proofs(content, manifest, signer, known, checks)
    except _NotGenuine as found:
        headline = sentence("Changed after signing: {part}.", part=found.part)
        return _refused(report, Result.NOT_GENUINE, headline, checks, signer)
    except _CannotBeChecked as found:
        headline = sentence("Cannot be checked: {why}.", why=found.why)
        return _refused(report, Result.CANNOT_BE_CHECKED, headline, checks, signer)
    table = report.package.file(WORKS_TABLE)
    checks += [
        check_outcomes(content),
        check_figures(content),
        check_table(content, table.content if table else None),
    ]
    if signer.known is not None:
        result = Result.GENUINE
        headline = sentence("Unchanged since {name} signed it.", name=signer.known.name)
    else:
        result = Result.SIGNER_NOT_KNOWN
        headline = sentence("Unchanged since it was signed. The signer is not known to you.")
    passed_report = Report(content, signer, report.sha256)
    return Verification(result, headline, tuple(checks), signer, report.sha256, passed_report, None)


def _refused(
    report: UnverifiedReport,
    result: Result,
    headline: Sentence,
    checks: list[ProofCheck],
    signer: PackageSigner | None,
) -> Verification:
    return Verification(
        result, headline, tuple(checks), signer, report.sha256, None, _what_can_be_read(report.package)
    )


def _check_container(report: UnverifiedReport, checks: list[ProofCheck]) -> None:
    first, name = report.package.faults[0] if report.package.faults else (None, "")
    why = _CANNOT_BE_OPENED.get(first) if first else None
    if why is not None:
        checks.append(cannot("package", "The package cannot be opened: {why}.", why=why))
        raise _CannotBeChecked(why)
    if not report.means_to_be_one and report.package.file(MANIFEST) is None:
        checks.append(cannot("package", "This is a package of files, but it is not a report."))
        raise _CannotBeChecked(_CANNOT_BE_OPENED[PackageFault.NOT_A_PACKAGE])
    if first is not None:
        checks.append(failed("package", _CONTAINER_WORDS[first]))
        raise _NotGenuine(name or "the package around the files")
    checks.append(passed("package", "The file is complete and has the form of a report."))


def _check_signature(
    package: Package, known: Mapping[str, KnownKey], checks: list[ProofCheck]
) -> PackageSigner:
    manifest, seal = package.file(MANIFEST), package.file(SIGNATURE)
    if manifest is None or seal is None:
        why = "it has no signature" if seal is None else "the list of its files is missing"
        checks.append(cannot("signature", "There is nothing to check: {why}.", why=why))
        raise _CannotBeChecked(why)
    if manifest.method != STORED or seal.method != STORED:
        checks.append(failed("signature", "The signed list of files is not stored as it should be."))
        raise _NotGenuine("the package around the files")
    try:
        jws = read_detached(seal.content.decode("ascii"), manifest.content)
    except (MalformedSignature, UnicodeDecodeError):
        checks.append(failed("signature", "The signature is damaged or was changed."))
        raise _NotGenuine("the signature") from None
    signer = _signer_of(jws, package, known)
    if signer is None:
        checks.append(failed("signature", "The key in the package is not the one that the signature names."))
        raise _NotGenuine("the signer")
    match check_with(jws, signer.key):
        case VerifiedJws(typ=typ) if typ == SIGNATURE_TYP:
            words = "The signature belongs to this report. It was made with the key {fingerprint}."
            checks.append(passed("signature", words, fingerprint=signer.key.fingerprint))
        case VerifiedJws() | SignatureFault():
            words = "The signature does not belong to this list of files: one of the two was changed."
            checks.append(failed("signature", words))
            raise _NotGenuine("the list of files or its signature")
    return signer


def _signer_of(jws: UnverifiedJws, package: Package, known: Mapping[str, KnownKey]) -> PackageSigner | None:
    """The key that the signature names: a known one, else the one in the package; None if neither is it."""
    name, key = claimed_signer(package)
    trusted = known.get(jws.kid)
    if trusted is not None:
        return PackageSigner(trusted.key, name, trusted)
    if key is None or key.kid != jws.kid:
        return None
    return PackageSigner(key, name, None)


def _check_manifest(package: Package, signer: PackageSigner, checks: list[ProofCheck]) -> Manifest:
    file = package.file(MANIFEST)
    assert file is not None, "a signature was checked over it"
    try:
        manifest = read_manifest(file.content)
    except NewerFormat:
        why = "it was made by a newer version; update Artist Console to open it"
        checks.append(cannot("manifest", "The list of files is signed, but its format is newer."))
        raise _CannotBeChecked(why) from None
    except MalformedManifest as error:
        checks.append(cannot("manifest", "The list of files cannot be read: {why}.", why=error))
        raise _CannotBeChecked("the list of its files cannot be read") from error
    if (manifest.signer.kid, manifest.signer.name) != (signer.key.kid, signer.claimed_name):
        checks.append(failed("manifest", "The list of files names another signer than the package does."))
        raise _NotGenuine("the signer")
    words = "The signed list of what the report holds can be read: it names {n} files."
    checks.append(passed("manifest", words, n=len(manifest.files)))
    return manifest


def _check_files(package: Package, manifest: Manifest, checks: list[ProofCheck]) -> None:
    listed = [entry.name for entry in manifest.files]
    held = [file.name for file in package.files if file.name not in (MANIFEST, SIGNATURE)]
    for name in listed:
        if name not in held:
            checks.append(failed("files", "{name} is missing.", name=name))
            raise _NotGenuine(name)
    for name in held:
        if name not in listed:
            checks.append(failed("files", "{name} was added after signing.", name=name))
            raise _NotGenuine(name)
    for entry in manifest.files:
        file = package.file(entry.name)
        assert file is not None, "every listed file is held"
        said = (entry.size, entry.sha256, entry.packed_sha256, entry.rows)
        found = (
            len(file.content),
            sha256_hex(file.content),
            sha256_hex(file.packed),
            rows_in(file.name, file.content),
        )
        if said != found:
            checks.append(failed("files", "{name} is not the file that was signed.", name=entry.name))
            raise _NotGenuine(entry.name)
    if [file.name for file in package.files] != [MANIFEST, SIGNATURE, *listed]:
        checks.append(failed("files", "The files do not stand in their order."))
        raise _NotGenuine("the package around the files")
    checks.append(passed("files", "All {n} files are exactly those that were signed.", n=len(listed)))


_KNOWN_FILES = frozenset({SIGNER, README, WORKS_TABLE, *map(file_name, ROW_TYPES)})


def _check_rows(package: Package, manifest: Manifest, checks: list[ProofCheck]) -> ReportContent:
    strange = next((entry.name for entry in manifest.files if entry.name not in _KNOWN_FILES), None)
    if strange is not None:  # signed, but nobody would see what is in it
        checks.append(cannot("rows", "{name} is signed, but this version does not show it.", name=strange))
        raise _CannotBeChecked(f"it holds {strange}, which this version does not show")
    rows, faults = _rows_in(package)
    if faults:
        first = faults[0]
        words = "Line {line} of {file} cannot be read by this version: {why}."
        checks.append(cannot("rows", words, line=first.line, file=first.file, why=first.why))
        raise _CannotBeChecked(f"line {first.line} of {first.file} cannot be read by this version")
    count = sum(len(found) for found in rows.values())
    checks.append(
        passed("rows", counted("The one row can be read.", "All {n} rows can be read.", count), n=count)
    )
    return content_from(manifest.header, rows)


def _rows_in(package: Package) -> tuple[Mapping[str, tuple[Any, ...]], tuple[RowFault, ...]]:
    rows: dict[str, tuple[Any, ...]] = {}
    faults: list[RowFault] = []
    for kind in ROW_TYPES:
        file = package.file(file_name(kind))
        if file is not None:
            rows[kind], wrong = decode_rows(kind, file.content)
            faults += wrong
    return rows, tuple(faults)


def _check_proofs(
    content: ReportContent,
    manifest: Manifest,
    signer: PackageSigner,
    known: Mapping[str, KnownKey],
    checks: list[ProofCheck],
) -> None:
    """A ledger or receipt that does not hold was changed before the report was signed: not genuine either."""
    ledgers = check_ledgers(content, manifest)
    checks.append(ledgers)
    if ledgers.state is CheckState.FAILED:
        raise _NotGenuine("a ledger was changed before the report was signed")
    receipts = check_receipts(content, {kid: each.key for kid, each in known.items()}, signer.key)
    checks.append(receipts)
    if receipts.state is CheckState.FAILED:
        raise _NotGenuine("a receipt does not belong to its entry")


def _what_can_be_read(package: Package) -> UnverifiedContent | None:
    rows, faults = _rows_in(package)
    file = package.file(MANIFEST)
    header = None
    if file is not None:
        try:
            header = read_manifest(file.content).header
        except (MalformedManifest, NewerFormat):
            header = None
    return UnverifiedContent(header, rows, faults) if rows or header else None
