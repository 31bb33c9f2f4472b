"""A look at a site that answers badly: every kind of trouble is told, and nothing is followed in silence."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from artist_console.domain.site_address import SiteAddress, read_address
from artist_console.domain.site_checks import SiteAnswer, Trouble
from artist_console.sync.site import FILE_BYTES, PAGE_BYTES, ROBOTS_PATH, TDMREP_PATH, look_at

from .certificates import Authority
from .secure_servers import plain, proxy
from .servers import http
from .sites import a_site
from .test_secure_lines import PROXYING, TRUSTING

PAGE = http(b"<html><head></head><body>Mara</body></html>", kind="text/html")
ROBOTS = http(b"User-agent: *\nDisallow:\n", kind="text/plain")
RULES = http(b"[]")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*TRUSTING, *PROXYING):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def robots_of(answer: bytes, **more: float) -> SiteAnswer:
    """What comes for robots.txt when the server answers so."""
    with a_site({ROBOTS_PATH: answer}) as site:
        return look_at(read_address(site.origin), **more)[1]


def leading(to: str, status: str = "302 Found") -> bytes:
    return http(b"", status=status, headers=(f"Location: {to}",))


def test_three_things_are_asked_for_and_nothing_else() -> None:
    with a_site({TDMREP_PATH: RULES, ROBOTS_PATH: ROBOTS, "/": PAGE}) as site:
        rules, robots, page = look_at(read_address(site.origin))
        assert site.asked == [TDMREP_PATH, ROBOTS_PATH, "/"]
        for head in site.heads:
            assert b"Cookie" not in head
            assert b"Authorization" not in head
            assert b"Accept-Encoding: identity" in head
    assert rules.body == b"[]"
    assert robots.header("content-type") == ("text/plain",)
    assert [each.trouble for each in (rules, robots, page)] == [None, None, None]


def test_a_folder_of_the_site_has_a_page_of_its_own() -> None:
    with a_site({"/music/": PAGE}) as site:
        page = look_at(read_address(f"{site.origin}/music/"))[2]
        assert (page.trouble, page.path) == (None, "/music/")


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (http(b"no", status="404 Not Found"), Trouble.NOT_FOUND),
        (http(b"no" * 80_000, status="404 Not Found"), Trouble.NOT_FOUND),
        (http(b"no", status="410 Gone"), Trouble.NOT_FOUND),
        (http(b"no", status="403 Forbidden"), Trouble.REFUSED),
        (http(b"no", status="429 Too Many Requests"), Trouble.REFUSED),
        (http(b"no", status="500 Oh"), Trouble.SERVER_ERROR),
        (http(b"no", status="503 Busy"), Trouble.SERVER_ERROR),
        (http(b"no", status="206 Partial Content"), Trouble.OTHER_STATUS),
        (http(b"no", status="418 Teapot"), Trouble.OTHER_STATUS),
        (http(b"x" * (FILE_BYTES + 1)), Trouble.TOO_LARGE),
        (http(b"User-agent").replace(b"Length: 10", b"Length: 99"), Trouble.ENDED_EARLY),
        (http(b"not packed", headers=("Content-Encoding: gzip",)), Trouble.NOT_UNPACKED),
        (
            http(gzip.compress(b"\0" * 50_000_000, mtime=0), headers=("Content-Encoding: gzip",)),
            Trouble.TOO_LARGE,
        ),
        (b"", Trouble.UNREACHABLE),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Trouble.UNREACHABLE),
    ],
)
def test_each_bad_answer_is_told_as_what_it_is(answer: bytes, trouble: Trouble) -> None:
    found = robots_of(answer)
    assert found.trouble is trouble
    assert len(found.body) <= FILE_BYTES


def test_a_file_as_large_as_is_read_is_read() -> None:
    found = robots_of(http(b"#" * FILE_BYTES))
    assert (found.trouble, len(found.body)) == (None, FILE_BYTES)


def test_of_a_long_page_the_start_is_read() -> None:
    with a_site({"/": http(b"<html>" + b"x" * PAGE_BYTES, kind="text/html")}) as site:
        page = look_at(read_address(site.origin))[2]
    assert (page.trouble, len(page.body)) == (None, PAGE_BYTES)


def test_a_server_that_never_ends_is_given_up() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50\r\n\r\nUser"
    with a_site({ROBOTS_PATH: endless}, hang=True) as site:
        found = look_at(read_address(site.origin), silence_s=0.2, whole_s=0.5)[1]
    assert found.trouble in (Trouble.TOO_SLOW, Trouble.UNREACHABLE)


def test_a_server_that_is_not_there_is_told() -> None:
    with a_site({}) as site:
        origin = site.origin
    assert {each.trouble for each in look_at(read_address(origin))} == {Trouble.UNREACHABLE}


# -- redirects


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_on_the_site_is_followed_once_and_told(status: str) -> None:
    with a_site({ROBOTS_PATH: leading("/other.txt?v=1", status), "/other.txt?v=1": ROBOTS}) as site:
        found = look_at(read_address(site.origin))[1]
        assert site.asked[1:3] == [ROBOTS_PATH, "/other.txt?v=1"]
    assert found.trouble is None
    assert found.leads_to == found.answered == f"{site.origin}/other.txt?v=1"
    assert found.body.startswith(b"User-agent")


def test_a_second_redirect_is_not_followed() -> None:
    with a_site({ROBOTS_PATH: leading("/a"), "/a": leading("/b"), "/b": ROBOTS}) as site:
        found = look_at(read_address(site.origin))[1]
        assert "/b" not in site.asked
    assert found.trouble is Trouble.LEADS_ON
    assert found.leads_to == f"{site.origin}/b"
    assert found.body == b""


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example/robots.txt",
        "//elsewhere.example/robots.txt",
        "https://user@127.0.0.1/robots.txt",
        "http://127.0.0.1.example/",
    ],
)
def test_a_redirect_to_elsewhere_is_told_and_not_followed(to: str) -> None:
    found = robots_of(leading(to))
    assert found.trouble is Trouble.LEADS_ELSEWHERE
    assert found.body == b""


@pytest.mark.parametrize("to", ["file:///etc/passwd", "javascript:alert(1)", "", "https://[", "https://"])
def test_a_redirect_to_no_address_is_told(to: str) -> None:
    found = robots_of(leading(to))
    assert (found.trouble, found.leads_to) == (Trouble.LEADS_NOWHERE, "")


def test_another_server_on_the_same_host_is_elsewhere() -> None:
    with a_site({"/robots.txt": ROBOTS}) as other:
        found = robots_of(leading(f"{other.origin}/robots.txt"))
        assert other.asked == []
    assert found.trouble is Trouble.LEADS_ELSEWHERE


def test_the_name_with_www_is_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    bare = leading("https://www.music.example/robots.txt")
    with (
        a_site({ROBOTS_PATH: bare}, authority.signs("music.example")) as site,
        proxy(site.port) as way,
    ):
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        # The certificate is for the bare name: following is seen by what the next name's line comes to.
        found = look_at(SiteAddress("https://music.example", "music.example"))[1]
        assert any(b"CONNECT www.music.example:443" in asked for asked in way.asked)
    assert found.leads_to == "https://www.music.example/robots.txt"
    assert found.trouble is Trouble.CERTIFICATE_OF_ANOTHER


def test_a_site_over_https_is_never_left_for_plain_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    pair = authority.signs("127.0.0.1")
    with a_site({}) as bare, a_site({ROBOTS_PATH: leading(f"{bare.origin}/robots.txt")}, pair) as site:
        found = look_at(read_address(site.origin))[1]
        assert bare.asked == []
    assert found.trouble is Trouble.LEADS_ELSEWHERE


# -- certificates


def test_a_good_certificate_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with a_site({ROBOTS_PATH: ROBOTS}, authority.signs("127.0.0.1")) as site:
        assert look_at(read_address(site.origin))[1].trouble is None


@pytest.mark.parametrize(
    ("host", "run_out", "trusted", "trouble"),
    [
        ("127.0.0.1", True, True, Trouble.CERTIFICATE_EXPIRED),
        ("music.example", False, True, Trouble.CERTIFICATE_OF_ANOTHER),
        ("127.0.0.1", False, False, Trouble.NOT_SECURE),
    ],
)
def test_a_certificate_that_is_not_good_is_told_apart(
    host: str,
    run_out: bool,
    trusted: bool,
    trouble: Trouble,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority = Authority(tmp_path)
    if trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with a_site({ROBOTS_PATH: ROBOTS}, authority.signs(host, run_out=run_out)) as site:
        assert {each.trouble for each in look_at(read_address(site.origin))} == {trouble}
        assert site.asked == []


def test_a_server_without_tls_where_it_is_due_is_not_secure() -> None:
    with plain(ROBOTS) as site:
        found = look_at(read_address(f"https://127.0.0.1:{site.port}"))[1]
    assert found.trouble is Trouble.NOT_SECURE


def test_a_proxy_that_lets_nobody_through_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy(1, refuses=True) as way:
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        found = look_at(SiteAddress("https://music.example", "music.example"))[1]
    assert found.trouble is Trouble.PROXY
