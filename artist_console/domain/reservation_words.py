"""The words for reservations and checks of a site: one table for window and command line."""

from __future__ import annotations

from .reservations import Manner
from .site_checks import Place, Verdict

MANNER: dict[Manner, str] = {
    Manner.SITE_FILE: "Files on a site",
    Manner.LETTER: "Letter",
    Manner.REGISTRY: "Registry",
    Manner.SOCIETY: "Repertoire of a society",
}
PLACE: dict[Place, str] = {
    Place.TDMREP: "tdmrep.json",
    Place.ROBOTS: "robots.txt",
    Place.HEADERS: "Headers of the page",
    Place.META: "Head of the page",
}
VERDICT: dict[Verdict, str] = {
    Verdict.AS_WRITTEN: "As you decided",
    Verdict.DIFFERS: "Differs",
    Verdict.MISSING: "Missing",
    Verdict.SAYS_MORE: "Says more than you decided",
    Verdict.NOTHING: "Says nothing, as decided",
    Verdict.CANNOT_TELL: "Could not be read",
    Verdict.TOLD: "Not compared",
}
