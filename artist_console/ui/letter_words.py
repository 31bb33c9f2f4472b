"""What letters and cases are called: kinds, states, events, checks of a mail, outcomes; and their chips."""

from __future__ import annotations

from artist_console.domain.addressees import AddresseeKind, Contact, ContactPurpose
from artist_console.domain.case_evidence import is_of_another_domain
from artist_console.domain.cases import (
    CaseEvent,
    CaseStanding,
    CaseState,
    CopyFound,
    Dkim,
    DkimResult,
    EventKind,
    Outcome,
    OutcomeKind,
    SentBy,
)
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, say, say_count
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue


def language_words(language: Language) -> str:
    return {
        Language.EN: say("letters", "English"),
        Language.DE: say("letters", "German"),
        Language.FR: say("letters", "French"),
        Language.ES: say("letters", "Spanish"),
    }[language]


def capacity_words(capacity: Capacity) -> str:
    return {
        Capacity.ARTIST: say("letters", "as the artist"),
        Capacity.SONGWRITER: say("letters", "as the songwriter"),
        Capacity.MANAGER: say("letters", "as manager, under a mandate"),
        Capacity.OWNER: say("letters", "as the owner of the rights"),
        Capacity.PERFORMER: say("letters", "as a performer without a say"),
    }[capacity]


def kind_words(kind: LetterKind) -> str:
    """A short name of a kind of letter, for lists. The template has the longer one."""
    return {
        LetterKind.POSITION: say("letters", "No consent, and the position"),
        LetterKind.OBJECTION_TO_DEFAULT: say("letters", "Objection to a default opt-in"),
        LetterKind.ASK_LICENCES: say("letters", "What is licensed, and what was paid"),
        LetterKind.RESERVATION: say("letters", "Reservation of rights"),
        LetterKind.PERFORMER_NOTICE: say("letters", "A performer's notice"),
        LetterKind.SOCIETY_LICENCES: say("letters", "To a society: what is licensed"),
        LetterKind.SOCIETY_WITHDRAWAL: say("letters", "To a society: withdrawal"),
        LetterKind.DATA_ACCESS: say("letters", "Access to personal data"),
        LetterKind.DATA_OBJECTION: say("letters", "Objection about personal data"),
        LetterKind.REMOVAL: say("letters", "Request for removal"),
        LetterKind.STATEMENT_QUESTION: say("letters", "Question about a statement"),
        LetterKind.STATEMENT_OBJECTION: say("letters", "Objection to a statement"),
        LetterKind.AUDIT_NOTICE: say("letters", "Notice of an audit"),
        LetterKind.LETTER_OF_DIRECTION: say("letters", "Letter of direction"),
        LetterKind.CO_WRITER_QUESTION: say("letters", "Question to a co-writer"),
        LetterKind.FOLLOW_UP: say("letters", "Follow-up"),
    }[kind]


def kind_icon(kind: LetterKind) -> Icon:
    match kind:
        case LetterKind.RESERVATION | LetterKind.PERFORMER_NOTICE:
            return Icon.LOCK
        case LetterKind.DATA_ACCESS | LetterKind.DATA_OBJECTION:
            return Icon.VOICE
        case LetterKind.REMOVAL:
            return Icon.TRASH
        case (
            LetterKind.STATEMENT_QUESTION
            | LetterKind.STATEMENT_OBJECTION
            | LetterKind.AUDIT_NOTICE
            | LetterKind.LETTER_OF_DIRECTION
        ):
            return Icon.EARNINGS
        case LetterKind.ASK_LICENCES | LetterKind.SOCIETY_LICENCES:
            return Icon.QUESTION
        case LetterKind.CO_WRITER_QUESTION:
            return Icon.PEOPLE
        case _:
            return Icon.LETTER


