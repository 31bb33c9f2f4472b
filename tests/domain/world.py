"""A small world for tests of the permission rule: one recording of one song, one programme, everybody agreed.

Every test states what it changes; `World.ask` asks the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import (
    AccountId,
    ActId,
    AgreementId,
    ArtistId,
    DecisionId,
    FactId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    TermsId,
    WorkId,
)
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.programmes import (
    Agreement,
    ApprovalClause,
    Attestation,
    Control,
    MemberOptIn,
    Programme,
    TermsVersion,
)
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    ANY_USE,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work

START = datetime(2025, 1, 1, 12, tzinfo=UTC)
NOW = datetime(2025, 11, 18, 12, tzinfo=UTC)
SINCE = Recorded(datetime(2024, 1, 1, tzinfo=UTC))

MARA = PartyId("mara")
OLA = PartyId("ola")
LABEL = PartyId("fieldnote")
PUBLISHER = PartyId("publisher")
OPERATOR = PartyId("harmonia")
RECORDING = WorkId("salt-lines")
OTHER_RECORDING = WorkId("harbour-lights")
SONG = WorkId("salt-lines-song")
RELEASE = ReleaseId("night-ferry")
PROGRAMME = ProgrammeId("harmonia-2")
OTHER_PROGRAMME = ProgrammeId("openstem")
TERMS = TermsId("terms-1")


def at(day: int) -> datetime:
    """Noon, so many days after the start of 2025."""
    return START + timedelta(days=day)


def party(id: PartyId, kind: PartyKind = PartyKind.PERSON, **more: object) -> Party:
    return Party(id, id.title(), kind, is_artist=kind is not PartyKind.ORGANISATION, **more)  # type: ignore[arg-type]


def stake(
    who: PartyId, subject: str, right: Right, standing: Standing, share: int | None = None, **more: object
) -> Stakeholder:
    id = FactId(f"stake-{who}-{subject}-{right.value}-{more.get('note', '')}")
    more.pop("note", None)
    return Stakeholder(id, who, subject, right, standing, SINCE, share, **more)  # type: ignore[arg-type]


def control(licensor: PartyId, work: WorkId, right: Right, share: int = 10_000, **more: object) -> Control:
    id = FactId(f"control-{licensor}-{work}-{right.value}")
    return Control(id, licensor, work, right, share, SINCE, **more)  # type: ignore[arg-type]


def agreement(
    licensor: PartyId,
    rights: tuple[Right, ...],
    clause: ApprovalClause = ApprovalClause.ARTIST_OPT_IN,
    uses: tuple[Use, ...] = tuple(Use),
    **more: object,
) -> Agreement:
    id = AgreementId(f"agreement-{licensor}-{clause.value}")
    return Agreement(id, licensor, PROGRAMME, uses, rights, clause, SINCE, **more)  # type: ignore[arg-type]


def work_subject(work: WorkId) -> Subject:
    return Subject(SubjectKind.WORK, work)


def release_subject(release: ReleaseId = RELEASE) -> Subject:
    return Subject(SubjectKind.RELEASE, release)


@dataclass
class World:
    """Facts that can be changed one by one before asking."""

    parties: list[Party] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    terms: list[TermsVersion] = field(default_factory=list)
    stakeholders: list[Stakeholder] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    opt_ins: list[MemberOptIn] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)
    recorded_answers: list[RecordedAnswer] = field(default_factory=list)
    entries: dict[ArtistId, list[LedgerEntry]] = field(default_factory=dict)

    def book(self, known_on: datetime | None = None) -> FactBook:
        return FactBook.of(
            parties=self.parties,
            works=self.works,
            releases=self.releases,
            programmes=self.programmes,
            terms=self.terms,
            stakeholders=self.stakeholders,
            controls=self.controls,
            agreements=self.agreements,
            opt_ins=self.opt_ins,
            attestations=self.attestations,
            recorded_answers=self.recorded_answers,
            ledgers=self.entries,
            known_on=known_on,
        )

    def ask(
        self,
        use: Use = Use.TRAIN_GENERATIVE,
        *,
        artist: ArtistId | None = MARA,
        subject: Subject | None = None,
        programme: ProgrammeId | None = PROGRAMME,
        instant: datetime = NOW,
        territory: str | None = None,
        known_on: datetime | None = None,
    ) -> Permission:
        asked = Question(artist, subject or work_subject(RECORDING), programme, use, instant, territory)
        return permission(asked, self.book(known_on))

    def enter(self, artist: ArtistId, kind: EntryKind, when: datetime, **content: object) -> LedgerEntry:
        ledger = self.entries.setdefault(artist, [])
        entry = LedgerEntry(artist, len(ledger) + 1, "", kind, when, AccountId("account"), **content)  # type: ignore[arg-type]
        ledger.append(entry)
        return entry

    def say(
        self,
        stance: Stance,
        subject: Subject = ALL_MY_WORKS,
        use: Use | Family | None = None,
        *,
        artist: ArtistId = MARA,
        programme: ProgrammeId | None = None,
        terms: TermsId | None = TERMS,
        conditions: Conditions = UNCONDITIONAL,
        keeps: Iterable[DecisionId] = (),
        day: int | None = None,
        kind: EntryKind = EntryKind.DECISION,
    ) -> Decision:
        """Record one decision in the artist's ledger and give it back."""
        n = sum(len(ledger) for ledger in self.entries.values()) + 1
        when = at(day if day is not None else n)
        scope = ANY_USE if use is None else UseScope.of(use)
        decision = Decision(
            DecisionId(f"decision-{n}"),
            Register(artist, subject, programme, scope),
            stance,
            AccountId("account"),
            when,
            ActId(f"act-{n}"),
            terms if stance is Stance.ALLOW else None,
            conditions=conditions,
            keeps=tuple(keeps),
        )
        self.enter(artist, kind, when, decision=decision)
        return decision

    def allow(
        self, subject: Subject | None = None, use: Use = Use.TRAIN_GENERATIVE, **more: object
    ) -> Decision:
        """A single allow: one cell."""
        more.setdefault("programme", PROGRAMME)
        return self.say(Stance.ALLOW, subject or work_subject(RECORDING), use, **more)  # type: ignore[arg-type]

    def allow_both(self, use: Use = Use.TRAIN_GENERATIVE, **more: object) -> Decision:
        """Allow the recording and, apart from it, the song."""
        self.allow(work_subject(SONG), use, **more)
        return self.allow(None, use, **more)

    def refuse(
        self, subject: Subject = ALL_MY_WORKS, use: Use | Family | None = None, **more: object
    ) -> Decision:
        return self.say(Stance.REFUSE, subject, use, **more)  # type: ignore[arg-type]

    def clear(
        self, subject: Subject = ALL_MY_WORKS, use: Use | Family | None = None, **more: object
    ) -> Decision:
        return self.say(Stance.CLEAR, subject, use, **more)  # type: ignore[arg-type]


