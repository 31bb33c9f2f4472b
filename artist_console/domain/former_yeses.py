"""Which yeses of an artist stand today, which ever stood, and what ended each.

A letter that says no may not say that there never was a yes where a signed one is in the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .decisions import Recording
from .facts import FactBook
from .ids import ArtistId, ProgrammeId, WorkId
from .registers import ALL_MY_WORKS, Stance, Subject, SubjectKind
from .uses import Use


@dataclass(frozen=True, slots=True)
class Yes:
    """One yes of the ledger, about one subject, programme and use."""

    subject: str  # the work that stays of merged ones, or the person
    programme: ProgrammeId | None
    use: Use
    said_on: date
    ended_on: date | None  # from when it counts no longer; None: it stands, today or from its first day


def yeses_of(artist: ArtistId, facts: FactBook, today: date) -> tuple[Yes, ...]:
    """Every yes that was ever recorded, in ledger order.

    One that lapsed by its own last day ended on the day after; one that another yes in the same place took
    over is told by that one.
    """
    said = facts.said.get(artist, ())
    later: defaultdict[Subject, list[Recording]] = defaultdict(list)
    for recording in said:
        later[recording.decision.register.subject].append(recording)
    found: list[Yes] = []
    for recording in said:
        decision = recording.decision
        if decision.stance is not Stance.ALLOW:
            continue
        own = decision.register
        work = facts.works.get(WorkId(own.subject.id)) if own.subject.kind is SubjectKind.WORK else None
        subject = work.id if work is not None else own.subject.id
        after = _after(recording, later, facts)
        if _is_replaced(recording, after):
            continue
        ended = _ended_on(recording, after, today)
        for use in sorted(own.use.uses, key=lambda each: each.value):
            found.append(Yes(subject, own.programme, use, recording.at.date(), ended))
    return tuple(found)


def _after(
    yes: Recording, later: defaultdict[Subject, list[Recording]], facts: FactBook
) -> tuple[Recording, ...]:
    """What was said after a yes of its subject, or of anything that holds it, in ledger order."""
    subject = yes.decision.register.subject
    about: list[Subject] = [subject]
    if subject.kind is SubjectKind.WORK:
        about.append(ALL_MY_WORKS)
        releases = dict.fromkeys(held.release for held in facts.memberships.get(WorkId(subject.id), ()))
        about += [Subject(SubjectKind.RELEASE, release) for release in releases]
    found = [each for name in about for each in later.get(name, ()) if each.n > yes.n]
    return tuple(sorted(found, key=lambda each: each.n))


def _is_replaced(yes: Recording, after: Iterable[Recording]) -> bool:
    """Whether the next thing that concerns it is another yes in its place."""
    own = yes.decision.register
    for each in after:
        if each.decision.register == own:
            return each.decision.stance is Stance.ALLOW
        if _ends(each, yes):
            return False
    return False


def _ends(said: Recording, yes: Recording) -> bool:
    own, decision = yes.decision.register, said.decision
    wide = decision.register
    if wide == own:
        return decision.stance is not Stance.ALLOW
    if decision.stance is not Stance.REFUSE or yes.decision.id in decision.keeps:
        return False
    return wide.programme in (None, own.programme) and own.use.uses <= wide.use.uses


def _ended_on(yes: Recording, after: Iterable[Recording], today: date) -> date | None:
    ended = next((each.at.date() for each in after if _ends(each, yes)), None)
    if ended is not None:
        return ended
    until = yes.decision.conditions.until
    return until + timedelta(days=1) if until is not None and until < today else None
