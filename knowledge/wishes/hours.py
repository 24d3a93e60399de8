"""Hours of day that were named, and on which side of a time something lies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import regex

from knowledge.wishes.recognizer import Found

Hours = tuple[time, time]

_HOUR = timedelta(hours=1)
END_OF_DAY = time(23, 59, 59)
# local hours of the parts of a day, by the recogniser's code
PARTS: dict[str, Hours] = {
    "TMO": (time(6), time(12)),
    "TMI": (time(11), time(14)),
    "TAF": (time(12), time(18)),
    "TEV": (time(17), time(22)),
    "TNI": (time(20), END_OF_DAY),
    "TDT": (time(9), time(18)),
}
# "the day after tomorrow" is one day
_AFTER = regex.compile(r"(?<!\bday )\bafter\b|\b(?:from|since|later than)\b|以后|之后|过后|后$|起$")
_BEFORE = regex.compile(r"\b(?:before|until|by|earlier than)\b|以前|之前|前$")
_OF_A_DATE = regex.compile(r"[日号][之以]?[前后]$")
_AFTER_IT = regex.compile(r"[之以过]?后|起")
_BEFORE_IT = regex.compile(r"[之以]?前")
_INCLUDED = regex.compile(r"\b(?:until|till|by)\b")
EARLIEST_USUAL, LATEST_USUAL = 8, 20


@dataclass(frozen=True)
class Sides:
    """On which side of a time something lies; `included`: "by Friday" means Friday too."""

    after: bool
    before: bool
    included: bool


def sides_of(text: str, one: Found) -> Sides:
    """Whether a piece means "after" or "before" its time, by its own and the next words."""
    included = bool(_INCLUDED.search(one.text))
    mod = one.values[0].get("Mod") if one.values else None
    if mod is not None:
        return Sides(mod in ("after", "since"), mod in ("before", "until"), included)
    # "两天后" is one day, "周一以后" and "4月1日之前" are open
    after, before = _AFTER.search(one.text), _BEFORE.search(one.text)
    is_date = one.kind in ("date", "daterange") and not _OF_A_DATE.search(one.text)
    if is_date and (after or before):
        return Sides(after=False, before=False, included=included)
    return Sides(
        bool(after or _AFTER_IT.match(text, one.end)),
        bool(before or _BEFORE_IT.match(text, one.end)),
        included,
    )


def hours_in(text: str, found: Sequence[Found]) -> Hours | None:
    """Local hours of day that were named without a date."""
    for one in _possible(found):
        value = one.values[0]
        part = PARTS.get(value.get("timex", ""))
        if part:
            return part
        sides = sides_of(text, one)
        start, end = value.get("start") or value.get("value"), value.get("end")
        if sides.before:
            return time(0), _usual_time(one, "end", "value", "start")
        if sides.after and start:
            return _usual_time(one, "start", "value"), END_OF_DAY
        if start and end:
            return _usual_time(one, "start"), _usual_time(one, "end")
        if start:
            at = _usual_time(one, "value", "start")
            return at, (datetime.combine(date.min, at) + _HOUR).time() or END_OF_DAY
    return None


def _usual_time(one: Found, *keys: str) -> time:
    """Of "6 o'clock" the reading in which people usually talk: 18:00.

    It is at the first of `keys` that any reading has.
    """
    told = next(found for key in keys if (found := [v[key] for v in one.values if key in v]))
    times = [_clock(text) for text in told]
    usual = [at for at in times if EARLIEST_USUAL <= at.hour <= LATEST_USUAL]
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
