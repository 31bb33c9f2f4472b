"""Who may write for an artist: the artist, or whoever holds a mandate that lets one write letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from artist_console.commands.authority import RosterPower, acting_for
from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import Capacity
from artist_console.domain.letter_templates import SignedBy, Template
from artist_console.domain.letters import About
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.parties import Standing
from artist_console.domain.phrases import Sentence, say

NOBODY = "Nobody has signed in here, so it is not known who writes."
NOT_LET = "Your mandate for {artist} does not let you write letters. {who} can."
NO_MANDATE = "You hold no mandate for {artist} that is in force. {who} can write."
LIMITED = "Your mandate for {artist} is limited to some programmes, and this letter is about another or none."
NOT_AS = "It is not written as {capacity}: {can}."
AS_MANAGER = "You write for {artist} under a mandate, so it is written as the manager."
NOT_MANAGER = "You are {artist}: nobody writes as your manager from here."
NOT_OWNER = "As the owner writes only who controls the rights: here it is {standing}."


# Of several artists, told once.
OF_SEVERAL = {
    NOT_LET: "For {names} you may not write letters: your mandates do not let you. They can themselves.",
    NO_MANDATE: "For {names} you may not write letters: you hold no mandate that is in force. They can"
    " themselves.",
}


@dataclass(frozen=True, slots=True)
class NotLet:
    """An artist for whom nobody may write from here, and why."""

    name: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes for one artist. `mandate` None: the artist."""

    name: str
    mandate: Mandate | None


def writer_for(
    console: Console, artist: ArtistId, artist_name: str, mandates: Sequence[Mandate]
) -> Writer | Sentence:
    """Who writes here, or why nobody may from here and who can."""
    account = console.account
    if account is None:
        return say(NOBODY)
    acting = acting_for(console, artist, mandates)
    if acting.power is RosterPower.OWN:
        return Writer(artist_name, None)
    now = console.clock()
    held = [m for m in mandates if m.artist == artist and m.holder == account.id]
    held += [row.mandate for row in account.artists if row.artist == artist and row.mandate and not held]
    able = [mandate for mandate in held if mandate.may(Power.WRITE_LETTERS, now)]
    if able:
        return Writer(account.name, max(able, key=lambda m: (m.given_on, m.id)))
    others = sorted(
        {
            mandate.holder_name
            for mandate in mandates
            if mandate.artist == artist and mandate.holder_name and mandate.may(Power.WRITE_LETTERS, now)
        }
    )
    who = " or ".join((artist_name, *others))
    in_force = any(mandate.is_in_force(now) for mandate in held)
    return say(NOT_LET if in_force else NO_MANDATE, artist=artist_name, who=who)


def is_within(writer: Writer, about: About) -> bool:
    """Whether a letter lies within the programmes that a mandate is limited to."""
    limits = writer.mandate.programmes if writer.mandate is not None else ()
    return not limits or about.programme in limits


def capacity_for(
    writer: Writer, artist_name: str, template: Template, wished: Capacity | None, standing: Standing
) -> Capacity | Sentence:
    """In what capacity it is written, or why not in the one wished for."""
    in_person = template.signed_by is SignedBy.PERSON
    if writer.mandate is not None:
        if wished not in (None, Capacity.MANAGER) and not in_person:
            return say(AS_MANAGER, artist=artist_name)
        if Capacity.MANAGER in template.capacities or not in_person:
            return _allowed(template, Capacity.MANAGER)
        wished = None  # it speaks as the artist, who signs it
    elif wished is Capacity.MANAGER:
        return say(NOT_MANAGER, artist=artist_name)
    if wished is Capacity.OWNER and standing is not Standing.CONTROLS:
        return say(NOT_OWNER, standing=standing.value.replace("_", " "))
    if wished is not None:
        return _allowed(template, wished)
    fitting = [Capacity.ARTIST, Capacity.SONGWRITER, Capacity.PERFORMER]
    if standing is Standing.CONTROLS:
        fitting.insert(1, Capacity.OWNER)
    can = next((each for each in fitting if each in template.capacities), None)
    return can if can is not None else _allowed(template, Capacity.ARTIST)


def _allowed(template: Template, capacity: Capacity) -> Capacity | Sentence:
    if capacity in template.capacities:
        return capacity
    can = ", ".join(each.value for each in template.capacities)
    return say(NOT_AS, capacity=capacity.value, can=can)
