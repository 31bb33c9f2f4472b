"""The folder of a profile."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from artist_console.domain.problems import FileProblem
from artist_console.host.paths import ProfileFolder, default_profile, demo_profile


def test_naming_the_paths_of_a_profile_makes_nothing(tmp_path: Path) -> None:
    folder = ProfileFolder(tmp_path / "profile")
    named = {folder.journal, folder.mirror, folder.backend, folder.keys, folder.lock, folder.settings}
    assert len(named) == 6
    assert all(path.parent == folder.root for path in named)
    assert not folder.root.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_the_folders_are_private_even_if_they_were_open_before(tmp_path: Path) -> None:
    folder = ProfileFolder(tmp_path / "new" / "profile")
    folder.root.mkdir(parents=True, mode=0o755)
    folder.create()
    for made in (folder.root, folder.statements, folder.imports, folder.log):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_creating_twice_keeps_what_is_inside(tmp_path: Path) -> None:
    folder = ProfileFolder(tmp_path)
    folder.create()
    (folder.statements / "one").write_bytes(b"1")
    folder.create()
    assert (folder.statements / "one").read_bytes() == b"1"


def test_a_file_in_the_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"")
    with pytest.raises(FileProblem, match="could not be made"):
        ProfileFolder(taken).create()


def test_the_sample_profile_is_apart_from_the_persons_own() -> None:
    own, sample = default_profile().root, demo_profile().root
    assert own != sample
    assert own not in sample.parents
    assert sample not in own.parents


def test_a_folder_with_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    before = tmp_path.stat().st_mode
    with pytest.raises(FileProblem, match="holds other things"):
        ProfileFolder(tmp_path).create()
    assert tmp_path.stat().st_mode == before
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_systems_put_into_folders_is_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"")
    ProfileFolder(tmp_path).create()
    (tmp_path / "a report.acreport").write_bytes(b"")
    ProfileFolder(tmp_path).create()  # saved beside a profile that is there
    assert (tmp_path / "log").is_dir()
