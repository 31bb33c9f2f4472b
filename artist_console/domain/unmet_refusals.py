"""Money for a month that began when the answer was no, by what was recorded then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from .decisions import AnswerKind
from .finding_kinds import FindingKind
from .finding_records import DAY_BEGINS, Records
from .finding_uses import AGAINST, FOR_A_LAWYER
from .ids import ArtistId, PartyId, ProgrammeId, StatementId, WorkId
from .outcomes import PermissionOutcome
from .permission import Question, permission
from .phrases import day_in_words, say
from .registers import Stance, Subject, SubjectKind
from .statements import LineKind, exact_sum
from .unmet import PaidPart, ReconcileKind, Unmet, months_in_words
from .uses import Use, is_sensitive
from .works import Work

_Group = tuple[ArtistId, WorkId, ProgrammeId, StatementId, str]

# Paid for a use in a month. A guarantee, a settlement or a stake may pay for a time before the refusal.
_FOR_A_USE = frozenset(
    {
        LineKind.FEE_TRAINING,
        LineKind.FEE_VERSION,
        LineKind.POOL_SUBSCRIPTION,
        LineKind.USAGE_GENERATION,
        LineKind.USAGE_OUTPUT_ATTRIBUTED,
        LineKind.USAGE_OUTPUT_ANALOGY,
        LineKind.USAGE_STREAM_DERIVATIVE,
        LineKind.VOICE_MODEL,
    }
)
TRAINED_BEFORE = (
    "A model that was trained before your no may go on earning. Whether it may, its terms decide."
)


def paid_after_refusal(
    records: Records, parts: Iterable[PaidPart], issuers: Mapping[StatementId, str]
) -> Iterator[Unmet]:
    """Money for a month that began when every use it can be for was refused, by what was recorded then."""
    groups: defaultdict[tuple[ArtistId, WorkId, ProgrammeId, StatementId, str], list[PaidPart]] = defaultdict(
        list
    )
    kinds: dict[tuple[ArtistId, WorkId, ProgrammeId, StatementId, str], FindingKind] = {}
    noes = _Noes(records)
    for part in parts:
        if part.kind not in _FOR_A_USE or part.work is None or part.programme is None:
            continue
        work = records.facts.works.get(part.work)
        if work is None:
            continue
        against = noes.against(part, work)
        if against is None:
            continue
        key = (part.artist, work.id, part.programme, part.statement, part.currency)
        groups[key].append(part)
        kinds[key] = max((against, kinds.get(key, against)), key=tuple(FindingKind).index)
    for key, held in sorted(groups.items()):
        yield _refused_row(records, key, held, kinds[key], issuers)


def _uses_of(records: Records, part: PaidPart) -> tuple[Use, ...]:
    """The use that is paid for, or all that it can be: only a no to all of them is surely one."""
    if part.use is not None:
        return (part.use,)
    known = records.facts.programmes.get(part.programme) if part.programme is not None else None
    declared = known.uses if known is not None else ()
    return declared or tuple(use for use in Use if not is_sensitive(use))


class _Noes:
    """Since when somebody's no can speak against a use of a work: what no such no is about need not be asked.

    The whole rule is asked of the rest: of thousands of payments few are for something that was refused.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._first: dict[tuple[ArtistId, WorkId, ProgrammeId | None, Use], datetime | None] = {}

    def against(self, part: PaidPart, work: Work) -> FindingKind | None:
        at = datetime.combine(part.month, DAY_BEGINS)
        uses = _uses_of(self._records, part)
        if not uses or not all(self._can_be(part, work, use, at) for use in uses):
            return None
        kinds = []
        for use in uses:
            answer, outcome = self._records.outcome(part.artist, work.id, part.programme, use, at)
            if answer is not AnswerKind.REFUSED:
                return None
            kinds.append(_kind_of(outcome))
        return max(kinds, key=tuple(FindingKind).index)

    def _can_be(self, part: PaidPart, work: Work, use: Use, at: datetime) -> bool:
        if work.unreleased:
            return True  # refused without a word
        key = (part.artist, work.id, part.programme, use)
        if key not in self._first:
            self._first[key] = self._first_no(*key)
        first = self._first[key]
        return first is not None and first <= at

    def _first_no(
        self, artist: ArtistId, work: WorkId, programme: ProgrammeId | None, use: Use
    ) -> datetime | None:
        """When the first no was recorded that can cover this, of the artist or of a member of the group."""
        facts = self._records.facts
        party = facts.parties.get(artist)
        members: tuple[PartyId | None, ...] = ()
        if party is not None:
            members = (*(each.member for each in party.members), party.group_speaker)
        subjects = [
            (SubjectKind.ALL, ""),
            *((SubjectKind.RELEASE, held.release) for held in facts.memberships.get(work, ())),
            *((SubjectKind.WORK, id) for id in (work, *facts.works[work].merged_ids)),
        ]
        return min(
            (
                said.at
                for speaker in dict.fromkeys((artist, *members))
                if speaker is not None
                for said in facts.said_about(speaker, subjects, programme, use)
                if said.decision.stance is Stance.REFUSE
            ),
            default=None,
        )


def _kind_of(outcome: PermissionOutcome) -> FindingKind:
    return AGAINST.get(outcome, FindingKind.USED_AGAINST_WISH)


def _refused_row(
    records: Records,
    key: _Group,
    held: Sequence[PaidPart],
    kind: FindingKind,
    issuers: Mapping[StatementId, str],
) -> Unmet:
    artist, work, programme, statement, currency = key
    first, last = min(part.month for part in held), max(part.month for part in held)
    at = datetime.combine(first, DAY_BEGINS)
    use = _uses_of(records, held[0])[0]
    answer = permission(
        Question(artist, Subject(SubjectKind.WORK, work), programme, use, at), records.facts
    ).answer
    title, name = records.facts.works[work].title, records.programme_name(programme)
    period = months_in_words(first, last)
    words = [say("Paid for {period}, when your answer for it was no.", period=period)]
    if answer.recorded_at is not None:
        words.append(say("Your no was recorded on {date}.", date=day_in_words(answer.recorded_at)))
    if kind is FindingKind.USED_AGAINST_WISH:
        words.append(say("As far as we know, your no did not by itself stop a licence then."))
    words += [say(TRAINED_BEFORE), say(FOR_A_LAWYER)]
    asked = say(
        "The statement pays for “{work}” in {programme} for {period}. The artist had refused this use before."
        " Which use is it paid for, of which model version, and on what basis?",
        work=title,
        programme=name,
        period=period,
    )
    return Unmet(
        key=f"{ReconcileKind.PAID_AFTER_REFUSAL.value}/{artist}/{work}/{programme}/{statement}/{currency}",
        kind=ReconcileKind.PAID_AFTER_REFUSAL,
        artist=artist,
        work=work,
        programme=programme,
        since=first,
        until=last,
        words=tuple(words),
        asked=asked,
        statement=statement,
        issuer=issuers.get(statement, ""),
        currency=currency,
        amount=exact_sum(part.amount for part in held),
        decision=answer.by.id if answer.by is not None else "",
    )
