"""The works that a letter names: which of an artist's works fit it, what the artist can say of them, and
which are left out and why. Worked out once for each artist, however many letters are drafted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from artist_console.commands.letter_drafts import LeftOut
from artist_console.domain import words
from artist_console.domain.addressees import Repertoire
from artist_console.domain.contract_pieces import power_of
from artist_console.domain.contract_rows import own_works
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letter_kinds import Capacity
from artist_console.domain.letter_needs import one_line
from artist_console.domain.letter_templates import Template, WorksWanted
from artist_console.domain.letter_works import ListedWork
from artist_console.domain.parties import Stakeholder, Standing, split_fault
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.territories import WORLD, WORLDWIDE, Territories
from artist_console.domain.uses import PERSONAL_RIGHTS, Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work

UNRELEASED = say("It is unreleased, and not named.")
A_SONG = say("It is a song, and this letter is about recordings.")
A_RECORDING = say("It is a recording, and this letter is about songs.")
SPLIT = say("The shares of it are disputed or do not add up.")
PLACES = "What you hold of it is only for {places}."
CLAIM = "This letter says that the artist controls the rights. Here: {standing}"
OTHERS = "This letter is for works that others control. Here: {standing}"
SAID_YES = say("A yes to a use of it is recorded.")
NONE_OF = "None of the works named is one of {artist}."
NAME_THEM = "Name the works that it is about."
NO_WORKS = "No released work of {artist} is known here that this letter is about."
NONE_FITS = "No work of {artist} fits this letter. {reason}"


class UnknownWork(UnknownThing):
    title_template = "The work {work} is not known here"
    advice_template = "See: artist-console works list"


@dataclass(frozen=True, slots=True)
class HeldWork:
    """One work, what the artist's answer can do on it, and why no more than that, where it needs saying."""

    work: Work
    listed: ListedWork
    standing: Standing
    doubt: Sentence | None = None

    @property
    def is_controlled_somewhere(self) -> bool:
        """Whether it is controlled in some places only, which a letter can name."""
        return self.doubt is not None and self.doubt.template == PLACES

    @property
    def title(self) -> str:
        listed = self.listed
        return f"{listed.title} ({listed.version})" if listed.version else listed.title


@dataclass(frozen=True, slots=True)
class ChosenWorks:
    works: tuple[HeldWork, ...]
    left_out: tuple[LeftOut, ...]
    standing: Standing  # the least of all works


def held_works(
    artist: ArtistId, facts: FactBook, now: datetime, places: Territories | None = None
) -> tuple[HeldWork, ...]:
    """All works of an artist, recordings first, by title: what can be said everywhere, or in `places`."""
    if places is not None and WORLD in places.codes:
        places = None
    found = [_held(work, artist, facts, now, places) for work in own_works(artist, facts)]
    return tuple(sorted(found, key=_order))


def _order(held: HeldWork) -> tuple[object, ...]:
    return (
        held.work.kind is WorkKind.COMPOSITION,
        held.work.title.casefold(),
        held.work.version,
        held.work.id,
    )


def _held(
    work: Work, artist: ArtistId, facts: FactBook, now: datetime, places: Territories | None
) -> HeldWork:
    rows = [row for row in facts.stakeholders.get(work.id, ()) if row.period.contains(now)]
    rights = [Right.MASTER] if work.kind is WorkKind.RECORDING else [Right.COMPOSITION]
    if work.kind is WorkKind.COMPOSITION and any(row.right is Right.LYRICS for row in rows):
        rights.append(Right.LYRICS)
    found = [_on_right(right, rows, artist, places) for right in rights]
    standing, doubt = min(found, key=lambda pair: power_of(pair[0]))
    listed = ListedWork(one_line(work.title), work.kind, one_line(work.version), work.identifier)
    return HeldWork(work, listed, standing, doubt)


