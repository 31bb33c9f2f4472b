"""`check-audio`: whether a list holds an audio file, or audio that sounds the same."""

from __future__ import annotations

import argparse
from decimal import Decimal

from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands.audio_check import AudioCheck, AudioHit, check_audio

_SHOWN = 50


def run_check(given: argparse.Namespace) -> Answer:
    program = str(given.fpcalc) if given.fpcalc is not None else None
    found = check_audio(given.file, given.listed, program=program)
    return Answer(_text(found), _facts(found))


def _text(found: AudioCheck) -> str:
    compared = ", ".join(f"{count:,} by {mark.value}" for mark, count in found.compared.items()) or "none"
    lines = [plain(f"{found.list_name}: {found.rows:,} rows, compared {compared}.")]
    lines.append(f"SHA-256 of the file: {found.sha256}")
    if found.hits:
        lines.append(bullets(plain(_line(hit)) for hit in found.hits[:_SHOWN]))
        if len(found.hits) > _SHOWN:
            lines.append(f"and {len(found.hits) - _SHOWN:,} more")
        lines.append(found.proves)
    else:
        lines.append("Nothing in the list was found to be this file or to sound like it.")
    return "\n".join([*lines, found.does_not_prove, *(plain(note) for note in found.notes)])


def _line(hit: AudioHit) -> str:
    name = " by ".join(part for part in (hit.title, hit.artist) if part) or hit.list_id or "without a name"
    return f"row {hit.row}: {name}; {hit.words}"


def _facts(found: AudioCheck) -> dict[str, Plain]:
    return {
        "file": found.file_name,
        "sha256": found.sha256,
        "list": found.list_name,
        "rows": found.rows,
        "compared": {mark.value: count for mark, count in found.compared.items()},
        "hits": [
            {
                "row": hit.row,
                "title": hit.title,
                "artist": hit.artist,
                "list_id": hit.list_id,
                "by": hit.by.value,
                "same_file": hit.same_file,
                "differs": None if hit.differs is None else Decimal(f"{hit.differs:.4f}"),
                "says": hit.words,
            }
            for hit in found.hits
        ],
        "proves": found.proves,
        "does_not_prove": found.does_not_prove,
        "notes": list(found.notes),
    }
