from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kernel.money import Money
from knowledge.model import Wish
from knowledge.topics import TopicFinder, shipped_topics
from knowledge.wishes import WishReader
from knowledge.wishes.money import budget_words, read_budget
from vectors.language import language_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 4, 15, tzinfo=BERLIN)  # a Wednesday


@pytest.fixture(scope="module")
def reader() -> WishReader:
    return WishReader(TopicFinder(shipped_topics()))


def read(
    reader: WishReader, text: str, *, now: datetime = NOW, zone: str = "Europe/Berlin"
) -> Wish:
    return reader.read(text, now=now.astimezone(UTC), zone=zone, language=language_of(text))


def local(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("next Tuesday evening", local(10, 17), local(10, 22)),
        ("下周二晚上", local(10, 17), local(10, 22)),
        ("tomorrow morning", local(5, 6), local(5, 12)),
        ("明天下午", local(5, 12), local(5, 18)),
        ("this weekend", local(7, 0), local(9, 0)),
        ("这个周末", local(7, 0), local(9, 0)),
        ("周五6点以后", local(6, 18), local(7, 0)),
        ("friday after 6pm", local(6, 18), local(7, 0)),
        ("fri after 6", local(6, 18), local(7, 0)),
        ("monday before 10am", local(9, 0), local(9, 10)),
        ("后天晚上8点以前", local(6, 0), local(6, 20)),
        ("tonight", local(4, 20), local(5, 0)),
        ("今晚", local(4, 17), local(4, 22)),
        ("today", local(4, 15), local(5, 0)),
        ("later today", local(4, 15), local(5, 0)),
        ("this afternoon", local(4, 15), local(4, 18)),
        ("at 3pm on monday", local(9, 15), local(9, 16)),
        ("周六上午十点半", local(7, 10, 30), local(7, 11, 30)),
        ("between 2 and 4 tomorrow", local(5, 14), local(5, 16)),
        ("明天下午3点到5点", local(5, 15), local(5, 17)),
        ("next week", local(9, 0), local(16, 0)),
        ("下周一到周三", local(9, 0), local(12, 0)),
        ("in 2 days", local(6, 0), local(7, 0)),
        ("两天后", local(6, 0), local(7, 0)),
        ("within 3 days", local(4, 15), local(7, 15)),
        ("三天内", local(4, 15), local(7, 15)),
        # what led to the wish is no part of it
        ("最近和男朋友分手，晚上睡不着，明天晚上想找人聊聊", local(5, 17), local(5, 22)),
        ("上个月创业失败，下周三晚上想找人聊聊", local(11, 17), local(11, 22)),
        ("最近三个月一直失眠，这周末想约个咨询", local(7, 0), local(9, 0)),
        ("两年前离婚了，一直走不出来，周六晚上有空吗", local(7, 17), local(7, 22)),
        ("每天早上起不来，想找教练，明天晚上7点以后", local(5, 19), local(6, 0)),
        ("I was laid off last week, need a coach on Friday morning", local(6, 6), local(6, 12)),
        (
            "My exam was yesterday, I want a tutor next Tuesday evening",
            local(10, 17),
            local(10, 22),
        ),
        ("I can't sleep at night, somebody tomorrow evening?", local(5, 17), local(5, 22)),
        ("I broke up two months ago, is anyone free on Sunday?", local(8, 0), local(9, 0)),
        ("can I get a half-hour call before Friday?", local(4, 15), local(6, 0)),
        ("by Friday", local(4, 15), local(7, 0)),
        ("周五之前", local(4, 15), local(6, 0)),
        ("after Friday", local(7, 0), local(14, 0)),
        ("下周一以后", local(9, 0), local(16, 0)),
        ("an interview on Monday, I need practice before that", local(4, 15), local(9, 0)),
        ("面试是下周一，想在那之前练习一下", local(4, 15), local(9, 0)),
        ("on the 15th in the afternoon", local(15, 12), local(15, 18)),
        ("tomorrow or Saturday evening", local(5, 0), local(7, 22)),
        ("周四或者周五下午都可以", local(5, 0), local(7, 0)),
        # words of the past that are none
        ("half past nine tomorrow", local(5, 9, 30), local(5, 10, 30)),
        ("晚上周五都行", local(6, 17), local(6, 22)),
        ("12月前", local(4, 15), local(1, 0, month=12)),
        ("下周以后", local(16, 0), local(23, 0)),
        ("the last week of March", local(30, 0), local(6, 0, month=4)),
        ("my husband left me last Friday, somebody for tonight", local(4, 20), local(5, 0)),
        ("12号", local(12, 0), local(13, 0)),
        ("on May 5", local(5, 0, month=5), local(6, 0, month=5)),
        ("monday evening after 7", local(9, 19), local(9, 22)),
        ("saturday or sunday", local(7, 0), local(9, 0)),
        ("need to talk to sb tonite", local(4, 20), local(5, 0)),
        ("tmrw morning", local(5, 6), local(5, 12)),
        ("tommorow", local(5, 0), local(6, 0)),
        ("friday after work", local(6, 18), local(7, 0)),
        ("周五下班后可以吗", local(6, 18), local(7, 0)),
        ("at 9", local(5, 9), local(5, 10)),
        ("2026-03-10 18:00", local(10, 18), local(10, 19)),
        ("day after tomorrow around noon", local(6, 12), local(6, 13)),
        ("saturday mornings would be best", local(7, 6), local(7, 12)),
        ("I'm free on Sundays", local(8, 0), local(9, 0)),
        ("by the end of the month", local(4, 15), local(1, 0, month=4)),
        ("月底之前想改好文书", local(4, 15), local(1, 0, month=4)),
        ("月底", local(27, 0), local(1, 0, month=4)),
        ("3月10日之前", local(4, 15), local(10, 0)),
        ("明早9点前能约到吗", local(5, 0), local(5, 9)),
        ("周五6点后有空吗", local(6, 18), local(7, 0)),
        ("后天中午之前", local(6, 0), local(6, 12)),
        ("不要早上，明天下午或者晚上都行", local(5, 12), local(5, 22)),
        ("周五下午一点", local(6, 13), local(6, 14)),
        ("我想找一个 career coach, tomorrow evening", local(5, 17), local(5, 22)),
        ("can I see 心理咨询师 周五下午", local(6, 12), local(6, 18)),
    ],
)
def test_when(reader: WishReader, text: str, after: datetime, before: datetime) -> None:
    wish = read(reader, text)
    assert (wish.after, wish.before) == (after.astimezone(UTC), before.astimezone(UTC))


