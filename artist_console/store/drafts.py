"""Choices that a person has not confirmed yet. They outlive a restart and are no part of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artist_console.domain.registers import UNCONDITIONAL, Conditions, Register, Stance
from artist_console.formats import encoding

from .opening import Part, Store


@dataclass(frozen=True, slots=True)
class Draft:
    register: Register
    stance: Stance
    conditions: Conditions = UNCONDITIONAL


def drafts(store: Store) -> tuple[Draft, ...]:
    """The drafts in the order in which they were given."""
    return tuple(
        encoding.decode(Draft, body) for (body,) in store.rows("SELECT body FROM main.draft ORDER BY place")
    )


def replace_drafts(store: Store, chosen: Sequence[Draft]) -> None:
    """Keep these drafts and no others."""
    with store.transaction(Part.JOURNAL):
        store.run("DELETE FROM main.draft")
        store.run_many(
            "INSERT INTO main.draft (body) VALUES (:body)", [{"body": encoding.encode(d)} for d in chosen]
        )


def drop_answered(store: Store, registers: Iterable[Register]) -> None:
    """Forget the drafts on registers that are answered now; inside a transaction of the caller.

    What is recorded waits for no review, also where the process ends between the two.
    """
    rows = store.rows("SELECT place, body FROM main.draft")
    answered = frozenset(registers) if rows else frozenset()
    gone = [place for place, body in rows if encoding.decode(Draft, body).register in answered]
    if gone:
        store.run_many("DELETE FROM main.draft WHERE place = ?", [(place,) for place in gone])
