"""Takes every figure and prints it; ends with 1 where one is beyond its limit."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks import (
    commit,
    consent,
    consent_window,
    ern_parse,
    first_paint,
    list_rows,
    matching,
    reports,
    search,
    statement_lines,
    statement_totals,
)
from benchmarks.figures import Figure, Limit, Share
from benchmarks.list_rows import Memory

PARTS: Mapping[str, Callable[[Path], Iterable[Figure | Limit | Share | Memory]]] = {
    "first-paint": first_paint.measure,
    "search": search.measure,
    "commit": commit.measure,
    "consent": consent.measure,
    "consent-window": consent_window.measure,
    "matching": matching.measure,
    "list-rows": list_rows.measure,
    "ern-parse": ern_parse.measure,
    "statement-lines": statement_lines.measure,
    "statement-totals": statement_totals.measure,
    "reports": reports.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all of them")
    parser.add_argument("--folder", type=Path, help="where the profiles are made: its disk is what is timed")
    given = parser.parse_args()
    os.environ["ARTIST_CONSOLE_KEYRING"] = "off"
    holds = True
    for name in given.parts or PARTS:
        with tempfile.TemporaryDirectory(dir=given.folder) as place:
            for figure in PARTS[name](Path(place)):
                print(figure.line, flush=True)
                holds = holds and figure.holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
