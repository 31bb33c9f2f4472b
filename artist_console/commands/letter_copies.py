"""Copies of what went along with letters, given out again byte for byte."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.console import Console
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.problems import FileProblem
from artist_console.host.files import write_atomic
from artist_console.host.many_files import FilesThere
from artist_console.store import private

__all__ = ["CopyGone", "FilesThere", "save_copy"]


class CopyGone(FileProblem):
    title_template = "The file {name} is not here any more"
    advice_template = "Draft the letter anew with what goes along"


def save_copy(console: Console, file: AttachedFile, path: Path) -> Path:
    """Write a copy, whole or not at all; it is not encrypted there. Raises CopyGone, FileProblem."""
    body = private.attached_bytes(console.store, file.sha256)
    if body is None:
        raise CopyGone(name=file.name)
    write_atomic(path, body)
    return path
