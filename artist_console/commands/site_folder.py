"""A folder of files that is written whole or not at all, and replaces nothing but what was written before.

A list of what was written stands in it, so that a folder with anything else, or with a file that somebody has
changed, is left alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from artist_console.domain.problems import FileProblem

LISTING = "written-by-artist-console.json"
_MOST_LISTED = 100
_LISTING_BYTES = 100_000


class NotEmpty(FileProblem):
    title_template = "{folder} holds other things: {name}"
    advice_template = "Choose an empty folder, or a new name"


class ChangedSince(FileProblem):
    title_template = "{name} in {folder} was changed after it was written"
    advice_template = "Move it away first, or choose an empty folder; nothing was replaced"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files; names are relative and use slashes. Raises NotEmpty, ChangedSince or FileProblem."""
    try:
        target = folder.resolve()
        _check(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _fill(made, files)
            _swap(made, target)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise FileProblem(
            "{folder} could not be written: {reason}",
            "Check that you may write there and that the disk has room; nothing was changed",
            folder=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from error
    return tuple(target.joinpath(*name.split("/")) for name in files)


def _check(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise FileProblem("{folder} is not a folder", "Choose a folder", folder=str(target))
    there = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir())
    if not there and not any(target.iterdir()):
        return
    listed = _listed(target)
    for name in there:
        if name != LISTING and name not in listed:
            raise NotEmpty(folder=str(target), name=name)
    if not listed:
        raise NotEmpty(folder=str(target), name=next(iter(sorted(p.name for p in target.iterdir()))))
    for name in there:
        path = target / name
        if name != LISTING and (path.is_symlink() or _sha256(path.read_bytes()) != listed[name]):
            raise ChangedSince(folder=str(target), name=name)


def _listed(target: Path) -> dict[str, str]:
    try:
        with open(target / LISTING, "rb") as file:
            found = json.loads(file.read(_LISTING_BYTES))
        files = found["files"]
        if len(files) <= _MOST_LISTED:
            return {str(name): str(sha256) for name, sha256 in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}


def _fill(made: Path, files: Mapping[str, bytes]) -> None:
    made.chmod(0o755)
    for name, body in files.items():
        path = made.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    listing = {"files": {name: _sha256(body) for name, body in files.items()}}
    (made / LISTING).write_text(json.dumps(listing, indent=1) + "\n", encoding="utf-8")


def _swap(made: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which comes back where that fails."""
    former: Path | None = None
    if target.exists():
        former = Path(tempfile.mkdtemp(prefix=f".{target.name}.former.", dir=target.parent)) / "former"
        target.rename(former)
    try:
        made.rename(target)
    except OSError:
        if former is not None:
            former.rename(target)
        raise
    finally:
        if former is not None:
            shutil.rmtree(former.parent, ignore_errors=True)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