def addressee_kind_words(kind: AddresseeKind) -> str:
    return {
        AddresseeKind.OPERATOR: say("letters", "AI company"),
        AddresseeKind.LABEL: say("letters", "Label"),
        AddresseeKind.PUBLISHER: say("letters", "Publisher"),
        AddresseeKind.DISTRIBUTOR: say("letters", "Distributor"),
        AddresseeKind.SOCIETY: say("letters", "Society"),
        AddresseeKind.LICENSING_BODY: say("letters", "Licensing body"),
        AddresseeKind.PERSON: say("letters", "Person"),
        AddresseeKind.OTHER: say("letters", "Other"),
    }[kind]


def purpose_words(purpose: ContactPurpose) -> str:
    return {
        ContactPurpose.COPYRIGHT: say("letters", "Copyright"),
        ContactPurpose.PRIVACY: say("letters", "Personal data"),
        ContactPurpose.LICENSING: say("letters", "Licensing"),
        ContactPurpose.ROYALTIES: say("letters", "Statements"),
        ContactPurpose.MEMBERS: say("letters", "Own artists and members"),
        ContactPurpose.GENERAL: say("letters", "General"),
    }[purpose]


def contact_words(contact: Contact | None) -> str:
    """How somebody is reached, in one line."""
    if contact is None:
        return say("letters", "No contact is known")
    if contact.email:
        return isolate(contact.email)
    if contact.postal:
        lines = (*contact.postal, contact.country)
        return say("letters", "By post: {address}", address=", ".join(line for line in lines if line))
    return say("letters", "By their form: {address}", address=isolate(contact.form))


def contact_source_words(contact: Contact, figures: Figures) -> str:
    """Where a contact was read, and when; whether anybody answers there is not known."""
    if not contact.source:
        return say("letters", "Added here")
    if contact.checked_on is None:
        return say("letters", "From {source}, not looked up", source=isolate(contact.source))
    day = figures.day(contact.checked_on)
    return say("letters", "From {source}, read on {day}", source=isolate(contact.source), day=day)


def attach_words(attach: Attach) -> tuple[str, str]:
    """What goes along, and what it holds."""
    return {
        Attach.WORKS_CSV: (
            say("letters", "The list of works as a table (CSV)"),
            say("letters", "Titles and identifiers, for whoever looks them up by machine."),
        ),
        Attach.WORKS_PDF: (
            say("letters", "The list of works as a page (PDF)"),
            say("letters", "The same list, to be read and printed."),
        ),
        Attach.RECEIPTS: (
            say("letters", "Receipts of your answers"),
            say("letters", "They name who answered, when, and what is answered for."),
        ),
        Attach.EVIDENCE: (
            say("letters", "Where the works are reported (PDF)"),
            say("letters", "Only what concerns the addressee: by whom, on what day, from which source."),
        ),
    }[attach]


# Cases


def state_words(state: CaseState) -> str:
    return {
        CaseState.DRAFTED: say("case", "Written, not sent"),
        CaseState.SENT: say("case", "Sent"),
        CaseState.ANSWERED: say("case", "A reply to read"),
        CaseState.OPEN: say("case", "Goes on"),
        CaseState.CLOSED: say("case", "Closed"),
    }[state]


_STATE = {
    CaseState.DRAFTED: ChipMeaning.CASE_DRAFTED,
    CaseState.SENT: ChipMeaning.CASE_SENT,
    CaseState.ANSWERED: ChipMeaning.CASE_ANSWERED,
    CaseState.OPEN: ChipMeaning.CASE_OPEN,
    CaseState.CLOSED: ChipMeaning.CASE_CLOSED,
}


def case_chip(standing: CaseStanding) -> ChipValue:
    """How far a case has come; that nobody has answered in time comes first."""
    if standing.overdue_days is not None and standing.state is CaseState.SENT:
        days = standing.unanswered_days if standing.unanswered_days is not None else standing.overdue_days
        return ChipValue(
            ChipMeaning.CASE_OVERDUE,
            say_count("case", "No reply for 1 day", "No reply for {n} days", days),
        )
    return ChipValue(_STATE[standing.state], state_words(standing.state))


