"""The list of crawlers that ships: names that robots.txt takes, each with its source."""

from __future__ import annotations

import json

import pytest

from artist_console.commands.site_plans import known_crawlers
from artist_console.domain.crawlers import agents_for, crawlers_of
from artist_console.domain.signal_terms import DATASET_CRAWLERS, TRAINING_CRAWLERS
from artist_console.host.resources import resource_bytes

SEARCHING = {"googlebot", "bingbot", "oai-searchbot", "claude-searchbot", "perplexitybot", "applebot", "*"}


def test_each_crawler_has_its_owner_and_source_and_stands_once() -> None:
    found = known_crawlers()
    assert len({each.agent.casefold() for each in found}) == len(found)
    for each in found:
        assert each.owner
        assert each.says.endswith(".")
        assert each.source.startswith("https://")
        assert each.checked_on is not None or each.note, each.agent


def test_no_crawler_by_which_people_find_a_site_is_among_them() -> None:
    assert not SEARCHING & {each.agent.casefold() for each in known_crawlers()}


def test_both_purposes_have_crawlers() -> None:
    found = known_crawlers()
    assert "GPTBot" in agents_for(found, [TRAINING_CRAWLERS])
    assert "CCBot" in agents_for(found, [DATASET_CRAWLERS])
    assert agents_for(found, []) == ()


@pytest.mark.parametrize("agent", ["*", "Two words", "", "Bot\nDisallow: /", "Bot/1.0"])
def test_a_name_that_robots_does_not_take_is_refused(agent: str) -> None:
    row = json.loads(resource_bytes("directory/crawlers.json"))["crawlers"][0]
    with pytest.raises(ValueError):  # noqa: PT011  (the file that ships is wrong then: no sentence for it)
        crawlers_of({"crawlers": [row | {"agent": agent}]})
