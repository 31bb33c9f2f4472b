"""Opens a profile together with the person, where it does not open by itself."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from artist_console.commands.cannot_open import CannotOpen, Opener
from artist_console.commands.profiles import Profile
from artist_console.host.settings import load_settings
from artist_console.ui.background import Background
from artist_console.ui.dialogs.cannot_open import CannotOpenDialog
from artist_console.ui.start import make_application
from artist_console.ui.theme import Appearance, Theme


def open_with_help(opener: Opener, wrong: CannotOpen, settings_path: Path) -> Profile | None:
    """Ask until the profile is open; None where the person would rather quit."""
    app = make_application()
    theme = Theme(app, Appearance.of(load_settings(settings_path).settings))
    background = Background()
    dialog = CannotOpenDialog(theme, background, opener, wrong)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it is read afterwards
    # It is the only window while it is there, and another one follows.
    app.setQuitOnLastWindowClosed(False)
    dialog.exec()
    app.setQuitOnLastWindowClosed(True)
    found = dialog.profile
    if found is None and not background.is_idle:
        # A thread that still asks a keyring would keep this process, unseen, until that has answered.
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)
    background.shut_down()
    dialog.deleteLater()
    theme.deleteLater()
    return found
