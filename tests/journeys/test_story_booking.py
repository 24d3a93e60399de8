"""Step 3: cards, page, day, time, hold, payment; and sessions afterwards."""

import re

import pytest

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson

SAY = {
    "en": {
        "wish": "I need a career coach under 80 dollars", "cards": "Next free", "times": "See free times",
        "fifty": "Career session", "thirty": "Resume check", "later": "Later ›", "pick": "Take one of",
        "held": "is held for you for 15 minutes", "booked": "Booked and paid", "evening": "Evening",
        "chat": "Pay here in the chat", "give_up": "Give up this time", "sessions": "/sessions",
        "back": "Back", "which": "What would you like to book", "page": "Credentials",
        "expired": "no longer held for you", "nearest": "Nearest free times",
        "cancel": "✖ Cancel", "ask": "Cancel your session with", "yes": "Yes, cancel it",
        "cancelled": "on its way back to you", "move": "Reschedule", "moved": "Moved to",
        "refunded": "is on its way back", "day": "(", "at": "times in",
        "to_three": "please move it to next Saturday at 3pm", "saturday": "Sat",
    },
    "zh": {
        "wish": "想找个职业咨询师，600元以内", "cards": "最近空闲", "times": "查看空闲时间",
        "fifty": "职业咨询", "thirty": "简历诊断", "later": "后面 ›", "pick": "可以直接选",
        "held": "还剩 15 分钟", "booked": "预约成功，已付款", "evening": "晚上",
        "chat": "在聊天中支付", "give_up": "放弃这个时间", "sessions": "/sessions",
        "back": "返回", "which": "您想预约", "page": "资质",
        "expired": "不再为您保留", "nearest": "最近的空闲时间",
        "cancel": "✖ 取消", "ask": "要取消", "yes": "是，取消",
        "cancelled": "将原路退回", "move": "改期", "moved": "已改到",
        "refunded": "正在退回给您", "day": "(", "at": "时间为",
        "to_three": "帮我改到下周六下午3点", "saturday": "周六",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def to_page(mia: Player, language: str) -> None:
    """From a wish to Daniel's page."""
    say = SAY[language]
    await mia.says(say["wish"])
    await mia.sees(say["cards"])
    await mia.taps("Daniel Brooks")
    await mia.sees(say["page"])


async def to_offers(mia: Player, language: str) -> None:
    """From a wish to Daniel's offers."""
    await to_page(mia, language)
    await mia.taps(SAY[language]["times"])
    await mia.sees(SAY[language]["which"])


async def to_times(mia: Player, language: str, offer: str) -> None:
    """From a wish to the days of one of Daniel's offers."""
    await to_offers(mia, language)
    await mia.taps(SAY[language][offer])
    await mia.sees(SAY[language]["pick"])


async def hold_later(mia: Player, language: str, offer: str = "fifty") -> None:
    """Hold a time more than a week ahead, whatever others have booked."""
    await to_times(mia, language, offer)
    await hold_a_later_time(mia, language)


async def hold_a_later_time(mia: Player, language: str) -> None:
    """From an offer's days to a held time of a later one."""
    say = SAY[language]
    await mia.taps(say["later"])
    await mia.sees(say["pick"])
    await mia.taps(say["day"])
    await mia.sees(say["at"])
    await mia.taps(":")
    await mia.sees(say["held"])


async def book_later(mia: Player, language: str, offer: str = "fifty") -> str:
    """A paid session more than a week ahead; the confirmation's text."""
    await hold_later(mia, language, offer)
    if offer == "thirty":
        await mia.taps(SAY[language]["chat"])
    await mia.pays()
    return await mia.sees(SAY[language]["booked"])


@both
async def test_paying_by_card_confirms_with_a_calendar_file_and_a_link(
    member: NewPerson, language: str
):
    mia = await member("Mia", language)
    await book_later(mia, language)
    confirmation = next(one for one in mia.chat.shown() if "document" in one)
    assert confirmation["document"]["file_name"] == "session.ics"
    buttons = [button for row in confirmation["reply_markup"]["inline_keyboard"] for button in row]
    assert any("/join/" in button.get("url", "") for button in buttons)


async def test_a_held_time_is_found_again_among_the_sessions(member: NewPerson):
    mia = await member("Mia", "en")
    await hold_later(mia, "en", "fifty")
    await mia.says("show me my sessions")
    await mia.taps("⏳")
    await mia.taps("Pay now")
    await mia.sees("is held for you")
    await mia.pays()
    await mia.sees("Booked and paid")


@both
async def test_paying_by_invoice_in_the_chat_confirms(member: NewPerson, language: str):
    mia = await member("Mia", language)
    await book_later(mia, language, "thirty")


async def test_a_declined_card_leaves_the_hold_and_can_be_tried_again(member: NewPerson):
    mia = await member("Mia", "en")
    await hold_later(mia, "en")
    await mia.pays("decline")
    await mia.never_sees("Booked and paid")
    await mia.pays()
    await mia.sees("Booked and paid")


async def test_a_wrong_amount_is_refused_before_paying(member: NewPerson):
    mia = await member("Mia", "en")
    await hold_later(mia, "en", "thirty")
    await mia.taps("Pay here in the chat")
    await mia.pays("wrong_amount")
    await mia.sees_popup("does not match the booking")
    await mia.never_sees("Booked and paid")
    await mia.pays()
    await mia.sees("Booked and paid")


@both
async def test_back_works_everywhere_and_a_hold_can_be_given_up(member: NewPerson, language: str):
    say = SAY[language]
    mia = await member("Mia", language)
    await to_times(mia, language, "fifty")
    await mia.taps(say["evening"])
    await mia.sees(say["pick"])
    await mia.taps(say["back"])
    await mia.sees(say["which"])
    await mia.taps(say["back"])
    await mia.sees(say["page"])
    await mia.taps(say["back"])
    await mia.sees(say["cards"])
    await hold_later(mia, language)
    await mia.taps(say["give_up"])
    await mia.sees(say["pick"])


@both
async def test_a_hold_that_ran_out_says_so_and_offers_the_nearest_times(
    member: NewPerson, demo: Demo, language: str
):
    say = SAY[language]
    mia = await member("Mia", language)
    await hold_later(mia, language)
    await advance(mia.http, demo.url, {"advance": "PT16M"})
    await mia.sees(say["expired"])
    await mia.taps(say["nearest"])
    await mia.sees(say["pick"])


@both
async def test_cancelling_in_time_gives_everything_back(member: NewPerson, language: str):
    say = SAY[language]
    mia = await member("Mia", language)
    await book_later(mia, language)
    await mia.says({"en": "cancel my session", "zh": "取消我的预约"}[language])
    assert "60.00" in await mia.sees(say["ask"])
    await mia.taps(say["yes"])
    await mia.sees(say["cancelled"])
    await mia.sees(say["refunded"])


@both
async def test_rescheduling_keeps_the_payment(member: NewPerson, language: str):
    say = SAY[language]
    mia = await member("Mia", language)
    before = await book_later(mia, language)
    await mia.says(say["sessions"])
    await mia.taps("✅")
    await mia.taps(say["move"])
    await mia.sees(say["pick"])
    await mia.taps(say["later"])
    await mia.sees(say["pick"])
    await mia.taps(say["day"])
    await mia.sees(say["at"])
    await mia.taps(":")
    after = await mia.sees(say["moved"])
    assert times(after)[0] != times(before)[0]
    await mia.says(say["sessions"])
    await mia.sees("1")
    await mia.says(say["to_three"])
    await mia.sees(say["pick"])
    soonest = next(one for one in mia.button_labels() if "⚡" in one)
    assert say["saturday"] in soonest
    assert times(soonest)[0] >= "15:00"


def times(text: str) -> list[str]:
    return re.findall(r"\d\d:\d\d", text)


async def test_reminders_come_at_their_time(member: NewPerson, demo: Demo):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await advance(mia.http, demo.url, {"advance": "PT480H"})
    for words in (
        "Tomorrow",
        "In one hour",
        "In 15 minutes",
        "It begins now",
        "How was your session",
    ):
        await mia.sees(words)


async def test_two_people_cannot_take_one_time(member: NewPerson):
    mia, ben = await member("Mia", "en"), await member("Ben", "en")
    for person in (mia, ben):
        await to_times(person, "en", "fifty")
    label = next(one for one in mia.button_labels() if "⚡" in one)
    await mia.taps(label)
    await mia.sees("is held for you")
    await ben.taps(label)
    await ben.sees_popup("Somebody was faster")
    await ben.never_sees("is held for you")
    await mia.taps("Give up this time")
    await mia.sees("Take one of")
