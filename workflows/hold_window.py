"""The window in which a held time is paid stays true: it counts down, and turns into what became
of the hold.

Whatever is to be shown anew is asked for in the person's lane, after what they did themselves;
where they look at something else by now, nothing happens.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Session
from kernel.clock import Clock, real_now
from people import service as people
from storage import inbox
from storage.engine import Database
from storage.inbox import Received

SHOW_HOLD = "hold:show:"
_MINUTES_LEFT = (1, 5, 10)
"""A hold's window is written anew when so many are left: Telegram does not take many edits."""


async def show_again(db: AsyncSession, session: Session, why: str) -> None:
    """Show the client's window of a session anew, once for each reason."""
    asked = await _asked(db, session, why)
    await inbox.store(db, asked, now=real_now())


@dataclass(frozen=True)
class CountDown:
    """The payment windows of holds that end soon say how many minutes are left."""

    database: Database
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.database.read() as db:
            asked = []
            for held in await booking.held_until(db, now=now, before=now + _longest()):
                left = (held.held_until or now) - now
                step = next(one for one in _MINUTES_LEFT if left <= timedelta(minutes=one))
                asked += await _asked(db, held, str(step))
            new = await inbox.unknown(db, asked)
        if new:
            async with self.database.write.begin() as db:
                await inbox.store(db, new, now=real_now())


async def _asked(db: AsyncSession, session: Session, why: str) -> list[Received]:
    client = await people.get(db, session.client_id)
    if client.telegram_id is None:
        return []
    return [inbox.own_update(str(client.telegram_id), f"{SHOW_HOLD}{session.id}:{why}")]


def _longest() -> timedelta:
    return timedelta(minutes=max(_MINUTES_LEFT))
