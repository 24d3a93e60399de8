"""Reading one session, and all that is stored about a client's."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import UnknownSession
from booking.model import Session
from booking.repository import agenda, offers
from booking.repository import sessions as rows
from kernel.ids import PersonId, SessionId


async def session(
    db: AsyncSession, session_id: SessionId, *, client: PersonId | None = None
) -> Session:
    """The session. Raises UnknownSession, also when it is not that client's."""
    found = await rows.by_id(db, session_id)
    if found is None or (client or found.client_id) != found.client_id:
        raise UnknownSession
    return found


async def lock(db: AsyncSession, session_ids: Iterable[SessionId]) -> list[Session]:
    """These sessions, which nobody else changes before this transaction ends."""
    found = [await rows.by_id(db, session_id, lock=True) for session_id in sorted(session_ids)]
    return [one for one in found if one is not None]


async def group_link(db: AsyncSession, session: Session) -> str | None:
    """Where the session's group meets, once one of it has a link; until this transaction ends
    nobody else gives the group another one."""
    if session.group is None:
        return None
    await offers.lock(db, session.offer_id)
    return await agenda.link_of_group(db, session.group)


async def export(db: AsyncSession, client: PersonId) -> list[dict[str, Any]]:
    """A client's sessions, ready for JSON."""
    return [
        {
            "id": each.id,
            "starts_at": f"{each.starts_at:%Y-%m-%dT%H:%M:%SZ}",
            "ends_at": f"{each.ends_at:%Y-%m-%dT%H:%M:%SZ}",
            "state": each.state.value,
            "price": {"amount": each.price.minor, "currency": each.price.currency},
        }
        for each in await agenda.all_of(db, client)
    ]
