"""The one sentence of a trace that says why: whose answer, silence, agreement or promise decided."""

from __future__ import annotations

from collections.abc import Iterable

from . import sentences
from .decisions import AnswerKind
from .outcomes import PermissionOutcome
from .permission import Permission
from .trace import TraceStep

_LICENSED = frozenset((*sentences.CLAUSE.values(), sentences.OWN_AGREEMENT))
_SILENT = frozenset((*sentences.SILENCE.values(), sentences.OTHERS_NOT_AGREED))
_REFUSED = frozenset((sentences.OTHER_REFUSED, sentences.OTHERS_NOT_AGREED))
_GAP = frozenset((sentences.GAP, sentences.COMPLETE_LIST))
_PROPOSED = frozenset((sentences.PROPOSED_YES,))


def reason_of(found: Permission) -> TraceStep:
    """The step that decided; what the artist said where nothing else did."""
    said = found.trace[0]
    match found.outcome:
        case PermissionOutcome.REFUSED:
            own = found.answer.kind is AnswerKind.REFUSED and found.has_power
            return said if own else _first(found.trace, _REFUSED, said)
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
