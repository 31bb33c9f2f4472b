"""A report is read without trust, and checked: what comes of it is a value with every check and its result.

Container, signatures, description, the hash of every file and the proof of a redacted copy are looked at,
in one pass; no row is. What rows say of each other is the business of `report_checks`.
docs/report-format.md describes the file for other programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from .data_package import (
    DESCRIPTOR,
    FORMAT,
    MAX_DESCRIPTOR_BYTES,
    Descriptor,
    MalformedDescriptor,
    NewerFormat,
    Resource,
    read_descriptor,
    resource_of,
    without_words,
)
from .handovers import Handover, read_chain_text
from .key_statements import MalformedStatement
from .package import PackageDamaged, PackageFault, digest_of, read_entry, read_package
from .package_signer import PackageSigner
from .proof_checks import ProofCheck, Sentence, cannot, counted, failed, passed, sentence
from .report_parts import (
    CannotBeChecked,
    Gap,
    Known,
    NotGenuine,
    Obstacle,
    Progress,
    Result,
    UnverifiedReport,
    Verification,
    silently,
)
from .report_redaction import ORIGINAL_DESCRIPTOR, check_redaction, original_signature
from .report_rows import Report, UnverifiedContent
from .report_signatures import signature_name, signature_names, signers_of
from .report_tables import TABLES, codec_of
from .report_trust import check_signers, headline_of, result_of
from .signatures import sha256_hex

HANDOVERS = "handovers.jsonl"
_MAX_HANDOVERS_BYTES = 512 * 1024
_MARKS = (signature_name(1).encode(), f'"{FORMAT}"'.encode(), b'{"artist_console":')
_PACKED = b"PK\x03\x04"
_HEAD_BYTES, _TAIL_BYTES = 64 * 1024, 256 * 1024  # where a report names itself: descriptor and directory
_MOST_NAMED = 5  # changed files that have a check each
MOST_PARTS = 100  # that are named at all: a description can list thousands of files that never were


def read_report(source: BinaryIO) -> UnverifiedReport:
    """Take a file apart. What is wrong with it, `verify` tells. Raises OSError where it cannot be read."""
    package = read_package(source)
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    source.seek(max(package.size - _TAIL_BYTES, 0))
    tail = source.read(_TAIL_BYTES)
    is_packed = bool(package.entries) or head.startswith(_PACKED)
    is_named = any(mark in part for mark in _MARKS for part in (head, tail))
    return UnverifiedReport(source, package, is_packed and is_named)


@dataclass(slots=True)
class _Findings:
    """What was found before a verification ended."""

    checks: list[ProofCheck] = field(default_factory=list)
    signatures: tuple[PackageSigner, ...] = ()
    redacted_by: tuple[PackageSigner, ...] = ()
    sha256: str = ""
    descriptor: Descriptor | None = None


def verify(report: UnverifiedReport, known: Known, progress: Progress = silently) -> Verification:
    """Check everything that shows whether a report is unchanged, with no network and no account.

    `progress` hears of bytes. Raises OSError where the file cannot be read.
    """
    found = _Findings()
    try:
        gaps = _looked_at(report, known, found, progress)
    except NotGenuine as error:
        headline = sentence("Changed after signing: {part}.", part=error.part)
        return _refused(report, Result.NOT_GENUINE, headline, found, parts_changed=error.names)
    except CannotBeChecked as error:
        headline = sentence("Cannot be checked: {why}.", why=error.why)
        return _refused(report, Result.CANNOT_BE_CHECKED, headline, found, obstacle=error.obstacle)
    assert found.descriptor is not None, "nothing is unchanged without it"
    removed = {gap.table: gap.removed for gap in gaps}
    passed_report = Report(report.source, report.package, found.descriptor, found.sha256, removed)
    found.checks += check_signers(found.signatures, found.descriptor.header.made_at)
    result = result_of(found.signatures)
    return Verification(
        result=result,
        headline=headline_of(result, found.signatures, has_gaps=bool(gaps)),
        checks=tuple(found.checks),
        signatures=found.signatures,
        sha256=found.sha256,
        report=passed_report,
        unverified=None,
        gaps=gaps,
        redacted_by=found.redacted_by,
    )


def _refused(
    report: UnverifiedReport,
    result: Result,
    headline: Sentence,
    found: _Findings,
    parts_changed: tuple[str, ...] = (),
    obstacle: Obstacle | None = None,
) -> Verification:
    content = UnverifiedContent(report.source, report.package, found.descriptor or _claimed(report))
    return Verification(
        result=result,
        headline=headline,
        checks=tuple(found.checks),
        signatures=found.signatures,
        sha256=found.sha256,
        report=None,
        unverified=content if content.header is not None or content.tables else None,
        redacted_by=found.redacted_by,
        parts_changed=parts_changed,
        obstacle=obstacle,
    )


def _claimed(report: UnverifiedReport) -> Descriptor | None:
    """The description of a report as far as it can be read at all."""
    entry = report.package.entry(DESCRIPTOR)
    try:
        return read_descriptor(read_entry(report.source, entry, MAX_DESCRIPTOR_BYTES)) if entry else None
    except (PackageDamaged, MalformedDescriptor, NewerFormat):
        return None


def _looked_at(
    report: UnverifiedReport, known: Known, found: _Findings, progress: Progress
) -> tuple[Gap, ...]:
    """Every check in turn; gives the gaps of a redacted copy. Raises NotGenuine, CannotBeChecked."""
    _check_container(report, found.checks)
    carried = _carried(report)
    sealed = _sealed(report, found.checks)
    found.sha256 = sha256_hex(sealed)
    signers = signers_of(report.source, report.package, sealed, known, found.checks, carried=carried)
    found.signatures = signers
    descriptor = found.descriptor = _description(report, sealed, found.checks, is_signed=bool(signers))
    if not signers and descriptor.redaction is None:
        raise _without_signature(found.checks)
    _check_tables(descriptor, found.checks)
    _check_files(report, descriptor, found.checks, progress)
    if descriptor.redaction is None:
        return ()
    found.signatures, found.redacted_by = (), signers
    return _check_copy(report, descriptor, known, carried, found, progress)


_ENDS_EARLY = ("it ends early; ask the sender for a new copy", Obstacle.DAMAGED)
# What is wrong with a container that means to be a report, when that alone keeps a report from being checked.
_CANNOT_BE_OPENED: dict[PackageFault, tuple[str, Obstacle]] = {
    PackageFault.NOT_A_PACKAGE: _ENDS_EARLY,  # within its first file
    PackageFault.TOO_LARGE: ("it is larger than a report can be; it was not opened", Obstacle.TOO_LARGE),
    PackageFault.ENDS_EARLY: _ENDS_EARLY,
}
_CONTAINER_WORDS: dict[PackageFault, str] = {
    PackageFault.ODD_NAME: "A file in the package has a name that no report has.",
    PackageFault.NAME_TWICE: "A file stands twice in the package.",
    PackageFault.FILE_DAMAGED: "A file is packed otherwise than in a report: another program packed it anew.",
    PackageFault.NOT_AS_WRITTEN: "The package around the files is not as it was written.",
}


def _check_container(report: UnverifiedReport, checks: list[ProofCheck]) -> None:
    if not report.means_to_be_one:
        checks.append(cannot("package", "This file is not a report."))
        raise CannotBeChecked("this file is not a report", Obstacle.NOT_A_REPORT)
    # That a file is packed anew also shows around it, and says more.
    faults = sorted(report.package.faults, key=lambda found: found[0] is PackageFault.NOT_AS_WRITTEN)
    for fault, name in faults[:1]:
        if fault in _CANNOT_BE_OPENED:
            why, obstacle = _CANNOT_BE_OPENED[fault]
            checks.append(cannot("package", "The package cannot be opened: {why}.", why=why))
            raise CannotBeChecked(why, obstacle)
        checks.append(failed("package", _CONTAINER_WORDS[fault]))
        is_one_file = fault is PackageFault.NAME_TWICE
        raise NotGenuine(name if is_one_file else "the package around the files", [name] if name else [])
    checks.append(passed("package", "The file is complete and has the form of a report."))


def _carried(report: UnverifiedReport) -> tuple[Handover, ...]:
    """The handovers that come with a report: each is signed by itself, so they hold before the rest does."""
    entry = report.package.entry(HANDOVERS)
    try:
        return read_chain_text(read_entry(report.source, entry, _MAX_HANDOVERS_BYTES)) if entry else ()
    except (PackageDamaged, MalformedStatement):
        return ()


def _sealed(report: UnverifiedReport, checks: list[ProofCheck]) -> bytes:
    """The bytes of the description: what is signed."""
    entry = report.package.entry(DESCRIPTOR)
    if entry is None:
        why = "the description of what it holds is missing"
        checks.append(cannot("description", "There is nothing to check: {why}.", why=why))
        raise CannotBeChecked(why, Obstacle.DAMAGED)
    try:
        return read_entry(report.source, entry, MAX_DESCRIPTOR_BYTES)
    except PackageDamaged:
        checks.append(failed("description", "The description of what the report holds was changed."))
        raise NotGenuine("the description of the report", [DESCRIPTOR]) from None


def _without_signature(checks: list[ProofCheck]) -> CannotBeChecked:
    why = "it has no signature"
    checks.append(cannot("signature", "There is nothing to check: {why}.", why=why))
    return CannotBeChecked(why, Obstacle.NO_SIGNATURE)


def _description(
    report: UnverifiedReport, sealed: bytes, checks: list[ProofCheck], *, is_signed: bool
) -> Descriptor:
    try:
        descriptor = read_descriptor(sealed)
    except NewerFormat:
        # Anybody can write a later version into a report. Of a copy, the original's signature is enough.
        if not is_signed and report.package.entry(original_signature(1)) is None:
            raise _without_signature(checks) from None
        checks.append(cannot("description", "What the report holds is described in a newer format."))
        why = "it was made by a newer version; update Artist Console to open it"
        raise CannotBeChecked(why, Obstacle.NEWER_FORMAT) from None
    except MalformedDescriptor as error:
        checks.append(
            cannot("description", "The description of what it holds cannot be read: {why}.", why=error)
        )
        why = "the description of what it holds cannot be read"
        raise CannotBeChecked(why, Obstacle.DAMAGED) from error
    words = "The description of what the report holds can be read: it names {n} files."
    checks.append(passed("description", words, n=len(descriptor.listed)))
    return descriptor


def _check_tables(descriptor: Descriptor, checks: list[ProofCheck]) -> None:
    """Signed, but nobody would see what is in it: a table or column that this version does not know."""
    for resource in descriptor.resources:
        if resource.name in TABLES and _is_known(resource):
            continue
        words = "{name} is signed, but this version does not know such a table."
        checks.append(cannot("description", words, name=resource.path))
        why = f"it holds {resource.path}, which this version does not show"
        raise CannotBeChecked(why, Obstacle.NEWER_FORMAT)
    order = [resource.name for resource in descriptor.resources]
    if order != sorted(order, key=TABLES.index):
        checks.append(cannot("description", "The tables do not stand in their order."))
        raise CannotBeChecked("its tables do not stand in their order", Obstacle.DAMAGED)


def _is_known(resource: Resource) -> bool:
    """Whether a table is described as this version writes it; titles and descriptions are the signer's."""
    expected = resource_of(
        resource.name,
        resource.title,
        resource.description,
        codec_of(resource.name).schema(),
        resource.bytes,
        resource.sha256,
    )
    return without_words(resource) == without_words(expected)


