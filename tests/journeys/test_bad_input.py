"""Bad input gets one clear sentence and loses nothing, in both languages."""

from collections.abc import Awaitable
from typing import Any

import pytest

from hourwise.player import Player
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.crash_witness import OURS, Answer, Witness

LONG = "word " * 1000
BIDI = "\u202eمرحبا، أريد مستشارا مهنيا\u202c"
WORDS = {
    "en": {
        "menu": "what can I do for you", "field": "Career", "topic": "Change of job",
        "about": "in your own words", "urgency": "How urgent is it?", "urgent": "This week",
        "tried": "What have you tried", "budget": "How much may one session", "skip": "Skip",
        "amount": "80 dollars", "done": "Thank you, I understand", "agree": "I agree",
        "too long": "longer than I can read", "only text": "I can only read text",
        "place": "I don't know this place", "where": "Where are you?", "settings": "Settings",
        "old": "from an earlier screen", "gone": "This button is not there any more",
        "command": "I don't know this command", "wish": "I need a career coach", "length": " min · ",
        "free": "See free times", "later": "Later", "time": "times in Berlin",
        "held": "is held for you for 15 minutes", "what": "What is it about?",
    },
    "zh": {
        "menu": "我能帮您做什么", "field": "职业", "topic": "跳槽", "about": "请用您自己的话说说",
        "urgency": "有多着急", "urgent": "本周", "tried": "您已经尝试过什么", "budget": "一次咨询最多", "skip": "跳过",
        "amount": "80美元", "done": "谢谢，我明白了", "agree": "同意，开始",
        "too long": "太长了", "only text": "我只能读文字",
        "place": "我不认识这个地方", "where": "您在哪里", "settings": "设置",
        "old": "之前的页面", "gone": "这个按钮已经不在了",
        "command": "我不认识这个命令", "wish": "我想找职业咨询", "length": " 分钟 · ",
        "free": "查看空闲时间", "later": "后面", "time": "时间为",
        "held": "已为您保留", "what": "您想咨询哪方面",
    },
}  # fmt: skip

Say = dict[str, str]


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def say(language: str) -> Say:
    return WORDS[language]


@pytest.fixture
async def mia(demo: Demo, member: NewPerson, language: str) -> Witness:
    """A member who watches what they are answered."""
    return Witness(demo, await member("Mia", language))


async def _clear(witness: Witness, act: Awaitable[Any], words: str) -> Answer:
    """What they did is answered with these words, and is no failure of ours."""
    answer = await witness.answer(act)
    assert words in answer, f"{words!r} is not in {answer.texts}"
    assert not any(ours in answer for ours in OURS), answer.texts
    assert witness.stored("parked") == 0
    return answer


async def _to_about(mia: Witness, say: Say) -> Player:
    """The questionnaire's first open question."""
    player = mia.player
    await player.says("/find")
    await player.taps(say["field"])
    await player.taps(say["topic"])
    await player.sees(say["about"])
    return player


async def _to_budget(mia: Witness, say: Say) -> Player:
    """The question that asks for a number."""
    player = await _to_about(mia, say)
    for step in ("about", "urgency", "tried"):
        await player.sees(say[step])
        await player.taps(say["skip"])
    await player.sees(say["budget"])
    return player


async def test_a_text_that_is_too_long(mia: Witness, say: Say):
    await _clear(mia, mia.player.says(LONG), say["too long"])
    player = await _to_about(mia, say)
    # Telegram sends it in two parts; the second alone is no answer
    answer = await _clear(mia, player.says(LONG), say["too long"])
    assert say["urgency"] not in answer
    await player.says("I want another job")
    await player.sees(say["urgency"])


async def test_a_text_that_is_too_long_for_a_city_or_an_amount(mia: Witness, say: Say):
    await mia.player.says("/timezone")
    await mia.player.sees(say["where"])
    await _clear(mia, mia.player.says(LONG), say["place"])
    await mia.player.says("London")
    await mia.player.sees(say["menu"])
    player = await _to_budget(mia, say)
    await _clear(mia, player.says(LONG), say["budget"])
    await player.says(say["amount"])
    await player.sees(say["done"])


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "document", "contact", "location"])
async def test_what_is_no_text_where_words_are_asked(mia: Witness, say: Say, kind: str):
    player = mia.player
    await _clear(mia, player.sends(**{kind: True}), say["only text"])
    await _to_about(mia, say)
    await _clear(mia, player.sends(**{kind: True}), say["only text"])
    await player.says("I want another job")
    await player.sees(say["urgency"])
    await player.taps(say["urgent"])
    await player.taps(say["skip"])
    await player.sees(say["budget"])
    await _clear(mia, player.sends(**{kind: True}), say["only text"])
    await player.says(say["amount"])
    await player.sees(say["done"])
    await player.says("/timezone")
    await player.sees(say["where"])
    await _clear(mia, player.sends(**{kind: True}), say["only text"])


