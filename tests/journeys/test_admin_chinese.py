"""An admin who reads Chinese: broadcasts, surveys and sequences."""

from collections.abc import AsyncIterator

import pytest

from hourwise.player import Player
from tests.journeys.conftest import NewPerson


@pytest.fixture
async def guan(admin: Player) -> AsyncIterator[Player]:
    """The admin, in Chinese for the time of a test."""
    await _speaks(admin, "中文")
    yield admin
    await _speaks(admin, "English")


async def _speaks(admin: Player, language: str) -> None:
    await admin.says("/language")
    await admin.taps(language)
    await admin.sees("")


async def _start_sequence(guan: Player, text: str) -> None:
    await guan.taps("新的系列消息")
    await guan.sees("在什么之后")
    await guan.taps("加入之后")
    await guan.sees("之后多久")
    await guan.taps("30 天")
    await guan.sees("请写英文内容")
    await guan.says(text)
    await guan.sees("请写中文内容")
    await guan.taps("跳过")
    await guan.sees(f"30 天后：“{text}”")
    await guan.taps("开始")
    await guan.sees(f"30 天后：“{text}”")
    await guan.taps("返回")


async def test_two_sequences_after_the_same_are_told_apart_and_stopping_asks(guan: Player):
    await guan.says("/admin")
    await guan.taps("群发消息")
    await guan.sees("发给谁")
    await guan.taps("系列消息")
    await _start_sequence(guan, "Tea & cake")
    await _start_sequence(guan, "A walk")
    await guan.taps("加入之后 · Tea & cake")
    await guan.sees("“Tea & cake”")
    await guan.taps("停止")
    await guan.sees("停止这个系列吗")
    await guan.taps("返回")
    await guan.sees("“Tea & cake”")
    await guan.taps("停止")
    await guan.taps("是，停止")
    await guan.sees("这个系列已停止")
    await guan.taps("返回")
    await guan.sees("系列消息")
    labels = "\n".join(guan.button_labels())
    assert "Tea & cake" not in labels
    assert "加入之后 · A walk" in labels


async def _write_broadcast(guan: Player, english: str, chinese: str) -> None:
    await guan.says("/admin")
    await guan.taps("群发消息")
    await guan.sees("发给谁")
    await guan.taps("所有人")
    await guan.sees("请写英文内容")
    await guan.says(english)
    await guan.sees("请写中文内容")
    await guan.says(chinese)
    await guan.sees("预览")


async def test_a_planned_broadcast_says_when_and_is_found_again(guan: Player):
    await _write_broadcast(guan, "<Spring> & more", "春天 <来> 了")
    await guan.taps("指定时间")
    await guan.sees("什么时候发")
    await guan.says("2031-01-01 10：30")
    assert "1月1日" in await guan.sees("已安排")
    await guan.taps("返回")
    await guan.sees("最近的群发消息")
    await guan.taps("春天 <来> 了")
    assert "10:30" in await guan.sees("已安排")
    await guan.taps("停止")
    await guan.sees("停止这次群发吗")
    await guan.taps("返回")
    await guan.sees("已安排")
    await guan.taps("停止")
    await guan.taps("是，停止")
    await guan.sees("已停止")


async def test_a_broadcast_at_everyones_ten_says_that_it_waits_for_it(guan: Player):
    await guan.says("/admin")
    await guan.taps("群发消息")
    await guan.sees("发给谁")
    await guan.taps("所有人")
    assert "跳过" in await guan.sees("请写英文内容")
    await guan.taps("跳过")
    await guan.sees("请写中文内容")
    await guan.says("早上好")
    await guan.sees("预览")
    await guan.taps("各自当地 10:00")
    assert "各自当地 10:00" in await guan.sees("收件人")
    await guan.taps("停止")
    await guan.taps("是，停止")
    await guan.sees("已停止")


async def test_the_preview_says_which_buttons_are_under_it(guan: Player):
    await _write_broadcast(guan, "Spring", "春天")
    await guan.taps("按钮")
    await guan.sees("最多三个按钮")
    await guan.says("Book now / 立即预约 ｜ spring")
    assert "立即预约" in await guan.sees("预览")


async def test_a_survey_is_written_in_chinese_words(member: NewPerson, guan: Player):
    wei = await member("Wei", "zh")
    await guan.says("/admin")
    await guan.taps("问卷")
    await guan.taps("写一份问卷")
    assert "打分" in await guan.sees("请写问题")
    await guan.says("打分｜您有多满意？\n选择｜什么时候方便？｜上午｜晚上\n文字｜还缺什么？")
    await guan.sees("问谁")
    await guan.taps("中文")
    await guan.sees("多久一次")
    await guan.taps("一次")
    await wei.sees("可以问您几个问题吗")
    await guan.taps("停止")
    await guan.sees("停止这份问卷吗")
    await guan.taps("返回")
    await guan.sees("问卷")
    await guan.taps("停止")
    await guan.taps("是，停止")
    await guan.sees("已停止")
