"""Findings about what others licensed, what models came after, and mandates that end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from .decisions import AnswerKind
from .finding import Finding
from .finding_kinds import FindingKind
from .finding_records import NOON, Records, in_scope
from .finding_uses import FOR_A_LAWYER
from .ids import ArtistId, ModelVersionId, ProgrammeId, WorkId
from .inclusion import ModelVersion
from .lineage import NOT_SHOWN, Family
from .outcomes import PermissionOutcome
from .parties import Standing
from .phrases import Sentence, day_in_words, say
from .programmes import ASKS_THE_ARTIST, Agreement, ApprovalClause, Silence
from .summaries import HOLDS
from .trace import FactKind, FactRef, ref
from .words import CLAUSE
from .works import Work

MANDATE_NOTICE_DAYS = 60

_BY_OTHERS = frozenset({PermissionOutcome.LICENSED_BY_OTHERS, PermissionOutcome.LICENSED_AGAINST_WISH})


def findings_of_licences(records: Records) -> Iterator[Finding]:
    instant = datetime.combine(records.today, NOON)
    for artist in records.artists:
        for agreements in records.facts.agreements.values():
            for agreement in agreements:
                if not agreement.period.contains(instant):
                    continue
                found = _by_co_owner(artist, agreement, records) or _by_others(artist, agreement, records)
                if found is not None:
                    yield found
    yield from _successors(records)
    yield from _mandates(records)


def _reached(artist: ArtistId, agreement: Agreement, records: Records) -> Iterator[tuple[Work, WorkId]]:
    """The artist's works in an agreement's scope, each with the carrier that brings it in."""
    instant = datetime.combine(records.today, NOON)
    reached: set[WorkId] = set()
    for work, control in records.licensable.get((artist, agreement.licensor), ()):
        if work.id not in reached and in_scope(agreement, control) and control.period.contains(instant):
            reached.add(work.id)
            yield work, control.work


def _by_others(artist: ArtistId, agreement: Agreement, records: Records) -> Finding | None:
    """Works that a licensor licensed without asking, or will once the day to object has passed."""
    if agreement.clause in ASKS_THE_ARTIST or agreement.licensor == artist:
        return None
    running = (
        agreement.clause is ApprovalClause.DEFAULT_AFTER_NOTICE
        and agreement.object_until is not None
        and records.today <= agreement.object_until
    )
    at = datetime.combine(records.today, NOON)
    concerned = []
    for work, _ in _reached(artist, agreement, records):
        results = [records.outcome(artist, work.id, agreement.programme, use, at) for use in agreement.uses]
        if any(outcome in _BY_OTHERS for _, outcome in results) or (
            running and any(answer is AnswerKind.UNDECIDED for answer, _ in results)
        ):
            concerned.append(work)
    if not concerned:
        return None
    licensor = records.party_name(agreement.licensor)
    programme = records.programme_name(agreement.programme)
    words = [
        say(
            "{licensor} says it licensed 1 work to {programme}: {clause}."
            if len(concerned) == 1
            else "{licensor} says it licensed {n} works to {programme}: {clause}.",
            licensor=licensor,
            n=str(len(concerned)),
            programme=programme,
            clause=CLAUSE[agreement.clause].lower(),
        )
    ]
    deadline = agreement.object_until if running else None
    if deadline is not None:
        words.append(
            say(
                "You can object until {date}. {licensor} says it will take silence as yes.",
                date=day_in_words(deadline),
                licensor=licensor,
            )
        )
    words.append(say("This is what the licensor says. It is not your yes."))
    since = agreement.notice_given_on or agreement.period.since or agreement.recorded.at.date()
    return _about_works(
        FindingKind.LICENSED_BY_OTHERS,
        ("Licensed by others: {work}, {programme}", "Licensed by others: {n} works, {programme}"),
        artist, concerned, agreement.programme, programme, since, tuple(words),
        (ref(FactKind.AGREEMENT, agreement.id),), agreement.id, deadline,
    )  # fmt: skip


def _by_co_owner(artist: ArtistId, agreement: Agreement, records: Records) -> Finding | None:
    """Works of which somebody who owns a share licensed it, while the artist, who owns one too, has not."""
    if agreement.licensor == artist:
        return None
    instant = datetime.combine(records.today, NOON)
    concerned = []
    for work, carrier in _reached(artist, agreement, records):
        holders = [h for h in records.facts.stakeholders.get(carrier, ()) if h.period.contains(instant)]
        own = {h.right for h in holders if h.party == artist and h.standing is Standing.SHARES}
        others = {
            h.right
            for h in holders
            if h.party == agreement.licensor and h.standing in (Standing.SHARES, Standing.CONTROLS)
        }
        if not own & others & set(agreement.rights):
            continue
        at = instant
        answers = {
            records.outcome(artist, carrier, agreement.programme, use, at)[0] for use in agreement.uses
        }
        if answers != {AnswerKind.ALLOWED}:
            concerned.append(work)
    if not concerned:
        return None
    programme = records.programme_name(agreement.programme)
    words = (
        say(
            "{licensor} owns a share and says it licensed it to {programme}. You own a share too and have"
            " not allowed every use in that agreement.",
            licensor=records.party_name(agreement.licensor),
            programme=programme,
        ),
        say("What one owner may do alone depends on country and contract."),
        say(FOR_A_LAWYER),
    )
    since = agreement.period.since or agreement.recorded.at.date()
    return _about_works(
        FindingKind.LICENSED_BY_CO_OWNER,
        ("Licensed by a co-owner: {work}, {programme}", "Licensed by a co-owner: {n} works, {programme}"),
        artist, concerned, agreement.programme, programme, since, words,
        (ref(FactKind.AGREEMENT, agreement.id),), agreement.id, None,
    )  # fmt: skip


def _successors(records: Records) -> Iterator[Finding]:
    """Models that descend from one that holds the artist's works, offered under other terms."""
    held: defaultdict[tuple[ArtistId, ModelVersionId], list[Work]] = defaultdict(list)
    for seen in records.seen():
        said = seen.place.current
        if said.model is not None and said.state in HOLDS:
            held[seen.artist, said.model].append(seen.work)
    family = Family((), records.models.values())
    for (artist, id), works in sorted(held.items(), key=lambda pair: pair[0]):
        former = records.models.get(id)
        also = {other for owner, other in held if owner == artist}
        if former is None:
            continue
        for model in _under_other_terms(former, also, family, records):
            yield _successor(artist, list(dict.fromkeys(works)), former, model, records)


