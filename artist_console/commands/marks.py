"""Marks in audio files: what would be stated, marking file by file, and reading what marks state.

One file after another: read, written beside, read back and compared, and only then put in its place. What was
done stays done when somebody cancels; a file that cannot be marked is told, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.letter_record import facts_as_decided
from artist_console.commands.mark_answers import stating_of
from artist_console.commands.mark_sources import (
    KnownBy,
    MarkWish,
    PlannedMark,
    Source,
    find_files,
    sight_of,
    work_of,
    works_by_isrc,
)
from artist_console.commands.mark_writing import LeftAsItWas, mark_one
from artist_console.commands.names import party_name, work_title
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.marks import (
    AudioKind,
    MarkRead,
    MarkRun,
    MarkState,
    NotMarked,
    Stating,
)
from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.formats.c2pa_marks import (
    MarkRefused,
    MarksNotInstalled,
    is_installed,
    read_mark,
)
from artist_console.formats.certificate_chain import MAX_BYTES
from artist_console.formats.mark_signer import read_signer
from artist_console.host.files import open_file, read_bounded
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

_KEPT_EVERY = 25  # files; a run is kept as one object, which grows
_NOTHING_REFUSED = (
    "Nothing that a mark can state is refused for it. A mark states what is refused, never what is allowed."
)


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


def plan_marks(console: Console, wish: MarkWish) -> tuple[PlannedMark, ...]:
    """What would be stated of each file, and which cannot be marked. Changes nothing. Raises Problem."""
    _check(wish)
    now = console.clock()
    facts = facts_as_decided(console, wish.artist, now)
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
    run = MarkRun(console.new_id(), wish.artist, now, signer.name, signer.sha256, (), (), cancelled=True)
    try:
        for number, each in enumerate(planned):
            if cancelled():
                break
            progress(MarkProgress(number, len(planned), each.source.name))
            try:
                run = replace(run, marked=(*run.marked, mark_one(each, wish, signer, artist, now)))
            except LeftAsItWas as left:
                run = replace(run, not_marked=(*run.not_marked, NotMarked(each.source.name, str(left))))
            if run.marked and number % _KEPT_EVERY == 0:
                private.put(console.store, PrivateKind.MARK_RUN, wish.artist, [run], now)
        else:
            run = replace(run, cancelled=False)
    finally:
        # What is done is on record however this ends; where no file was marked there is nothing to record.
        if run.marked:
            private.put(console.store, PrivateKind.MARK_RUN, wish.artist, [run], now)
    progress(MarkProgress(len(run.marked) + len(run.not_marked), len(planned), ""))
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
