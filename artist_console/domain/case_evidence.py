"""Outcomes of cases that say where works are, as statements of inclusion (PRODUCT, "evidence grade").

What somebody wrote in a reply counts by who wrote it (`case_grades`); what a person says stays on the case.
It says what was said, never that it is so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .case_grades import Weight, told_without_file
from .case_standing import current, in_force, reply_of
from .cases import Case, CaseEvent, Dkim, DkimResult, EventKind, Outcome, OutcomeKind, SeenFile
from .ids import FactId, WorkId
from .inclusion import Asset, Basis, Evidence, InclusionStatement
from .inclusion_states import EvidenceGrade, InclusionState
from .periods import Recorded
from .phrases import day_in_words

# That something is licensed, refused or agreed to says nothing of where a work is.
_STATE: dict[OutcomeKind, InclusionState | None] = {
    OutcomeKind.SAYS_INCLUDED: InclusionState.IN_DATASET,
    OutcomeKind.SAYS_NOT_INCLUDED: InclusionState.ATTESTED_ABSENT,
    OutcomeKind.SAYS_TRAINED: InclusionState.TRAINED,
    OutcomeKind.SAYS_LICENSED: None,
    OutcomeKind.SAYS_NOT_LICENSED: None,
    OutcomeKind.SAYS_LEFT_OUT: InclusionState.EXCLUDED_FROM_FUTURE,
    OutcomeKind.SAYS_REMOVED: InclusionState.REMOVED,
    OutcomeKind.REFUSES: None,
    OutcomeKind.AGREES: None,
    OutcomeKind.ASKS_BACK: None,
    OutcomeKind.OTHER: None,
}
# What is said of a dataset only, and what of a model only (`trained` and what follows it name a model).
OF_A_DATASET = frozenset({OutcomeKind.SAYS_INCLUDED, OutcomeKind.SAYS_REMOVED})
OF_A_MODEL = frozenset({OutcomeKind.SAYS_TRAINED})

CHECKED: dict[DkimResult, str] = {
    DkimResult.NONE: "The mail carries no signature.",
    DkimResult.NO_KEY: "It names {domain} as signer; that was not checked.",
    DkimResult.FITS_SUPPLIED_KEY: "The signature of {domain} fits the key that was supplied.",
    DkimResult.FITS_KEY_IN_FILE: "It names {domain} as signer, and fits the key in the mail; whose key that"
    " is was not checked.",
    DkimResult.DOES_NOT_FIT: "It names {domain} as signer, and that does not fit: the mail was changed, or"
    " the key is another.",
    DkimResult.CANNOT_BE_CHECKED: "The signature of the mail cannot be checked.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One work that an outcome speaks of. Without a statement, `why_not` says why the work shows nothing."""

    event: str  # id of the outcome
    work: WorkId  # as it was recorded
    statement: InclusionStatement | None
    why_not: str = ""
    grade_why: str = ""  # why it counts for another grade than such a speaker's word does


def says_where(kind: OutcomeKind) -> bool:
    """Whether an outcome of this kind says where works are."""
    return _STATE[kind] is not None


ANOTHER_DOMAIN = "The sender's address is of another domain."


def checked_words(dkim: Dkim, sender: str) -> str:
    """What could be checked of a mail's signature, and whether it is of the sender's domain, in sentences."""
    words = CHECKED[dkim.result].format(domain=dkim.domain or "somebody")
    return f"{words} {ANOTHER_DOMAIN}" if is_of_another_domain(dkim, sender) else words


def is_of_another_domain(dkim: Dkim, sender: str) -> bool:
    """Whether an address, "Name <address>" or bare, is not of the domain that is named as signer."""
    _, _, domain = sender.rpartition("<")[2].rstrip("> ").casefold().rpartition("@")
    named = dkim.domain.casefold()
    return bool(named) and domain != named and not domain.endswith(f".{named}")


def works_told_of(case: Case) -> frozenset[WorkId]:
    """Every work that an outcome of the case speaks of or spoke of, as recorded."""
    spoken = (event.outcome for event in case.events if event.outcome is not None)
    return frozenset(work for outcome in spoken for work in outcome.works)


