"""Whether words stand in a reply as they are quoted, and what is said where they do not."""

from __future__ import annotations

import re
import unicodedata

from .cases import CaseEvent

NOT_IN_THE_REPLY = "These words are not in the reply; they are kept as your summary."
NOT_COMPARED = "The words of the reply could not be read here, so these were not compared with it; they are"
NOT_COMPARED += " kept as your summary."
NO_FILE = "It was told without a file; the words are kept as your summary."

_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.")
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": "'"})
_ALIKE |= str.maketrans({"–": "-", "—": "-", "\u2010": "-", "\u2011": "-"})


def stands_in(words: str, text: str) -> bool:
    """Whether `words` are in `text`, whatever its line breaks, marks of quoting and shapes of quotes.

    What is left out is told by “…”; the parts then have to stand in their order.
    """
    parts = [part for part in map(_folded, _LEFT_OUT.split(words.strip().strip("\"'“”„«»‘’‚"))) if part]
    place, folded = 0, _folded(_LEFT_OUT.sub(" ", text))
    for part in parts:
        found = folded.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return bool(parts)


def why_no_quote(reply: CaseEvent | None) -> str:
    """Why words that are not a quotation are none: a sentence for whoever recorded them."""
    if reply is None or reply.file is None:
        return NO_FILE
    return NOT_IN_THE_REPLY if reply.file.text.strip() else NOT_COMPARED


def _folded(text: str) -> str:
    """Without white space and marks of quoting, by which mails break sentences."""
    lines = (line.lstrip("> ") for line in unicodedata.normalize("NFKC", text).splitlines())
    return "".join("".join(lines).split()).translate(_ALIKE).casefold()
