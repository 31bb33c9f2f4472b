"""Cases and contracts of the artist's side as facts of a report.

Of a case: to whom, what happened when, how it stands. Never its letters, notes, drafts or whose task it is.
Of a contract that was chosen: parties, dates, rights and what its clause about AI is; its words only where
they were chosen too, its file and note never.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from artist_console.domain.case_standing import in_force, standing
from artist_console.domain.cases import Case, CaseEvent, CaseState, EventKind
from artist_console.domain.contracts import Contract
from artist_console.domain.ids import FactId, ReleaseId, WorkId
from artist_console.domain.letters import Letter
from artist_console.domain.parties import Party, PartyKind

from .report_content import ReportHeader
from .report_kinds import CaseFact, ReportedCase, ReportedContract

NOT_SHARED_NAME = "Name not shared"
_TOLD = frozenset({EventKind.SENT, EventKind.REPLY, EventKind.OUTCOME, EventKind.CLOSED, EventKind.REOPENED})


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What of cases may leave beside their bare facts."""

    contact_data: bool = False
    words: bool = False  # of what others answered


def is_told(case: Case, header: ReportHeader, today: date) -> bool:
    """Whether a case is one of this report: of its artists and period, and more than a draft."""
    if case.artist not in header.artists or standing(case, today).state is CaseState.DRAFTED:
        return False
    since, until = header.period_from or date.min, header.period_until or date.max
    days = (event.on for event in in_force(case) if event.kind in _TOLD)
    return any(since <= day <= until for day in days)


def case_rows(
    cases: Iterable[Case],
    header: ReportHeader,
    today: date,
    works: Container[WorkId],
    organisations: Container[str],
    wish: CaseWish,
) -> Iterator[ReportedCase]:
    """Cases as they stand on `today`. `works`: those that may be named; a case of none of them goes.

    `organisations`: ids of addressees that are no private persons.
    """
    for case in cases:
        named = tuple(work for work in case.works if work in works)
        if not is_told(case, header, today) or (case.works and not named):
            continue
        tells_name = wish.contact_data or case.addressee in organisations
        stands = standing(case, today)
        # Who else spoke for the other side is a person.
        said_by = {event.outcome.said_by for event in case.events if event.outcome is not None}
        names = said_by if wish.contact_data else {case.addressee_name} if tells_name else set()
        letters = {letter.id: letter for letter in case.letters}
        yield ReportedCase(
            id=case.id,
            artist=case.artist,
            kind=case.kind,
            addressee=case.addressee_name if tells_name else NOT_SHARED_NAME,
            works=named,
            programme=case.about.programme,
            statement=case.about.statement,
            finding=case.about.finding,
            state=stands.state,
            opened_on=case.opened_at.date(),
            since=stands.since,
            next_on=None if stands.noted else stands.next_on,  # a noted day is a note
            happened=tuple(
                _fact(event, letters, names, wish) for event in in_force(case) if event.kind in _TOLD
            ),
            contact=_contact(case) if wish.contact_data else (),
        )


def _fact(event: CaseEvent, letters: dict[str, Letter], names: Container[str], wish: CaseWish) -> CaseFact:
    letter = letters.get(event.letter)
    outcome = event.outcome
    return CaseFact(
        on=event.on,
        kind=event.kind,
        how=event.how,
        outcome=outcome.kind if outcome is not None else None,
        said_by=outcome.said_by if outcome is not None and outcome.said_by in names else "",
        words=outcome.words if outcome is not None and wish.words else "",
        sha256=(event.file.file.sha256 if event.file is not None else "")
        or (letter.sha256 if letter is not None else ""),
    )


def _contact(case: Case) -> tuple[str, ...]:
    """Where its letters were addressed to, each once."""
    lines = (line for letter in case.letters for line in (letter.to_email, *letter.to_postal))
    return tuple(dict.fromkeys(line for line in lines if line))


def contract_rows(
    contracts: Iterable[Contract],
    header: ReportHeader,
    parties: Iterable[Party],
    works: Container[WorkId],
    releases: Container[ReleaseId],
    chosen: Container[FactId],
    *,
    words: bool,
    contact_data: bool,
) -> Iterator[ReportedContract]:
    """The chosen contracts of the report's artists; one that is only about works not named here goes."""
    known = {party.id: party for party in parties}
    for contract in contracts:
        if contract.id not in chosen or contract.artist not in header.artists:
            continue
        named = tuple(work for work in contract.works if work in works)
        on = tuple(release for release in contract.releases if release in releases)
        if (contract.works or contract.releases) and not (named or on):
            continue
        bare = _bare(contract, known.get(contract.other_side))
        if words:
            bare = replace(
                bare,
                ai_words=contract.ai_words,
                how_a_yes_is_withdrawn=contract.how_a_yes_is_withdrawn,
                writing_clause=contract.writing_clause,
            )
        address = contract.notice_address if contact_data else ""
        yield replace(bare, works=named, releases=on, notice_address=address)


def _bare(contract: Contract, other_side: Party | None) -> ReportedContract:
    return ReportedContract(
        id=contract.id,
        artist=contract.artist,
        kind=contract.kind,
        other_side=contract.other_side,
        other_side_name=_name(contract, other_side),
        hold=contract.hold,
        rights=contract.rights,
        ai_clause=contract.ai_clause,
        clause_number=contract.clause_number,
        signed_on=contract.signed_on,
        period=contract.period,
        territories=contract.territories,
        works=(),
        releases=(),
        share_bp=contract.share_bp,
        reversion_on=contract.reversion_on,
        rerecording_until=contract.rerecording_until,
        objection_days=contract.objection_days,
        audit_months=contract.audit_months,
    )


def _name(contract: Contract, other_side: Party | None) -> str:
    """Of an organisation, or of somebody who shares the own name."""
    if other_side is None:
        return NOT_SHARED_NAME
    open_name = other_side.kind is PartyKind.ORGANISATION or other_side.shares_answers
    return other_side.name if open_name else NOT_SHARED_NAME
