"""A profile that does not open: what is wrong, the ways out, and opening with what the person answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from artist_console.commands.keys import recover_keys
from artist_console.commands.profiles import Outside, Profile, open_profile
from artist_console.domain.problems import Problem
from artist_console.host.files import set_aside
from artist_console.host.keyring_troubles import KeyringHangs
from artist_console.host.lock import ProfileInUse, hold_profile
from artist_console.host.passphrase import (
    AskPassphrase,
    PassphraseNeeded,
    WrongPassphrase,
    checked,
    passphrase_from_file,
)
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import (
    KeyMissing,
    KeysUnreachable,
    KeysUnreadable,
    NewKeys,
    PlaceNotChosen,
)
from artist_console.store.problems import JournalGone, StoreDamaged, StoreUnreadable

__all__ = ["CannotOpen", "NewKeys", "Opener", "Way", "set_journal_aside", "what_is_wrong"]


class Way(Enum):
    """What a person can do about it."""

    PASSPHRASE = auto()  # type the passphrase
    PLACE = auto()  # choose where the keys of a new profile go
    CODE = auto()  # type the recovery code
    ANEW = auto()  # set aside what does not open, and start with an empty profile
    AGAIN = auto()  # try again, once a keyring is unlocked or a file is back


@dataclass(frozen=True, slots=True)
class CannotOpen:
    """What is wrong and what can be done; `aside` are the files that starting anew renames, deleting none."""

    problem: Problem
    ways: frozenset[Way]
    aside: tuple[Path, ...] = ()

    @property
    def may_be_waited_for(self) -> bool:
        """Whether a keyring was asked and may still answer, as soon as somebody has typed its password."""
        return isinstance(self.problem, KeyringHangs)


def what_is_wrong(folder: ProfileFolder, problem: Problem) -> CannotOpen | None:
    """The ways out of a problem of `open_profile`; None where there is none but what the problem advises."""
    match problem:
        case PassphraseNeeded() | WrongPassphrase():
            ways = {Way.PASSPHRASE, Way.ANEW}
        case PlaceNotChosen():
            return CannotOpen(problem, frozenset({Way.PLACE, Way.AGAIN}))
        case ProfileInUse():
            return CannotOpen(problem, frozenset({Way.AGAIN}))
        case KeysUnreachable() | KeyMissing() | KeysUnreadable() | StoreUnreadable():
            ways = {Way.AGAIN, Way.ANEW}
        case StoreDamaged() | JournalGone():
            return CannotOpen(problem, frozenset({Way.AGAIN, Way.ANEW}), _aside_for(folder, problem))
        case _:
            return None
    if folder.recovery.exists():
        ways.add(Way.CODE)
    return CannotOpen(problem, frozenset(ways), _aside_for(folder, problem))


def set_journal_aside(folder: ProfileFolder, wrong: CannotOpen) -> tuple[Path, ...]:
    """Rename what does not open, by the person's own choice; gives the new paths. Nothing is deleted.

    Raises ProfileInUse, and FileProblem for a file that cannot be renamed.
    """
    with hold_profile(folder.lock):
        return tuple(set_aside(path) for path in wrong.aside if path.exists())


def _aside_for(folder: ProfileFolder, problem: Problem) -> tuple[Path, ...]:
    """A damaged journal, or a mirror that misses its journal; where the key is lost, all that it opened."""
    match problem:
        case StoreDamaged():
            names = [folder.journal]
        case JournalGone():
            names = [folder.journal, folder.mirror]
        case _:
            names = [folder.keys, folder.recovery, folder.journal, folder.mirror, folder.backend]
    return tuple(path for path in names if path.exists())


class Opener:
    """Opens a profile with what was answered so far. One thing at a time; any thread but the interface's."""

    def __init__(self, folder: ProfileFolder, outside: Outside) -> None:
        self.folder = folder
        self._outside = outside
        self._passphrase: AskPassphrase = passphrase_from_file
        self._new_keys: NewKeys | None = None

    def open(self) -> Profile:
        """Raises what `open_profile` raises, and PassphraseNeeded until one was typed."""
        return open_profile(
            self.folder,
            self._outside,
            may_be_new=True,
            new_keys=self._new_keys,
            passphrase=self._passphrase,
        )

    def what_is_wrong(self, problem: Problem) -> CannotOpen | None:
        return what_is_wrong(self.folder, problem)

    def with_passphrase(self, words: str) -> Profile:
        """Raises WrongPassphrase, and what `open` raises."""
        self._passphrase = _always(words)
        return self.open()

    def with_place(self, place: NewKeys, words: str = "", again: str = "") -> Profile:
        """Put the keys of a new profile there. Raises PassphraseTooShort, PassphrasesDiffer, too."""
        self._choose(place, words, again)
        return self.open()

    def with_code(self, code: str, place: NewKeys | None = None, words: str = "", again: str = "") -> Profile:
        """Recover the keys into a keyring that works or the place that was chosen, then open.

        Raises what `recover_keys` raises: PlaceNotChosen where a place has to be chosen first.
        """
        if place is not None:
            self._choose(place, words, again)
        recover_keys(self.folder, code, place, self._passphrase)
        return self.open()

    def anew(self, wrong: CannotOpen) -> Profile:
        """Set aside what does not open, and start with an empty profile."""
        set_journal_aside(self.folder, wrong)
        return self.open()

    def _choose(self, place: NewKeys, words: str, again: str) -> None:
        if place is NewKeys.PASSPHRASE:
            self._passphrase = _always(checked(words, again))
        self._new_keys = place


def _always(words: str) -> Callable[[], str]:
    return lambda: words
