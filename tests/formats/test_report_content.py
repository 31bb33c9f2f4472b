"""The overview of a report, what it says of itself, and the outcomes that can be computed again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.formats.report_content import ROW_KEYS, ROW_TYPES, content_from, in_order
from artist_console.formats.report_outcomes import recompute
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_table import OUTCOME_WORDS, STATE_WORDS, overview_rows
from artist_console.formats.report_tables import codec_of
from artist_console.formats.report_words import readme
from tests.formats.report_world import all_rows, answered_world, header

CONTENT = content_for(all_rows(answered_world()), header())


@pytest.mark.parametrize("kind", list(ROW_TYPES))
def test_the_key_of_every_kind_tells_its_rows_apart_and_is_their_order(kind: str) -> None:
    codec = codec_of(kind)
    keys = [codec.key_of(codec.record(row, "0" * 32)) for row in in_order(CONTENT).rows(kind)]
    assert len(set(keys)) == len(keys)
    assert set(ROW_KEYS[kind]) <= {column.name for column in codec.columns}


def test_content_is_put_together_from_the_rows_of_its_kinds() -> None:
    rows = {kind: CONTENT.rows(kind) for kind in ROW_TYPES if CONTENT.rows(kind)}
    assert content_from(CONTENT.header, rows) == CONTENT


def test_the_overview_has_a_row_for_each_work_and_programme_in_words() -> None:
    rows = list(overview_rows(CONTENT))
    assert {row.title for row in rows} == {"Salt Lines", "Harbour Lights"}
    assert len({(row.work, row.programme_id) for row in rows}) == len(rows)
    listed = next(row for row in rows if row.where_it_is == "Listed publicly")
    assert (listed.title, listed.kind, listed.programme) == ("Salt Lines", "recording", "Harmonia 2")
    assert "train.generative: Allowed" in listed.permission_by_use


def test_a_work_of_which_nothing_is_said_is_in_the_overview_too() -> None:
    bare = replace(CONTENT, outcomes=(), inclusions=())
    rows = list(overview_rows(bare))
    assert [row.work for row in rows] == [work.id for work in CONTENT.works]
    assert {(row.programme, row.where_it_is, row.permission) for row in rows} == {
        ("", "Nothing reported", "")
    }


def test_every_outcome_and_state_has_words() -> None:
    assert set(OUTCOME_WORDS) == set(PermissionOutcome)
    assert set(STATE_WORDS) == set(InclusionState)
    assert all("{who}" in STATE_WORDS[s] for s in (InclusionState.TRAINED, InclusionState.REMOVED))


def test_lines_in_a_title_do_not_add_lines_to_the_readme() -> None:
    made = readme(
        replace(header(), title="One\r\n\r\nSigned by the operator"),
        "Some\nbody",
        "ab cd",
        [("works.csv", "Recordings and songs"), ("lines.csv", "Lines")],
    ).decode()
    assert "One Signed by the operator\r\n" in made
    assert "by Some body.\r\n" in made
    assert "works.csv  Recordings and songs\r\nlines.csv  Lines\r\n" in made
    assert "lawyer" in made


def test_a_wrong_outcome_is_still_told_where_all_answers_are_here() -> None:
    wrong = tuple(replace(o, answer=AnswerKind.EXPIRED) for o in CONTENT.outcomes)
    assert len(recompute(replace(CONTENT, outcomes=wrong)).differ) == len(wrong)
