"""Pay terms and letters of direction as a person writes them: parts in per cent, amounts, days; and back.

Per cent become parts of one by moving the point: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from artist_console.commands.directions import DirectionRow, DirectionWish
from artist_console.commands.pay_terms import PayTermsRow, PayTermsWish
from artist_console.domain.currencies import is_currency
from artist_console.domain.ids import PartyId, ProgrammeId, WorkId
from artist_console.domain.money import COMMA, PLAIN, read_amount
from artist_console.domain.parties import WHOLE_BP
from artist_console.domain.pay_terms import MOST_PERIODS, PayRate, RightPart
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Right, Use

_MOST_DECIMALS = 16  # of per cent: the part has two more
_EVERYTHING = Decimal(1)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartText:
    """A rate, or the part of a right, in per cent; None narrows nothing."""

    percent: str = ""
    programme: ProgrammeId | None = None
    use: Use | None = None
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class PayTermsText:
    """What stands in the fields. Empty: not said."""

    issuer: str = ""
    payee: PartyId | None = None  # None: everybody whom the issuer pays
    rates: tuple[PartText, ...] = ()
    right_parts: tuple[PartText, ...] = ()
    recoupable: str = ""
    currency: str = ""
    recouped_share: str = ""
    reserve_rate: str = ""
    reserve_periods: str = ""
    commission_rate: str = ""
    commission_to: str = ""
    tax_rate: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class DirectionText:
    """What stands in the fields. Empty: not said."""

    directed_by: PartyId | None = None
    payee: str = ""
    share: str = ""
    payer: str = ""
    work: WorkId | None = None
    right: Right | None = None
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class FormFault:
    """What is wrong with a field."""

    field: str
    words: Sentence


class FormFaults(InputProblem):
    """Fields that cannot be kept as they are."""

    title_template = "{count} fields need a look"

    def __init__(self, faults: Sequence[FormFault]) -> None:
        super().__init__(count=len(faults))
        self.faults = tuple(faults)


# Written -> wished


def terms_wish(text: PayTermsText, former: PayTermsRow | None = None) -> PayTermsWish:
    """What is to be kept, in place of `former` where there is one. Raises FormFaults."""
    form = _Form()
    if not text.issuer.strip():
        form.fault("issuer", say("Say who sends the statements."))
    recoupable = form.amount("recoupable", text.recoupable)
    currency = text.currency.strip().upper()
    if recoupable and not is_currency(currency):
        form.fault("currency", say("Write the code of a currency, such as EUR."))
    reserve = form.percent("reserve_rate", text.reserve_rate, _NOTHING)
    commission = form.percent("commission_rate", text.commission_rate, _NOTHING)
    receiver = text.commission_to.strip()
    same_receiver = former is not None and receiver == former.commission_to_name
    if commission and not receiver:
        form.fault("commission_to", say("Say who gets it."))
    made = PayTermsWish(
        issuer=text.issuer.strip(),
        payee=text.payee,
        id=former.terms.id if former is not None else "",
        rates=tuple(
            PayRate(form.percent("rates", each.percent, _NOTHING), each.programme, each.use, each.right)
            for each in text.rates
            if each.percent.strip()
        ),
        right_parts=tuple(
            RightPart(
                each.right, form.percent("right_parts", each.percent, _NOTHING), each.programme, each.use
            )
            for each in text.right_parts
            if each.percent.strip() and each.right is not None
        ),
        recoupable=recoupable,
        currency=currency if recoupable else "",
        recouped_share=form.percent("recouped_share", text.recouped_share, _EVERYTHING),
        reserve_rate=reserve,
        reserve_periods=form.periods(text.reserve_periods) if reserve else 0,
        commission_rate=commission,
        commission_mandate=former.terms.commission_mandate if former and same_receiver else None,
        commission_to=former.terms.commission_to if former and same_receiver else None,
        commission_to_name="" if same_receiver or not commission else receiver,
        tax_rate=form.percent("tax_rate", text.tax_rate, _NOTHING),
        since=text.since,
        until=text.until,
        source=text.source.strip(),
    )
    form.look_at_days(text.since, text.until)
    form.end()
    return made


def direction_wish(text: DirectionText, former: DirectionRow | None = None) -> DirectionWish:
    """What is to be kept, in place of `former` where there is one. Raises FormFaults."""
    form = _Form()
    if text.directed_by is None:
        form.fault("directed_by", say("Say whose money it is."))
    payee = text.payee.strip()
    if not payee:
        form.fault("payee", say("Say who is to be paid."))
    share = form.percent("share", text.share, _NOTHING) * WHOLE_BP
    if text.share.strip() and (share != share.to_integral_value() or not share):
        form.fault("share", say("Write per cent above 0, with at most two decimals."))
    if not text.share.strip():
        form.fault("share", say("Say which part of it."))
    form.look_at_days(text.since, text.until)
    form.end()
    assert text.directed_by is not None
    same = former is not None and payee == former.payee_name
    return DirectionWish(
        directed_by=text.directed_by,
        share_bp=int(share),
        payee=former.direction.payee if former is not None and same else None,
        payee_name="" if same else payee,
        id=former.direction.id if former is not None else "",
        payer=text.payer.strip(),
        work=text.work,
        right=text.right,
        since=text.since,
        until=text.until,
        source=text.source.strip(),
    )


class _Form:
    """Reads fields and gathers what is wrong with them."""

    def __init__(self) -> None:
        self._faults: dict[str, Sentence] = {}

    def fault(self, field: str, words: Sentence) -> None:
        self._faults.setdefault(field, words)

    def end(self) -> None:
        if self._faults:
            raise FormFaults([FormFault(field, words) for field, words in self._faults.items()])

    def percent(self, field: str, text: str, empty: Decimal) -> Decimal:
        """A part of one; `empty` where nothing is written."""
        bare = text.replace("%", "").strip().replace(",", ".")
        if not bare:
            return empty
        value = read_amount(bare, PLAIN).value
        if value is None or not 0 <= value <= 100 or -_exponent(value) > _MOST_DECIMALS:
            self.fault(field, say("Write per cent from 0 to 100, such as 12.5."))
            return empty
        return value.scaleb(-2)

    def amount(self, field: str, text: str) -> Decimal:
        """An amount of money; a comma with digits behind it marks decimals where there is no point."""
        bare = text.strip()
        if not bare:
            return _NOTHING
        value = read_amount(bare, PLAIN).value
        if value is None and "." not in bare:
            value = read_amount(bare, COMMA).value if len(bare.rpartition(",")[2]) != 3 else None
        if value is None or value < 0:
            self.fault(field, say("Write an amount without signs between thousands, such as 1250.00."))
            return _NOTHING
        return value

    def periods(self, text: str) -> int:
        bare = text.strip()
        if bare.isascii() and bare.isdigit() and 1 <= int(bare) <= MOST_PERIODS:
            return int(bare)
        self.fault(
            "reserve_periods",
            say("Say after how many periods it is released, from 1 to {most}.", most=str(MOST_PERIODS)),
        )
        return 1

    def look_at_days(self, since: date | None, until: date | None) -> None:
        if since is not None and until is not None and until < since:
            self.fault("until", say("The last day is before the first. Correct one of them."))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


# Kept -> written


def terms_text(row: PayTermsRow) -> PayTermsText:
    """The fields of terms that are kept."""
    terms = row.terms
    return PayTermsText(
        issuer=terms.issuer,
        payee=terms.payee,
        rates=tuple(
            PartText(in_percent(rate.rate), rate.programme, rate.use, rate.right) for rate in terms.rates
        ),
        right_parts=tuple(
            PartText(in_percent(part.part), part.programme, part.use, part.right)
            for part in terms.right_parts
        ),
        recoupable=f"{terms.recoupable:f}" if terms.recoupable else "",
        currency=terms.currency,
        recouped_share=in_percent(terms.recouped_share) if terms.recouped_share != 1 else "",
        reserve_rate=in_percent(terms.reserve_rate) if terms.reserve_rate else "",
        reserve_periods=str(terms.reserve_periods) if terms.reserve_rate else "",
        commission_rate=in_percent(terms.commission_rate) if terms.commission_rate else "",
        commission_to=row.commission_to_name,
        tax_rate=in_percent(terms.tax_rate) if terms.tax_rate else "",
        since=terms.period.since,
        until=terms.period.until,
        source=terms.source,
    )


def direction_text(row: DirectionRow) -> DirectionText:
    """The fields of a letter that is kept."""
    letter = row.direction
    return DirectionText(
        directed_by=letter.directed_by,
        payee=row.payee_name,
        share=in_percent(Decimal(letter.share_bp) / WHOLE_BP),
        payer=letter.payer,
        work=letter.work,
        right=letter.right,
        since=letter.period.since,
        until=letter.period.until,
        source=letter.source,
    )


def in_percent(part: Decimal) -> str:
    """A part of one in per cent, without zeros that say nothing: "12.5"."""
    text = f"{part.scaleb(2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
