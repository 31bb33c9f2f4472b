"""The composition root: builds the objects, hands each what it needs, and knows every concrete class.

The window and the backend are imported when they are needed, not here: a command that needs neither answers
in a tenth of the time, and the window paints its first rows before the web framework is loaded.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from artist_console.app.sample import SampleEnd, is_sample, open_sample, remove_sample
from artist_console.cli.arguments import parse
from artist_console.cli.ending import ended_well
from artist_console.cli.output import note, say
from artist_console.commands.opening import Opening
from artist_console.commands.profiles import Outside, Profile, RunningBackend, open_profile
from artist_console.domain.problems import Problem
from artist_console.host.lock import ProfileInUse
from artist_console.host.passphrase import passphrase_from_file
from artist_console.host.paths import ProfileFolder, default_profile, demo_profile
from artist_console.host.platform_check import display_problem, missing_system_library

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from artist_console.backend.hosting import AccountDesk
    from artist_console.commands.key_rotation import KeyReplacing
    from artist_console.commands.keys import RecoveryCodes
    from artist_console.commands.paper import Paper
    from artist_console.commands.signing_in import SignIns
    from artist_console.sync.api import Api
    from artist_console.sync.tokens import KeptSignIn

_ENDS_WITHIN_S = 30.0  # a window that is closing finishes what was begun
_LOOKS_AGAIN_S = 0.1
# A keyring may wait for its password. Longer than this nobody waits without seeing what for: a dialog comes.
_UNSEEN_S = 3.0

_STARTED_AT = time.perf_counter()


def main(arguments: list[str]) -> int:
    """Run the program; gives the exit code. Leaves with 2 where the arguments make no sense."""
    given = parse(arguments)
    return ended_well(lambda: _run(given))


def _run(given: Namespace) -> int:
    if given.command == "window":
        return _show_window(getattr(given, "data", None), given.report)
    # Late: the window needs nothing of the other commands.
    from artist_console.app import operating
    from artist_console.cli.hands import Hands
    from artist_console.cli.run import run

    hands = Hands(
        open_profile=lambda data, may_be_new: open_profile(_folder(data), _outside(), may_be_new=may_be_new),
        show_demo=_show_demo,
        remove_demo=lambda data: remove_sample(_sample_folder(data)),
        draw_screenshots=_draw_screenshots,
        serve=lambda data, wishes: operating.serve_it(_folder(data), wishes),
        back_up=lambda data, file: operating.back_up(_folder(data), file),
        restore=lambda data, file: operating.restore(_folder(data), file),
        new_epoch=lambda data, database: operating.new_epoch(_folder(data), database),
        prepare=operating.prepare,
        openapi=_openapi,
        accounts=_accounts,
        outside=_outside,
        draw_something=_draw_something,
        set_paper=_set_paper,
        folder_of=_folder,
        signers_of=lambda data: _folder(data).signers,
    )
    return run(given, hands)


def _start_backend(database: Path, data_key: bytes, signing_key: bytes) -> RunningBackend:
    # Late: the web framework and its database layer take half a second that most commands need not wait for.
    from artist_console.backend.embedded import start_embedded

    return start_embedded(database, data_key, signing_key, keep_files_in=database.parent / "imports")


def _connect_to(base_url: str, token: str | KeptSignIn) -> Api:
    if isinstance(token, str):
        # Late: what speaks HTTP is not needed before the first paint.
        from artist_console.sync.api import Api

        return Api(base_url, token)
    # Late: the same, and only a hosted service is signed in to.
    from artist_console.sync.signing_in import reach

    return reach(base_url, token)


def _sign_ins(profile: Profile) -> SignIns:
    # Late: what speaks HTTP, see above.
    from artist_console.commands.signing_in import SignIns

    return SignIns(profile)


def _recovery_codes(profile: Profile) -> RecoveryCodes:
    # Late: what wraps keys, which nothing before the first paint does.
    from artist_console.commands.keys import RecoveryCodes

    return RecoveryCodes(profile)


def _key_replacing(profile: Profile) -> KeyReplacing:
    # Late: what signs and wraps keys, the same.
    from artist_console.commands.key_rotation import KeyReplacing

    return KeyReplacing(profile)


def _outside() -> Outside:
    return Outside(start_backend=_start_backend, connect_to=_connect_to)


def _folder(data: Path | None) -> ProfileFolder:
    return ProfileFolder(data.absolute()) if data is not None else default_profile()


def _sample_folder(data: Path | None) -> ProfileFolder:
    return ProfileFolder(data.absolute()) if data is not None else demo_profile()


# -- the window


def _show_window(data: Path | None, report: Path | None) -> int:
    _need_display()
    folder = _folder(data)
    profile = _opened_or_raised(folder, report, lambda: _open_or_ask(folder))
    return 0 if profile is None else _run_window(_opening(profile), report)


def _open_or_ask(folder: ProfileFolder) -> Profile | None:
    """The profile; None where it does not open and the person would rather quit."""
    try:
        return open_profile(
            folder,
            _outside(),
            may_be_new=True,
            passphrase=passphrase_from_file,
            keyring_deadline_s=_UNSEEN_S,
        )
    except ProfileInUse:
        raise
    except Problem as problem:
        # Late: codes and signatures, which no start needs that goes well.
        from artist_console.commands.cannot_open import Opener

        opener = Opener(folder, _outside())
        wrong = opener.what_is_wrong(problem)
        if wrong is None:
            raise
    # Late: Qt, for the few starts that need it before the window.
    from artist_console.ui.unopened import open_with_help

    return open_with_help(opener, wrong, folder.settings)


def _opened_or_raised(
    folder: ProfileFolder, report: Path | None, opens: Callable[[], Profile | None]
) -> Profile | None:
    """The profile; None where a window on it is there already and has come to the front, or nobody opened it.

    A window that is about to end is waited for. Raises ProfileInUse where it is no window that holds it.
    """
    try:
        return opens()
    except ProfileInUse:
        # Out of the handler: what is raised below is no consequence of this.
        pass
    # Late: Qt is loaded only where a window is shown, and after a display was found.
    from artist_console.ui.single_window import hand_over

    answer = hand_over(folder.root, report)
    if answer:
        return None
    since = time.monotonic()
    while answer is False and time.monotonic() - since < _ENDS_WITHIN_S:
        # The lock of a profile goes with the process that holds it: no system tells others of that moment.
        time.sleep(_LOOKS_AGAIN_S)
        with contextlib.suppress(ProfileInUse):
            return opens()
    return opens()


def _show_demo(data: Path | None, reset: bool, with_window: bool) -> int:
    folder = _sample_folder(data)
    if with_window:
        _need_display()
    if reset:
        remove_sample(folder)
    if with_window:
        shown = _opened_or_raised(folder, None, lambda: open_sample(folder, _outside(), note))
        return 0 if shown is None else _run_window(_opening(shown), None)
    profile = open_sample(folder, _outside(), note)
    profile.close()
    say(f"The sample music is in {folder.root}")
    return 0


def _draw_screenshots(data: Path | None, into: Path) -> tuple[Path, ...]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    profile = open_sample(_sample_folder(data), _outside(), note)
    try:
        # Late: Qt is loaded only where something is drawn.
        from artist_console.ui.screenshots import render

        return render(_opening(profile), into)
    finally:
        profile.close()


def _opening(profile: Profile) -> Opening:
    sample = SampleEnd(profile) if is_sample(profile.folder) else None
    return Opening(
        open_console=profile.console,
        connect=profile.connect,
        close=profile.close if sample is None else sample.close,
        settings_path=profile.folder.settings,
        sample=sample is not None,
        started_at=_STARTED_AT,
        keep_here=None if profile.has_private_service else profile.keep_here,
        sign_ins=None if profile.has_private_service else lambda: _sign_ins(profile),
        recovery_codes=lambda: _recovery_codes(profile),
        key_replacing=lambda: _key_replacing(profile),
        show_sample=_start_sample if sample is None else None,
        start_own=None if sample is None else _start_own,
        remove_sample=None if sample is None else sample.remove_afterwards,
    )


def time_first_rows(data: Path) -> int:
    """For the benchmark: show the window, say when the first local rows are painted, and end."""
    gc.disable()
    profile = open_profile(_folder(data), _outside(), may_be_new=False)
    # Late: Qt, as below.
    from artist_console.ui.first_rows import time_first_rows

    return time_first_rows(replace(_opening(profile), connect=lambda: None))


def _run_window(opening: Opening, report: Path | None) -> int:
    # A start makes much that stays and no garbage, and looking for some takes a seventh of its time. The
    # window has it looked for again once the first screen is painted.
    gc.disable()
    try:
        # Late: Qt is loaded only where a window is shown, and after a display was found.
        from artist_console.ui.start import run_window
    except ImportError as error:
        opening.close()
        raise missing_system_library(error) or error from error
    return run_window(opening, report=report)


def _start_sample() -> None:
    """The sample music in a process of its own: a process holds one profile."""
    _start("demo")


def _start_own() -> None:
    _start()


def _start(*arguments: str) -> None:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "artist_console"]
    # Late: of all that starts from here, only this starts a process.
    import subprocess

    subprocess.Popen([*program, *arguments], start_new_session=True)


def _need_display() -> None:
    problem = display_problem()
    if problem is not None:
        raise problem


# -- the service and the self-test


def _accounts(data: Path | None, address: str | None) -> AbstractContextManager[AccountDesk]:
    # Late: the database layer of the backend, see above.
    from artist_console.backend.hosting import open_accounts

    return open_accounts(_folder(data), address)


def _openapi() -> bytes:
    # Late: the web framework, see above.
    from artist_console.backend.openapi import openapi_document

    return json.dumps(openapi_document(), indent=2, ensure_ascii=False).encode() + b"\n"


def _set_paper(paper: Paper) -> bytes:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Late: Qt is loaded only where something is drawn.
    from artist_console.ui.paper_alone import pdf_without_a_window

    return pdf_without_a_window(paper)


def _draw_something() -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Late: Qt, whose absence is one of the things that are checked here.
    from artist_console.ui.self_check import draw_something

    return draw_something()
