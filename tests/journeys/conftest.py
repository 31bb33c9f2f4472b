"""Journeys use the window as the tests of the interface do."""

from __future__ import annotations

from tests.ui.window_fixtures import open_window, sample_copy, sample_folder, window

__all__ = ["open_window", "sample_copy", "sample_folder", "window"]
