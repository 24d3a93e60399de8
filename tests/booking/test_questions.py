"""A written question is answered once, in time, by its expert."""

import asyncio
from datetime import timedelta

import pytest

from booking import service as booking
from booking.errors import BadOffer, NoAnswersNow, QuestionMoved, UnknownQuestion
from booking.question_model import Question, QuestionState, WrittenOffer
from kernel.ids import ExpertId, PersonId
from kernel.money import Money
from storage.engine import Database
from tests.booking.builders import EXPERT, NOW

MIA = PersonId("mia")
OFFER = WrittenOffer(EXPERT, Money(250, "XTR"), "stars")


async def asked(database: Database) -> Question:
    async with database.write.begin() as db:
        await booking.save_written_offer(db, OFFER)
        draft = await booking.draft_question(db, expert_id=EXPERT, client=MIA, text="Why?", now=NOW)
        return await booking.ask(db, draft.id, now=NOW)


@pytest.mark.parametrize("hours", [0, 24 * 15])
def test_a_deadline_is_an_hour_to_two_weeks(hours: int):
    with pytest.raises(BadOffer):
        WrittenOffer(EXPERT, Money(250, "XTR"), "stars", hours=hours)


async def test_a_question_keeps_the_price_and_deadline_it_was_asked_under(database: Database):
    question = await asked(database)
    async with database.write.begin() as db:
        changed = WrittenOffer(EXPERT, Money(900, "XTR"), "stars", hours=2)
        assert await booking.save_written_offer(db, changed) == "changed"
        found = await booking.question(db, question.id)
    assert (found.price, found.due_at) == (OFFER.price, NOW + timedelta(hours=48))


async def test_an_expert_who_gives_no_answers_is_not_asked(database: Database):
    async with database.write.begin() as db:
        await booking.save_written_offer(db, OFFER)
        assert await booking.end_written_offer(db, EXPERT)
        assert not await booking.end_written_offer(db, EXPERT)
        with pytest.raises(NoAnswersNow):
            await booking.draft_question(db, expert_id=EXPERT, client=MIA, text="Why?", now=NOW)


async def test_only_its_expert_answers_and_in_time(database: Database):
    question = await asked(database)
    async with database.write.begin() as db:
        with pytest.raises(UnknownQuestion):
            await booking.answer(db, question.id, expert_id=ExpertId("other"), text="So.", now=NOW)
        with pytest.raises(QuestionMoved):
            await booking.answer(
                db, question.id, expert_id=EXPERT, text="So.", now=NOW + timedelta(hours=48)
            )


async def test_it_is_answered_or_given_back_never_both(database: Database):
    question = await asked(database)
    just_in_time = NOW + timedelta(hours=47)

    async def answer() -> bool:
        try:
            async with database.write.begin() as db:
                await booking.answer(
                    db, question.id, expert_id=EXPERT, text="So.", now=just_in_time
                )
        except QuestionMoved:
            return False
        return True

    async def expire() -> bool:
        async with database.write.begin() as db:
            return await booking.expire(db, question)

    done = await asyncio.gather(answer(), expire(), answer(), expire())
    assert sum(done) == 1
    async with database.read() as db:
        found = await booking.question(db, question.id)
    answered = done[0] or done[2]
    assert found.state is (QuestionState.ANSWERED if answered else QuestionState.EXPIRED)


async def test_drafts_that_nobody_paid_are_not_kept(database: Database):
    async with database.write.begin() as db:
        await booking.save_written_offer(db, OFFER)
        await booking.draft_question(db, expert_id=EXPERT, client=MIA, text="Why?", now=NOW)
        await booking.drop_drafts(db, before=NOW + timedelta(days=1))
        assert await booking.questions_of(db, MIA) == []
