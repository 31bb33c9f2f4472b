"""Letters: which kinds can be written, drafts for artists and addressees, and keeping them as cases.

The application drafts; the person sends. Drafting reads and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from artist_console.commands.addressees import show_addressee
from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console
from artist_console.commands.letter_about import case_of
from artist_console.commands.letter_attachments import Draw
from artist_console.commands.letter_drafts import (
    NOT_ADVICE,
    Draft,
    Drafted,
    DraftFile,
    Group,
    KindOffer,
    LeftOut,
    LetterWish,
    NoDraft,
)
from artist_console.commands.letter_keeping import keep_letters
from artist_console.commands.letter_making import Drafting
from artist_console.commands.letter_signers import NO_MEMBER, members_of
from artist_console.commands.letter_templates import template_of
from artist_console.commands.letter_works import HeldWork, held_works
from artist_console.commands.letter_writers import OF_SEVERAL, NotLet, writer_for
from artist_console.commands.names import party_name
from artist_console.domain.addressees import Addressee
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.domain.letter_needs import one_line, several_lines
from artist_console.domain.letter_templates import SignedBy, Template
from artist_console.domain.parties import PartyKind, Standing
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import InputProblem, Problem, UnknownThing
from artist_console.store import mirror

__all__ = [
    "NOT_ADVICE",
    "Draft",
    "DraftFile",
    "Drafted",
    "Group",
    "KindOffer",
    "LeftOut",
    "LetterWish",
    "NoDraft",
    "draft_letters",
    "keep_letters",
    "kinds",
    "may_not_write",
    "with_text",
]

LONGEST_SUBJECT, LONGEST_TEXT = 300, 200_000  # characters
NO_CONTROL = "{artist} controls no work that is known here. A performer’s notice asks the owner to reserve."
ALL_CONTROLLED = "{artist} controls every work that is known here: an own reservation does more."
# Of several artists with one reason.
NONE_CONTROLS = (
    "{count} artists control no work that is known here: {names}. A performer’s notice asks the owner to"
    " reserve."
)
ALL_CONTROL = "{count} artists control every work that is known here: {names}. An own reservation does more."
NO_MEMBERS = (
    "{count} groups have no member that is known here: {names}. A person signs this letter: add the members"
    " first."
)
_OF_SEVERAL = {NO_CONTROL: NONE_CONTROLS, ALL_CONTROLLED: ALL_CONTROL, NO_MEMBER: NO_MEMBERS}
_MOST_NAMES = 5


class NobodyNamed(InputProblem):
    title_template = "Nobody is named {what}"
    advice_template = "Name at least one"


class UnknownCase(UnknownThing):
    title_template = "There is no case {case} here"
    advice_template = "See: artist-console case list"


class NotALetter(InputProblem):
    title_template = "A letter needs a subject of one line and a text"
    advice_template = "Write both, at most {subject:,} and {text:,} characters"


def kinds(
    console: Console, artists: Sequence[ArtistId], told_in: Language = Language.EN
) -> tuple[KindOffer, ...]:
    """Every kind, with what it needs; one that nobody of these can write says why."""
    facts = mirror.facts(console.store, console.clock())
    now = console.clock()
    kept_out = _kept_out(console, artists, facts)
    able = [artist for artist in artists if artist not in kept_out]
    held = {artist: held_works(artist, facts, now) for artist in able}
    nobody = "" if able else " ".join(_may_not(kept_out))
    found: list[KindOffer] = []
    for kind in LetterKind:
        try:
            template = template_of(kind)
        except Problem as problem:
            found.append(KindOffer(kind, kind.value.replace("_", " "), "", False, problem.sentence))
            continue
        not_for = {a: _not_for(a, template, held[a], facts, now) for a in able}
        found.append(_offer(template, facts, not_for, told_in, nobody))
    return tuple(found)


def may_not_write(console: Console, artists: Sequence[ArtistId]) -> tuple[str, ...]:
    """For which of these artists no letter at all can be written from here, a sentence for each reason."""
    return _may_not(_kept_out(console, artists, mirror.facts(console.store, console.clock())))


def _kept_out(console: Console, artists: Sequence[ArtistId], facts: FactBook) -> dict[ArtistId, NotLet]:
    mandates = mandates_known(console)
    found: dict[ArtistId, NotLet] = {}
    for artist in artists:
        name = party_name(facts, artist) or artist
        writer = writer_for(console, artist, name, mandates)
        if isinstance(writer, Sentence):
            found[artist] = NotLet(name, writer)
    return found


def _may_not(kept_out: Mapping[ArtistId, NotLet]) -> tuple[str, ...]:
    by_reason: dict[str, list[NotLet]] = {}
    for each in kept_out.values():
        by_reason.setdefault(each.why.template, []).append(each)
    told = []
    for template, those in by_reason.items():
        together = OF_SEVERAL.get(template)
        if together is None or len(those) == 1:
            told.append(those[0].why.text)
            continue
        names = _listed([each.name for each in those], "and")
        told.append(say(together, names=names).text)
    return tuple(told)


def _listed(names: Sequence[str], last: str) -> str:
    """ "A, B and C"; of many the first, and how many more."""
    more = len(names) - _MOST_NAMES
    if more > 1:
        return f"{', '.join(names[:_MOST_NAMES])} {last} {more:,} more"
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def _not_for(
    artist: ArtistId, template: Template, held: Sequence[HeldWork], facts: FactBook, now: datetime
) -> Sentence | None:
    party = facts.parties.get(artist)
    name = party.name if party is not None else "this artist"
    is_group = party is not None and party.kind is PartyKind.GROUP
    if template.signed_by is SignedBy.PERSON and is_group and not members_of(facts, artist, now):
        return say(NO_MEMBER, artist=name)
    released = [each for each in held if not each.work.unreleased]
    somewhere = template.names_places and any(each.is_controlled_somewhere for each in released)
    if somewhere or not template.standing or any(each.standing in template.standing for each in released):
        return None
    return say(NO_CONTROL if Standing.CONTROLS in template.standing else ALL_CONTROLLED, artist=name)


def _offer(
    template: Template,
    facts: FactBook,
    not_for: Mapping[ArtistId, Sentence | None],
    told_in: Language,
    nobody: str,
) -> KindOffer:
    """`nobody`: why none of the artists can be written for at all, where that is so."""
    by_reason: dict[str, list[tuple[ArtistId, Sentence]]] = {}
    for artist, why in not_for.items():
        if why is not None:
            by_reason.setdefault(why.template, []).append((artist, why))
    told = [nobody] if nobody else []
    for template_words, those in by_reason.items():
        if len(those) == 1 or template_words not in _OF_SEVERAL:
            told.append(those[0][1].text)
            continue
        names = _listed([party_name(facts, artist) or artist for artist, _ in those], "and")
        told.append(say(_OF_SEVERAL[template_words], count=f"{len(those):,}", names=names).text)
    lacking = sum(map(len, by_reason.values()))
    return KindOffer(
        kind=template.kind,
        name=template.name[told_in],
        says=template.says[told_in],
        possible=not nobody and (not not_for or lacking < len(not_for)),
        why_not=" ".join(told),
        capacities=template.capacities,
        addressees=template.addressees,
        needs=template.needs,
        about=template.about,
        works=template.works,
        attach=template.attach,
        in_person=template.signed_by is SignedBy.PERSON,
        reply_days=template.reply_days,
        version=template.version,
        checked_on=template.checked_on,
        sources=template.sources,
    )


def draft_letters(
    console: Console, wish: LetterWish, draw_pdf: Draw | None = None, told_in: Language = Language.EN
) -> Drafted:
    """Draft a letter from each artist to each addressee, grouped by addressee. Changes nothing.

    `draw_pdf` is needed where a PDF goes along; warnings are told in `told_in`. Raises InputProblem or
    UnknownThing for a wish that makes no sense for anybody; what is not possible for one is told in place.
    """
    template = template_of(wish.kind)
    case = case_of(console, wish.case)
    if wish.case and case is None:
        raise UnknownCase(case=wish.case)
    if case is not None:
        wish = replace(
            wish,
            artists=wish.artists or (case.artist,),
            addressees=wish.addressees or (case.addressee,),
            language=wish.language or case.letters[-1].language,
            about=case.about,
        )
    if not wish.artists:
        raise NobodyNamed(what="who writes")
    if not wish.addressees:
        raise NobodyNamed(what="to write to")
    drafting = Drafting(console, wish, template, case, draw_pdf, told_in)
    sides = [drafting.side(artist) for artist in dict.fromkeys(wish.artists)]
    groups: list[Group] = []
    not_possible: list[NoDraft] = []
    for addressee in _addressees(console, wish.addressees):
        made: list[Draft] = []
        for side in sides:
            draft = drafting.draft(side, addressee)
            if isinstance(draft, Draft):
                made.append(draft)
            else:
                not_possible.append(NoDraft(side.artist, side.name, addressee, draft))
        if made:
            groups.append(Group(addressee, tuple(made)))
    return Drafted(tuple(groups), tuple(not_possible))


def _addressees(console: Console, ids: Sequence[str]) -> list[Addressee]:
    return [show_addressee(console, id) for id in dict.fromkeys(ids)]


def with_text(draft: Draft, subject: str, text: str) -> Draft:
    """The same draft with the person's own words. Raises NotALetter."""
    subject, body = one_line(subject), several_lines(text)
    if not subject or not body.strip() or len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_TEXT:
        raise NotALetter(subject=LONGEST_SUBJECT, text=LONGEST_TEXT)
    if (subject, f"{body}\n") == (draft.letter.subject, draft.letter.text):
        return draft
    return replace(draft, letter=replace(draft.letter, subject=subject, text=f"{body}\n", edited=True))
