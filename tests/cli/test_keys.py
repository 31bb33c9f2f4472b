"""The keys of a profile by command line: shown, moved, closed up, lost and recovered."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from artist_console.host.recovery import spell_code
from tests.journeys.terminal import PROGRAM, Terminal

WORDS, OTHER_WORDS = "four words of my own", "and four other ones"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("keys")
    home = place / "home"
    home.mkdir()
    (home / "c.csv").write_text("title,artist\nLow Tide,Mira Sand\n", encoding="utf-8")
    (home / "words").write_text(WORDS)
    (home / "other").write_text(OTHER_WORDS)
    terminal = Terminal(place / "profile", home)
    terminal.done("import", "catalogue", "c.csv")
    terminal.done("decide", "refuse", "--all")
    return place


@pytest.fixture
def mine(made_once: Path, tmp_path: Path) -> Terminal:
    """A profile with one artist and one decision; its keys are in a file."""
    shutil.copytree(made_once, tmp_path / "mine")
    return Terminal(tmp_path / "mine" / "profile", tmp_path / "mine" / "home")


def typed(terminal: Terminal, text: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command with something on its standard input."""
    return subprocess.run(
        [*PROGRAM, *arguments, "--data", str(terminal.data)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=terminal.environment() | environ,
        cwd=terminal.home,
        input=text,
        timeout=120,
    )


def decisions(terminal: Terminal, **environ: str) -> list[str]:
    """The ids of the decisions that this profile opens with."""
    found = terminal.run("decisions", "list", "--json", **environ)
    assert found.returncode == 0, found.stderr
    return [each["id"] for each in json.loads(found.stdout)["decisions"]]


def test_where_the_keys_are_is_told_with_the_fingerprints_of_this_profile(mine: Terminal) -> None:
    told = mine.asked("keys", "show")
    assert (told["kept_in"], told["recovery_code"]) == ("file", False)
    assert len(told["signers"]) == 2
    assert "whoever reads your files can read" in mine.done("keys", "show")
    assert not any(key in mine.done("keys", "show") for key in json.loads(keys_of(mine))["keys"].values())


def keys_of(terminal: Terminal) -> str:
    return (terminal.data / "keys.json").read_text()


def test_a_lost_file_of_keys_loses_no_decision_and_no_signature(mine: Terminal) -> None:
    before, signers = decisions(mine), mine.asked("keys", "show")["signers"]
    mine.done("report", "create", "--out", "before.acreport")
    code = mine.asked("keys", "recovery-code")["code"]
    (mine.data / "keys.json").unlink()
    assert "Enter your recovery code" in mine.refused("decisions", "list")
    answer = typed(mine, f"{code.lower().replace('-', ' ')}\n", "keys", "recover", "--to", "file")
    assert answer.returncode == 0, answer.stderr
    assert decisions(mine) == before
    assert mine.asked("keys", "show")["signers"] == signers
    mine.done("report", "create", "--out", "after.acreport")
    for report in ("before.acreport", "after.acreport"):
        assert mine.run("report", "verify", report).returncode == 0
    mine.done("sync")


def test_a_typing_error_is_told_by_its_group_and_nothing_is_tried(mine: Terminal) -> None:
    groups = mine.asked("keys", "recovery-code")["code"].split("-")
    before = keys_of(mine)
    groups[4] = groups[4][:2] + ("7" if groups[4][2] != "7" else "8") + groups[4][3:]
    answer = typed(mine, "-".join(groups), "keys", "recover", "--to", "file")
    assert answer.returncode == 1
    assert "Group 5 of the recovery code is not right" in answer.stderr
    assert keys_of(mine) == before
    assert sorted(each.name for each in mine.data.glob("*aside*")) == []


def test_the_former_file_of_keys_is_set_aside_and_never_overwritten(mine: Terminal) -> None:
    code = mine.asked("keys", "recovery-code")["code"]
    for number in (1, 2):
        former = keys_of(mine)
        assert typed(mine, code, "keys", "recover", "--to", "file").returncode == 0
        aside = mine.data / f"keys.set-aside-{number}.json"
        assert aside.read_text() == former
        if sys.platform != "win32":
            assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_a_code_of_another_profile_changes_nothing(mine: Terminal, tmp_path: Path) -> None:
    other = Terminal(tmp_path / "other", mine.home)
    other.done("import", "catalogue", "c.csv")
    code = other.asked("keys", "recovery-code")["code"]
    mine.done("keys", "recovery-code")
    before = keys_of(mine)
    refused = typed(mine, code, "keys", "recover", "--to", "file")
    assert "not the one of this profile" in refused.stderr
    # With the file that this code opens, its keys are still tried on the journal first.
    (mine.data / "recovery.json").write_bytes((other.data / "recovery.json").read_bytes())
    refused = typed(mine, code, "keys", "recover", "--to", "file")
    assert refused.returncode == 1
    assert "do not open journal.db" in refused.stderr
    assert keys_of(mine) == before


def test_without_a_place_for_them_recovered_keys_go_nowhere(mine: Terminal) -> None:
    code = mine.asked("keys", "recovery-code")["code"]
    before = keys_of(mine)
    refused = typed(
        mine, code, "keys", "recover", ARTIST_CONSOLE_KEYRING="", PYTHON_KEYRING_BACKEND=NO_KEYRING
    )
    assert refused.returncode == 1
    assert "No keyring works on this computer" in refused.stderr
    assert keys_of(mine) == before
    assert list(mine.data.glob("keys.set-aside*")) == []


NO_KEYRING = "keyring.backends.fail.Keyring"


def test_a_second_code_is_made_only_when_the_first_may_end(mine: Terminal) -> None:
    first = mine.asked("keys", "recovery-code")["code"]
    assert "add --replace" in mine.refused("keys", "recovery-code")
    mine.done("keys", "recovery-code", "--replace")
    assert "not the one of this profile" in typed(mine, first, "keys", "recover", "--to", "file").stderr


def test_the_code_as_a_page_is_readable_by_this_user_only_and_replaces_no_file(mine: Terminal) -> None:
    page = mine.home / "code.html"
    code = mine.asked("keys", "recovery-code", "--out", "code.html")["code"]
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"<b>(\w{5})</b>", text) == code.split("-")
    assert "http" not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
    recovery = (mine.data / "recovery.json").read_bytes()
    assert "is there already" in mine.refused("keys", "recovery-code", "--replace", "--out", "code.html")
    assert (mine.data / "recovery.json").read_bytes() == recovery


