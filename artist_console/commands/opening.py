"""What the composition root hands to the window: everything concrete stands behind a callable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from artist_console.commands.console import Console

if TYPE_CHECKING:
    from artist_console.commands.key_rotation import KeyReplacing
    from artist_console.commands.keys import RecoveryCodes
    from artist_console.commands.signing_in import SignIns
    from artist_console.sync.api import Api


@dataclass(frozen=True)
class Opening:
    """An open profile, as the window uses it."""

    open_console: Callable[[], Console]  # once per lane, on that lane's thread; close its store there, too
    connect: Callable[[], Api | None]  # network lane: starts or reaches the backend, gives what to talk to
    close: Callable[[], None]  # once, after both lanes have ended: backend, lock and log
    settings_path: Path
    sample: bool  # the profile holds the sample music
    started_at: float  # time.perf_counter() at the start of the process
    # What a new profile offers on its first start; None where it is not offered.
    keep_here: Callable[[], Api | None] | None = (
        None  # network lane: a private service inside the application
    )
    # Network lane: signing in to a hosted service and out of it; loaded when it is first asked for.
    sign_ins: Callable[[], SignIns] | None = None
    recovery_codes: Callable[[], RecoveryCodes] | None = None  # of this profile; loaded when it is asked for
    key_replacing: Callable[[], KeyReplacing] | None = None  # of this profile, the same
    show_sample: Callable[[], None] | None = None  # opens the sample music in a window of its own
    # The ways out of the sample; None elsewhere.
    start_own: Callable[[], None] | None = None  # opens one's own profile in a window of its own
    remove_sample: Callable[[], None] | None = None  # removes the sample once this window has ended
