"""Free times: the contract by example, and against the oracle."""

import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.repository.calendars import as_seconds
from booking.slots import slots
from booking.slots_json import (
    query_from_json,
    slots_from_json,
    weekly_from_json,
    weekly_to_json,
)
from kernel.errors import InputError
from tests.booking.oracle import DAY, MINUTE, oracle, stamp

ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Johannesburg",
    "Africa/Lagos", "America/Anchorage", "America/Asuncion", "America/Caracas",
    "America/Chicago", "America/Godthab", "America/Havana", "America/Los_Angeles",
    "America/Mexico_City", "America/New_York", "America/Phoenix", "America/Santiago",
    "America/Sao_Paulo", "America/Scoresbysund", "America/St_Johns", "Antarctica/Troll",
    "Asia/Amman", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kabul",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Shanghai", "Asia/Tehran",
    "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Eucla",
    "Australia/Lord_Howe", "Australia/Sydney", "Europe/Athens", "Europe/Berlin",
    "Europe/Dublin", "Europe/Istanbul", "Europe/London", "Europe/Moscow", "Pacific/Apia",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Easter", "Pacific/Fiji",
    "Pacific/Kiritimati", "Pacific/Norfolk", "UTC",
)  # fmt: skip

A_MONDAY: dict[str, Any] = {
    "now": "2026-03-01T00:00:00Z",
    "timezone": "Europe/Berlin",
    "weekly": [{"weekday": 0, "start": "09:00", "end": "12:00"}],
    "overrides": [],
    "busy": [],
    "duration_min": 60,
    "buffer_before_min": 0,
    "buffer_after_min": 0,
    "notice_min": 0,
    "step_min": 60,
    "from": "2026-03-02T00:00:00Z",
    "until": "2026-03-03T00:00:00Z",
}


def starts(**changes: Any) -> list[str]:
    """The starts as HH:MM in UTC."""
    return [each["start"][11:16] for each in slots_from_json(A_MONDAY | changes)["slots"]]


def test_opening_hours_are_on_the_experts_clock() -> None:
    assert starts() == ["08:00", "09:00", "10:00"]


def test_an_override_replaces_the_hours_of_its_date() -> None:
    assert starts(overrides=[{"date": "2026-03-02", "intervals": [["14:00", "15:00"]]}]) == [
        "13:00"
    ]
    assert starts(overrides=[{"date": "2026-03-02", "intervals": []}]) == []


def test_a_slot_may_run_from_one_interval_into_the_next() -> None:
    weekly = [
        {"weekday": 0, "start": "22:00", "end": "24:00"},
        {"weekday": 1, "start": "00:00", "end": "01:00"},
    ]
    assert starts(weekly=weekly, duration_min=90) == ["21:00", "22:00"]
    assert starts(weekly=weekly, duration_min=90, **{"until": "2026-03-04T00:00:00Z"}) == [
        "21:00",
        "22:00",
    ]


def test_busy_times_may_touch_but_not_meet_the_buffers() -> None:
    busy = [{"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z"}]
    assert starts(busy=busy) == ["08:00", "10:00"]
    assert starts(busy=busy, buffer_before_min=5) == ["08:00"]
    assert starts(busy=busy, buffer_after_min=5) == ["10:00"]


def test_notice_and_range_bound_the_start() -> None:
    assert starts(now="2026-03-02T08:00:00Z", notice_min=60) == ["09:00", "10:00"]
    assert starts(**{"from": "2026-03-02T08:01:00Z", "until": "2026-03-02T10:00:00Z"}) == ["09:00"]


@pytest.mark.parametrize(
    ("day", "hours", "expected"),
    [
        # 02:00–03:00 is left out: 02:30 is 03:30, on a day of 23 hours
        ("2026-03-29", [["02:30", "04:30"]], ["01:30"]),
        # 02:00–03:00 comes twice: the first start, the second end
        ("2026-10-25", [["02:00", "03:00"]], ["00:00", "01:00"]),
        # it ends before it begins once the gap is resolved
        ("2026-03-29", [["02:30", "03:00"]], []),
    ],
)
def test_an_offset_change_in_berlin(day: str, hours: list[Any], expected: list[str]) -> None:
    query = {
        "weekly": [],
        "overrides": [{"date": day, "intervals": hours}],
        "from": f"{day}T00:00:00Z",
        "until": f"{day}T12:00:00Z",
    }
    assert starts(**query) == expected


def test_a_date_that_is_skipped_moves_to_the_next() -> None:
    found = slots_from_json(
        A_MONDAY
        | {
            "now": "2011-12-01T00:00:00Z",
            "timezone": "Pacific/Apia",
            "weekly": [],
            "overrides": [
                {"date": "2011-12-30", "intervals": [["10:00", "11:00"]]},
                {"date": "2011-12-31", "intervals": []},
            ],
            "from": "2011-12-28T00:00:00Z",
            "until": "2012-01-02T00:00:00Z",
        }
    )
    assert found["slots"] == [{"start": "2011-12-30T20:00:00Z", "end": "2011-12-30T21:00:00Z"}]


