"""Deals of DDEX messages: AI uses as grants on recordings, and releases that are taken back."""

from __future__ import annotations

from datetime import date

import pytest

from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Use
from artist_console.domain.works import LicensorGrant, WorkIdentifier
from artist_console.formats.incoming import Severity, Takedown
from tests.formats.ern_world import (
    BEHALF,
    deal,
    message,
    older,
    period,
    purge,
    read,
    recording,
    release,
    track_release,
)

WORLD = "<TerritoryCode>Worldwide</TerritoryCode>"
TRAINING = "<UseType>UseForTrainingGenerativeAI</UseType>"
STREAMS = "<UseType>OnDemandStream</UseType>"
OPEN = deal(WORLD + period() + STREAMS)
FLAGGED = "<TakeDown>true</TakeDown>"


# Grants


def test_an_ai_use_is_a_grant_on_every_recording_of_the_release() -> None:
    terms = (
        "<TerritoryCode>DE</TerritoryCode><TerritoryCode>AT</TerritoryCode>"
        + period("2026-07-01", "2027-06-30")
        + "<CommercialModelType>SubscriptionModel</CommercialModelType>"
        + '<CommercialModelType UserDefinedValue="FlatFee">UserDefined</CommercialModelType>'
        + STREAMS
        + TRAINING
    )
    data = message(deals=OPEN + deal(terms))
    rows = read(data).rows
    line = next(n for n, each in enumerate(data.decode().splitlines(), 1) if "2027-06-30" in each)
    grant = LicensorGrant(
        uses=(Use.TRAIN_GENERATIVE,),
        licensor="Harbour Label Services",
        recipient="Night Ferry Service",
        territories=("DE", "AT"),
        starts_on=date(2026, 7, 1),
        ends_on=date(2027, 6, 30),
        terms="SubscriptionModel, FlatFee",
        row=line,
    )
    assert [each.grants for each in rows] == [(grant,), (grant,)]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (TRAINING, Use.TRAIN_GENERATIVE),
        ("<UseType>UseForTrainingNonGenerativeAI</UseType>", Use.TRAIN_NONGENERATIVE),
        ("<UseType>UseForDataMining</UseType>", Use.RESEARCH_MIR),
        (
            '<UseType UserDefinedValue="UseForTrainingGenerativeAI" Namespace="x">UserDefined</UseType>',
            Use.TRAIN_GENERATIVE,
        ),
        (
            '<UseType UserDefinedValue="Use for training non-generative AI">UserDefined</UseType>',
            Use.TRAIN_NONGENERATIVE,
        ),
        ('<UseType UserDefinedValue="use-for-data-mining">UserDefined</UseType>', Use.RESEARCH_MIR),
    ],
)
def test_each_ai_use_is_known_in_its_own_value_and_in_a_senders(use: str, expected: Use) -> None:
    for version in ("41", "43", "432"):
        read_rows = read(message(deals=deal(WORLD + period() + use), version=version)).rows
        assert [grant.uses for row in read_rows for grant in row.grants] == [(expected,), (expected,)]


def test_a_worldwide_deal_names_no_territories_and_exclusions_are_kept() -> None:
    (everywhere,) = read(message(deals=deal(WORLD + period() + TRAINING))).rows[0].grants
    assert (everywhere.territories, everywhere.excluded_territories) == ((), ())
    but = "<ExcludedTerritoryCode>US</ExcludedTerritoryCode>" + period() + TRAINING
    (some,) = read(message(deals=deal(but))).rows[0].grants
    assert (some.territories, some.excluded_territories) == ((), ("US",))
    nowhere = "<ExcludedTerritoryCode>Worldwide</ExcludedTerritoryCode>" + period() + TRAINING
    assert read(message(deals=deal(nowhere))).rows[0].grants == ()


def test_whoever_it_was_sent_on_behalf_of_is_the_licensor() -> None:
    rows = read(message(deals=deal(WORLD + period() + TRAINING), behalf=BEHALF)).rows
    assert {grant.licensor for row in rows for grant in row.grants} == {"Harbour"}


def test_a_deal_on_a_track_release_is_a_grant_on_its_recording_alone() -> None:
    releases = release() + track_release(1) + track_release(2)
    rows = read(message(releases=releases, deals=OPEN + deal(WORLD + period() + TRAINING, "R2"))).rows
    assert {row.title: len(row.grants) for row in rows} == {"Tide 1": 0, "Tide 2": 1}


def test_one_deal_on_release_and_track_is_one_grant() -> None:
    releases = release() + track_release(1)
    rows = read(message(releases=releases, deals=deal(WORLD + period() + TRAINING, "R0", "R1"))).rows
    assert [len(row.grants) for row in rows] == [1, 1]


def test_each_period_is_a_grant_of_its_own() -> None:
    terms = WORLD + period("2026-01-01", "2026-02-01") + period("2026-09-01") + TRAINING
    grants = read(message(deals=deal(terms))).rows[0].grants
    assert [(each.starts_on, each.ends_on) for each in grants] == [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 9, 1), None),
    ]


