"""Uses without the artist's yes in words: on what they rest, what silence means, what can be done next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .inclusion import Basis, BasisGroup
from .inclusion_states import EvidenceGrade
from .phrases import Sentence, day_in_words, say
from .without_yes import UseWithoutYes
from .words import CLAUSE

BASIS: Mapping[Basis, str] = {
    Basis.OPT_IN: "On your own yes",
    Basis.LICENSOR_WITH_APPROVAL: "By a licensor, with your approval",
    Basis.OPEN_LICENCE: "Under an open licence that somebody else gave",
    Basis.CONTRACT_SINGLE_USE: "By contract, for this use",
    Basis.CONTRACT_BLANKET: "By contract as a whole, without asking",
    Basis.DEFAULT_AFTER_NOTICE: "Because nobody objected after notice",
    Basis.COLLECTIVE: "By a body for everyone it represents",
    Basis.SETTLEMENT: "By a settlement",
    Basis.STATUTORY: "By a licence that the law gives",
    Basis.TDM_EXCEPTION: "By an exception for text and data mining",
    Basis.RESEARCH_EXCEPTION: "By an exception for research",
    Basis.FAIR_USE_CLAIM: "As fair use",
    Basis.PUBLIC_DOMAIN: "As public domain",
    Basis.UNDECLARED: "No basis stated",
}
GROUP_MEANS: Mapping[BasisGroup, str] = {
    BasisGroup.LICENSED_BY_OTHERS: "Somebody says it licensed your works without your yes.",
    BasisGroup.CLAIMED_UNDER_THE_LAW: (
        "Somebody says the law permits it. That is a claim: what the law permits is for a lawyer."
    ),
    BasisGroup.NO_BASIS_STATED: "Somebody reports or lists your works and does not say on what basis.",
}

LISTING_MEANS = "A public list names your works. Being listed is not the same as being used in a model."


def basis_words(each: UseWithoutYes) -> str:
    """The clause of an agreement, or the basis of a statement: a template without fields."""
    if each.clause is not None:
        return CLAUSE[each.clause]
    return BASIS[each.basis] if each.basis is not None else BASIS[Basis.UNDECLARED]


def silence_words(each: UseWithoutYes, licensor: str) -> Sentence | None:
    """The day to object, and what silence means there."""
    if each.object_until is None:
        return None
    template = (
        "You can object until {date}. {licensor} says it will take silence as yes."
        if each.is_open
        else "The day to object was {date}. {licensor} says it took silence as yes."
    )
    return say(template, date=day_in_words(each.object_until), licensor=licensor)


def said_words(each: UseWithoutYes) -> Sentence:
    """What the artist has said about it."""
    total = len(each.works)
    if each.said.refused == total:
        return say("You refused: it is against your wish.")
    if each.said.refused:
        return say(
            "You refused for {n} of {total} works: there it is against your wish.",
            n=str(each.said.refused),
            total=str(total),
        )
    if each.said.allowed == total:
        return say("You allowed it, but your yes permits nothing here by itself.")
    if each.said.allowed:
        return say("You allowed it for {n} of {total} works.", n=str(each.said.allowed), total=str(total))
    return say("You have not decided.")


def next_steps(each: UseWithoutYes, licensor: str) -> tuple[Sentence, ...]:
    """What can be done, most urgent first."""
    return tuple(_steps(each, licensor))


def _steps(each: UseWithoutYes, licensor: str) -> Iterator[Sentence]:
    refused_all = each.said.refused == len(each.works)
    if each.is_open and each.object_until is not None:
        day = day_in_words(each.object_until)
        if refused_all:
            yield say(
                "Your no is recorded. Send it to {licensor} by {date}: recorded here is not told.",
                licensor=licensor,
                date=day,
            )
        else:
            yield say(
                "If you do not want it, refuse and send your no to {licensor} by {date}.",
                licensor=licensor,
                date=day,
            )
        return
    match each.group:
        case BasisGroup.LICENSED_BY_OTHERS:
            if not refused_all:
                yield say(
                    "Say what you want: your answer is recorded and can be sent to {who}.", who=licensor
                )
            else:
                yield say(
                    "Your no can be sent to {who}. As far as we know it does not stop the licence.",
                    who=licensor,
                )
            yield say("Ask {who} for the clause by which it licensed your works.", who=licensor)
        case BasisGroup.CLAIMED_UNDER_THE_LAW:
            yield say("Ask {who} on which law of which country it relies.", who=each.said_by)
            yield say("Whether a reservation of rights changes that is for a lawyer.")
        case BasisGroup.NO_BASIS_STATED if each.grade is EvidenceGrade.PUBLIC_DATASET:
            yield say("Being listed is not the same as being used in a model.")
            yield say("Look at the row that names your work, and keep it.")
        case _:
            yield say("Ask {who} on what basis it uses your works.", who=each.said_by)