def test_a_list_of_queries_gives_a_list_of_results() -> None:
    assert slots_from_json([A_MONDAY, A_MONDAY | {"weekly": []}]) == [
        slots_from_json(A_MONDAY),
        {"slots": []},
    ]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"timezone": "Mars/Olympus"}, "item 2 [1], timezone"),
        ({"timezone": ["UTC"]}, "timezone"),
        ({"step_min": 0}, "step_min: must be at least 1"),
        ({"duration_min": -60}, "duration_min"),
        ({"duration_min": 60.5}, "duration_min: must be a whole number"),
        ({"duration_min": True}, "duration_min"),
        ({"notice_min": "60"}, "notice_min"),
        ({"weekly": [{"weekday": 7, "start": "09:00", "end": "10:00"}]}, "weekly[0].weekday"),
        ({"weekly": [{"weekday": 0, "start": "10:00", "end": "10:00"}]}, "weekly[0]: the end"),
        ({"weekly": [{"weekday": 0, "start": "9:00", "end": "10:00"}]}, "weekly[0] start"),
        ({"weekly": [{"weekday": 0, "start": "24:00", "end": "24:00"}]}, "weekly[0]: the end"),
        ({"weekly": [{"weekday": 0, "start": "09:00"}]}, "weekly[0]: end is missing"),
        ({"weekly": {}}, "weekly: must be a list"),
        ({"overrides": [{"date": "2026-02-30", "intervals": []}]}, "overrides[0].date"),
        ({"overrides": [{"date": "2026-03-02", "intervals": []}] * 2}, "overrides[1].date"),
        ({"overrides": [{"date": "2026-03-02", "intervals": [["10:00"]]}]}, "intervals[0]"),
        ({"busy": [{"start": "2026-03-02T10:00Z", "end": "2026-03-02T10:00Z"}]}, "busy[0]"),
        ({"busy": ["all day"]}, "busy[0]: must be an object"),
        ({"now": "2026-03-01T00:00:00"}, "now: '2026-03-01T00:00:00' needs an offset"),
        ({"until": 7}, "until"),
    ],
)
def test_wrong_input_names_its_place(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError) as error:
        slots_from_json([A_MONDAY, A_MONDAY | change])
    assert complaint in str(error.value)
    assert str(error.value).startswith("item 2 [1], ")


@pytest.mark.parametrize("field", A_MONDAY)
def test_every_field_is_required(field: str) -> None:
    query = copy.deepcopy(A_MONDAY)
    del query[field]
    with pytest.raises(InputError, match=f"{field} is missing"):
        slots_from_json(query)


def test_weekly_hours_survive_being_stored() -> None:
    hours = [
        {"weekday": 0, "start": "09:05", "end": "24:00"},
        {"weekday": 0, "start": "00:00", "end": "01:00"},
        {"weekday": 6, "start": "10:00", "end": "11:00"},
    ]
    assert weekly_to_json(weekly_from_json(hours)) == hours


@cache
def change_days(zone: str) -> list[datetime]:
    """Days from 2010 on when the zone's offset changes, and the day that Samoa left out."""
    tz = ZoneInfo(zone)
    day, found = datetime(2010, 1, 1, tzinfo=UTC), []
    while day.year < 2030:
        if day.astimezone(tz).utcoffset() != (day + DAY).astimezone(tz).utcoffset():
            found.append(day)
        day += DAY
    return found


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def wall_intervals(draw: st.DrawFn) -> tuple[str, str]:
    grid = draw(st.sampled_from((1, 5, 30)))
    start = draw(st.integers(0, 1439 // grid)) * grid
    end = draw(st.integers(start // grid + 1, 1440 // grid)) * grid
    return clock(start), clock(end)


@st.composite
def queries(draw: st.DrawFn) -> dict[str, Any]:
    zone = draw(st.sampled_from(ZONES))
    changes = change_days(zone)
    ordinary = st.integers(0, 7000).map(lambda days: datetime(2010, 3, 1, tzinfo=UTC) + days * DAY)
    near_change = st.sampled_from(changes) if changes else ordinary
    day = draw(st.one_of(near_change, near_change, ordinary))
    frm = day + draw(st.integers(-1440, 600)) * MINUTE
    until = frm + draw(st.integers(1, 3 * 1440)) * MINUTE
    weekly = [
        {"weekday": draw(st.integers(0, 6)), "start": start, "end": end}
        for start, end in draw(st.lists(wall_intervals(), max_size=8))
    ]
    dates = draw(st.lists(st.integers(-2, 3), max_size=3, unique=True))
    overrides = [
        {
            "date": (day + ahead * DAY).date().isoformat(),
            "intervals": [list(each) for each in draw(st.lists(wall_intervals(), max_size=3))],
        }
        for ahead in dates
    ]
    busy = [
        {"start": stamp(frm + start * MINUTE), "end": stamp(frm + (start + length) * MINUTE)}
        for start, length in draw(
            st.lists(st.tuples(st.integers(-300, 4000), st.integers(1, 500)), max_size=5)
        )
    ]
    return {
        "now": stamp(frm + draw(st.integers(-1000, 1000)) * MINUTE),
        "timezone": zone,
        "weekly": weekly,
        "overrides": overrides,
        "busy": busy,
        "duration_min": draw(st.sampled_from((1, 15, 25, 60, 90, 1500))),
        "buffer_before_min": draw(st.sampled_from((0, 0, 5, 30))),
        "buffer_after_min": draw(st.sampled_from((0, 0, 5, 45))),
        "notice_min": draw(st.sampled_from((0, 60, 720))),
        "step_min": draw(st.sampled_from((5, 7, 15, 30, 60, 1000))),
        "from": stamp(frm),
        "until": stamp(until),
    }


@given(queries())
@settings(max_examples=100, deadline=None)
def test_slots_are_those_of_the_oracle(query: dict[str, Any]) -> None:
    assert slots_from_json(query)["slots"] == oracle(query)


@given(queries())
@settings(max_examples=100, deadline=None)
def test_an_imported_calendar_takes_as_much_as_busy_times(query: dict[str, Any]) -> None:
    wanted = query_from_json(query)
    imported = replace(wanted, busy=(), calendars=[as_seconds(wanted.busy)])
    assert slots(imported) == slots(wanted)


@pytest.mark.long
@given(queries())
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_slots_are_those_of_the_oracle_many_times(query: dict[str, Any]) -> None:
    assert slots_from_json(query)["slots"] == oracle(query)
