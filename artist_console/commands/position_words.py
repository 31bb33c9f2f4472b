"""The sentences of a position sheet: whole ones, about the artist in the third person, for any reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.names import party_name, programme_name, quoted_subject, use_words
from artist_console.commands.paper_width import cut
from artist_console.domain import words, work_words
from artist_console.domain.decisions import AnswerKind, Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion_states import STRENGTH
from artist_console.domain.parties import Standing
from artist_console.domain.phrases import day_in_words
from artist_console.domain.position import AllowedIn, FamilyCount, Needed
from artist_console.domain.programmes import Agreement
from artist_console.domain.registers import SubjectKind
from artist_console.domain.uses import Family

# Of all works of a kind, and of a part of them after "the artist"; what is not recorded is told by itself.
_OF_ALL: dict[Standing, str] = {
    Standing.CONTROLS: "The artist controls the rights in {what}.",
    Standing.SHARES: "The artist shares the rights in {what} with others.",
    Standing.APPROVES: "The artist has a say by contract in {what}.",
    Standing.PERSONAL: "The artist holds the rights in {what} in person.",
    Standing.THROUGH_BODY: "A body exercises the artist's rights in {what}.",
    Standing.WISH: "No say of the artist is known in {what}.",
    Standing.UNKNOWN: "It is not recorded here what say the artist has in {what}.",
}
_OF_SOME: dict[Standing, str] = {
    Standing.CONTROLS: "controls the rights in {n}",
    Standing.SHARES: "shares the rights in {n} with others",
    Standing.APPROVES: "has a say by contract in {n}",
    Standing.PERSONAL: "holds the rights in {n} in person",
    Standing.THROUGH_BODY: "is represented by a body for {n}",
    Standing.WISH: "has no say that is known in {n}",
}
_NOT_RECORDED = "for {n}, it is not recorded here what say the artist has"
_MANY_USES = 2  # more are counted, not named
_YOURS = re.compile(r"\b([Yy])our\b")


def works_words(count: int) -> str:
    return "1 work" if count == 1 else f"{count:,} works"


def listed(parts: Sequence[str]) -> str:
    """In a sentence: "A, B and C"."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def standing_words(counts: Counter[Standing], one: str, many: str) -> str:
    """What the artist's answer can do on one kind of work; empty where there is none."""
    total = sum(counts.values())
    if not total:
        return ""
    alone = [each for each in Standing if counts[each] == total]
    if alone:
        return _OF_ALL[alone[0]].format(what=_whole(total, one, many, "the"))
    parts = [text.format(n=f"{counts[each]:,}") for each, text in _OF_SOME.items() if counts[each]]
    unknown = counts[Standing.UNKNOWN]
    rest = f"; {_NOT_RECORDED.format(n=f'{unknown:,}')}" if unknown else ""
    return f"Of {total:,} {many}, the artist {listed(parts)}{rest}."


def _whole(count: int, one: str, many: str, article: str) -> str:
    return f"{article} {one}" if count == 1 else f"both {many}" if count == 2 else f"all {count:,} {many}"


def family_words(row: FamilyCount) -> tuple[str, str]:
    """The name of the family, and how it is answered."""
    of_person = row.family is Family.VOICE_LIKENESS
    counts = ((row.refused, "refused"), (row.allowed, "allowed in part"), (row.undecided, "undecided"))
    found = [(count, state) for count, state in counts if count]
    name = words.FAMILY[row.family][0]
    if not found:
        return name, "Nothing here that it could be about."
    one, many = ("use", "uses") if of_person else ("work", "works")
    if len(found) == 1:
        count, state = found[0]
        said = f"{state.capitalize()} for {_whole(count, one, many, 'the one')}"
    else:
        parts = [f"{state} for {count:,}" for count, state in found]
        last = found[-1][0]
        said = f"{listed(parts)} {one if last == 1 else many}"
        said = said[0].upper() + said[1:]
    asked = "." if row.asked else "; no programme that is known asks for it."
    return name, said + asked


