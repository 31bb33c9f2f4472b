"""The interview "What is mine to decide?": a few short questions, and what is noted down from the answers.

Every question may be skipped. What is not known is not guessed: a contract whose words about AI are not known
is not written down, and the artist's standing stays as cautious as without it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .contracts import AiClause, Contract, ContractKind, Hold, Owned, Owner, Ownership
from .ids import ArtistId, FactId
from .parties import WHOLE_BP
from .periods import Recorded
from .uses import Right


class Ask(Enum):
    """The questions, in their order."""

    RECORDINGS = "recordings"
    RECORDINGS_SHARE = "recordings_share"
    LABEL = "label"
    LABEL_AI = "label_ai"
    LABEL_WORDS = "label_words"
    DISTRIBUTOR = "distributor"
    SONGS = "songs"
    SONGS_SHARE = "songs_share"
    PUBLISHER = "publisher"
    PUBLISHER_AI = "publisher_ai"
    PUBLISHER_WORDS = "publisher_words"
    VOICE = "voice"


class Form(Enum):
    CHOICE = "choice"
    WORDS = "words"  # one or two lines of text


@dataclass(frozen=True, slots=True)
class Line:
    """A line to write into. `key` is the key of what is written."""

    key: str
    label: str
    hint: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One page. `options` are key and words of a choice."""

    ask: Ask
    title: str
    why: str
    options: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def form(self) -> Form:
        return Form.CHOICE if self.options else Form.WORDS


@dataclass(frozen=True, slots=True)
class Given:
    """What was chosen or written; an empty value was skipped."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Made:
    """Which object was written down from which part of the answers, so that new answers take its place."""

    slot: str
    id: FactId


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers of one artist so far. Kept in the profile across restarts."""

    id: FactId  # the artist's
    given: tuple[Given, ...] = ()
    at: Ask | None = Ask.RECORDINGS  # the page to go on with; None: all is answered
    finished: bool = False
    made: tuple[Made, ...] = ()

    @property
    def answers(self) -> dict[str, str]:
        return {each.key: each.value for each in self.given}


_AI_OPTIONS = (
    ("none", "Nothing"),
    ("approval", "They have to ask me, and I can say no"),
    ("consult", "They have to talk to me first, and decide themselves"),
    ("blanket", "They may do it without asking"),
    ("unknown", "I do not know, or have not looked"),
)
_CLAUSE_LINES = (
    Line("number", "Number of the clause", "Such as 14.3"),
    Line("words", "Its exact words", "Copied from the contract. They stay on this computer.", long=True),
)

QUESTIONS: Mapping[Ask, Question] = {
    question.ask: question
    for question in (
        Question(
            Ask.RECORDINGS,
            "Who owns most of your recordings?",
            "Whoever owns a recording decides who may use it. What differs for some can be noted later.",
            (
                ("mine", "I do, alone"),
                ("owned", "A label owns them"),
                ("licensed", "I own them, and a label has them under licence"),
                ("shared", "I own them together with others"),
                ("unknown", "I do not know"),
            ),
        ),
        Question(
            Ask.RECORDINGS_SHARE,
            "Which share of the recordings is yours?",
            "Everybody who owns a part has to agree. Leave it empty if you do not know.",
            lines=(Line("share", "Your share, in per cent", "Such as 50 or 33.33"),),
        ),
        Question(
            Ask.LABEL,
            "Which label is it?",
            "The name and the day help you, and whoever reads your report, to find the contract.",
            lines=(
                Line("name", "Name of the label"),
                Line("signed", "Signed on", "Such as 2019-03-31; leave it empty if you do not know"),
            ),
        ),
        Question(
            Ask.LABEL_AI,
            "What does the contract with the label say about AI?",
            "Look for words such as machine learning, data mining, new technologies or all media.",
            _AI_OPTIONS,
        ),
        Question(
            Ask.LABEL_WORDS,
            "Which clause is it, and what does it say?",
            "The number stands beside every answer that rests on it.",
            lines=_CLAUSE_LINES,
        ),
        Question(
            Ask.DISTRIBUTOR,
            "Does a distributor license your recordings for you?",
            "Some only deliver to shops and services. Some also license, and their terms say for what.",
            (
                ("no", "No, or it only delivers"),
                ("asks", "Yes, and it asks me first"),
                ("acts", "Yes, without asking each time"),
                ("unknown", "I do not know"),
            ),
            (Line("name", "Name of the distributor", "Where there is one"),),
        ),
        Question(
            Ask.SONGS,
            "Who owns the songs: music and words?",
            "A song is apart from its recordings. If you sing songs of others, choose the last but one.",
            (
                ("mine", "I do, alone"),
                ("owned", "A publisher owns them"),
                ("acts", "I do, and a publisher or society acts for me"),
                ("shared", "I wrote them together with others"),
                ("others", "Others wrote them"),
                ("unknown", "I do not know"),
            ),
        ),
        Question(
            Ask.SONGS_SHARE,
            "Which share of the songs is yours?",
            "Everybody who wrote a part has to agree. Leave it empty if it differs from song to song.",
            lines=(Line("share", "Your share, in per cent", "Such as 50 or 33.33"),),
        ),
        Question(
            Ask.PUBLISHER,
            "Which publisher or society is it?",
            "The name and the day help you, and whoever reads your report, to find the contract.",
            lines=(
                Line("name", "Name of the publisher or society"),
                Line("signed", "Signed on", "Such as 2019-03-31; leave it empty if you do not know"),
            ),
        ),
        Question(
            Ask.PUBLISHER_AI,
            "What does that contract say about AI?",
            "Look for words such as machine learning, data mining, new technologies or all media.",
            _AI_OPTIONS,
        ),
        Question(
            Ask.PUBLISHER_WORDS,
            "Which clause is it, and what does it say?",
            "The number stands beside every answer that rests on it.",
            lines=_CLAUSE_LINES,
        ),
        Question(
            Ask.VOICE,
            "Whose voice is heard on your recordings?",
            "A voice is the person's own, whoever owns the recording.",
            (
                ("mine", "Mine"),
                ("others", "Somebody else's"),
                ("differs", "It differs, or there is none"),
            ),
        ),
    )
}


