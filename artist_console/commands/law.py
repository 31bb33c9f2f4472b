"""The sentences about law that ship with the program, for letters and for whoever wants to look them up."""

from __future__ import annotations

import json
from functools import cache

from artist_console.domain.law import EU, EU_MEMBERS, LawSentence, LawTopic, sentences_for, sentences_of
from artist_console.host.resources import resource_bytes

__all__ = ["LawSentence", "LawTopic", "all_sentences", "countries", "law_sentences"]


def law_sentences(topic: LawTopic, country: str) -> tuple[LawSentence, ...]:
    """Those of a topic for a country; a member of the European Union without its own gets the Union's."""
    return sentences_for(all_sentences(), topic, country)


def countries() -> tuple[str, ...]:
    """For which countries there is any sentence, sorted; "EU" and its members with them."""
    own = {each.country for each in all_sentences()}
    return tuple(sorted(own | EU_MEMBERS if EU in own else own))


@cache
def all_sentences() -> tuple[LawSentence, ...]:
    """Every topic, in the order of `LawTopic`."""
    tables = (json.loads(resource_bytes(f"law/{topic.value}.json")) for topic in LawTopic)
    return tuple(sentence for table in tables for sentence in sentences_of(table))
