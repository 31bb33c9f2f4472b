"""THE rule: may this programme use this work (or person) in this way, here, at this instant?

One pure function, `permission`, is called by the application, the backend, the command line and an offline
report. It returns four things side by side and never merges them: the artist's answer, its standing, what
is known of licences, and the outcome; with the trace that led there. The numbers in comments are those of
PRODUCT, "The permission rule"; read this file with that page beside it. The parts: `decisions` folds a
ledger into an answer (1 to 5), `answers` asks everybody who is needed (6, 7), `parts` asks about the song in
a recording and the voice on it, `licences` collects the agreements (8), `sentences` puts it into words.
`grounds` looks up what many questions have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from . import sentences
from .answers import Asked, PartyAnswer, Silence, answer_of, artist_answer, ledger_answer
from .decisions import UNDECIDED, Answer, AnswerKind, Context, most_cautious
from .facts import FactBook
from .grounds import Carrier, Ground, Place, Scene
from .ids import ArtistId, PartyId, ProgrammeId, WorkId
from .licences import Gap, Licence, Licences, known_licences
from .outcomes import PermissionOutcome
from .parties import NEEDED, RightStanding, Stakeholder, Standing, split_fault
from .parts import PartsSaid, makers_of, said_of_parts
from .programmes import Attestation
from .registers import Subject, SubjectKind
from .trace import FactKind, FactRef, TraceStep, ref
from .uses import Right, Use


@dataclass(frozen=True, slots=True)
class Question:
    """One cell, asked for one artist or (None) all parties, in one place or (None) wherever it is used."""

    artist: ArtistId | None
    subject: Subject  # a WORK or a PERSON
    programme: ProgrammeId | None
    use: Use
    instant: datetime
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class LicenceKnowledge:
    """What is known of licences, apart from what anybody has answered."""

    held: tuple[Licence, ...]
    gaps: tuple[Gap, ...]
    complete_by: Attestation | None  # who attested that the list of agreements is complete


@dataclass(frozen=True, slots=True)
class Permission:
    """Answer, standing, licences and outcome side by side, with the trace."""

    question: Question
    answer: Answer
    standing: tuple[RightStanding, ...]
    licences: LicenceKnowledge
    outcome: PermissionOutcome
    needed: tuple[PartyAnswer, ...]  # everybody whose agreement is needed, with their answers
    trace: tuple[TraceStep, ...]
    facts: tuple[FactRef, ...]  # all facts used, sorted
    recomputable: bool  # False where a needed party's answer is not shared with the reader

    @property
    def waits_for(self) -> tuple[PartyAnswer, ...]:
        """The needed parties who have not (or no longer) agreed."""
        return tuple(n for n in self.needed if n.answer.kind not in (AnswerKind.ALLOWED, AnswerKind.REFUSED))

    @property
    def has_power(self) -> bool:
        """Whether the artist's answer by itself can do something on any touched right."""
        return any(row.standing in NEEDED for row in self.standing)


def permission(question: Question, facts: FactBook) -> Permission:
    """Answer one question from the facts in the book.

    The instant is about what held then; what was known then is the book's business (`known_on`).
    Without a territory, every place that the facts name is asked, and the rest of the world; where the
    outcomes differ, the outcome is DIFFERS and the trace says where.
    """
    scene = Scene(Ground(facts, question.instant), question.subject)
    judged = _judged_by_place(question, scene)
    told = [(each, _told(question, each, scene)) for _, each in judged]
    whole = told[0][1]
    if len(told) == 1:
        return whole
    used = tuple(sorted({fact for _, each in told for fact in each.facts}))
    if len({each.outcome for _, each in judged}) == 1:
        return replace(whole, facts=used)
    by_place = {place: each.outcome for places, each in judged for place in places}
    trace = tuple(
        sentences.outcome_in_place(place, by_place[place].value)
        for place in (None, *sorted(place for place in by_place if place is not None))
    )
    outcome = PermissionOutcome.DIFFERS
    return replace(whole, outcome=outcome, trace=(*whole.trace[:-1], *trace), facts=used)


