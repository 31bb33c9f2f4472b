"""Who signs in person: the artist, and of a group one of its members, since a group has no hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from artist_console.commands.console import Console
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, PartyId
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.phrases import Sentence, say
from artist_console.store import mirror

NO_MEMBER = (
    "{artist} is a group, and no member of it is known here. A person signs this letter: add the members"
    " first."
)
NOT_A_MEMBER = "Whoever is to sign this letter is no member of {artist} now. These are: {names}."


@dataclass(frozen=True, slots=True)
class Signer:
    """The member that signs for a group, and the names of the others that could."""

    id: PartyId
    name: str
    others: tuple[str, ...]


def members_of(facts: FactBook, artist: ArtistId, now: datetime) -> tuple[Party, ...]:
    """The persons in a group now, whoever speaks for it first, then by name; of a person none."""
    group = facts.parties.get(artist)
    if group is None or group.kind is not PartyKind.GROUP:
        return ()
    inside = {each.member for each in group.members if each.period.contains(now)}
    known = [facts.parties[id] for id in inside if id in facts.parties]
    return tuple(sorted(known, key=lambda each: (each.id != group.group_speaker, each.name.casefold())))


def signer_for(
    facts: FactBook, artist: ArtistId, wished: PartyId | None, now: datetime
) -> Signer | Sentence | None:
    """Who signs for a group: the member that is wished, else the first. None: the artist is a person."""
    group = facts.parties.get(artist)
    if group is None or group.kind is not PartyKind.GROUP:
        return None
    members = members_of(facts, artist, now)
    if not members:
        return say(NO_MEMBER, artist=group.name)
    chosen = next((each for each in members if each.id == wished), None) if wished else members[0]
    if chosen is None:
        return say(NOT_A_MEMBER, artist=group.name, names=", ".join(each.name for each in members))
    return Signer(chosen.id, chosen.name, tuple(each.name for each in members if each is not chosen))


def possible_signers(console: Console, artist: ArtistId) -> tuple[Party, ...]:
    """The members among whom one chooses; empty where the artist is a person."""
    now = console.clock()
    return members_of(mirror.facts(console.store, now), artist, now)
