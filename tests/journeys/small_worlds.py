"""Random small worlds for the real service: works, rights, agreements, artists, mandates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from artist_console.backend.seed import GivenMandate, SeedAccount
from artist_console.domain.facts import OthersAnswer, RecordedAnswer
from artist_console.domain.ids import (
    AccountId,
    AgreementId,
    FactId,
    MandateId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    TermsId,
    WorkId,
)
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.parties import (
    GroupRule,
    Membership,
    OrganisationRole,
    Party,
    PartyKind,
    Stakeholder,
    Standing,
)
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.programmes import (
    AddedRight,
    Agreement,
    ApprovalClause,
    Attestation,
    Control,
    ListOf,
    MemberOptIn,
    Programme,
    ScopeKind,
    TermsVersion,
)
from artist_console.domain.registers import PartyStance, UseScope
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work
from artist_console.formats.kinds import Kind

START = datetime(2025, 6, 1, 12, tzinfo=UTC)
SINCE = Recorded(datetime(2024, 1, 1, tzinfo=UTC))

MARA, OLA, INES = PartyId("mara"), PartyId("ola"), PartyId("ines")  # Ines is out of reach of the account
DUO = PartyId("duo")
LABEL, PUBLISHER, OPERATOR = PartyId("fieldnote"), PartyId("paper"), PartyId("harmonia")
ACCOUNT, MARAS, OLAS = AccountId("a-me"), AccountId("a-mara"), AccountId("a-ola")
ALBUM = ReleaseId("night-ferry")
RECORDINGS = (WorkId("salt"), WorkId("tide"))
SONGS = (WorkId("salt-song"), WorkId("tide-song"))
MERGED = WorkId("salt-song-before")
ASKS, KEEPS_TO_ITSELF = ProgrammeId("harmonia-2"), ProgrammeId("openstem")
USES = (Use.TRAIN_GENERATIVE, Use.TRAIN_LYRICS, Use.GEN_COVER, Use.TRAIN_VOICE, Use.LIKENESS_NAME)
HELD: dict[WorkId, tuple[Right, ...]] = {
    **dict.fromkeys(RECORDINGS, (Right.MASTER, Right.PERFORMANCE, Right.VOICE)),
    **dict.fromkeys(SONGS, (Right.COMPOSITION, Right.LYRICS)),
}

places = st.sampled_from([Territories(), Territories(), Territories(("SE",)), Territories(("-SE", "WW"))])
periods = st.sampled_from([Period(), Period(), Period(None, date(2025, 5, 1)), Period(date(2025, 7, 1))])
few_uses = st.lists(st.sampled_from(USES), min_size=1, unique=True).map(tuple)


@dataclass
class SmallWorld:
    """Rows for the service, whom the account is and acts for, and which artists' answers it may give."""

    rows: list[tuple[Kind, Any]] = field(default_factory=list)
    accounts: tuple[SeedAccount, ...] = ()
    mandates: list[GivenMandate] = field(default_factory=list)
    answers_for: tuple[PartyId, ...] = ()

    def add(self, kind: Kind, *rows: Any) -> None:
        self.rows += [(kind, row) for row in rows]


def _seldom(draw: st.DrawFn, of: int = 3) -> bool:
    return draw(st.integers(0, of)) == 0


def _people(made: SmallWorld, draw: st.DrawFn) -> None:
    def person(id: PartyId, name: str) -> Party:
        return Party(id, name, PartyKind.PERSON, is_artist=True, shares_answers=draw(st.booleans()))

    def organisation(id: PartyId, name: str, *roles: OrganisationRole) -> Party:
        return Party(id, name, PartyKind.ORGANISATION, roles=roles)

    duo = Party(
        DUO,
        "The Duo",
        PartyKind.GROUP,
        is_artist=True,
        members=(Membership(MARA), Membership(draw(st.sampled_from([OLA, INES])), draw(periods))),
        group_rule=draw(st.sampled_from([GroupRule.ALL, GroupRule.MAJORITY])),
    )
    made.add(
        Kind.PARTY,
        person(MARA, "Mara Quist"),
        person(OLA, "Ola Brandt"),
        person(INES, "Ines Vale"),
        duo,
        organisation(LABEL, "Fieldnote", OrganisationRole.LABEL, OrganisationRole.LICENSOR),
        organisation(PUBLISHER, "Paper", OrganisationRole.PUBLISHER, OrganisationRole.LICENSOR),
        organisation(OPERATOR, "Harmonia", OrganisationRole.OPERATOR),
    )


