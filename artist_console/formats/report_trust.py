"""What the signatures of an unchanged report are worth to whoever opens it, in words.

One signer that is known and whose key is good is enough; the checks tell of each by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from artist_console.domain.phrases import day_in_words

from .handovers import ChainFault
from .package_signer import PackageSigner
from .proof_checks import ProofCheck, Sentence, cannot, passed, sentence
from .report_parts import Result

SIGNER = "signer"
_CHAIN_WORDS: dict[ChainFault, str] = {
    ChainFault.FORK: "a key on the way names two successors",
    ChainFault.LOOP: "they come back to where they began",
    ChainFault.WRONG_ORDER: "a later one has an earlier day",
    ChainFault.REVOKED: "a key on the way is no longer trusted",
}
_HEADLINES: dict[Result, str] = {
    Result.GENUINE: "Unchanged since {name} signed it.",
    Result.GENUINE_OLD_KEY: "Unchanged since {name} signed it, with a key that {name} has replaced since.",
    Result.SIGNER_NOT_KNOWN: "Unchanged since it was signed. The signer is not known to you.",
    Result.SIGNER_REVOKED: "Unchanged since it was signed, with a key of {name} that is no longer trusted.",
}
_HEADLINES_WITH_GAPS: dict[Result, str] = {
    Result.GENUINE: "Unchanged since {name} signed it, but for rows that were taken out of this copy.",
    Result.GENUINE_OLD_KEY: "Unchanged since {name} signed it with a key that {name} has replaced since, but"
    " for rows that were taken out of this copy.",
    Result.SIGNER_NOT_KNOWN: "Unchanged since it was signed, but for rows that were taken out of this copy."
    " The signer is not known to you.",
    Result.SIGNER_REVOKED: "Unchanged since it was signed with a key of {name} that is no longer trusted, but"
    " for rows that were taken out of this copy.",
}


def result_of(signers: Sequence[PackageSigner]) -> Result:
    """What follows of signatures that all hold."""
    found = {_result(signer) for signer in signers}
    best_first = (Result.GENUINE, Result.GENUINE_OLD_KEY, Result.SIGNER_REVOKED)
    return next((result for result in best_first if result in found), Result.SIGNER_NOT_KNOWN)


def _result(signer: PackageSigner) -> Result:
    known = signer.known
    if known is None:
        return Result.SIGNER_NOT_KNOWN
    if known.revoked is not None:
        return Result.SIGNER_REVOKED
    return Result.GENUINE if known.replaced is None else Result.GENUINE_OLD_KEY


def headline_of(result: Result, signers: Sequence[PackageSigner], *, has_gaps: bool) -> Sentence:
    """The result line of an unchanged report."""
    speaks_of = next((signer for signer in signers if _result(signer) is result), None)
    words = (_HEADLINES_WITH_GAPS if has_gaps else _HEADLINES)[result]
    if speaks_of is None or speaks_of.known is None:
        return sentence(words)
    return sentence(words, name=speaks_of.known.name)


def check_signers(signers: Sequence[PackageSigner], made_at: datetime) -> tuple[ProofCheck, ...]:
    """Who each signer is to the reader; `made_at` is the report's own word."""
    return tuple(_check(signer, made_at) for signer in signers)


def _check(signer: PackageSigner, made_at: datetime) -> ProofCheck:
    known, fields = signer.known, {"fingerprint": signer.key.fingerprint}
    if signer.chain is not None:
        words = "The key {fingerprint} is not known to you: handovers lead to it, but {why}."
        return cannot(SIGNER, words, why=_CHAIN_WORDS[signer.chain], **fields)
    if known is None:
        words = "The key {fingerprint} is not known to you. Whoever has it calls itself “{name}”."
        return cannot(SIGNER, words, name=signer.claimed_name, **fields)
    fields["name"] = known.name
    if known.revoked is not None:
        day, why = known.revoked
        words = "The key {fingerprint} of {name} is not trusted any more since {day}"
        words += ": {why}." if why else "."
        return cannot(SIGNER, words, day=day_in_words(day), why=why.rstrip("."), **fields)
    if known.replaced is not None:
        words = "{name} replaced the key {fingerprint} on {day}"
        words += (
            "; the report says that it was made after that."
            if made_at.date() > known.replaced
            else ", and the report says that it was made before."
        )
        return cannot(SIGNER, words, day=day_in_words(known.replaced), **fields)
    if known.introduced_by:
        words = "You know the key {fingerprint} as {name}, introduced by {who}."
        return passed(SIGNER, words, who=known.introduced_by, **fields)
    return passed(SIGNER, "You know the key {fingerprint} as {name}.", **fields)
