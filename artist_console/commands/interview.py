"""The interview "What is mine to decide?": answers kept as they are given, what follows, writing it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from artist_console.commands.console import Console, Result
from artist_console.domain.changes import Changes
from artist_console.domain.contract_rows import own_holders
from artist_console.domain.contracts import Contract, Ownership, parties_known_only_here
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, FactId, PartyId
from artist_console.domain.interview import QUESTIONS as _QUESTIONS
from artist_console.domain.interview import (
    SLOTS,
    Ask,
    Given,
    Interview,
    Made,
    Question,
    fault_in,
    noted,
    path,
)
from artist_console.domain.own_standing import MineRow, what_is_mine
from artist_console.domain.periods import Recorded
from artist_console.domain.problems import InputProblem
from artist_console.store import mirror, own_side, private, projection
from artist_console.store.private import Change, PrivateKind

_TOUCHED = Changes.WORKS | Changes.CONSENT | Changes.STATEMENTS | Changes.SETTINGS


class AnswerUnreadable(InputProblem):
    """A line of an answer that cannot be what it should be; `key` names the line."""

    title_template = "{words}"

    def __init__(self, key: str, words: str) -> None:
        super().__init__(words=words)
        self.key = key


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the interview. `question` None: all is answered, and what follows is shown."""

    question: Question | None
    number: int  # from 1
    of: int
    answers: Mapping[str, str]
    finished_before: bool  # it was gone through before; answers are shown again
    works: int  # of the artist


def interview_page(console: Console, artist: ArtistId) -> Page:
    """The page to go on with: the first, or where it was left."""
    return _page(console, _kept(console, artist))


def answer(console: Console, artist: ArtistId, ask: Ask, given: Mapping[str, str]) -> Result[Page]:
    """Keep the answer to one question (empty values: skipped) and go on to the next.

    Raises AnswerUnreadable.
    """
    kept = _kept(console, artist)
    answers = {**kept.answers, **{key: value.strip() for key, value in given.items()}}
    fault = fault_in(ask, answers)
    if fault is not None:
        raise AnswerUnreadable(*fault)
    asked = path(answers)
    place = asked.index(ask) if ask in asked else -1
    at = asked[place + 1] if place + 1 < len(asked) else None
    return _keep(console, artist, replace(kept, given=_given(answers), at=at))


def go_back(console: Console, artist: ArtistId) -> Result[Page]:
    """To the question before; the answers stay."""
    kept = _kept(console, artist)
    asked = path(kept.answers)
    place = asked.index(kept.at) if kept.at in asked else len(asked)
    return _keep(console, artist, replace(kept, at=asked[max(0, place - 1)]))


def start_again(console: Console, artist: ArtistId) -> Result[Page]:
    """To the first question; the answers stay and can be changed."""
    return _keep(console, artist, replace(_kept(console, artist), at=Ask.RECORDINGS))


def what_follows(console: Console, artist: ArtistId) -> tuple[MineRow, ...]:
    """What the artist's answers could do, were the answers of the interview written down as they are."""
    now = console.clock()
    kept = _kept(console, artist)
    former = {each.slot: each.id for each in kept.made}
    ids = {slot: former.get(slot, FactId(f"preview-{slot}")) for slot in SLOTS}
    made = set(former.values())
    told = mirror.told(console.store)
    written = [item for _, item in _written(console, artist, kept, ids)]
    signed = [c for c in own_side.contracts(console.store) if c.id not in made]
    said = [o for o in own_side.ownerships(console.store) if o.id not in made]
    signed += [item for item in written if isinstance(item, Contract)]
    said += [item for item in written if isinstance(item, Ownership)]
    book = told.with_parties(parties_known_only_here(signed))
    own = own_holders(artist, signed, said, told, own_side.namer(book))
    return what_is_mine(artist, book.with_own_holders(artist, own.rows), now)


