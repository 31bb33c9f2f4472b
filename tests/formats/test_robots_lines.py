"""robots.txt: read as RFC 9309 says, and our block added without a change to the rest.

The reader of Python's library is the independent one.
"""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.aipref import Preference
from artist_console.formats.robots_lines import (
    BEGINS,
    ENDS,
    BlockBroken,
    read_robots,
    with_block,
    without_block,
    write_block,
)

SAID = ("By Mira Sand.", "This is not a licence.")
BLOCK = write_block(("GPTBot", "CCBot"), "/", ("train-ai",), SAID)
FORMER = b"""# The shop
User-agent: *
Disallow: /private/
Allow: /private/photo.jpg

User-agent: BadBot
Disallow: /
Sitemap: https://music.example/sitemap.xml
"""
REST = st.lists(
    st.sampled_from(
        [
            "User-agent: *",
            "User-agent: Other",
            "Disallow: /a/",
            "Disallow:",
            "Allow: /",
            "# remark",
            "",
            "junk",
        ]
    ),
    max_size=8,
)


def library(body: bytes) -> RobotFileParser:
    reader = RobotFileParser()
    reader.parse(body.decode("utf-8-sig").splitlines())
    return reader


def test_the_crawlers_are_asked_to_stay_away_and_others_are_not() -> None:
    body = with_block(FORMER, BLOCK)
    for reader in (library(body), None):
        for agent in ("GPTBot", "CCBot", "gptbot"):
            fetches = (
                reader.can_fetch(agent, "/song.mp3")
                if reader
                else read_robots(body).may_fetch(agent, "/song.mp3")
            )
            assert not fetches
    independent, ours = library(body), read_robots(body)
    for agent in ("Googlebot", "OAI-SearchBot", "BadBot", "anybody"):
        for path in ("/song.mp3", "/private/x"):
            assert independent.can_fetch(agent, path) is library(FORMER).can_fetch(agent, path)
            assert ours.may_fetch(agent, path) is read_robots(FORMER).may_fetch(agent, path)
    assert independent.site_maps() == ["https://music.example/sitemap.xml"]


def test_what_is_reserved_is_read_back_for_everybody() -> None:
    found = read_robots(with_block(b"", BLOCK))
    assert found.usage("anybody", "/x")["train-ai"] is Preference.DISALLOWED
    assert found.usage("anybody", "/x")["search"] is Preference.UNKNOWN


def test_an_empty_file_still_lets_everybody_else_in() -> None:
    body = with_block(b"", BLOCK)
    assert library(body).can_fetch("Googlebot", "/x")
    assert read_robots(body).may_fetch("Googlebot", "/x")


def test_a_reader_that_does_not_know_the_new_rule_does_not_close_the_site() -> None:
    """Without its Disallow, the group for everybody would be read together with one that follows."""
    body = with_block(b"", BLOCK) + b"User-agent: BadBot\nDisallow: /\n"
    older = b"\n".join(line for line in body.splitlines() if not line.startswith(b"Content-Usage"))
    assert read_robots(older).may_fetch("Googlebot", "/x")
    assert library(older).can_fetch("Googlebot", "/x")
    assert not read_robots(older).may_fetch("BadBot", "/x")


@given(REST, st.booleans(), st.booleans())
def test_the_rest_stays_as_it_is_byte_for_byte(lines: list[str], dos: bool, ended: bool) -> None:
    end = "\r\n" if dos else "\n"
    former = (end.join(lines) + (end if ended and lines else "")).encode()
    body = with_block(former, BLOCK)
    assert body.startswith(former)
    assert with_block(body, BLOCK) == body
    other = write_block(("GPTBot",), "/music/", (), SAID)
    assert with_block(with_block(body, other), BLOCK) == body
    assert without_block(body).startswith(former)


def test_a_block_in_the_middle_is_replaced_in_its_place() -> None:
    former = with_block(FORMER, write_block(("Old",), "/", (), ())) + b"User-agent: Later\nDisallow: /x\n"
    body = with_block(former, BLOCK)
    assert body.startswith(FORMER)
    assert body.endswith(b"User-agent: Later\nDisallow: /x\n")
    assert body.count(BEGINS.encode()) == body.count(ENDS.encode()) == 1
    assert b"Old" not in body


@pytest.mark.parametrize("former", [BEGINS, ENDS, f"{ENDS}\n{BEGINS}", f"{BEGINS}\n{ENDS}\n{BEGINS}\n{ENDS}"])
def test_marks_that_do_not_fit_together_are_told(former: str) -> None:
    with pytest.raises(BlockBroken):
        with_block(former.encode(), BLOCK)


def test_a_remark_never_becomes_a_rule() -> None:
    block = write_block((), "/", (), ("Mira\nUser-agent: *\nDisallow: /",))
    assert read_robots("\n".join(block).encode()).groups == ()


def test_groups_for_one_crawler_count_together_and_allow_wins_between_equals() -> None:
    body = with_block(b"User-agent: GPTBot\nAllow: /\n", BLOCK)
    assert read_robots(body).may_fetch("GPTBot", "/x")


def test_the_longest_rule_counts() -> None:
    everybody = b"User-agent: *\nAllow: /\nDisallow: /never/\nContent-Usage: train-ai=n\n"
    one = (
        b"Content-Usage: /ai-ok/ train-ai=y\n\nUser-Agent: ExampleBot\nAllow: /\nContent-Usage: train-ai=y\n"
    )
    found = read_robots(everybody + one)
    assert found.usage("x", "/test")["train-ai"] is Preference.DISALLOWED
    assert found.usage("x", "/never/test")["train-ai"] is Preference.UNKNOWN
    assert found.usage("x", "/ai-ok/test")["train-ai"] is Preference.ALLOWED
    assert found.usage("examplebot", "/test")["train-ai"] is Preference.ALLOWED


def test_rules_for_the_same_path_count_restrictively_together() -> None:
    body = b"User-agent: *\nContent-Usage: /a train-ai=y\nContent-Usage: /a train-ai=n\n"
    assert read_robots(body).usage("x", "/a")["train-ai"] is Preference.DISALLOWED


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    read_robots(body).may_fetch("GPTBot", "/")
