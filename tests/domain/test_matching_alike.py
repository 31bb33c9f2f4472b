"""What is only alike: bands, what no likeness makes up for, lengths, other identifiers, keys of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.matching import Match, Matchable, MatchIndex, SameVersion, match_words, row_key
from artist_console.domain.matching_artists import artists_of
from artist_console.domain.matching_identifiers import ids_of_address, read_platform_id
from artist_console.domain.matching_scores import CHECK_FROM, LIKELY_FROM, likeness
from artist_console.domain.matching_titles import numbers_in, split_title, tells_apart, title_keys

RESOURCE = Path(__file__).resolve().parents[2] / "resources" / "data" / "match_words.json"
WORDS = match_words(json.loads(RESOURCE.read_text(encoding="utf-8")))
MBID = "0408655f-189f-371b-9c41-ec861e1a7810"


@dataclass(frozen=True)
class Row:
    title: str
    artist: str
    identifier: str = ""
    other_identifiers: tuple[tuple[str, str], ...] = ()
    url: str = ""
    duration_s: Decimal | None = None


def find(works: Iterable[Matchable], row: Row) -> tuple[Match, ...]:
    return MatchIndex(works, WORDS).find(row)


def work(title: str, artist: str, id: str = "w1", length: int | None = None) -> Matchable:
    seconds = None if length is None else Decimal(length)
    return Matchable(WorkId(id), title, (artist,), duration_s=seconds)


def bands(works: Iterable[Matchable], row: Row) -> list[tuple[str, MatchBand]]:
    return [(match.work, match.band) for match in find(works, row)]


LISTED = [
    # ours, theirs, band
    ("Lantern over the Harbour", "Mira Sand", "Lantern over the Harbor", "Mira Sand", MatchBand.LIKELY),
    ("Lantern over the Harbour", "Mira Sand", "Lanterns over Harbour", "Mira Sand", MatchBand.CHECK),
    (
        "Lantern over the Harbour",
        "Mira Sandmann",
        "Lantern over the Harbour",
        "Mira Sandman",
        MatchBand.LIKELY,
    ),
    ("Lantern over the Harbour", "Mira Sand", "Lantern over the Harbour", "Mira Sant", MatchBand.CHECK),
    (
        "Lantern over the Harbour",
        "Mira Sandmann",
        "Lantern ovr the Harbour",
        "Mira Sandman",
        MatchBand.LIKELY,
    ),
    ("Family", "Mira Sand", "Faimly", "Mira Sand", MatchBand.CHECK),
    ("Low Tide", "Komiku", "Low Tide", "Komiuk", MatchBand.CHECK),
    (
        "Lantern over the Harbour",
        "Mira Sand",
        "Lantern over the Harbor",
        "Mira Sand feat. Jo",
        MatchBand.LIKELY,
    ),
    ("Lantern over the Harbour", "Mira Sand", "Lantern over the Harbor (Live)", "Mira Sand", MatchBand.CHECK),
]


@pytest.mark.parametrize(("title", "artist", "theirs", "by", "band"), LISTED)
def test_what_is_alike_has_the_band_of_its_lower_score(
    title: str, artist: str, theirs: str, by: str, band: MatchBand
) -> None:
    assert bands([work(title, artist)], Row(theirs, by)) == [("w1", band)]


@pytest.mark.parametrize(
    ("title", "theirs"),
    [
        ("Sonata No. 9 in D Part II", "Sonata No. 9 in D Part III"),
        ("Prelude and Fugue BWV 865", "Prelude and Fugue BWV 855"),
        ("Concerto for Harbour in D", "Concerto for Harbour in E"),
        ("Concerto for Harbour in A major", "Concerto for Harbour in A minor"),
        ("Harbour Theme T", "Harbour Theme I"),
        ("Vacuum my mind 1B", "Vacuum my mind 1C"),
        ("Evening with Lanterns 1", "Evening with Lanterns 2"),
        ("Untitled", "Untitledd"),
        ("Lantern over the Harbour", "Harbour over the Lantern"),
        ("Low", "Lov"),
    ],
)
def test_what_is_no_likeness(title: str, theirs: str) -> None:
    assert find([work(title, "Mira Sand")], Row(theirs, "Mira Sand")) == ()


def test_other_numbers_in_a_name_are_another_name() -> None:
    assert (
        find(
            [work("Lantern over the Harbour", "Station 181")], Row("Lantern over the Harbour", "Station 182")
        )
        == ()
    )


def test_statements_never_match_what_is_only_alike() -> None:
    index = MatchIndex([work("Lantern over the Harbour", "Mira Sand")], WORDS)
    assert index.match(Row("Lantern over the Harbor", "Mira Sand")) == ()
    assert len(index.match(Row("Lantern over the Harbour", "Mira Sand"))) == 1


def test_what_is_equal_leaves_no_room_for_what_is_alike() -> None:
    works = [work("Lantern over Harbours", "Mira Sand", "a"), work("Lantern over Harbour", "Mira Sand", "b")]
    assert bands(works, Row("Lantern over Harbour", "Mira Sand")) == [("b", MatchBand.KEY)]


def test_several_recordings_of_one_song_are_all_listed_without_naming_one() -> None:
    works = [work("Low Tide", "Mira Sand", "a"), work("Low Tide", "Mira Sand", "b")]
    found = find(works, Row("Low Tide", "Mira Sand"))
    assert {match.work for match in found} == {"a", "b"}
    assert {match.words for match in found} == {"listed: which recording is not known"}


@pytest.mark.parametrize(
    ("ours", "theirs", "title", "band"),
    [
        (200, 201, "Lanterns over Harbour", MatchBand.LIKELY),
        (200, 204, "Lanterns over Harbour", MatchBand.LIKELY),  # 2 %
        (200, 208, "Lanterns over Harbour", MatchBand.CHECK),
        (200, 240, "Lanterns over Harbour", None),
        (200, 240, "Lantern over the Harbor", MatchBand.CHECK),
        (200, 240, "Lantern over the Harbour", MatchBand.LIKELY),
        (200, 200, "Lantern over the Harbour", MatchBand.KEY),
        (None, 200, "Lanterns over Harbour", MatchBand.CHECK),
    ],
)
def test_length_lifts_and_lowers(ours: int | None, theirs: int, title: str, band: MatchBand | None) -> None:
    row = Row(title, "Mira Sand", duration_s=Decimal(theirs))
    found = find([work("Lantern over the Harbour", "Mira Sand", length=ours)], row)
    assert [match.band for match in found] == ([] if band is None else [band])


def test_equal_title_and_artist_of_another_length_say_so() -> None:
    row = Row("Low Tide", "Mira Sand", duration_s=Decimal(300))
    (found,) = find([work("Low Tide", "Mira Sand", length=200)], row)
    assert found.words == "likely listed: title and artist are the same, the length differs"


@pytest.mark.parametrize(
    ("ours", "row"),
    [
        (("mbid", MBID), Row("?", "?", other_identifiers=(("mbid", MBID),))),
        (("mbid", MBID), Row("?", "?", url=f"https://musicbrainz.org/recording/{MBID}")),
        (("youtube", "dQw4w9WgXcQ"), Row("?", "?", url="https://youtu.be/dQw4w9WgXcQ")),
        (
            ("url", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
            Row("", "", other_identifiers=(("youtube", "dQw4w9WgXcQ"),)),
        ),
        (("url", "https://www.example.org/low/"), Row("?", "?", url="http://example.org/low")),
        (("spotify", "4uLU6hMCjMI75M1A2tKUQC"), Row("", "", url="spotify:track:4uLU6hMCjMI75M1A2tKUQC")),
    ],
)
def test_an_equal_id_or_address_decides(ours: tuple[str, str], row: Row) -> None:
    low = Matchable(WorkId("w1"), "Low Tide", ("Mira Sand",), other_identifiers=(ours,))
    found = find([low, work("Other", "Jo Low", "w2")], row)
    assert [(match.work, match.band) for match in found] == [("w1", MatchBand.IDENTIFIER)]
    assert found[0].words.startswith("listed: this recording, by its ")


def test_another_mbid_is_another_recording() -> None:
    low = Matchable(WorkId("w1"), "Low Tide", ("Mira Sand",), other_identifiers=(("mbid", MBID),))
    found = find([low], Row("Low Tide", "Mira Sand", other_identifiers=(("mbid", MBID.replace("0", "1")),)))
    assert [(match.band, match.other_identifier) for match in found] == [(MatchBand.KEY, True)]


def test_numbers_of_submitters_decide_nothing() -> None:
    low = Matchable(WorkId("w1"), "Low Tide", ("Mira Sand",), other_identifiers=(("submitter", "1"),))
    assert find([low], Row("Ebb", "Jo", other_identifiers=(("submitter", "1"),))) == ()


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("https://music.youtube.com/watch?v=dQw4w9WgXcQ&t=3", {("youtube", "dQw4w9WgXcQ")}),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", {("youtube", "dQw4w9WgXcQ")}),
        (
            "https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC?si=1",
            {("spotify", "4uLU6hMCjMI75M1A2tKUQC")},
        ),
        ("https://www.deezer.com/fr/track/3135556", {("deezer", "3135556")}),
        ("https://music.apple.com/us/album/x/1?i=203709340", {("apple_music", "203709340")}),
        ("https://notyoutube.com/watch?v=dQw4w9WgXcQ", set()),
        ("https://example.org", set()),
        ("http://[::1", set()),
        ("ftp://example.org/a", set()),
        ("low tide", set()),
        ("", set()),
    ],
)
def test_ids_in_addresses(address: str, ids: set[tuple[str, str]]) -> None:
    assert {each for each in ids_of_address(address) if each[0] != "address"} == ids


def test_a_front_page_names_nothing_and_an_address_has_one_spelling() -> None:
    assert ids_of_address("https://example.org/") == ()
    assert ids_of_address("https://www.Example.org/low/") == ids_of_address("example.org/low")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("mbid", MBID.upper(), MBID),
        ("mbid", MBID.replace("-", ""), MBID),
        ("youtube", "https://youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("youtube", "dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("youtube", "short", ""),
        ("spotify", "spotify:track:4uLU6hMCjMI75M1A2tKUQC", "4uLU6hMCjMI75M1A2tKUQC"),
        ("deezer", "12x", ""),
    ],
)
def test_platform_ids_have_one_spelling(kind: str, text: str, value: str) -> None:
    assert read_platform_id(kind, text) == value


@given(st.text(max_size=80))
def test_any_text_may_stand_for_an_address(text: str) -> None:
    for kind, value in ids_of_address(text):
        assert kind
        assert value


def test_a_generic_title_of_an_artist_with_two_spellings_is_found() -> None:
    intro = Matchable(WorkId("w1"), "Intro", ("Saeko", "さえこ", "Saeko S."), artist_count=1)
    assert bands([intro], Row("Intro", "さえこ")) == [("w1", MatchBand.KEY)]
    assert find([intro], Row("Intro", "Saeko & Jo Low")) == ()


@pytest.mark.parametrize(
    ("title", "theirs"),
    [
        ("Harbour", "harbour.mp3"),
        ("Harbour", "Harbour.WAV (feat. Jo)"),
        ("IV", "ив"),
        ("=", "= (Live)"),
        ("Ebb ‐ Live", "Ebb - Live"),
    ],
)
def test_more_spellings_of_one_title(title: str, theirs: str) -> None:
    assert bands([work(title, "Mira Sand")], Row(theirs, "Mira Sand")) == [("w1", MatchBand.KEY)]


def test_rows_that_say_the_same_have_one_key_in_any_list() -> None:
    one = row_key("Low Tide (feat. Jo)", "The Mira Sand & Ada", "", WORDS)
    assert one == row_key("LOW TIDE", "Ada, Mira Sand", "", WORDS) == "low tide|ada,mira sand|"
    assert row_key("Low Tide - Remastered 2011", "Ada, Mira Sand", "", WORDS) == one
    assert row_key("Low Tide (Live)", "Ada, Mira Sand", "", WORDS) == "low tide ~live|ada,mira sand|"
    assert row_key("Low Tide", "Ada", "AA6Q72000047", WORDS) == "low tide|ada|AA6Q72000047"
    assert row_key("|||", "a|b", "", WORDS).count("|") == 2


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_key_has_three_parts(title: str, artist: str) -> None:
    assert row_key(title, artist, "", WORDS).count("|") == 2


# Against all pairs

_TITLES = st.sampled_from(
    [
        *("Lantern over Harbour", "Lanterns over Harbour", "Lantern over Harbor", "Lantern over Harbour 2"),
        *("Intro", "Harbour", "Harbuor", "Ebb", "Ebbe", "Harbour (Live)", "Лантерн", "Lantern", ""),
    ]
)
_ARTISTS = st.sampled_from(
    [
        "Mira Sand",
        "Mira Sant",
        "Jo Low",
        "Mira Sand & Jo Low",
        "Various Artists",
        "The Mira Sand",
        "Мира Санд",
        "",
    ]
)


def naive(works: list[Matchable], row: Row) -> set[tuple[str, MatchBand]]:
    """What is alike, by looking at every pair; only where nothing is equal."""
    found: set[tuple[str, MatchBand, int]] = set()
    keys = [
        k for k in title_keys(split_title(row.title, WORDS).title, WORDS) if k not in WORDS.generic_titles
    ]
    theirs = artists_of((row.artist,), WORDS)
    for each in works:
        ours = artists_of(each.artists, WORDS)
        best = 0
        for mine in title_keys(split_title(each.title, WORDS).title, WORDS):
            for key in keys:
                if mine in WORDS.generic_titles or tells_apart(mine) != tells_apart(key):
                    continue
                for name in ours.each:
                    for other in theirs.each:
                        near = mine == key or name == other or (mine[:3], name[:3]) == (key[:3], other[:3])
                        if near and numbers_in(name) == numbers_in(other):
                            best = max(best, min(likeness(mine, key), likeness(name, other)))
        if best >= CHECK_FROM:
            live = {"(Live)" in each.title, "(Live)" in row.title}
            band = MatchBand.LIKELY if best >= LIKELY_FROM and len(live) == 1 else MatchBand.CHECK
            found.add((each.work, band, best))
    top = max((score for *_, score in found), default=0)
    return {(id, band) for id, band, score in found if score == top}


@settings(max_examples=300)
@given(st.lists(st.tuples(_TITLES, _ARTISTS), max_size=5), _TITLES, _ARTISTS)
def test_the_index_agrees_with_looking_at_every_pair(
    catalogue: list[tuple[str, str]], title: str, artist: str
) -> None:
    works = [work(t, a, str(n)) for n, (t, a) in enumerate(catalogue)]
    index = MatchIndex(works, WORDS)
    row = Row(title, artist)
    exact = index.match(row)
    if exact:
        assert index.find(row) == exact
    else:
        assert {(match.work, match.band) for match in index.find(row)} == naive(works, row)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_ratio_but_for_one_slip(one: str, other: str) -> None:
    score, ratio = likeness(one, other), fuzz.ratio(one, other)
    assert score == int(ratio) if ratio >= CHECK_FROM else score in (0, CHECK_FROM)


def test_a_version_that_differs_is_said() -> None:
    (found,) = find(
        [work("Lantern over the Harbour", "Mira Sand")], Row("Lantern over the Harbor (Live)", "Mira Sand")
    )
    assert found.version is SameVersion.NO
    assert found.words == "perhaps listed: title and artist are alike, as another version"
    assert found.score is not None
    assert found.score >= LIKELY_FROM


@pytest.mark.parametrize(
    ("title", "artist", "found"),
    [
        ("Mira Sand - Low Tide (Official Video)", "Some Channel", True),
        ("MIRA SAND - Low Tide (Live)", "", True),
        ("Low Tide - Mira Sand", "Some Channel", False),
        ("Jo Low - Low Tide", "Some Channel", False),
        ("Mira Sand - Low Tides", "Some Channel", False),
        ("Mira Sand - Intro", "Some Channel", False),
    ],
)
def test_a_title_that_names_the_artist_is_likely(title: str, artist: str, found: bool) -> None:
    works = [work("Low Tide", "Mira Sand"), work("Intro", "Mira Sand", "w2")]
    hits = find(works, Row(title, artist))
    assert [(hit.work, hit.band) for hit in hits] == ([("w1", MatchBand.LIKELY)] if found else [])
    assert all("the title names the artist" in hit.words for hit in hits)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_texts_may_be_compared(title: str, artist: str, theirs: str, by: str) -> None:
    for match in find([work(title, artist)], Row(theirs, by)):
        assert match.words
        assert match.score is None or CHECK_FROM <= match.score <= 100
