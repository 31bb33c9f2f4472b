"""A consent record: what was said over time about one register, in the shape of ISO/IEC TS 27560:2023.

The shape is borrowed: that specification is about personal data, this is about permission to use music. What
nobody stated is null, never guessed. docs/formats/consent-record.md says what stands where, and why.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import DecisionId, MandateId, TermsId
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Conditions, Register, Stance, SubjectKind
from artist_console.domain.uses import family_of, is_sensitive

from .canonical import canonical_bytes
from .encoding import as_plain
from .receipts import Receipt

SCHEMA_VERSION = "artist-console-consent-record/1"
SHAPE = "ISO/IEC TS 27560:2023"
NOTICE = (
    "In the shape of ISO/IEC TS 27560:2023, about permission to use music; no conformance is claimed."
    " The state is that of this register; narrower and other wider answers are records of their own."
    " The signed receipt is the proof; this record is derived from it."
)
_NAMES = uuid.UUID(
    "5b1d8f0e-6f0c-5d53-9a8e-6b5d0d7c2f11"
)  # of the registers, so that their ids stay the same


class ConsentState(Enum):
    """States of W3C's Data Privacy Vocabulary, as far as answers about music know them."""

    REQUESTED = "requested"
    GIVEN = "given"
    RENEWED = "renewed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"  # undecided


