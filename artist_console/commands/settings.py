"""What Settings shows about this profile: where things are, who can read them, which keys it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProfileInfo:
    """Facts of this profile for the page Settings."""

    folder: Path
    keys_kept_in: str  # "keyring" or "file"
    account_name: str
    host: str  # who runs the backend
    embedded: bool  # the backend runs inside this application
    device_key: str  # fingerprint of the key that signs reports
    receipt_key: str  # fingerprint of the embedded backend's key; empty with a hosted one
    decisions: int  # in the journal
    last_sync: datetime | None
    sizes_bytes: tuple[tuple[str, int], ...]  # file in words and its size
