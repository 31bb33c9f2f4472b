"""Where the keys of a profile are, moving them, their passphrase, and the recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from artist_console.commands.profiles import KEY_NAMES, Profile, is_profile
from artist_console.commands.recovery_page import recovery_page, save_page
from artist_console.commands.service import forget_token
from artist_console.commands.signers import read_signers
from artist_console.domain.problems import InputProblem, SetupProblem
from artist_console.host.files import copy_aside
from artist_console.host.key_record import BehindPassphrase, InKeyring, place_of, read_record, write_record
from artist_console.host.lock import hold_profile
from artist_console.host.passphrase import AskPassphrase, close_up
from artist_console.host.paths import ProfileFolder
from artist_console.host.recovery import new_code, recovered_keys, write_recovery
from artist_console.host.secrets import (
    KeyringSecrets,
    KeysUnreachable,
    NewKeys,
    Place,
    open_secrets,
    put_into,
)
from artist_console.host.subkeys import subkey
from artist_console.store.checking import check_key
from artist_console.store.problems import StoreUnreadable

# Behind "Keys are kept" or "are".
PLACE_WORDS: dict[Place, str] = {
    "keyring": "in the keyring of this computer",
    "passphrase": "in a file of the profile, behind your passphrase",
    "file": "in a file of the profile, which whoever reads your files can read",
}


class NoKeys(SetupProblem):
    title_template = "There is no profile in {folder}, so it has no keys"
    advice_template = "Check --data"


class NoPassphrase(SetupProblem):
    title_template = "The keys of this profile are behind no passphrase: they are {place}"
    advice_template = "Put them behind one with: artist-console keys move --to passphrase"


class CodeExists(InputProblem):
    title_template = "A recovery code was made for this profile before, and a new one ends it"
    advice_template = "To end it and make another, add --replace"


class CodeOfAnotherJournal(SetupProblem):
    """The code opens keys, and these do not open what is here."""

    title_template = "This recovery code opens keys that do not open {name} of this profile"
    advice_template = "Put back the two files from the same backup. Nothing was changed"


@dataclass(frozen=True, slots=True)
class KeysInfo:
    """What can be told about the keys without reading one."""

    place: Place
    keyring: str  # which keyring; empty where they are not in one, or where that was not kept
    has_recovery_code: bool
    signers: tuple[tuple[str, str], ...]  # own public keys: name and fingerprint


@dataclass(frozen=True, slots=True)
class KeysMoved:
    place: Place
    signed_out: bool  # what signs in to the service was in the keyring, and is kept nowhere else


@dataclass(frozen=True, slots=True)
class KeysRecovered:
    place: Place
    former: Path | None  # where the former keys.json was set aside


def keys_info(folder: ProfileFolder) -> KeysInfo:
    """Raises NoKeys, KeysUnreadable."""
    record = read_record(folder.keys)
    if record is None:
        raise NoKeys(folder=str(folder.root))
    return KeysInfo(
        place_of(record),
        record.backend if isinstance(record, InKeyring) else "",
        folder.recovery.exists(),
        tuple((each.name, each.key.fingerprint) for each in read_signers(folder.signers) if each.own),
    )


def place_kept(folder: ProfileFolder) -> Place | None:
    """Where the keys of a profile are; None where there is no profile. Raises KeysUnreadable."""
    record = read_record(folder.keys)
    return None if record is None else place_of(record)


def make_recovery_code(profile: Profile, *, replaces: bool, page: Path | None = None) -> str:
    """A new code, told this once. The one before it, if there was one, opens nothing from now on.

    With `page`, also as a page to print there, before anything else: a code that nobody saw opens nothing.
    Raises CodeExists unless this one `replaces` it, FileProblem for a page that could not be written.
    """
    folder = profile.folder
    if folder.recovery.exists() and not replaces:
        raise CodeExists
    code = new_code()
    if page is not None:
        save_page(page, recovery_page(code, str(folder.root), f"{profile.outside.clock():%Y-%m-%d}"))
    write_recovery(folder.recovery, profile.keys.by_name, code)
    return code


@dataclass(frozen=True)
class RecoveryCodes:
    """What the window can do about the recovery code of an open profile."""

    profile: Profile

    def exists(self) -> bool:
        """Whether a code was made that opens the keys of today."""
        return self.profile.folder.recovery.exists()

    def make(self) -> str:
        """A new code; one before it, if there was one, opens nothing from now on. Raises FileProblem."""
        return make_recovery_code(self.profile, replaces=True)

    def save_page(self, code: str, path: Path) -> None:
        """The code as a page to print. Raises FileProblem, also where a file is there already."""
        day = f"{self.profile.outside.clock():%Y-%m-%d}"
        save_page(path, recovery_page(code, str(self.profile.folder.root), day))


def move_keys(profile: Profile, to: NewKeys, passphrase: AskPassphrase | None = None) -> KeysMoved:
    """Put the keys of an open profile into another place; only once they are there they leave the former one.

    Raises PlaceNotChosen for a keyring that does not work, PassphraseTooShort and the like. Then the keys
    stay where they were.
    """
    folder = profile.folder
    former = open_secrets(folder, passphrase=passphrase)
    if former.where() == to.value:
        return KeysMoved(former.where(), signed_out=False)
    signed_out = former.where() == "keyring" and folder.service.exists()
    if signed_out:
        forget_token(folder)
    moved = put_into(folder, profile.keys.by_name, to, passphrase=passphrase)
    if isinstance(former, KeyringSecrets):
        _forget_all(former)
    profile.keys = profile.keys.kept(moved.where())
    return KeysMoved(moved.where(), signed_out)


def change_passphrase(profile: Profile, passphrase: AskPassphrase) -> None:
    """Close up the keys under another passphrase: at any moment one of the two opens them, and never none.

    Raises NoPassphrase where the keys are behind none.
    """
    record = read_record(profile.folder.keys)
    if not isinstance(record, BehindPassphrase):
        raise NoPassphrase(place=PLACE_WORDS[profile.keys.kept_in])
    write_record(profile.folder.keys, close_up(profile.keys.by_name, passphrase()))


def recover_keys(
    folder: ProfileFolder, code: str, to: NewKeys | None = None, passphrase: AskPassphrase | None = None
) -> KeysRecovered:
    """Put the keys that a recovery code opens into a place anew: a keyring that works, unless `to` says.

    They are tried on the journal first. A former keys.json is set aside, and entries of a keyring are left as
    they are. Raises ProfileInUse, CodeMistyped, CodeIncomplete, OtherCode, NoRecoveryCode,
    CodeOfAnotherJournal, PlaceNotChosen; nothing was changed then.
    """
    if not is_profile(folder) and not folder.recovery.exists():
        raise NoKeys(folder=str(folder.root))
    with hold_profile(folder.lock):
        keys = recovered_keys(folder.recovery, code)
        if folder.journal.exists():
            try:
                check_key(folder.journal, subkey(keys[KEY_NAMES[0]], "journal"))
            except StoreUnreadable as problem:
                raise CodeOfAnotherJournal(name=folder.journal.name) from problem
        aside = copy_aside(folder.keys) if folder.keys.exists() else None
        try:
            place = put_into(folder, keys, to, passphrase=passphrase).where()
        except BaseException:
            if aside is not None:
                aside.unlink()
            raise
    return KeysRecovered(place, aside)


def _forget_all(former: KeyringSecrets) -> None:
    """What cannot be taken out of a keyring now stays there: it opens nothing that it did not open before."""
    try:
        for name in KEY_NAMES:
            former.forget(name)
    except KeysUnreachable:
        return
