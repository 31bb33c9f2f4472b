"""What DDEX messages say of recordings, people and songs: AI disclosure, numbers, titles, editions."""

from __future__ import annotations

import pytest

from artist_console.domain.works import AiPart, WorkIdentifier
from artist_console.formats.incoming import CatalogueRow, Credit, Severity, SongRow, Writer
from tests.formats.ern_world import (
    PARTIES,
    message,
    older,
    read,
    recording,
    release,
    row,
    track_release,
)


def contributor(who: str, role: str, ai: str = "", more: str = "") -> str:
    part = f"<AiContribution>{ai}</AiContribution>" if ai else ""
    person = f"<ContributorPartyReference>{who}</ContributorPartyReference>"
    special = f"<SpecialContributor>{who}</SpecialContributor>"
    named = person if who.startswith("P") else special
    roles = f"<Role><Value>{role}</Value></Role>" if role else ""
    return f"<Contributor>{named}{roles}{part}{more}</Contributor>"


def noted(data: bytes) -> list[str]:
    return [note.what for note in read(data).notes]


def with_parties(parties: str, data: bytes) -> bytes:
    return data.decode().replace(PARTIES, f"<PartyList>{parties}</PartyList>").encode()


# AI


@pytest.mark.parametrize(
    ("said", "expected"), [("All", AiPart.ALL), ("Partly", AiPart.PARTLY), ("None", AiPart.NONE)]
)
def test_what_a_recording_says_of_ai_is_read(said: str, expected: AiPart) -> None:
    assert row(f"<ContainsAI>{said}</ContainsAI>").contains_ai is expected


def test_nothing_said_of_ai_is_nothing_known() -> None:
    plain = row(contributor("PJo", "Composer"))
    assert plain.contains_ai is None
    assert [credit.ai for credit in plain.credits] == [None]


def test_each_contribution_keeps_what_is_said_of_it() -> None:
    found = row(
        "<ContainsAI>Partly</ContainsAI>"
        + contributor("PMira", "Vocalist", "None")
        + contributor("PJo", "Lyricist", "Partly")
        + contributor("PJo", "StudioProducer")
    )
    assert found.credits == (
        Credit("Mira Sand", "vocalist", AiPart.NONE),
        Credit("Jo Low", "lyricist", AiPart.PARTLY),
        Credit("Jo Low", "studio_producer"),
    )
    assert found.songs == (SongRow("Tide 1", "", (Writer("Jo Low", "lyricist", ai=AiPart.PARTLY),)),)


def test_generative_ai_as_a_contributor_made_all_of_its_part_unless_said_otherwise() -> None:
    found = row(
        contributor("GenerativeAI", "Composer")
        + contributor("GenerativeAI", "Vocalist", "Partly")
        + contributor("GenerativeAI", "")
    )
    assert found.credits == (
        Credit("Generative AI", "composer", AiPart.ALL),
        Credit("Generative AI", "vocalist", AiPart.PARTLY),
        Credit("Generative AI", "contributor", AiPart.ALL),
    )
    assert found.songs[0].writers == (Writer("Generative AI", "composer", ai=AiPart.ALL),)
    assert (found.artists, found.featured) == (("Mira Sand",), ())


def test_generative_ai_as_display_artist_is_a_credit_and_no_artist() -> None:
    special = "<DisplayArtist><SpecialDisplayArtist>GenerativeAI</SpecialDisplayArtist></DisplayArtist>"
    found = row(special)
    assert found.artists == ("Mira Sand",)
    assert found.credits == (Credit("Generative AI", "main_artist", AiPart.ALL),)


