"""A profile that holds the sample music, as `artist-console demo` makes it: seeded, synced once, on disk."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from artist_console.backend.demo import seed_sample
from artist_console.backend.embedded import start_embedded
from artist_console.commands import syncing
from artist_console.commands.key_rotation import KeyReplacing
from artist_console.commands.keys import RecoveryCodes
from artist_console.commands.opening import Opening
from artist_console.commands.profiles import Outside, Profile, open_profile
from artist_console.commands.signing_in import SignIns
from artist_console.domain.work_rows import OwnStance, WorkSummary
from artist_console.host.paths import ProfileFolder
from artist_console.host.settings import load_settings, save_settings
from artist_console.sync.api import Api
from artist_console.sync.signing_in import reach
from artist_console.sync.tokens import KeptSignIn
from artist_console.ui.dialogs.artist_switcher import ArtistSwitcher
from artist_console.ui.pages.works import WorksScreen
from artist_console.ui.places import Place
from artist_console.ui.screenshots import settle
from artist_console.ui.start import Session

W = TypeVar("W", bound=QWidget)
_CTRL = Qt.KeyboardModifier.ControlModifier


def connect_to(base_url: str, token: str | KeptSignIn) -> Api:
    """As the program does it: with a token, or with a sign-in that is kept."""
    return Api(base_url, token) if isinstance(token, str) else reach(base_url, token)


def open_folder(folder: Path, outside: Outside | None = None) -> Profile:
    """The profile in a folder, with the real backend behind it."""
    return open_profile(
        ProfileFolder(folder), outside or Outside(start_embedded, connect_to), may_be_new=True
    )


def make_sample(folder: Path) -> None:
    """Fill a new folder with the sample and sync it once."""
    with open_folder(folder) as profile:
        today = datetime.now(UTC).date()
        seed_sample(profile.folder.backend, profile.keys.backend, profile.keys.receipt, today)
        profile.connect()
        console = profile.console()
        try:
            syncing.sync(console)
        finally:
            console.store.close()


def opening_of(profile: Profile, *, sample: bool = False) -> Opening:
    """What the window takes, as app.py makes it."""
    return Opening(
        open_console=profile.console,
        connect=profile.connect,
        close=profile.close,
        settings_path=profile.folder.settings,
        sample=sample,
        started_at=time.perf_counter(),
        keep_here=profile.keep_here,
        sign_ins=None if profile.has_private_service else lambda: SignIns(profile),
        recovery_codes=lambda: RecoveryCodes(profile),
        key_replacing=lambda: KeyReplacing(profile),
    )


class OpenWindow:
    """The real window on a profile; `close` ends it as the program ends, and may be called twice.

    With `outside`, everything goes by the clock that it has.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        size: tuple[int, int] | None = (1440, 900),
        outside: Outside | None = None,
    ) -> None:
        self.folder = folder
        self.profile = open_folder(folder, outside)
        settings = load_settings(self.profile.folder.settings).settings
        if not self.profile.folder.settings.exists():
            save_settings(self.profile.folder.settings, replace(settings, sync_enabled=False))
        self.session = Session(app, opening_of(self.profile))
        self.main = self.session.window
        self.desk = self.session.desk
        if outside is not None:
            self.desk.clock = outside.clock
        if size is not None:
            self.main.resize(*size)
        self.main.show()
        self.main.activateWindow()
        self.main.start()
        self._open = True
        self.settle()

    def keep_here(self) -> None:
        """Of a new profile: choose "Keep it on this computer"."""
        self.main.first_steps.start.keep_wished.emit()
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way."""
        settle(self.session)

    def close(self) -> None:
        if self._open:
            self._open = False
            self.session.end()

    @property
    def works(self) -> WorksScreen:
        screen = self.main.screen_of("works")
        assert isinstance(screen, WorksScreen)
        return screen

    def show(self, page: str) -> None:
        self.main.show_place(Place(page))
        self.settle()

    def choose_artist(self, name: str) -> None:
        """By the switcher: open it, type the name, press Enter."""
        QTest.keyClick(self.main, Qt.Key.Key_A, _CTRL | Qt.KeyboardModifier.ShiftModifier)
        switcher = self.panel(ArtistSwitcher)
        QTest.keyClicks(switcher.choices.field, name)
        QTest.keyClick(switcher.choices.field, Qt.Key.Key_Return)
        self.settle()

    def panel(self, kind: type[W]) -> W:
        """The panel or dialog of a kind that is on the screen."""
        self.settle()
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(shown) == 1, [type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()]
        return shown[0]

    def undecided(self) -> WorkSummary:
        """A recording without an answer of its own, so that a refusal meets no narrower Allow."""
        for row in range(self.works.model.total):
            summary = self.works.model.row_at(row)
            if summary is None or not summary.release_title or summary.refused:
                continue
            if summary.own is OwnStance.FOLLOW:
                return summary
        raise AssertionError("the sample has no such work")
