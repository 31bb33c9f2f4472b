"""What an artist said about a part of what is asked about: the song in a recording, the own voice on it.

A part is answered for by itself, so a yes to the recording can stand beside a no to its song. Such a no is
an objection to the use of the recording too: with power it refuses (`answers`), without power it is never
drawn as a yes (decision 0016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .answers import Asked, ledger_answer
from .decisions import Answer, AnswerKind
from .facts import FactBook
from .grounds import Carrier
from .ids import ArtistId, WorkId
from .parties import NEEDED, Stakeholder, Standing
from .registers import Subject, SubjectKind
from .trace import FactRef
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS

HoldingOf = Callable[[ArtistId, Carrier], tuple[Stakeholder, ...]]  # own rows, and those of own groups


@dataclass(frozen=True, slots=True)
class PartRefusal:
    """One artist's no about a part, with what it can do about each right that the part carries."""

    artist: ArtistId
    part: Subject
    answer: Answer
    carries: tuple[Carrier, ...]
    standing: tuple[Standing, ...]
    facts: tuple[FactRef, ...]


@dataclass(frozen=True, slots=True)
class PartsSaid:
    """What the artists said about the parts: the refusals, and the facts behind every answer looked at."""

    refused: tuple[PartRefusal, ...]
    without_yes: frozenset[Carrier]  # held without power by an artist who said no yes
    facts: tuple[FactRef, ...]


NOTHING_SAID = PartsSaid((), frozenset(), ())


def said_of_parts(
    artists: Iterable[ArtistId],
    carriers: Iterable[Carrier],
    holding: HoldingOf,
    asked: Asked,
    facts: FactBook,
) -> PartsSaid:
    """Ask each artist about each part that is theirs: held by them or their group, or a song of theirs."""
    parts: dict[Subject | None, list[Carrier]] = {}
    for right, carrier in carriers:
        if right in PERSONAL_RIGHTS:
            parts.setdefault(None, []).append((right, carrier))  # whose it is depends on who is asked
        elif right in SONG_RIGHTS and carrier != asked.subject.id:
            parts.setdefault(Subject(SubjectKind.WORK, carrier), []).append((right, carrier))
    if not parts:
        return NOTHING_SAID
    refused: list[PartRefusal] = []
    without_yes: set[Carrier] = set()
    used: dict[FactRef, None] = {}
    for artist in artists:
        party = facts.parties.get(artist)
        if party is None or not facts.is_in_reach(artist):
            continue
        for part, carries in parts.items():
            own = part or Subject(SubjectKind.PERSON, artist)
            held = {pair: holding(artist, pair) for pair in carries}
            rows = [row for of_pair in held.values() for row in of_pair]
            if own == asked.subject or not (rows or _is_song_of(artist, part, facts)):
                continue
            answer, more = ledger_answer(party, own, asked, facts)
            used |= dict.fromkeys(more)
            if answer.kind is not AnswerKind.ALLOWED:
                without_yes.update(pair for pair, of_pair in held.items() if _is_powerless(of_pair))
            if answer.kind is AnswerKind.REFUSED:
                standing = tuple(row.standing for row in rows) or (Standing.UNKNOWN,)
                refused.append(PartRefusal(artist, own, answer, tuple(carries), standing, more))
    return PartsSaid(tuple(refused), frozenset(without_yes), tuple(used))


def _is_powerless(rows: tuple[Stakeholder, ...]) -> bool:
    return bool(rows) and not any(row.standing in NEEDED for row in rows)


def _is_song_of(artist: ArtistId, part: Subject | None, facts: FactBook) -> bool:
    song = facts.works.get(WorkId(part.id)) if part is not None else None
    return song is not None and artist in song.artists


def makers_of(carriers: Iterable[Carrier], facts: FactBook) -> tuple[ArtistId, ...]:
    """The artists whose works the carriers are."""
    known = (
        facts.works.get(WorkId(carrier)) for carrier in dict.fromkeys(carrier for _, carrier in carriers)
    )
    return tuple(artist for work in known if work is not None for artist in work.artists)
