"""Files of several kinds put together: works found again, linked, and told by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.identifiers import PLACEHOLDER_ISWCS
from artist_console.domain.parties import PartyIdentifier
from artist_console.domain.problems import InputProblem
from artist_console.domain.provenance import disagreements, source_of
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    AiPart,
    LicensorGrant,
    RegisteredShare,
    SaidField,
    WorkIdentifier,
)
from artist_console.formats.catalogue_table import read_catalogue_table
from artist_console.formats.cwr import read_cwr
from artist_console.formats.incoming import CatalogueRow, Credit, ReadCatalogue, SongRow, Takedown, Writer
from artist_console.formats.musicbrainz import read_musicbrainz
from tests.backend.catalogues import Account, alike, catalogue, recording, withdrawn, words

DATA = Path(__file__).resolve().parents[1] / "data"
REGISTRATION = read_cwr((DATA / "registration.v22").read_bytes(), "registration.v22")
ANSWER = read_cwr((DATA / "acknowledgement.v21").read_bytes(), "acknowledgement.v21")
LOOKED_UP = read_musicbrainz((DATA / "musicbrainz-recording.json").read_bytes(), "recording.json")
MIRA_MBID = "0e4a1b5c-2222-4a4a-9b9b-000000000001"


@pytest.fixture
def account() -> Account:
    """An account whose artist is Mira Sand."""
    account = Account()
    account.bring(catalogue(recording("Quay")), "own.csv")
    return account


# -- registrations


def test_a_registration_of_known_writers_becomes_songs_with_shares_and_numbers(account: Account) -> None:
    taking = account.bring(REGISTRATION, "registration.v22")
    low_tide = next(s for s in account.songs() if s.title == "LOW TIDE")
    assert low_tide.artists == tuple(account.parties)
    assert low_tide.identifier == "T0345246801"
    assert [share.performing_bp for share in low_tide.shares] == [2500, 2500, 3750, 1250]
    assert low_tide.registrations[0].source == "registration.v22"
    assert WorkIdentifier("society", "9876543", "GEMA") in low_tide.other_identifiers
    assert {(credit.name, credit.role) for credit in low_tide.credits} == {
        ("MIRA SAND", "composer_lyricist"),
        ("JO LOW", "lyricist"),
        ("HARBOUR LIGHTS", "performer"),
    }
    assert taking.result.counts["songs_added"] == 2
    live = next(work for work in account.recordings() if work.identifier == "AA6Q72600001")
    assert live.compositions == (low_tide.id,)


def test_co_writers_become_nobodys_artists(account: Account) -> None:
    account.bring(REGISTRATION, "registration.v22")
    (mira,) = account.parties.values()
    assert mira.name == "Mira Sand"
    assert PartyIdentifier("ipi", "00008715000") in mira.identifiers


def test_a_registration_without_a_known_writer_asks_whose_works_these_are() -> None:
    account = Account()
    told = r"MIRA SAND and JO LOW, and none of them is an artist here\. .*--artist NAME"
    with pytest.raises(InputProblem, match=told):
        account.bring(REGISTRATION)
    account.bring(REGISTRATION, artist_name="Mira Sand")
    assert len(account.songs()) == 2
    assert [party.name for party in account.parties.values()] == ["Mira Sand"]


def test_a_writers_other_name_is_learned_and_found_by_the_ipi_later() -> None:
    account = Account()
    account.bring(catalogue(recording("Quay", "Sandy")))
    (sandy,) = account.parties
    with pytest.raises(InputProblem, match="nothing was said about them"):
        account.bring(REGISTRATION, artist=sandy)
    account.bring(REGISTRATION, artist=sandy, also_called=("MIRA SAND",), take_artists=("MIRA SAND",))
    assert {work.artists for work in account.songs()} == {(sandy,)}
    married = catalogue(
        CatalogueRow(
            9,
            account.songs()[0].kind,
            "Later",
            (),
            songs=(SongRow("Later", writers=(Writer("MIRA MOLE", "composer", "00008715000"),)),),
            artist_identifiers=(("MIRA MOLE", "ipi", "00008715000"),),
        ),
        layout="cwr-22",
        names_own=False,
    )
    account.bring(married, "later.v22")
    assert "MIRA MOLE" in account.parties[sandy].aliases
    assert account.named("Later").artists == (sandy,)


def test_answers_of_a_society_join_the_songs_that_were_registered(account: Account) -> None:
    account.bring(REGISTRATION, "registration.v22")
    taking = account.bring(ANSWER, "answer.v21")
    assert "songs_added" not in taking.result.counts
    low_tide = next(s for s in account.songs() if s.title == "LOW TIDE")
    assert [(r.status, r.society, r.source) for r in low_tide.registrations] == [
        ("", "", "registration.v22"),
        ("AS", "PRS", "answer.v21"),
    ]
    assert WorkIdentifier("society", "T7741", "PRS") in low_tide.other_identifiers
    why = "Left out: it names no writer, and no song “MOLE” with the number FN-0003 is here."
    assert why in words(taking)
    assert [share.performing_bp for share in low_tide.shares] == [5000, 5000]
    assert [each.field for each in disagreements(low_tide)] == ["shares"]


def test_a_bare_answer_finds_its_song_by_number_and_title(account: Account) -> None:
    account.bring(REGISTRATION, "registration.v22")
    bare = ANSWER.rows[2]
    for title, found in (("LOW TIDE", True), ("OTHER", False)):
        number = (WorkIdentifier("submitter", "FN-0001", ""),)
        row = CatalogueRow(
            5, bare.kind, title, (), songs=(), other_identifiers=number, registrations=bare.registrations
        )
        read = ReadCatalogue("cwr-21", (row,), (), "1", names_own=False)
        if found:
            account.bring(read, "late.v21")
            low_tide = next(s for s in account.songs() if s.title == "LOW TIDE")
            assert low_tide.registrations[-1].status == "RJ"
        else:
            with pytest.raises(InputProblem):
                account.bring(read, "late.v21")


def test_two_songs_of_one_name_under_two_numbers_are_two(account: Account, shared_data: Path) -> None:
    read = read_cwr((shared_data / "cwr" / "demo_cwr_cleaned.v22").read_bytes(), "demo.v22")
    account.bring(read, "demo.v22", artist_name="John Smith")
    titles = [song.title for song in account.songs()]
    assert len(titles) == 9  # ten transactions; one is an answer of which no writer is known
    assert titles.count("MIDNIGHT SERENADE") == 2
    assert account.bring(read, "demo.v22", artist_name="John Smith").written() == []


@pytest.mark.parametrize("song_first", [True, False])
def test_recording_and_song_are_linked_whichever_came_first(song_first: bool) -> None:
    """By a band as its message tells it, and as the writer's registration tells it."""
    account = Account()
    own = catalogue(
        recording("Quay", "Mira Sand"),
        recording(
            "Low Tide", "The Moles", 3, identifier="AA6Q72600001", songs=(SongRow("Low Tide", "", ()),)
        ),
    )
    account.bring(catalogue(recording("Quay")), "mira.csv")
    for read, name in ((REGISTRATION, "r.v22"), (own, "own.csv"))[:: 1 if song_first else -1]:
        account.bring(read, name)
    account.bring(REGISTRATION, "r.v22")
    found = [song for song in account.songs() if song.title.upper() == "LOW TIDE"]
    of_it = next(work for work in account.recordings() if work.identifier == "AA6Q72600001")
    assert of_it.compositions == (found[0].id,)
    assert len(found) == 1
    assert found[0].identifier == "T0345246801"


