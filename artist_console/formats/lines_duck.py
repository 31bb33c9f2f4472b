"""DuckDB for files of lines: shut in, with nothing to reach but file objects that we hand to it.

Loaded late by all who use it: the library takes a quarter of a second.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from threading import Lock
from typing import Any, BinaryIO

import duckdb
from fsspec.spec import AbstractFileSystem

from .lines_problems import LinesFileProblem, LinesNeedMemory

SCHEME = "lines://"

# In this order: what is set last can no longer be set back.
_SHUT_IN = (
    "SET disabled_optimizers = 'late_materialization'",  # fails on the places of rows in duckdb 2.0.1
    "SET threads = 1",  # it shares one file object between threads: a place and a read are two calls
    "SET preserve_insertion_order = {in_order}",
    "SET temp_directory = ''",
    "SET memory_limit = '{memory_mb}MB'",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET enable_external_file_cache = false",
    f"SET allowed_directories = ['{SCHEME}']",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


class OneFile:
    """A file object handed to the library, which may open it several times; never closed by it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._alone = Lock()
        self.size = source.seek(0, io.SEEK_END)
        self.trouble: BaseException | None = None  # what the library would turn into a text of its own

    def opened(self) -> Any:
        return _Handle(self)

    def part(self, start: int, size: int) -> bytes:
        try:
            with self._alone:
                self._source.seek(start)
                return self._source.read(size)
        except BaseException as error:
            self.trouble = error
            raise


class _Handle(io.RawIOBase):
    """One opening of a file, with a place of its own."""

    def __init__(self, file: OneFile) -> None:
        super().__init__()
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        data = self._file.part(self._at, size if size >= 0 else self._file.size - self._at)
        self._at += len(data)
        return data


class Sink(io.RawIOBase):
    """Where the library writes: passed on as it comes."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__()
        self._sink = sink
        self.size = 0
        self.trouble: BaseException | None = None

    def opened(self) -> Any:
        return self

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            self._sink.write(bytes(data))
        except BaseException as error:
            self.trouble = error
            raise
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def close(self) -> None:
        """The sink is its owner's."""


class _Handed(AbstractFileSystem):  # type: ignore[misc]  # the library has no types
    """The files that were handed over, by name; there are no others."""

    protocol = "lines"
    cachable = False

    def __init__(self, files: Mapping[str, Any]) -> None:
        super().__init__()
        self._files = files

    def open(self, path: str, mode: str = "rb", **_: object) -> Any:
        return self._files[_name(path)].opened()

    def info(self, path: str, **_: object) -> dict[str, object]:
        if _name(path) not in self._files:
            raise FileNotFoundError(path)
        return {"name": path, "size": self._files[_name(path)].size, "type": "file"}

    def exists(self, path: str, **_: object) -> bool:
        return _name(path) in self._files

    def glob(self, path: str, **_: object) -> list[str]:
        return [path] if self.exists(path) else []

    def ls(self, path: str, detail: bool = True, **_: object) -> list[Any]:
        return [self.info(name) if detail else name for name in self._files]

    def modified(self, path: str) -> datetime:
        return datetime(2020, 1, 1, tzinfo=UTC)


def _name(path: str) -> str:
    return path.removeprefix(SCHEME)


class Room:
    """A database in memory that reaches the files handed to it, and nothing else; for one thread."""

    def __init__(self, memory_mb: int, *, in_order: bool) -> None:
        self._kept_under = (memory_mb, in_order)
        self._files: dict[str, Any] = {}
        self._connection = duckdb.connect()
        self._connection.register_filesystem(_Handed(self._files))
        for each in _SHUT_IN:
            self._connection.execute(each.format(memory_mb=memory_mb, in_order=in_order))

    def hand(self, file: Any) -> str:
        """The address of a file, in quotes, until the room is left. No two files have the same."""
        name = str(next(_NAMES))
        self._files[name] = file
        return f"'{SCHEME}{name}'"

    def each_row(
        self, query: str, values: Sequence[object] = (), at_once: int = 5_000
    ) -> Iterator[tuple[Any, ...]]:
        """Raises what the owners of the files raise, LinesFileProblem."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(query, list(values))
            while rows := cursor.fetchmany(at_once):
                yield from rows
        except duckdb.Error as error:
            raise self._behind(error) from error
        finally:
            cursor.close()

    def leave(self, *, sound: bool = True) -> None:
        """Give it back: making one takes longer than adding up a small file."""
        self._files.clear()
        kept = _EMPTY.setdefault(self._kept_under, deque(maxlen=_MOST_EMPTY))
        if sound and len(kept) < _MOST_EMPTY:
            kept.append(self)
        else:
            self._connection.close()

    def _behind(self, error: duckdb.Error) -> BaseException:
        """The trouble of a file, where that is behind it."""
        for file in self._files.values():
            if file.trouble is not None:
                trouble: BaseException = file.trouble
                return trouble
        if isinstance(error, duckdb.OutOfMemoryException):
            return LinesNeedMemory()
        return LinesFileProblem(reason=str(error).partition("\n")[0][:200])


_NAMES = count()
_MOST_EMPTY = 2
_EMPTY: dict[tuple[int, bool], deque[Room]] = {}  # appending and popping are safe between threads


def room(memory_mb: int, *, in_order: bool = True) -> Room:
    """One that is empty. Leave it in the end.

    Not in order: what is read is written as it comes, which with one thread is in order, too, and nothing is
    held back for it.
    """
    try:
        return _EMPTY[memory_mb, in_order].pop()
    except (KeyError, IndexError):
        return Room(memory_mb, in_order=in_order)
