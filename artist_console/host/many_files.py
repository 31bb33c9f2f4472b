"""Several files written into one folder: all of them or none, and none over another without being told."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from artist_console.domain.problems import FileProblem

_SHOWN = 3


class FilesThere(FileProblem):
    """Some of the names are taken; nothing was written."""

    title_template = "{names} in {folder} already there"
    advice_template = "Choose another folder, or replace what is there"

    def __init__(self, names: list[str], folder: Path) -> None:
        more = len(names) - _SHOWN
        shown = ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        is_one = len(names) == 1
        super().__init__(names=f"{shown} {'is' if is_one else 'are'}", folder=str(folder))


def write_together(folder: Path, files: Mapping[str, bytes], *, replace: bool = False) -> tuple[Path, ...]:
    """Write each file under its name into the folder, which is made where it is not there.

    Raises FilesThere, FileProblem; then the folder is as it was, but for being there.
    """
    targets = [folder / name for name in files]
    try:
        there = [path for path in targets if path.exists()]
        if there and not replace:
            raise FilesThere([path.name for path in there], folder)
        blocked = next((path for path in there if not path.is_file()), None)
        if blocked is not None:
            raise FileProblem("{name} is not a file", "Choose another folder", name=str(blocked))
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as workshop:
            _exchange(Path(workshop), list(zip(targets, files.values(), strict=True)))
    except OSError as error:
        raise FileProblem(
            "{name} could not be written: {reason}",
            "Check that the folder exists, that you may write there, and that the disk has room",
            name=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from error
    return tuple(targets)


def _exchange(workshop: Path, files: list[tuple[Path, bytes]]) -> None:
    """Write aside, then move into place; what was there is moved aside, and back if anything fails."""
    for n, (_, body) in enumerate(files):
        (workshop / f"new-{n}").write_bytes(body)
    placed: list[tuple[Path, Path | None]] = []
    try:
        for n, (target, _) in enumerate(files):
            former = workshop / f"former-{n}" if target.exists() else None
            if former is not None:
                os.replace(target, former)
            placed.append((target, former))
            os.replace(workshop / f"new-{n}", target)
    except BaseException:
        for target, former in reversed(placed):
            target.unlink(missing_ok=True)
            if former is not None:
                os.replace(former, target)
        raise
