"""Who is not to meet: a client hides an expert, an expert turns a client away; both take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId
from payments import service as payments
from payments.offers_of_money import BoughtPackage
from people import blocks
from people import service as people
from people.errors import NotAnExpert, UnknownPerson
from people.model import BlockedBy, Expert, ExpertNote, Person
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import money_notices
from workflows import subscription_notices as told
from workflows.follow_up_notices import rebooking

LET_GO = "the expert does not go on"
_MOST_CLIENTS = 20
_MOST_NOTES = 3


@dataclass(frozen=True)
class ClientOf:
    """Somebody an expert had to do with, whether the expert takes bookings from them, and what the
    expert last noted about them, newest first."""

    client: Person
    turned_away: bool
    notes: Sequence[ExpertNote] = ()


@dataclass(frozen=True)
class HideExpert:
    """A client does not want to see an expert again, or does again.

    What is booked stays. A subscription to the expert is not renewed; what is left of it and of
    packages waits for the client to take it back.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, client: Person, expert_id: ExpertId, *, command: str) -> None:
        """Raises UnknownExpert."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            await people.expert(db, expert_id)
            await blocks.block(db, client.id, expert_id, by=BlockedBy.CLIENT, now=now)
            await outbox.void(db, about=rebooking(client.id, expert_id))
            for one in await payments.subscriptions_running(db, client=client.id):
                if one.expert_id == expert_id:
                    await payments.stop(db, one, now=now)
            await commands.record(db, command, now=now)

    async def take_back(self, client: Person, expert_id: ExpertId, *, command: str) -> None:
        """The expert is shown again."""
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await blocks.unblock(db, client.id, expert_id, by=BlockedBy.CLIENT)
                await commands.record(db, command, now=self.clock())

    async def hidden(self, client: PersonId) -> list[Expert]:
        """Whom a client hid, by name."""
        async with self.sessions() as db:
            return await people.experts(db, await blocks.hidden_by(db, client))

    async def between(self, client: PersonId, expert_id: ExpertId) -> BlockedBy | None:
        """Who of the two does not want to meet the other."""
        async with self.sessions() as db:
            return await blocks.between(db, client, expert_id)


@dataclass(frozen=True)
class TurnClientAway:
    """An expert takes no bookings from a client any more, or does again.

    What is booked and asked stays. What the client has paid ahead for more, in packages and in a
    subscription, goes back at once.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, expert_person: PersonId, client: PersonId, *, command: str) -> None:
        """Raises NotAnExpert; UnknownPerson for somebody who never had to do with the expert."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            expert = await _expert(db, expert_person)
            await _check_known(db, expert, client)
            if await blocks.block(db, client, expert.id, by=BlockedBy.EXPERT, now=now):
                await outbox.void(db, about=rebooking(client, expert.id))
                await give_back_ahead(db, client, expert, now=now)
            await commands.record(db, command, now=now)

    async def take_back(self, expert_person: PersonId, client: PersonId, *, command: str) -> None:
        """The client can book again. Raises NotAnExpert."""
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                expert = await _expert(db, expert_person)
                await blocks.unblock(db, client, expert.id, by=BlockedBy.EXPERT)
                await commands.record(db, command, now=self.clock())

    async def clients(self, expert_person: PersonId) -> Sequence[ClientOf]:
        """Whom the expert turned away, then with whom they last had a session or a question.

        Raises NotAnExpert.
        """
        async with self.sessions() as db:
            expert = await _expert(db, expert_person)
            away = await blocks.turned_away_by(db, expert.id)
            last = await booking.last_clients(db, expert.id, limit=_MOST_CLIENTS)
            found = await people.many(db, [*away, *last])
        return [
            ClientOf(found[one], one in away)
            for one in dict.fromkeys([*away, *last])
            if found[one].erased_at is None
        ]

    async def one(self, expert_person: PersonId, client: PersonId) -> ClientOf:
        """One of them. Raises NotAnExpert, UnknownPerson."""
        async with self.sessions() as db:
            expert = await _expert(db, expert_person)
            away = await blocks.turned_away_by(db, expert.id)
            if client not in away:
                await _check_known(db, expert, client)
            notes = await people.notes_of(db, expert.id, client, limit=_MOST_NOTES)
            return ClientOf(await people.get(db, client), client in away, notes)


async def _expert(db: AsyncSession, person: PersonId) -> Expert:
    expert = await people.expert_of_person(db, person)
    if expert is None:
        raise NotAnExpert
    return expert


async def _check_known(db: AsyncSession, expert: Expert, client: PersonId) -> None:
    if not await booking.is_client_of(db, expert.id, client):
        raise UnknownPerson


async def give_back_ahead(
    db: AsyncSession, client: PersonId, expert: Expert, *, now: datetime
) -> None:
    """What a client has paid ahead for an expert whom they are not to meet goes back, and they are
    told."""
    for one in await payments.subscriptions_running(db, client=client):
        if one.expert_id == expert.id:
            back = await payments.give_back(db, one, now=now)
            await outbox.add(db, told.let_go(one, expert, back, now=now))
    for package in await payments.bought_by(db, client):
        offer = await booking.offer(db, package.offer_id)
        if offer.expert_id == expert.id:
            await let_package_go(db, package, expert, now=now)


async def let_package_go(
    db: AsyncSession, package: BoughtPackage, expert: Expert, *, now: datetime
) -> None:
    """What is left of a package that its expert does not go on with goes back, and its client is
    told."""
    for refund in await payments.end_package(db, package, now=now, reason=LET_GO, as_credit=False):
        notice = money_notices.package_let_go(package, expert, refund.amount, now=now)
        await outbox.add(db, notice)
