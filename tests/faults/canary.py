"""Secrets and a title that must be found nowhere, looked for in every spelling while the real thing runs.

A profile whose keys are behind a passphrase is used by command line and window: a catalogue with a canary
title is imported, decided on, synced, and killed in the middle; a hosted service is signed in to by code. And
every file of the data folders, the homes and the folder of temporary files is searched, and so is what each
process shows of itself in the list of processes.
"""

from __future__ import annotations

import base64
import logging
import os
import secrets
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch
from urllib.parse import quote

from artist_console.commands.profiles import open_profile
from artist_console.domain.work_rows import WorksQuery
from artist_console.host.paths import ProfileFolder
from artist_console.host.subkeys import subkey
from artist_console.store import works
from tests.faults.client import use_profile
from tests.faults.counts import Counts, Tell
from tests.faults.forked import Child, command_line
from tests.faults.hosting import OUTSIDE, HostedService, environment, make_hosted
from tests.faults.kills import KilledService

NAME = "canaries"
SHORT, LONG = 1, 3

_CSV = "title,artist,version,isrc,release,upc,label,year,iswc,writers,position\n"
_SHORTEST = 12  # bytes of a spelling that cannot be there by chance
_WINDOW_S = 4.0


@dataclass(frozen=True)
class Canary:
    """Something that must not be found, in every spelling of it."""

    name: str
    spellings: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def of(cls, name: str, secret: str | bytes) -> Canary:
        raw = secret.encode() if isinstance(secret, str) else secret
        found = {raw, raw.hex().encode(), raw.hex().upper().encode(), *_in_base64(raw)}
        if isinstance(secret, str):
            found |= {secret.encode(coding) for coding in ("utf-16-le", "utf-16-be")}
            found |= {quote(secret).encode(), secret.encode("unicode_escape")}
        return cls(name, tuple(sorted(each for each in found if len(each) >= _SHORTEST)))

    def is_in(self, content: bytes) -> bool:
        return any(each in content for each in self.spellings)


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """However it lies in something longer: the middle of each of the three ways to group its bytes."""
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + raw)
        middle = text[4 if shift else 0 :].rstrip(b"=")
        yield middle[:-1]
        yield middle[:-1].replace(b"+", b"-").replace(b"/", b"_")


@dataclass
class Search:
    """Where canaries were found."""

    found: list[str] = field(default_factory=list)
    looked_at: Counter[str] = field(default_factory=Counter)

    def files(self, folder: Path, canaries: Iterable[Canary]) -> None:
        """Every file under a folder, whatever it is, and the names of all."""
        canaries = tuple(canaries)
        for path in sorted(folder.rglob("*")):
            content = path.name.encode(errors="surrogateescape") + b"\n"
            if path.is_file() and not path.is_symlink():
                content += path.read_bytes()
                self.looked_at["files"] += 1
            self._look(f"file {path.relative_to(folder)}", content, canaries)

    def processes(self, canaries: Iterable[Canary]) -> None:
        """What every process that is visible here shows of itself."""
        canaries = tuple(canaries)
        for process in Path("/proc").glob("[0-9]*"):
            for part in ("cmdline", "environ", "comm"):
                with suppress(OSError):
                    self._look(f"process {part}", (process / part).read_bytes(), canaries)
            self.looked_at["processes"] += 1

    def said(self, name: str, lines: Iterable[str], canaries: Iterable[Canary]) -> None:
        self._look(f"output of {name}", "\n".join(lines).encode(), tuple(canaries))

    def _look(self, place: str, content: bytes, canaries: tuple[Canary, ...]) -> None:
        for canary in canaries:
            if canary.is_in(content):
                self.found.append(f"{canary.name} in {place}")


