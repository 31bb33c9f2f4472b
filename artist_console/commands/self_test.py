"""Whether everything that the application needs works on this computer, part by part.

Works in a profile of its own that is removed afterwards, through the same commands that a person uses.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from artist_console import __version__
from artist_console.commands import (
    artists,
    consent,
    imports,
    receipts,
    report_making,
    reports,
    syncing,
)
from artist_console.commands.console import Console
from artist_console.commands.imports import FileKind
from artist_console.commands.keys import PLACE_WORDS, place_kept
from artist_console.commands.profiles import Outside, Profile, forget_keys, open_profile
from artist_console.commands.reports import ReportVerdict
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Outcome
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance
from artist_console.host.paths import ProfileFolder, default_profile
from artist_console.host.resources import resource_bytes, resource_names
from artist_console.host.secrets import NewKeys, key_places
from artist_console.store import journal
from artist_console.store.opening import sqlite_version

T = TypeVar("T")

_OLDEST_PYTHON = (3, 11)
_LEAST_FREE_BYTES = 200_000_000
_CATALOGUE = "title,artist\nSelf-test,Self-test artist\n"
_SQLITE_MARK = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class PartChecked:
    """One part and how it did."""

    part: str
    works: bool
    words: str  # what was found, or what is wrong and what to do


class _Wrong(Exception):
    """A part does not do what it should; `str()` says what."""


def check_everything(outside: Outside, draw: Callable[[], str], tell: Callable[[PartChecked], None]) -> bool:
    """Check each part, telling each as it is done; gives whether all of them work.

    `draw` loads Qt and draws something; it says what it found.
    """
    run = _Run(tell)
    run.part("Python", _python)
    run.part("Window library", draw)
    run.part("Resources", _resources)
    run.part("Disk", _disk)
    made = run.value("Temporary folder", _temporary_folder, lambda made: f"{made.name} can be used")
    if made is None:
        return False
    with made as place:
        root = Path(place)
        folder = ProfileFolder(root / "profile")
        profile = run.value("Keys", lambda: _new_profile(folder, outside), _keys)
        if profile is not None:
            try:
                _with_profile(run, profile, root)
            finally:
                profile.close()
                forget_keys(folder)
    return run.passed


class _Run:
    """Tells how the parts did and remembers whether all of them work."""

    def __init__(self, tell: Callable[[PartChecked], None]) -> None:
        self._tell = tell
        self.passed = True

    def part(self, name: str, check: Callable[[], str]) -> bool:
        """Check one part; gives whether it works."""
        return self.value(name, check, str) is not None

    def value(self, name: str, check: Callable[[], T], words: Callable[[T], str]) -> T | None:
        """Check a part that others need; None where it does not work."""
        try:
            found = check()
        except Problem as problem:
            self._say(name, False, problem.sentence)
        except _Wrong as wrong:
            self._say(name, False, f"{wrong}.")
        except Exception as error:  # noqa: BLE001 - a self-test names whatever went wrong and goes on
            self._say(name, False, f"{str(error) or type(error).__name__}. Install Artist Console again.")
        else:
            self._say(name, True, words(found))
            return found
        return None

    def _say(self, name: str, works: bool, words: str) -> None:
        self.passed = self.passed and works
        self._tell(PartChecked(name, works, words))


def _python() -> str:
    if sys.version_info < _OLDEST_PYTHON:
        raise _Wrong("Python is older than 3.11")
    return f"{sys.version.split()[0]}, Artist Console {__version__}"


def _resources() -> str:
    icons = resource_names("icons")
    fonts = [name for name in resource_names("fonts") if name.endswith(".ttf")]
    if not icons or not fonts or not resource_bytes("theme/tokens.json"):
        raise _Wrong("icons, fonts or colours did not come with the program. Install it again")
    return f"{len(icons)} icons, {len(fonts)} fonts and the colours are here"


def _disk() -> str:
    """Of the folder where profiles are made, or the nearest above it that is there already."""
    wanted = default_profile().root
    place = next(folder for folder in (wanted, *wanted.parents) if folder.exists())
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise _Wrong(f"{place} cannot be written to. Your data is kept there unless --data names another")
    free = shutil.disk_usage(place).free
    if free < _LEAST_FREE_BYTES:
        raise _Wrong(f"only {free // 1_000_000} MB are free in {place}. Make room")
    return f"{free // 1_000_000:,} MB free"


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="artist-console-self-test-")


def _new_profile(folder: ProfileFolder, outside: Outside) -> Profile:
    """Its keys are thrown away with it, so they need no better place than there is."""
    return open_profile(folder, outside, may_be_new=True, new_keys=NewKeys.KEYRING_OR_FILE)


def _keys(profile: Profile) -> str:
    """Of this trial, and where those of this user's own profile are."""
    own = place_kept(default_profile())
    yours = f". Those of your profile are {PLACE_WORDS[own]}" if own is not None else ""
    if profile.keys.kept_in == "keyring":
        return f"the keyring of this computer keeps them{yours}"
    why = key_places().why_no_keyring
    return f"a passphrase or a file has to keep them here. {why}{yours}"