@pytest.mark.parametrize(
    ("contains", "who", "ai", "says"),
    [
        ("None", "PJo", "Partly", "hold nothing made by generative AI, but a contribution of Jo Low"),
        ("None", "GenerativeAI", "", "hold nothing made by generative AI"),
        ("All", "PJo", "", "made by generative AI, but Jo Low is listed"),
        ("All", "PJo", "Partly", "made by generative AI, but Jo Low is listed"),
        ("Partly", "PJo", "All", "yet it is listed as another's"),
        ("Partly", "GenerativeAI", "None", "contributed nothing"),
    ],
)
def test_what_contradicts_itself_is_told_and_both_are_kept(
    contains: str, who: str, ai: str, says: str
) -> None:
    more = f"<ContainsAI>{contains}</ContainsAI>" + contributor(who, "Composer", ai)
    data = message(recording(1, more) + recording(2, more))
    notes = read(data).notes
    assert len([note for note in notes if says in note.what]) == 2
    assert len({note.row for note in notes}) == 2
    assert {note.severity for note in notes} == {Severity.WARNING}
    expected = {"All": AiPart.ALL, "Partly": AiPart.PARTLY, "None": AiPart.NONE}
    for found in read(data).rows:
        assert found.contains_ai is expected[contains]
        assert found.credits[0].ai is (expected.get(ai) or (AiPart.ALL if who == "GenerativeAI" else None))


@pytest.mark.parametrize(
    ("contains", "who", "ai"),
    [
        ("None", "PJo", "None"),
        ("None", "PJo", ""),
        ("All", "GenerativeAI", "All"),
        ("Partly", "PJo", "Partly"),
    ],
)
def test_what_fits_together_is_not_remarked_upon(contains: str, who: str, ai: str) -> None:
    more = f"<ContainsAI>{contains}</ContainsAI>" + contributor(who, "Composer", ai)
    assert noted(message(recording(1, more), release(1))) == []


def test_an_unknown_word_about_ai_is_told_and_left_open() -> None:
    data = message(recording(1, "<ContainsAI>Mostly</ContainsAI>"), release(1))
    assert read(data).rows[0].contains_ai is None
    assert noted(data) == ["“Mostly” does not say how much was made by generative AI; left open."]


# Numbers


def test_people_carry_their_numbers_and_other_names() -> None:
    parties = """<Party><PartyReference>PMira</PartyReference>
      <PartyName IsLegalName="true"><FullName>Miriam Sandstone</FullName></PartyName>
      <PartyName LanguageAndScriptCode="ja-Kana"><FullName>ミラ</FullName></PartyName>
      <PartyName IsDefault="true"><FullName>Mira Sand</FullName>
        <FullNameAsciiTranscribed>Mira Sandt</FullNameAsciiTranscribed></PartyName>
      <PartyId><ISNI>0000 0001 2281 955X</ISNI><IpiNameNumber>00008715000</IpiNameNumber>
        <DPID>PADPIDA2013042401U</DPID></PartyId></Party>"""
    found = read(with_parties(parties, message())).rows[0]
    assert found.artists == ("Mira Sand",)
    assert found.artist_aliases == (("Mira Sand", "ミラ"), ("Mira Sand", "Mira Sandt"))
    assert found.artist_identifiers == (
        ("Mira Sand", "isni", "000000012281955X"),
        ("Mira Sand", "ipi", "00008715000"),
        ("Mira Sand", "dpid", "PADPIDA2013042401U"),
    )


def test_a_name_by_law_is_taken_where_it_is_the_only_one() -> None:
    parties = """<Party><PartyReference>PMira</PartyReference>
      <PartyName IsLegalName="true"><FullName>Miriam Sandstone</FullName></PartyName></Party>"""
    assert read(with_parties(parties, message())).rows[0].artists == ("Miriam Sandstone",)


def test_numbers_with_wrong_check_digits_are_told_and_kept() -> None:
    parties = """<Party><PartyReference>PMira</PartyReference>
      <PartyName><FullName>Mira Sand</FullName></PartyName>
      <PartyId><ISNI>0000000121032684</ISNI><IpiNameNumber>00008715001</IpiNameNumber>
        <DPID>PADPIDA2013042401V</DPID></PartyId></Party>"""
    data = with_parties(parties, message()).replace(b"A12425GABC1234002M", b"A12425GABC1234002Q")
    found = read(data)
    assert [(kind, value) for _, kind, value in found.rows[0].artist_identifiers] == [
        ("isni", "0000000121032684"),
        ("ipi", "00008715001"),
        ("dpid", "PADPIDA2013042401V"),
    ]
    assert found.rows[0].grid == "A12425GABC1234002Q"
    assert [note.field for note in found.notes] == ["ISNI", "IpiNameNumber", "DPID", "GRid"]


