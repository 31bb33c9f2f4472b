"""What can be wrong with a computer's keyring, one sentence each, and how to tell which it is.

The backends of keyring let through whatever their service throws (D-Bus, Windows, macOS), so an error is
known by the names of its kinds and of those behind it. Of its message nothing is passed on: it may quote a
secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from artist_console.domain.problems import SetupProblem


class KeyringState(Enum):
    """How the keyring of this computer does, as far as a trial shows."""

    WORKS = "works"
    ABSENT = "absent"
    FORBIDDEN = "forbidden"  # by the environment
    LOCKED = "locked"
    DENIED = "denied"
    HANGS = "hangs"
    FORGETS = "forgets"  # it takes a value and does not give it back
    FAILS = "fails"


class KeysUnreachable(SetupProblem):
    """The keyring that holds the keys of this profile does not work now."""

    title_template = "The keyring that holds the keys of this profile does not answer as it should"
    advice_template = (
        "Start your session anew and try again, or enter your recovery code. Nothing was changed"
    )
    state = KeyringState.FAILS


class KeyringAbsent(KeysUnreachable):
    title_template = "The keys of this profile are in a keyring, and no keyring runs on this computer now"
    advice_template = (
        "Start the keyring of your desktop (GNOME Keyring, KWallet, Keychain) and try again, or enter your"
        " recovery code. Nothing was changed"
    )
    state = KeyringState.ABSENT


class KeyringLocked(KeysUnreachable):
    title_template = "The keyring that holds the keys of this profile is locked"
    advice_template = "Unlock the keyring of your computer and start again. Nothing was changed"
    state = KeyringState.LOCKED


class KeyringDenied(KeysUnreachable):
    title_template = "The keyring did not let Artist Console read the keys of this profile"
    advice_template = "Start again and allow it when your computer asks. Nothing was changed"
    state = KeyringState.DENIED


class KeyringHangs(KeysUnreachable):
    title_template = "The keyring that holds the keys of this profile did not answer in time ({seconds} s)"
    advice_template = (
        "See whether it waits for a password in a window of its own, or start your session anew, then try"
        " again. Nothing was changed"
    )
    state = KeyringState.HANGS


class KeyringChanged(KeysUnreachable):
    """Another keyring answers than the one that the keys were put into, and it does not have them."""

    title_template = (
        "The keys of this profile were put into {former}; this computer now uses {present}, which lacks them"
    )
    advice_template = (
        "Switch back to the former keyring and start again, or enter your recovery code. Nothing was changed"
    )


class SecretTooLong(SetupProblem):
    title_template = "What is to be kept is longer than a keyring takes ({length} of {most} signs)"
    advice_template = "Nothing of it was kept"


class KeyringForbidden(KeysUnreachable):
    title_template = "The keys of this profile are in the keyring, which ARTIST_CONSOLE_KEYRING=off forbids"
    advice_template = "Start again without that setting"


_ABSENT = {"NoKeyringError", "SecretServiceNotAvailableException"}
_DENIED = {"PromptDismissedException", "KeychainDenied"}
_LOCKED = {"KeyringLocked", "LockedException"}
# Where the kind says nothing: names of D-Bus errors and numbers of Windows errors.
_ABSENT_ON_THE_BUS = ("ServiceUnknown", "NameHasNoOwner", "Spawn.", "Disconnected", "FileNotFound")
_DENIED_ON_THE_BUS = ("AccessDenied", "AuthFailed")
_DENIED_ON_WINDOWS = {5, 1223}  # access denied; cancelled by the user
_GONE = (ConnectionRefusedError, ConnectionResetError, FileNotFoundError, BrokenPipeError)


def trouble_of(error: BaseException) -> KeysUnreachable:
    """The trouble that an error of a keyring's backend stands for."""
    causes = tuple(_causes(error))
    names = {type(each).__name__ for each in causes}
    on_the_bus = [str(getattr(each, "name", "")) for each in causes]
    numbers = {getattr(each, "winerror", None) for each in causes}
    # What is behind an error says more than the error: macOS tells a refusal as a locked keyring.
    if names & _DENIED or numbers & _DENIED_ON_WINDOWS or _any_in(_DENIED_ON_THE_BUS, on_the_bus):
        return KeyringDenied()
    if names & _LOCKED:
        return KeyringLocked()
    if names & _ABSENT or _any_in(_ABSENT_ON_THE_BUS, on_the_bus):
        return KeyringAbsent()
    if any(isinstance(each, _GONE) for each in causes):
        return KeyringAbsent()
    return KeysUnreachable()


def _any_in(marks: tuple[str, ...], texts: list[str]) -> bool:
    return any(mark in text for mark in marks for text in texts)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
