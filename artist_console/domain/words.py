"""The words for every value that a person sees: one table for window, command line and reports.

Templates in English with named fields, keyed by enumerations; the interface translates them. The wording is
DESIGN's (3, 5 and 7): never more than is known, never an accusation, "recording" and "song" for works.
"""

from __future__ import annotations

from . import answers
from .decisions import AnswerKind, Outcome
from .inclusion import Asset, BasisGroup, ModelRelation
from .inclusion_states import EvidenceGrade, InclusionState
from .outcomes import PermissionOutcome
from .parties import Standing
from .programmes import ApprovalClause, Silence
from .registers import Stance
from .statements import CheckResult, LineKind, MoneyNature
from .uses import Family, Right, Use
from .waiting import WaitingKind

STATE_MEANS: dict[InclusionState, str] = {
    InclusionState.NOTHING_REPORTED: "Nobody has reported anything. That does not show that it is not used.",
    InclusionState.ATTESTED_ABSENT: "{who} states that this work is not in it.",
    InclusionState.SUSPECTED: "A public list names it. Being listed is not the same as being used.",
    InclusionState.CLEARED: "The rights are stated to be cleared; nothing has been delivered.",
    InclusionState.DELIVERED: "The files were delivered to the programme.",
    InclusionState.IN_DATASET: "It is in a dataset version. That does not show that a model learned from it.",
    InclusionState.SCHEDULED: "It is planned for a training that has not taken place.",
    InclusionState.TRAINED: "A model version was trained on it. Refusing later does not un-train a model.",
    InclusionState.EXCLUDED_FROM_FUTURE: "It stays out of the next version; what exists keeps what it knows.",
    InclusionState.REMOVAL_REQUESTED: "Removal was asked for and is not confirmed.",
    InclusionState.REMOVED: "{who} says it removed this work.",
    InclusionState.REMOVAL_REFUSED: "{who} answered that it will not remove this work.",
    InclusionState.TRAINED_BEFORE_REFUSAL: (
        "The model was trained on this work before you said no, and has not been retrained."
    ),
    InclusionState.RETRAINED_WITHOUT: "{who} says the model was trained again without this work.",
    InclusionState.QUARANTINED: "It is set aside until a dispute is settled.",
}


OUTCOME_MEANS: dict[PermissionOutcome, str] = {
    PermissionOutcome.REFUSED: "Somebody whose agreement is needed said no.",
    PermissionOutcome.REFUSED_UNCHECKED: "You said no. What your no can do here has not been looked up.",
    PermissionOutcome.LICENSED_AGAINST_WISH: (
        "You said no; others say they licensed it. Your no is recorded and can be sent."
    ),
    PermissionOutcome.OBJECTED: "You said no. By itself it does not stop a licence; none is known.",
    PermissionOutcome.NOT_LICENSED: "The list of agreements is stated to be complete, and none covers this.",
    PermissionOutcome.NO_AGREEMENT_KNOWN: "No known agreement covers every share, so nothing is allowed.",
    PermissionOutcome.LICENSED_BY_OTHERS: "Others say they licensed it. This is not your yes.",
    PermissionOutcome.EXPIRED: "Your yes has ended.",
    PermissionOutcome.TERMS_CHANGED: "Your yes was for earlier terms. Nothing is allowed under the new ones.",
    PermissionOutcome.CONDITIONS_UNMET: "You said yes on conditions that are not met.",
    PermissionOutcome.UNDECIDED: "Somebody whose agreement is needed has not answered. Nothing is allowed.",
    PermissionOutcome.PROPOSED: "It waits for the artist's signature.",
    PermissionOutcome.ALLOWED: "Everyone whose agreement is known to be needed agreed, and it is licensed.",
    PermissionOutcome.DIFFERS: "The answers differ by programme, use or place.",
}

ANSWER: dict[AnswerKind, str] = {
    AnswerKind.ALLOWED: "Allowed",
    AnswerKind.REFUSED: "Refused",
    AnswerKind.UNDECIDED: "Undecided",
    AnswerKind.EXPIRED: "Expired",
    AnswerKind.TERMS_CHANGED: "New terms",
    AnswerKind.CONDITIONS_UNMET: "Conditions not met",
}

