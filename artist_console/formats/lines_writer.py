"""Writes a file of lines as they come, in bounded memory: rows flow through DuckDB into the sink."""

from __future__ import annotations

import csv
import io
import threading
import zlib
from collections import deque
from collections.abc import Iterable
from typing import BinaryIO, Self

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import Line

from .lines_schema import COLUMNS, FORMAT, Cell, quoted, row_of

_PART_ROWS = 2_000  # that are passed on together
_WAITING_PARTS = 4
_ROW_GROUP = 24_576  # rows that the library holds before it writes them
_MEMORY_MB = 160

_FIELDS = "{" + ", ".join(f"'{column.name}': '{column.type}'" for column in COLUMNS) + "}"
# As gzip, though nothing in it is compressed: of such a file alone the library does not ask how long it is.
_COPY = """
    COPY (
        SELECT * FROM read_csv({rows}, auto_detect = false, header = false, delim = ',', quote = '"',
            escape = '"', new_line = '\\r\\n', nullstr = '', parallel = false, compression = 'gzip',
            buffer_size = 8388608, max_line_size = 2097152, columns = {fields})
    ) TO {file} (
        FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE {row_group},
        KV_METADATA {{format: '{format}', statement: {statement}}}
    )
"""


class LinesWriter:
    """Writes lines in ascending order of their numbers; `finish` makes the file complete.

    A context manager. Leaving it without `finish` ends the writing; what the sink then holds is no file.
    """

    def __init__(self, sink: BinaryIO, statement: StatementId) -> None:
        self._statement = statement
        self._sink = sink
        self._rows: list[list[Cell]] = []
        self._last = -1
        self._count = 0
        self._pack = zlib.compressobj(0, wbits=31)
        self._flow = _Flow()
        self._failed: BaseException | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def add(self, lines: Iterable[Line]) -> None:
        """Add lines. Raises LineHasNoRoom, what the sink raises, LinesFileProblem.

        Raises ValueError for a number below the one before, and for a line of another statement.
        """
        for line in lines:
            if line.number < self._last or line.statement != self._statement:
                raise ValueError(f"line {line.number} of {line.statement} comes after line {self._last}")
            self._rows.append(row_of(line))
            self._last = line.number
            self._count += 1
            if len(self._rows) == _PART_ROWS:
                self._pass_on()

    def finish(self) -> int:
        """Write what is left and the end of the file; gives the number of lines. Raises as `add` does."""
        self._flow.put(self._packed() + self._pack.flush())
        self._flow.end()
        if self._thread is None:
            self._write()
        else:
            self._thread.join()
        self._raise()
        return self._count

    def close(self) -> None:
        """End the writing where it is not finished. Twice is harmless."""
        if self._thread is not None:
            self._flow.break_off()
            self._thread.join()

    def _packed(self) -> bytes:
        table = io.StringIO(newline="")
        csv.writer(table, lineterminator="\r\n").writerows(self._rows)
        self._rows.clear()
        return self._pack.compress(table.getvalue().encode("utf-8", "replace"))

    def _pass_on(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="lines-writer", daemon=True)
            self._thread.start()
        self._flow.put(self._packed())
        self._raise()

    def _write(self) -> None:
        # Late: DuckDB takes a quarter of a second to load.
        from .lines_duck import Sink, room

        held = room(_MEMORY_MB, in_order=False)
        try:
            query = _COPY.format(
                rows=held.hand(self._flow),
                file=held.hand(Sink(self._sink)),
                fields=_FIELDS,
                format=FORMAT,
                statement=quoted(self._statement),
                row_group=_ROW_GROUP,
            )
            for _ in held.each_row(query):
                pass
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that adds
            self._failed = error
        finally:
            self._flow.break_off()
            held.leave(sound=self._failed is None)

    def _raise(self) -> None:
        if self._failed is not None:
            raise self._failed


class _Flow:
    """What one thread puts in and the library, in another, reads like a file that it cannot wind."""

    size = 0  # not known; see _COPY

    def __init__(self) -> None:
        self._parts: deque[bytes] = deque()
        self._changed = threading.Condition()
        self._ended = False
        self._broken_off = False
        self.trouble: BaseException | None = None

    def put(self, part: bytes) -> None:
        """Wait for room, and add; what comes after the reader went is dropped."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._parts) < _WAITING_PARTS or self._broken_off)
            if not self._broken_off:
                self._parts.append(part)
            self._changed.notify_all()

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def break_off(self) -> None:
        with self._changed:
            self._broken_off = True
            self._parts.clear()
            self._changed.notify_all()

    def read(self, size: int = -1) -> bytes:
        with self._changed:
            self._changed.wait_for(lambda: self._parts or self._ended or self._broken_off)
            if self._broken_off:
                raise BrokenPipeError("nobody adds lines any more")
            if not self._parts:
                return b""
            part = self._parts.popleft()
            if len(part) > size >= 0:
                self._parts.appendleft(part[size:])
                part = part[:size]
            self._changed.notify_all()
            return part

    def opened(self) -> Self:
        return self

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """The library winds to the beginning before it has read."""
        return 0

    def tell(self) -> int:
        return 0

    def close(self) -> None:
        """Its parts are gone as they are read."""


def write_lines(statement: StatementId, lines: Iterable[Line]) -> bytes:
    """A small file, in memory; lines in any order."""
    sink = io.BytesIO()
    with LinesWriter(sink, statement) as writer:
        writer.add(sorted(lines, key=lambda line: line.number))
        writer.finish()
    return sink.getvalue()
