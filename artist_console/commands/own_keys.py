"""The keys that this profile signs with: made usable, and known from then on to checks of reports."""

from __future__ import annotations

from datetime import datetime

from artist_console.commands.signers import Signer, add_signer
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder

THIS_COMPUTER = "this computer"


def own_key(folder: ProfileFolder, raw: bytes, now: datetime) -> SigningKey:
    """The signing key of these bytes. Its public half stands in `signers.json` afterwards, if it did not."""
    key = SigningKey(raw)
    add_signer(folder.signers, Signer(key.public, THIS_COMPUTER, now.date(), own=True))
    return key