def told(case: Case, homes: Mapping[WorkId, WorkId], assets: Mapping[WorkId, Asset]) -> Iterator[Told]:
    """What the outcomes in force say of each work.

    `homes`: ids of works that were merged, with the one that stays. `assets`: of the works that are in the
    catalogue, the asset that is meant; any other work has left it.
    """
    for event in in_force(case):
        outcome = event.outcome
        if event.kind is not EventKind.OUTCOME or outcome is None:
            continue
        state = _STATE[outcome.kind]
        reply = current(case, reply_of(case, event))
        if reply is None:
            weight = told_without_file(Weight(outcome.grade))
            outcome = replace(outcome, grade=weight.grade, grade_why=weight.why, quoted=False)
        for work in dict.fromkeys(outcome.works):
            home = homes.get(work, work)
            why_not = _why_not(outcome, home, assets)
            said = None
            if state is not None and outcome.grade is not None and not why_not:
                said = _statement(case, event, outcome, reply, home, state, outcome.grade, assets[home])
            yield Told(event.id, work, said, why_not, outcome.grade_why if said is not None else "")


def statements(
    cases: Iterable[Case], homes: Mapping[WorkId, WorkId], assets: Mapping[WorkId, Asset]
) -> tuple[InclusionStatement, ...]:
    """The statements that follow from these cases, once each, in the order of works and ids."""
    found = {
        each.statement.id: each.statement
        for case in cases
        for each in told(case, homes, assets)
        if each.statement is not None
    }
    return tuple(sorted(found.values(), key=lambda said: (said.work, said.id)))


def _why_not(outcome: Outcome, home: WorkId, works: Collection[WorkId]) -> str:
    if _STATE[outcome.kind] is None:
        return "It does not say where a work is. It is kept on the case."
    if outcome.grade is None:
        return "It is what a person says, no statement of an operator or licensor. It is kept on the case."
    if home not in works:
        return "The work is no longer in the catalogue. What was said is kept on the case."
    return ""


def _statement(
    case: Case,
    event: CaseEvent,
    outcome: Outcome,
    reply: CaseEvent | None,
    work: WorkId,
    state: InclusionState,
    grade: EvidenceGrade,
    asset: Asset,
) -> InclusionStatement:
    spoken_on = reply.on if reply is not None else event.on
    return InclusionStatement(
        id=FactId(f"case/{case.id}/{event.id}/{work}"),
        work=work,
        asset=asset,
        state=state,
        as_of=outcome.as_of or spoken_on,
        basis=Basis.UNDECLARED,
        stated_by=outcome.said_by,
        grade=grade,
        evidence=_evidence(case, outcome, reply),
        recorded=Recorded(event.at),
        dataset=outcome.dataset,
        model=outcome.model,
        programme=outcome.programme,
    )


def _evidence(case: Case, outcome: Outcome, reply: CaseEvent | None) -> Evidence:
    file = reply.file if reply is not None else None
    answered = f"Answer of {day_in_words(reply.on)}" if reply is not None else "Told without a file"
    shows = f"It shows that {outcome.said_by} said so, not that it is so."
    return Evidence(
        source=f"{answered}, case {case.id}" + (f", {file.file.name}" if file is not None else ""),
        sha256=file.file.sha256 if file is not None else "",
        words=outcome.words if outcome.quoted else "",
        checked_how=_checked(file) if outcome.quoted else _summary(outcome, reply),
        does_not_prove=" ".join(filter(None, (shows, outcome.grade_why))),
    )


def _summary(outcome: Outcome, reply: CaseEvent | None) -> str:
    """The words of whoever recorded it, told apart from those of the reply."""
    checked = _checked(reply.file if reply is not None else None)
    return f"{checked} {NOT_THEIR_WORDS} “{outcome.words}”" if outcome.words else checked


NOT_THEIR_WORDS = "As noted by whoever recorded it, not in the words of the reply:"


def _checked(file: SeenFile | None) -> str:
    if file is None:
        return "Nobody has seen it in writing here."
    return checked_words(file.dkim, file.sender) if file.dkim is not None else "The file was kept as it came."
