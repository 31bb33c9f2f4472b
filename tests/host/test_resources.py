"""Resources are found by name, and by nothing that leads elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from artist_console.host.resources import resource_bytes, resource_names, resource_path


def test_a_resource_is_read_whole() -> None:
    assert resource_bytes("icons/artist-console.svg").startswith(b"<svg")


def test_a_resource_has_a_path_while_it_is_needed() -> None:
    with resource_path("icons/artist-console.svg") as path:
        assert isinstance(path, Path)
        assert path.read_bytes() == resource_bytes("icons/artist-console.svg")


def test_a_folder_lists_names_that_can_be_read() -> None:
    names = resource_names("icons")
    assert "icons/artist-console.svg" in names
    assert list(names) == sorted(names)
    assert all(resource_bytes(name) for name in names)


def test_an_absent_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/absent\.svg"):
        resource_bytes("icons/absent.svg")


@pytest.mark.parametrize("name", ["", "..", "../pyproject.toml", "icons/../../LICENSE", "/etc/hosts"])
def test_a_name_does_not_lead_out_of_the_resources(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a resource"):
        resource_bytes(name)
