"""Whatever an artist decided: the pack is read back as decided, and other decisions are told from it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.letter_templates import letter_words
from artist_console.commands.site_plans import known_crawlers
from artist_console.domain.crawlers import agents_for
from artist_console.domain.letter_kinds import Language
from artist_console.domain.registers import Register, Stance
from artist_console.domain.signal_terms import Signal
from artist_console.domain.site_address import read_address
from artist_console.domain.site_checks import PlaceCheck, SiteAnswer, Trouble, Verdict
from artist_console.domain.site_plan import SiteGround
from artist_console.formats.path_patterns import matches
from artist_console.formats.site_comparing import compare
from artist_console.formats.site_headers import server_lines
from artist_console.formats.site_pack import PackFacts, SiteFile, expected_headers, make_files, reserved_keys
from artist_console.formats.site_page import Statement, statement_lines
from artist_console.formats.site_texts import site_texts
from artist_console.host.resources import resource_bytes
from tests.domain.test_site_plan import ground, ledgers, reserved

TEXTS = site_texts(json.loads(resource_bytes("site/page.json")))
ADDRESS = read_address("https://mara.example/music/")
AGENTS = [each.agent for each in known_crawlers()]
FORMERS = st.sampled_from(
    [
        b"",
        b"User-agent: *\nDisallow: /private/\n",
        b"Sitemap: https://mara.example/s.xml\r\n",
        b"\xef\xbb\xbfUser-agent: Bingbot\r\nCrawl-delay: 3\r\nDisallow: /x",
    ]
)
Said = list[tuple[Register, Stance]]


def facts_of(found: SiteGround, robots: bytes = b"") -> PackFacts:
    said = Statement(
        artist="Mara <b>",
        writer="",
        rights=found.rights,
        uses=found.uses,
        mining=bool(reserved_keys(found.categories, Signal.TDMREP)),
        place=ADDRESS.at(ADDRESS.path),
        on=date(2026, 1, 1),
    )
    agents = agents_for(known_crawlers(), reserved_keys(found.categories, Signal.ROBOTS))
    return PackFacts(ADDRESS, said, found.categories, agents, robots)


def pack(facts: PackFacts) -> dict[str, SiteFile]:
    return {file.name: file for file in make_files(facts, TEXTS, letter_words())}


def answered(facts: PackFacts) -> tuple[SiteAnswer, ...]:
    """What a site answers on which everything was put."""
    files = pack(facts)

    def answer(path: str, name: str, kind: str) -> SiteAnswer:
        address, file = ADDRESS.at(path), files.get(name)
        if file is None:
            return SiteAnswer(path, address, address, status=404, trouble=Trouble.NOT_FOUND)
        return SiteAnswer(path, address, address, "", 200, (("Content-Type", kind),), file.body)

    page = SiteAnswer(
        ADDRESS.path,
        ADDRESS.at(ADDRESS.path),
        ADDRESS.at(ADDRESS.path),
        "",
        200,
        (("Content-Type", "text/html; charset=utf-8"), *expected_headers(facts)),
        files["site/reservation.html"].body,
    )
    return (
        answer("/.well-known/tdmrep.json", "site/.well-known/tdmrep.json", "application/json"),
        answer("/robots.txt", "site/robots.txt", "text/plain"),
        page,
    )


def judged(answers: tuple[SiteAnswer, ...], facts: PackFacts) -> tuple[PlaceCheck, ...]:
    said = statement_lines(facts.statement, TEXTS[Language.EN], letter_words()[Language.EN])
    return compare(answers, facts, said, AGENTS)


@given(ledgers, FORMERS)
def test_what_is_put_on_a_site_is_read_back_as_decided(said: Said, former: bytes) -> None:
    found = ground(said)
    facts = facts_of(found, former)
    verdicts = {each.place: each.verdict for each in judged(answered(facts), facts)}
    assert set(verdicts.values()) <= {Verdict.AS_WRITTEN, Verdict.NOTHING}
    assert (Verdict.AS_WRITTEN in verdicts.values()) is bool(reserved(found))


@given(ledgers, ledgers)
def test_a_site_of_other_decisions_is_never_taken_for_as_decided(before: Said, now: Said) -> None:
    old, new = ground(before), ground(now)
    verdicts = [each.verdict for each in judged(answered(facts_of(old)), facts_of(new))]
    if reserved(old) - reserved(new):
        assert Verdict.SAYS_MORE in verdicts
    elif reserved(new) - reserved(old):
        assert {Verdict.MISSING, Verdict.DIFFERS} & set(verdicts)


@given(ledgers)
def test_no_file_says_yes_and_every_text_is_escaped(said: Said) -> None:
    for file in pack(facts_of(ground(said))).values():
        assert b"=y" not in file.body
        assert not re.search(rb"\nAllow:|reservation\W{1,4}0", file.body)
        if file.media_type.startswith("text/html"):
            assert b"<b>" not in file.body


@given(
    st.lists(st.sampled_from(["a", "b", "/", "*", "."]), max_size=8).map(lambda signs: "/" + "".join(signs)),
    st.booleans(),
    st.lists(st.sampled_from(["a", "b", "/", "."]), max_size=10).map(lambda signs: "/" + "".join(signs)),
)
def test_patterns_match_as_an_expression_would(pattern: str, ends: bool, path: str) -> None:
    expression = "".join(".*" if sign == "*" else re.escape(sign) for sign in pattern)
    wanted = re.match(expression + (r"\Z" if ends else ""), path) is not None
    assert matches(pattern + ("$" if ends else ""), path) is wanted


def test_what_a_server_would_read_as_more_than_text_is_refused() -> None:
    for value in ('a"; return 200', "$host", "a\nb", "%{x}", "{"):
        with pytest.raises(ValueError, match="cannot be written"):
            server_lines([("tdm-policy", value)], "/", ())
