"""Records of CISAC's Common Works Registration 2.1 and 2.2: where their fields stand, and what codes mean.

Positions count from 1, as in CISAC's functional specifications (CWR11-1991 for 2.1, CWR19-1070 for 2.2); 2.0
has the same. Names of societies stand for CISAC's codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# Record type -> field -> first character and length.
_FIELDS: dict[str, dict[str, tuple[int, int]]] = {
    "HDR": {
        "sender_type": (4, 2),
        "sender_id": (6, 9),
        "sender_name": (15, 45),
        "created_on": (65, 8),
        "character_set": (87, 15),
    },
    "GRH": {"transaction": (4, 3), "group": (7, 5), "version": (12, 5)},
    "GRT": {"group": (4, 5), "transactions": (9, 8), "records": (17, 8)},
    "TRL": {"groups": (4, 5), "transactions": (9, 8), "records": (17, 8)},
    "NWR": {
        "title": (20, 60),
        "submitter_work": (82, 14),
        "iswc": (96, 11),
        "duration": (130, 6),
        "version": (143, 3),
    },
    "ACK": {
        "transaction": (47, 3),
        "title": (50, 60),
        "submitter_work": (110, 20),
        "recipient_work": (130, 20),
        "on": (150, 8),
        "status": (158, 2),
    },
    "SPU": {
        "sequence": (20, 2),
        "party": (22, 9),
        "name": (31, 45),
        "unknown": (76, 1),
        "type": (77, 2),
        "ipi": (88, 11),
        "performing": (116, 5),
        "mechanical": (124, 5),
        "synchronisation": (132, 5),
    },
    "SWR": {
        "party": (20, 9),
        "last_name": (29, 45),
        "first_name": (74, 30),
        "unknown": (104, 1),
        "role": (105, 2),
        "ipi": (116, 11),
        "performing": (130, 5),
        "mechanical": (138, 5),
        "synchronisation": (146, 5),
    },
    "SPT": {
        "performing": (35, 5),
        "mechanical": (40, 5),
        "synchronisation": (45, 5),
        "included": (50, 1),
        "territory": (51, 4),
    },
    "SWT": {
        "performing": (29, 5),
        "mechanical": (34, 5),
        "synchronisation": (39, 5),
        "included": (44, 1),
        "territory": (45, 4),
    },
    "NWN": {"last_name": (29, 160), "first_name": (189, 160)},
    "PWR": {"publisher": (20, 9), "name": (29, 45), "writer": (102, 9)},
    "ALT": {"title": (20, 60), "type": (80, 2)},
    "NAT": {"title": (20, 640)},
    "PER": {"last_name": (20, 45), "first_name": (65, 30), "ipi": (95, 11)},
    "REC": {
        "released_on": (20, 8),
        "duration": (88, 6),
        "album": (99, 60),
        "album_label": (159, 60),
        "ean": (237, 13),
        "isrc": (250, 12),
        "title": (267, 60),
        "version": (327, 60),
        "artist": (387, 60),
        "label": (447, 60),
        "validity": (507, 1),
        "submitter_recording": (527, 14),
    },
    "XRF": {"organisation": (20, 3), "identifier": (23, 14), "type": (37, 1), "validity": (38, 1)},
    "MSG": {"type": (20, 1), "record": (29, 3), "text": (36, 150)},
    "COM": {"title": (20, 60)},
    "VER": {"title": (20, 60)},
    "EWT": {"title": (20, 60)},
}
FIELDS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    **_FIELDS,
    **dict.fromkeys(("REV", "ISW", "EXC"), _FIELDS["NWR"]),
    "OPU": _FIELDS["SPU"],
    "OWR": _FIELDS["SWR"],
    "OPT": _FIELDS["SPT"],
    "OWT": _FIELDS["SWT"],
}

WORK_RECORDS = frozenset({"NWR", "REV", "ISW", "EXC"})
OPENING = WORK_RECORDS | {"ACK", "AGR"}  # records that begin a transaction
# Records that are known and hold nothing that a catalogue needs.
PASSED_OVER = frozenset(
    {
        *("TER", "IPA", "NPA", "NPN", "NPR", "ORN", "INS", "IND", "NET", "NCT", "NVT", "NOW", "ARI"),
    }
)
KNOWN = frozenset(FIELDS) | PASSED_OVER | OPENING
# May hold letters beyond ASCII.
NATIONAL = frozenset({"NPA", "NPN", "NWN", "NAT", "NPR", "NET", "NCT", "NVT", "NOW"})
NATIONAL_TITLES = frozenset({"OL", "AL"})

# A record that ends before this character has lost something that it cannot do without.
SHORTEST: Mapping[str, int] = {
    **dict.fromkeys(("NWR", "REV", "ISW", "EXC", "ALT", "NAT", "PER", "REC"), 20),
    "ACK": 159,
    "SPU": 31,
    "OPU": 21,
    "SWR": 29,
    "OWR": 29,
    "XRF": 23,
    "MSG": 32,
    "COM": 20,
    "SPT": 54,
    "SWT": 48,
    "GRH": 11,
    "GRT": 24,
    "TRL": 24,
}

COLLECTING = frozenset({"SPT", "OPT", "SWT", "OWT"})  # who collects where
WRITER_ROLES: Mapping[str, str] = {
    "A": "lyricist",
    "AD": "adapter",
    "AR": "arranger",
    "C": "composer",
    "CA": "composer_lyricist",
    "PA": "income_participant",
    "SA": "sub_lyricist",
    "SR": "sub_arranger",
    "TR": "translator",
}
PUBLISHER_ROLES: Mapping[str, str] = {
    "E": "publisher",
    "AQ": "acquirer",
    "AM": "administrator",
    "ES": "substituted_publisher",
    "PA": "income_participant",
    "SE": "sub_publisher",
}
MESSAGE_KINDS: Mapping[str, str] = {
    "F": "field refused",
    "R": "record refused",
    "T": "registration refused",
    "G": "group refused",
    "E": "file refused",
}

_SOCIETIES = (
    "001 ACUM; 003 AEPI; 004 AGADU; 005 AKM; 007 APDAYC; 008 APRA; 009 Artisjus; 010 ASCAP; 011 austro "
    "mechana; 012 AMCOS; 017 AMRA; 020 SOCAN RR; 021 BMI; 023 BUMA; 026 CASH; 029 SCD; 030 AMAR; 032 "
    "FILSCAP; 034 HFA; 035 GEMA; 036 IPRS; 038 JASRAC; 039 Musicautor; 040 Koda; 043 MCSK; 044 MCPS; 048 "
    "NCB; 050 OSA; 052 PRS; 055 SABAM; 058 SACEM; 059 SACM; 060 SACVEN; 061 SADAIC; 063 SAMRO; 064 SOKOJ; "
    "066 SBACEM; 068 SDRM; 069 SPA; 071 SESAC; 072 SGAE; 074 SIAE; 077 STEF; 078 STEMRA; 079 STIM; 080 "
    "SUISA; 084 SAYCO; 088 CMRRA; 089 Teosto; 090 TONO; 093 UBC; 094 RAO; 097 ZAiKS; 101 SOCAN; 104 MACP; "
    "106 COMPASS; 110 LATGA; 111 HDS-ZAMP; 115 UCMR-ADA; 116 EAÜ; 117 MESAM; 118 KOMCA; 119 MCSC; 122 "
    "AKKA-LAA; 128 IMRO; 161 MÜST; 189 Socinpro; 200 MSG; 201 ABRAMUS; 269 WAMI; 283 CAPASSO; 707 "
    "MusicMark; 708 The MLC; 778 GMR; 781 Soundreef; 782 NexTone "
)
SOCIETIES: Mapping[str, str] = {entry[:3]: entry[4:].strip() for entry in _SOCIETIES.split("; ")}


def society_name(code: str) -> str:
    """The name of a society where it is known here; else its code, "000" and spaces being none."""
    digits = code.strip()
    if digits.isascii() and digits.isdigit():
        digits = digits.lstrip("0").zfill(3)
    return "" if not digits.strip("0") else SOCIETIES.get(digits, digits)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a file."""

    number: int  # counted from 1
    type: str
    line: str

    @classmethod
    def of(cls, number: int, line: str) -> Record:
        return cls(number, line[:3], line)

    def get(self, field: str) -> str:
        """The tidied text of a field; empty where the line ends before it."""
        return " ".join(self.raw(field).split())

    def raw(self, field: str) -> str:
        """A field with its spaces; shorter where the line ends within it."""
        start, size = FIELDS[self.type][field]
        return self.line[start - 1 : start - 1 + size]

    @property
    def transaction(self) -> int | None:
        """Number of its transaction; None where the line has none."""
        return _count(self.line[3:11])

    @property
    def place(self) -> int | None:
        """Its number in the transaction, from 0; None where the line has none."""
        return _count(self.line[11:19])

    def count(self, field: str) -> int | None:
        return _count(self.raw(field))

    def date(self, field: str) -> date | None:
        """A day written YYYYMMDD; None for zeros, spaces and days that do not exist."""
        text = self.raw(field)
        if _count(text) is None or len(text) != 8:
            return None
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            return None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
