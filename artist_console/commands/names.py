"""Names in a person's words for what decisions are about: subjects, programmes, uses, people."""

from __future__ import annotations

from artist_console.commands.console import Console
from artist_console.domain import words
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import AccountId, ArtistId, PartyId, ProgrammeId, ReleaseId, TermsId, WorkId
from artist_console.domain.mandates import Mandate
from artist_console.domain.phrases import day_in_words
from artist_console.domain.registers import (
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Family, Use
from artist_console.domain.work_kinds import WorkKind

ALL_MY_MUSIC = "All my music"
EVERY_PROGRAMME = "every programme"
EVERY_USE = "every use"
_DONE = {Stance.ALLOW: "Allowed", Stance.REFUSE: "Refused", Stance.CLEAR: "Took back the answer on"}
_TO_DO = {Stance.ALLOW: "Allow", Stance.REFUSE: "Refuse", Stance.CLEAR: "Take back the answer on"}


def party_name(facts: FactBook, party: PartyId | None) -> str:
    known = facts.parties.get(party) if party else None
    return known.name if known else ""


def work_title(facts: FactBook, work: WorkId) -> str:
    known = facts.works.get(work)
    if known is None:
        return ""
    return f"{known.title} ({known.version})" if known.version else known.title


def subject_words(facts: FactBook, subject: Subject) -> str:
    """A title, "All my music", or whose voice, name and image."""
    match subject.kind:
        case SubjectKind.ALL:
            return ALL_MY_MUSIC
        case SubjectKind.RELEASE:
            release = facts.releases.get(ReleaseId(subject.id))
            return release.title if release else "a release that is not known here"
        case SubjectKind.WORK:
            return work_title(facts, WorkId(subject.id)) or "a work that is not known here"
        case SubjectKind.PERSON:
            name = party_name(facts, PartyId(subject.id))
            return f"Voice, name and image of {name}" if name else "Voice, name and image"


def quoted_subject(facts: FactBook, subject: Subject) -> str:
    """The same inside a sentence: titles in quotation marks."""
    found = subject_words(facts, subject)
    if subject.kind in (SubjectKind.WORK, SubjectKind.RELEASE):
        return f"“{found}”"
    return found[0].lower() + found[1:]


def is_song(facts: FactBook, subject: Subject) -> bool:
    """Whether it is about a song and not a recording of one, which often has the same title."""
    work = facts.works.get(WorkId(subject.id)) if subject.kind is SubjectKind.WORK else None
    return work is not None and work.kind is WorkKind.COMPOSITION


def programme_name(facts: FactBook, programme: ProgrammeId | None) -> str:
    """Empty for every programme."""
    if programme is None:
        return ""
    known = facts.programmes.get(programme)
    return known.name if known else "a programme that is not known here"


def operator_name(facts: FactBook, programme: ProgrammeId | None) -> str:
    known = facts.programmes.get(programme) if programme else None
    return party_name(facts, known.operator) if known else ""


def use_words(scope: UseScope) -> str:
    match scope.kind:
        case UseScopeKind.ANY:
            return EVERY_USE
        case UseScopeKind.FAMILY:
            return words.FAMILY[Family(scope.name)][0]
        case UseScopeKind.KEY:
            return words.USE[Use(scope.name)][0]


def decision_words(facts: FactBook, decision: Decision, *, to_do: bool = False) -> str:
    """What was decided, in one line: "Refused Training for “Glass Harbour” in Harbour Studio".

    `to_do`: as something that can be done, "Refuse Training …". A song is called one: its recording often has
    the same title.
    """
    register = decision.register
    where = programme_name(facts, register.programme)
    work = facts.works.get(WorkId(register.subject.id))
    song = "the song " if work is not None and work.kind is WorkKind.COMPOSITION else ""
    about = f"{song}{quoted_subject(facts, register.subject)}"
    verb = (_TO_DO if to_do else _DONE)[decision.stance]
    return f"{verb} {use_words(register.use)} for {about}" + (f" in {where}" if where else "")


def terms_words(facts: FactBook, terms: TermsId | None) -> str:
    """ "Version 2 of 1 March 2025"; empty where no terms were agreed to."""
    if terms is None:
        return ""
    known = facts.terms.get(terms)
    if known is None:
        return "terms that are not known here"
    return f"Version {known.number} of {day_in_words(known.effective_from)}"


def condition_words(conditions: Conditions) -> tuple[str, ...]:
    """The conditions of a yes, one phrase each."""
    found = []
    if conditions.since is not None:
        found.append(f"from {day_in_words(conditions.since)}")
    if conditions.until is not None:
        found.append(f"until {day_in_words(conditions.until)}")
    if conditions.territories is not None:
        found.append("only in " + ", ".join(conditions.territories.codes))
    if conditions.walled_garden_only:
        found.append("only inside the operator's own service")
    if conditions.no_style_prompts:
        found.append("no prompts that name an artist")
    if conditions.minimum_rate is not None:
        found.append(f"at least {conditions.minimum_rate:f} {conditions.rate_currency}")
    return tuple(found)


def account_name(
    console: Console, facts: FactBook, account: AccountId, artist: ArtistId, mandates: tuple[Mandate, ...]
) -> str:
    """Who an account is, as far as it is known here."""
    own = console.account
    if own is not None and account == own.id:
        return own.name
    held = next((m.holder_name for m in mandates if m.holder == account and m.holder_name), "")
    return held or party_name(facts, artist) or "Somebody else"


def cell_words(facts: FactBook, register: Register) -> str:
    """What an answer is about, in one line; a song is called one: its recording often has the same title."""
    work = facts.works.get(WorkId(register.subject.id))
    song = work is not None and work.kind is WorkKind.COMPOSITION
    about = subject_words(facts, register.subject)
    return f"{f'{about} (song)' if song else about} · {use_words(register.use)}"


def decider_name(console: Console, facts: FactBook, decision: Decision, mandates: tuple[Mandate, ...]) -> str:
    """Who made a decision; whoever acted under a mandate is never called by the artist's name."""
    own = console.account
    known = own is not None and decision.made_by == own.id
    if decision.mandate is not None and not known:
        held = next((m.holder_name for m in mandates if m.holder == decision.made_by and m.holder_name), "")
        return held or "Somebody who holds a mandate"
    return account_name(console, facts, decision.made_by, decision.register.artist, mandates)


def on_behalf_words(artist_name: str, mandate: Mandate, *, proposes: bool = False) -> str:
    day = day_in_words(mandate.given_on)
    if proposes:
        return f"You propose for {artist_name}, by the mandate of {day}: the artist signs first."
    return f"You decide for {artist_name}, by the mandate of {day}."


def limits_words(facts: FactBook, mandate: Mandate | None) -> str:
    """What a mandate is limited to; empty for no limit."""
    if mandate is None:
        return ""
    parts = [programme_name(facts, programme) for programme in mandate.programmes]
    parts += [words.USE[use][0] for use in mandate.uses]
    return ", ".join(parts)
