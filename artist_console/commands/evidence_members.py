"""Files of an evidence bundle, copied out one by one after the bundle was checked."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.evidence import BundleCheck, verify_bundle
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.evidence_content import BundleCase, BundleEvent, BundleLetter, EvidenceContent
from artist_console.formats.evidence_manifest import INDEX
from artist_console.formats.package import MAX_PACKAGE_BYTES, read_package
from artist_console.formats.signatures import sha256_hex
from artist_console.host.files import read_bounded, write_atomic

__all__ = [
    "INDEX_FILE",
    "BundleCase",
    "BundleEvent",
    "BundleLetter",
    "ChangedSinceOpened",
    "EvidenceContent",
    "NoSuchMember",
    "check_bundle",
    "save_member",
]

INDEX_FILE = INDEX


class ChangedSinceOpened(InputProblem):
    title_template = "The evidence file has changed since it was opened"
    advice_template = "Open it again and look at the result"


class NoSuchMember(UnknownThing):
    title_template = "There is no file {name} in this evidence file"
    advice_template = "Choose one of those that it lists"


def check_bundle(console: Console, path: Path) -> BundleCheck:
    """Check a bundle against the signers that are known in this profile. Raises FileProblem."""
    return verify_bundle(path, console.folder.signers)


def save_member(checked: BundleCheck, name: str, out: Path) -> Path:
    """Write one file of a bundle whose signature holds, as it stands in it; gives where it is.

    Raises ChangedSinceOpened, NoSuchMember or FileProblem; then nothing was written.
    """
    data = read_bounded(checked.path, MAX_PACKAGE_BYTES)
    if sha256_hex(data) != checked.sha256 or checked.content is None:
        raise ChangedSinceOpened
    file = read_package(data).file(name)
    if file is None:
        raise NoSuchMember(name=name)
    write_atomic(out, file.content, mode=0o644)
    return out
