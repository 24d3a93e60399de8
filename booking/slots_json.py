"""The `slots` contract: queries and results as JSON values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from booking.slots import Interval, SlotQuery, Stay, WallInterval, slots
from kernel.errors import InputError
from kernel.zones import zone_names

_WALL_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_DAY = timedelta(days=1)
_SUNDAY = 6


def slots_from_json(value: Any) -> Any:
    """The result of one query, or the list of results of a list of queries.

    Raises InputError that names the query's place in the list and the field.
    """
    if isinstance(value, list):
        return [_answer(each, f"item {place + 1} [{place}], ") for place, each in enumerate(value)]
    return _answer(value, "")


def weekly_from_json(value: Any, where: str = "weekly") -> dict[int, tuple[WallInterval, ...]]:
    """Weekly hours from `[{"weekday": 0, "start": "09:00", "end": "17:00"}]`.

    Raises InputError that names the place.
    """
    hours: dict[int, list[WallInterval]] = {}
    for place, row in enumerate(_list(value, where)):
        at = f"{where}[{place}]"
        weekday = _whole(_field(row, "weekday", at), f"{at}.weekday", least=0)
        if weekday > _SUNDAY:
            raise InputError(f"{at}.weekday: must be from 0 (Monday) to 6 (Sunday)")
        interval = _wall_interval(_field(row, "start", at), _field(row, "end", at), at)
        hours.setdefault(weekday, []).append(interval)
    return {weekday: tuple(each) for weekday, each in hours.items()}


def weekly_to_json(weekly: Mapping[int, Sequence[WallInterval]]) -> list[dict[str, Any]]:
    """The inverse of `weekly_from_json`."""
    return [
        {"weekday": weekday, "start": _clock(each.start), "end": _clock(each.end)}
        for weekday in sorted(weekly)
        for each in weekly[weekday]
    ]


def overrides_from_json(
    value: Any, where: str = "overrides"
) -> dict[date, tuple[WallInterval, ...]]:
    """Hours of single dates from `[{"date": "2026-03-29", "intervals": [["10:00", "12:00"]]}]`.

    Raises InputError that names the place, also for a date that comes twice.
    """
    found: dict[date, tuple[WallInterval, ...]] = {}
    for place, row in enumerate(_list(value, where)):
        at = f"{where}[{place}]"
        day = _date(_field(row, "date", at), f"{at}.date")
        if day in found:
            raise InputError(f"{at}.date: {day} has an override already")
        pairs = _list(_field(row, "intervals", at), f"{at}.intervals")
        found[day] = tuple(_pairs(pairs, f"{at}.intervals"))
    return found


def overrides_to_json(overrides: Mapping[date, Sequence[WallInterval]]) -> list[dict[str, Any]]:
    """The inverse of `overrides_from_json`."""
    return [
        {
            "date": day.isoformat(),
            "intervals": [[_clock(each.start), _clock(each.end)] for each in overrides[day]],
        }
        for day in sorted(overrides)
    ]


def travel_from_json(value: Any) -> tuple[Stay, ...]:
    """Stays from `[{"first": "2026-12-01", "last": "2026-12-10", "zone": "Asia/Tokyo"}]`."""
    return tuple(
        Stay(
            date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), ZoneInfo(row["zone"])
        )
        for row in value
    )


def travel_to_json(travel: Sequence[Stay]) -> list[dict[str, str]]:
    """The inverse of `travel_from_json`."""
    return [
        {"first": one.first.isoformat(), "last": one.last.isoformat(), "zone": one.zone.key}
        for one in travel
    ]


def _answer(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{at}the query must be an object")
    try:
        found = slots(query_from_json(value))
    except InputError as error:
        raise InputError(f"{at}{error}") from error
    return {"slots": [{"start": _stamp(each.start), "end": _stamp(each.end)} for each in found]}


def query_from_json(value: Mapping[str, Any]) -> SlotQuery:
    """One query of the contract. Raises InputError, naming the place that is wrong."""
    zone = _field(value, "timezone", "")
    if not isinstance(zone, str) or zone not in zone_names():
        raise InputError(f"timezone: {zone!r} is not an IANA time zone")
    return SlotQuery(
        now=_instant(_field(value, "now", ""), "now"),
        zone=ZoneInfo(zone),
        weekly=weekly_from_json(_field(value, "weekly", "")),
        overrides=overrides_from_json(_field(value, "overrides", "")),
        busy=tuple(_busy(_field(value, "busy", ""))),
        duration=_minutes(value, "duration_min", least=1),
        buffer_before=_minutes(value, "buffer_before_min", least=0),
        buffer_after=_minutes(value, "buffer_after_min", least=0),
        notice=_minutes(value, "notice_min", least=0),
        step=_minutes(value, "step_min", least=1),
        frm=_instant(_field(value, "from", ""), "from"),
        until=_instant(_field(value, "until", ""), "until"),
    )


def _busy(value: Any) -> Iterable[Interval]:
    for place, row in enumerate(_list(value, "busy")):
        at = f"busy[{place}]"
        start = _instant(_field(row, "start", at), f"{at}.start")
        end = _instant(_field(row, "end", at), f"{at}.end")
        if end <= start:
            raise InputError(f"{at}: the end must be after the start")
        yield Interval(start, end)


def _pairs(pairs: Sequence[Any], where: str) -> Iterable[WallInterval]:
    for place, pair in enumerate(pairs):
        at = f"{where}[{place}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise InputError(f"{at}: must be a start and an end")
        yield _wall_interval(pair[0], pair[1], at)


def _wall_interval(start: Any, end: Any, at: str) -> WallInterval:
    interval = WallInterval(_wall_time(start, f"{at} start"), _wall_time(end, f"{at} end"))
    if interval.end <= interval.start:
        raise InputError(f"{at}: the end must be after the start")
    return interval


def _wall_time(value: Any, at: str) -> timedelta:
    if value == "24:00":
        return _DAY
    match = _WALL_TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise InputError(f"{at}: {value!r} is not a time such as 09:00")
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def _clock(value: timedelta) -> str:
    hours, minutes = divmod(value // timedelta(minutes=1), 60)
    return f"{hours:02}:{minutes:02}"


def _instant(value: Any, at: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"{at}: {value!r} is not an instant such as 2026-03-29T09:00Z") from None
    if instant.tzinfo is None:
        raise InputError(f"{at}: {value!r} needs an offset, such as Z or +02:00")
    return instant.astimezone(UTC)


def _stamp(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _date(value: Any, at: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"{at}: {value!r} is not a date such as 2026-03-29") from None


def _minutes(value: Mapping[str, Any], name: str, *, least: int) -> timedelta:
    return timedelta(minutes=_whole(_field(value, name, ""), name, least=least))


def _whole(value: Any, at: str, *, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{at}: must be a whole number")
    if value < least:
        raise InputError(f"{at}: must be at least {least}")
    return value


def _list(value: Any, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{at}: must be a list")
    return value


def _field(row: Any, name: str, at: str) -> Any:
    place = f"{at}: " if at else ""
    if not isinstance(row, Mapping):
        raise InputError(f"{place}must be an object")
    if name not in row:
        raise InputError(f"{place}{name} is missing")
    return row[name]
