"""Where works are, by the command line: hits, lists, findings, lineage, timelines and removals."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from artist_console.app import _set_paper
from artist_console.cli.arguments import parse
from artist_console.cli.hands import Hands
from artist_console.cli.run import run
from artist_console.commands.consent import decide
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.problems import Problem
from artist_console.formats.kinds import Kind
from tests.backend.world import SALT, work_subject
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk, a_desk, a_wish
from tests.commands.listed_world import BIG, HITS, LISTS, SET, SMALL, stated

ROWS = [
    *LISTS,
    *HITS,
    (Kind.INCLUSION, stated("in-set", InclusionState.IN_DATASET, dataset=SET)),
    (Kind.INCLUSION, stated("in-big", InclusionState.TRAINED, model=BIG)),
]


class _Hands(Hands):
    """The command line over a profile that is open already."""

    def __init__(self, desk: Desk) -> None:
        given: dict[str, Any] = dict.fromkeys(Hands.__dataclass_fields__)
        opened = {"open_profile": lambda data, may_be_new: nullcontext(desk.profile), "set_paper": _set_paper}
        super().__init__(**{**given, **opened})


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Desk]:
    """`qapp` comes first: a PDF would make an application without windows, which later tests cannot use."""
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        decide(desk.console, [a_wish(subject=work_subject(SALT))])
        yield desk


def said(desk: Desk, *words: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run(parse(list(words)), _Hands(desk)) == 0
    return out.getvalue()


def asked(desk: Desk, *words: str) -> Any:
    return json.loads(said(desk, *words, "--json"))


def test_the_json_of_the_page_has_the_fields_of_the_answers(there: Desk, tmp_path: Path) -> None:
    def check(command: str, *words: str) -> None:
        assert_same_fields(documented(command), asked(there, *command.split(), *words), command)

    check("hits list")
    check("lists")
    check("inclusions list")
    check("findings list")
    check("lineage", "Salt Lines")
    check("timeline", "Salt Lines")
    check("removals list")
    check("hits confirm", "hit-key", "--alike", "--note", "ours")
    check("hits refuse", "hit-likely")
    check("hits clear", "hit-likely")
    check("findings dismiss", f"listed_publicly/mara/{SALT}", "--note", "seen")
    check("findings restore", f"listed_publicly/mara/{SALT}")
    check("findings export", "--out", str(tmp_path / "f.pdf"))


def test_the_text_says_it_in_words(there: Desk) -> None:
    assert "Open Songs 1" in said(there, "hits", "list", "--open")
    assert "Sketch" in said(there, "lists")
    assert "Listed in 2 public datasets: Salt Lines" in said(
        there, "findings", "list", "--work", "Salt Lines"
    )
    lineage = said(there, "lineage", "Salt Lines")
    assert "Tuned 1 is fine-tuned from Big 1" in lineage
    assert "publicly documented as trained on this list" in lineage.replace("\n  ", " ")
    assert "nothing asked yet" in said(there, "removals", "list")
    assert "Harmonia says: trained" in said(there, "timeline", "--model", "Big 1")
    assert "Refuse" in said(there, "timeline", "Salt Lines")


def test_works_of_a_model_and_of_a_list_are_narrowed(there: Desk) -> None:
    assert [row["id"] for row in asked(there, "works", "list", "--model", "Tuned")["works"]] == [SALT]
    found = asked(there, "hits", "list", "--list", "Other Songs", "--work", "Harbour Lights")["hits"]
    assert [each["best"] for each in found] == ["check"]
    kinds = {
        each["kind"] for each in asked(there, "findings", "list", "--kind", "listed-publicly")["findings"]
    }
    assert kinds == {"listed_publicly"}


def test_a_removal_is_noted_and_taken_back(there: Desk) -> None:
    (case,) = [each for each in asked(there, "removals", "list")["removals"] if each["dataset"] == SET]
    marked = asked(
        there, "removals", "mark", case["id"], "requested", "--on", "2025-05-20", "--note", "by letter",
        "--deadline", "2025-05-30",
    )  # fmt: skip
    assert (marked["step"], marked["overdue_days"]) == ("requested", 2)
    assert "overdue by 2 days" in said(there, "removals", "list", "--work", "Salt Lines")
    (note,) = [each for each in marked["history"] if not each["said_by"]]
    assert asked(there, "removals", "unmark", case["id"], note["id"][-8:])["step"] == "open"


def test_findings_are_put_aside_and_written_as_one_pdf(there: Desk, tmp_path: Path) -> None:
    path = tmp_path / "f.pdf"
    said(there, "findings", "export", "--out", str(path))
    body = path.read_bytes()
    assert body.startswith(b"%PDF-")
    assert body.rstrip().endswith(b"%%EOF")
    with pytest.raises(Problem):
        said(there, "findings", "export", "--out", str(path))
    said(there, "findings", "export", f"listed_publicly/mara/{SALT}", "--out", str(path), "--replace")
    assert len(path.read_bytes()) < len(body)
    said(there, "findings", "dismiss", f"mara/{SALT}", "--note", "seen")
    assert "seen" in said(there, "findings", "list", "--dismissed")
    assert "Note: seen" in said(there, "findings", "dismiss", f"mara/{SALT}")
    assert "seen" in said(there, "findings", "list", "--dismissed")
    assert "Note" not in said(there, "findings", "dismiss", f"mara/{SALT}", "--note", "")
    assert "seen" not in said(there, "findings", "list", "--dismissed")
    assert "Listed" not in said(there, "findings", "list", "--work", "Salt Lines")


@pytest.mark.parametrize(
    "words",
    [
        ("hits", "refuse", "nothing-here"),
        ("hits", "list", "--list", "No such list"),
        ("findings", "dismiss", "nothing-here"),
        ("lineage", "No such work"),
        ("timeline", "--model", "No such model"),
        ("removals", "mark", "nothing-here", "requested"),
        ("works", "list", "--model", "No such model"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(there: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises(Problem) as told:
        said(there, *words)
    assert "No " in told.value.sentence


def test_at_eighty_columns_a_state_and_what_contradicts_it_are_shown_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    monkeypatch.setenv("COLUMNS", "80")
    by_file = replace(
        stated("in-big", InclusionState.TRAINED, model=BIG, grade=EvidenceGrade.SELF_REPORTED),
        stated_by="A file in the name of Loopworks",
    )
    title_alone = replace(
        stated("title", InclusionState.NOTHING_REPORTED, model=SMALL), of_a_title=InclusionState.REMOVED
    )
    rows = [
        *LISTS,
        (Kind.INCLUSION, stated("in-set", InclusionState.IN_DATASET, dataset=SET)),
        (Kind.INCLUSION, stated("gone", InclusionState.REMOVED, dataset=SET)),
        (Kind.INCLUSION, by_file),
        (Kind.INCLUSION, title_alone),
    ]
    with a_desk(tmp_path / "mara", rows=rows) as desk:
        told = {words: said(desk, *words.split(" ", 1)) for words in ("inclusions list", "works list")}
        told |= {words: said(desk, words, "Salt Lines") for words in ("lineage", "timeline")}
    for command, text in told.items():
        assert all(len(line) <= 80 for line in text.splitlines()), command
        if command != "works list":
            assert "A file in" in text, command
            assert "A file says" in text, command  # nobody here reported it
            assert "You reported" not in text, command
            assert "trained" in text, command
    assert "…" not in "".join(line[30:46] for line in told["works list"].splitlines())  # a finding, whole
    assert "- Salt Lines, Nordic 3: In a dataset; on the same day, Harmonia says: removed" in told[
        "inclusions list"
    ].replace("\n  ", " ")
    assert "Contradicted. In" in told["inclusions list"]
    assert "Contradicted. In" in told["lineage"]
    assert "which recording" in told["inclusions list"]
    assert "Listed publicly" not in told["inclusions list"]


def test_a_name_without_an_end_does_not_fill_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    endless = [
        (kind, replace(row, name="Big " * 3_000) if kind is Kind.MODEL and row.id == BIG else row)
        for kind, row in ROWS
    ]
    with a_desk(tmp_path / "mara", rows=endless) as desk:
        assert len(said(desk, "lineage", "Salt Lines")) < 6_000
        assert len(said(desk, "timeline", "Salt Lines")) < 6_000