# -- MusicBrainz


def test_a_look_up_joins_the_recording_with_the_code_and_adds_ids_of_people(account: Account) -> None:
    account.bring(catalogue(recording("Low Tide", identifier="AA6Q72600009", version="Live")), "own.csv")
    account.bring(LOOKED_UP, "recording.json")
    (low_tide,) = [work for work in account.recordings() if work.title == "Low Tide"]
    assert low_tide.identifier == "AA6Q72600009"  # stays; the other is a further code of it
    assert WorkIdentifier("isrc", "AA6Q72600001") in low_tide.other_identifiers
    mira = next(party for party in account.parties.values() if party.name == "Mira Sand")
    assert {(code.kind, code.value) for code in mira.identifiers} == {
        ("mbid", MIRA_MBID),
        ("isni", "000000012281955X"),
        ("ipi", "00008715000"),
    }
    assert "ميرا ساند" in mira.aliases
    assert low_tide.compositions == (next(s.id for s in account.songs()),)


def test_a_recording_is_found_again_by_its_mbid_under_another_title(account: Account) -> None:
    id = WorkIdentifier("mbid", "0e4a1b5c-1111-4a4a-9b9b-000000000009", "MusicBrainz")
    account.bring(catalogue(recording("Ebb", other_identifiers=(id,))), "a.json")
    taking = account.bring(catalogue(recording("Low Water", other_identifiers=(id,))), "b.json")
    work = account.named("Low Water")
    assert work.aliases == ("Ebb",)
    assert any("stands for “Ebb” already" in each for each in words(taking))


