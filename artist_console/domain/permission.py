"""THE rule: may this programme use this work (or person) in this way, here, at this instant?

One pure function, `permission`, is called by the application, the backend, the command line and an offline
report. It returns four things side by side and never merges them: the artist's answer, its standing, what
is known of licences, and the outcome; with the trace that led there. The numbers in comments are those of
PRODUCT, "The permission rule"; read this file with that page beside it. The parts: `decisions` folds a
ledger into an answer (1 to 5), `answers` asks everybody who is needed (6, 7), `licences` collects the
agreements (8), `sentences` puts it into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import sentences
from .answers import Asked, PartyAnswer, Silence, answer_of, artist_answer, is_song, ledger_answer
from .decisions import UNDECIDED, Answer, AnswerKind, Context, most_cautious
from .facts import FactBook
from .ids import ArtistId, PartyId, ProgrammeId, WorkId
from .licences import Gap, Licence, Licences, known_licences
from .outcomes import PermissionOutcome
from .parties import NEEDED, RightStanding, Stakeholder, Standing, split_fault
from .programmes import Attestation, ListOf
from .registers import Subject, SubjectKind
from .trace import FactKind, FactRef, TraceStep, ref
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS, Right, Use, rights_touched


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
    places = _places(question, facts)
    if len(places) == 1:
        return _in_one_place(question, facts, places[0])
    found = {place: _in_one_place(question, facts, place) for place in places}
    whole = found[None]
    used = tuple(sorted({fact for each in found.values() for fact in each.facts}))
    if len({each.outcome for each in found.values()}) == 1:
        return _replaced(whole, whole.outcome, whole.trace, used)
    trace = tuple(sentences.outcome_in_place(place, each.outcome.value) for place, each in found.items())
    return _replaced(whole, PermissionOutcome.DIFFERS, (*whole.trace[:-1], *trace), used)


def combine(outcomes: frozenset[PermissionOutcome]) -> PermissionOutcome | None:
    """Several cells seen as one: their common outcome, or DIFFERS; None of no cells."""
    if not outcomes:
        return None
    return next(iter(outcomes)) if len(outcomes) == 1 else PermissionOutcome.DIFFERS


def _replaced(
    of: Permission, outcome: PermissionOutcome, trace: tuple[TraceStep, ...], facts: tuple[FactRef, ...]
) -> Permission:
    return Permission(
        of.question, of.answer, of.standing, of.licences, outcome, of.needed, trace, facts, of.recomputable
    )


def _in_one_place(question: Question, facts: FactBook, place: str | None) -> Permission:
    terms = facts.terms_at(question.programme, question.instant)
    context = Context(question.instant, terms, facts.terms, question.territory)
    asked = Asked(_canonical(question.subject, facts), question.programme, question.use, context)
    rights = _rights_in_question(asked, facts)
    carriers = _carriers(rights, asked, facts)
    holders = {pair: _holders(pair, facts, question.instant, place) for pair in carriers}
    artists = (question.artist,) if question.artist else _artists_concerned(asked, holders, facts)

    # The artist's answer and its standing.
    said = {artist: _artist_said(artist, asked, facts) for artist in artists}
    answer = most_cautious(own for own, _ in said.values())
    standings = {artist: _standing_of(artist, rights, holders, question, facts) for artist in artists}
    standing = tuple(row for rows in standings.values() for row in rows)
    power_of_no = tuple(
        row
        for artist, (own, _) in said.items()
        if own.kind is AnswerKind.REFUSED
        for row in standings[artist]
    )
    used = {fact for _, more in said.values() for fact in more}

    # 8: what is known of licences.
    objected = answer.kind is AnswerKind.REFUSED
    licences = known_licences(carriers, asked, facts, place, _objected_in_time(answer, asked, facts))
    used.update(licences.facts)

    # 6: everybody whose agreement is needed.
    needed: list[PartyAnswer] = []
    for (right, carrier), present in holders.items():
        needed += [
            answer_of(holder, asked, facts, licences.spoken)
            for holder in present
            if holder.standing in NEEDED
        ]
        needed += _nobody_is_never_everybody(right, carrier, present)
    promised = _promised_a_say(asked, artists, licences, holders, facts, needed)
    used.update(fact for each in (*needed, *promised) for fact in each.facts)
    used.update(ref(FactKind.STAKEHOLDER, holder.id) for present in holders.values() for holder in present)
    used.update(_identities(asked, terms.id if terms else None))

    attested = _attested(question, facts)
    if licences.gaps and attested is not None:
        used.add(ref(FactKind.ATTESTATION, attested.id))
    knowledge = LicenceKnowledge(licences.held, licences.gaps, attested)
    binding = bool(terms and terms.honours_every_refusal)
    outcome = _outcome(answer, standing, power_of_no, knowledge, tuple(needed), promised, binding)

    needed_by_all = (*needed, *promised)
    trace = (
        *sentences.answer_steps(artists, answer, asked, facts),
        *sentences.standing_steps(standing, artists, facts),
        *sentences.needed_steps(needed_by_all, artists, answer, facts),
        *sentences.proposal_steps(needed_by_all, facts),
        *sentences.licence_steps(knowledge.held, knowledge.gaps, attested, facts),
        *sentences.promise_steps(binding and objected, terms, promised),
        sentences.outcome_step(outcome.value),
    )
    return Permission(
        question,
        answer,
        standing,
        knowledge,
        outcome,
        needed_by_all,
        trace,
        tuple(sorted(used)),
        recomputable=all(each.silence is not Silence.NOT_SHARED for each in needed),
    )


def _outcome(
    answer: Answer,
    standing: tuple[RightStanding, ...],
    power_of_no: tuple[RightStanding, ...],
    licences: LicenceKnowledge,
    needed: tuple[PartyAnswer, ...],
    promised: tuple[PartyAnswer, ...],
    honours_every_refusal: bool,
) -> PermissionOutcome:
    """The first outcome that applies, in PRODUCT's order. `power_of_no`: standing of those who refused."""
    objected = answer.kind is AnswerKind.REFUSED
    by_others = [licence for licence in licences.held if not licence.asks_the_artist]

    # 6, 7: a needed party refuses; or the terms, or the licensor's agreement, promise to honour the no.
    if any(each.answer.kind is AnswerKind.REFUSED for each in (*needed, *promised)):
        return PermissionOutcome.REFUSED
    if objected and honours_every_refusal:
        return PermissionOutcome.REFUSED
    if objected:
        # A refusal without power, or one whose power nobody has looked up.
        if all(row.standing is Standing.UNKNOWN for row in power_of_no):
            return PermissionOutcome.REFUSED_UNCHECKED
        return PermissionOutcome.LICENSED_AGAINST_WISH if by_others else PermissionOutcome.OBJECTED
    # 8: nothing is allowed unless every share of every touched right is covered.
    if licences.gaps:
        return (
            PermissionOutcome.NOT_LICENSED if licences.complete_by else PermissionOutcome.NO_AGREEMENT_KNOWN
        )
    if by_others and not _rests_on_the_artist(answer, standing, promised):
        return PermissionOutcome.LICENSED_BY_OTHERS
    # 4, 5, 6: any needed silence keeps it pending, whatever its reason.
    everyone = (*needed, *promised)
    for lapsed, outcome in (
        (AnswerKind.EXPIRED, PermissionOutcome.EXPIRED),
        (AnswerKind.TERMS_CHANGED, PermissionOutcome.TERMS_CHANGED),
        (AnswerKind.CONDITIONS_UNMET, PermissionOutcome.CONDITIONS_UNMET),
    ):
        if any(each.answer.kind is lapsed for each in everyone):
            return outcome
    silent = [each for each in everyone if each.answer.kind is not AnswerKind.ALLOWED]
    if any(not each.has_proposal for each in silent):
        return PermissionOutcome.UNDECIDED
    if silent:
        return PermissionOutcome.PROPOSED
    return PermissionOutcome.ALLOWED


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
    rows = tuple(ref(FactKind.STAKEHOLDER, holder.id) for holder in present)
    if not present:
        return (PartyAnswer(None, right, carrier, UNDECIDED, Silence.UNKNOWN_PARTY),)
    if split_fault(right, present) is not None:
        return (PartyAnswer(None, right, carrier, UNDECIDED, Silence.SPLIT_FAULT, "", rows),)
    return ()


