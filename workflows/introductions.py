"""Who brought whom: a friend by their link, or a partner by theirs; a friend is rewarded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.ids import PersonId
from payments import service as payments
from people import service as people
from storage import outbox
from storage.engine import SessionMaker
from workflows import money_notices

_FRIEND, _PARTNER = "ref", "p"


def invitation(person: PersonId) -> str:
    """What a person's link to the bot carries."""
    return f"{_FRIEND}{person}"


async def introduced(
    db: AsyncSession, person: PersonId, campaign: str | None, *, now: datetime
) -> None:
    """Remember who brought a newcomer, if the link that they came by says so."""
    code = campaign or ""
    if code.startswith(_FRIEND):
        friend = PersonId(code.removeprefix(_FRIEND))
        if friend != person and friend in await people.many(db, [friend]):
            await payments.introduce(db, person, by_person=friend, now=now)
    elif code.startswith(_PARTNER):
        partner = await payments.partner(db, code.removeprefix(_PARTNER))
        if partner is not None:
            await payments.introduce(db, person, by_partner=partner.code, now=now)


@dataclass(frozen=True)
class RewardFriends:
    """Whoever brought a client gets a part of what the client's first session cost, as credit,
    once it is over. `percent` is that part, 0 for none."""

    sessions: SessionMaker
    clock: Clock
    percent: int

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions() as db:
            due = await payments.rewards_due(db) if self.percent else []
        for person, paid in due:
            reward = paid.percent(self.percent)
            async with self.sessions.begin() as db:
                friend = await payments.reward_introduction(db, person, reward, now=now)
                # of a few Stars the part may be none
                if friend is not None and reward:
                    await outbox.add(db, money_notices.friend_came(friend, person, reward, now=now))
