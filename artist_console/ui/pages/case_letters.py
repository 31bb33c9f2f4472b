"""The exact copy of a letter: to whom, its words, its hash, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.domain.contracts import AttachedFile
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import Letter, Source
from artist_console.ui.desk import Desk
from artist_console.ui.direction import left_to_right
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import capacity_words, language_words
from artist_console.ui.text import elided, from_outside, isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, Note

# The artist signs these, whoever drafts them.
IN_PERSON = frozenset({LetterKind.DATA_ACCESS, LetterKind.DATA_OBJECTION, LetterKind.LETTER_OF_DIRECTION})


def not_legal_advice() -> str:
    return say("letters", "A draft, not legal advice.")


def add_letter(
    desk: Desk,
    section: QVBoxLayout,
    letter: Letter,
    *,
    is_open: bool,
    open_mail: Callable[[], None],
    save: Callable[[AttachedFile], None],
) -> None:
    """Address and subject; the text unfolds; below it what can be checked of it."""
    theme = desk.theme
    section.addWidget(from_outside(left_to_right(letter.subject), weight="medium"))
    section.addWidget(from_outside(address_words(letter), tone=Token.TEXT_2))
    if letter.edited:
        section.addWidget(Note(theme, say("letters", "You changed its words."), Tint.NEUTRAL, Icon.PEN))
    paper = Card(theme, padding=14)
    paper.add(from_outside(left_to_right(letter.text.strip())))
    paper.setAccessibleName(say("letters", "The text of the letter"))
    fold = Disclosure(theme, say("letters", "Its exact text"), paper)
    fold.set_open(is_open)
    section.addWidget(fold)
    section.addLayout(hash_line(desk, letter.sha256))
    mail = LinkButton(theme, say("letters", "Open in your mail program"))
    mail.clicked.connect(open_mail)
    section.addLayout(row(mail, None))
    for file in letter.attachments:
        link = LinkButton(theme, say("letters", "Save {file}…", file=file.name))
        link.clicked.connect(partial(save, file))
        section.addLayout(row(link, None))
    facts = column(gap=4, margins=(8, 0, 0, 0))
    for words in about_letter(desk, letter):
        facts.addWidget(from_outside(words, TextRole.SMALL, Token.TEXT_2))
    box = QWidget()
    box.setLayout(facts)
    section.addWidget(Disclosure(theme, say("letters", "What it rests on"), box))
    section.addWidget(label(not_legal_advice(), TextRole.SMALL, Token.TEXT_3, wrap=True))


def address_words(letter: Letter) -> str:
    """Name, mail address and postal lines, one below the other."""
    return "\n".join(part for part in (letter.to_name, letter.to_email, *letter.to_postal) if part)


def hash_line(desk: Desk, sha256: str) -> QVBoxLayout:
    """The hash in one line that gives way in its middle; one press copies it."""
    shown = elided(sha256, TextRole.SMALL, Token.TEXT_2, middle=True)
    shown.setAccessibleName(say("letters", "SHA-256 of the letter: {hash}", hash=sha256))
    copy = IconButton(desk.theme, Icon.COPY, say("letters", "Copy the hash"))
    copy.setFixedSize(24, 24)
    copy.clicked.connect(partial(_copy, desk, sha256))
    line = row(label("SHA-256", TextRole.SMALL, Token.TEXT_3), shown, copy, gap=8)
    line.setStretch(1, 1)
    return column(line)


def _copy(desk: Desk, sha256: str) -> None:
    QGuiApplication.clipboard().setText(sha256)
    desk.say(say("letters", "The hash was copied."))


def about_letter(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """Version, language, country, capacity and sources, each with the day it was checked."""
    day = desk.figures.day(letter.checked_on)
    lines = [
        say(
            "letters",
            "Template version {version}, checked on {day}.",
            version=isolate(letter.template_version),
            day=day,
        ),
        _how_written(letter),
        say("letters", "Law of: {country}.", country=isolate(letter.country))
        if letter.country
        else say("letters", "No law is cited."),
    ]
    return (*lines, *(source_words(desk, source) for source in letter.sources))


def _how_written(letter: Letter) -> str:
    """A letter that is signed in person speaks as the artist, also where a manager drafts it."""
    language = language_words(letter.language)
    if letter.kind in IN_PERSON:
        return say(
            "letters",
            "Written in {language}, for {name} to sign in person.",
            language=language,
            name=isolate(letter.signed_by),
        )
    capacity = capacity_words(letter.capacity)
    return say("letters", "Written in {language}, {capacity}.", language=language, capacity=capacity)


def source_words(desk: Desk, source: Source) -> str:
    checked = (
        say("letters", "read on {day}", day=desk.figures.day(source.checked_on))
        if source.checked_on is not None
        else say("letters", "not looked up")
    )
    return say(
        "letters",
        "{title}: {address}, {checked}.",
        title=isolate(source.title),
        address=isolate(source.address),
        checked=checked,
    )
