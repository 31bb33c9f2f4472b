"""What a person does with the account of a service: sign in, see devices, sign out. Loaded when wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands.opening import Opening
from artist_console.commands.signing_in import SignedOut
from artist_console.domain.changes import Changes
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.devices import DevicesDialog
from artist_console.ui.dialogs.recovery_code import RecoveryCodeDialog
from artist_console.ui.dialogs.replace_key import ReplaceKeyDialog
from artist_console.ui.dialogs.sign_out import SignOutDialog
from artist_console.ui.sync_control import SyncControl
from artist_console.ui.text import say


class AccountDoings(QObject):
    """Opens the dialogs over the window, and brings the lanes up to date with what came of them."""

    sign_in_wished = Signal()

    def __init__(self, desk: Desk, opening: Opening | None, sync: SyncControl, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._opening, self._sync, self._window = desk, opening, sync, window

    def do(self, what: str) -> None:
        """Of an account: "sign_in", "sign_out", "devices". Of the profile: "recovery_code", "replace_key"."""
        if what == "recovery_code":
            self._make_recovery_code()
            return
        if what == "replace_key":
            self._replace_key()
            return
        if self._opening is None or self._opening.sign_ins is None:
            return
        sign_ins = self._opening.sign_ins
        if what == "sign_in":
            self.sign_in_wished.emit()
        elif what == "devices":
            DevicesDialog(self._desk, sign_ins, self._window).open()
        elif what == "sign_out":
            host = self._sync.status.host if self._sync.status is not None else ""
            dialog = SignOutDialog(self._desk, sign_ins, host or say("sign-out", "the service"), self._window)
            dialog.signed_out.connect(self._signed_out)
            dialog.send_wished.connect(self._sync.sync)
            dialog.open()

    def _make_recovery_code(self) -> None:
        if self._opening is None or self._opening.recovery_codes is None:
            return
        dialog = RecoveryCodeDialog(self._desk, self._opening.recovery_codes, self._window)
        dialog.made.connect(self._code_made)
        dialog.open()

    def _replace_key(self) -> None:
        if self._opening is None or self._opening.key_replacing is None:
            return
        dialog = ReplaceKeyDialog(self._desk, self._opening.key_replacing, self._window)
        dialog.replaced.connect(self._code_made)
        dialog.open()

    def _code_made(self) -> None:
        self._desk.changed.emit(Changes.SETTINGS)

    def _signed_out(self, done: SignedOut) -> None:
        self._desk.background.network.run(self._desk.network_console.close)
        told = (
            say("sign-out", "Signed out. Everything recorded stays on this computer.")
            if done.told
            else say(
                "sign-out",
                "Signed out here. The service could not be told: take this computer off the list of devices"
                " from another one.",
            )
        )
        self._desk.say(told)
        self._desk.changed.emit(Changes.SYNC | Changes.SETTINGS)
        # Has the corner say at once that a sign-in is needed.
        self._sync.sync()
