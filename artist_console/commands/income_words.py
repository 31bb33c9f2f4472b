"""The words by which lines are told to be income from AI, read once."""

from __future__ import annotations

import json
from functools import cache

from artist_console.formats.income_words import AiIncomeWords, ai_income_words
from artist_console.host.resources import resource_bytes


@cache
def the_ai_income_words() -> AiIncomeWords:
    return ai_income_words(json.loads(resource_bytes("data/ai_income_words.json")))
