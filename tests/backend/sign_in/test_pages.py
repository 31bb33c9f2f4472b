"""The pages: what they let in, what they show of names that others wrote, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from artist_console.backend.app import create_app
from artist_console.backend.doors import Door, open_door
from artist_console.backend.embedded import start_embedded
from artist_console.backend.serving import Serving
from artist_console.backend.sign_in.routes import sign_in_router
from artist_console.backend.sign_in.style import stylesheet
from artist_console.backend.storage.hashes import sha256_of

from ..world import DATA_KEY, SIGNING_KEY
from .world import MARA, MINUTE, PASSWORD, Browser, Hosted, a_hosted_service

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title></main><iframe src=//evil.example>",
    "&lt;b&gt; &amp; {{7*7}} ${7*7}",
    "\u202egnp.tset\u2066\u200b",
]


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


class Seen(HTMLParser):
    """Every element and attribute of a page, as a browser takes it in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "p", "a"),
    *("bdi", "form", "input", "label", "button", "dl", "dt", "dd", "div"),
}


def is_well_made(browser: Browser) -> Seen:
    """Nothing but our elements, no script, no handler, nothing from elsewhere, and its policy."""
    assert browser.last is not None
    seen = Seen(browser.page)
    assert {tag for tag, _ in seen.elements} <= ELEMENTS
    for _tag, attributes in seen.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "srcdoc", "style")
        ]
        link = attributes.get("href") or attributes.get("action") or "/oauth/"
        assert link.startswith(("/oauth/", "otpauth:"))
    headers = browser.last.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    return seen


def shown(name: str) -> str:
    return "".join("�" if sign in "\u202e\u2066\u200b" else sign for sign in name)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_shown_as_they_are_written_on_every_page(hosted: Hosted, name: str) -> None:
    with hosted.service.database.writing() as connection:
        connection.execute(sa.text("UPDATE accounts SET name = :name"), {"name": name})
    browser = hosted.browser().authorize(device_name=name)
    assert shown(name) in is_well_made(browser).words
    browser.submit("/oauth/sign-in", name=name, password=name)
    assert "is not right" in browser.words
    seen = is_well_made(browser)
    typed = [attributes["value"] for _, attributes in seen.elements if attributes.get("id") == "name"]
    assert typed == [name]
    browser.sign_in()
    assert is_well_made(browser).words.count(shown(name)) == 2
    begun = hosted.begin_device(name)
    other = hosted.browser().open("/oauth/device", user_code=name)
    is_well_made(other)
    other.submit("/oauth/device", user_code=begun["user_code"])
    assert shown(name) in is_well_made(other).words
    other.sign_in()
    is_well_made(other)
    other.answer()
    assert shown(name) in is_well_made(other).words
    hosted.ask_for_device(begun["device_code"])
    mine = hosted.browser().open("/oauth/account").sign_in()
    assert is_well_made(mine).words.count(shown(name)) == 2


def test_every_page_holds_its_style_as_the_policy_names_it(hosted: Hosted) -> None:
    browser = hosted.browser().open("/oauth/account")
    assert f"<style>{stylesheet()}</style>" in browser.page
    assert "prefers-color-scheme:dark" in stylesheet()
    assert not re.search(r"url\(|@import|</", stylesheet())
    assert 'name="viewport"' in browser.page


def test_a_yes_may_lead_to_the_application_and_nowhere_else(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    assert browser.last is not None
    assert "form-action 'self';" in browser.last.headers["Content-Security-Policy"]
    browser.sign_in()
    assert browser.last is not None
    assert "form-action 'self' http://127.0.0.1:49152;" in browser.last.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/oauth/sign-in", {"name": "Mara", "password": PASSWORD}),
        ("/oauth/second-step", {"code": "000000"}),
        ("/oauth/consent", {"answer": "yes"}),
        ("/oauth/invitation", {"code": "AAAAA", "name": "x", "new_password": PASSWORD, "again": PASSWORD}),
        ("/oauth/account", {"action": "step"}),
        ("/oauth/device", {"user_code": "BCDFGHJK"}),
    ],
)
def test_no_form_is_taken_from_elsewhere(hosted: Hosted, path: str, fields: dict[str, str]) -> None:
    browser = hosted.browser().authorize()
    before = hosted.everything(), hosted.rows("tries")
    own = browser.fields
    for wrong in ({"csrf": "guessed"}, {"csrf": ""}, {"at": "elsewhere"}, {"at": ""}):
        browser.submit(path, **(own | fields | wrong))
        assert browser.status in (400, 403)
    stranger = hosted.browser()
    stranger.submit(path, **own, **fields)
    assert stranger.status == 400
    assert (hosted.everything(), hosted.rows("tries")) == before


