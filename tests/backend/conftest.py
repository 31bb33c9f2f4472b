"""What tests of the backend share: each of the two databases in turn."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from .places import InFile, OnServer, Place
from .postgres import Cluster, cluster, hosted
from .world import DATA_KEY

__all__ = ["cluster", "hosted", "new_place", "place"]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Place]:
    """Makes a fresh one each time."""
    if request.param == "sqlite":
        numbers = itertools.count(1)
        return lambda: InFile(tmp_path / f"backend-{next(numbers)}.db", DATA_KEY)
    server: Cluster = request.getfixturevalue("cluster")
    return lambda: OnServer(server, server.new_database())


@pytest.fixture
def place(new_place: Callable[[], Place]) -> Place:
    """A fresh one for each test."""
    return new_place()
