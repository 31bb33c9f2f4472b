"""The folder of the sample music: a profile of its own, made where it is not there and removed on request."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from artist_console.commands.profiles import Outside, Profile, forget_keys, is_profile, open_profile
from artist_console.domain.problems import FileProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.lock import hold_profile
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys

# Written into the folder of the sample, so that making it anew never touches a person's own profile.
_MARK = "sample.txt"
_UNFINISHED, _FINISHED = b"being made\n", b"Invented artists. Removed by: artist-console demo --remove\n"


class NotTheSample(FileProblem):
    title_template = "{folder} holds something else than the sample music, so it was left as it is"
    advice_template = "Choose another folder with --data"


def is_sample(folder: ProfileFolder) -> bool:
    """Whether the sample is here. A file of that name alone is no sign: it may be anybody's."""
    return _mark_of(folder) in (_UNFINISHED, _FINISHED)


def _mark_of(folder: ProfileFolder) -> bytes:
    try:
        return read_bounded(folder.root / _MARK, 1_000)
    except FileProblem:
        return b""


def open_sample(folder: ProfileFolder, outside: Outside, say: Callable[[str], None]) -> Profile:
    """The profile of the sample music, made where it is not there or was not finished.

    `say` hears that it is being made, which takes some seconds.
    """
    mark = folder.root / _MARK
    if not is_sample(folder) and (is_profile(folder) or _holds_anything(folder.root)):
        raise NotTheSample(folder=str(folder.root))
    if is_sample(folder) and _mark_of(folder) != _FINISHED:
        remove_sample(folder)
    if is_sample(folder):
        return open_profile(folder, outside, may_be_new=False)
    say("Making the sample music; this takes some seconds, once.")
    folder.create()
    write_atomic(mark, _UNFINISHED)
    # Nothing in the sample is a secret of anybody's.
    profile = open_profile(folder, outside, may_be_new=True, new_keys=NewKeys.KEYRING_OR_FILE)
    try:
        # Late: the backend and the commands that fill it, which nobody needs who has the sample already.
        from artist_console.app.making import fill_sample

        fill_sample(profile, outside.clock().date())
        write_atomic(mark, _FINISHED)
    except BaseException:
        profile.close()
        raise
    return profile


def remove_sample(folder: ProfileFolder) -> bool:
    """Remove the sample, and its folder where nothing else is in it; gives whether there was one.

    Raises ProfileInUse under somebody's window.
    """
    if not is_sample(folder):
        if is_profile(folder):
            raise NotTheSample(folder=str(folder.root))
        return False
    hold_profile(folder.lock).release()
    if folder.keys.exists():
        forget_keys(folder)
    try:
        _remove_own(folder)
    except OSError as error:
        raise FileProblem(
            "{folder} could not be removed: {reason}",
            "Close what uses it and try again",
            folder=str(folder.root),
            reason=error.strerror or type(error).__name__,
        ) from error
    return True


class SampleEnd:
    """Closes the profile of the sample, and removes the sample after that where it was asked for."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._removes = False

    def remove_afterwards(self) -> None:
        self._removes = True

    def close(self) -> None:
        self._profile.close()
        if self._removes:
            remove_sample(self._profile.folder)


def _remove_own(folder: ProfileFolder) -> None:
    """What a profile holds; a report that somebody saved beside it stays. The mark goes last."""
    own = [each for each in folder.root.iterdir() if folder.holds(each.name) and each.name != _MARK]
    for each in own:
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
    (folder.root / _MARK).unlink()
    if not _holds_anything(folder.root):
        folder.root.rmdir()


def _holds_anything(root: Path) -> bool:
    return root.is_dir() and any(root.iterdir())
