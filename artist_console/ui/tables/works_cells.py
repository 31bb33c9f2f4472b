"""What the cells of the works table hold."""

from __future__ import annotations

from artist_console.domain import work_words
from artist_console.domain.identifiers import show_isrc, show_iswc
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorkSummary
from artist_console.ui.delegates.cells import MoneyCell, PermissionCell, WorkCell
from artist_console.ui.figures import Figures
from artist_console.ui.meanings import domain_words, follow_words, outcome_tint, sentence, shown_stance
from artist_console.ui.text import say

# A no without power is nobody's to follow: who decides is what matters then.
_DECIDED_ELSEWHERE = frozenset({PermissionOutcome.OBJECTED, PermissionOutcome.LICENSED_AGAINST_WISH})

# Outcomes that no answer of the artist led to: they come from nowhere above.
_NOT_FOLLOWED = frozenset(
    {
        PermissionOutcome.LICENSED_BY_OTHERS,
        PermissionOutcome.NO_AGREEMENT_KNOWN,
        PermissionOutcome.NOT_LICENSED,
        PermissionOutcome.UNDECIDED,
        PermissionOutcome.DIFFERS,
    }
)


def work_title(summary: WorkSummary) -> str:
    """A title with its version."""
    if not summary.version:
        return summary.title
    return say("works", "{title} ({version})", title=summary.title, version=summary.version)


def shown_code(summary: WorkSummary) -> str:
    """The identifier in the spelling that people read: "SE-FNR-24-00417"; empty when it is missing."""
    if not summary.identifier:
        return ""
    shows = show_isrc if summary.kind is WorkKind.RECORDING else show_iswc
    return shows(summary.identifier)


def work_cell(summary: WorkSummary, *, with_artist: bool) -> WorkCell:
    """Title, and below it the release; over several artists also whose it is."""
    second = summary.release_title or domain_words(work_words.WORK_KIND[summary.kind])
    if with_artist:
        second = say("works", "{artist} · {release}", artist=summary.artist_name, release=second)
    return WorkCell(summary.release or summary.work, work_title(summary), second)


def permission_cell(summary: WorkSummary) -> PermissionCell:
    """The control in small, what follows, and where that comes from."""
    if summary.outcome is None:
        outcome, second = domain_words(work_words.NO_PROGRAMME), ""
    else:
        outcome = domain_words(work_words.OUTCOME[summary.outcome])
        second = _beneath(summary)
    return PermissionCell(
        shown_stance(summary.own),
        outcome,
        second,
        outcome_tint(summary.outcome),
        waiting=summary.waiting,
        follow_words=follow_words(summary),
    )


def _beneath(summary: WorkSummary) -> str:
    if summary.outcome in _DECIDED_ELSEWHERE and summary.decider:
        return say("works", "{who} decides", who=summary.decider)
    if summary.outcome in _NOT_FOLLOWED:
        return ""
    if summary.follows:
        return say("works", "from {release}", release=summary.follows)
    if summary.follows_default:
        return say("works", "from your default")
    return ""


def permission_sentence(summary: WorkSummary) -> str:
    return sentence(work_words.permission_words(summary))


def money_cell(summary: WorkSummary, figures: Figures) -> MoneyCell:
    """What was earned in twelve months; a dash where no line names the work. Further currencies below."""
    if not summary.earned:
        return MoneyCell("–", "", quiet=True)
    first, *others = (figures.money(currency, amount) for currency, amount in summary.earned)
    return MoneyCell(first, " · ".join(others))
