"""One audio file against a list: by hash, by sound, by code; what is missing is said, and nothing breaks."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
import types
from pathlib import Path

import pytest

from artist_console.commands import audio_check
from artist_console.commands.audio_check import Mark, check_audio
from artist_console.domain.problems import ColumnsUnknown, FileProblem, InputProblem
from artist_console.formats import iscc_codes
from artist_console.host.fingerprinting import fingerprint

AUDIO = b"RIFF made-up sound" * 100
SHA256, MD5 = hashlib.sha256(AUDIO).hexdigest(), hashlib.md5(AUDIO).hexdigest()


def tune(seed: int) -> list[int]:
    chance = random.Random(seed)
    return [chance.getrandbits(32) for _ in range(300)]


@pytest.fixture
def song(tmp_path: Path) -> Path:
    path = tmp_path / "song.wav"
    path.write_bytes(AUDIO)
    return path


def a_list(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def a_program(tmp_path: Path, says: str) -> str:
    """A program of our own in the place of fpcalc: a real process with the same answers."""
    if sys.platform == "win32":
        pytest.skip("a script is no program there")
    path = tmp_path / "fpcalc"
    path.write_text(f"#!{sys.executable}\n{says}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def telling(tmp_path: Path, numbers: list[int]) -> str:
    return a_program(tmp_path, f"print({json.dumps({'duration': 37.1, 'fingerprint': numbers})!r})")


def nowhere(_: str) -> None:
    """In the place of the look for fpcalc."""


@pytest.mark.parametrize(("column", "value"), [("sha256", SHA256.upper()), ("md5", MD5)])
def test_the_same_file_is_found_by_its_hash(song: Path, tmp_path: Path, column: str, value: str) -> None:
    listed = a_list(
        tmp_path, f"id,title,artist,{column}\n7,Low Tide,Mira Sand,{value}\n8,Ebb,Jo,{'0' * 32}\n"
    )
    found = check_audio(song, listed)
    (hit,) = found.hits
    assert (hit.row, hit.title, hit.list_id, hit.by.value, hit.same_file) == (
        2,
        "Low Tide",
        "7",
        column,
        True,
    )
    assert found.compared == {Mark(column): 2}
    assert found.sha256 == SHA256
    assert "this very file" in found.proves
    assert "does not show that a model was trained on it" in found.does_not_prove
    assert found.notes == ()


def test_a_list_of_hashes_alone_is_enough(song: Path, tmp_path: Path) -> None:
    assert len(check_audio(song, a_list(tmp_path, f"sha256\n{SHA256}\n")).hits) == 1


def test_the_same_sound_is_found_by_its_fingerprint_with_a_number(song: Path, tmp_path: Path) -> None:
    same, other = ",".join(map(str, tune(1)[20:])), ",".join(map(str, tune(2)))
    listed = a_list(tmp_path, f'title,artist,chromaprint\nEbb,Jo,"{other}"\nTide,Mira,"{same}"\nX,Y,oops\n')
    found = check_audio(song, listed, program=telling(tmp_path, tune(1)))
    (hit,) = found.hits
    assert (hit.row, hit.by, hit.same_file, hit.differs) == (3, Mark.CHROMAPRINT, False, 0.0)
    assert hit.words.startswith("sounds the same: 0.0%")
    assert found.compared == {Mark.CHROMAPRINT: 2}
    assert "sounds the same" in found.proves
    assert "very file" not in found.proves


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("print('no json')", "could not read this file as audio"),
        ("print('[]')", "could not read this file as audio"),
        ("print('{\"fingerprint\": []}')", "too short"),
        ("raise SystemExit(3)", "could not read this file as audio"),
        ("import time; time.sleep(60)", "did not end within"),
    ],
)
def test_a_program_that_does_not_answer_is_said(song: Path, tmp_path: Path, says: str, words: str) -> None:
    found = fingerprint(song, a_program(tmp_path, says), wait_s=1.0 if "sleep" in says else 30)
    assert found.numbers == ()
    assert words in found.why


def test_without_fpcalc_the_hash_is_still_compared_and_it_is_said(
    song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", nowhere)
    listed = a_list(tmp_path, f'title,artist,fingerprint,sha256\nTide,Mira,"1,2,3",{SHA256}\n')
    found = check_audio(song, listed)
    assert [hit.by for hit in found.hits] == [Mark.SHA256]
    assert found.notes == (
        "fpcalc (Chromaprint) is not installed here, so the sound itself was not compared.",
    )


def test_without_iscc_core_it_is_said(song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iscc_codes, "library", lambda: None)
    listed = a_list(tmp_path, "title,artist,iscc\nTide,Mira,ISCC:EIASTPZP4QU36L7G\n")
    found = check_audio(song, listed, program=telling(tmp_path, tune(1)))
    assert found.hits == ()
    assert found.notes == (
        "iscc-core is not installed here (extra “audio”), so ISCC codes were not compared.",
    )


def test_codes_are_compared_where_the_library_is(
    song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a library of ours that gives known codes; the real one is an extra."""
    library = types.ModuleType("iscc_core")
    library.gen_audio_code = lambda numbers: {"iscc": "ISCC:EIASTPZP4QU36L7G"}  # type: ignore[attr-defined]
    library.gen_data_code = lambda file: {"iscc": "ISCC:GAA3BFXRPP3JGIH4"}  # type: ignore[attr-defined]
    library.gen_instance_code = lambda file: {"iscc": "ISCC:IAATNA5R2QGMFSP2"}  # type: ignore[attr-defined]
    library.iscc_decompose = lambda code: [code]  # type: ignore[attr-defined]
    monkeypatch.setattr(iscc_codes, "library", lambda: library)
    rows = [
        "Same,A,ISCC:EIASTPZP4QU36L7G",
        "Other,B,ISCC:EIASYAFIE5CKBOBG",
        "Data,C,GAA3BFXRPP3JGIH4",
        "No,D,x",
    ]
    listed = a_list(tmp_path, "title,artist,iscc\n" + "\n".join(rows) + "\n")
    found = check_audio(song, listed, program=telling(tmp_path, tune(1)))
    assert [(hit.title, hit.differs) for hit in found.hits] == [("Same", 0.0), ("Data", 0.0)]
    assert found.compared == {Mark.ISCC: 3}
    assert found.notes == ()


