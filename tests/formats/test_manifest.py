"""Manifests as a stream: whole or not at all, whatever somebody made of them."""

from __future__ import annotations

import gzip
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.problems import InputProblem
from artist_console.formats.incoming import RowNote
from artist_console.formats.manifest import (
    MAX_LINE_BYTES,
    Complete,
    Inclusion,
    ManifestLine,
    ManifestSeen,
    NamedWork,
    look_over,
    manifest_lines,
    written,
)
from artist_console.formats.signatures import SignatureFault, VerifiedJws, check_with
from tests.formats.test_tables import workbook

from .manifests import AS_OF, HEADER, KEY, OTHER_KEY, in_model, inclusion, manifest, raw

PLAIN = {
    "format": "artist-console-manifest",
    "version": 1,
    "operator": {"name": "Harmonia"},
    "as_of": "2025-05-20",
    "datasets": [{"key": "d", "name": "Set"}],
    "models": [{"key": "m", "name": "Model", "version": "1"}],
}
LINE = {"work": {"isrc": "SE-XXX-25-00001"}, "state": "in_dataset", "dataset": "d"}


def seen(data: bytes) -> ManifestSeen:
    return look_over(io.BytesIO(data), "m.jsonl", lambda _: None)


def lines(data: bytes) -> list[ManifestLine | RowNote]:
    return list(manifest_lines(io.BytesIO(data), "m.jsonl", seen(data)))


def told(line: Any) -> str:
    (only,) = lines(raw(PLAIN, [line]))
    assert isinstance(only, RowNote), only
    return only.what


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
works = st.one_of(
    st.builds(NamedWork, isrc=st.from_regex(r"SEXXX25[0-9]{5}", fullmatch=True)),
    st.builds(NamedWork, title=words.filter(str.strip), artist=words.filter(str.strip)),
    st.builds(NamedWork, id=st.from_regex(r"[a-z0-9]{8}", fullmatch=True)),
)
said = st.one_of(
    st.builds(
        Inclusion,
        work=works,
        state=st.sampled_from([InclusionState.IN_DATASET, InclusionState.REMOVED]),
        dataset=st.just("d"),
        words=words,
    ),
    st.builds(Inclusion, work=works, state=st.just(InclusionState.TRAINED), model=st.just("m")),
    st.just(Complete(AS_OF, dataset="d")),
)


@settings(max_examples=60, deadline=None)
@given(said=st.lists(said, max_size=12), key=st.sampled_from([None, KEY]), packed=st.booleans())
def test_what_is_written_is_read(said: list[Inclusion | Complete], key: Any, packed: bool) -> None:
    data = manifest(*said, key=key)
    found = seen(gzip.compress(data) if packed else data)
    assert (found.header, found.lines) == (HEADER, len(said))
    read = [line.said for line in lines(data) if isinstance(line, ManifestLine)]
    assert len(read) == len(said)
    for mine, theirs in zip(read, said, strict=True):
        if isinstance(theirs, Inclusion):
            assert isinstance(mine, Inclusion)
            assert mine.work.title == " ".join(theirs.work.title.split())
            assert (mine.work.isrc, mine.state, mine.as_of) == (theirs.work.isrc, theirs.state, theirs.as_of)
        else:
            assert mine == theirs
    assert [each for each in said if isinstance(each, Complete)] == list(found.complete)
    assert (found.signature is None) == (key is None)
    if found.signature is not None:
        assert isinstance(check_with(found.signature, KEY.public), VerifiedJws)
        assert check_with(found.signature, OTHER_KEY.public) is SignatureFault.DOES_NOT_MATCH


SIGNED = manifest(inclusion("SEXXX2500001"), in_model("SEXXX2500002"), Complete(AS_OF, dataset="d"), key=KEY)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(SIGNED) - 1), byte=st.integers(0, 255))
def test_no_changed_byte_passes_for_signed(at: int, byte: int) -> None:
    data = SIGNED[:at] + bytes([byte]) + SIGNED[at + 1 :]
    if data == SIGNED:
        return
    try:
        found = seen(data)
    except InputProblem:
        return
    if found.signature is not None and isinstance(check_with(found.signature, KEY.public), VerifiedJws):
        # Only in the closing line can a byte change without a meaning: white space, a name nobody reads.
        assert at > SIGNED.rindex(b'{"end"')
        assert lines(data) == lines(SIGNED)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(SIGNED) - 2))
