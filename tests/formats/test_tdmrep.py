"""TDMRep: the report's examples, its order of places, and a JSON Schema as an independent reader."""

from __future__ import annotations

import contextlib
import json

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.path_patterns import matches
from artist_console.formats.tdmrep import (
    NotTdmRep,
    TdmRule,
    TdmSaid,
    in_effect,
    read_tdmrep,
    read_values,
    said_of,
    write_tdmrep,
)

# After the Community Group's report, section "TDM File on the Origin Server".
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["location", "tdm-reservation"],
        "properties": {
            "location": {"type": "string", "pattern": "^/"},
            "tdm-reservation": {"enum": [0, 1]},
            "tdm-policy": {"type": "string", "pattern": "^https?://"},
        },
        "additionalProperties": False,
    },
}
EXAMPLE = b"""[
  {"location": "/directory-a/", "tdm-reservation": 1},
  {"location": "/directory-b/html/", "tdm-reservation": 1,
   "tdm-policy": "https://provider.com/policies/policy.json"},
  {"location": "/directory-b/images/*.jpg", "tdm-reservation": 0}
]"""

paths = st.from_regex(r"\A(/[a-zA-Z0-9._~-]{0,6}){1,3}\Z")
policies = st.none() | st.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z]{0,5}\Z")
said = st.builds(TdmSaid, st.sampled_from([None, True, False]), policies)


def reserved(location: str, policy: str | None = None) -> TdmRule:
    return TdmRule(location, TdmSaid(True, policy))


@given(st.lists(st.builds(reserved, paths, policies), max_size=5))
def test_what_is_written_fits_the_schema_and_comes_back(rules: list[TdmRule]) -> None:
    body = write_tdmrep(rules)
    jsonschema_rs.validator_for(SCHEMA).validate(json.loads(body))
    found = read_tdmrep(body)
    assert found.rules == tuple(rules)
    assert found.faults == ()


@pytest.mark.parametrize("value", [TdmSaid(False), TdmSaid(None)])
def test_what_is_not_reserved_is_never_written(value: TdmSaid) -> None:
    with pytest.raises(ValueError, match="leave it out"):
        write_tdmrep([TdmRule("/", value)])


def test_the_reports_example_is_read() -> None:
    rules = read_tdmrep(EXAMPLE).rules
    assert said_of("/directory-a/x.pdf", rules) == TdmSaid(True)
    assert said_of("/directory-b/html/x", rules).policy == "https://provider.com/policies/policy.json"
    assert said_of("/directory-b/images/x.jpg", rules) == TdmSaid(False)
    assert said_of("/directory-b/images/x.png", rules) == TdmSaid()
    assert said_of("/DIRECTORY-A/x", rules) == TdmSaid()


def test_the_first_rule_that_matches_counts() -> None:
    body = b'[{"location": "/", "tdm-reservation": 1}, {"location": "/open/", "tdm-reservation": 0}]'
    assert said_of("/open/x", read_tdmrep(body).rules) == TdmSaid(True)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/", "/anything", True),
        ("/this/path/exactly$", "/this/path/exactly", True),
        ("/this/path/exactly$", "/this/path/exactly/not", False),
        ("/this/*/then", "/this/and/that/then/more", True),
        ("/this/*/then", "/this/then", False),
        ("/*.mp3$", "/a/b.mp3", True),
        ("/*.mp3$", "/a/b.mp3?x", False),
        ("/*a*b", "/ba", False),
        ("/path/foo-%24", "/path/foo-$", True),
        ("/a%2Ab", "/a*b", True),
        ("/caf%C3%A9", "/café", True),
        ("/%7Emira", "/~mira", True),
        ("/a%2fb", "/a%2Fb", True),
        ("/a%2Fb", "/a/b", False),
        ("/*", "/", True),
        ("/a$b", "/a$bc", True),
        ("", "/", False),
        ("/Music", "/music", False),
    ],
)
def test_patterns_match_as_those_of_robots(pattern: str, path: str, fits: bool) -> None:
    assert matches(pattern, path) is fits


def test_a_pattern_made_to_be_slow_is_not() -> None:
    assert not matches("/" + "*a" * 900 + "b$", "/" + "a" * 1_900)


@pytest.mark.parametrize("value", ["2", '"1"', "true", "null", "1.0"])
def test_another_value_counts_as_not_said(value: str) -> None:
    body = f'[{{"location": "/", "tdm-reservation": {value}}}]'.encode()
    if value == "1.0":
        with pytest.raises(NotTdmRep):
            read_tdmrep(body)
        return
    found = read_tdmrep(body)
    assert found.rules == ()
    assert "neither 1 nor 0" in found.faults[0]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<html></html>", "not JSON"),
        (b"", "not JSON"),
        (b'{"location": "/", "tdm-reservation": 1}', "square brackets"),
        (b'[{"location": "/", "location": "/a", "tdm-reservation": 1}]', "stands twice"),
        ("[]".encode("utf-16"), "UTF-8"),
        (b"[" * 100_000, "nested"),
        (b"[" + b"{}," * 3_000 + b"{}]", "more than"),
    ],
)
def test_what_is_no_list_of_rules_is_told(body: bytes, what: str) -> None:
    with pytest.raises(NotTdmRep, match=what):
        read_tdmrep(body)


def test_rules_that_make_no_sense_are_told_and_the_rest_is_used() -> None:
    found = read_tdmrep(
        b'[7, {"tdm-reservation": 1}, {"location": "/"}, {"location": "/", "tdm-reservation": 1}]'
    )
    assert len(found.rules) == 1
    assert [fault.partition(":")[0] for fault in found.faults] == ["Rule 1", "Rule 2", "Rule 3"]


def test_a_later_place_counts_and_silence_changes_nothing() -> None:
    file, header, meta = TdmSaid(True, "https://a.example/"), TdmSaid(False), TdmSaid()
    assert in_effect(file, TdmSaid(), TdmSaid()) == file
    assert in_effect(file, header, meta) == TdmSaid(False)
    assert in_effect(file, header, TdmSaid(True)) == TdmSaid(True, "https://a.example/")
    assert in_effect(TdmSaid(), TdmSaid(), TdmSaid(True)) == TdmSaid(True)


@given(said, said, said)
def test_the_last_place_that_says_anything_decides(file: TdmSaid, header: TdmSaid, meta: TdmSaid) -> None:
    spoken = [each.reserved for each in (file, header, meta) if each.reserved is not None]
    assert in_effect(file, header, meta).reserved is (spoken[-1] if spoken else None)


def test_a_policy_counts_only_beside_a_reservation() -> None:
    assert read_values("1", "https://a.example/p") == TdmSaid(True, "https://a.example/p")
    assert read_values(" 0 ", "https://a.example/p") == TdmSaid(False)
    assert read_values("yes", None) == TdmSaid()
    assert read_values("1", "javascript:alert(1)") == TdmSaid(True)
    assert read_values("1", "https://[") == TdmSaid(True)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with contextlib.suppress(NotTdmRep):
        read_tdmrep(body)
