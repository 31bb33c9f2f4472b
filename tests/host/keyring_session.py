"""Acts inside a session of its own with a real keyring: `python -m tests.host.keyring_session NAME FOLDER`.

Prints what came of it as JSON. The session's bus starts nothing by itself: the keyring is the one started
here.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import secretstorage

from artist_console.commands.artists import list_artists
from artist_console.commands.consent import decide
from artist_console.commands.imports import FileKind, import_file
from artist_console.commands.keys import make_recovery_code, move_keys, recover_keys
from artist_console.commands.profiles import Profile, open_profile
from artist_console.commands.wishes import Wish
from artist_console.domain.problems import Problem
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance
from artist_console.host.keyrings import KeyringSecrets
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys, key_places, open_secrets
from artist_console.store import journal
from tests.backend.world import Clock
from tests.commands.desks import outside

SECRET = bytes(range(32))
DEADLINE_S = 10.0
SHORT_S = 1.0


@contextlib.contextmanager
def daemon(*, unlocked: bool) -> Iterator[subprocess.Popen[bytes]]:
    """A keyring service, there once this is entered. Not unlocked it has no collection at all."""
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    process = subprocess.Popen(
        [*command, "--unlock"] if unlocked else command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    if unlocked:
        process.stdin.write(b"a password")
    process.stdin.close()
    _wait_until(lambda: _is_there(unlocked))
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def _is_there(unlocked: bool) -> bool:
    with contextlib.closing(secretstorage.dbus_init()) as bus:
        if not secretstorage.check_service_availability(bus):
            return False
        return not unlocked or any(not each.is_locked() for each in secretstorage.get_all_collections(bus))


def _wait_until(there: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until, "the keyring did not start"
        time.sleep(0.05)


def lock() -> None:
    with contextlib.closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()


def forget_everything() -> int:
    """As a person does who tidies up the keyring; gives how many entries there were."""
    with contextlib.closing(secretstorage.dbus_init()) as bus:
        items = list(secretstorage.get_default_collection(bus).get_all_items())
        for item in items:
            item.delete()
        return len(items)


def told(ask: Callable[[], object]) -> list[str]:
    """The kind and the sentence of the problem that something comes to."""
    try:
        ask()
    except Problem as problem:
        return [type(problem).__name__, problem.sentence]
    return []


def _store(folder: ProfileFolder, deadline_s: float = DEADLINE_S) -> KeyringSecrets:
    store = open_secrets(folder, deadline_s=deadline_s)
    assert isinstance(store, KeyringSecrets)
    return store


# -- what is acted


def working(folder: ProfileFolder) -> object:
    with daemon(unlocked=True):
        store = _store(folder)
        store.put("data", SECRET)
        again = _store(folder)
        return {
            "state": key_places(deadline_s=DEADLINE_S).keyring.value,
            "same": again.get("data") == SECRET,
            "absent": again.get("another"),
            "record": json.loads(folder.keys.read_text()),
            "too_long": told(lambda: again.put("long", bytes(1000))),
            "entries": forget_everything(),
        }


def locked(folder: ProfileFolder) -> object:
    with daemon(unlocked=True):
        _store(folder).put("data", SECRET)
        before = folder.keys.read_bytes()
        lock()
        return {
            "told": told(lambda: _store(folder).get("data")),
            "state": key_places(deadline_s=DEADLINE_S).keyring.value,
            "unchanged": folder.keys.read_bytes() == before,
        }


def denied(folder: ProfileFolder) -> object:
    """A keyring without any collection asks for a password to make one, and that question is turned down."""
    with daemon(unlocked=True):
        _store(folder).put("data", SECRET)
    for file in Path(os.environ["XDG_DATA_HOME"], "keyrings").iterdir():
        file.unlink()
    with daemon(unlocked=False):
        return {
            "told": told(lambda: _store(folder).get("data")),
            "state": key_places(deadline_s=DEADLINE_S).keyring.value,
            "new": told(lambda: open_secrets(ProfileFolder(folder.root / "new"), deadline_s=DEADLINE_S)),
        }


def killed(folder: ProfileFolder) -> object:
    with daemon(unlocked=True) as process:
        store = _store(folder)
        store.put("data", SECRET)
        process.kill()
        process.wait()
        while_open = told(lambda: store.get("data"))
        anew = told(lambda: _store(folder).get("data"))
    with daemon(unlocked=True):
        return {"told": while_open, "anew": anew, "back": store.get("data") == SECRET}


def hanging(folder: ProfileFolder) -> object:
    with daemon(unlocked=True) as process:
        _store(folder).put("data", SECRET)
        process.send_signal(signal.SIGSTOP)
        store = _store(folder, SHORT_S)
        since = time.monotonic()
        first, again = told(lambda: store.get("data")), told(lambda: store.get("data"))
        waited_s = time.monotonic() - since
        process.send_signal(signal.SIGCONT)
        return {
            "told": first,
            "again": again,
            "waited_s": waited_s,
            "back": _store(folder).get("data") == SECRET,
        }


def _opened(folder: ProfileFolder) -> Profile:
    return open_profile(folder, outside(Clock()), may_be_new=True)


def _decided(profile: Profile) -> list[str]:
    console = profile.console()
    try:
        return [entry.decision.id for entry in journal.pending(console.store)]
    finally:
        console.store.close()


def lost_entry(folder: ProfileFolder) -> object:
    """A real profile whose entry of the keyring is deleted: the code opens it, with every decision."""
    catalogue = folder.root.parent / "c.csv"
    catalogue.write_text("title,artist\nLow Tide,Mira Sand\n")
    with daemon(unlocked=True):
        with _opened(folder) as profile:
            profile.keep_here()
            console = profile.console()
            import_file(console, FileKind.CATALOGUE, catalogue)
            (artist,) = list_artists(console)
            decide(console, [Wish(artist.id, ALL_MY_WORKS, None, ANY_USE, Stance.REFUSE)])
            console.store.close()
            code = make_recovery_code(profile, replaces=False)
        with _opened(folder) as profile:
            before, kept_in = _decided(profile), profile.keys.kept_in
        entries = forget_everything()
        problem = told(lambda: _opened(folder))
        recovered = recover_keys(folder, code)
        with _opened(folder) as profile:
            after = _decided(profile)
            profile.keep_here()
            moved = move_keys(profile, NewKeys.FILE)
        return {
            "before": before,
            "kept_in": kept_in,
            "entries": entries,
            "told": problem,
            "recovered_into": recovered.place,
            "former": recovered.former is not None and recovered.former.exists(),
            "after": after,
            "moved_to": moved.place,
            "left_in_the_keyring": forget_everything(),
        }


def main() -> None:
    name, root = sys.argv[1:]
    folder = ProfileFolder(Path(root))
    folder.create()
    acts = (working, locked, denied, killed, hanging, lost_entry)
    (act,) = (each for each in acts if each.__name__ == name)
    print(json.dumps(act(folder)))
    sys.stdout.flush()
    os._exit(0)  # a thread may still wait for a keyring that was stopped


if __name__ == "__main__":
    main()
