"""The window in which a held time is paid stays true: it counts down, and turns into what became
of the hold.

Whatever is to be shown anew is asked for in the person's lane, after what they did themselves;
where they look at something else by now, nothing happens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Session
from kernel.clock import Clock, real_now
from people import service as people
from storage import inbox
from storage.engine import Database

SHOW_HOLD = "hold:show:"
_MINUTES_LEFT = (1, 5, 10)
"""A hold's window is written anew when so many are left: Telegram does not take many edits."""


async def show_again(db: AsyncSession, session: Session, why: str) -> None:
    """Show the client's window of a session anew, once for each reason."""
    await _ask(db, session, _about(session, why))


@dataclass(frozen=True)
class CountDown:
    """The payment windows of holds that end soon say how many minutes are left."""

    database: Database
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        longest = timedelta(minutes=max(_MINUTES_LEFT))
        async with self.database.read() as db:
            ending = await booking.held_until(db, now=now, before=now + longest)
            steps = {_about(held, _step(held, now)): held for held in ending}
            new = await inbox.not_stored(db, steps)
        if new:
            async with self.database.write.begin() as db:
                for about in sorted(new):
                    await _ask(db, steps[about], about)


def _step(held: Session, now: datetime) -> str:
    left = (held.held_until or now) - now
    return str(next(one for one in _MINUTES_LEFT if left <= timedelta(minutes=one)))


def _about(session: Session, why: str) -> str:
    return f"{SHOW_HOLD}{session.id}:{why}"


async def _ask(db: AsyncSession, session: Session, about: str) -> None:
    client = await people.get(db, session.client_id)
    if client.telegram_id is not None:
        update = inbox.own_update(str(client.telegram_id), about)
        await inbox.store(db, [update], now=real_now())