STANCE: dict[Stance, str] = {Stance.ALLOW: "Allow", Stance.REFUSE: "Refuse", Stance.CLEAR: "Follow"}

RECORDED: dict[Outcome, str] = {
    Outcome.ACCEPTED: "Recorded",
    Outcome.ACCEPTED_OVER: "Recorded; it came after a newer answer, and a no counts all the same",
    Outcome.CONFLICT: "Not recorded: somebody else answered first. Choose which answer counts",
    Outcome.NOT_AUTHORISED: "Not recorded: your mandate does not allow it",
    Outcome.PROPOSED: "Proposed: it waits for the artist's signature",
    Outcome.DUPLICATE: "Recorded already",
}

STANDING: dict[Standing, str] = {
    Standing.CONTROLS: "You control this: your answer decides.",
    Standing.SHARES: "You own a share: your agreement is needed.",
    Standing.APPROVES: "A contract gives you a say: your agreement is needed.",
    Standing.PERSONAL: "This is your own, whoever owns the recording: your agreement is needed.",
    Standing.THROUGH_BODY: (
        "A publisher, society or distributor exercises this for you. Your answer is recorded and can be sent;"
        " by itself it does not stop a licence."
    ),
    Standing.WISH: (
        "As far as we know you have no say here. Your answer is recorded and can be sent; by itself it does"
        " not stop a licence."
    ),
    Standing.UNKNOWN: "What your answer can do here is not known.",
}
STANDING_NAME: dict[Standing, str] = {
    Standing.CONTROLS: "Controls",
    Standing.SHARES: "Co-owner",
    Standing.APPROVES: "Has a say",
    Standing.PERSONAL: "Own voice, name and image",
    Standing.THROUGH_BODY: "Through a publisher, society or distributor",
    Standing.WISH: "A wish",
    Standing.UNKNOWN: "Not known",
}

RIGHT: dict[Right, str] = {
    Right.MASTER: "Recording",
    Right.COMPOSITION: "Song",
    Right.LYRICS: "Lyrics",
    Right.PERFORMANCE: "Performance",
    Right.VOICE: "Voice",
    Right.LIKENESS: "Name and image",
    Right.MORAL: "Moral right",
}

FAMILY: dict[Family, tuple[str, str]] = {
    Family.TRAINING: ("Training", "Teaching a model"),
    Family.RESEARCH: ("Research", "Study and measure"),
    Family.GENERATION: ("New music", "Covers, remixes, stems"),
    Family.VOICE_LIKENESS: ("Voice & likeness", "Your voice, name, face"),
    Family.FURTHER: ("Further use", "Export, passing on"),
}

USE: dict[Use, tuple[str, str]] = {
    Use.TRAIN_GENERATIVE: ("Train a model that makes music", "A model learns from it to make new music."),
    Use.TRAIN_NONGENERATIVE: ("Train other models", "A model learns from it to recognise, sort or repair."),
    Use.TRAIN_FINETUNE: ("Fine-tune a model", "A finished model is shaped further by it."),
    Use.TRAIN_LYRICS: ("Train on lyrics", "A model learns from the words."),
    Use.RESEARCH_MIR: ("Music research", "Researchers study tempo, key, structure and the like."),
    Use.RESEARCH_RECOMMEND: ("Research on recommendation", "Researchers study what is played to whom."),
    Use.EVAL_BENCHMARK: ("Test a model", "It measures how good a model is, without teaching it."),
    Use.INFER_REFERENCE: ("Use as a reference", "A listener gives it to a model as an example to follow."),
    Use.GEN_COVER: ("AI covers", "A model sings or plays the song anew."),
    Use.GEN_REMIX: ("AI remixes", "A model makes another version of the recording."),
    Use.GEN_MASHUP: ("AI mash-ups", "A model joins it with other recordings."),
    Use.GEN_EXTEND: ("Extend", "A model adds a longer ending, opening or middle."),
    Use.GEN_STEMS: ("Separate into stems", "A model takes it apart into voice and instruments."),
    Use.GEN_TRANSLATE: ("Sing in another language", "A model lets the same voice sing translated words."),
    Use.TRAIN_VOICE: ("Train a voice model", "A model learns to sound like you."),
    Use.GEN_VOICE: ("Sing with your voice", "A model sings or speaks with your voice."),
    Use.GEN_STYLE: ("Prompts with your name", "People may ask a model for music in your style."),
    Use.LIKENESS_NAME: ("Use your name", "Your name stands on what a model made."),
    Use.LIKENESS_IMAGE: ("Use your image", "Your face or figure is shown or made."),
    Use.SYNTHETIC_DATA: ("Make training data", "What a model made from it teaches other models."),
    Use.DISTILL: ("Pass on to another model", "Another model learns from the model that learned from it."),
    Use.OUTPUT_EXPORT: ("Take out of the service", "What is made may leave the operator's service."),
    Use.OUTPUT_COMMERCIAL: ("Sell what is made", "What is made may be sold or used in advertising."),
}

