"""DDEX messages made up for tests: whole ones from a few parts, in 4.3.2 and 3.8.3."""

from __future__ import annotations

from artist_console.formats.ern import read_ern
from artist_console.formats.incoming import CatalogueRow, ReadCatalogue

HEADER = """<MessageHeader>
  <MessageSender><PartyName><FullName>Harbour Label Services</FullName></PartyName></MessageSender>
  {behalf}
  <MessageRecipient><PartyName><FullName>Night Ferry Service</FullName></PartyName></MessageRecipient>
  <MessageCreatedDateTime>{created}</MessageCreatedDateTime>
</MessageHeader>"""
BEHALF = "<SentOnBehalfOf><PartyName><FullName>Harbour</FullName></PartyName></SentOnBehalfOf>"
PARTIES = """<PartyList>
  <Party><PartyReference>PMira</PartyReference><PartyName><FullName>Mira Sand</FullName></PartyName></Party>
  <Party><PartyReference>PJo</PartyReference><PartyName><FullName>Jo Low</FullName></PartyName></Party>
</PartyList>"""


def recording(n: int = 1, more: str = "", title: str = "") -> str:
    """A recording with the ISRC AA6Q7260000n, of Mira Sand."""
    return f"""<SoundRecording>
  <ResourceReference>A{n}</ResourceReference>
  <SoundRecordingEdition><ResourceId><ISRC>AA6Q7260000{n}</ISRC></ResourceId></SoundRecordingEdition>
  <DisplayTitleText>{title or f"Tide {n}"}</DisplayTitleText>
  <DisplayArtist><ArtistPartyReference>PMira</ArtistPartyReference>
    <DisplayArtistRole>MainArtist</DisplayArtistRole></DisplayArtist>
  {more}
</SoundRecording>"""


def release(recordings: int = 2) -> str:
    items = "".join(
        f"<ResourceGroupContentItem><SequenceNumber>{n}</SequenceNumber>"
        f"<ReleaseResourceReference>A{n}</ReleaseResourceReference></ResourceGroupContentItem>"
        for n in range(1, recordings + 1)
    )
    return f"""<Release>
  <ReleaseReference>R0</ReleaseReference>
  <ReleaseType>Album</ReleaseType>
  <ReleaseId><GRid>A12425GABC1234002M</GRid><ICPN>094631432057</ICPN></ReleaseId>
  <DisplayTitleText>Harbour Songs</DisplayTitleText>
  <DisplayArtistName>Mira Sand</DisplayArtistName>
  <ResourceGroup>{items}</ResourceGroup>
</Release>"""


def track_release(n: int, ids: str = "") -> str:
    return f"""<TrackRelease>
  <ReleaseReference>R{n}</ReleaseReference>
  <ReleaseId>{ids}</ReleaseId>
  <DisplayTitleText>Tide {n}</DisplayTitleText>
  <ReleaseResourceReference>A{n}</ReleaseResourceReference>
</TrackRelease>"""


def deal(terms: str, *references: str) -> str:
    named = "".join(f"<DealReleaseReference>{each}</DealReleaseReference>" for each in references or ("R0",))
    return f"<ReleaseDeal>{named}<Deal><DealTerms>{terms}</DealTerms></Deal></ReleaseDeal>"


def period(start: str = "2026-03-31", end: str = "") -> str:
    ends = f"<EndDate>{end}</EndDate>" if end else ""
    return f"<ValidityPeriod><StartDate>{start}</StartDate>{ends}</ValidityPeriod>"


def message(
    resources: str = "",
    releases: str = "",
    deals: str | None = None,
    *,
    version: str = "432",
    behalf: str = "",
    created: str = "2026-06-01T12:00:00Z",
    top: str = "",
) -> bytes:
    """A NewReleaseMessage: by default one release of two recordings."""
    listed = "" if deals is None else f"<DealList>{deals}</DealList>"
    place = f"http://ddex.net/xml/ern/{version}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ern:NewReleaseMessage xmlns:ern="{place}" LanguageAndScriptCode="en">
{HEADER.format(behalf=behalf, created=created)}{top}
{PARTIES}
<ResourceList>
{resources or recording(1) + recording(2)}
</ResourceList>
<ReleaseList>
{releases or release()}
</ReleaseList>
{listed}
</ern:NewReleaseMessage>""".encode()


def read(data: bytes) -> ReadCatalogue:
    return read_ern(data, "a.xml")


def row(more: str) -> CatalogueRow:
    """The one row of a message whose recording holds more."""
    return read(message(recording(1, more), release(1))).rows[0]


def older(
    terms: str, *, created: str = "2026-06-01T12:00:00Z", top: str = "", resources: bool = True
) -> bytes:
    """A message of 3.8.3 with a product and a track release of one recording, and a deal on the product."""
    sound = """<SoundRecording>
  <SoundRecordingId><ISRC>AA6Q72600001</ISRC></SoundRecordingId>
  <ResourceReference>A1</ResourceReference>
  <ReferenceTitle><TitleText>Low Tide</TitleText></ReferenceTitle>
  <SoundRecordingDetailsByTerritory>
    <TerritoryCode>Worldwide</TerritoryCode>
    <DisplayArtist SequenceNumber="1"><PartyName><FullName>Mira Sand</FullName></PartyName>
      <ArtistRole>MainArtist</ArtistRole></DisplayArtist>
  </SoundRecordingDetailsByTerritory>
</SoundRecording>"""
    held = "<ReleaseResourceReference>A1</ReleaseResourceReference>" if resources else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ern:NewReleaseMessage xmlns:ern="http://ddex.net/xml/ern/383" MessageSchemaVersionId="ern/383">
{HEADER.format(behalf="", created=created)}{top}
<ResourceList>{sound if resources else ""}</ResourceList>
<ReleaseList>
<Release IsMainRelease="true">
  <ReleaseId><ICPN>094631432057</ICPN></ReleaseId>
  <ReleaseReference>R0</ReleaseReference>
  <ReferenceTitle><TitleText>Harbour Songs</TitleText></ReferenceTitle>
  <ReleaseResourceReferenceList>{held}</ReleaseResourceReferenceList>
  <ReleaseType>Album</ReleaseType>
</Release>
<Release>
  <ReleaseId><ISRC>AA6Q72600001</ISRC></ReleaseId>
  <ReleaseReference>R1</ReleaseReference>
  <ReferenceTitle><TitleText>Low Tide</TitleText></ReferenceTitle>
  <ReleaseResourceReferenceList>{held}</ReleaseResourceReferenceList>
  <ReleaseType>TrackRelease</ReleaseType>
</Release>
</ReleaseList>
<DealList>{terms}</DealList>
</ern:NewReleaseMessage>""".encode()


def purge(ids: str, *, created: str = "2026-06-01T12:00:00Z", version: str = "432") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ern:PurgeReleaseMessage xmlns:ern="http://ddex.net/xml/ern/{version}" LanguageAndScriptCode="en">
{HEADER.format(behalf="", created=created)}
<PurgedRelease>
  <ReleaseId>{ids}</ReleaseId>
  <Title><TitleText>Harbour Songs</TitleText></Title>
</PurgedRelease>
</ern:PurgeReleaseMessage>""".encode()
