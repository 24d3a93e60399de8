"""All SQL about written questions: rows in, values out."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from booking.question_model import Question, QuestionState, WrittenOffer
from booking.question_tables import QuestionRow, WrittenOfferRow
from kernel.ids import ExpertId, PersonId
from kernel.money import Money
from storage.upsert import insert_into


async def save_offer(db: AsyncSession, offer: WrittenOffer) -> None:
    """Store what an expert's answers cost."""
    values = {
        "price_minor": offer.price.minor, "price_currency": offer.price.currency,
        "rail": offer.rail, "hours": offer.hours, "active": offer.active,
    }  # fmt: skip
    new = insert_into(db, WrittenOfferRow).values(expert_id=offer.expert_id, **values)
    await db.execute(new.on_conflict_do_update(index_elements=["expert_id"], set_=values))


async def offer_of(db: AsyncSession, expert_id: ExpertId) -> WrittenOffer | None:
    """What an expert's answers cost, also where they give none now."""
    row = await db.scalar(
        select(WrittenOfferRow)
        .where(WrittenOfferRow.expert_id == expert_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    return WrittenOffer(
        expert_id=ExpertId(row.expert_id), price=Money(row.price_minor, row.price_currency),
        rail=row.rail, hours=row.hours, active=row.active,
    )  # fmt: skip


async def add(db: AsyncSession, new: Question) -> None:
    """Store a question that nobody paid yet."""
    db.add(
        QuestionRow(
            id=new.id, expert_id=new.expert_id, client_id=new.client_id, text=new.text,
            price_minor=new.price.minor, price_currency=new.price.currency, rail=new.rail,
            hours=new.hours, state=new.state, created_at=new.created_at,
        )
    )  # fmt: skip
    await db.flush()


async def by_id(db: AsyncSession, question_id: str) -> Question | None:
    """The question, or None."""
    found = await _find(db, QuestionRow.id == question_id)
    return found[0] if found else None


async def of_client(db: AsyncSession, client: PersonId) -> list[Question]:
    """What a client asked, drafts among it, the newest first."""
    return (await _find(db, QuestionRow.client_id == client))[::-1]


async def waiting(db: AsyncSession, expert_id: ExpertId) -> list[Question]:
    """What waits for an expert's answer, the most urgent first."""
    found = await _find(
        db, QuestionRow.expert_id == expert_id, QuestionRow.state == QuestionState.ASKED
    )
    return sorted(found, key=lambda one: one.due_at or one.created_at)


async def answered(db: AsyncSession, expert_id: ExpertId) -> list[Question]:
    """What an expert has answered, the newest first."""
    found = await _find(
        db, QuestionRow.expert_id == expert_id, QuestionRow.state == QuestionState.ANSWERED
    )
    return found[::-1]


async def overdue(db: AsyncSession, *, now: datetime) -> list[Question]:
    """Questions whose deadline has passed without an answer."""
    return await _find(db, QuestionRow.state == QuestionState.ASKED, QuestionRow.due_at <= now)


async def move(db: AsyncSession, before: Question, after: Question) -> bool:
    """Compare and set; False when somebody else moved it."""
    moved = await db.scalar(
        update(QuestionRow)
        .where(QuestionRow.id == before.id, QuestionRow.state == before.state)
        .values(
            state=after.state, due_at=after.due_at, answer=after.answer,
            answered_at=after.answered_at,
        )
        .returning(QuestionRow.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return moved is not None


async def lock(db: AsyncSession, question_ids: Collection[str]) -> None:
    """Nobody else moves these questions before this transaction ends; in the order of their ids,
    so that two who lock several do not wait for each other."""
    if question_ids:
        await db.execute(
            select(QuestionRow.id)
            .where(QuestionRow.id.in_(question_ids))
            .order_by(QuestionRow.id)
            .with_for_update()
        )


async def drop_drafts(db: AsyncSession, *, before: datetime) -> None:
    """Questions that nobody paid for are not kept for ever."""
    await db.execute(
        delete(QuestionRow).where(
            QuestionRow.state == QuestionState.DRAFT, QuestionRow.created_at < before
        )
    )


async def forget(db: AsyncSession, client: PersonId) -> None:
    """What a client asked and was answered is not kept."""
    await db.execute(delete(QuestionRow).where(QuestionRow.client_id == client))


async def _find(db: AsyncSession, *where: ColumnElement[bool]) -> list[Question]:
    rows = await db.scalars(
        select(QuestionRow)
        .where(*where)
        .order_by(QuestionRow.created_at, QuestionRow.id)
        .execution_options(populate_existing=True)
    )
    return [
        Question(
            id=row.id, expert_id=ExpertId(row.expert_id), client_id=PersonId(row.client_id),
            text=row.text, price=Money(row.price_minor, row.price_currency), rail=row.rail,
            hours=row.hours, state=QuestionState(row.state), created_at=row.created_at,
            due_at=row.due_at, answer=row.answer, answered_at=row.answered_at,
        )
        for row in rows
    ]  # fmt: skip
