"""Ledgers by command line alone: verified, exported, checked by a stranger, changed, and trusted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from artist_console.formats.signatures import SigningKey
from tests.cli.test_documentation import assert_same_fields, documented
from tests.formats.test_ledger_file import run_script
from tests.journeys.terminal import Terminal

CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\nHigh,Ola Brandt,AA6Q72600002\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    return folder


@pytest.fixture
def mine(tmp_path: Path, home: Path) -> Terminal:
    """A profile with two ledgers, of two entries and of one."""
    terminal = Terminal(tmp_path / "profile", home)
    terminal.done("import", "catalogue", "c.csv")
    assert "no ledger on this computer yet" in terminal.refused("ledger", "verify")
    for name in ("Mira Sand", "Ola Brandt"):
        terminal.done("decide", "refuse", "--all", "--artist", name)
    terminal.done("sync")
    terminal.done("decide", "refuse", "--all", "--use", "training", "--artist", "Mira Sand")
    terminal.done("sync")
    return terminal


def test_from_a_ledger_to_a_file_that_a_stranger_checks(tmp_path: Path, home: Path, mine: Terminal) -> None:
    stranger = Terminal(tmp_path / "nobody", home)
    found = mine.asked("ledger", "verify")
    assert_same_fields(documented("ledger verify"), found, "ledger verify")
    assert {each["artist_name"]: each["signed_size"] for each in found["ledgers"]} == {
        "Mira Sand": 2,
        "Ola Brandt": 1,
    }
    assert found["verdict"] == "holds"
    one = mine.asked("ledger", "verify", "--artist", "Ola")
    assert [each["entries"] for each in one["ledgers"]] == [1]
    mine.done("decide", "refuse", "--all", "--use", "research", "--artist", "Ola Brandt")
    assert "1 of your decisions is in no ledger yet" in mine.done("ledger", "verify")

    saved = mine.asked("ledger", "export", "l.jsonl")
    assert_same_fields(documented("ledger export"), saved, "ledger export")
    assert (saved["ledgers"], saved["entries"]) == (2, 3)
    assert "is there already" in mine.refused("ledger", "export", "l.jsonl")
    mine.done("ledger", "export", "ola.jsonl", "--artist", "Ola Brandt")
    assert "Mira" not in (home / "ola.jsonl").read_text(encoding="utf-8")

    assert mine.asked("ledger", "verify", "l.jsonl")["verdict"] == "holds"
    assert "--artist" in mine.refused("ledger", "verify", "l.jsonl", "--artist", "Ola")
    by_stranger = stranger.run("ledger", "verify", "l.jsonl", "--json")
    assert (by_stranger.returncode, json.loads(by_stranger.stdout)["verdict"]) == (4, "not_all_checked")
    lines = (home / "l.jsonl").read_bytes().splitlines()
    (home / "key.json").write_text(json.dumps(json.loads(lines[0])["keys"][0]), encoding="utf-8")
    assert stranger.run("ledger", "verify", "l.jsonl", "--key", "key.json").returncode == 0
    by_script = run_script(tmp_path, lines)
    assert by_script.returncode == 0, by_script.stderr
    assert by_script.stdout.count("of them under the signed root") == 2

    (home / "bad.jsonl").write_bytes(b"\n".join(lines).replace(b'"refuse"', b'"allow"', 1))
    changed = stranger.run("ledger", "verify", "bad.jsonl", "--json")
    assert (changed.returncode, json.loads(changed.stdout)["verdict"]) == (3, "changed")
    (home / "torn.jsonl").write_bytes(b"\n".join(lines[:-1]))
    torn = stranger.run("ledger", "verify", "torn.jsonl")
    assert (torn.returncode, torn.stdout.splitlines()[0]) == (3, "Cannot be checked.")
    assert "lines are missing" in " ".join(torn.stdout.split())
    (home / "nonsense").write_bytes(b"\x1b]0;nonsense")
    nonsense = stranger.run("ledger", "verify", "nonsense")
    assert nonsense.returncode == 3
    assert "\x1b" not in nonsense.stdout
    assert "no file" in stranger.refused("ledger", "verify", "absent")
    assert not (tmp_path / "nobody").exists(), "checking leaves no profile behind"


def test_a_key_is_made_known_by_hand(home: Path, mine: Terminal) -> None:
    key = SigningKey(bytes(range(32))).public
    (home / "key.json").write_text(json.dumps(key.jwk()), encoding="utf-8")
    found = mine.asked("ledger", "trust", "key.json", "--name", "Harmonia")
    assert_same_fields(documented("ledger trust"), found, "ledger trust")
    assert found["keys"] == [{"kid": key.kid, "fingerprint": key.fingerprint, "name": "Harmonia"}]
    (home / "private.json").write_text(json.dumps({**key.jwk(), "d": "AA"}), encoding="utf-8")
    assert "private key" in mine.refused("ledger", "trust", "private.json")


def test_nothing_of_a_window_or_a_network_is_loaded_to_check_a_file(home: Path, mine: Terminal) -> None:
    mine.done("ledger", "export", "l.jsonl")
    program = (
        "import sys\n"
        "from artist_console.__main__ import main\n"
        "code = main(['ledger', 'verify', 'l.jsonl', '--data', 'nowhere'])\n"
        "heavy = {'PySide6', 'litestar', 'sqlalchemy', 'requests'}\n"
        "print(code, sorted(heavy & {name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=home,
        env=mine.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr.splitlines()[-1] == "4 []"
