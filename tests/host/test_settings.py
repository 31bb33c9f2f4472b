"""Settings: typed, atomic, tolerant of other versions and of damage."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from artist_console.host.settings import LoadedSettings, Settings, Theme, load_settings, save_settings


def test_a_new_profile_has_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == LoadedSettings(Settings())


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    chosen = Settings(
        theme=Theme.DARK,
        high_contrast=True,
        reduced_motion=True,
        text_size_percent=150,
        language="pt_BR",
        sync_enabled=False,
        artist="a-1",
        page="works",
        window="AdnQ",
        columns={"works": "AAAA"},
    )
    save_settings(path, chosen)
    assert load_settings(path) == LoadedSettings(chosen)


def test_keys_of_another_version_survive_a_change(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "from_the_future": {"a": [1, 2]}}))
    save_settings(path, replace(load_settings(path).settings, theme=Theme.LIGHT))
    assert json.loads(path.read_text())["from_the_future"] == {"a": [1, 2]}
    assert load_settings(path).settings.theme is Theme.LIGHT


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 200_000, b'{"a":"' + b"x" * 1_100_000 + b'"}']
)
def test_a_broken_file_is_set_aside_and_the_defaults_are_given(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.broken_file is not None
    assert loaded.broken_file.read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "mauve"),
        ("theme", ["dark"]),
        ("high_contrast", "yes"),
        ("text_size_percent", 1000),
        ("text_size_percent", True),
        ("language", 7),
        ("columns", "wide"),
        ("columns", {"works": 3}),
    ],
)
def test_a_value_that_makes_no_sense_falls_back_alone(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"page": "reports", name: value}))
    assert load_settings(path) == LoadedSettings(Settings(page="reports"))
