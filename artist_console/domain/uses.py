"""The vocabulary of uses: keys, families, and the rights that each use touches (PRODUCT, "use").

Keys are fixed for ever. Which family a use belongs to is a versioned table, so that a family can gain
a use without changing what an old answer meant; a refusal of a family covers what any version puts in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Right(Enum):
    """What can be owned or held in a work or a person."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    MASTER = "master"
    COMPOSITION = "composition"
    LYRICS = "lyrics"
    PERFORMANCE = "performance"
    VOICE = "voice"
    LIKENESS = "likeness"
    MORAL = "moral"


PERSONAL_RIGHTS = frozenset({Right.VOICE, Right.LIKENESS})
SONG_RIGHTS = frozenset({Right.COMPOSITION, Right.LYRICS})


class Family(Enum):
    """A group of uses that can be refused together."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    TRAINING = "training"
    RESEARCH = "research"
    GENERATION = "generation"
    VOICE_LIKENESS = "voice_likeness"
    FURTHER = "further"


class Use(Enum):
    """One kind of use, answered separately."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    TRAIN_GENERATIVE = "train.generative"
    TRAIN_NONGENERATIVE = "train.nongenerative"
    TRAIN_FINETUNE = "train.finetune"
    TRAIN_LYRICS = "train.lyrics"
    RESEARCH_MIR = "research.mir"
    RESEARCH_RECOMMEND = "research.recommend"
    EVAL_BENCHMARK = "eval.benchmark"
    INFER_REFERENCE = "infer.reference"
    GEN_COVER = "gen.cover"
    GEN_REMIX = "gen.remix"
    GEN_MASHUP = "gen.mashup"
    GEN_EXTEND = "gen.extend"
    GEN_STEMS = "gen.stems"
    GEN_TRANSLATE = "gen.translate"
    TRAIN_VOICE = "train.voice"
    GEN_VOICE = "gen.voice"
    GEN_STYLE = "gen.style"
    LIKENESS_NAME = "likeness.name"
    LIKENESS_IMAGE = "likeness.image"
    SYNTHETIC_DATA = "synthetic.data"
    DISTILL = "distill"
    OUTPUT_EXPORT = "output.export"
    OUTPUT_COMMERCIAL = "output.commercial"


# Version -> family -> uses. Add a version; never edit a released one.
FAMILY_TABLE: Mapping[int, Mapping[Family, frozenset[Use]]] = MappingProxyType(
    {
        1: MappingProxyType(
            {
                Family.TRAINING: frozenset(
                    {Use.TRAIN_GENERATIVE, Use.TRAIN_NONGENERATIVE, Use.TRAIN_FINETUNE, Use.TRAIN_LYRICS}
                ),
                Family.RESEARCH: frozenset({Use.RESEARCH_MIR, Use.RESEARCH_RECOMMEND, Use.EVAL_BENCHMARK}),
                Family.GENERATION: frozenset(
                    {
                        Use.INFER_REFERENCE,
                        Use.GEN_COVER,
                        Use.GEN_REMIX,
                        Use.GEN_MASHUP,
                        Use.GEN_EXTEND,
                        Use.GEN_STEMS,
                        Use.GEN_TRANSLATE,
                    }
                ),
                Family.VOICE_LIKENESS: frozenset(
                    {Use.TRAIN_VOICE, Use.GEN_VOICE, Use.GEN_STYLE, Use.LIKENESS_NAME, Use.LIKENESS_IMAGE}
                ),
                Family.FURTHER: frozenset(
                    {Use.SYNTHETIC_DATA, Use.DISTILL, Use.OUTPUT_EXPORT, Use.OUTPUT_COMMERCIAL}
                ),
            }
        )
    }
)
CURRENT_FAMILIES = max(FAMILY_TABLE)
_EVER_IN: Mapping[Family, frozenset[Use]] = MappingProxyType(
    {family: frozenset().union(*(table[family] for table in FAMILY_TABLE.values())) for family in Family}
)

_RECORDING_AND_SONG = frozenset({Right.MASTER, Right.COMPOSITION})
_TOUCHED: Mapping[Use, frozenset[Right]] = MappingProxyType(
    {
        Use.TRAIN_LYRICS: frozenset({Right.LYRICS}),
        Use.GEN_COVER: SONG_RIGHTS,
        Use.TRAIN_VOICE: _RECORDING_AND_SONG | {Right.VOICE},
        Use.GEN_VOICE: _RECORDING_AND_SONG | {Right.VOICE},
        Use.GEN_TRANSLATE: _RECORDING_AND_SONG | {Right.VOICE},
        Use.GEN_STYLE: frozenset({Right.LIKENESS}),
        Use.LIKENESS_NAME: frozenset({Right.LIKENESS}),
        Use.LIKENESS_IMAGE: frozenset({Right.LIKENESS}),
    }
)


def rights_touched(use: Use) -> frozenset[Right]:
    """The rights that a use touches by itself; a programme's terms may add to them, never take away.

    Performance joins where a performer's agreement is needed: that is a fact about the work, which the
    permission rule adds when a stakeholder in the performance is recorded.
    """
    return _TOUCHED.get(use, _RECORDING_AND_SONG)


def family_of(use: Use) -> Family:
    """The family in which the interface shows a use today."""
    return next(family for family, uses in FAMILY_TABLE[CURRENT_FAMILIES].items() if use in uses)


def uses_of(family: Family) -> tuple[Use, ...]:
    """Today's members of a family, in the order of `Use`."""
    return tuple(use for use in Use if use in FAMILY_TABLE[CURRENT_FAMILIES][family])


def in_family(use: Use, family: Family) -> bool:
    """Whether any version of the table puts the use into the family."""
    return use in _EVER_IN[family]


def is_sensitive(use: Use) -> bool:
    """Voice and likeness: allowed one by one only, never in bulk, by family or over several artists."""
    return in_family(use, Family.VOICE_LIKENESS)
