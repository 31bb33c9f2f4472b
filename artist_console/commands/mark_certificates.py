"""A certificate of one's own for marks: made, and written into three files; nothing of it stays here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.formats.own_certificate import LONGEST_NAME, UNTRUSTED, make_certificate
from artist_console.host.files import write_atomic
from artist_console.host.passphrase import checked

__all__ = ["UNTRUSTED", "MadeCertificate", "make_own_certificate"]


@dataclass(frozen=True, slots=True)
class MadeCertificate:
    """Where the files are. `root` is what may be given to others; the key is behind the passphrase."""

    name: str
    root: Path
    chain: Path
    key: Path
    until: datetime


class NotAName(InputProblem):
    title_template = "A certificate needs a name of 1 to {most} characters on one line"
    advice_template = "Give the name that others know you by"


class ThereAlready(FileProblem):
    title_template = "There is already a file {name}"
    advice_template = "Choose another folder; a key that is replaced cannot be got back"


def make_own_certificate(name: str, out: Path, passphrase: str, at: datetime) -> MadeCertificate:
    """Make a root and a certificate under it, and write both with the key into a folder.

    Raises NotAName, ThereAlready, PassphraseTooShort, FileProblem; then nothing is written.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise NotAName(most=LONGEST_NAME)
    checked(passphrase)
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "marks"
    root, chain, key = (out / f"{stem}-{what}.pem" for what in ("root", "chain", "key"))
    for path in (root, chain, key):
        if path.exists():
            raise ThereAlready(name=str(path))
    made = make_certificate(name, passphrase, at)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            "{name} could not be made: {reason}",
            "Choose another folder",
            name=str(out),
            reason=error.strerror or type(error).__name__,
        ) from error
    write_atomic(key, made.key_pem)
    write_atomic(chain, made.chain_pem, 0o644)
    write_atomic(root, made.root_pem, 0o644)
    return MadeCertificate(name, root, chain, key, made.until)
