"""The sentences and facts that led to an outcome: a person can follow them, a machine can repeat them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FactKind(Enum):
    WORK = "work"
    PARTY = "party"
    PROGRAMME = "programme"
    TERMS = "terms"
    DECISION = "decision"
    STAKEHOLDER = "stakeholder"
    CONTROL = "control"
    AGREEMENT = "agreement"
    OPT_IN = "opt_in"
    ATTESTATION = "attestation"
    RECORDED_ANSWER = "recorded_answer"
    OTHERS_ANSWER = "others_answer"
    INCLUSION = "inclusion"
    MODEL = "model"
    STATEMENT = "statement"
    MANDATE = "mandate"
    SWITCH = "switch"  # how a switch elsewhere stands


@dataclass(frozen=True, slots=True, order=True)
class FactRef:
    """A fact that was used, by kind (value of FactKind) and id."""

    kind: str
    id: str


def ref(kind: FactKind, id: str) -> FactRef:
    return FactRef(kind._value_, id)  # as `value`, without the descriptor: made for every fact of every cell


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One sentence: a template with named fields (translated by the interface) and the facts behind it."""

    rule: str  # number of the rule in PRODUCT, "The permission rule"
    template: str
    fields: tuple[tuple[str, str], ...] = ()
    facts: tuple[FactRef, ...] = ()

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template.format(**dict(self.fields))


def step(rule: str, template: str, *facts: FactRef, **fields: str) -> TraceStep:
    return TraceStep(rule, template, tuple(fields.items()), tuple(facts))
