"""A report gets one signature more: that of this profile, beside those that it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.report_wish import signer_name
from artist_console.commands.reports import OpenedReport, open_report
from artist_console.formats.report_out import sign_again
from artist_console.host.files import open_file, replacing


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A report that was signed once more; its hash is what it was."""

    path: Path
    sha256: str
    size_bytes: int
    signer: str
    fingerprint: str
    signers: tuple[str, ...]  # all of them, as they name themselves; of a redacted copy, of the copy


def sign_report(console: Console, source: Path, path: Path) -> SignedFile:
    """Write the report with the signature of this profile added; `path` may be the report itself.

    Raises ReportProblem where the report is changed or this profile has signed it, FileProblem.
    """
    key, name = console.signing_key, signer_name(console)
    # The report is closed before it may be replaced: some systems keep an open file in its place.
    with replacing(path) as out, open_file(source) as report:
        sign_again(report, out, key, name)
    made: OpenedReport = open_report(path, console.folder.signers)
    signatures = made.redacted_by if made.redacted_on is not None else made.signatures
    return SignedFile(
        path,
        made.sha256,
        made.size_bytes,
        name,
        key.public.fingerprint,
        tuple(each.name for each in signatures),
    )
