"""Where a profile keeps its files: one private folder per backend and account."""

from __future__ import annotations

import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from artist_console.domain.problems import FileProblem

_APPLICATION = "artist-console"


@dataclass(frozen=True, slots=True)
class ProfileFolder:
    """The layout of one profile. Naming a path makes nothing; `create` makes the folders."""

    root: Path

    @property
    def journal(self) -> Path:
        """The precious database: decisions, receipts, pins."""
        return self.root / "journal.db"

    @property
    def mirror(self) -> Path:
        """What the backend said; may be dropped and fetched again."""
        return self.root / "mirror.db"

    @property
    def backend(self) -> Path:
        """The database of the embedded backend."""
        return self.root / "backend.db"

    @property
    def keys(self) -> Path:
        """Says where the keys of this profile are and, where there is no keyring, holds them."""
        return self.root / "keys.json"

    @property
    def recovery(self) -> Path:
        """The keys closed up under the recovery code, where one was made."""
        return self.root / "recovery.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that uses the profile; holds its process number."""
        return self.root / "lock"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def signers(self) -> Path:
        """Public keys: those of this profile, and of the signers that the person trusts."""
        return self.root / "signers.json"

    @property
    def reports_seen(self) -> Path:
        """Which reports were opened or made here: series, day and hash, no content."""
        return self.root / "reports-seen.json"

    @property
    def service(self) -> Path:
        """The address of the service that somebody else hosts, where this profile has one."""
        return self.root / "service.json"

    @property
    def statements(self) -> Path:
        """Statement files, each addressed by its hash."""
        return self.root / "statements"

    @property
    def imports(self) -> Path:
        """Files that a person brought in, as they came, each sealed under a key of its own."""
        return self.root / "imports"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def holds(self, name: str) -> bool:
        """Whether a name in the folder is one that a profile gives: its own files, and their companions."""
        return _OWN_NAMES.fullmatch(name) is not None

    def create(self) -> None:
        """Make the folders that are missing, each open to this user only.

        A folder that holds other things alone is left as it is: no profile moves into somebody's documents.
        Raises FileProblem then, and when a folder cannot be made.
        """
        others = _names_in(self.root)
        if others and not any(self.holds(name) for name in others):
            raise FileProblem(
                "{name} holds other things, so no profile was made in it",
                "Choose a new or an empty folder with --data",
                name=str(self.root),
            )
        for folder in (self.root, self.statements, self.imports, self.log):
            _make_private(folder)


# With what is left beside them: logs of databases, copies before a change, files set aside or half written.
_OWN_NAMES = re.compile(
    r"(?:journal|mirror|backend)\.(?:[a-z0-9-]+\.)?db(?:-wal|-shm|-journal|\.damaged)?"
    r"|(?:keys|recovery|settings|service|signers|reports-seen)(?:\.set-aside-\d+)?\.json"
    r"|lock|window\.sock|statements|imports|log|sample\.txt"
    r"|\.(?:keys|recovery|settings|service|signers|reports-seen)(?:\.set-aside-\d+)?\.json\.\w+"
    r"|\.sample\.txt\.\w+"
)
# What systems put into any folder.
_OF_SYSTEMS = frozenset({".DS_Store", "desktop.ini", "Thumbs.db", "lost+found"})


def _names_in(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name not in _OF_SYSTEMS]
    except OSError:  # not there, or told when something is made in it
        return []


def default_profile() -> ProfileFolder:
    """The profile that is used when no other is named."""
    return ProfileFolder(_data_root() / "profile")


def demo_profile() -> ProfileFolder:
    """The profile of the sample data: apart from the person's own, and removed on request."""
    return ProfileFolder(_data_root() / "sample")


def _data_root() -> Path:
    return platformdirs.user_data_path(_APPLICATION, appauthor=False)


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The mode of mkdir passes through the umask and skips existing folders.
        if sys.platform != "win32" and stat.S_IMODE(folder.stat().st_mode) != 0o700:
            folder.chmod(0o700)
    except OSError as error:
        raise FileProblem(
            "The folder {name} could not be made private: {reason}"
            if folder.is_dir()
            else "The folder {name} could not be made: {reason}",
            "Choose another folder with --data, or check that you may write there",
            name=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from error
