"""Step 1: language, consent, questionnaire."""

import pytest

from tests.journeys.conftest import NewPerson

WORDS = {
    "en": {
        "ask": "Do you agree?", "read": "Read the privacy notice", "notice": "Privacy notice of",
        "agree": "I agree", "where": "Where are you?", "menu": "what can I do for you",
        "find": "Find an expert", "what": "What is it about?", "field": "Health",
        "topic": "Psychology", "about": "in your own words", "urgency": "How urgent is it?",
        "today": "Today", "tried": "What have you tried", "skip": "Skip", "back": "Back",
        "budget": "How much may one session cost", "done": "Thank you, I understand",
        "kind": "emotional support", "priority": "urgent", "psychology": "Psychology",
        "disclaimer": "emergency", "step": "3 of 6", "go_back": "oops, go back",
        "evening": "only in the evenings",
    },
    "zh": {
        "ask": "您同意吗", "read": "阅读隐私说明", "notice": "隐私说明", "agree": "同意，开始",
        "where": "您在哪里", "menu": "我能帮您做什么", "find": "找专家",
        "what": "您想咨询哪方面", "field": "健康", "topic": "心理", "about": "请用您自己的话说说",
        "urgency": "有多着急", "today": "今天", "tried": "您已经尝试过什么", "skip": "跳过",
        "back": "返回", "budget": "一次咨询最多", "done": "谢谢，我明白了", "kind": "情感支持",
        "priority": "紧急", "psychology": "心理", "disclaimer": "急", "step": "第 3 步",
        "go_back": "返回上一步", "evening": "晚上的",
    },
}  # fmt: skip
FEELING = {
    "en": "I feel anxious and cannot sleep since my divorce",
    "zh": "离婚以后我很焦虑，睡不着",
}
CITY = {"en": "Berlin", "zh": "上海"}


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_start_asks_for_consent_in_the_chats_language(newcomer: NewPerson, language: str):
    say = WORDS[language]
    mia = await newcomer("Mia", {"en": "en-GB", "zh": "zh-hans"}[language])
    await mia.says("/start")
    await mia.sees(say["ask"])
    await mia.taps(say["read"])
    await mia.sees(say["notice"])
    await mia.taps(say["agree"])
    await mia.sees(say["where"])
    await mia.says(CITY[language])
    await mia.sees(say["menu"])


async def test_the_language_is_changeable_before_and_after_consent(newcomer: NewPerson):
    mia = await newcomer("Mia", "en")
    await mia.says("hello")
    await mia.sees("Do you agree?")
    await mia.taps("中文")
    await mia.sees("您同意吗")
    await mia.taps("同意，开始")
    await mia.sees("您在哪里")
    await mia.taps("跳过")
    await mia.sees("我能帮您做什么")
    await mia.says("/language")
    await mia.sees("您希望我用哪种语言")
    await mia.taps("English")
    await mia.sees("Settings")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/privacy", "Privacy notice of"),
        ("/terms", "Terms of"),
        ("/help", "What I can do"),
        ("/paysupport", "Help with payments"),
    ],
)
async def test_the_operators_pages_are_open_to_everybody(
    newcomer: NewPerson, member: NewPerson, command: str, words: str
):
    for make in (newcomer, member):
        person = await make("Mia", "en")
        await person.says(command)
        await person.sees(words)


async def test_the_questionnaire_classifies_the_need(member: NewPerson, language: str):
    say = WORDS[language]
    mia = await member("Mia", language)
    await mia.taps(say["find"])
    await mia.sees(say["what"])
    await mia.taps(say["field"])
    await mia.taps(say["topic"])
    assert say["step"] in await mia.sees(say["about"])
    await mia.says(FEELING[language])
    await mia.sees(say["urgency"])
    await mia.taps(say["today"])
    await mia.sees(say["tried"])
    await mia.taps(say["back"])
    await mia.sees(say["urgency"])
    await mia.taps(say["today"])
    await mia.sees(say["tried"])
    await mia.taps(say["skip"])
    await mia.sees(say["budget"])
    await mia.taps(say["skip"])
    done = await mia.sees(say["done"])
    assert say["psychology"] in done
    assert say["kind"] in done
    assert say["priority"] in done
    assert say["disclaimer"] in done


async def test_words_lead_back_and_on_from_the_questionnaire(member: NewPerson, language: str):
    say = WORDS[language]
    mia = await member("Mia", language)
    await mia.taps(say["find"])
    await mia.taps(say["field"])
    await mia.taps(say["topic"])
    await mia.sees(say["about"])
    await mia.says(say["go_back"])
    await mia.taps(say["topic"])
    await mia.sees(say["about"])
    await mia.taps(say["back"])
    await mia.taps(say["topic"])
    await mia.says(FEELING[language])
    await mia.taps(say["today"])
    await mia.taps(say["skip"])
    await mia.taps(say["skip"])
    await mia.sees(say["done"])
    await mia.says(say["evening"])
    cards = await mia.sees("17:00–22:00")
    assert say["psychology"] in cards.splitlines()[1]


async def test_a_budget_that_is_none_is_asked_again_and_nothing_is_lost(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.taps("Find an expert")
    await mia.sees("What is it about?")
    await mia.taps("Skip")
    await mia.sees("in your own words")
    await mia.says("I want to learn better ways of saving")
    await mia.taps("No hurry")
    await mia.taps("Skip")
    await mia.sees("How much may one session cost")
    await mia.says("banana bread recipe xyzzy")
    await mia.sees("could not read an amount")
    await mia.says("50")
    await mia.sees("Thank you, I understand")


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("I live in Tokyo", "Tokyo"),
        ("Asia/Kolkata", "Kolkata"),
        ("纽约", "New York"),
        ("UTC+8", "UTC+8"),
    ],
)
async def test_the_time_zone_is_found_by_place(member: NewPerson, written: str, zone: str):
    mia = await member("Mia", "en")
    await mia.says("/timezone")
    await mia.sees("Where are you?")
    await mia.says(written)
    await mia.sees("what can I do")
    await mia.says("/settings")
    assert zone in await mia.sees("Time zone:")


async def test_the_time_zone_is_found_by_the_clock(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.says("/timezone")
    await mia.sees("Where are you?")
    shown = next(label for label in mia.button_labels() if "Berlin" in label)
    await mia.says(shown.rpartition(" ")[2])
    await mia.sees("Which one is yours?")
    await mia.taps("Berlin")
    await mia.says("/settings")
    assert "Berlin" in await mia.sees("Time zone:")
