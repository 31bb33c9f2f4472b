"""Marks in audio files: what would be stated, marking file by file, and reading what marks state.

One file after another: read, written beside, read back and compared, and only then put in its place. What was
done stays done when somebody cancels; a file that cannot be marked is told, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from artist_console import __version__
from artist_console.commands.console import Console, Result
from artist_console.commands.mark_answers import stating_of
from artist_console.commands.mark_sources import (
    KnownBy,
    PlannedMark,
    Source,
    find_files,
    sight_of,
    work_of,
    works_by_isrc,
)
from artist_console.commands.names import party_name, work_title
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.mark_words import RESERVATION
from artist_console.domain.marks import (
    AudioKind,
    MarkedFile,
    MarkRead,
    MarkRun,
    MarkState,
    NotMarked,
    Stating,
)
from artist_console.domain.problems import FileProblem, InputProblem, Problem
from artist_console.domain.words import STANDING_NAME
from artist_console.formats.audio_sight import AudioSight, NotAudio, look_at
from artist_console.formats.c2pa_marks import (
    MarkRefused,
    MarksNotInstalled,
    is_installed,
    read_mark,
    write_mark,
)
from artist_console.formats.certificate_chain import MAX_BYTES
from artist_console.formats.mark_signer import MarkSigner, read_signer
from artist_console.host.files import open_file, read_bounded
from artist_console.host.whole_file import replacing
from artist_console.store import mirror, private
from artist_console.store.private import PrivateKind

__all__ = [
    "MarkProgress",
    "MarkRefused",
    "MarkShown",
    "MarkWish",
    "MarksNotInstalled",
    "is_installed",
    "mark_files",
    "mark_runs",
    "plan_marks",
    "read_marks",
]

_CHUNK = 1 << 20
_NOTHING_REFUSED = (
    "Nothing that a mark can state is refused for it. A mark states what is refused, never what is allowed."
)


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
class MarkProgress:
    done: int
    total: int
    name: str  # of the file that comes now; empty at the end


@dataclass(frozen=True, slots=True)
class MarkShown:
    """What one file was found to state. `why_not`: a sentence where it could not be read."""

    path: Path
    kind: AudioKind | None
    mark: MarkRead
    why_not: str = ""


class WhereTo(InputProblem):
    title_template = "It is not said where the marked files go"
    advice_template = "Name a folder for them, or say that they take the place of the originals"


class NotAnAddress(InputProblem):
    title_template = "“{text}” is no address where somebody can read more"
    advice_template = "Give one that begins with https://"


class _Refused(Exception):
    """One file is not marked; `str()` is the sentence."""


def plan_marks(console: Console, wish: MarkWish) -> tuple[PlannedMark, ...]:
    """What would be stated of each file, and which cannot be marked. Changes nothing. Raises Problem."""
    _check(wish)
    now = console.clock()
    facts = mirror.facts(console.store, now)
    sources = find_files(wish.paths, recursive=wish.recursive)
    known = dict(wish.works)
    if wish.work is not None:
        known = {each.path: wish.work for each in sources} | known
    by_isrc = works_by_isrc(facts)
    stated: dict[WorkId | None, Stating] = {}
    planned = []
    for source in sources:
        sight = sight_of(source)
        if isinstance(sight, str):
            planned.append(PlannedMark(source, None, None, "", KnownBy.NOTHING, None, sight))
            continue
        found = work_of(source, sight, wish.artist, known, by_isrc, facts)
        if isinstance(found, str):
            planned.append(PlannedMark(source, sight.kind, None, "", KnownBy.TAG, None, found))
            continue
        work, how = found
        if work not in stated:
            stated[work] = stating_of(wish.artist, work, facts, now, wish.more)
        title = work_title(facts, work) if work is not None else ""
        why = "" if stated[work].entries else _NOTHING_REFUSED
        planned.append(PlannedMark(source, sight.kind, work, title, how, stated[work], why))
    return tuple(planned)


def mark_files(
    console: Console,
    wish: MarkWish,
    chain: Path,
    key: Path,
    ask_passphrase: Callable[[], str],
    progress: Callable[[MarkProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result[MarkRun]:
    """Mark the files, each for itself. `cancelled` is asked between two of them.

    Raises Problem before the first file is touched: certificates, key and folder are looked at first.
    """
    if not is_installed():
        raise MarksNotInstalled
    if wish.out is None and not wish.replace_originals:
        raise WhereTo
    _check(wish)
    now = console.clock()
    signer = read_signer(read_bounded(chain, MAX_BYTES), read_bounded(key, MAX_BYTES), ask_passphrase, now)
    planned = plan_marks(console, wish)
    _prepare(wish.out)
    artist = party_name(mirror.facts(console.store, now), wish.artist)
    run = MarkRun(console.new_id(), wish.artist, now, signer.name, signer.sha256, (), (), cancelled=False)
    for number, each in enumerate(planned):
        if cancelled():
            run = replace(run, cancelled=True)
            break
        progress(MarkProgress(number, len(planned), each.source.name))
        try:
            done = _mark_one(each, wish, signer, artist, now)
            run = replace(run, marked=(*run.marked, done))
        except _Refused as refused:
            run = replace(run, not_marked=(*run.not_marked, NotMarked(each.source.name, str(refused))))
        # After each file, so that what is done is on record however this ends.
        private.put(console.store, PrivateKind.MARK_RUN, wish.artist, [run], now)
    progress(MarkProgress(len(run.marked) + len(run.not_marked), len(planned), ""))
    private.put(console.store, PrivateKind.MARK_RUN, wish.artist, [run], now)
    return Result(run, Changes.CASES)


def read_marks(paths: tuple[Path, ...], trusted: Path | None = None) -> tuple[MarkShown, ...]:
    """What the marks of files state, whoever made them. `trusted`: PEM of roots that are taken as known.

    Raises MarksNotInstalled, and FileProblem for the file of roots.
    """
    if not is_installed():
        raise MarksNotInstalled
    anchors = read_bounded(trusted, MAX_BYTES).decode("ascii", "replace") if trusted is not None else ""
    shown = []
    for path in paths:
        sight = sight_of(Source(path, path.name))
        if isinstance(sight, str):
            shown.append(MarkShown(path, None, MarkRead(MarkState.NONE), sight))
            continue
        with open_file(path) as file:
            shown.append(MarkShown(path, sight.kind, read_mark(file, sight.kind, anchors)))
    return tuple(shown)


def mark_runs(console: Console, artist: ArtistId | None = None) -> tuple[MarkRun, ...]:
    """What was marked, newest first."""
    runs = private.all(console.store, PrivateKind.MARK_RUN, MarkRun)
    return tuple(sorted((r for r in runs if artist in (None, r.artist)), key=lambda r: r.at, reverse=True))


def _check(wish: MarkWish) -> None:
    if wish.more and (not wish.more.startswith("https://") or len(wish.more) < 12 or " " in wish.more):
        raise NotAnAddress(text=wish.more)


def _prepare(out: Path | None) -> None:
    if out is None:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            "{name} could not be made: {reason}",
            "Choose another folder",
            name=str(out),
            reason=error.strerror or type(error).__name__,
        ) from error


def _own_texts(artist: str, stated: Stating, now: datetime) -> dict[str, str]:
    """What stands beside the assertion. No title: that of an unreleased work is nobody else's business."""
    return {
        "artist": artist,
        "standing": STANDING_NAME[stated.standing],
        "refused": ", ".join(use.value for use in stated.refused),
        "stated_on": now.date().isoformat(),
        "says": RESERVATION,
    }


