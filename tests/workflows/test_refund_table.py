"""What comes back, by policy, time, rail and status: the table is the specification.

A row: policy, what happens, hours before the start (or, for `refund`, the percent that an admin
gives back after the session), rail, price and the part of it paid by credit; then what goes back
by the rail and as credit, and what the expert keeps. The commission is 15 %. Prices of 10000 are
100 dollars, of 100 a hundred Stars.
"""

from datetime import datetime, timedelta

import pytest

from booking import service as booking
from booking.model import CancelPolicy
from kernel.ids import OfferId, PaymentId, SessionId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.model import Rail, RefundTo
from payments.split import Terms
from people.model import Person
from storage.engine import Database
from tests.booking.builders import EXPERT, NOW, an_offer, at
from tests.workflows.builders import LINK, World
from workflows.cancel_session import CancelSession
from workflows.checkout import HoldTime
from workflows.decide_request import DeclineSession
from workflows.run_session import BeginSessions, EndSessions, ExpireHolds
from workflows.settle_payment import Came, SettlePayment

POLICIES = {
    "usual": CancelPolicy(),
    "strict": CancelPolicy(((48, 50), (0, 0))),
    "kind": CancelPolicy(((1, 100), (0, 25))),
    "never": CancelPolicy(((0, 0),)),
    "ask": CancelPolicy(),
}

