"""Several files at once: all or none, and telling names that every system takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.problems import FileProblem
from artist_console.host.file_names import apart, file_name
from artist_console.host.many_files import FilesThere, write_together


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileProblem):
        write_together(tmp_path / "file" / "inside", {"a": b"1"})


def test_a_folder_in_place_of_a_file_stops_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_bytes(b"former")
    with pytest.raises(FileProblem):
        write_together(tmp_path, {"a": b"1", "b": b"2"}, replace=True)
    assert (tmp_path / "a").read_bytes() == b"former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_what_fails_on_the_way_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"former")
    with pytest.raises(FileProblem):
        write_together(tmp_path, {"a": b"1", "new": b"2", "x" * 300: b"3"}, replace=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"former"}


def test_names_that_are_taken_are_told(tmp_path: Path) -> None:
    files = {f"{n}.txt": b"x" for n in range(5)}
    write_together(tmp_path, files)
    with pytest.raises(FilesThere, match=r"0\.txt, 1\.txt, 2\.txt and 2 more are in"):
        write_together(tmp_path, files)


@given(parts=st.lists(st.text(max_size=200), max_size=4), ending=st.sampled_from([".pdf", ".eml"]))
def test_a_name_fits_every_system_and_leads_to_no_other_folder(parts: list[str], ending: str) -> None:
    name = file_name(*parts, ending=ending)
    assert name.endswith(ending)
    assert Path(name).name == name
    assert not name.startswith((".", " "))
    assert not set(name) & set('<>:"/\\|?*\0\n\r')
    assert len(name.encode()) <= 255 - 60


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "Aux", "..", "", "/", " . "])
def test_names_that_a_system_keeps_are_not_given(name: str) -> None:
    stem = file_name(name, ending=".pdf").removesuffix(".pdf")
    assert stem in ("letter", f"_{name}")


@given(names=st.lists(st.sampled_from(["a.pdf", "A.pdf", "a", "b.c.eml"]), max_size=8))
def test_names_given_apart_are_never_the_same(names: list[str]) -> None:
    taken: set[str] = set()
    given = [apart(name, taken) for name in names]
    assert len({each.casefold() for each in given}) == len(names)