@pytest.mark.parametrize("text", ["wednesday morning", "周三上午"])
def test_a_past_reading_is_never_chosen(reader: WishReader, text: str) -> None:
    assert read(reader, text).after == local(11, 6).astimezone(UTC)


@pytest.mark.parametrize("text", ["Good evening! I need a coach", "早上好，想找个老师", "晚安"])
def test_a_greeting_is_no_time(reader: WishReader, text: str) -> None:
    assert read(reader, text).hours is None


@pytest.mark.parametrize(
    "text", ["有没有便宜一点的", "早一点可以吗", "我一点都睡不着", "有一点焦虑"]
)
def test_a_little_is_no_hour(reader: WishReader, text: str) -> None:
    assert read(reader, text).after is None


@pytest.mark.parametrize("text", ["this morning", "today at 9am"])
def test_what_is_over_today_is_no_time_at_all(reader: WishReader, text: str) -> None:
    assert read(reader, text).after is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("in the evening", (time(17), time(22))),
        ("工作日晚上", (time(17), time(22))),
        ("after 6pm", (time(18), time(23, 59, 59))),
        ("晚上7点以后", (time(19), time(23, 59, 59))),
        ("not before 10am", (time(10), time(23, 59, 59))),
        ("不早于10点", (time(10), time(23, 59, 59))),
        ("no later than 6pm", (time(0), time(18))),
    ],
)
def test_hours_without_a_day_are_local_hours(
    reader: WishReader, text: str, hours: tuple[time, time]
) -> None:
    wish = read(reader, text)
    assert wish.hours == hours
    assert wish.after is None


def test_evenings_of_a_week_are_days_with_hours(reader: WishReader) -> None:
    wish = read(reader, "evenings next week")
    assert wish.after == local(9, 0).astimezone(UTC)
    assert wish.hours == (time(17), time(22))


EVENING, MORNING = (time(17), time(22)), (time(6), time(12))


@pytest.mark.parametrize(
    ("text", "after", "before", "hours"),
    [
        ("Tue or Wed after 5", local(10, 0), local(12, 0), (time(17), time(23, 59, 59))),
        ("周二或周三5点以后", local(10, 0), local(12, 0), (time(17), time(23, 59, 59))),
        ("wednesday or thursday", local(4, 15), local(6, 0), None),
        ("周四或者周五晚上", local(5, 0), local(7, 0), EVENING),
        ("saturday or sunday between 2 and 4pm", local(7, 0), local(9, 0), (time(14), time(16))),
        ("any morning before Saturday", local(4, 15), local(7, 0), MORNING),
        ("周六之前的上午", local(4, 15), local(7, 0), MORNING),
        ("mornings before thursday", local(4, 15), local(5, 0), None),
    ],
)
def test_several_days_may_have_hours(
    reader: WishReader, text: str, after: datetime, before: datetime, hours: object
) -> None:
    wish = read(reader, text)
    assert (wish.after, wish.before) == (after.astimezone(UTC), before.astimezone(UTC))
    assert wish.hours == hours


def test_until_todays_name_is_until_the_same_day_next_week(reader: WishReader) -> None:
    wish = read(reader, "周三之前")
    assert (wish.after, wish.before) == (NOW.astimezone(UTC), local(11, 0).astimezone(UTC))


def test_a_day_begins_at_the_persons_own_midnight(reader: WishReader) -> None:
    wish = read(reader, "明天", zone="Asia/Shanghai")
    assert wish.after == datetime(2026, 3, 4, 16, tzinfo=UTC)