def path(answers: Mapping[str, str]) -> tuple[Ask, ...]:
    """The questions that are asked, given what was answered; it grows and shrinks with the answers."""
    recordings, songs = answers.get(Ask.RECORDINGS.value, ""), answers.get(Ask.SONGS.value, "")
    has_label, has_publisher = recordings in ("owned", "licensed"), songs in ("owned", "acts")
    asked = {
        Ask.RECORDINGS: True,
        Ask.RECORDINGS_SHARE: recordings == "shared",
        Ask.LABEL: has_label,
        Ask.LABEL_AI: has_label,
        Ask.LABEL_WORDS: has_label and _has_words(answers, Ask.LABEL_AI),
        Ask.DISTRIBUTOR: not has_label,
        Ask.SONGS: True,
        Ask.SONGS_SHARE: songs == "shared",
        Ask.PUBLISHER: has_publisher,
        Ask.PUBLISHER_AI: has_publisher,
        Ask.PUBLISHER_WORDS: has_publisher and _has_words(answers, Ask.PUBLISHER_AI),
        Ask.VOICE: True,
    }
    return tuple(ask for ask in Ask if asked[ask])


def _has_words(answers: Mapping[str, str], ask: Ask) -> bool:
    return answers.get(ask.value, "") in ("approval", "consult", "blanket")


def line_key(ask: Ask, line: str) -> str:
    return f"{ask.value}.{line}"


def fault_in(ask: Ask, answers: Mapping[str, str]) -> tuple[str, str] | None:
    """The key of the line and what is wrong with it; None where nothing is."""
    for line in QUESTIONS[ask].lines:
        key = line_key(ask, line.key)
        value = answers.get(key, "").strip()
        if line.key == "signed" and value and _day(value) is None:
            return key, f"“{value}” is not a day. Write it as 2019-03-31."
        if line.key == "share" and value and _share(value) is None:
            return key, "Write a share between 0 and 100 per cent, with at most two decimals."
    return None


def noted(
    artist: ArtistId, answers: Mapping[str, str], recorded: Recorded, ids: Mapping[str, FactId]
) -> tuple[tuple[str, Ownership | Contract], ...]:
    """What the answers come to, by slot. `ids` has an id for every slot (`SLOTS`)."""
    found: list[tuple[str, Ownership | Contract]] = []
    for slot in ("label", "distributor", "publisher"):
        contract = _contract(slot, artist, answers, recorded, ids[slot])
        if contract is not None:
            found.append((slot, contract))
    written = {slot for slot, _ in found}
    for of, ask, share in (
        (Owned.RECORDINGS, Ask.RECORDINGS, Ask.RECORDINGS_SHARE),
        (Owned.SONGS, Ask.SONGS, Ask.SONGS_SHARE),
        (Owned.VOICE, Ask.VOICE, Ask.VOICE),
    ):
        owner = _owner(ask, answers, written)
        if owner is not Owner.NOT_KNOWN:
            points = _share(answers.get(line_key(share, "share"), "")) if owner is Owner.SHARED else None
            found.append((of.value, Ownership(ids[of.value], artist, of, owner, recorded, points)))
    return tuple(found)


