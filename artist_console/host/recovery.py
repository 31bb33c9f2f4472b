"""The recovery code: printed once, it opens the keys of a profile where keyring or passphrase is lost.

Eight groups of five signs: four of them carry 20 bits, so that 160 random bits stand behind the code, and the
fifth checks its group and the place of the group. One wrong sign, two neighbours changed round, or two groups
changed round is always found, and in which group. `recovery.json` of the profile holds the keys closed up
under the code; without the code it opens nothing. Keys that are replaced after a code was printed are added
under the data key, which the code opens: what was printed stays good.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from artist_console.domain.problems import InputProblem, SetupProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.subkeys import subkey
from artist_console.host.wrapping import DoesNotOpen, bytes_of, unwrap, wrap

GROUPS, GROUP_LENGTH = 8, 5
CODE_BYTES = 20
_SALT_BYTES = 16
_LIMIT_BYTES = 1_000_000
_PURPOSE = b"artist-console/recovery/1"
_LATER = "recovery-later"
DATA_KEY = "data"  # among the keys that are closed up: what later ones are closed up under

# Without I, L, O and U: what is read as one of the first three is taken for the digit that it looks like.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_BITS = 5


class CodeMistyped(InputProblem):
    """A group of a recovery code is not as it was printed; the field `group` is its number."""

    title_template = "Group {group} of the recovery code is not right"
    advice_template = "Compare it with what was printed"


class CodeIncomplete(InputProblem):
    title_template = "A recovery code has {groups} groups of {length} signs; {found} were given"
    advice_template = "Type all of it, from the first group to the last"


class OtherCode(SetupProblem):
    title_template = "This recovery code is well typed, but it is not the one of this profile"
    advice_template = "Look for a later one: a new code ends the one before it. Nothing was changed"


class NoRecoveryCode(SetupProblem):
    title_template = "No recovery code was ever made for this profile"
    advice_template = "Put back keys.json, or the keyring that the keys were in, from your backup"


class RecoveryUnreadable(SetupProblem):
    title_template = "The file {name}, which the recovery code opens, cannot be read"
    advice_template = "Put back a copy of it from your backup"


# -- the code


def new_code() -> str:
    """A fresh code, as it is printed."""
    return spell_code(secrets.token_bytes(CODE_BYTES))


def spell_code(secret: bytes) -> str:
    """A code as it is printed: groups with a hyphen between."""
    number = int.from_bytes(secret, "big")
    total = GROUPS * (GROUP_LENGTH - 1)
    values = [number >> _BITS * (total - 1 - place) & 31 for place in range(total)]
    groups = [values[start : start + GROUP_LENGTH - 1] for start in range(0, total, GROUP_LENGTH - 1)]
    return "-".join(
        "".join(ALPHABET[value] for value in (*group, _check(group, number)))
        for number, group in enumerate(groups, 1)
    )


def read_code(text: str) -> bytes:
    """The secret of a typed code: small letters, other separators and look-alikes are all taken.

    Raises CodeMistyped, which names the first wrong group, and CodeIncomplete.
    """
    groups = _groups_of(text)
    number = 0
    for place, typed in enumerate(groups, 1):
        values = [ALPHABET.find(sign) for sign in typed.upper().translate(_LOOK_ALIKES)]
        if len(values) != GROUP_LENGTH or -1 in values or _check(values[:-1], place) != values[-1]:
            raise CodeMistyped(group=place)  # without what was typed: it is nearly the secret
        for value in values[:-1]:
            number = number << _BITS | value
    return number.to_bytes(CODE_BYTES, "big")


def _groups_of(text: str) -> list[str]:
    groups = [group for group in re.split(r"[\s\-–—.,_]+", text) if group]
    whole = "".join(groups)
    if len(groups) != GROUPS and len(whole) == GROUPS * GROUP_LENGTH:
        # Typed without separators, or with others than were printed.
        return [whole[start : start + GROUP_LENGTH] for start in range(0, len(whole), GROUP_LENGTH)]
    if len(groups) != GROUPS:
        found = f"{len(whole)} signs" if len(groups) == 1 else f"{len(groups)} groups"
        raise CodeIncomplete(groups=GROUPS, length=GROUP_LENGTH, found=found)
    return groups


def _check(values: list[int], place: int) -> int:
    """A sum over the field of 32 elements: every place has a weight of its own, and so has the group."""
    total = place
    weight = 1
    for value in values:
        weight = _times(weight, 2)
        total ^= _times(weight, value)
    return total


def _times(a: int, b: int) -> int:
    """The product of two elements of the field of 32 elements (x^5 + x^2 + 1)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0b100101 if a & 16 else 0)
        b >>= 1
    return product


# -- what it opens


def write_recovery(path: Path, keys: Mapping[str, bytes], code: str) -> None:
    """Close up the keys under the code; a code that was made before opens nothing any more."""
    salt = secrets.token_bytes(_SALT_BYTES)
    wrapped = wrap(_key_of(code, salt), keys, _PURPOSE + salt)
    content = {
        "version": 1,
        "salt": base64.b64encode(salt).decode(),
        "wrapped": base64.b64encode(wrapped).decode(),
    }
    _write(path, content)


def recovered_keys(path: Path, code: str) -> dict[str, bytes]:
    """The keys that the code opens.

    Raises CodeMistyped and CodeIncomplete for what was typed, OtherCode, NoRecoveryCode, RecoveryUnreadable.
    """
    if not path.exists():
        raise NoRecoveryCode
    found = _read(path)
    try:
        salt, wrapped, later = bytes_of(found["salt"]), bytes_of(found["wrapped"]), found.get("later")
        added = bytes_of(later) if later is not None else None
    except (ValueError, KeyError, TypeError):
        raise RecoveryUnreadable(name=path.name) from None
    try:
        keys = unwrap(_key_of(code, salt), wrapped, _PURPOSE + salt)
    except DoesNotOpen:
        raise OtherCode from None
    if added is None:
        return keys
    try:
        return keys | unwrap(subkey(keys[DATA_KEY], _LATER), added, _PURPOSE + salt)
    except (DoesNotOpen, KeyError):
        raise RecoveryUnreadable(name=path.name) from None


def add_to_recovery(path: Path, later: Mapping[str, bytes], data_key: bytes) -> None:
    """Have the code that was printed open these keys too, in the place of those with the same name.

    Without a code: nothing. Raises RecoveryUnreadable.
    """
    if not path.exists():
        return
    found = _read(path)
    try:
        salt = bytes_of(found["salt"])
    except (ValueError, KeyError, TypeError):
        raise RecoveryUnreadable(name=path.name) from None
    added = wrap(subkey(data_key, _LATER), later, _PURPOSE + salt)
    _write(path, found | {"later": base64.b64encode(added).decode()})


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_bounded(path, _LIMIT_BYTES))
    except (ValueError, RecursionError):
        raise RecoveryUnreadable(name=path.name) from None
    if not isinstance(found, dict):
        raise RecoveryUnreadable(name=path.name)
    return found


def _write(path: Path, content: Mapping[str, Any]) -> None:
    write_atomic(path, json.dumps(content, indent=2, sort_keys=True).encode(), mode=0o600)


def _key_of(code: str, salt: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869). The code is uniformly random, so it needs no stretching."""
    extracted = hmac.digest(salt, read_code(code), "sha256")
    return hmac.digest(extracted, _PURPOSE + b"\x01", "sha256")
