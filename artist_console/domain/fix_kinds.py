"""What can be wrong with a catalogue; apart from the rules, for those who only name it."""

from __future__ import annotations

from enum import Enum


class FixKind(Enum):
    """What is wrong, the most useful to mend first."""

    WRONG_IDENTIFIER = "wrong_identifier"
    REGISTRATION = "registration"
    NO_ISRC = "no_isrc"
    NO_COMPOSITION = "no_composition"
    NO_ISWC = "no_iswc"
    WRONG_SPLIT = "wrong_split"
    NO_SPLIT = "no_split"
    NO_ANSWER = "no_answer"
    NO_UPC = "no_upc"
    NO_ARTIST_IDENTIFIER = "no_artist_identifier"
    SOURCES_DISAGREE = "sources_disagree"
