"""What the composition root hands to the command line: everything concrete behind a callable."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from artist_console.commands.profiles import Profile
from artist_console.commands.self_test import PartChecked


@dataclass(frozen=True)
class Hands:
    """Each does one thing; those that answer an exit code have said on standard error what went wrong."""

    open_profile: Callable[[Path | None, bool], AbstractContextManager[Profile]]  # folder, may be new
    show_window: Callable[[Path | None, Path | None], int]  # folder, report
    show_demo: Callable[[Path | None, bool, bool], int]  # folder, reset, with a window
    remove_demo: Callable[[Path | None], bool]  # folder; whether there was one
    draw_screenshots: Callable[[Path | None, Path], tuple[Path, ...]]  # folder, where to
    serve: Callable[[Path | None, int, str], int]  # folder, port, host
    openapi: Callable[[], bytes]
    self_test: Callable[[Callable[[PartChecked], None]], bool]
    signers_of: Callable[[Path | None], Path | None]  # file of the signers known in a profile
