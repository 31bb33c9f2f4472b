"""Files that are the parts of one DDEX sales report: told by their names (1of2, 2of2), packed into one.

The pack is the same for the same files, byte by byte, so that bringing a set in twice changes nothing.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.host.files import open_file

_PART = re.compile(r"(?<![0-9])(?P<part>[0-9]{1,4})of(?P<of>[0-9]{1,4})(?![0-9])", re.IGNORECASE)
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the time of every file in a pack


@dataclass(frozen=True, slots=True)
class FileSet:
    """Files that belong together, in the order of their numbers; most often one alone."""

    name: str
    paths: tuple[Path, ...]


def sets_of(paths: Sequence[Path]) -> tuple[FileSet, ...]:
    """The files by the sets that their names tell, in the order in which they come.

    Whole sets alone: a part whose other parts are not here stands by itself.
    """
    parts: dict[tuple[Path, str, int], dict[int, Path]] = {}
    for path in paths:
        place = _place_of(path)
        if place is not None:
            key, number = place
            parts.setdefault(key, {}).setdefault(number, path)
    whole = {
        path: (key, found)
        for key, found in parts.items()
        if key[2] > 1 and sorted(found) == list(range(1, key[2] + 1))
        for path in found.values()
    }
    sets: list[FileSet] = []
    done: set[tuple[Path, str, int]] = set()
    for path in paths:
        if path not in whole:
            sets.append(FileSet(path.name, (path,)))
            continue
        key, found = whole[path]
        if key not in done:
            done.add(key)
            name = _PART.sub(f"1-{key[2]}of{key[2]}", found[1].name, count=1)
            sets.append(FileSet(f"{Path(name).stem}.zip", tuple(found[n] for n in sorted(found))))
    return tuple(sets)


def the_one_set(paths: Sequence[Path]) -> FileSet:
    """The set that several files are. Raises InputProblem where they are no set, or not a whole one."""
    found = sets_of(paths)
    if len(found) == 1:
        return found[0]
    raise InputProblem(
        "These {count} files are not the parts of one sales report, or a part is missing",
        "Name all parts of one set (1of2, 2of2), or bring the files in one by one",
        count=len(paths),
    )


def packed(files: FileSet, folder: Path) -> Path:
    """Write the parts into one file below `folder`, and give it. Raises FileProblem."""
    target = folder / files.name
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as pack:
            for path in files.paths:
                info = zipfile.ZipInfo(path.name, _ALWAYS)
                with open_file(path) as source, pack.open(info, "w", force_zip64=True) as inside:
                    shutil.copyfileobj(source, inside, 1 << 20)
    except OSError as error:
        raise FileProblem(
            "The {count} files could not be put together: {reason}",
            "Check that the disk has room for them, then try again",
            count=len(files.paths),
            reason=error.strerror or type(error).__name__,
        ) from error
    return target


def _place_of(path: Path) -> tuple[tuple[Path, str, int], int] | None:
    """Folder, name without its number, and how many there are; and the number itself."""
    found = _PART.search(path.name)
    if found is None:
        return None
    start, end = found.span("part")
    return (path.parent, path.name[:start] + path.name[end:], int(found["of"])), int(found["part"])
