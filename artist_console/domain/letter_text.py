"""Composes the text of a letter from its template and the facts. Pure: the same facts give the same text.

A value that is missing makes the letter impossible and is named; no text has a gap or a leftover brace. What
is put in is never read as a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from .addressees import AddresseeKind
from .identifiers import show_isrc, show_iswc
from .law import LawSentence, LawTopic
from .letter_kinds import Capacity, Language
from .letter_needs import NAMES, SEVERAL_LINES, one_line, several_lines
from .letter_standings import paragraphs
from .letter_templates import (
    Circumstances,
    Placeholder,
    SignedBy,
    Template,
    WorksKind,
    cautions_that_hold,
)
from .letter_words import LetterWords
from .letter_works import ListedWork
from .letters import Source
from .parties import Standing
from .phrases import Sentence, say
from .uses import Use
from .work_kinds import WorkKind

# Above this a list goes along as a file by itself, and is not told again in the letter.
MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is put into a letter. `texts` and `days` hold only what has a value."""

    language: Language
    capacity: Capacity
    standing: Standing
    addressee_name: str
    addressee_kind: AddresseeKind
    artist: str
    writer: str
    today: date
    countries: frozenset[str] = frozenset()  # the letter's country, and EU for a member of it
    texts: Mapping[Placeholder, str] = field(default_factory=dict)
    days: Mapping[Placeholder, date] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    works: tuple[ListedWork, ...] = ()
    listed_in: str = ""  # the attached file with the works; empty: none
    law: Mapping[LawTopic, tuple[LawSentence, ...]] = field(default_factory=dict)
    signs: str = ""  # the name as it signs, where it is another than the artist's or the writer's
    told_in: Language = Language.EN  # what the writer is told; the letter is in `language`


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter that can be written."""

    subject: str
    text: str
    signed_by: str
    warnings: tuple[str, ...]  # for the writer
    law: tuple[LawSentence, ...]  # the sentences that it cites

    def sources(self, template: Template) -> tuple[Source, ...]:
        """Of the template, then of each sentence about law."""
        cited = (Source(each.title, each.source, each.checked_on, each.country) for each in self.law)
        return tuple(dict.fromkeys((*template.sources, *cited)))


@dataclass(frozen=True, slots=True)
class Lacks:
    """A letter that cannot be written yet, and which values it lacks."""

    names: tuple[Placeholder, ...]

    @property
    def sentence(self) -> Sentence:
        said = list(dict.fromkeys(NAMES[name] for name in self.names))
        if not said[1:]:
            return say("It lacks {what}.", what="".join(said))
        return say("It lacks {what} and {last}.", what=", ".join(said[:-1]), last=said[-1])


def compose(template: Template, facts: LetterFacts, words: LetterWords) -> Composed | Lacks:
    """The letter in the language of `facts`, or what it lacks."""
    facts = _cleaned(facts)
    values = values_of(facts, words)
    when = Circumstances(
        facts.capacity,
        facts.standing,
        facts.addressee_kind,
        kind_of_works(facts.works),
        frozenset(values),
        facts.countries,
    )
    parts = [
        (each.part, each.part.text[facts.language], f"{each.heading}\n" if each.heading else "")
        for each in paragraphs(template, when, facts.works, words)
    ]
    asked = template.subject[facts.language].placeholders.union(*(text.placeholders for _, text, _ in parts))
    needed = (asked | set(template.needs)) - {Placeholder.LAW}
    missing = tuple(name for name in Placeholder if name in needed and name not in values)
    if missing:
        return Lacks(missing)
    told: list[str] = []
    cited: list[LawSentence] = []
    for part, text, heading in parts:
        if part.law is None:
            told.append(heading + text.filled(values))
            continue
        for sentence in facts.law.get(part.law, ()):
            told.append(text.filled({**values, Placeholder.LAW: sentence.text[facts.language]}))
            cited.append(sentence)
    in_person = template.signed_by is SignedBy.PERSON
    return Composed(
        subject=one_line(template.subject[facts.language].filled(values)),
        text="\n\n".join((_salutation(facts, words), *map(_tidy, told), _close(facts, words, in_person)))
        + "\n",
        signed_by=facts.signs or (facts.artist if in_person else facts.writer),
        warnings=tuple(
            caution.text[facts.told_in].filled(values) for caution in cautions_that_hold(template, when)
        ),
        law=tuple({each.key: each for each in cited}.values()),
    )


def _cleaned(facts: LetterFacts) -> LetterFacts:
    """Names and texts without signs that steer: an imported name must not turn the sentence around it."""
    return replace(
        facts,
        addressee_name=one_line(facts.addressee_name),
        artist=one_line(facts.artist),
        writer=one_line(facts.writer),
        signs=one_line(facts.signs),
        works=tuple(
            replace(work, title=one_line(work.title), version=one_line(work.version)) for work in facts.works
        ),
        texts={
            name: several_lines(text) if name in SEVERAL_LINES else one_line(text)
            for name, text in facts.texts.items()
        },
    )


def values_of(facts: LetterFacts, words: LetterWords) -> Mapping[Placeholder, str]:
    """Everything that has a value, as it stands in the letter."""
    values = {
        **facts.texts,
        **{name: words.on(day) for name, day in facts.days.items()},
        Placeholder.ADDRESSEE: facts.addressee_name,
        Placeholder.ARTIST: facts.artist,
        Placeholder.WRITER: facts.writer,
        Placeholder.DATE: words.on(facts.today),
    }
    deadline = facts.days.get(Placeholder.DEADLINE)
    if deadline is not None and deadline < facts.today:
        values[Placeholder.DEADLINE_OVER] = words.on(deadline)
    if facts.uses:
        values[Placeholder.USES] = "\n".join(words.dash + words.uses[use] for use in facts.uses)
    if facts.works:
        values[Placeholder.WORKS] = works_text(facts.works, words, facts.listed_in)
        values[Placeholder.WORK_COUNT] = str(len(facts.works))
    return {name: text for name, text in values.items() if text}


def works_text(works: tuple[ListedWork, ...], words: LetterWords, listed_in: str = "") -> str:
    """One line per work; of a long list that stands in an attached file, how many and where."""
    if listed_in and len(works) > MOST_LISTED:
        enclosed = {
            WorksKind.RECORDINGS: words.listed_recordings,
            WorksKind.SONGS: words.listed_songs,
            WorksKind.MIXED: words.listed_mixed,
        }[kind_of_works(works) or WorksKind.MIXED]
        return words.dash + enclosed.format(count=len(works), file=listed_in)
    mixed = kind_of_works(works) is WorksKind.MIXED
    return "\n".join(words.dash + _work_line(work, words, mixed) for work in works)


def _work_line(work: ListedWork, words: LetterWords, mixed: bool) -> str:
    title, version = one_line(work.title), one_line(work.version)
    said = [words.version.format(title=title, version=version) if version else title]
    if mixed:
        # A song and its recording often bear the same title.
        said.append(words.kinds[work.kind])
    if work.identifier:
        said.append(shown_identifier(work))
    return ", ".join(said)


def shown_identifier(work: ListedWork) -> str:
    """With the name of its kind; a code of another shape as it is."""
    if work.kind is WorkKind.RECORDING:
        return (
            f"ISRC {show_isrc(work.identifier) if len(work.identifier) == 12 else one_line(work.identifier)}"
        )
    return f"ISWC {show_iswc(work.identifier) if len(work.identifier) == 11 else one_line(work.identifier)}"


def kind_of_works(works: tuple[ListedWork, ...]) -> WorksKind | None:
    kinds = {work.kind for work in works}
    if len(kinds) == 1:
        return WorksKind.SONGS if WorkKind.COMPOSITION in kinds else WorksKind.RECORDINGS
    return WorksKind.MIXED if kinds else None


def _salutation(facts: LetterFacts, words: LetterWords) -> str:
    if facts.addressee_kind is AddresseeKind.PERSON:
        return words.salutation_person.format(addressee=facts.addressee_name)
    return words.salutation


def _close(facts: LetterFacts, words: LetterWords, in_person: bool) -> str:
    to_a_person = facts.addressee_kind is AddresseeKind.PERSON
    closing = words.closing_person if to_a_person else words.closing
    if in_person or facts.writer == facts.artist:
        # The name that signs, then the one that the letter has spoken of.
        signs = facts.signs or facts.artist
        names = dict.fromkeys((signs,) if facts.artist.startswith(f"{signs} (") else (signs, facts.artist))
        return "\n".join((f"{closing}\n", *names))
    return f"{closing}\n\n{facts.signs or facts.writer}\n{words.signed_for.format(artist=facts.artist)}"


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
