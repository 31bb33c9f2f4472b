"""The files that a receipt is saved as. Apart from the saving: the command line asks before it is loaded."""

from __future__ import annotations

from enum import Enum


class ReceiptForm(Enum):
    JWS = "jws"  # the signed text as it came, for any JOSE library
    PROOF = "json"  # with the signer's key, the entry and the head before it
    CONSENT_RECORD = "consent-record"  # what was said on the register, in the shape of ISO/IEC TS 27560
