"""Files sealed in pieces: however they were cut on their way, they come back as they were or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import random
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import FileProblem
from artist_console.host import sealed_files
from artist_console.host.sealed_files import (
    PIECE_BYTES,
    Closing,
    SealBroken,
    SealedFile,
    sha256_of,
    stored_size,
)

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
DATA = random.Random(5).randbytes(3 * PIECE_BYTES + 1_000)


def closing_of(data: bytes) -> Closing:
    return Closing(len(data), hashlib.sha256(data).hexdigest())


def sealed(folder: Path, data: bytes = DATA) -> SealedFile:
    file = SealedFile.new(folder / "a", KEY)
    file.append(data)
    file.close_up(closing_of(data))
    return file


def all_of(path: Path) -> bytes:
    file = SealedFile(path, KEY)
    with file.open(file.closing().size) as content:
        return content.read()


sizes = st.sampled_from([1, 39, 40, 41, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, len(DATA)])


@settings(max_examples=40, deadline=None)
@given(size=sizes, cuts=st.lists(st.integers(0, len(DATA)), max_size=12), places=st.data())
def test_any_cut_of_a_file_gives_the_same_file(size: int, cuts: list[int], places: st.DataObject) -> None:
    data = DATA[:size]
    at = sorted({0, *(cut for cut in cuts if cut < size), size})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        SealedFile.new(path, KEY)
        for begin, end in pairwise(at):
            assert SealedFile(path, KEY).append(data[begin:end]) == end
        file = SealedFile(path, KEY)
        assert file.sound_length() == size
        file.close_up(closing_of(data))
        assert path.stat().st_size == stored_size(size)
        assert SealedFile(path, KEY).closing() == closing_of(data)
        with file.open(size) as content:
            assert content.read() == data
            for place in places.draw(st.lists(st.integers(0, size), max_size=4)):
                content.seek(place)
                assert content.read(70) == data[place : place + 70]
            content.seek(-1, io.SEEK_END)
            assert sha256_of(content) == hashlib.sha256(data[-1:]).hexdigest()


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, stored_size(len(DATA)) - 1), bit=st.integers(0, 7))
def test_a_bit_that_changed_is_told(at: int, bit: int) -> None:
    with TemporaryDirectory() as folder:
        file = sealed(Path(folder))
        with file.path.open("r+b") as raw:
            raw.seek(at)
            found = raw.read(1)[0]
            raw.seek(at)
            raw.write(bytes([found ^ 1 << bit]))
        with pytest.raises(SealBroken):
            all_of(file.path)


@settings(max_examples=25, deadline=None)
@given(left=st.integers(24, stored_size(len(DATA)) - 1))
def test_an_end_in_the_middle_of_writing_leaves_what_was_whole_and_the_file_goes_on_from_there(
    left: int,
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        file = SealedFile.new(path, KEY)
        file.append(DATA)
        os.truncate(path, min(left, path.stat().st_size))
        again = SealedFile(path, KEY)
        stands = again.sound_length()
        assert stands <= len(DATA)
        assert again.append(DATA[stands:]) == len(DATA)
        with again.open(len(DATA)) as content:
            assert content.read() == DATA


def test_pieces_in_another_order_and_of_another_file_are_told(tmp_path: Path) -> None:
    file = sealed(tmp_path)
    raw = bytearray(file.path.read_bytes())
    step = PIECE_BYTES + 28
    raw[24 : 24 + step], raw[24 + step : 24 + 2 * step] = raw[24 + step : 24 + 2 * step], raw[24 : 24 + step]
    file.path.write_bytes(raw)
    with pytest.raises(SealBroken), file.open(len(DATA)) as content:
        content.read()
    with pytest.raises(SealBroken):
        SealedFile(file.path, OTHER_KEY).closing()


def test_a_disk_that_fills_up_is_told_and_leaves_whole_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SealedFile.new(tmp_path / "a", KEY)
    file.append(DATA[: PIECE_BYTES + 10])
    closed = SealedFile._closed
    written = 0

    def full(self: SealedFile, data: bytes, bound: bytes) -> bytes:
        nonlocal written
        written += 1
        if written == 2:
            raise OSError(28, "No space left on device")
        return closed(self, data, bound)

    monkeypatch.setattr(sealed_files.SealedFile, "_closed", full)
    with pytest.raises(FileProblem, match="No space left"):
        file.append(DATA[PIECE_BYTES + 10 :])
    monkeypatch.undo()
    stands = file.sound_length()
    assert stands == PIECE_BYTES
    assert file.append(DATA[stands:]) == len(DATA)
    with file.open(len(DATA)) as content:
        assert content.read() == DATA
