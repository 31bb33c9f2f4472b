"""Files brought in by a command: what is told of them, in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from artist_console.commands.imports import FileKind, ImportResult, NotTakenOver, import_file
from artist_console.domain.problems import InputProblem
from tests.commands.desks import Desk


def bring(desk: Desk, kind: FileKind, folder: Path, content: str, name: str = "a.csv") -> ImportResult:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return import_file(desk.console, kind, path).value


def test_braces_in_a_file_are_told_as_they_stand(mara: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotTakenOver) as told:
        bring(mara, FileKind.STATEMENT, tmp_path, "{0.fields},{what}}\n1,2\n", "{next!r}.csv")
    assert "{next!r}.csv" in told.value.sentence
    assert "“{0.fields}”, “{what}}”" in told.value.sentence


def test_an_empty_file_is_told_without_asking_a_service(mara: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"“a\.csv” is empty"):
        bring(mara, FileKind.CATALOGUE, tmp_path, "")


def test_hits_and_statements_are_told_apart(mara: Desk, tmp_path: Path) -> None:
    listed = "title,artist\nLow Tide,Mira Sand\n"
    bring(mara, FileKind.CATALOGUE, tmp_path, listed)
    found = bring(mara, FileKind.DATASET_LIST, tmp_path, listed)
    assert "1 hit was recorded." in found.words
    again = bring(mara, FileKind.DATASET_LIST, tmp_path, listed)
    assert "1 of these hits was known already." in again.words
