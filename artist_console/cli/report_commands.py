"""Runs the commands about reports that are there: with no profile, but where this profile's key is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from artist_console.cli import report_redacting, report_signing, reporting
from artist_console.cli.hands import Hands
from artist_console.cli.output import Answer, show
from artist_console.cli.report_files import files_of
from artist_console.commands.console import Console


def run(given: argparse.Namespace, hands: Hands) -> int:
    """Run one of `report_file_arguments.COMMANDS`; gives its exit code. Raises Problem."""
    answer = _answer(given, hands)
    show(answer, json=given.json)
    return answer.code


def _answer(given: argparse.Namespace, hands: Hands) -> Answer:
    signers = hands.signers_of(getattr(given, "data", None))
    match given.command.removeprefix("report "):
        case "verify":
            return reporting.run_verify(files_of(given.files), signers, quick=given.quick, json=given.json)
        case "show":
            return reporting.run_show(files_of(given.files), signers, json=given.json)
        case "compare":
            # Late: what writes tables and pages, which checking does without.
            from artist_console.cli import report_comparing

            return report_comparing.run_compare(given, signers, hands.set_paper)
        case "export":
            # Late for the same reason.
            from artist_console.cli import report_exporting

            return report_exporting.run_export(given, signers, hands.set_paper)
        case "redact" if not given.sign:
            return report_redacting.run_redact(given, signers, None)
        case "redact":
            with _profile(given, hands) as console:
                return report_redacting.run_redact(given, signers, console)
        case _:
            with _profile(given, hands) as console:
                return report_signing.run_sign(console, given)


@contextmanager
def _profile(given: argparse.Namespace, hands: Hands) -> Iterator[Console]:
    with hands.open_profile(getattr(given, "data", None), False) as profile:
        console = profile.console()
        try:
            yield console
        finally:
            console.store.close()
