"""The rows of an evidence bundle, out of the profile: what goes in, and what stays out and is told.

Notes and unreleased works stay out unless they are chosen; contracts and statements always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from artist_console.commands import attention, removals
from artist_console.commands.evidence_gathering import Gathering
from artist_console.commands.names import decision_words, party_name, programme_name, work_title
from artist_console.domain.case_standing import standing
from artist_console.domain.cases import Case, CaseEvent, EventKind, SeenFile
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.decisions import Decision, all_effective
from artist_console.domain.ids import ReleaseId, WorkId
from artist_console.domain.letters import Letter
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import SubjectKind
from artist_console.domain.removals import RemovalCase
from artist_console.formats.evidence_content import (
    BundleAttachment,
    BundleCase,
    BundleEvent,
    BundleFinding,
    BundleLetter,
    BundleReceipt,
    BundleRemoval,
    BundleSeen,
    BundleStep,
    BundleWork,
)
from artist_console.store import mirror, projection
from artist_console.store import receipts as kept

# What only the person's own planning is about.
_OWN_PLANNING = frozenset({EventKind.NEXT_DATE, EventKind.OWNER})

NOTES = "Notes and own planning in the cases."
CONTRACTS = "Contracts, and statements with their amounts."
UNRELEASED = "Works that are unreleased, and what is only about them: {n}."
ATTACHMENTS = "What went along with the letters; its names and hashes are in bundle.json."
FINDING_GONE = "A finding that a case is about: the facts behind it are others now."
REMOVAL_GONE = "A removal that a case is about: it is not known here any more."
NO_RECEIPT = "Decisions that have no receipt here yet: {n}."


class NamesUnreleased(InputProblem):
    """An exact copy cannot be given in part."""

    title_template = "A letter of “{case}” names works that are unreleased: {works}"
    advice_template = "Choose these works to be named, or leave the case out"


def bundle_case(case: Case, gathering: Gathering) -> BundleCase:
    """A case with its files. Raises NamesUnreleased."""
    facts = gathering.facts
    hidden = {
        work_title(facts, work)
        for letter in case.letters
        for work in letter.works
        if gathering.is_hidden(work)
    }
    if hidden:
        raise NamesUnreleased(case=case.title, works=", ".join(sorted(hidden)))
    at = standing(case, gathering.console.today)
    if any(_stays_here(event, gathering) for event in case.events):
        gathering.leave_out(NOTES)
    return BundleCase(
        id=case.id,
        artist=case.artist,
        artist_name=party_name(facts, case.artist),
        kind=case.kind,
        title=case.title,
        addressee_name=case.addressee_name,
        opened_at=case.opened_at,
        state=at.state,
        since=at.since,
        about=case.about,
        programme_name=programme_name(facts, case.about.programme),
        works=tuple(work for work in case.works if not gathering.is_hidden(work)),
        letters=tuple(_letter(letter, gathering) for letter in case.letters),
        events=tuple(_event(e, gathering) for e in case.events if not _stays_here(e, gathering)),
    )


def _stays_here(event: CaseEvent, gathering: Gathering) -> bool:
    if event.kind in _OWN_PLANNING:
        return True
    return event.kind is EventKind.NOTE and not gathering.notes


def _letter(letter: Letter, gathering: Gathering) -> BundleLetter:
    name = gathering.number("letter")
    head = "; ".join((letter.to_name, letter.to_email, *letter.to_postal))
    # These are the bytes that the hash of the letter is made over.
    text = f"{head}\n{letter.subject}\n{letter.text}\n".encode()
    return BundleLetter(
        id=letter.id,
        kind=letter.kind,
        capacity=letter.capacity,
        standing=letter.standing,
        language=letter.language,
        country=letter.country,
        to_name=letter.to_name,
        to_email=letter.to_email,
        to_postal=letter.to_postal,
        subject=letter.subject,
        signed_by=letter.signed_by,
        template_version=letter.template_version,
        checked_on=letter.checked_on,
        written_at=letter.written_at,
        edited=letter.edited,
        reply_by=letter.reply_by,
        works=letter.works,
        sources=letter.sources,
        sha256=letter.sha256,
        text_file=gathering.add(f"{name}.txt", text, "text/plain; charset=utf-8"),
        pdf_file=f"{name}.pdf",
        attachments=tuple(
            BundleAttachment(each.name, each.size, each.sha256, _attached(each, gathering))
            for each in letter.attachments
        ),
    )


def _attached(file: AttachedFile, gathering: Gathering) -> str:
    if gathering.attachments:
        return gathering.take("attachment", file)
    gathering.leave_out(ATTACHMENTS)
    return ""


def _event(event: CaseEvent, gathering: Gathering) -> BundleEvent:
    what = "reply" if event.kind is EventKind.REPLY else "proof"
    outcome = event.outcome
    if outcome is not None:
        works = tuple(work for work in outcome.works if not gathering.is_hidden(work))
        outcome = replace(outcome, works=works)
    return BundleEvent(
        id=event.id,
        kind=event.kind,
        on=event.on,
        at=event.at,
        who=event.who,
        words=event.words if gathering.notes else "",
        letter=event.letter,
        how=event.how,
        number=event.number,
        file=_seen(event.file, what, gathering) if event.file is not None else None,
        outcome=outcome,
        of=event.of,
    )


def _seen(seen: SeenFile, what: str, gathering: Gathering) -> BundleSeen:
    return BundleSeen(
        name=seen.file.name,
        size=seen.file.size,
        sha256=seen.file.sha256,
        file=gathering.take(what, seen.file),
        media_type=seen.media_type,
        sender=seen.sender,
        subject=seen.subject,
        sent_on=seen.sent_on,
        dkim=seen.dkim,
        matches=seen.matches,
        copy=seen.copy,
    )


def bundle_works(cases: Iterable[Case], gathering: Gathering) -> tuple[BundleWork, ...]:
    """The works that the cases are about, by title."""
    facts = gathering.facts
    ids = {
        work for case in cases for work in (*case.works, *(w for each in case.letters for w in each.works))
    }
    hidden = {work for work in ids if gathering.is_hidden(work)}
    if hidden:
        gathering.leave_out(UNRELEASED.format(n=len(hidden)))
    known = [(id, facts.works[id]) for id in ids - hidden if id in facts.works]
    rows = [
        BundleWork(
            id, work.kind, work.title, work.version, work.identifier,
            tuple(party_name(facts, artist) for artist in work.artists),
        )
        for id, work in known
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def bundle_findings(cases: Iterable[Case], gathering: Gathering) -> tuple[BundleFinding, ...]:
    wanted = dict.fromkeys(case.about.finding for case in cases if case.about.finding)
    if not wanted:
        return ()
    attention.bring_up_to_date(gathering.console)
    known = {each.id: each for each in projection.findings(gathering.console.store)}
    rows = []
    for id in wanted:
        found = known.get(id)
        if found is None:
            gathering.leave_out(FINDING_GONE)
        elif any(gathering.is_hidden(work) for work in found.works):
            gathering.leave_out(UNRELEASED.format(n=1))
        else:
            words = tuple(each.text for each in found.words)
            rows.append(BundleFinding(found.id, found.kind, found.title.text, found.since, words))
    return tuple(rows)


def bundle_removals(cases: Iterable[Case], gathering: Gathering) -> tuple[BundleRemoval, ...]:
    """Steps and days of the removals. Their sentences stay here: they quote contracts, notes and terms."""
    wanted = dict.fromkeys(case.about.removal for case in cases if case.about.removal)
    if not wanted:
        return ()
    known = {each.id: each for each in removals.list_removals(gathering.console)}
    rows = []
    for id in wanted:
        found = known.get(id)
        if found is None:
            gathering.leave_out(REMOVAL_GONE)
        elif gathering.is_hidden(found.work):
            gathering.leave_out(UNRELEASED.format(n=1))
        else:
            rows.append(_removal(found))
    return tuple(rows)


def _removal(found: RemovalCase) -> BundleRemoval:
    return BundleRemoval(
        id=found.id,
        work=found.work,
        work_title=found.work_title,
        place=found.place,
        operator=found.operator,
        refused_on=found.refused_on,
        step=found.step,
        since=found.since,
        deadline=found.deadline,
        steps=tuple(BundleStep(mark.step, mark.on, mark.said_by) for mark in found.history),
    )


def without_what_stays_out(
    rows: Iterable[BundleCase], findings: Iterable[BundleFinding], removals: Iterable[BundleRemoval]
) -> tuple[BundleCase, ...]:
    """The cases without ids of findings and removals that are not in the bundle: an id can tell of a work."""
    told = {each.id for each in findings} | {each.id for each in removals}
    return tuple(
        replace(
            row,
            about=replace(
                row.about,
                finding=row.about.finding if row.about.finding in told else "",
                removal=row.about.removal if row.about.removal in told else "",
            ),
        )
        for row in rows
    )


def bundle_receipts(cases: Iterable[Case], gathering: Gathering) -> tuple[BundleReceipt, ...]:
    """The answers in force that reach what the cases are about, each with its newest receipt."""
    store, facts = gathering.console.store, gathering.facts
    decided: dict[str, Decision] = {}
    for case in cases:
        shown = all_effective(facts.said.get(case.artist, ()))
        decided |= {each.id: each for each in shown.values() if _reaches(each, case, gathering)}
    rows: list[BundleReceipt] = []
    lacking = 0
    for decision in decided.values():
        latest, entry = kept.latest(store, decision.id), mirror.entry_of(store, decision.id)
        if latest is None or entry is None or entry.decision is None:
            lacking += 1
            continue
        words = decision_words(facts, decision)
        rows.append(BundleReceipt(entry.artist, entry.n, words, entry.decision, latest.jws))
    if lacking:
        gathering.leave_out(NO_RECEIPT.format(n=lacking))
    return tuple(sorted(rows, key=lambda row: (row.artist, row.n)))


def _reaches(decision: Decision, case: Case, gathering: Gathering) -> bool:
    """Whether an answer is about the case's works or person, in its programme where it names one."""
    register = decision.register
    if case.about.programme is not None and register.programme not in (None, case.about.programme):
        return False
    subject, works = register.subject, [w for w in case.works if not gathering.is_hidden(w)]
    match subject.kind:
        case SubjectKind.ALL:
            return bool(works) or not case.works
        case SubjectKind.WORK:
            return WorkId(subject.id) in works
        case SubjectKind.RELEASE:
            return any(
                ReleaseId(subject.id) == held.release
                for work in works
                for held in gathering.facts.memberships.get(work, ())
            )
        case SubjectKind.PERSON:
            return case.about.person


def period_of(cases: Iterable[BundleCase], today: date) -> tuple[date, date]:
    """From the first to the last thing that happened in these cases."""
    days = [day for case in cases for day in _days(case)]
    return (min(days, default=today), max(days, default=today))


def _days(case: BundleCase) -> Iterator[date]:
    yield from (letter.written_at.date() for letter in case.letters)
    yield from (event.on for event in case.events)