def judge(question: Question, scene: Scene) -> tuple[AnswerKind, PermissionOutcome]:
    """The answer and the outcome of `permission` alone, for thousands of cells: judged the same, not told.

    `scene` is the question's subject on a ground at the question's instant.
    """
    (_, whole), *others = _judged_by_place(question, scene)
    same = all(each.outcome is whole.outcome for _, each in others)
    return whole.answer.kind, whole.outcome if same else PermissionOutcome.DIFFERS


def combine(outcomes: frozenset[PermissionOutcome]) -> PermissionOutcome | None:
    """Several cells seen as one: their common outcome, or DIFFERS; None of no cells."""
    if not outcomes:
        return None
    return next(iter(outcomes)) if len(outcomes) == 1 else PermissionOutcome.DIFFERS


_Holders = Mapping[Carrier, tuple[Stakeholder, ...]]


@dataclass(frozen=True, slots=True)
class _Judged:
    """One question in one place, judged: all that the rule weighed, and what it came to."""

    asked: Asked
    artists: tuple[ArtistId, ...]
    answer: Answer
    standing: tuple[RightStanding, ...]
    licences: Licences
    attested: Attestation | None
    needed: tuple[PartyAnswer, ...]
    promised: tuple[PartyAnswer, ...]
    present: tuple[Stakeholder, ...]
    parts: PartsSaid
    said: tuple[FactRef, ...]  # behind the artists' own answers
    outcome: PermissionOutcome


def _judged_by_place(question: Question, scene: Scene) -> tuple[tuple[tuple[Place, ...], _Judged], ...]:
    """The question judged in every place, those together that no fact tells apart; everywhere else first."""
    if question.territory is not None:
        return (((question.territory,), _judged(question, scene, question.territory)),)
    return tuple((places, _judged(question, scene, places[0])) for places in scene.places(question.programme))


def _judged(question: Question, scene: Scene, place: Place) -> _Judged:
    """THE rule, in one place. Telling what it found is `_told`."""
    facts, ground = scene.facts, scene.ground
    programme, use = question.programme, question.use
    terms = ground.terms(programme)
    context = Context(question.instant, terms, facts.terms, question.territory)
    asked = Asked(scene.subject, programme, use, context)
    carriers = scene.carriers(programme, use)
    holders = {pair: scene.holders(*pair, place) for pair in carriers}
    artists = (question.artist,) if question.artist else _artists_concerned(scene, holders)

    # The artist's answer and its standing.
    said = {artist: _artist_said(artist, asked, facts) for artist in artists}
    answer = most_cautious(own for own, _ in said.values())
    standings = {artist: _standing_of(artist, holders, question.instant, facts) for artist in artists}
    standing = tuple(row for rows in standings.values() for row in rows)
    power_of_no = tuple(
        row
        for artist, (own, _) in said.items()
        if own.kind is AnswerKind.REFUSED
        for row in standings[artist]
    )

    # What they said about a part, which is answered for by itself.
    speakers = artists if question.artist else _in_reach((*artists, *makers_of(carriers, facts)), facts)
    parts = said_of_parts(
        speakers,
        carriers,
        lambda artist, pair: _held_by(artist, holders[pair], question.instant, facts),
        asked,
        facts,
    )

    # 8: what is known of licences.
    objected = _objected_in_time(answer, parts, carriers, programme, ground)
    licences = known_licences(carriers, ground.in_force(programme, use), scene, place, objected)
    attested = ground.attested(programme)

    # 6: everybody whose agreement is needed.
    needed: list[PartyAnswer] = []
    for (right, carrier), present in holders.items():
        needed += [
            answer_of(holder, asked, facts, licences.spoken)
            for holder in present
            if holder.standing in NEEDED
        ]
        needed += _nobody_is_never_everybody(right, carrier, present)
    promised = _promised_a_say(asked, licences, holders, facts, needed)

    binding = terms is not None and terms.honours_every_refusal
    knowledge = LicenceKnowledge(licences.held, licences.gaps, attested)
    return _Judged(
        asked,
        artists,
        answer,
        standing,
        licences,
        attested,
        tuple(needed),
        promised,
        tuple(holder for present in holders.values() for holder in present),
        parts,
        (*(fact for _, more in said.values() for fact in more), *parts.facts),
        _outcome(answer, standing, power_of_no, parts, knowledge, tuple(needed), promised, binding),
    )


