"""Types of identifiers. All are opaque text made by the backend, or by the client where it says so."""

from __future__ import annotations

from typing import NewType

PartyId = NewType("PartyId", str)
ArtistId = PartyId  # an artist is a party whose own answers are recorded here
WorkId = NewType("WorkId", str)
ReleaseId = NewType("ReleaseId", str)
ProgrammeId = NewType("ProgrammeId", str)
TermsId = NewType("TermsId", str)
AgreementId = NewType("AgreementId", str)
DatasetVersionId = NewType("DatasetVersionId", str)
ModelVersionId = NewType("ModelVersionId", str)
DecisionId = NewType(
    "DecisionId", str
)  # UUIDv7 made by the client: the human act, the same through every resend
ActId = NewType("ActId", str)  # made by the client: decisions confirmed together
MandateId = NewType("MandateId", str)
AccountId = NewType("AccountId", str)
StatementId = NewType("StatementId", str)
FactId = NewType("FactId", str)  # stakeholders, controls, opt-ins, attestations, inclusion statements
