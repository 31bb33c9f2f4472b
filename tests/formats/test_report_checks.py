"""What a report says is checked against its own rows: what does not follow is told."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import EntryReceipt
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.statements import Line
from artist_console.formats.data_package import OVERVIEW, table_path
from artist_console.formats.known_signers import Known
from artist_console.formats.proof_checks import CheckState, ProofCheck
from artist_console.formats.records import BYTE_ORDER_MARK, LINE_END
from artist_console.formats.redaction_reach import Redaction
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_checks import ContentChecked, check_content
from artist_console.formats.report_content import Part, ReportContent, in_order
from artist_console.formats.report_table import OverviewRow, overview_rows
from artist_console.formats.report_tables import codec_of
from artist_console.formats.row_digests import Roots
from tests.formats.redacted_copies import (
    KNOWN,
    content,
    files_in,
    redacted,
    report_of,
    rows_out,
    signed_anew,
    verified,
    without,
)

CONTENT = content()
WHOLE = report_of(CONTENT)


def looked_into(data: bytes) -> ContentChecked:
    found = verified(data)
    assert found.report is not None, found.headline.text
    return check_content(found, KNOWN)


def checks_of(made: ReportContent | bytes) -> Mapping[str, ProofCheck]:
    data = made if isinstance(made, bytes) else report_of(made)
    return {check.name: check for check in looked_into(data).checks}


def with_overview(rows: Iterable[OverviewRow]) -> bytes:
    """A report whose signer wrote another overview."""
    codec = codec_of(OVERVIEW)
    records = [codec.record(row, "0" * 32) for row in rows]
    table = BYTE_ORDER_MARK + b"".join(line + LINE_END for line in (codec.head(), *records))
    roots = Roots()
    roots.extend(records)

    def change(plain: dict[str, Any]) -> None:
        plain["artist_console"]["tables"][OVERVIEW] = {"rows": roots.rows, "root": roots.root}

    return signed_anew(WHOLE, {table_path(OVERVIEW): table}, change)


def test_a_report_as_it_was_made_passes_every_check_that_can_be_made() -> None:
    found = looked_into(WHOLE)
    assert {check.name: check.state for check in found.checks} == {
        "rows": CheckState.PASSED,
        "digests": CheckState.PASSED,
        "ledgers": CheckState.PASSED,
        "receipts": CheckState.PASSED,
        "outcomes": CheckState.PASSED,
        "traces": CheckState.PASSED,
        "figures": CheckState.CANNOT,  # the statement of this world states no balances
        "overview": CheckState.PASSED,
    }
    assert found.content == replace(in_order(CONTENT), lines=())
    (checked,) = found.statements
    assert (checked.lines, checked.amount) == (2, Decimal("30.000000000001"))
    assert sum(month.amount for month in found.months) == Decimal("30.000000000001")


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, len(CONTENT.outcomes) - 1), other=st.sampled_from(PermissionOutcome))
def test_a_permission_that_does_not_follow_is_told(place: int, other: PermissionOutcome) -> None:
    stated = CONTENT.outcomes[place]
    outcomes = (*CONTENT.outcomes[:place], replace(stated, outcome=other), *CONTENT.outcomes[place + 1 :])
    found = looked_into(report_of(replace(CONTENT, outcomes=outcomes)))
    check = next(each for each in found.checks if each.name == "outcomes")
    assert found.recomputed is not None
    if other is stated.outcome:
        assert check.state is CheckState.PASSED
    else:
        assert check.state is CheckState.FAILED
        assert "1 result differs" in check.text
        assert [(each.subject, each.use) for each in found.recomputed.differ] == [
            (stated.subject, stated.use)
        ]


def test_a_reason_that_does_not_follow_is_told() -> None:
    first, *rest = CONTENT.traces
    check = checks_of(replace(CONTENT, traces=(replace(first, words=("Because.",)), *rest)))["traces"]
    assert check.state is CheckState.FAILED
    assert "1 reason differs" in check.text


def test_a_statement_that_does_not_add_up_is_told() -> None:
    (statement,) = CONTENT.statements
    wrong = replace(statement, declared_total=Decimal(31))
    check = checks_of(replace(CONTENT, statements=(wrong,)))["figures"]
    assert check.state is CheckState.FAILED
    assert "does not add up" in check.text


def test_lines_of_a_statement_that_is_not_there_are_told() -> None:
    check = checks_of(replace(CONTENT, statements=()))["figures"]
    assert check.state is CheckState.FAILED
    assert "belongs to a statement that is not in the report" in check.text


def test_lines_that_do_not_travel_cannot_be_added_up() -> None:
    check = checks_of(replace(CONTENT, lines=()))["figures"]
    assert check.state is CheckState.CANNOT
    assert "The lines of 1 statement are not in the report" in check.text


def test_lines_are_not_held() -> None:
    """They may be millions: nothing that comes of a look inside holds one of them."""
    found = looked_into(WHOLE)
    assert found.content is not None
    assert found.content.lines == ()
    assert not any(isinstance(value, Line) for value in (*found.statements, *found.months))


def test_a_ledger_that_ends_elsewhere_than_the_description_says_is_told() -> None:
    def longer(plain: dict[str, Any]) -> None:
        plain["artist_console"]["artists"][0]["n"] += 1

    check = checks_of(signed_anew(WHOLE, {}, longer))["ledgers"]
    assert check.state is CheckState.FAILED
    assert "ends at entry 3, not where the report says" in check.text


def test_a_receipt_of_another_entry_is_told() -> None:
    first, second, *rest = CONTENT.receipts
    swapped = EntryReceipt(second.artist, second.n, first.receipt)
    check = checks_of(replace(CONTENT, receipts=(first, swapped, *rest)))["receipts"]
    assert check.state is CheckState.FAILED


def test_a_report_without_decisions_has_no_ledger_to_be_checked() -> None:
    parts = tuple(part for part in Part if part is not Part.DECISIONS)
    made = replace(CONTENT, header=replace(CONTENT.header, parts=parts), entries=(), receipts=())
    found = checks_of(made)
    assert found["ledgers"].state is CheckState.CANNOT
    assert "made without decisions" in found["ledgers"].text
    assert found["outcomes"].state is CheckState.CANNOT
    assert "cannot be recomputed" in found["outcomes"].text


def test_an_overview_that_says_otherwise_is_told_with_its_line() -> None:
    first, second, *rest = overview_rows(in_order(CONTENT))
    check = checks_of(with_overview([first, replace(second, permission="Allowed"), *rest]))["overview"]
    assert check.state is CheckState.FAILED
    assert "see its line 3" in check.text


def test_an_overview_that_leaves_a_work_out_or_invents_one_is_told() -> None:
    rows = list(overview_rows(in_order(CONTENT)))
    assert checks_of(with_overview(rows))["overview"].state is CheckState.PASSED
    assert checks_of(with_overview(rows[:-1]))["overview"].state is CheckState.FAILED
    invented = replace(rows[-1], work="zzz")
    assert checks_of(with_overview([*rows, invented]))["overview"].state is CheckState.FAILED


@pytest.mark.parametrize("table", ["works", "lines", OVERVIEW])
def test_a_row_that_cannot_be_read_says_so_and_nothing_is_checked(table: str) -> None:
    """Whoever signs can write anything."""
    body = files_in(WHOLE)[table_path(table)]
    head, first, *rest = body.split(LINE_END)
    odd = b"," + first  # one cell more
    check, *others = looked_into(
        signed_anew(WHOLE, {table_path(table): LINE_END.join([head, odd, *rest])})
    ).checks
    assert (check.name, check.state, others) == ("rows", CheckState.CANNOT, [])
    assert "can be read by this version" in check.text


# Copies that something was taken out of


def test_a_ledger_cannot_be_checked_across_what_was_taken_out() -> None:
    copy, _ = redacted(WHOLE, rows_out(WHOLE, {"entries": {1}}))
    found = checks_of(copy)
    assert found["ledgers"].state is CheckState.CANNOT
    assert "cannot be checked across what was taken out of it: 1 entry is not here" in found["ledgers"].text
    assert found["receipts"].state is CheckState.CANNOT
    assert "about an entry that was taken out" in found["receipts"].text


@settings(max_examples=40, deadline=None)
@given(
    gone=st.dictionaries(
        st.sampled_from(
            [
                "parties",
                "works",
                "stakeholders",
                "controls",
                "programmes",
                "agreements",
                "entries",
                "receipts",
                "statements",
                "lines",
                "outcomes",
                "inclusions",
                "overview",
            ]
        ),
        st.sets(st.integers(0, 30), min_size=1),
        min_size=1,
        max_size=4,
    )
)
def test_what_was_taken_out_is_never_held_against_a_copy(gone: dict[str, set[int]]) -> None:
    reach = rows_out(WHOLE, gone)
    if reach.is_empty:
        return
    copy, _ = redacted(WHOLE, reach)
    found = checks_of(copy)
    assert not [check.text for check in found.values() if check.state is CheckState.FAILED]


@pytest.mark.parametrize("table", ["entries", "statements", "lines", "works", "outcomes", "programmes"])
def test_a_table_that_was_taken_out_whole_is_not_held_against_a_copy(table: str) -> None:
    found = checks_of(without(WHOLE, Redaction(tables=frozenset({table}))))
    assert not [check.text for check in found.values() if check.state is CheckState.FAILED]


def test_what_still_follows_from_a_copy_is_still_checked() -> None:
    copy = without(WHOLE, Redaction(tables=frozenset({"statements"})))
    found = checks_of(copy)
    assert found["figures"].text == "All statements were taken out."
    assert {found[name].state for name in ("ledgers", "receipts", "outcomes", "overview")} == {
        CheckState.PASSED
    }


def test_watching_may_end_a_look_inside() -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert 0 < done <= total
        raise Stopped

    with pytest.raises(Stopped):
        check_content(verified(WHOLE), KNOWN, stop)


def test_as_of_an_earlier_day_the_same_rows_say_what_followed_then() -> None:
    made = content()
    earlier = replace(made.header, instant=datetime(2024, 1, 1, tzinfo=UTC))
    found = checks_of(replace(made, header=earlier))
    assert found["outcomes"].state is CheckState.FAILED  # they were stated for another moment


@pytest.mark.parametrize("kind", ["inclusions", "statements", "outcomes", "parties", "receipts"])
def test_a_row_that_stands_twice_is_told(kind: str) -> None:
    first, *rest = getattr(CONTENT, kind)
    twice: dict[str, Any] = {kind: (first, first, *rest)}
    found = checks_of(replace(CONTENT, **twice))
    assert found["keys"].state is CheckState.FAILED
    assert "two rows for one thing" in found["keys"].text
    assert "keys" not in checks_of(CONTENT)


def test_receipts_of_a_signer_whom_nobody_knows_are_not_called_genuine() -> None:
    """Whoever signs a report can sign receipts as well: both are worth what the signer is."""
    report = read_report(io.BytesIO(WHOLE))
    (key,) = KNOWN.keys.values()
    revoked = Known({key.key.kid: replace(key, revoked=(date(2025, 12, 1), ""))})
    for known in (Known(), revoked):
        found = verify(report, known)
        check = next(each for each in check_content(found, known).checks if each.name == "receipts")
        assert check.state is CheckState.CANNOT
        assert "not known to you" in check.text


def test_what_differs_for_an_artist_is_told_by_name() -> None:
    place = next(at for at, each in enumerate(CONTENT.outcomes) if each.subject == each.artist)
    stated = CONTENT.outcomes[place]
    other = next(each for each in PermissionOutcome if each is not stated.outcome)
    outcomes = (*CONTENT.outcomes[:place], replace(stated, outcome=other), *CONTENT.outcomes[place + 1 :])
    name = next(party.name for party in CONTENT.parties if party.id == stated.artist)
    assert f"“{name}”" in checks_of(replace(CONTENT, outcomes=outcomes))["outcomes"].text
