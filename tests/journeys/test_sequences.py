"""An admin starts a sequence, somebody joins, and hears from it the day after."""

import aiohttp

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson


async def test_a_sequence_after_joining(
    member: NewPerson, admin: Player, demo: Demo, http: aiohttp.ClientSession
):
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.sees("To whom?")
    await admin.taps("Sequences")
    await admin.taps("New sequence")
    await admin.sees("After what?")
    await admin.taps("After joining")
    await admin.sees("How long after it?")
    await admin.taps("One day")
    await admin.sees("English")
    await admin.says("How do you like it here?")
    await admin.sees("Chinese")
    await admin.says("您喜欢这里吗？")
    await admin.sees("One day: “How do you like it here?”")
    await admin.taps("Start")
    await admin.sees("Sent: 0")
    wei = await member("Wei", "zh")
    wei.acted()
    for _ in range(6):
        await advance(http, demo.url, {"advance": "PT8H"})
    await wei.sees("您喜欢这里吗？")
    await admin.taps("Stop it")
    await admin.sees("Stop this sequence?")
    await admin.taps("Yes, stop it")
    await admin.sees("This sequence is stopped")
