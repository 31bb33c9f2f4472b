"""Imported files at rest: sealed each under its own key, given back as they came or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from artist_console.host.kept_files import KeptFiles, SealBroken

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
DATA = b"title,artist\nLow Tide,Mira Sand\n" * 50
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def kept(tmp_path: Path) -> KeptFiles:
    return KeptFiles(tmp_path / "imports", KEY)


def test_a_file_comes_back_as_it_was_and_nothing_of_it_can_be_read_on_the_disk(kept: KeptFiles) -> None:
    path = kept.keep(SHA256, DATA)
    assert path is not None
    assert kept.keep(SHA256, DATA) is None
    assert kept.read(SHA256) == DATA
    assert b"Low Tide" not in path.read_bytes()


@pytest.mark.parametrize("at", [0, 11, 12, 500, -1])
def test_a_file_that_was_changed_is_told_and_not_given(kept: KeptFiles, at: int) -> None:
    path = kept.keep(SHA256, DATA)
    assert path is not None
    changed = bytearray(path.read_bytes())
    changed[at] ^= 1
    path.write_bytes(changed)
    with pytest.raises(SealBroken):
        kept.read(SHA256)


def test_another_key_opens_nothing(kept: KeptFiles) -> None:
    kept.keep(SHA256, DATA)
    with pytest.raises(SealBroken):
        KeptFiles(kept.folder, OTHER_KEY).read(SHA256)


def test_one_file_does_not_stand_in_for_another(kept: KeptFiles) -> None:
    other = b"another file"
    path, theirs = kept.keep(SHA256, DATA), kept.keep(hashlib.sha256(other).hexdigest(), other)
    assert path is not None
    assert theirs is not None
    theirs.replace(path)
    with pytest.raises(SealBroken):
        kept.read(SHA256)


def test_what_a_former_version_kept_open_is_sealed_and_taken_away(kept: KeptFiles) -> None:
    kept.folder.mkdir()
    (kept.folder / SHA256).write_bytes(DATA)
    assert kept.seal_former() == 1
    assert kept.read(SHA256) == DATA
    assert [path.name for path in kept.folder.iterdir()] == [f"{SHA256}.sealed"]
    assert kept.seal_former() == 0