def _on_right(
    right: Right, rows: Sequence[Stakeholder], artist: ArtistId, places: Territories | None
) -> tuple[Standing, Sentence | None]:
    """What the artist can say of one right. What is in doubt or holds in some places only is not known."""
    on_it = [row for row in rows if row.right is right]
    own = [row for row in on_it if row.party == artist]
    if not own:
        return Standing.UNKNOWN, None
    if split_fault(right, tuple(on_it)) is not None:
        return Standing.UNKNOWN, SPLIT
    if places is not None:
        own_there = [row for row in own if any(map(row.territories.covers, places.codes))]
        is_whole = all(any(row.territories.covers(code) for row in own_there) for code in places.codes)
    else:
        own_there, is_whole = own, any(row.territories == WORLDWIDE for row in own)
    least = min((row.standing for row in own_there), key=power_of, default=Standing.UNKNOWN)
    if least is Standing.CONTROLS and not is_whole:
        told = " ".join(dict.fromkeys(code for row in own for code in row.territories.codes))
        return Standing.UNKNOWN, say(PLACES, places=told)
    return least, None


def personal_standing(artist: ArtistId, facts: FactBook, now: datetime) -> Standing:
    """What the artist can say of voice, name and image."""
    own = [
        row.standing
        for row in facts.stakeholders.get(artist, ())
        if row.party == artist and row.right in PERSONAL_RIGHTS and row.period.contains(now)
    ]
    return min(own, key=power_of, default=Standing.UNKNOWN)


def choose_works(
    held: Sequence[HeldWork],
    named: Iterable[WorkId],
    template: Template,
    to: Repertoire,
    capacity: Capacity | None,
    artist_name: str,
    said_yes: Container[WorkId] = (),
    forbidden: Mapping[WorkId, Sentence] = MappingProxyType({}),
) -> ChosenWorks | Sentence:
    """The works that a letter names, or why it can name none. `named` empty: as the template says.

    `to`: the works that the addressee has to do with; `said_yes`: works that a letter which says no leaves
    out, unless they are named; `forbidden`: works that it may not name at all, and why.
    """
    wanted = frozenset(named)
    if template.works is WorksWanted.NONE:
        return ChosenWorks((), (), Standing.UNKNOWN)
    if wanted:
        held = [each for each in held if each.work.id in wanted]
        if not held:
            return say(NONE_OF, artist=artist_name)
    elif template.works is WorksWanted.NAMED:
        return say(NAME_THEM)
    kept: list[HeldWork] = []
    out: list[LeftOut] = []
    for each in held:
        reason = _why_not(each, bool(wanted), template, to, capacity)
        if reason is None and not wanted and each.work.id in said_yes:
            reason = SAID_YES
        elif reason is None and wanted:
            reason = forbidden.get(each.work.id)
        if reason is None:
            kept.append(each)
        else:
            out.append(LeftOut(each.work.id, each.title, reason))
    if not kept:
        if not out:
            return say(NO_WORKS, artist=artist_name)
        return say(NONE_FITS, artist=artist_name, reason=out[0].reason.text)
    return ChosenWorks(tuple(kept), tuple(out), min((each.standing for each in kept), key=power_of))


def _why_not(
    held: HeldWork, is_named: bool, template: Template, to: Repertoire, capacity: Capacity | None
) -> Sentence | None:
    if held.work.unreleased and not is_named:
        return UNRELEASED
    is_song = held.work.kind is WorkKind.COMPOSITION
    if not is_named and is_song and to is Repertoire.RECORDINGS:
        return A_SONG
    if not is_song and (capacity is Capacity.SONGWRITER or (to is Repertoire.SONGS and not is_named)):
        return A_RECORDING
    if template.standing and held.standing not in template.standing:
        if held.doubt is not None:
            return held.doubt
        told = CLAIM if Standing.CONTROLS in template.standing else OTHERS
        return say(told, standing=words.STANDING[held.standing])
    return None


def known_works(named: Iterable[WorkId], facts: FactBook) -> tuple[WorkId, ...]:
    """The ids that stay, of works that are known here. Raises UnknownWork."""
    found: dict[WorkId, None] = {}
    for id in named:
        work = facts.works.get(id)
        if work is None:
            raise UnknownWork(work=id)
        found[work.id] = None
    return tuple(found)
