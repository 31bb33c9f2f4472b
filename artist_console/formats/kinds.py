"""The version of the wire, and the kinds of rows that travel on it."""

from __future__ import annotations

from enum import Enum

API_VERSION = "v1"


class Kind(Enum):
    """The kinds of rows that a feed carries."""

    PARTY = "party"
    WORK = "work"
    RELEASE = "release"
    STAKEHOLDER = "stakeholder"
    CONTROL = "control"
    PROGRAMME = "programme"
    TERMS = "terms"
    AGREEMENT = "agreement"
    OPT_IN = "opt_in"
    ATTESTATION = "attestation"
    REQUEST = "request"
    DATASET = "dataset"
    MODEL = "model"
    INCLUSION = "inclusion"
    RECORDED_ANSWER = "recorded_answer"
    OTHERS_ANSWER = "others_answer"
    MANDATE = "mandate"
    ENTRY = "entry"  # id is "<artist>/<n>"
    RECEIPT = "receipt"  # of the entry of that id
    UNAUTHORISED = (
        "unauthorised"  # a decision that came without a mandate: told to the artist, applied nowhere
    )
    STATEMENT = "statement"
    PAY_TERMS = "pay_terms"
    DIRECTION = "direction"  # a letter of direction
    PAID_SPLIT = "paid_split"  # who is paid what of a work, said by hand
