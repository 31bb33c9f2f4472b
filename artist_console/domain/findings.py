"""Find what the records show that a person may want to act on (PRODUCT, "Findings and their words").

Never accusing: each finding says by whose date and evidence, how many days, and what it does not say. The
kinds stand in `finding_kinds`, the rules beside this file by what they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .facts import FactBook
from .finding import Finding, PaidUse
from .finding_grants import findings_of_grants
from .finding_kinds import FindingKind
from .finding_licences import findings_of_licences
from .finding_lists import findings_of_lists
from .finding_money import findings_of_money
from .finding_records import Records
from .finding_switches import findings_of_switches
from .finding_uses import findings_of_uses
from .ids import ArtistId
from .inclusion import DatasetVersion, InclusionStatement, ModelVersion
from .mandates import Mandate
from .removal_steps import RemovalMark
from .statements import Statement
from .switches import SwitchNote

__all__ = ["Finding", "FindingKind", "PaidUse", "find"]

_ORDER = {kind: place for place, kind in enumerate(FindingKind)}


def find(
    facts: FactBook,
    inclusions: Iterable[InclusionStatement],
    models: Iterable[ModelVersion],
    datasets: Iterable[DatasetVersion],
    statements: Iterable[Statement],
    paid: Iterable[PaidUse],
    mandates: Iterable[Mandate],
    today: date,
    artists: Iterable[ArtistId] | None = None,
    marks: Iterable[RemovalMark] = (),
    switches: Iterable[SwitchNote] = (),
) -> tuple[Finding, ...]:
    """All findings of the artists in reach: first those with a deadline, soonest first, then by kind.

    `artists` limits them to some artists: the same findings that these have among all. `marks`: what was
    noted of removals; `switches`: how switches elsewhere were noted to stand.
    """
    records = Records(
        facts, inclusions, models, datasets, statements, paid, mandates, today, artists, marks, switches
    )
    found = (
        *findings_of_uses(records),
        *findings_of_lists(records),
        *findings_of_licences(records),
        *findings_of_grants(records),
        *findings_of_money(records),
        *findings_of_switches(records),
    )
    return tuple(sorted(found, key=lambda f: (f.deadline or date.max, _ORDER[f.kind], f.since, f.id)))
