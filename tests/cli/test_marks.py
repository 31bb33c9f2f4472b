"""`mark` and `switch` as somebody types them, and their JSON as the page shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_documentation import assert_same_fields, documented
from tests.formats.marking import PASSPHRASE, audio_files
from tests.journeys.terminal import Terminal

CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n"


class Marking:
    """A terminal with a catalogue, a certificate, audio files, and everything refused."""

    def __init__(self, root: Path) -> None:
        self.home = root / "home"
        self.home.mkdir()
        self.at = Terminal(root / "profile", self.home)
        (self.home / "c.csv").write_text(CATALOGUE, encoding="utf-8")
        (self.home / "word").write_text(PASSPHRASE + "\n", encoding="utf-8")
        (self.home / "music").mkdir()
        for name, content in audio_files().items():
            (self.home / "music" / name).write_bytes(content)
        self.at.done("import", "catalogue", "c.csv")

    def run(self, *arguments: str, word: bool = True, json_too: bool = True) -> Any:
        environ = {"ARTIST_CONSOLE_MARK_PASSPHRASE_FILE": "word"} if word else {}
        more = ("--json",) if json_too else ()
        result = self.at.run(*arguments, *more, **environ)
        assert "Traceback" not in result.stderr
        assert PASSPHRASE not in result.stdout + result.stderr
        return result

    def asked(self, *arguments: str) -> Any:
        result = self.run(*arguments)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)


@pytest.fixture
def marking(tmp_path: Path) -> Marking:
    return Marking(tmp_path)


SIGNED = ("--chain", "certs/mira-sand-chain.pem", "--key", "certs/mira-sand-key.pem")


def test_from_a_certificate_to_marked_files_and_back(marking: Marking) -> None:
    certificate = marking.asked("mark", "certificate", "--name", "Mira Sand", "--out", "certs")
    assert_same_fields(documented("mark certificate"), certificate, "mark certificate")
    assert b"ENCRYPTED" in (marking.home / certificate["key"]).read_bytes()
    marking.at.done("decide", "refuse", "--all")

    planned = marking.asked("mark", "audio", "music", "--plan")
    assert [each["known_by"] for each in planned["files"]] == ["tag", "nothing", "tag", "nothing"]
    done = marking.asked("mark", "audio", "music", *SIGNED, "--out", "marked")
    assert_same_fields(documented("mark audio"), done, "mark audio")
    assert len(done["marked"]) == 4

    shown = marking.asked("mark", "show", "marked/sine.wav", "--trust", "certs/mira-sand-root.pem")
    assert_same_fields(documented("mark show"), shown, "mark show")
    assert [each["state"] for each in shown["files"]] == ["trusted"]
    text = marking.run("mark", "show", "marked/sine.wav", json_too=False).stdout
    assert "Platforms may strip this mark" in " ".join(text.split())


def test_what_is_missing_is_one_sentence_and_nothing_is_written(marking: Marking) -> None:
    marking.asked("mark", "certificate", "--name", "Mira Sand", "--out", "certs")
    marking.at.done("decide", "refuse", "--all")
    for arguments, word, said in (
        (("music", "--out", "marked"), True, "with what"),
        (("music", *SIGNED), True, "where the marked files go"),
        (("music", *SIGNED, "--out", "marked"), False, "nobody is here to type it"),
        (("nothing", *SIGNED, "--out", "marked"), True, "There is no file"),
        (("music", "--chain", "c.csv", "--key", "word", "--out", "marked"), True, "could not be read"),
    ):
        result = marking.run("mark", "audio", *arguments, word=word)
        assert (result.returncode, result.stdout) == (1, "")
        assert said in result.stderr
    assert not (marking.home / "marked").exists()


def test_a_certificate_is_never_written_over(marking: Marking) -> None:
    marking.asked("mark", "certificate", "--name", "Mira Sand", "--out", "certs")
    before = (marking.home / "certs" / "mira-sand-key.pem").read_bytes()
    result = marking.run("mark", "certificate", "--name", "Mira Sand", "--out", "certs")
    assert "already a file" in result.stderr
    assert (marking.home / "certs" / "mira-sand-key.pem").read_bytes() == before
    result = marking.run("mark", "certificate", "--name", " ", "--out", "certs")
    assert "needs a name" in result.stderr


def test_nothing_marked_is_told_by_the_exit_code(marking: Marking) -> None:
    marking.asked("mark", "certificate", "--name", "Mira Sand", "--out", "certs")
    result = marking.run("mark", "audio", "music", *SIGNED, "--out", "marked")
    assert result.returncode == 1
    assert json.loads(result.stdout)["marked"] == []


def test_switches_are_listed_and_noted(marking: Marking) -> None:
    marking.at.done("decide", "refuse", "--all")
    (marking.home / "p.png").write_bytes(b"picture")
    key = "youtube-third-party-training"
    noted = marking.asked("switch", "set", key, "on", "--note", "label's", "--picture", "p.png")
    assert_same_fields(documented("switch set"), noted, "switch set")
    listed = marking.asked("switch", "list")
    assert_same_fields(documented("switch list"), listed, "switch list")
    assert listed["switches"][0]["state"] == "on"
    (finding,) = marking.asked("findings", "list", "--kind", "set-otherwise")["findings"]
    assert finding["title"] == "Set otherwise elsewhere: Low Tide, YouTube, training by third parties"
    assert "There is no switch nothing" in marking.run("switch", "set", "nothing", "off").stderr
    assert "is no YouTube video" in marking.run("switch", "check", "hello").stderr
    text = marking.run("switch", "list", json_too=False).stdout
    assert "Not looked at" in text
