"""Files of lines of the service: written, sealed, published with their statement, and read.

A file is published in the transaction that writes its statement's row, so that neither is ever there without
the other, whatever interrupts it. Its pieces are sealed: AES-256-GCM under a key of the file's own, each
bound to its place in it.
"""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO, cast

from sqlalchemy.engine import Connection

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import Line, Statement
from artist_console.formats.kinds import Kind
from artist_console.formats.lines_file import LinesFile, LinesWriter
from artist_console.host.sealed_files import SealBroken
from artist_console.host.subkeys import subkey

from .line_staging import Staging
from .signing import Signer
from .storage import lines, rows
from .storage.lines import LineFile

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE_BYTES = 256 * 1024
_NONCE_BYTES = 12


class WrittenLines:
    """Lines of one statement that are being written, outside of every transaction; `count` of them."""

    def __init__(self, statement: StatementId) -> None:
        self.statement = statement
        self.count = 0
        self.staging = Staging()
        self._writer = LinesWriter(cast(BinaryIO, self.staging), statement)

    def add(self, new: Iterable[Line]) -> None:
        """In ascending order of their numbers. Raises LineHasNoRoom, FileProblem."""
        self._writer.add(new)

    def finish(self) -> None:
        """After the last line. Raises as `add` does."""
        self.count = self._writer.finish()

    def close(self) -> None:
        self._writer.close()
        self.staging.close()


@dataclass(frozen=True)
class StatementFiles:
    """`key` is 32 bytes from which the key of each file is derived."""

    signer: Signer
    key: bytes = field(repr=False)

    @contextmanager
    def writing(self, statement: StatementId) -> Iterator[WrittenLines]:
        """A file for `publish`; gone at the end of the block."""
        written = WrittenLines(statement)
        try:
            yield written
        finally:
            written.close()

    def publish(self, connection: Connection, statement: Statement, written: WrittenLines) -> Statement:
        """Write a statement's row with the file of its lines, which is finished; gives the row.

        It takes the place of what the statement had. Inside a writing transaction.
        """
        file = LineFile(written.staging.sha256, written.staging.size)
        with written.staging.written() as source:
            lines.keep(connection, statement.id, file, self._closed(file, source))
        return self.put_row(connection, statement)

    def put(self, connection: Connection, statement: Statement, given: Iterable[Line]) -> Statement:
        """The same of lines that are there already, in ascending order of their numbers.

        A count that the statement declares stays: whether it holds is for its checks.
        """
        with self.writing(statement.id) as written:
            written.add(given)
            written.finish()
            return self.publish(connection, statement, written)

    def put_row(self, connection: Connection, statement: Statement) -> Statement:
        """Write a statement's row anew, with the lines that it has, or none; gives the row."""
        file = lines.find(connection, statement.id) or LineFile("", 0)
        row = self.sealed(replace(statement, lines_sha256=file.sha256, lines_bytes=file.size))
        rows.put(connection, [(Kind.STATEMENT, row)])
        return row

    def sealed(self, statement: Statement) -> Statement:
        """The statement with its seal."""
        return replace(statement, seal=self.signer.seal(statement))

    @contextmanager
    def reading(self, connection: Connection, statement: StatementId) -> Iterator[LinesFile | None]:
        """The lines of a statement, while the connection's transaction lasts; None where it has no file.

        Raises SealBroken, FileProblem, reading too.
        """
        file = lines.find(connection, statement)
        if file is None:
            yield None
            return
        with self.content(connection, file) as source, LinesFile.open(source) as opened:
            yield opened

    def content(self, connection: Connection, file: LineFile) -> BinaryIO:
        """A file as it was written, to be read anywhere while the connection's transaction lasts."""
        return io.BufferedReader(_Reading(self, connection, file), PIECE_BYTES)

    def remove(self, connection: Connection, statement: StatementId) -> None:
        """Take a statement away with its lines; those who saw it are told."""
        lines.drop(connection, statement)
        rows.remove(connection, Kind.STATEMENT, statement)

    def take_over_rows(self, connection: Connection) -> int:
        """Make files of lines that earlier versions kept as rows; gives for how many statements."""
        found = lines.statements_of_rows(connection)
        for id in found:
            statement = rows.some_of(connection, Kind.STATEMENT, [id]).get(id)
            if statement is not None:
                self.put(connection, statement, lines.rows_of(connection, id))
            lines.drop_rows(connection, id)
        return len(found)

    def opened(self, connection: Connection, file: LineFile, place: int) -> bytes:
        """One piece, as it was before it was sealed. Raises SealBroken."""
        # Late: the library of ciphers takes longer to load than the databases take to open.
        from cryptography.exceptions import InvalidTag

        stored = lines.piece(connection, file.sha256, place) or b""
        try:
            return self._cipher(file).decrypt(
                stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], place.to_bytes(8, "big")
            )
        except (InvalidTag, ValueError):
            raise SealBroken(name=f"{file.sha256[:12]}…") from None

    def _closed(self, file: LineFile, source: BinaryIO) -> Iterator[bytes]:
        cipher, place = self._cipher(file), 0
        while data := source.read(PIECE_BYTES):
            nonce = secrets.token_bytes(_NONCE_BYTES)
            yield nonce + cipher.encrypt(nonce, data, place.to_bytes(8, "big"))
            place += 1

    def _cipher(self, file: LineFile) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # late, as above

        return AESGCM(subkey(self.key, f"lines/{file.sha256}"))


class _Reading(io.RawIOBase):
    """The content of a file of lines; the piece that was read last is kept open."""

    def __init__(self, files: StatementFiles, connection: Connection, file: LineFile) -> None:
        super().__init__()
        self._files = files
        self._connection = connection
        self._file = file
        self._at = 0
        self._place = -1
        self._piece = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._file.size}[whence]
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, of which this is one
        if self._at >= self._file.size:
            return 0
        place, within = divmod(self._at, PIECE_BYTES)
        if place != self._place:
            self._piece = self._files.opened(self._connection, self._file, place)
            self._place = place
        part = self._piece[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)
