"""Wall-clock times of each reader: their 10:00, their night."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_zone = lru_cache(maxsize=1000)(ZoneInfo)


@lru_cache(maxsize=10_000)
def next_local(clock: str, zone: str, *, after: datetime) -> datetime:
    """The first instant from `after` on at which it is `clock` ("10:00") in an IANA zone.

    A wall-clock time that a change of the offset leaves out is taken as much later.
    """
    local, wanted = after.astimezone(_zone(zone)), time.fromisoformat(clock)
    for days in range(3):
        day = local.date() + timedelta(days=days)
        instant = datetime.combine(day, wanted, tzinfo=_zone(zone)).astimezone(UTC)
        if instant >= after:
            return instant
    raise AssertionError("every zone has each wall-clock time within three days")


@dataclass(frozen=True)
class QuietHours:
    """When a reader is not to be woken, on the wall clock where they live."""

    begins: str = "22:00"
    ends: str = "08:00"

    @classmethod
    def parse(cls, hours: str) -> "QuietHours":
        """The hours written as `22:00-08:00`; with the same begin and end there are none."""
        begins, _, ends = hours.partition("-")
        return cls(begins, ends)

    def covers(self, instant: datetime, zone: str) -> bool:
        """Whether it is night for the reader."""
        local = instant.astimezone(_zone(zone)).time()
        begins, ends = time.fromisoformat(self.begins), time.fromisoformat(self.ends)
        if begins <= ends:
            return begins <= local < ends
        return local >= begins or local < ends

    def end_after(self, instant: datetime, zone: str) -> datetime:
        """When the night around an instant is over."""
        return next_local(self.ends, zone, after=instant)

    def begin_before(self, instant: datetime, zone: str) -> datetime:
        """When the night around an instant began."""
        return next_local(self.begins, zone, after=instant - timedelta(days=1))


_USUAL = QuietHours()
# whoever booked a session at night wants to be woken for it
_MAY_WAKE = timedelta(hours=3)
_STILL_OF_USE = timedelta(hours=2)


def awake(instant: datetime, zone: str, quiet: str | None) -> datetime:
    """The instant, or the end of the quiet hours that it falls into for a reader in an IANA
    zone; None are the usual ones."""
    night = _night(quiet)
    return night.end_after(instant, zone) if night.covers(instant, zone) else instant


def _night(quiet: str | None) -> QuietHours:
    return _USUAL if quiet is None else QuietHours.parse(quiet)


def reminder_due(
    starts_at: datetime, *, before: timedelta, zone: str, quiet: str | None = None
) -> datetime:
    """When a reminder so long before a session is due for a reader in an IANA zone.

    One that falls into the reader's quiet hours waits for their end, or comes before them where
    that were too late. The last three hours before a session have no night.
    """
    due, night = starts_at - before, _night(quiet)
    if before <= _MAY_WAKE or not night.covers(due, zone):
        return due
    morning = night.end_after(due, zone)
    return morning if morning <= starts_at - _STILL_OF_USE else night.begin_before(due, zone)
