"""The description of a report: one spelling, nothing that is not understood, and newer told from odd."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.data_package import (
    DESCRIPTOR,
    MAX_DESCRIPTOR_BYTES,
    MalformedDescriptor,
    NewerFormat,
    descriptor_bytes,
    read_descriptor,
)
from artist_console.formats.report_privacy import content_for
from tests.formats.damage import damaged
from tests.formats.report_world import all_rows, answered_world, files_in, header, report_of

BYTES = files_in(report_of(content_for(all_rows(answered_world()), header())))[DESCRIPTOR]


def test_a_description_is_read_back_as_it_was_and_names_every_file_in_its_order() -> None:
    read = read_descriptor(BYTES)
    assert descriptor_bytes(read) == BYTES
    assert read.header == header()
    assert list(read.listed)[:2] == ["overview.csv", "parties.csv"]
    assert list(read.listed)[-1] == "README.txt"
    works = read.resource("works")
    assert works is not None
    assert read.listed["works.csv"] == (works.bytes, works.sha256)
    assert read.artist_console.tables["works"].rows == 3
    assert [(artist.id, artist.n) for artist in read.artist_console.artists] == [("mara", 3)]


def _changed(change: Callable[[Any], object]) -> bytes:
    plain = json.loads(BYTES)
    change(plain)
    return canonical_bytes(plain)


def _own(**more: object) -> Callable[[Any], object]:
    return lambda plain: plain["artist_console"].update(more)


def test_a_newer_version_is_told_whatever_else_it_says() -> None:
    with pytest.raises(NewerFormat):
        read_descriptor(_changed(_own(version=3)))
    with pytest.raises(NewerFormat):
        read_descriptor(
            canonical_bytes({"artist_console": {"format": "artist-console-report", "version": 3, "else": []}})
        )


@pytest.mark.parametrize(
    "change",
    [
        _own(format="something"),
        _own(version=1),
        _own(version="2"),
        _own(later=1),
        _own(tables={}),
        _own(redaction={}),
        lambda plain: plain.update(later=1),
        lambda plain: plain.update(title="Another"),
        lambda plain: plain.update(created="2025-11-18T13:00:01Z"),
        lambda plain: plain.update(name="another"),
        lambda plain: plain.update(profile="tabular-data-package"),
        lambda plain: plain.update(contributors=[]),
        lambda plain: plain["contributors"][0].update(title="Somebody else"),
        lambda plain: plain["artist_console"]["artists"].clear(),
        lambda plain: plain["artist_console"]["artists"].append(plain["artist_console"]["artists"][0]),
        lambda plain: plain.pop("resources"),
        lambda plain: plain["artist_console"]["header"].update(later=1),
        lambda plain: plain["artist_console"]["header"].update(instant="2025-11-18T12:00:00"),
        lambda plain: plain["artist_console"]["header"].update(made_at="0001-01-01T00:00:00+14:00"),
        lambda plain: plain["artist_console"]["header"].update(instant="9999-12-31T23:59:59-14:00"),
        lambda plain: plain["artist_console"]["files"].append(plain["artist_console"]["files"][0]),
        lambda plain: plain["artist_console"]["files"][0].update(name="../evil.txt"),
        lambda plain: plain["artist_console"]["files"][0].update(name="WORKS.csv"),
        lambda plain: plain["artist_console"]["files"][0].update(hash="md5:00"),
        lambda plain: plain["resources"].append(plain["resources"][0]),
        lambda plain: plain["resources"][0].update(path="works.csv"),
        lambda plain: plain["resources"][0].update(path=["overview.csv"]),
        lambda plain: plain["resources"][0].update(data=[]),
        lambda plain: plain["resources"][0].update(bytes=1.5),
    ],
)
def test_a_description_that_makes_no_sense_is_refused(change: Callable[[Any], object]) -> None:
    try:
        spelled = _changed(change)
    except ValueError:  # a fraction has no canonical spelling
        spelled = BYTES.replace(b'"bytes":', b'"bytes":1.5,"bites":', 1)
    with pytest.raises(MalformedDescriptor):
        read_descriptor(spelled)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b" " + BYTES,
        BYTES + b"\n",
        b"\xef\xbb\xbf" + BYTES,
        json.dumps(json.loads(BYTES)).encode(),
        BYTES.replace(b'{"artist_console"', b'{"added":NaN,"artist_console"'),
        BYTES.replace(b'"version":2', b'"version":1,"version":2'),
        b" " * (MAX_DESCRIPTOR_BYTES + 1),
    ],
)
def test_anything_but_the_one_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedDescriptor):
        read_descriptor(data)


@given(damaged([BYTES]))
@settings(deadline=None)
def test_no_damage_makes_the_reader_stumble(data: bytes) -> None:
    try:
        assert descriptor_bytes(read_descriptor(data)) == data
    except (MalformedDescriptor, NewerFormat):
        assert data != BYTES


@given(
    st.text(max_size=30),
    st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
@settings(deadline=None)
def test_any_title_and_time_travel(title: str, made_at: datetime) -> None:
    def change(plain: Any) -> None:
        written = made_at.isoformat().replace("+00:00", "Z")
        plain["title"] = plain["artist_console"]["header"]["title"] = title
        plain["created"] = plain["artist_console"]["header"]["made_at"] = written

    read = read_descriptor(_changed(change))
    assert (read.header.title, read.header.made_at) == (title, made_at)
