"""Audio files by their bytes: kinds, what is hashed, tags, and damage that never becomes a traceback."""

from __future__ import annotations

import contextlib
import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.marks import AudioKind
from artist_console.formats.audio_sight import MOST_BYTES, NotAudio, look_at
from artist_console.formats.audio_tags import Tags
from tests.formats.marking import a_wav, audio_files

FILES = audio_files()


def why_not(content: bytes) -> str:
    with pytest.raises(NotAudio) as caught:
        look_at(io.BytesIO(content))
    return str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_the_kind_is_told_by_content(name: str) -> None:
    sight = look_at(io.BytesIO(FILES[name]))
    assert sight.kind is AudioKind(name.rpartition(".")[2])
    assert len(sight.audio_sha256) == 64


def test_the_isrc_in_the_tags_is_found() -> None:
    assert look_at(io.BytesIO(FILES["sine.mp3"])).isrc == "AA6Q72600001"
    assert look_at(io.BytesIO(FILES["sine.flac"])).isrc == "AA6Q72600001"
    assert look_at(io.BytesIO(FILES["sine.wav"])).isrc == ""


def test_other_parts_of_a_wav_are_tags_and_not_audio() -> None:
    plain, more = look_at(io.BytesIO(a_wav())), look_at(io.BytesIO(a_wav(parts=((b"LIST", b"INFO"),))))
    assert plain.audio_sha256 == more.audio_sha256
    assert not plain.tags.same_as(more.tags)
    assert look_at(io.BytesIO(a_wav(0.5))).audio_sha256 != plain.audio_sha256


def test_one_byte_of_the_audio_makes_another_hash() -> None:
    for name, content in FILES.items():
        changed = bytearray(content)
        changed[content.rfind(content[-900:-800]) + 10] ^= 1
        assert (
            look_at(io.BytesIO(bytes(changed))).audio_sha256 != look_at(io.BytesIO(content)).audio_sha256
        ), name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"OggS" + bytes(40), "Ogg"),
        (b"FORM" + bytes(40), "AIFF"),
        (b"RF64" + bytes(40), "RF64"),
        (b"<html>" + bytes(40), "no WAV, MP3, FLAC or M4A"),
        (b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(40), "longer than they can be"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + bytes(8), "says nowhere what is in it"),
    ],
)
def test_what_cannot_be_marked_is_told_by_a_sentence(content: bytes, said: str) -> None:
    assert said in why_not(content)


@pytest.mark.parametrize("name", ["sine.wav", "sine.m4a"])
def test_a_file_that_was_cut_is_told(name: str) -> None:
    assert "damaged" in why_not(FILES[name][: len(FILES[name]) // 2])


def test_boxes_nested_without_end_are_told() -> None:
    inner = b""
    for _ in range(2_000):
        inner = struct.pack(">I4s", 8 + len(inner), b"mdia") + inner
    track = struct.pack(">I4s", 8 + len(inner), b"trak") + inner
    moov = struct.pack(">I4s", 8 + len(track), b"moov") + track
    assert "nested too deeply" in why_not(struct.pack(">I4s4sI", 16, b"ftyp", b"M4A ", 0) + moov)


@pytest.mark.parametrize("name", FILES)
def test_without_a_hash_everything_else_is_the_same(name: str) -> None:
    whole, quick = (look_at(io.BytesIO(FILES[name]), hashed=each) for each in (True, False))
    assert (quick.kind, quick.tags, quick.isrc) == (whole.kind, whole.tags, whole.isrc)
    assert quick.audio_sha256 == ""


def test_a_file_that_is_too_large_is_told_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with path.open("wb") as file:
        file.write(FILES["sine.wav"])
        file.truncate(MOST_BYTES + 1)  # a hole: nothing of it is written
    with path.open("rb") as file, pytest.raises(NotAudio, match="larger than the 1000 MB"):
        look_at(file)


def test_audio_in_pieces_is_told() -> None:
    content = FILES["sine.m4a"]
    start = content.index(b"moov") - 4
    size = int.from_bytes(content[start : start + 4], "big")
    moov = struct.pack(">I", size + 8) + content[start + 4 : start + size] + struct.pack(">I4s", 8, b"mvex")
    assert "fragmented" in why_not(content[:start] + moov + content[start + size :] + bytes(8))


@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=6),
)
def test_no_damage_becomes_anything_but_a_sentence(name: str, changes: list[tuple[int, int]]) -> None:
    content = bytearray(FILES[name])
    for place, byte in changes:
        content[place % len(content)] = byte
    with contextlib.suppress(NotAudio):
        look_at(io.BytesIO(bytes(content)))


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=5))
def test_tags_are_the_same_in_whatever_order(texts: list[tuple[str, str]]) -> None:
    assert Tags(tuple(texts)).same_as(Tags(tuple(reversed(texts))))


@pytest.mark.parametrize("name", ["sine.mp3", "sine.flac"])
def test_frames_that_are_missing_at_the_end_are_told(name: str) -> None:
    content = FILES[name]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    for end in range(len(content) - 1, len(content) - 2_000, -61):
        assert "damaged or ends early" in why_not(content[:end]), end
    assert "damaged or ends early" in why_not(content[: len(content) // 2])


def test_one_frame_and_zeros_are_no_mp3() -> None:
    assert "no audio behind its first frame" in why_not(b"\xff\xfb\x90\x00" + bytes(4_000))


def test_a_damaged_place_in_the_middle_of_an_mp3_is_passed_over() -> None:
    content = bytearray(FILES["sine.mp3"])
    middle = content.find(b"\xff\xfb", len(content) // 2)
    content[middle:middle] = bytes(300)
    assert look_at(io.BytesIO(bytes(content))).kind is AudioKind.MP3


def test_a_tag_behind_the_frames_is_no_damage() -> None:
    content = FILES["sine.mp3"] + b"APETAGEX" + bytes(200)
    assert look_at(io.BytesIO(content)).kind is AudioKind.MP3