def _with_profile(run: _Run, profile: Profile, root: Path) -> None:
    opened = run.value("Database", lambda: _open_console(profile), lambda _: _database(profile))
    if opened is None:
        return
    opened.store.close()
    if run.value("Service", profile.keep_here, lambda api: f"serves at {api.base_url}") is None:
        return
    console = profile.console()
    try:
        decided = run.value(
            "Decision", lambda: _decide(console, root), lambda id: "recorded here and durable"
        )
        if decided is None or not run.part("Reading back", lambda: _read_back(profile, decided)):
            return
        if run.part("Round trip", lambda: _round_trip(console, decided)):
            run.part("Report", lambda: _report(console, root))
    finally:
        console.store.close()


def _open_console(profile: Profile) -> Console:
    return profile.console()


def _database(profile: Profile) -> str:
    for path in (profile.folder.journal, profile.folder.mirror):
        if path.read_bytes().startswith(_SQLITE_MARK):
            raise _Wrong(f"{path.name} is not encrypted")
    return f"SQLite {sqlite_version()}, encrypted"


def _decide(console: Console, root: Path) -> DecisionId:
    """Bring in a catalogue of one recording, and refuse everything for it."""
    file = root / "self-test.csv"
    file.write_text(_CATALOGUE, encoding="utf-8")
    imports.import_file(console, FileKind.CATALOGUE, file)
    (artist,) = artists.list_artists(console)
    wish = Wish(artist.id, ALL_MY_WORKS, None, ANY_USE, Stance.REFUSE)
    (decision,) = consent.decide(console, [wish]).value
    return decision.id


def _read_back(profile: Profile, decided: DecisionId) -> str:
    """Open the files anew, as after a restart, and look for the decision."""
    console = profile.console()
    try:
        if journal.entry(console.store, decided) is None:
            raise _Wrong("a recorded decision was not there afterwards")
    finally:
        console.store.close()
    return "the decision is there after opening the files anew"


def _round_trip(console: Console, decided: DecisionId) -> str:
    syncing.sync(console)
    entry = journal.entry(console.store, decided)
    if entry is None or entry.outcome is not Outcome.ACCEPTED:
        raise _Wrong("the service did not record the decision")
    receipt = receipts.receipt(console, decided)
    if not receipt.genuine:
        raise _Wrong("the receipt of the service does not hold")
    return f"sent, recorded as number {receipt.n} of the ledger, receipt checked"


def _report(console: Console, root: Path) -> str:
    """Make a report, check it, and see one flipped byte refused."""
    path = root / "self-test.acreport"
    made = report_making.create(console, path)
    signers = console.folder.signers
    if reports.open_report(path, signers).verdict is not ReportVerdict.GENUINE:
        raise _Wrong("a report that was just made is not taken as genuine")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    if reports.open_report(path, signers).verdict not in (
        ReportVerdict.CHANGED,
        ReportVerdict.CANNOT_BE_CHECKED,
    ):
        raise _Wrong("a changed report is taken as genuine")
    return f"{made.size_bytes:,} bytes made and verified; one changed bit is refused"
