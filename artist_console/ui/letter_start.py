"""What a letter starts from: a finding, a removal, a statement, a programme, some works, several artists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from artist_console.domain.finding import Finding
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letter_templates import Placeholder
from artist_console.domain.letters import About
from artist_console.domain.programmes import Silence
from artist_console.domain.removals import RemovalCase
from artist_console.domain.statements import Statement
from artist_console.domain.unmet import Unmet

NOTHING_YET = About()


@dataclass(frozen=True, slots=True)
class LetterStart:
    """Everything that need not be chosen again; whatever is empty is asked for."""

    kind: LetterKind | None = None
    artists: tuple[ArtistId, ...] = ()
    addressees: tuple[str, ...] = ()
    to_names: tuple[str, ...] = ()  # names as the records have them, where no id is known
    works: tuple[WorkId, ...] = ()
    about: About = NOTHING_YET
    values: Mapping[str, str] = field(default_factory=dict)  # by the name of the placeholder
    case: str = ""  # id of the case that a follow-up belongs to


_KIND = {
    FindingKind.USED_AFTER_REFUSAL: LetterKind.REMOVAL,
    FindingKind.USED_AGAINST_WISH: LetterKind.POSITION,
    FindingKind.LISTED_PUBLICLY: LetterKind.REMOVAL,
    FindingKind.REMOVAL_OVERDUE: LetterKind.REMOVAL,
    FindingKind.REPORTED_NOT_PAID: LetterKind.ASK_LICENCES,
}


def can_be_written_about(finding: Finding) -> bool:
    """A mandate that ends and a switch of one's own are no matter of anybody outside."""
    return finding.kind not in (FindingKind.MANDATE_ENDS, FindingKind.SET_OTHERWISE)


def about_finding(finding: Finding) -> LetterStart:
    """A letter about a finding: its works are named, and what the records say of it goes in.

    The likeliest kind is chosen already; any other can be.
    """
    kind = _KIND.get(finding.kind)
    if finding.deadline is not None and finding.silence is Silence.TAKEN_AS_YES:
        kind = LetterKind.OBJECTION_TO_DEFAULT
    works = finding.works or ((finding.work,) if finding.work is not None else ())
    about = About(programme=finding.programme, finding=finding.id)
    return LetterStart(kind=kind, artists=(finding.artist,), works=works, about=about)


def about_statement(statement: Statement, asked: str, amount: str = "") -> LetterStart:
    """A question to whoever issued a statement; an objection can be chosen in its place.

    `asked` is what it asks, in words that may stand in a letter; empty: it is asked for.
    """
    values = {Placeholder.QUESTION: asked, Placeholder.AMOUNT: amount}
    return LetterStart(
        kind=LetterKind.STATEMENT_QUESTION,
        artists=(ArtistId(statement.payee),),
        to_names=(statement.issuer,),
        about=About(statement=statement.id),
        values={name.value: words for name, words in values.items() if words},
    )


def about_unmet(
    each: Unmet, asked: str, amount: str, statement: Statement | None, operator: str
) -> LetterStart:
    """A question about a payment that does not meet the records: to the issuer, else to the operator."""
    works = (each.work,) if each.work is not None else ()
    if statement is not None:
        return replace(about_statement(statement, asked, amount), works=works)
    values = {Placeholder.QUESTION.value: asked} if asked else {}
    return LetterStart(
        kind=LetterKind.ASK_LICENCES,
        artists=(each.artist,),
        to_names=(operator,),
        works=works,
        about=About(programme=each.programme),
        values=values,
    )


def about_removal(case: RemovalCase) -> LetterStart:
    """The request to take a work out, to whoever states that it is there."""
    return LetterStart(
        kind=LetterKind.REMOVAL,
        artists=(case.artist,),
        to_names=(case.operator, case.said_by),
        works=(case.work,),
        about=About(programme=case.programme, removal=case.id),
    )


def about_programme(artist: ArtistId, programme: ProgrammeId | None, operator: str = "") -> LetterStart:
    """What an artist's answers are, to whoever runs a programme."""
    return LetterStart(
        kind=LetterKind.POSITION,
        artists=(artist,),
        to_names=(operator,),
        about=About(programme=programme),
    )


def about_share(artist: ArtistId, work: WorkId, programme: ProgrammeId | None, to_name: str) -> LetterStart:
    """The question to a co-writer or co-owner what becomes of their share."""
    return LetterStart(
        kind=LetterKind.CO_WRITER_QUESTION,
        artists=(artist,),
        to_names=(to_name,),
        works=(work,),
        about=About(programme=programme),
    )
