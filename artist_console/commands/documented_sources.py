"""Names in statements that are publicly documented as money from AI: the resource that says by which page."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from artist_console.host.resources import resource_bytes

if TYPE_CHECKING:
    from artist_console.domain.source_names import KnownSource


@cache
def documented_sources() -> tuple[KnownSource, ...]:
    # Late: profiles are opened with it, and statements are not looked at before the first rows are painted.
    from artist_console.domain.source_names import known_sources_of

    return known_sources_of(json.loads(resource_bytes("data/ai_sources.json")))
