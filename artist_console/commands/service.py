"""The service that somebody else hosts for this profile: its address here, and the sign-in to it.

The address stands in `service.json`, and nothing secret does. What signs in stands in the computer's keyring
or, by the person's choice, in memory until the program ends: never in a file (PROTOCOL, "Durability of the
local store").
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from artist_console.domain.problems import FileProblem, InputProblem, SetupProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.paths import ProfileFolder
from artist_console.host.secret_text import SecretText
from artist_console.host.secrets import SecretStore, open_secrets

_ENTRY = "sign-in"  # the name of an entry of the keyring
_LIMIT_BYTES = 100_000
_LONGEST_ADDRESS = 300
_USUAL_PORTS = {"https": 443, "http": 80}


class KeptIn(Enum):
    """Where a sign-in is kept."""

    KEYRING = "keyring"
    MEMORY = "memory"  # until the program ends


@dataclass(frozen=True, slots=True)
class KnownService:
    """The hosted service of a profile."""

    address: str
    kept_in: KeptIn


class ServiceUnreadable(FileProblem):
    title_template = "The address of the service in {name} cannot be read"
    advice_template = "Move the file away and connect to the service again; your decisions are not concerned"


class BadAddress(InputProblem):
    title_template = "{address} is no address of a service"
    advice_template = "An address begins with https:// and has no name or password in it"


class NoKeyringHere(SetupProblem):
    title_template = "This profile has no keyring that could keep the sign-in"
    advice_template = (
        "Sign in for this session only, or move the keys of the profile into a keyring first. A sign-in is"
        " never kept in a file"
    )


def normal_address(text: str) -> str:
    """An address as the service itself would write it. Raises BadAddress."""
    shown = " ".join(text.split())[:_LONGEST_ADDRESS]
    written = shown if "://" in shown else f"https://{shown}"
    try:
        parts = urlsplit(written)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:  # UnicodeError is one: a host that no name service could take
        host, port = "", None
    scheme = parts.scheme.lower() if host else ""
    asks_more = "@" in written or " " in written or "?" in written or "#" in written or "\\" in written
    if scheme not in _USUAL_PORTS or asks_more or len(text) > _LONGEST_ADDRESS:
        raise BadAddress(address=shown or "“”")
    named = f"[{host}]" if ":" in host else host
    at = f":{port}" if port is not None and port != _USUAL_PORTS[scheme] else ""
    return f"{scheme}://{named}{at}{parts.path.rstrip('/')}"


def known_service(folder: ProfileFolder) -> KnownService | None:
    """The hosted service of this profile. Raises ServiceUnreadable."""
    if not folder.service.exists():
        return None
    try:
        found = json.loads(read_bounded(folder.service, _LIMIT_BYTES))
        return KnownService(str(found["address"]), KeptIn(found.get("sign_in", KeptIn.KEYRING.value)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ServiceUnreadable(name=str(folder.service)) from error


def service_address(folder: ProfileFolder) -> str:
    """The address of the hosted service; empty where this profile has none. Raises ServiceUnreadable."""
    known = known_service(folder)
    return known.address if known is not None else ""


def remember_service(folder: ProfileFolder, known: KnownService) -> None:
    content = {"address": known.address, "sign_in": known.kept_in.value}
    write_atomic(folder.service, json.dumps(content, indent=2).encode())


@dataclass
class SignInPlace:
    """Where the refresh token of one service is kept. May wait for the keyring, and raise its problems."""

    folder: ProfileFolder
    address: str
    kept_in: KeptIn
    held: SecretText | None = field(default=None, repr=False)

    def need(self) -> None:
        """Raises NoKeyringHere before anything is asked that could not be kept afterwards."""
        if self.kept_in is KeptIn.KEYRING and keyring_of(self.folder) is None:
            raise NoKeyringHere

    def load(self) -> SecretText | None:
        if self.kept_in is KeptIn.MEMORY:
            return self.held
        ring = keyring_of(self.folder)
        entry = ring.get(_ENTRY) if ring is not None else None
        return _read(entry, self.address) if entry is not None else None

    def store(self, refresh: SecretText) -> None:
        if self.kept_in is KeptIn.MEMORY:
            self.held = refresh
            return
        ring = keyring_of(self.folder)
        if ring is None:
            raise NoKeyringHere
        ring.put(_ENTRY, json.dumps({"address": self.address, "refresh": refresh.reveal()}).encode())

    def forget(self) -> None:
        self.held = None
        if self.kept_in is KeptIn.KEYRING:
            forget_token(self.folder)


def keyring_of(folder: ProfileFolder) -> SecretStore | None:
    """The keyring, where the secrets of this profile are kept in one."""
    secrets = open_secrets(folder)
    return secrets if secrets.where() == "keyring" else None


def forget_token(folder: ProfileFolder) -> None:
    ring = keyring_of(folder)
    if ring is not None:
        ring.forget(_ENTRY)


def _read(entry: bytes, address: str) -> SecretText | None:
    """A sign-in is given to the service alone that it came from, whatever service.json says by now."""
    try:
        found = json.loads(entry)
        belongs = found["address"] == address
        return SecretText(str(found["refresh"])) if belongs else None
    except (ValueError, KeyError, TypeError):
        return None  # of an earlier version: signing in again puts a new one in its place
