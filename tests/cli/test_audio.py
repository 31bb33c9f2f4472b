"""`check-audio`: one answer for a person and one as JSON, without a profile."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    return Terminal(tmp_path / "profile", home)


def test_a_file_is_found_in_a_list_and_the_answer_says_what_it_does_not_prove(
    terminal: Terminal, tmp_path: Path
) -> None:
    song, listed = tmp_path / "song.wav", tmp_path / "list.csv"
    song.write_bytes(b"made-up sound")
    sha256 = hashlib.sha256(b"made-up sound").hexdigest()
    listed.write_text(f"id,title,artist,sha256\n7,Low Tide,Mira Sand,{sha256}\n", encoding="utf-8")
    found = terminal.asked("check-audio", str(song), "--list", str(listed))
    assert [(hit["row"], hit["same_file"]) for hit in found["hits"]] == [(2, True)]
    assert found["sha256"] == sha256
    assert "does not show that a model was trained on it" in found["does_not_prove"]
    shown = terminal.done("check-audio", str(song), "--list", str(listed))
    assert "row 2: Low Tide by Mira Sand; the same file, by its hash" in shown
    gone = terminal.run("check-audio", str(tmp_path / "gone.wav"), "--list", str(listed))
    assert (gone.returncode, "Traceback" in gone.stderr) == (1, False)