def test_two_mbids_are_two_recordings_of_one_name(account: Account) -> None:
    ids = [WorkIdentifier("mbid", f"0e4a1b5c-1111-4a4a-9b9b-00000000001{n}", "MusicBrainz") for n in (1, 2)]
    account.bring(catalogue(*(recording("Ebb", row=n, other_identifiers=(id,)) for n, id in enumerate(ids))))
    assert len([work for work in account.recordings() if work.title == "Ebb"]) == 2


def test_an_identifier_of_an_artist_that_differs_is_told_and_the_first_stays(account: Account) -> None:
    row = recording("Quay", artist_identifiers=(("Mira Sand", "isni", "000000012281955X"),))
    account.bring(catalogue(row), "a.csv")
    other = recording("Quay", artist_identifiers=(("Mira Sand", "isni", "0000000121032683"),))
    taking = account.bring(catalogue(other), "b.csv")
    assert words(taking) == [
        "Mira Sand has ISNI 000000012281955X here and 0000000121032683 in the file; the first stays."
    ]
    (mira,) = account.parties.values()
    assert mira.identifiers == (PartyIdentifier("isni", "000000012281955X"),)


# -- what sources say


def test_every_field_knows_its_source_and_a_disagreement_stays_visible(account: Account) -> None:
    account.bring(
        catalogue(recording("Ebb", identifier="AA6Q72600005", year=2025, duration_s=Decimal(200))), "a.csv"
    )
    account.bring(
        catalogue(recording("EBB", row=7, identifier="AA6Q72600005", year=2026, duration_s=Decimal(201))),
        "b.csv",
    )
    work = next(work for work in account.recordings() if work.identifier == "AA6Q72600005")
    assert (work.title, work.year, work.aliases) == ("Ebb", 2026, ())
    note = source_of(work, "year")
    assert note is not None
    assert (note.source, note.row) == ("b.csv", 7)
    (year,) = disagreements(work)
    assert (year.field, [(s.value, s.sources, s.shown) for s in year.sayings]) == (
        "year",
        [("2026", ("b.csv",), True), ("2025", ("a.csv",), False)],
    )


def test_reading_a_file_again_replaces_what_it_said(account: Account) -> None:
    account.bring(catalogue(recording("Ebb", year=2025), sha256="1"), "a.csv")
    account.bring(catalogue(recording("Ebb", row=4, year=2026), sha256="2"), "a.csv")
    work = account.named("Ebb")
    (note,) = work.sources
    assert note.row == 4
    assert SaidField("year", "2026") in note.said
    assert SaidField("year", "2025") not in note.said
    assert disagreements(work) == ()


def test_two_rows_of_a_file_say_their_releases_in_one_note(account: Account) -> None:
    account.bring(
        catalogue(recording("Ebb", release_title="One"), recording("Ebb", row=3, release_title="Two"))
    )
    (note,) = account.named("Ebb").sources
    assert note.row == 2
    assert [(said.value, said.row) for said in note.said if said.field == "release"] == [
        ("One", None),
        ("Two", 3),
    ]


def test_an_older_message_fills_gaps_and_replaces_nothing(account: Account) -> None:
    newer = recording("Ebb", identifier="AA6Q72600005", year=2026)
    older = recording("Old Ebb", identifier="AA6Q72600005", year=2020, duration_s=Decimal(99))
    account.bring(catalogue(newer, layout="ern-432", created_on=date(2026, 2, 1)), "new.xml")
    account.bring(catalogue(older, layout="ern-432", created_on=date(2026, 1, 1)), "old.xml")
    work = account.named("Ebb")
    assert (work.year, work.duration_s, work.aliases) == (2026, Decimal(99), ("Old Ebb",))
    assert {each.field for each in disagreements(work)} == {"title", "year"}


