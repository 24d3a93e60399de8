"""A card that is only held: captured when the session is over, or let go; through `stripe`."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest

from kernel.clock import real_now
from kernel.ids import PaymentId, SessionId
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.errors import UnknownPayment
from payments.model import Captured, Rail
from payments.rails.card import CardRail
from people.model import Person
from sandbox.app import create_app
from sandbox.server import serving
from storage.engine import Database
from tests.booking.builders import EXPERT, at
from tests.booking.test_model import a_session
from tests.payments.builders import a_payment
from tests.workflows.builders import LINK, PRICE, World
from workflows.cancel_session import CancelSession
from workflows.checkout import is_held_on_card
from workflows.end_session import EndSession
from workflows.papers import MakePapers, Seller
from workflows.run_session import BeginSessions, EndSessions, ExpireHolds
from workflows.settle_holds import SettleHolds, holds_due
from workflows.settle_payment import Came, SettlePayment
from workflows.tell_admins import TellAdmins

NINE = at(9, day=3)
"""An hour more than a day ahead."""


@dataclass
class Paid:
    """Mia's session is paid by a hold on her card at the sandbox's processor."""

    world: World
    cards: CardRail
    http: aiohttp.ClientSession
    address: str
    client: Person
    session: SessionId
    payment: PaymentId
    charge: str

    async def settle(self) -> None:
        tell = TellAdmins(self.world.clock, frozenset({77}))
        holds = SettleHolds(self.world.database.write, self.world.clock, self.cards, tell)
        for _ in range(2):
            await holds()
        async with self.world.database.read() as db:
            assert await holds_due(db, now=self.world.now) == []

    async def cancel(self, by: str, *, expert: bool = False) -> None:
        await CancelSession(self.world.database.write, self.world.clock)(
            self.session, by=by, person=self.client.id, command=self.world.command(),  # type: ignore[arg-type]
            expert=EXPERT if expert else None,
        )  # fmt: skip

    async def takes_place(self) -> None:
        write, clock = self.world.database.write, self.world.clock
        self.world.now = NINE
        await BeginSessions(write, clock)()
        self.world.later(hours=1)
        await EndSessions(write, clock)()

    async def sums(self) -> dict[str, int]:
        async with self.world.database.read() as db:
            assert (await ledger_check.check(db))["problems"] == []
            return {one: total for (one, _), total in (await ledger.balances(db)).items() if total}

    async def on_card(self) -> Captured:
        """What the processor took in the end."""
        async with self.world.database.read() as db:
            payment = await payments.payment(db, self.payment)
        assert payment.hold_until is None
        return await self.cards.settle_hold(payment, Money(1, "USD"))


@pytest.fixture
async def paid(database: Database) -> AsyncIterator[Paid]:
    world = World(database)
    await world.open(by_minute=True, minutes=60)
    mia = await world.join(1, "Mia")
    session, payment_id = await world.hold(mia, NINE)
    app = create_app(product_url="http://127.0.0.1:1")
    async with serving(app, port=0) as port, aiohttp.ClientSession() as http:
        address = f"http://127.0.0.1:{port}"
        cards = CardRail(
            key="sk_test_x", webhook_secret="whsec_x", return_to=address, api=f"{address}/stripe"
        )
        payment = a_payment(id=payment_id, price=PRICE, amount=PRICE)
        opened = await cards.open(
            payment, title="An hour", language="en", capture_later=True,
            expires_at=real_now() + timedelta(hours=1),
        )  # fmt: skip
        outcome = {"outcome": "pay"}
        await http.post(f"{address}/sandbox/api/stripe/{opened.reference}", json=outcome)
        page = await cards.fetch(opened.reference)
        assert (page.paid, page.held, page.fee) == (True, True, None)
        settle = SettlePayment(database.write, world.clock, LINK)
        async with database.write.begin() as db:
            came = Came(payment_id, page.charge, page.amount, page.fee, held=page.held)
            await settle.within(db, came)
        yield Paid(
            world, cards, http, address, mia, SessionId(session), payment_id, page.charge or ""
        )
        await cards.close()


async def test_nothing_is_taken_before_the_session_is_over(paid: Paid):
    await paid.settle()
    held = {"authorised:card": PRICE.minor, f"held:{paid.session}": -PRICE.minor}
    assert await paid.sums() == held
    papers = MakePapers(paid.world.database.write, paid.world.clock, Seller("H", "", ""))
    with pytest.raises(UnknownPayment):
        await papers.receipt(paid.client, paid.payment)
    await paid.takes_place()
    await paid.settle()
    assert await paid.sums() == {
        "processor:card": 90_00 - 2_91, "fees:card": 2_91, f"expert:{EXPERT}": -76_50,
        "revenue": -13_50,
    }  # fmt: skip
    assert (await paid.on_card()).amount == PRICE


async def test_an_expert_who_cancels_lets_it_all_go(paid: Paid):
    await paid.cancel("expert", expert=True)
    await paid.settle()
    assert await paid.sums() == {}
    assert (await paid.on_card()).amount == Money(0, "USD")
    planned = await paid.world.planned()
    assert planned.count("notice-hold-released") == 1
    assert "notice-refunded" not in planned


async def test_several_who_settle_a_hold_at_once_book_it_once(paid: Paid):
    await paid.takes_place()
    tell = TellAdmins(paid.world.clock, frozenset({77}))
    write, clock = paid.world.database.write, paid.world.clock
    await asyncio.gather(*[SettleHolds(write, clock, paid.cards, tell)() for _ in range(4)])
    sums = await paid.sums()
    assert (sums["processor:card"], sums["fees:card"]) == (90_00 - 2_91, 2_91)
    assert "notice-hold-lost" not in await paid.world.planned()


async def test_a_late_cancellation_takes_what_the_policy_keeps(paid: Paid):
    paid.world.now = NINE - timedelta(hours=4)
    await paid.cancel("client")
    await paid.settle()
    sums = await paid.sums()
    assert (sums["processor:card"], sums["fees:card"]) == (45_00 - 1_61, 1_61)
    assert "refunds" not in sums
    assert "authorised:card" not in sums
    assert (await paid.on_card()).amount == Money(45_00, "USD")


async def test_a_session_by_the_minute_takes_its_minutes_alone(paid: Paid):
    paid.world.now = NINE
    await BeginSessions(paid.world.database.write, paid.world.clock)()
    paid.world.later(minutes=20)
    await EndSession(paid.world.database.write, paid.world.clock)(
        paid.session, by=paid.client.id, expert=EXPERT, command="end"
    )
    await paid.settle()
    assert (await paid.on_card()).amount == Money(30_00, "USD")
    assert (await paid.sums())[f"expert:{EXPERT}"] == -25_50


async def test_it_is_captured_before_the_hold_ends(paid: Paid):
    paid.world.later(days=6, hours=12)
    await paid.settle()
    sums = await paid.sums()
    assert (sums["processor:card"], sums[f"held:{paid.session}"]) == (90_00 - 2_91, -90_00)


async def test_a_hold_that_ended_is_the_platforms_loss_and_told(paid: Paid):
    await paid.http.post(f"{paid.address}/sandbox/api/clock", json={"advance": "P7D"})
    await paid.takes_place()
    await paid.settle()
    assert await paid.sums() == {f"expert:{EXPERT}": -76_50, "revenue": 76_50}
    assert (await paid.world.planned()).count("notice-hold-lost") == 1


async def test_money_that_comes_when_the_time_is_gone_is_let_go(paid: Paid):
    ben = await paid.world.join(2, "Ben")
    paid.world.later(hours=1)
    second, payment = await paid.world.hold(ben, at(11, day=3))
    paid.world.later(minutes=16)
    await ExpireHolds(paid.world.database.write, paid.world.clock)()
    await paid.world.hold(paid.client, at(11, day=3))
    settle = SettlePayment(paid.world.database.write, paid.world.clock, LINK)
    async with paid.world.database.write.begin() as db:
        await settle.within(db, Came(payment, "pi_late", PRICE, held=True))
    async with paid.world.database.read() as db:
        late = await payments.payment(db, payment)
        assert await payments.holds_due(db, ending=paid.world.now) == [late]
    assert second != paid.session
    assert payments.to_capture(late) == Money(0, "USD")


@pytest.mark.parametrize(
    ("ahead", "rail", "by_minute", "confirms", "held"),
    [
        (timedelta(days=6), Rail.CARD, True, False, True),
        (timedelta(days=6), Rail.CARD, False, True, True),
        (timedelta(days=6), Rail.CARD, False, False, False),
        (timedelta(days=6, seconds=1), Rail.CARD, True, True, False),
        (timedelta(days=1), Rail.INVOICE, True, True, False),
        (timedelta(days=1), Rail.STARS, True, True, False),
    ],
)
def test_a_card_is_held_where_that_makes_sense_and_lasts(
    ahead: timedelta, rail: Rail, *, by_minute: bool, confirms: bool, held: bool
):
    session = replace(a_session(), by_minute=by_minute, needs_confirmation=confirms)
    payment = a_payment(rail=rail, created_at=session.starts_at - ahead)
    assert is_held_on_card(payment, session) is held
