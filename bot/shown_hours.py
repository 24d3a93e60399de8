"""An expert's hours as a picture of the week, with what differs from it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from booking.schedule import Hours
from booking.slots import Stay
from texts.translator import Translator
from workflows.edit_hours import HoursPage
from workflows.places import Places

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_MONDAY = date(2024, 1, 1)
_SHADES = "·░▒▓█"
_MOST_DATES = 12


def hours_text(translate: Translator, places: Places, page: HoursPage) -> str:
    """The week as a picture, the hours in figures, then dates, trips, limits and rules."""
    schedule = page.schedule
    zone = places.zone_name(schedule.zone.key, translate.language)
    parts = [
        translate("hours-zone", zone=zone),
        f"<pre>{_picture(translate, schedule.weekly)}</pre>",
        _week(translate, schedule.weekly),
        _dates(translate, schedule.overrides, page.today),
        "\n".join(_trip(translate, places, one) for one in schedule.travel),
        _limits(translate, page),
        _rules(translate, page.rules),
    ]
    if page.outside:
        parts.append(translate("hours-outside", count=page.outside))
    return "\n\n".join(part for part in parts if part)


def _picture(translate: Translator, weekly: Mapping[int, Hours]) -> str:
    """A row a day with a sign an hour: the fuller, the longer open."""
    lines = ["     0     6     12    18"]
    for weekday in range(7):
        hours = weekly.get(weekday, ())
        row = "".join(_SHADES[_quarters(hours, hour)] for hour in range(24))
        lines.append(f"{_weekday(translate, weekday):<4} {row}")
    return "\n".join(lines)


def _quarters(hours: Hours, hour: int) -> int:
    """How many quarters of an hour are open, rounded up."""
    start, end = hour * _HOUR, (hour + 1) * _HOUR
    open_for = sum(
        (max(timedelta(0), min(one.end, end) - max(one.start, start)) for one in hours),
        timedelta(0),
    )
    return -(-open_for // (_HOUR / 4))


def _week(translate: Translator, weekly: Mapping[int, Hours]) -> str:
    """Neighbouring days with equal hours in one line."""
    runs: list[tuple[int, int, Hours]] = []
    for weekday in range(7):
        hours = weekly.get(weekday, ())
        if runs and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], weekday, hours)
        else:
            runs.append((weekday, weekday, hours))
    return "\n".join(
        translate(
            "hours-day",
            days=_span(_weekday(translate, first), _weekday(translate, last)),
            hours=_hours(translate, hours),
        )
        for first, last, hours in runs
    )


def _dates(translate: Translator, overrides: Mapping[date, Hours], today: date) -> str:
    runs: list[tuple[date, date, Hours]] = []
    for day in sorted(overrides):
        if day < today:
            continue
        if runs and runs[-1][1] + _DAY == day and runs[-1][2] == overrides[day]:
            runs[-1] = (runs[-1][0], day, overrides[day])
        else:
            runs.append((day, day, overrides[day]))
    lines = [
        translate(
            "hours-date",
            days=_span(_date(translate, first), _date(translate, last)),
            hours=_hours(translate, hours),
        )
        for first, last, hours in runs[:_MOST_DATES]
    ]
    if len(runs) > _MOST_DATES:
        lines.append("…")
    return "\n".join(lines)


def _trip(translate: Translator, places: Places, stay: Stay) -> str:
    return translate(
        "hours-trip",
        days=_span(_date(translate, stay.first), _date(translate, stay.last)),
        zone=places.zone_name(stay.zone.key, translate.language),
    )


def _limits(translate: Translator, page: HoursPage) -> str:
    limits = (("hours-per-day", page.schedule.per_day), ("hours-per-week", page.schedule.per_week))
    return "\n".join(translate(key, most=most) for key, most in limits if most is not None)


def _rules(translate: Translator, rules: Mapping[str, int]) -> str:
    return " · ".join(
        translate(f"hours-rule-{name}", amount=amount, hours=round(amount / 60, 1))
        for name, amount in rules.items()
        if amount or not name.startswith("buffer")
    )


def _hours(translate: Translator, hours: Hours) -> str:
    if not hours:
        return translate.plain("hours-closed")
    return translate.listed(f"{_clock(one.start)}–{_clock(one.end)}" for one in hours)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _clock(value: timedelta) -> str:
    hours, minutes = divmod(value // timedelta(minutes=1), 60)
    return f"{hours:02}:{minutes:02}"


def _weekday(translate: Translator, weekday: int) -> str:
    return _date(translate, _MONDAY + weekday * _DAY, "E")


def _date(translate: Translator, day: date, skeleton: str = "MMMEd") -> str:
    """A calendar date, whatever the reader's zone."""
    there = Translator(translate.language, "UTC")
    return there.instant(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), skeleton)
