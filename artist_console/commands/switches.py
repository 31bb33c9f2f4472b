"""Switches elsewhere: what is known of each, how it stands, noting it, and asking YouTube about a video."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.switches import (
    YOUTUBE_TRAINING,
    KnownSwitch,
    SwitchNote,
    SwitchSource,
    SwitchState,
    latest,
    lets_use,
    permits_somebody,
    switches_of,
    video_of,
)
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.resources import resource_bytes
from artist_console.store import private, projection, switches
from artist_console.store.private import Change, PrivateKind
from artist_console.sync import trainability
from artist_console.sync.connection import Connection
from artist_console.sync.problems import Unreachable

MOST_PICTURE_BYTES = 20_000_000
_MOST_NOTE = 2_000
_MOST_YEARS = 10
_AGAIN = "Check the connection, then ask again; what was answered before is kept"
_TOUCHED = Changes.CASES | Changes.WORKS | Changes.INCLUSIONS


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """One switch with how it stands for an artist. `readouts`: the last of each video, newest first."""

    known: KnownSwitch
    note: SwitchNote | None  # None: nobody has looked
    readouts: tuple[SwitchNote, ...]
    earlier: int  # notes before the one that is shown

    @property
    def state(self) -> SwitchState:
        return self.note.state if self.note is not None else SwitchState.NOT_LOOKED


class UnknownSwitch(UnknownThing):
    title_template = "There is no switch {key} here"
    advice_template = "See: artist-console switch list"


class NotADay(InputProblem):
    title_template = "A switch cannot have been looked at on {day}"
    advice_template = "Give the day on which somebody looked"


class NoteTooLong(InputProblem):
    title_template = "The note is longer than {most} characters"
    advice_template = "Shorten it, or keep the rest as a picture"


class NotAVideo(InputProblem):
    title_template = "“{text}” is no YouTube video"
    advice_template = "Give the address of a video, or the eleven signs of its id"


class NoPicture(UnknownThing):
    title_template = "No picture is kept with that"
    advice_template = "Add one when noting how the switch stands"


@cache
def known_switches() -> tuple[KnownSwitch, ...]:
    """All that the directory has, in its order."""
    return switches_of(json.loads(resource_bytes("directory/switches.json")))


def list_switches(console: Console, artist: ArtistId) -> tuple[SwitchRow, ...]:
    """Each known switch and how it stands for an artist, as last noted or read out."""
    own = [note for note in switches.notes(console.store) if note.artist == artist]
    now = latest(own)
    rows = []
    for known in known_switches():
        noted = [n for n in now if n.switch == known.key and not n.video]
        videos = sorted(
            (n for n in now if n.switch == known.key and n.video), key=lambda n: (n.on, n.id), reverse=True
        )
        before = sum(1 for n in own if n.switch == known.key and not n.video) - len(noted)
        rows.append(SwitchRow(known, noted[0] if noted else None, tuple(videos), before))
    return tuple(rows)


def set_switch(
    console: Console,
    artist: ArtistId,
    key: str,
    state: SwitchState,
    on: date | None = None,
    note: str = "",
    picture: Path | None = None,
) -> Result[SwitchNote]:
    """Note how a switch stood on a day; what was noted before is kept.

    Raises UnknownSwitch, NotADay, NoteTooLong, FileProblem; then nothing is noted.
    """
    known = _known(key)
    day = on or console.today
    if day > console.today or day < console.today - timedelta(days=366 * _MOST_YEARS):
        raise NotADay(day=day_in_words(day))
    if len(note.strip()) > _MOST_NOTE:
        raise NoteTooLong(most=f"{_MOST_NOTE:,}")
    body = read_bounded(picture, MOST_PICTURE_BYTES) if picture is not None else None
    kept = None
    if picture is not None and body is not None:
        kept = private.attach(console.store, picture.name, body, console.clock())
    made = SwitchNote(
        console.new_id(),
        artist,
        known.key,
        known.name,
        state,
        day,
        console.clock(),
        lets_use(known, state),
        known.uses,
        note=note.strip(),
        picture=kept.sha256 if kept is not None else "",
        picture_name=picture.name if picture is not None else "",
    )
    _keep(console, [made])
    return Result(made, _TOUCHED)


def check_videos(
    console: Console,
    artist: ArtistId,
    videos: tuple[str, ...],
    work: WorkId | None = None,
    address: str = trainability.ADDRESS,
) -> Result[tuple[SwitchNote, ...]]:
    """Ask YouTube who may train with these videos, and keep each answer with its day.

    `work`: the recording in them, so that the answer is compared with the artist's own for it. What was
    answered before a later question fails is kept. Raises NotAVideo before anything is asked, else Problem.
    """
    known = _known(YOUTUBE_TRAINING)
    ids = []
    for text in videos:
        id = video_of(text)
        if not id:
            raise NotAVideo(text=text)
        ids.append(id)
    made: list[SwitchNote] = []
    try:
        for answer in _ask(address, tuple(dict.fromkeys(ids))):
            open_to = permits_somebody(answer.permitted)
            made.append(
                SwitchNote(
                    console.new_id(),
                    artist,
                    known.key,
                    known.name,
                    SwitchState.ON if open_to else SwitchState.OFF,
                    console.today,
                    console.clock(),
                    open_to,
                    known.uses,
                    SwitchSource.READ_OUT,
                    work=work,
                    video=answer.video,
                    permitted=answer.permitted,
                )
            )
    finally:
        if made:
            _keep(console, made)
    return Result(tuple(made), _TOUCHED)


def save_picture(console: Console, note_id: str, path: Path) -> Path:
    """Copy the picture of a note out. Raises NoPicture, FileProblem."""
    note = next((each for each in switches.notes(console.store) if each.id == note_id), None)
    body = private.attached_bytes(console.store, note.picture) if note is not None and note.picture else None
    if body is None:
        raise NoPicture
    write_atomic(path, body)
    return path


def _ask(address: str, videos: tuple[str, ...]) -> Iterator[trainability.Trainability]:
    with closing(Connection(address)) as line:
        for video in videos:
            try:
                yield trainability.read_trainability(line, video)
            except Unreachable as problem:
                raise Unreachable(advice=_AGAIN, host=line.host) from problem


def _known(key: str) -> KnownSwitch:
    for known in known_switches():
        if known.key == key:
            return known
    raise UnknownSwitch(key=key)


def _keep(console: Console, notes: list[SwitchNote]) -> None:
    store = console.store
    version = private.version(store)
    private.exchange(store, notes[0].artist, [Change(PrivateKind.SWITCH, notes)], console.clock())
    artists = frozenset(note.artist for note in notes)
    changed = projection.PrivateChange(version, frozenset(), artists)
    projection.refresh_rows_after(store, console.today, changed)