def test_the_uses_of_3_8_stand_in_composites_of_the_terms() -> None:
    use = '<UseType UserDefinedValue="UseForTrainingGenerativeAI">UserDefined</UseType>'
    terms = (
        f"<Usage>{STREAMS}</Usage><Usage>{use}<UseType>UseForDataMining</UseType></Usage>{WORLD}{period()}"
    )
    (row,) = read(older(deal(terms))).rows
    assert [grant.uses for grant in row.grants] == [(Use.TRAIN_GENERATIVE, Use.RESEARCH_MIR)]


def test_a_use_of_single_resources_is_a_grant_on_them_alone() -> None:
    body = (
        "<ReleaseDeal><DealReleaseReference>R0</DealReleaseReference><Deal>"
        f"<DealTerms><Usage>{STREAMS}</Usage>{WORLD}{period()}</DealTerms>"
        "<ResourceUsage><DealResourceReference>A2</DealResourceReference>"
        f"<Usage>{TRAINING}</Usage></ResourceUsage></Deal></ReleaseDeal>"
    )
    rows = read(message(deals=body, version="383")).rows
    assert {row.title: len(row.grants) for row in rows} == {"Tide 1": 0, "Tide 2": 1}


def test_no_ai_use_is_no_grant_and_says_nothing() -> None:
    found = read(message(deals=OPEN))
    assert [row.grants for row in found.rows] == [(), ()]
    assert (found.notes, found.warnings) == ((), ())


def test_a_use_that_only_sounds_like_ai_is_told_and_not_read() -> None:
    use = '<UseType UserDefinedValue="AI Training">UserDefined</UseType>'
    found = read(message(deals=deal(WORLD + period() + use)))
    assert all(row.grants == () for row in found.rows)
    assert [note.what for note in found.notes] == [
        "“AI Training” is not one of DDEX's uses; it was not read as a grant."
    ]


def test_a_deal_about_a_release_that_is_not_there_is_told() -> None:
    found = read(message(deals=deal(WORLD + period() + TRAINING, "R9")))
    assert all(row.grants == () for row in found.rows)
    assert [(note.field, note.severity) for note in found.notes] == [
        ("DealReleaseReference", Severity.WARNING)
    ]
    assert "R9" in found.notes[0].what


def test_a_deal_about_a_clip_is_no_grant_on_the_recording() -> None:
    clip = "<ClipRelease><ReleaseReference>R5</ReleaseReference></ClipRelease>"
    found = read(message(releases=release() + clip, deals=deal(WORLD + period() + TRAINING, "R5")))
    assert all(row.grants == () for row in found.rows)
    assert found.notes == ()


# Takedowns


def test_deals_that_had_all_ended_take_the_release_down_on_the_last_of_their_days() -> None:
    ended = deal(WORLD + period("2025-01-01", "2026-04-30") + STREAMS) + deal(
        "<TerritoryCode>DE</TerritoryCode>" + period("2025-01-01", "2026-05-15") + STREAMS
    )
    found = read(message(deals=ended))
    assert {row.taken_down_on for row in found.rows} == {date(2026, 5, 15)}
    assert found.takedowns == ()
    assert found.created_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    "deals",
    [
        OPEN,
        deal(WORLD + period("2025-01-01", "2026-04-30") + STREAMS) + OPEN,
        deal(WORLD + period("2025-01-01", "2026-06-01") + STREAMS),  # the day of the message is its last
        deal(WORLD + period("2025-01-01", "2030-01-01") + STREAMS),
        deal(WORLD + period("2025-01-01", "2026-04-30") + period("2026-05-01") + STREAMS),
        deal(FLAGGED.replace("true", "false") + WORLD + period()),
        "",
    ],
)
def test_a_release_with_a_deal_that_goes_on_or_with_none_is_not_taken_down(deals: str) -> None:
    found = read(message(deals=deals))
    assert {row.taken_down_on for row in found.rows} == {None}
    assert (found.takedowns, found.notes) == ((), ())


def test_ends_are_compared_with_the_moment_of_the_message() -> None:
    def taken_down(end: str) -> date | None:
        dates = f"<StartDateTime>2025-01-01T00:00:00</StartDateTime><EndDateTime>{end}</EndDateTime>"
        terms = f"{WORLD}<ValidityPeriod>{dates}</ValidityPeriod>{STREAMS}"
        return read(message(deals=deal(terms))).rows[0].taken_down_on

    assert taken_down("2026-06-01T11:59:59Z") == date(2026, 6, 1)
    assert taken_down("2026-06-01T12:00:01Z") is None
    assert taken_down("2026-06-01T13:30:00+02:00") == date(2026, 6, 1)


def test_a_message_without_a_moment_of_its_own_ends_nothing() -> None:
    ended = deal(WORLD + period("2025-01-01", "2026-04-30") + STREAMS)
    assert read(message(deals=ended, created="")).rows[0].taken_down_on is None


