"""`findings list`, `dismiss`, `restore` and `export`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.showing import place_facts
from artist_console.cli.tables import bullets, plain
from artist_console.commands import findings
from artist_console.commands.console import Console
from artist_console.commands.findings import FindingRow
from artist_console.commands.paper import Paper
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import FileProblem
from artist_console.host.files import write_atomic


class FileIsThere(FileProblem):
    title_template = "{name} is there already"
    advice_template = "Choose another name, or replace it with --replace"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist).work if given.work else None
    kind = FindingKind(given.kind.replace("-", "_")) if given.kind else None
    rows = findings.list_findings(console, artist, work, kind, given.dismissed)
    nothing = (
        "No finding was put aside." if given.dismissed else "Nothing is found that one may want to act on."
    )
    text = "\n\n".join(_text(row) for row in rows) if rows else nothing
    return Answer(text, {"findings": [_facts(row) for row in rows]})


def run_dismiss(console: Console, given: argparse.Namespace) -> Answer:
    done = findings.dismiss_finding(console, _id(console, given.finding), given.note).value
    noted = [plain(f"Note: {done.note}")] if done.note else []
    return Answer(
        "\n".join(["Put aside. It comes back when the facts behind it are others.", *noted]),
        {"dismissed": done.id, "note": done.note, "at": done.at},
    )


def run_restore(console: Console, given: argparse.Namespace) -> Answer:
    done = findings.restore_finding(console, _id(console, given.finding)).value
    return Answer(plain(f"Taken up again: {done.title.text}"), {"restored": done.id})


def run_export(console: Console, given: argparse.Namespace, draw: Callable[[Paper], bytes]) -> Answer:
    """Write the chosen findings as one PDF file. Raises FileIsThere, FileProblem."""
    ids = [_id(console, text) for text in given.findings] or None
    paper = findings.findings_bundle(console, ids)
    if given.out.exists() and not given.replace:
        raise FileIsThere(name=str(given.out))
    body = draw(paper)
    write_atomic(given.out, body)
    return Answer(plain(f"Written: {given.out}"), {"file": str(given.out), "bytes": len(body)})


def _id(console: Console, text: str) -> str:
    rows = (*findings.list_findings(console), *findings.list_findings(console, dismissed=True))
    return lookups.ending_in([row.finding.id for row in rows], text, "finding", "findings", "findings list")


def _text(row: FindingRow) -> str:
    finding = row.finding
    about = [row.artist_name, f"since {day_in_words(finding.since)}"]
    if finding.deadline is not None:
        about.append(f"until {day_in_words(finding.deadline)}")
    if row.dismissed is not None:
        note = f": {row.dismissed.note}" if row.dismissed.note else ""
        about.append(f"put aside on {day_in_words(row.dismissed.at)}{note}")
    lines = [plain(finding.title.text), plain(" · ".join(part for part in about if part))]
    return "\n".join([*lines, bullets(sentence.text for sentence in finding.words), f"  {plain(finding.id)}"])


def _facts(row: FindingRow) -> dict[str, Plain]:
    finding = row.finding
    return {
        "id": finding.id,
        "kind": finding.kind,
        "artist": finding.artist,
        "artist_name": row.artist_name,
        "work": finding.work,
        "work_title": row.work_title,
        "works": list(finding.works),
        "programme": finding.programme,
        "since": finding.since,
        "deadline": finding.deadline,
        "silence": finding.silence,
        "title": finding.title.text,
        "words": [sentence.text for sentence in finding.words],
        "facts": [{"kind": fact.kind, "id": fact.id} for fact in finding.facts],
        "evidence": [place_facts(place) for place in row.evidence],
        "dismissed": {"at": row.dismissed.at, "note": row.dismissed.note} if row.dismissed else None,
    }
