"""A wish of which only a part was understood: what is missing, and putting in what is said then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import regex

from knowledge.model import Wish

_DAY = timedelta(days=1)
# "until the end of the day" is written as its last second
_LAST_HOUR = 23
_LONGEST_ANSWER = 40
_OPEN = regex.compile(
    r"\b(?:any(?:thing)?|whatever|no (?:limit|idea|budget|preference|matter)|whenever|skip|flexible|not sure|open"
    r"|(?:do ?n[o']?t|does ?n[o']?t) (?:know|care|mind|matter|have one))\b"
    r"|随便|不限|没限|都行|都可以|都好|无所谓|不知道|不清楚|不确定|没想好|没有?预算|没有?上限|没概念|看情况|跳过"
)


class Missing(StrEnum):
    """What a person is asked for."""

    TOPIC = "topic"
    DAY = "day"


def missing(wish: Wish) -> tuple[Missing, ...]:
    """What a wish that says something leaves open; a wish that says nothing is none."""
    if not wish:
        return ()
    narrowed = (
        wish.after or wish.before or wish.hours or wish.minutes or wish.budget or wish.by_gender
    )
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
        cheapest=wish.cheapest or said.cheapest,
        by_gender=wish.by_gender or said.by_gender,
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


def leaves_open(text: str) -> bool:
    """Whether somebody who was asked for one thing, such as a day or a budget, says that any will
    do, or that they don't know."""
    plain = text.strip().casefold().replace("’", "'")
    is_question = plain.endswith(("?", "？"))
    return len(plain) <= _LONGEST_ANSWER and not is_question and bool(_OPEN.search(plain))
