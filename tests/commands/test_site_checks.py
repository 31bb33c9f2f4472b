""" "Check my site" against a real server: what it says beside what was decided, and the copy that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.reservations import (
    Site,
    SiteCheck,
    SitePlan,
    check_copy,
    check_site,
    keep_check,
    list_checks,
    plan_site,
)
from artist_console.commands.site_checks import NoSuchCheck
from artist_console.commands.site_plans import headers_of
from artist_console.domain.registers import Stance
from artist_console.domain.site_address import NotHttps
from artist_console.domain.site_checks import (
    Place,
    PlaceCheck,
    SiteAnswer,
    Trouble,
    Verdict,
    whole_verdict,
)
from artist_console.domain.uses import Family
from artist_console.formats.site_comparing import trouble_words
from tests.backend.world import MARA
from tests.commands.desks import Desk, a_wish
from tests.commands.reserving import reserving
from tests.sync.servers import http
from tests.sync.sites import WebSite, a_site

TDMREP, ROBOTS = "/.well-known/tdmrep.json", "/robots.txt"


@pytest.fixture
def site() -> Iterator[WebSite]:
    with a_site({}) as site:
        yield site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with reserving(tmp_path / "mara") as desk:
        yield desk


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Mara refused everything; for tests that only look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARTIST_CONSOLE_KEYRING", "off")
        with reserving(tmp_path_factory.mktemp("decided") / "mara") as desk:
            refuse(desk)
            yield desk


def refuse(desk: Desk, use: Family | None = None) -> None:
    desk.clock.now += timedelta(minutes=1)
    decide(desk.console, [a_wish(Stance.REFUSE, use=use)], KeepChoice.KEEP_THEM)


def a_plan(desk: Desk, site: WebSite) -> SitePlan:
    return plan_site(desk.console, MARA, Site(site.origin))


def put_on(site: WebSite, plan: SitePlan, *, headers: bool = True) -> None:
    """As whoever runs the site would: the files, and a front page with headers and elements."""
    files = {file.name: file.body for file in plan.files}
    kinds = {".json": "application/json", ".txt": "text/plain", ".html": "text/html; charset=utf-8"}
    for name, body in files.items():
        if name.startswith("site/"):
            kind = kinds[Path(name).suffix]
            site.answers[name.removeprefix("site")] = http(body, kind=kind)
    meta = files.get("server/meta.html.txt", b"").decode()
    lines = tuple(f"{name}: {value}" for name, value in headers_of(plan)) if headers else ()
    page = f"<html><head>{meta if headers else ''}</head><body>Mara</body></html>"
    site.answers["/"] = http(page.encode(), kind="text/html; charset=utf-8", headers=lines)


def checked(desk: Desk, site: WebSite, plan: SitePlan | None) -> dict[Place, PlaceCheck]:
    return {each.place: each for each in check_site(desk.console, site.origin, plan).places}


def words(check: PlaceCheck) -> str:
    return " ".join(each.text for each in check.told)


def test_a_site_that_says_what_was_decided_is_as_written(decided: Desk, site: WebSite) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan)
    found = check_site(decided.console, site.origin, plan)
    assert {each.verdict for each in found.places} == {Verdict.AS_WRITTEN}, [words(p) for p in found.places]
    assert whole_verdict(found.places) is Verdict.AS_WRITTEN


def test_files_alone_are_enough_and_the_rest_is_told(decided: Desk, site: WebSite) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan, headers=False)
    found = check_site(decided.console, site.origin, plan)
    assert whole_verdict(found.places) is Verdict.AS_WRITTEN
    headers = found.places[2]
    assert headers.verdict is Verdict.MISSING
    assert "The files count alone" in words(headers)


def test_a_later_day_is_still_as_written(desk: Desk, site: WebSite) -> None:
    refuse(desk)
    put_on(site, a_plan(desk, site))
    desk.clock.now += timedelta(days=3)
    found = checked(desk, site, a_plan(desk, site))
    assert found[Place.ROBOTS].verdict is Verdict.AS_WRITTEN
    assert "worded otherwise" in words(found[Place.ROBOTS])


def test_an_empty_site_misses_everything(decided: Desk, site: WebSite) -> None:
    found = checked(decided, site, a_plan(decided, site))
    assert found[Place.TDMREP].verdict is Verdict.MISSING
    assert found[Place.ROBOTS].verdict is Verdict.MISSING
    assert "Put the file there" in words(found[Place.TDMREP])


def test_nothing_is_missed_where_nothing_was_decided(desk: Desk, site: WebSite) -> None:
    plan = a_plan(desk, site)
    assert not plan.possible
    site.answers["/"] = http(b"<html><body>Mara</body></html>", kind="text/html")
    found = check_site(desk.console, site.origin, plan)
    assert whole_verdict(found.places) is Verdict.NOTHING


def test_a_site_that_says_more_than_was_decided_is_told(desk: Desk, site: WebSite) -> None:
    refuse(desk)
    put_on(site, a_plan(desk, site))
    decide(desk.console, [a_wish(Stance.CLEAR)], KeepChoice.KEEP_THEM)
    refuse(desk, Family.TRAINING)
    found = checked(desk, site, a_plan(desk, site))
    assert found[Place.TDMREP].verdict is Verdict.SAYS_MORE
    assert "more than you decided" in words(found[Place.TDMREP])
    assert found[Place.META].verdict is Verdict.SAYS_MORE


@pytest.mark.parametrize(
    ("path", "answer", "place"),
    [
        (TDMREP, http(b'[{"location": "/", "tdm-reservation": 0}]'), Place.TDMREP),
        (
            ROBOTS,
            http(b"User-agent: *\nContent-Usage: train-ai=y\nAllow: /\n", kind="text/plain"),
            Place.ROBOTS,
        ),
        (
            "/",
            http(b"<html></html>", kind="text/html", headers=("Content-Usage: train-ai=y",)),
            Place.HEADERS,
        ),
        ("/", http(b"<html></html>", kind="text/html", headers=("tdm-reservation: 0",)), Place.HEADERS),
        ("/", http(b'<html><head><meta name="tdm-reservation" content="0"></head></html>'), Place.META),
    ],
)
def test_a_yes_for_machines_is_always_more_than_was_decided(
    path: str, answer: bytes, place: Place, decided: Desk, site: WebSite
) -> None:
    site.answers[path] = answer
    found = checked(decided, site, a_plan(decided, site))[place]
    assert found.verdict is Verdict.SAYS_MORE
    assert "yes" in words(found)
    assert "Take it out" in words(found)


@pytest.mark.parametrize(
    ("answer", "verdict", "says"),
    [
        (http(b"<!DOCTYPE html><h1>Not found</h1>", kind="text/html"), Verdict.MISSING, "web page"),
        (
            http(b"<html>Buy this domain today</html>", kind="text/html"),
            Verdict.MISSING,
            "parked or for sale",
        ),
        (http(b"{not json"), Verdict.MISSING, "cannot be read"),
        (http(b'{"location": "/", "tdm-reservation": 1}'), Verdict.MISSING, "square brackets"),
        (http(b"[]"), Verdict.DIFFERS, "does not reserve"),
        (
            http(b'[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://other.example/p"}]'),
            Verdict.DIFFERS,
            "other.example",
        ),
        (http(b'[{"location": "/shop/", "tdm-reservation": 1}]'), Verdict.DIFFERS, "does not reserve"),
        (http(b'[{"location": "/", "tdm-reservation": "1"}]'), Verdict.DIFFERS, "neither 1 nor 0"),
        (http("[]".encode("utf-16")), Verdict.MISSING, "UTF-8"),
        (http(b"no", status="500 Oh"), Verdict.CANNOT_TELL, "problem of its own"),
        (
            http(b"", status="302 F", headers=("Location: https://parked.example/",)),
            Verdict.CANNOT_TELL,
            "parked.example",
        ),
    ],
)
def test_each_wrong_rules_file_gets_its_sentence(
    answer: bytes, verdict: Verdict, says: str, decided: Desk, site: WebSite
) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan)
    site.answers[TDMREP] = answer
    found = checked(decided, site, plan)[Place.TDMREP]
    assert found.verdict is verdict, words(found)
    assert says in words(found)


@pytest.mark.parametrize(
    ("body", "verdict", "says"),
    [
        (b"User-agent: *\nDisallow:\n", Verdict.MISSING, "does not hold the lines"),
        (
            b"User-agent: *\nContent-Usage: train-ai=n\nDisallow:\n",
            Verdict.DIFFERS,
            "lets these crawlers in: GPTBot",
        ),
        (b"User-agent: *\nContent-Usage: Train-AI=n\nDisallow:\n", Verdict.MISSING, "cannot be read"),
        (
            b"User-agent: *\nContent-Usage: train-ai=n, search=n\nDisallow:\n",
            Verdict.SAYS_MORE,
            "no to search",
        ),
        (b"\xff\xfeU\x00s\x00", Verdict.MISSING, "not written in"),
        (b"<html></html>", Verdict.MISSING, "web page"),
    ],
)
def test_each_wrong_robots_file_gets_its_sentence(
    body: bytes, verdict: Verdict, says: str, decided: Desk, site: WebSite
) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan)
    site.answers[ROBOTS] = http(body, kind="text/plain; charset=utf-8")
    found = checked(decided, site, plan)[Place.ROBOTS]
    assert found.verdict is verdict, words(found)
    assert says in words(found)


def test_the_lines_of_another_artist_are_told(decided: Desk, site: WebSite) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan)
    own = next(file.body for file in plan.files if file.name == "site/robots.txt")
    site.answers[ROBOTS] = http(own.replace(b"Mara Quist", b"Somebody Else"), kind="text/plain")
    found = checked(decided, site, plan)[Place.ROBOTS]
    assert found.verdict is Verdict.DIFFERS
    assert "do not name Mara Quist" in words(found)


def test_crawlers_that_are_kept_away_without_a_decision_are_told(desk: Desk, site: WebSite) -> None:
    refuse(desk, Family.TRAINING)
    plan = a_plan(desk, site)
    put_on(site, plan)
    own = b"User-agent: CCBot\nDisallow: /\n" + next(
        f.body for f in plan.files if f.name == "site/robots.txt"
    )
    site.answers[ROBOTS] = http(own, kind="text/plain")
    found = checked(desk, site, plan)[Place.ROBOTS]
    assert found.verdict is Verdict.SAYS_MORE
    assert "more than you decided: CCBot" in words(found)


def test_being_found_in_a_search_is_not_what_is_decided(decided: Desk, site: WebSite) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan)
    own = b"User-agent: *\nContent-Usage: search=y, train-ai=n\n"
    rest = next(file.body for file in plan.files if file.name == "site/robots.txt")
    site.answers[ROBOTS] = http(own + rest, kind="text/plain")
    assert checked(decided, site, plan)[Place.ROBOTS].verdict is Verdict.AS_WRITTEN


def test_a_site_that_keeps_everybody_away_needs_no_preference(decided: Desk, site: WebSite) -> None:
    plan = a_plan(decided, site)
    put_on(site, plan)
    site.answers[ROBOTS] = http(b"User-agent: *\nDisallow: /\n", kind="text/plain")
    assert checked(decided, site, plan)[Place.ROBOTS].verdict is Verdict.AS_WRITTEN


def test_a_character_set_that_is_not_known_is_told(desk: Desk, site: WebSite) -> None:
    site.answers[ROBOTS] = http(b"User-agent: *\nDisallow:\n", kind="text/plain; charset=klingon")
    assert "klingon" in words(checked(desk, site, None)[Place.ROBOTS])
    site.answers[ROBOTS] = http(b"User-agent: *\n", kind="text/plain; charset=zip")
    assert "zip" in words(checked(desk, site, None)[Place.ROBOTS])


def test_a_page_that_parks_the_domain_is_told(decided: Desk, site: WebSite) -> None:
    site.answers["/"] = http(b"<html><body>This domain is parked free</body></html>", kind="text/html")
    found = checked(decided, site, a_plan(decided, site))[Place.META]
    assert "parked or for sale" in words(found)
    site.answers["/"] = http(b"\x89PNG", kind="image/png")
    assert "no web page" in words(checked(decided, site, None)[Place.META])


def test_elements_below_the_head_do_not_count(decided: Desk, site: WebSite) -> None:
    page = b'<html><head></head><body><p>x</p><meta name="tdm-reservation" content="1"></body></html>'
    site.answers["/"] = http(page, kind="text/html")
    assert checked(decided, site, a_plan(decided, site))[Place.META].verdict is Verdict.MISSING


def test_without_a_plan_it_is_told_what_the_site_says(decided: Desk, site: WebSite) -> None:
    put_on(site, a_plan(decided, site))
    found = checked(decided, site, None)
    assert {each.verdict for each in found.values()} == {Verdict.TOLD}
    assert "reserves text and data mining under /" in words(found[Place.TDMREP])
    assert "stay away: GPTBot" in words(found[Place.ROBOTS])
    assert "no to train-ai" in words(found[Place.HEADERS])


def test_a_site_that_is_not_reached_is_told_in_every_place(desk: Desk) -> None:
    with a_site({}) as gone:
        origin = gone.origin
    found = check_site(desk.console, origin)
    assert {each.verdict for each in found.places} == {Verdict.CANNOT_TELL}
    assert {each.trouble for each in found.answers} == {Trouble.UNREACHABLE}
    with pytest.raises(NotHttps):
        check_site(desk.console, "http://music.example")


def test_every_kind_of_trouble_has_a_sentence() -> None:
    for trouble in Trouble:
        answer = SiteAnswer(
            "/", "https://a.example/", "https://a.example/", "https://b.example/", 500, trouble=trouble
        )
        assert trouble_words(answer)[-1].text.endswith(".")


# -- the copy that is kept


def keep(desk: Desk, site: WebSite, plan: SitePlan | None = None) -> SiteCheck:
    desk.clock.now += timedelta(hours=1)
    check = check_site(desk.console, site.origin, plan)
    keep_check(desk.console, check)
    return check


def test_a_check_is_kept_with_its_bytes_and_headers(desk: Desk, site: WebSite) -> None:
    refuse(desk)
    plan = a_plan(desk, site)
    put_on(site, plan)
    check = keep(desk, site, plan)
    desk.reopen()
    (row,) = list_checks(desk.console)
    assert row.first
    assert row.check.at == check.at
    assert row.check.artist == MARA
    answer = row.check.answers[0]
    assert answer.file is not None
    assert check_copy(desk.console, check.id, TDMREP) == check.answers[0].body
    assert ("Content-Type", "application/json") in answer.headers
    with pytest.raises(NoSuchCheck):
        check_copy(desk.console, "no", TDMREP)


def test_what_changed_since_the_last_check_is_told(desk: Desk, site: WebSite) -> None:
    refuse(desk)
    plan = a_plan(desk, site)
    put_on(site, plan)
    keep(desk, site, plan)
    keep(desk, site, plan)
    site.answers[ROBOTS] = http(b"User-agent: *\nDisallow:\n", kind="text/plain")
    keep(desk, site, plan)
    changed, same, first = list_checks(desk.console)
    assert changed.changed == (ROBOTS, "robots")
    assert same.changed == ()
    assert (same.first, first.first) == (False, True)


def test_a_check_that_was_not_kept_leaves_nothing(desk: Desk, site: WebSite) -> None:
    check_site(desk.console, site.origin)
    assert list_checks(desk.console) == ()
