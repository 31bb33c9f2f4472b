"""What several tests share: the folder of real files, where it is present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test reaches the keyring of whoever runs it; a test that is about keyrings brings its own.
os.environ["ARTIST_CONSOLE_KEYRING"] = "off"

# How long one example takes says more of the machine than of the rule; times are told by benchmarks.
settings.register_profile("artist-console", deadline=None)
settings.load_profile("artist-console")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that stands beside the project; skips where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real files (../shared/data) is not present here")
    return folder
