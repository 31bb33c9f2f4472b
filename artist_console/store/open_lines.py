"""Files of lines as one store reads them: the last few stay open, a damaged one is told and set aside.

A table that is scrolled reads the same file again and again; opening it takes longer than a page of it.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from artist_console.domain.line_figures import LineFilter
from artist_console.domain.problems import FileProblem
from artist_console.domain.statements import Line
from artist_console.formats.lines_file import LinesFile

from .line_files import LineFiles
from .opening import Store

Read = TypeVar("Read")

_KEPT_OPEN = 2  # each may take some memory
_MEMORY_MB = 128


class LinesDamaged(FileProblem):
    title_template = "The lines of this statement are damaged on this computer"
    advice_template = "They were set aside and are fetched again with the next synchronisation"


@dataclass(frozen=True, slots=True)
class _Opened:
    lines: LinesFile
    source: BinaryIO

    def close(self) -> None:
        with contextlib.suppress(FileProblem):  # it was read, or told already
            self.lines.close()
        self.source.close()


class OpenLines:
    """The files that one store reads. Not for two threads, as the store is not."""

    def __init__(self, files: LineFiles) -> None:
        self.files = files
        self._open: OrderedDict[str, _Opened] = OrderedDict()

    def read(self, sha256: str, read: Callable[[LinesFile], Read]) -> Read:
        """What is read of a file that is here.

        Raises LinesDamaged for one that is not what its name says, which is set aside; LinesFileProblem for
        one that came so; another FileProblem where it cannot be read.
        """
        with self._told(sha256):
            return read(self._file(sha256))

    def each(self, sha256: str, where: LineFilter) -> Iterator[Line]:
        """All lines of a file by their numbers, a few held at a time. Raises as `read`."""
        with self._told(sha256):
            opened = self._opened(sha256)  # by itself: the caller may read other files meanwhile
            try:
                yield from opened.lines.each(where)
            finally:
                opened.close()

    def close(self) -> None:
        """Close all of them; may be called again."""
        for sha256 in tuple(self._open):
            self._let_go(sha256)

    @contextlib.contextmanager
    def _told(self, sha256: str) -> Iterator[None]:
        try:
            yield
        except FileProblem as problem:
            self._let_go(sha256)
            if self.files.has(sha256) and not self.files.is_whole(sha256):
                self.files.set_aside(sha256)
                raise LinesDamaged() from problem
            raise

    def _file(self, sha256: str) -> LinesFile:
        found = self._open.get(sha256)
        if found is None:
            found = self._open[sha256] = self._opened(sha256)
        self._open.move_to_end(sha256)
        while len(self._open) > _KEPT_OPEN:
            self._let_go(next(iter(self._open)))
        return found.lines

    def _opened(self, sha256: str) -> _Opened:
        source = self.files.open(sha256)
        try:
            return _Opened(LinesFile.open(source, _MEMORY_MB), source)
        except BaseException:
            source.close()
            raise

    def _let_go(self, sha256: str) -> None:
        found = self._open.pop(sha256, None)
        if found is not None:
            found.close()


def of(store: Store) -> OpenLines | None:
    """The files that a store reads; None where none are kept."""
    if store.files is None:
        return None
    kept = store.cached("open lines", None)
    if isinstance(kept, OpenLines):
        return kept
    made = OpenLines(store.files)
    store.at_close(made.close)
    return store.keep("open lines", None, made)
