"""`case export` and `evidence verify`, with the exit codes that say what came of a check."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, Answer, Plain
from artist_console.cli.tables import bullets, pairs, plain
from artist_console.commands.cases import list_cases
from artist_console.commands.console import Console
from artist_console.commands.evidence import (
    BundleCheck,
    BundleVerdict,
    BundleWish,
    export_bundle,
    verify_bundle,
)
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.paper import Paper

_CODE = {
    BundleVerdict.GENUINE: DONE,
    BundleVerdict.SIGNER_UNKNOWN: SIGNER_UNKNOWN,
    BundleVerdict.CHANGED: NOT_GENUINE,
    BundleVerdict.CANNOT_BE_CHECKED: NOT_GENUINE,
}
_ONE = {
    "cases": "case",
    "letters": "letter",
    "proofs and replies": "proof or reply",
    "works": "work",
    "findings": "finding",
    "removals": "removal",
    "receipts": "receipt",
}
_MARK = {CheckState.PASSED: "ok", CheckState.CANNOT: "cannot be checked", CheckState.FAILED: "NOT OK"}


def run_export(console: Console, given: argparse.Namespace, draw: Callable[[Paper], bytes]) -> Answer:
    artist = lookups.artist(console, given.artist)
    spare(given.out, replace=given.replace)
    named = frozenset(lookups.work(console, each, artist).work for each in given.name_work)
    chosen = _cases(console, given.cases)
    wish = BundleWish(chosen, artist, named, given.notes, not given.without_attachments)
    made = export_bundle(console, wish, given.out, draw)
    counts = [
        f"{count} {_ONE.get(what, what) if count == 1 else what}" for what, count in made.counts if count
    ]
    shown = [
        ("Bundle", str(made.path)),
        ("About", made.title),
        ("Holds", ", ".join(counts)),
        ("Signed by", made.signer),
        ("Key", made.fingerprint),
        ("SHA-256", made.sha256),
    ]
    facts: Plain = {
        "path": str(made.path),
        "sha256": made.sha256,
        "size_bytes": made.size_bytes,
        "title": made.title,
        "counts": dict(made.counts),
        "left_out": list(made.left_out),
        "signer": made.signer,
        "fingerprint": made.fingerprint,
    }
    return Answer("\n".join([pairs(shown), "", "Left out", bullets(made.left_out)]), facts)


def _cases(console: Console, typed: Sequence[str]) -> tuple[str, ...]:
    if not typed:
        return ()
    ids = [row.case.id for row in list_cases(console)]
    return tuple(lookups.ending_in(ids, each, "case", "cases", "case list") for each in typed)


def run_verify(path: Path, signers: Path | None) -> Answer:
    found = verify_bundle(path, signers)
    lines = [plain(found.headline), ""]
    if found.signer_kid:
        known = [
            ("Signer", found.signer + ("" if found.introduced_by else " (its own word)")),
            ("Key", found.fingerprint),
            ("Known by", found.introduced_by or "nobody here"),
        ]
        lines += [pairs(known), ""]
    lines.append(bullets(_check(check) for check in found.checks))
    if found.content is not None:
        lines += ["", *_holds(found)]
    lines += ["", "What this does not tell you", bullets(found.does_not_tell)]
    return Answer("\n".join(lines), _facts(found), _CODE[found.verdict])


def _check(check: CheckLine) -> str:
    return f"{_MARK[check.state]}: {check.words}"


def _holds(found: BundleCheck) -> list[str]:
    content = found.content
    assert content is not None, "asked for only then"
    period = f"{content.period_from.isoformat()} to {content.period_until.isoformat()}"
    return [
        pairs([("About", content.title), ("Period", period), ("Made", content.made_at.date().isoformat())]),
        bullets(f"{case.artist_name}, {case.addressee_name}: {case.title}" for case in content.cases),
        *(["", "Left out by its signer", bullets(content.left_out)] if content.left_out else []),
    ]


def _facts(found: BundleCheck) -> dict[str, Plain]:
    content = found.content
    return {
        "verdict": found.verdict,
        "headline": found.headline,
        "checks": [
            {"state": each.state, "passed": each.passed, "lacking": each.lacking, "words": each.words}
            for each in found.checks
        ],
        "does_not_tell": list(found.does_not_tell),
        "title": content.title if content is not None else "",
        "cases": [
            {
                "id": case.id,
                "artist_name": case.artist_name,
                "addressee_name": case.addressee_name,
                "title": case.title,
                "letters": [letter.sha256 for letter in case.letters],
            }
            for case in (content.cases if content is not None else ())
        ],
        "left_out": list(content.left_out) if content is not None else [],
        "made_at": found.made_at,
        "signer": found.signer,
        "kid": found.signer_kid,
        "fingerprint": found.fingerprint,
        "introduced_by": found.introduced_by,
        "sha256": found.sha256,
    }
