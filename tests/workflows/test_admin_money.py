"""What admins decide about money is told to whom it concerns."""

import re

import pytest
from sqlalchemy import text

from kernel.money import Money
from payments import service as payments
from payments.approvals import MoneyAction, NoSecondAdmin
from payments.errors import Overdrawn
from people.model import Person
from storage import outbox
from storage.engine import Database
from storage.outbox import Notice
from tests.workflows.builders import World
from texts.translator import Translator
from texts.values import from_json
from workflows.admin_money import AdminMoney
from workflows.tell_admins import TellAdmins

ADA, BOB = 901, 902


@pytest.fixture
async def world(database: Database) -> World:
    return World(database)


def deciding(world: World) -> AdminMoney:
    admins = TellAdmins(world.clock, frozenset({ADA, BOB}))
    return AdminMoney(world.database.write, world.clock, admins, limit=500)


async def told(world: World, to: Person) -> list[Notice]:
    async with world.database.write.begin() as db:
        planned = await outbox.claim(db, now=world.now, real_now=world.now, limit=10)
        await db.rollback()
    return [one.notice for one in planned if one.notice.recipient == to.id]


def said(notice: Notice) -> str:
    return Translator()(str(notice.key), **from_json(notice.values))


def without_marks(text_: str) -> str:
    return re.sub("<.*?>", "", text_)


async def test_credit_is_told_to_whom_it_is_given_once(world: World):
    mia = await world.join(1, "Mia")
    command = world.command()
    for _ in range(2):
        credit = MoneyAction("credit", mia.id, Money(25_00, "USD"), "sorry for the wait")
        assert await deciding(world)(ADA, credit, command=command)
    assert [one.key for one in await told(world, mia)] == ["notice-credit-given"]


async def test_credit_that_is_taken_back_is_told_once_and_is_never_more_than_is_there(world: World):
    mia = await world.join(1, "Mia")
    money = deciding(world)
    given = MoneyAction("credit", mia.id, Money(25_00, "USD"), "sorry")
    await money(ADA, given, command=world.command())
    command = world.command()
    for _ in range(2):
        taken = MoneyAction("take", mia.id, Money(20_00, "USD"), "for somebody else")
        assert await money(ADA, taken, command=command)
    with pytest.raises(Overdrawn):
        await money(ADA, taken, command=world.command())
    async with world.database.read() as db:
        assert await payments.credit_of(db, mia.id) == [Money(5_00, "USD")]
    keys = [one.key for one in await told(world, mia)]
    assert keys == ["notice-credit-given", "notice-credit-taken"]


async def test_over_the_limit_nothing_waits_where_nobody_else_could_agree(world: World):
    mia = await world.join(1, "Mia")
    await world.join(ADA, "Ada")
    credit = MoneyAction("credit", mia.id, Money(500_01, "USD"), "very sorry")
    with pytest.raises(NoSecondAdmin):
        await deciding(world)(ADA, credit, command=world.command())
    async with world.database.read() as db:
        assert await db.scalar(text("SELECT count(*) FROM money_approvals")) == 0


@pytest.mark.parametrize("agreed", [True, False])
async def test_who_asked_for_a_second_admin_learns_what_became_of_it(world: World, *, agreed: bool):
    mia = await world.join(1, "Mia")
    ada, bob = [await world.join(one, "x") for one in (ADA, BOB)]
    money = deciding(world)
    credit = MoneyAction("credit", mia.id, Money(500_01, "USD"), "very sorry")
    assert not await money(ADA, credit, command=world.command())
    [asked] = await told(world, bob)
    assert "Credit, $500.01" in said(asked)
    assert f"About: Mia · {mia.id}" in without_marks(said(asked))
    async with world.database.read() as db:
        approval = str(await db.scalar(text("SELECT id FROM money_approvals")))
    await money.decide(BOB, approval, agreed=agreed, command=world.command())
    [decided] = await told(world, ada)
    assert ("agreed, and it is done" in said(decided)) == agreed
    assert f"About: Mia · {mia.id}" in without_marks(said(decided))


async def test_who_takes_their_own_wish_back_knows_it(world: World):
    mia, ada, _ = [await world.join(one, "x") for one in (1, ADA, BOB)]
    money = deciding(world)
    credit = MoneyAction("credit", mia.id, Money(500_01, "USD"), "very sorry")
    await money(ADA, credit, command=world.command())
    async with world.database.read() as db:
        approval = str(await db.scalar(text("SELECT id FROM money_approvals")))
    await money.decide(ADA, approval, agreed=False, command=world.command())
    assert await told(world, ada) == []
