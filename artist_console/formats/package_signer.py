"""Who signed a package: reports and evidence bundles name their signer alike, in the signature itself."""

from __future__ import annotations

from dataclasses import dataclass

from .handovers import ChainFault
from .signatures import KnownKey, PublicKey


@dataclass(frozen=True, slots=True)
class PackageSigner:
    """The key that made the signature. `claimed_name` is the signer's own word, `known` the reader's."""

    key: PublicKey
    claimed_name: str
    known: KnownKey | None
    chain: ChainFault | None = None  # why handovers from a known key count for nothing
