"""Writes a redacted copy of a report: what stays byte for byte, the proofs of what went, a new descriptor.

Everything is read from the report in steps, twice: once to be hashed, once to be written. No table is in
memory as a whole, and nothing of a row that goes is written but its digest.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from artist_console.domain.problems import InputProblem

from .data_package import (
    DESCRIPTOR,
    MAX_DESCRIPTOR_BYTES,
    ORIGINAL,
    Descriptor,
    Resource,
    TableSeal,
    descriptor_bytes,
    read_descriptor,
)
from .package import Member, Package, open_entry, read_entry
from .records import BYTE_ORDER_MARK, LINE_END, head_and_records
from .redaction_reach import Reach
from .report_out import write_sealed
from .report_redaction import (
    ORIGINAL_DESCRIPTOR,
    Redacted,
    RedactedTable,
    Sealed,
    original_signature,
    own_files,
    proof_of,
    redacted_descriptor,
)
from .report_signatures import MAX_SIGNATURE_BYTES, signature_bytes, signature_names
from .row_cells import SALT_DIGITS
from .row_digests import KEPT, Roots, leaf_of, proof_line, proof_lines
from .signatures import SigningKey, sha256_hex

_STEP_BYTES = 256 * 1024


class NothingTaken(InputProblem):
    title_template = "Nothing of the report would be taken out, so no copy was made"
    advice_template = "Choose parts, recordings, songs or rows that are in it"


class NothingLeft(InputProblem):
    title_template = "Nothing of the report would be left, so no copy was made"
    advice_template = "Leave at least one table"


class NotToBeProven(InputProblem):
    title_template = "The table “{table}” is not the one that its signer worked out digests for"
    advice_template = "Ask whoever signed the report for another one; this one cannot be redacted"


class SaltTwice(InputProblem):
    title_template = "Rows of “{table}” have the same salt, so that what is taken out of it could be guessed"
    advice_template = "Ask whoever signed the report for another one, or take the table out whole"


@dataclass(frozen=True, slots=True)
class RedactedCopy:
    """A copy that was written. `sha256` is the hash of the copy: of its own descriptor."""

    sha256: str
    original_sha256: str
    size: int
    removed: Mapping[str, int]  # by table, of the rows that the original has


def write_redacted(
    source: BinaryIO,
    package: Package,
    descriptor: Descriptor,
    reach: Reach,
    out: BinaryIO,
    on: datetime,
    key: SigningKey | None = None,
    signer_name: str = "",
) -> RedactedCopy:
    """Write a copy of a verified report without what `reach` found in it, signed where there is a key.

    The signatures of the original stay; those of a copy that is redacted again do not.
    Raises NothingTaken, NothingLeft, NotToBeProven, SaltTwice, ReportTooLarge.
    """
    if reach.is_empty:
        raise NothingTaken()
    is_copy = descriptor.redaction is not None
    prefix = ORIGINAL if is_copy else ""
    sealed = _read(source, package, prefix + DESCRIPTOR, MAX_DESCRIPTOR_BYTES)
    original = read_descriptor(sealed) if is_copy else descriptor
    signatures = [
        _read(source, package, name, MAX_SIGNATURE_BYTES) for name in signature_names(package, prefix)
    ]
    gone = {name for name, each in reach.tables.items() if each.is_whole}
    here = [each for each in descriptor.resources if each.name not in gone]
    if not here:
        raise NothingLeft()
    cuts = {
        each.name: _Cut(source, package, each, _causes(reach, each.name))
        for each in here
        if each.name in reach.tables or package.entry(proof_of(each.name)) is not None
    }
    seals = original.artist_console.tables
    tables = {name: cut.measured(seals[name]) for name, cut in cuts.items()}
    kept = [each for each in own_files(descriptor) if each.name not in reach.files]
    redacted = Redacted(
        original_sha256=sha256_hex(sealed),
        descriptor=_sealed(sealed),
        signatures=tuple(map(_sealed, signatures)),
        tables={name: table.table for name, table in tables.items()},
        whole=frozenset(
            each.name
            for each in original.resources
            if each.name in gone or not descriptor.resource(each.name)
        ),
        files=frozenset(each.name for each in kept),
        on=on,
    )
    own = redacted_descriptor(original, redacted)
    own_sealed = descriptor_bytes(own)
    members = [
        *(
            tables[each.name].member if each.name in tables else _copied(source, package, each.path)
            for each in here
        ),
        *(_copied(source, package, each.name) for each in kept),
        Member.of(ORIGINAL_DESCRIPTOR, sealed),
        *(Member.of(original_signature(number), each) for number, each in enumerate(signatures, start=1)),
        *(table.proof for table in tables.values()),
    ]
    own_signatures = [signature_bytes(own_sealed, key, signer_name)] if key is not None else []
    size = write_sealed(out, own_sealed, own_signatures, members)
    assert own.redaction is not None, "it is a redacted copy"
    return RedactedCopy(sha256_hex(own_sealed), redacted.original_sha256, size, own.redaction.removed)


def _causes(reach: Reach, name: str) -> bytes | None:
    return reach.tables[name].causes if name in reach.tables else None


def _read(source: BinaryIO, package: Package, name: str, limit: int) -> bytes:
    entry = package.entry(name)
    assert entry is not None, "the report was verified"
    return read_entry(source, entry, limit)


def _copied(source: BinaryIO, package: Package, name: str) -> Member:
    entry = package.entry(name)
    assert entry is not None, "the report was verified"
    return Member.copied(source, entry)


def _sealed(content: bytes) -> Sealed:
    return Sealed(len(content), sha256_hex(content))


@dataclass(frozen=True, slots=True)
class _Measured:
    """A table of the copy and its proof, ready to be written."""

    table: RedactedTable
    member: Member
    proof: Member


class _Cut:
    """One table of which rows are taken out, now or before."""

    def __init__(self, source: BinaryIO, package: Package, resource: Resource, causes: bytes | None) -> None:
        entry = package.entry(resource.path)
        assert entry is not None, "the report was verified"
        self._source, self._resource, self._entry = source, resource, entry
        self._proof = package.entry(proof_of(resource.name))
        self._causes = causes

    def _rows(self) -> Iterator[tuple[bytes | None, bytes]]:
        """For each row of the original its record, where it stays, and its line of the proof."""
        _, records = head_and_records(open_entry(self._source, self._entry))
        rows = iter(enumerate(records))
        for line in proof_lines(open_entry(self._source, self._proof)) if self._proof else _all_here():
            if line != KEPT:
                yield None, line + b"\n"
                continue
            number, record = next(rows, (0, None))
            if record is None:
                return
            if self._causes is not None and self._causes[number]:
                yield None, proof_line(leaf_of(record))
            else:
                yield record, proof_line(None)

    def _table(self) -> Iterator[bytes]:
        head, _ = head_and_records(open_entry(self._source, self._entry))
        yield BYTE_ORDER_MARK + head + LINE_END
        for record, _ in self._rows():
            if record is not None:
                yield record + LINE_END

    def _proof_text(self) -> Iterator[bytes]:
        for _, line in self._rows():
            yield line

    def _check_salts(self) -> None:
        """With the salt of a row that went, all that it may have said can be tried."""
        _, records = head_and_records(open_entry(self._source, self._entry))
        seen: set[bytes] = set()
        for number, record in enumerate(records, start=1):
            seen.add(record[-SALT_DIGITS:])
            if len(seen) != number:
                raise SaltTwice(table=self._resource.title)

    def measured(self, seal: TableSeal) -> _Measured:
        """Go through the table, to know what will be written; `seal` is of the original.

        Raises NotToBeProven, SaltTwice.
        """
        roots, original = Roots(), Roots()
        for record, line in self._rows():
            if record is not None:
                roots.append(record)
                original.append(record)
            else:
                original.append_leaf(bytes.fromhex(line[:-1].decode("ascii")))
        if (original.rows, original.root) != (seal.rows, seal.root):
            raise NotToBeProven(table=self._resource.title)
        self._check_salts()
        file, table_crc = _measure(self._table())
        proof, proof_crc = _measure(self._proof_text())
        return _Measured(
            RedactedTable(file, proof, roots.rows, roots.root),
            Member(self._resource.path, file.size, table_crc, lambda: _opened(self._table)),
            Member(proof_of(self._resource.name), proof.size, proof_crc, lambda: _opened(self._proof_text)),
        )


def _all_here() -> Iterator[bytes]:
    while True:
        yield KEPT


def _measure(parts: Iterable[bytes]) -> tuple[Sealed, int]:
    """Size, SHA-256 and CRC of what these parts come to."""
    sha256 = hashlib.sha256()
    size = crc = 0
    for step in _in_steps(parts):
        sha256.update(step)
        crc = zlib.crc32(step, crc)
        size += len(step)
    return Sealed(size, sha256.hexdigest()), crc


def _in_steps(parts: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    held_bytes = 0
    for part in parts:
        held.append(part)
        held_bytes += len(part)
        if held_bytes >= _STEP_BYTES:
            yield b"".join(held)
            held, held_bytes = [], 0
    if held:
        yield b"".join(held)


def _opened(parts: Callable[[], Iterable[bytes]]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Stream(_in_steps(parts())), _STEP_BYTES))


class _Stream(io.RawIOBase):
    """What an iterator gives, as a file that is read once."""

    def __init__(self, steps: Iterator[bytes]) -> None:
        self._steps = steps
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        if not self._left:
            self._left = next(self._steps, b"")
        part, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(part)] = part
        return len(part)
