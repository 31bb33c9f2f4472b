"""New terms of a programme: what changes, which answers they concern, and the three answers to them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from artist_console.commands.asking import works_under
from artist_console.commands.console import Console
from artist_console.commands.names import cell_words, operator_name, party_name, programme_name, use_words
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, TermsId, WorkId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.programmes import Rate, TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Register, Stance, UseScope
from artist_console.domain.uses import Use, is_sensitive
from artist_console.domain.waiting import concerned_by, standing_yeses
from artist_console.store import mirror

# The number of a clause ("4. Outputs stay …") is no sentence of its own.
_SENTENCE_END = re.compile(r"(?<=[^\d\s][.!?])\s+|\n+")

_CLAUSE_NUMBER = re.compile(r"^\d+(?:\.\d+)*[.)]?\s+")


@dataclass(frozen=True, slots=True)
class TextPart:
    """One sentence of a text, and whether the other text has it, too."""

    words: str
    changed: bool


@dataclass(frozen=True, slots=True)
class NewTermsView:
    """Both texts with what differs, and the artist's answers that rest on the old one."""

    artist: ArtistId
    artist_name: str
    programme: str
    operator: str
    old: TermsVersion | None  # that the answers agreed to
    new: TermsVersion
    in_effect: bool
    fits_its_hash: bool  # the new text kept here is the one that a yes would bind to
    old_parts: tuple[TextPart, ...]
    new_parts: tuple[TextPart, ...]
    concerned: tuple[str, ...]  # one line per answer that the new terms concern
    allows: tuple[Wish, ...]  # the same answers again, for the new terms; voice and likeness left out
    one_by_one: tuple[Wish, ...]  # voice and likeness: answered each by itself
    refusal: Wish  # one no for the whole programme
    clears: tuple[Wish, ...]  # leave undecided: the old answers are taken back


def new_terms(console: Console, artist: ArtistId, terms: TermsId) -> NewTermsView:
    """What a version of terms means for an artist. Raises UnknownThing where it is not known here."""
    facts = mirror.facts(console.store, console.clock())
    new = facts.terms.get(terms)
    if new is None:
        raise UnknownThing("These terms are not known here", "Sync, then look again")
    concerned = concerned_by(artist, new, facts, console.today)
    old = _agreed_before(facts, concerned, new)
    old_parts, new_parts = compare_texts(old.text if old else "", new.text)
    allows = [_again(decision, new) for decision in concerned]
    return NewTermsView(
        artist=artist,
        artist_name=party_name(facts, artist),
        programme=programme_name(facts, new.programme),
        operator=operator_name(facts, new.programme),
        old=old,
        new=new,
        in_effect=new.effective_from <= console.today,
        fits_its_hash=fits_its_hash(new),
        old_parts=old_parts,
        new_parts=new_parts,
        concerned=tuple(cell_words(facts, d.register) for d in concerned),
        allows=tuple(wish for wish in allows if not is_sensitive(Use(wish.use.name))),
        one_by_one=tuple(wish for wish in allows if is_sensitive(Use(wish.use.name))),
        refusal=Wish(artist, ALL_MY_WORKS, new.programme, ANY_USE, Stance.REFUSE),
        clears=tuple(
            Wish(artist, d.register.subject, d.register.programme, d.register.use, Stance.CLEAR)
            for d in concerned
        ),
    )


def terms_to_answer(console: Console, place: Register) -> tuple[TermsId, ...]:
    """The terms that are in effect and ask again about a yes at a place or under it."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    works = {work.id for work in works_under(facts, place.artist, place.subject, now)}
    found: dict[TermsId, None] = {}
    for yes in standing_yeses(place.artist, facts):
        register = yes.register
        here = register.subject == place.subject or WorkId(register.subject.id) in works
        if not here or place.programme not in (None, register.programme):
            continue
        if not place.use.uses >= register.use.uses:
            continue
        present = facts.terms_at(register.programme, now)
        until = yes.conditions.until
        runs = until is None or until >= console.today
        if present is not None and present.id != yes.terms and runs:
            found[present.id] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TermsView:
    """One version of terms as it is kept here, to read."""

    terms: TermsVersion
    programme: str
    operator: str
    in_effect: bool  # today
    present: TermsVersion | None  # what is in effect today
    fits_its_hash: bool  # the text kept here is the one that answers bind to
    rates: tuple[tuple[str, Rate], ...]  # use in words, what is offered for it


def read_terms(console: Console, terms: TermsId) -> TermsView:
    """A version of terms with its text. Raises UnknownThing where it is not known here."""
    facts = mirror.facts(console.store, console.clock())
    found = facts.terms.get(terms)
    if found is None:
        raise UnknownThing("These terms are not known here", "Sync, then look again")
    present = facts.terms_at(found.programme, console.clock())
    return TermsView(
        terms=found,
        programme=programme_name(facts, found.programme),
        operator=operator_name(facts, found.programme),
        in_effect=present is not None and present.id == found.id,
        present=present,
        fits_its_hash=fits_its_hash(found),
        rates=tuple((use_words(UseScope.of(rate.use)), rate) for rate in found.rates),
    )


def fits_its_hash(terms: TermsVersion) -> bool:
    """Whether the text is the one whose hash a yes names: the SHA-256 of its bytes in UTF-8."""
    return hashlib.sha256(terms.text.encode()).hexdigest() == terms.text_sha256


def _agreed_before(facts: FactBook, concerned: Sequence[Decision], new: TermsVersion) -> TermsVersion | None:
    """The latest earlier version, of those that were agreed to where there are any."""
    agreed = {decision.terms for decision in concerned}
    earlier = [v for v in facts.versions.get(new.programme, ()) if v.number < new.number]
    among = [version for version in earlier if version.id in agreed] or earlier
    return max(among, key=lambda version: version.number, default=None)


def _again(decision: Decision, new: TermsVersion) -> Wish:
    register = decision.register
    return Wish(
        register.artist,
        register.subject,
        register.programme,
        register.use,
        Stance.ALLOW,
        decision.conditions,
        new.id,
    )


def unmarked(text: str) -> tuple[TextPart, ...]:
    """A text with nothing marked."""
    return tuple(TextPart(words, changed=False) for words in sentences_of(text))


def sentences_of(text: str) -> tuple[str, ...]:
    """A text in sentences; lines are kept apart."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if part.strip())


def _unnumbered(words: str) -> str:
    """A clause that only moved has another number and says the same."""
    return _CLAUSE_NUMBER.sub("", words)


def compare_texts(old: str, new: str) -> tuple[tuple[TextPart, ...], tuple[TextPart, ...]]:
    """Both texts sentence by sentence, those marked that the other one has not in that place."""
    before, after = sentences_of(old), sentences_of(new)
    same = SequenceMatcher(
        a=[_unnumbered(words) for words in before],
        b=[_unnumbered(words) for words in after],
        autojunk=False,
    ).get_matching_blocks()
    kept_before = {block.a + i for block in same for i in range(block.size)}
    kept_after = {block.b + i for block in same for i in range(block.size)}
    return (
        tuple(TextPart(words, i not in kept_before) for i, words in enumerate(before)),
        tuple(TextPart(words, i not in kept_after) for i, words in enumerate(after)),
    )
