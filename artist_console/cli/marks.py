"""The commands about marks in audio files. Passphrases are asked for, never given as arguments."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.mark_arguments import PASSPHRASE_VARIABLE
from artist_console.cli.output import DONE, TROUBLE, Answer, Plain, note, show
from artist_console.cli.tables import bullets, plain
from artist_console.commands import mark_certificates, marks
from artist_console.commands.console import Console
from artist_console.commands.mark_sources import PlannedMark
from artist_console.commands.marks import MarkProgress, MarkShown, MarkWish
from artist_console.domain.mark_words import STRIPPED, entry_words, state_words
from artist_console.domain.marks import MarkEntry, MarkRun
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, SetupProblem
from artist_console.host.files import read_bounded
from artist_console.host.passphrase import PassphrasesDiffer

_LONGEST = 4_096  # bytes of a file that holds a passphrase


class NoPassphrase(SetupProblem):
    title_template = "The private key is behind a passphrase, and nobody is here to type it"
    advice_template = "Start from a terminal to be asked for it, or name a file that holds it in {variable}"


class NotSigned(InputProblem):
    title_template = "A mark is signed, and it is not said with what"
    advice_template = (
        "Name your certificates with --chain and the private key with --key; if you have none, make them:"
        " artist-console mark certificate"
    )


def run_audio(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist).id
    work = lookups.work(console, given.work, artist).work if given.work else None
    wish = MarkWish(
        artist,
        tuple(given.files),
        out=given.out,
        replace_originals=given.replace_originals,
        recursive=given.recursive,
        work=work,
        more=given.more_at,
    )
    if given.plan:
        planned = marks.plan_marks(console, wish)
        return Answer(_plan_text(planned), {"files": [_plan_facts(each) for each in planned]})
    if given.chain is None or given.key is None:
        raise NotSigned
    progress = _progress if sys.stderr.isatty() else lambda _: None
    done = marks.mark_files(console, wish, given.chain, given.key, _passphrase, progress).value
    return Answer(_run_text(done), _run_facts(done), DONE if done.marked else TROUBLE)


def run_without_profile(given: argparse.Namespace) -> int:
    answer = _show(given) if given.command == "mark show" else _certificate(given)
    show(answer, json=given.json)
    return answer.code


def _progress(now: MarkProgress) -> None:
    if now.name:
        note(f"{now.done + 1} of {now.total}: {now.name}")


def _passphrase() -> str:
    kept = os.environ.get(PASSPHRASE_VARIABLE)
    if kept:
        lines = read_bounded(Path(kept), _LONGEST).decode("utf-8", "replace").splitlines()
        return lines[0] if lines else ""
    if sys.stdin is None or not sys.stdin.isatty():
        raise NoPassphrase(variable=PASSPHRASE_VARIABLE)
    return getpass.getpass("Passphrase of the private key: ")


def _show(given: argparse.Namespace) -> Answer:
    found = marks.read_marks(tuple(given.files), given.trust)
    text = "\n\n".join(_shown_text(each) for each in found)
    facts: dict[str, Plain] = {"files": [_shown_facts(each) for each in found], "note": STRIPPED}
    return Answer(f"{text}\n\n{STRIPPED}", facts)


def _certificate(given: argparse.Namespace) -> Answer:
    at = datetime.now(UTC)
    made = mark_certificates.make_own_certificate(given.name, given.out, _new_passphrase(), at)
    lines = [
        f"A certificate for {made.name} is made; it is good until {day_in_words(made.until)}.",
        f"To sign with: {made.chain} and {made.key} (behind your passphrase)",
        f"To give to those who want to check: {made.root}",
        mark_certificates.UNTRUSTED,
    ]
    facts: dict[str, Plain] = {
        "name": made.name,
        "chain": str(made.chain),
        "key": str(made.key),
        "root": str(made.root),
        "until": made.until.date(),
        "note": mark_certificates.UNTRUSTED,
    }
    return Answer("\n".join(plain(line) for line in lines), facts)


def _new_passphrase() -> str:
    if os.environ.get(PASSPHRASE_VARIABLE) or sys.stdin is None or not sys.stdin.isatty():
        return _passphrase()
    first = getpass.getpass("New passphrase for the private key: ")
    if getpass.getpass("The same once more: ") != first:
        raise PassphrasesDiffer
    return first


def _plan_text(planned: Iterable[PlannedMark]) -> str:
    lines = []
    for each in planned:
        known = each.work_title or "by what was said of all works"
        lines.append(plain(f"{each.source.name}: {each.why_not or known}"))
        if each.stating is not None and not each.why_not:
            lines.append(bullets(_entry_lines(each.stating.entries)))
    return "\n".join(lines)


def _run_text(done: MarkRun) -> str:
    count = "1 file was" if len(done.marked) == 1 else f"{len(done.marked)} files were"
    lines = [plain(f"{count} marked, signed by {done.signer}.")]
    for marked in done.marked:
        lines.append(plain(f"{marked.name} -> {marked.out}"))
        lines.append(bullets(_entry_lines(marked.entries)))
    if done.not_marked:
        lines.append("Not marked:")
        lines.append(bullets(plain(f"{each.name}: {each.why}") for each in done.not_marked))
    if done.cancelled:
        lines.append("It was cancelled; what was done stays.")
    return "\n".join([*lines, STRIPPED])


def _shown_text(each: MarkShown) -> str:
    lines = [plain(f"{each.path.name}: {each.why_not or state_words(each.mark).text}")]
    lines += [bullets(_entry_lines(each.mark.entries))] if each.mark.entries else []
    if each.mark.own:
        lines.append(bullets(plain(f"{name}: {text}") for name, text in each.mark.own.items()))
    if each.mark.parents:
        lines.append(f"Earlier marks are kept underneath: {each.mark.parents}")
    return "\n".join(lines)


def _entry_lines(entries: Iterable[MarkEntry]) -> Iterable[str]:
    return (plain(entry_words(entry).text) for entry in entries)


def _entries(entries: Iterable[MarkEntry]) -> list[Plain]:
    return [{"key": each.key, "use": each.use, "more": each.more} for each in entries]


def _plan_facts(each: PlannedMark) -> dict[str, Plain]:
    return {
        "file": each.source.name,
        "kind": each.kind,
        "work": each.work,
        "title": each.work_title,
        "known_by": each.known_by,
        "states": _entries(each.stating.entries) if each.stating is not None else [],
        "why_not": each.why_not,
    }


def _run_facts(done: MarkRun) -> dict[str, Plain]:
    return {
        "run": done.id,
        "signer": done.signer,
        "certificate_sha256": done.certificate_sha256,
        "marked": [
            {
                "file": each.name,
                "out": each.out,
                "kind": each.kind,
                "work": each.work,
                "states": _entries(each.entries),
                "sha256_before": each.sha256_before,
                "sha256_after": each.sha256_after,
                "audio_sha256": each.audio_sha256,
                "had_a_mark": each.kept_parent,
            }
            for each in done.marked
        ],
        "not_marked": [{"file": each.name, "why": each.why} for each in done.not_marked],
        "cancelled": done.cancelled,
        "note": STRIPPED,
    }


def _shown_facts(each: MarkShown) -> dict[str, Plain]:
    return {
        "file": each.path.name,
        "kind": each.kind,
        "state": each.mark.state,
        "says": each.why_not or state_words(each.mark).text,
        "states": _entries(each.mark.entries),
        "signer": each.mark.signer,
        "issuer": each.mark.issuer,
        "made_with": each.mark.made_with,
        "beside": dict(each.mark.own) if each.mark.own is not None else None,
        "earlier_marks": each.mark.parents,
        "faults": list(each.mark.faults),
        "why_not": each.why_not,
    }
