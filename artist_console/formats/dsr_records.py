"""Where the cells that count stand in the records of DDEX sales reports (DSR), per record and its version.

Positions only, found by reading the layouts of the profiles; record type is cell 0. A version that is not
here is read by the newest one before it: versions add cells at the end, but for what is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_CODE = re.compile(r"(HEAD|FOOT|SRHE|SRFO|[A-Z]{2}\d{2})(?:\.(\d{2}))?")
Fields = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Code:
    """The type of a record: "SU03" and "02" of SU03.02."""

    type: str
    version: str

    def __str__(self) -> str:
        return f"{self.type}.{self.version}" if self.version else self.type


def code_of(cell: str) -> Code | None:
    """The type of a record from its first cell; None where it is none."""
    found = _CODE.fullmatch(cell)
    return Code(found[1], found[2] or "") if found else None


def _at(**places: int) -> Fields:
    return MappingProxyType(places)


def _more(fields: Fields, **places: int) -> Fields:
    return MappingProxyType({**fields, **places})


HEAD = _at(
    profile=2,
    profile_version=3,
    message=4,
    file=6,
    files=7,
    since=8,
    until=9,
    sender=11,
    service=12,
    recipient=14,
)
FOOT = _at(lines=1, lines_in_report=2, summaries=3, blocks=4)
SRFO = _at(lines=1, summaries=2)

_SY = _at(id=1, model=4, use=5, territory=6, service=7, usages=8, currency=10, net=11)
_SY02 = _more(_SY, controller=12, allocated=15, allocated_net=16)
_SY04 = _at(id=1, model=4, use=5, territory=6, service=7, currency=14, net=18)
_SY05 = _at(id=1, model=4, use=5, territory=6, service=7, controller=8, usages=11)
_AS01 = _at(block=1, reference=2, dsp=3, isrc=4, title=5, subtitle=6, artist=7)
_SU01 = _at(block=1, summary=2, release=4, resource=5, bearing=6, usages=8, returns=9)
_SU03 = _at(block=1, transaction=2, summary=3, dsp=4, usages=5, net=6, since=7)
_SU04 = _at(block=1, summary=2, release=4, resource=5, bearing=12, usages=14, returns=15)
_LI01 = _at(block=1, summary=2, controller=3, share=6, rights=7, net=8, amount=9)
_SR01 = _at(
    summary=1,
    isrc=3,
    title=4,
    subtitle=5,
    artist=6,
    iswc=11,
    upc=23,
    release_title=26,
    label=29,
)
_SR03 = _at(
    summary=1,
    isrc=3,
    title=4,
    subtitle=5,
    artist=6,
    work_title=10,
    iswc=12,
    upc=24,
    release_title=27,
    label=29,
    transaction=31,
    usages=32,
    net=33,
    since=34,
    category=36,
    controller=37,
    share=40,
    rights=41,
    amount=43,
    allocated_usages=44,
)
_SR04 = _at(summary=1, title=7, subtitle=8, artist=14, upc=35, release_title=36)

SUMMARIES: Mapping[str, Mapping[str, Fields]] = {
    "SY01": {"": _SY},
    "SY02": {"": _SY02, "01": _more(_SY02, rights=17), "02": _more(_SY02, rights=17, category=18)},
    "SY03": {"": _SY02},
    "SY04": {"": _SY04},
    # The two allocated amounts change places.
    "SY05": {
        "": _more(_SY05, rights=10, allocated=14, allocated_net=15),
        "02": _more(_SY05, rights=10, allocated_net=14, allocated=15, currency=17, category=23),
    },
    "SY06": {"": _more(_SY, net=12)},
    "SY07": {
        "": _at(
            id=1,
            model=4,
            use=5,
            territory=6,
            rights=7,
            service=8,
            usages=9,
            currency=11,
            net=12,
            controller=13,
            allocated=16,
            allocated_net=17,
        )
    },
    "SY08": {
        "": _at(
            id=1,
            service=4,
            model=6,
            use=7,
            territory=8,
            usages=9,
            currency=12,
            net=13,
            controller=15,
            allocated=17,
            rights=18,
            allocated_net=19,
        )
    },
    "SY09": {
        "": _at(
            id=1,
            model=2,
            use=3,
            territory=4,
            service=5,
            controller=7,
            rights=9,
            usages=10,
            net=12,
            currency=15,
        )
    },
    "SY10": {
        "": _at(
            id=1,
            model=4,
            use=5,
            since=6,
            territory=12,
            service=13,
            usages=16,
            original_currency=20,
            currency=21,
            rate=22,
            net=33,
            allocated=35,
            allocated_net=37,
            fee_types=41,
            fees_original=42,
            fees=43,
            final=45,
        )
    },
}
# Records that name what was used.
NAMING: Mapping[str, Mapping[str, Fields]] = {
    "AS01": {"": _AS01},
    "AS02": {"": _more(_AS01, iswc=11)},
    "AS03": {"": _at(block=1, reference=2, dsp=3, title=8, subtitle=9)},
    "MW01": {"": _at(block=1, dsp=2, iswc=3, title=4, subtitle=5, artist=6)},
    "RE01": {"": _at(block=1, reference=2, dsp=3, upc=6, artist=7, title=9, subtitle=10, label=12)},
    "RE03": {"": _at(block=1, reference=2, dsp=3, upc=5, title=6, subtitle=7, artist=10)},
}
# Records of usage alone: money stands on the summary.
USAGE: Mapping[str, Mapping[str, Fields]] = {
    "SU01": {"": _SU01},
    "SU02": {"": _at(block=1, summary=2, release=4, resource=5, bearing=6, usages=7)},
    "SU04": {"": _SU04},
    "SU05": {"": _at(block=1, summary=2, resource=4, bearing=5, usages=6)},
    "SR01": {"": _more(_SR01, bearing=34, usages=36, returns=37)},
    "SR02": {"": _more(_SR01, bearing=33, usages=34)},
    "SR04": {"": _more(_SR04, bearing=47, usages=48, returns=49)},
    "SR05": {"": _more(_SR04, bearing=46, usages=47)},
}
# Records with money of their own.
MONEY: Mapping[str, Mapping[str, Fields]] = {
    "SU03": {"": _SU03, "02": _more(_SU03, category=9, bearing=10)},
    "LI01": {"": _LI01, "02": _more(_LI01, allocated_usages=10)},
    "SR03": {"": _SR03},
    "SR06": {
        "": _at(
            summary=1,
            isrc=3,
            title=4,
            subtitle=5,
            artist=6,
            work_title=8,
            iswc=10,
            usages=13,
            since=14,
            category=16,
            controller=17,
            share=20,
            rights=21,
            amount=22,
            allocated_usages=23,
        )
    },
    "SR08": {
        "": _at(
            transaction=1,
            upc=3,
            release_title=9,
            release_artist=11,
            isrc=13,
            title=20,
            subtitle=21,
            artist=22,
            summary=24,
            since=25,
            usages=28,
            share=40,
            original=45,
            amount=46,
        )
    },
}
# What is left out by intent: usages in detail, parts of releases, cue sheets, lists of unclaimed works.
SKIPPED = frozenset({"RU01", "RU02", "RE02", "CU01", "DE01", "ML01", "MW02", "SR07", "SY11"})
# The names that a comment above the records may give to the cells of a version that is not known here.
NAMES: Mapping[str, str] = {
    "SummaryRecordId": "summary",
    "BlockId": "block",
    "ISRC": "isrc",
    "ISWC": "iswc",
    "Title": "title",
    "SubTitle": "subtitle",
    "DisplayArtistName": "artist",
    "ResourceReference": "reference",
    "ReleaseReference": "reference",
    "ICPN": "upc",
    "Label": "label",
    "DspResourceId": "dsp",
    "DspReleaseId": "dsp",
    "DspWorkId": "dsp",
    "ComposerAuthor": "artist",
    "TransactedRelease": "release",
    "TransactedResource": "resource",
    "IsRoyaltyBearing": "bearing",
    "NumberOfStreams": "usages",
    "Usages": "usages",
    "Returns": "returns",
    "CommercialModel": "model",
    "UseType": "use",
    "Territory": "territory",
    "ServiceDescription": "service",
    "Currency": "currency",
    "CurrencyOfReporting": "currency",
    "NetRevenue": "net",
    "RightsController": "controller",
    "AllocatedRevenue": "allocated",
    "AllocatedNetRevenue": "allocated_net",
    "AllocatedAmount": "amount",
    "AllocatedUsages": "allocated_usages",
    "RightsType": "rights",
    "ContentCategory": "category",
    "ValidityPeriodStart": "since",
    "SalesTransactionId": "transaction",
    "RightSharePercentage": "share",
}


def fields_of(table: Mapping[str, Mapping[str, Fields]], code: Code) -> tuple[Fields | None, bool]:
    """The places of a record's cells, and whether its very version is known."""
    versions = table.get(code.type)
    if versions is None:
        return None, False
    before = [version for version in versions if version <= code.version]
    best = max(before)
    # Versions that differ in nothing that is read have one entry.
    return versions[best], best == code.version or code.version <= _LATEST.get(code.type, "")


# The newest versions whose layouts were read.
_LATEST: Mapping[str, str] = {
    "SY01": "01",
    "SY02": "02",
    "SY03": "",
    "SY04": "01",
    "SY05": "02",
    "SY06": "02",
    "AS01": "01",
    "AS02": "03",
    "AS03": "01",
    "MW01": "01",
    "RE01": "01",
    "RE03": "01",
    "SU03": "02",
    "SU04": "01",
    "LI01": "02",
}


def fields_by_comment(names: Sequence[str], known: Fields) -> Fields:
    """The places of the cells of a version that is not known, from the names above them."""
    found = dict(known)
    for place, name in enumerate(names):
        field = NAMES.get(name.strip())
        field = "id" if field == "summary" and "id" in known else field
        field = "net" if field == "allocated_net" and "amount" in known and "net" in known else field
        if field is not None and field in known:
            found[field] = place
    return MappingProxyType(found)
