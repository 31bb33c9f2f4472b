"""Who of the addressees has to do with an artist, and who writes songs with them, as the records show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.commands.findings import list_findings
from artist_console.commands.letter_ties import ASKED, is_connected
from artist_console.commands.names import operator_name, party_name
from artist_console.commands.programmes import list_programmes
from artist_console.domain.addressees import Addressee
from artist_console.domain.contract_rows import own_works
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.parties import PartyKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.store import mirror, own_side, statements


@dataclass(frozen=True, slots=True)
class Near:
    """Whom a letter of these artists probably goes to."""

    connected: frozenset[str]  # ids of addressees
    stated_by: tuple[str, ...]  # who states what the finding tells
    co_writers: tuple[str, ...]  # names of persons with a share in the songs, by name


def near(
    console: Console, artists: Sequence[ArtistId], addressees: Iterable[Addressee], finding: str = ""
) -> Near:
    """`finding`: id of what the letter is about. Changes nothing."""
    facts = mirror.facts(console.store, console.clock())
    name_of = own_side.namer(facts)
    contracts = own_side.contracts(console.store)
    # Whoever asks now may ask anybody; whoever states a use is in the findings.
    running = {row.operator_name for row in list_programmes(console) if row.asks}
    told: list[str] = []
    connected: set[str] = set()
    every = tuple(addressees)
    # Read once for a whole roster.
    for row in list_findings(console, artists[0] if len(artists) == 1 else None):
        if row.finding.artist not in artists:
            continue
        if row.finding.programme is not None:
            running.add(operator_name(facts, row.finding.programme))
        stated = [place.stated_by for place in row.evidence if place.stated_by]
        running.update(stated)
        if row.finding.id == finding:
            told += stated
    for artist in artists:
        works = [work.id for work in own_works(artist, facts)]
        own = [(each, name_of(each)) for each in contracts if each.artist == artist]
        issuers = {statement.issuer for statement in statements.all(console.store, artist)}
        connected |= {
            each.id
            for each in every
            if each.kind in ASKED and is_connected(each, artist, works, facts, own, issuers)
        }
    names = {name.casefold() for name in running if name}
    connected |= {
        each.id
        for each in every
        if not names.isdisjoint(name.casefold() for name in (each.name, *each.also_called))
    }
    return Near(frozenset(connected), tuple(dict.fromkeys(told)), _co_writers(artists, facts))


def _co_writers(artists: Sequence[ArtistId], facts: FactBook) -> tuple[str, ...]:
    """Of the splits, as far as they are shared."""
    found: set[str] = set()
    for artist in artists:
        for work in own_works(artist, facts):
            if work.kind is not WorkKind.COMPOSITION:
                continue
            for row in facts.stakeholders.get(work.id, ()):
                party = facts.parties.get(row.party)
                if party is not None and party.kind is PartyKind.PERSON and row.party not in artists:
                    found.add(party_name(facts, row.party))
    return tuple(sorted(found - {""}, key=str.casefold))
