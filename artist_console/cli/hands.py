"""What the composition root hands to the command line: everything concrete behind a callable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artist_console.cli.hosting import OpenAccounts
from artist_console.commands.paper import Paper
from artist_console.commands.profiles import Outside, Profile
from artist_console.host.paths import ProfileFolder


@dataclass(frozen=True, slots=True)
class ServeWishes:
    """How a service is to be served, as it was typed."""

    host: str
    port: int
    database: str | None
    name: str
    certificate: Path | None
    key: Path | None
    behind_proxy: str
    public_url: str
    minimum_client: str | None
    warn: Callable[[str], None]


@dataclass(frozen=True)
class Hands:
    """Each does one thing and may raise Problem."""

    open_profile: Callable[[Path | None, bool], AbstractContextManager[Profile]]  # folder, may be new
    show_demo: Callable[[Path | None, bool, bool], int]  # folder, reset, with a window
    remove_demo: Callable[[Path | None], bool]  # folder; whether there was one
    draw_screenshots: Callable[[Path | None, Path], tuple[Path, ...]]  # folder, where to
    serve: Callable[[Path | None, ServeWishes], int]  # folder
    back_up: Callable[[Path | None, Path], Mapping[str, Any]]  # folder, file
    restore: Callable[[Path | None, Path], Mapping[str, Any]]  # folder, file
    new_epoch: Callable[[Path | None, str | None], str]  # folder, address of a database
    prepare: Callable[[str | None, str | None], Mapping[str, Any]]  # address of a database, account
    openapi: Callable[[], bytes]
    accounts: OpenAccounts  # of the service in a folder
    outside: Callable[[], Outside]
    draw_something: Callable[[], str]  # with Qt; says what it found
    folder_of: Callable[[Path | None], ProfileFolder]
    set_paper: Callable[[Paper], bytes]  # a document as a PDF file
    signers_of: Callable[[Path | None], Path | None]  # file of the signers known in a profile
