"""A file stands in its place whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from artist_console.domain.problems import FileProblem
from artist_console.host.whole_file import replacing


def test_what_was_written_stands_in_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"former")
    with replacing(path, 0o640) as file:
        file.write(b"whole")
        assert path.read_bytes() == b"former"
    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o777 == 0o640


def half_written(path: Path) -> None:
    with replacing(path) as file:
        file.write(b"half")
        raise ZeroDivisionError


def test_whatever_goes_wrong_leaves_the_former_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"former")
    with pytest.raises(ZeroDivisionError):
        half_written(path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.wav"]
    assert path.read_bytes() == b"former"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"), replacing(tmp_path / "no" / "a.wav"):
        raise AssertionError("not reached")
