"""The secret addresses of people's own calendars."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import Session
from booking.repository import agenda
from booking.repository import calendars as rows
from kernel.ids import ExpertId, PersonId

_BACK, _AHEAD = timedelta(days=90), timedelta(days=400)


async def feed_token(db: AsyncSession, person_id: PersonId, *, anew: bool = False) -> str:
    """The token in the address of a person's feed; `anew` makes the earlier address worthless."""
    known = await rows.feed_of(db, person_id)
    if known is not None and not anew:
        return known
    token = secrets.token_urlsafe(24)
    await rows.put_feed(db, person_id, token=token, digest=_digest(token))
    return token


async def feed_owner(db: AsyncSession, token: str) -> PersonId | None:
    """Whose feed it is, None for a token that is worth nothing."""
    return await rows.owner_of_feed(db, _digest(token))


async def forget_feed(db: AsyncSession, person_id: PersonId) -> None:
    """The person has no feed any more."""
    await rows.delete_feed(db, person_id)


async def feed_sessions(
    db: AsyncSession, person_id: PersonId, expert_id: ExpertId | None, *, now: datetime
) -> list[Session]:
    """What a person's feed shows: theirs as a client and as an expert, called off ones too."""
    return await agenda.in_feed(db, person_id, expert_id, frm=now - _BACK, until=now + _AHEAD)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
