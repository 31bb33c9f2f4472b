"""Of which kinds letters are, in whose name and in which language they are written."""

from __future__ import annotations

from enum import Enum


class Language(Enum):
    """Letters are written in these; the value is the tag of BCP 47."""

    EN = "en"
    DE = "de"
    FR = "fr"
    ES = "es"


class Capacity(Enum):
    """In what capacity the writer writes."""

    ARTIST = "artist"
    SONGWRITER = "songwriter"
    MANAGER = "manager"  # under a mandate that lets one write letters
    OWNER = "owner"  # whoever controls the right
    PERFORMER = "performer"  # heard on it, with no say that is known


class LetterKind(Enum):
    POSITION = "position"  # no consent, and the artist's position
    OBJECTION_TO_DEFAULT = "objection_to_default"  # to an opt-in by silence
    ASK_LICENCES = "ask_licences"  # what have you licensed, and what was paid?
    RESERVATION = "reservation"  # against data mining; only with standing `controls`
    PERFORMER_NOTICE = "performer_notice"  # a performer asks that the owner reserve
    SOCIETY_LICENCES = "society_licences"  # what is licensed through a society
    SOCIETY_WITHDRAWAL = "society_withdrawal"  # of a category of rights or uses
    DATA_ACCESS = "data_access"  # personal data: voice, name, image; the person signs
    DATA_OBJECTION = "data_objection"
    REMOVAL = "removal"
    STATEMENT_QUESTION = "statement_question"
    STATEMENT_OBJECTION = "statement_objection"
    AUDIT_NOTICE = "audit_notice"
    LETTER_OF_DIRECTION = "letter_of_direction"
    CO_WRITER_QUESTION = "co_writer_question"
    FOLLOW_UP = "follow_up"


class Attach(Enum):
    """What can go along with a letter, on choice."""

    WORKS_CSV = "works_csv"
    WORKS_PDF = "works_pdf"
    RECEIPTS = "receipts"  # of the decisions that the letter speaks of
    EVIDENCE = "evidence"  # where the works are reported that concerns the addressee, as PDF
