"""What came of checking a report, in words and looks: for the banner, the list of files and the checks."""

from __future__ import annotations

from artist_console.commands.history import CheckState
from artist_console.commands.redaction_words import table_title
from artist_console.commands.reports import OpenedReport, ReportSignature, ReportVerdict
from artist_console.commands.signers import OWN
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, say, say_count
from artist_console.ui.tokens import Tint

_KB, _MB = 1_000, 1_000_000


def verdict_look(verdict: ReportVerdict) -> tuple[Tint, Icon]:
    """The family and icon of each result."""
    match verdict:
        case ReportVerdict.GENUINE:
            return Tint.INFO, Icon.SHIELD
        case ReportVerdict.GENUINE_OLD_KEY:
            return Tint.INFO, Icon.KEY
        case ReportVerdict.SIGNER_UNKNOWN:
            return Tint.NEUTRAL, Icon.QUESTION
        case ReportVerdict.SIGNER_REVOKED:
            return Tint.ASK, Icon.LOCK
        case ReportVerdict.CHANGED:
            return Tint.DENY, Icon.TRIANGLE
        case ReportVerdict.CANNOT_BE_CHECKED:
            return Tint.ASK, Icon.QUESTION


def verdict_words(verdict: ReportVerdict) -> str:
    """A result in two or three words, for a list."""
    match verdict:
        case ReportVerdict.GENUINE:
            return say("report", "Unchanged since signed")
        case ReportVerdict.GENUINE_OLD_KEY:
            return say("report", "Unchanged, older key")
        case ReportVerdict.SIGNER_UNKNOWN:
            return say("report", "Unchanged, signer not known")
        case ReportVerdict.SIGNER_REVOKED:
            return say("report", "Unchanged, signer not trusted any more")
        case ReportVerdict.CHANGED:
            return say("report", "Changed after signing")
        case ReportVerdict.CANNOT_BE_CHECKED:
            return say("report", "Cannot be checked")


def verdict_in_short(verdict: ReportVerdict) -> str:
    """The same where there is room for a day only beside few words: the mark says that it is unchanged."""
    match verdict:
        case ReportVerdict.GENUINE:
            return say("report", "Unchanged")
        case ReportVerdict.SIGNER_UNKNOWN:
            return say("report", "Signer not known")
        case ReportVerdict.SIGNER_REVOKED:
            return say("report", "Signer not trusted")
        case ReportVerdict.GENUINE_OLD_KEY | ReportVerdict.CHANGED | ReportVerdict.CANNOT_BE_CHECKED:
            return verdict_words(verdict)


def headline_words(report: OpenedReport) -> str:
    """The result line; a table that was changed is called what it is called everywhere else, too."""
    fields = dict(report.headline_fields)
    part = fields.get("part", "")
    for name in report.parts_changed[:1]:
        kind = name.removesuffix(".csv")
        if part.startswith(name) and (title := domain_words(table_title(kind))) != kind:
            called = say("report", "{table} ({file})", table=title, file=name)
            fields["part"] = part.replace(name, called, 1)
    return domain_words(report.headline_template, **fields)


def verdict_detail(report: OpenedReport, figures: Figures) -> str:
    """What a result means and rests on, below the result line."""
    said = [_detail(report, figures)]
    others = [each for each in report.signatures if each.kid != report.signer_kid]
    if others and report.verified:
        names = ", ".join(isolate(each.known_as or each.name) for each in others)
        said.append(say("report", "Also signed by {names}.", names=names))
    if report.gaps and report.verified:
        said.append(gap_words(report))
    return " ".join(part for part in said if part)


def _detail(report: OpenedReport, figures: Figures) -> str:
    made = figures.day(report.made_at) if report.made_at is not None else ""
    signed = _signature(report)
    match report.verdict:
        case ReportVerdict.GENUINE if report.introduced_by == OWN:
            return say(
                "report",
                "Signed on {date} by this computer's clock. This profile's own key: {key}.",
                date=made,
                key=report.fingerprint,
            )
        case ReportVerdict.GENUINE:
            return say(
                "report",
                "Signed on {date} by the signer's own clock, with the key {key}, made known here by {who}.",
                date=made,
                key=report.fingerprint,
                who=domain_words(report.introduced_by),
            )
        case ReportVerdict.GENUINE_OLD_KEY:
            replaced = signed.replaced if signed is not None else None
            return say(
                "report",
                "Signed on {date} by the signer's own clock. The signer has replaced the key {key} since,"
                " on {day}; a chain of signatures leads from it to the newer one.",
                date=made,
                key=report.fingerprint,
                day=figures.day(replaced) if replaced is not None else say("report", "a day not told"),
            )
        case ReportVerdict.SIGNER_UNKNOWN:
            return say(
                "report",
                "It calls its signer {name}. Key {key}. Nobody has introduced this signer to you.",
                name=report.signer,
                key=report.fingerprint,
            )
        case ReportVerdict.SIGNER_REVOKED:
            since, why = (signed.revoked if signed is not None else None) or (None, "")
            return say(
                "report",
                "The key {key} is not trusted here since {day}: {why} Whoever holds that key can have made"
                " this file at any time.",
                key=report.fingerprint,
                day=figures.day(since) if since is not None else say("report", "a day not told"),
                why=_ended(why),
            )
        case ReportVerdict.CHANGED:
            return say("report", "Ask the sender for a new copy. Do not rely on what stands below.")
        case ReportVerdict.CANNOT_BE_CHECKED:
            return say("report", "That says nothing for it and nothing against it.")


def _ended(why: str) -> str:
    """A reason that a person wrote, as a sentence of its own."""
    plain = why.strip()
    if not plain:
        return say("report", "no reason was noted.")
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _signature(report: OpenedReport) -> ReportSignature | None:
    return next((each for each in report.signatures if each.kid == report.signer_kid), None)


def gap_words(report: OpenedReport) -> str:
    """What a redacted copy lacks; how much of each table stands below what it holds."""
    return say_count(
        "report",
        "1 row was taken out of this copy. What is left is as it was signed.",
        "{n} rows were taken out of this copy. What is left is as it was signed.",
        sum(gap.removed for gap in report.gaps),
    )


def removed_words(count: int) -> str:
    """The row of a table that stands for those that were taken out: fits into a narrow first column."""
    return say_count("report", "1 row taken out", "{n} rows taken out", count)


def check_state_words(state: CheckState) -> str:
    match state:
        case CheckState.PASSED:
            return say("report", "Passed")
        case CheckState.FAILED:
            return say("report", "Does not hold")
        case CheckState.CANNOT:
            return say(
                "report", "This cannot be checked here. That says nothing for it and nothing against it."
            )


def about_words(report: OpenedReport, figures: Figures) -> str:
    """File, size, artists and day in one line."""
    parts = [report.path.name, size_words(report.size_bytes)]
    names = report.artist_names
    if names:
        parts.append(
            names[0] if len(names) == 1 else say_count("report", "1 artist", "{n} artists", len(names))
        )
    if report.made_at is not None:
        parts.append(figures.day(report.made_at))
    return " · ".join(parts)


def size_words(size: int) -> str:
    """214 KB, 3 MB: as file managers count."""
    if size >= _MB:
        return say("report", "{n} MB", n=round(size / _MB))
    return say("report", "{n} KB", n=-(-size // _KB))