@pytest.mark.parametrize("flag", [FLAGGED, "<AllDealsCancelled>true</AllDealsCancelled>"])
def test_the_flag_of_3_8_takes_down_from_its_start_or_from_the_message(flag: str) -> None:
    (dated,) = read(older(deal(flag + WORLD + period("2026-06-10")))).rows
    assert dated.taken_down_on == date(2026, 6, 10)
    (plain,) = read(older(deal(flag + WORLD))).rows
    assert plain.taken_down_on == date(2026, 6, 1)
    effective = deal(flag + WORLD).replace(
        "</ReleaseDeal>", "<EffectiveDate>2026-05-20</EffectiveDate></ReleaseDeal>"
    )
    (told,) = read(older(effective)).rows
    assert told.taken_down_on == date(2026, 5, 20)


def test_a_takedown_in_some_territories_is_told_and_the_release_stays() -> None:
    found = read(older(deal(FLAGGED + "<TerritoryCode>DE</TerritoryCode><TerritoryCode>FR</TerritoryCode>")))
    assert found.rows[0].taken_down_on is None
    assert [note.field for note in found.notes] == ["TakeDown"]
    assert "in DE, FR" in found.notes[0].what


def test_a_flagged_deal_grants_nothing() -> None:
    (row,) = read(older(deal(FLAGGED + WORLD + period() + TRAINING))).rows
    assert row.grants == ()


def test_a_takedown_without_recordings_names_the_release() -> None:
    found = read(older(deal(FLAGGED + WORLD), resources=False))
    assert found.rows == ()
    line = found.takedowns[0].row
    assert found.takedowns == (
        Takedown(line, upc="00094631432057", title="Harbour Songs", on=date(2026, 6, 1)),
    )


def test_a_single_track_that_is_taken_down_leaves_its_release() -> None:
    found = read(older(OPEN + deal(FLAGGED + WORLD, "R1")))
    assert found.rows[0].taken_down_on is None
    assert [(each.isrc, each.title, each.on) for each in found.takedowns] == [
        ("AA6Q72600001", "Low Tide", date(2026, 6, 1))
    ]
    newer = message(
        releases=release() + track_release(2, '<ProprietaryId Namespace="H">t2</ProprietaryId>'),
        deals=OPEN + deal(WORLD + period("2025-01-01", "2026-02-02"), "R2"),
    )
    (track,) = read(newer).takedowns
    assert (track.isrc, track.on) == ("AA6Q72600002", date(2026, 2, 2))
    assert track.identifiers == (WorkIdentifier("proprietary", "t2", "H"),)


def test_an_update_without_deals_is_told_and_takes_nothing_down() -> None:
    top = "<UpdateIndicator>UpdateMessage</UpdateIndicator>"
    data = older("", top=top).replace(b"<DealList></DealList>", b"")
    found = read(data)
    assert found.rows[0].taken_down_on is None
    assert len(found.warnings) == 1
    assert "holds no deals" in found.warnings[0]
    assert read(older(OPEN, top=top)).warnings == ()


@pytest.mark.parametrize("version", ["382", "383", "41", "43", "432"])
def test_a_purge_names_the_release_by_its_codes(version: str) -> None:
    ids = (
        "<GRid>A1-2425G-ABC1234002-M</GRid><ICPN>5099907138457</ICPN>"
        '<ProprietaryId Namespace="PADPIDA2013042401U">h-1</ProprietaryId>'
    )
    found = read(purge(ids, version=version))
    assert (found.layout, found.rows, found.sender) == (f"ern-{version}", (), "Harbour Label Services")
    assert found.takedowns == (
        Takedown(
            found.takedowns[0].row,
            "05099907138457",
            "A12425GABC1234002M",
            "",
            "Harbour Songs",
            date(2026, 6, 1),
            (WorkIdentifier("proprietary", "h-1", "PADPIDA2013042401U"),),
        ),
    )
    assert [note.field for note in found.notes] == ["ICPN"]


def test_a_purge_of_a_track_names_its_recording() -> None:
    (track,) = read(purge("<ISRC>AA6Q72600001</ISRC>", version="383")).takedowns
    assert (track.isrc, track.upc) == ("AA6Q72600001", "")


def test_a_purge_without_a_code_is_of_no_use() -> None:
    with pytest.raises(InputProblem, match="names no code"):
        read(purge(""))


def test_the_first_day_of_a_deal_is_the_release_date_where_none_is_stated() -> None:
    deals = deal(WORLD + period("2026-04-02") + STREAMS) + deal(WORLD + period("2026-04-01") + STREAMS)
    assert {row.released_on for row in read(message(deals=deals)).rows} == {date(2026, 4, 1)}


def test_a_recording_on_no_release_has_no_grant() -> None:
    rows = read(
        message(recording(1) + recording(2) + recording(3), deals=deal(WORLD + period() + TRAINING))
    ).rows
    assert [len(row.grants) for row in rows] == [1, 1, 0]