def _told(question: Question, judged: _Judged, scene: Scene) -> Permission:
    """What was judged, in sentences and with the facts behind them."""
    facts, answer, terms = scene.facts, judged.answer, judged.asked.context.terms
    licences, attested = judged.licences, judged.attested
    needed_by_all = (*judged.needed, *judged.promised)
    objects = answer.kind is AnswerKind.REFUSED or bool(judged.parts.refused)
    binds = terms is not None and terms.honours_every_refusal and objects
    trace = (
        *sentences.answer_steps(judged.artists, answer, judged.asked, facts),
        *sentences.part_steps(judged.parts.refused, facts),
        *sentences.standing_steps(judged.standing, judged.artists, facts),
        *sentences.needed_steps(needed_by_all, judged.artists, answer, facts),
        *sentences.proposal_steps(needed_by_all, facts),
        *sentences.licence_steps(licences.held, licences.gaps, attested, facts),
        *sentences.promise_steps(binds, terms, judged.promised),
        sentences.outcome_step(judged.outcome.value),
    )
    used = {*judged.said, *licences.facts, *_identities(judged.asked, terms.id if terms else None)}
    used.update(fact for each in needed_by_all for fact in each.facts)
    used.update(ref(FactKind.STAKEHOLDER, holder.id) for holder in judged.present)
    if licences.gaps and attested is not None:
        used.add(ref(FactKind.ATTESTATION, attested.id))
    return Permission(
        question,
        answer,
        judged.standing,
        LicenceKnowledge(licences.held, licences.gaps, attested),
        judged.outcome,
        needed_by_all,
        trace,
        tuple(sorted(used)),
        recomputable=all(each.silence is not Silence.NOT_SHARED for each in judged.needed),
    )


def _outcome(
    answer: Answer,
    standing: tuple[RightStanding, ...],
    power_of_no: tuple[RightStanding, ...],
    parts: PartsSaid,
    licences: LicenceKnowledge,
    needed: tuple[PartyAnswer, ...],
    promised: tuple[PartyAnswer, ...],
    honours_every_refusal: bool,
) -> PermissionOutcome:
    """The first outcome that applies, in PRODUCT's order. `power_of_no`: standing of those who refused."""
    objected = answer.kind is AnswerKind.REFUSED
    by_others = [licence for licence in licences.held if not licence.asks_the_artist]
    everyone = (*needed, *promised)
    kinds = {each.answer.kind for each in everyone}

    # 6, 7: a needed party refuses; or the terms, or the licensor's agreement, promise to honour the no.
    if AnswerKind.REFUSED in kinds:
        return PermissionOutcome.REFUSED
    if (objected or parts.refused) and honours_every_refusal:
        return PermissionOutcome.REFUSED
    if objected:
        # A refusal without power, or one whose power nobody has looked up.
        if all(row.standing is Standing.UNKNOWN for row in power_of_no):
            return PermissionOutcome.REFUSED_UNCHECKED
        return PermissionOutcome.LICENSED_AGAINST_WISH if by_others else PermissionOutcome.OBJECTED
    if parts.refused:
        return _objected_in_part(parts, by_others)
    # 8: nothing is allowed unless every share of every touched right is covered.
    if licences.gaps:
        return (
            PermissionOutcome.NOT_LICENSED if licences.complete_by else PermissionOutcome.NO_AGREEMENT_KNOWN
        )
    in_part = any((licence.right, licence.carrier) in parts.without_yes for licence in by_others)
    if by_others and (in_part or not _rests_on_the_artist(answer, standing, promised)):
        return PermissionOutcome.LICENSED_BY_OTHERS
    # 4, 5, 6: any needed silence keeps it pending, whatever its reason.
    for lapsed, outcome in (
        (AnswerKind.EXPIRED, PermissionOutcome.EXPIRED),
        (AnswerKind.TERMS_CHANGED, PermissionOutcome.TERMS_CHANGED),
        (AnswerKind.CONDITIONS_UNMET, PermissionOutcome.CONDITIONS_UNMET),
    ):
        if lapsed in kinds:
            return outcome
    silent = [each for each in everyone if each.answer.kind is not AnswerKind.ALLOWED]
    if any(not each.has_proposal for each in silent):
        return PermissionOutcome.UNDECIDED
    if silent:
        return PermissionOutcome.PROPOSED
    return PermissionOutcome.ALLOWED


