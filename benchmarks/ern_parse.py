"""Reading a DDEX release message, against what lxml takes to parse the same bytes and nothing more.

The message is made here, as record companies describe what they deliver: recordings with files and their
sums, titles in two scripts, contributors who change from disc to disc, and songs; a track release for each;
deals with the countries that they are for. Where DDEX's own samples stand beside the project they are timed
and told too: small messages pay for what is done once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from artist_console.domain.identifiers import iswc_check_digit
from artist_console.formats.ern import read_ern
from benchmarks.figures import Figure, in_turns, median

RECORDINGS = 5_000
ROUNDS = 9
ON_A_DISC = 20
PEOPLE = 400
_COUNTRIES = ("AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "NL", "NO", "PL", "PT", "SE")
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "ddex" / "ern43"
_WORDS = ("Harbour", "Lantern", "Tide", "Orchard", "Signal", "Winter", "Ember", "Quarry", "Meadow", "Glass")
_KANA = ("港", "灯", "潮", "果樹園", "合図", "冬", "燠", "石切場", "牧場", "硝子")
_ROLES = ("Composer", "Lyricist", "StudioProducer", "MixingEngineer", "Vocalist")


def measure(folder: Path) -> Iterator[Figure]:
    data = message(RECORDINGS)
    rows = len(read_ern(data, "made.xml").rows)
    if rows != RECORDINGS:
        raise RuntimeError(f"{rows} rows were read of {RECORDINGS} recordings")
    yield _figure(f"ERN message of {RECORDINGS:,} recordings, {len(data) / 1e6:.1f} MB", data, 2.0)
    for path in sorted(SAMPLES.glob("*.xml")):
        yield _figure(f"ERN sample “{path.stem}”", path.read_bytes(), None)


def _figure(name: str, data: bytes, at_most: float | None) -> Figure:
    ours, theirs = in_turns(lambda: read_ern(data, "made.xml"), lambda: etree.fromstring(data), ROUNDS)
    return Figure(name, median(ours), median(theirs), at_most, "lxml's bare parse")


def message(recordings: int) -> bytes:
    """A NewReleaseMessage of ERN 4.3.2."""
    numbers = range(1, recordings + 1)
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<ern:NewReleaseMessage xmlns:ern="http://ddex.net/xml/ern/432" AvsVersionId="11"'
            ' ReleaseProfileVersionId="Audio" LanguageAndScriptCode="en">\n',
            _HEADER,
            "  <PartyList>\n",
            *(_party(n) for n in range(PEOPLE)),
            "  </PartyList>\n  <ResourceList>\n",
            *map(_recording, numbers),
            "  </ResourceList>\n  <ReleaseList>\n",
            _release(recordings),
            *map(_track, numbers),
            "  </ReleaseList>\n  <DealList>\n",
            *map(_deals, range(recordings + 1)),
            "  </DealList>\n</ern:NewReleaseMessage>\n",
        )
    ).encode()


_HEADER = """  <MessageHeader>
    <MessageThreadId>made</MessageThreadId>
    <MessageId>made-1</MessageId>
    <MessageSender>
      <PartyId>PADPIDA2013042401U</PartyId>
      <PartyName><FullName>Made Label Services</FullName></PartyName>
    </MessageSender>
    <MessageRecipient>
      <PartyId>PADPIDA2009101501Y</PartyId>
      <PartyName><FullName>Made Service</FullName></PartyName>
    </MessageRecipient>
    <MessageCreatedDateTime>2026-03-01T10:00:00Z</MessageCreatedDateTime>
  </MessageHeader>
"""


def _name(n: int) -> tuple[str, str]:
    return f"{_WORDS[n % 10]} {_WORDS[n // 10 % 10]} {n}", f"{_KANA[n % 10]}{_KANA[n // 10 % 10]}{n}"


def _party(n: int) -> str:
    name, kana = _name(n * 7)
    return f"""    <Party>
      <PartyReference>P{n}</PartyReference>
      <PartyName><FullName>{name}</FullName></PartyName>
      <PartyName LanguageAndScriptCode="ja-Jpan"><FullName>{kana}</FullName></PartyName>
    </Party>
