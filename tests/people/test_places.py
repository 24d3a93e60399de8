"""Time zones from what people write."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from zoneinfo import available_timezones

import pytest

from people.errors import UnclearLocalTime, UnknownTimeZone
from people.places import check_zone, zone_for_city, zones_for_local_time

NOW = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("柏林", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("Zurich", "Europe/Zurich"),
        ("北京", "Asia/Shanghai"),
        ("上海市", "Asia/Shanghai"),
        ("旧金山", "America/Los_Angeles"),
        ("san francisco", "America/Los_Angeles"),
        ("NYC", "America/New_York"),
        ("Munich, Germany", "Europe/Berlin"),
        ("I live in New York right now", "America/New_York"),
        ("我住在深圳", "Asia/Shanghai"),
        ("  new   delhi ", "Asia/Kolkata"),
        ("Berlln", "Europe/Berlin"),
        ("Europe/Paris", "Europe/Paris"),
        ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("UTC+8", "Etc/GMT-8"),
        ("GMT -3", "Etc/GMT+3"),
        ("utc", "UTC"),
    ],
)
def test_a_place_is_recognised(text: str, zone: str) -> None:
    assert zone_for_city(text) == zone


@pytest.mark.parametrize(
    "text", ["", "nowhere", "hello", "maybe later", "🙂", "x" * 5000, "UTC+99", "不知道", "<b>"]
)
def test_what_is_no_place_is_not_guessed(text: str) -> None:
    assert zone_for_city(text) is None


def test_the_cities_are_many_in_both_languages_and_their_zones_exist() -> None:
    lines = files("people").joinpath("cities.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["zone"] for row in rows} <= available_timezones()
    names = [name for row in rows for name in row["names"]]
    assert len([name for name in names if name.isascii()]) >= 150
    assert len([name for name in names if "\u4e00" <= name[0] <= "\u9fff"]) >= 150


@pytest.mark.parametrize(
    ("shown", "zone", "not_zone"),
    [
        ("21:20", "Asia/Shanghai", "Asia/Tokyo"),
        ("21：05", "Asia/Shanghai", "Europe/Berlin"),
        ("14:35", "Europe/Berlin", "Europe/London"),
        ("18:50", "Asia/Kolkata", "Asia/Dhaka"),
        ("5.20", "America/Los_Angeles", "America/New_York"),
        ("8时20分", "America/New_York", "America/Chicago"),
    ],
)
def test_zones_whose_clock_shows_that_time(shown: str, zone: str, not_zone: str) -> None:
    found = zones_for_local_time(shown, NOW)
    assert zone in found
    assert not_zone not in found


def test_midnight_is_near_the_last_minutes_of_the_day() -> None:
    late = datetime(2026, 11, 24, 23, 50, tzinfo=UTC)
    assert "Africa/Accra" in zones_for_local_time("00:00", late)


@pytest.mark.parametrize("shown", ["", "25:00", "12:60", "noon", "9:7", "1200", "-1:00"])
def test_what_is_no_time_is_refused(shown: str) -> None:
    with pytest.raises(UnclearLocalTime):
        zones_for_local_time(shown, NOW)


def test_only_iana_zones_are_zones() -> None:
    assert check_zone("Asia/Kathmandu") == "Asia/Kathmandu"
    for wrong in ("Mars/Olympus", "", "berlin", "../etc/passwd"):
        with pytest.raises(UnknownTimeZone):
            check_zone(wrong)