# -- AI, grants and takedowns


def grant(licensor: str = "Harbour Music", *uses: Use) -> LicensorGrant:
    return LicensorGrant(uses or (next(iter(Use)),), licensor, "Model House")


def test_disclosures_and_grants_are_kept_with_their_file(account: Account) -> None:
    row = recording(
        "Ebb",
        row=30,
        contains_ai=AiPart.PARTLY,
        grants=(grant(),),
        credits=(Credit("Generative AI", "vocals", AiPart.ALL),),
    )
    account.bring(catalogue(row, layout="ern-432", sender="Harbour Music"), "a.xml")
    work = account.named("Ebb")
    assert work.contains_ai is AiPart.PARTLY
    assert [(g.source, g.row, g.licensor) for g in work.grants] == [("a.xml", 30, "Harbour Music")]
    assert work.grants[0].sha256
    assert [(c.name, c.ai) for c in work.credits][-1] == ("Generative AI", AiPart.ALL)
    assert "Generative AI" not in {party.name for party in account.parties.values()}


def test_new_deals_replace_all_that_their_sender_granted_and_nobody_elses(account: Account) -> None:
    first = catalogue(recording("Ebb", grants=(grant(),)), layout="ern-432", sender="Harbour Music")
    other = catalogue(recording("Ebb", grants=(grant("Quay Ltd"),)), layout="ern-432", sender="Quay Ltd")
    account.bring(first, "a.xml")
    account.bring(other, "b.xml")
    assert {g.licensor for g in account.named("Ebb").grants} == {"Harbour Music", "Quay Ltd"}
    account.bring(catalogue(recording("Ebb"), layout="ern-432", sender="Harbour Music"), "c.xml")
    assert {g.licensor for g in account.named("Ebb").grants} == {"Quay Ltd"}
    account.bring(catalogue(recording("Ebb")), "table.csv")
    assert {g.licensor for g in account.named("Ebb").grants} == {"Quay Ltd"}


def test_a_release_is_withdrawn_and_offered_again(account: Account) -> None:
    row = recording("Ebb", release_title="Tides", upc="00094631432057", grid="A10302B0003989564F")
    offered = catalogue(row, layout="ern-432", sender="Harbour Music")
    account.bring(offered, "a.xml")
    taking = account.bring(withdrawn(Takedown(3, upc="00094631432057", on=date(2026, 2, 2))), "purge.xml")
    (release,) = account.releases.values()
    assert (release.taken_down_on, release.grid) == (date(2026, 2, 2), "A10302B0003989564F")
    assert (taking.result.counts["releases_withdrawn"], taking.result.rows_read) == (1, 1)
    account.bring(offered, "again.xml")
    (release,) = account.releases.values()
    assert release.taken_down_on is None
    by_grid = account.bring(withdrawn(Takedown(3, grid="A10302B0003989564F")), "purge.xml")
    (release,) = account.releases.values()
    assert release.taken_down_on == date(2026, 3, 1)
    assert by_grid.result.counts["releases_updated"] == 1


def test_a_withdrawn_release_that_is_not_here_is_told(account: Account) -> None:
    taking = account.bring(withdrawn(Takedown(3, upc="00094631432057", title="Tides")), "purge.xml")
    assert words(taking) == ["“Tides” (094631432057), which the message withdraws, is not known here."]
    assert taking.written() == []


# -- rules


NAMES = ("Low Tide", "Quay", "Mole")
ISWCS = ("T0345246801", "T9110536293", "T0700000017")