def refusal_words(facts: FactBook, decision: Decision, name: float) -> str:
    register = decision.register
    whole = register.subject.kind is SubjectKind.ALL
    subject = "all works" if whole else cut(quoted_subject(facts, register.subject), name)
    where = cut(programme_name(facts, register.programme), name) or "every programme"
    uses = use_words(register.use)
    return f"{uses[0].upper()}{uses[1:]}, for {subject}, in {where}."


def allowed_words(facts: FactBook, row: AllowedIn, name: float) -> str:
    """One programme in which yeses hold today."""
    until = ""
    if row.until is not None:
        until = f", until {day_in_words(row.until)}"
        until = until if row.one_day else f", the first{until[1:]}"
    return f"{_about(facts, row, name)}{until}."


def ended_words(facts: FactBook, row: AllowedIn, name: float) -> str:
    """One programme in which yeses were given that do not hold today."""
    about = _about(facts, row, name)
    match row.state:
        case AnswerKind.EXPIRED if row.until is not None and row.one_day:
            return f"{about}: the yes ended on {day_in_words(row.until)}."
        case AnswerKind.EXPIRED:
            return f"{about}: the yes has ended."
        case AnswerKind.TERMS_CHANGED:
            return f"{about}: the yes was for earlier terms."
        case _:
            return f"{about}: the yes does not hold today; its conditions are not met."


def _about(facts: FactBook, row: AllowedIn, name: float) -> str:
    where = cut(programme_name(facts, row.programme), name) or "Every programme"
    about = [works_words(row.works)] if row.works else []
    about += ["the artist's voice, name and image"] if row.person else []
    named = [words.USE[use][0] for use in row.uses]
    uses = listed([f"“{each}”" for each in named]) if len(named) <= _MANY_USES else f"{len(named)} uses"
    return f"{where}, {listed(about)}, for {uses}"


def place_words(rows: Sequence[PlaceRow], name: float) -> list[str]:
    """Places with how many works are there, by whose word and of which grade; the strongest state first."""
    found: dict[tuple[object, ...], set[WorkId]] = {}
    first: dict[tuple[object, ...], PlaceRow] = {}
    for row in rows:
        where = row.model or row.dataset or row.programme_name
        key = (where, row.state, row.stated_by, row.grade, row.of_a_title)
        found.setdefault(key, set()).add(row.work)
        first.setdefault(key, row)
    order = {state: number for number, state in enumerate(STRENGTH)}
    keys = sorted(found, key=lambda key: (order[first[key].state], -len(found[key]), str(key[0])))
    return [_place(first[key], str(key[0]), len(found[key]), name) for key in keys]


def _place(row: PlaceRow, where: str, works: int, name: float) -> str:
    who = cut(row.stated_by, name) or "Somebody"
    if row.of_a_title is not None:
        said = work_words.stated_words(row.state, who, row.of_a_title).text
    else:
        said = work_words.said_words(row.state, who).text
    grade = words.grade_words(row.grade, row.stated_by).lower()
    return f"{cut(where or 'A programme', name)}, {works_words(works)}: {said} ({grade})."


def agreement_words(facts: FactBook, agreement: Agreement, works: int, name: float) -> str:
    licensor = cut(party_name(facts, agreement.licensor), name) or "Somebody"
    where = cut(programme_name(facts, agreement.programme), name)
    return f"{licensor} to {where}, {works_words(works)}: {words.CLAUSE[agreement.clause].lower()}."


def needed_words(facts: FactBook, found: Needed, name: float, most: int) -> str:
    if not found.organisations and not found.people:
        return "Nobody is recorded; that does not show that there is nobody."
    parts = [
        f"{cut(party_name(facts, id), name)} ({works_words(count)})"
        for id, count in found.organisations[:most]
    ]
    rest = len(found.organisations) - len(parts)
    if rest:
        parts.append(f"{rest} more {'organisation' if rest == 1 else 'organisations'}")
    if found.people:
        parts.append("1 person" if found.people == 1 else f"{found.people} people")
    return f"{listed(parts)}."


def of_the_artist(text: str) -> str:
    """A sentence that speaks to the artist, for others: "all your music" is the artist's."""
    return _YOURS.sub(lambda found: f"{'T' if found[1] == 'Y' else 't'}he artist's", text)
