"""Currencies that can be paid, with their smallest units (ISO 4217)."""

from __future__ import annotations

from datetime import date


def _codes(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NO_DECIMALS = _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")


_THREE_DECIMALS = _codes("BHD IQD JOD KWD LYD OMR TND")


_FOUR_DECIMALS = frozenset({"CLF", "UYW"})


_TWO_DECIMALS = _codes(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
    CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ
    GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON
    RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS
    UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """
)


# The last day on which a currency was money; it stays readable for the time before.
_ENDED = {"BGN": date(2025, 12, 31)}


_EXPONENTS: dict[str, int] = {
    **dict.fromkeys(_TWO_DECIMALS, 2),
    **dict.fromkeys(_NO_DECIMALS, 0),
    **dict.fromkeys(_THREE_DECIMALS, 3),
    **dict.fromkeys(_FOUR_DECIMALS, 4),
}


def is_currency(code: str, on: date | None = None) -> bool:
    """Whether `code` is the exact code of a currency that can be paid, on a day where one is given."""
    if code not in _EXPONENTS:
        return False
    return on is None or code not in _ENDED or on <= _ENDED[code]


def decimals_of(currency: str) -> int:
    """Decimals of the currency's smallest unit. KeyError where `is_currency` is false."""
    return _EXPONENTS[currency]