def _reach(made: SmallWorld, draw: st.DrawFn) -> None:
    """The account is Mara, and the duo perhaps; of Ola it has what a mandate gives, if anything."""
    own = (MARA, DUO) if draw(st.booleans()) else (MARA,)
    made.accounts = (
        SeedAccount(ACCOUNT, "Mara", own),
        SeedAccount(OLAS, "Ola", (OLA,)),
        SeedAccount(AccountId("a-ines"), "Ines", (INES,)),
    )
    sees, decides = (Power.SEE_WORKS,), (Power.SEE_WORKS, Power.DECIDE)
    powers = draw(
        st.sampled_from([None, decides, decides, sees, (Power.SEE_WORKS, Power.PROPOSE), (Power.SEE_MONEY,)])
    )
    if powers is not None:
        mandate = Mandate(
            MandateId("m-ola"), OLA, ACCOUNT, powers, MandateEvidence.CONFIRMED_BY_ARTIST, date(2025, 1, 1)
        )
        made.mandates.append(GivenMandate(OLAS, START - timedelta(days=1), mandate))
    answers = powers is not None and not {Power.DECIDE, Power.PROPOSE}.isdisjoint(powers)
    made.answers_for = (*own, OLA) if answers else own


def _catalogue(made: SmallWorld, draw: st.DrawFn) -> None:
    of = st.sampled_from([(MARA,), (MARA,), (MARA, OLA), (DUO,), (OLA,)])
    for n, (recording, song) in enumerate(zip(RECORDINGS, SONGS, strict=True)):
        songs = draw(st.sampled_from([(song,), (song,), (), SONGS]))
        made.add(
            Kind.WORK,
            Work(
                recording,
                WorkKind.RECORDING,
                f"Recording {n}",
                draw(of),
                relations=tuple(Relation(RelationKind.EMBODIES, each) for each in songs),
                unreleased=_seldom(draw, 7),
            ),
            Work(
                song,
                WorkKind.COMPOSITION,
                f"Song {n}",
                draw(of),
                merged_ids=(MERGED,) if n == 0 and _seldom(draw) else (),
                unreleased=_seldom(draw, 9),
            ),
        )
    tracks = tuple(ReleaseTrack(id, n) for n, id in enumerate(RECORDINGS, 1) if draw(st.booleans()))
    made.add(Kind.RELEASE, Release(ALBUM, "Night Ferry", (MARA,), tracks=tracks))


def _rights(made: SmallWorld, draw: st.DrawFn) -> None:
    who = st.sampled_from([MARA, MARA, OLA, INES, DUO, LABEL, PUBLISHER])
    for work, rights in HELD.items():
        for right in rights:
            for party in draw(st.lists(who, max_size=2, unique=True)):
                standing = draw(st.sampled_from([Standing.CONTROLS, *Standing]))
                share = draw(st.sampled_from([None, None, 5_000, 10_000]))
                id = FactId(f"stake-{party}-{work}-{right.value}")
                made.add(
                    Kind.STAKEHOLDER,
                    Stakeholder(
                        id, party, work, right, standing, SINCE, share, draw(places), draw(periods),
                        "Register", _seldom(draw, 9),
                    ),
                )  # fmt: skip
    if draw(st.booleans()):
        id = FactId("stake-voice-of-mara")
        made.add(Kind.STAKEHOLDER, Stakeholder(id, MARA, MARA, Right.LIKENESS, Standing.PERSONAL, SINCE))


