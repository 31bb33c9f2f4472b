"""Identifiers of recordings, songs, people, products and companies: read any spelling, check, display.

ISRC (ISO 3901:2019), ISWC (ISO 15707), IPI name and base numbers (CISAC), ISNI (ISO 27729), UPC/EAN (GS1),
GRid (IFPI), DDEX party id. Check digits follow ISO/IEC 7064 (MOD 11-2, MOD 37,36), GS1 and CISAC; the rule of
the IPI name number (mod 101) has no official page and is the one that real numbers pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

# What people and spreadsheets write where they have no identifier.
_NOTHING = frozenset({"n/a", "na", "nan", "none", "null", "missing", "unknown", "tbc", "tba"})
# Letters and digits that are taken for one another when somebody types a code.
_LOOK_ALIKE = {"O": "0", "0": "O", "I": "1", "1": "I"}
_MAX_TEXT = 200  # longer cells are no identifier; nothing below should work on them
_MOST_LOOK_ALIKES = 6  # 2 to the power of this many spellings are tried for a suggestion
# Both pass the check, and stand in files for songs that have none.
PLACEHOLDER_ISWCS = frozenset({"T1234567894", "T0123456789"})
_ISWC_START, _IPI_BASE_START = 1, 2
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Read:
    """What an identifier's text says.

    `value` is the canonical form wherever the text has the right shape, even when its check digit is wrong,
    so that a reader may warn and keep it. `reason` says in one sentence why it is not valid. `warning` is
    about a valid one that deserves a look. `suggestion` is what the sender may have meant, to be confirmed.
    All four are empty when nothing was given.
    """

    value: str = ""
    warning: str = ""
    reason: str = ""
    suggestion: str = ""

    @property
    def is_valid(self) -> bool:
        return bool(self.value) and not self.reason

    @property
    def is_empty(self) -> bool:
        return not self.value and not self.reason


_EMPTY = Read()


def _tidy(text: str) -> str:
    """Upper case, plain hyphens, no quotes; empty for what means "nothing"."""
    text = unicodedata.normalize("NFKC", text[: _MAX_TEXT + 1]).strip().strip("\"'`“”‘’").strip()
    if text.casefold() in _NOTHING or not text.strip("-–—"):
        return ""
    return re.sub(r"[\u2010-\u2015\u2212\u00ad]", "-", text).upper()


def _bare(text: str, word: str) -> str:
    """Letters and digits only, without the leading word that names the kind."""
    text = re.sub(rf"^{word}[\s:#.]+", "", text)
    return re.sub(r"[\s.\-:]", "", text)


def _shown(text: str) -> str:
    """An identifier inside a sentence: as delivered, not longer than a line."""
    text = " ".join(text.split())
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _alike(code: str, is_right: Callable[[str], bool]) -> str:
    """The one spelling with look-alike characters swapped that is right; empty when none or several are."""
    places = [i for i, char in enumerate(code) if char in _LOOK_ALIKE]
    if not 0 < len(places) <= _MOST_LOOK_ALIKES:
        return ""
    found = set()
    for swaps in product((False, True), repeat=len(places)):
        chars = list(code)
        for place, swap in zip(places, swaps, strict=True):
            if swap:
                chars[place] = _LOOK_ALIKE[chars[place]]
        if is_right("".join(chars)):
            found.add("".join(chars))
    return found.pop() if len(found) == 1 else ""


# ISRC


_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")


def read_isrc(text: str) -> Read:
    """Twelve characters, no check digit: a right shape does not tell that the code was ever assigned."""
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(tidy, "ISRC")
    # The word may stand right before the code; twelve characters that begin with it are a code of their own.
    if len(code) == 16 and code.startswith("ISRC"):
        code = code[4:]
    if _ISRC.fullmatch(code):
        return Read(code)
    if len(code) != 12:
        return Read(reason=f"{_shown(text)} has {len(code)} characters; an ISRC has 12.")
    fixed = code[:5] + code[5:].translate(str.maketrans("OIL", "011"))
    if _ISRC.fullmatch(fixed):
        why = f"{_shown(text)} has a letter where an ISRC has digits; {show_isrc(fixed)} may be meant."
        return Read(reason=why, suggestion=fixed)
    return Read(reason=f"{_shown(text)} is not an ISRC: two letters, three letters or digits, seven digits.")


def show_isrc(isrc: str) -> str:
    """AA6Q72000047 -> AA-6Q7-20-00047."""
    return f"{isrc[:2]}-{isrc[2:5]}-{isrc[5:7]}-{isrc[7:]}"


# ISWC and IPI base number: one sum, two starts


def _weighed_digit(nine: str, start: int) -> str:
    total = start + sum(i * int(digit) for i, digit in enumerate(nine, 1))
    return str((10 - total % 10) % 10)


def iswc_check_digit(nine: str) -> str:
    """Check digit of the nine digits of a work. It is not Luhn's."""
    return _weighed_digit(nine, _ISWC_START)


