"""Agreements of the sample world: every clause, members' opt-ins, and what people without a ledger said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from artist_console.backend.demo_catalogue import Catalogue
from artist_console.backend.demo_holdings import Holdings
from artist_console.backend.demo_identity import at, days_before, ident
from artist_console.backend.demo_people import ROSTER, Deal, Songs, party_id, person_slug
from artist_console.backend.demo_programmes import HARMONIA, NORTHLIGHT, OPENSTEM, RESEARCH, USES, VOICE
from artist_console.domain.facts import OthersAnswer, RecordedAnswer
from artist_console.domain.ids import AgreementId, FactId, PartyId, ProgrammeId
from artist_console.domain.parties import Standing
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.programmes import (
    Agreement,
    ApprovalClause,
    Attestation,
    ListOf,
    MemberOptIn,
    ScopeKind,
)
from artist_console.domain.registers import ANY_USE, PartyStance
from artist_console.domain.uses import SONG_RIGHTS, Right, rights_touched
from artist_console.domain.work_kinds import WorkKind

MASTERS = (Right.MASTER, Right.PERFORMANCE)
SONGS = (Right.COMPOSITION, Right.LYRICS)
_ASKING = (HARMONIA, RESEARCH, OPENSTEM, NORTHLIGHT)
_C = ApprovalClause
_BEGAN = {HARMONIA: 1090, RESEARCH: 960, OPENSTEM: 930, NORTHLIGHT: 720, VOICE: 400}


def agreement_id(licensor: PartyId, programme: ProgrammeId, what: str = "") -> AgreementId:
    return AgreementId(ident("agreement", licensor, programme, what))


def agreements(today: date) -> tuple[Agreement, ...]:
    """Who licensed what to which programme, as far as it is known."""
    return tuple(_agreements(today))


def _agreements(today: date) -> Iterator[Agreement]:
    for programme in _ASKING:
        yield _agreement(today, "kindred", programme, MASTERS, _C.ARTIST_OPT_IN, "Kindred members, by label")
        clause = _C.SINGLE_USE_APPROVAL if programme == NORTHLIGHT else _C.ARTIST_OPT_IN
        yield _agreement(today, "lantern", programme, SONGS, clause, "By share of each song")
        rights = (*MASTERS, *SONGS)
        yield _agreement(today, "slipway", programme, rights, _C.ARTIST_OPT_IN, "By release")
        clause = _C.STATUTORY if programme == RESEARCH else _C.COLLECTIVE
        yield _agreement(today, "tonverein", programme, SONGS, clause, "By plays")
        yield _agreement(today, "meridiansongs", programme, SONGS, _C.BLANKET, "Not disclosed")
        yield _meridian(today, programme)
        yield _agreement(today, "meridian", programme, MASTERS, _C.ARTIST_OPT_IN, "By recording",
                         label="Meridian Two")  # fmt: skip
        for act in ROSTER:
            if act.deal is Deal.DIRECT and act.songs is Songs.OWN:
                yield _agreement(today, act.slug, programme, rights, _C.ARTIST_OPT_IN, "All of it")
    yield Agreement(
        agreement_id(party_id("meridian"), OPENSTEM, "orchard-row"),
        party_id("meridian"),
        OPENSTEM,
        USES[OPENSTEM],
        MASTERS,
        _C.DEFAULT_AFTER_NOTICE,
        Recorded(at(days_before(today, 40))),
        ScopeKind.LABEL,
        label="Orchard Row",
        period=Period(since=days_before(today, 43)),
        allocation="Not disclosed",
        notice_given_on=days_before(today, 43),
        object_until=days_before(today, -17),
        source="Notice of Meridian Music",
    )
    petra = party_id(person_slug("Petra Nyholm"))
    yield Agreement(
        agreement_id(petra, NORTHLIGHT),
        petra,
        NORTHLIGHT,
        USES[NORTHLIGHT],
        SONGS,
        _C.BLANKET,
        Recorded(at(days_before(today, 210))),
        period=Period(since=days_before(today, 215)),
        allocation="By share of each song",
        source="Letter of the co-writer",
    )


def _agreement(
    today: date,
    slug: str,
    programme: ProgrammeId,
    rights: tuple[Right, ...],
    clause: ApprovalClause,
    allocation: str,
    label: str = "",
) -> Agreement:
    began = _BEGAN[programme]
    licensor = party_id(slug)
    return Agreement(
        agreement_id(licensor, programme, label),
        licensor,
        programme,
        USES[programme],
        rights,
        clause,
        Recorded(at(days_before(today, began))),
        ScopeKind.LABEL if label else ScopeKind.ALL_CONTROLLED,
        label=label,
        period=Period(since=days_before(today, began)),
        allocation=allocation,
        source="Told by the licensor",
    )


def _meridian(today: date, programme: ProgrammeId) -> Agreement:
    """The major's agreement for Meridian Blue: blanket, and for one programme after a notice."""
    began = _BEGAN[programme]
    noticed = programme == NORTHLIGHT
    return Agreement(
        agreement_id(party_id("meridian"), programme, "Meridian Blue"),
        party_id("meridian"),
        programme,
        USES[programme],
        MASTERS,
        _C.DEFAULT_AFTER_NOTICE if noticed else _C.BLANKET,
        Recorded(at(days_before(today, began))),
        ScopeKind.LABEL,
        label="Meridian Blue",
        period=Period(since=days_before(today, began)),
        allocation="Not disclosed",
        notice_given_on=days_before(today, began) if noticed else None,
        object_until=days_before(today, began - 60) if noticed else None,
        source="Told by the licensor",
    )


