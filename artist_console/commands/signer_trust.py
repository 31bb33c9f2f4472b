"""Trusting the signer of a file that somebody handed over: a card, a report or an evidence bundle."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from artist_console.commands import evidence, evidence_members, reports, signer_cards
from artist_console.commands.console import Console, Result
from artist_console.commands.evidence import BundleCheck
from artist_console.commands.handed_over import PackageKind, what_it_is
from artist_console.commands.reports import OpenedReport
from artist_console.commands.signer_cards import SeenCard
from artist_console.commands.signer_list import ListedSigner, find_signer, mark_introduced
from artist_console.commands.signers import How, read_file
from artist_console.domain.problems import InputProblem
from artist_console.formats.key_words import words_from


class NoSignerInIt(InputProblem):
    title_template = "{name} is no card, report or evidence bundle whose signature holds"
    advice_template = "Ask the sender for a new copy"


@dataclass(frozen=True, slots=True)
class SeenSigner:
    """Who signed a file, before anything is made known: the name is the signer's own word."""

    path: Path
    name: str
    kid: str
    fingerprint: str
    words: tuple[str, ...]
    follows: str  # the name of a key known here that was handed over to this one; "" where none was
    found: SeenCard | OpenedReport | BundleCheck = field(repr=False)


def seen_file(console: Console, path: Path) -> SeenSigner:
    """The signer of a file, unknown or known. Raises NoSignerInIt, NotACard, FileProblem."""
    if signer_cards.looks_like_a_card(path):
        card = signer_cards.see_card_here(console, path)
        return SeenSigner(path, card.name, card.kid, card.fingerprint, card.words, card.follows, card)
    found: OpenedReport | BundleCheck
    if what_it_is(path) is PackageKind.EVIDENCE:
        found = evidence.verify_bundle(path, console.folder.signers)
        holds = found.content is not None
    else:
        found = reports.open_in(console, path)
        holds = found.verified
    if not holds or not found.signer_kid:
        raise NoSignerInIt(name=path.name)
    return SeenSigner(
        path,
        found.signer,
        found.signer_kid,
        found.fingerprint,
        words_from(found.fingerprint),
        _follows(console, found),
        found,
    )


def _follows(console: Console, found: OpenedReport | BundleCheck) -> str:
    """Known without being on the list: by a handover from a key that is on it."""
    if isinstance(found, BundleCheck) or read_file(console.folder.signers).of(found.signer_kid) is not None:
        return ""
    return next((each.known_as for each in found.signatures if each.kid == found.signer_kid), "")


def trust_seen(console: Console, seen: SeenSigner, name: str, *, compared: bool) -> Result[ListedSigner]:
    """Make the signer known here; how it was introduced is kept. Raises what the parts raise."""
    path = console.folder.signers
    match seen.found:
        case SeenCard():
            return signer_cards.take_card(console, seen.found, name, compared=compared)
        case OpenedReport():
            changes = reports.trust(console, seen.found, name).changes
        case BundleCheck():
            changes = evidence_members.trust_signer(console, seen.found, name).changes
    if compared:
        mark_introduced(path, seen.kid, How.COMPARED)
    elif seen.follows:
        mark_introduced(path, seen.kid, How.HANDOVER, seen.follows)
    return Result(find_signer(path, seen.kid), changes)
