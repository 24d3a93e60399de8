"""How experts kept to what was asked of them and booked with them, counted from the rows."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import SessionState, Side, TrackRecord
from booking.question_model import QuestionState
from booking.question_tables import QuestionRow
from booking.tables import SessionMoveRow, SessionRow
from kernel.ids import ExpertId

_OVER = (SessionState.ENDED, SessionState.CLOSED, SessionState.NO_SHOW)


def cancelled_by(side: Side) -> str:
    """Why a session was cancelled, in its move."""
    return f"cancelled by {side}"


async def records(
    db: AsyncSession, expert_ids: Collection[ExpertId]
) -> dict[ExpertId, TrackRecord]:
    """The track records of these experts.

    Asked are requests of times (`session_moves` out of requested) and questions in writing
    (`questions`) that were answered or ran out. Agreed are sessions that are over (`sessions`) or
    that the expert cancelled (`session_moves`); kept are those to which the expert came.
    """
    moves = select(SessionRow.expert_id, SessionMoveRow.after, func.count()).join(
        SessionMoveRow, SessionMoveRow.session_id == SessionRow.id
    )
    requests = await _counts(
        db,
        moves.where(
            SessionRow.expert_id.in_(expert_ids),
            SessionMoveRow.before == SessionState.REQUESTED.value,
        ).group_by(SessionRow.expert_id, SessionMoveRow.after),
    )
    cancelled = await _counts(
        db,
        moves.where(
            SessionRow.expert_id.in_(expert_ids), SessionMoveRow.why == cancelled_by("expert")
        ).group_by(SessionRow.expert_id, SessionMoveRow.after),
    )
    over = await _counts(
        db,
        select(SessionRow.expert_id, SessionRow.absent, func.count())
        .where(
            SessionRow.expert_id.in_(expert_ids),
            SessionRow.state.in_([state.value for state in _OVER]),
        )
        .group_by(SessionRow.expert_id, SessionRow.absent),
    )
    questions = await _counts(
        db,
        select(QuestionRow.expert_id, QuestionRow.state, func.count())
        .where(QuestionRow.expert_id.in_(expert_ids))
        .group_by(QuestionRow.expert_id, QuestionRow.state),
    )
    found = {}
    for one in expert_ids:
        answered = (
            requests[one, SessionState.CONFIRMED] + requests[one, SessionState.DECLINED]
            + questions[one, QuestionState.ANSWERED]
        )  # fmt: skip
        ran_out = requests[one, SessionState.EXPIRED] + questions[one, QuestionState.EXPIRED]
        kept = over[one, None] + over[one, "client"]
        broken = over[one, "expert"] + cancelled[one, SessionState.CANCELLED]
        found[one] = TrackRecord(answered, answered + ran_out, kept, kept + broken)
    return found


async def _counts(
    db: AsyncSession, query: Select[*tuple[Any, ...]]
) -> Counter[tuple[ExpertId, str | None]]:
    return Counter({(ExpertId(one), what): count for one, what, count in await db.execute(query)})


async def changed_since(db: AsyncSession, at: datetime) -> list[ExpertId]:
    """Experts of whom a session moved, or a question was answered or ran out, after an instant."""
    moved = (
        select(SessionRow.expert_id)
        .join(SessionMoveRow, SessionMoveRow.session_id == SessionRow.id)
        .where(SessionMoveRow.at > at)
    )
    ran_out = and_(QuestionRow.state == QuestionState.EXPIRED.value, QuestionRow.due_at > at)
    asked = select(QuestionRow.expert_id).where(or_(QuestionRow.answered_at > at, ran_out))
    return [ExpertId(one) for one in await db.scalars(union(moved, asked))]