def _under_other_terms(
    former: ModelVersion, also: set[ModelVersionId], family: Family, records: Records
) -> Iterator[ModelVersion]:
    """The first of each line of descent that is offered under other terms than the one it comes from.

    A line ends where another model is stated to hold the artist's works: that one is asked for itself.
    """
    seen, coming = {former.id}, [former]
    while coming:
        here = coming.pop()
        for child, _ in family.children.get(here.id, ()):
            if child.id in seen:
                continue
            seen.add(child.id)
            if _terms_differ(here, child, records):
                yield child
            elif child.id not in also:
                coming.append(child)


def _terms_differ(former: ModelVersion, model: ModelVersion, records: Records) -> bool:
    if former.programme != model.programme:
        return True
    days = (former.released_on, model.released_on)
    terms = [
        records.facts.terms_at(model.programme, datetime.combine(day, NOON))
        for day in days
        if day is not None
    ]
    return len(terms) == 2 and terms[0] != terms[1]


def _successor(
    artist: ArtistId, works: list[Work], former: ModelVersion, model: ModelVersion, records: Records
) -> Finding:
    programme = records.programme_name(model.programme)
    words = (
        say(
            "{model} descends from {former}, which is stated to be trained on {n} of your works.",
            model=f"{model.name} {model.version}".strip(),
            former=f"{former.name} {former.version}".strip(),
            n=str(len(works)),
        ),
        say(
            "It is offered in {programme} under other terms than those that {former} came out under.",
            programme=programme,
            former=f"{former.name} {former.version}".strip(),
        ),
        *([say("That is told {how}.", how=NOT_SHOWN)] if model.claimed or former.claimed else []),
        say(FOR_A_LAWYER),
    )
    since = model.released_on or records.today
    return _about_works(
        FindingKind.SUCCESSOR_OTHER_TERMS,
        ("A successor model under other terms: {work}", "A successor model under other terms: {n} works"),
        artist, works, model.programme, programme, since, words,
        (ref(FactKind.MODEL, former.id), ref(FactKind.MODEL, model.id)), f"{former.id}/{model.id}", None,
    )  # fmt: skip


def _mandates(records: Records) -> Iterator[Finding]:
    instant = datetime.combine(records.today, NOON)
    for mandate in records.mandates:
        if mandate.until is None or mandate.artist not in records.artists or not mandate.is_in_force(instant):
            continue
        if mandate.until - records.today > timedelta(days=MANDATE_NOTICE_DAYS):
            continue
        holder = mandate.holder_name or "The holder"
        words = (
            say(
                "The mandate that {artist} gave {holder} ends on {date}.",
                artist=records.party_name(mandate.artist),
                holder=holder,
                date=day_in_words(mandate.until),
            ),
            say("What was decided under it stays."),
        )
        yield Finding(
            id=f"{FindingKind.MANDATE_ENDS.value}/{mandate.artist}/{mandate.id}",
            kind=FindingKind.MANDATE_ENDS,
            artist=mandate.artist,
            work=None,
            programme=None,
            since=mandate.until - timedelta(days=MANDATE_NOTICE_DAYS),
            deadline=mandate.until,
            silence=None,
            title=say("Mandate ends: {holder}", holder=holder),
            words=words,
            facts=(ref(FactKind.MANDATE, mandate.id),),
        )


def _about_works(
    kind: FindingKind,
    titles: tuple[str, str],
    artist: ArtistId,
    works: list[Work],
    programme: ProgrammeId | None,
    programme_name: str,
    since: date,
    words: tuple[Sentence, ...],
    facts: tuple[FactRef, ...],
    source: str,
    deadline: date | None,
) -> Finding:
    """A finding about one or many works; `titles` are for one and for many."""
    only = works[0] if len(works) == 1 else None
    title = (
        say(titles[0], work=only.title, programme=programme_name)
        if only
        else say(titles[1], n=str(len(works)), programme=programme_name)
    )
    return Finding(
        id=f"{kind.value}/{artist}/{source}",
        kind=kind,
        artist=artist,
        work=only.id if only else None,
        programme=programme,
        since=since,
        deadline=deadline,
        silence=Silence.TAKEN_AS_YES if deadline else None,
        title=title,
        words=words,
        facts=facts,
        works=tuple(work.id for work in works),
    )
