"""The hash of a file that is brought in: by it the file is known again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from artist_console.host.files import open_file

_PIECE_BYTES = 1024 * 1024


def sha256_of_file(path: Path) -> str:
    """In hexadecimal, read in pieces. Raises FileProblem."""
    found = hashlib.sha256()
    with open_file(path) as file:
        while piece := file.read(_PIECE_BYTES):
            found.update(piece)
    return found.hexdigest()
