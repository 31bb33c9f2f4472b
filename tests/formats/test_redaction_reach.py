"""What a redaction reaches: what names a thing in any table, what mentions it, what tells of it elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from artist_console.domain.ids import FactId, StatementId, WorkId
from artist_console.domain.works import WorkIdentifier
from artist_console.formats.redaction_reach import Cause, Mentions, Redaction, goes_along
from artist_console.formats.report_content import ReportContent
from tests.domain.world import MARA, OTHER_RECORDING, RECORDING, SONG
from tests.formats.redacted_copies import content, files_in, reached, records, report_of, without
from tests.formats.report_world import listed

OLD_ID = WorkId("salt-lines-before-the-merge")


def gone(content: ReportContent, wish: Redaction) -> dict[str, int]:
    return {name: each.gone for name, each in reached(report_of(content), wish).tables.items()}


def test_whatever_names_a_work_goes_in_every_table() -> None:
    held = content()
    data = report_of(held)
    wish = Redaction(ids=frozenset({RECORDING}), words=frozenset({"Salt Lines"}))
    copy = without(data, wish)
    assert RECORDING.encode() in data
    for name, body in files_in(copy).items():
        if not name.endswith(".proof"):
            names = body.replace(SONG.encode(), b"")  # another work, whose id begins alike
            assert RECORDING.encode() not in names, name
            assert b"salt lines" not in body.lower(), name
    assert gone(held, wish).keys() >= {"works", "releases", "inclusions", "lines", "entries", "receipts"}


def test_a_receipt_goes_with_its_entry_though_it_is_signed_text() -> None:
    data = report_of(content())
    found = reached(data, Redaction(ids=frozenset({RECORDING})))
    assert found.tables["entries"].causes.count(0) == found.tables["receipts"].causes.count(0)
    assert [bool(each) for each in found.tables["entries"].causes] == [
        bool(each) for each in found.tables["receipts"].causes
    ]
    # Also where only the receipt says it: the entry stays, as it was not looked for.
    named = reached(data, Redaction(ids=frozenset({"epoch-1"})))
    assert named.tables["receipts"].gone == len(records(data, "receipts"))
    assert "entries" not in named.tables


def test_lines_go_with_their_statement_and_no_others_do() -> None:
    held = content()
    other = tuple(replace(line, statement=StatementId("q4"), work=None, words="") for line in held.lines)
    statements = (*held.statements, replace(held.statements[0], id=StatementId("q4")))
    held = replace(held, lines=(*held.lines, *other), statements=statements)
    wish = Redaction(rows={"statements": frozenset({("q4",)})}, leave=frozenset({"findings"}))
    assert gone(held, wish) == {"statements": 1, "lines": len(other)}


def test_a_chosen_fact_takes_what_tells_of_it_along() -> None:
    held = content()
    held = replace(
        held, inclusions=(listed(), replace(listed(), id=FactId("listed-2"), work=OTHER_RECORDING))
    )
    data = report_of(held)
    found = reached(data, Redaction(rows={"inclusions": frozenset({("listed-2",)})}))
    told = {name: each.count(Cause.ALONG) for name, each in found.tables.items()}
    assert told["inclusions"] == 0
    assert told["overview"] == sum(OTHER_RECORDING.encode() in row for row in records(data, "overview"))
    left = reached(
        data, Redaction(rows={"inclusions": frozenset({("listed-2",)})}, leave=frozenset({"overview"}))
    )
    assert left.tables.keys() == {"inclusions"}


def test_a_fact_about_no_single_work_takes_all_that_may_tell_of_it() -> None:
    data = report_of(content())
    agreement = records(data, "agreements")[0].split(b",")[0].decode()
    found = reached(data, Redaction(rows={"agreements": frozenset({(agreement,)})}))
    assert all(found.tables[name].as_one is Cause.ALONG for name in ("outcomes", "traces", "overview"))


def test_a_table_takes_the_tables_that_tell_of_it_unless_they_are_left() -> None:
    assert goes_along({"entries"}) == {"receipts", "outcomes", "traces", "findings", "overview"}
    assert goes_along({"entries"}, {"outcomes", "traces", "findings", "overview"}) == {"receipts"}
    assert goes_along({"statements"}) == {"lines", "findings"}
    assert goes_along({"traces"}) == frozenset()
    # What is left is not taken, and does not take others along.
    assert "traces" in goes_along({"outcomes"})


def test_former_ids_identifiers_and_other_spellings_are_found() -> None:
    held = content()
    work = replace(
        next(work for work in held.works if work.id == RECORDING),
        merged_ids=(OLD_ID,),
        other_identifiers=(WorkIdentifier("mbid", "b1a9c0e9"),),
    )
    line = replace(held.lines[0], work=None, words="", number=9, amount=Decimal(1))
    held = replace(
        held,
        works=tuple(work if each.id == RECORDING else each for each in held.works),
        lines=(
            *held.lines,
            replace(line, work=OLD_ID),
            replace(line, number=10, title="SALT  LINES".replace("  ", " ")),
            replace(line, number=11, identifier="B1A9C0E9"),
            replace(line, number=12, title="Salty lines"),
        ),
    )
    wish = Redaction(ids=frozenset({RECORDING, OLD_ID}), words=frozenset({"Salt Lines", "b1a9c0e9"}))
    causes = reached(report_of(held), wish).tables["lines"].causes
    assert list(causes) == [Cause.NAMED, Cause.NAMED, Cause.NAMED, Cause.MENTIONED, Cause.MENTIONED, 0]


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("One", "one more night", True),
        ("One", "Bones and stones", False),
        ("Ne", "né", False),
        ("É", "E\N{COMBINING ACUTE ACCENT}", True),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}b", "aB", True),
        ("夜に駆ける", "新曲夜に駆けるです", True),
        ("“Heroes”", "the single “heroes”, 1977", True),
        ('"Heroes"', 'the single "Heroes"', True),
        ("C++ (Live)", "C++ (live), remastered", True),
        ("4:44", "at 14:44", False),
        ("", "anything", False),
        ("  ", "anything", False),
    ],
)
def test_words_are_found_in_any_case_and_not_inside_other_words(word: str, text: str, stands: bool) -> None:
    assert Mentions({word}).stand_in([text]) is stands


def test_a_title_with_signs_that_tables_and_json_escape_is_found() -> None:
    title = '=He said "no",\r\nand \\left'
    held = content()
    held = replace(
        held,
        lines=tuple(replace(line, work=None, words=title) for line in held.lines),
        inclusions=(
            replace(listed(), work=OTHER_RECORDING, evidence=replace(listed().evidence, words=title)),
        ),
    )
    found = reached(report_of(held), Redaction(words=frozenset({title})))
    assert found.tables["lines"].count(Cause.MENTIONED) == len(held.lines)
    assert found.tables["inclusions"].count(Cause.MENTIONED) == 1


def test_a_file_beside_the_tables_goes_where_it_holds_the_words() -> None:
    held = content()
    found = reached(report_of(held), Redaction(words=frozenset({held.header.title})))
    assert found.files == {"README.txt"}
    found = reached(report_of(held), Redaction(ids=frozenset({MARA}), words=frozenset({"nothing like it"})))
    assert (found.files, found.not_searched) == (frozenset(), ())