@st.composite
def files(draw: st.DrawFn) -> list[ReadCatalogue]:
    """Files about the same works, each of which leaves out some of what it could say."""
    made = []
    for _ in range(draw(st.integers(1, 3))):
        rows = []
        for n, title in enumerate(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5))):
            number = NAMES.index(title)
            version = draw(st.sampled_from(("", "Live")))
            code = f"AA6Q7260{number:02d}0{int(bool(version)):02d}" if draw(st.booleans()) else ""
            mbid = f"0e4a1b5c-1111-4a4a-9b9b-0000000{number:02d}{int(bool(version)):03d}"
            others = (WorkIdentifier("mbid", mbid, "MusicBrainz"),) if draw(st.booleans()) else ()
            iswc = ISWCS[number] if draw(st.booleans()) else ""
            song = SongRow(title, iswc, (Writer("Mira Sand"),))
            if draw(st.integers(0, 3)) == 0:
                rows.append(
                    CatalogueRow(
                        n + 20,
                        WorkKind.COMPOSITION,
                        title,
                        ("Mira Sand",) if draw(st.booleans()) else (),
                        identifier=iswc,
                        songs=(song,),
                        other_identifiers=(WorkIdentifier("submitter", f"FN-{number}", "Fieldnote"),),
                    )
                )
            songs = (song,) if draw(st.booleans()) else ()
            row = recording(
                title,
                row=n + 2,
                version=version,
                identifier=code,
                other_identifiers=others,
                songs=songs,
                release_title=draw(st.sampled_from(("", "Tides"))),
                year=draw(st.sampled_from((None, 2025, 2026))),
            )
            rows.append(row)
        made.append(catalogue(*rows))
    return made


@settings(max_examples=150, deadline=None)
@given(files())
def test_importing_twice_is_importing_once(made: list[ReadCatalogue]) -> None:
    account = Account()
    for n, read in enumerate(made):
        account.bring(read, f"{n}.csv")
    before = len(account.works), len(account.releases), len(account.parties)
    last = len(made) - 1
    assert account.bring(made[last], f"{last}.csv").written() == []
    for n, read in enumerate(made):
        account.bring(read, f"{n}.csv")
    assert (len(account.works), len(account.releases), len(account.parties)) == before


@settings(max_examples=150, deadline=None)
@given(files())
def test_the_order_of_files_does_not_change_how_many_works_there_are(made: list[ReadCatalogue]) -> None:
    one, other = Account(), Account()
    for n, read in enumerate(made):
        one.bring(read, f"{n}.csv")
    for n, read in reversed(list(enumerate(made))):
        other.bring(read, f"{n}.csv")
    assert alike(one.works.values()) == alike(other.works.values())
    for account in (one, other):
        for work in account.works.values():
            assert len({note.source for note in work.sources}) == len(work.sources)


def test_shares_are_replaced_as_a_whole(account: Account) -> None:
    halves = (RegisteredShare("MIRA SAND", "writer", "", 5000), RegisteredShare("A", "publisher", "", 5000))
    whole = (RegisteredShare("MIRA SAND", "writer", "", 10000),)
    for shares, name in ((halves, "a.v22"), (whole, "b.v22"), (halves[:1], "c.v22")):
        row = CatalogueRow(
            2, REGISTRATION.rows[0].kind, "Ebb", ("Mira Sand",), shares=shares, identifier="T0345246801"
        )
        account.bring(catalogue(row), name)
    (song,) = account.songs()
    assert song.shares == whole
    assert [each.field for each in disagreements(song)] == ["shares"]


def test_a_song_of_a_table_is_one_song_with_its_writers_and_what_they_hold(account: Account) -> None:
    table = (
        "kind,title,artist,iswc,writers\n"
        'song,Mole,Mira Sand,T0345246801,"Mira Sand (composer, 50 %); Jo Low (lyricist, 50 %)"\n'
        "recording,Mole (Live),Mira Sand,T0345246801,\n"
    )
    account.bring(read_catalogue_table(table.encode(), "own.csv"), "songs.csv")
    (song,) = account.songs()
    assert (song.title, song.relations) == ("Mole", ())
    assert {(c.name, c.role) for c in song.credits} == {
        ("Mira Sand", "main_artist"),
        ("Mira Sand", "composer"),
        ("Jo Low", "lyricist"),
    }
    assert [(s.name, s.performing_bp, s.mechanical_bp) for s in song.shares] == [
        ("Mira Sand", 5000, 5000),
        ("Jo Low", 5000, 5000),
    ]
    live = next(work for work in account.recordings() if work.title == "Mole (Live)")
    assert live.compositions == (song.id,)


def test_what_a_table_lists_for_writers_replaces_no_registration(account: Account) -> None:
    account.bring(REGISTRATION, "registration.v22")
    table = 'title,artist,iswc,writers\nLow Tide,Mira Sand,T0345246801,"Mira Sand (100 %)"\n'
    account.bring(read_catalogue_table(table.encode(), "own.csv"), "table.csv")
    song = next(song for song in account.songs() if song.identifier == "T0345246801")
    assert [share.performing_bp for share in song.shares] == [2500, 2500, 3750, 1250]
    assert "shares" in {each.field for each in disagreements(song)}