def _check_files(
    report: UnverifiedReport, descriptor: Descriptor, checks: list[ProofCheck], progress: Progress
) -> None:
    """Every file is here, in its order, and is the one that was signed; nothing was added."""
    listed = descriptor.listed
    expected = (DESCRIPTOR, *signature_names(report.package), *listed)
    allowed = frozenset(expected)
    held = {entry.name: None for entry in report.package.entries}  # in their order
    missing = [name for name in listed if name not in held]
    added = [name for name in held if name not in allowed]
    changed = _changed(report, listed, progress)
    for words, names in (
        ("{name} is missing.", missing),
        ("{name} was added after signing.", added),
        ("{name} is not the file that was signed.", changed),
    ):
        checks += [failed("files", words, name=name) for name in names[:_MOST_NAMED]]
    wrong = [*missing, *added, *changed]
    if wrong:
        others = counted("{first} and one other file", "{first} and {n} other files", len(wrong) - 1)
        part = sentence(others if wrong[1:] else "{first}", first=wrong[0], n=len(wrong) - 1).text
        raise NotGenuine(part, wrong[:MOST_PARTS])
    if tuple(held) != expected:
        checks.append(failed("files", "The files do not stand in their order."))
        raise NotGenuine("the package around the files")
    # A copy that nobody signed holds by the proof of its original, which is checked after this.
    words = (
        "All {n} files are exactly those that were signed."
        if signature_names(report.package)
        else "All {n} files are exactly those that this copy lists."
    )
    checks.append(passed("files", words, n=len(listed)))


