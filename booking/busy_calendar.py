"""Busy times of a calendar file: iCalendar as Google, Outlook, Apple and Nextcloud write it.

Recurrences are expanded on the wall clock of their zone (RFC 5545). Whatever cannot be read
refuses the whole calendar, because a busy time that is silently left out would be booked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar

from booking.errors import CalendarUnreadable
from booking.slots import Interval

_DAY = timedelta(days=1)
Event = Any
"""icalendar's: its properties are of as many types as the standard has."""

_MOST_STEPS = 300_000
"""Of recurrences, before and within the range: about two seconds."""
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})


def busy_times(content: bytes, *, home: ZoneInfo, frm: datetime, until: datetime) -> list[Interval]:
    """When the calendar's owner is busy between two instants, sorted and merged, in UTC.

    Cancelled and transparent ("free") events are left out. All-day events and times without a
    zone are meant in the calendar's own zone where it names one, else in `home`. Raises
    CalendarUnreadable.
    """
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        found = [
            one for calendar in calendars for one in _Reader(calendar, home, frm, until).read()
        ]
    except CalendarUnreadable:
        raise
    except Exception as error:
        # whatever a stranger's file makes the parsers raise, it is the file that is wrong
        raise CalendarUnreadable from error
    if not calendars:
        raise CalendarUnreadable
    return list(_merged(sorted(found, key=lambda one: one.start)))


@dataclass
class _Reader:
    """One calendar of a file."""

    calendar: Any
    home: ZoneInfo
    frm: datetime
    until: datetime
    steps: int = 0

    def __post_init__(self) -> None:
        named = self.calendar.get("X-WR-TIMEZONE")
        if named:
            self.home = _zone(str(named)) or self.home

    def read(self) -> Iterator[Interval]:
        events = [one for one in self.calendar.walk("VEVENT") if _blocks(one)]
        cancelled = [one for one in self.calendar.walk("VEVENT") if not _blocks(one)]
        ordered = sorted((*events, *cancelled), key=lambda one: str(one.get("UID", id(one))))
        for _, group in groupby(ordered, key=lambda one: str(one.get("UID", id(one)))):
            series = list(group)
            yield from self._series(series)

    def _series(self, series: list[Event]) -> Iterator[Interval]:
        """The events of one UID: the series itself and those of its instances that differ."""
        differing = {
            self._instant(one["RECURRENCE-ID"].dt): one for one in series if "RECURRENCE-ID" in one
        }
        for one in series:
            if "RECURRENCE-ID" not in one and _blocks(one):
                yield from self._instances(one, differing)
        for one in differing.values():
            if _blocks(one):
                start = self._wall(one["DTSTART"].dt)
                yield from self._clipped(one, start, self._length(one))

    def _instances(self, event: Event, differing: Mapping[datetime, Event]) -> Iterator[Interval]:
        start = self._wall(event["DTSTART"].dt)
        length = self._length(event)
        changes = sorted(
            (instant, one)
            for instant, one in differing.items()
            if one["RECURRENCE-ID"].params.get("RANGE") == "THISANDFUTURE"
        )
        for wall in self._starts(event, start):
            instant = self._at(wall, event)
            if instant - abs(length) > self.until + _DAY:
                return
            if instant in differing:
                continue
            later = [(at, one) for at, one in changes if at <= instant]
            if later:
                # from one instance on, all are moved by as much and last as long as that one
                at, change = later[-1]
                moved = self._instant(change["DTSTART"].dt) - at
                if _blocks(change):
                    yield from self._clip(instant + moved, self._length(change))
                continue
            yield from self._clipped(event, wall, length)

    def _starts(self, event: Event, start: datetime) -> Iterator[datetime]:
        """The wall-clock starts of an event's instances, in order."""
        if not {"RRULE", "RDATE"} & event.keys():
            yield start
            return
        rules = rruleset()
        for rule in _listed(event.get("RRULE")):
            if rule.get("FREQ", [""])[0] in _TOO_OFTEN:
                raise CalendarUnreadable
            rules.rrule(rrulestr(self._rule_text(rule, event), dtstart=start))
        if "RRULE" not in event:
            rules.rdate(start)
        for extra in _dates(event.get("RDATE")):
            rules.rdate(self._wall(extra[0] if isinstance(extra, tuple) else extra, event))
        for gone in _dates(event.get("EXDATE")):
            wall = self._wall(gone, event)
            # Outlook excludes a whole date of a series that has times
            whole_day = not isinstance(gone, datetime) and isinstance(event["DTSTART"].dt, datetime)
            rules.exdate(datetime.combine(wall.date(), start.time()) if whole_day else wall)
        for wall in rules:
            self.steps += 1
            if self.steps > _MOST_STEPS:
                raise CalendarUnreadable
            yield wall

    def _rule_text(self, rule: Any, event: Event) -> str:
        """The rule with its end on the wall clock, as `rrulestr` wants it for such a start."""
        ends = rule.get("UNTIL")
        if not ends:
            return str(rule.to_ical().decode())
        last = ends[0]
        if not isinstance(last, datetime):
            last = datetime.combine(last, time(23, 59, 59))
        elif last.tzinfo is not None:
            last = last.astimezone(self._zone_of(event["DTSTART"].dt)).replace(tzinfo=None)
        kept = ";".join(
            part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL=")
        )
        return f"{kept};UNTIL={last:%Y%m%dT%H%M%S}"

    def _clipped(self, event: Event, wall: datetime, length: timedelta) -> Iterator[Interval]:
        start = self._at(wall, event)
        if not isinstance(event["DTSTART"].dt, datetime):
            # whole days end at a midnight, whatever the clock did in between
            return self._clip(start, self._at(wall + length, event) - start)
        return self._clip(start, length)

    def _clip(self, start: datetime, length: timedelta) -> Iterator[Interval]:
        end = start + length
        if start < end and end > self.frm and start < self.until:
            yield Interval(start, end)

    def _length(self, event: Event) -> timedelta:
        start = event["DTSTART"].dt
        if "DTEND" in event:
            end = event["DTEND"].dt
            if isinstance(start, datetime) != isinstance(end, datetime):
                raise CalendarUnreadable
            if isinstance(start, datetime):
                return self._instant(end) - self._instant(start)
            return timedelta(days=(end - start).days)
        if "DURATION" in event:
            duration: timedelta = event["DURATION"].dt
            return duration
        return timedelta(0) if isinstance(start, datetime) else _DAY

    def _wall(self, value: date, event: Event | None = None) -> datetime:
        """What the clock shows, in the zone of `event`'s start where it is given."""
        if not isinstance(value, datetime):
            return datetime.combine(value, time())
        if event is not None and value.tzinfo is not None:
            value = value.astimezone(self._zone_of(event["DTSTART"].dt))
        return value.replace(tzinfo=None)

    def _at(self, wall: datetime, event: Event) -> datetime:
        return wall.replace(tzinfo=self._zone_of(event["DTSTART"].dt)).astimezone(UTC)

    def _instant(self, value: date) -> datetime:
        wall = self._wall(value)
        return wall.replace(tzinfo=self._zone_of(value)).astimezone(UTC)

    def _zone_of(self, value: date) -> Any:
        zone = value.tzinfo if isinstance(value, datetime) else None
        return zone or self.home


def _blocks(event: Event) -> bool:
    """Whether an event takes time."""
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    free |= str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    return not free and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _dates(value: Any) -> list[Any]:
    return [one.dt for dates in _listed(value) for one in dates.dts]


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return None


def _merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    last: Interval | None = None
    for each in intervals:
        if last is not None and each.start <= last.end:
            last = Interval(last.start, max(last.end, each.end))
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
