"""Marks (C2PA manifests) written into audio files and read from them, with c2pa-python (extra "c2pa").

The only module that knows that library (decision 0031). Nothing is asked of the network: no time stamp, no
manifest kept elsewhere, no list of revoked certificates. Every file is "opened", never "created": how a
recording was made is not known here, and a mark does not claim it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, BinaryIO

from artist_console.domain.marks import AudioKind, MarkEntry, MarkRead, MarkState
from artist_console.domain.problems import InputProblem, SetupProblem

from . import c2pa_assertion
from .mark_signer import MarkSigner
from .strict_json import MalformedJson

OWN_LABEL = "org.artist-console.reservation"
_MOST_JSON = 16_000_000  # characters that the library may give back for one file
_MOST_TEXT = 500
_MEDIA = {
    AudioKind.WAV: "audio/wav",
    AudioKind.MP3: "audio/mpeg",
    AudioKind.FLAC: "audio/flac",
    AudioKind.M4A: "audio/mp4",
}
# Of the reader alone: whoever signs is not checked against any list then.
_UNTRUSTED = "signingCredential.untrusted"
# There is no time stamp that shows when it was signed, so an end that came later looks the same.
_ENDED = ("signingCredential.expired", "claimSignature.outsideValidity")
_CHANGED = ("assertion.dataHash.mismatch", "assertion.bmffHash.mismatch", "assertion.boxesHash.mismatch")


class MarksNotInstalled(SetupProblem):
    title_template = "Marks in audio files need a part that is not installed here"
    advice_template = "Install it with: pip install 'artist-console[c2pa]'"


class MarkRefused(InputProblem):
    """The library did not write into the file. The file that was read is as it was."""

    title_template = "No mark could be written: {reason}"
    advice_template = "Check that the file plays; export it again from where it was made"


def is_installed() -> bool:
    """Whether marks can be written and read here."""
    try:
        _library()
    except MarksNotInstalled:
        return False
    return True


def write_mark(
    source: BinaryIO,
    target: BinaryIO,
    kind: AudioKind,
    signer: MarkSigner,
    entries: Iterable[MarkEntry],
    own: Mapping[str, str],
    version: str,
) -> None:
    """Write what `source` holds, with a mark, into `target`. A mark that it has already is kept underneath.

    `own` is written beside the assertion, as plain texts. Raises MarksNotInstalled, MarkRefused.
    """
    c2pa = _library()
    manifest = {
        "claim_generator_info": [{"name": "Artist Console", "version": version}],
        "assertions": [
            {"label": c2pa_assertion.LABEL, "data": c2pa_assertion.written(entries)},
            {"label": OWN_LABEL, "data": dict(own)},
        ],
    }
    source.seek(0)
    try:
        algorithm = c2pa.C2paSigningAlg[signer.algorithm.upper()]
        with (
            _context(c2pa) as context,
            # By a function, so that the key never leaves the object that holds it.
            c2pa.Signer.from_callback(signer.sign, algorithm, signer.chain_pem.decode("ascii"), None) as by,
            c2pa.Builder(manifest, context) as builder,
        ):
            builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
            builder.sign(by, _MEDIA[kind], source, target)
    except c2pa.C2paError as error:
        raise MarkRefused(reason=_reason(error)) from error


def read_mark(file: BinaryIO, kind: AudioKind, trusted_pem: str = "") -> MarkRead:
    """What the mark of a file states and whether it holds. `trusted_pem`: roots that are taken as known.

    Raises MarksNotInstalled; a mark that cannot be read at all is BROKEN.
    """
    c2pa = _library()
    file.seek(0)
    try:
        with (
            _context(c2pa, trusted_pem) as context,
            c2pa.Reader(_MEDIA[kind], file, context=context) as reader,
        ):
            told = reader.json()
    except c2pa.C2paError.ManifestNotFound:
        return MarkRead(MarkState.NONE)
    except c2pa.C2paError as error:
        return MarkRead(MarkState.BROKEN, faults=(_reason(error),))
    try:
        return mark_of(_decoded(told))
    except MalformedJson as error:
        return MarkRead(MarkState.BROKEN, faults=(str(error),))


def _library() -> ModuleType:
    try:
        # Late: an extra that few install, and it loads 50 MB.
        import c2pa
    except (ImportError, OSError) as error:
        raise MarksNotInstalled from error
    found: ModuleType = c2pa
    return found


def _context(c2pa: ModuleType, trusted_pem: str = "") -> Any:
    settings: dict[str, Any] = {
        "verify": {"verify_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False}
    }
    if trusted_pem:
        settings["trust"] = {"user_anchors": trusted_pem}
    return c2pa.Context.from_dict(settings)


def _decoded(told: str) -> Mapping[str, Any]:
    if len(told) > _MOST_JSON:
        raise MalformedJson("the mark is larger than marks are")
    try:
        # Not strictly: strangers may put fractions into their assertions.
        found = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise MalformedJson("the mark is not as it should be") from error
    if not isinstance(found, Mapping):
        raise MalformedJson("the mark is not as it should be")
    return found


def mark_of(store: Mapping[str, Any]) -> MarkRead:
    """What the library tells of a file, which strangers may have made; of anything missing, nothing."""
    label = _text(store.get("active_manifest"))
    manifests = _table(store.get("manifests"))
    active = _table(manifests.get(label))
    signature = _table(active.get("signature_info"))
    faults = _faults(store)
    made_with = next(
        (_text(_table(each).get("name")) for each in _list(active.get("claim_generator_info"))), ""
    )
    entries: list[MarkEntry] = []
    own: Mapping[str, str] | None = None
    for assertion in map(_table, _list(active.get("assertions"))):
        name = _text(assertion.get("label"))
        if c2pa_assertion.is_label(name):
            entries += c2pa_assertion.read(assertion.get("data"))
        elif name == OWN_LABEL:
            own = {_text(k): _text(v) for k, v in _table(assertion.get("data")).items()}
    return MarkRead(
        _state(_text(store.get("validation_state")), faults),
        tuple(entries),
        _text(signature.get("common_name")),
        _text(signature.get("issuer")),
        made_with,
        label,
        own,
        max(0, len(manifests) - 1),
        faults,
    )


def _faults(store: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes of what does not hold in the mark itself, each once; those of marks underneath are theirs."""
    active = _table(_table(store.get("validation_results")).get("activeManifest"))
    codes = [_text(_table(each).get("code")) for each in _list(active.get("failure"))]
    return tuple(dict.fromkeys(code for code in codes if code))


def _state(said: str, faults: tuple[str, ...]) -> MarkState:
    if any(code in _CHANGED for code in faults):
        return MarkState.CHANGED
    others = [code for code in faults if code != _UNTRUSTED]
    if others and all(code in _ENDED for code in others):
        return MarkState.EXPIRED
    if others or said not in ("Valid", "Trusted"):
        return MarkState.BROKEN
    return MarkState.INTACT if _UNTRUSTED in faults or said == "Valid" else MarkState.TRUSTED


def _reason(error: Exception) -> str:
    """What the library says, on one line and not longer than a sentence."""
    return " ".join(str(error).split())[:300].rstrip(".")


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value[:_MOST_TEXT] if isinstance(value, str) else ""
