"""Registrations and acknowledgements of songs: CISAC CWR 2.1 and 2.2."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.domain.registrations import STATUS_WORDS, registration_words
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import RegisteredShare, Registration, WorkIdentifier
from artist_console.formats.cwr import is_cwr, read_cwr
from artist_console.formats.incoming import CatalogueRow, ReadCatalogue, Writer
from tests.formats import cwr_file
from tests.formats.damage import damaged, only_input_problems

DATA = Path(__file__).resolve().parents[1] / "data"
REGISTRATION = (DATA / "registration.v22").read_bytes()
ANSWER = (DATA / "acknowledgement.v21").read_bytes()
FIELDNOTE = "FIELDNOTE PUBLISHING"


def read(data: bytes) -> ReadCatalogue:
    return read_cwr(data, "CW260001FNP_052.V22")


def songs(data: bytes) -> list[CatalogueRow]:
    return [row for row in read(data).rows if row.kind is WorkKind.COMPOSITION]


def notes(data: bytes) -> list[tuple[int, str, str]]:
    return [(note.row, note.field, note.what) for note in read(data).notes]


def one(*details: tuple[str, tuple[cwr_file.Piece, ...]], **more: str) -> bytes:
    """A file of one song by one writer."""
    told = details or (cwr_file.writer("SAND", "MIRA", "CA", "00008715000", "10000"),)
    return cwr_file.file([cwr_file.group("NWR", [cwr_file.song(0, "LOW TIDE", "FN-1", *told, **more)])])


def test_a_song_is_read_with_titles_writers_numbers_and_duration() -> None:
    catalogue = read(REGISTRATION)
    assert (catalogue.layout, catalogue.sender, catalogue.names_own) == ("cwr-22", FIELDNOTE, False)
    row = songs(REGISTRATION)[0]
    assert (row.row, row.title, row.identifier, row.artists) == (3, "LOW TIDE", "T0345246801", ())
    assert row.aliases == ("EBB", "MARÉE BASSE")
    assert row.duration_s == Decimal(206)
    assert row.songs[0].writers == (
        Writer("MIRA SAND", "composer_lyricist", "00008715000"),
        Writer("JO LOW", "lyricist"),
    )
    assert row.names == ("MIRA SAND", "JO LOW")
    assert row.other_identifiers == (
        WorkIdentifier("submitter", "FN-0001", FIELDNOTE),
        WorkIdentifier("society", "9876543", "GEMA"),
    )
    assert row.artist_identifiers == (("MIRA SAND", "ipi", "00008715000"),)
    assert [credit.name for credit in row.credits] == ["HARBOUR LIGHTS"]


def test_shares_are_basis_points_of_each_right_with_the_publisher_of_a_writer() -> None:
    assert songs(REGISTRATION)[0].shares == (
        RegisteredShare("MIRA SAND", "composer_lyricist", "00008715000", 2500, 0, 0, True, FIELDNOTE),
        RegisteredShare("JO LOW", "lyricist", "", 2500, 0, 0, False, ""),
        RegisteredShare(FIELDNOTE, "publisher", "", 3750, 7500, 7500, True, ""),
        RegisteredShare("Unknown publisher", "publisher", "", 1250, 2500, 2500, False, ""),
    )


def test_a_registration_says_who_sent_it_when_and_under_which_number() -> None:
    assert songs(REGISTRATION)[0].registrations == (
        Registration(FIELDNOTE, "FN-0001", on=date(2026, 3, 1), row=3),
    )
    sentence = registration_words(songs(REGISTRATION)[0].registrations[0])
    assert sentence == (
        "Sent for registration as FN-0001 by FIELDNOTE PUBLISHING on 2026-03-01; no answer is known here."
    )


def test_a_recording_is_linked_to_its_song() -> None:
    (row,) = [row for row in read(REGISTRATION).rows if row.kind is WorkKind.RECORDING]
    assert (row.row, row.title, row.version, row.artists) == (
        14,
        "LOW TIDE",
        "LIVE AT THE PIER",
        ("MIRA SAND",),
    )
    assert (row.identifier, row.upc, row.release_title, row.label) == (
        "AA6Q72600001",
        "00094631432057",
        "HARBOUR SONGS",
        "FIELDNOTE",
    )
    assert (row.duration_s, row.released_on) == (Decimal(206), date(2026, 3, 31))
    assert row.songs == songs(REGISTRATION)[0].songs


def test_an_answer_says_status_number_and_messages() -> None:
    accepted, conflict, refused = songs(ANSWER)
    assert read(ANSWER).layout == "cwr-21"
    assert accepted.registrations == (
        Registration(FIELDNOTE, "FN-0001", "PRS", "T7741", "AS", date(2026, 3, 10), row=3),
    )
    assert WorkIdentifier("society", "T7741", "PRS") in accepted.other_identifiers
    assert conflict.registrations[0].status == "CO"
    assert conflict.registrations[0].messages == (
        "Registration refused (NWR): SHARES EXCEED 100%",
        "In conflict with “QUAY” (S-9)",
    )
    assert (refused.title, refused.registrations[0].status) == ("MOLE", "RJ")
    assert refused.songs[0].writers == ()
    assert [note[2] for note in notes(ANSWER)] == [
        "PRS says of “QUAY”: in conflict: another registration claims what this one claims.",
        "PRS says of “MOLE”: refused.",
    ]


@pytest.mark.parametrize("status", sorted(STATUS_WORDS))
def test_every_answer_has_words(status: str) -> None:
    words = registration_words(Registration("A", "1", "PRS", "T1", status, date(2026, 3, 10)))
    said = f"{STATUS_WORDS[status]} on 2026-03-10; its number there is T1."
    assert words == f"PRS says of the registration as 1 by A: {said}"


def test_counts_that_do_not_fit_are_told_with_both_numbers() -> None:
    lost = REGISTRATION.replace(b"ALT0000000000000008", b"", 1)
    start = lost.index(b"EBB")
    lost = lost[:start] + lost[lost.index(b"\r\n", start) + 2 :]
    found = notes(lost)
    assert (20, "GRT", "The closing line of the group counts 20 lines; 19 are here.") in found
    assert (21, "TRL", "The closing line of the file counts 22 lines; 21 are here.") in found
    assert (11, "ALT", "The line has number 9 in its transaction; 8 would be next.") in found
    fewer = REGISTRATION.replace(b"TRL0000100000002", b"TRL0000300000009")
    assert [what for _, field, what in notes(fewer) if field == "TRL"] == [
        "The closing line of the file counts 3 groups; 1 are here.",
        "The closing line of the file counts 9 transactions; 2 are here.",
    ]


def test_a_transaction_out_of_order_is_told() -> None:
    moved = REGISTRATION.replace(b"NWR00000001", b"NWR00000007")
    assert (17, "NWR", "The transaction has number 7; 1 would be next.") in notes(moved)


def test_shares_that_miss_the_whole_by_more_than_the_tolerance_are_told() -> None:
    def of(share: str) -> list[str]:
        data = one(cwr_file.writer("SAND", "MIRA", "CA", "", share))
        return [what for _, _, what in notes(data)]

    assert of("10000") == of("09994") == of("00000") == []
    assert of("09993") == ["The performing shares of “LOW TIDE” add up to 99.93 %, not to 100 %."]
    assert of("05000") == ["The performing shares of “LOW TIDE” add up to 50 %, not to 100 %."]
    assert of("10001") == ["“10001” is no share; 05000 stands for 50 %."]
    assert of("50,00") == ["“50,00” is no share; 05000 stands for 50 %."]


def test_wrong_check_digits_are_told_and_kept_and_told_once() -> None:
    writer = cwr_file.writer("SAND", "MIRA", "CA", "00008715001", "05000")
    other = cwr_file.writer("SAND", "MIRA", "A", "00008715001", "05000", "W2")
    data = one(writer, other, iswc="T0345246802")
    row = songs(data)[0]
    assert row.identifier == "T0345246802"
    assert {share.ipi for share in row.shares} == {"00008715001"}
    assert [(line, field) for line, field, _ in notes(data)] == [(3, "iswc"), (4, "ipi")]


def test_unknown_records_are_counted_and_left_alone() -> None:
    extra = REGISTRATION.replace(b"PER0000000000000010", b"QQQ0000000000000010")
    assert read(extra).warnings == (
        "1 line is of a kind that CWR 2 does not have (“QQQ”, first in line 13); not read.",
    )
    assert len(songs(extra)) == 2


@pytest.mark.parametrize(("more", "said"), [(1, "1 line after"), (2, "2 lines after")])
def test_lines_after_the_closing_line_are_counted(more: int, said: str) -> None:
    (warning,) = read(REGISTRATION.rstrip() + b"\r\n" + b"HDR behind the end\r\n" * more).warnings
    assert warning == f"{said} the closing line (TRL) {'was' if more == 1 else 'were'} not read."


def test_letters_that_are_kept_for_national_titles_are_told_elsewhere() -> None:
    assert read(REGISTRATION).warnings == ()
    data = REGISTRATION.replace(b"QUAY ", "KÅI  ".encode())
    (warning,) = read(data).warnings
    assert "first in line 17" in warning
    latin = read(data.decode().encode("latin-1"))
    assert latin.rows[-1].title == "KÅI"
    assert any("not in UTF-8" in each for each in latin.warnings)


def test_a_character_that_no_text_has_is_read_as_a_space() -> None:
    data = REGISTRATION.replace(b"LOW TIDE", b"LOW\x0bTIDE", 1)
    assert songs(data)[0].title == "LOW TIDE"
    assert any(field == "NWR" and "no text has" in what for _, field, what in notes(data))


def test_a_line_that_ends_early_is_told() -> None:
    data = one(("SWR", ((20, "W1"),)), cwr_file.writer("SAND", "MIRA", "CA", "", "10000"))
    assert any("The line ends after 21 characters" in what for _, _, what in notes(data))


def test_a_composite_a_version_and_an_existing_song_in_conflict_are_told() -> None:
    writer = cwr_file.writer("SAND", "MIRA", "CA", "", "10000")
    data = one(writer, ("COM", ((20, "PART ONE"),)), ("COM", ((20, "PART TWO"),)), ("VER", ((20, "EBB"),)))
    told = [what for _, _, what in notes(data)]
    assert any("put together from “PART ONE”, “PART TWO”" in what for what in told)
    assert any("is a version of “EBB”" in what for what in told)
    theirs = cwr_file.song(0, "EBB", "X", cwr_file.writer("FOE", "A", "CA", "", "10000"), type="EXC")
    both = cwr_file.file(
        [
            cwr_file.group("NWR", [cwr_file.song(0, "LOW TIDE", "FN-1", writer)]),
            cwr_file.group("EXC", [theirs], 2),
        ]
    )
    assert [row.title for row in songs(both)] == ["LOW TIDE"]
    assert any("somebody else's song" in what for _, _, what in notes(both))


def test_a_notification_of_an_iswc_is_the_song_with_it_and_no_registration() -> None:
    notice = cwr_file.song(0, "LOW TIDE", "FN-1", type="ISW", iswc="T0345246801")
    (row,) = songs(cwr_file.file([cwr_file.group("ISW", [notice])]))
    assert (row.identifier, row.registrations) == ("T0345246801", ())


def test_recordings_named_by_cross_reference_and_those_that_are_denied() -> None:
    writer = cwr_file.writer("SAND", "MIRA", "CA", "", "10000")
    data = one(
        writer,
        ("REC", ((20, "20260331"), (88, "000326"))),
        ("REC", ((250, "AA6Q72600002"), (507, "U"))),
        ("REC", ((250, "AA6Q72600003"), (507, "N"))),
        ("XRF", ((20, "ISR"), (23, "AA6Q72600004"), (37, "RY"))),
        ("XRF", ((20, "ISW"), (23, "T0345246801"), (37, "WY"))),
    )
    rows = read(data).rows
    assert [(row.kind.value, row.identifier, row.artists) for row in rows] == [
        ("composition", "T0345246801", ()),
        ("recording", "AA6Q72600004", ()),
    ]


def test_a_publisher_is_found_by_its_number_where_its_name_is_missing() -> None:
    data = one(
        cwr_file.publisher(FIELDNOTE, "05000", "10000"),
        cwr_file.writer("SAND", "MIRA", "CA", "", "05000"),
        ("PWR", ((20, "P1"),)),
    )
    assert songs(data)[0].shares[0].publisher == FIELDNOTE


def test_a_zipped_file_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CW260001FNP_052.V22", REGISTRATION)
    assert read(packed.getvalue()).rows == read(REGISTRATION).rows


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (REGISTRATION[: len(REGISTRATION) // 2], "ends early"),
        (cwr_file.header().encode(), "ends early"),
        (b"NWR0000000000000000LOW TIDE\r\n", "is no header"),
        (b"\r\n\r\n", "is no header"),
        (cwr_file.file([]), "names no song"),
        (
            cwr_file.line("HDRPBFNP FIELDNOTE", (66, "2026030112000020260301"), (103, "3.0000")).encode(),
            "version 3",
        ),
        (REGISTRATION.replace(b"02.20", b"03.00"), "version 3"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InputProblem, match=words) as refused:
        read(data)
    assert refused.value.advice


def test_a_cwr_file_is_known_by_its_header() -> None:
    assert is_cwr(cwr_file.header())
    assert is_cwr(cwr_file.line("HDRPBFNP FIELDNOTE", (66, "2026030112000020260301"), (103, "3.1000")))
    assert not is_cwr("HDR,title,artist\n")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_split_between_two_is_told_exactly_when_it_misses_the_whole(one_share: int, other: int) -> None:
    data = one(
        cwr_file.writer("SAND", "MIRA", "CA", "", f"{one_share:05d}"),
        cwr_file.writer("LOW", "JO", "A", "", f"{other:05d}", "W2"),
    )
    total = one_share + other
    told = any("add up to" in what for _, _, what in notes(data))
    assert told == (total != 0 and not 9_994 <= total <= 10_006)
    assert [share.performing_bp for share in songs(data)[0].shares] == [one_share, other]


@settings(max_examples=200)
@given(damaged([REGISTRATION, ANSWER]))
def test_damaged_files_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_cwr, data, "a.v22")


def test_a_publishers_file_in_2_1(shared_data: Path) -> None:
    catalogue = read((shared_data / "cwr" / "CW220001DMP_000.V21").read_bytes())
    (row,) = catalogue.rows
    assert (catalogue.layout, row.title, row.identifier) == ("cwr-21", "MUSIC PUB CARTOONS", "T1234567894")
    assert [writer.name for writer in row.songs[0].writers] == ["MATIJA KOLARIC", "ANN OTHER"]
    assert [share.performing_bp for share in row.shares] == [2500, 2500, 3750, 1250]
    assert [share.mechanical_bp for share in row.shares] == [0, 0, 7500, 2500]
    assert len(row.aliases) == 5
    assert [note.what for note in catalogue.notes] == [
        "ISWC T-123.456.789-4 is a well-known placeholder, not a real song's."
    ]


def test_a_file_in_2_2_whose_counts_do_not_fit(shared_data: Path) -> None:
    catalogue = read((shared_data / "cwr" / "demo_cwr_cleaned.v22").read_bytes())
    titles = [row.title for row in catalogue.rows]
    assert titles == [
        "MIDNIGHT SERENADE",
        "ECHOES OF TOMORROW",
        "MIDNIGHT SERENADE",
        "WHISPERING WINDS",
        "CRIMSON TIDE",
        "GOLDEN HORIZON",
        "FORGOTTEN MELODY",
        "STARLIGHT SYMPHONY",
        "URBAN PULSE",
        "SILENT GUARDIAN",
    ]
    told = [note.what for note in catalogue.notes]
    assert "The closing line of the file counts 39 transactions; 10 are here." in told
    assert "The closing line of the file counts 722 lines; 93 are here." in told
    assert "The mechanical shares of “MIDNIGHT SERENADE” add up to 125 %, not to 100 %." in told
    answer = catalogue.rows[4].registrations[0]
    assert (answer.status, answer.society_work, answer.on) == ("AS", "795145CV", date(2025, 6, 20))
    assert "Possible submitter ids" in answer.messages[0]
    assert {(i.issuer, i.value) for i in catalogue.rows[1].other_identifiers if i.kind == "society"} == {
        ("PRS", "123456BR"),
        ("SABAM", "A35G45A1"),
    }
    assert catalogue.rows[9].shares[0].publisher == "CROWN PUBLISHING, LIBERTY PUBLISHING"


def test_a_publisher_without_a_share_is_named_once_and_shares_of_two_chains_are_both_kept() -> None:
    none = cwr_file.publisher("SUB CO", "00000", "00000", "P2", role="SE")
    half = cwr_file.publisher(FIELDNOTE, "02500", "05000")
    data = one(half, none, half, none, cwr_file.writer("SAND", "MIRA", "CA", "", "05000"))
    assert [(share.name, share.performing_bp) for share in songs(data)[0].shares] == [
        ("MIRA SAND", 5000),
        (FIELDNOTE, 2500),
        ("SUB CO", 0),
        (FIELDNOTE, 2500),
    ]
    assert notes(data) == []


def test_who_collects_where_is_looked_at_for_faults_alone() -> None:
    writer = cwr_file.writer("SAND", "MIRA", "CA", "", "10000")
    right = ("SWT", ((20, "W1"), (29, "100000000000000I2136N001")))
    odd = ("SWT", ((20, "W1"), (29, "XXX  0000000000I2136N001")))
    outside = ("SWT", ((20, "W1"), (29, "025000000000000E0840N001")))
    assert notes(one(writer, right)) == []
    assert [what for _, _, what in notes(one(writer, odd, outside))] == [
        "“XXX” is no share; 05000 stands for 50 %.",
        "Territory 0840 is left out and has a share at once.",
    ]
    assert songs(one(writer, odd, outside)) == songs(one(writer))
