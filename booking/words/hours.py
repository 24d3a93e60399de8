"""Opening hours in words: `Mon–Fri 9–12, 14–18`, `off next Friday`, `周一到周五 9点到18点`,
`Tokyo from 1 Dec to 10 Dec`, `at most 4 a day`, `15 min break`.

Each line, or part between semicolons, says one thing about hours, travel, limits or rules.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from booking.errors import HoursNotUnderstood
from booking.slots import WallInterval
from booking.words.dates import marked, unmark

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_NOON = 12
_LONGEST = timedelta(days=370)

Hours = tuple[WallInterval, ...]


@dataclass(frozen=True)
class Trip:
    """Dates in another place, which is still in the expert's words."""

    first: date
    last: date
    place: str


@dataclass(frozen=True)
class HoursChange:
    """What an expert wants to change. `rules` are those fields of all their offers, in minutes
    and days; a limit of 0 means none. `ambiguous`: a weekday off that may mean one date."""

    weekly: Mapping[int, Hours] = field(default_factory=dict)
    overrides: Mapping[date, Hours] = field(default_factory=dict)
    reopened: frozenset[date] = frozenset()
    trips: Sequence[Trip] = ()
    per_day: int | None = None
    per_week: int | None = None
    rules: Mapping[str, int] = field(default_factory=dict)
    ambiguous: bool = False

    def _and(self, other: "HoursChange") -> "HoursChange":
        return HoursChange(
            weekly={**self.weekly, **other.weekly},
            overrides={**self.overrides, **other.overrides},
            reopened=self.reopened | other.reopened,
            trips=(*self.trips, *other.trips),
            per_day=self.per_day if other.per_day is None else other.per_day,
            per_week=self.per_week if other.per_week is None else other.per_week,
            rules={**self.rules, **other.rules},
            ambiguous=self.ambiguous or other.ambiguous,
        )


def read_hours(text: str, *, today: date, once: bool = False) -> HoursChange:
    """What the words change. With `once` a bare weekday that is off means the coming one.

    Raises HoursNotUnderstood with the part that says nothing.
    """
    parts = [part.strip() for part in re.split(r"[;；。\n]+", text) if part.strip()]
    change = HoursChange()
    for part in parts:
        try:
            change = change._and(_read(part, today, once=once))
        except ValueError as error:
            raise HoursNotUnderstood(words=part) from error
    if change == HoursChange():
        raise HoursNotUnderstood(words=text.strip())
    return change


def _read(part: str, today: date, *, once: bool) -> HoursChange:
    words = marked(part, today=today)
    return _rule(words) or _trip(words) or _Openings(words, today, once=once).read()


_NUMBER = r"(\d{1,4})"
_UNIT = r"\s*(minutes?|mins?|hours?|h|days?|d|weeks?|分钟?|个?小时|天|个?星期|周)"
_MINUTES = {"m": 1, "分": 1, "h": 60, "小": 60, "d": 24 * 60, "天": 24 * 60,
            "w": 7 * 24 * 60, "星": 7 * 24 * 60, "周": 7 * 24 * 60}  # fmt: skip
_A_DAY = r"(?:\s*(?:sessions?|clients?|calls?))?\s*(?:a|per|each)\s+"
_LIMITS = (
    (rf"(?:at most|max(?:imum)?(?: of)?|no more than|up to|only)\s*{_NUMBER}{_A_DAY}day", "per_day"),
    (rf"(?:at most|max(?:imum)?(?: of)?|no more than|up to|only)\s*{_NUMBER}{_A_DAY}week",
     "per_week"),
    (rf"#0-#6\s*(?:最多|不超过|限){_NUMBER}", "per_day"),
    (rf"每(?:周|个?星期)\s*(?:最多|不超过|限){_NUMBER}", "per_week"),
    (r"no (?:#0-#6 limit|limit (?:a|per) day)|#0-#6\s*不限()", "per_day"),
    (r"no (?:weekly limit|limit (?:a|per) week)|每(?:周|个?星期)\s*不限()", "per_week"),
)  # fmt: skip
_RULES = (
    (rf"(?:window(?: of)?|bookable(?: up to)?|book(?:ing)? up to)\s*{_NUMBER}{_UNIT}", "window_days"),
    (rf"(?:最多提前|最远|开放|可约|可预约)(?:未来|今后)?\s*{_NUMBER}{_UNIT}", "window_days"),
    (rf"{_NUMBER}{_UNIT}(?:'s?)?\s*(?:of\s*)?notice", "notice_minutes"),
    (rf"notice(?: of)?:?\s*{_NUMBER}{_UNIT}", "notice_minutes"),
    (rf"(?:至少|最少)?提前\s*{_NUMBER}{_UNIT}", "notice_minutes"),
    (rf"{_NUMBER}{_UNIT}\s*(?:break|buffer|pause)s?\s*before", "buffer_before"),
    (rf"{_NUMBER}{_UNIT}\s*(?:break|buffer|pause)", "buffer_after"),
    (rf"(?:break|buffer|pause)s?(?: of)?\s*{_NUMBER}{_UNIT}\s*before", "buffer_before"),
    (rf"(?:break|buffer|pause)s?(?: of)?\s*{_NUMBER}{_UNIT}", "buffer_after"),
    (rf"(?:之前|前)(?:休息|间隔|空出|缓冲)\s*{_NUMBER}{_UNIT}", "buffer_before"),
    (rf"(?:休息|间隔|空出|缓冲)\s*{_NUMBER}{_UNIT}", "buffer_after"),
    (rf"(?:every|in steps of|step(?: of)?)\s*{_NUMBER}{_UNIT}", "step_minutes"),
    (rf"每(?:隔)?\s*{_NUMBER}{_UNIT}", "step_minutes"),
)  # fmt: skip


