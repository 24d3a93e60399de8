"""An admin writes, tries, schedules, pauses and follows a broadcast in the chat."""

import aiohttp
import pytest

from hourwise.player import Player
from tests.journeys.conftest import Demo, NewPerson


async def _write(admin: Player, english: str, chinese: str) -> None:
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.sees("To whom?")
    await admin.taps("Everyone")
    await admin.sees("Write the English text")
    await admin.says(english)
    await admin.sees("Write the Chinese text")
    await admin.says(chinese)
    await admin.sees("Preview")


async def test_a_test_comes_to_the_admin_alone(member: NewPerson, admin: Player):
    mia = await member("Mia", "en")
    await _write(admin, "Try this out", "先试一下")
    await admin.taps("Show it to me")
    await admin.sees("Try this out")
    await mia.never_sees("Try this out")


async def test_a_text_that_is_skipped_after_it_was_written_is_left_out(admin: Player):
    await _write(admin, "Hello to all", "大家好")
    await admin.taps("Back")
    await admin.sees("Write the Chinese text")
    await admin.taps("Skip")
    preview = await admin.sees("Preview")
    assert "Hello to all" in preview
    assert "大家好" not in preview


async def test_at_a_time_it_can_be_paused_resumed_and_stopped(
    member: NewPerson, admin: Player, demo: Demo, http: aiohttp.ClientSession
):
    mia = await member("Mia", "en")
    await _write(admin, "Spring has come", "春天来了")
    await admin.taps("At a time")
    await admin.sees("Write it like")
    await admin.says("soon")
    await admin.sees("cannot read this time")
    await admin.says("2020-01-01 10:00")
    await admin.sees("This time has passed")
    await admin.says("2031-01-01 10:00")
    await admin.sees("Planned")
    await admin.taps("Pause")
    await admin.sees("Paused")
    await admin.taps("Go on")
    await admin.sees("Planned")
    await admin.taps("Stop")
    await admin.sees("Stop this broadcast?")
    await admin.taps("Yes, stop it")
    await admin.sees("Stopped")
    await mia.never_sees("Spring has come")


@pytest.mark.parametrize(
    ("language", "both", "first", "told"),
    [("en", "Spring:", "Spring: rest", "what can I do"),
     ("zh", "春天：", "春天：休息", "我能帮您做什么")],
)  # fmt: skip
async def test_of_two_texts_everybody_gets_one_and_each_has_its_results(
    member: NewPerson, admin: Player, language: str, both: str, first: str, told: str
):
    mia = await member("Mia", language)
    await _write(admin, "Spring: rest", "春天：休息")
    await admin.taps("A second text")
    await admin.sees("Write the second English text")
    await admin.says("Spring: change")
    await admin.sees("Write the second Chinese text")
    await admin.says("春天：改变")
    await admin.sees("How many get the second text?")
    await admin.taps("30 %")
    preview = await admin.sees("Second text, for 30 %")
    assert all(one in preview for one in ("Spring: rest", "Spring: change", "春天：改变"))
    await admin.taps("Only the first text")
    await admin.sees("Preview")
    await admin.taps("A second text")
    await admin.says("Spring: change")
    await admin.says("春天：改变")
    await admin.taps("50 %")
    await admin.sees("Second text, for 50 %")
    await admin.taps("Buttons")
    await admin.says(f"Book now / 立即预约 | two{language}")
    await admin.sees("Second text, for 50 %")
    await admin.taps("Show it to me")
    await admin.sees("Spring: change")
    await admin.taps("Send now")
    got = await mia.sees(both)
    mia.acted()
    await mia.says(f"/start two{language}")
    await mia.sees(told)
    await admin.sees("The broadcast is out")
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.taps("Latest broadcasts")
    await admin.taps("Spring: rest")
    mark = "🅰️" if first in got else "🅱️"
    (line,) = [one for one in (await admin.sees("Done")).splitlines() if one.startswith(mark)]
    assert "followed: 1" in line


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_photo_or_a_file_reaches_its_readers_with_the_caption(
    member: NewPerson, admin: Player, kind: str
):
    wei = await member("Wei", "zh")
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.sees("To whom?")
    await admin.taps("Everyone")
    await admin.sees("Write the English text")
    await admin.sends(**{kind: True, "caption": f"Our new room, a {kind}"})
    await admin.sees("Write the Chinese text")
    await admin.says(f"新房间 {kind}")
    await admin.sees("Preview")
    await admin.taps("Send now")
    assert "新房间" in await wei.sees(f"新房间 {kind}")
    (got,) = [one for one in wei.chat.shown() if f"新房间 {kind}" in str(one.get("caption"))]
    assert got[kind]
    await admin.sees("The broadcast is out")


@pytest.mark.parametrize(
    ("language", "text", "stop", "stopped"),
    [("en", "Book your spring talk", "No more news", "no news"),
     ("zh", "预约春季咨询", "不再接收推广", "不会再")],
)  # fmt: skip
async def test_under_each_broadcast_is_a_link_and_a_way_to_stop(
    member: NewPerson, admin: Player, language: str, text: str, stop: str, stopped: str
):
    mia = await member("Mia", language)
    await _write(admin, "Book your spring talk", "预约春季咨询")
    await admin.taps("Buttons")
    await admin.sees("Up to three buttons")
    await admin.says("Book now")
    await admin.sees("is no button")
    await admin.says("Book now / 立即预约 | spring")
    await admin.sees("Preview")
    await admin.taps("Send now")
    await mia.sees(text)
    mia.acted()
    await mia.says("/start spring")
    await mia.sees("what can I do" if language == "en" else "我能帮您做什么")
    await admin.sees("The broadcast is out")
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.taps("Latest broadcasts")
    await admin.taps("Book your spring talk")
    assert "Followed the link: 1" in await admin.sees("Done")
    await mia.taps(stop)
    await mia.sees(stopped)
