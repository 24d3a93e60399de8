"""Step 6: the admins' pages in the chat, and the way into the browser."""

import re
from time import monotonic

import aiohttp
import pytest

from hourwise.player import Player
from tests.journeys.conftest import Demo, NewPerson


async def test_nobody_else_learns_of_the_admin_pages(member: NewPerson):
    mia = await member("Mia", "en")
    await mia.says("/admin")
    await mia.sees("I don't know this command")


async def test_a_broadcast_reaches_everyone_in_their_language(member: NewPerson, admin: Player):
    mia, wei = await member("Mia", "en"), await member("Wei", "zh")
    quiet = await member("Quiet", "en")
    await quiet.says("/stop")
    await quiet.sees("no news")
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Broadcast")
    await admin.sees("To whom?")
    await admin.taps("Everyone")
    await admin.sees("Write the English text")
    await admin.says("News of the week")
    await admin.sees("Write the Chinese text")
    await admin.says("本周新闻")
    assert "News of the week" in await admin.sees("Preview")
    await admin.taps("Send now")
    await mia.sees("News of the week")
    await wei.sees("本周新闻")
    await admin.sees("The broadcast is out")
    await quiet.never_sees("News of the week")


async def test_a_broadcast_to_one_language_reaches_nobody_else(member: NewPerson, admin: Player):
    mia, wei = await member("Mia", "en"), await member("Wei", "zh")
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.sees("To whom?")
    await admin.taps("Chinese (")
    await admin.sees("Write the English text")
    await admin.taps("Skip")
    await admin.sees("Write the Chinese text")
    await admin.says("只给中文用户")
    await admin.sees("Preview")
    await admin.taps("Send now")
    await wei.sees("只给中文用户")
    await admin.sees("The broadcast is out")
    await mia.never_sees("只给中文用户")


@pytest.mark.parametrize(
    ("language", "wish", "told", "from_team", "button", "ask", "answer"),
    [("en", "I want to talk to a human", "will write to you here", "Our team writes to you",
      "Answer", "Write to our team", "Thursday is fine"),
     ("zh", "我要找人工客服", "会在这里回复您", "我们的团队给您留言", "回复", "写给我们的团队", "周四可以")],
)  # fmt: skip
async def test_who_wants_a_human_is_answered_here_and_answers(
    member: NewPerson, admin: Player, language: str, wish: str, told: str, from_team: str,
    button: str, ask: str, answer: str,
):  # fmt: skip
    mia = await member(f"Amelie{language}", language)
    await mia.says(wish)
    await mia.sees(told)
    await admin.sees(f"Amelie{language}")
    await admin.taps("Write to them")
    await admin.sees(f"Write to Amelie{language}")
    await admin.says("Shall we call you on Thursday?")
    await admin.sees("It is on its way")
    assert "Shall we call you" in await mia.sees(from_team)
    await mia.taps(button)
    await mia.sees(ask)
    await mia.says(answer)
    await mia.sees(told)
    assert f"Amelie{language}" in await admin.sees(answer)


async def test_an_entry_edited_in_the_chat_answers_anew(member: NewPerson, admin: Player):
    await admin.says("/admin")
    await admin.taps("FAQ")
    await admin.taps("Add an entry")
    await admin.sees("Write the question")
    await admin.says("May I bring my dog to the consultation?")
    await admin.sees("Now write the answer")
    await admin.says("Dogs are welcome in video sessions.")
    await admin.sees("Dogs are welcome")
    await admin.taps("Edit")
    await admin.sees("Write the question")
    await admin.taps("Keep")
    await admin.sees("Now write the answer")
    await admin.says("Dogs, cats and parrots are welcome.")
    await admin.sees("cats and parrots")
    mia = await member("Mia", "en")
    await mia.says("may I bring my dog to the consultation")
    await mia.sees("cats and parrots")
    await admin.taps("Remove")
    await admin.sees("Remove this entry?")
    await admin.taps("Yes, remove it")
    await admin.sees("in your language")


async def test_the_entries_are_searched_by_their_words(admin: Player):
    await admin.says("/admin")
    await admin.taps("FAQ")
    await admin.sees("in your language")
    await admin.taps("Search")
    await admin.sees("Write one or more words")
    await admin.says("walrus opera")
    await admin.sees("No entry in your language has these words: walrus opera")
    await admin.taps("Search")
    await admin.sees("Write one or more words")
    await admin.says("TIME held")
    await admin.sees("with these words: TIME held")
    assert "Later" not in admin.screen(1)
    await admin.taps("How long is a time held")
    await admin.sees("minutes")
    await admin.taps("Back")
    await admin.sees("with these words: TIME held")
    await admin.taps("Show all")
    await admin.sees("FAQ in your language (")


async def test_what_was_not_answered_gets_one_answer_for_all_wordings(
    member: NewPerson, admin: Player
):
    mia = await member("Mia", "en")
    asked = "Which lipstick colour suits a walrus best?"
    for wording in (asked, asked, asked, asked, "which colour of lipstick would suit a walrus?"):
        await mia.says(wording)
        await mia.sees("did not understand")
    await admin.says("/admin")
    await admin.taps("FAQ")
    await admin.taps("could not answer")
    await admin.sees("that I could not answer")
    await admin.taps("5× Which lipstick")
    await admin.sees("would suit a walrus")
    await admin.taps("Write the answer")
    await admin.sees("all these wordings")
    await admin.says("Coral red, says our stylist.")
    await admin.sees("this is answered")
    await mia.says("which lipstick colour suits a walrus")
    await mia.sees("Coral red")