def test_numbers_of_people_in_3_8_are_marked_by_attributes() -> None:
    ids = '<PartyId IsISNI="true">000000012281955X</PartyId><PartyId Namespace="IPI">8715000</PartyId>'
    data = older("").replace(b"</PartyName>\n      <ArtistRole>", f"</PartyName>{ids}<ArtistRole>".encode())
    assert read(data).rows[0].artist_identifiers == (
        ("Mira Sand", "isni", "000000012281955X"),
        ("Mira Sand", "ipi", "00008715000"),
    )


def test_releases_and_recordings_carry_the_numbers_of_others() -> None:
    ids = '<GRid>A10302B0003989564F</GRid><ProprietaryId Namespace="PADPIDA2013042401U">trk-1</ProprietaryId>'
    own = '<ResourceId><ProprietaryId Namespace="H">rec-1</ProprietaryId></ResourceId>'
    found = read(message(recording(1, own), release(1) + track_release(1, ids))).rows[0]
    assert (found.identifier, found.grid, found.upc) == (
        "AA6Q72600001",
        "A12425GABC1234002M",
        "00094631432057",
    )
    assert found.other_identifiers == (
        WorkIdentifier("proprietary", "rec-1", "H"),
        WorkIdentifier("grid", "A10302B0003989564F"),
        WorkIdentifier("proprietary", "trk-1", "PADPIDA2013042401U"),
    )


def test_songs_carry_their_numbers() -> None:
    ids = (
        "<WorkId><ISWC>T0345246801</ISWC><OpusNumber>Op. 8</OpusNumber>"
        '<ProprietaryId Namespace="CISAC:35">123</ProprietaryId></WorkId>'
    )
    assert row(ids).songs == (
        SongRow(
            "Tide 1",
            "T0345246801",
            (),
            (WorkIdentifier("opus", "Op. 8"), WorkIdentifier("proprietary", "123", "CISAC:35")),
        ),
    )


def test_several_songs_in_one_recording_are_several() -> None:
    ids = "<WorkId><ISWC>T0345246801</ISWC></WorkId><WorkId><ISWC>T0722039635</ISWC></WorkId>"
    assert row(ids).songs == (SongRow("", "T0345246801"), SongRow("", "T0722039635"))


def test_a_replaced_code_of_a_song_is_another_of_its_codes() -> None:
    ids = (
        '<WorkId><ISWC>T0345246801</ISWC></WorkId><WorkId IsReplaced="true"><ISWC>T0722039635</ISWC></WorkId>'
    )
    (song,) = row(ids).songs
    assert (song.iswc, song.other_identifiers) == (
        "T0345246801",
        (WorkIdentifier("iswc", "T0722039635"),),
    )


def test_the_example_code_of_everybody_is_looked_at() -> None:
    data = message(recording(1, "<WorkId><ISWC>T1234567894</ISWC></WorkId>"), release(1))
    assert [note.field for note in read(data).notes] == ["ISWC"]


def test_the_list_of_works_of_3_8_tells_songs_and_their_writers() -> None:
    works = """<WorkList><MusicalWork>
      <MusicalWorkId><ISWC>T0345246801</ISWC></MusicalWorkId>
      <MusicalWorkReference>W1</MusicalWorkReference>
      <ReferenceTitle><TitleText>Tide (The Song)</TitleText></ReferenceTitle>
      <MusicalWorkContributor><PartyName><FullName>Ada Pier</FullName></PartyName>
        <MusicalWorkContributorRole>ComposerLyricist</MusicalWorkContributorRole></MusicalWorkContributor>
    </MusicalWork></WorkList>"""
    refers = """<ResourceMusicalWorkReferenceList><ResourceMusicalWorkReference>
      <ResourceMusicalWorkReference>W1</ResourceMusicalWorkReference>
    </ResourceMusicalWorkReference></ResourceMusicalWorkReferenceList><SoundRecordingDetails"""
    data = older("", top=works).replace(b"<SoundRecordingDetails", refers.encode(), 1)
    assert read(data).rows[0].songs == (
        SongRow("Tide (The Song)", "T0345246801", (Writer("Ada Pier", "composer_lyricist"),)),
    )


# Editions


