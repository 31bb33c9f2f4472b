"""What an evidence bundle says of itself: its README, and the sentences about what it does not tell."""

from __future__ import annotations

from .evidence_content import EvidenceContent

DOES_NOT_TELL: tuple[str, ...] = (
    "A genuine bundle is unchanged since it was signed. That does not make what letters and replies say"
    " true.",
    "That a letter was sent is noted by whoever made the bundle, with the proof that is in it; that it was"
    " read, no file shows.",
    "Whether a mail's own signature fits is what whoever made the bundle saw. Check the mail itself again.",
    "Days are those that were entered, and times are those of the clock of the computer that recorded them.",
    "The signer chose what goes in. What was left out is listed as far as the application knows it.",
    "What came after the day of the bundle is not in it.",
    "Whether something breaks an agreement or the law is for a lawyer.",
)

_FILES = """\
index.pdf        what this bundle holds, to read and to print
bundle.json      the same for programs, and the SHA-256 of every other file
signature.jws    the signature over bundle.json (Ed25519), with the public key and the name of the signer
letter-*.txt     letters exactly as they were kept: to whom, subject, words
letter-*.pdf     the same to print
attachment-*     what went along with the letters
proof-*          proof that a letter was sent, byte for byte
reply-*          replies, byte for byte
receipts.jsonl   signed receipts of the decisions that the letters speak of
"""


def readme(content: EvidenceContent, signer_name: str, fingerprint: str) -> bytes:
    """README.txt of a bundle: for somebody who has nothing but this file."""
    title = " ".join(content.title.split())
    lines = [
        title,
        "=" * min(len(title), 78),
        "",
        f"Made by {' '.join(content.made_by.split())} on {content.made_at:%Y-%m-%d %H:%M} UTC.",
        f"Signed with the key {fingerprint}, by {' '.join(signer_name.split())}.",
        "Compare this key with one that the signer gave you in another way.",
        "",
        "This file is a zip. Artist Console checks it without a network and without an account:",
        "artist-console evidence verify FILE",
        "",
        _FILES,
        "",
        "What was left out",
        "-----------------",
        *(f"- {sentence}" for sentence in content.left_out or ("Nothing that is known here.",)),
        "",
        "What this does not tell you",
        "---------------------------",
        *(f"- {sentence}" for sentence in DOES_NOT_TELL),
        "",
    ]
    return "\r\n".join("\r\n".join(line.splitlines()) for line in lines).encode("utf-8", "replace")
