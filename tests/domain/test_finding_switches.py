"""What stands open elsewhere although the artist refuses it: when it is a finding, and what it never says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.finding import Finding
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.findings import find
from artist_console.domain.ids import WorkId
from artist_console.domain.switches import YOUTUBE_TRAINING, SwitchNote, SwitchSource, SwitchState
from artist_console.domain.uses import Use

from .world import (
    MARA,
    NOW,
    OLA,
    OPERATOR,
    OTHER_RECORDING,
    RECORDING,
    SONG,
    World,
    work_subject,
    world,
)

VIDEO = "jNQXAC9IVRw"


def a_note(**changes: Any) -> SwitchNote:
    plain = SwitchNote(
        "note",
        MARA,
        YOUTUBE_TRAINING,
        "YouTube, training by third parties",
        SwitchState.ON,
        date(2025, 5, 1),
        datetime(2025, 5, 1, tzinfo=UTC),
        permits=True,
        uses=(Use.TRAIN_GENERATIVE,),
    )
    return replace(plain, **changes)


def a_readout(*permitted: str, work: WorkId | None = RECORDING, **changes: Any) -> SwitchNote:
    return a_note(
        source=SwitchSource.READ_OUT,
        video=VIDEO,
        permitted=permitted,
        permits=permitted != ("none",),
        work=work,
        **changes,
    )


def found(made: World, *notes: SwitchNote) -> tuple[Finding, ...]:
    findings = find(made.book(), (), (), (), (), (), (), NOW.date(), switches=notes)
    return tuple(each for each in findings if each.kind is FindingKind.SET_OTHERWISE)


def test_a_video_that_all_may_train_with_against_a_no_is_a_finding() -> None:
    made = world()
    made.refuse()
    (finding,) = found(made, a_readout("all"))
    assert (finding.artist, finding.work, finding.works) == (MARA, RECORDING, (RECORDING,))
    assert finding.title.text == "Set otherwise elsewhere: Salt Lines, YouTube, training by third parties"
    said = " ".join(sentence.text for sentence in finding.words)
    assert "by anybody. You refuse that." in said
    assert "does not show that anybody used a work" in said


def test_a_video_that_nobody_may_train_with_is_none() -> None:
    made = world()
    made.refuse()
    assert found(made, a_readout("none")) == ()


def test_without_a_no_there_is_no_difference() -> None:
    made = world()
    assert found(made, a_readout("all"), a_note()) == ()
    made.refuse(use=Use.GEN_COVER)
    assert found(made, a_readout("all")) == ()


def test_a_no_to_another_work_says_nothing_of_this_one() -> None:
    made = world()
    made.refuse(work_subject(OTHER_RECORDING))
    assert found(made, a_readout("all")) == ()
    (finding,) = found(made, a_note())
    assert finding.works == (OTHER_RECORDING,), "the switch of a channel is about all works"


def test_a_yes_of_ones_own_to_every_company_that_is_named_is_no_difference() -> None:
    made = world()
    made.refuse()
    made.allow()
    made.programmes.pop()  # of both programmes of the company only the one that was allowed
    assert found(made, a_readout(OPERATOR.title())) == ()
    (finding,) = found(made, a_readout(OPERATOR.title(), "Adobe"))
    assert "Adobe" in finding.words[0].text
    assert len(found(made, a_readout("all"))) == 1, "a yes to one is no yes to all"


def test_a_noted_switch_is_about_recordings_and_not_about_unreleased_ones() -> None:
    made = world()
    made.refuse()
    made.works = [replace(w, unreleased=w.id == OTHER_RECORDING) for w in made.works]
    (finding,) = found(made, a_note())
    assert finding.works == (RECORDING,)
    made.works = [w for w in made.works if w.id == SONG]
    made.releases = []
    (finding,) = found(made, a_note())
    assert finding.works == (SONG,)


def test_only_the_last_note_counts_and_only_of_the_artist_in_reach() -> None:
    made = world()
    made.refuse()
    later = a_note(id="later", on=date(2025, 5, 2), permits=False, state=SwitchState.OFF)
    assert found(made, a_note(), later) == ()
    assert found(made, a_note(artist=OLA)) == ()


def test_put_aside_it_comes_back_with_a_new_note() -> None:
    made = world()
    made.refuse()
    (first,), (second,) = found(made, a_note()), found(made, a_note(id="another"))
    assert first.id == second.id
    assert first.facts != second.facts


NAMES = st.sampled_from(["all", "none", "All", "Adobe", "Stability AI", OPERATOR.title()])


@given(st.lists(NAMES, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_a_refusal_taken_back_never_leaves_a_finding(names: list[str], allow: bool, work: bool) -> None:
    made = world()
    if allow:
        made.allow()
    assert found(made, a_readout(*names, work=RECORDING if work else None)) == ()
