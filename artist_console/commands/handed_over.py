"""What a file is that somebody handed over: by its content, and by its name where that does not tell."""

from __future__ import annotations

from pathlib import Path

from artist_console.domain.problems import FileProblem
from artist_console.formats.package_kinds import PEEKED_BYTES, PackageKind, kind_of_package
from artist_console.host.files import read_start

__all__ = ["PackageKind", "what_it_is"]


def what_it_is(path: Path) -> PackageKind | None:
    """A report or an evidence file; None for anything else. A file that cannot be read goes by its name."""
    try:
        found = kind_of_package(read_start(path, PEEKED_BYTES))
    except FileProblem:
        found = None
    return found or next((kind for kind in PackageKind if kind.value == path.suffix.casefold()), None)