def next_words(standing: CaseStanding) -> str:
    """What the next date of a case is."""
    if standing.next_on is None:
        return ""
    if standing.noted:
        return say("case", "noted by you")
    if standing.state is CaseState.SENT:
        return say("case", "a reply is due")
    return say("case", "next date")


def event_words(event: CaseEvent, figures: Figures) -> str:
    """What happened, in a few words."""
    match event.kind:
        case EventKind.DRAFTED:
            return say("case", "A letter was written")
        case EventKind.SENT:
            return sent_words(event.how)
        case EventKind.REPLY:
            return say("case", "A reply came")
        case EventKind.OUTCOME:
            if event.outcome is None:
                return say("case", "What they say was recorded")
            return outcome_said(event.outcome.kind, event.outcome.said_by)
        case EventKind.NOTE:
            return say("case", "A note")
        case EventKind.NEXT_DATE:
            if event.until is None:
                return say("case", "The next date was taken away")
            return say("case", "Next date: {day}", day=figures.day(event.until))
        case EventKind.OWNER:
            return say("case", "Who looks after it")
        case EventKind.CLOSED:
            return say("case", "Closed")
        case EventKind.REOPENED:
            return say("case", "Opened again")


def event_look(kind: EventKind) -> tuple[Icon, Tint]:
    return {
        EventKind.DRAFTED: (Icon.PEN, Tint.NEUTRAL),
        EventKind.SENT: (Icon.SEND, Tint.INFO),
        EventKind.REPLY: (Icon.LETTER, Tint.ASK),
        EventKind.OUTCOME: (Icon.DOCUMENT, Tint.INFO),
        EventKind.NOTE: (Icon.PEN, Tint.NEUTRAL),
        EventKind.NEXT_DATE: (Icon.CALENDAR, Tint.NEUTRAL),
        EventKind.OWNER: (Icon.PERSON, Tint.NEUTRAL),
        EventKind.CLOSED: (Icon.CHECK, Tint.NEUTRAL),
        EventKind.REOPENED: (Icon.UNDO, Tint.NEUTRAL),
    }[kind]


def sent_words(how: SentBy | None) -> str:
    match how:
        case SentBy.MAIL:
            return say("case", "Sent by mail, as you noted")
        case SentBy.POST:
            return say("case", "Sent by post, as you noted")
        case SentBy.FORM:
            return say("case", "Sent by their form, as you noted")
        case _:
            return say("case", "Sent, as you noted")


def sent_by_words(how: SentBy) -> str:
    """The choice in a form."""
    return {
        SentBy.MAIL: say("case", "By mail"),
        SentBy.POST: say("case", "By post"),
        SentBy.FORM: say("case", "By a form on their site"),
        SentBy.OTHER: say("case", "Otherwise"),
    }[how]


def dkim_look(dkim: Dkim) -> tuple[Tint, Icon]:
    """A shield only where a signature fits a key that the person trusts; a question where nothing is told."""
    return {
        DkimResult.NONE: (Tint.NEUTRAL, Icon.INFO),
        DkimResult.FITS_SUPPLIED_KEY: (Tint.INFO, Icon.SHIELD),
        DkimResult.DOES_NOT_FIT: (Tint.DENY, Icon.TRIANGLE),
    }.get(dkim.result, (Tint.NEUTRAL, Icon.QUESTION))


def dkim_words(dkim: Dkim, sender: str) -> str:
    """What the signature of a mail shows, what it does not, and whether it is of the sender's domain."""
    words = _signature_words(dkim)
    if is_of_another_domain(dkim, sender):
        another = say("case", "The sender's address is of another domain.")
        return say("case", "{words} {another}", words=words, another=another)
    return words