def _objected_in_part(parts: PartsSaid, by_others: list[Licence]) -> PermissionOutcome:
    """A no without power about a part outweighs any yes to the whole: others license the part, or nobody."""
    if all(standing is Standing.UNKNOWN for part in parts.refused for standing in part.standing):
        return PermissionOutcome.REFUSED_UNCHECKED
    refused = {pair for part in parts.refused for pair in part.carries}
    if any((licence.right, licence.carrier) in refused for licence in by_others):
        return PermissionOutcome.LICENSED_AGAINST_WISH
    return PermissionOutcome.OBJECTED


def _rests_on_the_artist(
    answer: Answer, standing: tuple[RightStanding, ...], promised: tuple[PartyAnswer, ...]
) -> bool:
    """Whether what is in force has, or waits for, the artist's own yes.

    It has it when the artist allowed with power. It has it or waits for it when some part is licensed under
    a promise to ask the artist: then that answer is looked at like any other that is needed.
    """
    with_power = answer.kind is AnswerKind.ALLOWED and any(row.standing in NEEDED for row in standing)
    return with_power or bool(promised)


def _nobody_is_never_everybody(
    right: Right, carrier: str, present: tuple[Stakeholder, ...]
) -> tuple[PartyAnswer, ...]:
    """6: a right with no known stakeholder, or with a split that is disputed or wrong, has a silent one."""
    if not present:
        return (PartyAnswer(None, right, carrier, UNDECIDED, Silence.UNKNOWN_PARTY),)
    if split_fault(right, present) is not None:
        rows = tuple(ref(FactKind.STAKEHOLDER, holder.id) for holder in present)
        return (PartyAnswer(None, right, carrier, UNDECIDED, Silence.SPLIT_FAULT, "", rows),)
    return ()


def _promised_a_say(
    asked: Asked,
    licences: Licences,
    holders: _Holders,
    facts: FactBook,
    needed: list[PartyAnswer],
) -> tuple[PartyAnswer, ...]:
    """Artists without power whom a licensor's agreement promises to ask: by that promise they are needed."""
    already = {(each.party, each.right, each.carrier) for each in needed}
    found: dict[tuple[PartyId, Right, str], PartyAnswer] = {}
    for licence in licences.held:
        if not licence.asks_the_artist:
            continue
        pair = (licence.right, licence.carrier)
        holding = [holder.party for holder in holders.get(pair, ()) if _is_artist(holder.party, facts)]
        carried = facts.works.get(WorkId(licence.carrier))
        for artist in dict.fromkeys([*holding, *(carried.artists[:1] if carried and not holding else ())]):
            key = (artist, *pair)
            party = facts.parties.get(artist)
            if key in already or key in found or party is None or not facts.is_in_reach(artist):
                continue
            answer, used = ledger_answer(party, Subject(SubjectKind.WORK, licence.carrier), asked, facts)
            silence = Silence.NO_ANSWER_YET if answer.kind is AnswerKind.UNDECIDED else None
            row = ref(FactKind.AGREEMENT, licence.agreement.id)
            found[key] = PartyAnswer(artist, *pair, answer, silence, "", (row, *used))
    return tuple(found.values())


