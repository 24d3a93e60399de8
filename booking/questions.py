"""A written question's life: drafted, asked once it is paid, answered or given back."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import NoAnswersNow, QuestionMoved, UnknownQuestion
from booking.question_model import Question, QuestionState, WrittenOffer
from booking.repository import questions as rows
from kernel.ids import ExpertId, PersonId, new_id


async def written_offer(db: AsyncSession, expert_id: ExpertId) -> WrittenOffer | None:
    """What an answer of this expert's costs; None where they give none now."""
    found = await rows.offer_of(db, expert_id)
    return found if found is not None and found.active else None


async def save_written_offer(
    db: AsyncSession, offer: WrittenOffer
) -> Literal["added", "changed", "unchanged"]:
    """Store what an expert's answers cost; what was asked keeps its price."""
    before = await rows.offer_of(db, offer.expert_id)
    if before == offer:
        return "unchanged"
    await rows.save_offer(db, offer)
    return "changed" if before else "added"


async def end_written_offer(db: AsyncSession, expert_id: ExpertId) -> bool:
    """The expert answers no new questions; False when they did not before."""
    before = await written_offer(db, expert_id)
    if before is None:
        return False
    await rows.save_offer(db, replace(before, active=False))
    return True


async def draft_question(
    db: AsyncSession, *, expert_id: ExpertId, client: PersonId, text: str, now: datetime
) -> Question:
    """A question that reaches the expert once it is paid. Raises NoAnswersNow."""
    offer = await written_offer(db, expert_id)
    if offer is None:
        raise NoAnswersNow
    new = Question(
        id=new_id(), expert_id=expert_id, client_id=client, text=text, price=offer.price,
        rail=offer.rail, hours=offer.hours, state=QuestionState.DRAFT, created_at=now,
    )  # fmt: skip
    await rows.add(db, new)
    return new


async def question(db: AsyncSession, question_id: str) -> Question:
    """Raises UnknownQuestion."""
    found = await rows.by_id(db, question_id)
    if found is None:
        raise UnknownQuestion
    return found


async def ask(db: AsyncSession, question_id: str, *, now: datetime) -> Question:
    """The question is paid. Raises UnknownQuestion, QuestionMoved."""
    before = await question(db, question_id)
    return await _moved(db, before, before.asked(now))


async def answer(
    db: AsyncSession, question_id: str, *, expert_id: ExpertId, text: str, now: datetime
) -> Question:
    """The expert's answer, once and in time. Raises UnknownQuestion, QuestionMoved."""
    before = await question(db, question_id)
    if before.expert_id != expert_id:
        raise UnknownQuestion
    return await _moved(db, before, before.answered(text, now))


async def expire(db: AsyncSession, overdue: Question) -> bool:
    """Nobody answered in time; False when somebody did after all."""
    return await rows.move(db, overdue, replace(overdue, state=QuestionState.EXPIRED))


async def withdraw(db: AsyncSession, question_id: str) -> Question | None:
    """Nobody pays the question any more, so it needs no answer; None when it does not wait for
    one. Raises UnknownQuestion."""
    before = await question(db, question_id)
    after = replace(before, state=QuestionState.WITHDRAWN)
    if before.state is QuestionState.ASKED and await rows.move(db, before, after):
        return after
    return None


async def _moved(db: AsyncSession, before: Question, after: Question) -> Question:
    if not await rows.move(db, before, after):
        raise QuestionMoved
    return after
