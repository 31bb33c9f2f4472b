"""Letters as files: PDF, mail drafts and text, and as a link that a mail program opens. Nothing is sent."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace as changed
from enum import Enum
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.letter_templates import letter_words
from artist_console.commands.names import party_name
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.commands.reminders import mailto
from artist_console.domain.cases import Case
from artist_console.domain.facts import FactBook
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import Letter, message_id
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import FileProblem
from artist_console.formats.letter_mark import with_mark
from artist_console.formats.mail_out import MailDraft, MailFile, mail_file
from artist_console.host.file_names import apart, file_name
from artist_console.host.many_files import write_together
from artist_console.store import cases, mirror, private

# Above this some mail programs and systems cut a link, and the end of the letter with it.
LONGEST_LINK = 1_800  # characters

_AS_DRAFT = "Save it as a mail draft (.eml) to be sure of the whole letter"
LONG_LINK = f"This letter is long: some mail programs cut the end of it. {_AS_DRAFT}."
LONG_LINK_AND_FILES = (
    "This letter is long: some mail programs cut the end of it, and files do not go along."
    f" {_AS_DRAFT} and its files."
)
LINK_WITHOUT_FILES = f"Files do not go along this way. {_AS_DRAFT} and its files."


class OutForm(Enum):
    """As what letters are written; the value is the ending of the file."""

    PDF = "pdf"
    EML = "eml"
    TEXT = "txt"


class AttachmentGone(FileProblem):
    title_template = "The attachment {name} of the letter to {addressee} is not here any more"
    advice_template = "Draft the letter anew with what goes along"


def export_letters(
    console: Console,
    chosen: Sequence[Case | Letter],
    folder: Path,
    form: OutForm,
    draw_pdf: Callable[[Paper], bytes],
    per_addressee: bool = False,
    replace: bool = False,
) -> tuple[Path, ...]:
    """Write letters and what goes along into a folder; of a case its latest letter. All or nothing.

    A mail draft holds its attachments; beside PDF and text they are files of their own. `per_addressee`: of
    mail drafts one to each addressee, with each letter as PDF. Raises FilesThere, AttachmentGone,
    FileProblem, NotAnAddress.
    """
    letters = list({letter.id: letter for letter in map(_letter_of, chosen)}.values())
    facts = mirror.facts(console.store, console.clock())
    taken: set[str] = set()
    files: dict[str, bytes] = {}
    if form is OutForm.EML and per_addressee:
        for together in _by_addressee(letters):
            name = file_name(together[0].to_name, _day(together[0]), ending=".eml")
            files[apart(name, taken)] = mail_file(_covering_mail(console, facts, together, draw_pdf))
        return write_together(folder, files, replace=replace)
    for letter in letters:
        artist = party_name(facts, letter.artist)
        parts = (letter.to_name, artist, letter.kind.value.replace("_", " "), _day(letter))
        name = apart(file_name(*parts, ending=f".{form.value}"), taken)
        match form:
            case OutForm.EML:
                files[name] = mail_file(_mail(console, letter))
                continue
            case OutForm.PDF:
                files[name] = _pdf(letter, draw_pdf)
            case OutForm.TEXT:
                files[name] = letter_text(letter).encode()
        for file in _attachments(console, letter):
            files[apart(f"{name.removesuffix(f'.{form.value}')} - {file.name}", taken)] = file.body
    return write_together(folder, files, replace=replace)


def mail_link(letter: Letter) -> str:
    """The letter as a link of RFC 6068, without what goes along. Raises NoAddress."""
    return mailto(letter.to_email, letter.subject, letter.text)


def mail_link_fault(letter: Letter) -> Sentence | None:
    """What may be lost where a mail program opens the link; None where nothing is. Raises NoAddress."""
    is_long = len(mail_link(letter)) > LONGEST_LINK
    if is_long and letter.attachments:
        return say(LONG_LINK_AND_FILES)
    if is_long:
        return say(LONG_LINK)
    return say(LINK_WITHOUT_FILES) if letter.attachments else None


def letter_text(letter: Letter) -> str:
    """The letter as plain text with its head: as one may paste it into a form."""
    enclosed = [file.name for file in letter.attachments]
    enclosures = (
        f"\n{letter_words()[letter.language].enclosures}: {', '.join(enclosed)}\n" if enclosed else ""
    )
    head = "\n".join(_to(letter))
    if letter.from_lines:
        head = "\n".join((letter.signed_by, *letter.from_lines, "", head))
    return f"{head}\n\n{_dated(letter)}\n\n{letter.subject}\n\n{letter.text}{enclosures}"


def letter_paper(letter: Letter) -> Paper:
    """The letter for paper: who writes, to whom, when, about what, its text and what goes along."""
    page = letter_words()[letter.language].page
    return Paper(letter.subject, letter.subject, tuple(_lines(letter)), page)


def _to(letter: Letter) -> tuple[str, ...]:
    """Name and postal lines; the name once, where the lines begin with it."""
    first = letter.to_postal[0] if letter.to_postal else ""
    is_named = first.casefold().startswith(letter.to_name.casefold())
    return letter.to_postal if is_named else (letter.to_name, *letter.to_postal)


def _lines(letter: Letter) -> Iterator[PaperLine]:
    words = letter_words()[letter.language]
    yield PaperLine(PaperStyle.SMALL, letter.signed_by)
    if letter.from_lines:
        # On one line: a letter of one page is to stay one, with its signature on it.
        yield PaperLine(PaperStyle.SMALL, " · ".join(letter.from_lines))
    yield PaperLine(PaperStyle.TEXT, "")
    for line in _to(letter):
        yield PaperLine(PaperStyle.TEXT, line)
    if not letter.to_postal and letter.to_email:
        yield PaperLine(PaperStyle.TEXT, letter.to_email)
    yield PaperLine(PaperStyle.TEXT, "")
    yield PaperLine(PaperStyle.TEXT, _dated(letter))
    yield PaperLine(PaperStyle.TEXT, "")
    yield PaperLine(PaperStyle.STRONG, letter.subject)
    yield PaperLine(PaperStyle.TEXT, "")
    for line in letter.text.rstrip("\n").split("\n"):
        style = PaperStyle.POINT if line.startswith(words.dash) else PaperStyle.TEXT
        style = style if line else PaperStyle.SMALL
        yield PaperLine(style, line)
        if line in (words.closing, words.closing_person):
            # Room for a hand: on paper a letter is signed above the name.
            yield from (PaperLine(PaperStyle.TEXT, ""),) * 2
    if letter.attachments:
        yield PaperLine(PaperStyle.TEXT, "")
        yield PaperLine(PaperStyle.SMALL, words.enclosures)
        for file in letter.attachments:
            yield PaperLine(PaperStyle.SMALL, f"{words.dash}{file.name}")


def _dated(letter: Letter) -> str:
    return letter_words()[letter.language].on(letter.written_at.date())


def _day(letter: Letter) -> str:
    return letter.written_at.date().isoformat()


def _letter_of(chosen: Case | Letter) -> Letter:
    return chosen if isinstance(chosen, Letter) else chosen.letters[-1]


def _attachments(console: Console, letter: Letter) -> tuple[MailFile, ...]:
    found: list[MailFile] = []
    for file in letter.attachments:
        body = private.attached_bytes(console.store, file.sha256)
        if body is None:
            raise AttachmentGone(name=file.name, addressee=letter.to_name)
        found.append(MailFile(file.name, media_type(file.name), body))
    return tuple(found)


# What letters carry, whatever the computer's own table says of endings.
_MEDIA_TYPES = {
    "csv": "text/csv",
    "pdf": "application/pdf",
    "jws": "application/jose",
    "json": "application/json",
}


def media_type(name: str) -> str:
    """By the ending of a file's name."""
    ending = name.rpartition(".")[2].casefold()
    return _MEDIA_TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _pdf(letter: Letter, draw_pdf: Callable[[Paper], bytes]) -> bytes:
    """The letter as PDF, marked with its id: dropped in later, the mail that carried it is its proof."""
    return with_mark(draw_pdf(letter_paper(letter)), letter.id)


