"""An admin writes a survey, a client answers it, the admin reads the answers and stops it."""

from hourwise.player import Player
from tests.journeys.conftest import NewPerson


async def test_a_survey_is_asked_answered_tabulated_and_stopped(member: NewPerson, admin: Player):
    wei, mei = await member("Wei", "zh"), await member("Mei", "zh")
    await admin.says("/admin")
    await admin.taps("Surveys")
    await admin.sees("survey")
    await admin.taps("Write a survey")
    await admin.sees("Write the questions")
    await admin.says("How satisfied are you?")
    await admin.sees("is no question")
    await admin.says(
        "scale | How satisfied are you? / 您有多满意？\n"
        "choice | When suits you? / 什么时候方便？ | Morning / 上午 | Evening / 晚上\n"
        "text | What is missing? / 还缺什么？"
    )
    await admin.sees("Who is asked?")
    await admin.taps("Chinese (")
    await admin.sees("How often?")
    await admin.taps("Every week")
    await admin.sees("Every week")
    await wei.sees("可以问您几个问题吗")
    await wei.taps("回答")
    await wei.sees("您有多满意")
    await wei.taps("9")
    await wei.sees("什么时候方便")
    await wei.taps("晚上")
    await wei.sees("还缺什么")
    await wei.says("周末的时间")
    await wei.sees("谢谢您的回答")
    await mei.sees("可以问您几个问题吗")
    await mei.taps("回答")
    await mei.sees("您有多满意")
    await mei.taps("9")
    await mei.sees("什么时候方便")
    await mei.taps("上午")
    await mei.sees("还缺什么")
    await admin.taps("Refresh")
    page = await admin.sees("Mean 9.0 of 10")
    assert "Evening: 1" in page
    assert "“周末的时间”" in page
    await admin.taps("Stop it")
    await admin.sees("Stop this survey?")
    await admin.taps("Yes, stop it")
    await admin.sees("Stopped")
    # what mei has open is over, which is no error of ours
    await mei.says("更多的时间")
    await mei.sees("这份问卷已经结束")
    await mei.sees("我能帮您做什么")
    await mei.never_sees("我们这边出了点问题")


async def test_a_broadcast_is_repeated_and_stopped(member: NewPerson, admin: Player):
    mia = await member("Mia", "en")
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.sees("To whom?")
    await admin.taps("Everyone")
    await admin.says("Weekly news")
    await admin.sees("Write the Chinese text")
    await admin.taps("Skip")
    await admin.sees("Preview")
    await admin.taps("Repeat")
    await admin.sees("How often?")
    await admin.taps("Every week")
    await admin.sees("What is repeated")
    await mia.sees("Weekly news")
    await admin.taps("Weekly news")
    await admin.sees("went out once so far")
    await admin.taps("Repeat it no more")
    await admin.sees("Repeat “Weekly news” no more?")
    await admin.taps("Yes, stop it")
    await admin.sees("not repeated any more")
