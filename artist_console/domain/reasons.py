"""The one sentence of a trace that says why: whose answer, silence, agreement or promise decided."""

from __future__ import annotations

from collections.abc import Iterable

from . import sentences
from .decisions import AnswerKind
from .outcomes import PermissionOutcome
from .permission import Permission
from .programmes import ASKS_THE_ARTIST
from .trace import TraceStep

_LICENSED = frozenset(words for clause, words in sentences.CLAUSE.items() if clause not in ASKS_THE_ARTIST)
_SILENT = frozenset((*sentences.SILENCE.values(), sentences.OTHERS_NOT_AGREED))
_REFUSED = frozenset((sentences.OTHER_REFUSED, sentences.OTHERS_NOT_AGREED))
_GAP = frozenset((sentences.GAP, sentences.COMPLETE_LIST))
_PROPOSED = frozenset((sentences.PROPOSED_YES,))
_IN_PART = frozenset((sentences.SONG_REFUSED, sentences.VOICE_REFUSED, sentences.UNRELEASED))


def reason_of(found: Permission) -> TraceStep:
    """The step that decided; what the artist said where nothing else did."""
    said = found.trace[0]
    match found.outcome:
        case PermissionOutcome.REFUSED:
            own = found.answer.kind is AnswerKind.REFUSED and found.has_power
            return said if own else _first(found.trace, _REFUSED, _first(found.trace, _IN_PART, said))
        case (
            PermissionOutcome.REFUSED_UNCHECKED
            | PermissionOutcome.LICENSED_AGAINST_WISH
            | PermissionOutcome.OBJECTED
        ) if found.answer.kind is not AnswerKind.REFUSED:
            return _first(found.trace, _IN_PART, said)
        case PermissionOutcome.LICENSED_BY_OTHERS | PermissionOutcome.LICENSED_AGAINST_WISH:
            return _first(found.trace, _LICENSED, said)
        case PermissionOutcome.NOT_LICENSED | PermissionOutcome.NO_AGREEMENT_KNOWN:
            return _first(found.trace, _GAP, said)
        case PermissionOutcome.UNDECIDED:
            own = found.answer.kind is AnswerKind.UNDECIDED and found.has_power
            return said if own else _first(found.trace, _SILENT, said)
        case PermissionOutcome.PROPOSED:
            return _first(found.trace, _PROPOSED, said)
        case _:
            return said


def _first(trace: Iterable[TraceStep], templates: frozenset[str], otherwise: TraceStep) -> TraceStep:
    return next((each for each in trace if each.template in templates), otherwise)
