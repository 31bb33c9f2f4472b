"""One check of something signed, and what came of it, as a sentence for the person who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class CheckState(Enum):
    PASSED = "passed"
    FAILED = "failed"
    CANNOT = "cannot"  # something that the check needs is not here; says nothing against what is checked


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with named fields: the interface translates the template and fills it."""

    template: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template.format(**dict(self.fields))


def sentence(template: str, /, **fields: object) -> Sentence:
    """Numbers are written in groups of three digits."""
    return Sentence(template, tuple((name, _written(value)) for name, value in fields.items()))


def _written(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def counted(one: str, many: str, n: int) -> str:
    """The template for one thing, or the one for several; both may name `{n}`."""
    return one if n == 1 else many


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """`name` is a fixed key; `words` a whole sentence."""

    name: str
    state: CheckState
    words: Sentence

    @property
    def text(self) -> str:
        return self.words.text


def passed(name: str, template: str, /, **fields: object) -> ProofCheck:
    return ProofCheck(name, CheckState.PASSED, sentence(template, **fields))


def failed(name: str, template: str, /, **fields: object) -> ProofCheck:
    return ProofCheck(name, CheckState.FAILED, sentence(template, **fields))


def cannot(name: str, template: str, /, **fields: object) -> ProofCheck:
    return ProofCheck(name, CheckState.CANNOT, sentence(template, **fields))


def worst(checks: Iterable[ProofCheck]) -> CheckState:
    """Failed before cannot before passed; no checks at all cannot."""
    states = {check.state for check in checks}
    for state in (CheckState.FAILED, CheckState.CANNOT, CheckState.PASSED):
        if state in states:
            return state
    return CheckState.CANNOT