def _mail(console: Console, letter: Letter) -> MailDraft:
    return MailDraft(
        message_id(letter.id),
        letter.to_name,
        letter.to_email,
        letter.subject,
        letter.text,
        letter.written_at,
        _attachments(console, letter),
        _followed(console, letter),
        reply_to=(letter.signed_by, letter.from_email),
    )


def _followed(console: Console, letter: Letter) -> tuple[str, ...]:
    """The Message-IDs of the letters before a follow-up, so that a mail program shows them together."""
    if letter.kind is not LetterKind.FOLLOW_UP:
        return ()
    for case in cases.all(console.store):
        ids = [each.id for each in case.letters]
        if letter.id in ids:
            return tuple(message_id(id) for id in ids[: ids.index(letter.id)])
    return ()


def _answered_at(letters: Sequence[Letter]) -> tuple[str, str]:
    """Name and address to which one mail with several letters is answered; none where they differ."""
    found = {(letter.signed_by, letter.from_email) for letter in letters}
    return found.pop() if len(found) == 1 else ("", "")


def _by_addressee(letters: Sequence[Letter]) -> list[list[Letter]]:
    groups: dict[tuple[str, str], list[Letter]] = {}
    for letter in letters:
        groups.setdefault((letter.addressee, letter.to_email), []).append(letter)
    return list(groups.values())


def _covering_mail(
    console: Console, facts: FactBook, letters: Sequence[Letter], draw_pdf: Callable[[Paper], bytes]
) -> MailDraft:
    """One mail with the letters of several artists as files; of one letter the mail with its own text."""
    first = letters[0]
    if len(letters) == 1:
        return _mail(console, first)
    words = letter_words()[first.language]
    names = words.listed_names(list(dict.fromkeys(party_name(facts, each.artist) for each in letters)))
    taken: set[str] = set()
    files: list[MailFile] = []
    for letter in letters:
        name = file_name(party_name(facts, letter.artist), letter.kind.value.replace("_", " "), ending=".pdf")
        files.append(MailFile(apart(name, taken), "application/pdf", _pdf(letter, draw_pdf)))
        for file in _attachments(console, letter):
            files.append(changed(file, name=apart(file.name, taken)))
    signed = ", ".join(dict.fromkeys(letter.signed_by for letter in letters))
    covering = words.covering.format(addressee=first.to_name, names=names)
    return MailDraft(
        message_id(first.id),
        first.to_name,
        first.to_email,
        words.covering_subject.format(count=len(letters), names=names),
        f"{covering}\n\n{words.closing}\n\n{signed}\n",
        first.written_at,
        tuple(files),
        letters=tuple(letter.id for letter in letters),
        reply_to=_answered_at(letters),
    )
