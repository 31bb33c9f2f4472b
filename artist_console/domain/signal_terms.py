"""How our uses are called in the signals that machines read: one table for site files and audio marks.

A term means some of our uses and may reach further ones, because it is wider than they are. It may be set to
"no" only where every use that it means is refused. No term is ever set to "yes" from here: silence instead.
The vocabularies are drafts that change: each stands here with its version and day (`SIGNALS`), so that a new
draft is one change in this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

from .uses import Use


class Signal(Enum):
    """A way to tell machines what is reserved."""

    __hash__ = object.__hash__

    DDEX = "ddex"  # release messages between companies
    CAWG = "cawg"  # an assertion inside an audio file
    AIPREF = "aipref"  # Content-Usage, in HTTP and robots.txt
    TDMREP = "tdmrep"  # reservation of text and data mining
    ROBOTS = "robots"  # rules for crawlers that are known by name


@dataclass(frozen=True, slots=True)
class SignalFacts:
    """Which text of a signal this table follows, and what the signal cannot express."""

    name: str
    version: str
    dated: date | None  # of that version; None: the text gives none
    status: str
    source: str
    checked_on: date | None  # when its text was read for this table; None: taken over from elsewhere
    cannot: tuple[str, ...]  # whole sentences


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a signal can say. `meant`: all must be refused before it is said."""

    signal: Signal
    key: str
    name: str
    meant: tuple[Use, ...]
    reached: tuple[Use, ...]  # uses that it takes along though it is not about them


@dataclass(frozen=True, slots=True)
class UseTerms:
    """The terms that mean a use; an empty text: the signal has none. `reached_by`: wider terms."""

    ddex: str = ""
    cawg: str = ""
    aipref: str = ""
    tdmrep: str = ""
    robots: tuple[str, ...] = ()
    reached_by: tuple[tuple[Signal, str], ...] = ()
    cannot: str = ""  # a sentence, where something of the use is lost in every signal


# Keys of the terms, as they are spelled in the files.
DDEX_GENERATIVE = "UseForTrainingGenerativeAI"
DDEX_NONGENERATIVE = "UseForTrainingNonGenerativeAI"
DDEX_MINING = "UseForDataMining"
CAWG_GENERATIVE = "cawg.ai_generative_training"
CAWG_TRAINING = "cawg.ai_training"
CAWG_INFERENCE = "cawg.ai_inference"
CAWG_MINING = "cawg.data_mining"
AIPREF_TRAINING = "train-ai"
AIPREF_SEARCH = "search"  # means none of our uses: being found is not reserved here
TDM_RESERVATION = "tdm-reservation"
TRAINING_CRAWLERS = "training"  # their owners say that what they fetch may train models
DATASET_CRAWLERS = "dataset"  # what they fetch is given to others, for whatever these do with it

_NAMES: Mapping[tuple[Signal, str], str] = MappingProxyType(
    {
        (Signal.DDEX, DDEX_GENERATIVE): "Training of generative AI",
        (Signal.DDEX, DDEX_NONGENERATIVE): "Training of other AI",
        (Signal.DDEX, DDEX_MINING): "Data mining",
        (Signal.CAWG, CAWG_GENERATIVE): "Training of generative AI",
        (Signal.CAWG, CAWG_TRAINING): "Training of other AI",
        (Signal.CAWG, CAWG_INFERENCE): "Input to an AI",
        (Signal.CAWG, CAWG_MINING): "Data mining",
        (Signal.AIPREF, AIPREF_TRAINING): "AI model training",
        (Signal.AIPREF, AIPREF_SEARCH): "Search",
        (Signal.TDMREP, TDM_RESERVATION): "Text and data mining",
        (Signal.ROBOTS, TRAINING_CRAWLERS): "Crawlers that collect for training",
        (Signal.ROBOTS, DATASET_CRAWLERS): "Crawlers that collect for others",
    }
)

_AS_INPUT = UseTerms(
    cawg=CAWG_INFERENCE,
    cannot="Only a mark in the audio file can speak of what a model is given; files of a site cannot.",
)
_BY_NAME = UseTerms(
    cannot="No signal for files speaks of a person's voice, name or image: only words on the page can."
)
_AFTERWARDS = UseTerms(
    cannot="No signal speaks of what is done with a model or with what it made: that is for an agreement."
)

