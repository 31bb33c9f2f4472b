"""Texts of what commands give: numbers of one thing and of several, notes on rows and on a whole file."""

from __future__ import annotations

from decimal import Decimal

from artist_console.cli import imported, showing, synced
from artist_console.commands.imports import FileKind, ImportResult, RowNote
from artist_console.commands.syncing import SyncReport, SyncState, SyncStatus
from artist_console.domain.changes import Changes


def test_notes_say_where_and_what_was_left_out() -> None:
    notes = (
        RowNote(0, "", "The file is not in UTF-8.", rejected=False),
        RowNote(2, "isrc", "“XX” has 2 characters; an ISRC has 12.", rejected=False),
        RowNote(3, "title", "The row has no “title”.", rejected=True),
        RowNote(4, "artist", "Left out: it names no artist.", rejected=True),
    )
    found = ImportResult(
        kind=FileKind.CATALOGUE,
        file_name="a.csv",
        rows_read=4,
        counts=(),
        notes=notes,
        job="j",
    )
    first, *rest = imported.answer(found).text.splitlines()
    assert first.startswith("4 rows")
    assert rest == [
        "",
        "What deserves a look:",
        "- row 3, title, left out: The row has no “title”.",
        "- row 4, artist: Left out: it names no artist.",
        "- The file is not in UTF-8.",
        "- row 2, isrc: “XX” has 2 characters; an ISRC has 12.",
    ]


def shown(rejected: int, warned: int) -> str:
    notes = (
        *(RowNote(n, "", f"Doubt {n}.", rejected=False) for n in range(warned)),
        *(RowNote(n, "", f"Left out: fault {n}.", rejected=True) for n in range(rejected)),
    )
    return imported.answer(ImportResult("job", FileKind.CATALOGUE, "a.csv", 9, (), notes)).text


def test_rows_that_were_left_out_come_first_and_one_more_is_told_itself() -> None:
    text = shown(2, 40)
    assert 0 < text.index("fault 0") < text.index("fault 1") < text.index("Doubt 0")
    assert text.endswith("… and 22 more; --json has them all.")
    assert "more;" not in shown(1, 20)
    assert "Doubt 19" in shown(1, 20)
    assert shown(0, 1_300).endswith("… and 1,280 more; --json has them all.")


def test_one_of_a_thing_is_not_told_as_several() -> None:
    now = SyncStatus(SyncState.UP_TO_DATE, 0, 0, 0, None, None, "this computer", "")
    one = SyncReport(1, 1, 0, 0, 0, 0, 0, 1, 1, restored=False, changes=Changes.NONE)
    assert " ".join(synced.answer(one, now).text.split()) == (
        "In step with this computer: 1 decision sent, 1 recorded, 1 row received,"
        " 1 line of a statement received."
    )
    several = SyncReport(2, 2, 2, 0, 0, 0, 0, 2, 0, restored=False, changes=Changes.NONE)
    assert " ".join(synced.answer(several, now).text.split()) == (
        "In step with this computer: 2 decisions sent, 2 recorded, 2 in conflict with other answers,"
        " 2 rows received."
    )


def test_a_list_shows_whole_amounts_or_none() -> None:
    totals = (("EUR", Decimal("1234.867891")), ("GBP", Decimal("1.0")), ("USD", Decimal("0.1")))
    assert showing._first_amount(totals) == "1234.867891 EUR and 2 more"
    assert showing._first_amount(totals[:1]) == "1234.867891 EUR"
    assert showing._first_amount(()) == ""