@dataclass(frozen=True, slots=True)
class RecordParty:
    """Somebody who takes part."""

    id: str
    name: str
    role: str  # pii_principal, representative, pii_controller, record_keeper
    kind: str  # person, organisation, software


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a record is made of.

    `entries` are those on the register, and wider refusals by which an allow on it fell, oldest first.
    """

    register: Register
    entries: Sequence[LedgerEntry]
    claims: Receipt
    receipt: str
    subject_title: str
    subject_identifiers: Mapping[str, str]
    terms: Mapping[TermsId, TermsVersion]
    parties: Sequence[RecordParty]
    programme_name: str = ""
    operator: str = ""  # id of the party
    mandates: Mapping[MandateId, str] = field(default_factory=dict)  # id of a mandate: its evidence


def consent_record(facts: RecordFacts) -> bytes:
    """The record as JSON text."""
    events = _events(facts)
    content = {
        "header": {
            "schema_version": SCHEMA_VERSION,
            "record_id": record_id(facts.register),
            "pii_principal_id": facts.register.artist,
        },
        "processing": _processing(facts),
        "parties": [_party(party) for party in facts.parties],
        "events": events,
        "artist_console": {
            "notice": NOTICE,
            "shape": SHAPE,
            "state": events[-1]["event_state"],
            "register": as_plain(facts.register),
            "receipt": facts.receipt,
            "ledger": {"n": facts.claims.n, "head": facts.claims.head},
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def record_id(register: Register) -> str:
    """The same for the same register, wherever the record is made."""
    return str(uuid.uuid5(_NAMES, canonical_bytes(as_plain(register)).decode()))


def _processing(facts: RecordFacts) -> dict[str, Any]:
    decision = _last_decision(facts)
    terms = facts.terms.get(decision.terms) if decision is not None and decision.terms else None
    allows = decision is not None and decision.stance is Stance.ALLOW
    conditions = decision.conditions if decision is not None else Conditions()
    return {
        "privacy_notice": _notice(decision, terms),
        "language": None,
        "purposes": _purposes(facts.register),
        "lawful_basis": "consent" if allows else None,
        "pii_information": [_information(facts)],
        "pii_controllers": [facts.operator] if facts.operator else [],
        "collection_method": None,
        "processing_method": None,
        "storage_locations": None,
        "retention_period": None,
        "processing_locations": None,
        "geographic_restrictions": (
            list(conditions.territories.codes) if conditions.territories is not None else None
        ),
        "services": [facts.programme_name] if facts.programme_name else None,
        "jurisdiction": None,
        "recipient_third_parties": None,
        "withdrawal_method": (terms.how_a_yes_is_withdrawn or None) if terms is not None else None,
        "privacy_rights": None,
        "codes_of_conduct": None,
        "impact_assessment": None,
        "authority_party": None,
    }


def _notice(decision: Decision | None, terms: TermsVersion | None) -> dict[str, Any] | None:
    """The terms that were agreed to; a refusal depends on none."""
    if decision is None or decision.terms is None:
        return None
    return {
        "id": decision.terms,
        "sha256": decision.terms_sha256,
        "version": terms.number if terms is not None else None,
        "effective_from": terms.effective_from.isoformat() if terms is not None else None,
    }


def _purposes(register: Register) -> list[dict[str, str]]:
    """Each use that the register covers today. A register of every use covers later ones, too."""
    return [
        {"purpose": use.value, "purpose_type": family_of(use).value}
        for use in sorted(register.use.uses, key=lambda use: use.value)
    ]


def _information(facts: RecordFacts) -> dict[str, Any]:
    subject = facts.register.subject
    personal = subject.kind is SubjectKind.PERSON
    return {
        "pii_type": _SUBJECT[subject.kind],
        "pii_attribute_id": subject.id or None,
        "pii_optional": None,
        "sensitive_pii_category": personal or all(is_sensitive(use) for use in facts.register.use.uses),
        "special_pii_category": None,
        "title": facts.subject_title,
        "identifiers": dict(facts.subject_identifiers),
    }


_SUBJECT = {
    SubjectKind.WORK: "work",
    SubjectKind.RELEASE: "release and the recordings on it",
    SubjectKind.ALL: "all works of the artist, later ones too",
    SubjectKind.PERSON: "voice, name and image",
}


def _party(party: RecordParty) -> dict[str, Any]:
    return {
        "party_id": party.id,
        "party_name": party.name or None,
        "party_role": party.role,
        "party_type": party.kind,
        "party_address": None,
        "party_email": None,
        "party_url": None,
        "party_phone": None,
        "party_contact": None,
    }


def _events(facts: RecordFacts) -> list[dict[str, Any]]:
    """One event per entry, oldest first; the state follows from them and is never overwritten."""
    proposed: dict[DecisionId, Decision] = {}
    state = ConsentState.UNKNOWN
    events = []
    for entry in facts.entries:
        decision = entry.decision
        if entry.kind is EntryKind.PROPOSAL and decision is not None:
            proposed[decision.id] = decision
            shown = ConsentState.REQUESTED  # the artist is asked; what counted goes on counting
        elif entry.kind is EntryKind.CO_SIGNATURE and entry.names in proposed:
            decision = proposed[entry.names]
            state = shown = _state_after(decision, state)
        elif entry.kind is EntryKind.DECISION and decision is not None:
            fell = decision.register != facts.register
            state = shown = ConsentState.WITHDRAWN if fell else _state_after(decision, state)
        else:
            shown = state
        events.append(_event(facts, entry, decision, shown))
    return events


def _state_after(decision: Decision, before: ConsentState) -> ConsentState:
    stood = before in (ConsentState.GIVEN, ConsentState.RENEWED)
    match decision.stance:
        case Stance.ALLOW:
            return ConsentState.RENEWED if stood else ConsentState.GIVEN
        case Stance.REFUSE:
            return ConsentState.REFUSED
        case Stance.CLEAR:
            return ConsentState.WITHDRAWN if stood else ConsentState.UNKNOWN


def _event(
    facts: RecordFacts, entry: LedgerEntry, decision: Decision | None, state: ConsentState
) -> dict[str, Any]:
    conditions = decision.conditions if decision is not None else Conditions()
    mandate = decision.mandate if decision is not None else None
    return {
        "event_time": entry.recorded_at.isoformat(),
        "event_type": "explicit",
        "event_state": state.value,
        "validity_duration": _validity(conditions),
        "entity_id": entry.recorded_for,
        "kind": entry.kind.value,
        "n": entry.n,
        "decision": decision.id if decision is not None else None,
        "stance": decision.stance.value if decision is not None else None,
        "conditions": _conditions(conditions),
        "terms_sha256": (decision.terms_sha256 or None) if decision is not None else None,
        "mandate": (
            {"id": mandate, "evidence": facts.mandates.get(mandate)} if mandate is not None else None
        ),
    }


def _validity(conditions: Conditions) -> dict[str, str | None] | None:
    if conditions.since is None and conditions.until is None:
        return None
    return {"from": _day(conditions.since), "until": _day(conditions.until)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _conditions(conditions: Conditions) -> dict[str, Any]:
    """Those that were made, nothing else."""
    plain: dict[str, Any] = as_plain(conditions)
    return {name: value for name, value in plain.items() if value not in (None, False, "")}


def _last_decision(facts: RecordFacts) -> Decision | None:
    own = [e.decision for e in facts.entries if e.decision and e.decision.register == facts.register]
    return own[-1] if own else None
