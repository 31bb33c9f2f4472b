"""The layouts of statement files that artists receive, as data: how to know each and where its fields stand.

A layout is recognised by column names alone, never by the file name. Names are folded (`fold_header`), and a
currency in brackets at the end, as in "Earnings (USD)", is taken off: it is the currency of the column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from artist_console.domain.money import COMMA, PLAIN, POINT, NumberForm
from artist_console.domain.statements import StatementLevel

from .table_cells import DayOrder


@dataclass(frozen=True, slots=True)
class Layout:
    """One issuer's form. `fields` gives each field the names of its column, best first."""

    key: str
    issuer: str
    fingerprint: frozenset[str]  # all of these must be there
    fields: Mapping[str, tuple[str, ...]]
    numbers: tuple[NumberForm, ...] = (POINT,)  # several: the one that all amounts of the file agree with
    days: DayOrder = DayOrder.NOT_DECLARED
    currency: str = ""  # of a form that is always in one currency and does not say so
    store: str = ""  # where the issuer is the store
    personal: bool = False  # holds buyers' data: only the columns of `fields` are kept
    not_money: frozenset[str] = frozenset()  # sales types that repeat money of other rows
    level: StatementLevel = StatementLevel.PAYEE_NET  # whose money the amounts are
    guarded: bool = False  # as CSV, texts that a spreadsheet would run have an apostrophe before them
    declares_numbers: bool = True  # False: the form is only told from the cells, see `form_in_use`


