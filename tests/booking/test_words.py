"""Hours and dates in words, both languages."""

from datetime import date, timedelta

import pytest

from booking.errors import HoursNotUnderstood
from booking.words.dates import first_date
from booking.words.hours import HoursChange, Trip, read_hours

TODAY = date(2026, 11, 24)
"""A Tuesday."""


def shown(change: HoursChange, key: int | date) -> str:
    hours = change.overrides[key] if isinstance(key, date) else change.weekly[key]
    return " ".join(f"{_clock(one.start)}-{_clock(one.end)}" for one in hours)


def _clock(value: timedelta) -> str:
    hours, minutes = divmod(value // timedelta(minutes=1), 60)
    return f"{hours}:{minutes:02}"


@pytest.mark.parametrize(
    ("text", "days", "hours"),
    [
        ("Mon–Fri 9–12, 14–18", range(5), "9:00-12:00 14:00-18:00"),
        ("weekdays 9-5", range(5), "9:00-17:00"),
        ("Tuesdays and Thursdays 10:00 to 16:30", (1, 3), "10:00-16:30"),
        ("Sat 10am-1pm", (5,), "10:00-13:00"),
        ("every day noon-8pm", range(7), "12:00-20:00"),
        ("weekends off", (5, 6), ""),
        ("周一到周五 9点到18点", range(5), "9:00-18:00"),
        ("周一至周五9:00-12:00，14:00-18:00", range(5), "9:00-12:00 14:00-18:00"),
        ("周一、三、五 上午九点到十二点，下午2点半到6点", (0, 2, 4), "9:00-12:00 14:30-18:00"),
        ("周六 下午两点到晚上8点", (5,), "14:00-20:00"),
        ("周末休息", (5, 6), ""),
        ("工作日 9点到17点", range(5), "9:00-17:00"),
    ],
)
def test_weekly_hours(text: str, days: range, hours: str) -> None:
    change = read_hours(text, today=TODAY)
    assert sorted(change.weekly) == list(days)
    assert {shown(change, day) for day in days} == {hours}


@pytest.mark.parametrize(
    ("text", "first", "last", "hours"),
    [
        ("off next Friday", date(2026, 12, 4), date(2026, 12, 4), ""),
        ("off this Friday", date(2026, 11, 27), date(2026, 11, 27), ""),
        ("24-26 December off", date(2026, 12, 24), date(2026, 12, 26), ""),
        ("off 24 Dec to 2 Jan", date(2026, 12, 24), date(2027, 1, 2), ""),
        ("Jan 5 10-12", date(2027, 1, 5), date(2027, 1, 5), "10:00-12:00"),
        ("tomorrow 13:00-15:00", date(2026, 11, 25), date(2026, 11, 25), "13:00-15:00"),
        ("下周五休息", date(2026, 12, 4), date(2026, 12, 4), ""),
        ("12月24日到26日休息", date(2026, 12, 24), date(2026, 12, 26), ""),
        ("下周休息", date(2026, 11, 30), date(2026, 12, 6), ""),
        ("12月24日 10点到12点", date(2026, 12, 24), date(2026, 12, 24), "10:00-12:00"),
        ("明天休息", date(2026, 11, 25), date(2026, 11, 25), ""),
    ],
)
def test_single_dates(text: str, first: date, last: date, hours: str) -> None:
    change = read_hours(text, today=TODAY)
    assert (min(change.overrides), max(change.overrides)) == (first, last)
    assert len(change.overrides) == (last - first).days + 1
    assert {shown(change, day) for day in change.overrides} == {hours}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("in Tokyo from 1 Dec to 10 Dec", "tokyo"),
        ("I'm in Tokyo 1-10 December", "tokyo"),
        ("12月1日到10日在东京", "东京"),
        ("12月1日至12月10日去东京出差", "东京"),
    ],
)
def test_trips(text: str, place: str) -> None:
    change = read_hours(text, today=TODAY)
    assert list(change.trips) == [Trip(date(2026, 12, 1), date(2026, 12, 10), place)]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("15 min break", "buffer_after", 15),
        ("10 minutes break before", "buffer_before", 10),
        ("notice 2 hours", "notice_minutes", 120),
        ("1 day notice", "notice_minutes", 1440),
        ("window 8 weeks", "window_days", 56),
        ("every 15 minutes", "step_minutes", 15),
        ("间隔15分钟", "buffer_after", 15),
        ("至少提前两小时", "notice_minutes", 120),
        ("最多提前30天", "window_days", 30),
        ("每15分钟一档", "step_minutes", 15),
    ],
)
def test_rules(text: str, name: str, value: int) -> None:
    assert read_hours(text, today=TODAY).rules == {name: value}


@pytest.mark.parametrize(
    ("text", "per_day", "per_week"),
    [
        ("at most 4 a day", 4, None),
        ("max 10 sessions per week", None, 10),
        ("每天最多4次", 4, None),
        ("每周最多十次", None, 10),
        ("no daily limit", 0, None),
    ],
)
def test_limits(text: str, per_day: int | None, per_week: int | None) -> None:
    change = read_hours(text, today=TODAY)
    assert (change.per_day, change.per_week) == (per_day, per_week)


@pytest.mark.parametrize("text", ["Fri off", "周五休息"])
def test_a_bare_weekday_may_mean_once_or_every_week(text: str) -> None:
    weekly = read_hours(text, today=TODAY)
    assert weekly.ambiguous
    assert (dict(weekly.weekly), dict(weekly.overrides)) == ({4: ()}, {})
    once = read_hours(text, today=TODAY, once=True)
    assert (dict(once.weekly), dict(once.overrides)) == ({}, {date(2026, 11, 27): ()})


def test_several_lines_say_several_things() -> None:
    change = read_hours("Mon-Thu 9-17; Fri 9-12；off 24 Dec\nat most 3 a day", today=TODAY)
    assert sorted(change.weekly) == [0, 1, 2, 3, 4]
    assert (list(change.overrides), change.per_day) == ([date(2026, 12, 24)], 3)


def test_a_date_can_be_as_usual_again() -> None:
    for text in ("24 Dec as usual", "12月24日照常"):
        assert read_hours(text, today=TODAY).reopened == {date(2026, 12, 24)}


@pytest.mark.parametrize(
    "text",
    ["banana", "Mon-Fri", "9-12", "Fri 25:00-26:00", "30 Feb off", "Mon 9-12, 11-14", "国庆休息",
     "Mon 9-12 off", "", "off 2 Jan 2027 to 1 Jan 2027"],
)  # fmt: skip
def test_what_says_nothing_about_hours_is_refused(text: str) -> None:
    with pytest.raises(HoursNotUnderstood):
        read_hours(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [("24 Dec", date(2026, 12, 24)), ("12月24日", date(2026, 12, 24)), ("Friday", date(2026, 11, 27)),
     ("周五", date(2026, 11, 27)), ("2027-01-05", date(2027, 1, 5)), ("the day after tomorrow", date(2026, 11, 26)),
     ("下周三", date(2026, 12, 2)), ("hello", None)],
)  # fmt: skip
def test_the_first_date_of_a_text(text: str, day: date | None) -> None:
    assert first_date(text, today=TODAY) == day