def test_a_manifest_that_was_cut_is_told_and_never_read_in_part(cut: int) -> None:
    with pytest.raises(InputProblem):
        seen(SIGNED[:cut])
    with pytest.raises(InputProblem):
        seen(gzip.compress(SIGNED)[:-9])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (raw(PLAIN, [LINE], {"end": {"lines": 2}}), "says 2 lines, and there are 1"),
        (raw(PLAIN, [LINE], {"end": {"lines": 0}}), "says 0 lines, and there are 1"),
        (raw(PLAIN, [LINE], {"end": {"lines": 1, "signature": "a..b"}}), "signature of .* cannot be read"),
        (raw(PLAIN, [LINE]) + b"{}\n", "follows after its closing line"),
        (raw(PLAIN | {"version": 2}, [LINE]), "version 2"),
        (raw(PLAIN | {"format": "x"}, [LINE]), "another format"),
        (raw(PLAIN | {"operator": {"name": " "}}, [LINE]), "does not name the operator"),
        (raw(PLAIN | {"datasets": [], "models": []}, [LINE]), "no dataset and no model"),
        (raw(PLAIN | {"as_of": "soon"}, [LINE]), "as_of"),
        (raw(PLAIN | {"datasets": [{"key": "d", "name": "a"}] * 2}, [LINE]), "key of its own"),
        (raw(PLAIN | {"datasets": [{"key": "d", "name": ""}]}, []), "has no name"),
        (
            raw(PLAIN | {"models": [{"key": "m", "name": "M", "version": "1", "trained_on": ["x"]}]}, []),
            "names a dataset that is not in it",
        ),
        (
            raw(
                PLAIN
                | {
                    "models": [
                        {
                            "key": "m",
                            "name": "M",
                            "version": "1",
                            "parents": [{"model": "m", "relation": "fine_tune"}],
                        }
                    ]
                },
                [],
            ),
            "its own parent",
        ),
        (b"[" * 200_000, "no JSON"),
        (b'{"x":' + b"[" * 200_000, "nested too deeply|no JSON"),
        (raw(PLAIN, []).replace(b"\n", b"\n" + b"[" * 200_000 + b"\n", 1), "more than 64 KB"),
        (b"title,artist\nSalt Lines,Mara Quist\n", "is no manifest: it is a table"),
        (b"\xef\xbb\xbfTitel;Wer\nSalt Lines;Mara Quist\n", "is no manifest: it is a table"),
        (workbook([["title", "artist"], ["Salt Lines", "Mara Quist"]]), "is no manifest: it is a table"),
        (b"\x89PNG\r\n\x1a\n,;", "no JSON"),
        (b"<?xml version='1.0'?><a b='c,d'/>", "no JSON"),
        ("\ufeff".encode("utf-16-le") + raw(PLAIN, [LINE]).decode().encode("utf-16-le"), "UTF-16.* UTF-8"),
        (raw(PLAIN | {"as_of": "soon"}, [LINE]), "says “soon”; it can be a day such as 2026-03-31"),
        (b"\x00\x01\x02", "no manifest"),
        (b"", "is empty"),
        (b"\xff\xfe{\0}\0", "no manifest"),
    ],
)
def test_what_is_no_whole_manifest_is_told(data: bytes, words: str) -> None:
    with pytest.raises(InputProblem, match=words):
        seen(data)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({**LINE, "dataset": "x"}, "no dataset with the key “x”"),
        ({**LINE, "dataset": "", "model": "x"}, "no model with the key"),
        ({**LINE, "model": "m"}, "either a dataset or a model"),
        ({"work": LINE["work"], "state": "in_dataset"}, "either a dataset or a model"),
        ({**LINE, "state": "trained"}, "said of a model"),
        ({**LINE, "state": "suspected"}, "nothing that an operator reports"),
        ({**LINE, "state": "eaten"}, "as state it says “eaten”; it can be .*in_dataset,.* or "),
        ({**LINE, "state": 5}, "as state it says “5”; it can be .*in_dataset,"),
        ({**LINE, "state": "x" * 900}, "as state it says “x{60}…”; it can be"),
        ({**LINE, "asset": ""}, "as asset it says an empty text; it can be .*master"),
        ({**LINE, "work": {"isrc": 5}}, "as work.isrc it says “5”; it can be a text"),
        ({**LINE, "work": "Salt Lines"}, "as work it says “Salt Lines”; it can be an object"),
        ({"complete": {"as_of": 1, "dataset": "d"}}, "as complete.as_of it says “1”; it can be a day"),
        ({**LINE, "dataset": "x"}, "its keys are d$"),
        ({**LINE, "state": "suspected"}, "it can be (?!.*suspected)(?!.*nothing_reported).*in_dataset"),
        ({**LINE, "work": {}}, "names no work"),
        ({**LINE, "work": {"title": "Only a title"}}, "names no work"),
        ({**LINE, "work": {"isrc": "nonsense"}}, "ISRC"),
        ({**LINE, "as_of": "yesterday"}, "as_of"),
        ({**LINE, "use": "train.everything"}, "use"),
        ({**LINE, "basis": "because"}, "basis"),
        ({**LINE, "words": ["no text"]}, "words"),
        ([], "no JSON object"),
        ("text", "no JSON object"),
        ({"complete": {"as_of": "2025-01-01"}}, "either a dataset or a model"),
        ({"complete": {"as_of": "2025-01-01", "dataset": "x"}}, "no dataset with the key"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_and_the_others_count(line: Any, words: str) -> None:
    assert re.search(words, told(line)), told(line)
    first, second = lines(raw(PLAIN, [line, LINE]))
    assert isinstance(first, RowNote)
    assert isinstance(second, ManifestLine)
    assert second.said.work.isrc == "SEXXX2500001"  # type: ignore[union-attr]
    assert (first.row, second.row) == (2, 3)


def test_a_mark_before_the_text_is_no_part_of_it() -> None:
    marked = b"\xef\xbb\xbf" + SIGNED
    found = seen(marked)
    assert found.signature is not None
    assert isinstance(check_with(found.signature, KEY.public), VerifiedJws)
    assert lines(marked) == lines(SIGNED)
    assert lines(gzip.compress(marked)) == lines(SIGNED)


def test_a_name_that_stands_twice_is_told_like_any_fault() -> None:
    twice = b'{"work":{"isrc":5},"work":7,"state":"in_dataset","dataset":"d"}\n'
    header = raw(PLAIN, [LINE]).split(b"\n", 1)[0]
    (note,) = lines(header + b"\n" + twice + b'{"end":{"lines":1}}\n')
    assert isinstance(note, RowNote)
    assert note.what == "Left out: as work.isrc it says two things; it can be a text"


def test_a_fault_deep_in_the_header_says_what_stands_there_and_what_can() -> None:
    models = [{"key": "m", "name": "M", "version": "1", "training_data": "stolen"}]
    with pytest.raises(InputProblem) as told:
        seen(raw(PLAIN | {"models": models}, [LINE]))
    assert "as models[0].training_data it says “stolen”; it can be licensed, " in told.value.title


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(field=st.sampled_from(["work", "state", "asset", "as_of", "use", "basis", "words"]), value=anything)
def test_whatever_stands_in_a_field_is_read_or_told(field: str, value: Any) -> None:
    (only,) = lines(raw(PLAIN, [{**LINE, field: value}]))
    if isinstance(only, RowNote):
        assert only.what.startswith("Left out: ")
        assert len(only.what) < 900


def test_lines_that_are_nested_as_deep_as_they_may_be_long_are_told() -> None:
    deep = b'{"work":' + b"[" * 30_000 + b"]" * 30_000 + b"}\n"
    assert len(deep) < MAX_LINE_BYTES
    data = raw(PLAIN, []).split(b"\n")
    body = data[0] + b"\n" + deep + b'{"end":{"lines":1}}\n'
    (note,) = lines(body)
    assert isinstance(note, RowNote)


def test_a_hundred_thousand_lines_are_read_in_little_memory() -> None:
    def many() -> Iterator[Inclusion]:
        return (inclusion(f"SEXXX25{n:05}") for n in range(100_000))

    data = b"".join(written(HEADER, many(), KEY))
    tracemalloc.start()
    try:
        found = seen(data)
        count = sum(1 for _ in manifest_lines(io.BytesIO(data), "m", found))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == found.lines == 100_000
    assert most < 8_000_000 + len(data)  # the copy of the bytes that `BytesIO` makes is none of the reader's


def test_the_example_of_the_documentation_is_one() -> None:
    text = Path(__file__).parents[2].joinpath("docs/formats/manifest.md").read_text(encoding="utf-8")
    example = text.split("```jsonl\n")[1].split("```")[0].encode()
    found = seen(example)
    assert not [line for line in lines(example) if isinstance(line, RowNote)]
    assert found.complete
    names = {name for model in (Inclusion, Complete) for name in model.__struct_fields__}
    names |= set(json.loads(example.split(b"\n")[0]))
    assert all(f"`{name}`" in text for name in names)
