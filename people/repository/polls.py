"""All SQL about surveys and what was answered."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId
from people.polls import Poll, PollAnswer, Question
from people.tables import PollAnswerRow, PollRow
from storage.upsert import insert_into


async def add(db: AsyncSession, poll: Poll) -> None:
    """Store a survey."""
    questions = [one.to_json() for one in poll.questions]
    db.add(PollRow(id=poll.id, questions=questions, created_at=poll.created_at, stopped_at=None))
    await db.flush()


async def get(db: AsyncSession, poll_id: str) -> Poll | None:
    """The survey, or None."""
    row = await db.get(PollRow, poll_id)
    return None if row is None else _value(row)


async def latest(db: AsyncSession, *, limit: int) -> list[Poll]:
    """The newest surveys first."""
    rows = await db.scalars(select(PollRow).order_by(PollRow.created_at.desc()).limit(limit))
    return [_value(row) for row in rows]


async def stop(db: AsyncSession, poll_id: str, *, now: datetime) -> None:
    """Nobody is asked any more."""
    await db.execute(
        update(PollRow)
        .where(PollRow.id == poll_id, PollRow.stopped_at.is_(None))
        .values(stopped_at=now)
    )


async def put_answer(
    db: AsyncSession, poll_id: str, person: PersonId, answer: PollAnswer, *, now: datetime
) -> None:
    """Keep an answer, in place of an earlier one to the same question of the same round."""
    statement = insert_into(db, PollAnswerRow).values(
        poll_id=poll_id, person_id=person, round=answer.round, question=answer.question,
        number=answer.number, words=answer.words, at=now,
    )  # fmt: skip
    changed = {name: statement.excluded[name] for name in ("number", "words", "at")}
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=["poll_id", "person_id", "round", "question"], set_=changed
        )
    )


async def answers(db: AsyncSession, poll_id: str) -> list[PollAnswer]:
    """Everything that was answered to a survey, newest first."""
    rows = await db.scalars(
        select(PollAnswerRow)
        .where(PollAnswerRow.poll_id == poll_id)
        .order_by(PollAnswerRow.at.desc())
    )
    return [_answer(row) for row in rows]


async def answered_by(db: AsyncSession, person: PersonId) -> list[PollAnswer]:
    """Everything that a person answered, newest first."""
    rows = await db.scalars(
        select(PollAnswerRow)
        .where(PollAnswerRow.person_id == person)
        .order_by(PollAnswerRow.at.desc())
    )
    return [_answer(row) for row in rows]


async def forget(db: AsyncSession, person: PersonId) -> None:
    """Delete what a person answered."""
    await db.execute(delete(PollAnswerRow).where(PollAnswerRow.person_id == person))


def _value(row: PollRow) -> Poll:
    questions = tuple(Question.from_json(one) for one in row.questions)
    return Poll(row.id, questions, row.created_at, row.stopped_at)


def _answer(row: PollAnswerRow) -> PollAnswer:
    return PollAnswer(row.round, row.question, row.number, row.words)
