"""What can be typed after `coverage`."""

from __future__ import annotations

import argparse

from artist_console.domain.fix_kinds import FixKind


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fixes", action="store_true", help="list what to fix, the most useful first")
    kinds = [kind.value.replace("_", "-") for kind in FixKind]
    parser.add_argument("--kind", choices=kinds, help="with --fixes: only of this kind")
