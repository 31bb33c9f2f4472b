"""DDEX sales reports: money of single uses, shares of a summary, sets of parts, and what goes wrong."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import LineKind, StatementLevel, exact_sum
from artist_console.domain.uses import Right, Use
from artist_console.formats.incoming import ReadStatement
from artist_console.formats.recognise import read_catalogue, recognise
from artist_console.formats.statement_table import ai_income_words, read_statement
from tests.formats.damage import damaged, only_input_problems
from tests.formats.dsr_files import dsr, foot, head, resource, streams, summary_01, zipped

ROOT = Path(__file__).resolve().parents[2]
WORDS = ai_income_words(
    json.loads((ROOT / "resources/data/ai_income_words.json").read_text(encoding="utf-8"))
)
ISRC, OTHER_ISRC = "AA6Q72600001", "AA6Q72600002"
_TOLD = ("SY02.02", "1", "", "", "UserDefined", "Stream", "SE", "Open Studio", "30", "", "EUR", "3.5")
SUMMARY_02 = (*_TOLD, *[""] * 10)


def read(data: bytes, name: str = "report.tsv") -> ReadStatement:
    return read_statement(data, name, WORDS)


def shared_out(*usages: tuple[str, str], revenue: str = "100") -> bytes:
    blocks = [
        record
        for n, (number, bearing) in enumerate(usages, 1)
        for record in (resource(str(n), ISRC, f"Song {n}"), streams(str(n), "1", number, bearing))
    ]
    return dsr(
        head("BasicAudioProfile"),
        summary_01("1", revenue),
        *blocks,
        foot(3 + len(blocks), 1, len(usages)),
    )


def test_the_published_report_gives_every_allocated_amount(shared_data: Path) -> None:
    path = next((shared_data / "ddex" / "dsr_flatfile").glob("DSR_TEST_YouTube*.tsv"))
    statement = read(path.read_bytes(), path.name)
    assert (statement.layout, statement.issuer) == ("dsr", "YouTube")
    assert statement.level is StatementLevel.LICENSOR_GROSS
    assert [str(row.amount) for row in statement.rows] == [
        "125.23",
        "0.0",
        "30.32",
        "20.98",
        "10.86",
        "11.49",
    ]
    first = statement.rows[0]
    assert (first.row, first.isrc, first.title, first.artist) == (
        18,
        "USSM19803037",
        "Sexual Healing",
        "Marvin Gaye",
    )
    assert (first.currency, first.territory, first.quantity) == ("USD", "IS", 7810)
    assert first.right is Right.COMPOSITION
    assert {row.month for row in statement.rows} == {date(2015, 10, 1), date(2015, 12, 1)}
    assert (statement.rows_left_out, statement.notes) == (0, ())
    assert any("PUB_2, PUB_3" in warning for warning in statement.warnings)


def test_a_head_that_ends_early_is_named_with_its_row(shared_data: Path) -> None:
    path = next((shared_data / "ddex" / "dsr_flatfile").glob("DSR_PADPIDA2014999999Z*.tsv"))
    with pytest.raises(InputProblem, match=r"HEAD, row 1.* has 6 cells"):
        read(path.read_bytes(), path.name)


def test_money_of_a_summary_is_shared_out_by_usage_and_marked() -> None:
    statement = read(shared_out(("1", "true"), ("2", "true"), ("7", "false")))
    lines = statement.rows[:2]
    assert [str(row.amount) for row in lines] == ["33.333333333333", "66.666666666667"]
    assert {row.method for row in lines} == {"dsr.usage_share"}
    assert all(row.making is not None and row.making.amount() == row.amount for row in lines)
    assert exact_sum(row.amount for row in statement.rows) == Decimal(100)
    assert any("estimates" in warning for warning in statement.warnings)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), min_size=1, max_size=12),
    st.decimals(min_value=0, max_value=10**6, places=6, allow_nan=False),
)
def test_sharing_out_loses_and_invents_nothing(usages: list[tuple[int, bool]], revenue: Decimal) -> None:
    said = [(str(number), "true" if bears else "false") for number, bears in usages]
    statement = read(shared_out(*said, revenue=f"{revenue:f}"))
    paid = exact_sum(row.amount for row in statement.rows)
    if any(number for number, bears in usages if bears):
        assert paid == revenue
        assert len({row.row for row in statement.rows}) == len(statement.rows)
    else:
        assert paid == 0


def test_a_flat_fee_without_any_use_is_a_line_of_its_own() -> None:
    data = dsr(
        head("BasicAudioProfile"),
        summary_01("1", "5000", use="UserDefined", service="AI training", usages="1"),
        foot(3, 1, 0),
    )
    row = read(data).rows[0]
    assert (row.kind, row.amount, row.title) == (LineKind.FEE_TRAINING, Decimal(5000), "")


def test_our_profile_carries_all_that_is_known_of_a_line() -> None:
    category = (
        "ai:usage.generation;use=gen.cover;method=pro%20rata;version=2;low=0.5;high=2;right=master;corrects=4"
    )
    sold = ("SU03.02", "1", "7", "1", "D1", "12", "1.25", "2026-08-01", "2026-08-31", category, "true")
    paid = ("LI01.02", "1", "1", "Mira Sand", "", "", "100", "", "1.25", "1.25", "12")
    level = (*SUMMARY_02[:18], "ai:usage.generation;use=gen.cover;level=payee_net", "", "", "")
    statement = read(
        dsr(head("UGCProfile"), level, resource("1", ISRC, "Low Tide"), sold, paid, foot(6, 1, 1))
    )
    row = statement.rows[0]
    assert len(statement.rows) == 1
    assert (row.amount, row.quantity, row.month) == (Decimal("1.25"), 12, date(2026, 8, 1))
    assert (row.kind, row.use, row.right) == (LineKind.USAGE_GENERATION, Use.GEN_COVER, Right.MASTER)
    assert (row.method, row.method_version, row.corrects) == ("pro rata", "2", 4)
    assert (row.confidence_low, row.confidence_high) == (Decimal("0.5"), Decimal(2))
    assert statement.level is StatementLevel.PAYEE_NET


def test_uses_by_ai_that_are_only_named_are_recognised_by_their_words() -> None:
    sold = ("SU03", "1", "7", "1", "D1", "12", "1.25", "20260801", "20260831")
    summary = (*SUMMARY_02[:5], "UseForGenerativeAITraining", *SUMMARY_02[6:])
    statement = read(dsr(head("UGCProfile"), summary, resource("1", ISRC, "Low Tide"), sold, foot(5, 1, 1)))
    assert statement.rows[0].kind is LineKind.FEE_TRAINING


def test_a_use_without_an_allocated_amount_counts_by_its_revenue() -> None:
    sold = ("SU03", "1", "7", "1", "D1", "12", "1.25", "20260801", "20260831")
    statement = read(
        dsr(head("UGCProfile"), SUMMARY_02, resource("1", ISRC, "Low Tide"), sold, foot(5, 1, 1))
    )
    assert [(row.amount, row.row) for row in statement.rows] == [(Decimal("1.25"), 4)]


def test_the_financial_profile_keeps_both_currencies_and_declares_its_total() -> None:
    summary = ["SY10", "1", "", "", "SubscriptionModel", "Stream", "2026-07-01", "2026-09-30", *[""] * 38]
    for place, text in {
        12: "SE",
        13: "Open Studio",
        16: "10",
        20: "SEK",
        21: "EUR",
        22: "0.09",
        45: "2.5",
    }.items():
        summary[place] = text
    sale = ["SR08", "T1", *[""] * 46]
    told = {3: "094631432057", 9: "Harbour Songs", 13: ISRC, 20: "Low Tide", 22: "Mira Sand", 24: "1"}
    for place, text in {**told, 25: "2026-08-14", 28: "10", 40: "100", 45: "27.8", 46: "2.5"}.items():
        sale[place] = text
    data = dsr(
        head("FinancialReportingToRecordCompaniesProfileSRB", kind="SRHE"), summary, sale, ("SRFO", "4", "1")
    )
    statement = read(data)
    row = statement.rows[0]
    assert (row.amount, row.currency, row.isrc, row.upc) == (Decimal("2.5"), "EUR", ISRC, "00094631432057")
    assert (row.original_amount, row.original_currency, row.rate) == (Decimal("27.8"), "SEK", Decimal("0.09"))
    assert (row.month, row.release) == (date(2026, 8, 1), "Harbour Songs")
    assert statement.declared_totals == (("EUR", Decimal("2.5")),)


def test_the_parts_of_a_set_are_read_together_in_their_order() -> None:
    one = dsr(
        head("UGCProfile", file=1, files=2),
        SUMMARY_02,
        resource("1", ISRC, "A"),
        _sold("1", "1.5"),
        foot(5, 1, 1),
    )
    two = dsr(
        head("UGCProfile", file=2, files=2),
        SUMMARY_02,
        resource("2", OTHER_ISRC, "B"),
        _sold("2", "2"),
        foot(5, 1, 1),
    )
    both = zipped({"b_2of2.tsv": two, "a_1of2.tsv": one})
    assert recognise(both, "set.zip") == "statement:dsr"
    statement = read(both, "set.zip")
    assert [(row.title, row.amount) for row in statement.rows] == [("A", Decimal("1.5")), ("B", Decimal(2))]
    assert not any("not here" in warning for warning in statement.warnings)
    assert len({row.row for row in statement.rows}) == 2


def test_a_set_without_all_its_parts_says_that_totals_are_partial() -> None:
    one = dsr(
        head("UGCProfile", file=1, files=2),
        SUMMARY_02,
        resource("1", ISRC, "A"),
        _sold("1", "1.5"),
        foot(5, 1, 1),
    )
    assert any("Part 2 of the report is not here" in warning for warning in read(one).warnings)


def test_a_zip_of_different_reports_is_refused() -> None:
    one = dsr(head("UGCProfile"), SUMMARY_02, foot(3, 1, 0))
    with pytest.raises(InputProblem, match="not the parts of one sales report"):
        read(zipped({"a.tsv": one, "b.tsv": one}), "set.zip")


def test_records_that_nobody_knows_are_skipped_and_told() -> None:
    strange = ("ZZ77.03", "1", "what")
    data = dsr(
        head("UGCProfile"),
        SUMMARY_02,
        strange,
        resource("1", ISRC, "A"),
        _sold("1", "1.5"),
        strange,
        foot(7, 1, 1),
    )
    statement = read(data)
    assert [row.amount for row in statement.rows] == [Decimal("1.5")]
    assert any("2 records of type ZZ77.03" in warning for warning in statement.warnings)


def test_a_newer_version_is_read_by_the_names_above_it() -> None:
    names = (
        "#SU03.09",
        "BlockId",
        "NewCell",
        "SalesTransactionId",
        "SummaryRecordId",
        "DspResourceId",
        "Usages",
        "NetRevenue",
    )
    sold = ("SU03.09", "1", "new", "T1", "1", "D1", "3", "9.75")
    statement = read(
        dsr(names, head("UGCProfile"), SUMMARY_02, resource("1", ISRC, "A"), sold, foot(6, 1, 1))
    )
    assert [(row.amount, row.quantity) for row in statement.rows] == [(Decimal("9.75"), 3)]


def test_a_report_that_is_cut_loses_its_last_record_and_says_so() -> None:
    data = dsr(
        head("UGCProfile"),
        SUMMARY_02,
        resource("1", ISRC, "A"),
        _sold("1", "1.5"),
        _sold("1", "125.2"),
        end="",
    )
    statement = read(data)
    assert [row.amount for row in statement.rows] == [Decimal("1.5")]
    assert statement.rows_left_out == 1
    assert any("FOOT" in warning for warning in statement.warnings)


def test_a_record_without_a_usable_amount_or_summary_is_left_out_and_kept() -> None:
    data = dsr(
        head("UGCProfile"),
        SUMMARY_02,
        resource("1", ISRC, "A"),
        _sold("1", "NaN"),
        _sold("1", "1", "9"),
        foot(6, 1, 1),
    )
    statement = read(data)
    assert statement.rows == ()
    assert [rejected.row for rejected in statement.rejected] == [4, 5]
    assert "NaN" in statement.rejected[0].what
    assert "summary “9”" in statement.rejected[1].what


def test_escaped_signs_and_several_values_are_read() -> None:
    titled = (
        "AS01.01",
        "1",
        "A1",
        "D1",
        f"{ISRC}|{OTHER_ISRC}",
        r"This \| That",
        "",
        "Mira Sand|Kay",
        "",
        "",
        "SoundRecording",
        "",
    )
    row = read(dsr(head("UGCProfile"), SUMMARY_02, titled, _sold("1", "1"), foot(5, 1, 1))).rows[0]
    assert (row.title, row.artist, row.isrc) == ("This | That", "Mira Sand, Kay", ISRC)


def test_a_list_of_unclaimed_works_holds_no_money() -> None:
    with pytest.raises(InputProblem, match="holds no money"):
        read(dsr(head("MasterListProfile"), foot(2, 0, 0)))


def test_what_a_report_names_can_be_a_catalogue() -> None:
    data = gzip.compress(dsr(head("UGCProfile"), SUMMARY_02, resource("1", ISRC, "Low Tide"), foot(4, 1, 1)))
    works = read_catalogue(data, "report.tsv.gz")
    assert [(row.title, row.identifier, row.artists) for row in works.rows] == [
        ("Low Tide", ISRC, ("Mira Sand",))
    ]


def test_xml_that_calls_itself_a_sales_report_is_refused() -> None:
    with pytest.raises(InputProblem, match="XML"):
        read(b'<?xml version="1.0"?><DSRMessage><Amount>1</Amount></DSRMessage>', "dsr.xml")


@settings(max_examples=150)
@given(damaged([shared_out(("1", "true"), ("2", "true"))]))
def test_damaged_reports_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(lambda data, name: read_statement(data, name, WORDS, currency="EUR"), data, "s.tsv")


def _sold(block: str, amount: str, summary: str = "1") -> tuple[str, ...]:
    return ("SU03", block, f"T{block}", summary, f"D{block}", "1", amount, "20260801", "20260831")


def test_revenue_of_a_set_with_a_missing_part_stays_whole() -> None:
    """Usages of the part that is not here have a share in it: what the others get would be too much."""
    records = (
        head("BasicAudioProfile", file=1, files=2),
        summary_01("1", "100.00"),
        resource("1", "GBWUL2686921", "Low Tide"),
        streams("1", "1", "60"),
        foot(5, 1, 1),
    )
    statement = read(dsr(*records))
    (row,) = statement.rows
    assert (row.amount, row.title) == (Decimal(100), "")
    assert any("missing part" in note.what for note in statement.notes)


def test_revenue_of_usages_that_come_to_nothing_is_not_lost() -> None:
    records = (
        head("BasicAudioProfile"),
        summary_01("1", "10"),
        resource("1", "GBWUL2686921", "Low Tide"),
        streams("1", "1", "-5"),
        resource("2", "GBWUL2686922", "Pier"),
        streams("2", "1", "5"),
        foot(7, 1, 2),
    )
    statement = read(dsr(*records))
    assert [row.amount for row in statement.rows] == [Decimal(10)]
    assert any("come to nothing" in note.what for note in statement.notes)


def test_what_bears_no_royalty_and_what_stands_behind_the_end_is_told() -> None:
    records = (
        summary_01("1", "10"),
        resource("1", "GBWUL2686921", "Low Tide"),
        streams("1", "1", "5", bearing="false"),
    )
    whole = (head("BasicAudioProfile"), *records)
    assert any("bears a royalty" in each for each in read(dsr(*whole, foot(5, 1, 1))).warnings)
    assert any("behind the end" in each for each in read(dsr(*whole, foot(5, 1, 1), *records)).warnings)
    cut = read(dsr(*whole, ("FOOT", "abc", "", "", "", "")))
    assert any("does not say how many lines" in each for each in cut.warnings)