def _promised_a_say(
    asked: Asked,
    artists: tuple[ArtistId, ...],
    licences: Licences,
    holders: dict[tuple[Right, str], tuple[Stakeholder, ...]],
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
        work = facts.works.get(WorkId(licence.carrier))
        for artist in dict.fromkeys([*holding, *(work.artists[:1] if work and not holding else ())]):
            key = (artist, *pair)
            party = facts.parties.get(artist)
            if key in already or key in found or party is None or not facts.is_in_reach(artist):
                continue
            answer, used = ledger_answer(party, Subject(SubjectKind.WORK, licence.carrier), asked, facts)
            silence = Silence.NO_ANSWER_YET if answer.kind is AnswerKind.UNDECIDED else None
            row = ref(FactKind.AGREEMENT, licence.agreement.id)
            found[key] = PartyAnswer(artist, *pair, answer, silence, "", (row, *used))
    return tuple(found.values())


def _canonical(subject: Subject, facts: FactBook) -> Subject:
    work = facts.works.get(WorkId(subject.id)) if subject.kind is SubjectKind.WORK else None
    return Subject(SubjectKind.WORK, work.id) if work else subject


def _rights_in_question(asked: Asked, facts: FactBook) -> tuple[Right, ...]:
    """The rights touched by the use and added by the terms, as far as this subject carries them.

    A song carries its own rights only; a person, voice and likeness. A performer's right counts where a
    performer's agreement is recorded as needed. A use that touches nothing this subject carries keeps its
    rights: nobody is recorded for them, so it is never allowed.
    """
    touched = set(rights_touched(asked.use))
    if asked.context.terms is not None:
        touched |= {added.right for added in asked.context.terms.adds_rights if added.use is asked.use}
    if asked.subject.kind is SubjectKind.PERSON:
        own = touched & PERSONAL_RIGHTS
    elif is_song(WorkId(asked.subject.id), facts):
        own = touched & SONG_RIGHTS
    else:
        own = touched
        if Right.MASTER in touched and any(
            row.right is Right.PERFORMANCE and row.standing in NEEDED
            for row in facts.stakeholders.get(asked.subject.id, ())
        ):
            own = touched | {Right.PERFORMANCE}
    return tuple(right for right in Right if right in (own or touched))


def _carriers(rights: tuple[Right, ...], asked: Asked, facts: FactBook) -> tuple[tuple[Right, str], ...]:
    """Which work or person carries each right: the songs in a recording carry the songwriters' rights."""
    pairs: list[tuple[Right, str]] = []
    work = facts.works.get(WorkId(asked.subject.id)) if asked.subject.kind is SubjectKind.WORK else None
    for right in rights:
        songs = work.compositions if work is not None and right in SONG_RIGHTS else ()
        pairs += [(right, song) for song in songs] or [(right, asked.subject.id)]
    return tuple(pairs)


def _holders(
    pair: tuple[Right, str], facts: FactBook, instant: datetime, place: str | None
) -> tuple[Stakeholder, ...]:
    right, carrier = pair
    return tuple(
        row
        for row in facts.stakeholders.get(carrier, ())
        if row.right is right and row.period.contains(instant) and row.territories.covers(place)
    )


def _artists_concerned(
    asked: Asked, holders: dict[tuple[Right, str], tuple[Stakeholder, ...]], facts: FactBook
) -> tuple[ArtistId, ...]:
    """All artists in reach who hold a right in question or whose work it is."""
    named = [holder.party for present in holders.values() for holder in present]
    work = facts.works.get(WorkId(asked.subject.id)) if asked.subject.kind is SubjectKind.WORK else None
    named += work.artists if work else [PartyId(asked.subject.id)]
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
    artist: ArtistId,
    rights: tuple[Right, ...],
    holders: dict[tuple[Right, str], tuple[Stakeholder, ...]],
    question: Question,
    facts: FactBook,
) -> tuple[RightStanding, ...]:
    """The artist's standing on each right in question, own or as a present member of a group."""
    speaks_in = {artist} | {
        group.id
        for group in facts.groups_of.get(artist, ())
        if any(m.member == artist and m.period.contains(question.instant) for m in group.members)
    }
    rows = [
        RightStanding(right, holder.standing, holder)
        for (right, _), present in holders.items()
        for holder in present
        if holder.party in speaks_in
    ]
    return tuple(rows) or tuple(RightStanding(right, Standing.UNKNOWN, None) for right in rights)


