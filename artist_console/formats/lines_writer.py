"""Writes a file of lines as they come, in bounded memory: rows flow through DuckDB into the sink."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterable
from typing import BinaryIO, Self

from artist_console.domain.ids import StatementId
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import Line

from .lines_schema import COLUMNS, FORMAT, Cell, quoted, row_of

_ROWS = 2_000  # that become text together
_PART_BYTES = 4 * 1024 * 1024
_LARGER_PART_BYTES = 8 * 1024 * 1024
_LARGER_FROM = 16
_MOST_PARTS = 768  # 6 GB of text: some 30 million lines. Opening one that stays empty costs a millisecond.
_ROW_GROUP = 24_576  # rows that the library holds before it writes them
_MEMORY_MB = 160

_FIELDS = "{" + ", ".join(f"'{column.name}': '{column.type}'" for column in COLUMNS) + "}"
# Of a table that flows in as one, the library keeps all it has read: so it comes as many, each let go of.
_COPY = """
    COPY (
        SELECT * FROM read_csv([{parts}], auto_detect = false, header = false, delim = ',', quote = '"',
            escape = '"', new_line = '\\r\\n', nullstr = '', parallel = false, buffer_size = 8388608,
            max_line_size = 2097152, columns = {fields})
    ) TO {file} (
        FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE {row_group},
        WRITE_BLOOM_FILTER false, -- they would wait in memory for the end
        KV_METADATA {{format: '{format}', statement: {statement}}}
    )
"""


class TooManyLines(InputProblem):
    title_template = "The statement has more lines than one file of lines has room for"
    advice_template = "Split it by months, and bring in one part after the other"


class LinesWriter:
    """Writes lines in ascending order of their numbers; `finish` makes the file complete.

    A context manager. Leaving it without `finish` ends the writing; what the sink then holds is no file.
    """

    def __init__(self, sink: BinaryIO, statement: StatementId) -> None:
        self._statement = statement
        self._sink = sink
        self._rows: list[list[Cell]] = []
        self._text = io.BytesIO()  # gives what it holds without a copy
        self._last = -1
        self._count = 0
        self._flow = _Flow()
        self._failed: BaseException | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def add(self, lines: Iterable[Line]) -> None:
        """Add lines. Raises LineHasNoRoom, TooManyLines, what the sink raises, LinesFileProblem.

        Raises ValueError for a number below the one before, and for a line of another statement.
        """
        for line in lines:
            if line.number < self._last or line.statement != self._statement:
                raise ValueError(f"line {line.number} of {line.statement} comes after line {self._last}")
            self._rows.append(row_of(line))
            self._last = line.number
            self._count += 1
            if len(self._rows) == _ROWS:
                self._write_down()

    def finish(self) -> int:
        """Write what is left and the end of the file; gives the number of lines. Raises as `add` does."""
        self._write_down()
        if self._thread is None:
            self._flow.put(self._taken_text(), wait=False)
            self._flow.end()
            self._write(1)
        else:
            self._flow.put(self._taken_text())
            self._flow.end()
            self._thread.join()
        self._raise()
        return self._count

    def close(self) -> None:
        """End the writing where it is not finished. Twice is harmless."""
        if self._thread is not None:
            self._flow.break_off()
            self._thread.join()

    def _write_down(self) -> None:
        table = io.StringIO(newline="")
        csv.writer(table, lineterminator="\r\n").writerows(self._rows)
        self._rows.clear()
        self._text.write(table.getvalue().encode("utf-8", "replace"))
        if self._text.tell() >= (_PART_BYTES if self._flow.given < _LARGER_FROM else _LARGER_PART_BYTES):
            self._pass_on()

    def _pass_on(self) -> None:
        if self._flow.given >= _MOST_PARTS - 1:  # one is left for `finish`
            raise TooManyLines
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._write, args=(_MOST_PARTS,), name="lines-writer", daemon=True
            )
            self._thread.start()
        self._flow.put(self._taken_text())
        self._raise()

    def _taken_text(self) -> bytes:
        text, self._text = self._text.getvalue(), io.BytesIO()
        return text

    def _write(self, parts: int) -> None:
        # Late: DuckDB takes a quarter of a second to load.
        from .lines_duck import Sink, room

        held = room(_MEMORY_MB, in_order=False)
        try:
            query = _COPY.format(
                parts=", ".join(held.hand(_Part(self._flow, place)) for place in range(parts)),
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
    """Parts that one thread puts in and the library, in another, takes out in order."""

    def __init__(self) -> None:
        self.given = 0  # parts put in so far
        self._waiting: bytes | None = None
        self._taken: bytes = b""
        self._place = -1  # of the part that was taken last
        self._ended = False
        self._broken_off = False
        self._changed = threading.Condition()

    def put(self, part: bytes, *, wait: bool = True) -> None:
        """Wait until it is taken, so that only one more is made meanwhile; dropped where nobody takes any."""
        with self._changed:
            if not self._broken_off:
                self._waiting = part
            self.given += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waiting is None or self._broken_off or not wait)

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def break_off(self) -> None:
        with self._changed:
            self._broken_off = True
            self._waiting, self._taken = None, b""
            self._changed.notify_all()

    def part(self, place: int) -> bytes:
        """The part at a place, waited for; empty after the last one. Those before it are let go of."""
        with self._changed:
            while self._place < place:
                self._changed.wait_for(lambda: self._waiting is not None or self._ended or self._broken_off)
                if self._broken_off:
                    raise BrokenPipeError("nobody adds lines any more")
                self._taken, self._waiting = self._waiting or b"", None
                self._place += 1
                self._changed.notify_all()
            return self._taken


class _Part:
    """One of them, as a file."""

    trouble: BaseException | None = None

    def __init__(self, flow: _Flow, place: int) -> None:
        self._flow = flow
        self._place = place

    @property
    def size(self) -> int:
        return len(self._flow.part(self._place))

    def opened(self) -> io.BytesIO:
        return io.BytesIO(self._flow.part(self._place))


def write_lines(statement: StatementId, lines: Iterable[Line]) -> bytes:
    """A small file, in memory; lines in any order."""
    sink = io.BytesIO()
    with LinesWriter(sink, statement) as writer:
        writer.add(sorted(lines, key=lambda line: line.number))
        writer.finish()
    return sink.getvalue()
