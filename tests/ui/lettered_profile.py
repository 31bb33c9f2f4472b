"""A copy of the sample with a letter written, sent and answered, made by the commands that people use."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands import cases, letters
from artist_console.commands.addressees import list_addressees
from artist_console.commands.artists import list_artists
from artist_console.commands.console import Console
from artist_console.commands.evidence import BundleFile, BundleWish, export_bundle
from artist_console.commands.letter_drafts import LetterWish
from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.cases import Case, SentBy
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.ui.paper_lines import pdf

REPLY = b"We received your letter. The recordings are not in our data sets.\n"


def write_a_letter(console: Console, artist_name: str = "Mara Lindqvist") -> Case:
    """A position letter of one artist to the first AI company of the directory, sent and answered."""
    artist = next(row.id for row in list_artists(console) if row.name == artist_name)
    wish = LetterWish(
        kind=LetterKind.POSITION,
        artists=(artist,),
        addressees=(_operator(console),),
        language=Language.EN,
        country="SE",
    )
    drafted = letters.draft_letters(console, wish)
    drafts = [draft for group in drafted.groups for draft in group.drafts]
    (case,) = letters.keep_letters(console, drafts).value
    return cases.mark_sent(console, case.id, case.letters[0].id, console.today, SentBy.MAIL).value


def answer_it(console: Console, case: Case, folder: Path) -> Case:
    reply = folder / "reply.txt"
    reply.write_bytes(REPLY)
    return cases.add_reply(console, case.id, reply).value


def evidence_of(console: Console, case: Case, out: Path) -> BundleFile:
    """Signed with the key of this profile. Needs a running Qt application."""
    return export_bundle(console, BundleWish((case.id,)), out, lambda paper: pdf(paper, "Inter"))


def _operator(console: Console) -> str:
    return list_addressees(console, kind=AddresseeKind.OPERATOR)[0].id
