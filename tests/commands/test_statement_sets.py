"""Parts of one sales report are known by their names and go as one file, the same each time."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from artist_console.commands.statement_sets import packed, sets_of, the_one_set
from artist_console.domain.problems import InputProblem


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(name)
    return [folder / name for name in names]


def test_parts_that_are_all_here_belong_together_and_others_stand_alone(tmp_path: Path) -> None:
    given = files(tmp_path, "DSR_X_2of2_a.tsv", "own.csv", "DSR_X_1of2_a.tsv", "DSR_Y_1of3_a.tsv")
    found = sets_of(given)
    assert [[path.name for path in each.paths] for each in found] == [
        ["DSR_X_1of2_a.tsv", "DSR_X_2of2_a.tsv"],
        ["own.csv"],
        ["DSR_Y_1of3_a.tsv"],
    ]


def test_parts_of_different_reports_are_not_mixed(tmp_path: Path) -> None:
    given = files(tmp_path, "DSR_X_1of2_2025-01.tsv", "DSR_X_2of2_2025-02.tsv")
    assert [len(each.paths) for each in sets_of(given)] == [1, 1]
    with pytest.raises(InputProblem, match="not the parts of one sales report"):
        the_one_set(given)


def test_a_single_part_of_one_is_a_file_as_any_other(tmp_path: Path) -> None:
    assert [len(each.paths) for each in sets_of(files(tmp_path, "DSR_X_1of1_a.tsv"))] == [1]


def test_a_pack_is_the_same_for_the_same_files_in_any_order(tmp_path: Path) -> None:
    given = files(tmp_path, "X_1of2_a.tsv", "X_2of2_a.tsv")
    hashes = set()
    for order in (given, given[::-1]):
        folder = tmp_path / str(len(hashes))
        folder.mkdir()
        path = packed(the_one_set(order), folder)
        hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
        with zipfile.ZipFile(path) as pack:
            assert pack.namelist() == ["X_1of2_a.tsv", "X_2of2_a.tsv"]
            assert pack.read("X_2of2_a.tsv") == b"X_2of2_a.tsv"
    assert len(hashes) == 1
