"""The keys that this profile signs with: made usable, and known from then on to checks of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from artist_console.commands.signers import How, Signer, Signs, add_signer
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder

THIS_COMPUTER = "this computer"


def own_key(
    folder: ProfileFolder, raw: bytes, signs: Literal["reports", "receipts"], now: datetime
) -> SigningKey:
    """The signing key of these bytes. Its public half stands in `signers.json` afterwards, if it did not."""
    key = SigningKey(raw)
    known = Signer(key.public, THIS_COMPUTER, now.date(), own=True, how=How.OWN, signs=Signs(signs))
    add_signer(folder.signers, known)
    return key
