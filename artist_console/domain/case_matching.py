"""Which case and letter a file belongs to: by the names of mails, by its text, else by who writes to whom.

A mail names what it answers (RFC 5322, In-Reply-To and References), and the Message-ID of a draft follows
from its letter. Where a mail program gave the mail another one, the copy of the letter in it tells, if the
mail went to whom the letter is to: the same words may have gone to many. A sending that was noted with its
Message-ID tells too. Everything else only gives candidates, for a person to choose from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from .cases import Case, EventKind
from .letters import Letter, letter_of_message

# A shorter text may stand in any mail.
_LEAST_TEXT = 60
_PREFIX = re.compile(r"^\s*(?:(?:re|aw|antw|sv|rv|tr|fw|fwd|wg|réf|ref|res)\s*(?:\[\d+\])?\s*:\s*)+", re.I)


class MatchedBy(Enum):
    MESSAGE_ID = "message_id"  # it bears the Message-ID of the letter, or names its id, or its PDF does
    ANSWERS = "answers"  # it names a mail of the case in In-Reply-To or References
    TEXT = "text"  # the text of the letter stands in it; of a mail: and it is to or from its addressee
    ATTACHED = "attached"  # the same of a file that went along with this letter alone
    WORDS_ALONE = "words_alone"  # the text or such a file is in it, and nothing tells which letter it is
    INSIDE = "inside"  # a mail inside of it names a mail of the case that it answers
    SAME_FILE = "same_file"  # the same bytes stand in the case already
    PEOPLE = "people"  # sender and addressee, or the subject, fit: a guess


class FileRole(Enum):
    """What a file is in a case, as far as it shows."""

    PROOF_OF_SENDING = "proof_of_sending"
    REPLY = "reply"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is compared of a file. Of one that is no mail only texts and hashes are known."""

    sha256: str
    texts: tuple[str, ...] = ()  # its own, then those attached
    hashes: frozenset[str] = frozenset()  # of attached files
    letters: tuple[str, ...] = ()  # ids that the mail names, or PDFs in it bear
    message_id: str = ""
    answers_to: tuple[str, ...] = ()
    sender: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    is_mail: bool = True
    inside_answers_to: tuple[str, ...] = ()  # what mails inside of it answer
    is_draft: bool = False  # of a mail: it says of itself that it was not sent


@dataclass(frozen=True, slots=True)
class Match:
    case: str
    letter: str  # id; empty: of the case, and no one letter
    by: MatchedBy


@dataclass(frozen=True, slots=True)
class Recognised:
    """Where a file belongs. Without `matches` a person chooses among `candidates`, the likeliest first."""

    role: FileRole
    matches: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()


def recognise(cases: Iterable[Case], file: Incoming) -> Recognised:
    """A mail that answers one of ours is a reply; a mail that holds our letters is a proof of sending, unless
    it comes from whom the letter went to. A draft or a file with a letter proves no sending."""
    known = tuple(cases)
    answered = _answered(known, file) if not file.is_draft else ()
    if answered:
        return Recognised(FileRole.REPLY, answered)
    copies = copies_in(known, file)
    if copies:
        letters = {letter.id: letter for case in known for letter in case.letters}
        if not file.is_mail or file.is_draft:
            return Recognised(FileRole.NOT_KNOWN, copies)
        from_them = any(_is_from(letters[match.letter], file.sender) for match in copies)
        return Recognised(FileRole.REPLY if from_them else FileRole.PROOF_OF_SENDING, copies)
    same = [
        Match(case.id, event.letter, MatchedBy.SAME_FILE)
        for case in known
        for event in case.events
        if event.file is not None and event.file.file.sha256 == file.sha256
    ]
    inside = _answered(known, replace(file, answers_to=file.inside_answers_to))
    likely = [replace(match, by=MatchedBy.INSIDE) for match in inside]
    likely += [*likely_copies(known, file), *_candidates(known, file)]
    return Recognised(FileRole.NOT_KNOWN, tuple(dict.fromkeys(same)), tuple(likely))


def copies_in(cases: Iterable[Case], file: Incoming) -> tuple[Match, ...]:
    """The letters that a file holds for certain, each once, in the order of cases."""
    return tuple(match for match in _found_in(cases, file) if match.by is not MatchedBy.WORDS_ALONE)


def likely_copies(cases: Iterable[Case], file: Incoming) -> tuple[Match, ...]:
    """The letters whose words are in a file that may be of another letter, or went to somebody else."""
    return tuple(match for match in _found_in(cases, file) if match.by is MatchedBy.WORDS_ALONE)


def copy_of(letter: Letter, file: Incoming) -> MatchedBy | None:
    """How one letter that a person chose is in the file; None where it is not."""
    shared = Counter(attached.sha256 for attached in letter.attachments)
    by = _copied(letter, file, [_folded(text) for text in file.texts], shared)
    return _certain(letter, file, by) if by is not None else None


