"""Profiles for the figures of consent: 5,000 recordings with a song each, 25 uses that are asked for.

In a world that shares, all works have the same stakeholders, shares and controls, and were answered by the
same two acts. In one that does not, no work is like another: each has a co-writer of its own with shares of
its own, one of fifty labels under a name of its own, and three answers at an hour of its own; each twentieth
is split by territory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from artist_console.commands.profiles import open_profile
from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import (
    AccountId,
    ActId,
    AgreementId,
    DecisionId,
    FactId,
    PartyId,
    ProgrammeId,
    ReleaseId,
    TermsId,
    WorkId,
)
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.programmes import Agreement, ApprovalClause, Control, Programme, TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Right, Use, is_sensitive, uses_of
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work
from artist_console.formats import encoding
from artist_console.formats.accounts import Account, RosterArtist
from artist_console.formats.kinds import Kind
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys
from artist_console.store import profile as whose
from artist_console.store import projection, rows
from artist_console.store.opening import Part, Store
from benchmarks.world import ARTIST, OPERATOR, PROGRAMME, RECORDED, outside

WORKS = 5_000
TRACKS = 12
SECOND = ProgrammeId("second")
SECOND_USES = (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)
TERMS = {PROGRAMME: TermsId("terms"), SECOND: TermsId("second-terms")}
LABELS = 50
BEGAN = datetime(2024, 6, 1, tzinfo=UTC)
_ORDINARY = tuple(use for use in Use if not is_sensitive(use))
_RIGHTS = (Right.MASTER, Right.COMPOSITION, Right.LYRICS)


def make_consent_profile(root: Path, *, shared: bool, works: int = WORKS) -> None:
    """Fill a new profile with what a sync would have left."""
    with open_profile(ProfileFolder(root), outside(), may_be_new=True, new_keys=NewKeys.FILE) as profile:
        store = profile.open_store()
        try:
            _fill(store, works, shared=shared)
            projection.refresh(store, datetime.now(UTC).date())
        finally:
            store.close()


def recording(number: int) -> WorkId:
    return WorkId(f"work-{number:05}")


def song(number: int) -> WorkId:
    return WorkId(f"song-{number:05}")


def _fill(store: Store, works: int, *, shared: bool) -> None:
    account = Account("account", "Somebody", [RosterArtist(ARTIST, "Somebody")], "this computer")
    whose.bind(store, account)
    made = [*_parties_and_programmes(works, shared=shared), *_releases(works)]
    for number in range(works):
        made += _works(number)
        made += _rights(number, shared=shared)
    made += _ledger(works, shared=shared)
    with store.transaction(Part.MIRROR):
        rows.apply(store, ((kind, id, encoding.encode(row)) for kind, id, row in made))


Made = tuple[Kind, str, Any]


def _parties_and_programmes(works: int, *, shared: bool) -> Iterator[Made]:
    parties = [
        Party(ARTIST, "Somebody", PartyKind.PERSON, is_artist=True),
        Party(OPERATOR, "Operator", PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,)),
    ]
    labels = [_label(number, shared=shared) for number in range(1 if shared else LABELS)]
    parties += [
        Party(id, id.title(), PartyKind.ORGANISATION, roles=(OrganisationRole.LABEL,)) for id in labels
    ]
    writers = dict.fromkeys(_writer(number, shared=shared) for number in range(works))
    parties += [Party(id, id.title(), PartyKind.PERSON) for id in writers]
    for party in parties:
        yield Kind.PARTY, party.id, party
    day = date(2024, 1, 1)
    for programme, uses in ((PROGRAMME, tuple(Use)), (SECOND, SECOND_USES)):
        yield Kind.PROGRAMME, programme, Programme(programme, OPERATOR, programme.title(), uses=uses)
        terms = TermsVersion(TERMS[programme], programme, 1, "Text.", "00" * 32, day, day)
        yield Kind.TERMS, terms.id, terms
        for licensor in (*labels, ARTIST):
            clause = (
                ApprovalClause.ARTIST_OPT_IN if licensor == ARTIST else ApprovalClause.SINGLE_USE_APPROVAL
            )
            id = AgreementId(f"agreement-{licensor}-{programme}")
            yield (
                Kind.AGREEMENT,
                id,
                Agreement(id, licensor, programme, uses, _RIGHTS, clause, RECORDED),
            )


def _label(number: int, *, shared: bool) -> PartyId:
    return PartyId("label" if shared else f"label-{number % LABELS:02}")


def _writer(number: int, *, shared: bool) -> PartyId:
    return PartyId("writer" if shared else f"writer-{number:05}")


def _works(number: int) -> Iterator[Made]:
    here, its_song = recording(number), song(number)
    embodies = (Relation(RelationKind.EMBODIES, its_song),)
    isrc, iswc = f"AA6Q7{number:07}", f"T{number:010}"
    title = f"Title {number:05}"
    yield (
        Kind.WORK,
        here,
        Work(here, WorkKind.RECORDING, title, (ARTIST,), identifier=isrc, relations=embodies),
    )
    yield Kind.WORK, its_song, Work(its_song, WorkKind.COMPOSITION, title, (ARTIST,), identifier=iswc)


def _releases(works: int) -> Iterator[Made]:
    for number in range(0, works, TRACKS):
        id = ReleaseId(f"release-{number:05}")
        tracks = tuple(
            ReleaseTrack(recording(number + place), place + 1) for place in range(min(TRACKS, works - number))
        )
        yield Kind.RELEASE, id, Release(id, f"Release {number:05}", (ARTIST,), tracks=tracks)


def _rights(number: int, *, shared: bool) -> Iterator[Made]:
    """Who holds and who licenses what: the master with a label, the song with a co-writer."""
    own = 5_000 if shared else 100 + number
    split = not shared and number % 20 == 0
    places = (Territories(("SE",)), Territories(("DE", "NO"))) if split else (Territories(),)
    label, writer = _label(number, shared=shared), _writer(number, shared=shared)
    for right in _RIGHTS:
        carrier = recording(number) if right is Right.MASTER else song(number)
        other = label if right is Right.MASTER else writer
        for place, territories in enumerate(places):
            for who, share in ((ARTIST, own), (other, 10_000 - own)):
                id = FactId(f"hold-{number:05}-{right.value}-{who}-{place}")
                held = Stakeholder(
                    id, who, carrier, right, Standing.SHARES, RECORDED, share, territories=territories
                )
                yield Kind.STAKEHOLDER, id, held
        for who, share in ((ARTIST, own), (label, 10_000 - own)):
            id = FactId(f"control-{number:05}-{right.value}-{who}")
            name = "" if shared else f"Imprint {number:05}"
            yield Kind.CONTROL, id, Control(id, who, carrier, right, share, RECORDED, label=name)


def _ledger(works: int, *, shared: bool) -> Iterator[Made]:
    made = _said_together(works) if shared else _said_apart(works)
    for n, (act, register, stance, when) in enumerate(made, start=1):
        terms = TERMS[register.programme] if stance is Stance.ALLOW and register.programme else None
        decision = Decision(
            DecisionId(f"decision-{n:06}"), register, stance, AccountId("account"), when, ActId(act), terms
        )
        entry = LedgerEntry(
            ARTIST, n, f"{n:064x}", EntryKind.DECISION, when, AccountId("account"), decision=decision
        )
        yield Kind.ENTRY, f"{ARTIST}/{n}", entry


Said = tuple[str, Register, Stance, datetime]


def _said_together(works: int) -> Iterator[Said]:
    """A no to voice and likeness everywhere, and one act of a yes for every recording."""
    yield (
        "first",
        Register(ARTIST, ALL_MY_WORKS, None, UseScope.of(Family.VOICE_LIKENESS)),
        Stance.REFUSE,
        BEGAN,
    )
    for number in range(works):
        register = Register(ARTIST, _work(recording(number)), PROGRAMME, UseScope.of(Use.RESEARCH_MIR))
        yield "second", register, Stance.ALLOW, BEGAN + timedelta(days=1)


def _said_apart(works: int) -> Iterator[Said]:
    """Each work by itself, at its own hour: a family refused, a use allowed here and on the song."""
    families = tuple(family for family in Family if family is not Family.VOICE_LIKENESS)
    for number in range(works):
        when = BEGAN + timedelta(hours=number)
        family = families[number % len(families)]
        open_uses = [use for use in _ORDINARY if use not in uses_of(family)]
        use = open_uses[number % len(open_uses)]
        for act, subject, programme, what, stance in (
            ("no", _work(recording(number)), None, family, Stance.REFUSE),
            ("yes", _work(recording(number)), PROGRAMME, use, Stance.ALLOW),
            ("song", _work(song(number)), PROGRAMME, use, Stance.ALLOW),
        ):
            yield (
                f"{act}-{number}",
                Register(ARTIST, subject, programme, UseScope.of(what)),
                stance,
                when,
            )


def _work(id: WorkId) -> Subject:
    return Subject(SubjectKind.WORK, id)
