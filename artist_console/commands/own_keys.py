"""The keys that this profile signs with: made usable, and known from then on to checks of reports.

Replacing one is the business of `key_rotation`; what an end of the program left in the middle of it is
finished here, when the profile is opened.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Literal

from artist_console.commands.signers import How, Signer, Signs, add_signer, read_file, write_file
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder
from artist_console.host.recovery import RecoveryUnreadable, add_to_recovery
from artist_console.host.secrets import SecretStore

logger = logging.getLogger(__name__)

THIS_COMPUTER = "this computer"
NEXT_KEY = "report-next"  # among the secrets, until it takes the place of the one that signs reports


def own_key(
    folder: ProfileFolder, raw: bytes, signs: Literal["reports", "receipts"], now: datetime
) -> SigningKey:
    """The signing key of these bytes. Its public half stands in `signers.json` afterwards, if it did not."""
    key = SigningKey(raw)
    known = Signer(key.public, THIS_COMPUTER, now.date(), own=True, how=How.OWN, signs=Signs(signs))
    add_signer(folder.signers, known)
    return key


def go_on(folder: ProfileFolder, store: SecretStore, name: str, data_key: bytes) -> bytes | None:
    """Finish a replacing that was interrupted; gives the key called `name` from now on, if it changed."""
    raw = store.get(NEXT_KEY)
    if raw is not None:
        finish(folder, store, name, raw, data_key)
    else:  # it ended between its last two steps
        write_file(folder.signers, replace(read_file(folder.signers), replacing=False))
    return raw


def finish(folder: ProfileFolder, store: SecretStore, name: str, raw: bytes, data_key: bytes) -> None:
    """Put the next key in the place of the one called `name`, for a recovery code too. Again: the same."""
    store.put(name, raw)
    try:
        add_to_recovery(folder.recovery, {name: raw}, data_key)
    except RecoveryUnreadable:
        # It opened nothing before either. A profile is not kept shut because of it.
        logger.warning("recovery.json cannot be read, so the new key was not added to it")
    store.forget(NEXT_KEY)
    write_file(folder.signers, replace(read_file(folder.signers), replacing=False))
