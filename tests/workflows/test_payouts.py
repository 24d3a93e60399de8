"""Experts are paid by transfer, and give back what a refund came after."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from payments import service as payments
from payments.errors import RailRefused
from payments.model import Payout, PayoutAccount, PayoutReversal
from payments.rails.card import CardRail
from storage.engine import Database
from tests.booking.builders import EXPERT, at
from tests.workflows.builders import PRICE, World
from workflows.payouts import PayExperts, SendPayouts, TakeBackTransfers, transfers_to_take_back
from workflows.tell_admins import TellAdmins

NINE = at(9, day=9)


@dataclass
class Processor:
    """What the card processor does; a stand-in for its server, not for our code."""

    refuses: bool = False
    taken_back: list[int] = field(default_factory=list)

    async def transfer(self, _: Payout, __: str) -> str:
        if self.refuses:
            raise RailRefused("insufficient funds")
        return "tr_1"

    async def reverse(self, planned: PayoutReversal) -> str:
        self.taken_back.append(planned.amount.minor)
        return "trr_1"


@pytest.fixture
async def world(database: Database) -> World:
    """Ana, who is an admin as well, is to be paid for a session two days ago."""
    found = World(database)
    await found.open()
    mia = await found.join(1, "Mia")
    _, payment = await found.hold(mia, NINE)
    await found.pay(payment)
    await found.live_through(NINE)
    found.later(hours=48)
    async with database.write.begin() as db:
        await payments.set_account(db, PayoutAccount(EXPERT, "acct_1", ready=True))
    await PayExperts(database.write, found.clock)()
    return found


async def send(world: World, processor: Processor) -> None:
    tell = TellAdmins(world.clock, frozenset({77}))
    cards = cast("CardRail", processor)
    await SendPayouts(world.database.write, world.clock, cards, tell)()


async def test_a_transfer_that_is_refused_is_told_once_and_tried_again(world: World):
    for _ in range(2):
        await send(world, Processor(refuses=True))
    told = await world.planned()
    assert told.count("notice-payout-refused") == 1
    assert "notice-paid-out" not in told
    await send(world, Processor())
    assert (await world.planned()).count("notice-paid-out") == 1


async def test_what_an_expert_owes_is_taken_back_also_when_nothing_is_to_be_sent(world: World):
    processor = Processor()
    await send(world, processor)
    async with world.database.write.begin() as db:
        assert not await transfers_to_take_back(db)
        payment = await payments.by_charge(db, "pi_1")
        assert payment is not None
        await payments.request_refund(db, payment.id, PRICE, reason="complaint", now=world.now)
    async with world.database.read() as db:
        assert await payments.payouts_due(db) == []
        assert await transfers_to_take_back(db)
    cards = cast("CardRail", processor)
    await TakeBackTransfers(world.database.write, world.clock, cards)()
    async with world.database.read() as db:
        assert processor.taken_back == [PRICE.percent(85).minor]
        assert not await transfers_to_take_back(db)
        assert await payments.earned_so_far(db, EXPERT) == []
