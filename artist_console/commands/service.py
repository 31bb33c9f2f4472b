"""The service that somebody else hosts for this profile: its address here, and the sign-in to it.

The address stands in `service.json`. What signs in stands in the computer's keyring or, where there is none,
in memory until the program ends: never in a file (PROTOCOL, "Durability of the local store").
"""

from __future__ import annotations

import json

from artist_console.domain.problems import FileProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import open_secrets

_TOKEN = "sign-in"  # the name of an entry of the keyring
_LIMIT_BYTES = 100_000


class ServiceUnreadable(FileProblem):
    title_template = "The address of the service in {name} cannot be read"
    advice_template = "Move the file away and connect to the service again; your decisions are not concerned"


def service_address(folder: ProfileFolder) -> str:
    """The address of the hosted service; empty where this profile has none. Raises ServiceUnreadable."""
    if not folder.service.exists():
        return ""
    try:
        return str(json.loads(read_bounded(folder.service, _LIMIT_BYTES))["address"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ServiceUnreadable(name=str(folder.service)) from error


def remember_service(folder: ProfileFolder, address: str, token: str) -> None:
    """Keep the address and, where the computer has a keyring, what signs in there."""
    secrets = open_secrets(folder)
    if secrets.where() == "keyring":
        secrets.put(_TOKEN, token.encode())
    write_atomic(folder.service, json.dumps({"address": address}, indent=2).encode())


def kept_token(folder: ProfileFolder) -> str:
    """What signs in to the service; empty where it was not kept: the service then asks to sign in again."""
    secrets = open_secrets(folder)
    token = secrets.get(_TOKEN) if secrets.where() == "keyring" else None
    return token.decode() if token is not None else ""


def forget_token(folder: ProfileFolder) -> None:
    secrets = open_secrets(folder)
    if secrets.where() == "keyring":
        secrets.forget(_TOKEN)
