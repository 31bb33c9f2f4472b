"""Icons, fonts, theme tokens and other files that ship with the program.

In a wheel and in a frozen bundle they stand inside the package; in the source tree, and so in an editable
install, the folder stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

_PACKAGE = "artist_console"


def resource_bytes(name: str) -> bytes:
    """The content of a resource; `name` is its path below resources/, such as "icons/check.svg".

    Raises FileNotFoundError where it did not ship: that is a fault of the program, not of the computer.
    """
    return _find(name).read_bytes()


@contextmanager
def resource_path(name: str) -> Iterator[Path]:
    """A path in the file system for a resource (a file or a folder), valid inside the `with` block only."""
    with as_file(_find(name)) as path:
        yield path


def resource_names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder below resources/, sorted, each to be given to `resource_bytes`."""
    return tuple(sorted(f"{folder}/{entry.name}" for entry in _find(folder).iterdir() if entry.is_file()))


def _find(name: str) -> Traversable:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/"):
        raise ValueError(f"not the name of a resource: {name!r}")
    found = _root().joinpath(*parts)
    if not (found.is_file() or found.is_dir()):
        raise FileNotFoundError(f"resource {name!r} did not ship with this program")
    return found


@cache
def _root() -> Traversable:
    package = files(_PACKAGE)
    inside = package / "resources"
    # Only the source tree lacks the folder inside; there the package is a plain folder with a parent.
    return inside if inside.is_dir() else Path(str(package)).parent / "resources"