class Scene:
    """A profile behind a passphrase, and a hosted service, both with canaries in them."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self.folder = folder
        self.home, self.temporary = folder / "home", folder / "temporary"
        self.home.mkdir()
        self.temporary.mkdir()
        self.data = folder / "profile"
        self.search = Search()
        self.title = f"Kanarienvögel {secrets.token_hex(12)}"
        self.passphrase = f"sieben Zeisige {secrets.token_hex(12)}"
        self.secret_file = folder / "passphrase"
        self.secret_file.write_text(self.passphrase + "\n", encoding="utf-8")
        self.secret_file.chmod(0o600)
        self.canaries = [Canary.of("title", self.title), Canary.of("passphrase", self.passphrase)]
        closing.callback(self.end)
        self.running: list[Child] = []
        self.service: HostedService | None = None

    def end(self) -> None:
        for child in self.running:
            child.kill()
        if self.service is not None:
            self.service.stop()

    def play(self) -> None:
        self.a_profile_is_filled()
        self.its_keys_are_known_now()
        self.it_is_used()
        self.an_error_is_logged()
        self.a_command_is_killed()
        self.a_window_is_open()
        self.a_service_is_signed_in_to()
        everywhere = self.canaries
        self.search.files(self.data, everywhere)
        self.search.files(self.home, everywhere)
        self.search.files(self.temporary, everywhere)

    # -- the profile

    def a_profile_is_filled(self) -> None:
        catalogue = self.folder / "catalogue.csv"
        row = f"{self.title},Mara Quist,,SEXXX2500001,Night Ferry,,Fieldnote,2025,,Mara Quist,1\n"
        catalogue.write_text(_CSV + row, encoding="utf-8")
        self._done("keys", "move", "--to", "passphrase")
        self._done("import", "catalogue", str(catalogue))

    def its_keys_are_known_now(self) -> None:
        """The keys as the profile has them: known to this test from here on, and to nobody's disk."""
        with (
            patch.dict(os.environ, self._environment()),
            open_profile(ProfileFolder(self.data), OUTSIDE, may_be_new=False) as profile,
        ):
            keys = dict(profile.keys.by_name)
            names = ("journal", "mirror", "backend")
            keys |= {f"key of {name}": subkey(profile.keys.data, name) for name in names}
        self.canaries += [Canary.of(name, key) for name, key in keys.items()]

    def it_is_used(self) -> None:
        self._done("decide", "refuse", "--all")
        self._done("sync")
        self._done("undo")
        shown = "".join(self._done("works", "list", "--json", look_at_output=False))
        assert self.title[-24:] in shown, "the title is shown to the person"

    def a_command_is_killed(self) -> None:
        """In the middle of it, so that logs of databases and temporary files stay."""
        for after in (0.05, 0.3):
            child = self._child("sync")
            time.sleep(after)
            self.search.processes(self.canaries)
            child.kill()
            self.search.files(self.data, self.canaries)

    def an_error_is_logged(self) -> None:
        """One whose message names the work, as messages of errors do."""
        child = Child(self._environment(), fail_over_a_work, str(self.data))
        child.wait()
        log = (self.data / "log" / "artist-console.log").read_text(encoding="utf-8")
        assert "it failed" in log
        assert "LookupError" in log

    def a_window_is_open(self) -> None:
        child = self._child()
        ends = time.monotonic() + _WINDOW_S
        while time.monotonic() < ends:
            self.search.processes(self.canaries)
            self.search.files(self.data, self.canaries)
            time.sleep(0.5)
        assert child.is_alive, child.said
        child.kill()
        self.search.said("the window", child.said, self.canaries)

    # -- the service

    def a_service_is_signed_in_to(self) -> None:
        made = make_hosted(self.folder / "hosted", 8)
        self.service = service = KilledService(made.data, made.home, made.port)
        service.start()
        code = Canary.of("code", service.code)
        token = service.sign_in()
        self.canaries += [Canary.of("token", token), Canary.of("key of the service", service.database_key)]
        profile = self.folder / "client"
        client = Child(environment(service.home), use_profile, str(profile), service.base_url, token, 1)
        client.tell("go")
        client.until(lambda line: line.startswith("receipt"))
        self.search.processes([*self.canaries, code])
        client.tell("end")
        client.wait()
        self.search.files(profile, self.canaries)
        # Codes are good once, and this one was used; none the less it is kept as a hash.
        self.search.files(service.data, [*self.canaries, code])

    # -- how

    def _environment(self) -> Mapping[str, str]:
        return environment(self.home) | {
            "ARTIST_CONSOLE_PASSPHRASE_FILE": str(self.secret_file),
            "ARTIST_CONSOLE_NEW_PASSPHRASE_FILE": str(self.secret_file),
            "TMPDIR": str(self.temporary),
        }

    def _child(self, *arguments: str) -> Child:
        return Child(self._environment(), command_line, *arguments, "--data", str(self.data))

    def _done(self, *arguments: str, look_at_output: bool = True) -> list[str]:
        child = self._child(*arguments)
        self.running.append(child)
        while child.is_alive:
            self.search.processes(self.canaries)
            time.sleep(0.05)
        child.wait()
        self.running.remove(child)
        assert child.exit_code == 0, child.said
        if look_at_output:
            self.search.said(arguments[0], child.said, self.canaries[1:])
        return child.said


def fail_over_a_work(line: Connection, folder: str) -> None:
    """Log an error whose message holds a title, with the log of an open profile."""
    with open_profile(ProfileFolder(Path(folder)), OUTSIDE, may_be_new=False) as profile:
        with profile.open_store() as store:
            (work,) = works.find(store, WorksQuery(limit=1)).rows
        try:
            raise LookupError(f"{work.title} is in the way")
        except LookupError:
            logging.getLogger("artist_console.test").exception("it failed")
    line.close()


def run(seeds: range, tell: Tell) -> Counts:
    """Play the scene once for each seed; the canaries are other ones each time."""
    total = Counts(NAME)
    for seed in seeds:
        folder = Path(tempfile.mkdtemp(prefix="canary-"))
        with ExitStack() as closing:
            closing.callback(shutil.rmtree, folder)
            scene = Scene(folder, closing)
            scene.play()
        found = sorted(set(scene.search.found))
        if found:
            tell("\n  ".join([f"{NAME}: run {seed}", *found]))
        met = MappingProxyType(dict(scene.search.looked_at))
        total += Counts(NAME, 1, leaked=len(found), seeds=(seed,) if found else (), met=met)
    return total
