"""What is said of a statement file before it is brought in: whose money, signs, characters, what is asked."""

from __future__ import annotations

from artist_console.commands.statement_preview import OpenQuestion, StatementPreview
from artist_console.commands.statement_whole import WholeFile
from artist_console.domain.periods import last_day_of
from artist_console.domain.statements import StatementLevel
from artist_console.ui.figures import Figures
from artist_console.ui.money_words import period_words, telling_money
from artist_console.ui.text import isolate, say, say_count

LEVELS = (StatementLevel.PAYEE_NET, StatementLevel.LICENSOR_GROSS, StatementLevel.POOL)
ENCODINGS = ("utf-8", "windows-1252", "utf-16", "mac-roman", "windows-1250", "windows-1251", "iso-8859-15")
DELIMITERS = (",", ";", "\t", "|")


def level_words(level: StatementLevel) -> str:
    """Whose money the lines are about, in plain words."""
    match level:
        case StatementLevel.PAYEE_NET:
            return say("statement-file", "What you are paid")
        case StatementLevel.LICENSOR_GROSS:
            return say("statement-file", "What your label received")
        case StatementLevel.POOL:
            return say("statement-file", "The operator's pool")


def level_detail(level: StatementLevel) -> str:
    """What follows from it."""
    match level:
        case StatementLevel.PAYEE_NET:
            return say(
                "statement-file",
                "The amounts are yours as they stand. They count as your earnings and are checked.",
            )
        case StatementLevel.LICENSOR_GROSS:
            return say(
                "statement-file",
                "A label, distributor or publisher received it. Your part is worked out by the splits and "
                "your agreements; these amounts are not your earnings.",
            )
        case StatementLevel.POOL:
            return say(
                "statement-file",
                "An operator pays it out for everybody. Your part is worked out of it; these amounts are not "
                "your earnings.",
            )


def numbers_words(numbers: str) -> str:
    """How amounts are written; what was told by the cells alone declares no sign between thousands."""
    match numbers:
        case "comma":
            return say("statement-file", "A comma: 1.234,56")
        case "seen_comma":
            return say("statement-file", "A comma: 1234,56")
        case "seen_point":
            return say("statement-file", "A point: 1234.56")
        case _:
            return say("statement-file", "A point: 1,234.56")


def days_words(days: str) -> str:
    if days == "month_first":
        return say("statement-file", "Month first: 12/31/2025")
    return say("statement-file", "Day first: 31/12/2025")


def delimiter_words(delimiter: str) -> str:
    match delimiter:
        case ",":
            return say("statement-file", "Commas")
        case ";":
            return say("statement-file", "Semicolons")
        case "\t":
            return say("statement-file", "Tabs")
        case "|":
            return say("statement-file", "Upright lines |")
        case _:
            return say("statement-file", "The sign “{sign}”", sign=isolate(delimiter))


def encoding_words(encoding: str) -> str:
    match encoding:
        case "utf-8":
            return say("statement-file", "UTF-8")
        case "utf-16":
            return say("statement-file", "UTF-16")
        case "windows-1252":
            return say("statement-file", "Windows, Western Europe")
        case "windows-1250":
            return say("statement-file", "Windows, Central Europe")
        case "windows-1251":
            return say("statement-file", "Windows, Cyrillic")
        case "iso-8859-15":
            return say("statement-file", "ISO 8859-15, Western Europe")
        case "mac-roman":
            return say("statement-file", "Macintosh, Western Europe")
        case _:
            return isolate(encoding)


def question_words(preview: StatementPreview, question: OpenQuestion) -> tuple[str, str]:
    """What is asked, and why."""
    match question:
        case OpenQuestion.COLUMNS:
            return (
                say("statement-file", "Which column holds what?"),
                say("statement-file", "The names of its columns are not known here. You say it once."),
            )
        case OpenQuestion.NUMBERS:
            return (
                say("statement-file", "Which sign marks the decimals?"),
                say(
                    "statement-file",
                    "“{cell}” can be read in two ways, and nothing in the file decides it.",
                    cell=isolate(preview.cell),
                ),
            )
        case OpenQuestion.DAYS:
            return (
                say("statement-file", "Does the day or the month come first?"),
                say(
                    "statement-file",
                    "“{cell}” can be read in two ways, and nothing in the file decides it.",
                    cell=isolate(preview.cell),
                ),
            )
        case OpenQuestion.CURRENCY:
            return (
                say("statement-file", "In which currency are the amounts?"),
                say("statement-file", "The file does not say it. Look at the statement that came with it."),
            )
        case OpenQuestion.MONTH:
            return (
                say("statement-file", "For which month is it?"),
                say("statement-file", "Not every row says when it was earned."),
            )
        case OpenQuestion.LEVEL:
            return (
                say("statement-file", "Whose money is it?"),
                say("statement-file", "The form of the file does not tell. It decides what is counted."),
            )


def found_words(preview: StatementPreview, figures: Figures) -> str:
    """What the file was recognised as, in one line: issuer, currencies, months."""
    parts = []
    if preview.issuer:
        parts.append(isolate(preview.issuer))
    elif not preview.layout:
        parts.append(say("statement-file", "A form that is not known here"))
    currencies = preview.currencies or ((preview.currency,) if preview.currency else ())
    if currencies:
        parts.append(", ".join(currencies))
    if preview.months is not None:
        first, last = preview.months
        parts.append(period_words(figures, first, last_day_of(last)))
    return " · ".join(parts)


def rows_words(preview: StatementPreview) -> str:
    """What stands above the first rows."""
    if preview.is_whole:
        return say_count(
            "statement-file",
            "Its 1 row, as it will be read",
            "All {n} rows, as they will be read",
            len(preview.rows),
        )
    return say_count(
        "statement-file",
        "The first row, as it will be read",
        "The first {n} rows, as they will be read",
        len(preview.rows),
    )


def recognised_words(preview: StatementPreview) -> str:
    """How much of what is shown is income from AI; none recognised is said, never shown as zero."""
    if not preview.rows or preview.questions:
        return ""
    if preview.recognised:
        return say_count(
            "statement-file",
            "1 of these rows is recognised as income from AI.",
            "{n} of these rows are recognised as income from AI.",
            preview.recognised,
        )
    return say(
        "statement-file",
        "None of these rows is recognised as income from AI. That does not say that there is none: stores "
        "are known by their names, and you can name them under Earnings.",
    )


def whole_words(whole: WholeFile, figures: Figures) -> str:
    """What the whole file comes to: the first rows are only its beginning."""
    amounts = [telling_money(figures, currency, amount) for currency, amount in whole.totals]
    lines = say_count("statement-file", "1 line", "{n} lines", whole.lines)
    told = say("statement-file", "The whole file: {what}", what=" · ".join((lines, *amounts)))
    if not whole.left_out:
        return told
    left_out = say_count(
        "statement-file",
        "1 row is left out and not in it",
        "{n} rows are left out and not in it",
        whole.left_out,
    )
    return f"{told} · {left_out}"
