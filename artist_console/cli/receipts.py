"""`receipt show`, `receipt save` and `receipt verify`, with the exit codes that say what came of a check."""

from __future__ import annotations

import argparse
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, Answer, Plain
from artist_console.cli.tables import bullets, pairs, plain
from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.receipt_checks import CheckedReceipt, ReceiptVerdict, check_file
from artist_console.commands.receipt_files import save_receipt
from artist_console.commands.receipts import receipt
from artist_console.domain.problems import InputProblem
from artist_console.domain.receipt_forms import ReceiptForm
from artist_console.formats.signatures import sha256_hex

_CODE = {
    ReceiptVerdict.GENUINE: DONE,
    ReceiptVerdict.SIGNER_UNKNOWN: SIGNER_UNKNOWN,
    ReceiptVerdict.CHANGED: NOT_GENUINE,
    ReceiptVerdict.CANNOT_BE_CHECKED: NOT_GENUINE,
}
_MARK = {CheckState.PASSED: "ok", CheckState.CANNOT: "cannot be checked", CheckState.FAILED: "NOT OK"}
_WITH_LATER = "Only a proof (--format json) can hold what came later"


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    view = receipt(console, lookups.decision(console, given.decision).decision)
    lines = [
        pairs([*view.lines, ("Key", view.fingerprint or "not known here")]),
        "",
        bullets(_check(check) for check in view.checks),
    ]
    facts: Plain = {
        "decision": view.decision,
        "artist": view.artist_name,
        "n": view.n,
        "head": view.head,
        "genuine": view.genuine,
        "signer": view.signer,
        "signer_known": view.signer_known,
        "fingerprint": view.fingerprint,
        "lines": [{"label": label, "text": text} for label, text in view.lines],
        "checks": _checks(view.checks),
        "receipt": view.jws,
    }
    return Answer("\n".join(lines), facts)


def run_save(console: Console, given: argparse.Namespace) -> Answer:
    form = ReceiptForm(given.format)
    if given.with_later and form is not ReceiptForm.PROOF:
        raise InputProblem(_WITH_LATER, "Leave out --with-later, or save a proof")
    row = lookups.decision(console, given.decision)
    spare(given.out, replace=given.replace)
    path = save_receipt(console, row.decision, given.out, form, with_later=given.with_later)
    content = path.read_bytes()
    facts: Plain = {
        "path": str(path),
        "format": form,
        "decision": row.decision,
        "n": row.n,
        "sha256": sha256_hex(content),
        "size_bytes": len(content),
    }
    return Answer(plain(f"Saved {_FORM[form]} as {path}."), facts)


_FORM = {
    ReceiptForm.JWS: "the signed receipt",
    ReceiptForm.PROOF: "the receipt with its proof",
    ReceiptForm.CONSENT_RECORD: "a consent record",
}


def run_verify(path: Path, signers: Path | None, key: Path | None) -> Answer:
    found = check_file(path, signers, key)
    lines = [plain(found.headline), ""]
    if found.lines:
        if _CODE[found.verdict] == NOT_GENUINE:
            lines += [
                "NOT VERIFIED. What follows is what the file says, and anybody may have written it.",
                "",
            ]
        lines += [pairs([*found.lines, *_about_signer(found)]), ""]
    lines.append(bullets(_check(check) for check in found.checks))
    if found.does_not_tell:
        lines += ["", "What this does not tell you", bullets(found.does_not_tell)]
    return Answer("\n".join(lines), _facts(found), _CODE[found.verdict])


def _about_signer(found: CheckedReceipt) -> list[tuple[str, str]]:
    known = found.introduced_by or "nobody here: the name is the signer's own word"
    return [("Key", found.fingerprint or "not known here"), ("Known by", known)]


def _check(check: CheckLine) -> str:
    return f"{_MARK[check.state]}: {check.words}"


def _checks(checks: tuple[CheckLine, ...]) -> list[Plain]:
    return [
        {"state": each.state, "passed": each.passed, "lacking": each.lacking, "words": each.words}
        for each in checks
    ]


def _facts(found: CheckedReceipt) -> Plain:
    claims = found.claims
    decision = claims.decision if claims is not None else None
    return {
        "verdict": found.verdict,
        "headline": found.headline,
        "checks": _checks(found.checks),
        "does_not_tell": list(found.does_not_tell),
        "is_proof": found.is_proof,
        "artist": claims.artist if claims is not None else "",
        "n": claims.n if claims is not None else None,
        "head": claims.head if claims is not None else "",
        "kind": claims.kind if claims is not None else None,
        "decision": decision.id if decision is not None else None,
        "stance": decision.stance if decision is not None else None,
        "recorded_at": claims.recorded_at if claims is not None else None,
        "signer": found.signer,
        "role": claims.signer.role if claims is not None else None,
        "kid": found.kid,
        "fingerprint": found.fingerprint,
        "introduced_by": found.introduced_by,
        "sha256": found.sha256,
    }
