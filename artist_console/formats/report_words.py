"""What a report says of itself: its README, and the sentences about what it does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from .report_content import ReportHeader

# Shown under the checks of every report and printed in its README.
DOES_NOT_TELL: tuple[str, ...] = (
    "A genuine report is unchanged since it was signed. That does not make what it says true: each row is as"
    " good as the evidence that it names.",
    "“Nothing reported” is not “not included”: programmes that do not report are not in here.",
    "A listing in a public dataset does not show that a model was trained on it.",
    "An answer recorded here does not show that an operator was told. The receipt names who recorded it.",
    "Figures that add up are arithmetic. They cannot show uses that were never reported.",
    "Answers of others are here only where they share them, and others' money only where it was chosen.",
    "The report shows what was known on its day. What came later is not in it.",
    "Whether something breaks an agreement or the law is for a lawyer.",
)

_CHECKED = """\
This file is a zip that any program opens; give a copy the ending .zip if yours looks at it. The tables are
CSV for a spreadsheet. Artist Console opens and checks it without a network and without an account:
artist-console report verify FILE

datapackage.json holds the SHA-256 of every other file, signature-1.jws is the signature over it (Ed25519).
docs/report-format.md of Artist Console describes both, with a script of a few lines that checks them.
"""


def readme(
    header: ReportHeader, signer_name: str, fingerprint: str, tables: Sequence[tuple[str, str]]
) -> bytes:
    """README.txt of a report, for who has nothing but this file; `tables` are files and their titles."""
    when = f"{header.made_at:%Y-%m-%d %H:%M %Z}".strip()
    title = _one_line(header.title)
    widest = max((len(path) for path, _ in tables), default=0)
    lines = [
        title,
        "=" * min(len(title), 78),
        "",
        f"Made by {_one_line(header.made_by)} on {when}.",
        f"Signed with the key {fingerprint}, by {_one_line(signer_name)}.",
        "Compare this key with one that the signer gave you in another way.",
        "",
        _CHECKED,
        "",
        *(f"{path.ljust(widest)}  {words}" for path, words in tables),
        "",
        "What this does not tell you",
        "---------------------------",
        *(f"- {sentence}" for sentence in DOES_NOT_TELL),
        "",
    ]
    return "\r\n".join("\r\n".join(line.splitlines()) for line in lines).encode("utf-8")


def _one_line(text: str) -> str:
    return " ".join(text.split())
