"""Cards of signers: the own one to hand to others, and those of others, read and taken in.

A card says whose key it is in its own words only. What makes it good is that the person compares the words of
the key with the signer, or that a key known here has handed over to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.report_wish import signer_name
from artist_console.commands.signer_list import ListedSigner, checked_name, free_name, trust_key
from artist_console.commands.signers import (
    How,
    check_statements,
    known_signers,
    own_handovers,
    read_file,
    write_file,
)
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem
from artist_console.formats.handovers import ChainFault
from artist_console.formats.key_statements import MalformedStatement
from artist_console.formats.key_words import is_said_by, words_of
from artist_console.formats.signatures import KnownKey
from artist_console.formats.signer_card import (
    MAX_CARD_BYTES,
    MAX_REVOCATIONS,
    SignerCard,
    begins_like_a_card,
    read_card,
    write_card,
)
from artist_console.host.files import read_bounded, read_start, write_atomic

ENDING = ".acsigner"


class NotACard(InputProblem):
    title_template = "{name} is no card of a signer that can be read: {why}"
    advice_template = "Ask for the card again, as it was saved"


class CardTakenBack(InputProblem):
    title_template = "The key of this card was taken back on {day}"
    advice_template = "Ask the signer for the card of their present key"


class NotWhatWasSaid(InputProblem):
    title_template = "What was given are not the words or digits of this key"
    advice_template = (
        "Trust nothing yet: ask the signer once more, and compare from the first word to the last"
    )


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A card that was read, and what is known here of its key. Nothing has been taken in."""

    path: Path
    name: str  # the holder's own word
    kid: str
    fingerprint: str
    words: tuple[str, ...]
    on: date
    known_as: str  # the name that the key goes by here; "" where it is not on the list
    follows: str  # the name of a key known here that hands over to this one; "" where none does
    chain_fault: ChainFault | None  # handovers lead here from a known key, and count for nothing
    taken_back: tuple[date, str] | None
    takes_back: tuple[str, ...]  # names known here whose keys this card takes back
    card: SignerCard = field(repr=False)


@dataclass(frozen=True, slots=True)
class SavedCard:
    path: Path
    name: str
    fingerprint: str
    words: tuple[str, ...]
    handovers: int


def save_card(console: Console, path: Path, name: str = "") -> SavedCard:
    """Write the card of the key that signs the reports of this profile. Raises NoName, FileProblem."""
    signers = console.folder.signers
    key = console.signing_key
    called = checked_name(name or signer_name(console))
    handovers = own_handovers(signers, key.public)
    own = {each.key.kid for each in read_file(signers).signers if each.own}
    taken_back = check_statements(signers, read_file(signers)).revocations.values()
    ended = sorted((each for each in taken_back if each.key.kid in own), key=lambda each: each.on)
    lines = [each.line for each in ended[-MAX_REVOCATIONS:]]
    write_atomic(path, write_card(key, called, console.today, handovers, lines), mode=0o644)
    return SavedCard(path, called, key.public.fingerprint, words_of(key.public), len(handovers))


def looks_like_a_card(path: Path) -> bool:
    """Whether a file begins as a card does. Raises FileProblem."""
    return begins_like_a_card(read_start(path, 64))


def see_card(signers: Path, path: Path) -> SeenCard:
    """Read a card and compare it with the list of signers. Raises NotACard, FileProblem."""
    try:
        card = read_card(read_bounded(path, MAX_CARD_BYTES))
    except MalformedStatement as error:
        raise NotACard(name=path.name, why=error) from error
    known = known_signers(signers)
    listed = known.keys.get(card.key.kid)
    taken_back = {each.key.kid: (each.on, each.reason) for each in card.revocations}
    # A key that was taken back hands nothing over: whoever else has it could have signed that, too.
    found = replace(known, revoked=taken_back | dict(known.revoked)).look_up(card.key, card.handovers)
    names = {kid: each.name for kid, each in known.keys.items()}
    return SeenCard(
        path=path,
        name=card.name,
        kid=card.key.kid,
        fingerprint=card.key.fingerprint,
        words=words_of(card.key),
        on=card.on,
        known_as=listed.name if listed is not None else "",
        follows=found.name if isinstance(found, KnownKey) and listed is None else "",
        chain_fault=found if isinstance(found, ChainFault) else None,
        taken_back=known.revoked.get(card.key.kid) or taken_back.get(card.key.kid),
        takes_back=tuple(names[kid] for kid in taken_back if kid in names and kid not in known.revoked),
        card=card,
    )


def see_card_here(console: Console, path: Path) -> SeenCard:
    """The same with the list of this profile."""
    return see_card(console.folder.signers, path)


def take_card(console: Console, seen: SeenCard, name: str, *, compared: bool) -> Result[ListedSigner]:
    """Make the key of a card known here, with the handovers and the revocations that it carries.

    Raises CardTakenBack, NoName, OwnName; then nothing was taken in.
    """
    if seen.taken_back is not None:
        raise CardTakenBack(day=seen.taken_back[0].isoformat())
    path = console.folder.signers
    called = free_name(path, seen.card.key.kid, name)
    if compared:
        how, former = How.CARD, ""
    elif seen.follows:
        how, former = How.HANDOVER, seen.follows
    else:
        how, former = How.CARD_NOT_COMPARED, ""
    _take_statements(path, seen.card)
    signer = trust_key(path, seen.card.key, called, console.today, how, former)
    return Result(signer, Changes.REPORTS | Changes.SETTINGS)


def take_revocations(console: Console, seen: SeenCard) -> Result[tuple[str, ...]]:
    """Take in only what keys say of themselves on a card: names known here that are no longer good.

    It needs nobody to vouch for it: each was signed by the key itself.
    """
    path = console.folder.signers
    lines = (each.line for each in seen.card.revocations)
    write_file(path, read_file(path).with_statements(revocations=lines))
    return Result(seen.takes_back, Changes.REPORTS | Changes.SETTINGS)


def check_said(seen: SeenCard, said: str) -> None:
    """Raises NotWhatWasSaid unless these are all the words, or all the digits, of the key of a card."""
    if not is_said_by(seen.fingerprint, said):
        raise NotWhatWasSaid


def _take_statements(path: Path, card: SignerCard) -> None:
    content = read_file(path)
    handovers = (each.line for each in card.handovers)
    revocations = (each.line for each in card.revocations)
    write_file(path, content.with_statements(handovers, revocations))
