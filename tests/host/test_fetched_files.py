"""Files that come piece by piece: sealed on their way and after, whole or not there, damaged ones told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from artist_console.host.fetched_files import FetchedFiles
from artist_console.host.sealed_files import PIECE_BYTES, SealBroken

KEY = bytes(range(32))
CONTENT = bytes(range(256)) * (PIECE_BYTES // 100)  # more than two pieces
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> FetchedFiles:
    return FetchedFiles(tmp_path / "statements", KEY)


def names(files: FetchedFiles) -> set[str]:
    return {each.name for each in files.folder.iterdir()}


def bring(files: FetchedFiles, content: bytes = CONTENT) -> None:
    arriving = files.arriving(hashlib.sha256(content).hexdigest())
    arriving.append(content)
    assert arriving.keep()


def test_a_file_arrives_in_pieces_over_several_starts(files: FetchedFiles) -> None:
    for start in range(0, len(CONTENT), 100_000):
        arriving = FetchedFiles(files.folder, KEY).arriving(SHA256)
        assert arriving.length == start
        assert not files.has(SHA256)
        arriving.append(CONTENT[start : start + 100_000])
    assert files.arriving(SHA256).keep()
    assert names(files) == {f"{SHA256}.sealed"}
    with files.open(SHA256) as content:
        assert content.read() == CONTENT
    assert files.is_whole(SHA256)


def test_nothing_of_it_is_readable_on_the_disk(files: FetchedFiles) -> None:
    arriving = files.arriving(SHA256)
    arriving.append(CONTENT)
    assert CONTENT[:64] not in (files.folder / f".{SHA256}.arriving").read_bytes()
    assert arriving.keep()
    assert CONTENT[:64] not in (files.folder / f"{SHA256}.sealed").read_bytes()
    with pytest.raises(SealBroken):
        FetchedFiles(files.folder, bytes(32)).open(SHA256)


def test_what_is_not_its_hash_is_dropped(files: FetchedFiles) -> None:
    arriving = files.arriving(SHA256)
    arriving.append(CONTENT[:-1])
    assert not arriving.keep()
    assert names(files) == set()
    assert files.arriving(SHA256).length == 0


def test_a_part_that_was_torn_counts_as_far_as_it_is_sound(files: FetchedFiles) -> None:
    files.arriving(SHA256).append(CONTENT)
    path = files.folder / f".{SHA256}.arriving"
    path.write_bytes(path.read_bytes()[:-5])
    arriving = files.arriving(SHA256)
    assert arriving.length == len(CONTENT) // PIECE_BYTES * PIECE_BYTES
    arriving.append(CONTENT[arriving.length :])
    assert arriving.keep()


def test_a_part_that_never_got_to_the_disk_is_no_part_of_a_file(files: FetchedFiles) -> None:
    files.arriving(SHA256).append(CONTENT)
    path = files.folder / f".{SHA256}.arriving"
    torn = bytearray(path.read_bytes())
    torn[5_000:6_000] = bytes(1_000)
    path.write_bytes(torn)
    assert not files.arriving(SHA256).keep()
    path.write_bytes(b"short")
    assert files.arriving(SHA256).length == 0


def test_a_damaged_file_is_set_aside_until_a_whole_one_is_in_its_place(files: FetchedFiles) -> None:
    bring(files)
    path = files.folder / f"{SHA256}.sealed"
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    assert not files.is_whole(SHA256)
    files.set_aside(SHA256)
    files.set_aside(SHA256)  # another lane was first
    assert not files.has(SHA256)
    assert files.sweep(frozenset({SHA256})) == 0
    assert names(files) == {f"{SHA256}.set-aside"}
    bring(files)
    assert files.sweep(frozenset({SHA256})) == 1
    assert names(files) == {f"{SHA256}.sealed"}


def test_what_nothing_names_is_swept_and_nothing_else(files: FetchedFiles) -> None:
    bring(files)
    bring(files, b"another")
    files.arriving("c" * 64).append(b"begun")
    files.arriving("d" * 64).append(b"begun")
    (files.folder / f".{SHA256}.sealed.0a1b").write_bytes(b"half")
    (files.folder / "of somebody.txt").write_bytes(b"")
    assert files.sweep(frozenset({SHA256, "c" * 64})) == 3
    assert names(files) == {f"{SHA256}.sealed", f".{'c' * 64}.arriving", "of somebody.txt"}
    assert FetchedFiles(files.folder / "none", KEY).sweep(frozenset()) == 0
