"""Keeps drafts: each opens a case, and a follow-up adds to its own. The exact copy is never changed."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.commands.console import Console, Result
from artist_console.commands.letter_drafts import Draft
from artist_console.domain.cases import Case, CaseEvent, EventKind
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.store import cases, private


class KeptAlready(InputProblem):
    title_template = "The letter to {addressee} is kept already with other words"
    advice_template = "A kept letter is never changed: draft it anew"


class CaseGone(UnknownThing):
    title_template = "The case that the letter to {addressee} adds to is not here any more"
    advice_template = "Draft it as a letter of its own"


def keep_letters(console: Console, drafts: Sequence[Draft]) -> Result[tuple[Case, ...]]:
    """Keep each letter with its attachments, and give its case, in the order of the drafts. Idempotent.

    A draft that is kept already changes nothing. Raises KeptAlready, CaseGone, before anything is kept.
    """
    store, now = console.store, console.clock()
    here = {case.id: case for case in cases.all(store)}
    kept = {letter.id: (case, letter) for case in here.values() for letter in case.letters}
    fresh: list[Draft] = []
    for draft in drafts:
        known = kept.get(draft.letter.id)
        if known is None:
            if draft.case and draft.case not in here:
                raise CaseGone(addressee=draft.addressee.name)
            fresh.append(draft)
        elif known[1] != draft.letter:
            raise KeptAlready(addressee=draft.addressee.name)
    for draft in fresh:
        for file in draft.attachments:
            private.attach(store, file.name, file.body, now)
    who = console.account.id if console.account is not None else ""
    new = [_case(draft, console.new_id(), who) for draft in fresh if not draft.case]
    cases.open_cases(store, new, now, console.today)
    for draft in fresh:
        if draft.case:
            event = _drafted(draft, console.new_id(), who)
            cases.add(store, draft.case, [event], now, console.today, letters=[draft.letter])
    found = {case.id: case for case in cases.all(store)}
    of = [
        draft.case or (kept[draft.letter.id][0].id if draft.letter.id in kept else draft.letter.id)
        for draft in drafts
    ]
    changes = Changes.CASES if fresh else Changes.NONE
    return Result(tuple(found[id] for id in dict.fromkeys(of)), changes)


def _case(draft: Draft, event: str, who: str) -> Case:
    """The case bears the id of its first letter, so that keeping the same draft again finds it."""
    letter = draft.letter
    return Case(
        id=letter.id,
        artist=letter.artist,
        kind=letter.kind,
        title=draft.title,
        addressee=letter.addressee,
        addressee_name=letter.to_name,
        works=letter.works,
        about=draft.about,
        letters=(letter,),
        events=(_drafted(draft, event, who),),
        opened_at=letter.written_at,
    )


def _drafted(draft: Draft, event: str, who: str) -> CaseEvent:
    letter = draft.letter
    return CaseEvent(
        event, EventKind.DRAFTED, letter.written_at.date(), letter.written_at, who, letter=letter.id
    )
