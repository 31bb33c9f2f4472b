"""Profiles over the small world: as the artist, and as a manager with a mandate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.world import MANAGER, a_mandate, mandate_step
from tests.commands.desks import Desk, a_desk


@pytest.fixture(autouse=True)
def keys_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the keyring of the computer."""
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")


@pytest.fixture
def mara(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara") as desk:
        yield desk


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "manager", mandate_step(a_mandate()), owner=MANAGER) as desk:
        yield desk
