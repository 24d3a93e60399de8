"""Free times as a pure calculation: opening hours on a wall clock, minus what is busy.

The rules (numbers as in the contract):
1. An override replaces its date's weekly hours.
2. Each opening interval becomes an interval of instants by itself: a local time that a change of
   the offset leaves out moves forward by the gap, one that happens twice is its first occurrence
   for a start and its second for an end.
3. Starts step by elapsed time from each interval's own start.
4. A slot lies inside the union of all intervals.
5. The slot with its buffers meets nothing busy; touching is allowed.
6. `now + notice <= start` and `frm <= start < until`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_MARGIN = 3 * _DAY
"""An interval may be a day long and may be moved by a day where a date is skipped."""


class Interval(NamedTuple):
    """Instants from `start` up to, not including, `end`; a tuple, since calendars have thousands."""

    start: datetime
    end: datetime


Slot = Interval


class WallInterval(NamedTuple):
    """Opening hours of one date: `end` may be 24:00, given as a whole day."""

    start: timedelta
    end: timedelta


@dataclass(frozen=True)
class Stay:
    """From `first` to `last`, both included, the wall clock is another zone's."""

    first: date
    last: date
    zone: ZoneInfo


@dataclass(frozen=True)
class SlotQuery:
    """Everything that free times depend on.

    `weekly` holds the hours of each weekday (Monday 0); `overrides` those of single dates;
    `busy` need not be sorted; `calendars` are busy as well, each by seconds since 1970 in
    growing order: start, end, start, end, and so on, which is how thousands are kept. On the
    dates of a stay in `travel` the hours are its zone's; on the dates in `full` nothing more may
    start.
    """

    now: datetime
    zone: ZoneInfo
    weekly: Mapping[int, Sequence[WallInterval]]
    duration: timedelta
    step: timedelta
    frm: datetime
    until: datetime
    overrides: Mapping[date, Sequence[WallInterval]] = field(default_factory=dict)
    busy: Sequence[Interval] = ()
    calendars: Sequence[Sequence[int]] = ()
    buffer_before: timedelta = timedelta(0)
    buffer_after: timedelta = timedelta(0)
    notice: timedelta = timedelta(0)
    travel: Sequence[Stay] = ()
    full: Set[date] = frozenset()


def zone_on(day: date, home: ZoneInfo, travel: Iterable[Stay]) -> ZoneInfo:
    """The zone in which a date's hours are meant; of two stays the later one counts."""
    return next((one.zone for one in reversed([*travel]) if one.first <= day <= one.last), home)


def slots(query: SlotQuery) -> list[Slot]:
    """The free times, sorted, each once, in UTC."""
    earliest = max(query.frm, query.now + query.notice)
    if earliest >= query.until:
        return []
    dated = _resolved(query, earliest, query.until + query.duration)
    open_hours = [hours for _, hours in dated]
    union = _merged(open_hours)
    busy = _merged(query.busy)
    starts = sorted(
        {
            start
            for day, hours in dated
            if day not in query.full
            for start in _starts(hours, earliest, query)
        }
    )
    union_starts = [each.start for each in union]
    busy_ends = [each.end for each in busy]
    found = []
    for start in starts:
        end = start + query.duration
        if union[bisect_right(union_starts, start) - 1].end < end:
            continue
        first, last = start - query.buffer_before, end + query.buffer_after
        nearest = bisect_right(busy_ends, first)
        if nearest < len(busy) and busy[nearest].start < last:
            continue
        if all(_is_free(one, first, last) for one in query.calendars):
            found.append(Slot(start, end))
    return found


def _is_free(calendar: Sequence[int], start: datetime, end: datetime) -> bool:
    """Whether a calendar has nothing between two instants."""
    place = bisect_right(calendar, start.timestamp())
    after_an_end = place % 2 == 0
    return after_an_end and (place == len(calendar) or calendar[place] >= end.timestamp())


def is_offered(query: SlotQuery, start: datetime) -> bool:
    """Whether `start` is one of the starts of the opening hours, whatever is busy."""
    return any(each.start == start for each in slots(query))


def _resolved(query: SlotQuery, frm: datetime, until: datetime) -> list[tuple[date, Interval]]:
    first = (frm.astimezone(UTC) - _MARGIN).date()
    days = (until.astimezone(UTC) + _MARGIN).date() - first
    found = []
    for ahead in range(days.days + 1):
        day = first + ahead * _DAY
        hours = query.overrides.get(day)
        if hours is None:
            hours = query.weekly.get(day.weekday(), ())
        zone = zone_on(day, query.zone, query.travel)
        for each in hours:
            start = _instant(day, each.start, zone, twice_means=0)
            end = _instant(day, each.end, zone, twice_means=1)
            if start < end:
                found.append((day, Interval(start, end)))
    return found


@lru_cache(maxsize=100_000)  # experts share their hours, and each is looked at again and again
def _instant(day: date, clock: timedelta, zone: ZoneInfo, *, twice_means: int) -> datetime:
    wall = datetime.combine(day, time()) + clock
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    # in a gap the two offsets are the other way round, and the first moves the time forward
    return second if twice_means == 1 and second > first else first


def _starts(hours: Interval, earliest: datetime, query: SlotQuery) -> Iterator[datetime]:
    last = min(hours.end, query.until)
    skipped = max(0, -((hours.start - earliest) // query.step))
    start = hours.start + skipped * query.step
    while start < last:
        yield start
        start += query.step


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for each in sorted(intervals):
        if merged and each.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, each.end))
        else:
            merged.append(each)
    return merged
