"""Harmful, damaged and oddly written DDEX messages: each is read the same or refused in a sentence."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from artist_console.domain.problems import InputProblem
from artist_console.formats import ern_xml
from artist_console.formats.ern import is_ern, read_ern
from tests.formats.damage import damaged, only_input_problems
from tests.formats.ern_world import deal, message, older, period, purge, track_release

DATA = Path(__file__).resolve().parents[1] / "data"
ERN_432 = (DATA / "ern-432.xml").read_bytes()
ERN_41 = (DATA / "ern-41.xml").read_bytes()
ERN_382 = (DATA / "ern-382.xml").read_bytes()
WHOLE = message(
    releases="<Release/>" + track_release(1),
    deals=deal(
        "<TerritoryCode>DE</TerritoryCode>"
        + period("2026-01-01", "2026-02-01")
        + "<UseType>UseForDataMining</UseType>"
    ),
)
SAMPLES = [ERN_432, ERN_41, ERN_382, WHOLE, older(deal("<TakeDown>true</TakeDown>")), purge("<GRid>x</GRid>")]


def text_of(data: bytes) -> str:
    return data.decode().partition("?>")[2].lstrip()


# Document types and entities


def bomb(head: str) -> str:
    levels = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 50}">' for n in range(8))
    return f'{head}<!DOCTYPE x [<!ENTITY a "ha">{levels}]><x y="&i;">&i;</x>'


FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("body", [bomb(""), FILE, OUTSIDE])
def test_a_document_type_is_refused_in_every_encoding(body: str, encoding: str) -> None:
    began = time.perf_counter()
    with pytest.raises(InputProblem, match="carries a document type"):
        read_ern(f'<?xml version="1.0"?>{body}'.encode(encoding), "a.xml")
    assert time.perf_counter() - began < 5


def test_a_document_type_that_no_search_of_bytes_finds_is_refused() -> None:
    """UTF-7 writes the sign that opens a tag in other bytes."""
    hidden = FILE.replace("<!DOCTYPE", "+ADwAIQ-DOCTYPE")
    data = f'<?xml version="1.0" encoding="UTF-7"?>{hidden}'.encode()
    assert b"<!DOCTYPE" not in data
    with pytest.raises(InputProblem, match=r"document type|encoding that it names"):
        read_ern(data, "a.xml")


def test_a_document_type_behind_a_long_comment_is_refused() -> None:
    long = b'<?xml version="1.0"?><!--' + b"x" * 3_000_000 + b"-->"
    for body in (FILE, OUTSIDE, bomb("")):
        with pytest.raises(InputProblem, match="carries a document type"):
            read_ern(long + body.encode(), "a.xml")


def test_an_entity_that_was_never_declared_is_refused() -> None:
    with pytest.raises(InputProblem, match="not valid XML"):
        read_ern(ERN_41.replace(b"Low Tide", b"&low;"), "a.xml")


# Size


@pytest.mark.parametrize("levels", [300, 5_000, 200_000])
def test_elements_nested_without_end_are_refused(levels: int) -> None:
    deep = b"<ResourceGroup>" * levels + b"</ResourceGroup>" * levels
    with pytest.raises(InputProblem, match="holds elements more than 250 deep"):
        read_ern(ERN_41.replace(b"<ResourceList>", b"<ResourceList>" + deep), "a.xml")


def test_groups_as_deep_as_the_parser_takes_them_are_read() -> None:
    levels = 240
    deep = (
        b"<ResourceGroup>" * levels
        + b"<ResourceGroupContentItem><ReleaseResourceReference>A1</ReleaseResourceReference>"
        + b"</ResourceGroupContentItem>"
        + b"</ResourceGroup>" * levels
    )
    data = ERN_41.replace(b"<ReleaseResourceReference>A1</ReleaseResourceReference>", deep)
    assert read_ern(data, "a.xml").rows == read_ern(ERN_41, "a.xml").rows


@pytest.mark.parametrize(
    "huge",
    [
        b'<X y="' + b"y" * 12_000_000 + b'"/>',
        b"<X>" + b"y" * 12_000_000 + b"</X>",
        b"<!--" + b"y" * 12_000_000 + b"-->",
    ],
)
def test_an_attribute_or_text_without_end_is_refused(huge: bytes) -> None:
    with pytest.raises(InputProblem, match="holds a text longer than 10 MB"):
        read_ern(ERN_41.replace(b"<ResourceList>", b"<ResourceList>" + huge), "a.xml")


def test_long_codes_and_names_are_shown_short() -> None:
    data = ERN_41.replace(b"AA6Q72600001", b"A" * 100_000).replace(b"PT3M26S", b"P" * 100_000)
    found = read_ern(data, "a.xml")
    assert {note.field for note in found.notes} == {"ISRC", "Duration"}
    assert max(len(note.what) for note in found.notes) < 300


def test_a_message_beyond_the_ceiling_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ern_xml, "MAX_BYTES", len(ERN_41) - 1)
    with pytest.raises(InputProblem, match="is larger than"):
        read_ern(ERN_41, "a.xml")


# Encodings


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        *((encoding, says) for encoding in ("utf-8", "utf-8-sig") for says in ("UTF-8", "")),
        *(
            (encoding, says)
            for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
            for says in ("UTF-8", "UTF-16", "")
        ),
    ],
)
def test_a_message_in_another_encoding_reads_the_same(encoding: str, says: str) -> None:
    named = f' encoding="{says}"' if says else ""
    data = f'<?xml version="1.0"{named}?>\n{text_of(ERN_432)}'.encode(encoding)
    assert is_ern(data)
    found, plain = read_ern(data, "a.xml"), read_ern(ERN_432, "a.xml")
    assert (found.rows, found.notes, found.warnings) == (plain.rows, plain.notes, plain.warnings)


def test_a_message_without_an_xml_declaration_reads_the_same() -> None:
    body = text_of(ERN_41)
    expected = [row.title for row in read_ern(ERN_41, "a.xml").rows]
    for data in (body.encode(), body.encode("utf-16"), body.encode("utf-16-le")):
        assert [row.title for row in read_ern(data, "a.xml").rows] == expected


def test_a_message_in_latin_letters_is_read_where_it_says_so() -> None:
    text = ERN_41.decode().replace("Low Tide", "Ébbe").replace("UTF-8", "ISO-8859-1")
    assert read_ern(text.encode("latin-1"), "a.xml").rows[0].title == "Ébbe"


@pytest.mark.parametrize(
    "data",
    [
        ERN_41.replace(b"Low Tide", b"L\xf6w Tide"),
        ERN_41.replace(b"UTF-8", b"KLINGON"),
        ERN_41.replace(b"UTF-8", b"UTF-32"),
        ERN_41.decode().encode("utf-16")[:-1],
        b"\xff\xfe" + b"\x00\xd8" * 40,
    ],
)
def test_a_message_that_is_not_in_the_encoding_it_names_is_refused(data: bytes) -> None:
    with pytest.raises(InputProblem, match="not valid XML: it is not in the encoding that it names"):
        read_ern(data, "a.xml")


# Packed, cut, and other kinds


def test_a_packed_message_reads_the_same() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("batch/message.xml", ERN_41)
        archive.writestr("batch/resources/1.jpg", b"\xff\xd8\xff")
    expected = read_ern(ERN_41, "a.xml").rows
    assert read_ern(packed.getvalue(), "a.zip").rows == expected
    assert read_ern(gzip.compress(ERN_41, mtime=0), "a.xml.gz").rows == expected


def test_a_bomb_in_a_zip_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", bomb('<?xml version="1.0"?>'))
    with pytest.raises(InputProblem, match="carries a document type"):
        read_ern(packed.getvalue(), "a.zip")


@settings(max_examples=60)
@given(st.sampled_from(SAMPLES[:4]), st.data())
def test_a_message_that_ends_early_is_refused_or_reads_the_same(whole: bytes, data: st.DataObject) -> None:
    cut = whole[: data.draw(st.integers(1, len(whole)))]
    try:
        rows = read_ern(cut, "a.xml").rows
    except InputProblem:
        return
    assert rows == read_ern(whole, "a.xml").rows


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_message_that_ends_early_says_so(part: float) -> None:
    with pytest.raises(InputProblem, match=r"not valid XML .*It may end early"):
        read_ern(ERN_432[: int(len(ERN_432) * part)], "a.xml")


def test_comments_and_character_data_inside_texts_change_nothing() -> None:
    data = ERN_41.replace(b"Low Tide", b"Low<!-- t --> <![CDATA[Tide]]>").replace(
        b"<Duration>", b"<?x y?><Duration>"
    )
    assert read_ern(data, "a.xml").rows == read_ern(ERN_41, "a.xml").rows


@pytest.mark.parametrize("prefix", ["", "d:"])
def test_a_message_with_every_element_in_the_namespace_is_read(prefix: str) -> None:
    place = "http://ddex.net/xml/ern/41"
    root = etree.fromstring(ERN_41)
    spelled = etree.tostring(root, encoding="unicode")
    for name in {str(each.tag) for each in root.iterdescendants()}:
        spelled = spelled.replace(f"<{name}>", f"<{prefix}{name}>").replace(
            f"</{name}>", f"</{prefix}{name}>"
        )
        spelled = spelled.replace(f"<{name} ", f"<{prefix}{name} ")
    declared = f'xmlns{":d" if prefix else ""}="{place}"'
    data = spelled.replace("xmlns:ern=", f"{declared} xmlns:ern=", 1).encode()
    assert [row.title for row in read_ern(data, "a.xml").rows] == ["Low Tide"]
    assert read_ern(data, "a.xml").rows[0].identifier == "AA6Q72600001"


def test_elements_of_others_are_not_taken_for_ddex() -> None:
    other = b'<o:ISRC xmlns:o="urn:other">AA6Q72600002</o:ISRC><o:Title xmlns:o="urn:other">No</o:Title>'
    data = ERN_41.replace(b"<ResourceId>", b"<ResourceId>" + other)
    assert read_ern(data, "a.xml").rows == read_ern(ERN_41, "a.xml").rows


def without_lines(data: bytes) -> object:
    """What was read, but for the numbers of lines, which inserted elements do not keep."""
    found = read_ern(data, "a.xml")
    rows = [
        (
            *(getattr(row, name) for name in type(row).__slots__ if name not in ("row", "grants")),
            len(row.grants),
        )
        for row in found.rows
    ]
    notes = sorted((note.field, note.what) for note in found.notes)
    takedowns = [(each.upc, each.grid, each.isrc, each.title, each.on) for each in found.takedowns]
    return rows, notes, takedowns, found.warnings, found.sender, found.created_on


UNKNOWN = st.sampled_from(
    (
        "<Unheard/>",
        "<Unheard of='it'>text</Unheard>",
        "<Unheard><ISRC>AA6Q72600002</ISRC><Duration>PT1M</Duration><TitleText>No</TitleText></Unheard>",
        "<o:Title xmlns:o='urn:o'>No</o:Title>",
        "<Unheard><SoundRecording><ResourceReference>A9</ResourceReference></SoundRecording></Unheard>",
        "<Unheard><UseType>UseForDataMining</UseType><EndDate>2020-01-01</EndDate></Unheard>",
    )
)


@settings(max_examples=80)
@given(
    st.sampled_from(SAMPLES[:5]), st.lists(st.tuples(st.integers(0, 10_000), UNKNOWN), min_size=1, max_size=8)
)
def test_elements_that_nobody_knows_change_nothing(whole: bytes, added: list[tuple[int, str]]) -> None:
    root = etree.fromstring(whole)
    holders = [each for each in root.iter() if len(each)]
    for place, unknown in added:
        holder = holders[place % len(holders)]
        holder.insert(place // len(holders) % (len(holder) + 1), etree.fromstring(unknown))
    assert without_lines(etree.tostring(root)) == without_lines(whole)


@settings(max_examples=300)
@given(damaged(SAMPLES))
def test_damaged_messages_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(read_ern, data, "a.xml")


def test_lines_are_told_beyond_what_the_parser_counts_in_two_bytes() -> None:
    data = ERN_41.replace(b"<ResourceList>", b"<ResourceList>" + b"\n" * 70_000)
    line = read_ern(ERN_41, "a.xml").rows[0].row + 70_000
    # There it is the line of the first text inside.
    assert read_ern(data, "a.xml").rows[0].row in (line, line + 1)
