"""All SQL about reviews and experts' notes."""

from collections.abc import Collection

from sqlalchemy import ColumnExpressionArgument, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId, SessionId
from people.model import BEST, ExpertNote, Rating, Review
from people.tables import ExpertNoteRow, ReviewRow
from storage.upsert import insert_into

_STARS = 5


async def add_review(db: AsyncSession, review: Review) -> bool:
    """Store a review; False when its session has one."""
    statement = (
        insert_into(db, ReviewRow)
        .values(
            id=review.id,
            session_id=review.session_id,
            expert_id=review.expert_id,
            client_id=review.client_id,
            expected=review.expected,
            received=review.received,
            would_return=review.would_return,
            comment=review.comment,
            published=review.published,
            at=review.at,
        )
        .on_conflict_do_nothing(index_elements=["session_id"])
        .returning(ReviewRow.id)
    )
    return (await db.execute(statement)).one_or_none() is not None


async def reviews(
    db: AsyncSession, *where: ColumnExpressionArgument[bool], limit: int | None = None
) -> list[Review]:
    """Reviews that meet all conditions, newest first."""
    rows = await db.scalars(
        select(ReviewRow)
        .where(*where)
        .order_by(ReviewRow.at.desc(), ReviewRow.id.desc())
        .limit(limit)
    )
    return [_review(row) for row in rows]


async def add_words(db: AsyncSession, session_id: SessionId, words: str) -> bool:
    """Set the comment of a session's review that has none."""
    changed = await db.scalars(
        update(ReviewRow)
        .where(ReviewRow.session_id == session_id, ReviewRow.comment.is_(None))
        .values(comment=words)
        .returning(ReviewRow.id)
    )
    return bool(changed.all())


async def is_reviewed(db: AsyncSession, session_id: SessionId) -> bool:
    """Whether the session has its review."""
    return bool(await reviews(db, ReviewRow.session_id == session_id, limit=1))


async def published(db: AsyncSession, expert_id: ExpertId, *, limit: int) -> list[Review]:
    """What clients said about an expert, newest first."""
    return await reviews(db, ReviewRow.expert_id == expert_id, ReviewRow.published, limit=limit)


async def comments(
    db: AsyncSession, ids: Collection[ExpertId], *, each: int
) -> dict[ExpertId, list[str]]:
    """What clients wrote about experts for everybody to see, the newest of each."""
    found: dict[ExpertId, list[str]] = {}
    for one in await reviews(db, ReviewRow.expert_id.in_(ids), ReviewRow.published,
                             ReviewRow.comment.is_not(None)):  # fmt: skip
        said = found.setdefault(one.expert_id, [])
        if one.comment and len(said) < each:
            said.append(one.comment)
    return found


async def written_by(db: AsyncSession, client_id: PersonId) -> list[Review]:
    """Everything that a client reviewed, newest first."""
    return await reviews(db, ReviewRow.client_id == client_id)


async def ratings(db: AsyncSession, ids: Collection[ExpertId]) -> dict[ExpertId, Rating]:
    """The ratings of those experts who have published reviews."""
    rows = await db.execute(
        select(ReviewRow.expert_id, func.sum(ReviewRow.received), func.count())
        .where(ReviewRow.expert_id.in_(ids), ReviewRow.published)
        .group_by(ReviewRow.expert_id)
    )
    return {
        ExpertId(expert): Rating(mean=int(total) / count * _STARS / BEST, count=count)
        for expert, total, count in rows
    }


async def put_note(db: AsyncSession, note: ExpertNote) -> None:
    """Store an expert's note about a session, in place of an earlier one."""
    texts = {"note": note.note, "client_rating": note.client_rating, "at": note.at}
    await db.execute(
        insert_into(db, ExpertNoteRow)
        .values(
            session_id=note.session_id,
            expert_id=note.expert_id,
            client_id=note.client_id,
            **texts,
        )
        .on_conflict_do_update(index_elements=["session_id"], set_=texts)
    )


async def notes_about(db: AsyncSession, client_id: PersonId) -> list[ExpertNote]:
    """What experts noted about a client, oldest first."""
    rows = await db.scalars(
        select(ExpertNoteRow).where(ExpertNoteRow.client_id == client_id).order_by(ExpertNoteRow.at)
    )
    return [_note(row) for row in rows]


async def notes_of(
    db: AsyncSession, expert_id: ExpertId, client_id: PersonId, *, limit: int
) -> list[ExpertNote]:
    """What an expert noted about a client, newest first."""
    rows = await db.scalars(
        select(ExpertNoteRow)
        .where(ExpertNoteRow.expert_id == expert_id, ExpertNoteRow.client_id == client_id)
        .order_by(ExpertNoteRow.at.desc())
        .limit(limit)
    )
    return [_note(row) for row in rows]


def _review(row: ReviewRow) -> Review:
    return Review(
        id=row.id,
        session_id=SessionId(row.session_id),
        expert_id=ExpertId(row.expert_id),
        client_id=PersonId(row.client_id),
        expected=row.expected,
        received=row.received,
        would_return=row.would_return,
        comment=row.comment,
        published=row.published,
        at=row.at,
    )


def _note(row: ExpertNoteRow) -> ExpertNote:
    return ExpertNote(
        session_id=SessionId(row.session_id),
        expert_id=ExpertId(row.expert_id),
        client_id=PersonId(row.client_id),
        note=row.note,
        client_rating=row.client_rating,
        at=row.at,
    )