def _mark_one(
    planned: PlannedMark, wish: MarkWish, signer: MarkSigner, artist: str, now: datetime
) -> MarkedFile:
    """Raises _Refused; then nothing was written."""
    if planned.why_not or planned.stating is None:
        raise _Refused(planned.why_not)
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
        raise _Refused(str(error)) from error
    except Problem as problem:
        raise _Refused(problem.sentence) from problem
    except OSError as error:
        raise _Refused(f"It could not be written: {error.strerror or type(error).__name__}.") from error
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


def _target(source: Source, wish: MarkWish) -> Path:
    if wish.replace_originals or wish.out is None:
        return source.path
    target = wish.out / source.name
    if target.exists():
        raise _Refused(f"There is already a file {source.name} in the folder for the marked ones.")
    return target


def _checked(made: BinaryIO, before: AudioSight, stated: Stating) -> MarkRead:
    """Read back what was written, before it takes any place. Raises _Refused."""
    made.flush()
    after = look_at(made)
    if (after.kind, after.audio_sha256) != (before.kind, before.audio_sha256):
        raise _Refused("Its audio would not have stayed the same, so it was left as it was.")
    if not after.tags.same_as(before.tags):
        raise _Refused("Its tags would not have stayed the same, so it was left as it was.")
    found = read_mark(made, before.kind)
    same = set(found.entries) == set(stated.entries)  # in an order of the library
    if found.state not in (MarkState.INTACT, MarkState.TRUSTED) or not same:
        raise _Refused("The mark could not be read back as it was written, so the file was left as it was.")
    return found


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while part := file.read(_CHUNK):
        digest.update(part)
    return digest.hexdigest()
