"""Names and titles as somebody else delivered them: what steers the eye does not come into a letter."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from artist_console.commands.letter_files import OutForm, export_letters
from artist_console.commands.letters import keep_letters
from artist_console.domain.ids import WorkId
from artist_console.domain.letter_kinds import Attach, LetterKind
from artist_console.domain.parties import Party, PartyKind, Standing
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.ui.paper_alone import pdf_without_a_window
from tests.backend.world import MARA
from tests.commands.desks import Desk, a_desk
from tests.commands.letter_world import ROWS, drafted, holds, put_addressees
from tests.pdf_text import pdf_text

STEERING = "\u202e\u202d\u202b\u2067\u200f\u061c\x07\u2028"
TURNED = WorkId("turned")
# Without white space: what is read as a space stays one.
LINE = f"Salz{STEERING[:-2]}flut"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    rows = [
        *ROWS,
        (Kind.PARTY, Party(MARA, "Mara\u202e Qu\u2067ist", PartyKind.PERSON, is_artist=True)),
        (Kind.WORK, Work(TURNED, WorkKind.RECORDING, LINE, (MARA,), version="\u202emix\u2066")),
        holds(TURNED, Right.MASTER, Standing.CONTROLS),
    ]
    with a_desk(tmp_path / "mara", rows=rows) as desk:
        put_addressees(desk)
        yield desk


def clean(text: str) -> bool:
    return not set(STEERING) & set(text)


def test_steering_signs_reach_neither_text_nor_mail_nor_files(
    desk: Desk, tmp_path: Path, qapp: object
) -> None:
    found = drafted(desk, LetterKind.POSITION, attach=frozenset(Attach), works=(TURNED,))
    (draft,) = found.drafts
    letter = draft.letter
    assert "Salzflut (mix)" in letter.text
    assert "Mara Quist" in letter.text
    for told in (letter.text, letter.subject, letter.signed_by, letter.to_name, *letter.to_postal):
        assert clean(told)
    for file in draft.attachments:
        assert clean(file.name)
        if file.name.endswith(".csv"):
            assert clean(file.body.decode())
            assert "Salzflut" in file.body.decode()
    cases = keep_letters(desk.console, found.drafts).value
    for form in OutForm:
        written = export_letters(desk.console, cases, tmp_path / form.value, form, pdf_without_a_window)
        assert all(clean(path.name) for path in written)
        first = written[0].read_bytes()
        match form:
            case OutForm.PDF:
                assert "Mara Quist" in pdf_text(first).replace("\n", " ")
            case OutForm.TEXT:
                assert clean(first.decode())
            case OutForm.EML:
                mail = message_from_bytes(first, policy=policy.default)
                body = mail.get_body()
                assert body is not None
                assert clean(str(body.get_content()))
                assert clean(str(mail["To"]) + str(mail["Subject"]))