def _objected_in_time(answer: Answer, asked: Asked, facts: FactBook) -> bool:
    """Whether the artist's no came before the last day to object under some agreement with the programme."""
    if answer.kind is not AnswerKind.REFUSED or answer.recorded_at is None or asked.programme is None:
        return False
    days = [a.object_until for a in facts.agreements.get(asked.programme, ()) if a.object_until is not None]
    return any(answer.recorded_at.date() <= day for day in days)


def _attested(question: Question, facts: FactBook) -> Attestation | None:
    """Who attested, by the day asked about, that the programme's list of agreements is complete."""
    if question.programme is None:
        return None
    said = [
        row
        for row in facts.attestations.get(question.programme, ())
        if row.of is ListOf.AGREEMENTS and row.as_of <= question.instant.date()
    ]
    return max(said, key=lambda row: (row.as_of, row.id), default=None)


def _identities(asked: Asked, terms: str | None) -> set[FactRef]:
    kind = FactKind.WORK if asked.subject.kind is SubjectKind.WORK else FactKind.PARTY
    found = {ref(kind, asked.subject.id)}
    if asked.programme is not None:
        found.add(ref(FactKind.PROGRAMME, asked.programme))
    if terms is not None:
        found.add(ref(FactKind.TERMS, terms))
    return found


def _places(question: Question, facts: FactBook) -> tuple[str | None, ...]:
    """The places to ask: the one given; else every place that the facts name, and (None) everywhere else."""
    if question.territory is not None:
        return (question.territory,)
    subject = _canonical(question.subject, facts)
    work = facts.works.get(WorkId(subject.id)) if subject.kind is SubjectKind.WORK else None
    carriers = (subject.id, *(work.compositions if work else ()))
    named: set[str] = set()
    for carrier in carriers:
        for holder in facts.stakeholders.get(carrier, ()):
            named.update(holder.territories.named)
        for control in facts.controls.get(WorkId(carrier), ()):
            named.update(control.territories.named)
    if question.programme is not None:
        for agreement in facts.agreements.get(question.programme, ()):
            named.update(agreement.territories.named)
    return (None, *sorted(named))
