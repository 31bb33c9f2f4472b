"""Sentences about law that a letter may cite, as data with country, source and the day of looking it up.

Each says what an article says, and no more. Nothing here is advice or says whether it applies to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from .letter_kinds import Language


class LawTopic(Enum):
    TDM_RESERVATION = "tdm_reservation"  # text and data mining, and who may reserve it
    PERSONAL_DATA_ACCESS = "personal_data_access"
    PERSONAL_DATA_OBJECTION = "personal_data_objection"
    PERSON_IMAGE_VOICE = "person_image_voice"
    TRANSPARENCY = "transparency"  # of what was licensed and paid, owed by whoever holds the rights
    SOCIETY_WITHDRAWAL = "society_withdrawal"
    SOCIETY_INFORMATION = "society_information"
    AI_TRANSPARENCY = "ai_transparency"  # of what a model was trained on
    ACCOUNTS = "accounts"  # statements and their audit


EU = "EU"
_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU_MEMBERS = frozenset(_MEMBERS.split())


@dataclass(frozen=True, slots=True)
class LawSentence:
    """What one article says."""

    key: str
    topic: LawTopic
    country: str  # ISO 3166-1 alpha-2, or "EU"
    title: str  # the article, as its own country names it
    source: str  # https address
    checked_on: date | None  # on which a copy of the source was read; None: nobody has looked it up
    text: Mapping[Language, str]  # in every language


def sentences_of(table: Mapping[str, Any]) -> tuple[LawSentence, ...]:
    """Read the resource of one topic. Raises KeyError, ValueError for one that is not as it should be."""
    topic = LawTopic(table["topic"])
    return tuple(
        LawSentence(
            each["key"],
            topic,
            each["country"],
            each["title"],
            each["source"],
            date.fromisoformat(each["checked_on"]) if each["checked_on"] is not None else None,
            {language: each["text"][language.value] for language in Language},
        )
        for each in table["sentences"]
    )


def sentences_for(known: Iterable[LawSentence], topic: LawTopic, country: str) -> tuple[LawSentence, ...]:
    """Those of a topic for a country, in the order of the resource; empty without a country.

    A member of the European Union that has none of its own gets those of the Union.
    """
    of_topic = [each for each in known if each.topic is topic]
    own = tuple(each for each in of_topic if each.country == country)
    if own or country not in EU_MEMBERS:
        return own
    return tuple(each for each in of_topic if each.country == EU)
