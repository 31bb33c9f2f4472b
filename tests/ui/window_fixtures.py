"""The sample profile, made once per run and copied for each test; the window around it, with real lanes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.sample_profile import OpenWindow, make_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synced sample profile; tests copy it."""
    folder = tmp_path_factory.mktemp("sample") / "profile"
    make_sample(folder)
    return folder


@pytest.fixture
def open_window(qapp: QApplication) -> Iterator[Callable[[Path], OpenWindow]]:
    """Opens the window on a profile's folder, as often as a test needs; all are closed at the end."""
    opened: list[OpenWindow] = []

    def open_on(folder: Path) -> OpenWindow:
        made = OpenWindow(qapp, folder)
        opened.append(made)
        return made

    yield open_on
    for window in opened:
        window.close()


@pytest.fixture
def sample_copy(sample_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    shutil.copytree(sample_folder, folder)
    return folder


@pytest.fixture
def window(open_window: Callable[[Path], OpenWindow], sample_copy: Path) -> OpenWindow:
    """The window on a copy of the sample; rounds of sync run only when they are asked for."""
    return open_window(sample_copy)
