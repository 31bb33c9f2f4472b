"""What a redacted copy of a report is, and the proof that only its gaps tell it from the original.

The copy carries the original's descriptor and signatures byte for byte. Of a table that rows were taken out
of, a proof holds a line for every row of the original, in order: `+` for one that is here, else the digest of
the one that is not. Rows and digests together give the root that was signed; no digest tells its row, as each
row ends in a salt of its own. A copy can be redacted again: it is then another copy of the same original.
Which rows go is the business of `redaction_reach`, writing that of `redaction_out`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from .data_package import (
    DESCRIPTOR,
    ORIGINAL,
    PROOF_ENDING,
    Descriptor,
    FileSeal,
    RedactionSeal,
    Resource,
    TableSeal,
    descriptor_of,
    hash_of,
)
from .package import Package, open_entry
from .records import MalformedTable, head_and_records
from .report_parts import Gap, NotGenuine, Progress, silently
from .report_signatures import signature_name
from .row_digests import MalformedProof, Roots, proof_lines, rebuilt_root

ORIGINAL_DESCRIPTOR = ORIGINAL + DESCRIPTOR
_DESCRIPTOR_TYPE, _SIGNATURE_TYPE, _PROOF_TYPE = "application/json", "application/jose", "text/plain"


def original_signature(number: int) -> str:
    """The file of one of the original's signatures, counted from 1."""
    return signature_name(number, ORIGINAL)


def proof_of(table: str) -> str:
    """The file that says which rows of a table were taken out."""
    return table + PROOF_ENDING


@dataclass(frozen=True, slots=True)
class Sealed:
    """Size and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RedactedTable:
    """A table that rows were taken out of, as it stands in the copy."""

    file: Sealed
    proof: Sealed
    rows: int
    root: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """All that tells a copy from its original."""

    original_sha256: str  # of its descriptor
    descriptor: Sealed
    signatures: tuple[Sealed, ...]
    tables: Mapping[str, RedactedTable]
    whole: frozenset[str]
    files: frozenset[str]  # of the original's, those that came along
    on: datetime


def redacted_descriptor(original: Descriptor, redacted: Redacted) -> Descriptor:
    """The one descriptor that such a copy can have: nothing in it is left to whoever makes the copy."""
    own = original.artist_console
    resources = [
        _resource(each, redacted.tables.get(each.name))
        for each in original.resources
        if each.name not in redacted.whole
    ]
    tables = {
        name: TableSeal(redacted.tables[name].rows, redacted.tables[name].root)
        if name in redacted.tables
        else seal
        for name, seal in own.tables.items()
        if name not in redacted.whole
    }
    in_order = [each.name for each in original.resources]
    removed = {
        name: own.tables[name].rows - (redacted.tables[name].rows if name in redacted.tables else 0)
        for name in in_order
        if name in redacted.tables or name in redacted.whole
    }
    files = [
        *(each for each in own.files if each.name in redacted.files),
        _file(ORIGINAL_DESCRIPTOR, redacted.descriptor, _DESCRIPTOR_TYPE),
        *(
            _file(original_signature(number), each, _SIGNATURE_TYPE)
            for number, each in enumerate(redacted.signatures, start=1)
        ),
        *(
            _file(proof_of(name), redacted.tables[name].proof, _PROOF_TYPE)
            for name in in_order
            if name in redacted.tables
        ),
    ]
    whole = [name for name in in_order if name in redacted.whole]
    seal = RedactionSeal(redacted.original_sha256, removed, whole, redacted.on)
    return descriptor_of(original.header, own.artists, resources, tables, files, seal)


def _resource(original: Resource, table: RedactedTable | None) -> Resource:
    if table is None:
        return original
    return Resource(
        original.name,
        original.path,
        original.title,
        original.description,
        original.profile,
        original.format,
        original.mediatype,
        original.encoding,
        table.file.size,
        hash_of(table.file.sha256),
        original.schema,
    )


def _file(name: str, sealed: Sealed, mediatype: str) -> FileSeal:
    return FileSeal(name, sealed.size, hash_of(sealed.sha256), mediatype)


def check_redaction(
    source: BinaryIO,
    package: Package,
    own: Descriptor,
    original: Descriptor,
    original_sha256: str,
    progress: Progress = silently,
) -> tuple[Gap, ...]:
    """The gaps of a redacted copy, in the order of the original's tables. Raises NotGenuine.

    To be called once every file of the copy has the hash that `own` gives, and the original's signatures hold
    over the descriptor that `original` was read from.
    """
    seal = own.redaction
    assert seal is not None, "it is a redacted copy"
    if original.redaction is not None or seal.original != original_sha256:
        raise NotGenuine("the description of the original", [ORIGINAL_DESCRIPTOR])
    whole = frozenset(each.name for each in original.resources if own.resource(each.name) is None)
    touched = [
        each
        for each in original.resources
        if (mine := own.resource(each.name)) is not None
        and (mine.bytes, mine.hash) != (each.bytes, each.hash)
    ]
    tables: dict[str, RedactedTable] = {}
    done, total = 0, sum(_sealed_table(own, each.name).size for each in touched)
    for each in touched:
        tables[each.name] = _checked_table(source, package, own, original, each)
        done += tables[each.name].file.size
        progress(done, total)
    redacted = Redacted(
        original_sha256=original_sha256,
        descriptor=_sealed_file(own, ORIGINAL_DESCRIPTOR),
        signatures=tuple(_signatures(own)),
        tables=tables,
        whole=whole,
        files=_files_kept(own, original, {*tables, *whole}),
        on=seal.on,
    )
    if redacted_descriptor(original, redacted) != own:
        raise NotGenuine("the description of the redacted copy", [DESCRIPTOR])
    if not tables and not whole:
        raise NotGenuine("the description of the redacted copy: nothing is missing", [DESCRIPTOR])
    rows = {name: table.rows for name, table in tables.items()}
    return tuple(
        Gap(name, of.rows - rows.get(name, 0), of.rows)
        for each in original.resources
        for name, of in ((each.name, original.artist_console.tables[each.name]),)
        if name in tables or name in whole
    )


def _checked_table(
    source: BinaryIO, package: Package, own: Descriptor, original: Descriptor, resource: Resource
) -> RedactedTable:
    """Rebuild the original's table from rows and digests. Raises NotGenuine."""
    name, path = resource.name, resource.path
    entry, proof = package.entry(path), package.entry(proof_of(name))
    if entry is None or proof is None:
        raise NotGenuine(path if entry is None else proof_of(name), [path])
    here = Roots()
    try:
        head, records = head_and_records(open_entry(source, entry))
        if head != ",".join(field.name for field in resource.schema.fields).encode():
            raise NotGenuine(path, [path])
        rows, removed, root = rebuilt_root(proof_lines(open_entry(source, proof)), records, here)
    except (MalformedTable, MalformedProof) as error:
        raise NotGenuine(path, [path, proof_of(name)]) from error
    seal = original.artist_console.tables[name]
    if (rows, root) != (seal.rows, seal.root) or not 0 < removed < rows:
        raise NotGenuine(path, [path, proof_of(name)])
    return RedactedTable(
        _sealed_table(own, name), _sealed_file(own, proof_of(name)), rows - removed, here.root
    )