def fields_of(**names: str | tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Fields and the names of their columns, best first."""
    return MappingProxyType(
        {field: (name,) if isinstance(name, str) else name for field, name in names.items()}
    )


LAYOUTS: tuple[Layout, ...] = (
    Layout(  # what this application exports itself, see docs/formats/statement-export.md
        "artist-console",
        "",
        frozenset({"line", "amount exact", "currency", "kind", "nature"}),
        fields_of(
            month="month",
            title="title",
            artist="artist",
            isrc="isrc",
            iswc="iswc",
            upc="upc",
            release="release",
            store="store",
            programme="programme",
            kind="kind",
            use="use",
            territory="territory",
            sales_type="sales type",
            quantity="quantity",
            amount="amount exact",
            currency="currency",
            confidence_low="confidence low",
            confidence_high="confidence high",
            method="method",
            method_version="method version",
            model="model",
            right="right",
            pool="pool",
            weight="weight",
            total_weight="total weight",
            rate_of_pool="rate",
            share_bp="share in basis points",
            decimals="decimals",
            corrects="corrects line",
            original_amount="original amount exact",
            original_currency="original currency",
            rate="exchange rate",
            precision="precision",
            own_words="words",
            level="level",
        ),
        guarded=True,
        numbers=(PLAIN,),
    ),
    Layout(
        "distrokid-2025",
        "DistroKid",
        frozenset({"date inserted", "sale month", "source type", "earnings"}),
        fields_of(
            month="sale month",
            store="store",
            artist="artist",
            title="title",
            isrc="isrc",
            upc="upc",
            quantity="quantity",
            sales_type="source type",
            territory="country of sale",
            amount="earnings",
        ),
    ),
    Layout(
        "distrokid",
        "DistroKid",
        frozenset({"reporting date", "sale month", "team percentage", "earnings"}),
        fields_of(
            month="sale month",
            store="store",
            artist="artist",
            title="title",
            isrc="isrc",
            upc="upc",
            quantity="quantity",
            sales_type="song album",
            territory="country of sale",
            amount="earnings",
        ),
    ),
    Layout(
        "tunecore",
        "TuneCore",
        frozenset({"sales period", "tc song id", "total earned", "currency"}),
        fields_of(
            month="sales period",
            store="store name",
            territory="country of sale",
            artist="artist",
            release="release title",
            title=("song title", "release title"),
            label="label",
            upc="upc",
            isrc="optional isrc",
            work_id="tc song id",  # TuneCore's own ISRC where there is no other
            sales_type="sales type",
            quantity="units sold",
            amount="total earned",
            currency="currency",
            original_amount="net sales",
            original_currency="net sales currency",
            rate="exchange rate",
        ),
    ),
    Layout(
        "cdbaby",
        "CD Baby",
        frozenset({"cdbabysku", "subtotal", "partner name", "sales date"}),
        fields_of(
            month="sales date",
            quantity="quantity",
            amount="subtotal",
            isrc="isrc",
            upc="barcode",
            release="album name",
            artist="artist name",
            title=("track name", "album name"),
            store="partner name",
            sales_type="transaction type",
            territory="delivery country",
        ),
        days=DayOrder.MONTH_FIRST,
        currency="USD",
    ),
    Layout(
        "believe",
        "Believe",
        frozenset({"sales month", "platform", "sales type", "client payment currency", "net revenue"}),
        fields_of(
            month="sales month",
            store="platform",
            territory=("country region", "country"),
            label="label name",
            artist="artist name",
            release="release title",
            title=("track title", "release title"),
            upc="upc",
            isrc="isrc",
            sales_type="sales type",
            quantity="quantity",
            amount="net revenue",
            currency="client payment currency",
        ),
        numbers=(COMMA, POINT),
        days=DayOrder.DAY_FIRST,
    ),
    Layout(
        "believe-ru",
        "Believe",
        frozenset({"каталожный номер релиза", "валюта", "сумма вознаграждения", "платформа"}),
        fields_of(
            month=("месяц продажи", "месяц продаж", "месяц отчета", "месяц отчёта"),
            store="платформа",
            territory=("страна регион", "страна"),
            label=("название лейбла", "лейбл"),
            artist=("исполнитель", "имя исполнителя"),
            release=("название релиза", "релиз"),
            title=("название трека", "трек", "название релиза"),
            upc="upc",
            isrc="isrc",
            sales_type="тип продажи",
            quantity="количество",
            amount="сумма вознаграждения",
            currency="валюта",
        ),
        numbers=(COMMA, POINT),
        days=DayOrder.DAY_FIRST,
    ),
    Layout(
        "bandcamp",
        "Bandcamp",
        frozenset({"paid to", "item type", "item name", "currency", "net amount"}),
        fields_of(
            month="date",
            sales_type="item type",
            title="item name",
            artist="artist",
            currency="currency",
            quantity="quantity",
            amount="net amount",
            upc="upc",
            isrc="isrc",
            territory=("country code", "country"),
        ),
        days=DayOrder.MONTH_FIRST,
        store="Bandcamp",
        personal=True,
        not_money=frozenset({"payout"}),
    ),
    Layout(
        "curve",
        "Curve",
        frozenset({"asset isrc", "asset title", "reported royalty", "currency", "sale type"}),
        fields_of(
            month=("sale start date", "sale date", "sale month", "transaction month", "sale end date"),
            store=("sale store name", "dsp", "channel", "source"),
            territory="territory",
            isrc="asset isrc",
            title=("asset title", "product title"),
            artist=("asset artist", "product artist"),
            release="product title",
            label="product label",
            upc="product upc",
            sales_type=("sale type", "sales type"),
            quantity=("quantity", "asset quantity", "product quantity"),
            amount="reported royalty",
            currency="currency",
            original_amount="original gross income",
            original_currency="original currency",
            rate="exchange rate",
            conversion="sale net receipts calculation",
        ),
    ),
    Layout(
        "cargo-physical",
        "Cargo",
        frozenset({"catalogue no", "sold to", "sale cost", "net after fee"}),
        fields_of(
            month="period",
            store="sold to",
            territory="country",
            label="label",
            artist="artist invoice ref",
            title="title more info",
            release="title more info",
            upc="upc on report",
            sales_type=("type cost reason", "sale cost"),
            quantity="net qty",
            amount="net after fee",
        ),
        numbers=(NumberForm(".", ", ", bracket_negatives=True),),
        currency="GBP",
        level=StatementLevel.LICENSOR_GROSS,
    ),
    Layout(
        "prs",
        "PRS for Music",
        frozenset({"work title", "amount performance revenue"}),
        fields_of(
            title="work title",
            artist="ip1",
            iswc="iswc",
            store=("usage narrative", "usage and territory", "usage"),
            quantity="number of perfs",
            month=("perf start date", "distribution posted"),
            amount="amount performance revenue",
        ),
        days=DayOrder.DAY_FIRST,
        currency="GBP",
    ),
    Layout(
        "soundcloud",
        "SoundCloud for Artists",
        frozenset({"partner", "revenue share", "split pay share", "revenue"}),
        fields_of(
            month=("reporting period", "sale month", "accounting period"),
            store="partner",
            artist=("artist s", "artists", "artist"),
            release="release",
            title=("track", "track title", "release"),
            isrc="isrc",
            upc="upc",
            label="label",
            territory=("country", "territory"),
            sales_type=("transaction type", "usage type", "type"),
            quantity="units",
            amount="revenue",
        ),
    ),
    Layout(
        "beatport",
        "Beatport",
        frozenset({"track isrc code", "track title", "net content revenue"}),
        fields_of(
            month=("sale month", "period", "report month", "sales period", "date"),
            upc="product upc",
            isrc="track isrc code",
            label="label",
            release="release",
            title="track title",
            artist="track artist",
            territory="territory",
            sales_type=("delivery", "format", "sales type"),
            quantity=("track count", "quantity", "units"),
            amount="net content revenue",
            currency=("currency", "net currency", "royalty currency"),
        ),
        store="Beatport",
        level=StatementLevel.LICENSOR_GROSS,
    ),
    Layout(
        "dmp",
        "",
        frozenset({"work title", "work id", "right type", "amount", "currency"}),
        fields_of(
            title="work title",
            artist="composers",
            iswc="iswc",
            isrc="isrc",
            work_id="work id",
            sales_type="right type",
            store="source",
            amount="amount",
            currency="currency",
            month=("period", "month", "date"),
        ),
        level=StatementLevel.LICENSOR_GROSS,
    ),
)

# Any other table that names what was earned and for what. Its numbers decide their own form, and it may name
# the kind of each line by the keys of `LineKind`.
OTHER = Layout(
    "table",
    "",
    frozenset(),
    fields_of(
        title=(
            *("title", "track title", "song title", "track name", "work title", "asset title"),
            *("song", "track", "title name", "song name", "work name", "werktitel", "titel", "verk", "titre"),
        ),
        artist=(
            *("artist", "artist name", "track artist", "artists", "display artist", "release artist"),
            *("interpret", "upphovsman", "urheber"),
        ),
        isrc=("isrc", "isrc code", "track isrc", "recording isrc", "asset isrc"),
        iswc="iswc",
        upc=("upc", "ean", "barcode", "product upc", "release upc", "upc code"),
        release=("release", "release title", "album", "album title"),
        label=("label", "label name"),
        store=(
            *("store", "service", "platform", "dsp", "programme", "program", "source", "partner"),
            *("channel", "licensee", "retailer", "store name", "service name", "partner name"),
            *("digital service provider", "distribution source", "perf source", "plattform", "källa"),
        ),
        month=(
            *("month", "sale month", "sales month", "usage month", "period", "sales period", "sale date"),
            *("date", "transaction date", "sale period", "usage period", "performance period"),
            *("perf period", "quarter", "reporting month", "reporting period", "abrechnungszeitraum"),
        ),
        territory=(
            *("territory", "country", "country of sale", "country region", "region", "delivery country"),
            "country of performance",
        ),
        sales_type=(
            *("sales type", "sale type", "usage type", "use type", "usetype", "transaction type"),
            *("income type", "source type", "type", "use"),
        ),
        quantity=(
            "quantity",
            "units",
            "streams",
            "plays",
            "usages",
            "count",
            "perf count",
            "antal",
            "anzahl",
        ),
        amount=(
            *("amount", "net amount", "net revenue", "net royalty", "royalty", "royalties", "earnings"),
            *("earned", "net earnings", "your earnings", "royalty amount", "payable", "amount payable"),
            *("net payable", "revenue", "total", "nettobetrag", "betrag", "belopp", "montant"),
        ),
        currency=("currency", "currency code", "payment currency", "royalty currency"),
        kind=("kind", "line kind"),
        programme=("programme", "program", "ai programme", "ai program"),
        use=("use", "ai use", "use key"),
        right=("right", "right type", "rights type"),
        model=("model", "model version"),
        method=("method", "attribution method"),
        method_version=("method version", "version of method"),
        confidence_low=("confidence low", "amount low", "low"),
        confidence_high=("confidence high", "amount high", "high"),
        pool=("pool", "pool amount"),
        weight=("weight",),
        total_weight=("total weight",),
        rate_of_pool=("rate", "licensor rate", "rate of pool"),
        share=("share", "share percent", "split", "share percentage"),
        decimals=("decimals", "rounded to"),
        corrects=("corrects", "corrects row", "corrects line"),
        original_amount=("original amount", "net sales"),
        original_currency=("original currency", "net sales currency"),
        rate=("exchange rate",),
    ),
    numbers=(POINT, COMMA),
    declares_numbers=False,
)