def read_iswc(text: str) -> Read:
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(tidy, "ISWC")
    if len(code) == 15 and code.startswith("ISWC"):
        code = code[4:]
    if re.fullmatch(r"[0-9]{10}", code):
        guess = f"T{code}" if _weighed_digit(code[:9], _ISWC_START) == code[9] else ""
        meant = f"; {show_iswc(guess)} may be meant" if guess else ""
        return Read(reason=f"{_shown(text)} lacks the T that an ISWC begins with{meant}.", suggestion=guess)
    if not re.fullmatch(r"T[0-9]{10}", code):
        fixed = _alike(code, lambda each: bool(re.fullmatch(r"T[0-9]{10}", each)) and _iswc_holds(each))
        return Read(reason=f"{_shown(text)} is not an ISWC: T and ten digits.", suggestion=fixed)
    if not _iswc_holds(code):
        return Read(code, reason=f"The check digit of ISWC {show_iswc(code)} is wrong.")
    if code in PLACEHOLDER_ISWCS:
        return Read(code, warning=f"ISWC {show_iswc(code)} is a well-known placeholder, not a real song's.")
    return Read(code)


def _iswc_holds(code: str) -> bool:
    return iswc_check_digit(code[1:10]) == code[10]


def show_iswc(iswc: str) -> str:
    """T0345246801 -> T-034.524.680-1."""
    return f"T-{iswc[1:4]}.{iswc[4:7]}.{iswc[7:10]}-{iswc[10]}"


def ipi_base_check_digit(nine: str) -> str:
    return _weighed_digit(nine, _IPI_BASE_START)


def read_ipi_base(text: str) -> Read:
    """I-NNNNNNNNN-C; stored with its hyphens, as registrations carry it."""
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(tidy, "IPI(?: BASE)?(?: NUMBER)?")
    if not re.fullmatch(r"I[0-9]{10}", code):
        return Read(reason=f"{_shown(text)} is not an IPI base number: I, nine digits and a check digit.")
    value = f"I-{code[1:10]}-{code[10]}"
    if ipi_base_check_digit(code[1:10]) != code[10]:
        return Read(value, reason=f"The check digit of IPI base number {value} is wrong.")
    return Read(value)


# IPI name number


def ipi_name_check_digits(nine: str) -> str:
    rest = sum(int(digit) * (10 - i) for i, digit in enumerate(nine)) % 101
    return f"{(101 - rest) % 100:02d}" if rest else "00"


def read_ipi_name(text: str) -> Read:
    """Eleven digits, often written without the leading zeros. All zeros means "unknown" and is empty."""
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(tidy, "(?:IPI|CAE)(?:/(?:IPI|CAE))?(?: NAME)?(?: NUMBER)?")
    if not re.fullmatch(r"[0-9]{1,11}", code):
        return Read(reason=f"{_shown(text)} is not an IPI name number: at most eleven digits.")
    value = code.zfill(11)
    if not value.strip("0"):
        return _EMPTY
    if ipi_name_check_digits(value[:9]) != value[9:]:
        return Read(value, reason=f"The check digits of IPI name number {value} are wrong.")
    return Read(value)


def show_ipi_name(ipi: str) -> str:
    return ipi


# ISNI


def isni_check_character(fifteen: str) -> str:
    """ISO/IEC 7064 MOD 11-2."""
    total = 0
    for digit in fifteen:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def read_isni(text: str) -> Read:
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(re.sub(r"^HTTPS?://(?:WWW\.)?ISNI\.ORG/(?:ISNI/)?", "", tidy), "ISNI").removeprefix("ISNI")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", code):
        return Read(reason=f"{_shown(text)} is not an ISNI: fifteen digits and a check digit or X.")
    if not code.strip("0"):
        return _EMPTY
    if isni_check_character(code[:15]) != code[15]:
        return Read(code, reason=f"The check digit of {show_isni(code)} is wrong.")
    return Read(code)


