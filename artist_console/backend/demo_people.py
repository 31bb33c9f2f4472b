"""The people and companies of the sample world. All are invented; none stands for a real one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from artist_console.backend.demo_identity import chance, days_before, ident
from artist_console.domain.identifiers import isni_check_character
from artist_console.domain.ids import AccountId, ArtistId, MandateId, PartyId
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.parties import (
    GroupRule,
    Membership,
    OrganisationRole,
    Party,
    PartyIdentifier,
    PartyKind,
)
from artist_console.domain.periods import Period
from artist_console.domain.uses import Use

HOST = "Vestberg Management (sample)"
MANAGER_NAME = "Nora Vestberg"


def party_id(slug: str) -> PartyId:
    return PartyId(ident("party", slug))


def account_id(slug: str) -> AccountId:
    return AccountId(ident("account", slug))


class Deal(Enum):
    """Who can license an artist's recordings, and what the artist's word is worth there."""

    LABEL_ASKS = "label_asks"  # an independent label in a licensing body; the contract gives approval
    MAJOR = "major"  # a major owns the recordings; the contract lets it license
    MAJOR_APPROVAL = "major_approval"  # the same, for later recordings, with approval
    IMPRINT = "imprint"  # an imprint of the major for which no agreement is known
    DISTRIBUTOR = "distributor"  # the artist owns, a distributor licenses
    DIRECT = "direct"  # the artist owns and licenses
    UNKNOWN = "unknown"  # nobody has looked up what was signed


class Songs(Enum):
    """Who can license an artist's songs."""

    PUBLISHER_ASKS = "publisher_asks"  # shared with an independent publisher that asks
    MAJOR_PUBLISHER = "major_publisher"  # exercised by the major's publishing side
    QUIET_PUBLISHER = "quiet_publisher"  # exercised by a publisher of which no agreement is known
    DISTRIBUTOR = "distributor"  # owned, administered by the distributor
    SOCIETY = "society"  # exercised by a society
    OWN = "own"  # owned and licensed by the artist
    UNKNOWN = "unknown"


class May(Enum):
    DECIDE = "decide"
    PROPOSE = "propose"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Act:
    """An artist of the roster and what the generators need to know of them."""

    slug: str
    name: str
    works: int
    label: str  # the label that stands under the name and on the releases
    deal: Deal
    songs: Songs
    tongue: str  # which pool of titles
    registrant: str  # of the ISRCs; the country code XX is assigned to nobody
    currency: str
    may: May
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    group_rule: GroupRule = GroupRule.ALL
    mandate_days: int | None = 400  # from today to its last day; None: no end
    shares_answers: bool = False
    self_declared: bool = False
    except_voice: bool = True

    @property
    def id(self) -> ArtistId:
        return party_id(self.slug)

    @property
    def account(self) -> AccountId:
        return account_id(self.slug)

    @property
    def mandate(self) -> MandateId:
        return MandateId(ident("mandate", self.slug))


