"""What all letters of one artist share in a run: who writes, about what, and which works there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.commands.letter_about import AboutFacts, about_facts
from artist_console.commands.letter_drafts import LetterWish
from artist_console.commands.letter_record import Refused, proposed, refused
from artist_console.commands.letter_signers import Signer, signer_for
from artist_console.commands.letter_works import HeldWork, held_works
from artist_console.commands.letter_writers import LIMITED, Writer, is_within, writer_for
from artist_console.commands.letter_yeses import SAYS_NO, Yeses, read_yeses
from artist_console.commands.names import party_name
from artist_console.domain.cases import Case
from artist_console.domain.contracts import Contract
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_needs import one_line
from artist_console.domain.letter_templates import SignedBy, Template
from artist_console.domain.mandates import Mandate
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.territories import Territories
from artist_console.store import own_side, statements


@dataclass(frozen=True, slots=True)
class NoSide:
    """No letter of this artist can be written, and why."""

    artist: ArtistId
    name: str
    why_not: Sentence


@dataclass(frozen=True, slots=True)
class ArtistSide:
    """One artist in one run."""

    artist: ArtistId
    name: str
    writer: Writer
    about: AboutFacts
    held: tuple[HeldWork, ...]
    yeses: Yeses  # what was allowed of the works, now and ever
    facts: FactBook  # as the artist decided: without what is only proposed
    refused: Refused | None  # of a letter that says no: what the artist's refusals reach
    proposed: Refused | None  # and what those reach that wait for the artist
    contracts: tuple[tuple[Contract, str], ...]  # each with the name of its other side
    issuers: frozenset[str]  # who issued statements to the artist
    signer: Signer | None  # the member that signs for a group, where a person has to

    @property
    def name_in_letter(self) -> str:
        """As a letter calls the artist: of a group whose member signs, the member with the group."""
        return f"{self.signer.name} ({self.name})" if self.signer is not None else self.name


def read_side(
    console: Console,
    facts: FactBook,
    wish: LetterWish,
    template: Template,
    case: Case | None,
    mandates: Sequence[Mandate],
    artist: ArtistId,
    places: Territories | None,
) -> ArtistSide | NoSide:
    """Read it once, however many addressees there are.

    `places`: where the letter claims anything; a claim for some places has to name them in the letter.
    """
    if not template.names_places:
        places = None
    name = one_line(party_name(facts, artist)) or "an artist that is not known here"
    writer = writer_for(console, artist, name, mandates)
    if isinstance(writer, Sentence):
        return NoSide(artist, name, writer)
    if not is_within(writer, wish.about):
        return NoSide(artist, name, say(LIMITED, artist=name))
    about = about_facts(console, facts, artist, wish.about, case, template)
    if isinstance(about, Sentence):
        return NoSide(artist, name, about)
    signer = signer_for(facts, artist, wish.signer, console.clock())
    if template.signed_by is not SignedBy.PERSON:
        signer = None
    if isinstance(signer, Sentence):
        return NoSide(artist, name, signer)
    name_of = own_side.namer(facts)
    says_no = template.kind in SAYS_NO
    return ArtistSide(
        artist,
        name,
        writer,
        about,
        held_works(artist, facts, console.clock(), places),
        read_yeses(artist, facts, about.programme, console.clock()),
        facts,
        refused(facts, artist, about.programme) if says_no else None,
        proposed(console, artist, about.programme, console.clock()) if says_no else None,
        tuple((c, name_of(c)) for c in own_side.contracts(console.store) if c.artist == artist),
        frozenset(statement.issuer for statement in statements.all(console.store, artist)),
        signer,
    )
