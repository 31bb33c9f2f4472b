"""Where the files lie that hold the lines of statements, as the store sees it: sealed, found by their hash.

What keeps them (folder, seal, what is on its way) is handed in where a store is opened.
"""

from __future__ import annotations

from typing import BinaryIO, Protocol


class ArrivingLines(Protocol):
    """A file on its way in; what came stays over a cut or an end."""

    @property
    def length(self) -> int:
        """How much of it is here."""
        ...

    def append(self, part: bytes) -> None: ...

    def keep(self) -> bool:
        """Keep it, durably, if it is what its hash says; else it is dropped."""
        ...


class LineFiles(Protocol):
    """Where files of lines are kept. Everything may raise FileProblem."""

    def has(self, sha256: str) -> bool: ...
    def open(self, sha256: str) -> BinaryIO: ...

    def is_whole(self, sha256: str) -> bool:
        """Whether a file is what its name says, read through."""
        ...

    def arriving(self, sha256: str) -> ArrivingLines: ...
    def set_aside(self, sha256: str) -> None: ...

    def sweep(self, named: frozenset[str]) -> int:
        """Remove the files that are not named; gives how many went."""
        ...
