"""Trouble with the signed heads of ledgers, one sentence each. What was decided here is kept through it."""

from __future__ import annotations

from artist_console.domain.problems import NetworkProblem


class LedgerForked(NetworkProblem):
    """What a service signed cannot all be true; the signed heads are kept as evidence."""

    title_template = "{host} contradicts what it signed about the ledger of {name} (entry {n})"
    advice_template = (
        "What it signed is kept as proof; save it with artist-console ledger export, and ask whoever runs"
        " the service. Your decisions and receipts are kept"
    )


class HeadTooOld(NetworkProblem):
    title_template = (
        "{host} gave an older head of the ledger of {name} ({n}) than it has shown before ({seen})"
    )
    advice_template = (
        "Nothing of it was taken over; sync again, and ask whoever runs the service if it stays so"
    )


class HeadNotGenuine(NetworkProblem):
    title_template = "{host} gave a head of the ledger of {name} that was not signed with its key"
    advice_template = "Nothing of it was taken over. Ask whoever runs the service"


class HeadKeyUnknown(NetworkProblem):
    """A service keeps its key: another one counts only once a person has made it known."""

    title_template = "{host} signs the ledger of {name} with a key that is not known here ({fingerprint})"
    advice_template = (
        "Ask whoever runs the service, by another way, whether that is the fingerprint of its new key. If so,"
        " make it known with artist-console ledger trust"
    )
