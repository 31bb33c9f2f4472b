"""What can be typed after `backend accounts`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from artist_console.domain.parties import OrganisationRole

_ROLES = [role.value.replace("_", "-") for role in OrganisationRole]

COMMANDS: Mapping[str, str] = {
    "list": "list the accounts: who may sign in, and how",
    "add": "make an account, and an invitation for its person",
    "invite": "make a new invitation: sets a password, or signs one device in",
    "add-key": "say that a public key is an organisation's: what it signs is its own word",
    "end-key": "say that a key is an organisation's no more",
    "revoke-devices": "sign every device of an account out, at once",
}


def add_arguments(name: str, parser: argparse.ArgumentParser, name_of: Callable[[str], str]) -> None:
    parser.add_argument("--database", metavar="ADDRESS", help="of a PostgreSQL database, as of backend serve")
    if name == "list":
        return
    whose = "of the organisation, or its id" if name.endswith("-key") else "of the account, or its id"
    parser.add_argument("name", type=name_of, metavar="NAME", help=whose)
    if name == "add-key":
        parser.add_argument("file", type=Path, metavar="FILE", help="its Ed25519 public key, a JWK")
        parser.add_argument("--role", choices=_ROLES, help="of an organisation that is not known here yet")
    if name == "end-key":
        parser.add_argument("kid", type=name_of, metavar="KEY", help="the thumbprint of the key")
    if name == "add":
        parser.add_argument(
            "--artist",
            type=name_of,
            action="append",
            default=[],
            metavar="NAME",
            help="the account is this artist, by name or id; a new name becomes an artist; repeatable",
        )
        parser.add_argument(
            "--organisation",
            type=name_of,
            metavar="NAME",
            help="the account speaks for this organisation, by name or id; a new name becomes one",
        )
        parser.add_argument("--role", choices=_ROLES, help="of the organisation; without it: operator")
    if name == "invite":
        parser.add_argument(
            "--without-second-step",
            action="store_true",
            help="for somebody who has lost the app with the codes",
        )
