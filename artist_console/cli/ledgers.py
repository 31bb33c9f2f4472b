"""`ledger verify`, `ledger export` and `ledger trust`, with the exit codes that say what came of a check."""

from __future__ import annotations

import argparse
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, Answer, Plain
from artist_console.cli.tables import bullets, pairs, plain
from artist_console.commands import ledgers
from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.ledgers import CheckedLedger, CheckedLedgers, LedgerVerdict
from artist_console.domain.problems import InputProblem

_CODE = {
    LedgerVerdict.HOLDS: DONE,
    LedgerVerdict.NOT_ALL_CHECKED: SIGNER_UNKNOWN,
    LedgerVerdict.CANNOT_BE_CHECKED: NOT_GENUINE,
    LedgerVerdict.CHANGED: NOT_GENUINE,
}
_MARK = {CheckState.PASSED: "ok", CheckState.CANNOT: "cannot be checked", CheckState.FAILED: "NOT OK"}


def run_verify(console: Console, given: argparse.Namespace) -> Answer:
    return _answer(ledgers.verify_ledgers(console, lookups.artist(console, given.artist), given.key))


def run_verify_file(given: argparse.Namespace, signers: Path | None) -> Answer:
    if given.artist is not None:
        raise InputProblem("A file is checked whole, not for one artist", "Leave out --artist, or the file")
    return _answer(ledgers.verify_ledger_file(given.file, signers, given.key))


def run_export(console: Console, given: argparse.Namespace) -> Answer:
    spare(given.file, replace=given.replace)
    made = ledgers.export_ledgers(console, given.file, lookups.artist(console, given.artist))
    facts: Plain = {
        "path": str(made.path),
        "ledgers": made.ledgers,
        "entries": made.entries,
        "signed_heads": made.signed_heads,
        "size_bytes": made.size_bytes,
        "sha256": made.sha256,
    }
    text = f"Wrote {made.ledgers:,} {'ledger' if made.ledgers == 1 else 'ledgers'} with {made.entries:,} "
    text += f"{'entry' if made.entries == 1 else 'entries'} to {made.path}."
    return Answer(plain(text), facts)


def run_trust(console: Console, given: argparse.Namespace) -> Answer:
    found = ledgers.trust_key(console, given.file, given.name).value
    lines = [f"Known from now on: {each.fingerprint}" for each in found]
    facts: Plain = [{"kid": each.kid, "fingerprint": each.fingerprint, "name": each.name} for each in found]
    return Answer("\n".join(lines), {"keys": facts})


def _answer(found: CheckedLedgers) -> Answer:
    lines = [plain(found.headline)]
    if found.checks:
        lines += ["", bullets(_check(check) for check in found.checks)]
    for each in found.ledgers:
        lines += ["", *_ledger(each)]
    if found.does_not_tell:
        lines += ["", "What this does not tell you", bullets(found.does_not_tell)]
    facts: Plain = {
        "verdict": found.verdict,
        "headline": found.headline,
        "checks": [_check_facts(check) for check in found.checks],
        "ledgers": [_facts(each) for each in found.ledgers],
        "does_not_tell": list(found.does_not_tell),
    }
    return Answer("\n".join(lines), facts, _CODE[found.verdict])


def _ledger(found: CheckedLedger) -> list[str]:
    signed = "nothing" if found.signed_size is None else f"{found.signed_size:,} entries, root {found.root}"
    told = [
        ("Artist", found.artist_name or found.artist),
        ("Entries", f"{found.entries:,}"),
        ("Signed", signed),
    ]
    return [pairs(told), bullets(_check(check) for check in found.checks)]


def _check(check: CheckLine) -> str:
    return f"{_MARK[check.state]}: {check.words}"


def _check_facts(check: CheckLine) -> Plain:
    return {"state": check.state, "passed": check.passed, "lacking": check.lacking, "words": check.words}


def _facts(found: CheckedLedger) -> Plain:
    return {
        "artist": found.artist,
        "artist_name": found.artist_name,
        "verdict": found.verdict,
        "entries": found.entries,
        "head": found.head,
        "signed_size": found.signed_size,
        "signed_at": found.signed_at,
        "root": found.root,
        "signer": found.signer,
        "checks": [_check_facts(check) for check in found.checks],
    }
