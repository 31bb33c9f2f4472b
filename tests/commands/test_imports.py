"""Files brought in by a command: what is told of them, in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from artist_console.commands.consent import decide
from artist_console.commands.imports import (
    FileKind,
    Hints,
    ImportResult,
    NotTakenOver,
    import_file,
    look_into_catalogue,
    look_into_list,
    peek,
)
from artist_console.commands.layouts import remember
from artist_console.commands.review import ReviewResult, review
from artist_console.commands.wishes import Wish
from artist_console.commands.works import find_works
from artist_console.domain.mandates import Power
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.problems import AuthorityProblem, ColumnsUnknown, InputProblem
from artist_console.domain.registers import ANY_USE, Stance, Subject, SubjectKind
from artist_console.domain.work_rows import WorksQuery
from artist_console.formats.kinds import Kind
from artist_console.store import mirror
from tests.backend.world import MANAGER, MARA, a_mandate, mandate_step
from tests.commands.desks import Desk, a_desk
from tests.formats.manifests import KEY, in_model, inclusion, manifest


def bring(desk: Desk, kind: FileKind, folder: Path, content: str, name: str = "a.csv") -> ImportResult:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return import_file(desk.console, kind, path).value


def test_braces_in_a_file_are_told_as_they_stand(mara: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotTakenOver) as told:
        bring(mara, FileKind.STATEMENT, tmp_path, "{0.fields},{what}}\n1,2\n", "{next!r}.csv")
    assert "{next!r}.csv" in told.value.sentence
    assert "“{0.fields}”, “{what}}”" in told.value.sentence


def test_an_empty_file_is_told_without_asking_a_service(mara: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"“a\.csv” is empty"):
        bring(mara, FileKind.CATALOGUE, tmp_path, "")


def test_hits_and_statements_are_told_apart(mara: Desk, tmp_path: Path) -> None:
    listed = "title,artist\nLow Tide,Mira Sand\n"
    bring(mara, FileKind.CATALOGUE, tmp_path, listed)
    found = bring(mara, FileKind.DATASET_LIST, tmp_path, listed)
    assert "1 hit was recorded." in found.words
    again = bring(mara, FileKind.DATASET_LIST, tmp_path, listed)
    assert "1 of these hits was known already." in again.words


def test_the_review_of_a_no_says_that_its_power_was_not_looked_up(mara: Desk, tmp_path: Path) -> None:
    bring(mara, FileKind.CATALOGUE, tmp_path, "title,artist\nLow Tide,Mira Sand\nHigh Tide,Mira Sand\n")
    page = find_works(mara.console, WorksQuery(text="tide"))
    wishes = [
        Wish(row.artist, Subject(SubjectKind.WORK, row.work), None, ANY_USE, Stance.REFUSE)
        for row in page.rows
    ]
    found = review(mara.console, wishes)
    assert [(group.result, len(group.items)) for group in found.groups] == [(ReviewResult.NOT_CHECKED, 2)]
    decide(mara.console, wishes)
    assert {row.outcome for row in find_works(mara.console, WorksQuery(text="tide")).rows} == {
        PermissionOutcome.REFUSED_UNCHECKED
    }


def test_a_manager_who_sees_the_money_brings_in_a_statement_of_the_artist(
    tmp_path: Path,
) -> None:
    path = tmp_path / "money.csv"
    path.write_text("title,artist,amount,currency,month\nSalt Lines,Mara Quist,2.50,EUR,2025-04\n")
    mandate = a_mandate(powers=(Power.SEE_WORKS, Power.SEE_MONEY))
    with a_desk(tmp_path / "profile", mandate_step(mandate), owner=MANAGER) as manager:
        found = import_file(manager.console, FileKind.STATEMENT, path, MARA).value
        assert "1 statement was added." in found.words
        brought = [s for s in mirror.all(manager.console.store, Kind.STATEMENT) if s.issuer == "money"]
        assert [s.payee for s in brought] == [MARA]


def test_a_mandate_without_the_money_says_whom_to_ask(tmp_path: Path) -> None:
    path = tmp_path / "money.csv"
    path.write_text("title,artist,amount,currency,month\nSalt Lines,Mara Quist,2.50,EUR,2025-04\n")
    mandate = a_mandate()
    with a_desk(tmp_path / "profile", mandate_step(mandate), owner=MANAGER) as manager:
        with pytest.raises(AuthorityProblem, match=r"see the money of Mara Quist.*Ask Mara Quist"):
            import_file(manager.console, FileKind.STATEMENT, path, MARA)
        with pytest.raises(AuthorityProblem, match="does not let you add works"):
            import_file(manager.console, FileKind.CATALOGUE, path, MARA)


def test_a_catalogue_is_looked_into_for_names_before_anything_is_taken(mara: Desk, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("title,artist\nOne,Mara Quist\nTwo,The Big Artist\nThree,The Big Artist\n,\n")
    look = look_into_catalogue(mara.console, path)
    assert (look.known, look.unknown) == ((("Mara Quist", 1),), (("The Big Artist", 2),))


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n0000", b"%PDF-1.7 0000000", b"\0\0\0\x20ftypM4A 0000"])
def test_a_picture_is_told_as_what_it_is(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "cover.csv"
    path.write_bytes(start)
    with pytest.raises(InputProblem, match="cannot be read here: it is"):
        peek(path)
    path.write_bytes(b"BM6 is a title\n")
    peek(path)


def test_every_row_of_a_file_is_accounted_for_and_a_double_is_told(mara: Desk, tmp_path: Path) -> None:
    rows = [
        "title,artist,isrc,year",
        "Low Tide,Mira Sand,AA6Q72600001,2020",
        "Low Tide,Mira Sand,AA6Q72600001,2020",
        ",Mira Sand,,2020",
        "High Tide,Mira Sand,,20x0",
    ]
    found = bring(mara, FileKind.CATALOGUE, tmp_path, "\n".join(rows))
    counts = dict(found.counts)
    assert found.rows_read == 4
    assert (counts["recordings_added"], counts["rows_left_out"], counts["rows_repeated"]) == (2, 1, 1)
    assert [note.row for note in found.rejected] == [4]
    assert [note.row for note in found.warnings] == [5]
    assert any("put together" in words for words in found.words)
    assert sum("rows were read" in words for words in found.words) == 1


ODD = "Was,Wer\nLow Tide,Mira Sand\nHigh Tide,Mira Sand\n"


def test_columns_that_a_person_named_once_are_used_for_the_next_file_with_the_same_header(
    mara: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(ODD)
    said = {"title": "Was", "artist": "Wer"}
    with pytest.raises(ColumnsUnknown):
        look_into_catalogue(mara.console, path)
    remember(mara.console, FileKind.CATALOGUE, ("Was", "Wer"), said)
    assert look_into_catalogue(mara.console, path).unknown == (("Mira Sand", 2),)
    found = import_file(mara.console, FileKind.CATALOGUE, path).value
    assert dict(found.counts)["recordings_added"] == 2
    with pytest.raises(ColumnsUnknown):  # what holds for a catalogue is not said of a list
        look_into_list(mara.console, path)
    remember(mara.console, FileKind.DATASET_LIST, ("Was", "Wer"), said)
    assert look_into_list(mara.console, path).known is None
    listed = import_file(mara.console, FileKind.DATASET_LIST, path).value
    assert dict(listed.counts)["works_listed"] == 2


def test_a_list_is_looked_at_for_what_it_is_before_anything_leaves_this_computer(
    mara: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "fma_dataset_attribution2.csv"
    path.write_text("id,title,author,license,url\n1,Low Tide,Mira Sand,cc0,https://example.org/a\n")
    known = look_into_list(mara.console, path).known
    assert known is not None
    assert known.key == "stable-audio-open-fma"
    hints = Hints(name="The list", publisher="A lab", version="2", obtained_from="https://example.org/list")
    import_file(mara.console, FileKind.DATASET_LIST, path, hints=hints)
    (card,) = [d for d in mirror.all(mara.console.store, Kind.DATASET) if d.sha256]
    assert (card.name, card.publisher, card.version) == ("The list", "A lab", "2")
    assert card.obtained_from == "https://example.org/list"


def test_of_a_list_it_is_told_what_is_listed_what_is_likely_and_what_was_left_out(
    mara: Desk, tmp_path: Path
) -> None:
    bring(mara, FileKind.CATALOGUE, tmp_path, "title,artist\nLantern over the Harbour,Mara Quist\n")
    path = tmp_path / "list.csv"
    path.write_text("title,artist\nLantern over the Harbor,Mara Quist\nEbb,\n")
    words = import_file(mara.console, FileKind.DATASET_LIST, path).value.words
    told = [each for each in words if "list" in each or "likely" in each]
    assert told == ["0 of your works are in the list.", "1 more is likely."]
    assert "1 row was left out." in words
    path.write_text("title,artist\nLanterns over Harbour,Mara Quist\n")
    assert (
        "1 row is for you to look at." in import_file(mara.console, FileKind.DATASET_LIST, path).value.words
    )


def test_a_manifest_of_nobody_known_is_told_as_ones_own_report(mara: Desk, tmp_path: Path) -> None:
    bring(mara, FileKind.CATALOGUE, tmp_path, "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n")
    path = tmp_path / "m.jsonl"
    path.write_bytes(manifest(in_model("AA6Q72600001"), inclusion("AA6Q72600002"), key=KEY))
    found = import_file(mara.console, FileKind.MANIFEST, path).value
    assert "1 of your works is named in it." in found.words
    assert "1 statement was recorded." in found.words
    assert "1 line names a work that is not known here." in found.words
    assert any("nothing shows that" in note.words for note in found.warnings)
    said = [i for i in mirror.all(mara.console.store, Kind.INCLUSION) if i.evidence.source == "m.jsonl"]
    assert [(i.grade.value, i.state.value) for i in said] == [("self_reported", "trained")]
    assert [m.claimed for m in mirror.all(mara.console.store, Kind.MODEL) if m.version == "2.1"] == [True]
