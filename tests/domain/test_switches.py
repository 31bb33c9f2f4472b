"""Switches elsewhere: the directory, ids of videos, and which of several notes counts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import ArtistId
from artist_console.domain.switches import (
    YOUTUBE_TRAINING,
    KnownSwitch,
    SwitchNote,
    SwitchState,
    Turns,
    latest,
    lets_use,
    permits_somebody,
    switches_of,
    video_of,
)
from artist_console.host.resources import resource_bytes

KNOWN = switches_of(json.loads(resource_bytes("directory/switches.json")))
DAY = date(2026, 11, 1)


def test_the_directory_reads_and_each_key_is_there_once() -> None:
    assert len({each.key for each in KNOWN}) == len(KNOWN)
    assert YOUTUBE_TRAINING in {each.key for each in KNOWN}


@pytest.mark.parametrize("known", KNOWN, ids=lambda each: each.key)
def test_each_entry_says_what_where_and_from_whom(known: KnownSwitch) -> None:
    assert known.controls.endswith(".")
    assert known.where.endswith(".")
    assert known.source.startswith(("https://", "http://"))
    assert known.uses
    if known.turns is Turns.NOTHING:
        assert known.default is None
    if known.checked_on is None:
        assert "found" in known.controls, "what nobody read is not stated"


@pytest.mark.parametrize("state", SwitchState)
def test_only_what_somebody_saw_permits_anything(state: SwitchState) -> None:
    for known in KNOWN:
        permits = lets_use(known, state)
        if state in (SwitchState.NOT_LOOKED, SwitchState.NOT_THERE) or known.turns is Turns.NOTHING:
            assert not permits
        else:
            assert permits is ((state is SwitchState.ON) is (known.turns is Turns.PERMITS))


@pytest.mark.parametrize(
    "text",
    [
        "jNQXAC9IVRw",
        " https://www.youtube.com/watch?v=jNQXAC9IVRw&t=3 ",
        "https://www.youtube.com/watch?list=x&v=jNQXAC9IVRw",
        "https://youtu.be/jNQXAC9IVRw?si=abc",
        "music.youtube.com/watch?v=jNQXAC9IVRw",
        "https://youtube.com/shorts/jNQXAC9IVRw",
    ],
)
def test_a_video_is_found_in_its_addresses(text: str) -> None:
    assert video_of(text) == "jNQXAC9IVRw"


@pytest.mark.parametrize(
    "text", ["", "jNQXAC9IVR", "https://example.org/watch?v=jNQXAC9IVRw", "https://youtu.be/jNQXAC9IVRwx"]
)
def test_nothing_else_is_a_video(text: str) -> None:
    assert video_of(text) == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_an_id_or_nothing(text: str) -> None:
    assert len(video_of(text)) in (0, 11)


@given(st.permutations(range(5)))
def test_the_last_note_counts_in_whatever_order_they_come(order: list[int]) -> None:
    notes = [
        SwitchNote(
            str(n),
            ArtistId("mara"),
            "x",
            "X",
            SwitchState.ON,
            DAY + timedelta(days=n // 2),
            datetime(2026, 11, 10, n, tzinfo=UTC),
            True,
            (),
        )
        for n in range(5)
    ]
    assert [each.id for each in latest(notes[n] for n in order)] == ["4"]


def test_none_permits_nobody() -> None:
    assert not permits_somebody(("none",))
    assert permits_somebody(("all",))
    assert permits_somebody(("Adobe",))