def opt_ins(today: date) -> tuple[MemberOptIn, ...]:
    """Fieldnote said yes everywhere; Small Hours said no to Northlight and has not answered OpenStem."""
    said = (
        ("fieldnote", HARMONIA, True, 1080),
        ("fieldnote", RESEARCH, True, 950),
        ("fieldnote", OPENSTEM, True, 900),
        ("fieldnote", NORTHLIGHT, True, 700),
        ("smallhours", HARMONIA, True, 1080),
        ("smallhours", RESEARCH, True, 940),
        ("smallhours", NORTHLIGHT, False, 690),
    )
    return tuple(
        MemberOptIn(
            FactId(ident("opt-in", member, programme)),
            party_id(member),
            agreement_id(party_id("kindred"), programme),
            accepted,
            days_before(today, days),
            Recorded(at(days_before(today, days))),
        )
        for member, programme, accepted, days in said
    )


def attestations(today: date) -> tuple[Attestation, ...]:
    """Northlight says that its voice programme has no agreements beyond those listed: there are none."""
    return (
        Attestation(
            FactId(ident("attestation", VOICE)),
            VOICE,
            ListOf.AGREEMENTS,
            party_id("northlight"),
            days_before(today, 31),
            Recorded(at(days_before(today, 30))),
        ),
        Attestation(
            FactId(ident("attestation", OPENSTEM)),
            OPENSTEM,
            ListOf.INCLUSIONS,
            party_id("openstem"),
            days_before(today, 62),
            Recorded(at(days_before(today, 60))),
        ),
    )


def recorded_answers(today: date) -> tuple[RecordedAnswer, ...]:
    """What co-writers without a ledger said, or what was tried to reach them."""
    said = (
        ("Petra Nyholm", HARMONIA, PartyStance.ALLOWED, 300, "Agreed by e-mail."),
        ("Petra Nyholm", OPENSTEM, PartyStance.ALLOWED, 300, "Agreed by e-mail."),
        ("Petra Nyholm", RESEARCH, PartyStance.ALLOWED, 300, "Agreed by e-mail."),
        ("Petra Nyholm", NORTHLIGHT, PartyStance.ALLOWED, 300, "Agreed by e-mail."),
        ("Olumide Bankole", None, PartyStance.REFUSED, 500, "Wrote: no AI, none of my songs."),
        ("Dag Solheim", None, PartyStance.UNREACHABLE, 120, "two letters and a call to the last publisher"),
    )
    return tuple(
        RecordedAnswer(
            FactId(ident("recorded-answer", name, programme or "any")),
            party_id(person_slug(name)),
            "",
            programme,
            ANY_USE,
            stance,
            days_before(today, days),
            Recorded(at(days_before(today, days))),
            words,
            "Letters in the management's files",
        )
        for name, programme, stance, days, words in said
    )


def others_answers(today: date, catalogue: Catalogue, holdings: Holdings) -> tuple[OthersAnswer, ...]:
    """Of artists with a ledger elsewhere: whether everyone else needed has agreed, and nothing more."""
    elsewhere = {party_id(person_slug(name)) for name in ("Jonas Ek", "Maya Thorne")}
    needed = {
        row.subject
        for row in holdings.stakeholders
        if row.party in elsewhere and row.standing is Standing.SHARES
    }
    songs = [w for w in catalogue.works.values() if w.kind is WorkKind.COMPOSITION and w.id in needed]
    told = []
    for place, song in enumerate(songs):
        for programme in (HARMONIA, OPENSTEM):
            for use in USES[programme]:
                for right in (Right.COMPOSITION, Right.LYRICS):
                    if right in rights_touched(use) & SONG_RIGHTS:
                        told.append(
                            OthersAnswer(
                                FactId(ident("others", song.id, right.value, programme, use.value)),
                                song.id,
                                right,
                                programme,
                                use,
                                place % 3 != 0,
                                Recorded(at(days_before(today, 250))),
                            )
                        )
    return tuple(told)
