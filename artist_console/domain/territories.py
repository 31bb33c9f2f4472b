"""Where something holds: ISO 3166-1 alpha-2 codes, or the whole world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WORLD = "WW"
_EXCEPT = "-"


@dataclass(frozen=True, slots=True)
class Territories:
    """A set of places. `codes` is sorted; `("WW",)` is the whole world.

    Beside the world may stand only places that are left out: `("-DE", "WW")` is everywhere but Germany.
    """

    codes: tuple[str, ...] = (WORLD,)

    def covers(self, place: str | None) -> bool:
        """Whether `place` lies inside; no place given asks for the world but for the places left out."""
        if self.codes == (WORLD,):
            return True
        if WORLD in self.codes:
            return place is None or _EXCEPT + place not in self.codes
        return place is not None and place in self.codes

    def meets(self, place: str | None) -> bool:
        """Whether anything here concerns `place`; no place given is concerned by everything."""
        return place is None or self.covers(place)

    @property
    def named(self) -> frozenset[str]:
        """The single places that are named, be it as inside or as left out."""
        return frozenset(code.removeprefix(_EXCEPT) for code in self.codes) - {WORLD}

    def within(self, other: Territories) -> Territories | None:
        """The places that lie in both; None where there are none."""
        if self.codes == (WORLD,) or self == other:
            return other
        if other.codes == (WORLD,):
            return self
        if WORLD in self.codes and WORLD in other.codes:
            return everywhere_but(self.named | other.named)
        both = sorted(code for code in self.named | other.named if self.covers(code) and other.covers(code))
        return Territories(tuple(both)) if both else None


def everywhere_but(places: Iterable[str]) -> Territories:
    """The world without these places."""
    return Territories((*sorted(_EXCEPT + place for place in places), WORLD))


WORLDWIDE = Territories()

# ISO 3166-1 alpha-2, officially assigned codes.
_ASSIGNED = """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """
ISO_COUNTRIES = frozenset(_ASSIGNED.split())


def read_territories(text: str) -> Territories | str:
    """Read `"WW"` or codes apart by spaces or commas; text that is no country code comes back as a reason."""
    codes = tuple(sorted(set(text.replace(",", " ").upper().split())))
    if not codes or codes == (WORLD,) or codes == ("WORLDWIDE",):
        return WORLDWIDE
    unknown = [code for code in codes if code not in ISO_COUNTRIES]
    if unknown:
        if unknown == [WORLD]:
            return "WW is everywhere: name it alone, or only the countries"
        return f"{unknown[0]} is not a country code; use two letters such as SE or GB, or WW for everywhere"
    return Territories(codes)