def _licences(made: SmallWorld, draw: st.DrawFn) -> None:
    for work, rights in HELD.items():
        for right in rights[: 1 if work in RECORDINGS else 2]:
            licensor = draw(st.sampled_from([None, LABEL, PUBLISHER, MARA]))
            if licensor is not None:
                through = draw(st.sampled_from([None, None, PUBLISHER])) if licensor == LABEL else None
                share = draw(st.sampled_from([10_000, 10_000, 5_000]))
                id = FactId(f"control-{work}-{right.value}")
                made.add(
                    Kind.CONTROL,
                    Control(
                        id, licensor, work, right, share, SINCE, "", draw(places), draw(periods), through
                    ),
                )
    for licensor in (LABEL, PUBLISHER, MARA):
        if _seldom(draw, 4):
            continue
        scope = draw(
            st.sampled_from([ScopeKind.ALL_CONTROLLED, ScopeKind.ALL_CONTROLLED, ScopeKind.NAMED_WORKS])
        )
        agreement = AgreementId(f"agreement-{licensor}")
        made.add(
            Kind.AGREEMENT,
            Agreement(
                agreement,
                licensor,
                ASKS,
                tuple(USES),
                (Right.MASTER, Right.COMPOSITION, Right.LYRICS, Right.PERFORMANCE),
                draw(st.sampled_from(list(ApprovalClause))),
                SINCE,
                scope,
                (RECORDINGS[0], *SONGS) if scope is ScopeKind.NAMED_WORKS else (),
                territories=draw(places),
                object_until=draw(st.sampled_from([date(2025, 5, 1), date(2025, 6, 2)])),
            ),
        )
        if licensor == LABEL and draw(st.booleans()):
            opted = MemberOptIn(
                FactId("opted"), PUBLISHER, agreement, draw(st.booleans()), date(2025, 2, 1), SINCE
            )
            made.add(Kind.OPT_IN, opted)
    if _seldom(draw):
        made.add(
            Kind.ATTESTATION,
            Attestation(FactId("all"), ASKS, ListOf.AGREEMENTS, OPERATOR, date(2025, 5, 1), SINCE),
        )


def _programmes(made: SmallWorld, draw: st.DrawFn) -> None:
    made.add(
        Kind.PROGRAMME,
        Programme(ASKS, OPERATOR, "Harmonia 2", uses=USES),
        Programme(
            KEEPS_TO_ITSELF, OPERATOR, "OpenStem", uses=draw(few_uses), asks_artists=draw(st.booleans())
        ),
    )
    newer = draw(st.sampled_from([None, date(2025, 5, 1), date(2025, 9, 1)]))
    for number, effective in enumerate((date(2025, 1, 1), newer), 1):
        if effective is not None:
            added = AddedRight(
                draw(st.sampled_from(USES)), draw(st.sampled_from([Right.LYRICS, Right.VOICE]))
            )
            made.add(
                Kind.TERMS,
                TermsVersion(
                    TermsId(f"terms-{number}"),
                    ASKS,
                    number,
                    f"Text {number}.",
                    f"{number}{number}" * 32,
                    effective,
                    date(2024, 12, 1),
                    honours_every_refusal=_seldom(draw, 4),
                    walled_garden=draw(st.booleans()),
                    adds_rights=(added,) if _seldom(draw, 5) else (),
                ),
            )


def _answers_of_others(made: SmallWorld, draw: st.DrawFn) -> None:
    """Of those without a ledger in reach: as recorded by the service, or whether everyone else agreed."""
    for party in (INES, LABEL, PUBLISHER):
        if _seldom(draw, 2):
            scope = UseScope.of(draw(st.sampled_from([None, Family.TRAINING, USES[0]])))
            subject = draw(st.sampled_from(["", *RECORDINGS, *SONGS]))
            stance = draw(st.sampled_from(list(PartyStance)))
            id = FactId(f"answer-{party}")
            made.add(
                Kind.RECORDED_ANSWER,
                RecordedAnswer(
                    id, party, subject, draw(st.sampled_from([None, ASKS])), scope, stance, date(2025, 3, 1),
                    SINCE, "By letter",
                ),
            )  # fmt: skip
    for work, rights in HELD.items():
        for right in rights:
            if _seldom(draw, 5):
                use, agreed = draw(st.sampled_from(USES)), draw(st.booleans())
                id = FactId(f"others-{work}-{right.value}")
                made.add(Kind.OTHERS_ANSWER, OthersAnswer(id, work, right, ASKS, use, agreed, SINCE))


@st.composite
def small_worlds(draw: st.DrawFn) -> SmallWorld:
    made = SmallWorld()
    for part in (_people, _reach, _catalogue, _rights, _programmes, _licences, _answers_of_others):
        part(made, draw)
    return made
