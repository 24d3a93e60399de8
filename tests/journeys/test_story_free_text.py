"""Step 2: free text at any moment."""

import sqlite3
from contextlib import closing

import pytest

from hourwise.player import Player
from tests.journeys.conftest import Demo, NewPerson

SPOKEN = {
    "en": {
        "show me my sessions": "You have no sessions yet",
        "I want to talk to a human": "A human has your message",
        "stop sending me messages": "no news",
        "please change the language": "In which language",
        "I need to change my time zone": "Where are you?",
        "delete all my data": "Erase everything?",
        "what can you do": "What I can do",
        "I want a refund": "Help with payments",
        "cancel my session": "no session ahead",
        "I want to reschedule my session": "no session ahead",
    },
    "zh": {
        "看看我的预约": "您还没有预约",
        "我要找人工客服": "已转给人工",
        "不要再给我发消息了": "不会再收到",
        "我想换一种语言": "您希望我用哪种语言",
        "修改我的时区": "您在哪里",
        "删除我的所有数据": "要删除全部数据吗",
        "你能做什么": "我能做什么",
        "我要退款": "付款与退款帮助",
        "取消我的预约": "没有待进行的预约",
        "我想改期": "没有待进行的预约",
    },
}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_commands_in_words_do_what_they_say(member: NewPerson, admin: Player, language: str):
    mia = await member("Mia", language)
    for words, answer in SPOKEN[language].items():
        await mia.says(words)
        await mia.sees(answer)


@pytest.mark.parametrize(
    ("language", "wish", "seen"),
    [
        (
            "en",
            "I need a career coach tomorrow evening under 80 dollars",
            ["up to $80.00", "Daniel Brooks"],
        ),
        ("zh", "明天晚上想找个职业咨询，600元以内", ["不超过", "600"]),
    ],
)
async def test_a_wish_goes_to_experts_with_everything_filled_in(
    member: NewPerson, language: str, wish: str, seen: list[str]
):
    mia = await member("Mia", language)
    await mia.says(wish)
    cards = await mia.sees("🔎")
    for words in seen:
        assert words in cards


@pytest.mark.parametrize(
    ("language", "words", "seen"),
    [
        ("en", "Can I talk to Daniel Brooks?", "See free times"),
        ("en", "daniel brooks", "See free times"),
        ("zh", "想约 Daniel Brooks 聊聊", "查看空闲时间"),
    ],
)
async def test_an_expert_named_in_words_is_shown(
    member: NewPerson, language: str, words: str, seen: str
):
    mia = await member("Mia", language)
    await mia.says(words)
    await mia.sees("ICF ACC")
    await mia.taps(seen)


@pytest.mark.parametrize(
    ("language", "wish", "follow_ups", "second", "page"),
    [
        (
            "en", "I need a career coach",
            {"under 70": "up to $70.00", "a cheaper one": "low prices first", "what about next friday?": "Fri", "and in the evening?": "17:00–22:00"},
            "the second one please", "See free times",
        ),
        (
            "zh", "想找职业咨询",
            {"600以内": "600", "有没有便宜一点的": "价格从低到高", "换成下周五可以吗": "周五", "晚上的": "17:00–22:00"},
            "第二个", "查看空闲时间",
        ),
    ],
)  # fmt: skip
async def test_a_few_words_change_the_search_that_is_shown(
    member: NewPerson, language: str, wish: str, follow_ups: dict[str, str], second: str, page: str
):
    mia = await member("Mia", language)
    await mia.says(wish)
    await mia.sees("🔎")
    for words, seen in follow_ups.items():
        await mia.says(words)
        cards = await mia.sees("🔎")
        assert seen in cards.splitlines()[1]
    await mia.says(second)
    await mia.taps(page)


@pytest.mark.parametrize(
    ("language", "wish", "evening", "morning"),
    [
        ("en", "I need a career coach", "only in the evenings", "mornings work too"),
        ("zh", "想找职业咨询", "晚上的", "早上也行"),
    ],
)
async def test_hours_that_suit_too_are_added_to_the_search(
    member: NewPerson, language: str, wish: str, evening: str, morning: str
):
    mia = await member("Mia", language)
    await mia.says(wish)
    await mia.sees("🔎")
    await mia.says(evening)
    await mia.sees("17:00–22:00")
    await mia.says(morning)
    await mia.sees("06:00–22:00")


