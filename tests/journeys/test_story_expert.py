"""Steps 4 and 5: the expert decides, both meet, both say how it was."""

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import book_later


@pytest.fixture
async def daniel(demo: Demo, http: aiohttp.ClientSession) -> Player:
    """The expert who has started the bot when the demo began."""
    player = Player(http, demo.url, 2001, "Daniel", lambda *_: None)
    await player.chat.update(wait=0)
    player.acted()
    return player


@pytest.fixture
async def lin(newcomer: NewPerson, demo: Demo, http: aiohttp.ClientSession) -> Player:
    """An expert who must confirm each request, and holds sessions in the chat."""
    player = Player(http, demo.url, 2002, "Lin", lambda *_: None)
    await player.joins("Lin Yue", "en")
    await player.says("/start")
    if await player.agrees("I agree"):
        await player.sees("what can I do")
    return player


async def request_lin(mia: Player) -> None:
    """A paid request for a free introductory talk or a paid session with Lin."""
    await mia.says("I feel burnt out and want to talk to a psychologist")
    await mia.sees("Next free")
    await mia.taps("Lin Yue")
    await mia.sees("Credentials")
    await mia.taps("See free times")
    await mia.sees("What would you like to book")
    await mia.taps("¥")
    await mia.sees("Take one of")
    await mia.taps("⚡")
    await mia.sees("is held for you")
    await mia.pays()
    await mia.sees("Your request for")


async def test_an_expert_confirms_a_request(member: NewPerson, lin: Player):
    mia = await member("Mia", "en")
    await request_lin(mia)
    await lin.sees("Request:")
    await lin.taps("Confirm")
    await lin.sees("The client was told")
    await mia.sees("Booked and paid")


async def test_a_declined_request_is_refunded_in_full(member: NewPerson, lin: Player):
    mia = await member("Mia", "en")
    await request_lin(mia)
    await lin.sees("Request:")
    await lin.taps("Decline")
    assert "Mia gets all their money back" in await lin.sees("Decline this request?")
    await lin.taps("Back")
    await lin.sees("State: waiting for your answer")
    await lin.taps("Decline")
    await lin.taps("Yes, decline it")
    await lin.sees_popup("gets all their money back")
    await mia.sees("You get all your money back")
    # the expert had not confirmed, so the card was only held
    await mia.sees("it was never taken")


async def test_messages_are_relayed_during_a_session_in_the_chat(
    member: NewPerson, lin: Player, demo: Demo
):
    mia = await member("Mia", "en")
    await request_lin(mia)
    await lin.sees("Request:")
    await lin.taps("Confirm")
    await mia.sees("Booked and paid")
    await advance_to_start(mia, demo)
    await mia.says("Hello, can you read me?")
    await lin.sees("Mia:</b> Hello, can you read me?".replace("</b>", ""))
    await lin.says("Yes, how are you today?")
    await mia.sees("Lin Yue: Yes, how are you today?")


async def test_in_a_session_in_the_chat_an_open_window_takes_no_text_and_danger_is_seen(
    member: NewPerson, lin: Player, demo: Demo
):
    mia = await member("Mia", "en")
    await request_lin(mia)
    await lin.sees("Request:")
    await lin.taps("Confirm")
    await mia.sees("Booked and paid")
    await mia.says("/timezone")
    await mia.sees("Where are you?")
    await advance_to_start(mia, demo)
    await mia.says("Hello from Paris")
    await lin.sees("Mia: Hello from Paris")
    await mia.says("x" * 4000)
    await mia.sees("longer than I can read")
    await mia.says("I want to kill myself")
    await mia.sees("I am worried about you")
    await lin.sees("Mia: I want to kill myself")


async def advance_to_start(mia: Player, demo: Demo) -> None:
    """Step by step to the start of the next session."""
    for _ in range(30):
        await advance(mia.http, demo.url, {"to": "next"})
        await mia.chat.update(wait=0)
        if any("It begins now" in str(one.get("text")) for one in mia.chat.shown()):
            return
    raise AssertionError("the session did not begin")


