"""Switches elsewhere: what platforms, distributors and societies let one set about AI, and how it stands.

What is known of a switch is data with source and date. How it stands is what a person noted, or what a public
read-out answered, on a day: neither is stated by anybody else, and a switch set one way shows no use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from .ids import ArtistId, WorkId
from .uses import Use

YOUTUBE_TRAINING = "youtube-third-party-training"
_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_IN_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z]+\.)?(?:youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
    r"([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
)
EVERYBODY = "all"
NOBODY = "none"


class SwitchOwner(Enum):
    """What kind of organisation has the switch."""

    PLATFORM = "platform"
    DISTRIBUTOR = "distributor"
    SOCIETY = "society"
    SOCIAL = "social"
    AI_SERVICE = "ai_service"


class Turns(Enum):
    """What it means that the switch is on."""

    PERMITS = "permits"
    RESERVES = "reserves"
    NOTHING = "nothing"  # there is nothing to set; the owner has said what holds for everybody


class SwitchState(Enum):
    ON = "on"
    OFF = "off"
    NOT_THERE = "not_there"  # looked for, and the account has none
    NOT_LOOKED = "not_looked"


class SwitchSource(Enum):
    NOTED = "noted"  # by a person who looked
    READ_OUT = "read_out"  # by asking the owner's public service


@dataclass(frozen=True, slots=True)
class KnownSwitch:
    """A switch as its owner describes it. `default`: None where the owner does not say."""

    key: str
    name: str
    owner: str
    kind: SwitchOwner
    controls: str
    where: str
    turns: Turns
    default: SwitchState | None
    uses: tuple[Use, ...]
    source: str  # address
    checked_on: date | None  # None: nobody has looked the page up


@dataclass(frozen=True, slots=True)
class SwitchNote:
    """How a switch stood on a day. `permits`: whether that lets somebody use works so."""

    id: str
    artist: ArtistId
    switch: str  # key
    name: str
    state: SwitchState
    on: date
    at: datetime  # when it was recorded here
    permits: bool
    uses: tuple[Use, ...]
    source: SwitchSource = SwitchSource.NOTED
    note: str = ""
    picture: str = ""  # hash of the attached file
    picture_name: str = ""
    work: WorkId | None = None  # of a video
    video: str = ""
    permitted: tuple[str, ...] = ()  # as the read-out names them: all, none, or companies


def switches_of(table: Mapping[str, Any]) -> tuple[KnownSwitch, ...]:
    """Read the resource. Raises KeyError, ValueError for one that is not as it should be."""
    return tuple(
        KnownSwitch(
            each["key"],
            each["name"],
            each["owner"],
            SwitchOwner(each["kind"]),
            each["controls"],
            each["where"],
            Turns(each["turns"]),
            SwitchState(each["default"]) if each["default"] is not None else None,
            tuple(Use(use) for use in each["uses"]),
            each["source"],
            date.fromisoformat(each["checked_on"]) if each["checked_on"] is not None else None,
        )
        for each in table["switches"]
    )


def lets_use(switch: KnownSwitch, state: SwitchState) -> bool:
    """Whether a switch that stands so permits what it is about. What was not looked at permits nothing."""
    match switch.turns:
        case Turns.PERMITS:
            return state is SwitchState.ON
        case Turns.RESERVES:
            return state is SwitchState.OFF
        case Turns.NOTHING:
            return False


def permits_somebody(permitted: Sequence[str]) -> bool:
    """Whether a read-out names anybody who may train."""
    return any(name.casefold() != NOBODY for name in permitted)


def latest(notes: Iterable[SwitchNote]) -> tuple[SwitchNote, ...]:
    """Of each switch and video of an artist the last that was recorded, in the order of artist and switch."""
    found: dict[tuple[ArtistId, str, str], SwitchNote] = {}
    for note in sorted(notes, key=lambda each: (each.on, each.at, each.id)):
        found[note.artist, note.switch, note.video] = note
    return tuple(found[key] for key in sorted(found))


def video_of(text: str) -> str:
    """The id of a YouTube video, from itself or an address of it; empty where there is none."""
    text = text.strip()
    if _VIDEO.fullmatch(text):
        return text
    inside = _IN_ADDRESS.match(text)
    return inside[1] if inside else ""