def _sealed_table(own: Descriptor, name: str) -> Sealed:
    resource = own.resource(name)
    assert resource is not None, "asked for only then"
    return Sealed(resource.bytes, resource.sha256)


def _sealed_file(own: Descriptor, name: str) -> Sealed:
    seal = own.file(name)
    if seal is None:
        raise NotGenuine(name, [name])
    return Sealed(seal.bytes, seal.sha256)


def _signatures(own: Descriptor) -> Iterator[Sealed]:
    number = 1
    while (seal := own.file(original_signature(number))) is not None:
        yield Sealed(seal.bytes, seal.sha256)
        number += 1


def _files_kept(own: Descriptor, original: Descriptor, touched: set[str]) -> frozenset[str]:
    """Which of the original's files are in the copy; what comes of a touched table is none of them."""
    return frozenset(
        each.name
        for each in original.artist_console.files
        if own.file(each.name) is not None and each.name not in copies_of(touched)
    )


def copies_of(tables: Iterable[str]) -> frozenset[str]:
    """The files that hold the same rows as these tables in another form."""
    return frozenset(f"{name}.parquet" for name in tables)


def own_files(descriptor: Descriptor) -> tuple[FileSeal, ...]:
    """The files that a report came with: of a redacted copy without those that make it one."""
    files = tuple(descriptor.artist_console.files)
    redaction = descriptor.redaction
    if redaction is None:
        return files
    begin = next((at for at, each in enumerate(files) if each.name == ORIGINAL_DESCRIPTOR), len(files))
    return files[:begin]
