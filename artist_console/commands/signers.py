"""Whose signatures are known here: the keys of this profile and the signers that the person trusts.

They stand in `signers.json` of the profile, which holds public keys only: a report can be checked against
them while another process holds the profile, and without any secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import FileProblem
from artist_console.formats.signatures import (
    KnownKey,
    MalformedSignature,
    NotAKey,
    PublicKey,
    base64url,
    read_base64url,
)
from artist_console.host.files import read_bounded, write_atomic

_LIMIT_BYTES = 4_000_000
OWN = "this profile"


class SignersUnreadable(FileProblem):
    title_template = "The list of signers you trust, {name}, cannot be read"
    advice_template = "Move it away and trust the signers again; your decisions are not concerned"


@dataclass(frozen=True, slots=True)
class Signer:
    """A public key, the name it goes by here, and since when."""

    key: PublicKey
    name: str
    since: date
    own: bool


def read_signers(path: Path) -> tuple[Signer, ...]:
    """The signers in the file; none where there is no file. Raises SignersUnreadable."""
    if not path.exists():
        return ()
    try:
        rows = json.loads(read_bounded(path, _LIMIT_BYTES))["signers"]
        return tuple(
            Signer(
                PublicKey(read_base64url(str(row["x"]))),
                str(row["name"]),
                date.fromisoformat(row["since"]),
                row["own"] is True,
            )
            for row in rows
        )
    except (ValueError, KeyError, TypeError, RecursionError, NotAKey, MalformedSignature) as error:
        raise SignersUnreadable(name=str(path)) from error


def add_signer(path: Path, signer: Signer) -> None:
    """Keep a signer; one that is there already gets the new name and keeps its date."""
    known = {each.key.kid: each for each in read_signers(path)}
    former = known.get(signer.key.kid)
    if former is not None:
        signer = replace(signer, since=former.since, own=former.own or signer.own)
    if former == signer:
        return
    known[signer.key.kid] = signer
    _write(path, known.values())


def _write(path: Path, signers: Iterable[Signer]) -> None:
    rows = [
        {
            "x": base64url(signer.key.raw),
            "name": signer.name,
            "since": signer.since.isoformat(),
            "own": signer.own,
        }
        for signer in signers
    ]
    write_atomic(path, json.dumps({"signers": rows}, indent=2, ensure_ascii=False).encode())


def known_keys(path: Path | None) -> tuple[KnownKey, ...]:
    """The signers of a file as a check of a report asks for them; none without a file."""
    if path is None:
        return ()
    return tuple(
        KnownKey(each.key, each.name, OWN if each.own else f"you, on {day_in_words(each.since)}")
        for each in read_signers(path)
    )


def keys_known(console: Console) -> Mapping[str, PublicKey]:
    """The same by key id, for receipts."""
    return {each.key.kid: each.key for each in read_signers(console.folder.signers)}