def editions(*each: str) -> tuple[CatalogueRow, ...]:
    """Rows of a recording with these editions in the place of its own."""
    one = recording(1)
    start, end = one.index("<SoundRecordingEdition>"), one.index("</SoundRecordingEdition>")
    body = one[:start] + "".join(each) + one[end + len("</SoundRecordingEdition>") :]
    return read(message(body, release(1))).rows


def edition(kind: str, isrc: str, more: str = "") -> str:
    named = f"<Type>{kind}</Type>" if kind else ""
    coded = f"<ResourceId><ISRC>{isrc}</ISRC></ResourceId>"
    return f"<SoundRecordingEdition>{named}{coded}{more}</SoundRecordingEdition>"


def test_each_edition_is_told_by_its_kind() -> None:
    rows = editions(
        edition("NonImmersiveEdition", "AA6Q72600001"),
        edition("ImmersiveEdition", "AA6Q72600002"),
        edition("", "AA6Q72600003"),
    )
    assert [(each.identifier, each.version) for each in rows] == [
        ("AA6Q72600001", ""),
        ("AA6Q72600002", "Immersive Edition"),
        ("AA6Q72600003", "Edition 3"),
    ]
    assert {each.position for each in rows} == {1}


def test_a_contributor_to_one_edition_is_credited_there_alone() -> None:
    more = """<EditionContributor><ContributorPartyReference>PJo</ContributorPartyReference>
      <Role><Value>MixingEngineer</Value></Role><AiContribution>Partly</AiContribution></EditionContributor>"""
    rows = editions(edition("", "AA6Q72600001"), edition("ImmersiveEdition", "AA6Q72600002", more))
    assert [each.credits for each in rows] == [(), (Credit("Jo Low", "mixing_engineer", AiPart.PARTLY),)]


def test_a_code_in_both_places_is_one_recording() -> None:
    rows = editions("<ResourceId><ISRC>AA6Q72600001</ISRC></ResourceId>", edition("", "AA-6Q7-26-00001"))
    assert [each.identifier for each in rows] == ["AA6Q72600001"]


def test_a_replaced_code_is_another_code_of_the_same_recording() -> None:
    rows = editions(
        edition("", "AA6Q72600001").replace(
            "</ResourceId>",
            '</ResourceId><ResourceId IsReplaced="true"><ISRC>AA6Q72500009</ISRC></ResourceId>',
        )
    )
    assert [(each.identifier, each.other_identifiers) for each in rows] == [
        ("AA6Q72600001", (WorkIdentifier("isrc", "AA6Q72500009"),))
    ]


def test_two_codes_of_one_edition_are_told_and_both_are_kept() -> None:
    body = message(
        recording(1).replace("</ISRC>", "</ISRC></ResourceId><ResourceId><ISRC>AA6Q72600007</ISRC>"),
        release(1),
    )
    (found,) = read(body).rows
    assert (found.identifier, found.other_identifiers) == (
        "AA6Q72600001",
        (WorkIdentifier("isrc", "AA6Q72600007"),),
    )
    assert noted(body) == ["The recording has another ISRC already, AA6Q72600001; both are kept."]


# Titles and names


def test_titles_about_the_same_recording_are_aliases_and_others_are_not() -> None:
    found = row(
        """<DisplayTitle><TitleText>Tide</TitleText><SubTitle>Live</SubTitle><SubTitle>2026</SubTitle></DisplayTitle>
        <DisplayTitle LanguageAndScriptCode="ja-Jpan"><TitleText>潮</TitleText></DisplayTitle>
        <FormalTitle><TitleText>Tide in D</TitleText></FormalTitle>
        <GroupingTitle><TitleText>Four Tides</TitleText></GroupingTitle>
        <AdditionalTitle TitleType="TranslatedTitle"><TitleText>Gezeiten</TitleText></AdditionalTitle>
        <AdditionalTitle TitleType="MisspelledTitle"><TitleText>Tyde</TitleText></AdditionalTitle>"""
    )
    assert (found.title, found.version) == ("Tide", "Live, 2026")
    assert found.aliases == ("潮", "Tide 1", "Tide in D", "Gezeiten")


def test_a_type_of_version_tells_the_version_where_no_subtitle_does() -> None:
    assert row("<VersionType>LiveVersion</VersionType>").version == "Live"
    assert row('<VersionType UserDefinedValue="Dub">UserDefined</VersionType>').version == "Dub"
    assert row("<VersionType>AlbumVersion</VersionType>").version == ""


