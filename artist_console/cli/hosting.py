"""`backend accounts`: who may sign in to a service, as its host sees it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from artist_console.cli.output import DONE, Answer, Plain, show
from artist_console.cli.tables import bullets, plain
from artist_console.domain.parties import OrganisationRole
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem
from artist_console.formats.hosted_accounts import HostedAccount, Invitation
from artist_console.formats.signatures import PublicKey
from artist_console.host.files import read_bounded

_KEY_BYTES = 10_000


class Accounts(Protocol):
    """The accounts of one service."""

    def listed(self) -> tuple[HostedAccount, ...]: ...
    def add(
        self,
        name: str,
        artists: list[str],
        organisation: str | None = None,
        role: OrganisationRole | None = None,
    ) -> Invitation: ...
    def add_key(
        self, organisation: str, jwk: Mapping[str, Any], role: OrganisationRole | None = None
    ) -> tuple[str, PublicKey]: ...
    def end_key(self, organisation: str, kid: str) -> str: ...
    def invite(self, name: str, *, without_second_step: bool) -> Invitation: ...
    def revoke_devices(self, name: str) -> tuple[HostedAccount, int]: ...


OpenAccounts = Callable[[Path | None, str | None], AbstractContextManager[Accounts]]  # folder, address


def run(given: argparse.Namespace, open_accounts: OpenAccounts) -> int:
    with open_accounts(getattr(given, "data", None), given.database) as accounts:
        answer = _COMMANDS[given.command](accounts, given)
    show(answer, json=given.json)
    return DONE


def _list(accounts: Accounts, given: argparse.Namespace) -> Answer:
    found = accounts.listed()
    text = bullets(_line(account) for account in found) if found else "There are no accounts."
    return Answer(text, {"accounts": [_facts(account) for account in found]})


def _line(account: HostedAccount) -> str:
    names = [*account.artists, *([f"speaks for {account.organisation}"] if account.organisation else [])]
    artists = f" ({', '.join(plain(name) for name in names)})" if names else ""
    ways = [
        *(["a password"] if account.password else []),
        *(["a second step"] if account.second_step else []),
        *(["an issuer outside"] if account.outside else []),
    ]
    how = f"signs in with {' and '.join(ways)}" if ways else "has not signed in with a password yet"
    count = "1 device acts" if account.devices == 1 else f"{account.devices} devices act"
    return f"{plain(account.name)}{artists}: {how}; {count} for it. Id {account.id}"


def _facts(account: HostedAccount) -> dict[str, Plain]:
    return {
        "id": account.id,
        "name": account.name,
        "artists": list(account.artists),
        "password": account.password,
        "second_step": account.second_step,
        "outside": account.outside,
        "devices": account.devices,
        "organisation": account.organisation,
    }


def _add(accounts: Accounts, given: argparse.Namespace) -> Answer:
    made = accounts.add(given.name, given.artist, given.organisation, _role(given))
    return _invitation(made, "There is an account for {name} now.")


def _invite(accounts: Accounts, given: argparse.Namespace) -> Answer:
    found = accounts.invite(given.name, without_second_step=given.without_second_step)
    return _invitation(found, "Earlier invitations of {name} are good no more.")


def _add_key(accounts: Accounts, given: argparse.Namespace) -> Answer:
    name, key = accounts.add_key(given.name, _jwk(given.file), _role(given))
    text = (
        f"From now on manifests signed with this key are {plain(name)}'s own word.\n"
        f"Fingerprint, to compare with theirs: {key.fingerprint}"
    )
    return Answer(text, {"organisation": name, "kid": key.kid, "fingerprint": key.fingerprint})


def _end_key(accounts: Accounts, given: argparse.Namespace) -> Answer:
    name = accounts.end_key(given.name, given.kid)
    return Answer(
        f"What this key signs from now on is not {plain(name)}'s word. What was taken over stays as it is.",
        {"organisation": name, "kid": given.kid},
    )


def _role(given: argparse.Namespace) -> OrganisationRole | None:
    return OrganisationRole(given.role.replace("-", "_")) if given.role is not None else None


def _jwk(file: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(read_bounded(file, _KEY_BYTES))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputProblem(
            "{name} holds no key", "Ask the organisation for its Ed25519 key as a JWK file", name=file.name
        )
    return found


def _invitation(invitation: Invitation, words: str) -> Answer:
    text = "\n".join(
        (
            words.format(name=plain(invitation.account.name)),
            f"Invitation: {invitation.code}",
            f"It is good once, until {day_in_words(invitation.until)}. In a browser under /oauth/invitation"
            " it sets the password; in Artist Console it signs one device in. Hand it over yourself.",
        )
    )
    facts: dict[str, Plain] = {
        "account": _facts(invitation.account),
        "code": invitation.code,
        "until": invitation.until,
    }
    return Answer(text, facts)


def _revoke(accounts: Accounts, given: argparse.Namespace) -> Answer:
    account, count = accounts.revoke_devices(given.name)
    devices = "1 device" if count == 1 else f"{count} devices"
    return Answer(f"{devices} of {plain(account.name)} signed out.", {"revoked": count})


_COMMANDS: dict[str, Callable[[Accounts, argparse.Namespace], Answer]] = {
    "backend accounts list": _list,
    "backend accounts add": _add,
    "backend accounts invite": _invite,
    "backend accounts add-key": _add_key,
    "backend accounts end-key": _end_key,
    "backend accounts revoke-devices": _revoke,
}
KEYS = tuple(_COMMANDS)