# The table. STANDARDS C5, with our uses as keys.
TERMS: Mapping[Use, UseTerms] = MappingProxyType(
    {
        Use.TRAIN_GENERATIVE: UseTerms(
            ddex=DDEX_GENERATIVE,
            cawg=CAWG_GENERATIVE,
            aipref=AIPREF_TRAINING,
            tdmrep=TDM_RESERVATION,
            robots=(TRAINING_CRAWLERS, DATASET_CRAWLERS),
        ),
        Use.TRAIN_NONGENERATIVE: UseTerms(
            ddex=DDEX_NONGENERATIVE,
            cawg=CAWG_TRAINING,
            tdmrep=TDM_RESERVATION,
            robots=(DATASET_CRAWLERS,),
            cannot="Content-Usage has no word for training models that generate nothing.",
        ),
        Use.TRAIN_FINETUNE: UseTerms(
            ddex=DDEX_GENERATIVE,
            cawg=CAWG_GENERATIVE,
            aipref=AIPREF_TRAINING,
            tdmrep=TDM_RESERVATION,
            robots=(TRAINING_CRAWLERS, DATASET_CRAWLERS),
            cannot="No signal tells fine-tuning from training: both are reserved together or not at all.",
        ),
        Use.TRAIN_LYRICS: UseTerms(
            reached_by=(
                (Signal.AIPREF, AIPREF_TRAINING),
                (Signal.TDMREP, TDM_RESERVATION),
                (Signal.ROBOTS, TRAINING_CRAWLERS),
                (Signal.ROBOTS, DATASET_CRAWLERS),
            ),
            cannot="No signal tells lyrics from other content: they share the fate of the rest.",
        ),
        Use.RESEARCH_MIR: UseTerms(
            ddex=DDEX_MINING,
            cawg=CAWG_MINING,
            tdmrep=TDM_RESERVATION,
            robots=(DATASET_CRAWLERS,),
            cannot=(
                "Content-Usage has no word for research and data mining. Where the law lets research"
                " organisations mine, a reservation may not reach them."
            ),
        ),
        Use.RESEARCH_RECOMMEND: UseTerms(
            reached_by=((Signal.CAWG, CAWG_MINING), (Signal.TDMREP, TDM_RESERVATION)),
            cannot="No signal speaks of studying what is played to whom.",
        ),
        Use.EVAL_BENCHMARK: UseTerms(
            reached_by=((Signal.CAWG, CAWG_INFERENCE), (Signal.TDMREP, TDM_RESERVATION)),
            cannot="No signal speaks of testing a model with a work.",
        ),
        Use.INFER_REFERENCE: _AS_INPUT,
        Use.GEN_COVER: _AS_INPUT,
        Use.GEN_REMIX: _AS_INPUT,
        Use.GEN_MASHUP: _AS_INPUT,
        Use.GEN_EXTEND: _AS_INPUT,
        Use.GEN_STEMS: _AS_INPUT,
        Use.GEN_TRANSLATE: _AS_INPUT,
        Use.TRAIN_VOICE: UseTerms(
            reached_by=(
                (Signal.CAWG, CAWG_GENERATIVE),
                (Signal.AIPREF, AIPREF_TRAINING),
                (Signal.TDMREP, TDM_RESERVATION),
                (Signal.ROBOTS, TRAINING_CRAWLERS),
                (Signal.ROBOTS, DATASET_CRAWLERS),
            ),
            cannot=_BY_NAME.cannot,
        ),
        Use.GEN_VOICE: UseTerms(reached_by=((Signal.CAWG, CAWG_INFERENCE),), cannot=_BY_NAME.cannot),
        Use.GEN_STYLE: _BY_NAME,
        Use.LIKENESS_NAME: _BY_NAME,
        Use.LIKENESS_IMAGE: _BY_NAME,
        Use.SYNTHETIC_DATA: _AFTERWARDS,
        Use.DISTILL: _AFTERWARDS,
        Use.OUTPUT_EXPORT: _AFTERWARDS,
        Use.OUTPUT_COMMERCIAL: _AFTERWARDS,
    }
)

