"""Keys behind a passphrase: argon2id makes a key of it, and that key closes up the others in keys.json.

The passphrase comes from a file that the environment names, from a terminal without being shown, or from a
dialog: never from an argument, which every process of the computer can read.
"""

from __future__ import annotations

import getpass
import json
import os
import secrets
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from artist_console.domain.problems import InputProblem, SetupProblem
from artist_console.host.files import read_bounded
from artist_console.host.key_record import (
    SALT_BYTES,
    BehindPassphrase,
    Cost,
    KeysUnreadable,
    Place,
    read_record,
    write_record,
)
from artist_console.host.subkeys import KEY_BYTES
from artist_console.host.wrapping import DoesNotOpen, unwrap, wrap

FILE_VARIABLE = "ARTIST_CONSOLE_PASSPHRASE_FILE"
NEW_FILE_VARIABLE = "ARTIST_CONSOLE_NEW_PASSPHRASE_FILE"
LEAST_LENGTH = 10
_LONGEST_BYTES = 4_096

AskPassphrase = Callable[[], str]


class WrongPassphrase(SetupProblem):
    title_template = "This passphrase does not open the keys of this profile"
    advice_template = "Check capitals and the layout of the keyboard, then start again; nothing was changed"


class PassphraseNeeded(SetupProblem):
    """The keys are behind a passphrase and nobody is there to be asked."""

    title_template = "The keys of this profile are behind a passphrase"
    advice_template = (
        "Start from a terminal to be asked for it, or name a file that holds it in"
        " ARTIST_CONSOLE_PASSPHRASE_FILE"
    )


class PassphraseTooShort(InputProblem):
    title_template = "A passphrase has at least {least} characters"
    advice_template = "Take four or more words that do not belong together"


class PassphrasesDiffer(InputProblem):
    title_template = "The two passphrases are not the same"
    advice_template = "Type the same one twice; nothing was changed"


def given_passphrase(environ: Mapping[str, str] = os.environ) -> str:
    """The passphrase from the file that the environment names, or typed at the terminal.

    Raises PassphraseNeeded where there is neither, FileProblem for a file that cannot be read.
    """
    kept = _first_line(environ.get(FILE_VARIABLE, ""))
    if kept is not None:
        return kept
    if not _at_terminal():
        raise PassphraseNeeded
    return getpass.getpass("Passphrase of this profile: ")


def passphrase_from_file(environ: Mapping[str, str] = os.environ) -> str:
    """The passphrase from the file that the environment names: for a window, which has fields of its own.

    Raises PassphraseNeeded where it names none.
    """
    kept = _first_line(environ.get(FILE_VARIABLE, ""))
    if kept is None:
        raise PassphraseNeeded(advice="Type it to open the profile")
    return kept


def new_passphrase(environ: Mapping[str, str] = os.environ) -> str:
    """A passphrase to close up keys with: from a file, or typed twice. Raises PassphraseNeeded, too."""
    return _new_passphrase(environ, NEW_FILE_VARIABLE, FILE_VARIABLE)


def replacing_passphrase(environ: Mapping[str, str] = os.environ) -> str:
    """As `new_passphrase`, where FILE_VARIABLE names the file of the former one."""
    return _new_passphrase(environ, NEW_FILE_VARIABLE)


def _new_passphrase(environ: Mapping[str, str], *variables: str) -> str:
    for variable in variables:
        kept = _first_line(environ.get(variable, ""))
        if kept is not None:
            return checked(kept)
    if not _at_terminal():
        raise PassphraseNeeded(
            "Nobody is here to type a new passphrase",
            "Start from a terminal, or name a file that holds it in {variable}",
            variable=variables[-1],
        )
    return checked(
        getpass.getpass("New passphrase of this profile: "), getpass.getpass("The same once more: ")
    )


def _first_line(name: str) -> str | None:
    """Of the file of this name; None for no name. Raises FileProblem."""
    if not name:
        return None
    lines = read_bounded(Path(name), _LONGEST_BYTES).decode("utf-8", "replace").splitlines()
    return lines[0] if lines else ""


def checked(passphrase: str, again: str | None = None) -> str:
    """A new passphrase that may be used. Raises PassphraseTooShort and PassphrasesDiffer."""
    if again is not None and _normal(passphrase) != _normal(again):
        raise PassphrasesDiffer
    if len(_normal(passphrase)) < LEAST_LENGTH:
        raise PassphraseTooShort(least=LEAST_LENGTH)
    return passphrase


def close_up(keys: Mapping[str, bytes], passphrase: str, cost: Cost | None = None) -> BehindPassphrase:
    """The keys behind a passphrase, with a salt of their own."""
    cost, salt = cost or Cost(), secrets.token_bytes(SALT_BYTES)
    return _closed(keys, _stretched(passphrase, cost, salt), cost, salt)


class PassphraseSecrets:
    """Secrets in keys.json behind a passphrase, which is asked for once, when a secret is first wanted."""

    def __init__(self, path: Path, ask: AskPassphrase = given_passphrase) -> None:
        self._path = path
        self._ask = ask
        self._opened: tuple[bytes, bytes] | None = None  # the salt, and the key made with it

    def get(self, name: str) -> bytes | None:
        return self._keys().get(name)

    def put(self, name: str, secret: bytes) -> None:
        self._write(self._keys() | {name: secret})

    def forget(self, name: str) -> None:
        self._write({kept: key for kept, key in self._keys().items() if kept != name})

    def where(self) -> Place:
        return "passphrase"

    def _keys(self) -> dict[str, bytes]:
        record = self._record()
        if self._opened is None or self._opened[0] != record.salt:
            key = _stretched(self._ask(), record.cost, record.salt)
        else:
            key = self._opened[1]
        try:
            keys = unwrap(key, record.wrapped, _bound_to(record.cost, record.salt))
        except DoesNotOpen:
            raise WrongPassphrase from None
        self._opened = (record.salt, key)
        return keys

    def _write(self, keys: Mapping[str, bytes]) -> None:
        record = self._record()
        assert self._opened is not None, "keys are read before they are written"
        write_record(self._path, _closed(keys, self._opened[1], record.cost, record.salt))

    def _record(self) -> BehindPassphrase:
        record = read_record(self._path)
        if not isinstance(record, BehindPassphrase):
            raise KeysUnreadable(name=str(self._path))  # it was there when the profile was opened
        return record


def _closed(keys: Mapping[str, bytes], key: bytes, cost: Cost, salt: bytes) -> BehindPassphrase:
    return BehindPassphrase(cost, salt, wrap(key, keys, _bound_to(cost, salt)))


def _bound_to(cost: Cost, salt: bytes) -> bytes:
    """What the keys are closed up for. A part never changes, so that no other file's content fits here."""
    return json.dumps(
        {"for": "artist-console/keys/1", "salt": salt.hex(), **asdict(cost)}, sort_keys=True
    ).encode()


def _stretched(passphrase: str, cost: Cost, salt: bytes) -> bytes:
    # Late: only a profile behind a passphrase needs it.
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        _normal(passphrase).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _normal(passphrase: str) -> str:
    """One spelling of the same letters: keyboards and systems compose accents differently."""
    return unicodedata.normalize("NFC", passphrase)


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
