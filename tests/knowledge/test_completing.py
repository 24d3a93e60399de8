from datetime import UTC, datetime, time, timedelta

import pytest

from kernel.money import Money
from knowledge.model import Wish
from knowledge.wishes.completing import Missing, completed, leaves_open, missing, on_day
from tests.knowledge.conftest import WEDNESDAY as NOW  # 15:00 in Berlin

EVENING = (time(17), time(22))
FRIDAY = Wish(
    after=datetime(2026, 3, 5, 23, tzinfo=UTC), before=datetime(2026, 3, 6, 23, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("wish", "parts"),
    [
        (Wish(), ()),
        (Wish(topic="career"), ()),
        (Wish(budget=Money(80_00, "USD")), (Missing.TOPIC,)),
        (Wish(topic="career", hours=EVENING), (Missing.DAY,)),
        (Wish(hours=EVENING), (Missing.TOPIC, Missing.DAY)),
        (Wish(topic="career", hours=EVENING, after=NOW), ()),
        (Wish(urgent=True), ()),
    ],
)
def test_only_what_is_left_open_is_missing(wish: Wish, parts: tuple[Missing, ...]) -> None:
    assert missing(wish) == parts


def test_a_day_takes_the_hours_that_were_named_before() -> None:
    whole = completed(Wish("career", hours=EVENING), FRIDAY, zone="Europe/Berlin", now=NOW)
    assert whole.after == datetime(2026, 3, 6, 16, tzinfo=UTC)
    assert whole.before == datetime(2026, 3, 6, 21, tzinfo=UTC)
    assert not missing(whole)


def test_what_was_known_is_kept() -> None:
    known = Wish("career", budget=Money(80_00, "USD"))
    whole = completed(known, Wish("health", minutes=30), zone="UTC", now=NOW)
    assert (whole.topic, whole.budget, whole.minutes) == ("career", Money(80_00, "USD"), 30)


def test_hours_that_are_over_are_not_offered() -> None:
    morning, day = Wish(hours=(time(6), time(12))), NOW.date()
    assert on_day(morning, day, zone="Europe/Berlin", now=NOW) is None
    tomorrow = on_day(morning, day + timedelta(days=1), zone="Europe/Berlin", now=NOW)
    assert tomorrow is not None
    assert tomorrow.after == datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_the_past_part_of_todays_hours_is_cut_off() -> None:
    today = on_day(Wish(hours=(time(12), time(18))), NOW.date(), zone="Europe/Berlin", now=NOW)
    assert today is not None
    assert today.after == NOW


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("no idea", True), ("I don't mind", True), ("随便", True), ("看情况吧", True),
        ("80 dollars", False), ("do you have any discounts?", False), ("可以便宜点吗", False),
    ],
)  # fmt: skip
def test_any_will_do(text: str, is_open: bool) -> None:
    assert leaves_open(text) is is_open
