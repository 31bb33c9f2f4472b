"""Sentences about law are data: four languages, a source, a day or none; the Union stands in for members."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.law import all_sentences, countries, law_sentences
from artist_console.domain.law import EU, EU_MEMBERS, LawSentence, LawTopic, sentences_for, sentences_of
from artist_console.domain.letter_kinds import Language
from artist_console.host.resources import resource_bytes, resource_names

WITHOUT_RULES = LawTopic.ACCOUNTS  # where the law of few countries says anything by itself
TOPICS = st.sampled_from(list(LawTopic))
ADVICE = re.compile(
    r"\b(you should|we advise|you must|sie sollten|wir raten|vous devriez|debería usted)\b", re.IGNORECASE
)


def test_every_topic_has_its_file_and_no_file_is_left_over() -> None:
    assert {f"law/{topic.value}.json" for topic in LawTopic} == set(resource_names("law"))


@pytest.mark.parametrize("language", Language)
def test_every_sentence_is_there_in_every_language(language: Language) -> None:
    for each in all_sentences():
        text = each.text[language]
        assert text.endswith("."), each.key
        assert text == " ".join(text.split()), each.key
        assert 60 < len(text) < 700, each.key
        assert not ADVICE.search(text), each.key
        assert not {"{", "}"} & set(text), each.key
    texts = [each.text[language] for each in all_sentences()]
    assert len(set(texts)) == len(texts)


def test_no_sentence_stands_in_a_language_that_is_not_its_own() -> None:
    for each in all_sentences():
        assert len(set(each.text.values())) == len(Language), each.key


def test_every_sentence_names_its_article_its_source_and_whether_it_was_looked_up() -> None:
    keys = [each.key for each in all_sentences()]
    assert len(set(keys)) == len(keys)
    for each in all_sentences():
        parts = urlsplit(each.source)
        assert parts.scheme == "https", each.key
        assert "." in parts.netloc, each.key
        assert each.title, each.key
        assert each.country == EU or re.fullmatch(r"[A-Z]{2}", each.country), each.key
        assert each.checked_on is None or date(2026, 1, 1) <= each.checked_on < date(2030, 1, 1), each.key
        # The number of the article is the same in title and text.
        number = re.findall(r"\d[\d.-]*[a-z]?", each.title)[-1].rstrip(".")
        assert all(number.split(".")[0] in text for text in each.text.values()), each.key


@pytest.mark.parametrize("topic", [topic for topic in LawTopic if topic is not WITHOUT_RULES])
def test_every_topic_says_something_for_the_union_and_its_members(topic: LawTopic) -> None:
    assert law_sentences(topic, EU)
    for member in EU_MEMBERS:
        assert law_sentences(topic, member), member


def test_the_countries_of_most_letters_are_there() -> None:
    assert {"EU", "DE", "FR", "ES", "AT", "IT", "NL", "GB", "US", "CH"} <= set(countries())
    assert law_sentences(LawTopic.ACCOUNTS, "FR")


@given(TOPICS, st.text(max_size=3))
def test_a_country_that_is_not_known_gets_no_law(topic: LawTopic, country: str) -> None:
    if country not in countries():
        assert law_sentences(topic, country) == ()


@given(TOPICS, st.sampled_from(sorted(EU_MEMBERS)))
def test_a_member_has_its_own_sentences_or_those_of_the_union_never_both(
    topic: LawTopic, member: str
) -> None:
    found = law_sentences(topic, member)
    own = [each for each in all_sentences() if each.topic is topic and each.country == member]
    assert list(found) == (own or [e for e in all_sentences() if e.topic is topic and e.country == EU])


@given(st.permutations(all_sentences()), TOPICS, st.sampled_from(["EU", "DE", "PL", "US", "JP", ""]))
def test_only_sentences_of_the_topic_are_given(
    known: list[LawSentence], topic: LawTopic, country: str
) -> None:
    assert all(each.topic is topic for each in sentences_for(known, topic, country))


def test_a_file_without_one_of_the_languages_is_refused() -> None:
    table = json.loads(resource_bytes("law/tdm_reservation.json"))
    del table["sentences"][0]["text"]["fr"]
    with pytest.raises(KeyError):
        sentences_of(table)
