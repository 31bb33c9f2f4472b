"""Whose the rows of a catalogue are: artists of the account that brings it, known or new, or nobody here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from artist_console.domain.ids import ArtistId, PartyId
from artist_console.domain.parties import Party, PartyIdentifier, PartyKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.incoming import CatalogueRow, ReadCatalogue

from .catalogue_said import joined
from .holdings import Holdings, name_key
from .job import Order, Result

# A person or group has one of each; of IPI name numbers one for each name.
_SEVERAL = frozenset({"ipi"})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row is of nobody whose works are taken over; `why` goes on after "Left out: "."""

    why: str


Of = tuple[PartyId, ...] | LeftOut


class Artists:
    """The artists of one import. `only` is the one whose works alone are taken, if any."""

    def __init__(
        self, held: Holdings, order: Order, read: ReadCatalogue, only: PartyId | None, result: Result
    ) -> None:
        self.only = only
        self.new: list[ArtistId] = []
        self._held = held
        self._order = order
        self._names_own = read.names_own
        self._result = result
        self._welcome: frozenset[str] | None = None  # keys of the names that are taken; None: as `only` says
        self._told: set[tuple[str, str]] = set()

    def welcome(self, names: Iterable[str], other_spellings: Sequence[str]) -> None:
        """What the person said about names in the file: artists of theirs, or spellings of `only`."""
        if self.only is not None and other_spellings:
            party = self._held.parties[self.only]
            new = [name for name in other_spellings if name != party.name]
            self._held.add_party(replace(party, aliases=joined(party.aliases, new)))
        keys = {name_key(name) for name in names}
        if keys:
            known = {
                name_key(n) for party in self._held.parties.values() for n in (party.name, *party.aliases)
            }
            self._welcome = frozenset(keys | known)

    def of(self, row: CatalogueRow) -> Of:
        """The artists of this account whose work a row is."""
        names, codes = row.names, _codes(row)
        verb = "by" if row.artists else "written by"
        if self._welcome is not None and names:
            welcome = [n for n in names if name_key(n) in self._welcome or self._known(n, codes)]
            if not welcome:
                return LeftOut(f"it is {verb} {', '.join(names)}, who was not chosen")
            return self._each(welcome, row, codes)
        if self.only is not None:
            return self._of_only(row, names, codes, verb)
        if row.artists and self._names_own:
            return self._each(row.artists, row, codes)
        known = [name for name in names if self._known(name, codes)]
        return self._each(known, row, codes) if known else self._of_known_work(row, names, verb)

    def known_here(self, names: Iterable[str]) -> tuple[PartyId, ...]:
        found = [self._held.party(name) for name in names]
        return tuple(dict.fromkeys(party.id for party in found if party is not None))

    def _of_only(
        self, row: CatalogueRow, names: Sequence[str], codes: dict[str, list[tuple[str, str]]], verb: str
    ) -> Of:
        assert self.only is not None
        mine = [n for n in names if (p := self._known(n, codes)) is not None and p.id == self.only]
        if mine:
            with_others = names if row.kind is WorkKind.COMPOSITION and not row.artists else mine
            known = [name for name in with_others if self._known(name, codes)]
            return self._each(known, row, codes)
        if names:
            song = self._written(row, names)
            if song is not None and self.only in song.artists:
                return song.artists
            party = self._held.parties[self.only].name
            return LeftOut(f"it is {verb} {', '.join(names)}, not by {party}")
        return (self.only,) if self._names_own else self._of_known_work(row, names, verb)

    def _of_known_work(self, row: CatalogueRow, names: Sequence[str], verb: str) -> Of:
        """A row that names nobody of this account is theirs all the same where its code says so.

        A number of the submitter is no such code: of a song that names nobody the title has to fit, too.
        """
        codes = [other for other in row.other_identifiers if other.kind != "submitter"]
        work = self._held.coded(row.kind, row.identifier, codes)
        numbers = [other.value for other in row.other_identifiers if other.kind == "submitter"]
        if work is None and row.kind is WorkKind.COMPOSITION and not names:
            work = next(filter(None, (self._held.numbered(n, row.title) for n in numbers)), None)
        work = work or self._written(row, names)
        if work is not None:
            return work.artists
        if names:
            return LeftOut(f"it is {verb} {', '.join(names)}, and none of them is an artist here")
        if row.kind is WorkKind.COMPOSITION and numbers:
            return LeftOut(
                f"it names no writer, and no song “{row.title}” with the number {numbers[0]} is here"
            )
        return LeftOut("it names no artist")

    def _written(self, row: CatalogueRow, names: Sequence[str]) -> Work | None:
        """The song here that a row is about by its title and a writer whom both name."""
        if row.kind is not WorkKind.COMPOSITION or row.artists:
            return None
        return self._held.written(row.title, names, row.identifier)

    def _each(
        self, names: Iterable[str], row: CatalogueRow, codes: dict[str, list[tuple[str, str]]]
    ) -> tuple[PartyId, ...]:
        return tuple(
            dict.fromkeys(self.artist(name, row.artist_aliases, codes.get(name, ())).id for name in names)
        )

    def artist(
        self,
        name: str,
        spellings: Iterable[tuple[str, str]] = (),
        codes: Iterable[tuple[str, str]] = (),
    ) -> Party:
        """The artist of a name, new if need be; other spellings and identifiers are added to them."""
        known = self._held.party(name, codes)
        if known is None:
            known = Party(
                PartyId(self._order.new_id()), name, PartyKind.PERSON, is_artist=True, self_declared=True
            )
            self.new.append(known.id)
        said = [other for of, other in spellings if of == name]
        if name_key(name) not in {name_key(n) for n in (known.name, *known.aliases)}:
            said.insert(0, name)  # found by an identifier under another name
        other = [spelling for spelling in said if spelling != known.name]
        party = replace(
            known,
            aliases=joined(known.aliases, other),
            identifiers=self._identified(known, codes),
        )
        self._held.add_party(party)
        return party

    def _identified(self, party: Party, codes: Iterable[tuple[str, str]]) -> tuple[PartyIdentifier, ...]:
        """An identifier that is there stays; another one of the kind is told."""
        found = list(party.identifiers)
        for kind, value in codes:
            there = next((each.value for each in found if each.kind == kind), None)
            if PartyIdentifier(kind, value) in found:
                continue
            if there is None or kind in _SEVERAL:
                found.append(PartyIdentifier(kind, value))
            elif (party.id, value) not in self._told:
                self._told.add((party.id, value))
                what = (
                    f"{party.name} has {kind.upper()} {there} here and {value} in the file; the first stays."
                )
                self._result.note(0, "artist", what, "warning")
        return tuple(found)

    def _known(self, name: str, codes: dict[str, list[tuple[str, str]]]) -> Party | None:
        return self._held.party(name, codes.get(name, ()))


def _codes(row: CatalogueRow) -> dict[str, list[tuple[str, str]]]:
    """Identifiers of the people in a row, by their name as it stands there."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, kind, value in row.artist_identifiers:
        found[name].append((kind, value))
    return found
