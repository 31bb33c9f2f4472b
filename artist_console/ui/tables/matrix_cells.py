"""What a place of the consent matrix shows: its chip, held here or followed, and how it is said."""

from __future__ import annotations

from artist_console.commands.cells import DraftMark
from artist_console.commands.matrix import MatrixCell as Found
from artist_console.commands.matrix import MatrixColumn, MatrixRow, MatrixRowKind
from artist_console.domain import words
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.registers import Stance
from artist_console.ui.delegates.cells import MatrixCell
from artist_console.ui.looks import answer_chip, outcome_chip
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import say
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

# Outcomes that an answer alone does not tell: they are shown instead of it, as an outlined chip.
_NOT_THE_OWN_YES = frozenset(
    {
        PermissionOutcome.LICENSED_BY_OTHERS,
        PermissionOutcome.NO_AGREEMENT_KNOWN,
        PermissionOutcome.NOT_LICENSED,
    }
)
_WEAK_NO = frozenset(
    {
        PermissionOutcome.OBJECTED,
        PermissionOutcome.LICENSED_AGAINST_WISH,
        PermissionOutcome.REFUSED_UNCHECKED,
    }
)
_OWN = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}
# What waits is never drawn as done: an answer that is not reviewed has a look of its own.
_TO_REVIEW = {
    Stance.ALLOW: ChipMeaning.ALLOW_TO_REVIEW,
    Stance.REFUSE: ChipMeaning.REFUSE_TO_REVIEW,
    Stance.CLEAR: ChipMeaning.CLEAR_TO_REVIEW,
}


def shown_chip(found: Found, row: MatrixRow, column: MatrixColumn) -> ChipValue:
    """The chip of a place: the answer, unless something stronger or weaker follows from it."""
    if row.kind is MatrixRowKind.ALL and found.own is None and (found.differs or found.requested):
        # The row is the artist's default: what works below say does not change what it says.
        return _default_chip(found)
    if found.differs:
        if found.own is not None:
            return ChipValue(_OWN[found.own])
        return ChipValue(ChipMeaning.DIFFERS, _differs_words(row, column))
    outcome = found.outcome
    match found.answer:
        case AnswerKind.REFUSED:
            return _weak(outcome) if outcome in _WEAK_NO else answer_chip(AnswerKind.REFUSED)
        case AnswerKind.ALLOWED:
            return _after_a_yes(outcome)
        case AnswerKind.UNDECIDED | None:
            return _without_an_answer(found)
        case _:
            return answer_chip(found.answer)


def _default_chip(found: Found) -> ChipValue:
    if found.default is AnswerKind.REFUSED:
        return answer_chip(AnswerKind.REFUSED)
    if found.requested:
        return ChipValue(ChipMeaning.ASKED)
    if found.default is None:
        return ChipValue(ChipMeaning.DIFFERS, say("matrix", "Refused, in part"))
    return ChipValue(ChipMeaning.UNDECIDED)


def _weak(outcome: PermissionOutcome | None) -> ChipValue:
    if outcome is PermissionOutcome.REFUSED_UNCHECKED:
        return ChipValue(ChipMeaning.REFUSED_UNCHECKED, say("matrix", "Refused, not checked"))
    if outcome is PermissionOutcome.LICENSED_AGAINST_WISH:
        return ChipValue(ChipMeaning.LICENSED_AGAINST_WISH, say("matrix", "Against your wish"))
    return ChipValue(ChipMeaning.OBJECTED)


def _after_a_yes(outcome: PermissionOutcome | None) -> ChipValue:
    """One's own yes permits nothing by itself where others have to agree or no agreement is known."""
    if outcome is PermissionOutcome.REFUSED:
        return ChipValue(ChipMeaning.REFUSED, say("matrix", "Others refused"))
    if outcome is PermissionOutcome.UNDECIDED:
        return ChipValue(ChipMeaning.WAITS_FOR_OTHERS, say("matrix", "Waits for others"))
    if outcome is PermissionOutcome.DIFFERS:
        return ChipValue(ChipMeaning.DIFFERS, say("matrix", "Allowed, in part"))
    if outcome is None or outcome is PermissionOutcome.ALLOWED:
        return ChipValue(ChipMeaning.ALLOWED)
    return outcome_chip(outcome)


def _without_an_answer(found: Found) -> ChipValue:
    if found.requested:
        return ChipValue(ChipMeaning.ASKED)
    if found.outcome in _NOT_THE_OWN_YES:
        assert found.outcome is not None, "a member of the set"
        return outcome_chip(found.outcome)
    if found.outcome is PermissionOutcome.REFUSED:
        return ChipValue(ChipMeaning.REFUSED, say("matrix", "Others refused"))
    return ChipValue(ChipMeaning.UNDECIDED)


def _differs_words(row: MatrixRow, column: MatrixColumn) -> str:
    if row.kind in (MatrixRowKind.WORK, MatrixRowKind.PERSON):
        return say("matrix", "Differs by use") if column.use is None else say("matrix", "By programme")
    return say("matrix", "Differs")


def is_empty(found: Found) -> bool:
    """A place that stands for nothing: a person's training, a work of nobody."""
    return found.answer is None and not found.differs


def shown_cell(found: Found, row: MatrixRow, column: MatrixColumn, draft: DraftMark | None) -> MatrixCell:
    """What the delegate paints. A choice that is not reviewed stands for the answer, with its mark."""
    if draft is not None and draft.whole:
        meaning = _TO_REVIEW[draft.stance] if draft.stance is not None else ChipMeaning.SEVERAL_TO_REVIEW
        short = _short(draft.stance)
        return MatrixCell(ChipValue(meaning), own=True, asked=found.requested, draft=True, short=short)
    chip = shown_chip(found, row, column)
    held = found.held or found.requested or row.kind is MatrixRowKind.ALL or not chip.look.filled
    short = say("matrix", "Asked") if chip.meaning is ChipMeaning.ASKED else ""
    return MatrixCell(chip, held, found.waiting, found.requested, draft is not None, short)


def _short(stance: Stance | None) -> str:
    """What was chosen, beside a pen that says it is to be reviewed."""
    match stance:
        case Stance.ALLOW:
            return say("matrix", "Allow")
        case Stance.REFUSE:
            return say("matrix", "Refuse")
        case Stance.CLEAR:
            return say("matrix", "Take back")
        case None:
            return say("matrix", "Several")


def spoken_cell(found: Found, row: MatrixRow, column: MatrixColumn, draft: DraftMark | None) -> str:
    """The place in whole sentences: "Permission: follows Night Ferry. Result: refused"."""
    if is_empty(found) and draft is None:
        return say("matrix", "{column}: does not apply", column=column.title)
    result = shown_chip(found, row, column).shown.lower()
    if found.own is not None:
        permission = domain_words(words.STANCE[found.own]).lower()
    elif found.differs and row.kind is not MatrixRowKind.ALL:
        permission = say("matrix", "differs inside")
    elif found.follows:
        permission = say("matrix", "follows {level}", level=found.follows)
    elif found.held:
        permission = say("matrix", "answered here")
    else:
        permission = say("matrix", "follows the level above")
    said = [
        say(
            "matrix",
            "{column}. Permission: {permission}. Result: {result}",
            column=column.title,
            permission=permission,
            result=result,
        )
    ]
    if draft is not None:
        choice = say("matrix", "several")
        if draft.stance is not None:
            choice = domain_words(words.STANCE[draft.stance]).lower()
        said.append(say("matrix", "Not yet reviewed: {choice}", choice=choice))
    if found.waiting:
        said.append(say("matrix", "Not confirmed yet"))
    return ". ".join(said)
