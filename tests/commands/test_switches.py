"""Noting how switches stand, asking about videos, and the finding that follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from artist_console.commands import consent
from artist_console.commands.findings import dismiss_finding, findings_bundle, list_findings
from artist_console.commands.switches import (
    NoPicture,
    NotADay,
    NotAVideo,
    NoteTooLong,
    UnknownSwitch,
    check_videos,
    known_switches,
    list_switches,
    save_picture,
    set_switch,
)
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.switches import YOUTUBE_TRAINING, SwitchSource, SwitchState
from artist_console.domain.uses import Use
from artist_console.sync.problems import ServiceFailed, Unreachable
from tests.backend.world import MARA, SALT
from tests.commands.desks import Desk, a_wish
from tests.sync.servers import Answering

VIDEO = "jNQXAC9IVRw"
KIND = FindingKind.SET_OTHERWISE


@contextmanager
def youtube(*permitted: str, status: str = "200 OK") -> Iterator[Answering]:
    body = json.dumps(
        {"kind": "youtube#videoTrainability", "etag": "x", "videoId": VIDEO, "permitted": permitted}
    ).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    server = Answering(head.encode() + body)
    try:
        yield server
    finally:
        server.stop()


def test_nobody_has_looked_at_any_switch_before_somebody_did(mara: Desk) -> None:
    rows = list_switches(mara.console, MARA)
    assert [row.known for row in rows] == list(known_switches())
    assert {row.state for row in rows} == {SwitchState.NOT_LOOKED}


def test_a_note_is_kept_with_its_picture_and_the_former_one_behind_it(mara: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "studio.png"
    picture.write_bytes(b"\x89PNG picture")
    set_switch(mara.console, MARA, YOUTUBE_TRAINING, SwitchState.ON, mara.console.today - timedelta(days=3))
    done = set_switch(
        mara.console, MARA, YOUTUBE_TRAINING, SwitchState.OFF, note=" Off ", picture=picture
    ).value
    mara.reopen()
    row = next(r for r in list_switches(mara.console, MARA) if r.known.key == YOUTUBE_TRAINING)
    assert (row.note, row.state, row.earlier) == (done, SwitchState.OFF, 1)
    assert (done.note, done.picture_name, done.permits) == ("Off", "studio.png", False)
    assert save_picture(mara.console, done.id, tmp_path / "copy.png").read_bytes() == picture.read_bytes()


def test_what_cannot_be_noted_is_told_and_not_noted(mara: Desk) -> None:
    with pytest.raises(UnknownSwitch):
        set_switch(mara.console, MARA, "nothing", SwitchState.ON)
    with pytest.raises(NotADay):
        set_switch(
            mara.console, MARA, YOUTUBE_TRAINING, SwitchState.ON, mara.console.today + timedelta(days=1)
        )
    with pytest.raises(NoteTooLong):
        set_switch(mara.console, MARA, YOUTUBE_TRAINING, SwitchState.ON, note="x" * 2_001)
    with pytest.raises(NoPicture):
        save_picture(mara.console, "no-note", Path("x"))
    assert {row.state for row in list_switches(mara.console, MARA)} == {SwitchState.NOT_LOOKED}


def test_a_switch_noted_as_open_against_a_no_is_a_finding_until_it_is_closed(mara: Desk) -> None:
    consent.decide(mara.console, [a_wish(use=Use.TRAIN_GENERATIVE)])
    assert list_findings(mara.console, kind=KIND) == ()
    set_switch(mara.console, MARA, YOUTUBE_TRAINING, SwitchState.ON)
    (row,) = list_findings(mara.console, kind=KIND)
    assert len(row.finding.works) == 2
    set_switch(mara.console, MARA, YOUTUBE_TRAINING, SwitchState.OFF)
    assert list_findings(mara.console, kind=KIND) == ()


def test_a_video_is_asked_about_and_compared_with_the_answer_to_its_work(mara: Desk) -> None:
    consent.decide(mara.console, [a_wish(use=Use.TRAIN_GENERATIVE)])
    with youtube("all") as server:
        (note,) = check_videos(
            mara.console, MARA, (f"https://youtu.be/{VIDEO}", VIDEO), SALT, server.base_url
        ).value
    assert len(server.asked) == 1, "a video that was named twice is asked about once"
    assert (note.source, note.permitted, note.work) == (SwitchSource.READ_OUT, ("all",), SALT)
    (row,) = list_findings(mara.console, work=SALT, kind=KIND)
    assert row.work_title == "Salt Lines"
    switch = next(r for r in list_switches(mara.console, MARA) if r.known.key == YOUTUBE_TRAINING)
    assert (switch.readouts, switch.state) == ((note,), SwitchState.NOT_LOOKED)
    with youtube("none") as server:
        check_videos(mara.console, MARA, (VIDEO,), SALT, server.base_url)
    assert list_findings(mara.console, kind=KIND) == ()


def test_a_finding_that_was_put_aside_stays_away_until_it_is_read_out_anew(mara: Desk) -> None:
    consent.decide(mara.console, [a_wish()])
    with youtube("all") as server:
        check_videos(mara.console, MARA, (VIDEO,), SALT, server.base_url)
        (row,) = list_findings(mara.console, kind=KIND)
        dismiss_finding(mara.console, row.finding.id, "the label's channel")
        assert list_findings(mara.console, kind=KIND) == ()
        check_videos(mara.console, MARA, (VIDEO,), SALT, server.base_url)
    assert len(list_findings(mara.console, kind=KIND)) == 1


def test_the_evidence_of_a_switch_is_on_paper(mara: Desk, tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"picture")
    consent.decide(mara.console, [a_wish()])
    key = YOUTUBE_TRAINING
    set_switch(mara.console, MARA, key, SwitchState.ON, note="As Ola told", picture=tmp_path / "p.png")
    with youtube("Adobe") as server:
        check_videos(mara.console, MARA, (VIDEO,), SALT, server.base_url)
    ids = [row.finding.id for row in list_findings(mara.console, kind=KIND)]
    text = "\n".join(line.text for line in findings_bundle(mara.console, ids).lines)
    for said in (
        "Set otherwise elsewhere",
        "Note: As Ola told",
        "SHA-256 of the picture: ",
        "training by Adobe",
    ):
        assert said in text


def test_what_is_no_video_is_told_before_anything_is_asked(mara: Desk) -> None:
    with youtube("all") as server, pytest.raises(NotAVideo, match="hello"):
        check_videos(mara.console, MARA, (VIDEO, "hello"), None, server.base_url)
    assert server.asked == []


def test_no_answer_leaves_everything_as_it_was(mara: Desk) -> None:
    with youtube("all", status="503 No") as server, pytest.raises(ServiceFailed):
        check_videos(mara.console, MARA, (VIDEO,), SALT, server.base_url)
    with pytest.raises(Unreachable):
        check_videos(mara.console, MARA, (VIDEO,), SALT, server.base_url)
    assert all(row.readouts == () for row in list_switches(mara.console, MARA))
