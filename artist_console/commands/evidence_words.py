"""What the index of an evidence bundle calls things: kinds of letters, events, outcomes, checks of a mail."""

from __future__ import annotations

from collections.abc import Mapping

from artist_console.domain.case_evidence import ANOTHER_DOMAIN, is_of_another_domain
from artist_console.domain.cases import CaseState, CopyFound, Dkim, DkimResult, EventKind, OutcomeKind, SentBy
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.removal_steps import RemovalStep
from artist_console.formats.evidence_content import BundleEvent

LETTER: Mapping[LetterKind, str] = {
    LetterKind.POSITION: "No consent, and the position",
    LetterKind.OBJECTION_TO_DEFAULT: "Objection to a default opt-in",
    LetterKind.ASK_LICENCES: "What is licensed, and what was paid",
    LetterKind.RESERVATION: "Reservation of rights",
    LetterKind.PERFORMER_NOTICE: "A performer's notice",
    LetterKind.SOCIETY_LICENCES: "To a society: what is licensed",
    LetterKind.SOCIETY_WITHDRAWAL: "To a society: withdrawal",
    LetterKind.DATA_ACCESS: "Access to personal data",
    LetterKind.DATA_OBJECTION: "Objection about personal data",
    LetterKind.REMOVAL: "Request for removal",
    LetterKind.STATEMENT_QUESTION: "Question about a statement",
    LetterKind.STATEMENT_OBJECTION: "Objection to a statement",
    LetterKind.AUDIT_NOTICE: "Notice of an audit",
    LetterKind.LETTER_OF_DIRECTION: "Letter of direction",
    LetterKind.CO_WRITER_QUESTION: "Question to a co-writer",
    LetterKind.FOLLOW_UP: "Follow-up",
}
STATE: Mapping[CaseState, str] = {
    CaseState.DRAFTED: "Drafted, not sent as far as is noted",
    CaseState.SENT: "Sent, waits for an answer",
    CaseState.ANSWERED: "Answered, what follows is not recorded yet",
    CaseState.OPEN: "Open",
    CaseState.CLOSED: "Closed",
}
EVENT: Mapping[EventKind, str] = {
    EventKind.DRAFTED: "Letter drafted",
    EventKind.SENT: "Letter sent, as noted",
    EventKind.REPLY: "Reply came in",
    EventKind.OUTCOME: "Outcome recorded",
    EventKind.NOTE: "Note",
    EventKind.NEXT_DATE: "Next date",
    EventKind.OWNER: "Who takes care",
    EventKind.CLOSED: "Closed",
    EventKind.REOPENED: "Taken up again",
}
SENT: Mapping[SentBy, str] = {
    SentBy.MAIL: "by mail",
    SentBy.POST: "by post",
    SentBy.FORM: "by their form",
    SentBy.OTHER: "in another way",
}
OUTCOME: Mapping[OutcomeKind, str] = {
    OutcomeKind.SAYS_INCLUDED: "says: included",
    OutcomeKind.SAYS_NOT_INCLUDED: "says: not included",
    OutcomeKind.SAYS_TRAINED: "says: trained",
    OutcomeKind.SAYS_LICENSED: "says: licensed",
    OutcomeKind.SAYS_NOT_LICENSED: "says: not licensed",
    OutcomeKind.SAYS_LEFT_OUT: "says: left out of future versions",
    OutcomeKind.SAYS_REMOVED: "says: removed",
    OutcomeKind.REFUSES: "refuses",
    OutcomeKind.AGREES: "agrees",
    OutcomeKind.ASKS_BACK: "asks back",
    OutcomeKind.OTHER: "answers something else",
}
STEP: Mapping[RemovalStep, str] = {
    RemovalStep.OPEN: "Refused, not asked for yet",
    RemovalStep.REQUESTED: "Removal asked for",
    RemovalStep.ACKNOWLEDGED: "Receipt of the request stated",
    RemovalStep.EXCLUDED_FROM_FUTURE: "Left out of future versions, as stated",
    RemovalStep.REMOVED: "Removed, as stated",
    RemovalStep.TRAINED_BEFORE_REFUSAL: "Trained before the refusal, as stated",
    RemovalStep.REFUSED_WITH_REASON: "Removal refused",
    RemovalStep.RETRAINED_WITHOUT: "Trained again without it, as stated",
}
NOT_QUOTED = "As noted by whoever recorded it, not found in the words of the reply"
COPY: Mapping[CopyFound | None, str] = {
    CopyFound.NAMED: "The file names the letter.",
    CopyFound.TEXT: "Found by its text alone: the letter's words are in it, and its addressee's address.",
    CopyFound.ATTACHED: "Found by a file alone: one that went along with this letter is in it.",
    CopyFound.SAID: (
        "The words of the letter are in it; that it is the mail of this letter is what the person who"
        " noted it says."
    ),
    None: "A copy of the letter was found in it; how is not recorded.",
}
_DKIM: Mapping[DkimResult, str] = {
    DkimResult.NONE: "The mail carries no signature of its own.",
    DkimResult.NO_KEY: "It names {domain} as signer; that was not checked.",
    DkimResult.FITS_SUPPLIED_KEY: "The mail's signature of {domain} fits the key that was given for it.",
    DkimResult.FITS_KEY_IN_FILE: (
        "It names {domain} as signer, and fits a key that came with the mail: whose it is was not checked."
    ),
    DkimResult.DOES_NOT_FIT: "It names {domain} as signer, and that does not fit: something was changed.",
    DkimResult.CANNOT_BE_CHECKED: "The mail's signature could not be checked.",
}


def dkim_words(dkim: Dkim, sender: str) -> str:
    """What was seen of a mail's own signature, by whoever made the bundle."""
    words = _DKIM[dkim.result].format(domain=dkim.domain or "a domain that it does not name")
    return f"{words} {ANOTHER_DOMAIN}" if is_of_another_domain(dkim, sender) else words


def event_words(event: BundleEvent) -> str:
    """What happened, in one line."""
    parts = [EVENT[event.kind]]
    if event.how is not None:
        parts.append(SENT[event.how])
    if event.number:
        parts.append(f"number {event.number}")
    if event.outcome is not None:
        parts.append(f"{event.outcome.said_by} {OUTCOME[event.outcome.kind]}")
    if event.of and event.outcome is None and event.file is None and event.how is None:
        parts.append("an earlier entry was a mistake")
    return ", ".join(parts)
