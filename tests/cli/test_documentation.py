"""docs/cli.md names every command and option, and its JSON has the fields of the real answers."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import build_parser
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, TROUBLE, USAGE
from tests.journeys.terminal import Terminal

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
# Told once for all commands.
EVERYWHERE = {"--help", "-h", "--version", "--data", "--json"}
# Told once for the four of them, under the last.
IMPORTS = ("import catalogue", "import dataset-list", "import manifest", "import statement")
CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\nHigh,Mira Sand,XX\n"
LIST = "title,artist\nLow Tide,Mira Sand\n"
STATEMENT = (
    "ISRC,Title,Artist,Amount,Currency,Month,Type\n"
    "AA6Q72600001,Low Tide,Mira Sand,1.5,EUR,2026-10,AI training fee\n"
)


def commands(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    groups = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not groups and path:
        yield " ".join(path), parser
    for group in groups:
        for name, inner in group.choices.items():
            yield from commands(inner, (*path, name))


def section(command: str) -> str:
    """The text under the heading of a command; a heading may name arguments behind it."""
    found = re.search(
        rf"^### `{re.escape(command)}(?: [^`]*)?`\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE
    )
    assert found is not None, f"docs/cli.md has no part about {command}"
    return found[1]


def documented(command: str) -> Any:
    """The JSON that the page shows for a command."""
    found = re.search(r"```json\n(.*?)```", section(command), re.DOTALL)
    assert found is not None, command
    return json.loads(found[1])


COMMANDS = dict(commands(build_parser()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_each_of_its_options_is_told(command: str) -> None:
    told = section(command)
    if command in IMPORTS:
        told += section(IMPORTS[-1])
    for action in COMMANDS[command]._actions:
        for option in action.option_strings:
            assert option in EVERYWHERE or f"`{option}" in told, option
        for choice in action.choices or ():
            assert str(choice) in told + command or str(choice) in PAGE.split(f"`{command} ")[1][:60], choice


def test_no_command_is_told_that_is_not_there() -> None:
    headings = re.findall(r"^### `([^`]+)`", PAGE, re.MULTILINE)
    assert all(any(heading.startswith(command) for command in COMMANDS) for heading in headings)
    assert len(headings) == len(COMMANDS)


def test_all_exit_codes_and_common_options_are_told() -> None:
    for code in (DONE, TROUBLE, USAGE, NOT_GENUINE, SIGNER_UNKNOWN, 130):
        assert f"| {code} |" in PAGE
    for option in EVERYWHERE:
        assert f"`{option}" in PAGE


def assert_same_fields(told: Any, real: Any, where: str) -> None:
    """The same names at every level, as far as both have something there."""
    if isinstance(told, dict) and isinstance(real, dict):
        if where.endswith(("counts", "tables")):
            return
        assert told.keys() == real.keys(), where
        for name, each in told.items():
            assert_same_fields(each, real[name], f"{where} {name}")
    elif isinstance(told, list) and isinstance(real, list):
        for each in real[: 1 if told else 0]:
            assert_same_fields(told[0], each, where)
    elif told is not None and real is not None:
        assert type(told) is type(real), where


@pytest.fixture
def filled(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    for name, content in (("c.csv", CATALOGUE), ("l.csv", LIST), ("s.csv", STATEMENT)):
        (home / name).write_text(content, encoding="utf-8")
    return Terminal(tmp_path / "profile", home)


def test_the_json_of_the_page_has_the_fields_of_the_answers(filled: Terminal) -> None:
    def check(command: str, *arguments: str) -> None:
        told = documented("import statement" if command in IMPORTS else command)
        if command == "works show":
            told = documented("works list")["works"][0] | told
        if command == "report show":
            told = documented("report verify") | told
        words = command.replace("allow|refuse|clear", "refuse").split()
        assert_same_fields(told, filled.asked(*words, *arguments), command)

    check("import catalogue", "c.csv")
    check("import dataset-list", "l.csv")
    check("import statement", "s.csv", "--level", "payee-net")
    check("decide", "refuse", "--all")
    check("undo")
    check("redo")
    check("sync")
    check("receipt show", "latest")
    check("receipt save", "latest", "--out", "r.json")
    check("receipt verify", "r.json")
    for command in ("artists list", "works list", "inclusions list", "programmes list", "decisions list"):
        check(command)
    check("works show", "Low Tide")
    check("keys show")
    check("keys recovery-code")
    check("keys move", "--to", "file")
    check("keys replace")
    check("signers list")
    check("signers card", "--out", "mine.acsigner")
    check("earnings totals")
    check("report create", "--out", "r.acreport")
    check("report verify", "r.acreport")
    check("report show", "r.acreport")
    check("report redact", "r.acreport", "--work", "High", "--out", "cut.acreport")
    check("report compare", "r.acreport", "cut.acreport")
    check("report export", "r.acreport", "--out", "r.csv", "--table", "works")
    check("report sign", "cut.acreport", "--out", "signed.acreport")