ROSTER: tuple[Act, ...] = (
    Act("mara", "Mara Lindqvist", 128, "Fieldnote Records", Deal.LABEL_ASKS, Songs.PUBLISHER_ASKS, "en",
        "FNR", "EUR", May.DECIDE, shares_answers=True),
    Act("ola", "Ola Bergh", 64, "Fieldnote Records", Deal.LABEL_ASKS, Songs.PUBLISHER_ASKS, "sv",
        "FNR", "EUR", May.DECIDE, shares_answers=True),
    Act("twin", "Twin Harbours", 211, "Meridian Blue", Deal.MAJOR, Songs.MAJOR_PUBLISHER, "en2",
        "MRB", "GBP", May.DECIDE, members=("Esme Harrow", "Callum Reid"), mandate_days=None),
    Act("ines", "Inês Caldeira", 45, "Caldeira Edições", Deal.DIRECT, Songs.OWN, "pt",
        "ICA", "EUR", May.PROPOSE, aliases=("Ines Caldeira",)),
    Act("kofi", "Kofi Asante Trio", 92, "Slipway", Deal.DISTRIBUTOR, Songs.SOCIETY, "en3",
        "SLP", "GBP", May.PROPOSE, members=("Kofi Asante", "Abena Ofori", "Leo Brandt")),
    Act("rune", "Rune & the Tide", 37, "Small Hours", Deal.LABEL_ASKS, Songs.PUBLISHER_ASKS, "no",
        "SMH", "EUR", May.VIEW, members=("Rune Haugdal", "Siri Moen", "Pål Engen"),
        group_rule=GroupRule.MAJORITY),
    Act("sana", "Sana Iqbal", 18, "Slipway", Deal.DISTRIBUTOR, Songs.DISTRIBUTOR, "ur",
        "SLP", "GBP", May.DECIDE, aliases=("ثناء اقبال",), mandate_days=9),
    Act("paper", "Paper Orchard", 156, "Orchard Row", Deal.IMPRINT, Songs.QUIET_PUBLISHER, "en4",
        "ORR", "USD", May.DECIDE, members=("June Albright", "Teddy Marsh", "Wren Okafor"), mandate_days=217,
        group_rule=GroupRule.NAMED),
    Act("hikari", "森川ひかり", 168, "Slipway", Deal.DISTRIBUTOR, Songs.DISTRIBUTOR, "ja",
        "HKM", "USD", May.DECIDE, aliases=("Hikari Morikawa", "もりかわ ひかり")),
    Act("layla", "ليلى حداد", 74, "Slipway", Deal.DISTRIBUTOR, Songs.SOCIETY, "ar",
        "LHD", "EUR", May.DECIDE, aliases=("Layla Haddad", "Leila Haddad"), except_voice=False),
    Act("aleksi", "Aleksi Rautio", 182, "Slipway", Deal.DISTRIBUTOR, Songs.DISTRIBUTOR, "fi",
        "ALR", "EUR", May.DECIDE),
    Act("marisma", "Dúo Marisma", 96, "", Deal.UNKNOWN, Songs.UNKNOWN, "es",
        "DMA", "EUR", May.DECIDE, members=("Lucía Varela", "Íñigo Sastre"), self_declared=True),
    Act("zoe", "Zoë van Aerden", 163, "Small Hours", Deal.LABEL_ASKS, Songs.PUBLISHER_ASKS, "nl",
        "SMH", "EUR", May.DECIDE),
    Act("solveig", "Sólveig Hraundal", 179, "Hraun Útgáfa", Deal.DIRECT, Songs.OWN, "is",
        "HRU", "USD", May.DECIDE, mandate_days=None),
)  # fmt: skip
BY_SLUG = {act.slug: act for act in ROSTER}


def person_slug(name: str) -> str:
    return f"person:{name}"


# Organisations: slug, name, roles.
_R = OrganisationRole
_ORGANISATIONS: tuple[tuple[str, str, tuple[OrganisationRole, ...]], ...] = (
    ("harmonia", "Harmonia Lab", (_R.OPERATOR,)),
    ("openstem", "OpenStem", (_R.OPERATOR,)),
    ("northlight", "Northlight", (_R.OPERATOR,)),
    ("fieldnote", "Fieldnote Records", (_R.LABEL,)),
    ("smallhours", "Small Hours", (_R.LABEL,)),
    ("kindred", "Kindred Independents", (_R.LICENSING_BODY, _R.LICENSOR)),
    ("meridian", "Meridian Music", (_R.LABEL, _R.LICENSOR)),
    ("meridiansongs", "Meridian Songs", (_R.PUBLISHER, _R.LICENSOR)),
    ("lantern", "Lantern Street Publishing", (_R.PUBLISHER, _R.LICENSOR)),
    ("brightmoor", "Brightmoor Songs", (_R.PUBLISHER,)),
    ("slipway", "Slipway Distribution", (_R.DISTRIBUTOR, _R.LICENSOR)),
    ("tonverein", "Tonverein Nord", (_R.SOCIETY, _R.LICENSOR)),
    ("vestberg", "Vestberg Management", (_R.MANAGEMENT,)),
)

