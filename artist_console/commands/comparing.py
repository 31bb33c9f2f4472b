"""The words by which titles and names are compared, read once."""

from __future__ import annotations

import json
from functools import cache

from artist_console.domain.matching import MatchWords, match_words
from artist_console.host.resources import resource_bytes


@cache
def the_match_words() -> MatchWords:
    return match_words(json.loads(resource_bytes("data/match_words.json")))