_READ = date(2026, 11, 29)
SIGNALS: Mapping[Signal, SignalFacts] = MappingProxyType(
    {
        Signal.DDEX: SignalFacts(
            "DDEX UseType",
            "ERN 4.3.2",
            None,
            "a standard of DDEX",
            "https://kb.ddex.net/",
            None,
            (
                "It grants uses in release messages. That a message grants none says nothing.",
                "It speaks of recordings, not of songs, voices or names.",
            ),
        ),
        Signal.CAWG: SignalFacts(
            "CAWG training and data mining assertion",
            "1.1",
            None,
            "approved by the Creator Assertions Working Group",
            "https://cawg.io/training-and-data-mining/1.1/",
            None,
            (
                "A platform may strip it from the file, and then nothing is left of it.",
                "It speaks of one file, not of other recordings of the same song.",
                "It is signed by whoever marks the file; that they hold the right is their own statement.",
            ),
        ),
        Signal.AIPREF: SignalFacts(
            "Content-Usage",
            "draft-ietf-aipref-vocab-08 and draft-ietf-aipref-attach-05",
            date(2026, 9, 13),
            "a draft of the IETF without consensus; words in it may still change",
            "https://datatracker.ietf.org/doc/draft-ietf-aipref-vocab/",
            _READ,
            (
                "It has one word for training, for models that generate; research, data mining, voices and"
                " covers have none.",
                "It speaks of files at an address, not of a recording or a song wherever it is.",
                "It says neither who states it nor in what standing.",
                "It is a preference: the draft says itself that nobody is made to follow it.",
            ),
        ),
        Signal.TDMREP: SignalFacts(
            "TDM Reservation Protocol",
            "Final Community Group Report",
            date(2024, 2, 2),
            "a report of a W3C Community Group, not a W3C standard",
            "https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240202/",
            _READ,
            (
                "It knows one answer for all text and data mining: training cannot be told from research.",
                "It speaks of files at an address, not of a recording or a song wherever it is.",
                "It is read together with the law of a country; which country, and who holds the right, it"
                " does not say in the file itself.",
            ),
        ),
        Signal.ROBOTS: SignalFacts(
            "robots.txt",
            "RFC 9309",
            date(2022, 9, 1),
            "a proposed standard of the IETF",
            "https://www.rfc-editor.org/rfc/rfc9309",
            None,
            (
                "It asks crawlers that are known by name not to fetch files; it says nothing of what was"
                " fetched before, or by crawlers that are not listed.",
                "Crawlers follow it of their own will: it is not a lock.",
                "A crawler that fetches for several purposes is asked to stay away for all of them.",
            ),
        ),
    }
)


def terms_of(signal: Signal) -> tuple[Term, ...]:
    """What a signal can say, in the order of the table; what means none of our uses stands last."""
    return tuple(_term(signal, key) for of, key in _NAMES if of is signal)


def term(signal: Signal, key: str) -> Term:
    """One term. Raises KeyError for a key that the signal does not have."""
    if (signal, key) not in _NAMES:
        raise KeyError(key)
    return _term(signal, key)


def _term(signal: Signal, key: str) -> Term:
    return Term(
        signal,
        key,
        _NAMES[signal, key],
        tuple(use for use in Use if key in keys_for(use, signal)),
        tuple(use for use in Use if (signal, key) in TERMS[use].reached_by),
    )


def keys_for(use: Use, signal: Signal) -> tuple[str, ...]:
    """The keys of the terms of a signal that mean a use; empty: it has none."""
    found = TERMS[use]
    match signal:
        case Signal.DDEX:
            keys: tuple[str, ...] = (found.ddex,)
        case Signal.CAWG:
            keys = (found.cawg,)
        case Signal.AIPREF:
            keys = (found.aipref,)
        case Signal.TDMREP:
            keys = (found.tdmrep,)
        case Signal.ROBOTS:
            keys = found.robots
    return tuple(key for key in keys if key)
