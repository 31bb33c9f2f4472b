"""The letters that are kept, each with its case and names."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.commands.letter_templates import template_of
from artist_console.commands.names import party_name
from artist_console.domain.case_standing import in_force, standing
from artist_console.domain.cases import Case, CaseState, EventKind
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.domain.letters import Letter
from artist_console.domain.problems import Problem, UnknownThing
from artist_console.store import cases, mirror


class UnknownLetter(UnknownThing):
    title_template = "There is no letter {letter} here"
    advice_template = "See: artist-console letter list"


@dataclass(frozen=True, slots=True)
class KeptLetter:
    letter: Letter
    case: Case
    state: CaseState  # of the case
    artist_name: str
    kind_name: str
    is_sent: bool  # as far as that is noted


def list_letters(
    console: Console, artist: ArtistId | None = None, kind: LetterKind | None = None
) -> tuple[KeptLetter, ...]:
    """Kept letters, the latest first."""
    facts = mirror.facts(console.store, console.clock())
    found = [
        KeptLetter(
            letter,
            case,
            standing(case, console.today).state,
            party_name(facts, letter.artist),
            kind_name(letter.kind),
            letter.id in sent,
        )
        for case in cases.all(console.store)
        for sent in [{event.letter for event in in_force(case) if event.kind is EventKind.SENT}]
        for letter in case.letters
        if artist in (None, letter.artist) and kind in (None, letter.kind)
    ]
    found.sort(key=lambda each: (each.letter.written_at, each.letter.id), reverse=True)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which kept letters are meant; what is empty leaves none out."""

    artists: frozenset[ArtistId] = frozenset()
    cases: frozenset[str] = frozenset()  # ids
    addressees: frozenset[str] = frozenset()  # ids
    kind: LetterKind | None = None
    unsent: bool = False  # only those of open cases of which no sending is noted


def find_letters(console: Console, wanted: LetterFilter) -> tuple[KeptLetter, ...]:
    """The kept letters that fit, by addressee and artist. Of a case only its last letter."""
    return tuple(
        sorted(
            (each for each in list_letters(console, kind=wanted.kind) if _fits(each, wanted)),
            key=lambda each: (each.letter.to_name.casefold(), each.artist_name.casefold(), each.letter.id),
        )
    )


def _fits(each: KeptLetter, wanted: LetterFilter) -> bool:
    return (
        each.letter.id == each.case.letters[-1].id
        and (not wanted.artists or each.letter.artist in wanted.artists)
        and (not wanted.cases or each.case.id in wanted.cases)
        and (not wanted.addressees or each.letter.addressee in wanted.addressees)
        and not (wanted.unsent and (each.is_sent or each.state is CaseState.CLOSED))
    )


def show_letter(console: Console, id: str) -> KeptLetter:
    """One letter by its id. Raises UnknownLetter."""
    for each in list_letters(console):
        if each.letter.id == id:
            return each
    raise UnknownLetter(letter=id)


def kind_name(kind: LetterKind, told_in: Language = Language.EN) -> str:
    """As its template calls it; a kept letter is told even where its template is gone."""
    try:
        return template_of(kind).name[told_in]
    except Problem:
        return kind.value.replace("_", " ")
