"""Contracts of the artist's side: kept in the profile, never sent; and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.contract_form import ContractText, Fault, Read, read_contract, text_of
from artist_console.domain.changes import Changes
from artist_console.domain.contract_rows import OriginKind, origin_of
from artist_console.domain.contracts import AttachedFile, Contract, Ownership
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, FactId, WorkId
from artist_console.domain.own_standing import MineRow
from artist_console.domain.own_standing import what_is_mine as counted
from artist_console.domain.periods import Recorded
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.standing_words import OwnSide, StandingLine, standing_lines
from artist_console.domain.work_kinds import WorkKind
from artist_console.host.files import read_bounded, write_atomic
from artist_console.store import mirror, own_side, private, projection
from artist_console.store.private import PrivateKind

MOST_FILE_BYTES = 25_000_000
# What a contract can change: every row of a work, what waits, and until when a statement can be objected to.
_TOUCHED = Changes.WORKS | Changes.CONSENT | Changes.STATEMENTS | Changes.SETTINGS


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract of the list, with how far it reaches now."""

    contract: Contract
    other_side: str  # name
    recordings: int  # on which it says today what the artist's answer can do
    songs: int


class ContractFaults(InputProblem):
    """A contract that cannot be kept as it was written; `faults` name the fields."""

    title_template = "The contract was not kept: {first}"
    advice_template = "Mend what is named and save it again"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(first=" ".join(fault.words for fault in faults))
        self.faults = tuple(faults)


def list_contracts(console: Console, artist: ArtistId | None = None) -> tuple[ContractRow, ...]:
    """The contracts that are kept here, newest first; those without a day last."""
    facts = mirror.facts(console.store, console.clock())
    reach = _reach(console, facts)
    name_of = own_side.namer(facts)
    rows = [
        ContractRow(
            contract,
            name_of(contract),
            reach[contract.id, WorkKind.RECORDING],
            reach[contract.id, WorkKind.COMPOSITION],
        )
        for contract in own_side.contracts(console.store)
        if artist is None or contract.artist == artist
    ]
    rows.sort(key=lambda row: (row.other_side.casefold(), row.contract.id))
    rows.sort(
        key=lambda row: row.contract.signed_on.toordinal() if row.contract.signed_on else 0, reverse=True
    )
    return tuple(rows)


def show_contract(console: Console, id: str) -> ContractRow:
    """One contract. Raises UnknownThing."""
    for row in list_contracts(console):
        if row.contract.id == id:
            return row
    raise UnknownThing("There is no contract {id} here", "See the contracts that are kept", id=id)


def contract_text(console: Console, id: str) -> ContractText:
    """A contract as it is written into the fields of the form."""
    row = show_contract(console, id)
    facts = mirror.facts(console.store, console.clock())
    text = text_of(row.contract, row.other_side)
    works = [(w.id, w.title, w.identifier) for w in {w.id: w for w in facts.works.values()}.values()]
    releases = [(r.id, r.title, r.upc) for r in facts.releases.values()]
    return replace(text, works=_as_named(text.works, works), releases=_as_named(text.releases, releases))


