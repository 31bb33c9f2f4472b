"""`report sign`: the signature of this profile is added to reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from artist_console.cli.output import Answer, Plain
from artist_console.cli.report_files import Told, files_of, of_each, spare_all, targets_of
from artist_console.cli.reporting import refused
from artist_console.cli.tables import pairs
from artist_console.commands.console import Console
from artist_console.commands.report_signing import sign_report
from artist_console.commands.reports import open_report

_SAYS = "It says that this is the report you signed, not that what the report says is true."


def run_sign(console: Console, given: argparse.Namespace) -> Answer:
    files = files_of(given.files)
    targets = targets_of(files, given.out, lambda path: path.name)
    spare_all(targets.values(), replace=given.replace)

    def sign(path: Path, told: Told) -> Answer:
        opened = open_report(path, console.folder.signers, told)
        if not opened.verified:
            return refused(opened)
        made = sign_report(console, path, targets[path])
        shown = [
            ("Report", str(made.path)),
            ("Signed by", ", ".join(made.signers)),
            ("Your key", made.fingerprint),
            ("Hash", made.sha256),
        ]
        facts: Plain = {
            "file": str(path),
            "path": str(made.path),
            "sha256": made.sha256,
            "size_bytes": made.size_bytes,
            "signer": made.signer,
            "fingerprint": made.fingerprint,
            "signers": list(made.signers),
        }
        return Answer(f"{pairs(shown)}\n\n{_SAYS}", facts)

    return of_each(files, sign, json=given.json)
