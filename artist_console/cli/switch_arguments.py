"""What can be typed after `switch`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from artist_console.domain.switches import SwitchState

COMMANDS: dict[str, str] = {
    "list": "list what platforms, distributors and societies let one set about AI, and how it stands",
    "set": "note how a switch stands, as you saw it; it stays on this computer",
    "check": "ask YouTube's public service who may train with a video, and compare with your answer",
}
# Nobody notes that nobody has looked.
STATES = tuple(each.value.replace("_", "-") for each in SwitchState if each is not SwitchState.NOT_LOOKED)


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    read_day: Callable[[str], date],
    read_path: Callable[[str], Path],
) -> None:
    if name == "set":
        parser.add_argument("switch", metavar="KEY", help="key of a switch, as switch list shows it")
        parser.add_argument("state", choices=STATES, help="how it stands")
        parser.add_argument("--on", type=read_day, metavar="DATE", help="when you looked (default: today)")
        parser.add_argument("--note", default="", metavar="TEXT", help="kept on this computer")
        parser.add_argument("--picture", type=read_path, metavar="FILE", help="a picture of it, kept with it")
    elif name == "check":
        parser.add_argument("videos", nargs="+", metavar="VIDEO", help="address or id of a YouTube video")
        words = "which work is in them, by title, identifier or id"
        parser.add_argument("--work", metavar="WORK", help=words)