@pytest.mark.parametrize("name", ["🦄", "<b>x</b> & co", "\u202eعلي", "{ $name }", "a" * 64])
async def test_a_name_is_shown_as_it_is(
    demo: Demo, member: NewPerson, language: str, say: Say, name: str
):
    witness = Witness(demo, await member(name, language))
    answer = await _clear(witness, witness.player.says("/menu"), say["menu"])
    assert name in answer
    assert witness.rows("SELECT count(*) FROM persons WHERE telegram_id = ?", witness.player.id)


@pytest.mark.parametrize(
    "text", [BIDI, "<b>x</b> & <script>", "{ $name } %s \\n", "🦄🦄🦄", "</a>"]
)
async def test_any_text_is_an_answer_to_an_open_question(mia: Witness, say: Say, text: str):
    player = await _to_about(mia, say)
    await _clear(mia, player.says(text), say["urgency"])


@pytest.mark.parametrize("place", ["Xyzzyville", "Mars/Phobos", "25:99", "🦄", "<b>Nowhere</b>"])
async def test_a_place_that_does_not_exist(mia: Witness, say: Say, place: str):
    await mia.player.says("/timezone")
    await mia.player.sees(say["where"])
    await _clear(mia, mia.player.says(place), say["place"])
    await mia.player.says("London")
    await mia.player.sees(say["menu"])
    zone = "SELECT time_zone FROM persons WHERE telegram_id = ?"
    assert mia.rows(zone, mia.player.id) == [("Europe/London",)]


@pytest.mark.parametrize("amount", ["🦄", "a lot", "-5", BIDI, "9" * 400])
async def test_an_amount_that_is_none(mia: Witness, say: Say, amount: str):
    player = await _to_budget(mia, say)
    answer = await mia.answer(player.says(amount))
    assert answer.texts
    assert not any(ours in answer for ours in OURS), answer.texts
    assert mia.stored("parked") == 0
    await player.says("/menu")
    await player.sees(say["menu"])


async def _newest_button(witness: Witness) -> tuple[int, str, str]:
    return (await witness.buttons(1))[0]


_FORGED = (
    "garbage", "\x00", "🦄" * 16, "x" * 64, ":", "\x1d", "session:", "session:cancel:none",
    "session:approve:none", "survey:none", "note:none", "times:unknown", "faq:right",
    "consent:agree:xx:<b>", "menu:open",
)  # fmt: skip


async def test_forged_buttons(mia: Witness, say: Say):
    for data in _FORGED:
        message_id, _, _ = await _newest_button(mia)
        await _clear(mia, mia.taps(message_id, data), say["gone"])
    await mia.player.taps(say["settings"])


@pytest.mark.parametrize("data", ["consent:agree", "consent:language", "consent:read:", "garbage"])
async def test_a_forged_button_of_a_stranger(
    demo: Demo, newcomer: NewPerson, language: str, say: Say, data: str
):
    witness = Witness(demo, await newcomer("Mia", language))
    await witness.answer(witness.player.says("/start"))
    message_id, _, _ = await _newest_button(witness)
    await _clear(witness, witness.taps(message_id, data), say["gone"])
    await witness.player.taps(say["agree"])
    await witness.player.sees(say["where"])


async def test_buttons_with_another_persons_session(
    demo: Demo, member: NewPerson, mia: Witness, say: Say
):
    owner = await member("Ann", "en")
    await owner.says("I need a career coach")
    for label in ("2.", "See free times", " min · ", "⚡"):
        await owner.taps(label)
    await owner.sees("is held for you")
    session = _sessions_of(mia, owner)
    message_id, _, _ = await _newest_button(mia)
    for action in ("session:cancel", "session:open", "session:move", "session:refuse-yes",
                   "session:approve", "session:decline", "survey", "note"):  # fmt: skip
        data = f"{action}:{session[0][0]}"
        answer = await _clear(mia, mia.taps(message_id, data), say["gone"])
        assert "Ann" not in answer
    assert _sessions_of(mia, owner) == session


