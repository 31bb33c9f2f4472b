"""The score of a catalogue and the queue of what to fix."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.coverage import WEIGHTS, Coverage, CoverageKind, Coverages
from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.facts import FactBook
from artist_console.domain.fix_kinds import FixKind
from artist_console.domain.ids import ArtistId, FactId, PartyId, ReleaseId, WorkId
from artist_console.domain.parties import Party, PartyIdentifier, PartyKind, Stakeholder, Standing
from artist_console.domain.registers import ALL_MY_WORKS, Stance, Subject, SubjectKind
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    RegisteredShare,
    Registration,
    Relation,
    RelationKind,
    Release,
    ReleaseTrack,
    SaidField,
    SourceNote,
    Work,
)
from tests.domain import world

MARA = PartyId("mara")
SONG = Work(
    WorkId("song"),
    WorkKind.COMPOSITION,
    "Salt Lines",
    (MARA,),
    identifier="T0345246801",
    shares=(RegisteredShare("MARA QUIST", "composer", "", 10_000, 10_000, 10_000),),
)
TRACK = Work(
    WorkId("track"),
    WorkKind.RECORDING,
    "Salt Lines",
    (MARA,),
    identifier="AA6Q72600001",
    relations=(Relation(RelationKind.EMBODIES, SONG.id),),
)
RELEASE = Release(
    ReleaseId("release"), "Night Ferry", (MARA,), upc="00094631432057", tracks=(ReleaseTrack(TRACK.id, 1),)
)
PARTY = Party(
    MARA,
    "Mara Quist",
    PartyKind.PERSON,
    is_artist=True,
    identifiers=(PartyIdentifier("isni", "000000012281955X"),),
)


def holder(subject: str, right: Right, share: int | None = 10_000, **more: object) -> Stakeholder:
    standing = more.pop("standing", Standing.SHARES)
    return Stakeholder(
        FactId(f"{subject}-{right.value}-{share}"),
        MARA,
        subject,
        right,
        standing,  # type: ignore[arg-type]
        world.SINCE,
        share,
        **more,  # type: ignore[arg-type]
    )


MASTER = holder(TRACK.id, Right.MASTER)


def answered(subject: Subject = ALL_MY_WORKS, *stances: Stance) -> dict[ArtistId, list[LedgerEntry]]:
    told = world.World()
    for stance in stances or (Stance.REFUSE,):
        told.say(stance, subject)
    return told.entries


def book(
    works: tuple[Work, ...] = (SONG, TRACK),
    releases: tuple[Release, ...] = (RELEASE,),
    holders: tuple[Stakeholder, ...] = (MASTER,),
    party: Party = PARTY,
    ledgers: dict[ArtistId, list[LedgerEntry]] | None = None,
) -> Coverages:
    return Coverages(
        FactBook.of(
            parties=(party,),
            works=works,
            releases=releases,
            stakeholders=holders,
            ledgers=answered() if ledgers is None else ledgers,
        )
    )


def of(coverages: Coverages) -> Coverage:
    return coverages.of((MARA,), MARA)


def kinds(coverages: Coverages) -> list[FixKind]:
    return [fix.kind for fix in coverages.fixes((MARA,))]


def test_a_catalogue_of_which_nothing_is_missing_scores_100() -> None:
    found = of(book())
    assert (found.score, found.fixes) == (100, 0)
    assert {line.kind: (line.have, line.of) for line in found.lines} == {
        CoverageKind.IDENTIFIERS: (4, 4),
        CoverageKind.SPLITS: (2, 2),
        CoverageKind.COMPOSITIONS: (1, 1),
        CoverageKind.CONSENT: (2, 2),
    }
    assert found.lines[0].words == "4 of 4 identifiers are there and right."


@pytest.mark.parametrize(
    ("coverages", "kind", "score"),
    [
        (book((SONG, replace(TRACK, identifier=""))), FixKind.NO_ISRC, 91),
        (book((replace(SONG, identifier=""), TRACK)), FixKind.NO_ISWC, 91),
        (book((replace(SONG, identifier="T1234567894"), TRACK)), FixKind.NO_ISWC, 91),
        (book((replace(SONG, identifier="T0345246802"), TRACK)), FixKind.WRONG_IDENTIFIER, 91),
        (book(releases=(replace(RELEASE, upc=""),)), FixKind.NO_UPC, 91),
        (book(releases=(replace(RELEASE, upc="05099907138655"),)), FixKind.WRONG_IDENTIFIER, 91),
        (book(party=replace(PARTY, identifiers=())), FixKind.NO_ARTIST_IDENTIFIER, 91),
        (book((SONG, replace(TRACK, relations=()))), FixKind.NO_COMPOSITION, 85),
        (book((replace(SONG, shares=()), TRACK)), FixKind.NO_SPLIT, 87),
        (book(holders=()), FixKind.NO_SPLIT, 87),
        (book(holders=(holder(TRACK.id, Right.MASTER, 9_993),)), FixKind.WRONG_SPLIT, 87),
        (book(holders=(replace(MASTER, disputed=True),)), FixKind.WRONG_SPLIT, 87),
    ],
)
def test_what_is_missing_costs_points_and_stands_in_the_queue(
    coverages: Coverages, kind: FixKind, score: int
) -> None:
    assert (kinds(coverages), of(coverages).score) == ([kind], score)
    (fix,) = coverages.fixes((MARA,))
    assert fix.words.endswith(".")
    assert fix.title


def test_each_fix_says_the_reason_with_its_figures() -> None:
    short = replace(SONG, shares=(RegisteredShare("MARA QUIST", "composer", "", 8_750, 10_000),))
    (fix,) = book((short, TRACK)).fixes((MARA,))
    assert fix.words.startswith("Its registered performing shares add up to 87.5 %.")
    (wrong,) = book((replace(SONG, identifier="T0345246802"), TRACK)).fixes((MARA,))
    assert wrong.words.startswith("The check digit of ISWC T-034.524.680-2 is wrong.")


def test_shares_within_the_tolerance_are_whole_and_stakeholders_do_as_well() -> None:
    near = replace(SONG, shares=(RegisteredShare("MARA QUIST", "composer", "", 9_994, 10_006),))
    assert of(book((near, TRACK))).score == 100
    by_holders = (MASTER, holder(SONG.id, Right.COMPOSITION, 5_000))
    assert kinds(book((replace(SONG, shares=()), TRACK), holders=by_holders)) == [FixKind.WRONG_SPLIT]
    controlled = (MASTER, holder(SONG.id, Right.LYRICS, None, standing=Standing.CONTROLS))
    assert of(book((replace(SONG, shares=()), TRACK), holders=controlled)).score == 100


@pytest.mark.parametrize(
    ("ledgers", "have"),
    [
        (answered(), 2),
        (answered(Subject(SubjectKind.WORK, "track")), 1),
        (answered(Subject(SubjectKind.RELEASE, "release"), Stance.ALLOW), 1),  # a release holds recordings
        (answered(ALL_MY_WORKS, Stance.REFUSE, Stance.CLEAR), 0),
        ({MARA: []}, 0),
    ],
)
def test_any_answer_of_the_artist_for_the_work_counts(
    ledgers: dict[ArtistId, list[LedgerEntry]], have: int
) -> None:
    line = of(book(ledgers=ledgers)).lines[3]
    assert (line.have, line.of) == (have, 2)


def test_an_unreleased_work_is_answered_by_itself() -> None:
    secret = replace(TRACK, unreleased=True)
    assert of(book((SONG, secret), ledgers={MARA: []})).lines[3].have == 1


def test_societies_and_sources_that_need_a_look_cost_no_points() -> None:
    sent = Registration("A", "1", on=date(2026, 1, 1))
    conflict = Registration("A", "1", "PRS", "", "CO", date(2026, 2, 1))
    taken = Registration("A", "1", "PRS", "T1", "AS", date(2026, 3, 1))
    said = [SourceNote(f"{year}.csv", 2, said=(SaidField("year", year),)) for year in ("2025", "2026")]
    works = (replace(SONG, registrations=(sent, conflict)), replace(TRACK, sources=tuple(said), year=2026))
    found = book(works)
    assert (kinds(found), of(found).score) == ([FixKind.REGISTRATION, FixKind.SOURCES_DISAGREE], 100)
    assert of(found).fixes == 2
    words = [fix.words for fix in found.fixes((MARA,))]
    assert words[0].startswith("PRS says of the registration as 1 by A: in conflict")
    assert "Its sources differ on year: 2026 (2026.csv, row 2); 2025 (2025.csv, row 2)." in words
    settled = book((replace(SONG, registrations=(sent, conflict, taken)), TRACK))
    assert kinds(settled) == []


def test_an_empty_catalogue_scores_nothing_and_what_cannot_be_there_costs_nothing() -> None:
    assert of(book((), ())).score == 0
    only_song = book((SONG,), (), ())
    assert of(only_song).score == 100
    assert of(only_song).lines[2].words == "No recording is here that could be linked to its song."


def test_the_queue_is_narrowed_by_kind_and_a_shared_work_counts_once() -> None:
    ola = PartyId("ola")
    shared = replace(TRACK, artists=(MARA, ola), identifier="")
    coverages = Coverages(
        FactBook.of(
            parties=(PARTY, replace(PARTY, id=ola, name="Ola")),
            works=(SONG, shared),
            stakeholders=(MASTER,),
            ledgers=answered(),
        )
    )
    both = coverages.of((MARA, ola))
    assert {line.kind: line.of for line in both.lines}[
        CoverageKind.IDENTIFIERS
    ] == 4  # two artists, two works
    assert {line.kind: line.of for line in both.lines}[CoverageKind.CONSENT] == 3
    (fix,) = coverages.fixes((MARA, ola), FixKind.NO_ISRC)
    assert fix.work == TRACK.id
    assert sum(WEIGHTS.values()) == 100


@settings(max_examples=200)
@given(st.lists(st.tuples(*[st.booleans()] * 6), min_size=1, max_size=6), st.booleans())
def test_the_score_is_100_exactly_when_nothing_is_missing(parts: list[tuple[bool, ...]], all: bool) -> None:
    works: list[Work] = []
    holders: list[Stakeholder] = []
    for n, (isrc, iswc, linked, split, master, is_out) in enumerate(parts):
        song = replace(
            SONG,
            id=WorkId(f"song-{n}"),
            identifier="T0345246801" if iswc else "",
            shares=SONG.shares if split else (),
        )
        relations = (Relation(RelationKind.EMBODIES, song.id),) if linked else ()
        track = replace(
            TRACK,
            id=WorkId(f"track-{n}"),
            identifier="AA6Q72600001" if isrc else "",
            relations=relations,
            unreleased=not is_out,
        )
        works += [song, track]
        holders += [holder(track.id, Right.MASTER)] if master else []
    found = of(book(tuple(works), (), tuple(holders), ledgers=answered() if all else {MARA: []}))
    whole = all and {part[:5] for part in parts} == {(True,) * 5}
    assert (found.score == 100) == whole
    assert 0 <= found.score <= 100
    assert (found.fixes == 0) == whole


def test_ten_thousand_works_are_looked_at_in_a_moment() -> None:
    works = tuple(replace(TRACK, id=WorkId(f"track-{n}"), identifier="") for n in range(10_000))
    coverages = book((SONG, *works), ())
    begun = time.perf_counter()
    assert of(coverages).fixes == 20_000
    # Some 0.2 s where this was written; ten times that on a busy computer is still no wait.
    assert time.perf_counter() - begun < 2
