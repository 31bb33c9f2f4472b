"""The values that go into a letter: what the person gives, and what the records say, in its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from artist_console.commands.letter_about import AboutFacts
from artist_console.domain.addressees import Contact
from artist_console.domain.letter_needs import one_line, read_value
from artist_console.domain.letter_sender import Sender
from artist_console.domain.letter_templates import Placeholder
from artist_console.domain.letter_words import LetterWords
from artist_console.domain.problems import InputProblem
from artist_console.domain.territories import Territories, read_territories
from artist_console.domain.uses import Use


class BadValue(InputProblem):
    """A value that cannot stand in a letter."""

    title_template = "The letter cannot be drafted: {words}"
    advice_template = "Change the value and draft it again"


@dataclass(frozen=True, slots=True)
class Given:
    """The person's own values, read."""

    texts: Mapping[Placeholder, str]
    days: Mapping[Placeholder, date]
    uses: tuple[Use, ...]
    places: Territories | None = None  # where codes of countries were given


def recorded_texts(about: AboutFacts, words: LetterWords) -> dict[Placeholder, str]:
    """What it is about, in the language of the letter."""
    texts = dict(about.texts)
    if about.answered:
        texts[Placeholder.ANSWERED_ON] = words.listed_names([words.on(day) for day in about.answered])
    if about.statement is not None:
        period = words.between(about.statement.period_from, about.statement.period_until)
        texts[Placeholder.STATEMENT_PERIOD] = period
        texts[Placeholder.STATEMENT] = words.statement.format(issuer=about.statement.issuer, period=period)
    if about.evidence:
        texts[Placeholder.EVIDENCE] = "\n".join(
            words.dash
            + ", ".join(said for said in (e.where, e.stated_by, words.on(e.as_of), e.source) if said)
            for e in about.evidence
        )
    return texts


def sender_lines(sender: Sender | None, words: LetterWords) -> tuple[str, ...]:
    """What stands below the sender's name: address with its country, e-mail, telephone."""
    if sender is None:
        return ()
    country = (words.postal_country(sender.country),) if sender.country and sender.postal else ()
    return tuple(line for line in (*sender.postal, *country, sender.email, sender.phone) if line)


def answer_to(sender: Sender | None, words: LetterWords) -> str:
    """Where the answer is to go unless the person says otherwise: e-mail, else address on one line."""
    if sender is None or not sender.can_be_answered:
        return ""
    return sender.email or ", ".join(sender_lines(replace(sender, phone=""), words))


def postal_lines(contact: Contact | None, words: LetterWords) -> tuple[str, ...]:
    if contact is None or not contact.postal:
        return ()
    lines = tuple(map(one_line, contact.postal))
    return (*lines, words.postal_country(contact.country)) if contact.country else lines


def read_given(values: Mapping[str, str]) -> Given:
    """The person's values; uses may be given by their keys, places by codes. Raises BadValue."""
    texts: dict[Placeholder, str] = {}
    days: dict[Placeholder, date] = {}
    uses: tuple[Use, ...] = ()
    places: Territories | None = None
    for name, text in values.items():
        if not text.strip():
            continue
        read = read_value(name, text)
        if isinstance(read, str):
            raise BadValue(words=read)
        placeholder, value = read
        keys = {use.value: use for use in Use}
        named = text.replace(",", " ").split()
        if placeholder is Placeholder.USES and all(each in keys for each in named):
            uses = tuple(keys[each] for each in dict.fromkeys(named))
        elif placeholder is Placeholder.TERRITORIES and isinstance(
            found := read_territories(text), Territories
        ):
            places = found
        elif isinstance(value, date):
            days[placeholder] = value
        else:
            texts[placeholder] = value
    return Given(texts, days, uses, places)
