"""Why, in one sentence: the step of the trace that decided."""

from __future__ import annotations

from hypothesis import given, settings

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import PartyId
from artist_console.domain.outcomes import PermissionOutcome as Is
from artist_console.domain.parties import Standing
from artist_console.domain.permission import Question, permission
from artist_console.domain.programmes import ApprovalClause
from artist_console.domain.reasons import reason_of
from artist_console.domain.uses import Family

from .test_permission_properties import CELLS, asked_by, worlds
from .world import NOW, SONG, World, release_subject, with_label, work_subject, world


@settings(max_examples=100, deadline=None)
@given(worlds(), asked_by)
def test_the_reason_is_a_step_of_the_trace_and_fits_the_outcome(made: World, artist: PartyId | None) -> None:
    for cell in CELLS:
        found = permission(Question(artist, *cell, NOW), made.book())
        reason = reason_of(found)
        assert reason in found.trace
        if found.outcome is Is.REFUSED:
            assert "refused" in reason.text or "unreleased" in reason.text or "Not everyone" in reason.text
        if found.outcome is Is.UNDECIDED:
            assert "allowed this" not in reason.text
            assert "refused" not in reason.text
        if found.outcome in (Is.NO_AGREEMENT_KNOWN, Is.NOT_LICENSED):
            assert "agreement" in reason.text
        if found.outcome in (Is.LICENSED_BY_OTHERS, Is.LICENSED_AGAINST_WISH):
            own_no = found.outcome is Is.LICENSED_AGAINST_WISH and "refused this" in reason.text
            assert own_no or "licensed" in reason.text or "licenses" in reason.text


def test_an_own_no_for_the_song_is_the_reason_where_the_recording_is_undecided() -> None:
    made = world()
    made.refuse(work_subject(SONG))
    found = made.ask()
    assert (found.answer.kind, found.outcome) == (AnswerKind.UNDECIDED, Is.REFUSED)
    assert reason_of(found).text == "Mara refused for the song of “Salt Lines”."


def test_a_no_of_the_own_album_is_told_as_that() -> None:
    made = world()
    made.refuse(release_subject(), Family.TRAINING)
    assert reason_of(made.ask()).text.startswith("Mara refused this on 2 January 2025, for the release")


def test_where_others_refuse_the_own_silence_is_not_the_reason() -> None:
    made = with_label(ApprovalClause.ARTIST_OPT_IN, Standing.SHARES)
    found = made.ask()
    assert found.answer.kind is AnswerKind.UNDECIDED
    assert found.outcome is Is.UNDECIDED
    assert "has not decided" in reason_of(found).text