def _changed(
    report: UnverifiedReport, listed: Mapping[str, tuple[int, str]], progress: Progress
) -> list[str]:
    entries = [entry for entry in report.package.entries if entry.name in listed]
    total = sum(entry.size for entry in entries)
    done = 0

    def hear(step: int) -> None:
        nonlocal done
        done += step
        progress(done, total)

    changed = []
    for entry in entries:
        size, sha256 = listed[entry.name]
        digest = digest_of(report.source, entry, hear)
        if (entry.size, digest.sha256, digest.crc_holds) != (size, sha256, True):
            changed.append(entry.name)
    return changed


def _check_copy(
    report: UnverifiedReport,
    own: Descriptor,
    known: Known,
    carried: tuple[Handover, ...],
    found: _Findings,
    progress: Progress,
) -> tuple[Gap, ...]:
    """Of a redacted copy: the original's signatures hold, and only its gaps tell it from the original."""
    entry = report.package.entry(ORIGINAL_DESCRIPTOR)
    if entry is None or report.package.entry(original_signature(1)) is None:
        found.checks.append(
            failed("redaction", "The description of the original, or its signature, is missing.")
        )
        raise NotGenuine("the description of the original", [ORIGINAL_DESCRIPTOR])
    try:
        sealed = read_entry(report.source, entry, MAX_DESCRIPTOR_BYTES)
        original = read_descriptor(sealed)
    except (PackageDamaged, MalformedDescriptor, NewerFormat):
        found.checks.append(failed("redaction", "The description of the original cannot be read."))
        raise NotGenuine("the description of the original", [ORIGINAL_DESCRIPTOR]) from None
    found.signatures = signers_of(
        report.source, report.package, sealed, known, found.checks, prefix="original-", carried=carried
    )
    try:
        gaps = check_redaction(report.source, report.package, own, original, sha256_hex(sealed), progress)
    except NotGenuine as error:
        words = "The rows that are here are not what the original held: see {part}."
        found.checks.append(failed("redaction", words, part=error.part))
        raise
    removed = sum(gap.removed for gap in gaps)
    words = counted(
        "One row was taken out; everything else is exactly as it was signed.",
        "{n} rows were taken out; everything else is exactly as it was signed.",
        removed,
    )
    found.checks.append(passed("redaction", words, n=removed))
    return gaps
