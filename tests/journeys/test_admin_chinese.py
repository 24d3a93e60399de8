"""An admin who reads Chinese: broadcasts, surveys and sequences."""

from collections.abc import AsyncIterator

import pytest

from hourwise.player import Player


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