def _as_named(ids: Sequence[str], known: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """By title where one alone has it, else by identifier, else by id."""
    titles = Counter(title.casefold() for _, title, _ in known)
    named = {
        id: title if titles[title.casefold()] == 1 else identifier or id for id, title, identifier in known
    }
    return tuple(named.get(id, id) for id in ids)


def check_contract(console: Console, artist: ArtistId, text: ContractText) -> tuple[Fault, ...]:
    """What is wrong with what was written so far."""
    return _read(console, artist, text, FactId("new")).faults


def save_contract(
    console: Console,
    artist: ArtistId,
    text: ContractText,
    id: FactId | None = None,
    file: Path | None = None,
    *,
    without_file: bool = False,
) -> Result[Contract]:
    """Keep a contract, new or in place of the one with this id, its file with it.

    A file takes the place of the former one; `without_file` lets the former go. Raises ContractFaults,
    FileProblem.
    """
    former = next((c for c in own_side.contracts(console.store) if c.id == id), None)
    body = read_bounded(file, MOST_FILE_BYTES) if file is not None else None
    read = _read(console, artist, text, id or FactId(console.new_id()))
    if read.contract is None:
        raise ContractFaults(read.faults)
    contract, now = read.contract, console.clock()
    if former is not None:
        # What was known since when: the row is corrected, not new.
        contract = replace(contract, recorded=former.recorded)
    if file is not None and body is not None:
        kept = private.attach(console.store, file.name, body, now)
        contract = replace(contract, file=AttachedFile(kept.sha256, file.name, kept.size))
    elif former is not None and not without_file:
        contract = replace(contract, file=former.file)
    private.put(console.store, PrivateKind.CONTRACT, artist, [contract], now)
    _drop_file(console, former, contract)
    projection.refresh_rows(console.store, console.today)
    return Result(contract, _TOUCHED)


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a contract takes and leaves."""

    other_side: str
    recordings: int  # whose standing rests on it now
    songs: int
    file_name: str  # lost with it; empty where none is attached


def removal_of(console: Console, id: str) -> Removal:
    """What would be lost. Decisions, receipts and statements stay."""
    row = show_contract(console, id)
    name = row.contract.file.name if row.contract.file is not None else ""
    return Removal(row.other_side, row.recordings, row.songs, name)


def remove_contract(console: Console, id: str) -> Result[Removal]:
    """Forget a contract and its file."""
    lost = removal_of(console, id)
    contract = show_contract(console, id).contract
    private.remove(console.store, PrivateKind.CONTRACT, id)
    _drop_file(console, contract, None)
    projection.refresh_rows(console.store, console.today)
    return Result(lost, _TOUCHED)


def attached_bytes(console: Console, id: str) -> bytes:
    """The file of a contract. Raises UnknownThing where none is attached."""
    contract = show_contract(console, id).contract
    body = private.attached_bytes(console.store, contract.file.sha256) if contract.file else None
    if body is None:
        raise UnknownThing("No file is attached to this contract", "Attach it to the contract first")
    return body


def save_attached(console: Console, id: str, path: Path) -> Path:
    """Write a copy of a contract's file. It is not encrypted there."""
    write_atomic(path, attached_bytes(console, id))
    return path


def known_parties(console: Console) -> tuple[str, ...]:
    """Names that the other side may bear: whoever is known here and is no artist of this profile."""
    facts = mirror.facts(console.store, console.clock())
    names = {party.name for party in facts.parties.values() if not facts.is_in_reach(party.id)}
    return tuple(sorted(names, key=str.casefold))


# What follows


def what_is_mine(console: Console, artist: ArtistId) -> tuple[MineRow, ...]:
    """How much the artist's answers can do, by kind of thing, right and standing."""
    now = console.clock()
    return counted(artist, mirror.facts(console.store, now), now)


def standing_words(
    console: Console, work: WorkId, artist: ArtistId | None = None
) -> tuple[StandingLine, ...]:
    """What the artist's answer can do on one work, right by right, and from which clause."""
    facts = mirror.facts(console.store, console.clock())
    known = facts.works.get(work)
    if known is None:
        raise UnknownThing("The work {work} is not known here", "Sync, then look again", work=work)
    who = artist or (known.artists[0] if known.artists else None)
    if who is None:
        return ()
    return standing_lines(who, known, facts, own_side_of(console, facts), console.clock())


def own_side_of(console: Console, facts: FactBook) -> OwnSide:
    """What sentences about standing are made from."""
    signed: Iterable[Contract] = own_side.contracts(console.store)
    said: Iterable[Ownership] = own_side.ownerships(console.store)
    return OwnSide(
        {contract.id: contract for contract in signed},
        {each.id: each for each in said},
        mirror.own_doubts(console.store),
        own_side.namer(facts),
    )


def _read(console: Console, artist: ArtistId, text: ContractText, id: FactId) -> Read:
    now = console.clock()
    # Parties known only from contracts are named, not pointed at: their contract may be removed.
    return read_contract(text, artist, id, Recorded(now), mirror.told(console.store))


def _drop_file(console: Console, former: Contract | None, now: Contract | None) -> None:
    gone = former.file if former is not None else None
    if gone is not None and (now is None or now.file is None or now.file.sha256 != gone.sha256):
        private.drop_unnamed(console.store, gone.sha256)


def _reach(console: Console, facts: FactBook) -> Counter[tuple[str, WorkKind]]:
    """How many works each contract says something about today."""
    now = console.clock()
    found: set[tuple[str, str, WorkKind]] = set()
    for subject, rows in facts.stakeholders.items():
        work = facts.works.get(WorkId(subject))
        for row in rows:
            origin = origin_of(row.id)
            if (
                work is not None
                and origin is not None
                and origin.kind is OriginKind.CONTRACT
                and row.period.contains(now)
            ):
                found.add((origin.id, subject, work.kind))
    return Counter((id, kind) for id, _, kind in found)
