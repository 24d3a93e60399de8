"""A few words about the experts or times that are on the screen."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kernel.money import Money
from knowledge.model import Wish
from knowledge.topics import TopicFinder, shipped_topics
from knowledge.wishes import WishReader
from knowledge.wishes.following import (
    FollowUp,
    changed,
    follow_up,
    means_as_before,
    means_back,
    named_place,
    wants_what_is_shown,
)
from knowledge.wishes.moving import parts_of_move, shift
from tests.knowledge.conftest import WEDNESDAY as NOW  # 15:00 in Berlin
from vectors.language import language_of

ZONE = "Europe/Berlin"
ZONE_INFO = ZoneInfo(ZONE)
SHOWN = Wish(
    topic="career", after=datetime(2026, 3, 5, 8, tzinfo=UTC),
    before=datetime(2026, 3, 5, 16, tzinfo=UTC), budget=Money(80_00, "USD"),
)  # fmt: skip
FRIDAY = Wish(
    after=datetime(2026, 3, 5, 23, tzinfo=UTC), before=datetime(2026, 3, 6, 23, tzinfo=UTC)
)


@pytest.fixture(scope="module")
def reader() -> WishReader:
    return WishReader(TopicFinder(shipped_topics()))


def followed(reader: WishReader, text: str, shown: Wish = SHOWN) -> FollowUp | None:
    said = reader.read(text, now=NOW, zone=ZONE, language=language_of(text))
    return follow_up(text, said, shown)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a cheaper one", {"wish": Wish(cheapest=True)}),
        ("有没有便宜一点的", {"wish": Wish(cheapest=True)}),
        ("someone else", {"others": True}),
        ("show me other coaches please", {"others": True}),
        ("换一个", {"others": True}),
        ("还有别的专家吗", {"others": True}),
        ("what about friday instead", {"wish": FRIDAY}),
        ("换成周五可以吗", {"wish": FRIDAY}),
        ("under 50", {"wish": Wish(budget=Money(50_00, "USD"))}),
        ("300以内", {"wish": Wish(budget=Money(300_00, "CNY"))}),
        ("晚上的", {"wish": Wish(hours=(time(17), time(22)))}),
        ("does any of them speak chinese?", {"wish": Wish(language="zh")}),
        ("要会英语的", {"wish": Wish(language="en")}),
        ("the second one please", {"place": 2}),
        ("ok, let's take the first", {"place": 1}),
        ("第三位怎么样", {"place": 3}),
        ("does the second coach have time on friday?", {"place": 2, "wish": FRIDAY}),
        ("第一个周五有空吗", {"place": 1, "wish": FRIDAY}),
        ("what's the first one's background", {"place": 1}),
        ("第一位是什么背景", {"place": 1}),
        ("another day", {"other_time": True}),
        ("换个时间", {"other_time": True}),
        ("ok book it", {"books": True}),
        ("好的，就他了", {"books": True}),
        ("好的，就订这个", {"books": True}),
        ("mornings work too", {"also": True, "wish": Wish(hours=(time(6), time(12)))}),
        ("早上也行", {"also": True, "wish": Wish(hours=(time(6), time(12)))}),
        ("is friday too early?", {"also": False, "wish": FRIDAY}),
        ("I have a code", {"code": True}),
        ("where do I enter my promo code?", {"code": True}),
        ("我有优惠码", {"code": True}),
        ("优惠码在哪里输入", {"code": True}),
    ],
)
def test_a_few_words_change_what_is_shown(
    reader: WishReader, text: str, says: dict[str, Any]
) -> None:
    found = followed(reader, text)
    assert found is not None
    assert {name: getattr(found, name) for name in says} == says


@pytest.mark.parametrize(
    "text",
    [
        "I need a maths tutor",
        "the first one or the second one, who is better?",
        "can I cancel my session on Friday?",
        "speak Chinese",
        "my code does not compile",
        "do you have promo codes?",
        "有优惠码吗",
        "thanks",
        "取消明天的预约",
        "我想找个心理咨询师",
        "first I was laid off, and now my savings are nearly gone and I cannot sleep at night",
    ],
)
def test_what_is_about_something_else_changes_nothing(reader: WishReader, text: str) -> None:
    assert followed(reader, text) is None


def test_what_was_said_before_holds_until_it_is_said_anew() -> None:
    whole = changed(SHOWN, FollowUp(FRIDAY), zone=ZONE, now=NOW)
    assert whole == Wish("career", FRIDAY.after, FRIDAY.before, budget=SHOWN.budget)
    cheap = changed(whole, FollowUp(Wish(budget=Money(50_00, "USD"))), zone=ZONE, now=NOW)
    assert (cheap.after, cheap.budget) == (FRIDAY.after, Money(50_00, "USD"))


def test_hours_alone_are_those_of_the_day_that_was_said() -> None:
    evening = changed(SHOWN, FollowUp(Wish(hours=(time(17), time(22)))), zone=ZONE, now=NOW)
    assert evening.after == datetime(2026, 3, 5, 16, tzinfo=UTC)
    assert evening.before == evening.after + timedelta(hours=5)


@pytest.mark.parametrize(
    ("text", "hours", "days"),
    [
        ("mornings work too", (6, 22), 1),
        ("早上也行", (6, 22), 1),
        ("friday works too", (17, 24), 2),
        ("周五也行", (17, 24), 2),
    ],
)
def test_what_suits_too_is_added(
    reader: WishReader, text: str, hours: tuple[int, int], days: int
) -> None:
    found = followed(reader, text)
    assert found is not None
    evening = Wish(
        after=datetime(2026, 3, 5, 16, tzinfo=UTC), before=datetime(2026, 3, 5, 21, tzinfo=UTC)
    )
    on_thursday = changed(evening, found, zone=ZONE, now=NOW)
    thursday = datetime(2026, 3, 5, tzinfo=ZONE_INFO)
    assert on_thursday.after == thursday + timedelta(hours=hours[0])
    assert on_thursday.before == thursday + timedelta(days=days - 1, hours=hours[1])


def test_hours_of_any_day_that_suit_too_are_added(reader: WishReader) -> None:
    found = followed(reader, "mornings work too")
    assert found is not None
    evenings = Wish("career", hours=(time(17), time(22)))
    assert changed(evenings, found, zone=ZONE, now=NOW).hours == (time(6), time(22))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Yue", 1), ("ok, Yue please", 1), ("let's take Mei", 2), ("what about Mei Chen?", 2),
        ("王", 3), ("就选王老师吧", 3), ("王芳", 3), ("Lin", None), ("Daniel", None),
        ("I know Mei", None), ("book", None),
    ],
)  # fmt: skip
def test_one_of_those_shown_is_chosen_by_a_part_of_the_name(text: str, place: int | None) -> None:
    assert named_place(text, ["Lin Yue", "Mei Chen", "王芳", "Lin Hao"]) == place


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("ok book it", True), ("I'll take this one", True), ("好的，就订这个", True), ("约她吧", True),
        ("book", False), ("book a session", False), ("it", False), ("我想预约", False),
    ],
)  # fmt: skip
def test_it_is_what_is_shown(text: str, wants: bool) -> None:
    assert wants_what_is_shown(text) is wants


def test_another_day_drops_the_one_that_was_said() -> None:
    other = changed(SHOWN, FollowUp(other_time=True), zone=ZONE, now=NOW)
    assert (other.topic, other.after, other.before) == ("career", None, None)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("the same coach as last time", True), ("the same guy again", True), ("same as before please", True),
        ("还是上次那个老师", True), ("和上次一样", True), ("再约同一个老师", True),
        ("book again", True), ("can I see him again next week", True), ("再约一次", True),
        ("再次预约", True), ("再约其他老师", False), ("try to pay again", False),
        ("I need a coach", False), ("上次付款失败了", False), ("at the same time", False),
    ],
)  # fmt: skip
def test_whom_somebody_had_before_is_meant(text: str, means: bool) -> None:
    assert means_as_before(text) is means


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("reschedule to friday 3pm", None, 6),
        ("move my Monday session to Friday", 9, 6),
        ("I can't do Tuesday, can we do Friday", 10, 6),
        ("let's do Friday instead of Tuesday", 10, 6),
        ("改到周五下午三点", None, 6),
        ("周一的咨询改到周五", 9, 6),
    ],
)
def test_the_new_time_of_a_session_is_told_from_the_old_one(
    reader: WishReader, text: str, old: int | None, new: int
) -> None:
    said = [
        wish.after.astimezone(ZONE_INFO).day
        for piece in parts_of_move(text)
        if (wish := reader.read(piece, now=NOW, zone=ZONE, language=language_of(text))).after
    ]
    assert said == ([new] if old is None else [old, new])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("can I come an hour later", 60), ("half an hour earlier please", -30),
        ("push it back by two days", 2880), ("can we push it by two hours", 120), ("能推迟半小时吗", 30), ("提前1个小时", -60),
        ("晚一个半小时", 90), ("reschedule to Friday", None), ("早上8点", None),
    ],
)  # fmt: skip
def test_a_session_is_moved_by_a_while(text: str, minutes: int | None) -> None:
    assert shift(text) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("oops, go back", True), ("Back please", True), ("返回上一步", True), ("上一步", True),
        ("my back hurts", False), ("I want to go back to work", False), ("想回去上学", False),
    ],
)  # fmt: skip
def test_only_back_is_a_step_back(text: str, means: bool) -> None:
    assert means_back(text) is means
