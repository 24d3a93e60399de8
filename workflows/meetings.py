"""A session together with its offer, expert and client."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Session
from kernel.ids import SessionId
from people import service as people
from workflows.needs import latest_need, need_values
from workflows.notices import Meeting


async def meeting_of(db: AsyncSession, session_id: SessionId) -> Meeting:
    """Raises UnknownSession."""
    return await meeting_for(db, await booking.session(db, session_id))


async def meeting_with_need(db: AsyncSession, session: Session, *, now: datetime) -> Meeting:
    """The same, with what the client told about their need, for the expert to prepare."""
    meeting = await meeting_for(db, session)
    need = await latest_need(db, meeting.client.id, now=now)
    return replace(meeting, need=await need_values(db, need))


async def meeting_for(db: AsyncSession, session: Session) -> Meeting:
    """The same, for a session that was just read or changed."""
    expert = await people.expert(db, session.expert_id)
    person = expert.person_id
    return Meeting(
        session=session,
        offer=await booking.offer(db, session.offer_id),
        expert=expert,
        client=await people.get(db, session.client_id),
        expert_person=None if person is None else await people.get(db, person),
    )
