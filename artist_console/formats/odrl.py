"""The policy behind a TDM reservation, as an Offer of ODRL 2.2 in the profile of TDMRep.

It says whom to ask, and nothing more: its one permission is bound to the duty to obtain consent, which the
profile asks for, so it permits nothing by itself. It is no licence and says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

CONTEXT = ("http://www.w3.org/ns/odrl.jsonld", "http://www.w3.org/ns/tdmrep.jsonld")
PROFILE = "http://www.w3.org/ns/tdmrep"


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What a policy is written from. `address` is the policy's own, `page` that of the readable page."""

    address: str
    site: str
    holder: str
    page: str
    mail: str = ""
    statement: tuple[str, ...] = ()  # sentences: in what standing, and what it is not


def write_policy(facts: PolicyFacts) -> bytes:
    """The policy as JSON-LD."""
    assigner = {"uid": facts.site, "vcard:fn": facts.holder, "vcard:hasURL": facts.page}
    if facts.mail:
        assigner["vcard:hasEmail"] = f"mailto:{facts.mail}"
    offer = {
        "@context": list(CONTEXT),
        "@type": "Offer",
        "profile": PROFILE,
        "uid": facts.address,
        "dc:description": " ".join(facts.statement),
        "assigner": assigner,
        "permission": [{"action": "tdm:mine", "duty": [{"action": "obtainConsent"}]}],
    }
    return (json.dumps(offer, indent=2, ensure_ascii=False) + "\n").encode()
