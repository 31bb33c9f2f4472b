"""What is publicly known of organisations and datasets: each sentence has its source and day."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from artist_console.commands.directory import known_datasets, organisations
from artist_console.domain.directory import KnownDataset, recognise_list
from artist_console.domain.parties import OrganisationRole

LATEST = date(2030, 1, 1)


def is_source(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and "." in parts.netloc and " " not in address


def test_every_announcement_has_a_source_and_two_days_and_says_that_it_is_one() -> None:
    keys = [each.key for each in organisations()]
    assert len(set(keys)) == len(keys)
    for organisation in organisations():
        assert is_source(organisation.home), organisation.key
        assert organisation.roles
        assert organisation.announcements, organisation.key
        for each in organisation.announcements:
            assert is_source(each.source), each.title
            assert date(2023, 1, 1) < each.on <= each.checked_on < LATEST, each.title
            assert each.title
            assert each.with_
            assert organisation.name not in each.with_
            assert each.says.endswith(".")
            # What somebody said, as such: nothing here is stated as a fact about an artist or a work.
            said = ("announced", "said", "reported")
            assert any(word in each.says for word in said), each.says
            assert "published" in each.says, each.says


def test_the_organisations_of_the_first_announcement_are_here_and_agree_on_it() -> None:
    told = {
        each.key: [a for a in each.announcements if a.on == date(2025, 10, 16)] for each in organisations()
    }
    assert {key for key, found in told.items() if found} == {
        "spotify",
        "sony-music",
        "universal-music",
        "warner-music",
        "merlin",
        "believe",
    }
    assert len({a.source for found in told.values() for a in found}) == 1
    roles = {each.key: each.roles for each in organisations()}
    assert roles["spotify"] == (OrganisationRole.OPERATOR,)
    assert roles["merlin"] == (OrganisationRole.LICENSING_BODY,)
    assert "tunecore" in roles


def test_an_announcement_of_two_organisations_is_told_alike_by_both() -> None:
    by_name = {each.name: each for each in organisations()}
    for organisation in organisations():
        for each in organisation.announcements:
            for other in each.with_:
                if other in by_name and other != "Believe":  # of TuneCore it is told as its owner's
                    same = [
                        a for a in by_name[other].announcements if (a.on, a.source) == (each.on, each.source)
                    ]
                    assert same, (organisation.name, each.title, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("umg", {"universal-music"}),
        ("WARNER music", {"warner-music", "spotify"}),
        ("udio", {"universal-music", "warner-music", "merlin", "believe", "tunecore"}),
        ("nobody at all", set()),
    ],
)
def test_organisations_are_found_by_names_and_partners(text: str, found: set[str]) -> None:
    assert {each.key for each in organisations(text)} == found


def test_whose_own_name_it_is_comes_first() -> None:
    assert organisations("warner")[0].key == "warner-music"
    assert organisations("merlin")[0].key == "merlin"
    assert len(organisations()) == len(organisations(" ")) == 7


def test_every_dataset_and_every_model_documented_for_it_has_a_source() -> None:
    keys = [each.key for each in known_datasets()]
    assert len(set(keys)) == len(keys)
    for dataset in known_datasets():
        assert is_source(dataset.page), dataset.key
        assert dataset.checked_on is None or date(2023, 1, 1) < dataset.checked_on < LATEST
        assert dataset.signs
        assert all(sign.columns or sign.file_words for sign in dataset.signs), dataset.key
        assert dataset.documented or dataset.says, dataset.key
        for model in dataset.documented:
            assert is_source(model.source), (dataset.key, model.name)
            assert model.publisher
            assert model.says.endswith(".")
            assert any(word in model.says for word in ("says", "say", "describes", "name")), model.says


def recognised(columns: list[str], name: str) -> str:
    found = recognise_list(known_datasets(), columns, name)
    return found.key if found is not None else ""


@pytest.mark.parametrize(
    ("columns", "name", "key"),
    [
        ("id,title,author,license,url", "fma_dataset_attribution2.csv.gz", "stable-audio-open-fma"),
        ("id,title,author,license,url", "my songs.csv", ""),
        ("id,username,title,license", "freesound_dataset_attribution2.csv", "stable-audio-open-freesound"),
        (
            "SONG_ID,title,Artist_Names,artist_ids,album_name,album_id,isexplicit",
            "train.csv",
            "laion-disco-12m",
        ),
        ("a,b", "LAION-DISCO-12M.jsonl", "laion-disco-12m"),
        ("ytid,start_s,end_s,audioset_positive_labels,aspect_list,caption", "x.csv", "musiccaps"),
        ("TRACK_ID,ARTIST_ID,ALBUM_ID,TRACK_NAME,ARTIST_NAME,URL", "raw.meta.tsv", "mtg-jamendo"),
        ("title,artist,isrc", "catalogue.csv", ""),
        ("title,artist", "a million songs.csv", ""),
        ("title,artist", "famous salamander metadata.csv", ""),
        ("", "", ""),
    ],
)
def test_a_list_is_recognised_by_its_columns_and_its_name_and_a_catalogue_is_not(
    columns: str, name: str, key: str
) -> None:
    assert recognised(columns.split(","), name) == key


def test_every_sign_recognises_its_own_dataset() -> None:
    for dataset in known_datasets():
        for sign in dataset.signs:
            name = "_".join(sorted(sign.file_words)) + ".csv"
            found = recognise_list(known_datasets(), sorted(sign.columns), name)
            assert found is not None
            assert found.key == dataset.key, (dataset.key, sign)


def test_the_real_lists_are_recognised(shared_data: Path) -> None:
    expected = {
        "billboard-mcgill": "mcgill-billboard",
        "harmonix": "harmonix",
        "salami": "salami",
        "stable-audio-open-fma": "stable-audio-open-fma",
    }
    for folder, key in expected.items():
        (path,) = (shared_data / "datasets" / folder).glob("*.csv.gz")
        header = gzip.decompress(path.read_bytes()).split(b"\n", 1)[0].decode().strip()
        found: KnownDataset | None = recognise_list(known_datasets(), header.split(","), path.name)
        assert found is not None
        assert found.key == key
