"""Reports on the command line: several at once, patterns, exit codes, copies, comparisons and exports."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer
from artist_console.cli.report_exporting import run_export
from artist_console.cli.report_files import files_of
from artist_console.cli.report_redacting import run_redact
from artist_console.cli.reporting import run_show, run_verify
from artist_console.commands.reports import ReportVerdict
from artist_console.domain.problems import Problem
from tests.formats.redacted_copies import files_in, signed_anew
from tests.journeys.terminal import PROGRAM, Terminal

CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\nHigh Water,Mira Sand,AA6Q72600002\n"
STATEMENT = (
    "ISRC,Title,Artist,Amount,Currency,Month,Type\n"
    "AA6Q72600001,Low Tide,Mira Sand,1.5,EUR,2026-10,AI training fee\n"
    "AA6Q72600002,High Water,Mira Sand,2.25,EUR,2026-10,AI training fee\n"
)
LIST = "title,artist\nLow Tide,Mira Sand\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with music, money and an answer, and its report."""
    home = tmp_path_factory.mktemp("made")
    for name, content in (("c.csv", CATALOGUE), ("l.csv", LIST), ("s.csv", STATEMENT)):
        (home / name).write_text(content, encoding="utf-8")
    terminal = Terminal(home / "profile", home)
    terminal.done("import", "catalogue", "c.csv")
    terminal.done("import", "dataset-list", "l.csv")
    terminal.done("import", "statement", "s.csv", "--level", "payee-net")
    terminal.done("decide", "refuse", "--all")
    terminal.done("sync")
    terminal.done("report", "create", "--out", "r.acreport")
    terminal.done("receipt", "save", "latest", "--out", "receipt.json")
    return home


@pytest.fixture
def maker(made: Path, tmp_path: Path) -> Terminal:
    """Where the report was made; files are a test's own."""
    for name in ("r.acreport", "receipt.json"):
        shutil.copyfile(made / name, tmp_path / name)
    return Terminal(made / "profile", tmp_path)


@pytest.fixture
def reader(maker: Terminal) -> Terminal:
    """Somebody else, with no profile at all."""
    return Terminal(maker.home / "nothing here", maker.home)


def asked(terminal: Terminal, *arguments: str, code: int) -> Any:
    found = terminal.run(*arguments, "--json")
    assert (found.returncode, found.stderr) == (code, "")
    return json.loads(found.stdout)


