"""The receipt of a decision as a page: what was signed, by whom, and what came of checking it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine, check_line, mandate_words
from artist_console.commands.names import condition_words, decision_words, party_name, terms_words
from artist_console.commands.signers import keys_known
from artist_console.domain.decisions import Decision, LedgerEntry
from artist_console.domain.ids import DecisionId
from artist_console.domain.mandates import MandateEvidence
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.receipts import SIGNED_BY, Receipt, verify_receipt
from artist_console.store import journal, mirror
from artist_console.store import receipts as kept


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt: one page to read, print, save or check."""

    decision: DecisionId
    artist_name: str
    jws: str  # as it came from the signer; what "Save" writes
    genuine: bool
    checks: tuple[CheckLine, ...]
    lines: tuple[tuple[str, str], ...]  # label and text, top to bottom
    signer: str  # who signed, in words: "this computer", a host's name
    signer_known: bool
    fingerprint: str  # of the signer's key
    n: int  # place in the ledger
    head: str  # hex
    later: int  # entries after it that a proof can hold


class NoReceipt(UnknownThing):
    """The decision waits, was not applied, or its ledger is not here."""

    title_template = "There is no receipt for this decision on this computer yet"
    advice_template = "Sync, then look again"


def receipt(console: Console, decision: DecisionId) -> ReceiptView:
    """The receipt of a decision, checked against the keys known here and the ledger as it came.

    Raises NoReceipt when there is none.
    """
    store = console.store
    latest = kept.latest(store, decision)
    recorded = mirror.entry_of(store, decision)
    made = _decision(console, decision, recorded)
    if latest is None or made is None:
        raise NoReceipt
    checked = verify_receipt(latest.jws, keys_known(console), recorded if recorded is not None else made)
    claims = checked.receipt
    facts = mirror.facts(store, console.clock())
    lines = [
        ("Artist", party_name(facts, made.register.artist)),
        ("Answer", decision_words(facts, made)),
        ("Made", day_in_words(made.made_at)),
        ("Terms", terms_words(facts, made.terms)),
        ("Conditions", ", ".join(condition_words(made.conditions))),
    ]
    if claims is not None:
        lines += _signed_lines(console, claims)
    n = latest.n or 0
    return ReceiptView(
        decision=decision,
        artist_name=party_name(facts, made.register.artist),
        jws=latest.jws,
        genuine=checked.state is CheckState.PASSED,
        checks=tuple(check_line(c) for c in checked.checks),
        lines=tuple((label, text) for label, text in lines if text),
        signer=claims.signer.name if claims is not None else "",
        signer_known=checked.key is not None,
        fingerprint=checked.key.fingerprint if checked.key is not None else "",
        n=n,
        head=latest.head or "",
        later=kept.count_after(store, recorded.artist, recorded.n) if recorded is not None else 0,
    )


def _decision(console: Console, id: DecisionId, recorded: LedgerEntry | None) -> Decision | None:
    if recorded is not None and recorded.decision is not None:
        return recorded.decision
    mine = journal.entry(console.store, id)
    return mine.decision if mine is not None else None


def _signed_lines(console: Console, claims: Receipt) -> list[tuple[str, str]]:
    lines = [
        ("Recorded", f"{claims.recorded_at:%d %B %Y, %H:%M} UTC"),
        ("Place in the ledger", str(claims.n)),
        ("Head of the ledger", claims.head),
        ("Signed by", claims.signer.name),
        ("What this says", SIGNED_BY[claims.signer.role]),
    ]
    if claims.mandate is not None:
        known_as = _MANDATE_EVIDENCE.get(claims.mandate.evidence, "not known to the signer")
        lines.append(
            ("By mandate", f"{mandate_words(mandates_known(console), claims.mandate.id)}, {known_as}")
        )
    return lines


_MANDATE_EVIDENCE: Mapping[MandateEvidence | None, str] = {
    MandateEvidence.CONFIRMED_BY_ARTIST: "confirmed by the artist",
    MandateEvidence.DOCUMENT: "shown by a document",
    MandateEvidence.STATED_BY_HOLDER: "stated by its holder",
}
