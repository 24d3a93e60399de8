"""Tampered events, payloads and ids: all refused, and nothing is changed."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from kernel.errors import DomainError
from kernel.ids import PaymentId, PersonId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.approvals import AlreadyDecided, MoneyAction, SecondAdminNeeded
from payments.errors import (
    BadSignature,
    PaymentMismatch,
    PriceChanged,
    UnknownPayment,
)
from payments.model import Purpose, Rail
from payments.rails.card import CardRail
from sandbox.stripe.events import signature as sign
from storage.engine import Database
from tests.booking.builders import at
from tests.workflows.builders import LINK, PRICE, World
from workflows.admin_money import AdminMoney
from workflows.checkout import CheckBeforePaying
from workflows.money_queries import MoneyQueries
from workflows.settle_payment import SettlePayment, TakeTelegramPayment, TelegramPaid
from workflows.tell_admins import TellAdmins

SECRET = "whsec_test"
EVENT = json.dumps(
    {
        "id": "evt_1", "object": "event", "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    }
).encode()  # fmt: skip


def now() -> int:
    return int(time.time())  # noqa: TID251 - signatures are of real time


def signed(body: bytes = EVENT, *, secret: str = SECRET, age: int = 0) -> str:
    return sign(body, secret, timestamp=now() - age)


def with_id(value: Any) -> bytes:
    return json.dumps({**json.loads(EVENT), "data": {"object": value}}).encode()


FORGED: list[Callable[[], tuple[bytes, str]]] = [
    lambda: (EVENT, ""),
    lambda: (EVENT, "t=1,v1=00"),
    lambda: (EVENT, "v1=00"),
    lambda: (EVENT, signed().replace("v1=", "v0=")),
    lambda: (EVENT, signed(secret="whsec_other")),
    lambda: (EVENT, signed(secret="")),
    lambda: (EVENT, signed(age=301)),
    lambda: (EVENT, signed(age=86_400)),
    lambda: (EVENT, signed()[:-1]),
    lambda: (EVENT, signed().upper()),
    lambda: (EVENT.replace(b"cs_1", b"cs_2"), signed()),
    lambda: (EVENT + b" ", signed()),
    lambda: (b"", signed(b"")),
    lambda: (b"[]", signed(b"[]")),
    lambda: (b"null", signed(b"null")),
    lambda: (b"not json", signed(b"not json")),
    lambda: (b"{}", signed(b"{}")),
    lambda: (with_id({}), signed(with_id({}))),
    lambda: (with_id(None), signed(with_id(None))),
    lambda: (with_id([]), signed(with_id([]))),
]

# (payload of an invoice, payer, amount, currency); {p} is the payment's id
OFFERED: list[tuple[str, str, int, str]] = [
    ("", "mia", 9000, "USD"),
    (":", "mia", 9000, "USD"),
    ("{p}", "mia", 9000, "USD"),
    ("{p}:", "mia", 9000, "USD"),
    ("{p}:0", "mia", 9000, "USD"),
    ("{p}:2", "mia", 9000, "USD"),
    ("{p}:-1", "mia", 9000, "USD"),
    ("{p}:1.0", "mia", 9000, "USD"),
    ("{p}:1:1", "mia", 9000, "USD"),
    ("{p}:①", "mia", 9000, "USD"),
    ("{p}:99999999999999999999", "mia", 9000, "USD"),
    ("x{p}:1", "mia", 9000, "USD"),
    ("{p} OR 1=1:1", "mia", 9000, "USD"),
    ("../{p}:1", "mia", 9000, "USD"),
    ("{p}:1", "ben", 9000, "USD"),
    ("{p}:1", "", 9000, "USD"),
    ("{p}:1", "mia", 8999, "USD"),
    ("{p}:1", "mia", 9001, "USD"),
    ("{p}:1", "mia", 0, "USD"),
    ("{p}:1", "mia", -9000, "USD"),
    ("{p}:1", "mia", 9000, "EUR"),
    ("{p}:1", "mia", 9000, "XTR"),
    ("{other}:1", "mia", 9000, "USD"),
]


def test_there_are_at_least_40_of_them():
    assert len(FORGED) + len(OFFERED) >= 40


@pytest.fixture
async def cards() -> AsyncIterator[CardRail]:
    rail = CardRail(key="sk_x", webhook_secret=SECRET, return_to="x", api="http://127.0.0.1:9")
    yield rail
    await rail.close()


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_event_is_refused(cards: CardRail, forge: Callable[[], tuple[bytes, str]]):
    with pytest.raises(BadSignature):
        cards.read_event(*forge())


def test_the_untouched_event_is_read(cards: CardRail):
    assert cards.read_event(EVENT, signed()).reference == "cs_1"


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


async def everything(world: World) -> dict[str, Any]:
    """Every row that money is in."""
    tables = ("payments", "refunds", "ledger_entries", "ledger_balances", "earnings", "sessions")
    async with world.database.read() as db:
        return {
            table: [tuple(row) for row in await db.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608 - the names are above
            for table in tables
        }


async def test_no_tampered_invoice_may_be_paid(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    _, payment = await world.hold(mia, at(9, day=9))
    _, other = await world.hold(ben, at(10, day=9))
    people = {"mia": mia.id, "ben": ben.id, "": None}
    check = CheckBeforePaying(world.database.read, world.clock)
    before = await everything(world)
    for payload, payer, minor, currency in OFFERED:
        asked = payload.format(p=payment, other=other)
        with pytest.raises(DomainError) as refused:
            await check(asked, payer=people[payer], minor=minor, currency=currency)
        kind = type(refused.value)
        assert kind in {UnknownPayment, PriceChanged, PaymentMismatch}, payload
    assert await everything(world) == before
    await check(f"{payment}:1", payer=mia.id, minor=9000, currency="USD")


STRANGE = ["", "x", "x:1", "{p}", "{p}:x", "{p}:2x"]


@pytest.mark.parametrize("payload", STRANGE)
async def test_stars_for_something_unknown_go_back(world: World, payload: str):
    await world.join(1, "Mia")
    take = TakeTelegramPayment(
        world.database.write, world.clock, SettlePayment(world.database.write, world.clock, LINK)
    )
    paid = TelegramPaid(payload.format(p="nobody"), "tg_1", "", Money(50, "XTR"), 1)
    for _ in range(5):
        await take(paid)
    async with world.database.read() as db:
        due = await payments.refunds_due(db)
        assert [(one.amount, of.rail, of.purpose) for one, of in due] == [
            (Money(50, "XTR"), Rail.STARS, Purpose.STRAY)
        ]
        assert (await ledger_check.check(db))["problems"] == []


async def test_nobody_sees_another_persons_payment(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    _, payment = await world.hold(mia, at(9, day=9))
    await world.pay(payment)
    money = MoneyQueries(world.database.read, world.clock)
    reads: list[Callable[..., Awaitable[object]]] = [money.paid, money.why]
    for read in reads:
        for wrong, payer in ((payment, ben.id), (payment, PersonId("")), (PaymentId("x"), mia.id)):
            with pytest.raises(UnknownPayment):
                await read(wrong, payer=payer)


async def test_over_the_limit_a_second_admin_agrees_once(world: World):
    mia = await world.join(1, "Mia")
    await world.join(901, "Ada")
    await world.join(902, "Bob")
    admins = frozenset({901, 902})
    money = AdminMoney(
        world.database.write, world.clock, TellAdmins(world.clock, admins), limit=500
    )
    big = MoneyAction("credit", mia.id, Money(500_01, "USD"), "sorry")
    assert not await money(901, big, command=world.command())
    async with world.database.read() as db:
        approval = str(await db.scalar(text("SELECT id FROM money_approvals")))
        assert await payments.credit_of(db, mia.id) == []
    with pytest.raises(SecondAdminNeeded):
        await money.decide(901, approval, agreed=True, command=world.command())
    with pytest.raises(AlreadyDecided):
        await money.decide(902, "x", agreed=True, command=world.command())
    await money.decide(902, approval, agreed=True, command=world.command())
    with pytest.raises(AlreadyDecided):
        await money.decide(902, approval, agreed=True, command=world.command())
    async with world.database.read() as db:
        assert await payments.credit_of(db, mia.id) == [Money(500_01, "USD")]
        noted = await db.scalars(text("SELECT action FROM audit ORDER BY at, id"))
        assert sorted(noted) == ["money-asked", "money-credit"]


async def test_up_to_the_limit_one_admin_is_enough_and_every_action_has_its_reason(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, at(9, day=9))
    await world.pay(payment)
    money = AdminMoney(
        world.database.write, world.clock, TellAdmins(world.clock, frozenset({901})), limit=500
    )
    refund = MoneyAction("refund", payment, PRICE, "was unhappy")
    command = world.command()
    for _ in range(2):
        assert await money(901, refund, command=command)
    async with world.database.read() as db:
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [PRICE]
        [changes] = await db.scalars(text("SELECT changes FROM audit"))
        assert "was unhappy" in str(changes)


@pytest.mark.parametrize(
    ("amount", "two"),
    [
        (Money(500_00, "USD"), False), (Money(500_01, "USD"), True), (Money(501, "JPY"), True),
        (Money(500, "JPY"), False), (Money(25_000, "XTR"), False), (Money(25_001, "XTR"), True),
    ],
)  # fmt: skip
def test_the_limit_is_in_whole_units(amount: Money, *, two: bool):
    assert MoneyAction("credit", "x", amount, "x").needs_two(500) is two
    assert not MoneyAction("credit", "x", amount, "x").needs_two(0)
