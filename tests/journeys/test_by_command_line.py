"""The whole loop by command line alone: files in, hits listed, decided, synced, a report out and verified.

Every command is a process of its own, so that nothing is kept between them but the profile's folder.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.terminal import PROGRAM, Terminal

DATA = Path(__file__).resolve().parents[1] / "data"
RECORDING = "AA6Q7-26-00001"  # with the dashes that people write
STABLE_AUDIO = Path("datasets", "stable-audio-open-fma", "fma_dataset_attribution2.csv.gz")
LIST = (
    "id,title,author,license,url\n"
    "17,Low Tide,Mira Sand,cc0,https://example.org/17\n"
    "18,Elsewhere,Somebody Else,ccby,https://example.org/18\n"
)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal over a new, empty folder."""
    home = tmp_path / "home"
    home.mkdir()
    return Terminal(tmp_path / "profile", home)


@pytest.fixture
def training_list(tmp_path: Path) -> Path:
    path = tmp_path / "training list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def filled(terminal: Terminal, training_list: Path) -> Terminal:
    """A folder in which a catalogue and a list have been brought together."""
    terminal.done("import", "catalogue", DATA / "ern-432.xml")
    terminal.done("import", "dataset-list", training_list)
    return terminal


def flip(path: Path, at: int) -> Path:
    """A copy with one bit changed."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    changed = path.with_name(f"flipped-{at}{path.suffix}")
    changed.write_bytes(data)
    return changed


def test_from_an_empty_folder_to_a_verified_report(filled: Terminal, tmp_path: Path) -> None:
    hits = filled.asked("inclusions", "list", "--public")["inclusions"]
    assert {(hit["state"], hit["grade"]) for hit in hits} == {("suspected", "public_dataset")}
    assert all(hit["work_title"].startswith("Low Tide") and "17" in hit["evidence"]["words"] for hit in hits)
    assert filled.asked("artists", "list")["artists"][0]["self_declared"] is True

    said = filled.done("decide", "refuse", "--work", RECORDING, "--use", "training")
    assert "Refused Training for “Low Tide”" in said
    (waiting,) = filled.asked("decisions", "list")["decisions"]
    assert (waiting["outcome"], waiting["receipt"]) == (None, False)

    assert filled.asked("sync")["accepted"] == 1
    (recorded,) = filled.asked("decisions", "list")["decisions"]
    assert (recorded["outcome"], recorded["receipt"], recorded["n"]) == ("accepted", True, 1)

    report = tmp_path / "report.acreport"
    made = filled.asked("report", "create", "--out", report)
    assert made["counts"]["receipts"] == 1
    # Nothing serves here: every command has ended, and with it the backend that it started.
    checked = filled.asked("report", "verify", report)
    assert (checked["verdict"], checked["sha256"]) == ("genuine", made["sha256"])
    shown = filled.asked("report", "show", report)
    assert "Low Tide" in {work["title"] for work in shown["works"]}
    assert shown["decisions"][0]["stance"] == "refuse"


def test_one_flipped_bit_anywhere_is_refused(filled: Terminal, tmp_path: Path) -> None:
    report = tmp_path / "report.acreport"
    filled.done("report", "create", "--out", report)
    size = report.stat().st_size
    for at in (0, size // 3, size // 2, size - 1):
        result = filled.run("report", "verify", flip(report, at))
        assert result.returncode == 3, result.stdout
        assert result.stderr == ""


def test_a_genuine_report_of_somebody_unknown_has_a_code_of_its_own(filled: Terminal, tmp_path: Path) -> None:
    report = tmp_path / "report.acreport"
    filled.done("report", "create", "--out", report)
    reviewer = Terminal(tmp_path / "nobody's profile", filled.home)
    result = reviewer.run("report", "verify", report)
    assert (result.returncode, result.stderr) == (4, "")
    assert "not known to you" in result.stdout
    assert not reviewer.data.exists()


def test_a_yes_shows_its_review_and_waits_for_the_word(filled: Terminal) -> None:
    refusal = filled.run("decide", "allow", "--work", RECORDING)
    assert refusal.returncode == 1
    assert "No programme asks for this today" in refusal.stderr


def test_undo_and_clear_by_command_line(filled: Terminal) -> None:
    filled.done("decide", "refuse", "--all")
    filled.done("decide", "clear", "--all")
    assert "nothing" not in filled.done("undo").lower()
    stances = [row["stance"] for row in filled.asked("decisions", "list")["decisions"]]
    assert stances == ["refuse", "clear", "refuse"]
    assert filled.asked("sync")["accepted"] == 3


def test_the_same_file_twice_changes_nothing(filled: Terminal, training_list: Path) -> None:
    before = filled.asked("inclusions", "list")
    works = filled.asked("works", "list")
    filled.done("import", "dataset-list", training_list)
    filled.done("import", "catalogue", DATA / "ern-432.xml")
    assert filled.asked("inclusions", "list") == before
    assert filled.asked("works", "list")["total"] == works["total"]


BAD_FILES = [
    ("catalogue", b"<ern:NewReleaseMessage"),
    ("catalogue", b"colour,weight\nred,1\n"),
    ("dataset-list", gzip.compress(LIST.encode(), mtime=0)[:-9]),
    ("dataset-list", b"\xff\xfe\x00\xd8\x00\xd8"),
    ("statement", b"not,a,statement\n1,2,3\n"),
    ("statement", b""),
]


def test_a_bad_file_is_one_sentence_and_leaves_everything_as_it_was(filled: Terminal, tmp_path: Path) -> None:
    before = [filled.asked("works", "list"), filled.asked("inclusions", "list")]
    for kind, content in BAD_FILES:
        broken = tmp_path / f"broken {kind}.bin"
        broken.write_bytes(content)
        sentence = filled.refused("import", kind, broken)
        assert sentence.count("\n") == 1, sentence
        assert "empty" in sentence or broken.name in sentence
    assert [filled.asked("works", "list"), filled.asked("inclusions", "list")] == before


def test_an_import_that_fails_first_leaves_a_profile_that_works(terminal: Terminal, tmp_path: Path) -> None:
    missing = terminal.refused("import", "catalogue", tmp_path / "nowhere.csv")
    assert "nowhere.csv" in missing
    terminal.done("import", "catalogue", DATA / "catalogue.csv")
    assert terminal.asked("works", "list")["total"] > 0


def test_what_is_not_there_is_told_and_no_folder_is_made(terminal: Terminal) -> None:
    sentence = terminal.refused("works", "list")
    assert "There is no profile in" in sentence
    assert not terminal.data.exists()


def test_a_profile_is_held_by_one_process(filled: Terminal) -> None:
    serving = subprocess.Popen(
        [*PROGRAM, "backend", "serve", "--data", str(filled.data)],
        stdout=subprocess.PIPE,
        text=True,
        env=filled.environment(),
    )
    try:
        assert serving.stdout is not None
        assert "http://127.0.0.1:" in serving.stdout.readline()
        assert "is using this profile" in filled.refused("works", "list")
    finally:
        serving.terminate()
        serving.communicate(timeout=60)
    assert filled.asked("works", "list")["total"] > 0


def test_a_missing_key_is_told_and_nothing_is_overwritten(filled: Terminal) -> None:
    keys = filled.data / "keys.json"
    away = keys.rename(filled.data / "elsewhere.json")
    journal = (filled.data / "journal.db").read_bytes()
    assert "key that opens this profile is missing" in filled.refused("works", "list")
    assert "key that opens this profile is missing" in filled.refused(
        "import", "catalogue", DATA / "catalogue.csv"
    )
    assert not keys.exists()
    assert (filled.data / "journal.db").read_bytes() == journal
    away.rename(keys)
    assert filled.asked("works", "list")["total"] > 0


def test_an_ambiguous_name_is_never_guessed(filled: Terminal) -> None:
    assert "fits several" in filled.refused("works", "show", "e")
    assert "No work" in filled.refused("works", "show", "no such title")


def test_a_pipe_that_closes_early_is_no_trouble(filled: Terminal) -> None:
    with subprocess.Popen(
        [*PROGRAM, "works", "list", "--json", "--data", str(filled.data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=filled.environment(),
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""


def test_without_a_display_the_window_is_one_sentence(terminal: Terminal) -> None:
    sentence = terminal.refused(QT_QPA_PLATFORM="")
    assert sentence.startswith("artist-console: There is no display")
    assert not terminal.data.exists()


def test_wrong_usage_has_a_code_of_its_own(terminal: Terminal) -> None:
    assert terminal.run("decide", "perhaps", "--all").returncode == 2
    assert terminal.run("works").returncode == 2


def test_openapi_needs_no_profile(terminal: Terminal) -> None:
    result = terminal.run("backend", "openapi", data=False)
    assert json.loads(result.stdout)["openapi"].startswith("3.1")
    assert list(terminal.home.iterdir()) == []


def test_self_test_names_each_part(terminal: Terminal) -> None:
    result = terminal.run("self-test", data=False, QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 0, result.stdout
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"ok"}
    for part in ("Python", "Window library", "Database", "Keys", "Round trip", "Report", "Resources", "Disk"):
        assert f"  {part}: " in result.stdout


def test_real_files_of_publishers(terminal: Terminal, shared_data: Path, tmp_path: Path) -> None:
    published = shared_data / STABLE_AUDIO
    with gzip.open(published, "rt", encoding="utf-8") as lines:
        listed = list(csv.DictReader(lines))
    author = listed[0]["author"]
    own = [row for row in listed if row["author"] == author][:5]
    catalogue = tmp_path / "catalogue.csv"
    with catalogue.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "artist"])
        writer.writerows([row["title"], author] for row in own)
        writer.writerow(["A title that no list holds", author])
    terminal.done("import", "catalogue", shared_data / "ddex" / "ern43" / "1 Audio.xml")
    terminal.done("import", "catalogue", catalogue, "--artist", author)
    found = terminal.asked("import", "dataset-list", published)
    assert found["rows_read"] == len(listed) == 13_874
    hits = terminal.asked("inclusions", "list", "--public", "--artist", author)["inclusions"]
    assert {hit["work_title"] for hit in hits} >= {row["title"].strip() for row in own}
    assert "A title that no list holds" not in {hit["work_title"] for hit in hits}
    assert len(terminal.asked("artists", "list")["artists"]) == 2
