"""The songs in recordings are offered beside an answer, and are never part of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.commands.consent import decide, register_of
from artist_console.commands.review import review
from artist_console.commands.songs import songs_beside
from artist_console.commands.wishes import Wish
from artist_console.domain.ids import ReleaseId, WorkId
from artist_console.domain.registers import ALL_MY_WORKS, Stance, Subject, SubjectKind
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work
from artist_console.formats.kinds import Kind
from tests.backend.world import MARA, OLA, PROGRAMME, work_subject
from tests.commands.desks import Desk, a_desk, a_wish, an_allow

TRAIN, TRAIN_SONG, LENT, LENT_SONG = (
    WorkId("train"),
    WorkId("train-song"),
    WorkId("lent"),
    WorkId("lent-song"),
)
ALBUM = ReleaseId("rails")


def embodies(song: WorkId) -> tuple[Relation, ...]:
    return (Relation(RelationKind.EMBODIES, song),)


ROWS: list[tuple[Kind, Any]] = [
    (Kind.WORK, Work(TRAIN, WorkKind.RECORDING, "Night Train", (MARA,), relations=embodies(TRAIN_SONG))),
    (Kind.WORK, Work(TRAIN_SONG, WorkKind.COMPOSITION, "Night Train", (MARA,))),
    (Kind.WORK, Work(LENT, WorkKind.RECORDING, "Lent", (MARA,), relations=embodies(LENT_SONG))),
    (Kind.WORK, Work(LENT_SONG, WorkKind.COMPOSITION, "Lent", (OLA,))),
    (
        Kind.RELEASE,
        Release(ALBUM, "Rails", (MARA,), tracks=(ReleaseTrack(TRAIN, 1), ReleaseTrack(LENT, 2))),
    ),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path, rows=ROWS) as made:
        yield made


def registers(wishes: tuple[Wish, ...]) -> list[str]:
    return [wish.subject.id for wish in wishes]


def test_the_song_of_a_recording_is_offered_with_the_same_answer(desk: Desk) -> None:
    yes = an_allow(TRAIN)
    (beside,) = songs_beside(desk.console, [yes])
    assert beside == Wish(MARA, work_subject(TRAIN_SONG), PROGRAMME, yes.use, Stance.ALLOW)
    assert review(desk.console, [yes]).count == 1, "it is offered, and no part of what is reviewed"


def test_an_album_offers_the_songs_that_are_the_artists_own(desk: Desk) -> None:
    album = a_wish(Stance.REFUSE, Subject(SubjectKind.RELEASE, ALBUM), Use.GEN_COVER)
    assert registers(songs_beside(desk.console, [album])) == [TRAIN_SONG]


def test_what_is_answered_so_or_among_the_answers_is_not_offered(desk: Desk) -> None:
    no, song = a_wish(subject=work_subject(TRAIN)), a_wish(subject=work_subject(TRAIN_SONG))
    assert songs_beside(desk.console, [no, song]) == ()
    decide(desk.console, [song])
    assert songs_beside(desk.console, [no]) == ()
    back = Wish(MARA, no.subject, no.programme, no.use, Stance.CLEAR)
    (beside,) = songs_beside(desk.console, [back])
    assert register_of(beside) == register_of(song), "taking back is offered, too"


def test_the_default_covers_songs_by_itself_and_a_voice_is_nobodys_song(desk: Desk) -> None:
    assert songs_beside(desk.console, [a_wish(subject=ALL_MY_WORKS)]) == ()
    assert songs_beside(desk.console, [an_allow(TRAIN, Use.GEN_VOICE)]) == ()
