"""Surveys of the operator, and broadcasts that go out again and again."""

from datetime import timedelta

import pytest

from kernel.errors import DomainError
from people import service as people
from people.polls import PollAnswer, PollOver, UnknownPoll, WrongQuestion, read_questions, tally
from people.repository import polls as answers
from scheduler import broadcasts
from scheduler.broadcasts import Broadcast, BroadcastState
from storage.engine import Database
from storage.outbox import Message
from tests.workflows.builders import World
from workflows.broadcast import Draft, SendBroadcast
from workflows.polls import Polls
from workflows.repeat_broadcasts import RepeatBroadcast, StartRounds

WEEK = timedelta(days=7)
WRITTEN = """
scale | How satisfied are you? / 您有多满意？
choice | When? | Morning / 上午 | Evening / 晚上
text | What is missing?
"""
SCALE, CHOICE, TEXT = range(3)


@pytest.fixture
async def world(database: Database) -> World:
    return World(database)


async def _rounds(world: World) -> list[Broadcast]:
    await StartRounds(world.database, world.clock)()
    async with world.database.read() as db:
        return list(reversed(await broadcasts.latest(db, limit=20)))


async def _asked(world: World, every: timedelta | None = None) -> tuple[Polls, str]:
    polls = Polls(world.database, world.clock)
    poll = await polls.ask(
        read_questions(WRITTEN), audience="all", every=every, author="77", command="ask"
    )
    return polls, poll


def test_questions_are_read_with_their_languages_and_choices():
    scale, choice, text = read_questions(WRITTEN)
    assert scale.text == {"en": "How satisfied are you?", "zh": "您有多满意？"}
    assert choice.choices == ({"en": "Morning", "zh": "上午"}, {"en": "Evening", "zh": "晚上"})
    assert text.text == {"en": "What is missing?", "zh": "What is missing?"}


@pytest.mark.parametrize(
    "line",
    ["", "How are you?", "scale", "scale |", "scale | x | y", "choice | x", "choice | x | y",
     "mood | x", "text | " + "x" * 600, "text | x\n" * 11],
)  # fmt: skip
def test_what_is_no_question_is_named(line: str):
    with pytest.raises(WrongQuestion):
        read_questions(line)


def test_answers_become_a_table_round_by_round():
    given = [
        PollAnswer(2, SCALE, 9), PollAnswer(1, SCALE, 5), PollAnswer(1, SCALE, 6),
        PollAnswer(1, CHOICE, 1), PollAnswer(2, TEXT, words="newer"), PollAnswer(1, TEXT, words="x"),
    ]  # fmt: skip
    scale, choice, text = tally(read_questions(WRITTEN), given)
    assert (scale.answers, scale.mean, scale.means) == (3, 20 / 3, {1: 5.5, 2: 9.0})
    assert (choice.counts, text.words) == ({1: 1}, ["newer", "x"])


async def test_a_survey_is_asked_each_week_and_tabulated_until_it_is_stopped(world: World):
    mia = await world.join(1, "Mia")
    polls, poll = await _asked(world, WEEK)
    (first,) = await _rounds(world)
    assert [one.data for one in first.message.buttons] == [f"poll:{poll}:1"]
    await polls.answer(poll, mia.id, PollAnswer(1, SCALE, 3), command="a1")
    await polls.answer(poll, mia.id, PollAnswer(1, SCALE, 4), command="a2")
    assert len(await _rounds(world)) == 1
    world.now += WEEK
    _, second = await _rounds(world)
    assert [one.data for one in second.message.buttons] == [f"poll:{poll}:2"]
    await polls.answer(poll, mia.id, PollAnswer(2, SCALE, 8), command="a3")
    found = await polls.results(poll)
    assert (found.rounds, found.tallies[SCALE].means) == (2, {1: 4.0, 2: 8.0})
    await polls.stop(poll)
    world.now += WEEK
    assert len(await _rounds(world)) == 2
    with pytest.raises(PollOver):
        await polls.answer(poll, mia.id, PollAnswer(2, SCALE, 1), command="a4")


@pytest.mark.parametrize(
    "answer",
    [
        PollAnswer(1, SCALE, 11),
        PollAnswer(1, CHOICE, 2),
        PollAnswer(1, TEXT, 1),
        PollAnswer(1, 7, 1),
    ],
)
async def test_what_is_no_answer_is_refused(world: World, answer: PollAnswer):
    mia = await world.join(1, "Mia")
    polls, poll = await _asked(world)
    with pytest.raises(UnknownPoll):
        await polls.answer(poll, mia.id, answer, command="a")


async def test_what_the_erased_answered_is_gone(world: World):
    mia = await world.join(1, "Mia")
    polls, poll = await _asked(world)
    await polls.answer(poll, mia.id, PollAnswer(1, TEXT, words="private"), command="a")
    async with world.database.write.begin() as db:
        assert "private" in str(await people.export(db, mia.id))
        await people.erase(db, mia.id, world.now)
        assert await answers.answers(db, poll) == []


async def test_a_broadcast_is_repeated_until_stopped_and_makes_up_for_nothing(world: World):
    await world.join(1, "Mia")
    repeat = RepeatBroadcast(world.database, world.clock)
    draft = Draft("all", Message({"en": "news", "zh": " "}), campaign="spring")
    for _ in range(2):
        await repeat(draft, every=WEEK, author="77", command="once")
    assert len(await _rounds(world)) == 1
    world.now += 3.5 * WEEK
    *_, late = await _rounds(world)
    assert (len(await _rounds(world)), late.message.text, late.campaign) == (
        2, {"en": "news"}, "spring",
    )  # fmt: skip
    (going,) = await repeat.going()
    assert (going.rounds, going.next_at) == (2, world.now + 0.5 * WEEK)
    await repeat.stop(going.id)
    world.now += WEEK
    assert (len(await _rounds(world)), await repeat.going()) == (2, [])


async def test_a_round_for_nobody_is_left_out_and_the_next_one_comes(world: World):
    repeat = RepeatBroadcast(world.database, world.clock)
    await repeat(Draft("lang:zh", Message({"en": "x"})), every=WEEK, author="77", command="c")
    assert await _rounds(world) == []
    assert (await repeat.going())[0].next_at == world.now + WEEK


@pytest.mark.parametrize(("audience", "text"), [("nobody", "x"), ("all", " ")])
async def test_a_wrong_repeat_is_refused(world: World, audience: str, text: str):
    repeat = RepeatBroadcast(world.database, world.clock)
    with pytest.raises(DomainError):
        await repeat(Draft(audience, Message({"en": text})), every=WEEK, author="7", command="c")


async def test_nobody_is_asked_any_more_once_a_survey_is_stopped(world: World):
    await world.join(1, "Mia")
    polls, poll = await _asked(world)
    (asking,) = await _rounds(world)
    news = await SendBroadcast(world.database, world.clock)(
        Draft("all", Message({"en": "news"})), author="77", command="news"
    )
    await polls.stop(poll)
    found = {one.id: one.state for one in await _rounds(world)}
    assert found == {asking.id: BroadcastState.CANCELLED, news.id: BroadcastState.SENDING}
