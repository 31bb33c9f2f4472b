"""Every file of the corpus is read or refused as documented; where there is atheris, 200,000 more."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.targets import BY_NAME, ROOT, TARGETS, run

CORPUS = Path(__file__).parent / "corpus"
IN_CI = 200_000
FILES = sorted(CORPUS.glob("*/*"))


@pytest.mark.parametrize("file", FILES, ids=[f"{path.parent.name}/{path.name}" for path in FILES])
def test_every_file_of_the_corpus_is_read_or_refused_in_a_sentence(file: Path) -> None:
    run(BY_NAME[file.parent.name], file.read_bytes())


def test_every_target_has_a_corpus_and_the_short_form_its_number_of_runs() -> None:
    assert {path.parent.name for path in FILES} == set(BY_NAME)
    assert sum(target.runs for target in TARGETS) >= IN_CI


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is only there on Linux, below Python 3.14")
def test_nothing_is_found_in_the_short_form(tmp_path: Path) -> None:
    finds = tmp_path / "finds"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--finds", str(finds)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in ended.stdout.splitlines() if "FOUND" in line]
    assert (ended.returncode, told) == (0, []), "".join(
        (finds / f"{line.partition(':')[0]}.log").read_text(errors="replace")[-4_000:] for line in told
    )
    total = int(ended.stdout.splitlines()[-1].partition(" ")[0])
    assert total >= IN_CI
