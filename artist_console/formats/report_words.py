"""What a report says of itself: its README, and the sentences about what it does not tell."""

from __future__ import annotations

from .report_content import Part, ReportHeader

# Shown under the checks of every report and printed in its README.
DOES_NOT_TELL: tuple[str, ...] = (
    "A genuine report is unchanged since it was signed. That does not make what it says true: each row is as"
    " good as the evidence that it names.",
    "“Nothing reported” is not “not included”: programmes that do not report are not in here.",
    "A listing in a public dataset does not show that a model was trained on it.",
    "An answer recorded here does not show that an operator was told. The receipt names who recorded it.",
    "Figures that add up are arithmetic. They cannot show uses that were never reported.",
    "Answers of others are here only where they share them, and nobody else's money is.",
    "The report shows what was known on its day. What came later is not in it.",
    "Whether something breaks an agreement or the law is for a lawyer.",
)

_FILES = """\
manifest.json    what this report is, and the SHA-256 of every other file
signature.jws    the signature over manifest.json (Ed25519)
signer.json      the public key of the signer, and the name the signer goes by
works.csv        the works for a spreadsheet
outcomes.jsonl   what follows for each work, programme and use
entries.jsonl    the ledger of each artist: every answer in order, chained by SHA-256
receipts.jsonl   the signed receipts of those answers
*.jsonl          the other rows, one JSON object a line
"""


def readme(header: ReportHeader, signer_name: str, fingerprint: str) -> bytes:
    """README.txt of a report: for somebody who has nothing but this file."""
    when = f"{header.made_at:%Y-%m-%d %H:%M %Z}".strip()
    parts = ", ".join(part.value for part in Part if part in header.parts)
    title = " ".join(header.title.split())
    lines = [
        title,
        "=" * min(len(title), 78),
        "",
        f"Made by {' '.join(header.made_by.split())} on {when}.",
        f"Signed with the key {fingerprint}, by {' '.join(signer_name.split())}.",
        "Compare this key with one that the signer gave you in another way.",
        f"Contains: {parts}.",
        "",
        "This file is a zip. Artist Console opens and checks it without a network and without an account:",
        "artist-console report verify FILE",
        "",
        _FILES,
        "",
        "What this does not tell you",
        "---------------------------",
        *(f"- {sentence}" for sentence in DOES_NOT_TELL),
        "",
    ]
    return "\r\n".join("\r\n".join(line.splitlines()) for line in lines).encode("utf-8")