def _signature_words(dkim: Dkim) -> str:
    domain = isolate(dkim.domain) or say("case", "a domain that it does not name")
    match dkim.result:
        case DkimResult.NONE:
            return say("case", "The mail carries no signature of its domain. Who sent it is not shown by it.")
        case DkimResult.NO_KEY:
            return say(
                "case",
                "It names {domain} as signer; that was not checked: the key for it is not here.",
                domain=domain,
            )
        case DkimResult.FITS_SUPPLIED_KEY:
            return say(
                "case",
                "The signature of {domain} fits the key that you gave: what it covers is as it was sent.",
                domain=domain,
            )
        case DkimResult.FITS_KEY_IN_FILE:
            return say(
                "case",
                "It names {domain} as signer, and fits a key that came with the file. Whose key that is was "
                "not checked.",
                domain=domain,
            )
        case DkimResult.DOES_NOT_FIT:
            return say(
                "case",
                "It names {domain} as signer, and that does not fit: the mail was changed on its way, or the "
                "key is another one. Mailing lists and forwarding change mails, too.",
                domain=domain,
            )
        case DkimResult.CANNOT_BE_CHECKED:
            return say(
                "case", "The signature of the mail cannot be checked: it is damaged or of another kind."
            )


def words_said(outcome: Outcome, *, own: bool = True) -> str:
    """Their words in quotes where they stand in the reply; else those of whoever noted it (`own`: you)."""
    if outcome.quoted:
        return say("case", "“{words}”", words=outcome.words)
    if own:
        return say("case", "As you noted, not in their words: {words}", words=isolate(outcome.words))
    return say("case", "As noted, not found in the words of the reply: {words}", words=isolate(outcome.words))


def copy_words(copy: CopyFound | None) -> str:
    """How it shows that a file holds a letter."""
    match copy:
        case CopyFound.NAMED:
            return say("case", "It names the letter.")
        case CopyFound.TEXT:
            return say("case", "The words of the letter are in it, and the address of whom it is to.")
        case CopyFound.ATTACHED:
            return say("case", "A file that went along with this letter alone is in it.")
        case CopyFound.SAID:
            return say(
                "case", "The words of the letter are in it. That it is this letter is what the person says."
            )
        case None:
            return say("case", "A copy of the letter was found in it.")


def outcome_words(kind: OutcomeKind) -> str:
    """The choice in a form: what the reply says."""
    return {
        OutcomeKind.SAYS_INCLUDED: say("case", "The works are in a dataset"),
        OutcomeKind.SAYS_NOT_INCLUDED: say("case", "The works are not included"),
        OutcomeKind.SAYS_TRAINED: say("case", "A model was trained on the works"),
        OutcomeKind.SAYS_LICENSED: say("case", "The works were licensed"),
        OutcomeKind.SAYS_NOT_LICENSED: say("case", "The works were not licensed"),
        OutcomeKind.SAYS_LEFT_OUT: say("case", "The works are left out of coming versions"),
        OutcomeKind.SAYS_REMOVED: say("case", "The works were taken out"),
        OutcomeKind.REFUSES: say("case", "They refuse"),
        OutcomeKind.AGREES: say("case", "They agree to what was asked"),
        OutcomeKind.ASKS_BACK: say("case", "They ask something back"),
        OutcomeKind.OTHER: say("case", "Something else"),
    }[kind]


def outcome_said(kind: OutcomeKind, who: str) -> str:
    """What is recorded, always as the words of whoever said it."""
    template = {
        OutcomeKind.SAYS_INCLUDED: "{who} says: in a dataset",
        OutcomeKind.SAYS_NOT_INCLUDED: "{who} says: not included",
        OutcomeKind.SAYS_TRAINED: "{who} says: trained",
        OutcomeKind.SAYS_LICENSED: "{who} says: licensed",
        OutcomeKind.SAYS_NOT_LICENSED: "{who} says: not licensed",
        OutcomeKind.SAYS_LEFT_OUT: "{who} says: left out of coming versions",
        OutcomeKind.SAYS_REMOVED: "{who} says: taken out",
        OutcomeKind.REFUSES: "{who} refuses",
        OutcomeKind.AGREES: "{who} agrees",
        OutcomeKind.ASKS_BACK: "{who} asks something back",
        OutcomeKind.OTHER: "{who} answered",
    }[kind]
    return say("case", template, who=isolate(who))