def test_a_list_without_codes_says_so(song: Path, tmp_path: Path) -> None:
    found = check_audio(song, a_list(tmp_path, "title,artist\nTide,Mira\n"))
    assert (found.hits, found.proves, found.rows) == ((), "", 1)
    assert found.notes == ("No row of the list has a code that this file could be compared by.",)


def test_files_that_are_not_there_or_empty_are_a_sentence(song: Path, tmp_path: Path) -> None:
    listed = a_list(tmp_path, f"sha256\n{SHA256}\n")
    with pytest.raises(FileProblem, match=r"gone\.wav"):
        check_audio(tmp_path / "gone.wav", listed)
    with pytest.raises(FileProblem, match=r"gone\.csv"):
        check_audio(song, tmp_path / "gone.csv")
    with pytest.raises(ColumnsUnknown):
        check_audio(song, a_list(tmp_path, "colour,size\nred,1\n"))
    (tmp_path / "empty.wav").touch()
    with pytest.raises(InputProblem, match="empty"):
        check_audio(tmp_path / "empty.wav", a_list(tmp_path, f"sha256\n{SHA256}\n"))


def test_progress_is_told(song: Path, tmp_path: Path) -> None:
    told: list[int] = []
    listed = a_list(tmp_path, "sha256\n" + f"{'0' * 64}\n" * 1_000)
    check_audio(song, listed, progress=told.append)
    assert told == [200, 400, 600, 800, 1_000]
    assert audio_check.DOES_NOT_PROVE
