"""What a mark says of itself."""

from __future__ import annotations

from artist_console.domain.mark_words import says_of
from artist_console.domain.parties import Standing


def test_only_whoever_controls_a_recording_reserves_by_a_mark() -> None:
    assert {each for each in Standing if "This is a reservation." in says_of(each)} == {Standing.CONTROLS}
    assert all("It is not a licence" in says_of(each) for each in Standing)
