"""Cases for pictures and tests, made by the real commands: each in another place on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from artist_console.commands import cases, letters
from artist_console.commands.addressees import list_addressees
from artist_console.commands.console import Console
from artist_console.commands.letter_drafts import LetterWish
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.cases import Case, Outcome, OutcomeKind, SentBy
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import message_id


@dataclass(frozen=True, slots=True)
class MadeCases:
    """By where they stand."""

    drafted: Case
    sent: Case
    unanswered: Case
    answered: Case
    told: Case
    closed: Case


def make_cases(console: Console, artist: ArtistId, folder: Path) -> MadeCases:
    """Six cases of an artist; the replies are mails that are written into the folder first."""
    now = console.clock
    made = []
    # What they answer is evidence by who they are, so operators come first.
    for days, to in zip((32, 20, 25, 40, 5, 0), _invented(console), strict=False):
        at = now() - timedelta(days=days)
        made.append(_written(console, artist, to, at))
    console.clock = now
    told, answered, unanswered, closed, sent, drafted = made
    _send(console, closed, 39)
    _send(console, told, 31)
    _send(console, unanswered, 24)
    _send(console, answered, 19)
    _send(console, sent, 4)
    _answer(console, closed, folder, 30, "We do not hold any recordings of yours.")
    closed = cases.close_case(console, closed.id, "Settled by their answer.").value
    said = "Your recordings are part of our dataset; the present model was trained on it."
    reply = _answer(console, told, folder, 6, said)
    told = cases.record_outcome(
        console,
        told.id,
        reply.events[-1].id,
        Outcome(OutcomeKind.SAYS_INCLUDED, told.addressee_name, said, told.works[:3]),
    ).value
    answered = _answer(console, answered, folder, 2, "We have passed your letter on to our legal team.")
    sent = cases.set_next(console, sent.id, now().date() + timedelta(days=9)).value
    return MadeCases(drafted, sent, unanswered, answered, told, closed)


def _invented(console: Console) -> list[Addressee]:
    """Organisations of the records: nobody real is written to in a picture."""
    found = [each for each in list_addressees(console) if each.id.startswith("party/")]
    kinds = (AddresseeKind.OPERATOR, AddresseeKind.LABEL, AddresseeKind.LICENSING_BODY)
    return sorted(found, key=lambda each: (kinds.index(each.kind) if each.kind in kinds else 9, each.name))


def _written(console: Console, artist: ArtistId, to: Addressee, at: datetime) -> Case:
    console.clock = lambda: at
    wish = LetterWish(LetterKind.POSITION, (artist,), (to.id,))
    drafted = letters.draft_letters(console, wish)
    return letters.keep_letters(console, drafted.drafts).value[0]


def _send(console: Console, case: Case, days_ago: int) -> None:
    day = console.today - timedelta(days=days_ago)
    cases.mark_sent(console, case.id, case.letters[0].id, day, SentBy.MAIL)


def _answer(console: Console, case: Case, folder: Path, days_ago: int, words: str) -> Case:
    path = folder / f"Reply of {case.addressee_name.replace('/', '-')}.eml"
    path.write_bytes(reply_mail(case, console.clock() - timedelta(days=days_ago), words))
    return cases.add_reply(console, case.id, path).value


def reply_mail(case: Case, at: datetime, words: str) -> bytes:
    """A mail that answers the letter of a case."""
    letter = case.letters[0]
    mail = EmailMessage()
    mail["From"] = f"{case.addressee_name} <rights@example.org>"
    mail["To"] = "artist@example.com"
    mail["Subject"] = f"Re: {letter.subject}"
    mail["Date"] = format_datetime(at)
    mail["In-Reply-To"] = message_id(letter.id)
    mail.set_content(f"Hello,\n\n{words}\n\nKind regards\nRights team")
    return bytes(mail)