def _owner(ask: Ask, answers: Mapping[str, str], written: Container[str]) -> Owner:
    """Who owns it. Not known where somebody else may license it and nobody knows on what terms.

    "Mine" would be drawn as a power that an unread contract may have given away.
    """
    said = answers.get(ask.value, "")
    unread = (
        (said == "licensed" and "label" not in written)
        or (said == "acts" and "publisher" not in written)
        or (ask is Ask.RECORDINGS and answers.get(Ask.DISTRIBUTOR.value) == "unknown" and said == "mine")
    )
    return Owner.NOT_KNOWN if unread else _OWNER.get(said, Owner.NOT_KNOWN)


SLOTS = (*(of.value for of in Owned), "label", "distributor", "publisher")

_NAMELESS = {
    "label": "Unnamed label",
    "distributor": "Unnamed distributor",
    "publisher": "Unnamed publisher or society",
}

_OWNER = {
    "mine": Owner.MINE,
    "licensed": Owner.MINE,
    "acts": Owner.MINE,
    "shared": Owner.SHARED,
    "owned": Owner.SOMEBODY_ELSE,
    "others": Owner.SOMEBODY_ELSE,
}


def _contract(
    slot: str, artist: ArtistId, answers: Mapping[str, str], recorded: Recorded, id: FactId
) -> Contract | None:
    """The contract that was described; None where there is none, or not enough is known of it."""
    if slot == "distributor":
        return _distribution(artist, answers, recorded, id)
    label = slot == "label"
    ask, ai, words = (
        (Ask.LABEL, Ask.LABEL_AI, Ask.LABEL_WORDS)
        if label
        else (Ask.PUBLISHER, Ask.PUBLISHER_AI, Ask.PUBLISHER_WORDS)
    )
    clause = _clause(answers.get(ai.value, ""))
    if ask not in path(answers) or clause is None:
        return None
    name = answers.get(line_key(ask, "name"), "").strip() or _NAMELESS[slot]
    has_words = clause is not AiClause.NONE
    kind = answers.get((Ask.RECORDINGS if label else Ask.SONGS).value, "")
    return Contract(
        id,
        artist,
        ContractKind.LABEL if label else ContractKind.PUBLISHER,
        {"owned": Hold.OWNS, "licensed": Hold.EXCLUSIVE, "acts": Hold.EXERCISES}[kind],
        (Right.MASTER,) if label else (Right.COMPOSITION, Right.LYRICS),
        clause,
        recorded,
        counterparty_name=name,
        signed_on=_day(answers.get(line_key(ask, "signed"), "").strip()),
        ai_words=answers.get(line_key(words, "words"), "").strip() if has_words else "",
        clause_number=answers.get(line_key(words, "number"), "").strip() if has_words else "",
    )


def _distribution(
    artist: ArtistId, answers: Mapping[str, str], recorded: Recorded, id: FactId
) -> Contract | None:
    said = answers.get(Ask.DISTRIBUTOR.value, "")
    name = answers.get(line_key(Ask.DISTRIBUTOR, "name"), "").strip() or _NAMELESS["distributor"]
    if Ask.DISTRIBUTOR not in path(answers) or said not in ("asks", "acts"):
        return None
    return Contract(
        id,
        artist,
        ContractKind.DISTRIBUTOR,
        Hold.EXERCISES,
        (Right.MASTER,),
        AiClause.APPROVAL if said == "asks" else AiClause.NONE,
        recorded,
        counterparty_name=name,
    )


def _clause(key: str) -> AiClause | None:
    return next((clause for clause in AiClause if clause.value == key), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _share(text: str) -> int | None:
    """Basis points of a share in per cent."""
    whole, _, part = text.replace("%", "").strip().replace(",", ".").partition(".")
    if not (whole + part).isascii() or not whole.isdigit() or not (part + "0").isdigit() or len(part) > 2:
        return None
    points = int(whole) * 100 + int((part + "00")[:2])
    return points if 0 < points < WHOLE_BP else None