def _artists_concerned(scene: Scene, holders: _Holders) -> tuple[ArtistId, ...]:
    """All artists in reach who hold a right in question or whose work it is."""
    facts = scene.facts
    named = [holder.party for present in holders.values() for holder in present]
    named += scene.work.artists if scene.work else [PartyId(scene.subject.id)]
    return _in_reach(named, facts)


def _in_reach(named: Iterable[PartyId], facts: FactBook) -> tuple[ArtistId, ...]:
    return tuple(
        party for party in dict.fromkeys(named) if _is_artist(party, facts) and facts.is_in_reach(party)
    )


def _is_artist(party: PartyId, facts: FactBook) -> bool:
    known = facts.parties.get(party)
    return known is not None and known.is_artist


def _artist_said(artist: ArtistId, asked: Asked, facts: FactBook) -> tuple[Answer, tuple[FactRef, ...]]:
    party = facts.parties.get(artist)
    if party is None:
        return artist_answer(artist, asked.subject, asked, facts)
    return ledger_answer(party, asked.subject, asked, facts)


def _standing_of(
    artist: ArtistId, holders: _Holders, instant: datetime, facts: FactBook
) -> tuple[RightStanding, ...]:
    """The artist's standing on each right in question, own or as a present member of a group."""
    rows = [
        RightStanding(right, holder.standing, holder)
        for (right, _), present in holders.items()
        for holder in _held_by(artist, present, instant, facts)
    ]
    if rows:
        return tuple(rows)
    rights = dict.fromkeys(right for right, _ in holders)
    return tuple(RightStanding(right, Standing.UNKNOWN, None) for right in rights)


def _held_by(
    artist: ArtistId, present: tuple[Stakeholder, ...], instant: datetime, facts: FactBook
) -> tuple[Stakeholder, ...]:
    """The rows that are the artist's own, or those of a group of which the artist is a member then."""
    speaks_in = {artist} | {
        group.id
        for group in facts.groups_of.get(artist, ())
        if any(m.member == artist and m.period.contains(instant) for m in group.members)
    }
    return tuple(holder for holder in present if holder.party in speaks_in)


def _objected_in_time(
    answer: Answer,
    parts: PartsSaid,
    carriers: Iterable[Carrier],
    programme: ProgrammeId | None,
    ground: Ground,
) -> frozenset[str]:
    """What a no was said about before the last day to object under some agreement with the programme."""
    if _is_no_in_time(answer, programme, ground):
        return frozenset(carrier for _, carrier in carriers)
    return frozenset(
        carrier
        for part in parts.refused
        if _is_no_in_time(part.answer, programme, ground)
        for _, carrier in part.carries
    )


def _is_no_in_time(answer: Answer, programme: ProgrammeId | None, ground: Ground) -> bool:
    if answer.kind is not AnswerKind.REFUSED or answer.recorded_at is None:
        return False
    said_on = answer.recorded_at.date()
    return any(said_on <= day for day in ground.days_to_object(programme))


def _identities(asked: Asked, terms: str | None) -> set[FactRef]:
    kind = FactKind.WORK if asked.subject.kind is SubjectKind.WORK else FactKind.PARTY
    found = {ref(kind, asked.subject.id)}
    if asked.programme is not None:
        found.add(ref(FactKind.PROGRAMME, asked.programme))
    if terms is not None:
        found.add(ref(FactKind.TERMS, terms))
    return found
