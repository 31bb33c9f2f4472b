"""Text and JSON of what came of a synchronisation."""

from __future__ import annotations

from artist_console.cli.output import Answer
from artist_console.cli.tables import line_width, wrapped
from artist_console.commands.syncing import SyncReport, SyncStatus


def answer(report: SyncReport, now: SyncStatus) -> Answer:
    counts = [
        ("decision sent", "decisions sent", report.sent),
        ("recorded", "recorded", report.accepted),
        ("in conflict with another answer", "in conflict with other answers", report.conflicts),
        ("beyond your mandate", "beyond your mandate", report.not_authorised),
        ("proposed to the artist", "proposed to the artist", report.proposed),
        ("confirmed again", "confirmed again", report.confirmed_again),
        ("could not be read by the service", "could not be read by the service", report.parked),
        ("row received", "rows received", report.received),
        ("line of a statement received", "lines of statements received", report.lines),
    ]
    told = [f"{count} {one if count == 1 else many}" for one, many, count in counts if count]
    lines = [f"In step with {now.host}: " + (", ".join(told) if told else "nothing was new") + "."]
    if report.restored:
        lines.append("The service was restored: everything was fetched and sent again.")
    if now.conflicts:
        met = "1 answer" if now.conflicts == 1 else f"{now.conflicts} answers"
        lines.append(f"{met} met another one; choose in the window, under Waiting for you.")
    return Answer(
        "\n".join(line for text in lines for line in wrapped(text, line_width())),
        {
            "sent": report.sent,
            "accepted": report.accepted,
            "conflicts": report.conflicts,
            "not_authorised": report.not_authorised,
            "proposed": report.proposed,
            "confirmed_again": report.confirmed_again,
            "parked": report.parked,
            "received": report.received,
            "lines": report.lines,
            "restored": report.restored,
            "waiting": now.waiting,
            "last_sync": now.last_sync,
        },
    )
