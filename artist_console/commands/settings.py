"""What Settings shows about this profile: where things are, who can read them, which keys it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.keys import keys_info
from artist_console.commands.reports import trusted_signers
from artist_console.commands.service import service_address
from artist_console.host.key_record import Place
from artist_console.store import journal, profile


@dataclass(frozen=True, slots=True)
class ProfileInfo:
    """Facts of this profile for the page Settings."""

    folder: Path
    keys_kept_in: Place
    account_name: str  # empty before the first connection or import
    host: str  # who runs the backend
    embedded: bool  # the backend runs inside this application
    keys: tuple[tuple[str, str], ...]  # own public keys: name and fingerprint
    decisions: int  # made on this computer
    last_sync: datetime | None
    sizes_bytes: tuple[tuple[str, int], ...]  # file in words and its size
    has_recovery_code: bool = False
    service_address: str = ""  # of a hosted service; empty where there is none


def tells_nobody(console: Console) -> bool:
    """Whether what is recorded stays here: the service that keeps it runs inside this application."""
    return console.folder.backend.exists()


def profile_info(console: Console) -> ProfileInfo:
    """What is stored where. Reads no secret."""
    folder = console.folder
    account = console.account
    keys = keys_info(folder)
    files = (
        ("Decisions and receipts", folder.journal),
        ("What the service said", folder.mirror),
        ("The private service", folder.backend),
    )
    return ProfileInfo(
        folder=folder.root,
        keys_kept_in=keys.place,
        has_recovery_code=keys.has_recovery_code,
        account_name=account.name if account is not None else "",
        host=account.host if account is not None else "",
        embedded=tells_nobody(console),
        keys=tuple((each.name, each.fingerprint) for each in trusted_signers(console) if each.own),
        decisions=journal.marks(console.store)[0],
        last_sync=profile.last_sync(console.store),
        sizes_bytes=tuple((name, path.stat().st_size) for name, path in files if path.exists()),
        service_address="" if tells_nobody(console) else service_address(folder),
    )
