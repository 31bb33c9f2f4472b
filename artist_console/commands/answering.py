"""What Refuse, Follow and Allow at places of the matrix come to, before anything is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from artist_console.commands.asking import asked_cells, works_under
from artist_console.commands.consent import everything_asked, register_of
from artist_console.commands.console import Console
from artist_console.commands.names import programme_name, use_words
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import effective
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.registers import (
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Use, is_sensitive
from artist_console.store import mirror


@dataclass(frozen=True, slots=True)
class Yes:
    """What "Allow" at a place stands for: single allows, and uses that are answered one by one instead."""

    wishes: tuple[Wish, ...]
    one_by_one: tuple[tuple[str, Wish], ...]  # programme and the single allow of a sensitive use
    left_out: tuple[str, ...]  # sensitive uses that the place holds as well, in words


@dataclass(frozen=True, slots=True)
class Answering:
    """What an answer at several places comes to, before anything is recorded."""

    wishes: tuple[Wish, ...]
    one_by_one: tuple[tuple[str, Wish], ...]
    left_out: tuple[str, ...]


def answering(
    console: Console, places: Sequence[Register], stance: Stance, conditions: Conditions
) -> Answering:
    """The wishes behind Refuse, Follow or Allow at these places, each register once.

    Follow takes back the answer of the place itself and the single allows under it; places that hold nothing
    of their own give no wish.
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    wishes: dict[Register, Wish] = {}
    one_by_one: list[tuple[str, Wish]] = []
    left_out: dict[str, None] = {}
    if stance is Stance.CLEAR:
        held = _Held(facts, now)
        return Answering(
            tuple({r: _plain(r, stance) for place in places for r in held.under(place)}.values()), (), ()
        )
    for place in places:
        if stance is Stance.ALLOW:
            yes = _allows(facts, now, place, conditions)
            wishes |= {register_of(wish): wish for wish in yes.wishes}
            one_by_one += yes.one_by_one
            left_out |= dict.fromkeys(yes.left_out)
        else:
            wishes[place] = _plain(place, stance)
    return Answering(tuple(wishes.values()), tuple(one_by_one), tuple(left_out))


def allows_at(console: Console, register: Register, conditions: Conditions) -> Yes:
    """The single allows behind "Allow" at a register, for the programmes that ask today.

    Voice and likeness are never among `wishes`: a single sensitive use of one work or person is offered per
    programme in `one_by_one`.
    """
    now = console.clock()
    return _allows(mirror.facts(console.store, now), now, register, conditions)


def _allows(facts: FactBook, now: datetime, register: Register, conditions: Conditions) -> Yes:
    asked = asked_cells(facts, now, register.programme, register.use)
    sensitive = [pair for pair in asked if is_sensitive(pair[1])]
    single = register.subject.kind in (SubjectKind.WORK, SubjectKind.PERSON)
    one_by_one: list[tuple[str, Wish]] = []
    if register.use.kind is UseScopeKind.KEY and single:
        one_by_one = [
            (
                programme_name(facts, programme),
                Wish(
                    register.artist,
                    register.subject,
                    programme,
                    UseScope.of(use),
                    Stance.ALLOW,
                    conditions,
                ),
            )
            for programme, use in sensitive
        ]
    of_person = register.subject.kind is SubjectKind.PERSON
    wishes = () if of_person else everything_asked(facts, now, register, conditions)
    left_out = tuple(dict.fromkeys(use_words(UseScope.of(use)) for _, use in sensitive))
    return Yes(wishes, tuple(one_by_one), () if one_by_one else left_out)


class _Held:
    """The answers that stand, by what they are about: looked through once for any number of places."""

    def __init__(self, facts: FactBook, now: datetime) -> None:
        self._facts = facts
        self._now = now
        self._by_artist: dict[ArtistId, dict[Subject, list[Register]]] = {}

    def under(self, place: Register) -> list[Register]:
        """The place itself where it holds an answer, and the single allows that stand under it."""
        standing = self._standing(place.artist)
        found = [place] if place in standing.get(place.subject, ()) else []
        subjects = [place.subject]
        if place.subject.kind not in (SubjectKind.WORK, SubjectKind.PERSON):
            works = works_under(self._facts, place.artist, place.subject, self._now)
            subjects = [Subject(SubjectKind.WORK, work.id) for work in works]
        said = self._facts.registers_of(place.artist)
        for subject in subjects:
            for register in standing.get(subject, ()):
                last = effective(register, said[register])
                inside = (
                    register != place
                    and register.use.kind is UseScopeKind.KEY
                    and place.programme in (None, register.programme)
                    and place.use.covers(Use(register.use.name))
                )
                if inside and last is not None and last.stance is Stance.ALLOW:
                    found.append(register)
        return found

    def _standing(self, artist: ArtistId) -> dict[Subject, list[Register]]:
        if artist not in self._by_artist:
            by_subject: dict[Subject, list[Register]] = {}
            for register, rows in self._facts.registers_of(artist).items():
                if effective(register, rows) is not None:
                    by_subject.setdefault(register.subject, []).append(register)
            self._by_artist[artist] = by_subject
        return self._by_artist[artist]


def _plain(register: Register, stance: Stance) -> Wish:
    return Wish(register.artist, register.subject, register.programme, register.use, stance)
