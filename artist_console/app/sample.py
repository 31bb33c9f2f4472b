"""The sample music: a profile of its own, put into a backend by the same rules and synced like any other.

Its conflict comes about as conflicts do: the manager allows something without having seen that the artist
refused it meanwhile.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from artist_console.commands.consent import Wish, decide
from artist_console.commands.overview import mark_seen
from artist_console.commands.profiles import Outside, Profile, forget_keys, is_profile, open_profile
from artist_console.commands.syncing import sync
from artist_console.domain.decisions import Decision, Stance, scopes_meet
from artist_console.domain.problems import FileProblem
from artist_console.host.files import write_atomic
from artist_console.host.lock import hold_profile
from artist_console.host.paths import ProfileFolder

# Written into the folder of the sample, so that making it anew never touches a person's own profile.
_MARK = "sample.txt"
_UNFINISHED, _FINISHED = b"being made\n", b"Invented artists. Removed by: artist-console demo --remove\n"
# What came since then is shown as new.
_LAST_VISIT = timedelta(days=7)


class NotTheSample(FileProblem):
    title_template = "{folder} holds something else than the sample music, so it was left as it is"
    advice_template = "Choose another folder with --data"


def is_sample(folder: ProfileFolder) -> bool:
    return (folder.root / _MARK).exists()


def open_sample(folder: ProfileFolder, outside: Outside) -> Profile:
    """The profile of the sample music, made where it is not there or was not finished."""
    mark = folder.root / _MARK
    if not is_sample(folder) and (is_profile(folder) or _holds_anything(folder.root)):
        raise NotTheSample(folder=str(folder.root))
    if is_sample(folder) and mark.read_bytes() != _FINISHED:
        remove_sample(folder)
    if is_sample(folder):
        return open_profile(folder, outside, may_be_new=False)
    folder.create()
    write_atomic(mark, _UNFINISHED)
    profile = open_profile(folder, outside, may_be_new=True)
    try:
        _make(profile, outside.clock().date())
        write_atomic(mark, _FINISHED)
    except BaseException:
        profile.close()
        raise
    return profile


def remove_sample(folder: ProfileFolder) -> bool:
    """Remove the folder; gives whether there was one. Raises ProfileInUse under somebody's window."""
    if not is_sample(folder):
        if is_profile(folder):
            raise NotTheSample(folder=str(folder.root))
        return False
    hold_profile(folder.lock).release()
    if folder.keys.exists():
        forget_keys(folder)
    try:
        shutil.rmtree(folder.root)
    except OSError as error:
        raise FileProblem(
            "{folder} could not be removed: {reason}",
            "Close what uses it and try again",
            folder=str(folder.root),
            reason=error.strerror or type(error).__name__,
        ) from error
    return True


def _holds_anything(root: Path) -> bool:
    return root.is_dir() and any(root.iterdir())


def _make(profile: Profile, today: date) -> None:
    # Late: the web framework and its database layer, which a sample that is there already does not need yet.
    from artist_console.backend.demo import sample
    from artist_console.backend.seed import SeedAccount, seed

    world = sample(today)
    accounts = [
        SeedAccount(each.id, each.name, (each.artist,) if each.artist is not None else ())
        for each in world.accounts
    ]
    lines = [line for held in world.lines.values() for line in held]
    # The artist's own no, which the manager has not seen, and what came after it.
    last_no = max(place for place, step in enumerate(world.steps) if _refuses(step, world.stale))
    place = (profile.folder.backend, profile.keys.backend, profile.keys.receipt)
    seed(
        *place,
        rows=world.rows,
        accounts=accounts,
        lines=lines,
        steps=world.steps[:last_no],
        owner=world.manager,
        host_name=world.host,
    )
    _sync_then(profile, stale=world.stale)
    # The service is not running here: it would not notice what is put into its database.
    seed(*place, steps=world.steps[last_no:], host_name=world.host)
    _sync_then(profile)


def _refuses(step: object, stale: Decision) -> bool:
    """Whether a step refuses something that the stale answer allows."""
    decisions: tuple[Decision, ...] = getattr(step, "decisions", ())
    return any(
        made.stance is Stance.REFUSE and scopes_meet(made.register, stale.register) for made in decisions
    )


def _sync_then(profile: Profile, stale: Decision | None = None) -> None:
    """Fetch what is there; then, seeing only that, record an allow. Leaves the service stopped."""
    profile.keep_here()
    console = profile.console()
    try:
        sync(console)
        if stale is not None:
            register = stale.register
            wish = Wish(
                register.artist,
                register.subject,
                register.programme,
                register.use,
                stale.stance,
                stale.conditions,
                stale.terms,
            )
            decide(console, [wish])
            visited = console.clock() - _LAST_VISIT
            mark_seen(replace(console, clock=lambda: visited))
    finally:
        console.store.close()
        profile.disconnect()