@pytest.mark.parametrize(
    ("language", "wish", "chosen", "back"),
    [
        ("en", "I need a career coach", "ok, {} please", "go back"),
        ("zh", "想找职业咨询", "就选{}吧", "返回"),
    ],
)
async def test_one_of_those_shown_is_chosen_by_the_first_word_of_their_name(
    member: NewPerson, language: str, wish: str, chosen: str, back: str
):
    mia = await member("Mia", language)
    await mia.says(wish)
    wished = (await mia.sees("🔎")).splitlines()[1]
    name = next(one for one in mia.button_labels() if one.startswith("2. ")).split()[1]
    await mia.says(chosen.format(name))
    assert name in await mia.sees("🧑‍🏫")
    await mia.says(back)
    assert wished in await mia.sees("🔎")


@pytest.mark.parametrize(
    ("language", "words", "next_step", "find", "asked"),
    [
        ("en", "ok book it", "Choose an expert first", "Find an expert", "What is it about?"),
        ("zh", "好的，就订这个", "请先选一位专家", "找专家", "您想咨询哪方面"),
    ],
)
async def test_who_books_it_with_nothing_shown_is_told_what_comes_first(
    member: NewPerson, language: str, words: str, next_step: str, find: str, asked: str
):
    mia = await member("Mia", language)
    await mia.says(words)
    await mia.sees(next_step)
    await mia.taps(find)
    await mia.sees(asked)


@pytest.mark.parametrize(
    ("language", "wish", "second", "back", "menu"),
    [
        ("en", "I need a career coach", "the second one", "hm no, go back", "what can I do"),
        ("zh", "想找职业咨询", "第二个", "返回上一步", "我能帮您做什么"),
    ],
)
async def test_back_in_words_is_one_step_as_the_button_is(
    member: NewPerson, language: str, wish: str, second: str, back: str, menu: str
):
    mia = await member("Mia", language)
    await mia.says(wish)
    await mia.sees("🔎")
    await mia.says(second)
    await mia.sees("🧑‍🏫")
    await mia.says(back)
    await mia.sees("🔎")
    await mia.says(back)
    await mia.sees(menu)


@pytest.mark.parametrize(
    ("language", "wish", "not_compared", "somebody", "not_by_gender"),
    [
        (
            "en", "find me a career coach under 50 euros", "can’t compare with €50.00",
            "I'd rather talk to a woman", "don’t choose experts by gender",
        ),
        (
            "zh", "想找职业咨询师，预算50美元以内", "无法与 US$50.00 比较", "最好是女老师", "不按性别挑选",
        ),
    ],
)  # fmt: skip
async def test_what_of_a_wish_cannot_be_heeded_is_said(
    member: NewPerson, language: str, wish: str, not_compared: str, somebody: str,
    not_by_gender: str,
):  # fmt: skip
    mia = await member("Mia", language)
    await mia.says(wish)
    assert not_by_gender not in await mia.sees(not_compared)
    await mia.says(somebody)
    assert not_compared in await mia.sees(not_by_gender)


async def test_who_works_on_a_neighbouring_topic_is_said_to(member: NewPerson):
    mia = await member("小美", "zh")
    await mia.says("想打造个人品牌，找个顾问聊聊")
    card = await mia.sees("相近话题：求职与跳槽")
    assert card.index("专长正是这个话题") < card.index("相近话题")


