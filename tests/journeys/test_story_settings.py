"""Language, messages, own data: changeable at any time."""

import pytest

from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.crash_witness import Witness
from tests.journeys.test_story_booking import book_later


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Settings", "News:", "on", "off", "My data", "Send me my data", "Everything that")),
        ("zh", ("设置", "推广消息：", "已开启", "已关闭", "我的数据", "导出我的数据", "全部数据")),
    ],
)
async def test_news_can_be_switched_and_data_taken_along(
    member: NewPerson, language: str, words: tuple[str, ...]
):
    title, news, on, off, data, export, everything = words
    mia = await member("Mia", language)
    await mia.says("/settings")
    assert on in await mia.sees(title)
    await mia.taps(news)
    assert off in await mia.sees(title)
    await mia.taps(data)
    await mia.taps(export)
    await mia.sees(everything)
    assert any(
        one.get("document", {}).get("file_name") == "my-data.json" for one in mia.chat.shown()
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Erase everything?", "Yes, erase everything", "is erased", "Do you agree?")),
        ("zh", ("要删除全部数据吗", "是，全部删除", "已删除", "您同意吗")),
    ],
)
async def test_who_is_erased_is_a_stranger_again(
    member: NewPerson, language: str, words: tuple[str, ...]
):
    asked, yes, erased, agree = words
    mia = await member("Mia", language)
    await mia.says({"en": "delete all my data", "zh": "删除我的所有数据"}[language])
    await mia.sees(asked)
    await mia.taps(yes)
    await mia.sees(erased)
    await mia.says("/start")
    await mia.sees(agree)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_old_window_of_somebody_erased_asks_for_consent(
    newcomer: NewPerson, demo: Demo, language: str
):
    words = {
        "en": (
            "I agree",
            "delete all my data",
            "Yes, erase everything",
            "is erased",
            "Do you agree?",
        ),
        "zh": ("同意", "删除我的所有数据", "是，全部删除", "已删除", "您同意吗"),
    }[language]
    agree, erase, yes, erased, ask = words
    mia = Witness(demo, await newcomer("Mia", language))
    await mia.player.says("/start")
    await mia.player.taps(agree)
    await mia.settled()
    message_id, _, data = (await mia.buttons(1))[-1]
    await mia.player.says(erase)
    await mia.player.taps(yes)
    await mia.player.sees(erased)
    answer = await mia.answer(mia.taps(message_id, data))
    assert ask in answer
    assert mia.stored("parked") == 0


async def test_nobody_is_erased_while_an_expert_waits_for_them(member: NewPerson):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await mia.says("delete all my data")
    await mia.sees("Erase everything?")
    await mia.taps("Yes, erase everything")
    await mia.says("/sessions")
    await mia.sees("1 ahead")


async def test_cancel_leaves_what_is_open(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.taps("Find an expert")
    await mia.sees("What is it about?")
    await mia.says("/cancel")
    await mia.sees("Nothing was booked")
    await mia.sees("what can I do for you")


async def test_a_near_miss_offers_the_nearest_questions(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.says("is what I tell you here encrypted")
    await mia.sees("Did you mean one of these?")
    await mia.taps("None of these")
    await mia.sees("did not understand")
    await mia.says("is what I tell you here encrypted")
    await mia.sees("Did you mean one of these?")
    await mia.taps(mia.button_labels()[0])
    await mia.sees("💡")
    await mia.taps("This was right")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Settings", "Reminders", "When shall I remind you", "▫️ One hour before",
             "21:00–09:00", "✅ One hour before", "✅ 21:00–09:00")),
     ("zh", ("设置", "提醒", "什么时候提醒您", "▫️ 提前一小时", "21:00–09:00", "✅ 提前一小时",
             "✅ 21:00–09:00"))],
)  # fmt: skip
async def test_reminders_are_as_their_reader_wants_them(
    member: NewPerson, language: str, words: tuple[str, ...]
):
    title, open_them, asked, off, hours, on, quiet = words
    mia = await member("Mia", language)
    await mia.says("/settings")
    await mia.sees(title)
    await mia.taps(open_them)
    await mia.sees(asked)
    await mia.taps(on)
    await mia.sees(asked)
    assert off in mia.button_labels()
    await mia.taps(hours)
    await mia.sees(asked)
    assert quiet in mia.button_labels()
