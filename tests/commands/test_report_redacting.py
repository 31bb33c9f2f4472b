"""What a person is told before a copy of a report is written, and what the copy is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from artist_console.commands.report_redacting import (
    OnlyUnchanged,
    OverItself,
    RedactionPreview,
    RedactionWish,
    choices,
    preview,
    write_copy,
)
from artist_console.commands.reports import OpenedReport, ReportVerdict, open_report
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import UnknownThing
from artist_console.domain.works import Relation, RelationKind
from artist_console.formats.redaction_out import NothingTaken
from artist_console.formats.report_content import ReportContent
from artist_console.formats.report_rows import ReportChanged
from tests.domain.world import MARA, OTHER_RECORDING, RECORDING, SONG
from tests.formats.redacted_copies import ON, content, files_in, report_of
from tests.formats.report_world import STRANGER


def opened(tmp_path: Path, held: ReportContent | None = None) -> OpenedReport:
    path = tmp_path / "r.acreport"
    path.write_bytes(report_of(held if held is not None else content()))
    return open_report(path)


def texts(sentences: Sequence[Sentence]) -> str:
    return "\n".join(each.text for each in sentences)


def gone(found: RedactionPreview) -> dict[str, int]:
    return {each.kind: each.gone for each in found.tables}


def test_what_can_be_taken_out_is_what_the_report_holds(tmp_path: Path) -> None:
    found = choices(opened(tmp_path))
    assert {each.kind: each.rows for each in found.tables}["works"] == len(found.works) == 3
    assert [each.title for each in found.works] == sorted(each.title for each in found.works)
    assert found.artists == ((MARA, "Mara"),)


def test_a_preview_is_what_the_copy_then_lacks(tmp_path: Path) -> None:
    report = opened(tmp_path)
    wish = RedactionWish(works=frozenset({RECORDING}))
    seen = preview(report, wish)
    made = write_copy(report, wish, tmp_path / "copy.acreport", ON)
    found = open_report(made.path)
    assert dict(made.removed) == gone(seen) == {gap.kind: gap.removed for gap in found.gaps}
    assert found.verdict is ReportVerdict.SIGNER_UNKNOWN
    assert (found.redacted_by, found.sha256) == ((), made.sha256)
    assert made.original_sha256 == report.sha256


def test_an_entry_that_goes_ends_the_proof_of_its_ledger_and_says_so(tmp_path: Path) -> None:
    seen = preview(opened(tmp_path), RedactionWish(works=frozenset({RECORDING})))
    lost = texts(seen.no_longer_checked)
    assert "The ledger of Mara: 1 of 3 entries are missing" in lost
    assert "Permissions that rest on what was taken out cannot be worked out again" in lost
    assert "That answers were given at these places of the ledger" in texts(seen.still_told)


def test_a_total_that_gives_the_missing_lines_away_is_told(tmp_path: Path) -> None:
    report = opened(tmp_path)
    line = RedactionWish(rows={"lines": frozenset({("q3", "1")})})
    assert "its total stays" in texts(preview(report, line).still_told)
    assert "cannot be added up" in texts(preview(report, line).no_longer_checked)
    with_it = RedactionWish(tables=frozenset({"statements"}))
    assert gone(preview(report, with_it)).keys() >= {"statements", "lines"}
    assert "its total stays" not in texts(preview(report, with_it).still_told)


def test_a_recording_of_a_song_that_goes_is_named_before_its_row_goes(tmp_path: Path) -> None:
    held = content()
    works = tuple(
        replace(work, title="Something else", relations=(Relation(RelationKind.EMBODIES, SONG),))
        if work.id == OTHER_RECORDING
        else work
        for work in held.works
    )
    seen = preview(opened(tmp_path, replace(held, works=works)), RedactionWish(works=frozenset({SONG})))
    assert OTHER_RECORDING in {each.id for each in seen.works_beside}


def test_an_artist_goes_with_their_works_and_what_stays_of_them_is_told(tmp_path: Path) -> None:
    held = content()
    held = replace(held, header=replace(held.header, title="All about Mara"))
    report = opened(tmp_path, held)
    wish = RedactionWish(artists=frozenset({MARA}), leave_mentions=False)
    seen = preview(report, wish)
    assert gone(seen)["entries"] == len(held.entries)
    told = texts(seen.still_told)
    assert "The title of the report, “All about Mara”" in told
    assert "That the report was about Mara" in told
    made = write_copy(report, wish, tmp_path / "copy.acreport", ON, key=STRANGER, signer_name="A lawyer")
    assert "README.txt" in seen.files
    for name, body in files_in(made.path.read_bytes()).items():
        if not name.endswith(("datapackage.json", ".jws")):
            assert b"mara" not in body.lower(), name
    assert [each.name for each in open_report(made.path).redacted_by] == ["A lawyer"]


def test_mentions_can_be_left_and_are_counted(tmp_path: Path) -> None:
    held = content()
    lines = tuple(replace(line, work=None, words="From the single Salt Lines") for line in held.lines)
    works = tuple(replace(work, title="Salt Lines") if work.id == RECORDING else work for work in held.works)
    report = opened(tmp_path, replace(held, lines=lines, works=works))
    wish = RedactionWish(works=frozenset({RECORDING}))
    (found,) = [each for each in preview(report, wish).tables if each.kind == "lines"]
    assert (found.gone, found.mentions) == (len(lines), len(lines))
    assert "lines" not in gone(preview(report, replace(wish, leave_mentions=True)))


def test_an_identifier_is_found_as_it_stands_in_print(tmp_path: Path) -> None:
    held = content()
    works = tuple(
        replace(work, identifier="SEA1B2500001") if work.id == RECORDING else work for work in held.works
    )
    lines = tuple(replace(line, work=None, words="ISRC SE-A1B-25-00001") for line in held.lines)
    seen = preview(
        opened(tmp_path, replace(held, lines=lines, works=works)), RedactionWish(works=frozenset({RECORDING}))
    )
    assert gone(seen)["lines"] == len(lines)


def test_what_is_left_though_it_tells_is_told(tmp_path: Path) -> None:
    wish = RedactionWish(tables=frozenset({"entries"}), leave=frozenset({"outcomes"}))
    seen = preview(opened(tmp_path), wish)
    assert "outcomes" not in gone(seen)
    assert "“Permissions” stays and tells of Ledger" in texts(seen.still_told)


@pytest.mark.parametrize(
    "wish",
    [
        RedactionWish(works=frozenset({WorkId("nothing")})),
        RedactionWish(artists=frozenset({PartyId("nobody")})),
        RedactionWish(tables=frozenset({"secrets"})),
        RedactionWish(tables=frozenset({"cases"})),
        RedactionWish(rows={"works": frozenset({("nothing",)})}),
    ],
)
def test_what_is_not_there_cannot_be_taken_out(tmp_path: Path, wish: RedactionWish) -> None:
    report = opened(tmp_path)
    with pytest.raises(UnknownThing):
        preview(report, wish)
    with pytest.raises(UnknownThing):
        write_copy(report, wish, tmp_path / "copy.acreport", ON)
    assert not (tmp_path / "copy.acreport").exists()


def test_a_copy_is_made_of_the_file_that_was_opened_and_of_no_other(tmp_path: Path) -> None:
    report = opened(tmp_path)
    wish = RedactionWish(tables=frozenset({"lines"}))
    with pytest.raises(OverItself):
        write_copy(report, wish, report.path, ON)
    with pytest.raises(NothingTaken):
        write_copy(report, RedactionWish(), tmp_path / "copy.acreport", ON)
    other = content()
    report.path.write_bytes(report_of(replace(other, header=replace(other.header, title="Another"))))
    with pytest.raises(ReportChanged):
        write_copy(report, wish, tmp_path / "copy.acreport", ON)
    broken = bytearray(report.path.read_bytes())
    broken[-30] ^= 1
    report.path.write_bytes(broken)
    with pytest.raises(OnlyUnchanged):
        write_copy(open_report(report.path), wish, tmp_path / "copy.acreport", ON)
    assert [path.name for path in tmp_path.iterdir()] == ["r.acreport"]
