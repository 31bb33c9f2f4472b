"""What a person does with the list of signers: look, trust, rename, mark as no longer good, let go.

Everything here works on the file alone, with no account and no network. What a check makes of the list is in
`signers`, and cards to hand to others are in `signer_cards`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.signers import (
    How,
    Signer,
    SignersFile,
    Signs,
    add_signer,
    check_statements,
    introduced_by,
    read_file,
    write_file,
)
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.key_words import is_said_by, words_of
from artist_console.formats.revocations import MAX_REASON_CHARS
from artist_console.formats.signatures import PublicKey
from artist_console.formats.signer_card import plain_name
from artist_console.store import heads

MAX_NAME_CHARS = 200
_LEAST_DIGITS = 8
_CHANGED = Changes.REPORTS | Changes.SETTINGS


class NoSuchSigner(UnknownThing):
    title_template = "No signer here is called {what}"
    advice_template = "Look at: artist-console signers list. A name, or the first digits of a key, says which"


class SeveralSigners(InputProblem):
    title_template = "{what} fits several signers here"
    advice_template = "Give the first digits of the key: {digits}"


class OwnKey(InputProblem):
    title_template = "This is a key of this profile"
    advice_template = "To sign with another one, replace it: artist-console keys replace"


class NoName(InputProblem):
    title_template = "A signer needs a name that you know them by"
    advice_template = "Write the name, of at most {most} signs"


class OwnName(InputProblem):
    title_template = "“{name}” is what a key of this profile is called here"
    advice_template = "Give this signer another name, so that the two are never taken for each other"


@dataclass(frozen=True, slots=True)
class ListedSigner:
    """A signer as the list shows it."""

    kid: str
    name: str
    fingerprint: str
    words: tuple[str, ...]
    since: date
    own: bool
    how: How
    from_name: str  # of a handover: what the key that it came from was called here
    introduced_by: str  # behind "introduced by"
    signs: Signs | None  # of a key of this profile
    replaced: date | None  # when another key took its place
    revoked: tuple[date, str] | None  # since when it is no longer good, and why
    revoked_by_itself: bool  # its holder said so; else it was marked here

    @property
    def is_good(self) -> bool:
        """Whether what it signs counts as by somebody known."""
        return self.revoked is None


@dataclass(frozen=True, slots=True)
class MetKey:
    """A key of the service this profile is connected to, as it was first seen: nobody has vouched for it."""

    key: PublicKey
    name: str  # as the service calls itself
    since: date


def list_signers(path: Path) -> tuple[ListedSigner, ...]:
    """All signers of a file: the key that signs reports now, other own ones, then by name.

    Raises SignersUnreadable.
    """
    content = read_file(path)
    checked = check_statements(path, content)
    replaced: dict[str, date] = {}
    for step in checked.handovers:
        replaced[step.former.kid] = min(step.on, replaced.get(step.former.kid, step.on))
    found = []
    for each in content.signers:
        said = checked.revocations.get(each.key.kid)
        by_itself = (said.on, said.reason) if said is not None else None
        found.append(
            ListedSigner(
                each.key.kid,
                each.name,
                each.key.fingerprint,
                words_of(each.key),
                each.since,
                each.own,
                each.how,
                each.from_name,
                introduced_by(each),
                each.signs,
                replaced.get(each.key.kid),
                by_itself or each.revoked,
                by_itself is not None,
            )
        )
    return tuple(sorted(found, key=_own_first))


def _own_first(each: ListedSigner) -> tuple[object, ...]:
    past = each.replaced is not None or not each.is_good
    return (not each.own, each.own and past, each.signs is Signs.RECEIPTS, each.name.casefold(), each.kid)


def signers_here(console: Console) -> tuple[ListedSigner, ...]:
    """The same, of this profile."""
    return list_signers(console.folder.signers)


def is_present(each: ListedSigner) -> bool:
    """Whether a key was neither replaced nor taken back."""
    return each.replaced is None and each.is_good


def present_key(signers: Iterable[ListedSigner]) -> ListedSigner | None:
    """The one that signs the reports of this profile; None before anything was signed with it."""
    return next(
        (each for each in signers if each.own and each.signs is Signs.REPORTS and is_present(each)),
        None,
    )


def met_keys(console: Console) -> tuple[MetKey, ...]:
    """Keys of the service that are not on the list: seen, and trusted by nobody."""
    listed = {each.key.kid for each in read_file(console.folder.signers).signers}
    return tuple(
        MetKey(each.key, each.name, each.at.date())
        for kid, each in heads.keys(console.store).items()
        if kid not in listed
    )


def find_signer(path: Path, what: str) -> ListedSigner:
    """The signer of this name, these words, or whose key begins with these digits.

    Raises NoSuchSigner, SeveralSigners.
    """
    digits = "".join(what.split()).casefold()
    listed = list_signers(path)
    found = [each for each in listed if each.name.casefold() == what.strip().casefold()]
    if not found:
        found = [
            each
            for each in listed
            if each.kid == what
            or is_said_by(each.fingerprint, what)
            or (len(digits) >= _LEAST_DIGITS and each.fingerprint.replace(" ", "").startswith(digits))
        ]
    if not found:
        raise NoSuchSigner(what=f"“{what}”")
    if len(found) > 1:
        raise SeveralSigners(what=f"“{what}”", digits=" or ".join(each.fingerprint[:9] for each in found))
    return found[0]


def trust_key(path: Path, key: PublicKey, name: str, on: date, how: How, from_name: str = "") -> ListedSigner:
    """Make a key known here. One that is known already gets the name, and what was compared stays compared.

    Raises NoName, OwnName.
    """
    words = free_name(path, key.kid, name)
    add_signer(path, Signer(key, words, on, own=False, how=how, from_name=from_name))
    return next(each for each in list_signers(path) if each.kid == key.kid)


def trust_met(console: Console, kid: str, name: str, *, compared: bool) -> Result[ListedSigner]:
    """Make a key of the service known that was only seen so far. Raises NoSuchSigner, NoName."""
    met = next((each for each in met_keys(console) if each.key.kid == kid), None)
    if met is None:
        raise NoSuchSigner(what=kid)
    how = How.COMPARED if compared else How.SERVICE
    return Result(trust_key(console.folder.signers, met.key, name, console.today, how), _CHANGED)


def checked_name(name: str) -> str:
    """A name of one line. Raises NoName."""
    words = plain_name(name)
    if not words or len(words) > MAX_NAME_CHARS:
        raise NoName(most=MAX_NAME_CHARS)
    return words


def free_name(path: Path, kid: str, name: str) -> str:
    """A name for this key: none that a key of this profile goes by. Raises NoName, OwnName."""
    words = checked_name(name)
    own = (each for each in read_file(path).signers if each.own)
    taken = {each.key.kid: each.name.casefold() for each in own}
    if kid not in taken and words.casefold() in taken.values():
        raise OwnName(name=words)
    return words


def rename(console: Console, kid: str, name: str) -> Result[ListedSigner]:
    """Call a signer by another name here. Raises NoSuchSigner, NoName, OwnName."""
    words = free_name(console.folder.signers, kid, name)
    return _change(console, kid, lambda signer: replace(signer, name=words))


def mark_compared(console: Console, kid: str) -> Result[ListedSigner]:
    """The person has compared the words or digits of a key that was on the list without that."""
    return _change(console, kid, lambda signer: replace(signer, how=How.COMPARED))


def mark_introduced(path: Path, kid: str, how: How, from_name: str = "") -> None:
    """Say of a signer on the list how it was introduced. Raises NoSuchSigner."""
    content = read_file(path)
    signer = replace(_of(content, kid), how=how, from_name=from_name)
    write_file(path, content.with_signer(signer))


def revoke(console: Console, kid: str, reason: str) -> Result[ListedSigner]:
    """Mark a key as no longer good: what it signed counts as by nobody known, also what is older.

    The mark is the person's own and stays here. Raises NoSuchSigner, OwnKey.
    """
    _others(console.folder.signers, kid)
    said = " ".join(reason.split())[:MAX_REASON_CHARS].strip()
    return _change(console, kid, lambda signer: replace(signer, revoked=(console.today, said)))


def take_mark_off(console: Console, kid: str) -> Result[ListedSigner]:
    """Count a key as good again that was marked here. What its holder said of it stays."""
    return _change(console, kid, lambda signer: replace(signer, revoked=None))


def forget(console: Console, kid: str) -> Result[None]:
    """Trust a signer no longer: its reports are again by somebody who is not known. Raises as `revoke`.

    What keys said of themselves stays, so that a key which was taken back is not taken for a good one later.
    """
    path = console.folder.signers
    _others(path, kid)
    content = read_file(path)
    write_file(path, replace(content, signers=tuple(s for s in content.signers if s.key.kid != kid)))
    return Result(None, _CHANGED)


def _others(path: Path, kid: str) -> Signer:
    found = _of(read_file(path), kid)
    if found.own:
        raise OwnKey
    return found


def _of(content: SignersFile, kid: str) -> Signer:
    found = content.of(kid)
    if found is None:
        raise NoSuchSigner(what=kid)
    return found


def _change(console: Console, kid: str, changed: Callable[[Signer], Signer]) -> Result[ListedSigner]:
    path = console.folder.signers
    content = read_file(path)
    write_file(path, content.with_signer(changed(_of(content, kid))))
    return Result(next(each for each in list_signers(path) if each.kid == kid), _CHANGED)
