"""Nothing that was not chosen is anywhere in the bytes of a report, whatever else is chosen."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import FactId
from artist_console.formats.report_content import Part, in_order
from artist_console.formats.report_findings import FindingSources
from artist_console.formats.report_parts import Result
from artist_console.formats.report_privacy import Chosen, content_for, preview_of
from artist_console.formats.report_traces import retrace
from tests.domain.world import MARA, OLA, SONG
from tests.formats.report_secrets import BAND, CONTRACT, MARKS, TODAY, UNRELEASED, beside, everything
from tests.formats.report_world import header, report_of, verified

EVERYTHING, BESIDE = everything(), beside()
ALL = Chosen(
    named_works=frozenset({UNRELEASED}),
    money_of=frozenset({MARA, OLA}),
    answer_words=True,
    contact_data=True,
    rates=True,
    contracts=frozenset({CONTRACT, BAND}),
    contract_words=True,
)
PARTS = st.frozensets(st.sampled_from([part for part in Part if part is not Part.WORKS]))
CHOSEN = st.builds(
    Chosen,
    named_works=st.sampled_from([frozenset(), ALL.named_works]),
    money_of=st.sampled_from([None, ALL.money_of]),
    answer_words=st.booleans(),
    contact_data=st.booleans(),
    rates=st.booleans(),
    contracts=st.frozensets(st.sampled_from([CONTRACT, BAND])),
    contract_words=st.booleans(),
)


def test_everything_chosen_leaves_and_what_never_leaves_does_not() -> None:
    head = header()
    data = report_of(content_for(EVERYTHING, head, ALL, BESIDE))
    assert {mark for mark in MARKS if mark.encode() in data} == {
        mark for mark, leaves in MARKS.items() if leaves(head, ALL)
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=PARTS, chosen=CHOSEN)
def test_nothing_that_is_not_chosen_is_in_the_bytes(parts: frozenset[Part], chosen: Chosen) -> None:
    head = header(parts=tuple(part for part in Part if part is Part.WORKS or part in parts))
    data = report_of(content_for(EVERYTHING, head, chosen, BESIDE))
    there = {mark for mark in MARKS if mark.encode() in data}
    assert there == {mark for mark, leaves in MARKS.items() if leaves(head, chosen)}
    assert verified(data).result is Result.GENUINE


@settings(max_examples=40, deadline=None)
@given(parts=PARTS, chosen=CHOSEN)
def test_a_preview_counts_the_rows_that_leave(parts: frozenset[Part], chosen: Chosen) -> None:
    head = header(parts=tuple(part for part in Part if part is Part.WORKS or part in parts))
    looked_at = preview_of(EVERYTHING, head, chosen, BESIDE)
    made = content_for(EVERYTHING, head, chosen, BESIDE)
    for kind in ("works", "inclusions", "entries", "receipts", "statements", "cases", "contracts", "lines"):
        assert len(looked_at.rows(kind)) == len(made.rows(kind)), kind


def test_a_trace_follows_from_the_rows_that_leave() -> None:
    content = content_for(EVERYTHING, header(), ALL, BESIDE)
    assert content.traces
    found = retrace(content, lambda _: False)
    assert (found.differ, found.cannot, found.agree) == ((), 0, len(content.traces))
    told = replace(content.traces[0], words=(*content.traces[0].words, "So it is allowed."))
    found = retrace(replace(content, traces=(told, *content.traces[1:])), lambda _: False)
    assert found.differ == (told,)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_reason_does_not_hang_on_the_order_in_which_rows_came(chance: Random) -> None:
    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(rows, len(rows)))

    kinds = ("stakeholders", "controls", "agreements", "recorded_answers", "parties", "works", "releases")
    everything = replace(EVERYTHING, **{kind: mixed(EVERYTHING.rows(kind)) for kind in kinds})
    again = in_order(content_for(everything, header(), ALL, BESIDE))
    assert again.traces == in_order(content_for(EVERYTHING, header(), ALL, BESIDE)).traces


def test_a_trace_is_told_only_where_the_rows_lead_to_the_outcome() -> None:
    content = content_for(EVERYTHING, header(), Chosen(), BESIDE)
    stated = {(o.artist, o.subject, o.programme, o.use): o for o in content.outcomes}
    for trace in content.traces:
        for use in trace.uses:
            assert (trace.artist, trace.subject, trace.programme, use) in stated


def test_findings_say_what_the_rows_show() -> None:
    content = content_for(EVERYTHING, header(), Chosen(), BESIDE)
    found = next(each for each in content.findings if each.kind is FindingKind.USED_AFTER_REFUSAL)
    assert found.work == SONG
    assert any("Your no was recorded on" in words for words in found.words)
    aside = replace(BESIDE, findings=FindingSources(TODAY, put_aside=frozenset({found.id})))
    left = content_for(EVERYTHING, header(), Chosen(), aside).findings
    assert found.id not in {each.id for each in left}
    assert len(left) == len(content.findings) - 1


def test_a_contract_is_the_source_of_a_standing_only_where_it_is_chosen() -> None:
    def source(chosen: Chosen) -> str:
        rows = content_for(EVERYTHING, header(), chosen, BESIDE).stakeholders
        return next(row.source for row in rows if row.id.startswith("contract:"))

    assert source(Chosen()) == "a contract, not shown in this report"
    assert source(Chosen(contracts=frozenset({BAND}))) == "a contract, not shown in this report"
    assert "clause MarkContractClause" in source(Chosen(contracts=frozenset({CONTRACT})))


@pytest.mark.parametrize("chosen", [frozenset({CONTRACT}), frozenset({CONTRACT, BAND})])
def test_only_chosen_contracts_are_there(chosen: frozenset[FactId]) -> None:
    content = content_for(EVERYTHING, header(), Chosen(contracts=chosen), BESIDE)
    assert {contract.id for contract in content.contracts} == chosen


def test_rates_that_were_left_out_are_said_to_be() -> None:
    assert content_for(EVERYTHING, header(), Chosen(), BESIDE).header.rates_left_out
    assert not content_for(EVERYTHING, header(), ALL, BESIDE).header.rates_left_out


def test_cases_are_of_the_period() -> None:
    for since, kept in ((None, 2), (TODAY, 0)):
        content = content_for(EVERYTHING, header(period_from=since), Chosen(), BESIDE)
        assert len(content.cases) == kept


def test_a_reader_without_the_ledger_takes_nobody_for_silent() -> None:
    parts = tuple(part for part in Part if part is not Part.DECISIONS)
    content = content_for(EVERYTHING, header(parts=parts), Chosen(), BESIDE)
    assert content.outcomes
    assert not content.facts().is_in_reach(MARA)
