"""Lines of a file, one by one, under limits."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from artist_console.domain.problems import FileProblem
from artist_console.host.lines import bounded_lines


def test_lines_come_without_their_ends(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\r\n\ntwo\nthree")
    assert list(bounded_lines(path, 100, 100)) == [b"one", b"", b"two", b"three"]
    path.write_bytes(b"")
    assert list(bounded_lines(path, 100, 100)) == []


def test_of_a_line_that_is_too_long_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"1234567890\n1234567890\r\n12345678901" + b"x" * 1_000_000 + b"\nrest")
    found = list(bounded_lines(path, 10, 2_000_000))
    assert found[:2] == [b"1234567890"] * 2
    assert len(found) == 3
    assert 10 < len(found[2]) <= 12


def test_a_file_that_is_too_large_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\n" * 10)
    with pytest.raises(FileProblem, match="larger than"):
        list(bounded_lines(path, 100, 39))


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no file"):
        list(bounded_lines(tmp_path / "absent", 100, 100))
    with pytest.raises(FileProblem):
        list(bounded_lines(tmp_path, 100, 100))
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileProblem, match="is not a file"):
            list(bounded_lines(tmp_path / "pipe", 100, 100))
