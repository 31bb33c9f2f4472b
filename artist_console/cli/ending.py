"""How a command ends: problems become a sentence and a code, bugs too, and nobody is shown a traceback."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from artist_console.cli.output import TROUBLE, complain, let_go_of_output, note
from artist_console.domain.problems import Problem

logger = logging.getLogger(__name__)
_INTERRUPTED = 130  # as shells number it: 128 and the signal


class OwnFault(Problem):
    """A bug. Its places in the code are in the log of the profile, without names or amounts."""

    title_template = "Artist Console made a mistake of its own ({kind})"
    advice_template = (
        "What was recorded is kept. Please report it, with ARTIST_CONSOLE_TRACEBACK=1 set for the details"
    )


def ended_well(command: Callable[[], int]) -> int:
    """Run a command and give its exit code, whatever happens in it."""
    try:
        code = command()
        if sys.stdout is not None:
            sys.stdout.flush()
    except Problem as problem:
        complain(problem)
        return TROUBLE
    except BrokenPipeError:
        # Whoever read has gone: a pager, head.
        let_go_of_output()
        return TROUBLE
    except KeyboardInterrupt as interrupted:
        # The terminal has just shown "^C".
        fresh_line = "\n" if sys.stderr and sys.stderr.isatty() else ""
        note(f"{fresh_line}artist-console: {str(interrupted) or 'Interrupted.'}")
        return _INTERRUPTED
    except Exception as error:  # the last place before the person
        if os.environ.get("ARTIST_CONSOLE_TRACEBACK"):
            raise
        complain(OwnFault(kind=type(error).__name__))
        return TROUBLE
    return code
