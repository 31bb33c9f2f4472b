"""Which kinds of rows the permission rule reads, under the names by which `FactBook.of` takes them."""

from __future__ import annotations

from collections.abc import Mapping

from .kinds import Kind

# Ledgers apart, which come by artist.
FACT_KINDS: Mapping[str, Kind] = {
    "parties": Kind.PARTY,
    "works": Kind.WORK,
    "releases": Kind.RELEASE,
    "programmes": Kind.PROGRAMME,
    "terms": Kind.TERMS,
    "stakeholders": Kind.STAKEHOLDER,
    "controls": Kind.CONTROL,
    "agreements": Kind.AGREEMENT,
    "opt_ins": Kind.OPT_IN,
    "attestations": Kind.ATTESTATION,
    "recorded_answers": Kind.RECORDED_ANSWER,
    "others": Kind.OTHERS_ANSWER,
}
