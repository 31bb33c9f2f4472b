"""`letter draft`: from what was typed to drafts, and to cases where they are to be kept."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from artist_console.cli import lookups
from artist_console.cli.letters import Draw, addressee_id, case_id, letter_facts, letter_text
from artist_console.cli.output import DONE, TROUBLE, Answer, Plain
from artist_console.cli.tables import bullets
from artist_console.commands import earnings, findings, letters, removals
from artist_console.commands.console import Console
from artist_console.commands.letter_drafts import Draft, Drafted, LetterWish
from artist_console.commands.letter_signers import possible_signers
from artist_console.domain.addressees import ContactPurpose
from artist_console.domain.ids import ArtistId, PartyId
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.domain.letters import About
from artist_console.domain.problems import InputProblem

_TITLES_SHOWN = 5


class NotAValue(InputProblem):
    title_template = "“{text}” is not a value of a letter"
    advice_template = "Write it as NAME=TEXT, such as deadline=2026-12-31"


def run_draft(console: Console, given: argparse.Namespace, draw: Draw) -> Answer:
    """Draft, and keep with --keep. Code 1 where no letter at all could be drafted."""
    wish = _wish(console, given)
    drafted = letters.draft_letters(console, wish, draw)
    cases = letters.keep_letters(console, drafted.drafts).value if given.keep else ()
    facts: dict[str, Plain] = {
        "drafts": [_draft_facts(draft) for draft in drafted.drafts],
        "not_possible": [
            {
                "artist": no.artist,
                "artist_name": no.artist_name,
                "addressee": no.addressee.id,
                "why": no.reason.text,
            }
            for no in drafted.not_possible
        ],
        "cases": [case.id for case in cases],
    }
    return Answer(_drafted_text(drafted, len(cases), given.keep), facts, DONE if drafted.groups else TROUBLE)


def _drafted_text(drafted: Drafted, kept: int, keep: bool) -> str:
    told: list[str] = []
    for draft in drafted.drafts:
        told.append(letter_text(draft.letter))
        notes = [f"Note: {warning}" for warning in draft.warnings]
        notes += _left_out(draft)
        if notes:
            told.append(bullets(notes))
    no = [f"{no.artist_name} to {no.addressee.name}: {no.reason.text}" for no in drafted.not_possible]
    if no:
        told.append(f"Not possible:\n{bullets(no)}")
    count = len(drafted.drafts)
    drafts = "1 letter is" if count == 1 else f"{count} letters are"
    if not count:
        told.append("No letter could be drafted.")
    elif keep:
        told.append(f"{drafts} kept, in {'1 case' if kept == 1 else f'{kept} cases'}. Nothing was sent.")
    else:
        told.append(f"{drafts} drafted and not kept: give the same command with --keep. Nothing was sent.")
    return "\n\n".join(told)


def _left_out(draft: Draft) -> list[str]:
    """By reason, the first titles of each."""
    by_reason: dict[str, list[str]] = {}
    for each in draft.left_out:
        by_reason.setdefault(each.reason.text, []).append(f"“{each.title}”")
    told = []
    for reason, titles in by_reason.items():
        more = len(titles) - _TITLES_SHOWN
        shown = ", ".join(titles[:_TITLES_SHOWN]) + (f" and {more} more" if more > 0 else "")
        told.append(f"Left out: {shown}. {reason}")
    return told


def _draft_facts(draft: Draft) -> dict[str, Plain]:
    return {
        **letter_facts(draft.letter),
        "artist_name": draft.artist_name,
        "warnings": list(draft.warnings),
        "left_out": [
            {"work": each.work, "title": each.title, "why": each.reason.text} for each in draft.left_out
        ],
    }


def _wish(console: Console, given: argparse.Namespace) -> LetterWish:
    case = case_id(console, given.case) if given.case else ""
    artists: tuple[ArtistId, ...] = ()
    if given.artists or not case:
        named = given.artists or [None]
        artists = tuple(lookups.the_artist(console, text).id for text in named)
    one = artists[0] if len(artists) == 1 else None
    return LetterWish(
        kind=LetterKind(given.kind.replace("-", "_")),
        artists=artists,
        addressees=tuple(addressee_id(console, text) for text in given.addressees or ()),
        works=tuple(lookups.work(console, text, one).work for text in given.works or ()),
        language=Language(given.language) if given.language else None,
        country=(given.country or "").upper(),
        capacity=Capacity(given.capacity) if given.capacity else None,
        values=dict(_value(text) for text in given.values or ()),
        attach=frozenset(Attach(name.replace("-", "_")) for name in given.attach or ()),
        about=_about(console, given),
        case=case,
        signer=_signer(console, artists, given.signer) if given.signer else None,
        list_in_letter=given.list_in_letter,
        contact=ContactPurpose(given.contact) if given.contact else None,
    )


def _signer(console: Console, artists: Sequence[ArtistId], text: str) -> PartyId:
    """The member that is meant. Raises UnknownThing, SeveralFit."""
    known = {each.name: each.id for artist in artists for each in possible_signers(console, artist)}
    advice = "A group’s members are those that its records name"
    return known[lookups.one_of(list(known), text, "member", "members", advice)]


def _about(console: Console, given: argparse.Namespace) -> About:
    programme = lookups.programme(console, given.programme).programme.id if given.programme else None
    finding = statement = removal = ""
    if given.finding:
        ids = [row.finding.id for row in findings.list_findings(console)]
        finding = lookups.ending_in(ids, given.finding, "finding", "findings", "findings list")
    if given.removal:
        ids = [case.id for case in removals.list_removals(console)]
        removal = lookups.ending_in(ids, given.removal, "removal", "removals", "removals list")
    if given.statement:
        known = {row.statement.id for row in earnings.statements(console)}
        statement = lookups.ending_in(
            sorted(known), given.statement, "statement", "statements", "earnings totals"
        )
        return About(programme, finding, statement, removal)
    return About(programme, finding, None, removal)


def _value(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise NotAValue(text=text)
    return name.strip().replace("-", "_"), value