def test_the_name_as_printed_is_an_alias_of_an_artist_who_stands_alone() -> None:
    printed = (
        '<DisplayArtistName IsDefault="true">Mira Sand</DisplayArtistName>'
        '<DisplayArtistName LanguageAndScriptCode="ja-Jpan">ミラ・サンド</DisplayArtistName>'
    )
    assert row(printed).artist_aliases == (("Mira Sand", "ミラ・サンド"),)
    joint = printed + (
        "<DisplayArtist><ArtistPartyReference>PJo</ArtistPartyReference>"
        "<DisplayArtistRole>MainArtist</DisplayArtistRole></DisplayArtist>"
    )
    assert row(joint).artist_aliases == ()


def test_details_of_other_territories_add_spellings_and_no_artists() -> None:
    japan = """<SoundRecordingDetailsByTerritory><TerritoryCode>JP</TerritoryCode>
      <Title TitleType="DisplayTitle"><TitleText>引き潮</TitleText></Title>
      <DisplayArtist SequenceNumber="1"><PartyName><FullName>ミラ・サンド</FullName></PartyName>
        <ArtistRole>MainArtist</ArtistRole></DisplayArtist>
    </SoundRecordingDetailsByTerritory><SoundRecordingDetailsByTerritory>"""
    data = older("").replace(b"<SoundRecordingDetailsByTerritory>", japan.encode(), 1)
    (found,) = read(data).rows
    assert (found.title, found.aliases) == ("Low Tide", ("引き潮",))
    assert found.artists == ("Mira Sand",)
    assert found.artist_aliases == (("Mira Sand", "ミラ・サンド"),)


def test_contributors_come_in_the_order_of_their_numbers() -> None:
    def numbered(who: str, role: str, n: str) -> str:
        return contributor(who, role).replace("<Contributor>", f'<Contributor SequenceNumber="{n}">')

    found = row(
        numbered("PJo", "Mixer", "2") + numbered("PMira", "Vocalist", "1") + contributor("PJo", "Composer")
    )
    assert [credit.role for credit in found.credits] == ["vocalist", "mixer", "composer"]


def test_the_same_texts_under_other_names_are_something_else() -> None:
    """Contributors that are written alike are made once: alike means names and attributes as well."""
    found = row(
        contributor("PJo", "", more="<Role>Composer</Role>")
        + contributor("PJo", "", more="<InstrumentType>Composer</InstrumentType>")
        + contributor("PJo", "", more='<Role UserDefinedValue="Whistler">UserDefined</Role>')
        + contributor("PJo", "", more='<Role UserDefinedValue="Stomper">UserDefined</Role>')
        + contributor("PJo", "", more="<Role><Value UserDefinedValue='Clapper'>UserDefined</Value></Role>")
        + contributor("PJo", "", more="<Role><Value UserDefinedValue='Snapper'>UserDefined</Value></Role>")
    )
    assert [credit.role for credit in found.credits] == [
        "composer",
        "contributor",
        "whistler",
        "stomper",
        "clapper",
        "snapper",
    ]


# Releases


def test_tracks_offered_alone_are_the_products_where_there_is_no_other() -> None:
    ids = "<GRid>A10302B0003989564F</GRid>"
    alone = track_release(1, ids).replace("Tide 1", "Tide (Single)") + track_release(2)
    first, second = read(message(releases=alone)).rows
    assert (first.release_title, first.grid, first.position) == ("Tide (Single)", "A10302B0003989564F", 1)
    assert (second.release_title, second.grid, second.position) == ("Tide 2", "", 1)
    assert (first.other_identifiers, second.other_identifiers) == ((), ())


def test_a_recording_on_two_releases_is_a_row_on_each() -> None:
    other = release(1).replace("R0", "R9").replace("Harbour Songs", "Best Songs").replace("094631432057", "")
    rows = read(message(releases=release() + other)).rows
    assert [(row.title, row.release_title, row.position) for row in rows] == [
        ("Tide 1", "Harbour Songs", 1),
        ("Tide 1", "Best Songs", 1),
        ("Tide 2", "Harbour Songs", 2),
    ]
