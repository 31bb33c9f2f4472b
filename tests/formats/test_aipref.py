"""Content-Usage: the drafts' own examples, RFC 9651 by the letter, and what is written comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.aipref import (
    CATEGORIES,
    NOTHING_KNOWN,
    Preference,
    combine,
    read_field,
    read_preferences,
    read_rule,
    why_unreadable,
    write_reserved,
    write_rule,
)
from artist_console.formats.structured_fields import NotADictionary, ValueKind, read_dictionary

YES, NO, UNKNOWN = Preference.ALLOWED, Preference.DISALLOWED, Preference.UNKNOWN
preferences = st.fixed_dictionaries({category: st.sampled_from(Preference) for category in CATEGORIES})


@pytest.mark.parametrize(
    ("text", "training", "search"),
    [
        ("train-ai=n", NO, UNKNOWN),
        ("train-ai=y, search=n", YES, NO),
        ('train-ai=y, train-ai, search=n, search="n"', UNKNOWN, UNKNOWN),
        ("train-ai;allow=n, train-ai=y", YES, UNKNOWN),
        ('train-ai;has;parameters="?"', UNKNOWN, UNKNOWN),
        ("Train-AI=n", UNKNOWN, UNKNOWN),
        ("search=y, Train-AI=n", UNKNOWN, UNKNOWN),
        ("", UNKNOWN, UNKNOWN),
        ("train-ai=N", UNKNOWN, UNKNOWN),
        ("train-ai=no", UNKNOWN, UNKNOWN),
        ("train-ai=?0", UNKNOWN, UNKNOWN),
        ("train-ai=(n)", UNKNOWN, UNKNOWN),
        ("train-ai=n;why=1.5, later=@1700000000, x=:YQ==:", NO, UNKNOWN),
        ("train-ai=n,", UNKNOWN, UNKNOWN),
        ("train-ai = n", UNKNOWN, UNKNOWN),
        ("train-ai=n; a=1 ,\tsearch=y", NO, YES),
        ("train-ai=n, süß=y", UNKNOWN, UNKNOWN),
        ("train-ai=n\x00", UNKNOWN, UNKNOWN),
        ("  train-ai=n  ", NO, UNKNOWN),
    ],
)
def test_a_field_is_read_as_the_drafts_say(text: str, training: Preference, search: Preference) -> None:
    assert read_preferences(text) == {"train-ai": training, "search": search}


def test_a_no_from_one_source_outweighs_a_yes_from_another() -> None:
    found = combine([read_preferences("train-ai=n"), read_preferences("train-ai=y, search=y")])
    assert found == {"train-ai": NO, "search": YES}
    assert combine([]) == NOTHING_KNOWN


@given(st.lists(preferences, max_size=4), st.randoms())
def test_combining_is_restrictive_and_knows_no_order(
    said: list[dict[str, Preference]], chance: object
) -> None:
    found = combine(said)
    assert combine(reversed(said)) == found == combine([found, *said])
    for category in CATEGORIES:
        if any(each[category] is NO for each in said):
            assert found[category] is NO


@given(st.sets(st.sampled_from(CATEGORIES)))
def test_what_is_reserved_comes_back_and_nothing_else_is_said(reserved: set[str]) -> None:
    text = write_reserved(reserved)
    assert {category for category, said in read_preferences(text).items() if said is NO} == reserved
    assert YES not in read_preferences(text).values()
    assert "=y" not in text


def test_no_other_word_can_be_written() -> None:
    with pytest.raises(ValueError, match="not categories"):
        write_reserved(["train-genai"])


def test_a_field_that_stands_twice_is_one_list() -> None:
    assert read_field(["train-ai=n", "", "search=y"]) == {"train-ai": NO, "search": YES}
    assert read_field(["train-ai=n", "train-ai=y"])["train-ai"] is YES


@pytest.mark.parametrize(
    ("value", "path", "training"),
    [
        (" train-ai=n", "", NO),
        (" /ai-ok/ train-ai=y", "/ai-ok/", YES),
        ("\t/a%20b\ttrain-ai=n # a remark", "/a%20b", NO),
        ("/music/", "/music/", UNKNOWN),
        ("music/ train-ai=n", "", UNKNOWN),
    ],
)
def test_a_rule_of_robots_may_name_a_path(value: str, path: str, training: Preference) -> None:
    rule = read_rule(value)
    assert (rule.path, rule.preferences["train-ai"]) == (path, training)


def test_a_rule_is_written_as_it_is_read() -> None:
    line = write_rule("/music/", ["train-ai"])
    assert line == "Content-Usage: /music/ train-ai=n"
    assert read_rule(line.partition(":")[2]).path == "/music/"
    for path in ("music", "/a b", "/a#b", "/a\nDisallow: /"):
        with pytest.raises(ValueError, match="not a path"):
            write_rule(path, ["train-ai"])


def test_what_is_wrong_is_told_with_its_place() -> None:
    assert why_unreadable("Train-AI=n") == "at character 1, a key in small letters was expected"
    assert why_unreadable("train-ai=n") == ""
    assert "longer" in why_unreadable("a" * 10_000)


# -- the grammar of RFC 9651


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('a="x \\" y"', ValueKind.STRING),
        ("a=-12.125", ValueKind.NUMBER),
        ("a=?1", ValueKind.BOOLEAN),
        ("a", ValueKind.BOOLEAN),
        ("a=*tok/en:1", ValueKind.TOKEN),
        ("a=:cHJldGVuZA==:", ValueKind.BYTES),
        ("a=@1659578233", ValueKind.DATE),
        ('a=%"f%c3%bc"', ValueKind.DISPLAY),
        ('a=(1 "b";q=1 c);d', ValueKind.LIST),
        ("a=()", ValueKind.LIST),
    ],
)
def test_every_kind_of_value_is_known(text: str, kind: ValueKind) -> None:
    assert read_dictionary(text)["a"].kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "a=",
        "a=1.",
        "a=1.2345",
        "a=1234567890123456",
        'a="x',
        'a="\\x"',
        "a=(1",
        "a=(1,2)",
        "a=?2",
        "1=a",
        "a=b c",
        "a=b,,c=d",
        ";a",
        "a=:?:",
        "a=@1.5",
        'a=%"%C3"',
        "a=1 2",
        "\ta=b",
        "a=b;B",
    ],
)
def test_a_field_that_breaks_the_grammar_is_no_dictionary(text: str) -> None:
    with pytest.raises(NotADictionary):
        read_dictionary(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert set(read_preferences(text)) == set(CATEGORIES)
