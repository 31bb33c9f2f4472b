"""Rows as JSON Lines, the table for a spreadsheet, and the outcomes that can be computed again."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.report_checks import check_table
from artist_console.formats.report_content import (
    MAX_LINE_BYTES,
    ROW_TYPES,
    decode_rows,
    encode_rows,
)
from artist_console.formats.report_outcomes import recompute
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_table import OUTCOME_WORDS, STATE_WORDS, plain_cell, works_table
from artist_console.formats.report_words import readme
from tests.formats.report_world import all_rows, answered_world, header

CONTENT = content_for(all_rows(answered_world()), header())


@pytest.mark.parametrize("kind", list(ROW_TYPES))
def test_rows_of_every_kind_are_read_back_as_they_were(kind: str) -> None:
    rows = CONTENT.rows(kind)
    data = encode_rows(rows)
    assert data.count(b"\n") == len(rows)
    assert decode_rows(kind, data) == (rows, ())


def test_rows_that_cannot_be_read_are_named_by_line_and_the_others_are_kept() -> None:
    one, two, three = CONTENT.works
    good = encode_rows([one])
    for bad in (
        b"not json",
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"id":"x"}',
        encode_rows([two])[:-1] + b" ",
        b" " * (MAX_LINE_BYTES + 1),
    ):
        rows, faults = decode_rows("works", good + bad + b"\n" + encode_rows([three]))
        if bad.endswith(b"} "):  # white space says nothing that is not shown
            assert (rows, faults) == ((one, two, three), ())
            continue
        assert rows == (one, three)
        assert [(fault.file, fault.line) for fault in faults] == [("works.jsonl", 2)]
    rows, faults = decode_rows("works", good[:-1])
    assert (rows, len(faults)) == ((), 1)


def test_a_row_of_an_older_version_says_less_and_is_read_one_that_says_more_is_not() -> None:
    plain = json.loads(encode_rows([CONTENT.works[0]]))
    assert plain.pop("aliases") == []
    rows, faults = decode_rows("works", json.dumps(plain).encode() + b"\n")
    assert (rows, faults) == ((CONTENT.works[0],), ())
    for more in ({"later": "field"}, {"credits": [{"name": "N", "role": "r", "later": 1}]}):
        rows, faults = decode_rows("works", json.dumps(plain | more).encode() + b"\n")
        assert rows == ()
        assert "does not show" in faults[0].why


def test_a_number_is_not_taken_for_money() -> None:
    plain = json.loads(encode_rows(CONTENT.lines[:1]))
    assert isinstance(plain["amount"], str)
    plain["amount"] = 10.1
    rows, faults = decode_rows("lines", json.dumps(plain).encode() + b"\n")
    assert rows == ()
    assert len(faults) == 1


@given(st.text(max_size=20))
@settings(deadline=None)
def test_no_cell_of_the_table_is_run_by_a_spreadsheet(title: str) -> None:
    works = (replace(CONTENT.works[0], title=title),)
    table = works_table(replace(CONTENT, works=works)).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table, newline="")):
        for cell in row:
            assert not cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_a_title_that_looks_like_a_formula_keeps_its_words() -> None:
    assert plain_cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert plain_cell(" @sum") == "' @sum"
    assert plain_cell("1 + 1 = 2") == "1 + 1 = 2"


def test_every_outcome_and_state_has_words() -> None:
    assert set(OUTCOME_WORDS) == set(PermissionOutcome)
    assert set(STATE_WORDS) == set(InclusionState)
    assert all("{who}" in STATE_WORDS[s] for s in (InclusionState.TRAINED, InclusionState.REMOVED))


def test_a_table_that_says_something_else_is_told_with_its_line() -> None:
    table = works_table(CONTENT)
    assert check_table(CONTENT, table).state is CheckState.PASSED
    other = check_table(CONTENT, table.replace(b"Allowed", b"Refused"))
    assert other.state is CheckState.FAILED
    assert "see line 2" in other.text
    assert check_table(CONTENT, table[:40]).state is CheckState.FAILED
    assert check_table(CONTENT, None).state is CheckState.CANNOT


def test_lines_in_a_title_do_not_add_lines_to_the_readme() -> None:
    made = readme(
        replace(header(), title="One\r\n\r\nSigned by the operator"), "Some\nbody", "ab cd"
    ).decode()
    assert "One Signed by the operator\r\n" in made
    assert "by Some body.\r\n" in made


def test_a_wrong_outcome_is_still_told_where_all_answers_are_here() -> None:
    wrong = tuple(replace(o, answer=AnswerKind.EXPIRED) for o in CONTENT.outcomes)
    assert len(recompute(replace(CONTENT, outcomes=wrong)).differ) == len(wrong)
