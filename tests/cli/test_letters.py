"""Letters by the command line: kinds, drafts, what is kept, and what is written."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.hands import Hands
from artist_console.cli.letter_drafting import NotAValue
from artist_console.cli.letter_sender import NothingToSet, OnlyShown
from artist_console.cli.letters import IdsAndMore, NothingChosen
from artist_console.cli.lookups import SeveralFit
from artist_console.cli.output import TROUBLE
from artist_console.cli.run import run
from artist_console.commands.letter_sender import BadSender
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.problems import UnknownThing
from artist_console.host.many_files import FilesThere
from artist_console.store import cases
from tests.backend.world import HARBOUR
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk, a_desk
from tests.commands.letter_world import ROWS, draw, put_addressees


class _Hands(Hands):
    """The command line over a profile that is open already."""

    def __init__(self, desk: Desk) -> None:
        given: dict[str, Any] = dict.fromkeys(Hands.__dataclass_fields__)
        opened = {"open_profile": lambda data, may_be_new: nullcontext(desk.profile), "set_paper": draw}
        super().__init__(**{**given, **opened})


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        put_addressees(desk)
        yield desk


def said(desk: Desk, *words: str, code: int = 0) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run(parse(list(words)), _Hands(desk)) == code
    return out.getvalue()


def asked(desk: Desk, *words: str, code: int = 0) -> Any:
    return json.loads(said(desk, *words, "--json", code=code))


DRAFT = ("letter", "draft", "position", "--to", "to-harmonia")


def test_the_json_of_the_page_has_the_fields_of_the_answers(there: Desk, tmp_path: Path) -> None:
    drafted = asked(there, *DRAFT, "--to", "to-label", "--attach", "works-csv", "--keep")
    letter = {
        key: drafted["drafts"][0][key]
        for key in documented("letter list")["letters"][0]
        if key in drafted["drafts"][0]
    }
    page = documented("letter draft")
    assert set(page) == set(drafted)
    assert set(drafted["drafts"][0]) == {*letter, *page["drafts"][0]}
    refused = asked(there, "letter", "draft", "reservation", "--to", "to-label", code=TROUBLE)
    assert set(refused["not_possible"][0]) == set(page["not_possible"][0])
    assert_same_fields(documented("letter list"), asked(there, "letter", "list"), "letter list")
    assert_same_fields(documented("letter kinds"), asked(there, "letter", "kinds"), "letter kinds")
    out = ("--out", str(tmp_path / "out"))
    exported = asked(there, "letter", "export", drafted["drafts"][0]["id"], *out)
    assert_same_fields(documented("letter export"), exported, "letter export")
    shown = asked(there, "letter", "show", drafted["drafts"][0]["id"])
    assert set(shown) == {*documented("letter list")["letters"][0], "mail_link", "mail_link_note"}


def test_kinds_say_what_each_needs(there: Desk) -> None:
    told = said(there, "letter", "kinds")
    assert "objection-to-default: Objection to a default opt-in" in told
    assert "deadline" in told
    assert "the artist in person" in told
    assert len(asked(there, "letter", "kinds", "--artist", "Mara")["kinds"]) == len(LetterKind)


def test_a_draft_is_shown_with_what_stands_beside_it_and_not_kept(there: Desk) -> None:
    told = said(there, *DRAFT)
    assert "Dear Sir or Madam," in told
    assert "A draft, not legal advice." in told
    assert re.search(r"version \d+, checked on 29 November 2026", told)
    assert "Left out: “Demo”. It is unreleased, and not named." in told
    assert "1 letter is drafted and not kept" in told
    assert told.rstrip().endswith("Nothing was sent.")
    assert cases.all(there.console.store) == ()
    assert "No letter is kept here yet" in said(there, "letter", "list")


def test_kept_letters_are_listed_shown_and_written(there: Desk, tmp_path: Path) -> None:
    told = said(there, *DRAFT, "--to", "Küstenklang", "--attach", "works-csv", "--language", "es", "--keep")
    assert "2 letters are kept, in 2 cases." in told
    listed = asked(there, "letter", "list", "--kind", "position")["letters"]
    assert {(row["to_name"], row["state"], row["language"]) for row in listed} == {
        ("Harmonia", "drafted", "es"),
        ("Küstenklang", "drafted", "es"),
    }
    assert "Harmonia" in said(there, "letter", "list")
    last = listed[0]["id"][-8:]
    assert "A quien corresponda:" in said(there, "letter", "show", last)
    files = asked(
        there,
        "letter",
        "export",
        *(row["id"] for row in listed),
        "--form",
        "eml",
        "--out",
        str(tmp_path / "o"),
    )
    mails = [message_from_bytes(Path(name).read_bytes(), policy=policy.default) for name in files["files"]]
    assert {mail["X-Unsent"] for mail in mails} == {"1"}
    with pytest.raises(FilesThere):
        said(there, "letter", "export", last, "--form", "eml", "--out", str(tmp_path / "o"))
    again = said(there, "letter", "export", last, "--form", "eml", "--out", str(tmp_path / "o"), "--replace")
    assert "Nothing was sent." in again


def test_many_letters_are_written_in_one_line_by_what_they_have_in_common(
    there: Desk, tmp_path: Path
) -> None:
    said(there, *DRAFT, "--to", "Küstenklang", "--keep")
    said(there, "letter", "draft", "ask-licences", "--to", "Küstenklang", "--keep")
    rows = asked(there, "letter", "list")["letters"]
    (to_harmonia,) = [row for row in rows if row["to_name"] == "Harmonia"]
    said(there, "case", "sent", to_harmonia["case"], "--on", "2025-06-01", "--how", "post")

    def written(*words: str) -> int:
        out = tmp_path / "-".join(words).replace("/", "")
        return len(asked(there, "letter", "export", *words, "--form", "text", "--out", str(out))["files"])

    assert written("--kind", "position") == 2
    assert written("--unsent") == 2
    assert written("--addressee", "Küstenklang", "--kind", "ask-licences") == 1
    assert written("--case", to_harmonia["case"][-8:]) == 1
    assert written("--artist", "Mara") == 3
    with pytest.raises(UnknownThing):
        written("--case", to_harmonia["case"], "--unsent")
    with pytest.raises(NothingChosen):
        written()
    with pytest.raises(IdsAndMore):
        written(to_harmonia["id"], "--unsent")


def test_the_senders_details_are_set_once_and_stand_in_every_letter(there: Desk) -> None:
    assert "No sender’s details are kept here" in said(there, "letter", "sender", "show")
    assert asked(there, "letter", "sender", "show")["of"] is None
    given = ("--line", "1 Quay", "--line", "111 22 Stockholm", "--country", "se", "--email", "m@example.org")
    with pytest.raises(BadSender, match="An address needs its country"):
        said(there, "letter", "sender", "set", *given[:4])
    told = asked(there, "letter", "sender", "set", *given)
    assert_same_fields(documented("letter sender show|set"), told, "letter sender")
    assert (told["postal"], told["country"], told["of"]) == (["1 Quay", "111 22 Stockholm"], "SE", "all")
    said(there, "letter", "sender", "set", "--name", "Mara Quistgaard")
    assert "1 Quay, 111 22 Stockholm, SE" in said(there, "letter", "sender", "show")
    (draft,) = asked(there, *DRAFT)["drafts"]
    assert draft["from_lines"] == ["1 Quay", "111 22 Stockholm", "Sweden", "m@example.org"]
    assert draft["signed_by"] == "Mara Quistgaard"
    assert said(there, *DRAFT).startswith("Mara Quistgaard\n1 Quay\n")
    with pytest.raises(OnlyShown):
        said(there, "letter", "sender", "show", "--name", "X")
    with pytest.raises(NothingToSet):
        said(there, "letter", "sender", "set")


def test_a_follow_up_adds_to_its_case(there: Desk) -> None:
    (case,) = asked(there, *DRAFT, "--keep")["cases"]
    values = ("--value", "first-letter-date=2025-05-02", "--value", "first_letter_subject=S {x}")
    again = asked(there, "letter", "draft", "follow-up", "--case", case[-8:], *values, "--keep")
    assert again["cases"] == [case]
    assert "2 May 2025" in again["drafts"][0]["text"]
    assert "S {x}" in again["drafts"][0]["text"]


def test_works_values_and_whom_are_named_in_a_persons_words(there: Desk) -> None:
    drafted = asked(there, *DRAFT, "--work", "Harbour Lights", "--programme", "Harmonia 2", "--as", "artist")
    (draft,) = drafted["drafts"]
    assert draft["works"] == [HARBOUR]
    with pytest.raises(NotAValue):
        said(there, *DRAFT, "--value", "deadline")
    with pytest.raises(UnknownThing, match="No addressee “Nobody”"):
        said(there, "letter", "draft", "position", "--to", "Nobody")
    with pytest.raises(SeveralFit):
        said(there, "letter", "draft", "position", "--to", "a")
    with pytest.raises(UnknownThing):
        said(there, "letter", "show", "none-such")


def test_what_is_not_possible_is_said_and_is_no_success(there: Desk) -> None:
    told = said(there, "letter", "draft", "objection-to-default", "--to", "to-harmonia", code=TROUBLE)
    assert "Mara Quist to Harmonia: It lacks the last day to answer or object." in told
    assert "No letter could be drafted." in told