async def test_the_expert_is_told_at_once_and_may_cancel(member: NewPerson, daniel: Player):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await daniel.sees("New session")
    await daniel.taps("Cancel this session")
    await daniel.sees("Cancel this session?")
    await daniel.taps("Yes, cancel it")
    await daniel.sees("The client was told")
    await mia.sees("had to cancel")
    await mia.sees("is on its way back to you")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_survey_becomes_a_review_and_the_expert_writes_a_note(
    member: NewPerson, daniel: Player, demo: Demo, language: str
):
    words = {
        "en": ("Rate the session", "expect", "did you get", "come back", "Yes", "anything else",
               "Your rating helps", "again", "How was your session"),
        "zh": ("评价这次咨询", "期望的质量", "实际得到", "还会再找", "是", "还有什么想说",
               "您的评价对", "再次预约", "的咨询怎么样"),
    }[language]  # fmt: skip
    mia = await member("Mia", language)
    await book_later(mia, language)
    await advance(mia.http, demo.url, {"advance": "PT720H"})
    await mia.sees(words[8])
    await mia.taps(words[0])
    await mia.sees(words[1])
    await mia.taps("6")
    await mia.sees(words[2])
    await mia.taps("9")
    await mia.sees(words[3])
    await mia.taps(words[4])
    await mia.sees(words[5])
    comment = {"en": "Patient & very clear", "zh": "很有耐心 & 清楚"}[language]
    await mia.says(comment)
    await mia.sees(words[6])
    await mia.taps(words[7])
    await mia.sees(comment)
    await daniel.taps("Write a note")
    await daniel.sees("Your note about the session")
    await daniel.says("Next: three applications.")
    await daniel.sees("How was it to work with")
    await daniel.taps("9")
    await daniel.sees("Thank you, noted")
    await daniel.taps("About this client")
    assert "Next: three applications." in await daniel.sees("9/10")


async def test_reminders_reach_the_expert_too(member: NewPerson, daniel: Player, demo: Demo):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await daniel.sees("New session")
    daniel.acted()
    await advance(mia.http, demo.url, {"advance": "PT720H"})
    for reminder in ("Tomorrow:", "In one hour", "In 15 minutes", "It begins now"):
        assert "Mia" in await daniel.sees(reminder)


async def test_an_expert_calls_a_session_off_from_their_calendar(member: NewPerson, daniel: Player):
    mia = await member("Amelie", "en")
    await book_later(mia, "en")
    await daniel.sees("with Amelie")
    await daniel.says("/menu")
    await daniel.taps("My calendar as an expert")
    await daniel.sees("Your next two weeks")
    while not any("Amelie" in one for one in daniel.button_labels()):
        await daniel.taps("Later")
        await daniel.sees("Your next two weeks")
    await daniel.taps("Amelie")
    await daniel.sees("State: confirmed")
    await daniel.taps("Cancel this session")
    await daniel.sees("gets all their money back")
    await daniel.taps("No, keep it")
    await daniel.sees("State: confirmed")
    await daniel.taps("Cancel this session")
    await daniel.taps("Yes, cancel it")
    await daniel.sees_popup("Cancelled")
    await mia.sees("had to cancel")
    assert "Amelie" not in await daniel.sees("Your next two weeks")


async def test_an_experts_request_is_declined_from_their_calendar(member: NewPerson, lin: Player):
    mia = await member("Mia", "en")
    await request_lin(mia)
    await lin.says("/menu")
    await lin.taps("My calendar as an expert")
    assert "waiting for your answer" in await lin.sees("Your next two weeks")
    await lin.taps("❔")
    await lin.sees("State: waiting for your answer")
    await lin.taps("Decline")
    await lin.sees("Decline this request?")
    await lin.taps("Yes, decline it")
    await mia.sees("You get all your money back")


async def test_an_expert_who_cannot_come_says_so(member: NewPerson, daniel: Player):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await daniel.sees("New session")
    await daniel.says("cancel my session")
    assert "Mia" in await daniel.sees("Your next two weeks")
