"""Who signed a package, as a file in it says: reports and evidence bundles name their signer alike."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from .deflated_package import Package
from .handovers import ChainFault
from .signatures import KnownKey, NotAKey, PublicKey

SIGNER = "signer.json"


@dataclass(frozen=True, slots=True)
class PackageSigner:
    """The key that made the signature. `claimed_name` is the signer's own word, `known` the reader's."""

    key: PublicKey
    claimed_name: str
    known: KnownKey | None
    chain: ChainFault | None = None  # why handovers from a known key count for nothing


class SignerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    jwk: dict[str, str]
    name: str


def claimed_signer(package: Package) -> tuple[str, PublicKey | None]:
    """Name and key as the package gives them, unchecked. No key: the file is missing, or is none."""
    file = package.file(SIGNER)
    if file is None:
        return "", None
    try:
        said = msgspec.json.decode(file.content, type=SignerFile)
        return said.name, PublicKey.from_jwk(said.jwk)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotAKey):
        return "", None
