"""Deadlines, calendars, position sheets and evidence bundles by the command line."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication

from artist_console.app import _set_paper
from artist_console.cli.arguments import parse
from artist_console.cli.hands import Hands
from artist_console.cli.run import run
from artist_console.domain.ids import FactId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.programmes import Request, Silence
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from tests.backend.world import MARA, OPERATOR, PROGRAMME, SALT, START, TERMS
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.case_world import a_case, a_reply, an_outcome, keep_cases
from tests.commands.desks import Desk, a_desk
from tests.journeys.terminal import Terminal

SECRET = WorkId("secret")
ROWS: list[tuple[Kind, Any]] = [
    (Kind.WORK, Work(SECRET, WorkKind.RECORDING, "Not Out Yet", (MARA,), unreleased=True)),
    (
        Kind.REQUEST,
        Request(
            FactId("r-1"), OPERATOR, PROGRAMME, TERMS, MARA, (SALT,), (Use.GEN_STEMS,), START,
            Silence.NOTHING_ALLOWED, date(2025, 6, 20),
        ),
    ),
]  # fmt: skip


class _Hands(Hands):
    """The command line over a profile that is open already."""

    def __init__(self, desk: Desk) -> None:
        given: dict[str, Any] = dict.fromkeys(Hands.__dataclass_fields__)
        opened = {
            "open_profile": lambda data, may_be_new: nullcontext(desk.profile),
            "set_paper": _set_paper,
            "signers_of": lambda data: desk.console.folder.signers,
        }
        super().__init__(**{**given, **opened})


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Desk]:
    """`qapp` comes first: a PDF would make an application without windows, which later tests cannot use."""
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        keep_cases(desk, a_case("case-0001", a_reply(), an_outcome()), a_case("case-0002"))
        yield desk


def said(desk: Desk, *words: str, code: int = 0) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run(parse(list(words)), _Hands(desk)) == code
    return out.getvalue()


def test_the_json_of_the_page_has_the_fields_of_the_answers(there: Desk, tmp_path: Path) -> None:
    bundle = str(tmp_path / "b.acevidence")
    for command, *words in (
        ("deadlines list",),
        ("deadlines calendar", "--out", str(tmp_path / "d.ics")),
        ("position-sheet", "Mara Quist", "--out", str(tmp_path / "p.pdf")),
        ("case export", "0001", "--out", bundle),
        ("evidence verify", bundle),
    ):
        real = json.loads(said(there, *command.split(), *words, "--json"))
        assert_same_fields(documented(command), real, command)


def test_deadlines_are_listed_with_what_silence_means_and_what_is_not_known(there: Desk) -> None:
    text = said(there, "deadlines", "list")
    assert "20 June 2025, Mara Quist: Harmonia asks about Salt Lines" in text
    assert "No answer permits nothing." in text
    assert "Not known, so in no list of dates" in text
    facts = json.loads(said(there, "deadlines", "list", "--until", "2025-06-12", "--json"))
    assert [row["kind"] for row in facts["deadlines"]] == ["letter_answer"]
    assert "No date is known" in said(there, "deadlines", "list", "--until", "2020-01-01")


def test_a_calendar_is_written_and_replaced_only_on_wish(there: Desk, tmp_path: Path) -> None:
    path = tmp_path / "d.ics"
    said(there, "deadlines", "calendar", "--out", str(path), "--artist", "Mara Quist")
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len(events) == 2
    with pytest.raises(Problem):
        said(there, "deadlines", "calendar", "--out", str(path))
    said(there, "deadlines", "calendar", "--out", str(path), "--replace", "--without-titles")
    assert b"Mara" not in path.read_bytes()


def test_a_position_sheet_is_one_page_of_pdf(there: Desk, tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    said(there, "position-sheet", "mara", "--out", str(path))
    body = path.read_bytes()
    assert body.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", body)) == 1
    with pytest.raises(Problem):
        said(there, "position-sheet", "Nobody", "--out", str(tmp_path / "n.pdf"))


def test_a_bundle_is_exported_and_checked_with_the_exit_codes_of_a_report(
    there: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "b.acevidence"
    text = said(there, "case", "export", "0001", "0002", "--out", str(path))
    assert "Left out" in text
    assert "2 cases" in text
    verified = said(there, "evidence", "verify", str(path))
    assert verified.startswith("Unchanged since ")
    assert "ok: All 8 files are exactly those that were signed." in verified
    body = bytearray(path.read_bytes())
    body[len(body) // 3] ^= 4
    path.write_bytes(bytes(body))
    changed = json.loads(said(there, "evidence", "verify", str(path), "--json", code=3))
    assert changed["verdict"] == "changed"
    assert changed["cases"] == []
    path.write_bytes(b"Dear lawyer")
    assert "not an evidence bundle" in said(there, "evidence", "verify", str(path), code=3)


def test_a_stranger_without_a_profile_checks_a_bundle_and_leaves_nothing_behind(
    there: Desk, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    said(there, "case", "export", "--artist", "Mara Quist", "--out", str(home / "b.acevidence"))
    stranger = Terminal(tmp_path / "nobody", home)
    done = stranger.run("evidence", "verify", "b.acevidence", "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["verdict"] == "signer_unknown"
    (home / "b.acevidence").rename(home / "from a mail")
    by_content = stranger.run("report", "verify", "from a mail", "--json")
    found = json.loads(by_content.stdout)
    assert (by_content.returncode, found["file_kind"], found["verdict"]) == (4, "evidence", "signer_unknown")
    assert stranger.run("evidence", "verify", "none.acevidence").returncode == 1
    assert not (tmp_path / "nobody").exists()


def test_what_may_not_go_out_is_told_and_goes_out_where_it_is_named(there: Desk, tmp_path: Path) -> None:
    keep_cases(there, a_case("case-0003", works=(SALT, SECRET)))
    path = tmp_path / "b.acevidence"
    with pytest.raises(Problem, match="Not Out Yet"):
        said(there, "case", "export", "0003", "--out", str(path))
    with pytest.raises(Problem, match="No case"):
        said(there, "case", "export", "9999", "--out", str(path))
    with pytest.raises(Problem, match="No case was chosen"):
        said(there, "case", "export", "--out", str(path))
    assert not path.exists()
    said(there, "case", "export", "0003", "--out", str(path), "--name-work", "Not Out Yet", "--notes")
    assert path.exists()
