"""Whose signatures are known here: the keys of this profile and the signers that the person trusts.

They stand in `signers.json` of the profile, which holds public keys only: a report can be checked against
them while another process holds the profile, and without any secret. Beside them stand handovers between keys
and revocations, each as it was signed. What a person does with the list is in `signer_list`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from artist_console.commands.console import Console
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import FileProblem
from artist_console.formats.handovers import Handover, read_handover
from artist_console.formats.key_statements import MalformedStatement
from artist_console.formats.known_signers import Known
from artist_console.formats.revocations import Revocation, read_revocation
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


class How(Enum):
    """How a signer was introduced."""

    OWN = "own"
    COMPARED = "compared"  # the person compared the words or digits
    NOT_COMPARED = "not_compared"  # the person took a file's word for whose key it is
    CARD = "card"  # a card from a file, its words compared
    CARD_NOT_COMPARED = "card_not_compared"
    HANDOVER = "handover"  # by a key that was known before
    SERVICE = "service"  # the service that this profile is connected to


# A person put these on the list with nothing but a file's, or a service's, word for whose keys they are.
NOT_COMPARED = (How.NOT_COMPARED, How.CARD_NOT_COMPARED, How.SERVICE)


class Signs(Enum):
    """What a key of this profile is for."""

    REPORTS = "reports"
    RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True)
class Signer:
    """A public key, the name it goes by here, since when, and how it was introduced."""

    key: PublicKey
    name: str
    since: date
    own: bool
    how: How = How.NOT_COMPARED  # what nobody said anything about was not compared
    from_name: str = ""  # of a handover: the name of the key that it came from
    signs: Signs | None = None  # of a key of this profile
    revoked: tuple[date, str] | None = None  # marked here by hand: since when, and why


@dataclass(frozen=True, slots=True)
class SignersFile:
    """All of `signers.json`. The lines are as they were signed, checked when somebody relies on them."""

    signers: tuple[Signer, ...] = ()
    handovers: tuple[str, ...] = ()
    revocations: tuple[str, ...] = ()
    replacing: bool = (
        False  # a key of this profile is about to be replaced; opening the profile goes on with it
    )

    def of(self, kid: str) -> Signer | None:
        return next((each for each in self.signers if each.key.kid == kid), None)

    def with_signer(self, signer: Signer) -> SignersFile:
        """With this signer in the place of one with the same key."""
        if self.of(signer.key.kid) is None:
            return replace(self, signers=(*self.signers, signer))
        put = tuple(signer if each.key == signer.key else each for each in self.signers)
        return replace(self, signers=put)

    def with_statements(self, handovers: Iterable[str] = (), revocations: Iterable[str] = ()) -> SignersFile:
        """With these lines too, each once."""
        return replace(
            self,
            handovers=tuple(dict.fromkeys((*self.handovers, *handovers))),
            revocations=tuple(dict.fromkeys((*self.revocations, *revocations))),
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """The statements of a `SignersFile`, their signatures checked."""

    handovers: tuple[Handover, ...] = ()
    revocations: Mapping[str, Revocation] = field(default_factory=dict)  # by kid


def read_file(path: Path) -> SignersFile:
    """All that is kept; nothing where there is no file. Raises SignersUnreadable."""
    if not path.exists():
        return SignersFile()
    try:
        content = json.loads(read_bounded(path, _LIMIT_BYTES))
        return SignersFile(
            tuple(_signer(row) for row in content["signers"]),
            tuple(str(line) for line in content.get("handovers", ())),
            tuple(str(line) for line in content.get("revocations", ())),
            content.get("replacing") is True,
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        NotAKey,
        MalformedSignature,
    ) as error:
        raise SignersUnreadable(name=str(path)) from error


def write_file(path: Path, content: SignersFile) -> None:
    """Replace the file, or leave it as it was. Raises FileProblem."""
    record: dict[str, Any] = {"signers": [_row(signer) for signer in content.signers]}
    if content.handovers:
        record["handovers"] = list(content.handovers)
    if content.revocations:
        record["revocations"] = list(content.revocations)
    if content.replacing:
        record["replacing"] = True
    write_atomic(path, json.dumps(record, indent=2, ensure_ascii=False).encode())


def check_statements(path: Path, content: SignersFile) -> Checked:
    """What was signed about keys. Raises SignersUnreadable where a signature does not hold."""
    try:
        handovers = tuple(read_handover(line) for line in content.handovers)
        revocations = [read_revocation(line) for line in content.revocations]
    except MalformedStatement as error:
        raise SignersUnreadable(name=str(path)) from error
    earliest_last = sorted(revocations, key=lambda each: each.on, reverse=True)
    return Checked(handovers, {each.key.kid: each for each in earliest_last})


def read_signers(path: Path) -> tuple[Signer, ...]:
    """The signers in the file; none where there is no file. Raises SignersUnreadable."""
    return read_file(path).signers


def add_signer(path: Path, signer: Signer) -> None:
    """Keep a signer; one that is there already gets the new name and keeps its date, and stays revoked.

    How it was introduced changes only for the better: what was compared once stays compared.
    """
    content = read_file(path)
    former = content.of(signer.key.kid)
    if former is not None:
        kept = signer.how in NOT_COMPARED
        signer = replace(
            signer,
            since=former.since,
            own=former.own or signer.own,
            how=former.how if kept else signer.how,
            from_name=former.from_name if kept else signer.from_name,
            signs=signer.signs or former.signs,
            revoked=former.revoked,
        )
    if former != signer:
        write_file(path, content.with_signer(signer))


def _signer(row: Mapping[str, Any]) -> Signer:
    own = row["own"] is True
    revoked = row.get("revoked")
    return Signer(
        PublicKey(read_base64url(str(row["x"]))),
        str(row["name"]),
        date.fromisoformat(row["since"]),
        own,
        How(row.get("how", How.OWN.value if own else How.NOT_COMPARED.value)),
        str(row.get("from", "")),
        Signs(row["signs"]) if "signs" in row else None,
        (date.fromisoformat(revoked["on"]), str(revoked["reason"])) if revoked is not None else None,
    )


def _row(signer: Signer) -> dict[str, Any]:
    row: dict[str, Any] = {
        "x": base64url(signer.key.raw),
        "name": signer.name,
        "since": signer.since.isoformat(),
        "own": signer.own,
        "how": signer.how.value,
    }
    if signer.from_name:
        row["from"] = signer.from_name
    if signer.signs is not None:
        row["signs"] = signer.signs.value
    if signer.revoked is not None:
        row["revoked"] = {"on": signer.revoked[0].isoformat(), "reason": signer.revoked[1]}
    return row


# For checks


def introduced_by(signer: Signer) -> str:
    """Who made a signer known here, to stand behind "by": with what nobody compared said."""
    day = day_in_words(signer.since)
    match signer.how:
        case How.OWN:
            return OWN
        case How.COMPARED:
            return f"you, on {day}"
        case How.NOT_COMPARED:
            return f"you, on {day}, without comparing its words"
        case How.CARD:
            return f"you, on {day}, from a card whose words you compared"
        case How.CARD_NOT_COMPARED:
            return f"you, on {day}, from a card whose words you did not compare"
        case How.HANDOVER:
            return f"a handover from the key that you knew as {signer.from_name}, taken in on {day}"
        case How.SERVICE:
            return f"you, on {day}, as a key of the service that you are connected to"


def known_signers(path: Path | None) -> Known:
    """What a check of a report asks for: keys, handovers between keys, and keys taken back.

    Nothing without a file. Raises SignersUnreadable.
    """
    if path is None:
        return Known()
    content = read_file(path)
    checked = check_statements(path, content)
    keys = {each.key.kid: KnownKey(each.key, each.name, introduced_by(each)) for each in content.signers}
    revoked = {kid: (each.on, each.reason) for kid, each in checked.revocations.items()}
    revoked |= {each.key.kid: each.revoked for each in content.signers if each.revoked is not None}
    return Known(keys, checked.handovers, revoked)


def known_keys(path: Path | None) -> tuple[KnownKey, ...]:
    """The same for checks that know of keys alone: without those that were taken back."""
    known = known_signers(path)
    return tuple(each for kid, each in known.keys.items() if kid not in known.revoked)


def keys_known(console: Console) -> Mapping[str, PublicKey]:
    """The same by key id, for receipts."""
    return {each.key.kid: each.key for each in known_keys(console.folder.signers)}


def own_handovers(path: Path, key: PublicKey) -> tuple[str, ...]:
    """The handovers that lead to a key of this profile, oldest first: what its reports carry."""
    content = read_file(path)
    by_next = {each.next.kid: each for each in check_statements(path, content).handovers}
    chain: list[Handover] = []
    at = key.kid
    while at in by_next and len(chain) <= len(by_next):
        chain.insert(0, by_next[at])
        at = chain[0].former.kid
    return tuple(each.line for each in chain)
