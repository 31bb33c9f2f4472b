"""What can be typed after `proposal`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse

COMMANDS: dict[str, str] = {
    "list": "list proposals that wait for the artist's signature",
    "sign": "sign a proposal, as the artist; needs the service",
    "decline": "decline a proposal, as the artist; needs the service",
}


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The arguments of one command."""
    if name == "list":
        return
    parser.add_argument(
        "proposal", metavar="PROPOSAL", help="id of one of its answers, or the last signs of it"
    )
    if name == "sign":
        parser.add_argument("--yes", action="store_true", help="sign a proposed yes without asking again")
