"""Whatever people tap and write at random, the bot answers, and nothing of it is a failure.

`make test` lets two people a language do 80 things each, `make test-long` six do 150.
"""

import asyncio
import random
from collections.abc import Sequence

import pytest

from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.crash_witness import OURS, Witness

_COMMANDS = (
    "/start", "/menu", "/find", "/sessions", "/settings", "/language", "/timezone", "/human",
    "/mydata", "/privacy", "/terms", "/paysupport", "/help", "/cancel", "/stop", "/admin",
    "/nothing_such", "/start summer24",
)  # fmt: skip
_ODDITIES = (
    "7", "0", "-1", "80", "80 dollars", "10000000000000000000000", "1/0", "14:30", "25:99",
    "🙂", "👩‍👩‍👧‍👦🇨🇳", "?", "…", "<b>bold</b> & <i>", "</b>", "{ $name }", "%s {0}", "\\n", "' OR 1=1 --",
    "مرحبا بالعالم", "‮backwards", "asdf qwer zxcv", "Berlin", "Atlantis", "Paris, Texas", "上海",
    "x" * 300, "a\n\n\nb", "@hourwise", "https://example.org/?a=1&b=<2>",
)  # fmt: skip
_SAYINGS = {
    "en": (
        "How long is a time held for me while I pay?", "can I cancel later?", "I need a career coach",
        "I need a career coach next Tuesday evening under 80 dollars", "my sessions", "cancel my session",
        "reschedule", "refund", "talk to a human", "stop messages", "hello", "thank you", "yes", "no",
        "what do you cost", "who are you", "How do I learn to fly a submarine?", "80 euros", "London",
        "my time zone is wrong", "switch to chinese", "delete my data", "leave a review",
        "I want to become an expert", "a therapist in the evening",
    ),
    "zh": (
        "付款时会为我保留多久？", "之后可以取消吗？", "我想找职业咨询", "下周二晚上想找个职业咨询，200元以内",
        "我的预约", "取消预约", "改时间", "退款", "人工", "不要再发消息", "你好", "谢谢", "是", "不是",
        "多少钱", "你是谁", "怎么学开潜水艇？", "300元", "北京", "我的时区不对", "换成英文", "删除我的数据",
        "我要评价", "我想成为专家", "晚上的心理咨询师",
    ),
}  # fmt: skip


async def _live(
    witness: Witness, chance: random.Random, sayings: Sequence[str], steps: int
) -> None:
    """One person's life: each thing they do is answered."""
    told: list[str] = []

    async def do(what: str, act: object) -> None:
        told.append(what)
        answer = await witness.answer(act)  # type: ignore[arg-type]
        told.extend(f"    → {text!r}" for text in answer.texts)
        story = "\n".join(told[-60:])
        assert answer.texts, f"the bot is silent:\n{story}"
        assert not any(words in answer for words in OURS), story
        assert witness.stored("parked") == 0, story

    await do("/start", witness.player.says("/start"))
    for _ in range(steps):
        buttons = await witness.buttons()
        if buttons and chance.random() < 0.65:
            message_id, label, data = chance.choice(buttons)
            await do(f"[{label}]", witness.taps(message_id, data))
        else:
            text = chance.choice(chance.choice((_COMMANDS, _ODDITIES, sayings, sayings)))
            await do(text[:60], witness.player.says(text))


async def _lives(
    demo: Demo, newcomer: NewPerson, *, people: int, steps: int, first_seed: int
) -> None:
    lives = []
    for number in range(people):
        for language, sayings in _SAYINGS.items():
            player = await newcomer("Mia", language)
            chance = random.Random(f"{language} {first_seed + number}")
            lives.append(_live(Witness(demo, player), chance, sayings, steps))
    await asyncio.gather(*lives)
    assert "Traceback" not in demo.log(), demo.log()[-5000:]


async def test_random_taps_and_words_are_always_answered(demo: Demo, newcomer: NewPerson):
    await _lives(demo, newcomer, people=2, steps=80, first_seed=0)


@pytest.mark.long
@pytest.mark.parametrize("first_seed", [100, 200, 300])
async def test_many_random_taps_and_words_are_always_answered(
    demo: Demo, newcomer: NewPerson, first_seed: int
):
    await _lives(demo, newcomer, people=2, steps=150, first_seed=first_seed)
