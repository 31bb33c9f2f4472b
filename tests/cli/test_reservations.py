"""`reservation`: from decisions to files, a check of a real site, and the copies, by command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli import reservations
from artist_console.cli.arguments import build_parser
from artist_console.cli.output import DONE, TROUBLE, Answer, as_json
from artist_console.cli.reservations import WhichSite
from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.site_plans import NothingToWrite
from artist_console.domain.problems import FileProblem, UnknownThing
from artist_console.domain.registers import Stance
from tests.backend.world import SALT
from tests.commands.desks import Desk, a_desk, a_wish
from tests.commands.reserving import reserving
from tests.journeys.terminal import Terminal
from tests.sync.servers import http
from tests.sync.sites import WebSite, a_site

from .test_documentation import assert_same_fields, documented

MARA = ("--artist", "Mara Quist")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with reserving(tmp_path / "mara") as desk:
        desk.clock.now += timedelta(minutes=1)
        decide(desk.console, [a_wish(Stance.REFUSE)], KeepChoice.KEEP_THEM)
        yield desk


@pytest.fixture
def site() -> Iterator[WebSite]:
    with a_site({}) as site:
        yield site


def run(desk: Desk, *typed: str | Path) -> Answer:
    given = build_parser().parse_args(["reservation", *map(str, typed)])
    return reservations.run(desk.console, given)


def facts(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def put_on(site: WebSite, out: Path) -> None:
    kinds = {".txt": "text/plain", ".json": "application/json", ".html": "text/html; charset=utf-8"}
    for path in (out / "site").rglob("*"):
        if path.is_file():
            name = "/" + path.relative_to(out / "site").as_posix()
            site.answers[name] = http(path.read_bytes(), kind=kinds[path.suffix])
    site.answers["/"] = http(b"<html><body>Mara</body></html>", kind="text/html")


def test_a_site_is_planned_written_checked_and_kept(desk: Desk, site: WebSite, tmp_path: Path) -> None:
    plan = run(desk, "site", site.origin, *MARA)
    assert "reserved" in plan.text
    assert "Nothing is written yet" in plan.text
    out = tmp_path / "out"
    written = run(desk, "site", site.origin, "--out", out, "--mail", "rights@mara.example", *MARA)
    assert_same_fields(documented("reservation site"), facts(written), "reservation site")
    assert (out / "README.txt").is_file()
    put_on(site, out)

    checked = run(desk, "check", site.origin, "--keep", *MARA)
    assert_same_fields(documented("reservation check"), facts(checked), "reservation check")
    assert (checked.code, facts(checked)["verdict"]) == (DONE, "as_written")

    site.answers["/robots.txt"] = http(b"User-agent: *\nDisallow:\n", kind="text/plain")
    differs = run(desk, "check", *MARA)  # the site of the last reservation
    assert (differs.code, facts(differs)["verdict"]) == (TROUBLE, "missing")
    assert "does not hold the lines" in differs.text

    listed = run(desk, "list")
    assert_same_fields(documented("reservation list"), facts(listed), "reservation list")
    assert [each["place"] for each in facts(listed)["reservations"]] == [f"{site.origin}/"]
    assert len(facts(listed)["checks"]) == 1


def test_the_copies_can_be_had_again(desk: Desk, site: WebSite, tmp_path: Path) -> None:
    run(desk, "site", site.origin, "--out", tmp_path / "out", *MARA)
    put_on(site, tmp_path / "out")
    run(desk, "check", site.origin, "--keep", *MARA)
    listed = facts(run(desk, "list"))
    saved = run(desk, "save", listed["reservations"][0]["id"], "--out", tmp_path / "copy")
    assert_same_fields(documented("reservation save"), facts(saved), "reservation save")
    robots = Path("site", "robots.txt")
    assert (tmp_path / "copy" / robots).read_bytes() == (tmp_path / "out" / robots).read_bytes()
    run(desk, "save", listed["checks"][0]["id"][-6:], "--out", tmp_path / "check")
    assert "Content-Type" in (tmp_path / "check" / "robots.txt.headers.txt").read_text(encoding="utf-8")
    with pytest.raises(UnknownThing):
        run(desk, "save", "no-such-thing", "--out", tmp_path / "none")


def test_without_a_plan_it_is_told_what_the_site_says(desk: Desk, site: WebSite) -> None:
    site.answers["/.well-known/tdmrep.json"] = http(b'[{"location": "/", "tdm-reservation": 1}]')
    told = run(desk, "check", site.origin, "--tell-only")
    assert "reserves text and data mining under /" in told.text
    assert not facts(told)["compared"]


def test_a_named_work_and_the_sites_own_robots_are_used(desk: Desk, site: WebSite, tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_bytes(b"User-agent: Bingbot\nDisallow: /b\n")
    found = run(
        desk,
        "site",
        site.origin,
        "--work",
        SALT,
        "--robots",
        tmp_path / "robots.txt",
        "--out",
        tmp_path / "o",
        *MARA,
    )
    assert "Bingbot" in found.text
    assert (tmp_path / "o" / "site" / "robots.txt").read_bytes().startswith(b"User-agent: Bingbot")


def test_a_letter_is_noted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    typed = ("note", "letter", "Harmonia", "--use", "train.generative", "--work", SALT)
    noted = run(
        desk, *typed, "--file", tmp_path / "letter.pdf", "--on", "2025-05-01", "--note", "By post", *MARA
    )
    assert_same_fields(documented("reservation note"), facts(noted), "reservation note")
    assert "Harmonia" in run(desk, "list").text


def test_what_is_missing_is_told(desk: Desk, site: WebSite, tmp_path: Path) -> None:
    with pytest.raises(WhichSite):
        run(desk, "site", *MARA)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(FileProblem, match="mine"):
        run(desk, "site", site.origin, "--out", tmp_path / "full", *MARA)
    assert facts(run(desk, "list"))["reservations"] == []


def test_without_control_nothing_is_written_and_it_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara") as desk:
        decide(desk.console, [a_wish(Stance.REFUSE)], KeepChoice.KEEP_THEM)
        told = run(desk, "site", "https://mara.example", *MARA)
        assert "performer’s notice" in told.text
        assert not facts(told)["possible"]
        with pytest.raises(NothingToWrite):
            run(desk, "site", "https://mara.example", "--out", tmp_path / "out", *MARA)


def test_the_program_checks_a_site_by_itself(tmp_path: Path, site: WebSite) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "c.csv").write_text("title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n", encoding="utf-8")
    terminal = Terminal(tmp_path / "profile", home)
    terminal.asked("import", "catalogue", "c.csv")
    site.answers["/robots.txt"] = http(b"User-agent: *\nContent-Usage: train-ai=y\n", kind="text/plain")
    result = terminal.run("reservation", "check", site.origin, "--json")
    assert result.returncode == TROUBLE
    assert json.loads(result.stdout)["verdict"] == "says_more"
    assert "no address of a site" in terminal.refused("reservation", "check", "not a site")
    assert "over https" in terminal.refused("reservation", "check", "http://music.example")
