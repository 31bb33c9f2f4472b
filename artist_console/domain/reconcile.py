"""What was paid, beside where works are included and what was allowed: where the two do not meet.

Nothing here says that somebody is wrong. A payment may come later, under another name, or by an agreement
that is not known here: each row says what the records show, and is something to ask about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .finding_records import Records
from .pay_terms import PayTerms
from .statements import Statement, is_earned
from .unmet import PaidPart, Unmet, in_order
from .unmet_payments import included_not_paid, paid_not_included, used_without_statement
from .unmet_rates import RatedLine, below_agreement
from .unmet_refusals import paid_after_refusal


def unmet(
    records: Records,
    paid: Iterable[PaidPart],
    statements: Sequence[Statement],
    rated: Iterable[RatedLine] = (),
    agreed: Sequence[PayTerms] = (),
) -> tuple[Unmet, ...]:
    """Everything that does not meet, by its kind, the latest first.

    `statements`: those that count, of payees. `rated`: lines that tell a rate, each with its statement;
    `agreed`: the terms of payment that are noted here.
    """
    parts = [part for part in paid if is_earned(part.kind) and part.artist in records.artists]
    issuers = {each.id: each.issuer for each in statements}
    return in_order(
        (
            *paid_after_refusal(records, parts, issuers),
            *below_agreement(records, rated, agreed),
            *included_not_paid(records),
            *paid_not_included(records, parts, issuers),
            *used_without_statement(records, parts, statements),
        )
    )