def test_a_day_of_a_clock_change_is_23_hours_long(reader: WishReader) -> None:
    wish = read(reader, "tomorrow", now=datetime(2026, 3, 28, 12, tzinfo=BERLIN))
    assert wish.after is not None
    assert wish.before is not None
    assert wish.before - wish.after == timedelta(hours=23)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("half an hour", 30), ("45分钟", 45), ("for an hour", 60), ("一个半小时", 90)],
)
def test_the_length_of_a_session(reader: WishReader, text: str, minutes: int) -> None:
    assert read(reader, text).minutes == minutes


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("under 80 dollars", Money(80_00, "USD")),
        ("200元以内", Money(200_00, "CNY")),
        ("预算200元以内", Money(200_00, "CNY")),
        ("$50-80", Money(80_00, "USD")),
        ("预算100到200元", Money(200_00, "CNY")),
        ("less than €60", Money(60_00, "EUR")),
        ("¥300", Money(300_00, "CNY")),
        ("80美元", Money(80_00, "USD")),
        ("50块", Money(50_00, "CNY")),
        ("60 bucks", Money(60_00, "USD")),
        ("eighty dollars", Money(80_00, "USD")),
        ("两百元", Money(200_00, "CNY")),
        ("预算三百元", Money(300_00, "CNY")),
        ("my budget is 150", Money(150_00, "USD")),
        ("预算不超过300", Money(300_00, "CNY")),
        ("$49.50", Money(49_50, "USD")),
        ("1,200 yuan", Money(1200_00, "CNY")),
        ("5000 yen", Money(5000, "JPY")),
        ("预算一千左右", Money(1000_00, "CNY")),
        ("预算三百二", Money(320_00, "CNY")),
        ("十五块", Money(15_00, "CNY")),
        ("5万块以内", Money(50_000_00, "CNY")),
        ("under 2k dollars", Money(2000_00, "USD")),
        ("I have saved 5000 dollars, budget 80 dollars", Money(80_00, "USD")),
        ("手里有5万块想投资，找个顾问", None),
        ("start investing with 5,000 euros", None),
        ("tomorrow at 3", None),
        ("max 30 minutes", None),
        ("a coach under 50", Money(50_00, "USD")),
        ("below 60 please", Money(60_00, "USD")),
        ("300以内", Money(300_00, "CNY")),
        ("三百以内的理财顾问", Money(300_00, "CNY")),
        ("两三百块", Money(300_00, "CNY")),
        ("my son is under 18", None),
        ("a call in under 20 minutes", None),
        ("孩子20以内加减法总出错", None),
        ("血压140以下正常吗", None),
        ("三天以内", None),
    ],
)
def test_budget(text: str, budget: Money | None) -> None:
    assert read_budget(text, language=language_of(text)) == budget


def test_a_whole_wish_in_english(reader: WishReader) -> None:
    wish = read(reader, "I need a career coach next Tuesday evening under 80 dollars")
    assert wish == Wish(
        topic="career",
        after=local(10, 17).astimezone(UTC),
        before=local(10, 22).astimezone(UTC),
        budget=Money(80_00, "USD"),
    )


def test_a_whole_wish_in_chinese(reader: WishReader) -> None:
    wish = read(reader, "下周二晚上想找个职业咨询，200元以内")
    assert wish == Wish(
        topic="career",
        after=local(10, 17).astimezone(UTC),
        before=local(10, 22).astimezone(UTC),
        budget=Money(200_00, "CNY"),
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [("an expert who speaks Chinese", "zh"), ("说英语的专家", "en"), ("a coach", None)],
)
def test_the_language_of_the_expert(reader: WishReader, text: str, language: str | None) -> None:
    wish = read(reader, text)
    assert wish.language == language
    assert wish.topic is None or wish.topic == "career"


@pytest.mark.parametrize(
    ("text", "cheapest"),
    [
        ("something cheap", True),
        ("便宜点的理财顾问", True),
        ("太贵了", True),
        ("a good one", False),
    ],
)
def test_low_prices_are_asked_for(reader: WishReader, text: str, cheapest: bool) -> None:
    assert read(reader, text).cheapest is cheapest


@pytest.mark.parametrize("text", ["as soon as possible", "尽快"])
def test_urgency(reader: WishReader, text: str) -> None:
    assert read(reader, text).urgent


def test_a_text_without_a_wish_is_no_wish(reader: WishReader) -> None:
    assert not read(reader, "hello there")
    assert not read(reader, "")


@pytest.mark.parametrize("text", ["咨询 16:30", "下午16:30"])
def test_a_time_with_an_impossible_second_reading_is_read(reader: WishReader, text: str) -> None:
    assert read(reader, text).after == local(4, 16, 30)


@pytest.mark.parametrize(
    "text", ["25:99", "明天99点", "2 32 until 7pm", "99999999天内", "tomorrow at 77"]
)
def test_times_that_do_not_exist_are_no_failure(reader: WishReader, text: str) -> None:
    assert isinstance(read(reader, text), Wish)


def test_the_place_of_a_budget_is_not_that_of_money_somebody_has() -> None:
    found = budget_words("i have saved 5000 dollars, budget 80 dollars")
    assert found is not None
    assert (found.group(), found.start()) == ("80 dollars", 34)