def _found_in(cases: Iterable[Case], file: Incoming) -> tuple[Match, ...]:
    """Every letter that is in the file, with how sure that is."""
    known = tuple(cases)
    texts = [_folded(text) for text in file.texts]
    shared = Counter(a.sha256 for case in known for letter in case.letters for a in letter.attachments)
    found: list[tuple[Case, Letter, MatchedBy]] = []
    for case in known:
        for letter in case.letters:
            by = _copied(letter, file, texts, shared)
            if by is not None:
                found.append((case, letter, _certain(letter, file, by)))
    doubtful = _of_the_same_words([letter for _, letter, by in found if by is MatchedBy.TEXT], file)
    return tuple(
        Match(case.id, letter.id, MatchedBy.WORDS_ALONE if letter.id in doubtful else by)
        for case, letter, by in found
    )


def _certain(letter: Letter, file: Incoming, by: MatchedBy) -> MatchedBy:
    if by is MatchedBy.MESSAGE_ID or not file.is_mail:
        return by
    fits = _is_from(letter, file.sender) or any(_is_from(letter, address) for address in file.to)
    return by if fits else MatchedBy.WORDS_ALONE


def _of_the_same_words(letters: Sequence[Letter], file: Incoming) -> frozenset[str]:
    """Of letters with the same words, those that the mail is not shown to be: it is one of them.

    The one whose very address is in the mail is it; of several such, or none, nobody can tell.
    """
    addresses = {address.casefold() for address in (*file.to, file.sender) if address}
    alike: dict[str, list[Letter]] = {}
    for letter in letters:
        alike.setdefault(_folded(letter.text), []).append(letter)
    doubtful: set[str] = set()
    for same in alike.values():
        if len(same) < 2:
            continue
        to = [each for each in same if each.to_email.casefold() in addresses]
        kept = to if len({each.to_email.casefold() for each in to}) == len(to) else []
        doubtful |= {each.id for each in same if each not in kept}
    return frozenset(doubtful)


def _copied(letter: Letter, file: Incoming, texts: list[str], shared: Counter[str]) -> MatchedBy | None:
    named = letter_of_message(file.message_id)
    if letter.id in file.letters or named == letter.id:
        return MatchedBy.MESSAGE_ID
    if file.letters or named:
        return None  # it names what it is: the same words in it are of that letter
    text = _folded(letter.text)
    if len(text) >= _LEAST_TEXT and any(text in each for each in texts):
        return MatchedBy.TEXT
    own = {a.sha256 for a in letter.attachments if shared[a.sha256] == 1}
    return MatchedBy.ATTACHED if own & file.hashes else None


def _answered(cases: Iterable[Case], file: Incoming) -> tuple[Match, ...]:
    """The cases of the mail that is answered, the one named first before earlier ones of the talk.

    They are several where one mail carried several letters.
    """
    by_letter: dict[str, Match] = {}
    by_number: dict[str, list[Match]] = {}
    for case in cases:
        for letter in case.letters:
            by_letter[letter.id] = Match(case.id, letter.id, MatchedBy.ANSWERS)
        for event in case.events:
            if event.kind is EventKind.SENT and event.number.startswith("<"):
                match = Match(case.id, event.letter, MatchedBy.ANSWERS)
                by_number.setdefault(event.number, []).append(match)
    for named in file.answers_to:
        found = list(by_number.get(named, ()))
        ours = by_letter.get(letter_of_message(named))
        if ours is not None and ours not in found:
            found.append(ours)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _candidates(cases: Iterable[Case], file: Incoming) -> Iterator[Match]:
    ranked = []
    for case in cases:
        rank = min((_likeness(letter, file) for letter in case.letters), default=0)
        if rank:
            ranked.append((rank, case.opened_at, case.id))
    for _, _, id in sorted(ranked, key=lambda each: (each[0], -each[1].timestamp(), each[2])):
        yield Match(id, "", MatchedBy.PEOPLE)


def _likeness(letter: Letter, file: Incoming) -> int:
    """Below 0, the lower the likelier; 0: nothing fits."""
    same_people = _is_from(letter, file.sender) or letter.to_email.casefold() in {
        address.casefold() for address in file.to if address
    }
    subject = _subject(letter.subject)
    same_subject = bool(subject) and subject == _subject(file.subject)
    return -(2 * same_subject + same_people)


def _is_from(letter: Letter, sender: str) -> bool:
    """Whether the sender is whom the letter went to, or somebody of the same organisation's domain."""
    _, _, domain = letter.to_email.casefold().rpartition("@")
    _, _, theirs = sender.casefold().rpartition("@")
    if not domain or not theirs:
        return False
    if letter.to_email.casefold() == sender.casefold():
        return True
    return domain not in _EVERYBODYS and (theirs == domain or theirs.endswith(f".{domain}"))


# Domains at which everybody has an address: that two are alike says nothing.
_EVERYBODYS = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"}
    | {"me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "orange.fr", "free.fr", "proton.me"}
    | {"protonmail.com", "t-online.de", "mail.com", "yandex.com", "laposte.net"}
)


def _subject(text: str) -> str:
    return " ".join(_PREFIX.sub("", text).casefold().split())


def _folded(text: str) -> str:
    """Without the white space that mails are broken with, and without marks of quoting."""
    lines = (line.lstrip("> ") for line in text.splitlines())
    return "".join("".join(lines).split()).casefold()
