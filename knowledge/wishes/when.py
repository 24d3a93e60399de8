"""When: the instants between which a session is wanted, from the pieces that were recognised."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import regex

from knowledge.wishes.recognizer import Found, find

Hours = tuple[time, time]

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_WEEK = timedelta(weeks=1)
_END_OF_DAY = time(23, 59, 59)
# local hours of the parts of a day, by the recogniser's code
_PARTS: dict[str, Hours] = {
    "TMO": (time(6), time(12)),
    "TMI": (time(11), time(14)),
    "TAF": (time(12), time(18)),
    "TEV": (time(17), time(22)),
    "TNI": (time(20), _END_OF_DAY),
    "TDT": (time(9), time(18)),
}
_DAY_PARTS = frozenset(_PARTS.values())
_AFTER = regex.compile(r"\b(?:after|from|since|later than)\b|以后|之后|过后|后$|起$")
_BEFORE = regex.compile(r"\b(?:before|until|by|earlier than)\b|以前|之前|前$")
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
_EARLIEST_USUAL, _LATEST_USUAL = 8, 20
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
    spans = sorted(
        (span for one in found if one.kind in _DATELIKE and (span := _span(text, one, now))),
        key=lambda span: span.start,
    )
    hours = _hours(text, [one for one in found if one.kind in ("time", "timerange")])
    if not spans:
        return _without_day(found, hours, now, minutes)
    whole = _joined(spans)
    said_already = hours in _DAY_PARTS and not whole.is_whole_days
    if hours and whole.is_one_day and not whole.exact and not said_already:
        narrowed = _on(whole.start.date(), hours)
        whole = Span(max(whole.start, narrowed.start), min(whole.end, narrowed.end))
        if whole.start >= whole.end:
            whole = narrowed
        hours = None
    return When(_ahead(whole, now), None if said_already else hours, minutes)


def _joined(spans: Sequence[Span]) -> Span:
    """The first span together with those that follow it without a gap."""
    whole = spans[0]
    for span in spans[1:]:
        if span.start <= whole.end:
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


def _around(text: str, one: Found) -> tuple[bool, bool]:
    """Whether a piece means "after" or "before" its time, by its own and the next words."""
    if "Mod" in (one.values[0] if one.values else {}):
        mod = one.values[0]["Mod"]
        return mod in ("after", "since"), mod in ("before", "until")
    words = one.text + text[one.end : one.end + 2].rstrip(" ,，。")
    return bool(_AFTER.search(words)), bool(_BEFORE.search(words))


def _span(text: str, one: Found, now: datetime) -> Span | None:
    after, before = _around(text, one)
    readings = [span for value in one.values if (span := _reading(value, after, before, now))]
    if not readings:
        return None
    ahead = [span for span in readings if span.end > now]
    if not ahead and "WXX" in one.values[0].get("timex", ""):
        ahead = [_a_week_later(span, now) for span in readings]
    usual = [span for span in ahead if _is_usual(span)]
    return min(usual or ahead or readings, key=lambda span: span.start)


def _a_week_later(span: Span, now: datetime) -> Span:
    weeks = (now - span.end) // _WEEK + 1
    return replace(span, start=span.start + weeks * _WEEK, end=span.end + weeks * _WEEK)


def _is_usual(span: Span) -> bool:
    return span.clock is None or _EARLIEST_USUAL <= span.clock <= _LATEST_USUAL


def _reading(value: dict[str, str], after: bool, before: bool, now: datetime) -> Span | None:
    timex = value.get("timex", "")
    if timex == "FUTURE_REF":
        return None
    part = next((hours for code, hours in _PARTS.items() if timex.endswith(code)), None)
    moment = value.get("value") or value.get("start") or value.get("end")
    if moment is None or not moment[:1].isdigit():
        return None
    at = _parse(moment)
    if part is not None:
        return _on(at.date(), part)
    if value["type"] == "date":
        return Span(_midnight(at), _midnight(at) + _DAY)
    ends = "end" in value and "start" in value
    if after and not ends:
        return Span(at, _midnight(at) + _DAY, clock=at.hour)
    if before and not ends:
        start = max(_midnight(at), now) if at > now else _midnight(at)
        return Span(start, at, clock=at.hour)
    if value["type"] == "datetime":
        return Span(at, at + _HOUR, exact=True, clock=at.hour)
    end = _parse(value["end"]) if ends else _midnight(at) + _DAY
    while end <= at:
        end += _WEEK
    if value["type"] == "datetimerange":
        return Span(at, end, clock=at.hour)
    # "Tuesday to Thursday" means Thursday too; a week or a month ends before its end
    return Span(at, end + _DAY if timex.startswith("(") else end)


def _hours(text: str, found: Sequence[Found]) -> Hours | None:
    """Local hours of day that were named without a date."""
    for one in _possible(found):
        value = one.values[0]
        part = _PARTS.get(value.get("timex", ""))
        if part:
            return part
        after, before = _around(text, one)
        start, end = value.get("start") or value.get("value"), value.get("end")
        if before:
            return time(0), _usual_time(one, "end", "value", "start")
        if after and start:
            return _usual_time(one, "start", "value"), _END_OF_DAY
        if start and end:
            return _usual_time(one, "start"), _usual_time(one, "end")
        if start:
            at = _usual_time(one, "value", "start")
            return at, (datetime.combine(date.min, at) + _HOUR).time() or _END_OF_DAY
    return None


def _usual_time(one: Found, *keys: str) -> time:
    """Of "6 o'clock" the reading in which people usually talk: 18:00.

    It is at the first of `keys` that any reading has.
    """
    told = next(found for key in keys if (found := [v[key] for v in one.values if key in v]))
    times = [_clock(text) for text in told]
    usual = [at for at in times if _EARLIEST_USUAL <= at.hour <= _LATEST_USUAL]
    return (usual or times)[0]


def _clock(text: str) -> time:
    return time.fromisoformat("23:59:59" if text.startswith("24") else text)


def _is_clock(text: str) -> bool:
    """The recognisers also read 14:30 as half past two after midnight: 26:30."""
    try:
        _clock(text)
    except ValueError:
        return False
    return True


def _possible(found: Iterable[Found]) -> Iterator[Found]:
    """What was recognised, without readings at times that do not exist."""
    for one in found:
        values = tuple(
            value
            for value in one.values
            if all(_is_clock(value[key]) for key in ("start", "end", "value") if key in value)
        )
        if values:
            yield replace(one, values=values)


def _without_day(
    found: Iterable[Found], hours: Hours | None, now: datetime, minutes: int | None
) -> When:
    exact = any(one.kind == "time" for one in found)
    if hours is None or not exact or hours[1] == _END_OF_DAY or hours[0] == time(0):
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
    return Span(start, _midnight(end) + _DAY if hours[1] == _END_OF_DAY else end)


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time())


def _parse(text: str) -> datetime:
    return datetime.fromisoformat(text)
