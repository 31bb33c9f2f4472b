"""The words for what contracts and the interview say: one table for window and command line."""

from __future__ import annotations

from collections.abc import Iterable

from .contracts import AiClause, ContractKind, Hold, Owned
from .own_standing import MineRow
from .parties import Standing
from .uses import Right

CONTRACT_KIND: dict[ContractKind, str] = {
    ContractKind.LABEL: "Label",
    ContractKind.PUBLISHER: "Publisher",
    ContractKind.DISTRIBUTOR: "Distributor",
    ContractKind.SOCIETY: "Society",
    ContractKind.BAND: "Band or co-writer",
    ContractKind.OTHER: "Somebody else",
}

HOLD: dict[Hold, str] = {
    Hold.OWNS: "They own the rights now",
    Hold.SHARES: "They own a part, I own the rest",
    Hold.EXCLUSIVE: "I own the rights; only they may use and license them",
    Hold.NON_EXCLUSIVE: "I own the rights; they may use and license them too",
    Hold.EXERCISES: "I own the rights; they act for me",
}

AI_CLAUSE: dict[AiClause, str] = {
    AiClause.NONE: "Nothing",
    AiClause.APPROVAL: "They have to ask me, and I can say no",
    AiClause.CONSULT: "They have to talk to me first, and decide themselves",
    AiClause.BLANKET: "They may do it without asking",
}

AI_SHORT: dict[AiClause, str] = {
    AiClause.NONE: "says nothing about AI",
    AiClause.APPROVAL: "you have to be asked",
    AiClause.CONSULT: "you are consulted, which is not a veto",
    AiClause.BLANKET: "they need not ask you",
}

# One and several. What the answer can do stands in the sentence: a wish is called a wish.
MINE: dict[tuple[Owned, Standing], tuple[str, str]] = {
    (Owned.RECORDINGS, Standing.CONTROLS): (
        "For 1 recording your answer decides.",
        "For {n} recordings your answer decides.",
    ),
    (Owned.RECORDINGS, Standing.SHARES): (
        "For 1 recording your answer is needed, and so is that of those who own it with you.",
        "For {n} recordings your answer is needed, and so is that of those who own them with you.",
    ),
    (Owned.RECORDINGS, Standing.APPROVES): (
        "For 1 recording your answer is needed: you have to be asked.",
        "For {n} recordings your answer is needed: you have to be asked.",
    ),
    (Owned.RECORDINGS, Standing.THROUGH_BODY): (
        "For 1 recording somebody acts for you: your answer is recorded and can be sent.",
        "For {n} recordings somebody acts for you: your answer is recorded and can be sent.",
    ),
    (Owned.RECORDINGS, Standing.WISH): (
        "For 1 recording your answer is a recorded wish.",
        "For {n} recordings your answer is a recorded wish.",
    ),
    (Owned.RECORDINGS, Standing.UNKNOWN): (
        "For 1 recording it is not known what your answer can do.",
        "For {n} recordings it is not known what your answer can do.",
    ),
    (Owned.SONGS, Standing.CONTROLS): (
        "For 1 song your answer decides.",
        "For {n} songs your answer decides.",
    ),
    (Owned.SONGS, Standing.SHARES): (
        "For 1 song your answer is needed, and so is that of those who wrote it with you.",
        "For {n} songs your answer is needed, and so is that of those who wrote them with you.",
    ),
    (Owned.SONGS, Standing.APPROVES): (
        "For 1 song your answer is needed: you have to be asked.",
        "For {n} songs your answer is needed: you have to be asked.",
    ),
    (Owned.SONGS, Standing.THROUGH_BODY): (
        "For 1 song somebody acts for you: your answer is recorded and can be sent.",
        "For {n} songs somebody acts for you: your answer is recorded and can be sent.",
    ),
    (Owned.SONGS, Standing.WISH): (
        "For 1 song your answer is a recorded wish.",
        "For {n} songs your answer is a recorded wish.",
    ),
    (Owned.SONGS, Standing.UNKNOWN): (
        "For 1 song it is not known what your answer can do.",
        "For {n} songs it is not known what your answer can do.",
    ),
    (Owned.VOICE, Standing.PERSONAL): (
        "On 1 recording the voice is yours: your answer is needed, whoever owns the recording.",
        "On {n} recordings the voice is yours: your answer is needed, whoever owns the recording.",
    ),
    (Owned.VOICE, Standing.WISH): (
        "On 1 recording the voice is somebody else's: your answer is a recorded wish.",
        "On {n} recordings the voice is somebody else's: your answer is a recorded wish.",
    ),
    (Owned.VOICE, Standing.UNKNOWN): (
        "For 1 recording it is not known whose voice is heard.",
        "For {n} recordings it is not known whose voice is heard.",
    ),
}

_ELSE: tuple[str, str] = ("For 1 work: {standing}.", "For {n} works: {standing}.")


def mine_words(row: MineRow) -> tuple[str, str]:
    """The sentence about so many works, for one and for several."""
    return MINE.get((row.of, row.standing), _ELSE)


def worth_telling(rows: Iterable[MineRow]) -> tuple[MineRow, ...]:
    """Without what is said twice: lyrics that stand as the music does, an image as the voice."""
    kept = list(rows)
    for follows, leads in ((Right.LYRICS, Right.COMPOSITION), (Right.LIKENESS, Right.VOICE)):
        said = [_said(row) for row in kept if row.right is leads]
        if [_said(row) for row in kept if row.right is follows] == said:
            kept = [row for row in kept if row.right is not follows]
    return tuple(kept)


def _said(row: MineRow) -> tuple[object, ...]:
    return (row.standing, row.count, row.source)
