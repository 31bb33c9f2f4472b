"""What tests of the interface share: the look, in the state that a new profile has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.theme import Appearance, Theme
from tests.ui.window_fixtures import open_window, sample_copy, sample_folder, window

__all__ = ["dressed", "open_window", "sample_copy", "sample_folder", "theme", "window"]

PLAIN = Appearance(ThemeChoice.LIGHT, reduced_motion=True)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """One look per process, as in the application."""
    return Theme(qapp, PLAIN)


@pytest.fixture
def theme(dressed: Theme, qapp: QApplication) -> Iterator[Theme]:
    """The light look; whatever a test chooses is taken back."""
    dressed.choose(PLAIN)
    yield dressed
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    dressed.choose(PLAIN)
