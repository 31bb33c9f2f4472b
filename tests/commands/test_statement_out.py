"""Statements as files: whole or not at all, exact to the last digit, and what other programs read in them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from artist_console.commands import statement_out
from artist_console.commands.paper import Paper
from artist_console.commands.statement_out import (
    FileThere,
    NoSuchFormat,
    OutFormat,
    export_period,
    export_statement,
    proposed_name,
)
from artist_console.commands.statement_paper import period_paper, statement_paper
from artist_console.domain.ids import StatementId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import Statement, exact_sum
from artist_console.formats.kinds import Kind
from artist_console.formats.statement_table_out import COLUMNS
from artist_console.formats.table_out import TableTooLong
from artist_console.ui.paper_alone import pdf_without_a_window
from tests.backend.world import MARA
from tests.commands.desks import Desk
from tests.commands.statement_world import (
    ARABIC_TITLE,
    FORMULA,
    JAPANESE_TITLE,
    RICH,
    RICH_LINES,
    STATEMENT,
    a_statement_desk,
)

TOTAL = exact_sum(line.amount for line in RICH_LINES)
EXACT = [column.title for column in COLUMNS].index("Amount (exact)")
SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARTIST_CONSOLE_KEYRING", "off")
        with a_statement_desk(tmp_path_factory.mktemp("desk") / "p") as made:
            yield made


def no_paper(_paper: Paper) -> bytes:
    raise AssertionError("nothing was to be drawn")


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def texts(paper: Paper) -> str:
    return "\n".join(line.plain for line in paper.lines)


# Tables


def test_csv_holds_every_line_and_adds_up(desk: Desk, tmp_path: Path) -> None:
    made = export_statement(desk.console, RICH, tmp_path / "a.csv", no_paper)
    rows = rows_of(made.path.read_bytes())
    assert made.lines == len(rows) == len(RICH_LINES)
    assert [Decimal(row["Amount (exact)"]) for row in rows] == [line.amount for line in RICH_LINES]
    estimated = rows[2]
    assert estimated["Nature"] == "estimated"
    assert (estimated["Confidence low"], estimated["Method"], estimated["Method version"]) == (
        "0.0001",
        "embedding",
        "2.1",
    )
    assert (rows[4]["Kind"], rows[4]["Corrects line"]) == ("adjustment", "2")
    assert rows[6]["Title"] == f"'{FORMULA}"
    assert rows[1]["Steps"].startswith("pool -> 52000.50 (Pool of April); weight 12.5/98000 -> ")


def test_xlsx_has_the_lines_first_and_then_what_they_are_of(desk: Desk, tmp_path: Path) -> None:
    export_statement(desk.console, RICH, tmp_path / "a.xlsx", no_paper)
    book = CalamineWorkbook.from_filelike(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    assert book.sheet_names == ["Lines", "Statement"]
    _, *rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [Decimal(str(row[EXACT])) for row in rows] == [line.amount for line in RICH_LINES]
    facts = {str(row[0]): row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert facts["Declared total (exact)"] == f"{TOTAL:f}"
    assert facts["Payee"] == "Mara Quist"
    assert str(facts["Check: total"]).startswith("Adds up. ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]  # no pieces are left


def test_the_same_statement_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    for ending in ("csv", "xlsx"):
        first = export_statement(desk.console, RICH, tmp_path / f"a.{ending}", no_paper)
        second = export_statement(desk.console, RICH, tmp_path / f"b.{ending}", no_paper)
        assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
def test_libreoffice_reads_the_exact_amounts_and_runs_nothing(desk: Desk, tmp_path: Path) -> None:
    export_statement(desk.console, RICH, tmp_path / "a.xlsx", no_paper)
    profile = (tmp_path / "profile").as_uri()
    out = tmp_path / "out"
    subprocess.run(
        [
            *(str(SOFFICE), f"-env:UserInstallation={profile}", "--headless"),
            *("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(out)),
            str(tmp_path / "a.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    rows = rows_of((out / "a.csv").read_bytes())
    assert exact_sum(Decimal(row["Amount (exact)"]) for row in rows) == TOTAL
    assert [Decimal(row["Amount (exact)"]) for row in rows] == [line.amount for line in RICH_LINES]
    read = [Decimal(row["Amount"].replace(",", "")) for row in rows]  # as a cell shows it
    assert all(abs(a - line.amount) < Decimal("0.000001") for a, line in zip(read, RICH_LINES, strict=True))
    assert rows[6]["Title"] == FORMULA
    assert rows[6]["Artist"] == "@cmd"


def test_more_lines_than_a_sheet_holds_are_told_before_anything_is_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("artist_console.formats.table_out.MOST_ROWS", len(RICH_LINES))
    with pytest.raises(TableTooLong, match="A sheet of XLSX holds 8 rows, and these are 9"):
        export_statement(desk.console, RICH, tmp_path / "a.xlsx", no_paper)
    assert list(tmp_path.iterdir()) == []
    assert export_statement(desk.console, RICH, tmp_path / "a.csv", no_paper).lines == 9


# Files


def test_a_format_is_that_of_the_ending_or_the_one_that_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFormat, match="ends in none"):
        export_statement(desk.console, RICH, tmp_path / "a.ods", no_paper)
    made = export_statement(desk.console, RICH, tmp_path / "a.txt", no_paper, format=OutFormat.DSR)
    assert made.path.read_text(encoding="utf-8").splitlines()[-1].startswith("FOOT\t38\t")
    with pytest.raises(UnknownThing):
        export_statement(desk.console, StatementId("nothing"), tmp_path / "a.csv", no_paper)


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileThere, match=r"already a file a\.csv"):
        export_statement(desk.console, RICH, path, no_paper, may_replace=False)
    assert path.read_text(encoding="utf-8") == "mine"


class Stop(Exception):
    """What stops a long work."""


def test_a_file_whose_writing_is_stopped_is_left_as_it_was(desk: Desk, tmp_path: Path) -> None:
    def stop(_done: int, _of: int) -> None:
        raise Stop

    for ending in ("csv", "xlsx", "tsv"):
        path = tmp_path / f"a.{ending}"
        path.write_text("mine", encoding="utf-8")
        with pytest.raises(Stop):
            export_statement(desk.console, RICH, path, no_paper, told=stop)
        assert path.read_text(encoding="utf-8") == "mine"
    assert len(list(tmp_path.iterdir())) == 3


def test_lines_are_told_as_they_are_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement_out, "_TOLD_EACH", 4)
    told: list[tuple[int, int]] = []
    export_statement(
        desk.console, RICH, tmp_path / "a.csv", no_paper, told=lambda done, of: told.append((done, of))
    )
    assert told == [(0, 9), (4, 9), (8, 9)]
    assert len(rows_of((tmp_path / "a.csv").read_bytes())) == 9


def test_a_name_tells_who_paid_whom_for_when(desk: Desk) -> None:
    assert proposed_name(desk.console, RICH, OutFormat.PDF) == "Mara Quist - Harmonia - April 2025.pdf"
    assert proposed_name(desk.console, RICH, OutFormat.DSR) == (
        "DSR_Mara-Quist_Harmonia_Harmonia_2025-04_multi_1of1_20250601T120000.tsv"
    )
    assert statement_out.file_name(("a/b", "..", "\u202ec"), OutFormat.CSV) == "a b - c.csv"


# On paper


def test_the_page_leads_from_earned_to_paid_and_every_table_adds_up(desk: Desk) -> None:
    paper = statement_paper(desk.console, RICH)
    said = texts(paper)
    for part in (
        "From: Harmonia",
        "To: Mara Quist · ISNI 0000000121032683 · IPI 00008715000",
        "Period: 1 April 2025 to 30 April 2025",
        "Earned from AI programmes  263.832258392265358979",
        "Other income  3.30",
        "Could not be attributed to anybody  0.017",
        "Set against your advance  −100.00",
        "Payable  159.649258392265358979",
        "Payable, rounded once  159.65",
        "What the rounding left  −0.000741607734641021",
        "Balance before  10.00",
        "Paid  100.00",
        "Balance after, as stated  69.649258392265358979",
        f"{JAPANESE_TITLE}  1  12.863765233",
        f"{ARABIC_TITLE}  1  0.000314159265358979",
        "Attributed by a model (estimated)  1  0.000314159265358979",
        "5  Correction: Salt Lines  line 2  −0.69 EUR",
        "Adds up: The lines add up to the declared total.",
        "SHA-256 of",
    ):
        assert part in said, (part, said)
    assert paper.foot.startswith("Harmonia to Mara Quist · April 2025 · SHA-256 ")
    together = [line.text.split("\t") for line in paper.lines if line.text.startswith("Together\t")]
    assert together == [["Together", "9", f"{TOTAL:f}"]] * 3


def test_a_period_is_told_with_what_each_statement_comes_to_in_it(desk: Desk, tmp_path: Path) -> None:
    paper = period_paper(desk.console, MARA, date(2025, 3, 9), date(2025, 5, 1))
    said = texts(paper)
    assert paper.title == "Mara Quist: earnings, March to May 2025"
    assert "Harmonia  April 2025  Adds up  159.649258392265358979 EUR" in said
    assert "Paid  100.00" in said
    empty = texts(period_paper(desk.console, MARA, date(2024, 1, 1), date(2024, 1, 1)))
    assert "No statement is here for these months." in empty
    assert "Payable" not in empty
    drawn: list[Paper] = []

    def draw(paper: Paper) -> bytes:
        drawn.append(paper)
        return b"%PDF"

    made = export_period(desk.console, MARA, date(2025, 4, 1), date(2025, 4, 30), tmp_path / "p.pdf", draw)
    assert (made.lines, len(drawn)) == (9, 1)
    with pytest.raises(FileThere):
        export_period(
            desk.console, MARA, date(2025, 4, 1), date(2025, 4, 30), made.path, draw, may_replace=False
        )


def test_payments_are_left_out_where_a_period_cuts_a_statement(tmp_path: Path) -> None:
    quarter = replace(STATEMENT, period_until=date(2025, 6, 30))
    lines = [*RICH_LINES, replace(RICH_LINES[0], number=10, month=date(2025, 6, 1))]
    with a_statement_desk(tmp_path / "p", lines, quarter) as desk:
        part = texts(period_paper(desk.console, MARA, date(2025, 4, 1), date(2025, 4, 30)))
        assert "Payable  159.649258392265358979" in part
        assert "Paid" not in part
        assert "Balance" not in part
        whole = texts(period_paper(desk.console, MARA, date(2025, 4, 1), date(2025, 6, 30)))
        assert "Paid  100.00" in whole


def test_no_ai_line_is_said_and_never_shown_as_zero(tmp_path: Path) -> None:
    with a_statement_desk(tmp_path / "p", [RICH_LINES[6]]) as desk:
        said = texts(statement_paper(desk.console, RICH))
        assert "No line was recognised as income from AI programmes." in said
        assert "Earned from AI programmes" not in said


def test_a_partial_and_a_replaced_statement_say_so(tmp_path: Path) -> None:
    partial = replace(STATEMENT, rows_left_out=3)
    newer = replace(STATEMENT, id=StatementId("st-newer"), replaces=RICH, line_count=1, sha256="cd" * 32)
    lines = [*RICH_LINES, replace(RICH_LINES[0], statement=newer.id)]
    with a_statement_desk(tmp_path / "p", RICH_LINES, partial) as desk:
        assert "Partial: 3 rows were left out when the file was read." in texts(
            statement_paper(desk.console, RICH)
        )
    rows: Sequence[tuple[Kind, Statement]] = [(Kind.STATEMENT, newer)]
    with a_statement_desk(tmp_path / "q", lines, STATEMENT, rows) as desk:
        old = texts(statement_paper(desk.console, RICH))
        assert "this one counts in no total" in old
        assert "159.649258392265358979" in old
        assert "Replaces: an earlier statement, st-rich" in texts(statement_paper(desk.console, newer.id))


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not here")
def test_pdftotext_reads_the_totals_the_titles_and_the_numbers_of_the_pages(
    desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    made = export_statement(desk.console, RICH, tmp_path / "a.pdf", pdf_without_a_window)
    read = subprocess.run(
        [str(PDFTOTEXT), "-layout", "-enc", "UTF-8", str(made.path), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode()
    solid = " ".join(read.split())
    for part in (
        f"Payable {TOTAL:f}",
        "Earned from AI programmes 263.832258392265358979",
        "Attributed by a model (estimated) 1 0.000314159265358979",
        "Statement of Harmonia, April 2025",
        "Page 1 of 2",
        "Page 2 of 2",
    ):
        assert part in solid, (part, solid)