async def test_a_question_in_the_middle_of_a_dialog_is_answered_and_it_goes_on(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.taps("Find an expert")
    await mia.taps("Career")
    await mia.sees("What exactly?")
    await mia.says("How long is a time held for me while I pay?")
    await mia.sees("15 minutes")
    await mia.sees("What exactly?")
    await mia.taps("Change of job")
    await mia.sees("in your own words")


async def test_a_wrong_answer_is_noted_and_the_choices_are_offered(
    member: NewPerson, admin: Player
):
    mia = await member("Mia", "en")
    await mia.says("How long is a time held for me while I pay?")
    await mia.taps("This was wrong")
    await mia.sees("I don't want to guess")
    await mia.taps("Talk to a human")
    told = await mia.sees("A human has your message")
    assert told.splitlines()[-1] == "You can also reach us here: hello@hourwise.example"
    await admin.sees("wants to talk to a human")


async def test_a_wrong_answer_is_listed_in_the_words_that_were_asked(
    member: NewPerson, admin: Player
):
    mia = await member("Mia", "en")
    await mia.says("for how many minutes is a time held for me while I pay?")
    await mia.sees("15 minutes")
    await mia.taps("This was wrong")
    await mia.sees_popup("we will look at it")
    await admin.says("/admin")
    await admin.taps("FAQ")
    await admin.taps("What I could not answer")
    await admin.sees("that I could not answer")
    asked = "for how many minutes is a time held"
    while not any(asked in one for one in admin.button_labels()):
        await admin.taps("Later")
        await admin.sees("that I could not answer")
    await admin.taps(asked)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "my cat painted the garage purple again", "did not understand"),
        ("zh", "天地玄黄宇宙洪荒", "没有听懂"),
    ],
)
async def test_what_is_not_understood_is_said_to_be(
    member: NewPerson, language: str, text: str, words: str
):
    mia = await member("Mia", language)
    await mia.says(text)
    await mia.sees(words)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [("en", "I want to kill myself", "I am worried about you"), ("zh", "我不想活了", "我很担心您")],
)
async def test_a_sign_of_danger_gets_the_emergency_card(
    member: NewPerson, language: str, text: str, words: str
):
    mia = await member("Mia", language)
    await mia.says(text)
    card = await mia.sees(words)
    assert any(sign.isdigit() for sign in card)


async def test_a_stranger_in_danger_gets_the_card_before_any_question(newcomer: NewPerson):
    mia = await newcomer("Mia", "en")
    await mia.says("I want to kill myself")
    assert "I am worried about you" in await mia.sees("worried")
    await mia.never_sees("Do you agree?")


async def test_danger_is_seen_also_where_any_text_is_asked_for(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.taps("Find an expert")
    await mia.taps("Skip")
    await mia.sees("in your own words")
    await mia.says("I can't go on, I want to end my life")
    await mia.sees("I am worried about you")
    await mia.sees("in your own words")


async def test_a_chinese_question_finds_an_answer_and_an_english_member_can_ask_it(
    member: NewPerson,
):
    mia = await member("Mia", "en")
    await mia.says("付款时时间会保留多久？")
    await mia.sees("15")


async def test_opening_windows_in_words_never_piles_up(member: NewPerson, demo: Demo):
    mia = await member("Mia", "en")
    for _ in range(12):
        await mia.says("show me my sessions")
        await mia.sees("no sessions yet")
    with closing(sqlite3.connect(demo.folder / "hourwise.db")) as db:
        kept = "SELECT count(*) FROM conversations WHERE owner = ?"
        assert db.execute(kept, (str(mia.id),)).fetchone()[0] <= 8
    await mia.taps("Back")
    await mia.sees("what can I do")


@pytest.mark.parametrize(
    ("language", "wish", "topic_asked", "said", "day_asked", "day", "seen"),
    [
        (
            "en", "I need someone in the evening under 80 dollars", "What should it be about?",
            "career", "On which day?", "Tomorrow", "up to $80.00",
        ),
        ("zh", "想找个专家，晚上，600元以内", "哪方面", "职业规划", "哪一天", "明天", "不超过"),
    ],
)  # fmt: skip
async def test_of_a_half_understood_wish_just_the_missing_is_asked(
    member: NewPerson, language: str, wish: str, topic_asked: str, said: str, day_asked: str,
    day: str, seen: str,
):  # fmt: skip
    mia = await member("Mia", language)
    await mia.says(wish)
    await mia.sees(topic_asked)
    await mia.says(said)
    await mia.sees(day_asked)
    await mia.taps(day)
    assert seen in await mia.sees("🔎")


async def test_something_else_may_be_said_when_a_wish_is_asked_back(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.says("I need someone tomorrow evening under 80 dollars")
    await mia.sees("What should it be about?")
    await mia.says("How long is a time held for me while I pay?")
    await mia.sees("15 minutes")
    await mia.sees("What should it be about?")
    await mia.taps("Show everybody")
    assert "up to $80.00" in await mia.sees("🔎")
