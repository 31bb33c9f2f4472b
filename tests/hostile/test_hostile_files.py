"""Every hostile file against the real reader, with limits: refused in a sentence or read, in bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.fuzz.targets import ROOT
from tests.hostile.brought_in import FILES, REFUSED

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits and figures are those of Linux")

MOST_SECONDS = 10  # of the processor; the slowest takes one
MOST_MEMORY_MB = 800
_READ, _REFUSED_IN_A_SENTENCE = 0, 3
_NOT_A_SENTENCE = ("Error", "Traceback", "0x", "object at", "None")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What came of each file, by its name: all are read by one process that forks for each."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, (name, (make, _)) in enumerate(FILES.items()):
        reader, _, rest = name.partition(".")
        (folder / f"{reader}.{number:03}.{rest}").write_bytes(make())
    ended = subprocess.run(
        [sys.executable, "-m", "tests.hostile.reading_apart", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for file in folder.iterdir():
        file.unlink()
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    return {_plain(each["file"]): each for each in found}


def _plain(file: str) -> str:
    reader, _, rest = file.split(".", 2)
    return f"{reader}.{rest}"


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_a_sentence_or_read_within_bounds(
    told: dict[str, dict[str, Any]], name: str
) -> None:
    found = told[name]
    expected = _REFUSED_IN_A_SENTENCE if FILES[name][1] == REFUSED else _READ
    assert found["code"] == expected, found
    assert found["seconds"] < MOST_SECONDS
    assert found["peak_mb"] < MOST_MEMORY_MB
    assert found["said"].strip()
    if expected == _REFUSED_IN_A_SENTENCE:
        assert len(found["said"]) < 1_200
        assert not any(word in found["said"] for word in _NOT_A_SENTENCE), found["said"]


def test_nothing_from_outside_a_file_came_into_what_was_read(told: dict[str, dict[str, Any]]) -> None:
    for name, found in told.items():
        assert "root:" not in found["said"], name
