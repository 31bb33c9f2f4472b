"""The sentences of a trace: templates with named fields, in a musician's words.

One function per kind of step. Templates stand here as literals, so that the interface can translate them;
names of parties appear only where the permission rule may tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from .answers import Asked, PartyAnswer, Silence
from .decisions import Answer, AnswerKind, Decision
from .facts import FactBook
from .ids import ArtistId, PartyId, ReleaseId, WorkId
from .licences import Gap, Licence
from .parties import RightStanding, Standing
from .parts import PartRefusal
from .programmes import ApprovalClause, Attestation, TermsVersion
from .registers import SubjectKind, UseScopeKind
from .trace import FactKind, TraceStep, ref, step

UNRELEASED = "{work} is unreleased: every use of it is refused, except single ones that {artist} allows."
ANSWER: dict[AnswerKind, tuple[str, str]] = {
    AnswerKind.ALLOWED: ("3", "{artist} allowed this on {date}{scope}."),
    AnswerKind.REFUSED: ("3", "{artist} refused this on {date}{scope}."),
    AnswerKind.EXPIRED: ("4", "{artist} allowed this on {date}, until {until}. That day has passed."),
    AnswerKind.TERMS_CHANGED: (
        "4",
        "{artist} allowed this on {date} under earlier terms. New terms are in effect.",
    ),
    AnswerKind.CONDITIONS_UNMET: (
        "4",
        "{artist} allowed this on {date} on conditions that are not met: {conditions}.",
    ),
    AnswerKind.UNDECIDED: ("5", "{artist} has not decided. Silence permits nothing that needs a yes."),
}

# A no about a part: the song in a recording, the artist's own voice on it.
SONG_REFUSED = "{artist} refused this on {date} for the song in it, {work}{scope}."
VOICE_REFUSED = "{artist} refused this on {date} for their voice, name and image."

SCOPE: dict[SubjectKind, str] = {
    SubjectKind.ALL: ", for all works",
    SubjectKind.RELEASE: ", for the release {release}",
    SubjectKind.WORK: "",
    SubjectKind.PERSON: ", for their voice, name and image",
}

CONDITION: dict[str, str] = {
    "territory": "only in the territories named",
    "walled_garden_only": "only inside the operator's own service",
    "no_style_prompts": "no prompts that name an artist",
    "minimum_rate": "a minimum rate",
}

STANDING: dict[Standing, str] = {
    Standing.CONTROLS: "{artist} controls the {right}: the answer decides. Source: {source}.",
    Standing.SHARES: "{artist} holds a share of the {right}: the answer is needed. Source: {source}.",
    Standing.APPROVES: "{artist} has a say about the {right}: the answer is needed. Source: {source}.",
    Standing.PERSONAL: "The {right} is {artist}'s own, whoever owns the recording: the answer is needed.",
    Standing.THROUGH_BODY: (
        "{artist}'s part of the {right} is exercised by a publisher, society or distributor: the answer is"
        " recorded and can be sent; by itself it does not stop a licence. Source: {source}."
    ),
    Standing.WISH: (
        "As far as we know {artist} has no say about the {right}: the answer is recorded and can be sent; by"
        " itself it does not stop a licence. Source: {source}."
    ),
    Standing.UNKNOWN: "What {artist}'s answer can do about the {right} is not known here.",
}

RIGHT: dict[str, str] = {
    "master": "recording",
    "composition": "song",
    "lyrics": "lyrics",
    "performance": "performance",
    "voice": "voice",
    "likeness": "name and image",
    "moral": "moral right",
}

SILENCE: dict[Silence, str] = {
    Silence.UNKNOWN_PARTY: "Nobody is recorded for the {right} of {work}. Nobody is never everybody.",
    Silence.SPLIT_FAULT: (
        "The shares of the {right} of {work} are disputed or do not add up, so not everyone has agreed."
    ),
    Silence.UNREACHABLE: "{party} could not be reached about the {right}: {words}.",
    Silence.NO_ANSWER_YET: "{party} has not answered about the {right} yet.",
    Silence.CAME_BACK: (
        "The {right} of {work} came back after {party} had said yes. A no carries over; a yes is asked again."
    ),
    Silence.NOT_SHARED: "Not everyone has agreed about the {right}. Who, is not shared with you.",
}

CLAUSE: dict[ApprovalClause, str] = {
    ApprovalClause.ARTIST_OPT_IN: (
        "{licensor} licensed the {right} of {work}, and promised to ask the artist first."
    ),
    ApprovalClause.SINGLE_USE_APPROVAL: (
        "{licensor} licensed the {right} of {work}, each use with the artist's approval."
    ),
    ApprovalClause.BLANKET: (
        "{licensor} says it licensed the {right} of {work} as a whole, without asking the artist."
    ),
    ApprovalClause.DEFAULT_AFTER_NOTICE: (
        "{licensor} says it licensed the {right} of {work} because nobody objected after its notice."
    ),
    ApprovalClause.COLLECTIVE: (
        "{licensor} says it licensed the {right} of {work} for everyone it represents."
    ),
    ApprovalClause.STATUTORY: "{licensor} says the law licenses the {right} of {work} through it.",
}

# Where the artist is the licensor too, nobody stands between who asks and who is asked.
OWN_AGREEMENT = (
    "{licensor} has a direct agreement for the {right} of {work}. It covers only what {licensor} allows."
)

OTHER_REFUSED = "{party} refused for the {right} of {work}."
YES_LAPSED = "{party} allowed this for the {right} of {work}, but that yes does not hold now."
OTHERS_NOT_AGREED = "Not everyone has agreed about the {right} of {work}."
GAP = "No agreement is known that covers the {right} of {work} in full."
COMPLETE_LIST = (
    "{who} states that its list of agreements is complete as of {date}; none covers the {right} of {work}."
)
PROPOSED_YES = (
    "A yes for the {right} of {work} was proposed on {date}. It counts once {artist} has signed it."
)

OUTCOME: dict[str, str] = {
    "refused": "So it is refused.",
    "refused_unchecked": "So it is refused, but what this refusal can do has not been looked up.",
    "licensed_against_wish": "So it is licensed by others against the artist's wish.",
    "objected": "So the objection is recorded. It does not by itself stop a licence; none is known.",
    "not_licensed": "So it is not licensed.",
    "no_agreement_known": "So nothing is allowed: no agreement is known that covers every share.",
    "licensed_by_others": (
        "So it is licensed by others. This is what the licensors say; it is not the artist's yes."
    ),
    "expired": "So the yes has expired and nothing is allowed.",
    "terms_changed": "So it waits for an answer to the new terms.",
    "conditions_unmet": "So nothing is allowed until the conditions are met.",
    "undecided": "So it waits: not everyone whose agreement is needed has answered.",
    "proposed": "So it waits for a co-signature.",
    "allowed": "So it is allowed.",
    "differs": "So the outcome differs by place.",
}


def _name(party: PartyId | None, facts: FactBook) -> str:
    known = facts.parties.get(party) if party else None
    return known.name if known else "Somebody"


def _title(carrier: str, facts: FactBook) -> str:
    work = facts.works.get(WorkId(carrier))
    if work is not None:
        return f"“{work.title}”"
    return _name(PartyId(carrier), facts)


def _day(when: date | datetime) -> str:
    day = when.date() if isinstance(when, datetime) else when
    return f"{day.day} {day:%B %Y}"


def answer_steps(
    artists: Sequence[ArtistId], answer: Answer, asked: Asked, facts: FactBook
) -> tuple[TraceStep, ...]:
    """What the artist said: one step for the answer that counts."""
    by = answer.by
    who = by.register.artist if by else (artists[0] if artists else None)
    named = _name(who, facts) if who else "No artist known here"
    rule, template = ANSWER[answer.kind]
    if answer.kind is AnswerKind.REFUSED and by is None:
        work = asked.subject.id
        return (step("3", UNRELEASED, ref(FactKind.WORK, work), work=_title(work, facts), artist=named),)
    used = [ref(FactKind.DECISION, by.id)] if by else []
    scope = _scope(by, facts) if by is not None else ""
    steps = [
        step(
            rule,
            template,
            *used,
            artist=named,
            date=_day(answer.recorded_at) if answer.recorded_at else "",
            scope=scope,
            until=_day(by.conditions.until) if by and by.conditions.until else "",
            conditions=", ".join(CONDITION[name] for name in answer.unmet),
        )
    ]
    if answer.open_conditions and answer.kind is AnswerKind.ALLOWED:
        listed = ", ".join(CONDITION[name] for name in answer.open_conditions)
        steps.append(step("4", "The yes holds on conditions: {conditions}.", *used, conditions=listed))
    return tuple(steps)


def _scope(by: Decision, facts: FactBook) -> str:
    release = facts.releases.get(ReleaseId(by.register.subject.id))
    scope = SCOPE[by.register.subject.kind].format(release=f"“{release.title}”" if release else "")
    return scope + ", for every use" if by.register.use.kind is UseScopeKind.ANY else scope


def part_steps(refused: Iterable[PartRefusal], facts: FactBook) -> tuple[TraceStep, ...]:
    """What an artist refused about a part, beside the answer for the whole."""
    steps = []
    for each in refused:
        by, artist = each.answer.by, _name(each.artist, facts)
        work = _title(each.part.id, facts)
        if by is None:
            steps.append(step("3", UNRELEASED, ref(FactKind.WORK, each.part.id), work=work, artist=artist))
            continue
        date = _day(each.answer.recorded_at) if each.answer.recorded_at else ""
        used = ref(FactKind.DECISION, by.id)
        if each.part.kind is SubjectKind.PERSON:
            steps.append(step("3", VOICE_REFUSED, used, artist=artist, date=date))
        else:
            scope = _scope(by, facts)
            steps.append(step("3", SONG_REFUSED, used, artist=artist, date=date, work=work, scope=scope))
    return tuple(dict.fromkeys(steps))


def standing_steps(
    standing: Iterable[RightStanding], artists: Sequence[ArtistId], facts: FactBook
) -> tuple[TraceStep, ...]:
    """What the answer can do, right by right."""
    steps = []
    for row in standing:
        party = row.stakeholder.party if row.stakeholder else (artists[0] if artists else None)
        used = [ref(FactKind.STAKEHOLDER, row.stakeholder.id)] if row.stakeholder else []
        steps.append(
            step(
                "7" if row.standing in (Standing.THROUGH_BODY, Standing.WISH) else "6",
                STANDING[row.standing],
                *used,
                artist=_name(party, facts),
                right=RIGHT[row.right.value],
                source=(row.stakeholder.source if row.stakeholder else "") or "not stated",
            )
        )
    return tuple(steps)


def needed_steps(
    needed: Iterable[PartyAnswer], artists: Sequence[ArtistId], answer: Answer, facts: FactBook
) -> tuple[TraceStep, ...]:
    """Whose agreement is needed besides the `answer` told already: others', and own ones that differ from it.

    An own answer can differ: the song in a recording is answered for as a work of its own. A name and an
    answer of others stand here only where that party shares them.
    """
    steps = []
    for each in needed:
        is_own = each.party in artists
        if is_own and each.answer.kind is answer.kind:
            continue
        right, work = RIGHT[each.right.value], _title(each.carrier, facts)
        party = facts.parties.get(each.party) if each.party else None
        tells = is_own or (party is not None and (party.shares_answers or not party.is_artist))
        if each.answer.kind is AnswerKind.REFUSED:
            template = OTHER_REFUSED if tells else OTHERS_NOT_AGREED
        elif each.answer.kind is AnswerKind.ALLOWED:
            template = (
                "{party} agreed for the {right} of {work}."
                if tells
                else "Everyone else agreed for the {right} of {work}."
            )
        elif each.answer.kind is not AnswerKind.UNDECIDED:
            template = YES_LAPSED if tells else OTHERS_NOT_AGREED
        elif each.silence in (Silence.NO_ANSWER_YET, Silence.UNREACHABLE) and not tells:
            template = OTHERS_NOT_AGREED
        else:
            template = SILENCE[each.silence or Silence.NO_ANSWER_YET]
        fields = {
            "party": _name(each.party, facts) if tells else "Somebody else",
            "right": right,
            "work": work,
            "words": each.words,
        }
        steps.append(TraceStep("6", template, tuple(fields.items()), each.facts))
    return tuple(dict.fromkeys(steps))


def licence_steps(
    held: Iterable[Licence], gaps: Iterable[Gap], attested: Attestation | None, facts: FactBook
) -> tuple[TraceStep, ...]:
    """Which agreements are known and what they leave open."""
    steps = [
        step(
            "8",
            OWN_AGREEMENT if _asks_itself(licence, facts) else CLAUSE[licence.agreement.clause],
            ref(FactKind.AGREEMENT, licence.agreement.id),
            ref(FactKind.CONTROL, licence.control.id),
            licensor=_name(licence.agreement.licensor, facts),
            right=RIGHT[licence.right.value],
            work=_title(licence.carrier, facts),
        )
        for licence in held
    ]
    for gap in gaps:
        right, work = RIGHT[gap.right.value], _title(gap.carrier, facts)
        if attested is not None:
            fact = ref(FactKind.ATTESTATION, attested.id)
            who, on = _name(attested.stated_by, facts), _day(attested.as_of)
            steps.append(step("8", COMPLETE_LIST, fact, who=who, date=on, right=right, work=work))
        else:
            steps.append(step("8", GAP, right=right, work=work))
    return tuple(dict.fromkeys(steps))


def _asks_itself(licence: Licence, facts: FactBook) -> bool:
    party = facts.parties.get(licence.agreement.licensor)
    return licence.asks_the_artist and party is not None and party.is_artist


def proposal_steps(needed: Iterable[PartyAnswer], facts: FactBook) -> tuple[TraceStep, ...]:
    """What others proposed in the name of those who have not answered."""
    steps = []
    for each in needed:
        if not each.has_proposal or each.party is None:
            continue
        for proposed in facts.proposals.get(each.party, ()):
            fact = ref(FactKind.DECISION, proposed.id)
            if fact in each.facts:
                steps.append(
                    step(
                        "9",
                        PROPOSED_YES,
                        fact,
                        artist=_name(each.party, facts),
                        date=_day(proposed.made_at),
                        right=RIGHT[each.right.value],
                        work=_title(each.carrier, facts),
                    )
                )
    return tuple(dict.fromkeys(steps))


def promise_steps(
    binds: bool, terms: TermsVersion | None, promised: Iterable[PartyAnswer]
) -> tuple[TraceStep, ...]:
    """Promises that give a wish its power."""
    steps = []
    if binds and terms is not None:
        template = "The programme's terms, version {number}, promise to honour every artist's refusal."
        steps.append(step("7", template, ref(FactKind.TERMS, terms.id), number=str(terms.number)))
    for each in promised:
        template = (
            "The licensor promised to ask the artist about the {right}: by that promise the answer counts."
        )
        steps.append(TraceStep("7", template, (("right", RIGHT[each.right.value]),), each.facts[:1]))
    return tuple(dict.fromkeys(steps))


def outcome_step(outcome: str) -> TraceStep:
    return step("outcome", OUTCOME[outcome])


def outcome_in_place(place: str | None, outcome: str) -> TraceStep:
    """For an answer that differs by place."""
    where = place if place is not None else "everywhere else"
    return step("8", "In {place}: {outcome}", place=where, outcome=OUTCOME[outcome])