GRADE: dict[EvidenceGrade, str] = {
    EvidenceGrade.OPERATOR_SIGNED: "Signed by operator",
    EvidenceGrade.AUDITED: "Audited",
    EvidenceGrade.OPERATOR_STATED: "Operator says",
    EvidenceGrade.LICENSOR_STATED: "Licensor says",
    EvidenceGrade.PUBLIC_DATASET: "Public list",
    EvidenceGrade.INFERRED: "Inferred",
    EvidenceGrade.SELF_REPORTED: "You reported",
}

# Whom a file that nothing shows to come from its operator names: what it says is not the operator's word.
FILE_IN_THE_NAME_OF = "A file in the name of {name}"


def grade_words(grade: EvidenceGrade, stated_by: str) -> str:
    """The grade of what somebody states. What a file says is not what the person who brought it reported."""
    by_a_file = stated_by.startswith(FILE_IN_THE_NAME_OF.format(name=""))
    return "A file says" if grade is EvidenceGrade.SELF_REPORTED and by_a_file else GRADE[grade]


BASIS_GROUP: dict[BasisGroup, str] = {
    BasisGroup.YOUR_YES: "Your yes",
    BasisGroup.LICENSED_BY_OTHERS: "Licensed by others",
    BasisGroup.CLAIMED_UNDER_THE_LAW: "Claimed under the law",
    BasisGroup.NO_BASIS_STATED: "No basis stated",
}

CLAUSE: dict[ApprovalClause, str] = {
    ApprovalClause.ARTIST_OPT_IN: "The artist is asked first",
    ApprovalClause.SINGLE_USE_APPROVAL: "Each use with the artist's approval",
    ApprovalClause.BLANKET: "As a whole, without asking",
    ApprovalClause.DEFAULT_AFTER_NOTICE: "Unless somebody objects after notice",
    ApprovalClause.COLLECTIVE: "For everyone it represents",
    ApprovalClause.STATUTORY: "By law",
}

ASSET: dict[Asset, str] = {
    Asset.MASTER: "recording",
    Asset.STEM: "stems",
    Asset.LYRICS: "lyrics",
    Asset.COMPOSITION: "song",
    Asset.VOICE: "voice",
}

MODEL_RELATION: dict[ModelRelation, str] = {
    ModelRelation.FINE_TUNE: "fine-tuned from {parent}",
    ModelRelation.DISTILLATION: "distilled from {parent}",
    ModelRelation.SYNTHETIC_DATA: "trained on music made by {parent}",
}

SILENCE_MEANS: dict[Silence, str] = {
    Silence.NOTHING_ALLOWED: "No answer: nothing is allowed",
    Silence.TAKEN_AS_YES: "{who} says it will take silence as yes",
}

NO_ANSWER: dict[answers.Silence, str] = {
    answers.Silence.UNKNOWN_PARTY: "Nobody is recorded",
    answers.Silence.SPLIT_FAULT: "The shares are disputed or do not add up",
    answers.Silence.UNREACHABLE: "Could not be reached",
    answers.Silence.NO_ANSWER_YET: "No answer yet",
    answers.Silence.CAME_BACK: "A yes from before the right came back",
    answers.Silence.NOT_SHARED: "Not everyone has agreed",
}