def world() -> World:
    """Mara controls her recording and her song; she licensed both herself, promising to be asked."""
    rights = (Right.MASTER, Right.COMPOSITION, Right.LYRICS, Right.PERFORMANCE)
    return World(
        parties=[
            party(MARA),
            party(OLA),
            party(LABEL, PartyKind.ORGANISATION, roles=(OrganisationRole.LABEL, OrganisationRole.LICENSOR)),
            party(PUBLISHER, PartyKind.ORGANISATION, roles=(OrganisationRole.PUBLISHER,)),
            party(OPERATOR, PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,)),
        ],
        works=[
            Work(
                RECORDING,
                WorkKind.RECORDING,
                "Salt Lines",
                (MARA,),
                relations=(Relation(RelationKind.EMBODIES, SONG),),
            ),
            Work(OTHER_RECORDING, WorkKind.RECORDING, "Harbour Lights", (MARA,)),
            Work(SONG, WorkKind.COMPOSITION, "Salt Lines", (MARA,)),
        ],
        releases=[Release(RELEASE, "Night Ferry", (MARA,), tracks=(ReleaseTrack(RECORDING, 1),))],
        programmes=[
            Programme(PROGRAMME, OPERATOR, "Harmonia 2", uses=tuple(Use)),
            Programme(OTHER_PROGRAMME, OPERATOR, "OpenStem", uses=tuple(Use)),
        ],
        terms=[TermsVersion(TERMS, PROGRAMME, 1, "Text.", "00", date(2024, 1, 1), date(2024, 1, 1))],
        stakeholders=[
            stake(MARA, RECORDING, Right.MASTER, Standing.CONTROLS, 10_000),
            stake(MARA, SONG, Right.COMPOSITION, Standing.CONTROLS, 10_000),
            stake(MARA, SONG, Right.LYRICS, Standing.CONTROLS, 10_000),
        ],
        controls=[
            control(MARA, RECORDING, Right.MASTER),
            control(MARA, SONG, Right.COMPOSITION),
            control(MARA, SONG, Right.LYRICS),
        ],
        agreements=[agreement(MARA, rights)],
        entries={MARA: [], OLA: []},
    )


def with_label(clause: ApprovalClause, standing: Standing = Standing.WISH) -> World:
    """The label owns the recording and licensed it on `clause`; Mara's standing there is `standing`."""
    made = world()
    made.stakeholders[0] = stake(LABEL, RECORDING, Right.MASTER, Standing.CONTROLS, 10_000)
    made.stakeholders.append(
        stake(MARA, RECORDING, Right.MASTER, standing, None, source="Recording agreement, clause 14.3")
    )
    made.controls[0] = control(LABEL, RECORDING, Right.MASTER)
    until = date(2025, 6, 1) if clause is ApprovalClause.DEFAULT_AFTER_NOTICE else None
    made.agreements.append(agreement(LABEL, (Right.MASTER, Right.PERFORMANCE), clause, object_until=until))
    return made


def amended(made: World, index: int, **changes: object) -> None:
    """Change one stakeholder row in place."""
    made.stakeholders[index] = replace(made.stakeholders[index], **changes)  # type: ignore[arg-type]
