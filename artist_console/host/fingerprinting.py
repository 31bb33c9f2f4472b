"""The program fpcalc (Chromaprint), where the computer has it: the acoustic fingerprint of an audio file."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "fpcalc"
_LENGTH_S = 120  # of the beginning, as lists of fingerprints have it
_WAIT_S = 120  # minutes of audio take a second; a file that takes longer is not going to end


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """What came of it. `numbers` is empty where it was not possible, and `why` says why in a sentence."""

    numbers: tuple[int, ...] = ()
    why: str = ""


def fingerprint(path: Path, program: str | None = None, wait_s: float = _WAIT_S) -> Fingerprinted:
    """Ask fpcalc for the fingerprint of a file. Never raises: without it other comparisons go on."""
    found = program or shutil.which(PROGRAM)
    if found is None:
        return Fingerprinted(
            why="fpcalc (Chromaprint) is not installed here, so the sound itself was not compared."
        )
    command = [found, "-json", "-raw", "-length", str(_LENGTH_S), str(path.resolve())]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=wait_s, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return Fingerprinted(why=f"fpcalc did not end within {wait_s:.0f} s, so the sound was not compared.")
    except OSError as error:
        return Fingerprinted(why=f"fpcalc could not be started ({type(error).__name__}).")
    try:
        numbers = tuple(int(each) for each in json.loads(done.stdout)["fingerprint"])
    except (ValueError, KeyError, TypeError):
        return Fingerprinted(why="fpcalc could not read this file as audio, so the sound was not compared.")
    return (
        Fingerprinted(numbers) if numbers else Fingerprinted(why="The file is too short for a fingerprint.")
    )
