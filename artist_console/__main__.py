"""Entry of the program: answers `--version` by itself and leaves everything else to `app`.

`--version` and a computer that lacks something have to work before Qt, the database or the web framework can
be loaded, so nothing heavy is imported at the top here.
"""

from __future__ import annotations

import sys

from artist_console import __version__
from artist_console.host.limited_child import SWITCH
from artist_console.host.platform_check import missing_part


def main(arguments: list[str] | None = None) -> int:
    """Run the program with `arguments` (those of the process where None); gives the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        print(f"artist-console {__version__}")
        return 0
    if given[:1] == [SWITCH]:
        # Late: only in a child that is there to read one file.
        from artist_console.app import apart

        return apart.main(given[1:])
    try:
        # Late: app imports every room, and --version must answer without them; and an import that fails
        # because the computer lacks a library is told here in one sentence.
        from artist_console import app

        return app.main(given)
    except KeyboardInterrupt:
        return 130  # while the program is still being loaded; later, commands tell it themselves
    except ImportError as error:
        problem = missing_part(error)
        if problem is None:
            raise
        print(problem.sentence, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
