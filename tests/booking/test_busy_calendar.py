"""Busy times of calendar files as Google, Outlook, Apple, Nextcloud and others write them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from booking.busy_calendar import busy_times
from booking.errors import CalendarUnreadable

FILES = Path(__file__).parent / "calendars"
BERLIN = ZoneInfo("Europe/Berlin")
FRM, UNTIL = datetime(2026, 3, 22, tzinfo=UTC), datetime(2026, 4, 20, tzinfo=UTC)


def busy(content: bytes, home: ZoneInfo = BERLIN) -> list[str]:
    found = busy_times(content, home=home, frm=FRM, until=UNTIL)
    return [f"{one.start:%m-%d %H:%M} {one.end:%m-%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            # one week left out, one instance moved a day and over the change of the clocks,
            # a transparent birthday, two days off
            "google",
            ["03-31 12:00 03-31 13:00", "04-01 22:00 04-03 22:00", "04-06 07:00 04-06 08:00"],
        ),
        (
            # a Windows zone name over the change of the clocks, a free event, a zone that is
            # no zone's name
            "outlook",
            ["03-27 15:00 03-27 15:30", "03-28 15:00 03-28 15:30", "03-29 14:00 03-29 14:30",
             "03-30 06:00 03-30 06:30"],
        ),
        (
            # the first Tuesday of a month in New York, a floating time, a cancelled event
            "apple",
            ["03-28 22:00 03-29 00:00", "04-07 14:00 04-07 14:30"],
        ),
        (
            # twice a week, an hour later and longer from one instance on; dates one by one
            "nextcloud",
            ["03-23 12:00 03-23 13:00", "03-24 08:00 03-24 09:00", "03-25 12:00 03-25 13:00",
             "03-26 08:00 03-26 09:00", "03-27 10:00 03-27 11:00", "03-30 13:00 03-30 14:30",
             "04-01 13:00 04-01 14:30", "04-06 13:00 04-06 14:30", "04-08 13:00 04-08 14:30"],
        ),
        (
            # a zone that only the file itself explains, an all-day series with one day left out
            "odd_zone",
            ["03-25 03:00 03-25 04:00", "03-27 23:00 03-28 23:00"],
        ),
    ],
)  # fmt: skip
def test_real_looking_calendars(name: str, expected: list[str]) -> None:
    assert busy((FILES / f"{name}.ics").read_bytes()) == expected


def an_event(*lines: str) -> bytes:
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", *lines]
    return "\r\n".join([*body, "END:VEVENT", "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20260328T233000Z",), []),
        (("DTSTART;VALUE=DATE:20260329",), ["03-28 23:00 03-29 22:00"]),
        (("DTSTART:20260325T100000Z", "DTEND:20260325T090000Z"), []),
        (("DTSTART:20260325T100000Z", "DURATION:PT90M"), ["03-25 10:00 03-25 11:30"]),
        # the day is 23 hours long, and the session of two days is still two days
        (("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"), ["03-27 23:00 03-29 22:00"]),
        # nine in the morning stays nine in the morning
        (
            ("DTSTART;TZID=Europe/Berlin:20260327T090000", "DURATION:PT1H",
             "RRULE:FREQ=DAILY;UNTIL=20260330"),
            ["03-27 08:00 03-27 09:00", "03-28 08:00 03-28 09:00", "03-29 07:00 03-29 08:00",
             "03-30 07:00 03-30 08:00"],
        ),
        (
            ("DTSTART:20260325T100000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=4"),
            ["03-25 10:00 03-25 14:00"],
        ),
    ],
)  # fmt: skip
def test_single_events(lines: tuple[str, ...], expected: list[str]) -> None:
    assert busy(an_event(*lines)) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>Sign in</html>", b"BEGIN:VCALENDAR", b"\xff\xfe\x00",
        an_event("SUMMARY:no start"),
        an_event("DTSTART:20260325T100000Z", "RRULE:FREQ=SECONDLY"),
        an_event("DTSTART:20260325T100000Z", "RRULE:FREQ=NEVER"),
        an_event("DTSTART:20260325T100000Z", "DTEND;VALUE=DATE:20260326"),
        an_event("DTSTART:19000101T100000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_whole(content: bytes) -> None:
    with pytest.raises(CalendarUnreadable):
        busy(content)


def test_an_empty_calendar_has_no_busy_times() -> None:
    assert busy(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n") == []