def here(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Answer:
    """The same command in this process, by somebody without a profile."""
    monkeypatch.chdir(terminal.home)
    given = parse(["report", *arguments])
    match arguments[0]:
        case "redact":
            return run_redact(given, None, None)
        case "export":
            return run_export(given, None, lambda paper: b"%PDF-1.7 " + paper.title.encode())
        case "show":
            return run_show(files_of(given.files), None, json=given.json)
    return run_verify(files_of(given.files), None, quick=given.quick, json=given.json)


def changed(path: Path, name: str) -> Path:
    """The same file with a byte changed in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    out = path.with_name(name)
    out.write_bytes(data)
    return out


def test_whoever_made_it_and_a_stranger_see_the_same_report(maker: Terminal, reader: Terminal) -> None:
    assert asked(maker, "report", "verify", "r.acreport", code=0)["verdict"] == "genuine"
    found = asked(reader, "report", "verify", "r.acreport", code=4)
    assert (found["verdict"], found["consistent"], found["looked_into"]) == ("signer_unknown", True, True)
    quick = asked(reader, "report", "verify", "r.acreport", "--quick", code=4)
    assert (quick["looked_into"], quick["sha256"]) == (False, found["sha256"])
    assert len(quick["checks"]) < len(found["checks"])
    assert not (maker.home / "nothing here").exists()


def test_patterns_are_read_where_no_shell_does_and_the_worst_is_the_code(
    reader: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = reader.home
    (home / "more").mkdir()
    shutil.copyfile(home / "r.acreport", home / "more" / "r [final].acreport")
    changed(home / "r.acreport", "x.acreport")
    (home / "letter.acreport").write_text("Dear Sir or Madam", encoding="utf-8")
    found = asked(reader, "report", "verify", "**/*.acreport", code=3)
    assert [Path(each["file"]).name for each in found] == [
        "letter.acreport",
        "r [final].acreport",
        "r.acreport",
        "x.acreport",
    ]
    assert [each["verdict"] for each in found] == [
        "cannot_be_checked",
        "signer_unknown",
        "signer_unknown",
        "changed",
    ]
    told = here(reader, monkeypatch, "verify", "letter.acreport", "r.acreport")
    assert told.code == 1
    assert told.text.endswith("2 files: 1 genuine, signer not known here, 1 could not be read as one.")
    # A name that looks like a pattern is that file; one that is given twice is looked at once.
    twice = ("more/r [final].acreport", "more/r [[]final].acreport")
    assert isinstance(here(reader, monkeypatch, "verify", *twice).facts, dict)
    with pytest.raises(Problem, match=r"No file fits nothing\*\.acreport"):
        here(reader, monkeypatch, "verify", "nothing*.acreport")


def test_a_file_that_is_not_there_is_told_among_the_others(reader: Terminal) -> None:
    found = asked(reader, "report", "verify", "gone.acreport", "r.acreport", code=1)
    assert found[0]["verdict"] == "unreadable"
    assert "There is no file gone.acreport" in found[0]["problem"]
    assert found[1]["verdict"] == "signer_unknown"


def test_among_several_it_is_told_where_no_row_could_be_read(
    reader: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (reader.home / "r.acreport").read_bytes()
    odd = files_in(whole)["works.csv"].replace(b"Low Tide", b"=1+1")
    (reader.home / "odd.acreport").write_bytes(signed_anew(whole, {"works.csv": odd}))
    told = here(reader, monkeypatch, "verify", "odd.acreport", "r.acreport").text
    assert told.count("cannot be checked: Not everything in “Recordings and songs” can be read") == 1


def test_what_a_file_is_its_content_says(maker: Terminal) -> None:
    (maker.home / "receipt.json").rename(maker.home / "mail.txt")
    (maker.home / "r.acreport").rename(maker.home / "attachment.bin")
    found = asked(maker, "report", "verify", "mail.txt", "attachment.bin", code=0)
    assert [(each["file_kind"], each["verdict"]) for each in found] == [
        ("receipt", "genuine"),
        ("report", "genuine"),
    ]


@pytest.mark.parametrize(
    ("kind", "code", "verdict"),
    [("cut", 3, "cannot_be_checked"), ("changed", 3, "changed"), ("other", 1, "cannot_be_checked")],
)
def test_damaged_and_altered_is_another_code_than_no_report(
    reader: Terminal, monkeypatch: pytest.MonkeyPatch, kind: str, code: int, verdict: str
) -> None:
    path = reader.home / "r.acreport"
    if kind == "cut":
        path.write_bytes(path.read_bytes()[:-500])
    elif kind == "changed":
        changed(path, "r.acreport")
    else:
        path.write_bytes(b"%PDF-1.7\n")
    for command in ("verify", "show"):
        found = here(reader, monkeypatch, command, "r.acreport")
        assert isinstance(found.facts, dict)
        assert (found.code, found.facts["verdict"]) == (code, ReportVerdict(verdict))
    copied = here(reader, monkeypatch, "redact", "r.acreport", "--table", "lines", "--out", "copy.acreport")
    assert (copied.code, "nothing was written" in copied.text) == (code, True)
    assert not (reader.home / "copy.acreport").exists()


def test_a_recording_is_taken_out_by_somebody_without_a_profile(maker: Terminal, reader: Terminal) -> None:
    seen = reader.run("report", "redact", "r.acreport", "--work", "low tide", "--json")
    assert seen.returncode == 0, seen.stderr
    looked = json.loads(seen.stdout)
    assert looked["path"] is None
    goes = {each["table"]: each["rows"] for each in looked["goes"]}
    assert goes.items() >= {"works": 1, "lines": 1, "inclusions": 1}.items()
    assert list(reader.home.glob("*.acreport")) == [reader.home / "r.acreport"]
    written = asked(
        reader, "report", "redact", "r.acreport", "--work", "AA6Q7-26-00001", "--out", "cut", code=0
    )
    assert written["goes"] == looked["goes"]
    copy = (reader.home / "cut").read_bytes()
    assert b"Low Tide" in (reader.home / "r.acreport").read_bytes()
    assert b"Low Tide" not in copy
    assert b"AA6Q72600001" not in copy
    found = asked(maker, "report", "verify", "cut", code=0)
    assert {each["table"]: each["removed"] for each in found["gaps"]} == goes
    assert (found["redacted_by"], found["consistent"]) == ([], True)
    assert found["sha256"] == written["sha256"] != written["original_sha256"]
    assert "High Water" in maker.done("report", "show", "cut")


def test_a_copy_can_be_signed_and_redacted_again(maker: Terminal) -> None:
    first = asked(maker, "report", "redact", "r.acreport", "--table", "lines", "--sign", "--out", "a", code=0)
    assert first["signer"]
    found = asked(maker, "report", "verify", "a", code=0)
    assert [each["name"] for each in found["redacted_by"]] == [first["signer"]]
    second = asked(maker, "report", "redact", "a", "--work", "High Water", "--out", "b", code=0)
    assert second["original_sha256"] == first["original_sha256"]
    found = asked(maker, "report", "verify", "b", code=0)
    gaps = {each["table"]: each["removed"] for each in found["gaps"]}
    assert (gaps["lines"], gaps["works"]) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "It is not said what is to be taken out"),
        (
            ("--work", "Nothing like it"),
            "“Nothing like it” is none of the recordings or songs",
        ),
        (("--work", "i"), "fits several recordings or songs"),
        (("--table", "cases"), "This report has no table “cases”"),
        (("--table", "letters"), "There is no table “letters” in reports"),
        (("--row", "lines"), "does not name a row"),
        (("--row", "lines:none,1"), "Of the rows chosen from “lines”, 1 cannot be found"),
        (("--table", "lines", "--out", "r.acreport", "--replace"), "would replace the report"),
        (("--table", "lines", "--out", "there.txt"), "is there already, so nothing was written"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    reader: Terminal, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    (reader.home / "there.txt").write_text("mine", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in reader.home.iterdir()}
    out = () if "--out" in arguments else ("--out", "x.acreport")
    with pytest.raises(Problem, match=re.escape(told)):
        here(reader, monkeypatch, "redact", "r.acreport", *arguments, *out)
    assert {path.name: path.read_bytes() for path in reader.home.iterdir()} == before


def test_two_reports_are_compared_and_the_differences_written(maker: Terminal, reader: Terminal) -> None:
    maker.done("report", "redact", "r.acreport", "--row", f"works:{_work(maker)}", "--out", "b.acreport")
    found = asked(reader, "report", "compare", "r.acreport", "b.acreport", "--out", "d.csv", code=4)
    assert (found["compared"], found["same_series"]) == (True, True)
    topics = {each["topic"]: each for each in found["topics"]}
    assert topics["works"]["gone"] == 1
    assert topics["works"]["notes"]
    gone = [each["title"] for each in found["differences"] if each["change"] == "gone"]
    assert gone == ["Low Tide"]
    assert "Low Tide" in (reader.home / "d.csv").read_text(encoding="utf-8-sig")
    changed(reader.home / "r.acreport", "x.acreport")
    broken = asked(reader, "report", "compare", "r.acreport", "x.acreport", code=3)
    assert (broken["compared"], broken.keys()) == (False, found.keys())


def _work(terminal: Terminal) -> str:
    found = asked(terminal, "report", "show", "r.acreport", code=0)
    return next(each["id"] for each in found["works"] if each["title"] == "Low Tide")  # type: ignore[no-any-return]


def test_several_reports_are_exported_into_a_folder(
    reader: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = reader.home
    shutil.copyfile(home / "r.acreport", home / "q.acreport")
    (home / "out").mkdir()
    found = asked(
        reader,
        "report",
        "export",
        "*.acreport",
        "--out",
        "out",
        "--format",
        "csv",
        "--table",
        "lines",
        code=4,
    )
    assert sorted(path.name for path in (home / "out").iterdir()) == ["q.csv", "r.csv"]
    assert [each["tables"] for each in found] == [{"lines": 2}, {"lines": 2}]
    for arguments, told in (
        (("*.acreport", "--out", "out", "--format", "csv"), "is there already, so nothing was written"),
        (("*.acreport", "--out", "all.xlsx"), "2 reports cannot be written to one file"),
        (("r.acreport", "--out", "all.docx"), "A report is exported as .pdf"),
    ):
        with pytest.raises(Problem, match=told):
            here(reader, monkeypatch, "export", *arguments)
    made = asked(reader, "report", "export", "r.acreport", "--out", "r.pdf", code=4)
    assert made["format"] == "pdf"
    assert (home / "r.pdf").read_bytes().startswith(b"%PDF")


def test_of_a_changed_report_with_statements_what_can_be_read_is_exported(
    reader: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (reader.home / "r.acreport").read_bytes()
    (reader.home / "x.acreport").write_bytes(whole.replace(b"without a network", b"without a Network"))
    told = here(reader, monkeypatch, "export", "x.acreport", "--out", "x.xlsx")
    assert told.code == 3
    assert "statements 1" in told.text
    assert (reader.home / "x.xlsx").stat().st_size > 0


def test_a_second_signature_changes_nothing_else(maker: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    home.mkdir()
    (home / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    other = Terminal(home / "profile", maker.home)
    other.done("import", "catalogue", home / "c.csv")
    signed = asked(other, "report", "sign", "r.acreport", "--out", "both.acreport", code=0)
    assert len(signed["signers"]) == 2
    found = asked(maker, "report", "verify", "both.acreport", code=0)
    assert (found["sha256"], len(found["signatures"])) == (signed["sha256"], 2)
    (home / "cut.acreport").write_bytes((maker.home / "r.acreport").read_bytes()[:-500])
    refused = other.run("report", "sign", str(home / "cut.acreport"), "--out", str(home / "no.acreport"))
    assert (refused.returncode, (home / "no.acreport").exists()) == (3, False)
    assert "has signed the report already" in other.refused(
        "report", "sign", "both.acreport", "--out", "both.acreport", "--replace"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_on_a_terminal_a_line_says_how_far_it_is_and_goes(reader: Terminal) -> None:
    shutil.copyfile(reader.home / "r.acreport", reader.home / "q.acreport")
    command = [*PROGRAM, "report", "verify", "q.acreport", "r.acreport", "--data", str(reader.data)]

    def heard(*more: str) -> str:
        ours, theirs = os.openpty()
        environ = reader.environment() | {"COLUMNS": "80"}
        ended = subprocess.run(
            [*command, *more],
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=environ,
            cwd=reader.home,
            check=False,
        )
        os.close(theirs)
        assert ended.returncode == 4
        said = b""
        try:
            while step := os.read(ours, 4096):
                said += step
        except OSError:  # nobody writes any more
            pass
        os.close(ours)
        return said.decode()

    said = heard()
    assert "1 of 2: q.acreport" in said
    assert "2 of 2: r.acreport" in said
    assert said.endswith(" \r")
    assert heard("--json") == ""
