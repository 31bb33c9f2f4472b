"""Replacing the key that signs the reports of this profile, by a handover or by taking the former one back.

The new key is kept beside the former one first. Then `signers.json`, replaced at once, says that it counts:
from that moment on an interrupted replacing is gone on with when the profile is next opened (`own_keys`). The
key that signs receipts is no part of this (decision 0038).
"""

from __future__ import annotations

import logging
import secrets as chance
from dataclasses import dataclass, replace
from datetime import date

from artist_console.commands.own_keys import NEXT_KEY, THIS_COMPUTER, finish
from artist_console.commands.profiles import REPORT_KEY, Profile
from artist_console.commands.signers import (
    How,
    Signer,
    SignersFile,
    Signs,
    check_statements,
    own_handovers,
    read_file,
    write_file,
)
from artist_console.domain.problems import FileProblem, SetupProblem
from artist_console.formats.handovers import MAX_HANDOVERS, hand_over
from artist_console.formats.key_words import words_of
from artist_console.formats.revocations import revoke
from artist_console.formats.signatures import KEY_BYTES, SigningKey
from artist_console.host.passphrase import AskPassphrase
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import KeysUnreachable, open_secrets

logger = logging.getLogger(__name__)


class NewKeyNotKept(SetupProblem):
    title_template = "The new key could not be kept where the keys of this profile are"
    advice_template = "Look after the keyring of this computer and try again. The present key still signs"


class ReplacedTooOften(SetupProblem):
    title_template = "The key of this profile was handed over {n} times, and a report carries no longer chain"
    advice_template = "Take the present key back instead: whoever knows you compares the words of the new one"


@dataclass(frozen=True, slots=True)
class KeyReplaced:
    """What came of it."""

    former: str  # fingerprint
    fingerprint: str
    words: tuple[str, ...]
    on: date
    handed_over: bool  # else the former one was taken back


@dataclass(frozen=True)
class KeyReplacing:
    """What the window can do about the key of an open profile."""

    profile: Profile

    def needs_passphrase(self) -> bool:
        return self.profile.keys.kept_in == "passphrase"

    def replace(self, taken_back: str | None, passphrase: str) -> KeyReplaced:
        """As `replace_key`; the passphrase is only used where the keys are behind one."""
        return replace_key(self.profile, taken_back=taken_back, passphrase=lambda: passphrase)


def replace_key(
    profile: Profile, *, taken_back: str | None = None, passphrase: AskPassphrase | None = None
) -> KeyReplaced:
    """Have a new key sign the reports of this profile from now on.

    Both keys sign that the one follows the other, and whoever knows the former will know the new one. With
    `taken_back`, the reason, the former one signs instead that it is no good any more: somebody else who has
    it could sign a handover, too. Earlier reports verify as before. Raises WrongPassphrase, KeysUnreachable,
    NewKeyNotKept, ReplacedTooOften: nothing has changed then.
    """
    folder = profile.folder
    former = profile.load_signing_key()
    store = open_secrets(folder, passphrase=passphrase)
    content = read_file(folder.signers)
    on = _day(folder, content, profile.outside.clock().date())
    if taken_back is None and len(own_handovers(folder.signers, former.public)) >= MAX_HANDOVERS:
        raise ReplacedTooOften(n=MAX_HANDOVERS)
    raw = chance.token_bytes(KEY_BYTES)
    key = SigningKey(raw)
    store.get(NEXT_KEY)  # a passphrase is tried before anything is written
    store.put(NEXT_KEY, raw)
    if store.get(NEXT_KEY) != raw:
        raise NewKeyNotKept
    known = Signer(key.public, THIS_COMPUTER, on, own=True, how=How.OWN, signs=Signs.REPORTS)
    lines = [hand_over(former, key, on)] if taken_back is None else []
    ends = [revoke(former, on, taken_back)] if taken_back is not None else []
    counts = replace(content.with_signer(known).with_statements(lines, ends), replacing=True)
    write_file(folder.signers, counts)
    profile.keys = replace(profile.keys, report=raw)
    try:
        finish(folder, store, REPORT_KEY, raw, profile.keys.data)
    except (KeysUnreachable, FileProblem):
        # It counts already. What is left is done when the profile is next opened.
        logger.warning("the key of reports is replaced; the former one could not be put away yet")
    return KeyReplaced(
        former.public.fingerprint, key.public.fingerprint, words_of(key.public), on, taken_back is None
    )


def _day(folder: ProfileFolder, content: SignersFile, today: date) -> date:
    """Never before the handover that is followed: a clock that was put back would break the chain."""
    own = {each.key for each in content.signers if each.own}
    steps = check_statements(folder.signers, content).handovers
    return max([today, *(each.on for each in steps if each.next in own)])
