"""Files of an evidence bundle, copied out one by one after the bundle was checked."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.evidence import BundleCheck, verify_bundle
from artist_console.commands.reports import TrustedSigner, trusted_signers
from artist_console.commands.signers import Signer, add_signer
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.evidence_bundle import hash_of
from artist_console.formats.evidence_bundle import verify_bundle as verify
from artist_console.formats.evidence_content import BundleCase, BundleEvent, BundleLetter, EvidenceContent
from artist_console.formats.evidence_manifest import INDEX
from artist_console.formats.known_signers import Known
from artist_console.formats.package import read_package, steps_of
from artist_console.host.files import open_file, replacing

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
    with open_file(checked.path) as source:
        found = verify(source, Known())
    signer = found.signer if found.sha256 == checked.sha256 else None
    if signer is None or checked.content is None or signer.key.kid != checked.signer_kid:
        raise ChangedSinceOpened
    known = Signer(signer.key, name.strip() or signer.claimed_name, console.today, own=False)
    add_signer(console.folder.signers, known)
    listed = next(each for each in trusted_signers(console) if each.kid == signer.key.kid)
    return Result(listed, Changes.REPORTS | Changes.SETTINGS)


def save_member(checked: BundleCheck, name: str, out: Path) -> Path:
    """Write one file of a bundle whose signature holds, as it stands in it; gives where it is.

    Raises ChangedSinceOpened, NoSuchMember or FileProblem; then nothing was written.
    """
    with open_file(checked.path) as source:
        if hash_of(source) != checked.sha256 or checked.content is None:
            raise ChangedSinceOpened
        entry = read_package(source).entry(name)
        if entry is None:
            raise NoSuchMember(name=name)
        with replacing(out, mode=0o644) as file:
            for step in steps_of(source, entry):
                file.write(step)
    return out
