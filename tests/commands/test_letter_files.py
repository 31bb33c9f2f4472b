"""Letters as files: what each holds, one mail to each addressee, and that nothing is written by halves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote

import pytest

from artist_console.commands.letter_files import (
    LONGEST_LINK,
    AttachmentGone,
    OutForm,
    export_letters,
    letter_paper,
    letter_text,
    mail_link,
    mail_link_fault,
)
from artist_console.commands.letter_templates import letter_words
from artist_console.commands.letters import keep_letters
from artist_console.domain.cases import Case
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.letter_kinds import Attach, Language, LetterKind
from artist_console.domain.letters import letter_of_message, message_id
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.formats.mail_out import NotAnAddress
from artist_console.host.many_files import FilesThere
from artist_console.store import private
from artist_console.ui.paper_lines import pdf
from tests.backend.world import MARA, MARA_ACCOUNT, SeedAccount
from tests.commands import desks
from tests.commands.desks import Desk, a_desk
from tests.commands.letter_world import GERMAN_LABEL, OPERATOR_DESK, ROWS, drafted, draw, put_addressees
from tests.pdf_text import pdf_text

SECOND = PartyId("zoe")
MORE = [
    (Kind.PARTY, Party(SECOND, 'Zoë "Z" / van Aerden', PartyKind.PERSON, is_artist=True)),
    (Kind.WORK, Work(WorkId("zw"), WorkKind.RECORDING, "Œil", (SECOND,))),
]
CSV = frozenset({Attach.WORKS_CSV})


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """One account that is both Mara and a second artist."""
    monkeypatch.setattr(desks, "ACCOUNTS", (SeedAccount(MARA_ACCOUNT, "Mara", (MARA, SECOND)),))
    with a_desk(tmp_path / "profile", rows=[*ROWS, *MORE]) as desk:
        put_addressees(desk)
        yield desk


def kept(desk: Desk, **more: object) -> tuple[Case, ...]:
    wish = {"artists": (MARA, SECOND), "addressees": (OPERATOR_DESK.id, GERMAN_LABEL.id), **more}
    return keep_letters(desk.console, drafted(desk, **wish).drafts).value  # type: ignore[arg-type]


def read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def words_of(path: Path) -> str:
    body = read(path).get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_each_letter_is_a_mail_draft_with_what_goes_along(desk: Desk, tmp_path: Path) -> None:
    cases = kept(desk, attach=CSV)
    paths = export_letters(desk.console, cases, tmp_path / "out", OutForm.EML, draw)
    assert names(paths) == [
        "Harmonia - Mara Quist - position - 2025-06-01.eml",
        "Harmonia - Zoë Z van Aerden - position - 2025-06-01.eml",
        "Küstenklang - Mara Quist - position - 2025-06-01.eml",
        "Küstenklang - Zoë Z van Aerden - position - 2025-06-01.eml",
    ]
    mail, letter = read(paths[1]), cases[1].letters[0]
    assert mail["Subject"] == letter.subject
    assert mail["To"].addresses[0].addr_spec == "rights@example.org"
    assert letter_of_message(mail["Message-ID"]) == letter.id
    assert words_of(paths[1]) == letter.text
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "Works - Zoë Z van Aerden.csv"
    assert file.get_payload(decode=True) == private.attached_bytes(
        desk.console.store, letter.attachments[0].sha256
    )


def test_one_mail_to_each_addressee_holds_the_letters_of_all_artists(desk: Desk, tmp_path: Path) -> None:
    cases = kept(desk, attach=CSV)
    paths = export_letters(desk.console, cases, tmp_path / "out", OutForm.EML, draw, per_addressee=True)
    assert names(paths) == ["Harmonia - 2025-06-01.eml", "Küstenklang - 2025-06-01.eml"]
    mail = read(paths[0])
    assert mail["Message-ID"] == message_id(cases[0].letters[0].id)
    assert [file.get_filename() for file in mail.iter_attachments()] == [
        "Mara Quist - position.pdf",
        "Works - Mara Quist.csv",
        "Zoë Z van Aerden - position.pdf",
        "Works - Zoë Z van Aerden.csv",
    ]
    first = next(iter(mail.iter_attachments()))
    assert cases[0].letters[0].text.split("\n")[2] in first.get_payload(decode=True).decode()
    assert 'Attached are letters from Mara Quist and Zoë "Z" / van Aerden' in words_of(paths[0])
    assert "beigefügt sind Briefe von" in words_of(paths[1])
    assert read(paths[1])["To"] is None


def test_one_letter_alone_is_a_mail_of_its_own_words(desk: Desk, tmp_path: Path) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,))
    (path,) = export_letters(desk.console, [case], tmp_path, OutForm.EML, draw, per_addressee=True)
    assert words_of(path) == case.letters[0].text


def test_paper_and_text_have_head_and_enclosures_and_the_files_beside_them(
    desk: Desk, tmp_path: Path
) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,), attach=CSV)
    letter = case.letters[0]
    for form in (OutForm.PDF, OutForm.TEXT):
        paths = export_letters(desk.console, [letter], tmp_path / form.value, form, draw)
        stem = "Harmonia - Mara Quist - position - 2025-06-01"
        assert names(paths) == [f"{stem}.{form.value}", f"{stem} - Works - Mara Quist.csv"]
        body = paths[0].read_text("utf-8")
        for words in (
            "Harmonia\n1 Quay\n111 22 Stockholm\nSweden",
            "1 June 2025",
            letter.subject,
            "Enclosures",
        ):
            assert words in body
    assert letter_text(letter).count(letter.text) == 1
    assert letter_paper(letter).lines[0].text == "Mara Quist"


@pytest.mark.usefixtures("qapp")
def test_the_paper_is_drawn_as_pdf(desk: Desk, tmp_path: Path) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,))
    (path,) = export_letters(
        desk.console, [case], tmp_path, OutForm.PDF, lambda paper: pdf(paper, "sans-serif")
    )
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("language", "page", "enclosed"),
    [
        (Language.EN, "Page 1 of", "Evidence"),
        (Language.DE, "Seite 1 von", "Nachweise"),
        (Language.FR, "Page 1 sur", "Éléments de preuve"),
        (Language.ES, "Página 1 de", "Pruebas"),
    ],
)
def test_paper_speaks_the_language_of_the_letter_to_its_foot(
    desk: Desk, tmp_path: Path, language: Language, page: str, enclosed: str
) -> None:
    words = letter_words()[language]
    assert words.evidence_file == enclosed
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,), language=language, attach=CSV)
    (path, _) = export_letters(
        desk.console, [case], tmp_path, OutForm.PDF, lambda paper: pdf(paper, "sans-serif")
    )
    text = pdf_text(path.read_bytes())
    assert page in text
    assert f"{words.works_file} - Mara Quist.csv" in text


def test_a_name_that_the_address_begins_with_is_told_once(desk: Desk) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,))
    letter = case.letters[0]
    known = replace(letter, to_postal=("HARMONIA AB", *letter.to_postal))
    assert letter_text(known).startswith("HARMONIA AB\n1 Quay\n")
    assert "Harmonia" not in [line.text for line in letter_paper(known).lines]
    other = replace(letter, to_postal=("Legal department", *letter.to_postal))
    assert letter_text(other).startswith("Harmonia\nLegal department\n")


def test_nothing_is_written_over_and_nothing_by_halves(desk: Desk, tmp_path: Path) -> None:
    cases = kept(desk)
    folder = tmp_path / "out"
    folder.mkdir()
    there = folder / "Küstenklang - Mara Quist - position - 2025-06-01.txt"
    there.write_text("mine")
    with pytest.raises(FilesThere, match="Küstenklang - Mara Quist"):
        export_letters(desk.console, cases, folder, OutForm.TEXT, draw)
    assert [path.name for path in folder.iterdir()] == [there.name]
    assert there.read_text() == "mine"
    assert len(export_letters(desk.console, cases, folder, OutForm.TEXT, draw, replace=True)) == 4
    assert there.read_text("utf-8") != "mine"


def test_two_letters_of_one_name_are_two_files(desk: Desk, tmp_path: Path) -> None:
    wish = {"artists": (MARA,), "addressees": (OPERATOR_DESK.id,)}
    cases = (*kept(desk, **wish), *kept(desk, **wish))
    paths = export_letters(desk.console, (*cases, cases[0]), tmp_path, OutForm.TEXT, draw)
    assert [path.stem[-3:] for path in paths] == ["-01", "(2)"]


def test_what_is_gone_and_what_is_no_address_stop_the_export(desk: Desk, tmp_path: Path) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,), attach=CSV)
    letter = replace(case.letters[0], to_email="a@example.org\r\nBcc: b@example.org")
    with pytest.raises(NotAnAddress):
        export_letters(desk.console, [letter], tmp_path / "out", OutForm.EML, draw)
    private.drop_attachment(desk.console.store, letter.attachments[0].sha256)
    with pytest.raises(AttachmentGone):
        export_letters(desk.console, [case], tmp_path / "out", OutForm.TEXT, draw)
    assert not (tmp_path / "out").exists()


def test_a_follow_up_is_told_to_mail_programs_as_one(desk: Desk, tmp_path: Path) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(OPERATOR_DESK.id,))
    values = {"first_letter_date": "2025-05-01", "first_letter_subject": "S"}
    draft = drafted(
        desk, LetterKind.FOLLOW_UP, artists=(), addressees=(), case=case.id, values=values
    ).drafts[0]
    (after,) = keep_letters(desk.console, [draft]).value
    (path,) = export_letters(desk.console, [after], tmp_path, OutForm.EML, draw)
    assert read(path)["In-Reply-To"].strip() == message_id(case.letters[0].id)


def test_a_letter_as_a_link_holds_its_words(desk: Desk) -> None:
    (case,) = kept(desk, artists=(MARA,), addressees=(GERMAN_LABEL.id,), language=Language.FR)
    link = mail_link(case.letters[0])
    assert link.startswith("mailto:?subject=")
    assert len(link) > LONGEST_LINK
    fault = mail_link_fault(case.letters[0])
    assert fault is not None
    assert "cut the end of it" in fault.text
    assert ".eml" in fault.text
    assert mail_link_fault(replace(case.letters[0], text="Short.")) is None
    with_files = replace(
        case.letters[0], text="Short.", attachments=(AttachedFile("0" * 64, "Works.csv", 1),)
    )
    files = mail_link_fault(with_files)
    assert files is not None
    assert files.text.startswith("Files do not go along this way.")
    assert case.letters[0].text.replace("\n", "\r\n") in unquote(link)
