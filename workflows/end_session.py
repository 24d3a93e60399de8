"""A session by the minute is over before its end: it is settled to the minutes that it took."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Session
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import follow_up_notices, money_notices
from workflows.meetings import meeting_for

BY_MINUTE = "settled to the minutes taken"


@dataclass(frozen=True)
class EndSession:
    """The expert ends it, or in the chat either side: the deposit for the minutes that it did not
    take goes back, the rest is earned, and both are told what it came to.

    Raises UnknownSession, StateMoved.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, session_id: SessionId, *, by: PersonId, command: str, expert: ExpertId | None = None
    ) -> None:
        """`expert` is who ends it as an expert."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            ended = await booking.finish(db, session_id, by=by, expert_id=expert, now=now)
            await outbox.void(db, about=session_id)
            paid, back = await _give_back_rest(db, ended, now=now)
            await payments.release(db, session_id, expert_id=ended.expert_id, now=now)
            meeting = await meeting_for(db, ended)
            told = money_notices.by_the_minute(meeting, paid=paid, back=back, now=now)
            await outbox.add(db, *told, *follow_up_notices.ended(meeting, now=now))
            await commands.record(db, command, now=now)


async def _give_back_rest(
    db: AsyncSession, ended: Session, *, now: datetime
) -> tuple[Money, Money]:
    """What the session came to, and what of the deposit goes back."""
    payment = await payments.paid_for(db, ended.id)
    if payment is None:
        nothing = Money(0, ended.price.currency)
        return nothing, nothing
    spared = ended.not_taken(payment.total)
    # an admin may have given some of it back before
    back = payment.still_there_of(spared)
    if back:
        await payments.request_refund(db, payment.id, back, reason=BY_MINUTE, now=now)
    return payment.total - spared, back
