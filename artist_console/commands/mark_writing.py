"""One file is marked: written beside its place, read back and compared, and only then put there."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from artist_console import __version__
from artist_console.commands.mark_sources import MarkWish, PlannedMark, Source
from artist_console.domain.mark_words import says_of
from artist_console.domain.marks import MarkedFile, MarkRead, MarkState, Stating
from artist_console.domain.problems import Problem
from artist_console.domain.words import STANDING_NAME
from artist_console.formats.audio_sight import AudioSight, NotAudio, look_at
from artist_console.formats.c2pa_marks import read_mark, write_mark
from artist_console.formats.mark_signer import MarkSigner
from artist_console.host.files import open_file
from artist_console.host.whole_file import replacing

_CHUNK = 1 << 20


class LeftAsItWas(Exception):
    """A file was not marked, and nothing was written; `str()` says why, in whole sentences."""


def mark_one(
    planned: PlannedMark, wish: MarkWish, signer: MarkSigner, artist: str, now: datetime
) -> MarkedFile:
    """Mark a file by what was planned for it. Raises LeftAsItWas."""
    if planned.why_not or planned.stating is None:
        raise LeftAsItWas(planned.why_not)
    source, own = planned.source, _own_texts(artist, planned.stating, now)
    target = _target(source, wish)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = os.stat(source.path).st_mode & 0o777
        with replacing(target, mode) as made:
            with open_file(source.path) as file:
                before = look_at(file)
                before_sha256 = _sha256(file)
                had = read_mark(file, before.kind).state is not MarkState.NONE
                write_mark(file, made, before.kind, signer, planned.stating.entries, own, __version__)
            found = _checked(made, before, planned.stating)
            after_sha256 = _sha256(made)
    except NotAudio as error:
        raise LeftAsItWas(str(error)) from error
    except Problem as problem:
        raise LeftAsItWas(problem.sentence) from problem
    except OSError as error:
        raise LeftAsItWas(f"It could not be written: {error.strerror or type(error).__name__}.") from error
    return MarkedFile(
        source.name,
        before.kind,
        planned.work,
        planned.stating.entries,
        before_sha256,
        after_sha256,
        before.audio_sha256,
        found.label,
        had,
        str(target),
    )


def _own_texts(artist: str, stated: Stating, now: datetime) -> dict[str, str]:
    """What stands beside the assertion. No title: that of an unreleased work is nobody else's business."""
    return {
        "artist": artist,
        "standing": STANDING_NAME[stated.standing],
        "refused": ", ".join(use.value for use in stated.refused),
        "stated_on": now.date().isoformat(),
        "says": says_of(stated.standing),
    }


def _target(source: Source, wish: MarkWish) -> Path:
    if wish.replace_originals or wish.out is None:
        return source.path
    target = wish.out / source.name
    if target.exists():
        raise LeftAsItWas(f"There is already a file {source.name} in the folder for the marked ones.")
    return target


def _checked(made: BinaryIO, before: AudioSight, stated: Stating) -> MarkRead:
    """Read back what was written, before it takes any place. Raises LeftAsItWas."""
    made.flush()
    after = look_at(made)
    if (after.kind, after.audio_sha256) != (before.kind, before.audio_sha256):
        raise LeftAsItWas("Its audio would not have stayed the same, so it was left as it was.")
    if not after.tags.same_as(before.tags):
        raise LeftAsItWas("Its tags would not have stayed the same, so it was left as it was.")
    found = read_mark(made, before.kind)
    same = set(found.entries) == set(stated.entries)  # in an order of the library
    if found.state not in (MarkState.INTACT, MarkState.TRUSTED) or not same:
        raise LeftAsItWas("The mark could not be read back as it was written, so nothing was changed.")
    return found


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while part := file.read(_CHUNK):
        digest.update(part)
    return digest.hexdigest()
