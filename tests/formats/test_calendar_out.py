"""The calendar as other programs read it: by the library, and by lines that are taken apart by hand."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from artist_console.formats.calendar_out import CalendarDay, plain, uid_of, write_calendar

AT = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)
DAY = CalendarDay(
    "request/r-1", date(2026, 12, 4), "Mara; “Salt, Lines”\\ – 塩の線" * 4, "One.\nTwo, three.", "Answer"
)


def lines_of(data: bytes) -> list[tuple[str, str]]:
    """Content lines as RFC 5545, 3.1 has them: unfolded, name with parameters, value."""
    raw = data.split(b"\r\n")
    assert raw.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    unfolded: list[bytes] = []
    for line in raw:
        if line.startswith(b" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return [(name, value) for name, _, value in (line.decode().partition(":") for line in unfolded)]


def unescaped(value: str) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    out, at = "", 0
    while at < len(value):
        if value[at] == "\\":
            out += {"n": "\n", "N": "\n"}.get(value[at + 1], value[at + 1])
            at += 2
        else:
            assert value[at] not in ",;", "they are escaped in a text"
            out += value[at]
            at += 1
    return out


def test_an_event_is_a_whole_day_with_reminders_and_its_texts_come_back() -> None:
    data = write_calendar("Artist Console: Mara", [DAY], AT)
    lines = lines_of(data)
    told = dict(reversed(lines))
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert (told["VERSION"], told["METHOD"]) == ("2.0", "PUBLISH")
    assert told["DTSTART;VALUE=DATE"] == "20261204"
    assert told["DTSTAMP"] == "20261129T083000Z"
    assert told["UID"] == uid_of("request/r-1")
    assert unescaped(told["SUMMARY"]) == DAY.title
    event = lines[lines.index(("BEGIN", "VEVENT")) :]
    assert unescaped(dict(reversed(event))["DESCRIPTION"]) == DAY.words
    assert [value for name, value in lines if name == "TRIGGER"] == ["-P7D", "-P1D"]
    read = Calendar.from_ical(data)
    (shown,) = read.walk("VEVENT")
    assert shown.decoded("dtstart") == DAY.on
    assert str(shown["summary"]) == DAY.title
    assert [alarm["trigger"].dt for alarm in shown.walk("VALARM")] == [-timedelta(days=7), -timedelta(days=1)]


def test_what_has_passed_reminds_nobody() -> None:
    data = write_calendar("A", [CalendarDay("a", AT.date(), "T", "W", "C", remind=False)], AT)
    assert b"VALARM" not in data


def test_the_same_thing_on_another_day_updates_its_event() -> None:
    first = Calendar.from_ical(write_calendar("A", [DAY], AT))
    moved = CalendarDay(DAY.id, date(2027, 1, 1), "Other", "Words", "Answer")
    second = Calendar.from_ical(write_calendar("A", [moved], AT + timedelta(minutes=5)))
    (one,), (other,) = first.walk("VEVENT"), second.walk("VEVENT")
    assert one["uid"] == other["uid"]
    assert int(other["sequence"]) > int(one["sequence"])
    assert uid_of("request/r-2") != one["uid"]


def test_the_same_day_at_the_same_moment_is_the_same_file() -> None:
    assert write_calendar("A", [DAY], AT) == write_calendar("A", [DAY], AT)


_WITHOUT_ZONES = """
import sys, zoneinfo
from datetime import UTC, date, datetime
sys.modules["tzdata"] = None
zoneinfo.reset_tzpath(to=())
from artist_console.formats.calendar_out import CalendarDay, write_calendar
day = CalendarDay("a", date(2026, 1, 1), "T", "W", "C")
assert b"DTSTAMP:20260101T000000Z" in write_calendar("A", [day], datetime(2026, 1, 1, tzinfo=UTC))
"""


def test_a_computer_that_knows_no_time_zones_writes_it_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_ZONES], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


@given(st.text(), st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_no_text_breaks_out_of_its_line(title: str, words: str, name: str) -> None:
    data = write_calendar(name, [CalendarDay("x", AT.date(), title, words, "C")], AT)
    lines = lines_of(data)
    assert [value for key, value in lines if key == "BEGIN"] == ["VCALENDAR", "VEVENT", "VALARM", "VALARM"]
    summary = next((value for key, value in lines if key.partition(";")[0] == "SUMMARY"), "")
    assert unescaped(summary) == plain(title)
