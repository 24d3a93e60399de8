"""When: the instants between which a session is wanted, from the pieces that were recognised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import regex

from knowledge.wishes.hours import (
    EARLIEST_USUAL,
    END_OF_DAY,
    LATEST_USUAL,
    PARTS,
    Hours,
    Sides,
    hours_in,
    sides_of,
)
from knowledge.wishes.recognizer import Found, find

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_WEEK = timedelta(weeks=1)
_NOON = time(12)
_DAY_PARTS = frozenset(PARTS.values())
_BEFORE_THAT = regex.compile(r"\bbefore (?:that|then)\b|\bbeforehand\b|[那此这]之?前")
_OR = regex.compile(r"\bor\b|或")
_EXCEPT = regex.compile(r"(?:\bbut|\bexcept(?: for)?|\bnot(?: on)?|除了?|不要|别)\s*$")
# "I can't sleep at night" names no hour for a session
_ABOUT_SLEEP = regex.compile(
    r"\b(?:a?sleep(?:ing|less)?|slept|awake|insomnia|nightmares?|(?:wake|waking|woke) up)\b"
    r"|睡|失眠|噩梦|醒|起不来|起不了床|熬夜"
)
_CLAUSES = regex.compile(r"(?:(?!\b(?:and|but|so)\b)[^,，.。!！?？;；])+")
_WITHIN = regex.compile(
    r"(?:\b(?:with)?in(?: the)?(?: next)? (?P<n>\d+|a|one|two|three|four|five|seven|ten) "
    r"(?P<unit>hour|day|week)s?\b|(?P<n>\d+|[一两二三四五六七十])\s*个?(?P<unit>小时|天|日|周|星期)(?:之|以)?内)"
)
_UNITS = {"hour": _HOUR, "小时": _HOUR, "week": _WEEK, "周": _WEEK, "星期": _WEEK}
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "ten": 10,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "十": 10,
}  # fmt: skip
_DATELIKE = frozenset({"date", "daterange", "datetime", "datetimerange"})
_LONGEST_WITHIN = 1000


@dataclass(frozen=True)
class Span:
    """Local wall-clock time between two instants, the end excluded.

    `exact`: the start is one moment that was named; `clock`: the hour that was named, if any.
    """

    start: datetime
    end: datetime
    exact: bool = False
    clock: int | None = None

    @property
    def is_one_day(self) -> bool:
        return self.end - self.start <= _DAY

    @property
    def is_whole_days(self) -> bool:
        return self.start.time() == self.end.time() == time()


@dataclass(frozen=True)
class When:
    """A span of local wall-clock time, local hours of day, or both; `minutes` of a session."""

    span: Span | None = None
    hours: Hours | None = None
    minutes: int | None = None


def read_when(text: str, *, now: datetime, language: str) -> When:
    """What a prepared text says about when and how long; `now` is naive local time.

    A reading that lies in the past is never chosen when there is one ahead.
    """
    found = _of_the_wish(text, find(text, language=language, reference=now))
    minutes = _minutes(found)
    within = _WITHIN.search(text)
    if within and (language != "en" or within.group().startswith(("within", "in the next"))):
        return When(Span(now, now + _within(within)), None, minutes)
    days = [one for one in found if one.kind in _DATELIKE]
    spans = [span for one in days if (span := _span(text, one, now))]
    is_choice = bool(_OR.search(text))
    shared = None
    if is_choice and all(map(_is_weekday, days)):
        spans = _in_their_order(spans, now)
        shared = _hours_of_all(spans)
    if shared:
        day = _midnight(spans[-1].start)
        spans[-1] = Span(day, day + _DAY)
    hours = hours_in(text, [one for one in found if one.kind in ("time", "timerange")])
    if not spans:
        return _without_day(found, hours, now, minutes)
    whole = _joined(sorted(spans, key=lambda span: span.start), alternatives=is_choice)
    if _BEFORE_THAT.search(text) and whole.start > now:
        return When(Span(now, whole.start), hours, minutes)
    has_hours = any(one.kind.startswith("datetime") for one in days)
    said_already = hours in _DAY_PARTS and has_hours and not whole.is_whole_days
    if hours and said_already and whole.is_one_day and is_choice:
        other = _on(whole.start.date(), hours)
        whole = Span(min(whole.start, other.start), max(whole.end, other.end))
    if hours and whole.is_one_day and not whole.exact and not said_already:
        whole, hours = _narrowed(whole, hours, now), None
    return When(_ahead(whole, now), shared if said_already else hours or shared, minutes)


def _narrowed(whole: Span, hours: Hours, now: datetime) -> Span:
    """A day at its hours; the whole of it where these are over."""
    at = _on(whole.start.date(), hours)
    if at.end <= now:
        return whole
    start, end = max(whole.start, at.start), min(whole.end, at.end)
    return Span(start, end) if start < end else at


def _is_weekday(one: Found) -> bool:
    return bool(one.values) and "WXX" in one.values[0].get("timex", "")


def _in_their_order(spans: list[Span], now: datetime) -> list[Span]:
    """Of "Wednesday or Thursday", said on a Thursday, it is the next one that is meant."""
    return spans[:1] + [
        replace(span, start=span.start + _WEEK, end=span.end + _WEEK)
        if span.start.date() == now.date()
        else span
        for span in spans[1:]
    ]


def _hours_of_all(spans: Sequence[Span]) -> Hours | None:
    """ "Wednesday or Thursday evening" names hours for both."""
    if len(spans) < 2 or not all(one.is_whole_days for one in spans[:-1]):
        return None
    last = spans[-1]
    if last.is_whole_days or not last.is_one_day:
        return None
    end = last.end.time()
    return last.start.time(), END_OF_DAY if end == time() else end


def _joined(spans: Sequence[Span], *, alternatives: bool) -> Span:
    """The first span together with those that follow it without a gap, or with any alternatives:
    rather a day too many than one of those that suit too few."""
    whole = spans[0]
    for span in spans[1:]:
        if span.start <= whole.end or alternatives:
            whole = Span(whole.start, max(whole.end, span.end))
    return whole


def _of_the_wish(text: str, found: Iterable[Found]) -> list[Found]:
    """What was recognised, without exceptions ("but not Friday") and hours of sleep."""
    asleep = [
        clause.span() for clause in _CLAUSES.finditer(text) if _ABOUT_SLEEP.search(clause.group())
    ]
    return [
        one
        for one in found
        if not _EXCEPT.search(text[: one.start])
        and not (
            one.kind in ("time", "timerange")
            and any(start <= one.start < end for start, end in asleep)
        )
    ]


def _minutes(found: Iterable[Found]) -> int | None:
    for one in found:
        if one.kind == "duration" and one.values:
            seconds = int(float(one.values[0].get("value", "0")))
            if 0 < seconds <= 8 * 3600:
                return seconds // 60
    return None


def _within(found: regex.Match[str]) -> timedelta:
    number = found["n"]
    count = int(number) if number.isdigit() else _NUMBERS[number]
    return min(count, _LONGEST_WITHIN) * _UNITS.get(found["unit"], _DAY)


def _span(text: str, one: Found, now: datetime) -> Span | None:
    sides = sides_of(text, one)
    readings = [span for value in one.values if (span := _reading(value, sides, now))]
    if not readings:
        return None
    # "after Friday" is not after the Friday that was
    ahead = [
        span
        for span in readings
        if (span.start if sides.after and not span.is_one_day else span.end) > now
    ]
    if not ahead and "WXX" in one.values[0].get("timex", ""):
        ahead = [_a_week_later(span, now) for span in readings]
    usual = [span for span in ahead if _is_usual(span)]
    return min(usual or ahead or readings, key=lambda span: span.start)


def _a_week_later(span: Span, now: datetime) -> Span:
    weeks = (now - span.end) // _WEEK + 1
    # nothing was left until a day that is over; until the next one all is
    start = now if span.start == span.end else span.start + weeks * _WEEK
    return replace(span, start=start, end=span.end + weeks * _WEEK)


def _is_usual(span: Span) -> bool:
    return span.clock is None or EARLIEST_USUAL <= span.clock <= LATEST_USUAL


def _reading(value: dict[str, str], sides: Sides, now: datetime) -> Span | None:
    timex = value.get("timex", "")
    if timex == "FUTURE_REF":
        return None
    moment = value.get("value") or value.get("start") or value.get("end")
    if moment is None or not moment[:1].isdigit():
        return None
    at = _parse(moment)
    ends = "end" in value and "start" in value
    is_open = sides.after or sides.before
    if value["type"] in ("date", "daterange") and is_open:
        return _open_days(value, at, sides, now)
    part = next((hours for code, hours in PARTS.items() if timex.endswith(code)), None)
    if part is not None:
        return _before(at, part, now) if sides.before else _on(at.date(), part)
    if value["type"] == "date":
        return Span(_midnight(at), _midnight(at) + _DAY)
    if is_open and not ends:
        return _open_hours(at, sides, now)
    if value["type"] == "datetime":
        return Span(at, at + _HOUR, exact=True, clock=at.hour)
    end = _parse(value["end"]) if ends else _midnight(at) + _DAY
    while end <= at:
        end += _WEEK
    if value["type"] == "datetimerange":
        return Span(at, end, clock=at.hour)
    # "Tuesday to Thursday" means Thursday too; a week or a month ends before its end
    return Span(at, end + _DAY if timex.startswith("(") else end)


def _before(at: datetime, part: Hours, now: datetime) -> Span:
    """From midnight or now on; "before noon" is the whole morning."""
    last = _NOON if part[0] < _NOON < part[1] else part[0]
    return Span(min(max(_midnight(at), now), at), datetime.combine(at.date(), last))


def _open_days(value: dict[str, str], at: datetime, sides: Sides, now: datetime) -> Span:
    """A week from a day on (after it, where it is said so), or after some days; or until a day."""
    if sides.before:
        last = at + _DAY if sides.included else at
        return Span(min(now, last), last)
    if value.get("Mod") == "after":
        at += _DAY
    first = _parse(value["end"]) if "start" in value and "end" in value else at
    return Span(first, first + _WEEK)


def _open_hours(at: datetime, sides: Sides, now: datetime) -> Span:
    """The day after a moment, or before it."""
    if sides.after:
        return Span(at, _midnight(at) + _DAY, clock=at.hour)
    start = max(_midnight(at), now) if at > now else _midnight(at)
    return Span(start, at, clock=at.hour)


def _without_day(
    found: Iterable[Found], hours: Hours | None, now: datetime, minutes: int | None
) -> When:
    exact = any(one.kind == "time" for one in found)
    if hours is None or not exact or hours[1] == END_OF_DAY or hours[0] == time(0):
        return When(None, hours, minutes)
    today = _on(now.date(), hours)
    span = today if today.start > now else Span(today.start + _DAY, today.end + _DAY)
    return When(span, None, minutes)


def _ahead(span: Span, now: datetime) -> Span | None:
    """The part of the span that is still to come."""
    return replace(span, start=max(span.start, now)) if span.end > now else None


def _on(day: date, hours: Hours) -> Span:
    start = datetime.combine(day, hours[0])
    end = datetime.combine(day, hours[1])
    return Span(start, _midnight(end) + _DAY if hours[1] == END_OF_DAY else end)


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time())


def _parse(text: str) -> datetime:
    return datetime.fromisoformat(text)