def _sessions_of(witness: Witness, owner: Player) -> list[tuple[str, str]]:
    return witness.rows(
        "SELECT sessions.id, sessions.state FROM sessions JOIN persons "
        "ON persons.id = sessions.client_id WHERE persons.telegram_id = ?",
        owner.id,
    )


async def test_a_windows_own_buttons_with_forged_choices(mia: Witness, say: Say):
    player = mia.player
    await player.says(say["wish"])
    for label in ("1.", say["free"], say["length"]):
        await player.taps(label)
    for message_id, _, data in await mia.buttons(1):
        place, colon, _ = data.rpartition(":")
        if colon:
            for item in ("", "garbage", "9" * 20):
                await _clear(mia, mia.taps(message_id, f"{place}:{item}"), say["gone"])
    await player.taps("⚡")
    await player.sees(say["held"])


async def test_a_button_of_an_old_window_opens_the_menu(mia: Witness, say: Say):
    await mia.answer(mia.player.says("/find"))
    old = await mia.buttons(1)
    await mia.answer(mia.player.says("/settings"))
    await mia.answer(mia.player.says("/menu"))
    for message_id, _, data in old[:1]:
        answer = await _clear(mia, mia.taps(message_id, data), say["old"])
        assert say["menu"] in answer
    await mia.player.taps(say["settings"])


async def _tap_five_times(mia: Witness, button: tuple[int, str, str]) -> None:
    message_id, _, data = button
    for _ in range(5):
        await mia.taps(message_id, data)


async def test_five_quick_taps_on_a_time_hold_it_once(mia: Witness, say: Say):
    player = mia.player
    await player.says(say["wish"])
    for label in ("1.", say["free"], say["length"], say["later"], "("):
        await player.taps(label)
    await player.sees(say["time"])
    time = next(one for one in await mia.buttons(1) if ":" in one[1])
    await _clear(mia, _tap_five_times(mia, time), say["held"])
    assert [state for _, state in _sessions_of(mia, player)] == ["held"]


async def test_quick_taps_on_a_switch_are_all_counted_in_their_order(mia: Witness, say: Say):
    wanted = "SELECT marketing FROM persons WHERE telegram_id = ?"
    await mia.answer(mia.player.says("/settings"))
    switch = next(one for one in await mia.buttons(1) if "🔔" in one[1] or "🔕" in one[1])
    before = mia.rows(wanted, mia.player.id)
    await mia.answer(_tap_five_times(mia, switch))
    assert mia.rows(wanted, mia.player.id) != before


async def test_five_quick_taps_on_a_menu_entry_open_it_once(mia: Witness, say: Say):
    find = await _newest_button(mia)
    await _clear(mia, _tap_five_times(mia, find), say["what"])
    await mia.player.taps(say["field"])
    await mia.player.taps(say["topic"])


async def test_five_quick_taps_on_agree_join_once(
    demo: Demo, newcomer: NewPerson, language: str, say: Say
):
    witness = Witness(demo, await newcomer("Mia", language))
    await witness.answer(witness.player.says("/start"))
    agree = await _newest_button(witness)
    answer = await _clear(witness, _tap_five_times(witness, agree), say["where"])
    assert sum(say["where"] in text for text in answer.texts) == 1
    assert witness.rows(
        "SELECT count(*) FROM persons WHERE telegram_id = ?", witness.player.id
    ) == [(1,)]
    joined = (
        "SELECT count(*) FROM activity JOIN persons ON persons.id = person_id "
        "WHERE verb = 'joined' AND telegram_id = ?"
    )
    assert witness.rows(joined, witness.player.id) == [(1,)]


async def test_five_quick_messages_are_answered_in_their_order(mia: Witness, say: Say):
    async def five() -> None:
        for text in ("/privacy", "/terms", "/help", "/nothing", "/paysupport"):
            await mia.player.says(text)

    answer = await _clear(mia, five(), say["command"])
    assert len(answer.texts) >= 5
    assert say["command"] in answer.texts[3]
