"""What a person chose about the look and the behaviour of this installation; no secrets, no decisions.

Kept as one JSON object. Keys that this version does not know are kept as they are, so that going back to
an older version loses nothing; a value that makes no sense falls back to its default.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from artist_console.domain.problems import FileProblem
from artist_console.host.files import read_bounded, set_aside, write_atomic

_LIMIT_BYTES = 1_000_000

TEXT_SIZES_PERCENT = range(90, 151)


class Theme(StrEnum):
    """Which of the two sets of colours is used."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a profile; every field has the value that a new profile starts with."""

    theme: Theme = Theme.SYSTEM
    high_contrast: bool = False
    reduced_motion: bool = False
    text_size_percent: int = 100  # one of TEXT_SIZES_PERCENT
    language: str = ""  # a locale name such as "en_GB"; empty follows the system
    sync_enabled: bool = True
    artist: str = ""  # id of the artist last looked at; empty is all
    page: str = ""  # key of the page last looked at
    window: str = ""  # geometry of the main window, as the window encodes it
    columns: Mapping[str, str] = field(default_factory=dict)  # table -> column state, as the table encodes it
    unknown: Mapping[str, object] = field(default_factory=dict)  # what another version wrote


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings as read, and where an unreadable file went, if there was one."""

    settings: Settings
    broken_file: Path | None = None


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings; an unreadable file is set aside and the defaults are given."""
    if not path.exists():
        return LoadedSettings(Settings())
    try:
        content = json.loads(read_bounded(path, _LIMIT_BYTES))
    except (FileProblem, ValueError, RecursionError):
        return LoadedSettings(Settings(), set_aside(path))
    if not isinstance(content, dict):
        return LoadedSettings(Settings(), set_aside(path))
    return LoadedSettings(_from_json(content))


def save_settings(path: Path, settings: Settings) -> None:
    """Replace the file. Raises FileProblem when it could not be written; then the former file stands."""
    content = dict(settings.unknown)
    content |= {name: getattr(settings, name) for name in _OWN_NAMES}
    content["columns"] = dict(settings.columns)
    write_atomic(path, json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False).encode())


_OWN_NAMES = tuple(f.name for f in fields(Settings) if f.name != "unknown")


def _from_json(content: Mapping[str, object]) -> Settings:
    new = Settings()
    theme = content.get("theme")
    size = content.get("text_size_percent")
    columns = content.get("columns")
    return Settings(
        theme=Theme(theme) if isinstance(theme, str) and theme in tuple(Theme) else new.theme,
        high_contrast=_flag(content, "high_contrast", new.high_contrast),
        reduced_motion=_flag(content, "reduced_motion", new.reduced_motion),
        text_size_percent=size if type(size) is int and size in TEXT_SIZES_PERCENT else new.text_size_percent,
        language=_text(content, "language"),
        sync_enabled=_flag(content, "sync_enabled", new.sync_enabled),
        artist=_text(content, "artist"),
        page=_text(content, "page"),
        window=_text(content, "window"),
        columns=_texts(columns) if isinstance(columns, dict) else {},
        unknown={key: value for key, value in content.items() if key not in _OWN_NAMES},
    )


def _flag(content: Mapping[str, object], name: str, otherwise: bool) -> bool:
    value = content.get(name)
    return value if isinstance(value, bool) else otherwise


def _text(content: Mapping[str, object], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""


def _texts(values: Mapping[object, object]) -> dict[str, str]:
    return {key: value for key, value in values.items() if isinstance(key, str) and isinstance(value, str)}
