"""Sessions by the minute: a deposit is paid, and what the session did not take goes back."""

from datetime import timedelta

import pytest

from booking import service as booking
from booking.errors import BadOffer, StateMoved, UnknownSession
from booking.model import Delivery, SessionState
from kernel.ids import PersonId, SessionId
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.errors import AmountNotPossible
from payments.model import Rail
from payments.offers_of_money import Package
from people import service as people
from storage.engine import Database
from tests.booking.builders import EXPERT, OFFER, an_offer, at
from tests.workflows.builders import LINK, PRICE, World
from workflows.checkout import HoldTime
from workflows.end_session import EndSession
from workflows.money_queries import MoneyQueries
from workflows.offer_price import check_package
from workflows.run_session import BeginSessions, EndSessions
from workflows.settle_payment import SettlePayment

NINE = at(9, day=9)
MINUTE = timedelta(minutes=1)


async def under_way(database: Database, **offer: object) -> tuple[World, str]:
    """Mia's paid hour at 1.50 a minute has begun."""
    world = World(database)
    await world.open(by_minute=True, minutes=60, **offer)
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, NINE)
    await world.pay(payment)
    world.now = NINE
    await BeginSessions(database.write, world.clock)()
    return world, session


async def person(world: World, telegram_id: int) -> PersonId:
    async with world.database.read() as db:
        found = await people.by_telegram(db, telegram_id)
    assert found is not None
    return found.id


async def end(world: World, session: str, *, command: str = "end") -> None:
    await EndSession(world.database.write, world.clock)(
        SessionId(session), by=await person(world, 77), expert=EXPERT, command=command
    )


async def sums(world: World) -> dict[str, int]:
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["problems"] == []
        return {one: total for (one, _), total in (await ledger.balances(db)).items() if total}


@pytest.mark.parametrize(
    ("after", "taken", "back"),
    [
        pytest.param(timedelta(seconds=1), 1, 88_50, id="a second is a minute"),
        pytest.param(23 * MINUTE, 23, 55_50, id="whole minutes"),
        pytest.param(23 * MINUTE + timedelta(seconds=1), 24, 54_00, id="a minute begun"),
        pytest.param(60 * MINUTE, 60, 0, id="all of it"),
        pytest.param(timedelta(0), 1, 88_50, id="at the start"),
    ],
)
async def test_it_costs_the_minutes_it_took(
    database: Database, after: timedelta, taken: int, back: int
):
    world, session = await under_way(database)
    world.now += after
    for _ in range(2):
        await end(world, session)
    # half a cent is the expert's
    expert = ((PRICE.minor - back) * 85 + 50) // 100
    rest = {"refunds": -back} if back else {}
    assert await sums(world) == {
        "processor:card": PRICE.minor, f"expert:{EXPERT}": -expert,
        "revenue": -(PRICE.minor - back - expert), **rest,
    }  # fmt: skip
    planned = await world.planned()
    assert planned.count("notice-by-minute") == planned.count("notice-by-minute-expert") == 1
    assert planned.count("notice-survey") == 1
    async with world.database.read() as db:
        ended = await booking.session(db, SessionId(session))
        payment = await payments.payment_of(db, ended.id)
    assert (ended.state, ended.minutes_taken) == (SessionState.ENDED, taken)
    assert payment is not None
    why = await MoneyQueries(world.database.read, world.clock).why(payment.id)
    assert why.taken == taken


async def test_what_stars_cannot_give_back_in_part_is_credit(database: Database):
    world = World(database)
    price = Money(600, "XTR")
    await world.open(by_minute=True, minutes=60, price=price, rail="stars")
    mia = await world.join(1, "Mia")
    held = await HoldTime(database.write, world.clock, LINK)(mia, OFFER, NINE, command="hold")
    async with database.write.begin() as db:
        payment = await payments.open_payment(
            db, subject=held.id, payer=mia.id, amount=price, rail=Rail.STARS, now=world.now
        )
    await SettlePayment(database.write, world.clock, LINK)(payment.id, charge="ch", amount=price)
    world.now = NINE
    await BeginSessions(database.write, world.clock)()
    world.later(minutes=20)
    await end(world, held.id)
    assert await sums(world) == {
        "processor:stars": 600, f"credit:{mia.id}": -400, f"expert:{EXPERT}": -200,
    }  # fmt: skip


async def test_one_that_nobody_ends_costs_its_whole_length(database: Database):
    world, session = await under_way(database)
    world.now += timedelta(hours=1)
    await EndSessions(database.write, world.clock)()
    assert (await sums(world))[f"expert:{EXPERT}"] == -76_50
    with pytest.raises(StateMoved):
        await end(world, session)


async def test_a_client_ends_it_only_in_the_chat(database: Database):
    world, session = await under_way(database)
    ends = EndSession(database.write, world.clock)
    mia = await person(world, 1)
    with pytest.raises(UnknownSession):
        await ends(SessionId(session), by=mia, command="client")
    stranger = await world.join(5, "Eve")
    with pytest.raises(UnknownSession):
        await ends(SessionId(session), by=stranger.id, command="stranger")


async def test_in_the_chat_either_side_ends_it(database: Database):
    world, session = await under_way(database, delivery=Delivery.RELAY)
    mia = await person(world, 1)
    world.now += 10 * MINUTE
    await EndSession(database.write, world.clock)(SessionId(session), by=mia, command="client")
    assert (await sums(world))["refunds"] == -75_00
    assert "notice-start-relay" not in await world.planned()


async def test_one_at_a_fixed_price_is_not_ended_early(database: Database):
    world = World(database)
    await world.open()
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, NINE)
    await world.pay(payment)
    world.now = NINE
    await BeginSessions(database.write, world.clock)()
    with pytest.raises(StateMoved):
        await end(world, session)


@pytest.mark.parametrize(
    "wrong", [{"price": Money(90_01, "USD")}, {"price": Money(0, "USD")}, {"seats": 3}]
)
def test_a_price_by_the_minute_is_whole_for_each_minute(wrong: dict[str, object]):
    with pytest.raises(BadOffer):
        an_offer(by_minute=True, **wrong)


def test_it_is_in_no_package():
    each = Package("p", OFFER, sessions=3, each=Money(80_00, "USD"), valid_days=30)
    with pytest.raises(AmountNotPossible):
        check_package(each, an_offer(by_minute=True, minutes=60))


async def test_what_an_admin_gave_back_before_is_not_given_twice(database: Database):
    world, session = await under_way(database)
    async with database.write.begin() as db:
        payment = await payments.payment_of(db, SessionId(session))
        assert payment is not None
        await payments.request_refund(
            db, payment.id, Money(60_00, "USD"), reason="sorry", now=world.now
        )
    world.now += 20 * MINUTE
    await end(world, session)
    # of 60 spared only 30 are left, so the 20 minutes earn nothing
    assert (await sums(world)) == {"processor:card": 90_00, "refunds": -90_00}
