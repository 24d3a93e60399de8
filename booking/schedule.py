"""An expert's opening hours, and what else limits their time."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from booking.errors import BadHours, BadLimit
from booking.model import GRID_MINUTES, Offer
from booking.slots import Interval, SlotQuery, Stay, WallInterval, is_offered, zone_on
from booking.words.hours import HoursChange

_DAY = timedelta(days=1)
_GRID = timedelta(minutes=GRID_MINUTES)
_WEEK = 7

Hours = Sequence[WallInterval]


@dataclass(frozen=True)
class Schedule:
    """Opening hours on the wall clock of a zone, or of the zone that is travelled in.

    `per_day` and `per_week` (Monday to Sunday) are the most sessions, None without a limit.
    Raises BadHours for hours that are not multiples of five minutes, BadLimit for a limit
    below one.
    """

    zone: ZoneInfo
    weekly: Mapping[int, Hours]
    overrides: Mapping[date, Hours] = field(default_factory=dict)
    travel: Sequence[Stay] = ()
    per_day: int | None = None
    per_week: int | None = None

    def __post_init__(self) -> None:
        for hours in (*self.weekly.values(), *self.overrides.values()):
            if any(each.start % _GRID or each.end % _GRID for each in hours):
                raise BadHours(minutes=GRID_MINUTES)
        if any(limit is not None and limit < 1 for limit in (self.per_day, self.per_week)):
            raise BadLimit

    @property
    def limited(self) -> bool:
        """Whether it matters how many sessions there are already."""
        return self.per_day is not None or self.per_week is not None

    def date_of(self, instant: datetime) -> date:
        """The expert's date at an instant, wherever they are then."""
        at_home = instant.astimezone(self.zone).date()
        for day in (at_home, at_home - _DAY, at_home + _DAY):
            zone = zone_on(day, self.zone, self.travel)
            if instant.astimezone(zone).date() == day:
                return day
        return at_home

    def full_dates(self, starts: Iterable[datetime]) -> frozenset[date]:
        """Dates on which nothing more may be booked, given the starts of what is booked."""
        if not self.limited:
            return frozenset()
        days = Counter(map(self.date_of, starts))
        weeks: Counter[date] = Counter()
        for day, count in days.items():
            weeks[day - day.weekday() * _DAY] += count
        full = {day for day, count in days.items() if count >= (self.per_day or count + 1)}
        for monday, count in weeks.items():
            if count >= (self.per_week or count + 1):
                full |= {monday + ahead * _DAY for ahead in range(_WEEK)}
        return frozenset(full)

    def changed(self, change: HoursChange, *, stays: Sequence[Stay], today: date) -> Self:
        """The schedule with a change of hours; `stays` are its trips with their zones.

        A new date or trip replaces what was said about the same dates; what is past is dropped.
        """
        overrides = {**self.overrides, **change.overrides}
        travel = [*self.travel, *stays]
        return replace(
            self,
            weekly={
                day: hours
                for day, hours in sorted({**self.weekly, **change.weekly}.items())
                if hours
            },
            overrides={
                day: hours
                for day, hours in sorted(overrides.items())
                if day >= today - _DAY and day not in change.reopened
            },
            travel=[
                one
                for one in travel
                if one.last >= today - _DAY
                and not any(one.first <= day <= one.last for day in change.reopened)
            ],
            per_day=_limit(self.per_day, change.per_day),
            per_week=_limit(self.per_week, change.per_week),
        )

    def is_open(self, start: datetime, end: datetime) -> bool:
        """Whether the whole time is within the opening hours."""
        query = SlotQuery(
            now=start,
            zone=self.zone,
            weekly=self.weekly,
            overrides=self.overrides,
            duration=end - start,
            step=_GRID,
            frm=start,
            until=start + _GRID,
            travel=self.travel,
        )
        return is_offered(query, start)

    def query(
        self,
        offer: Offer,
        *,
        busy: Sequence[Interval],
        frm: datetime,
        until: datetime,
        now: datetime,
        starts: Collection[datetime] = (),
        calendars: Sequence[Sequence[int]] = (),
    ) -> SlotQuery:
        """What decides the offer's free times; it can be booked `window_days` ahead at most.

        `starts` are those of the expert's sessions, which the limits count.
        """
        return SlotQuery(
            now=now,
            zone=self.zone,
            weekly=self.weekly,
            overrides=self.overrides,
            busy=busy,
            calendars=calendars,
            duration=offer.duration,
            step=timedelta(minutes=offer.step_minutes),
            buffer_before=timedelta(minutes=offer.buffer_before),
            buffer_after=timedelta(minutes=offer.buffer_after),
            notice=timedelta(minutes=offer.notice_minutes),
            frm=frm,
            until=min(until, now + timedelta(days=offer.window_days)),
            travel=self.travel,
            full=self.full_dates(starts),
        )


def _limit(before: int | None, wanted: int | None) -> int | None:
    return before if wanted is None else wanted or None
