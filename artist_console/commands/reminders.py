"""A reminder to somebody whose answer is missing: drafted here, sent by the person, in their own mail.

It says who asks for what, and what yes, no and silence mean. Nobody else's answer is in it, and no money.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from artist_console.commands.authority import acting_for
from artist_console.commands.consensus import cells_meant, known_work
from artist_console.commands.console import Console
from artist_console.commands.names import operator_name, party_name, programme_name, terms_words, work_title
from artist_console.domain import words
from artist_console.domain.consensus import AgreeState, Board, BoardRow, Cell, consensus
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, PartyId, ProgrammeId, WorkId
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.store import mirror

# Who has said yes or no is not asked again.
_ANSWERED = frozenset({AgreeState.AGREED, AgreeState.REFUSED})
# What a right is called inside a sentence.
_RIGHT: dict[Right, str] = {
    Right.MASTER: "the recording",
    Right.COMPOSITION: "the song",
    Right.LYRICS: "the lyrics",
    Right.PERFORMANCE: "your performance",
    Right.VOICE: "your voice",
    Right.LIKENESS: "your name and image",
    Right.MORAL: "your moral right",
}
MAX_ADDRESS = 254


class NotAsked(UnknownThing):
    """The party is not named on the board: it holds nothing, or does not share who it is."""

    title_template = "Nobody of that name is asked about “{work}”, or who it is is not shared with you"
    advice_template = "Copy the reminder that names nobody, and pass it on"


class HasAnswered(InputProblem):
    title_template = "{party} has answered all of this"
    advice_template = "There is nothing to remind of"


class NoAddress(InputProblem):
    title_template = "“{text}” is not one mail address"
    advice_template = "Write it as name@example.org, or leave it empty"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A draft: paragraphs in the order in which they are read."""

    to_name: str  # empty where it names nobody
    subject: Sentence
    paragraphs: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The letter in English."""
        return letter(paragraph.text for paragraph in self.paragraphs)

    @property
    def mailto(self) -> str:
        """The draft as a link that a mail program opens, without an address."""
        return mailto("", self.subject.text, self.text)


def letter(paragraphs: Iterable[str]) -> str:
    """Paragraphs with a blank line between them."""
    return "\n\n".join(paragraphs) + "\n"


def mailto(address: str, subject: str, body: str) -> str:
    """The link of RFC 6068 for a draft. Raises NoAddress; an address that is left empty is none."""
    to = address.strip()
    if to and not _is_address(to):
        raise NoAddress(text=to)
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


def _is_address(text: str) -> bool:
    """One address, and nothing that would add another field or addressee to the draft."""
    name, at, host = text.rpartition("@")
    plain = text.isprintable() and not set(text) & set(" \t,;<>\"'()[]\\:?&%")
    return (
        bool(name and at and host) and "@" not in name and "." in host and plain and len(text) <= MAX_ADDRESS
    )


def reminder(
    console: Console,
    artist: ArtistId,
    work: WorkId,
    party: PartyId | None = None,
    programme: ProgrammeId | None = None,
    use: Use | None = None,
) -> Reminder:
    """Draft a reminder to one party of the board; without one, to whoever has not answered.

    Raises UnknownThing, NotAsked or HasAnswered.
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    known = known_work(facts, work)
    cells = cells_meant(facts, now, programme, use)
    board = consensus(artist, known, cells, facts, now)
    title = work_title(facts, known.id)
    rights: Sequence[Right] = ()
    open_cells: Sequence[Cell] = cells
    if party is not None:
        rows = _rows_of(board, party)
        if not rows or party == artist:
            raise NotAsked(work=title)
        rights = tuple(dict.fromkeys(right for right, row in rows if _still_open(row)))
        still = {cell for _, row in rows for cell in _still_open(row)}
        open_cells = [cell for cell in cells if cell in still]
        if not open_cells:
            raise HasAnswered(party=party_name(facts, party))
    name = party_name(facts, party) if party is not None else ""
    asking = party_name(facts, artist)
    return Reminder(
        to_name=name,
        subject=say("Your answer about “{work}”", work=title),
        paragraphs=(
            say("Hello {party},", party=name) if name else say("Hello,"),
            say(_ASKS[known.kind], artist=asking, work=title, identifier=_identified(known.identifier)),
            *([say("Your agreement is needed for {rights}.", rights=_listed(rights))] if rights else []),
            *_asked_for(facts, console, open_cells),
            say(YES_MEANS),
            say(NO_MEANS),
            say(SILENCE_MEANS),
            say("You can answer each use by itself; write to me which you allow and which you refuse."),
            *_signed(console, artist, asking),
        ),
    )


_ASKS: dict[WorkKind, str] = {
    WorkKind.RECORDING: (
        "{artist} asks for your answer: may AI programmes use the recording “{work}”{identifier}?"
    ),
    WorkKind.COMPOSITION: (
        "{artist} asks for your answer: may AI programmes use the song “{work}”{identifier}?"
    ),
}
ON_TERMS = "{programme}, a programme of {operator}, asks to use it so:\n{uses}\nTerms: {terms}."
WITHOUT_TERMS = (
    "{programme}, a programme of {operator}, asks to use it so:\n{uses}\nIts terms are not known here yet."
)
YES_MEANS = (
    "Yes means: as far as it depends on you, the programme may use it in that way, under those terms. It is"
    " allowed only when everybody whose agreement is needed has said yes. If you change your mind later, a"
    " model that was trained by then is not un-trained."
)
NO_MEANS = "No means: you do not agree. It is recorded as your no, for as long as you want it."
SILENCE_MEANS = "No answer is not a yes: it is recorded as no answer, and permits nothing."


def _rows_of(board: Board, party: PartyId) -> list[tuple[Right, BoardRow]]:
    return [(group.right, row) for group in board.groups for row in group.rows if row.party == party]


def _still_open(row: BoardRow) -> set[Cell]:
    return {(cell.programme, cell.use) for cell in row.cells if cell.state not in _ANSWERED}


def _asked_for(facts: FactBook, console: Console, cells: Iterable[Cell]) -> Iterable[Sentence]:
    """Per programme: what it asks for, and on which terms."""
    by_programme: dict[ProgrammeId | None, list[Use]] = {}
    for programme, use in cells:
        by_programme.setdefault(programme, []).append(use)
    for programme, uses in by_programme.items():
        asked = "\n".join(f"- {words.USE[use][0]}: {words.USE[use][1]}" for use in uses)
        if programme is None:
            yield say("No programme asks today. The question is about any that comes:\n{uses}", uses=asked)
            continue
        terms = facts.terms_at(programme, console.clock())
        yield say(
            ON_TERMS if terms is not None else WITHOUT_TERMS,
            programme=programme_name(facts, programme),
            operator=operator_name(facts, programme) or "an operator that is not known here",
            uses=asked,
            terms=terms_words(facts, terms.id if terms is not None else None),
        )


def _listed(rights: Sequence[Right]) -> str:
    return ", ".join(_RIGHT[right] for right in rights)


def _identified(identifier: str) -> str:
    return f" ({identifier})" if identifier else ""


def _signed(console: Console, artist: ArtistId, name: str) -> tuple[Sentence, ...]:
    """Who writes: the artist, or whoever acts under a mandate."""
    account = console.account
    if account is not None and acting_for(console, artist).mandate is not None:
        return (say("{writer}, for {artist}", writer=account.name, artist=name),)
    return (say("{artist}", artist=name),)
