"""What is printed where a stream takes few signs, is full, or is not there."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from artist_console.cli import lookups
from artist_console.cli.output import as_json, sayable
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import UseScope
from artist_console.domain.uses import Family
from tests.journeys.terminal import PROGRAM, Terminal

CATALOGUE = "title,artist,isrc\nשלום עולם,Mira Sand,AA6Q72600001\nHöhe “über”,Mira Sand,\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    return Terminal(tmp_path / "my profile ü", home)


@pytest.fixture
def filled(terminal: Terminal, tmp_path: Path) -> Terminal:
    path = tmp_path / "catalogue.csv"
    path.write_text(CATALOGUE, encoding="utf-8")
    terminal.done("import", "catalogue", path)
    return terminal


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "“Höhe” · שלום …"), ("latin-1", '"Höhe" · ???? ...'), ("ascii", '"H?he" - ???? ...')],
)
def test_a_stream_gets_the_signs_that_it_can_take(encoding: str, shown: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    said = sayable("“Höhe” · שלום …", stream)
    assert said.replace("-", "·") == shown.replace("-", "·")
    stream.write(said)
    stream.close()


def test_json_of_few_signs_loses_nothing() -> None:
    facts = {"title": "שלום “Höhe” 🎵"}
    assert json.loads(as_json(facts, ascii_only=True)) == facts
    assert as_json(facts, ascii_only=True).isascii()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_terminal_that_knows_few_signs_is_no_trouble(filled: Terminal, encoding: str) -> None:
    environ = filled.environment() | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [*PROGRAM, "works", "list", "--data", str(filled.data)]
    told = subprocess.run(command, capture_output=True, env=environ, timeout=120, check=True)
    assert told.stderr == b""
    assert "AA6Q72600001" in told.stdout.decode(encoding)
    told = subprocess.run([*command, "--json"], capture_output=True, env=environ, timeout=120, check=True)
    assert {work["title"] for work in json.loads(told.stdout)["works"]} == {"שלום עולם", "Höhe “über”"}


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are bytes only elsewhere")
def test_what_is_typed_in_a_locale_that_cannot_read_it_is_still_understood(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    filled = Terminal(tmp_path / "profile", tmp_path / "home")
    filled.done("import", "catalogue", tmp_path / "c.csv")
    few = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    shown = filled.run("works", "show", "Höhe “über”", "--json", **few)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["title"] == "Höhe “über”"
    missing = filled.run("works", "show", "nicht da ü", **few)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "is known here" in missing.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is text")
def test_a_file_whose_name_is_no_text_can_be_brought_in(terminal: Terminal, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/h\xf6he.csv"))
    path.write_text(CATALOGUE, encoding="utf-8")
    said = terminal.done("import", "catalogue", path)
    assert "2 recordings were added." in said
    assert "h�he.xml" in terminal.refused("import", "catalogue", path.with_suffix(".xml"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_an_answer_that_cannot_be_printed_is_one_sentence(filled: Terminal) -> None:
    command = [*PROGRAM, "works", "list", "--data", str(filled.data)]
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=filled.environment(), timeout=120, check=False
        )
    assert ended.returncode == 1
    told = ended.stderr.decode()
    assert told.startswith("artist-console: The answer could not be printed: ")
    assert told.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_without_any_output_nothing_is_raised(filled: Terminal) -> None:
    line = " ".join(f"'{part}'" for part in (*PROGRAM, "works", "list", "--data", str(filled.data)))
    ended = subprocess.run(
        ["sh", "-c", f"{line} >&-"], capture_output=True, env=filled.environment(), timeout=120, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.decode().count("\n") == 1


def test_a_report_replaces_a_file_only_where_that_is_said(filled: Terminal, tmp_path: Path) -> None:
    songs = tmp_path / "my songs.csv"
    songs.write_text(CATALOGUE, encoding="utf-8")
    assert "is there already" in filled.refused("report", "create", "--out", songs)
    assert songs.read_text(encoding="utf-8") == CATALOGUE
    report = tmp_path / "a.acreport"
    filled.done("report", "create", "--out", report)
    first = report.read_bytes()
    assert "--replace" in filled.refused("report", "create", "--out", report)
    assert report.read_bytes() == first
    filled.done("report", "create", "--out", report, "--replace")
    assert report.read_bytes() != first
    assert filled.run("report", "verify", report).returncode == 0


def test_what_could_not_be_read_of_a_report_leaves_the_shape_of_the_answer(
    filled: Terminal, tmp_path: Path
) -> None:
    report = tmp_path / "a.acreport"
    filled.done("report", "create", "--out", report)
    whole = filled.asked("report", "show", report)
    report.write_bytes(report.read_bytes()[:-100])
    broken = filled.run("report", "show", report, "--json")
    assert broken.returncode == 3
    assert json.loads(broken.stdout).keys() == whole.keys()


def test_no_profile_moves_into_a_folder_with_other_things(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    documents = tmp_path / "documents"
    documents.mkdir(mode=0o755)
    (documents / "letter.txt").write_text("Dear", encoding="utf-8")
    before = documents.stat().st_mode
    (tmp_path / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    said = Terminal(documents, home).refused("import", "catalogue", tmp_path / "c.csv")
    assert "holds other things, so no profile was made in it" in said
    assert documents.stat().st_mode == before
    assert [path.name for path in documents.iterdir()] == ["letter.txt"]


def test_the_sample_never_takes_what_is_not_its_own(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "sample.txt").write_text("my own words\n", encoding="utf-8")
    (documents / "song.wav").write_bytes(b"RIFF")
    terminal = Terminal(documents, home)
    for options in (["--no-window"], ["--reset", "--no-window"]):
        assert "something else than the sample music" in terminal.refused("demo", *options)
    assert "There is no sample data here." in terminal.done("demo", "--remove")
    assert {path.name for path in documents.iterdir()} == {"sample.txt", "song.wav"}


@pytest.mark.skipif(sys.platform != "linux", reason="only there the environment names the folder of data")
def test_self_test_tells_of_a_data_folder_that_cannot_be_used(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"")
    environ = {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path / "a file"), "LANG": "C.UTF-8"}
    ended = terminal.run("self-test", data=False, **environ)
    assert ended.returncode == 1
    (wrong,) = [line for line in ended.stdout.splitlines() if line.startswith("NOT OK")]
    assert wrong.startswith("NOT OK  Disk: ")
    assert "cannot be written to" in wrong
    assert "Install" not in wrong


def test_a_report_tells_of_answers_that_it_cannot_hold_yet(filled: Terminal, tmp_path: Path) -> None:
    report = tmp_path / "a.acreport"
    filled.done("decide", "refuse", "--all")
    assert "1 answer waits and is not in it" in filled.done("report", "create", "--out", report)
    assert "is not in it" not in filled.done(
        "report", "create", "--out", report, "--replace", "--without", "decisions"
    )
    filled.done("sync")
    made = filled.asked("report", "create", "--out", report, "--replace")
    assert (made["waiting"], made["counts"]["decisions"]) == (0, 1)


def test_an_empty_list_of_works_says_what_to_do(filled: Terminal) -> None:
    assert "No work matches." in filled.done("works", "list", "no such title")
    assert "No work matches." in filled.done("works", "list", "--filter", "reported")
    (filled.data / "mirror.db").unlink()
    assert "artist-console sync" in filled.done("works", "list")


def test_a_family_is_not_called_unknown_where_one_use_is_asked_for() -> None:
    with pytest.raises(InputProblem, match="is a family of uses") as told:
        lookups.use("Voice-likeness")
    assert "train.voice, gen.voice" in told.value.sentence
    with pytest.raises(UnknownThing, match="no use or family called “nonsense”"):
        lookups.use_scope("nonsense")
    assert lookups.use_scope("voice_likeness") == UseScope.of(Family.VOICE_LIKENESS)
