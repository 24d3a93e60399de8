"""Free times the slow way: every minute of the range is looked at by itself.

Shares nothing with `booking.slots`: local times are found by listing what the zone's clock shows
at each minute, openings and busy times are sets of minutes.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@lru_cache(maxsize=400)
def clock_day(zone: str, day: date) -> dict[datetime, list[datetime]]:
    """What the wall clock shows at each minute of a UTC day: shown → instants."""
    shown: dict[datetime, list[datetime]] = {}
    tz = ZoneInfo(zone)
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for _ in range(24 * 60):
        shown.setdefault(instant.astimezone(tz).replace(tzinfo=None), []).append(instant)
        instant += MINUTE
    return shown


def instants_showing(zone: str, wall: datetime) -> list[datetime]:
    return sorted(
        instant
        for ahead in (-1, 0, 1)
        for instant in clock_day(zone, wall.date() + ahead * DAY).get(wall, [])
    )


def resolve(zone: str, wall: datetime, *, last: bool) -> datetime:
    found = instants_showing(zone, wall)
    if found:
        return found[-1 if last else 0]
    before = wall
    while not instants_showing(zone, before):
        before -= MINUTE
    return instants_showing(zone, before)[-1] + (wall - before)


def minutes_of(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def oracle(query: dict[str, Any]) -> list[dict[str, str]]:
    """The contract's `slots` for one query whose instants are whole minutes."""
    zone = query["timezone"]
    now, frm, until = (datetime.fromisoformat(query[each]) for each in ("now", "from", "until"))
    duration = query["duration_min"] * MINUTE
    overrides = {each["date"]: each["intervals"] for each in query["overrides"]}
    intervals = []
    day = frm.date() - 3 * DAY
    while day <= (until + duration).date() + 3 * DAY:
        hours = overrides.get(
            day.isoformat(),
            [
                [each["start"], each["end"]]
                for each in query["weekly"]
                if each["weekday"] == day.weekday()
            ],
        )
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock
        for start, end in hours:
            opens = resolve(zone, midnight + minutes_of(start) * MINUTE, last=False)
            closes = resolve(zone, midnight + minutes_of(end) * MINUTE, last=True)
            if opens < closes:
                intervals.append((opens, closes))
        day += DAY
    is_open = {minute for opens, closes in intervals for minute in each_minute(opens, closes)}
    is_busy = {
        minute
        for each in query["busy"]
        for minute in each_minute(
            datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"])
        )
    }
    starts = set()
    for opens, closes in intervals:
        start = opens
        while start < closes:
            starts.add(start)
            start += query["step_min"] * MINUTE
    earliest = max(frm, now + query["notice_min"] * MINUTE)
    return [
        {"start": stamp(start), "end": stamp(start + duration)}
        for start in sorted(starts)
        if earliest <= start < until
        and all(minute in is_open for minute in each_minute(start, start + duration))
        and not any(
            minute in is_busy
            for minute in each_minute(
                start - query["buffer_before_min"] * MINUTE,
                start + duration + query["buffer_after_min"] * MINUTE,
            )
        )
    ]


def each_minute(start: datetime, end: datetime) -> list[datetime]:
    return [start + count * MINUTE for count in range((end - start) // MINUTE)]


def stamp(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