TABLE = """
usual   client   49     card    10000     0   10000     0       0
usual   client   24     card    10000     0   10000     0       0
usual   client   23.99  card    10000     0    5000     0    4250
usual   client   3      card    10000     0    5000     0    4250
usual   client   2.99   card    10000     0       0     0    8500
usual   client   0.01   card    10000     0       0     0    8500
usual   client   24     invoice 10000     0   10000     0       0
usual   client   23.99  invoice 10000     0    5000     0    4250
usual   client   2.99   invoice 10000     0       0     0    8500
usual   client   24     stars     100     0     100     0       0
usual   client   23.99  stars     100     0       0    50      43
usual   client   2.99   stars     100     0       0     0      85
usual   client   24     free    10000 10000       0 10000       0
usual   client   23.99  free    10000 10000       0  5000    4250
usual   client   2.99   free    10000 10000       0     0    8500
usual   client   24     card    10000  4000    6000  4000       0
usual   client   23.99  card    10000  4000    5000     0    4250
usual   client   2.99   card    10000  4000       0     0    8500
usual   client   24     card    10000  7000    3000  7000       0
usual   client   23.99  card    10000  7000    3000  2000    4250
usual   client   24     stars     100    40      60    40       0
usual   client   23.99  stars     100    40       0    50      43
usual   client   23.99  stars     100    60      40    10      43
usual   client   23.99  card    10001     0    5001     0    4250
usual   client   23.99  card        1     0       1     0       0
usual   client   23.99  card        3     0       2     0       1
usual   expert   49     card    10000     0   10000     0       0
usual   expert   2      card    10000     0   10000     0       0
usual   expert   0.01   card    10000     0   10000     0       0
usual   expert   2      invoice 10000     0   10000     0       0
usual   expert   2      stars     100     0     100     0       0
usual   expert   2      free    10000 10000       0 10000       0
usual   expert   2      card    10000  4000    6000  4000       0
usual   expert   2      stars     100    40      60    40       0
usual   admin    2      card    10000     0   10000     0       0
usual   admin    2      stars     100     0     100     0       0
usual   admin    2      card    10000  4000    6000  4000       0
strict  client   49     card    10000     0    5000     0    4250
strict  client   48     card    10000     0    5000     0    4250
strict  client   47.99  card    10000     0       0     0    8500
strict  client   48     stars     100     0       0    50      43
strict  client   47.99  stars     100     0       0     0      85
strict  client   48     free    10000 10000       0  5000    4250
strict  expert   2      card    10000     0   10000     0       0
kind    client   1      card    10000     0   10000     0       0
kind    client   0.99   card    10000     0    2500     0    6375
kind    client   0.99   stars     100     0       0    25      64
kind    client   0.99   card    10000  9000    1000  1500    6375
kind    expert   0.99   card    10000     0   10000     0       0
never   client   600    card    10000     0       0     0    8500
never   client   600    stars     100     0       0     0      85
never   client   600    free    10000 10000       0     0    8500
never   expert   600    card    10000     0   10000     0       0
ask     decline  49     card    10000     0   10000     0       0
ask     decline  2      stars     100     0     100     0       0
ask     decline  2      card    10000  4000    6000  4000       0
ask     client   2      card    10000     0   10000     0       0
ask     client   49     stars     100     0     100     0       0
ask     silence  0      card    10000     0   10000     0       0
ask     silence  0      stars     100     0     100     0       0
ask     silence  0      card    10000  4000    6000  4000       0
usual   refund   100    card    10000     0   10000     0       0
usual   refund   50     card    10000     0    5000     0    4250
usual   refund   1      card    10000     0     100     0    8415
usual   refund   100    stars     100     0     100     0       0
usual   refund   50     stars     100     0       0    50      42
usual   refund   100    card    10000  4000    6000  4000       0
usual   refund   70     card    10000  4000    6000  1000    2550
usual   refund   100    free    10000 10000       0 10000       0
usual   refund   0      card    10000     0       0     0    8500
usual   refund   0      stars     100     0       0     0      85
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
COMMISSION = Terms(commission=150)


def starts() -> list[datetime]:
    """Every full hour that the expert works, from the third week on."""
    days = [day for day in range(9, 31) if at(9, day=day).weekday() < 5]
    return [at(hour, day=day) for day in days for hour in range(9, 17)]


def test_the_table_has_at_least_60_cases():
    assert len(ROWS) == len({tuple(row) for row in ROWS}) >= 60


async def paid_session(
    world: World, mia: Person, start: datetime, *, policy: str, rail: Rail, price: int, credit: int
) -> tuple[SessionId, PaymentId]:
    write, offer = world.database.write, OfferId(policy)
    held = await HoldTime(write, world.clock, LINK)(mia, offer, start, command=world.command())
    currency = "XTR" if rail is Rail.STARS else "USD"
    async with write.begin() as db:
        payment = await payments.open_payment(
            db, subject=held.id, payer=mia.id, amount=Money(price, currency), rail=rail,
            terms=COMMISSION, now=world.now,
        )  # fmt: skip
        if credit:
            given = Money(credit, currency)
            await payments.grant(db, mia.id, given, key=held.id, reason="x", now=world.now)
            payment = await payments.agree(
                db, payment, discount=Money(0, currency), use_credit=True, code=None, rail=rail,
                now=world.now,
            )  # fmt: skip
        charge = f"pi_{held.id}" if payment.amount else None
        settle = SettlePayment(write, world.clock, LINK)
        await settle.within(db, Came(payment.id, charge, payment.amount))
    return held.id, payment.id


async def happen(
    world: World, mia: Person, session: SessionId, payment: PaymentId, what: str, number: float
) -> None:
    write, clock = world.database.write, world.clock
    async with world.database.read() as db:
        start = (await booking.session(db, session)).starts_at
    if what != "refund":
        world.now = start - timedelta(hours=number)
    match what:
        case "client" | "admin":
            await CancelSession(write, clock)(
                session, by=what, person=mia.id, command=world.command()
            )
        case "expert":
            await CancelSession(write, clock)(
                session, by=what, person=mia.id, expert=EXPERT, command=world.command()
            )
        case "decline":
            await DeclineSession(write, clock)(session, expert=EXPERT, command=world.command())
        case "silence":
            await ExpireHolds(write, clock)()
        case _:
            await over_and_refunded(world, payment, start, round(number))


async def over_and_refunded(
    world: World, payment: PaymentId, start: datetime, percent: int
) -> None:
    write, clock = world.database.write, world.clock
    world.now = start
    await BeginSessions(write, clock)()
    world.later(hours=1)
    await EndSessions(write, clock)()
    async with write.begin() as db:
        of = await payments.payment(db, payment)
        back = of.total.percent(percent)
        if back:
            await payments.request_refund(db, payment, back, reason="x", now=world.now)


async def outcome(world: World, payment: PaymentId) -> tuple[int, int, int]:
    """What went back by the rail and as credit, and what the expert keeps."""
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["problems"] == []
        back = {RefundTo.RAIL: 0, RefundTo.CREDIT: 0}
        for one in await payments.refunds_of(db, payment):
            back[one.to] += one.amount.minor
        earned = await payments.earning_of(db, payment)
        kept = payments.kept_by_expert(earned).minor if earned else 0
    return back[RefundTo.RAIL], back[RefundTo.CREDIT], kept


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    async with database.write.begin() as db:
        for name, policy in POLICIES.items():
            offer = an_offer(
                id=OfferId(name), policy=policy, needs_confirmation=name == "ask", window_days=60,
                notice_minutes=0,
            )  # fmt: skip
            await booking.save_offer(db, offer)
    return found


async def test_every_row_of_the_table(world: World):
    free = starts()
    wrong = []
    for number, row in enumerate(ROWS):
        policy, what, hours, rail, price, credit, *expected = row
        world.now = NOW
        mia = await world.join(100 + number, "Mia")
        session, payment = await paid_session(
            world, mia, free.pop(0), policy=policy, rail=Rail(rail), price=int(price),
            credit=int(credit),
        )  # fmt: skip
        await happen(world, mia, session, payment, what, float(hours))
        found = await outcome(world, payment)
        if found != tuple(int(one) for one in expected):
            wrong.append((" ".join(row), found))
    assert wrong == []
