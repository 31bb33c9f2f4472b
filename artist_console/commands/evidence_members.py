"""Files of an evidence bundle, copied out one by one after the bundle was checked."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.evidence import BundleCheck, verify_bundle
from artist_console.commands.reports import TrustedSigner, trusted_signers
from artist_console.commands.signers import Signer, add_signer
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.deflated_package import MAX_PACKAGE_BYTES, read_package
from artist_console.formats.evidence_bundle import verify_bundle as verify
from artist_console.formats.evidence_content import BundleCase, BundleEvent, BundleLetter, EvidenceContent
from artist_console.formats.evidence_manifest import INDEX
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
    "trust_signer",
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


def trust_signer(console: Console, checked: BundleCheck, name: str) -> Result[TrustedSigner]:
    """Make the signer of an unchanged bundle known here, under the name that the person knows them by.

    Raises ChangedSinceOpened where it is not as it was signed, or another file than the one that was checked.
    """
    data = read_bounded(checked.path, MAX_PACKAGE_BYTES)
    signer = verify(data, ()).signer if sha256_hex(data) == checked.sha256 else None
    if signer is None or checked.content is None or signer.key.kid != checked.signer_kid:
        raise ChangedSinceOpened
    known = Signer(signer.key, name.strip() or signer.claimed_name, console.today, own=False)
    add_signer(console.folder.signers, known)
    found = next(each for each in trusted_signers(console) if each.kid == signer.key.kid)
    return Result(found, Changes.REPORTS | Changes.SETTINGS)


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
