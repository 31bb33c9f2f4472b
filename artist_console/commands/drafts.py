"""Choices not yet reviewed: kept across restarts, outside the journal."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.commands.console import Console, Result
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.registers import Register
from artist_console.store import drafts as kept
from artist_console.store.drafts import Draft


def drafts(console: Console) -> tuple[Wish, ...]:
    """The choices that wait for a review, in the order in which they were made."""
    return tuple(
        Wish(
            draft.register.artist,
            draft.register.subject,
            draft.register.programme,
            draft.register.use,
            draft.stance,
            draft.conditions,
        )
        for draft in kept.drafts(console.store)
    )


def save_drafts(console: Console, wishes: Sequence[Wish]) -> Result[None]:
    """Keep these choices and no others; of several on one register the last."""
    latest = {Register(wish.artist, wish.subject, wish.programme, wish.use): wish for wish in wishes}
    kept.replace_drafts(
        console.store,
        [Draft(register, wish.stance, wish.conditions) for register, wish in latest.items()],
    )
    return Result(None, Changes.CONSENT)


def clear_drafts(console: Console) -> Result[None]:
    kept.replace_drafts(console.store, ())
    return Result(None, Changes.CONSENT)
