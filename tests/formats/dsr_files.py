"""Sales reports for tests, put together record by record; names and codes are made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Record = Sequence[str]


def dsr(*records: Record, end: str = "\n") -> bytes:
    return ("\n".join("\t".join(record) for record in records) + end).encode()


def head(profile: str, *, file: int = 1, files: int = 1, kind: str = "HEAD") -> Record:
    return (
        *(kind, "dsrf/30", profile, "1.2", "M1", "2026-10-01T00:00:00Z", str(file), str(files)),
        *("2026-07-01", "2026-09-30", "PADPIDA2013020802I", "Streamhouse", "Open Studio"),
        *("PADPIDA20070627029", "Harbour", ""),
    )


def foot(lines: int, summaries: int, blocks: int) -> Record:
    return ("FOOT", str(lines), str(lines), str(summaries), str(blocks), str(blocks))


def resource(block: str, isrc: str, title: str, reference: str = "A1") -> Record:
    return (
        "AS01.01",
        block,
        reference,
        f"D{block}",
        isrc,
        title,
        "",
        "Mira Sand",
        "",
        "PT3M",
        "SoundRecording",
        "true",
    )


def summary_01(
    id: str, revenue: str, *, use: str = "Stream", service: str = "Open Studio", usages: str = ""
) -> Record:
    """SY01: money on the summary only."""
    return ("SY01", id, "", "", "SubscriptionModel", use, "SE", service, usages, "", "EUR", revenue, "")


def streams(block: str, summary: str, number: str, bearing: str = "true") -> Record:
    return ("SU02", block, summary, f"T{block}", "", "A1", bearing, number, "", "")


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