"""


def _recording(n: int) -> str:
    title, kana = _name(n)
    nine = f"{n:09d}"
    contributors = "".join(
        f"""      <Contributor SequenceNumber="{place}">
        <ContributorPartyReference>P{(n // 10 * 7 + place) % PEOPLE}</ContributorPartyReference>
        <Role><Value>{role}</Value></Role>
      </Contributor>
"""
        for place, role in enumerate(_ROLES, 1)
    )
    return f"""    <SoundRecording>
      <ResourceReference>A{n}</ResourceReference>
      <Type>MusicalWorkSoundRecording</Type>
      <SoundRecordingEdition>
        <Type>NonImmersiveEdition</Type>
        <ResourceId><ISRC>AA6Q7{n:07d}</ISRC></ResourceId>
        <PLine><Year>2026</Year><PLineText>2026 Made Label</PLineText></PLine>
        <TechnicalDetails>
          <TechnicalResourceDetailsReference>T{n}</TechnicalResourceDetailsReference>
          <DeliveryFile>
            <Type>AudioFile</Type>
            <AudioCodecType>FLAC</AudioCodecType>
            <NumberOfChannels>2</NumberOfChannels>
            <SamplingRate UnitOfMeasure="kHz">44.1</SamplingRate>
            <BitsPerSample>16</BitsPerSample>
            <Duration>PT{2 + n % 4}M{n % 60}S</Duration>
            <File>
              <URI>resources/made_{n}.flac</URI>
              <HashSum><Algorithm>SHA2</Algorithm><HashSumValue>{n:064x}</HashSumValue></HashSum>
            </File>
          </DeliveryFile>
          <ClipDetails>
            <TechnicalResourceDetailsReference>T{n}C</TechnicalResourceDetailsReference>
            <ClipType>Preview</ClipType>
            <Timing><StartPoint>30</StartPoint><DurationUsed>PT30S</DurationUsed></Timing>
            <ExpressionType>Instructive</ExpressionType>
          </ClipDetails>
        </TechnicalDetails>
      </SoundRecordingEdition>
      <WorkId><ISWC>T{nine}{iswc_check_digit(nine)}</ISWC></WorkId>
      <DisplayTitleText>{title}</DisplayTitleText>
      <DisplayTitle ApplicableTerritoryCode="Worldwide" IsDefault="true">
        <TitleText>{title}</TitleText>
      </DisplayTitle>
      <DisplayTitle LanguageAndScriptCode="ja-Jpan" ApplicableTerritoryCode="Worldwide">
        <TitleText>{kana}</TitleText>
      </DisplayTitle>
      <DisplayArtistName>{_name(n // 10 * 7 % PEOPLE * 7)[0]}</DisplayArtistName>
      <DisplayArtist SequenceNumber="1">
        <ArtistPartyReference>P{n // 10 * 7 % PEOPLE}</ArtistPartyReference>
        <DisplayArtistRole>MainArtist</DisplayArtistRole>
      </DisplayArtist>
{contributors}      <Duration>PT{2 + n % 4}M{n % 60}S</Duration>
      <CreationDate IsApproximate="true">2025-12-01</CreationDate>
      <ParentalWarningType>NoAdviceAvailable</ParentalWarningType>
      <IsInstrumental>false</IsInstrumental>
      <LanguageOfPerformance>en</LanguageOfPerformance>
    </SoundRecording>
"""


def _release(recordings: int) -> str:
    items = ""
    for start in range(1, recordings + 1, ON_A_DISC):
        items += f"        <ResourceGroup>\n          <SequenceNumber>{start}</SequenceNumber>\n"
        for n in range(start, min(start + ON_A_DISC, recordings + 1)):
            items += f"""          <ResourceGroupContentItem>
            <SequenceNumber>{n - start + 1}</SequenceNumber>
            <ReleaseResourceReference>A{n}</ReleaseResourceReference>
          </ResourceGroupContentItem>
"""
        items += "        </ResourceGroup>\n"
    return f"""    <Release>
      <ReleaseReference>R0</ReleaseReference>
      <ReleaseType>Album</ReleaseType>
      <ReleaseId><ICPN>00094631432057</ICPN></ReleaseId>
      <DisplayTitleText>Everything</DisplayTitleText>
      <DisplayTitle><TitleText>Everything</TitleText></DisplayTitle>
      <DisplayArtistName>Various Artists</DisplayArtistName>
      <DisplayArtist><SpecialDisplayArtist>VariousArtists</SpecialDisplayArtist></DisplayArtist>
      <ReleaseLabelReference>P1</ReleaseLabelReference>
      <ReleaseDate>2026-03-31</ReleaseDate>
      <ResourceGroup>
{items}      </ResourceGroup>
    </Release>
"""


def _track(n: int) -> str:
    return f"""    <TrackRelease>
      <ReleaseReference>R{n}</ReleaseReference>
      <ReleaseId><ProprietaryId Namespace="PADPIDA2013042401U">made_{n}</ProprietaryId></ReleaseId>
      <ReleaseResourceReference>A{n}</ReleaseResourceReference>
      <ReleaseLabelReference>P1</ReleaseLabelReference>
      <DisplayGenre><Value>Pop</Value></DisplayGenre>
    </TrackRelease>
"""


def _deals(n: int) -> str:
    countries = "".join(f"<TerritoryCode>{country}</TerritoryCode>" for country in _COUNTRIES)
    return f"""    <ReleaseDeal>
      <DealReleaseReference>R{n}</DealReleaseReference>
{_deal(countries, "SubscriptionModel", "OnDemandStream", "ConditionalDownload")}\
{_deal(countries, "AdvertisementSupportedModel", "OnDemandStream", "NonInteractiveStream")}\
    </ReleaseDeal>
"""


def _deal(countries: str, model: str, *uses: str) -> str:
    used = "".join(f"<UseType>{use}</UseType>" for use in uses)
    return f"""      <Deal>
        <DealTerms>
          {countries}
          <ValidityPeriod><StartDateTime>2026-03-31T00:00:00</StartDateTime></ValidityPeriod>
          <CommercialModelType>{model}</CommercialModelType>
          {used}
        </DealTerms>
      </Deal>
"""