async def test_more_unanswered_questions_than_one_page_holds(member: NewPerson, admin: Player):
    mia = await member("Mia", "en")
    for odd in (
        "do walruses file taxes in spring", "my lawnmower sings opera at night",
        "purple volcano teapot recipe", "zebra parking on the moon",
        "the accordion ate seven clouds", "quantum pancakes for hamsters",
        "knitting patterns of submarines", "granite violin weather of owls",
        "umbrella thieves in a jazz band", "glacier trombone feathers of ants",
    ):  # fmt: skip
        await mia.says(odd)
        await mia.sees("did not understand")
    await admin.says("/admin")
    await admin.taps("FAQ")
    await admin.taps("could not answer")
    await admin.sees("that I could not answer")
    await admin.taps("Later")
    await admin.taps("1× ")
    await admin.sees("Asked once")


async def test_an_added_entry_answers_the_next_question(member: NewPerson, admin: Player):
    await admin.says("/admin")
    await admin.taps("FAQ")
    await admin.sees("in your language")
    await admin.taps("Add an entry")
    await admin.sees("Write the question")
    await admin.says("Do you have a parking garage for visitors?")
    await admin.sees("Now write the answer")
    await admin.says("We meet online, so you need no parking space.")
    await admin.sees("We meet online")
    mia = await member("Mia", "en")
    await mia.says("do you have a parking garage for visitors")
    await mia.sees("no parking space")
    await admin.taps("Remove")
    await admin.sees("Remove this entry?")
    await admin.taps("Yes, remove it")
    await admin.sees("in your language")


async def test_today_lists_sessions_or_says_that_there_are_none(admin: Player):
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Today's sessions")
    await admin.sees("oday")


async def _send(
    browser: aiohttp.ClientSession, page: str, form: dict[str, str], origin: dict[str, str]
) -> None:
    async with browser.post(page, data=form, headers=origin) as answer:
        assert answer.status == 200, await answer.text()


async def _make_expert(
    browser: aiohttp.ClientSession, pages: str, token: str, telegram_id: int
) -> None:
    """Sign in and enter an expert with a free offer that they confirm."""
    origin = {"Origin": pages.removesuffix("/admin")}
    await _send(browser, f"{pages}/enter", {"token": token}, origin)
    expert = {
        "name": "Zora Quillfeather", "telegram_id": str(telegram_id), "bio": "en: A coach",
        "languages": "en", "topics": "", "time_zone": "Europe/Berlin", "delivery": "video",
        "verified": "y", "taking_clients": "y",
    }  # fmt: skip
    await _send(browser, f"{pages}/expert-row/create", expert, origin)
    async with browser.get(f"{pages}/expert-row/list?search=Quillfeather") as found:
        row = re.search(r"expert-row/details/([\w-]+)", await found.text())
    assert row is not None
    offer = {
        "expert_id": row[1], "title": "en: First talk", "minutes": "30", "price_minor": "0",
        "price_currency": "USD", "rail": "free", "buffer_before": "0", "buffer_after": "0",
        "notice_minutes": "60", "step_minutes": "30", "window_days": "30", "reminders": "60",
        "active": "y", "delivery": "video", "needs_confirmation": "y",
    }  # fmt: skip
    await _send(browser, f"{pages}/offer-row/create", offer, origin)


async def _asks_until_found(client: Player, name: str) -> None:
    """A new expert is found by name within seconds."""
    deadline = monotonic() + 30
    while monotonic() < deadline:
        await client.says(name)
        await client.sees("")
        if any("See free times" in one for one in client.button_labels()):
            return
    raise AssertionError(client.screen())


async def test_a_member_who_is_made_an_expert_in_the_browser_hears_of_requests(
    member: NewPerson, admin: Player, demo: Demo
):
    zora, mia = await member("Zora", "en"), await member("Mia", "en")
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Sign in to the browser")
    link = re.search(r"token=([\w-]+)", await admin.sees("token="))
    assert link is not None
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        await _make_expert(browser, f"{demo.url}/admin", link[1], zora.id)
    await zora.says("/menu")
    await zora.taps("My calendar as an expert")
    await zora.taps("My hours")
    await zora.sees("Your hours")
    await zora.says("Mon–Sun 8–22")
    await zora.taps("Yes, that is right")
    await zora.sees("08:00–22:00")
    await _asks_until_found(mia, "Zora Quillfeather")
    await mia.taps("See free times")
    await mia.taps("First talk")
    await mia.taps("⚡")
    assert "money" not in await mia.sees("is on its way")
    request = await zora.sees("Request")
    assert "Mia · 30 min · free" in request
    assert "paid" not in request
    await zora.taps("Decline")
    assert "money" not in await zora.sees("Decline this request?")


async def test_the_link_signs_in_to_the_browser_once(
    admin: Player, demo: Demo, http: aiohttp.ClientSession
):
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Sign in to the browser")
    link = re.search(r"token=([\w-]+)", await admin.sees("token="))
    assert link is not None
    form, origin = {"token": link[1]}, {"Origin": demo.url}
    async with http.get(f"{demo.url}/admin/") as closed:
        assert (
            "login" in str(closed.url)
            or closed.status in {401, 403}
            or "token" in await closed.text()
        )
    async with http.post(f"{demo.url}/admin/enter", data=form, headers=origin) as entered:
        assert entered.status == 200
        assert "Hourwise" in await entered.text()
    async with (
        aiohttp.ClientSession() as other,
        other.post(f"{demo.url}/admin/enter", data=form, headers=origin) as again,
    ):
        assert again.status == 403
