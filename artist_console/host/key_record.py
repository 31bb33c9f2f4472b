"""`keys.json` of a profile: where its keys are and, in a profile without a keyring, the keys.

One of three, never two: the name of the keyring's service, the keys themselves (readable by this user only),
or the keys closed up under a passphrase with all that is needed to try one.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from artist_console.domain.problems import SetupProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.wrapping import bytes_of, read, spelled

Place = Literal["keyring", "file", "passphrase"]

_LIMIT_BYTES = 1_000_000
SALT_BYTES = 16

# What a passphrase costs to try. Memory is what makes trying many of them expensive. The upper bounds keep a
# damaged file from taking all of the computer.
LEAST_MEMORY_KIB, LEAST_PASSES = 64 * 1024, 3
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 4 * 1024 * 1024, 1_000, 64


class KeysUnreadable(SetupProblem):
    """keys.json is damaged."""

    title_template = "The file of keys {name} cannot be read"
    advice_template = "Enter your recovery code, or put back a copy of the file from your backup"


@dataclass(frozen=True, slots=True)
class InKeyring:
    """The keys are entries of the computer's keyring."""

    service: str
    backend: str = ""  # which of the keyrings of the computer; empty in a profile made before this was kept


@dataclass(frozen=True, slots=True)
class InFile:
    keys: dict[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Cost:
    """The parameters of argon2id."""

    memory_kib: int = LEAST_MEMORY_KIB
    passes: int = LEAST_PASSES
    lanes: int = 4

    def is_sound(self) -> bool:
        return (
            LEAST_MEMORY_KIB <= self.memory_kib <= _MOST_MEMORY_KIB
            and LEAST_PASSES <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        )


@dataclass(frozen=True, slots=True)
class BehindPassphrase:
    cost: Cost
    salt: bytes
    wrapped: bytes = field(repr=False)


KeyRecord = InKeyring | InFile | BehindPassphrase


def place_of(record: KeyRecord) -> Place:
    match record:
        case InKeyring():
            return "keyring"
        case InFile():
            return "file"
        case BehindPassphrase():
            return "passphrase"


def read_record(path: Path) -> KeyRecord | None:
    """What keys.json says; None where there is none. Raises KeysUnreadable."""
    if not path.exists():
        return None
    content = read_bounded(path, _LIMIT_BYTES)
    try:
        found = _of_json(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # Not chained: the message of a JSON error does not quote the text, but that of others may.
        raise KeysUnreadable(name=str(path)) from None
    return found


def write_record(path: Path, record: KeyRecord) -> None:
    """Replace keys.json, or leave it as it was. Raises FileProblem."""
    write_atomic(path, json.dumps(_as_json(record), indent=2, sort_keys=True).encode(), mode=0o600)


def _of_json(content: dict[str, object]) -> KeyRecord:
    match content:
        case {"kept_in": "keyring", "service": str(service)}:
            return InKeyring(service, str(content.get("backend", "")))
        case {"kept_in": "file", "keys": dict(keys)}:
            return InFile(read(keys))
        case {
            "kept_in": "passphrase",
            "argon2id": {
                "memory_kib": int(memory),
                "passes": int(passes),
                "lanes": int(lanes),
                "salt": str(salt),
            },
            "wrapped": str(wrapped),
        }:
            cost = Cost(memory, passes, lanes)
            if cost.is_sound() and len(bytes_of(salt)) == SALT_BYTES:
                return BehindPassphrase(cost, bytes_of(salt), bytes_of(wrapped))
    raise ValueError("no record of keys")


def _as_json(record: KeyRecord) -> dict[str, object]:
    match record:
        case InKeyring(service, backend):
            known = {"backend": backend} if backend else {}
            return {"kept_in": "keyring", "service": service, **known}
        case InFile(keys):
            return {"kept_in": "file", "keys": spelled(keys)}
        case BehindPassphrase(cost, salt, wrapped):
            argon2id = {
                "memory_kib": cost.memory_kib,
                "passes": cost.passes,
                "lanes": cost.lanes,
                "salt": base64.b64encode(salt).decode(),
            }
            return {
                "kept_in": "passphrase",
                "argon2id": argon2id,
                "wrapped": base64.b64encode(wrapped).decode(),
            }
