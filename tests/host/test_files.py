"""Bounded reading, whole writing and setting aside."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from artist_console.domain.problems import FileProblem
from artist_console.host.files import read_bounded, set_aside, write_atomic

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes and pipes are those of POSIX")


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"


def test_a_file_above_the_limit_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"123456")
    with pytest.raises(FileProblem, match=r"list\.csv is larger than"):
        read_bounded(path, 5)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no file"):
        read_bounded(tmp_path / "absent", 5)
    with pytest.raises(FileProblem, match=r"is not a file|could not be read"):
        read_bounded(tmp_path, 5)


@posix_only
def test_a_named_pipe_does_not_make_the_reader_wait(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem, match="is not a file"):
        read_bounded(pipe, 5)


def test_braces_in_a_file_name_do_not_disturb_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        read_bounded(tmp_path / "{0} {name!x}", 5)
    assert "{0} {name!x}" in caught.value.sentence


def test_writing_replaces_the_whole_content(tmp_path: Path) -> None:
    path = tmp_path / "out"
    write_atomic(path, b"a long first text")
    write_atomic(path, b"short")
    assert path.read_bytes() == b"short"
    assert os.listdir(tmp_path) == ["out"]


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_written_file_has_the_mode_asked_for(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "out"
    write_atomic(path, b"text", mode)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_write_that_fails_leaves_the_target_and_no_temporary_file(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(FileProblem, match="could not be written"):
        write_atomic(target, b"text")
    assert os.listdir(tmp_path) == ["folder"]
    assert (target / "inside").is_dir()


@posix_only
def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(FileProblem, match="is not a file"):
            write_atomic(path, b"text")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(os.listdir(tmp_path)) == ["link", "pipe"]


def test_writing_into_an_absent_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"):
        write_atomic(tmp_path / "absent" / "out", b"text")


def test_setting_aside_twice_keeps_both_files(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in (b"first", b"second"):
        path.write_bytes(content)
        set_aside(path)
    assert not path.exists()
    assert (tmp_path / "settings.set-aside-1.json").read_bytes() == b"first"
    assert (tmp_path / "settings.set-aside-2.json").read_bytes() == b"second"


def test_a_database_is_set_aside_with_what_sqlite_keeps_beside_it(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"journal.db{ending}").write_bytes(b"x")
    aside = set_aside(tmp_path / "journal.db")
    assert aside.name == "journal.set-aside-1.db"
    assert sorted(os.listdir(tmp_path)) == [aside.name, f"{aside.name}-shm", f"{aside.name}-wal"]
