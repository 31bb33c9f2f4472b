"""A service that runs, and devices that sync with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync.devices import Device, Service, serving


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def new_device(tmp_path: Path, service: Service) -> Iterator[Callable[[], Device]]:
    made: list[Device] = []

    def new() -> Device:
        made.append(Device(tmp_path / f"device-{len(made)}", service))
        return made[-1]

    yield new
    for device in made:
        device.close()


@pytest.fixture
def device(new_device: Callable[[], Device]) -> Device:
    return new_device()
