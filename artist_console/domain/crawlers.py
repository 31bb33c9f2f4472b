"""Crawlers that collect for models, as their owners or others say: data with source and date.

`resources/directory/crawlers.json`. Crawlers of search engines and assistants are left out on purpose: being
found is not what is reserved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .signal_terms import Signal, term

# RFC 9309 takes letters, "_" and "-"; some names hold digits all the same.
_AGENT = re.compile(r"[A-Za-z_-][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Crawler:
    agent: str  # the name that robots.txt calls it by
    owner: str
    purpose: str  # key of a term of Signal.ROBOTS
    is_token: bool  # a name by which a site says something; nothing crawls under it
    says: str
    source: str
    checked_on: date | None  # when the owner's own page was read; None: it was not
    note: str = ""


def crawlers_of(found: Mapping[str, Any]) -> tuple[Crawler, ...]:
    """From the parsed resource. Raises ValueError or KeyError: then the file that shipped is wrong."""
    return tuple(_crawler(row) for row in found["crawlers"])


def _crawler(row: Mapping[str, Any]) -> Crawler:
    if not _AGENT.fullmatch(row["agent"]):
        raise ValueError(row["agent"])
    return Crawler(
        row["agent"],
        row["owner"],
        term(Signal.ROBOTS, row["purpose"]).key,
        {"crawler": False, "token": True}[row["kind"]],
        row["says"],
        row["source"],
        date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
        row.get("note", ""),
    )


def agents_for(crawlers: Iterable[Crawler], purposes: Iterable[str]) -> tuple[str, ...]:
    wanted = frozenset(purposes)
    return tuple(crawler.agent for crawler in crawlers if crawler.purpose in wanted)
