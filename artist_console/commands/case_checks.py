"""What is looked at before something is noted in a case: sendings and outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from artist_console.commands.case_files import texts_of
from artist_console.commands.case_places import at_removal
from artist_console.commands.case_weights import weight_of
from artist_console.commands.console import Console
from artist_console.domain.case_evidence import OF_A_DATASET, OF_A_MODEL, says_where
from artist_console.domain.case_grades import Weight, told_without_file
from artist_console.domain.case_quotes import stands_in
from artist_console.domain.case_standing import current, reply_of
from artist_console.domain.cases import Case, CaseEvent, EventKind, Outcome
from artist_console.domain.ids import WorkId
from artist_console.domain.letters import Letter
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.store import inclusions, mirror

_MOST_WORDS = 4_000
_MOST_NAME = 200


class UnknownLetter(UnknownThing):
    title_template = "There is no letter {letter} in that case"
    advice_template = "See: artist-console case show"


class NotSentThen(InputProblem):
    title_template = "The letter of {written} cannot have been sent on {day}"
    advice_template = "Give the day on which it was sent"


class NoWords(InputProblem):
    title_template = "What was said is missing"
    advice_template = "Copy the sentence as it stands in the reply: without it, it is evidence of nothing"


class PlaceDoesNotFit(InputProblem):
    title_template = "{what}"
    advice_template = "Name {place}, or the programme alone"


def checked_sending(case: Case, letter: str, on: date, today: date) -> Letter:
    """The letter that was sent. Raises UnknownLetter, NotSentThen."""
    found = next((each for each in case.letters if each.id == letter), None)
    if found is None:
        raise UnknownLetter(letter=letter)
    written = found.written_at.date()
    # A day earlier: the clock of a letter is UTC, and that of whoever sends it is not.
    if on > today or on < written - timedelta(days=1):
        raise NotSentThen(written=day_in_words(written), day=day_in_words(on))
    return found


def checked_outcome(console: Console, case: Case, of: str, outcome: Outcome) -> Outcome:
    """The outcome with the grade that its speaker's word has. Raises InputProblem, UnknownThing."""
    named = next((event for event in case.events if event.id == of), None)
    if of and (named is None or named.kind not in (EventKind.REPLY, EventKind.OUTCOME)):
        raise UnknownThing(
            "There is no reply {event} in that case", "See: artist-console case show", event=of
        )
    if says_where(outcome.kind) and not outcome.words.strip():
        raise NoWords
    if outcome.as_of is not None and outcome.as_of > console.today:
        raise InputProblem(
            "It cannot speak of {day}, which is to come", "Give the day it speaks of, or none",
            day=day_in_words(outcome.as_of),
        )  # fmt: skip
    outcome = at_removal(console, case, outcome)
    _check_place(console, outcome)
    works = tuple(dict.fromkeys(outcome.works))
    _check_works(console, case, works)
    weight = weight_of(console, case, outcome) if says_where(outcome.kind) else Weight(None)
    reply = _reply_meant(case, named)
    if reply is None:
        weight = told_without_file(weight)
    words = outcome.words.strip()[:_MOST_WORDS]
    return replace(
        outcome,
        said_by=" ".join((outcome.said_by or case.addressee_name).split())[:_MOST_NAME],
        words=words,
        works=works,
        grade=weight.grade,
        grade_why=weight.why,
        quoted=reply is not None and _is_quoted(console, words, reply),
    )


def _reply_meant(case: Case, named: CaseEvent | None) -> CaseEvent | None:
    """The reply that is named, or that of the outcome which is put right; None: told without a file."""
    if named is None:
        return None
    return current(case, named.id if named.kind is EventKind.REPLY else reply_of(case, named))


def _is_quoted(console: Console, words: str, reply: CaseEvent) -> bool:
    """Whether the words stand in the reply, also where only the beginning of it is kept to be shown."""
    if reply.file is None:
        return False
    return stands_in(words, reply.file.text) or any(
        stands_in(words, text) for text in texts_of(console, reply.file)
    )


def _check_works(console: Console, case: Case, works: tuple[WorkId, ...]) -> None:
    """Works of the case may have left the catalogue; any other has to be known."""
    facts = mirror.facts(console.store, console.clock())
    for work in works:
        if work not in case.works and work not in facts.works:
            raise UnknownThing("The work {work} is not known here", "Name a work of the catalogue", work=work)


def _check_place(console: Console, outcome: Outcome) -> None:
    if outcome.dataset is not None and outcome.model is not None:
        raise PlaceDoesNotFit(what="Both a dataset and a model are named", place="one of them")
    if outcome.model is not None and outcome.kind in OF_A_DATASET:
        raise PlaceDoesNotFit(
            what="A work is in a dataset, or taken out of one; a model is trained", place="a dataset"
        )
    if outcome.dataset is not None and outcome.kind in OF_A_MODEL:
        raise PlaceDoesNotFit(what="A model is trained, not a dataset", place="a model")
    store = console.store
    if outcome.dataset is not None and outcome.dataset not in inclusions.datasets(store):
        raise UnknownThing(
            "The dataset {name} is not known here", "Name the programme alone; the name stays in the words",
            name=outcome.dataset,
        )  # fmt: skip
    if outcome.model is not None and outcome.model not in inclusions.models(store):
        raise UnknownThing(
            "The model {name} is not known here", "Name the programme alone; the name stays in the words",
            name=outcome.model,
        )  # fmt: skip
    facts = mirror.facts(store, console.clock())
    if outcome.programme is not None and outcome.programme not in facts.programmes:
        raise UnknownThing(
            "The programme {name} is not known here", "See: artist-console programmes list",
            name=outcome.programme,
        )  # fmt: skip
