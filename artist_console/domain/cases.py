"""A case: what is being done about something, with letters, proof of sending, replies, dates and outcome.

A case is a private object. What happened is only added; a mistake is told by another event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from .contracts import AttachedFile
from .ids import ArtistId, DatasetVersionId, ModelVersionId, ProgrammeId, WorkId
from .inclusion_states import EvidenceGrade
from .letter_kinds import LetterKind
from .letters import About, Letter

# After a letter without a date of its own, a reminder is reasonable.
REPLY_PATIENCE_DAYS = 14


class CaseState(Enum):
    """How far a case has come; overdue is worked out beside it."""

    DRAFTED = "drafted"  # written, not sent as far as is noted
    SENT = "sent"  # waits for an answer
    ANSWERED = "answered"  # a reply has come, and what follows from it is not recorded yet
    OPEN = "open"  # an outcome is recorded and the case goes on
    CLOSED = "closed"


class EventKind(Enum):
    DRAFTED = "drafted"
    SENT = "sent"
    REPLY = "reply"
    OUTCOME = "outcome"
    NOTE = "note"
    NEXT_DATE = "next_date"
    OWNER = "owner"
    CLOSED = "closed"
    REOPENED = "reopened"


class SentBy(Enum):
    """How a letter was sent, as the person says or a file shows."""

    MAIL = "mail"
    POST = "post"
    FORM = "form"
    OTHER = "other"


class DkimResult(Enum):
    """What could be checked of a mail's signature without asking anybody."""

    NONE = "none"  # it carries none
    NO_KEY = "no_key"  # it carries one, and no key to check it with is here
    FITS_SUPPLIED_KEY = "fits_supplied_key"
    FITS_KEY_IN_FILE = "fits_key_in_file"  # the key came with the mail: whose it is was not checked
    DOES_NOT_FIT = "does_not_fit"
    CANNOT_BE_CHECKED = "cannot_be_checked"  # damaged, or a kind that is not known here


@dataclass(frozen=True, slots=True)
class Dkim:
    result: DkimResult
    domain: str = ""
    selector: str = ""


class CopyFound(Enum):
    """How it shows that the copy of a letter is in a file."""

    NAMED = "named"  # the file names the letter: by Message-ID, header, or the mark of its PDF
    TEXT = "text"  # its words are in it, and the mail is to or from whom the letter is to
    ATTACHED = "attached"  # the same of a file that went along with this letter alone
    SAID = "said"  # its words are in it; that it is this letter's mail is what a person says


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of a case: kept with its bytes, and what was read of it."""

    file: AttachedFile
    media_type: str
    sender: str = ""  # of a mail
    subject: str = ""
    sent_on: date | None = None
    text: str = ""  # plain text that was read of it, cut to a length that can be shown
    dkim: Dkim | None = None  # of a mail
    matches: str = ""  # id of the letter whose copy is in it
    left_out: tuple[str, ...] = ()  # what was not read, in sentences
    copy: CopyFound | None = None  # how the copy was found; None: there is none, or it is not known


class OutcomeKind(Enum):
    """What the other side says, or what came of it."""

    SAYS_INCLUDED = "says_included"
    SAYS_NOT_INCLUDED = "says_not_included"
    SAYS_TRAINED = "says_trained"
    SAYS_LICENSED = "says_licensed"
    SAYS_NOT_LICENSED = "says_not_licensed"
    SAYS_LEFT_OUT = "says_left_out"  # of future versions
    SAYS_REMOVED = "says_removed"
    REFUSES = "refuses"
    AGREES = "agrees"  # to reserve, to leave alone, to pay: the words say what
    ASKS_BACK = "asks_back"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The structured outcome of a reply. It becomes evidence on `works` where it says where they are."""

    kind: OutcomeKind
    said_by: str
    words: str  # the sentence as it stands in the reply, or a summary where `quoted` is false
    works: tuple[WorkId, ...] = ()
    programme: ProgrammeId | None = None
    dataset: DatasetVersionId | None = None
    model: ModelVersionId | None = None
    as_of: date | None = None  # the day it speaks of; None: the day of the reply
    # What it counts for as evidence, by who says it; None: it stays on the case and says nothing of a work.
    grade: EvidenceGrade | None = None
    grade_why: str = ""  # a sentence, where the records say that the place is somebody else's
    quoted: bool = False  # the words were found in the reply


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One thing that happened. Fields beside the first five belong to the kinds named."""

    id: str
    kind: EventKind
    on: date  # the day of it
    at: datetime  # when it was recorded here
    who: str  # the account that recorded it
    words: str = ""
    letter: str = ""  # DRAFTED, SENT: id of the letter
    how: SentBy | None = None  # SENT
    number: str = ""  # SENT: post or form number; of a mail its Message-ID, by which replies are found
    file: SeenFile | None = None  # SENT, REPLY: the proof or the reply
    outcome: Outcome | None = None  # OUTCOME
    of: str = (
        ""  # OUTCOME: id of the reply's event; of any kind: the event that it puts right (case_standing)
    )
    until: date | None = None  # NEXT_DATE; None takes the date away


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    artist: ArtistId
    kind: LetterKind
    title: str
    addressee: str  # id
    addressee_name: str
    works: tuple[WorkId, ...]
    about: About
    letters: tuple[Letter, ...]  # oldest first
    events: tuple[CaseEvent, ...]  # in the order in which they were recorded
    opened_at: datetime
    owner: str = ""  # who takes care of it


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a case stands on a day."""

    state: CaseState
    since: date
    next_on: date | None  # what is due next: an answer, or what the person noted
    noted: bool  # whether the person noted the date, rather than patience giving it
    overdue_days: int | None  # None: not overdue
    unanswered_days: int | None  # days since the last letter was sent with no reply; None: nobody waits
