"""Comparing titles and artists: what is the same, what only looks the same, and that it is fast enough."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.matching import (
    Match,
    Matchable,
    MatchIndex,
    SameVersion,
    SplitTitle,
    fold,
    match_words,
    numbers_in,
    split_artists,
    split_title,
    title_key,
    version_kinds,
)

RESOURCE = Path(__file__).resolve().parents[2] / "resources" / "data" / "match_words.json"
WORDS = match_words(json.loads(RESOURCE.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Row:
    title: str
    artist: str
    identifier: str = ""


def matches(works: Iterable[Matchable], row: Row) -> tuple[Match, ...]:
    return MatchIndex(works, WORDS).match(row)


def work(title: str, *artists: str, id: str = "w1", **more: str) -> Matchable:
    return Matchable(WorkId(id), title, artists, more.get("version", ""), (), more.get("identifier", ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Señorita", "SENORITA"),
        ("Don’t Stop", "Dont stop"),
        ("I´m Here", "I'm here"),
        ("ﬁne ＡＢＣ", "fine abc"),
        ("Straße", "STRASSE"),
        ("Mötley", "motley"),
    ],
)
def test_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_folding_keeps_the_marks_that_belong_to_letters() -> None:
    assert fold("がぎ") == "がぎ"
    assert fold("한국") == "한국"
    assert fold("हिन्दी") == "हिन्दी"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("delivered", "split"),
    [
        ("Low Tide (feat. Mira Sand)", SplitTitle("Low Tide", "", ("Mira Sand",))),
        ("Low Tide ft. Mira Sand & Jo Low", SplitTitle("Low Tide", "", ("Mira Sand", "Jo Low"))),
        ("Low Tide (with Mira Sand) [Live]", SplitTitle("Low Tide", "Live", ("Mira Sand",))),
        ("Low Tide - Remastered 2011", SplitTitle("Low Tide", "Remastered 2011")),
        ("Low Tide - 2011 Remaster", SplitTitle("Low Tide", "2011 Remaster")),
        ("Low Tide (Radio Edit)", SplitTitle("Low Tide", "Radio Edit")),
        ("Low Tide (Harbour Remix)", SplitTitle("Low Tide", "Harbour Remix")),
        ("Low Tide (Live at the Pier, 1999)", SplitTitle("Low Tide", "Live at the Pier, 1999")),
        ("Low Tide (Live at the Pier, Somewhere)", SplitTitle("Low Tide", "Live at the Pier, Somewhere")),
        ("Low Tide (Live at the Pier 1999)", SplitTitle("Low Tide", "Live at the Pier 1999")),
        ("Low Tide (Live / Remastered)", SplitTitle("Low Tide", "Live / Remastered")),
        ("Low Tide (feat. Mira Sand) - Acoustic", SplitTitle("Low Tide", "Acoustic", ("Mira Sand",))),
        ("Low Tide feat. Mira Sand - Acoustic", SplitTitle("Low Tide", "Acoustic", ("Mira Sand",))),
        ("Low Tide (Where Rivers End)", SplitTitle("Low Tide (Where Rivers End)")),
        ("Stuck (With You)", SplitTitle("Stuck (With You)")),
        ("Dance (Take Me Home)", SplitTitle("Dance (Take Me Home)")),
        ("Live", SplitTitle("Live")),
        ("(Live)", SplitTitle("(Live)")),
        ("Preludes - La puerta", SplitTitle("Preludes - La puerta")),
        ("Low Tide ft. Mira Sand (Prod. Jo Low)", SplitTitle("Low Tide", "", ("Mira Sand",))),
        ("Low Tide (Produced by Jo Low)", SplitTitle("Low Tide")),
        ("Song (feat. Mira Sand", SplitTitle("Song", "", ("Mira Sand",))),
        ("", SplitTitle("")),
    ],
)
def test_versions_and_guests_are_taken_off_a_title(delivered: str, split: SplitTitle) -> None:
    assert split_title(delivered, WORDS) == split


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rock & Roll", "Rock and Roll"),
        ("Sonata No. 9 Part II", "sonata no 9, pt. 2"),
        ("Symphony IX", "Symphony 9"),
        ("Nocturne Op.9 No.2", "Nocturne, Opus 9, Nr. 2"),
        ("Volume IV", "Vol. 4"),
        ("For_God_And_Country", "For God and Country"),
        ("Act V", "Act 5"),
    ],
)
def test_titles_that_are_the_same(one: str, other: str) -> None:
    assert title_key(one, WORDS) == title_key(other, WORDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sonata No. 9 in D", "Sonata No. 8 in D"),
        ("Part II", "Part III"),
        ("Prelude BWV 865", "Prelude BWV 855"),
        ("DJ TIME 9", "DJ TIME 19"),
        ("I Love You", "1 Love You"),
        ("Number One", "No One"),
        ("???", "!!!"),
        ("Prelude in C", "Prelude in D"),
    ],
)
def test_titles_that_only_look_alike(one: str, other: str) -> None:
    assert title_key(one, WORDS) != title_key(other, WORDS)


def test_numbers_of_a_title_are_found_in_order() -> None:
    assert numbers_in(title_key("Sonata No. 9 in D, Part II", WORDS)) == ("9", "2")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mira Sand, Jo Low & The Piers", ("Mira Sand", "Jo Low", "The Piers")),
        ("Mira Sand feat. Jo Low", ("Mira Sand", "Jo Low")),
        ("Mira Sand (feat. Jo Low)", ("Mira Sand", "Jo Low")),
        ("Mira Sand x Jo Low", ("Mira Sand", "Jo Low")),
        ("Mira Sand、Jo Low，Ada", ("Mira Sand", "Jo Low", "Ada")),
        ("Mira Sand vs. Jo Low", ("Mira Sand", "Jo Low")),
        ("Earth, Wind & Fire", ("Earth, Wind & Fire",)),
        ("Tyler, The Creator", ("Tyler, The Creator",)),
        ("Mira Sand & Simon & Garfunkel", ("Mira Sand", "Simon & Garfunkel")),
        ("Earth, Wind & Fire feat. Mira Sand", ("Earth, Wind & Fire", "Mira Sand")),
        ("AC/DC", ("AC/DC",)),
        ("Roxanne Max", ("Roxanne Max",)),
        ("", ()),
    ],
)
def test_artists_are_split_and_protected_names_stay_whole(text: str, names: tuple[str, ...]) -> None:
    assert split_artists(text, WORDS) == names


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Remastered 2011", {"remaster"}),
        ("Remastered Live Version", {"live", "remaster", "edit"}),
        ("Original Mix", {"edit"}),
        ("Radio Edit", {"edit"}),
        ("Harbour Remix", {"remix"}),
        ("Where Rivers End", set()),
        ("2011", set()),
    ],
)
def test_kinds_of_versions(text: str, kinds: set[str]) -> None:
    assert version_kinds(text, WORDS) == kinds


@pytest.mark.parametrize(
    ("row", "version"),
    [
        (Row("LOW TIDE", "mira sand"), SameVersion.NOT_STATED),
        (Row("Low Tide (feat. Jo Low)", "Mira Sand"), SameVersion.NOT_STATED),
        (Row("Low Tide - Remastered 2011", "The Mira Sand"), SameVersion.NOT_STATED),
        (Row("Low Tide", "Mira Sand & Jo Low"), SameVersion.NOT_STATED),
        (Row("Low Tide (Live)", "Jo Low, Mira Sand"), SameVersion.NO),
        (Row("Lów Tidë", "Mïra Sand"), SameVersion.NOT_STATED),
    ],
)
def test_equal_keys_are_listed_without_naming_a_recording(row: Row, version: SameVersion) -> None:
    assert matches([work("Low Tide", "Mira Sand")], row) == (Match(WorkId("w1"), MatchBand.KEY, version),)


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Low Tide (Harbour Remix)", "Low Tide - Harbour Remix", SameVersion.YES),
        ("Low Tide (Harbour Remix)", "Low Tide (Pier Remix)", SameVersion.NO),
        ("Low Tide (Harbour Remix)", "Low Tide (Remix)", SameVersion.NOT_STATED),
        ("Low Tide (Harbour Remix)", "Low Tide", SameVersion.NO),
        ("Low Tide (Live)", "Low Tide (Acoustic)", SameVersion.NO),
        ("Low Tide (Radio Edit)", "Low Tide", SameVersion.NOT_STATED),
        ("Low Tide", "Low Tide", SameVersion.NOT_STATED),
    ],
)
def test_versions_are_told_apart_as_far_as_their_words_go(ours: str, theirs: str, same: SameVersion) -> None:
    found = matches([work(ours, "Mira Sand")], Row(theirs, "Mira Sand"))
    assert [match.version for match in found] == [same]


@pytest.mark.parametrize(
    "row",
    [
        Row("Low Tide", "Jo Low"),
        Row("Low Tides", "Mira Sand"),
        Row("Low Tide 2", "Mira Sand"),
        Row("Low Tide", ""),
        Row("", "Mira Sand"),
        Row("Low Tide", "Various Artists"),
    ],
)
def test_what_is_no_match(row: Row) -> None:
    assert matches([work("Low Tide", "Mira Sand")], row) == ()


def test_nobody_matches_nobody() -> None:
    assert matches([work("Low Tide", "Unknown Artist")], Row("Low Tide", "Unknown Artist")) == ()


def test_an_identifier_decides_whatever_the_title_says() -> None:
    found = matches(
        [work("Low Tide", "Mira Sand", identifier="AA6Q72000047")], Row("Ebbe", "?", "AA6Q72000047")
    )
    assert [match.band for match in found] == [MatchBand.IDENTIFIER]
    assert "identifier" in found[0].words


def test_another_identifier_under_the_same_name_is_said_to_be_another_recording() -> None:
    found = matches(
        [work("Low Tide", "Mira Sand", identifier="AA6Q72000047")],
        Row("Low Tide", "Mira Sand", "AA6Q72000048"),
    )
    assert [(match.band, match.other_identifier) for match in found] == [(MatchBand.KEY, True)]
    assert "another recording" in found[0].words


def test_an_iswc_does_not_contradict_an_isrc() -> None:
    found = matches(
        [work("Low Tide", "Mira Sand", identifier="T0345246801")],
        Row("Low Tide", "Mira Sand", "AA6Q72000047"),
    )
    assert not found[0].other_identifier


def test_a_generic_title_needs_exactly_the_same_artists() -> None:
    intro = work("Intro", "Mira Sand", "Jo Low")
    assert matches([intro], Row("Intro", "Mira Sand")) == ()
    assert len(matches([intro], Row("Intro", "Jo Low & Mira Sand"))) == 1


def test_a_title_in_another_script_matches_by_its_alias_and_by_its_latin_letters() -> None:
    yume = Matchable(WorkId("w1"), "Yume no Lullaby", ("Saeko", "さえこ"), "", ("夢のララバイ",))
    assert len(matches([yume], Row("夢のララバイ", "さえこ"))) == 1
    assert len(matches([work("Мелодия", "Мира")], Row("Melodiya", "Mira"))) == 1


def test_two_works_of_one_name_are_both_named() -> None:
    found = matches(
        [work("Low Tide", "Mira Sand", id="a"), work("Low Tide (Live)", "Mira Sand", id="b")],
        Row("Low Tide", "Mira Sand"),
    )
    assert {(match.work, match.version) for match in found} == {
        ("a", SameVersion.NOT_STATED),
        ("b", SameVersion.NO),
    }


@pytest.mark.parametrize("piece", [" - Live", " (Live)", " feat. A", ", A", " & ", "(", " - "])
def test_texts_without_end_do_not_take_ever_longer(piece: str) -> None:
    text = "Low Tide" + piece * 15_000
    assert split_title(text, WORDS).title
    assert split_artists(text, WORDS)
    assert matches([work(text, text)], Row(text, text))


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_work_with_a_title_and_an_artist_matches_itself_unless_nobody_is_named(
    title: str, artist: str
) -> None:
    found = matches([work(title, artist)], Row(title, artist))
    named = any(split_artists(artist, WORDS)) and fold(artist).strip() not in WORDS.no_artist
    if title.strip() and named and artist.isalpha() and title.isalpha():
        assert [match.band for match in found] == [MatchBand.KEY]


def test_the_list_of_a_published_model_matches_itself(shared_data: Path) -> None:
    """13,874 rows against as many works: what is lost is only what cannot be told apart."""
    import csv
    import gzip

    path = shared_data / "datasets" / "stable-audio-open-fma" / "fma_dataset_attribution2.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [Row(row["title"], row["author"]) for row in csv.DictReader(file)]
    index = MatchIndex((work(row.title, row.artist, id=str(n)) for n, row in enumerate(rows)), WORDS)
    missed = [row for n, row in enumerate(rows) if str(n) not in {match.work for match in index.match(row)}]
    assert len(rows) == 13_874
    assert len(missed) < 60, missed[:40]