# People who wrote along and have no ledger within reach: a name, and whether they are artists elsewhere.
CO_WRITERS: tuple[tuple[str, bool], ...] = (
    ("Jonas Ek", True),
    ("Petra Nyholm", False),
    ("Dag Solheim", False),
    ("Maya Thorne", True),
    ("Olumide Bankole", False),
    ("Hanne Vik", False),
)


def _isni(slug: str) -> PartyIdentifier:
    """A number with a right check character, in a range that no agency has given out."""
    fifteen = f"99999999{chance('isni', slug).randrange(10**7):07d}"
    return PartyIdentifier("isni", fifteen + isni_check_character(fifteen))


def parties(today: date) -> tuple[Party, ...]:
    """Artists, members, co-writers and organisations."""
    made = [
        Party(party_id(slug), name, PartyKind.ORGANISATION, roles=roles)
        for slug, name, roles in _ORGANISATIONS
    ]
    for act in ROSTER:
        made.append(_artist(act, today))
        made += [
            Party(party_id(person_slug(name)), name, PartyKind.PERSON, is_artist=True, shares_answers=True)
            for name in act.members
        ]
    made += [
        Party(party_id(person_slug(name)), name, PartyKind.PERSON, is_artist=artist)
        for name, artist in CO_WRITERS
    ]
    return tuple(made)


def _artist(act: Act, today: date) -> Party:
    joined = Period(since=days_before(today, 4200))
    return Party(
        act.id,
        act.name,
        PartyKind.GROUP if act.members else PartyKind.PERSON,
        is_artist=True,
        identifiers=() if act.self_declared else (_isni(act.slug),),
        aliases=act.aliases,
        label=act.label or "No label recorded",
        members=tuple(Membership(party_id(person_slug(name)), joined) for name in act.members),
        group_rule=act.group_rule,
        group_speaker=party_id(person_slug(act.members[0])) if act.group_rule is GroupRule.NAMED else None,
        shares_answers=act.shares_answers,
        self_declared=act.self_declared,
    )


_SEES = (Power.SEE_WORKS, Power.SEE_MONEY)
_POWERS: dict[May, tuple[Power, ...]] = {
    May.DECIDE: (*_SEES, Power.SEE_CONTRACTS, Power.PROPOSE, Power.DECIDE, Power.WRITE_LETTERS),
    May.PROPOSE: (*_SEES, Power.PROPOSE, Power.WRITE_LETTERS),
    May.VIEW: _SEES,
}


def mandate_of(act: Act, today: date) -> Mandate:
    """What the artist lets the manager do."""
    evidence = {
        "mara": MandateEvidence.CONFIRMED_BY_ARTIST,
        "sana": MandateEvidence.CONFIRMED_BY_ARTIST,
        "marisma": MandateEvidence.STATED_BY_HOLDER,
    }.get(act.slug, MandateEvidence.DOCUMENT)
    return Mandate(
        act.mandate,
        act.id,
        account_id("manager"),
        _POWERS[act.may],
        evidence,
        given_on=days_before(today, 1000 - 12 * ROSTER.index(act)),
        until=None if act.mandate_days is None else days_before(today, -act.mandate_days),
        uses=tuple(use for use in Use if use not in _NOT_THE_DUO) if act.slug == "twin" else (),
        voice_waived=not act.except_voice,
        holder_name=MANAGER_NAME,
    )


_NOT_THE_DUO = frozenset(
    {Use.TRAIN_VOICE, Use.GEN_VOICE, Use.GEN_STYLE, Use.LIKENESS_NAME, Use.LIKENESS_IMAGE}
)
