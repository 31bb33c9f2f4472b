"""Composing a letter: conditions, values, lists and days; and what a template has to be to be used at all."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.letter_templates import letter_words
from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.law import LawSentence, LawTopic
from artist_console.domain.letter_kinds import Capacity, Language
from artist_console.domain.letter_needs import MADE_HERE, one_line, read_value, several_lines
from artist_console.domain.letter_reading import BadTemplate, read_template, read_wording
from artist_console.domain.letter_templates import Condition, Part, Placeholder, Template, Wording
from artist_console.domain.letter_text import (
    MOST_LISTED,
    Composed,
    Lacks,
    LetterFacts,
    compose,
)
from artist_console.domain.letter_words import BadWords, read_words
from artist_console.domain.letter_works import ListedWork
from artist_console.domain.parties import Standing
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.host.resources import resource_bytes

FILE = "letters/position.json"


def four(text: str) -> dict[str, str]:
    return {language.value: text for language in Language}


PLAIN: dict[str, Any] = {
    "kind": "position",
    "version": "1",
    "checked_on": "2026-11-29",
    "name": four("Position"),
    "says": four("When it is needed."),
    "capacities": ["artist", "manager"],
    "addressees": ["operator"],
    "purposes": ["copyright", "general"],
    "standing": [],
    "needs": [],
    "about": [],
    "works": "some",
    "signed_by": "writer",
    "reply_days": 14,
    "attach": ["works_csv"],
    "law": ["tdm_reservation"],
    "sources": [],
    "warnings": [{"id": "read", "text": four("Read it, {artist}.")}],
    "subject": four("{artist}: position"),
    "parts": [
        {"id": "who", "text": four("I write as {artist}.")},
        {
            "id": "own",
            "if": {"standing": ["controls"]},
            "claims": "ownership",
            "text": four("I own these recordings."),
        },
        {"id": "law", "law": "tdm_reservation", "text": four("The law: {law}")},
    ],
}
RECORDING = ListedWork("Night Bus", WorkKind.RECORDING, "Live", "GBAAA2600001")
SONG = ListedWork("Night Bus", WorkKind.COMPOSITION, "", "T0345246801")
FACTS = LetterFacts(
    language=Language.EN,
    capacity=Capacity.ARTIST,
    standing=Standing.WISH,
    addressee_name="Harmonia",
    addressee_kind=AddresseeKind.OPERATOR,
    artist="Mara Quist",
    writer="Mara Quist",
    today=date(2026, 11, 29),
    works=(RECORDING,),
)


def a_template(**changed: Any) -> Template:
    return read_template(FILE, {**deepcopy(PLAIN), **changed})


def with_text(text: str, **more: Any) -> Template:
    return a_template(parts=[{"id": "one", "text": four(text), **more}])


def composed(template: Template, facts: LetterFacts = FACTS) -> Composed:
    found = compose(template, facts, letter_words()[facts.language])
    assert isinstance(found, Composed), found
    return found


def faults(**changed: Any) -> list[str]:
    with pytest.raises(BadTemplate) as told:
        a_template(**changed)
    assert told.value.title.startswith(f"{FILE} is no template of a letter: ")
    return [f"{fault.where}: {fault.words}" for fault in told.value.faults]


# Values


@given(value=st.text(min_size=1, max_size=200))
def test_a_value_stays_as_it_is_whatever_braces_it_holds(value: str) -> None:
    cleaned = several_lines(value)
    facts = replace(FACTS, texts={Placeholder.QUESTION: cleaned} if cleaned.strip() else {})
    found = compose(with_text("Q: {question} :Q"), facts, letter_words()[Language.EN])
    if cleaned.strip():
        assert isinstance(found, Composed)
        told = found.text[found.text.index("Q: ") + 3 : found.text.rindex(" :Q")]
        assert [line.rstrip() for line in told.split("\n")] == [line.rstrip() for line in cleaned.split("\n")]
    else:
        assert found == Lacks((Placeholder.QUESTION,))


@given(given_names=st.frozensets(st.sampled_from([p for p in Placeholder if p not in MADE_HERE])))
def test_a_letter_is_whole_or_names_every_value_that_it_lacks(given_names: frozenset[Placeholder]) -> None:
    asked = [each for each in Placeholder if each not in MADE_HERE and each is not Placeholder.USES]
    template = with_text(" ".join(f"{{{each.value}}}" for each in asked))
    facts = replace(FACTS, texts=dict.fromkeys(given_names, "{artist}"))
    found = compose(template, facts, letter_words()[Language.EN])
    missing = tuple(each for each in asked if each not in given_names)
    assert found == Lacks(missing) if missing else isinstance(found, Composed)


def test_what_is_lacking_is_said_in_a_sentence() -> None:
    template = a_template(needs=["deadline", "category", "question"])
    found = compose(template, FACTS, letter_words()[Language.EN])
    assert isinstance(found, Lacks)
    assert found.sentence.text == (
        "It lacks the last day to answer or object, the question and the category of rights or uses."
    )


@given(text=st.text())
def test_a_text_with_its_braces_doubled_reads_back_as_it_is(text: str) -> None:
    wording = read_wording(text.replace("{", "{{").replace("}", "}}"))
    assert isinstance(wording, Wording)
    assert wording.placeholders == frozenset()
    assert wording.filled({}) == text


@given(text=st.text())
def test_what_stands_on_one_line_holds_nothing_that_steers(text: str) -> None:
    line = one_line(text)
    assert all(sign.isprintable() or sign in "\u200c\u200d" for sign in line)
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("deadline", "31.12.2026", "“deadline” is a day. Write it as 2026-11-29, not “31.12.2026”."),
        ("writer", "Somebody else", "“writer” cannot be given for a letter. These can: "),
        ("colour", "blue", "“colour” cannot be given for a letter. These can: "),
        ("question", " \n ", "“question” is empty."),
        ("question", "x" * 20_001, "“question” is longer than 20,000 characters. Attach it instead."),
    ],
)
def test_a_value_that_cannot_stand_in_a_letter_is_told(name: str, text: str, words: str) -> None:
    found = read_value(name, text)
    assert isinstance(found, str)
    assert found.startswith(words)


# Conditions and claims


@pytest.mark.parametrize("standing", Standing)
def test_ownership_is_claimed_by_whoever_controls_and_nobody_else(standing: Standing) -> None:
    text = composed(a_template(), replace(FACTS, standing=standing)).text
    assert ("I own these recordings." in text) == (standing is Standing.CONTROLS)


@pytest.mark.parametrize("standing", Standing)
def test_a_claim_without_its_condition_stands_nowhere_else_even_unread(standing: Standing) -> None:
    made = a_template()
    claim = Part("x", dict.fromkeys(Language, Wording(("Mine.",))), Condition(), claims_ownership=True)
    text = composed(replace(made, parts=(*made.parts, claim)), replace(FACTS, standing=standing)).text
    assert ("Mine." in text) == (standing is Standing.CONTROLS)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"capacity": ["artist"]}, True),
        ({"capacity": ["manager"]}, False),
        ({"addressee": ["label"]}, False),
        ({"works": ["recordings"]}, True),
        ({"works": ["songs", "mixed"]}, False),
        ({"has": ["works", "artist"]}, True),
        ({"has": ["deadline"]}, False),
        ({"lacks": ["deadline"]}, True),
        ({"lacks": ["works"]}, False),
        ({"country": ["EU"]}, True),
        ({"country": ["SE", "GB"]}, True),
        ({"country": ["GB"]}, False),
        ({"capacity": ["artist"], "country": ["GB"]}, False),
    ],
)
def test_a_part_stands_where_all_its_conditions_hold(condition: dict[str, list[str]], holds: bool) -> None:
    template = with_text("Here.", **{"if": condition})
    text = composed(template, replace(FACTS, countries=frozenset({"SE", "EU"}))).text
    assert ("Here." in text) == holds


def test_each_sentence_about_law_makes_a_part_and_none_leaves_it_out() -> None:
    one, two = (
        LawSentence(
            key,
            LawTopic.TDM_RESERVATION,
            "EU",
            f"Article {key}",
            "https://x",
            None,
            dict.fromkeys(Language, said),
        )
        for key, said in (("1", "First {artist}."), ("2", "Second."))
    )
    found = composed(a_template(), replace(FACTS, law={LawTopic.TDM_RESERVATION: (one, two)}))
    assert "The law: First {artist}.\n\nThe law: Second.\n" in found.text
    assert [source.title for source in found.sources(a_template())] == ["Article 1", "Article 2"]
    without = composed(a_template())
    assert "The law" not in without.text
    assert without.law == ()


# Its form


def test_a_letter_opens_and_closes_in_its_language_and_names_who_signs() -> None:
    manager = replace(FACTS, capacity=Capacity.MANAGER, writer="Jo Brandt", language=Language.DE)
    found = composed(a_template(), manager)
    assert found.text.startswith("Sehr geehrte Damen und Herren,\n\n")
    assert found.text.endswith("\n\nMit freundlichen Grüßen\n\nJo Brandt\nfür Mara Quist\n")
    assert found.signed_by == "Jo Brandt"


def test_a_letter_in_person_is_signed_by_the_artist_whoever_drafts_it() -> None:
    found = composed(a_template(signed_by="person"), replace(FACTS, writer="Jo Brandt"))
    assert found.text.endswith("\n\nYours faithfully,\n\nMara Quist\n")
    assert found.signed_by == "Mara Quist"


def test_a_person_is_addressed_by_name() -> None:
    found = composed(
        a_template(), replace(FACTS, addressee_kind=AddresseeKind.PERSON, addressee_name="Sam {x}")
    )
    assert found.text.startswith("Dear Sam {x},\n")


@pytest.mark.parametrize(
    ("language", "to_them", "to_an_organisation"),
    [
        (Language.EN, "Yours sincerely,", "Yours faithfully,"),
        (Language.DE, "Mit freundlichen Grüßen", "Mit freundlichen Grüßen"),
        (Language.FR, "Cordialement,", "Veuillez agréer mes salutations distinguées."),
        (Language.ES, "Un cordial saludo,", "Atentamente,"),
    ],
)
def test_a_letter_closes_as_one_closes_to_a_person_or_to_an_organisation(
    language: Language, to_them: str, to_an_organisation: str
) -> None:
    facts = replace(FACTS, language=language)
    assert f"\n\n{to_an_organisation}\n\n" in composed(a_template(), facts).text
    to_a_person = replace(facts, addressee_kind=AddresseeKind.PERSON)
    assert f"\n\n{to_them}\n\n" in composed(a_template(), to_a_person).text


def test_warnings_are_for_the_writer_and_in_the_writers_language() -> None:
    template = a_template(warnings=[{"id": "a", "text": {**four("No"), "fr": "Lisez, {artist}."}}])
    found = composed(template, replace(FACTS, language=Language.DE, told_in=Language.FR))
    assert found.warnings == ("Lisez, Mara Quist.",)
    assert "Lisez" not in found.text


def test_works_are_listed_one_a_line_with_their_codes() -> None:
    recordings = composed(with_text("{works}")).text
    assert "– Night Bus (Live), ISRC GB-AAA-26-00001\n" in recordings
    mixed = composed(with_text("{work_count}\n{works}"), replace(FACTS, works=(RECORDING, SONG))).text
    assert "2\n– Night Bus (Live), recording, ISRC GB-AAA-26-00001\n" in mixed
    assert "– Night Bus, song, ISWC T-034.524.680-1\n" in mixed


@pytest.mark.parametrize("count", [MOST_LISTED, MOST_LISTED + 1])
def test_a_long_list_stands_in_its_file_and_is_not_told_twice(count: int) -> None:
    facts = replace(FACTS, works=(RECORDING,) * count, listed_in="Works.csv")
    lines = composed(with_text("{works}"), facts).text.count("– ")
    assert lines == (1 if count > MOST_LISTED else count)
    assert composed(with_text("{works}"), replace(facts, listed_in="")).text.count("– ") == count


@pytest.mark.parametrize(
    ("language", "first", "other", "period"),
    [
        (Language.EN, "1 March 2026", "29 November 2026", "1 March 2026 to 29 November 2026"),
        (Language.DE, "1. März 2026", "29. November 2026", "1. März 2026 bis 29. November 2026"),
        (Language.FR, "1er mars 2026", "29 novembre 2026", "du 1er mars 2026 au 29 novembre 2026"),
        (
            Language.ES,
            "1 de marzo de 2026",
            "29 de noviembre de 2026",
            "del 1 de marzo de 2026 al 29 de noviembre de 2026",
        ),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    language: Language, first: str, other: str, period: str
) -> None:
    words = letter_words()[language]
    assert (words.on(date(2026, 3, 1)), words.on(date(2026, 11, 29))) == (first, other)
    assert words.between(date(2026, 3, 1), date(2026, 11, 29)) == period


@pytest.mark.parametrize("language", Language)
def test_every_use_has_its_words_in_every_language(language: Language) -> None:
    text = composed(with_text("{uses}"), replace(FACTS, language=language, uses=tuple(Use))).text
    assert text.count("\n– ") == len(Use) or text.count("– ") == len(Use)
    assert not any(use.value in text for use in Use if "." in use.value)


# What a template has to be


def test_an_unknown_placeholder_is_told_with_file_and_part() -> None:
    told = faults(parts=[{"id": "who", "text": {**four("I"), "de": "Ich, {name}"}}])
    assert told == ["parts/who/text/de: {name} is not a placeholder that is known."]


@pytest.mark.parametrize("text", ["{artist!r}", "{artist:>9}", "{}", "{0}", "{artist.name}"])
def test_a_placeholder_with_more_than_a_name_is_refused(text: str) -> None:
    assert "is not a placeholder that is known." in faults(subject=four(text))[0]


@pytest.mark.parametrize("text", ["{", "}", "{artist", "a } b"])
def test_a_brace_that_stands_alone_is_told(text: str) -> None:
    assert faults(subject=four(text))[0].endswith("A brace stands alone. Write {{ for a brace of the text.")


def test_a_missing_language_is_told_with_file_and_part() -> None:
    text = four("I")
    del text["es"]
    assert faults(parts=[{"id": "who", "text": text}]) == ["parts/who/text: “es” is missing."]


@pytest.mark.parametrize(
    "condition", [None, {}, {"standing": ["controls", "shares"]}, {"capacity": ["artist"]}]
)
def test_a_claim_of_ownership_without_its_condition_is_refused(
    condition: dict[str, list[str]] | None,
) -> None:
    part = {"id": "own", "claims": "ownership", "text": four("Mine.")}
    told = faults(parts=[part if condition is None else {**part, "if": condition}])
    assert told == ['parts/own: A claim of ownership stands only with "if": {"standing": ["controls"]}.']


def test_unknown_fields_are_told_wherever_they_stand() -> None:
    told = faults(
        colour="blue", parts=[{"id": "who", "text": four("I"), "iff": {}, "if": {"mood": ["good"]}}]
    )
    assert ": “colour” is not a field that is known here." in told
    assert "parts/1: “iff” is not a field that is known here." in told
    assert "parts/who/if: “mood” is not a field that is known here." in told


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "poem"}, "kind: “poem” is not one of: position, "),
        ({"kind": "removal"}, "kind: The file has another name than its kind."),
        ({"checked_on": "yesterday"}, "checked_on: A day such as 2026-11-29 was expected."),
        ({"reply_days": 0}, "reply_days: A whole number from 1 to 366 was expected, or null."),
        ({"reply_days": True}, "reply_days: A whole number from 1 to 366 was expected, or null."),
        ({"capacities": []}, "capacities: At least one was expected."),
        ({"standing": ["owner"]}, "standing: “owner” is not one of: controls, "),
        ({"needs": ["colour"]}, "needs: “colour” is not one of: addressee, "),
        ({"parts": []}, "parts: There is no part."),
        ({"parts": "I"}, "parts: A list was expected."),
        ({"sources": [{"title": "x"}]}, "sources/1: “address” is missing."),
        ({"subject": four("{law}")}, "subject: {law} stands only in a part that names its topic."),
        ({"parts": [{"id": "a", "text": four("I")}] * 2}, "parts/a: Another one has this id."),
        ({"parts": [{"id": "a", "text": four("{law}")}]}, "parts/a/text/en: {law} stands in a part"),
        ({"parts": [{"id": "a", "text": four("I"), "law": "accounts"}]}, "parts/a: The topic accounts is"),
        ({"parts": [{"id": "a", "text": four("I"), "if": {"country": ["Sweden"]}}]}, "parts/a/if/country: A"),
        (
            {"warnings": [{"id": "w", "text": four("{place}")}]},
            "warnings/w/text/en: {place} may have no value",
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_told(changed: dict[str, Any], words: str) -> None:
    assert any(fault.startswith(words) for fault in faults(**changed)), faults(**changed)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(key=st.sampled_from(sorted(PLAIN)), value=_JSON)
def test_whatever_stands_in_a_field_is_read_or_told(key: str, value: Any) -> None:
    with suppress(BadTemplate):
        assert isinstance(a_template(**{key: value}), Template)


@given(found=_JSON)
def test_what_is_no_template_at_all_is_told(found: Any) -> None:
    with pytest.raises(BadTemplate):
        read_template(FILE, found)


def test_words_that_lack_a_use_or_a_name_in_braces_are_told() -> None:
    words = json.loads(resource_bytes("letters/words.json"))
    del words["de"]["uses"]["distill"]
    words["fr"]["day"] = "{day} {month}"
    words["es"]["months"].pop()
    with pytest.raises(BadWords) as told:
        read_words("letters/words.json", words)
    assert {fault.where for fault in told.value.faults} == {
        "de/uses", "de/uses/distill", "fr/day", "es/months",
    }  # fmt: skip