def show_isni(isni: str) -> str:
    """000000012281955X -> ISNI 0000 0001 2281 955X."""
    return "ISNI " + " ".join(isni[i : i + 4] for i in range(0, 16, 4))


# UPC and EAN (ICPN in DDEX)


def upc_check_digit(body: str) -> str:
    """Of all digits but the last, whatever their number: weights 3, 1, 3 ... from the right."""
    total = sum(int(digit) * (3 if i % 2 == 0 else 1) for i, digit in enumerate(reversed(body)))
    return str((10 - total % 10) % 10)


def _upc_holds(code: str) -> bool:
    return upc_check_digit(code[:-1]) == code[-1]


def read_upc(text: str) -> Read:
    """UPC-A, EAN-13, GTIN-14 or EAN-8; stored as fourteen digits, on which all of them compare equal.

    Eleven digits get their lost zero back only when the check digit then holds.
    """
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", tidy):
        why = f"A spreadsheet shortened {_shown(text)}; the digits are lost. Format the column as text."
        return Read(reason=why)
    code = re.sub(r"\.0$", "", tidy)  # a spreadsheet's idea of a whole number
    code = _bare(code, "(?:UPC|EAN|ICPN|GTIN|BARCODE)(?:[-/]?[A-Z0-9]+)?").lstrip("'=").strip('"')
    if not re.fullmatch(r"[0-9]+", code):
        return Read(reason=f"{_shown(text)} is not a UPC or EAN: digits only.")
    if not code.strip("0"):
        return _EMPTY
    if len(code) == 11 and _upc_holds(f"0{code}"):
        warning = f"{_shown(text)} has lost its leading zero; read as 0{code}."
        return Read(code.zfill(14), warning=warning)
    if len(code) not in (8, 12, 13, 14):
        why = f"{_shown(text)} has {len(code)} digits; a UPC has 12, an EAN 13."
        return Read(reason=why)
    if not _upc_holds(code):
        return Read(code.zfill(14), reason=f"The check digit of UPC/EAN {code} is wrong.")
    return Read(code.zfill(14))


def show_upc(upc: str) -> str:
    """Fourteen stored digits as the twelve, thirteen or fourteen that a product prints."""
    if upc.startswith("000000"):
        return upc[6:]
    return upc[2:] if upc.startswith("00") else upc.removeprefix("0")


# GRid and DDEX party id: eighteen characters under ISO/IEC 7064 MOD 37,36


def mod_37_36_check_character(body: str) -> str:
    rest = 36
    for char in body:
        rest = (rest + _ALPHABET.index(char)) % 36 or 36
        rest = 2 * rest % 37
    return _ALPHABET[(1 - rest) % 36]


def _mod_37_36_holds(code: str) -> bool:
    return mod_37_36_check_character(code[:-1]) == code[-1]


def read_grid(text: str) -> Read:
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(tidy, "GRID").removeprefix("GRID")
    if not re.fullmatch(r"A1[A-Z0-9]{16}", code):
        return Read(reason=f"{_shown(text)} is not a GRid: A1 and sixteen letters or digits.")
    if not _mod_37_36_holds(code):
        fixed = _alike(code, lambda each: each.startswith("A1") and _mod_37_36_holds(each))
        return Read(code, reason=f"The check character of GRid {show_grid(code)} is wrong.", suggestion=fixed)
    return Read(code)


def show_grid(grid: str) -> str:
    """A12425GABC1234002M -> A1-2425G-ABC1234002-M."""
    return f"{grid[:2]}-{grid[2:7]}-{grid[7:17]}-{grid[17]}"


def read_dpid(text: str) -> Read:
    tidy = _tidy(text)
    if not tidy:
        return _EMPTY
    code = _bare(tidy, "DPID")
    if not re.fullmatch(r"PADPIDA[0-9]{10}[A-Z0-9]", code):
        why = f"{_shown(text)} is not a DDEX party id: PADPIDA, ten digits and a check character."
        return Read(reason=why)
    if not _mod_37_36_holds(code):
        return Read(code, reason=f"The check character of DDEX party id {show_dpid(code)} is wrong.")
    return Read(code)


def show_dpid(dpid: str) -> str:
    """PADPIDA2013042401U -> PA-DPIDA-2013042401-U."""
    return f"{dpid[:2]}-{dpid[2:7]}-{dpid[7:17]}-{dpid[17]}"
