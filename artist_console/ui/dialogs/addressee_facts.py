"""What is known of an addressee: every contact with what it is for, where it was read, and when."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout

from artist_console.domain.addressees import Addressee, Contact
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import contact_source_words, contact_words, language_words, purpose_words
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.layout import clear_layout, column
from artist_console.ui.widgets.sections import Note


def show_facts(desk: Desk, facts: QVBoxLayout, found: Addressee) -> None:
    """Fill a column with what is known of one addressee."""
    clear_layout(facts)
    facts.addWidget(label(found.name, weight="strong", wrap=True))
    quiet = []
    if found.also_called:
        names = ", ".join(isolate(each) for each in found.also_called)
        quiet.append(say("addressee", "Also called {names}", names=names))
    if found.language is not None:
        quiet.append(
            say("addressee", "Best written to in {language}", language=language_words(found.language))
        )
    if found.home:
        quiet.append(isolate(found.home))
    for words in quiet:
        facts.addWidget(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True, selectable=True))
    for contact in found.contacts:
        told = column(label(purpose_words(contact.purpose), TextRole.SMALL, Token.TEXT_3), gap=1)
        for way in _ways(contact):
            told.addWidget(label(contact_words(way), wrap=True, selectable=True))
        if contact.says:
            told.addWidget(label(contact.says, TextRole.SMALL, Token.TEXT_2, wrap=True))
        source = contact_source_words(contact, desk.figures)
        told.addWidget(label(source, TextRole.SMALL, Token.TEXT_3, wrap=True, selectable=True))
        facts.addLayout(told)
    if not found.contacts:
        nothing = say("addressee", "No contact is known. A letter can be written all the same.")
        facts.addWidget(Note(desk.theme, nothing, Tint.ASK, Icon.INFO))
    if found.note:
        facts.addWidget(label(found.note, TextRole.SMALL, Token.TEXT_2, wrap=True, selectable=True))


def _ways(contact: Contact) -> tuple[Contact, ...]:
    """One for each way in which it reaches them."""
    ways = (
        replace(contact, form="", postal=()),
        replace(contact, email="", postal=()),
        replace(contact, email="", form=""),
    )
    return tuple(each for each in ways if each.email or each.form or each.postal)
