"""The robots.txt that a site has now, as a person hands it over."""

from __future__ import annotations

from pathlib import Path

from artist_console.host.files import read_bounded

MOST_BYTES = 500 * 1024  # what readers have to read at least, RFC 9309


def read_robots_file(path: Path) -> bytes:
    """The whole file. Raises FileProblem where it is larger or cannot be read."""
    return read_bounded(path, MOST_BYTES)