LINE_KIND: dict[LineKind, tuple[str, str]] = {
    LineKind.FEE_TRAINING: ("Training fee", "A fixed fee for training on your works."),
    LineKind.FEE_VERSION: ("Version fee", "A fixed fee for each new version of a model."),
    LineKind.MINIMUM_GUARANTEE: ("Minimum guarantee", "What the programme promised to pay at least."),
    LineKind.POOL_SUBSCRIPTION: ("Share of subscriptions", "Your share of what subscribers paid."),
    LineKind.USAGE_GENERATION: ("Generations", "Counted: how often something was made with it."),
    LineKind.USAGE_OUTPUT_ATTRIBUTED: (
        "Attributed by a model",
        "A model's estimate of how much of an output comes from your work. It has a range.",
    ),
    LineKind.USAGE_OUTPUT_ANALOGY: (
        "By likeness of outputs",
        "An estimate by how alike outputs and your work are. Likeness is not influence.",
    ),
    LineKind.USAGE_STREAM_DERIVATIVE: ("Streams of derivatives", "Counted: plays of music made from it."),
    LineKind.VOICE_MODEL: ("Voice model", "A fixed fee for a model of your voice."),
    LineKind.SETTLEMENT: ("Settlement", "Your part of a settlement of claims."),
    LineKind.EQUITY: ("Shares of a company", "Your part of what a stake in an operator brought."),
    LineKind.BACKPAY: ("Paid for earlier periods", "Money for use before the agreement."),
    LineKind.ADVANCE: ("Advance", "Paid ahead; later earnings are set against it."),
    LineKind.RECOUPMENT: ("Set against your advance", "Kept until the advance is earned back."),
    LineKind.COST: ("Costs", "Costs that are taken from your earnings."),
    LineKind.SPLIT_TRANSFER: ("Passed on by split", "Somebody else's share, passed on."),
    LineKind.RESERVE_HELD: ("Held back", "Kept for later corrections."),
    LineKind.RESERVE_RELEASED: ("Released", "Money that was held back and is now paid."),
    LineKind.ADJUSTMENT: ("Correction", "A correction of an earlier line."),
    LineKind.REVERSAL: ("Taken back", "An earlier line is taken back."),
    LineKind.TAX_WITHHELD: ("Tax withheld", "Tax that the payer keeps and pays for you."),
    LineKind.COMMISSION: ("Commission", "What a distributor, body or management keeps."),
    LineKind.UNATTRIBUTED: ("Not attributed", "Money that was not assigned to a work."),
    LineKind.OTHER: ("Not AI income", "Not recognised as income from AI."),
}

NATURE: dict[MoneyNature, str] = {
    MoneyNature.FIXED: "Fixed",
    MoneyNature.COUNTED: "Counted",
    MoneyNature.ESTIMATED: "Estimated by a model",
    MoneyNature.DEDUCTION: "Taken off",
}

CHECK: dict[CheckResult, str] = {
    CheckResult.ADDS_UP: "Adds up",
    CheckResult.DOES_NOT_ADD_UP: "Does not add up",
    CheckResult.PART_CANNOT_BE_CHECKED: "Part cannot be checked",
    CheckResult.NOT_CHECKED: "Not checked yet",
}


WAITING: dict[WaitingKind, str] = {
    WaitingKind.REQUEST: "Asks for your answer",
    WaitingKind.CONFLICT: "Two answers",
    WaitingKind.NEW_TERMS: "New terms",
    WaitingKind.PROPOSAL: "Proposal to sign",
    WaitingKind.FINDING: "Finding",
    WaitingKind.REMOVAL_UNCONFIRMED: "Removal not confirmed",
    WaitingKind.STATEMENT_CHECK: "Statement to check",
    WaitingKind.MANDATE_ENDS: "Mandate ends",
    WaitingKind.EXPIRING: "Your yes ends",
    WaitingKind.UNAUTHORISED: "An answer without a mandate",
    WaitingKind.CASE: "Letter",
}