def finish(console: Console, artist: ArtistId) -> Result[int]:
    """Write down what follows, in place of what an earlier interview wrote; all or nothing.

    Gives how many contracts and statements of ownership there are from it. What was noted by hand stays.
    """
    now, kept = console.clock(), _kept(console, artist)
    former = {each.slot: each.id for each in kept.made}
    ids = {slot: former.get(slot) or FactId(console.new_id()) for slot in SLOTS}
    written = _written(console, artist, kept, ids)
    now_written = {slot for slot, _ in written}
    gone = [id for slot, id in former.items() if slot not in now_written and _is_bare(console, id)]
    done = replace(kept, finished=True, at=None, made=tuple(Made(slot, item.id) for slot, item in written))
    private.exchange(
        console.store,
        artist,
        [
            Change(PrivateKind.CONTRACT, [item for _, item in written if isinstance(item, Contract)], gone),
            Change(PrivateKind.OWNERSHIP, [item for _, item in written if isinstance(item, Ownership)], gone),
            Change(PrivateKind.INTERVIEW, [done]),
        ],
        now,
    )
    projection.refresh_rows(console.store, console.today)
    return Result(len(written), _TOUCHED)


def _written(
    console: Console, artist: ArtistId, kept: Interview, ids: Mapping[str, FactId]
) -> list[tuple[str, Contract | Ownership]]:
    told = mirror.told(console.store)
    return [
        (slot, _with_what_stays(console, _named(item, told)))
        for slot, item in noted(artist, kept.answers, Recorded(console.clock()), ids)
    ]


def is_finished(console: Console, artist: ArtistId) -> bool:
    return _kept(console, artist).finished


def _is_bare(console: Console, id: str) -> bool:
    """Whether nothing was added by hand to what the interview wrote: only that may go with its answer."""
    contract = next((c for c in own_side.contracts(console.store) if c.id == id), None)
    if contract is None:
        return True
    bare = Contract(
        contract.id,
        contract.artist,
        contract.kind,
        contract.hold,
        contract.rights,
        contract.ai_clause,
        contract.recorded,
        contract.counterparty,
        contract.counterparty_name,
        contract.signed_on,
        contract.ai_words,
        contract.clause_number,
    )
    return contract == bare


def _named(item: Contract | Ownership, facts: FactBook) -> Contract | Ownership:
    """The other side as a party that is known here, where exactly one bears that name."""
    if isinstance(item, Ownership):
        return item
    wanted = item.counterparty_name.casefold()
    found = [
        p.id
        for p in facts.parties.values()
        if p.id != item.artist and wanted in (name.casefold() for name in (p.name, *p.aliases))
    ]
    return replace(item, counterparty=found[0], counterparty_name="") if len(found) == 1 else item


def _with_what_stays(console: Console, item: Contract | Ownership) -> Contract | Ownership:
    """What was added to a contract by hand since stays; the interview asks for less than the form."""
    if isinstance(item, Ownership):
        return item
    former = next((c for c in own_side.contracts(console.store) if c.id == item.id), None)
    if former is None or former.kind is not item.kind:
        return item
    return replace(
        former,
        hold=item.hold,
        ai_clause=item.ai_clause,
        counterparty=item.counterparty,
        counterparty_name=item.counterparty_name,
        signed_on=item.signed_on or former.signed_on,
        ai_words=item.ai_words or ("" if item.ai_clause is not former.ai_clause else former.ai_words),
        clause_number=item.clause_number or former.clause_number,
        share_bp=None,
    )


def _kept(console: Console, artist: ArtistId) -> Interview:
    kept = private.get(console.store, PrivateKind.INTERVIEW, artist, Interview)
    return kept if kept is not None else Interview(FactId(artist))


def _keep(console: Console, artist: ArtistId, kept: Interview) -> Result[Page]:
    private.put(console.store, PrivateKind.INTERVIEW, artist, [kept], console.clock())
    return Result(_page(console, kept), Changes.NONE)


def _given(answers: Mapping[str, str]) -> tuple[Given, ...]:
    return tuple(Given(key, answers[key]) for key in sorted(answers))


def _page(console: Console, kept: Interview) -> Page:
    artist = PartyId(kept.id)
    asked = path(kept.answers)
    facts = mirror.told(console.store)
    works = sum(artist in work.artists for work in {w.id: w for w in facts.works.values()}.values())
    place = asked.index(kept.at) if kept.at in asked else len(asked)
    return Page(
        _QUESTIONS[asked[place]] if place < len(asked) else None,
        min(place + 1, len(asked)),
        len(asked),
        kept.answers,
        kept.finished,
        works,
    )
