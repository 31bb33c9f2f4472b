"""Which words of a statement make a line income from an AI programme, from the resource that lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from artist_console.domain.statements import LineKind

from .table_columns import fold_header


@dataclass(frozen=True, slots=True)
class AiIncomeWords:
    """Folded phrases and the kind of line each makes, longest first."""

    phrases: tuple[tuple[str, LineKind], ...]

    def kind_in(self, texts: Sequence[str]) -> LineKind | None:
        """The kind that the longest phrase in one of the texts names; None where none speaks of AI."""
        padded = [f" {fold_header(text)} " for text in texts if text]
        for phrase, kind in self.phrases:
            if any(f" {phrase} " in text for text in padded):
                return kind
        return None


def ai_income_words(table: Mapping[str, Any]) -> AiIncomeWords:
    """The words from the parsed resource data/ai_income_words.json."""
    words = table["words"]
    phrases = [(fold_header(phrase), LineKind(kind)) for kind in words for phrase in words[kind]]
    return AiIncomeWords(tuple(sorted(phrases, key=lambda each: (-len(each[0]), each[0]))))
