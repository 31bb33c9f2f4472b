"""Journeys use the window as the tests of the interface do; those through consent have their own world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.consent_world import ConsentDesk, consent_desk, make_world
from tests.ui.window_fixtures import open_window, sample_copy, sample_folder, window

__all__ = ["open_window", "sample_copy", "sample_folder", "window"]


@pytest.fixture(scope="session")
def consent_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synced profile of one artist with 312 recordings; tests copy it."""
    folder = tmp_path_factory.mktemp("consent") / "profile"
    make_world(folder)
    return folder


@pytest.fixture
def desk(qapp: QApplication, consent_folder: Path, tmp_path: Path) -> Iterator[ConsentDesk]:
    """The window on a copy of that profile, with a clock that is set by hand."""
    with consent_desk(qapp, consent_folder, tmp_path) as opened:
        yield opened
