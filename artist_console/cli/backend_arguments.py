"""What can be typed after `backend`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

COMMANDS: dict[str, str] = {
    "serve": "serve until interrupted",
    "backup": "copy the records of the service into a file, while it runs or not; encrypted as they are",
    "restore": "put a backup in the place of the records, under a new epoch; the former are set aside",
    "new-epoch": "say to every client that the records were put back by other means",
    "prepare": "make or upgrade the tables in PostgreSQL, as their owner, and let the service's account in",
    "openapi": "print the OpenAPI 3.1 description",
}
WITHOUT_JSON = ("serve", "openapi")
WITHOUT_DATA = ("openapi", "prepare")
_DATABASE = "postgresql://USER@HOST/NAME; with a password, in ARTIST_CONSOLE_DATABASE instead"


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    path: Callable[[str], Path],
    port: Callable[[str], int],
) -> None:
    if name == "serve":
        _serve(parser, path, port)
    if name in ("backup", "restore"):
        parser.add_argument("file", type=path, metavar="FILE")
    if name in ("serve", "new-epoch", "prepare"):
        parser.add_argument("--database", metavar="ADDRESS", help=_DATABASE)
    if name == "prepare":
        parser.add_argument(
            "--role", metavar="NAME", help="the service's account: it may add to ledgers and not change them"
        )
    if name == "openapi":
        parser.add_argument("--out", type=path, metavar="FILE")


def _serve(parser: argparse.ArgumentParser, path: Callable[[str], Path], port: Callable[[str], int]) -> None:
    parser.add_argument("--port", type=port, default=0, metavar="N", help="0 (the default) takes a free one")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="any but this computer's own wants --certificate or --behind-proxy",
    )
    parser.add_argument(
        "--name", default="", metavar="WORDS", help="who runs the service; stands in receipts"
    )
    parser.add_argument("--certificate", type=path, metavar="FILE", help="PEM, with those that vouch for it")
    parser.add_argument("--key", type=path, metavar="FILE", help="PEM, of the certificate")
    parser.add_argument(
        "--behind-proxy",
        default="",
        metavar="ADDRESS",
        help="answer this proxy only, and believe its headers",
    )
    parser.add_argument("--public-url", default="", metavar="URL", help="how people reach the service")
    parser.add_argument(
        "--minimum-client",
        metavar="VERSION",
        help="from now on take nothing from an older application; '' from any",
    )
