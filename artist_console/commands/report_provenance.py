"""What stands on everything that leaves a report: which report it is of, and what came of checking it."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.reports import OpenedReport
from artist_console.domain.phrases import day_in_words, period_in_words

NOT_VERIFIED = "Not verified. This is what could be read; anybody may have written or changed it."


@dataclass(frozen=True, slots=True)
class Provenance:
    """Empty where the file does not tell."""

    title: str
    about: str  # the artists
    period: str
    made: str
    signer: str  # as it calls itself
    fingerprint: str
    result: str  # the result line
    sha256: str
    file: str
    verified: bool

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """What each part is, and the part; those that the file tells."""
        said = (
            ("Report", self.title),
            ("About", self.about),
            ("Period", self.period),
            ("Made", self.made),
            ("Signed by", self.signer),
            ("Key", self.fingerprint),
            ("Checked", self.result),
            ("SHA-256", self.sha256),
            ("File", self.file),
        )
        return tuple((what, words) for what, words in said if words)


def provenance_of(report: OpenedReport) -> Provenance:
    since, until = report.period
    period = (
        period_in_words(since, until)
        if since is not None and until is not None
        else f"from {day_in_words(since)}"
        if since is not None
        else f"until {day_in_words(until)}"
        if until is not None
        else ""
    )
    return Provenance(
        title=report.title,
        about=", ".join(report.artist_names),
        period=period,
        made=day_in_words(report.made_at) if report.made_at is not None else "",
        signer=report.signer,
        fingerprint=report.fingerprint,
        result=report.headline if report.verified else f"{report.headline} {NOT_VERIFIED}",
        sha256=report.sha256,
        file=report.path.name,
        verified=report.verified,
    )
