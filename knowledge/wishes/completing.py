"""A wish of which only a part was understood: what is missing, and putting in what is said then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from knowledge.model import Wish

_DAY = timedelta(days=1)
# "until the end of the day" is written as its last second
_LAST_HOUR = 23


class Missing(StrEnum):
    """What a person is asked for."""

    TOPIC = "topic"
    DAY = "day"


def missing(wish: Wish) -> tuple[Missing, ...]:
    """What a wish that says something leaves open; a wish that says nothing is none."""
    if not wish:
        return ()
    narrowed = wish.after or wish.before or wish.hours or wish.minutes or wish.budget
    parts = {
        Missing.TOPIC: wish.topic is None and bool(narrowed),
        Missing.DAY: wish.hours is not None and wish.after is None,
    }
    return tuple(part for part, is_missing in parts.items() if is_missing)


def completed(wish: Wish, said: Wish, *, zone: str, now: datetime) -> Wish:
    """The wish with what was `said` when it was asked back; what was known already is kept.

    A day takes the hours that were named before; `now` is aware.
    """
    whole = Wish(
        topic=wish.topic or said.topic,
        after=wish.after or said.after,
        before=wish.before or said.before,
        hours=wish.hours or said.hours,
        minutes=wish.minutes or said.minutes,
        budget=wish.budget or said.budget,
        language=wish.language or said.language,
        urgent=wish.urgent or said.urgent,
    )
    if whole.hours is None or whole.after is None or wish.after is not None:
        return whole
    day = whole.after.astimezone(ZoneInfo(zone)).date()
    return on_day(whole, day, zone=zone, now=now) or whole


def on_day(wish: Wish, day: date, *, zone: str, now: datetime) -> Wish | None:
    """The wish at its hours of a local day; None when these are over."""
    if wish.hours is None:
        return None
    place = ZoneInfo(zone)
    start, end = (datetime.combine(day, hour, place) for hour in wish.hours)
    if wish.hours[1].hour == _LAST_HOUR or end <= start:
        end = datetime.combine(day + _DAY, wish.hours[1].min, place)
    if end <= now:
        return None
    after = max(start.astimezone(UTC), now.astimezone(UTC))
    return replace(wish, after=after, before=end.astimezone(UTC), hours=None)