def test_a_title_in_capitals_gets_its_case_from_a_source_that_has_it_and_does_not_take_it(
    account: Account,
) -> None:
    account.bring(REGISTRATION, "registration.v22")
    account.bring(LOOKED_UP, "recording.json")
    song = next(song for song in account.songs() if song.identifier == "T0345246801")
    assert (song.title, "LOW TIDE" in song.aliases) == ("Low Tide", False)
    account.bring(REGISTRATION, "again.v22")
    song = next(song for song in account.songs() if song.identifier == "T0345246801")
    assert (song.title, song.aliases) == ("Low Tide", ("EBB", "MARÉE BASSE"))
    assert "title" not in {each.field for each in disagreements(song)}


def test_a_bands_song_is_found_by_its_title_and_a_writer_who_is_no_artist_here() -> None:
    account = Account()
    writers = (Writer("Mira Sand", "composer"), Writer("Jo Low", "lyricist"))
    row = recording(
        "Low Tide", "The Moles", identifier="AA6Q72600077", songs=(SongRow("Low Tide", "", writers),)
    )
    account.bring(catalogue(row), "band.csv")
    taking = account.bring(REGISTRATION, "registration.v22")
    (song,) = account.songs()
    (moles,) = account.parties
    assert (song.artists, song.identifier, len(song.shares)) == ((moles,), "T0345246801", 4)
    assert any("QUAY" not in each and "none of them is an artist here" in each for each in words(taking))
    assert account.bring(REGISTRATION, "registration.v22").written() == []
    assert [party.name for party in account.parties.values()] == ["The Moles"]


def test_a_song_of_the_same_title_by_others_is_not_taken_for_a_bands() -> None:
    account = Account()
    song = SongRow("Low Tide", "", (Writer("Somebody Else", "composer"),))
    account.bring(catalogue(recording("Low Tide", "The Moles", songs=(song,))), "band.csv")
    with pytest.raises(InputProblem, match="none of them is an artist here"):
        account.bring(REGISTRATION, "registration.v22")
    coded = SongRow("Low Tide", "T9110536293", (Writer("Mira Sand", "composer"),))
    account.bring(catalogue(recording("Low Tide", "The Moles", songs=(coded,))), "band.csv")
    with pytest.raises(InputProblem, match="none of them is an artist here"):
        account.bring(REGISTRATION, "registration.v22")


@pytest.mark.parametrize("stands_in", sorted(PLACEHOLDER_ISWCS))
def test_a_placeholder_is_nobodys_iswc_and_stays_what_the_file_said(account: Account, stands_in: str) -> None:
    table = (
        "kind,title,artist,iswc\n"
        f"song,Mole,Mira Sand,{stands_in}\n"
        f"song,Pier,Mira Sand,{stands_in}\n"
        f"recording,Ebb,Mira Sand,{stands_in}\n"
    )
    account.bring(read_catalogue_table(table.encode(), "own.csv"), "own.csv")
    assert {song.title for song in account.songs()} == {"Mole", "Pier", "Ebb"}
    for work in account.works.values():
        assert stands_in not in (work.identifier, *(other.value for other in work.other_identifiers))
    assert SaidField("identifier", stands_in) in account.named("Mole").sources[-1].said


def test_a_placeholder_that_was_taken_for_an_iswc_goes_when_the_song_is_told_again(account: Account) -> None:
    table = read_catalogue_table(b"kind,title,artist,iswc\nsong,Mole,Mira Sand,T0123456789\n", "own.csv")
    account.bring(table, "own.csv")
    (song,) = account.songs()
    account.works[song.id] = replace(song, identifier="T0123456789")
    account.bring(table, "own.csv")
    assert [song.identifier for song in account.songs()] == [""]
    account.bring(read_catalogue_table(table_with("T0345246801"), "own.csv"), "own.csv")
    account.bring(table, "own.csv")
    assert [song.identifier for song in account.songs()] == ["T0345246801"]


def table_with(iswc: str) -> bytes:
    return f"kind,title,artist,iswc\nsong,Mole,Mira Sand,{iswc}\n".encode()