def _rule(words: str) -> HoursChange | None:
    for pattern, name in _LIMITS:
        if found := re.search(pattern, words):
            most = int(found[1]) if found[1] else 0
            return HoursChange(per_day=most) if name == "per_day" else HoursChange(per_week=most)
    for pattern, name in _RULES:
        if found := re.search(pattern, words):
            minutes = int(found[1]) * _MINUTES[found[2].removeprefix("个")[0]]
            value = -(-minutes // (24 * 60)) if name == "window_days" else minutes
            return HoursChange(rules={name: value})
    return None


_DATES = re.compile(r"(@\d{8})(?:\s*-\s*(@\d{8}))?")
_AWAY = re.compile(
    r"\b(?:i am|i'm|i will be|i'll be|be|travel\w*|trip|in|to|from|on|at|-)(?:\s|$)|我|会|将|在|去|出差|旅行|,"
)


def _trip(words: str) -> HoursChange | None:
    """Dates and a place: `in Tokyo from @20261201-@20261210`."""
    found = _DATES.search(words)
    if found is None or re.search(r"\boff\b|休|\d:\d|closed|usual|normal|again|照常|恢复", words):
        return None
    place = _AWAY.sub(" ", words[: found.start()] + " " + words[found.end() :]).strip()
    if not place or re.search(r"\d", place):
        return None
    first = unmark(found[1])
    last = unmark(found[2] or found[1])
    _days_between(first, last)
    return HoursChange(trips=(Trip(first, last, " ".join(place.split())),))


def _days_between(first: date, last: date) -> list[date]:
    if not first <= last <= first + _LONGEST:
        raise ValueError(f"{first} to {last}")
    return [first + ahead * _DAY for ahead in range((last - first).days + 1)]


_TIME = r"(\d{1,2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?"
_ZH_TIME = re.compile(
    r"(上午|早上|早|中午|下午|傍晚|晚上|晚)?\s*(\d{1,2})\s*[点时](半|(\d{1,2})分?)?"
)
_TOKEN = re.compile(
    rf"(?P<date>@\d{{8}})|(?P<day>#\d)|(?P<time>{_TIME})(?!\d)|(?P<dash>-)|(?P<gap>[,\s:.和与]+)"
    r"|(?P<off>\b(?:off|closed|free|holiday|vacation|away|unavailable|not working)\b"
    r"|休息|休假|放假|不上班|不工作|没空|关闭|不接)"
    r"|(?P<usual>\b(?:usual|as usual|open again|normal)\b|照常|恢复)"
    r"|(?P<every>\b(?:every|each|always)\b|每)"
    r"|(?P<filler>\b(?:on|from|and|i|am|i'm|im|work|working|open|my|hours?|at|between|the|only|are"
    r"|is|be|will|please|o'clock|available|take)\b|我|上班|工作|营业|开放|接待|从|的|是|有空|可以)"
)


class _Openings:
    """Days with their hours, in the order in which they are written."""

    def __init__(self, words: str, today: date, *, once: bool) -> None:
        words = re.sub(r"\bnoon\b|正午", "12:00", re.sub(r"\bmidnight\b|午夜", "24:00", words))
        self.words = _ZH_TIME.sub(_clock, words)
        self.today, self.once = today, once
        self.change = HoursChange()
        self.days: list[int | date] = []
        self.hours: list[WallInterval] = []
        self.off = self.usual = self.every = self.hours_first = False

    def read(self) -> HoursChange:
        tokens = self._tokens()
        place = 0
        while place < len(tokens):
            kind, text = tokens[place]
            ranged = place + 2 < len(tokens) and tokens[place + 1][0] == "dash"
            if kind in {"day", "date"}:
                if self._complete() and not self.hours_first:
                    self._flush()
                last = tokens[place + 2][1] if ranged and tokens[place + 2][0] == kind else text
                self._add_days(kind, text, last)
                place += 3 if last is not text else 1
            elif kind == "time":
                if not ranged or tokens[place + 2][0] != "time":
                    raise ValueError(text)
                self._says_when()
                self.hours.append(_interval(text, tokens[place + 2][1]))
                place += 3
            else:
                if kind in {"off", "usual"}:
                    self._says_when()
                self.off |= kind == "off"
                self.usual |= kind == "usual"
                self.every |= kind == "every"
                if kind == "dash":
                    raise ValueError(self.words)
                place += 1
        self._flush()
        return self.change

    def _tokens(self) -> list[tuple[str, str]]:
        found, place = [], 0
        while place < len(self.words):
            match = _TOKEN.match(self.words, place)
            if match is None or match.lastgroup is None:
                raise ValueError(self.words[place:])
            kind = next(name for name, text in match.groupdict().items() if text is not None)
            if kind not in {"gap", "filler"}:
                found.append((kind, match[0]))
            place = match.end()
        return found

    def _says_when(self) -> None:
        if self._complete() and self.hours_first:
            self._flush()
        if not self.days:
            self.hours_first = True

    def _complete(self) -> bool:
        return bool(self.days) and bool(self.hours or self.off or self.usual)

    def _add_days(self, kind: str, first: str, last: str) -> None:
        if kind == "date":
            self.days += _days_between(unmark(first), unmark(last))
            return
        start, end = int(first[1]), int(last[1])
        self.days += [day % 7 for day in range(start, end + 1 + 7 * (end < start))]

    def _flush(self) -> None:
        if not self._complete() or (self.off and self.hours):
            raise ValueError(self.words)
        hours = _merged(self.hours)
        bare = self.off and not self.every and not any(isinstance(day, date) for day in self.days)
        if bare and self.once:
            self.days = [
                self.today + (day - self.today.weekday()) % 7 * _DAY
                for day in self.days if isinstance(day, int)
            ]  # fmt: skip
        dates = [day for day in self.days if isinstance(day, date)]
        weekdays = [day for day in self.days if not isinstance(day, date)]
        now = HoursChange(ambiguous=bare and len(self.days) == 1)
        if self.usual:
            now = replace(now, reopened=frozenset(dates))
            if weekdays:
                raise ValueError(self.words)
        else:
            now = replace(now, weekly=dict.fromkeys(weekdays, hours),
                          overrides=dict.fromkeys(dates, hours))  # fmt: skip
        self.change = self.change._and(now)
        self.days, self.hours = [], []
        self.off = self.usual = self.every = self.hours_first = False


def _clock(found: re.Match[str]) -> str:
    part, hour, half, minutes = found[1], int(found[2]), found[3], found[4]
    late = part in {"下午", "傍晚", "晚上", "晚"} and hour < _NOON
    late |= part == "中午" and hour < 3
    return f"{hour + _NOON * late}:{30 if half == '半' else int(minutes or 0):02}"


def _interval(start: str, end: str) -> WallInterval:
    first, _ = _time(start)
    last, said = _time(end)
    if last <= first and not said and last <= _NOON * 60 * _MINUTE:
        last += _NOON * 60 * _MINUTE  # nine to five
    if not timedelta(0) <= first < last <= _DAY:
        raise ValueError(f"{start}-{end}")
    return WallInterval(first, last)


def _time(text: str) -> tuple[timedelta, bool]:
    found = re.fullmatch(_TIME, text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "")[:1]
    if half:
        hour = hour % _NOON + _NOON * (half == "p")
    if minute > 59 or hour > 24:
        raise ValueError(text)
    return timedelta(hours=hour, minutes=minute), bool(half) or hour > _NOON


def _merged(hours: Sequence[WallInterval]) -> Hours:
    ordered = sorted(hours, key=lambda one: (one.start, one.end))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise ValueError("hours that overlap")
    return tuple(ordered)