def test_no_step_is_left_out(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    own = browser.fields
    for path in ("/oauth/consent", "/oauth/second-step", "/oauth/account", "/oauth/device"):
        assert browser.submit(path, **own, answer="yes", action="step", code="1").status == 409
    assert hosted.rows("authorization_codes") == 0
    browser.open("/oauth/step", at=own["at"]).sign_in()
    assert browser.submit("/oauth/sign-in", **own, name="Mara", password=PASSWORD).status == 409


def test_a_visit_is_over_after_ten_minutes_and_after_its_answer(hosted: Hosted) -> None:
    browser = hosted.browser().authorize().sign_in()
    own = browser.fields
    browser.answer()
    assert browser.submit("/oauth/consent", **own, answer="yes").status == 400
    assert "This page has run out" in browser.words
    late = hosted.browser().authorize()
    hosted.clock.now += 10 * MINUTE
    assert late.sign_in().status == 400
    assert hosted.rows("authorization_codes") == 1


def test_two_pages_at_once_do_not_disturb_each_other(hosted: Hosted) -> None:
    browser = hosted.browser()
    first = browser.authorize(state="first").fields
    browser.authorize(state="second").sign_in().answer()
    assert browser.came_back["state"] == "second"
    browser.open("/oauth/step", at=first["at"]).sign_in().answer()
    assert browser.came_back["state"] == "first"


def test_no_answer_that_is_neither_yes_nor_no_counts(hosted: Hosted) -> None:
    browser = hosted.browser().authorize().sign_in()
    for answer in ("", "YES", "maybe"):
        browser.answer(answer)
        assert "Let this device act for you" in browser.words
    assert hosted.rows("authorization_codes") == 0


def test_nobody_can_open_pages_without_end(hosted: Hosted) -> None:
    statuses = [hosted.browser().open("/oauth/account").status for _ in range(62)]
    assert statuses == [200] * 60 + [429] * 2
    hosted.clock.now += 10 * MINUTE
    assert hosted.browser().open("/oauth/account").status == 200


@pytest.mark.parametrize(
    "host", ["console.example.org", "10.0.0.7:8765", "evil.example/path", "a b", "", "127.0.0.1@evil.example"]
)
def test_without_tls_nobody_signs_in_but_on_the_loopback_address(hosted: Hosted, host: str) -> None:
    for path in ("/oauth/account", "/.well-known/oauth-authorization-server"):
        answer = requests.get(
            f"{hosted.url}{path}", headers={"Host": host}, timeout=60, allow_redirects=False
        )
        assert answer.status_code == 400
    answer = requests.post(f"{hosted.url}/oauth/token", {"a": "b"}, headers={"Host": host}, timeout=60)
    assert answer.status_code == 400


def test_a_proxy_says_that_there_is_tls_and_who_asks(hosted: Hosted) -> None:
    door = open_door(Door(behind_proxy="127.0.0.1"), hosted.clock.now, print)
    behind = Serving(create_app(hosted.service, sign_in_router(hosted.desk)), guard=door.guard)
    headers = {"Host": "console.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    try:
        url = f"{behind.base_url}/.well-known/oauth-authorization-server"
        found = requests.get(url, headers=headers, timeout=60).json()
        page = requests.get(
            f"{behind.base_url}/oauth/account", headers=headers, timeout=60, allow_redirects=False
        )
    finally:
        behind.stop()
    assert found["issuer"] == "https://console.example.org"
    assert "Secure" in page.headers["set-cookie"]
    with hosted.service.database.reading() as connection:
        address = connection.execute(sa.text("SELECT address_sha256 FROM visits")).scalar()
    assert address == sha256_of("192.0.2.7")


def test_a_fault_is_told_on_a_page_without_its_inside(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    with hosted.service.database.writing() as connection:
        connection.execute(sa.text("UPDATE visits SET stage = 'unheard of'"))
    browser.sign_in()
    assert (browser.status, "unheard" in browser.page) == (500, False)
    assert "The service failed" in is_well_made(browser).words


def test_an_embedded_service_offers_none_of_it(tmp_path: Path) -> None:
    with start_embedded(tmp_path / "b.db", DATA_KEY, SIGNING_KEY) as backend:
        headers = {"Authorization": f"Bearer {backend.token}"}
        for method, path in (
            ("GET", "/oauth/authorize"),
            ("POST", "/oauth/token"),
            ("GET", "/oauth/device"),
            ("GET", "/.well-known/oauth-authorization-server"),
        ):
            url = f"{backend.base_url}{path}"
            for known in ({}, headers):
                assert requests.request(method, url, headers=known, timeout=60).status_code == 404
        listed = requests.get(f"{backend.base_url}/v1/devices", headers=headers, timeout=60)
        assert listed.json() == {"devices": []}


def test_a_device_page_takes_no_more_guesses_than_it_should(hosted: Hosted) -> None:
    begun = hosted.begin_device()
    browser = hosted.browser().open("/oauth/device")
    statuses = [
        browser.submit("/oauth/device", **browser.fields, user_code="ZZZZ-ZZZZ").status for _ in range(6)
    ]
    assert statuses == [403] * 6
    own = browser.fields
    browser.submit("/oauth/device", user_code=begun["user_code"])
    assert browser.status == 429
    assert browser.last is not None
    hosted.clock.now += timedelta(seconds=int(browser.last.headers["Retry-After"]))
    assert browser.submit("/oauth/device", **own, user_code=begun["user_code"]).status == 200
    assert "asks to act for you" in browser.words


def test_two_people_cannot_both_answer_one_device(hosted: Hosted) -> None:
    begun = hosted.begin_device()
    browsers = [hosted.browser().open("/oauth/device") for _ in range(2)]
    for browser in browsers:
        browser.submit("/oauth/device", user_code=begun["user_code"])
        browser.sign_in()
    browsers[0].answer("no")
    assert "may not act for you" in browsers[0].words
    assert browsers[1].answer("yes").status == 409
    assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "access_denied"
    assert hosted.live_devices(MARA) == 0