def test_a_code_that_is_not_typed_is_asked_for(mine: Terminal) -> None:
    assert "No recovery code was typed" in mine.refused("keys", "recover", "--to", "file")


def test_behind_a_passphrase_the_decisions_open_with_it_and_not_without(mine: Terminal) -> None:
    before = decisions(mine)
    with_words = {"ARTIST_CONSOLE_PASSPHRASE_FILE": str(mine.home / "words")}
    moved = mine.run("keys", "move", "--to", "passphrase", "--json", **with_words)
    assert json.loads(moved.stdout) == {"kept_in": "passphrase", "signed_out": False}
    assert "behind a passphrase" in mine.refused("decisions", "list")
    assert "does not open" in mine.refused(
        "decisions", "list", ARTIST_CONSOLE_PASSPHRASE_FILE=str(mine.home / "other")
    )
    assert decisions(mine, **with_words) == before
    assert mine.asked("keys", "show")["kept_in"] == "passphrase"
    assert WORDS not in keys_of(mine)


def test_a_changed_passphrase_ends_the_former_one(mine: Terminal) -> None:
    before = decisions(mine)
    with_words = {"ARTIST_CONSOLE_PASSPHRASE_FILE": str(mine.home / "words")}
    with_others = {"ARTIST_CONSOLE_PASSPHRASE_FILE": str(mine.home / "other")}
    assert "behind no passphrase" in mine.refused("keys", "change-passphrase")
    assert mine.run("keys", "move", "--to", "passphrase", **with_words).returncode == 0
    assert "NEW_PASSPHRASE_FILE" in mine.refused("keys", "change-passphrase", **with_words)
    changed = mine.run(
        "keys",
        "change-passphrase",
        ARTIST_CONSOLE_NEW_PASSPHRASE_FILE=str(mine.home / "other"),
        **with_words,
    )
    assert changed.returncode == 0, changed.stderr
    assert "does not open" in mine.refused("decisions", "list", **with_words)
    assert decisions(mine, **with_others) == before


def test_a_forgotten_passphrase_is_answered_by_the_code(mine: Terminal) -> None:
    before = decisions(mine)
    code = mine.asked("keys", "recovery-code")["code"]
    with_words = {"ARTIST_CONSOLE_PASSPHRASE_FILE": str(mine.home / "words")}
    assert mine.run("keys", "move", "--to", "passphrase", **with_words).returncode == 0
    with_others = {"ARTIST_CONSOLE_NEW_PASSPHRASE_FILE": str(mine.home / "other")}
    answer = typed(mine, code, "keys", "recover", "--to", "passphrase", **with_others)
    assert answer.returncode == 0, answer.stderr
    assert decisions(mine, ARTIST_CONSOLE_PASSPHRASE_FILE=str(mine.home / "other")) == before


def test_on_a_computer_without_a_keyring_nothing_is_made_before_the_place_is_chosen(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "profile", tmp_path)
    (tmp_path / "c.csv").write_text("title,artist\nLow Tide,Mira Sand\n", encoding="utf-8")
    bare = {"ARTIST_CONSOLE_KEYRING": "", "PYTHON_KEYRING_BACKEND": NO_KEYRING}
    told = terminal.refused("import", "catalogue", "c.csv", **bare)
    assert "No keyring works on this computer" in told
    assert "keys move --to passphrase" in told
    assert not (terminal.data / "keys.json").exists()
    assert not (terminal.data / "journal.db").exists()
    chosen = terminal.run("keys", "move", "--to", "file", **bare)
    assert chosen.returncode == 0, chosen.stderr
    assert terminal.run("import", "catalogue", "c.csv", **bare).returncode == 0
    assert terminal.asked("keys", "show")["kept_in"] == "file"


def test_a_folder_without_a_profile_has_no_keys(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "nothing", tmp_path)
    for command in ("show", "recovery-code", "change-passphrase"):
        assert "There is no profile" in terminal.refused("keys", command)
    told = typed(terminal, spell_code(bytes(20)), "keys", "recover")
    assert told.returncode == 1
    assert "There is no profile" in told.stderr
    assert not terminal.data.exists()
