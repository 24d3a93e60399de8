"""Packages: what is sold, the weeks of a series, and the end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking import service as booking
from booking.model import SessionState
from kernel.errors import DomainError
from kernel.ids import SessionId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.errors import AmountNotPossible, NoPackage
from payments.model import DisputeState, FetchedDispute, Rail
from payments.offers_of_money import BoughtPackage, Package
from payments.rails.card import CardRail
from people.model import Person
from storage import outbox
from storage.engine import Database
from tests.booking.builders import EXPERT, OFFER, at
from tests.workflows.builders import LINK, World
from workflows.cancel_session import CancelSession
from workflows.card_events import FollowDispute
from workflows.cashier import Cashier
from workflows.packages import EndPackages, Packages
from workflows.series import BookWeekly, same_time
from workflows.settle_payment import SettlePayment
from workflows.tell_admins import TellAdmins

THREE = Package("three", OFFER, sessions=3, each=Money(80_00, "USD"), valid_days=30)
MONDAY_NINE = at(9, day=9)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    async with database.write.begin() as db:
        await payments.save_package(db, THREE)
    return found


def packages(world: World) -> Packages:
    # a processor that never answers: none of this may depend on one
    cards = CardRail(key="sk_x", webhook_secret="x", return_to="x", api="http://127.0.0.1:9")
    write = world.database.write
    return Packages(
        write, world.clock, Cashier(write, cards, "token"), cards, world.terms, LINK
    )  # fmt: skip


async def bought(world: World, client: Person) -> BoughtPackage:
    order, payment = await world.order(client, THREE)
    await world.pay_package(payment, THREE)
    return order


async def left(world: World, client: Person) -> list[int]:
    return [one.left for one in await packages(world).owned(client.id)]


async def books_are_right(world: World) -> bool:
    async with world.database.read() as db:
        return bool((await ledger_check.check(db))["balanced"])


async def test_a_paid_package_is_told_once_and_pays_a_held_session(world: World):
    mia = await world.join(1, "Mia")
    await bought(world, mia)
    assert (await world.planned()).count("notice-package-ready") == 1
    session, _ = await world.hold(mia, MONDAY_NINE)
    command = world.command()
    for _ in range(2):
        await packages(world).use(mia, SessionId(session), command=command)
    assert await left(world, mia) == [2]
    async with world.database.read() as db:
        state = (await booking.session(db, SessionId(session))).state
    assert state is SessionState.CONFIRMED
    assert await books_are_right(world)


async def test_another_persons_package_pays_nothing(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    await bought(world, mia)
    session, _ = await world.hold(ben, MONDAY_NINE)
    with pytest.raises(NoPackage):
        await packages(world).use(ben, SessionId(session), command=world.command())
    with pytest.raises(DomainError):
        await packages(world).use(mia, SessionId(session), command=world.command())
    assert await left(world, mia) == [3]


async def test_what_cannot_be_paid_for_its_offer_is_not_sold(world: World):
    mia = await world.join(1, "Mia")
    async with world.database.write.begin() as db:
        await payments.save_package(db, replace(THREE, each=Money(8000, "EUR")))
    with pytest.raises(AmountNotPossible):
        await packages(world).buy(mia, THREE.id, command=world.command())
    async with world.database.write.begin() as db:
        await payments.save_package(db, replace(THREE, active=False))
    with pytest.raises(NoPackage):
        await packages(world).buy(mia, THREE.id, command=world.command())


async def test_a_series_leaves_out_the_week_that_somebody_has(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    await bought(world, mia)
    session, _ = await world.hold(mia, MONDAY_NINE)
    await packages(world).use(mia, SessionId(session), command=world.command())
    _, payment = await world.hold(ben, MONDAY_NINE + timedelta(days=7))
    await world.pay(payment)
    weekly = BookWeekly(packages(world))
    weeks = await weekly(mia, SessionId(session), command=world.command())
    assert [(one.start, one.refusal is None) for one in weeks] == [
        (MONDAY_NINE + timedelta(days=7), False), (MONDAY_NINE + timedelta(days=14), True),
    ]  # fmt: skip
    assert await left(world, mia) == [1]
    assert await books_are_right(world)


async def test_a_session_cancelled_in_time_can_be_booked_again(world: World):
    mia = await world.join(1, "Mia")
    await bought(world, mia)
    session, _ = await world.hold(mia, MONDAY_NINE)
    await packages(world).use(mia, SessionId(session), command=world.command())
    await CancelSession(world.database.write, world.clock)(
        SessionId(session), by="client", person=mia.id, command=world.command()
    )
    assert await left(world, mia) == [3]
    assert await books_are_right(world)


async def told_way(world: World) -> str:
    """The way back that the client of a called-off session is told."""
    async with world.database.write.begin() as db:
        found = await outbox.claim(db, now=world.now, real_now=world.now, limit=200)
        await db.rollback()
    [notice] = [one.notice for one in found if one.notice.key == "notice-cancelled-by-expert"]
    return str(notice.values["way"])


@pytest.mark.parametrize(
    ("credit", "way"), [(0, "rail"), (30_00, "both"), (90_00, "credit"), (None, "package")]
)
async def test_who_is_called_off_is_told_the_one_way_the_money_goes_back(
    world: World, credit: int | None, way: str
):
    mia = await world.join(1, "Mia")
    if credit is None:
        await bought(world, mia)
    session, payment = await world.hold(mia, MONDAY_NINE)
    if credit is None:
        await packages(world).use(mia, SessionId(session), command=world.command())
    else:
        own = Money(credit, "USD")
        async with world.database.write.begin() as db:
            if own:
                await payments.grant(db, mia.id, own, key="k", reason="x", now=world.now)
            of = await payments.agree(
                db, await payments.payment(db, payment), discount=Money(0, "USD"),
                use_credit=True, code=None, rail=Rail.CARD, now=world.now,
            )  # fmt: skip
        await SettlePayment(world.database.write, world.clock, LINK)(
            payment, charge="pi_1", amount=of.amount
        )
    await CancelSession(world.database.write, world.clock)(
        SessionId(session), by="expert", person=mia.id, expert=EXPERT, command=world.command()
    )
    assert await told_way(world) == way
    assert await books_are_right(world)


async def test_the_end_is_told_a_week_before_and_what_is_left_is_credit(world: World):
    mia = await world.join(1, "Mia")
    await bought(world, mia)
    end = EndPackages(world.database.write, world.clock)
    await end()
    assert "notice-package-ends-soon" not in await world.planned()
    world.later(days=23)
    for _ in range(2):
        await end()
    assert (await world.planned()).count("notice-package-ends-soon") == 1
    world.later(days=7)
    for _ in range(2):
        await end()
    assert (await world.planned()).count("notice-package-ended") == 1
    assert await left(world, mia) == []
    async with world.database.read() as db:
        assert await payments.credit_of(db, mia.id) == [THREE.price]
    assert await books_are_right(world)


@pytest.mark.parametrize(
    ("weeks", "utc_hour"),
    [pytest.param(1, 8, id="winter"), pytest.param(2, 7, id="after the clocks changed")],
)
def test_the_same_time_is_the_experts_wall_clock(weeks: int, utc_hour: int):
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 16, 8, tzinfo=UTC)
    found = same_time(start, berlin, weeks=weeks)
    assert (found.astimezone(berlin).hour, found.hour) == (9, utc_hour)


@given(
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    quarters=st.integers(0, 4 * 24 * 730), weeks=st.integers(1, 12),
)  # fmt: skip
def test_the_wall_clock_stays_over_every_change_of_clocks(zone: str, quarters: int, weeks: int):
    place = ZoneInfo(zone)
    first = datetime(2025, 1, 1, tzinfo=UTC) + quarters * timedelta(minutes=15)
    wall = first.astimezone(place).replace(tzinfo=None) + timedelta(weeks=weeks)
    found = same_time(first, place, weeks=weeks)
    seen = found.astimezone(place).replace(tzinfo=None)
    # a time that a change leaves out is moved forward, by an hour at most
    assert seen == wall or timedelta(0) < seen - wall <= timedelta(hours=1)
    assert abs(found - first - timedelta(weeks=weeks)) <= timedelta(hours=1)
    if seen != wall:
        before = found - timedelta(hours=1)
        assert before.astimezone(place).utcoffset() != found.astimezone(place).utcoffset()


async def test_a_lost_dispute_over_a_package_cancels_what_it_booked_ahead(world: World):
    mia = await world.join(1, "Mia")
    await bought(world, mia)
    session, _ = await world.hold(mia, MONDAY_NINE)
    await packages(world).use(mia, SessionId(session), command=world.command())
    lost = FetchedDispute("dp", "pi_p", THREE.price, Money(1500, "USD"), DisputeState.LOST)
    async with world.database.write.begin() as db:
        await FollowDispute(world.clock, TellAdmins(world.clock, frozenset()))(db, lost)
        assert (await booking.session(db, SessionId(session))).state is SessionState.CANCELLED
    assert await books_are_right(world)
    assert "notice-taken-back" in await world.planned()
