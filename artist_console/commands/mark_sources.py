"""The audio files that a person chose, one by one or by folder, and which work each of them is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from artist_console.domain.facts import FactBook
from artist_console.domain.identifiers import read_isrc
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.marks import AudioKind, Stating
from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.audio_sight import AudioSight, NotAudio, look_at
from artist_console.host.files import open_file

MOST_FILES = 20_000
_ISRC_IN_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}-?[A-Za-z0-9]{3}-?\d{2}-?\d{5}(?!\d)")


class KnownBy(Enum):
    """How a file's work was told."""

    CHOSEN = "chosen"  # by the person
    TAG = "tag"  # ISRC in the tags
    NAME = "name"  # ISRC in the file's name
    NOTHING = "nothing"  # what was said of all works counts


@dataclass(frozen=True, slots=True)
class MarkWish:
    """What a person wants marked. Either `out`, a folder, or `replace_originals`."""

    artist: ArtistId
    paths: tuple[Path, ...]
    out: Path | None = None
    replace_originals: bool = False
    recursive: bool = False
    works: Mapping[Path, WorkId] = field(default_factory=dict)  # where the person says which work a file is
    work: WorkId | None = None  # of all the files
    more: str = ""  # an https address where more is said, for uses that are refused in part


@dataclass(frozen=True, slots=True)
class Source:
    path: Path
    name: str  # within what was chosen, with "/" between folders


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """What would become of one file. `why_not`: whole sentences, empty where it can be marked."""

    source: Source
    kind: AudioKind | None
    work: WorkId | None
    work_title: str
    known_by: KnownBy
    stating: Stating | None
    why_not: str = ""


class TooManyFiles(InputProblem):
    title_template = "There are more than {most} files in what was chosen"
    advice_template = "Choose fewer folders at a time"


class NothingChosen(InputProblem):
    title_template = "There is no file in {name}"
    advice_template = "Choose audio files, or a folder of them; folders inside it count only where you say so"


def find_files(paths: tuple[Path, ...], *, recursive: bool = False) -> tuple[Source, ...]:
    """The files themselves, and those of folders, by name. Hidden files of folders are left out.

    Raises FileProblem, TooManyFiles, NothingChosen.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        if path.is_dir():
            for source in _in_folder(path, recursive=recursive):
                found.setdefault(source.path, source)
                if len(found) > MOST_FILES:
                    raise TooManyFiles(most=f"{MOST_FILES:,}")
        elif path.exists() or path.is_symlink():
            found.setdefault(path, Source(path, path.name))
        else:
            raise FileProblem("There is no file {name}", "Check the name and the folder", name=str(path))
    if not found:
        raise NothingChosen(name=", ".join(str(path) for path in paths[:3]))
    return tuple(found.values())


def _in_folder(folder: Path, *, recursive: bool) -> Iterator[Source]:
    def refuse(error: OSError) -> None:
        raise FileProblem(
            "{name} could not be read: {reason}",
            "Check that you may open this folder",
            name=str(error.filename or folder),
            reason=error.strerror or type(error).__name__,
        ) from error

    for here, folders, names in os.walk(folder, onerror=refuse, followlinks=False):
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if recursive else []
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(here, name)
                yield Source(path, path.relative_to(folder).as_posix())


def sight_of(source: Source) -> AudioSight | str:
    """What the file is, its audio unread; a sentence where no mark can be written into it."""
    if source.path.is_symlink():
        return "It is a link to another file. Choose that file itself."
    try:
        with open_file(source.path) as file:
            return look_at(file, hashed=False)
    except NotAudio as error:
        return str(error)
    except FileProblem as problem:
        return problem.sentence
    except OSError as error:
        return f"It could not be read: {error.strerror or type(error).__name__}."


def work_of(
    source: Source,
    sight: AudioSight,
    artist: ArtistId,
    chosen: Mapping[Path, WorkId],
    by_isrc: Mapping[str, WorkId],
    facts: FactBook,
) -> tuple[WorkId | None, KnownBy] | str:
    """Which work a file is; a sentence where its ISRC is that of somebody else's recording."""
    if source.path in chosen:
        return chosen[source.path], KnownBy.CHOSEN
    in_name = _ISRC_IN_NAME.search(source.path.stem)
    for text, how in ((sight.isrc, KnownBy.TAG), (in_name[0] if in_name else "", KnownBy.NAME)):
        code = read_isrc(text).value
        if not code or code not in by_isrc:
            continue
        work = facts.works[by_isrc[code]]
        if artist in work.artists:
            return work.id, how
        whose = ", ".join(facts.parties[each].name for each in work.artists if each in facts.parties)
        return f"Its ISRC {code} is that of a recording of {whose or 'somebody else'}."
    return None, KnownBy.NOTHING


def works_by_isrc(facts: FactBook) -> dict[str, WorkId]:
    """The recordings that are known here, by identifier."""
    return {
        work.identifier: work.id
        for id, work in facts.works.items()
        if id == work.id and work.identifier and work.kind is WorkKind.RECORDING
    }
