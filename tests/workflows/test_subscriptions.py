"""Subscriptions: what each payment, stop and end does to the money and to what is said."""

import asyncio
from datetime import timedelta

import pytest

from booking import service as booking
from booking.question_model import Question, WrittenOffer
from kernel.ids import PaymentId
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.errors import (
    AlreadyPaid,
    AlreadySubscribed,
    NoPackage,
    NoSubscription,
    PaymentMismatch,
)
from payments.model import RefundTo
from payments.offers_of_money import Plan
from payments.rails.card import CardRail
from people.model import Person
from storage.engine import Database
from tests.booking.builders import EXPERT
from tests.workflows.builders import LINK, World
from workflows.cashier import Cashier
from workflows.checkout import CheckBeforePaying
from workflows.privacy import EraseMe, SubscriptionRuns
from workflows.settle_payment import SettlePayment, TakeTelegramPayment, TelegramPaid
from workflows.subscriptions import EndSubscriptions, Subscriptions, call_off_all
from workflows.written_questions import GiveBackUnanswered, WrittenQuestions

EACH = Money(200, "XTR")
PRICE = Money(600, "XTR")
PERIOD = timedelta(days=30)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    async with database.write.begin() as db:
        offer = WrittenOffer(EXPERT, Money(250, "XTR"), "stars")
        await booking.save_written_offer(db, offer)
        await payments.save_plan(db, Plan(EXPERT, questions=3, each=EACH))
    return found


def subscriptions(world: World) -> Subscriptions:
    return Subscriptions(world.database.write, world.clock, world.terms)


async def came(world: World, payload: str, charge: str, *, user: int = 1, **until: object) -> None:
    """Telegram tells of a payment for 30 days."""
    write = world.database.write
    settle = SettlePayment(write, world.clock, LINK)
    paid = TelegramPaid(payload, charge, "", PRICE, user, until.get("until", world.now + PERIOD))  # type: ignore[arg-type]
    await TakeTelegramPayment(write, world.clock, settle)(paid)


async def subscribed(world: World, client: Person) -> str:
    """A paid subscription; returns what its invoice carries."""
    order = await subscriptions(world).order(client, EXPERT, command=world.command())
    await came(world, order.payment.payload, "first")
    return order.payment.payload


async def asked(world: World, client: Person) -> Question:
    write = world.database.write
    cards = CardRail(key="sk_x", webhook_secret="x", return_to="x", api="http://127.0.0.1:9")
    questions = WrittenQuestions(write, world.clock, Cashier(write, cards, ""), world.terms)
    draft = await questions.draft(client, EXPERT, "What now?", command=world.command())
    await subscriptions(world).ask(client, draft.id, command=world.command())
    return draft


async def left(world: World, client: Person) -> list[int]:
    return [one.left for one in await subscriptions(world).owned(client.id)]


async def balances(world: World) -> dict[str, int]:
    """What is not zero, without the held accounts' names; the books are right."""
    found: dict[str, int] = {}
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["problems"] == []
        for (account, _), total in (await ledger.balances(db)).items():
            kind = account.partition(":")[0] if account.startswith("held") else account
            found[kind] = found.get(kind, 0) + total
    return {account: total for account, total in found.items() if total}


async def stops(world: World) -> list[str]:
    async with world.database.read() as db:
        return [charge for charge, _ in await payments.stops_due(db)]


async def test_what_is_not_used_in_thirty_days_is_the_experts(world: World):
    mia = await world.join(1, "Mia")
    payload = await subscribed(world, mia)
    await asked(world, mia)
    assert await left(world, mia) == [2]
    world.later(days=30)
    await came(world, payload, "second")
    await came(world, payload, "second")
    assert await left(world, mia) == [3]
    # two of three answers at 15 % commission; the third is still being written
    assert await balances(world) == {
        "processor:stars": 1200, "held": -800, f"expert:{EXPERT}": -340, "revenue": -60,
    }  # fmt: skip
    planned = await world.planned()
    assert planned.count("notice-subscription-begun") == 1
    assert planned.count("notice-subscription-renewed") == 1


async def test_an_unanswered_question_is_back_in_the_subscription(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    await asked(world, mia)
    world.later(hours=49)
    await GiveBackUnanswered(world.database.write, world.clock)()
    assert await left(world, mia) == [3]
    assert "notice-question-expired-subscription" in await world.planned()
    assert await balances(world) == {"processor:stars": 600, "held": -600}


async def test_an_answer_of_thirty_days_that_are_over_comes_back_as_credit(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    world.later(days=29, hours=12)
    await asked(world, mia)
    world.later(hours=50)
    await EndSubscriptions(world.database.write, world.clock)()
    await GiveBackUnanswered(world.database.write, world.clock)()
    assert await left(world, mia) == []
    assert (await balances(world))[f"credit:{mia.id}"] == -200


async def test_nothing_is_paid_by_a_subscription_that_is_used_up_or_over(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    for _ in range(3):
        await asked(world, mia)
    with pytest.raises(NoPackage):
        await asked(world, mia)
    world.later(days=31)
    with pytest.raises(NoPackage):
        await asked(world, mia)


@pytest.mark.parametrize(
    "case", ["stopped before", "paid twice", "somebody else's words", "unknown"]
)
async def test_money_for_thirty_days_that_is_not_owed_goes_back(world: World, case: str):
    mia = await world.join(1, "Mia")
    payload = await subscribed(world, mia)
    until = world.now + PERIOD
    if case == "stopped before":
        mine = (await subscriptions(world).owned(mia.id))[0].subscription
        await subscriptions(world).stop(mia, mine.id, command=world.command())
        until += PERIOD
    elif case != "paid twice":
        payload = "nothing of ours" if case == "unknown" else "nothing:1"
    await came(world, payload, "extra", until=until)
    async with world.database.read() as db:
        due = [(one.amount, one.to) for one, _ in await payments.refunds_due(db)]
    assert due == [(PRICE, RefundTo.RAIL)]
    assert "extra" in await stops(world)
    assert await left(world, mia) == [3]
    await balances(world)


async def test_an_unused_one_is_given_back_whole_and_a_used_one_only_stopped(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    sold = subscriptions(world)
    mine = (await sold.owned(mia.id))[0].subscription
    await asked(world, mia)
    with pytest.raises(NoSubscription):
        await sold.give_back(mia, mine.id, command=world.command())
    command = world.command()
    for _ in range(2):
        await sold.stop(mia, mine.id, command=command)
    assert await stops(world) == ["first"]
    assert await left(world, mia) == [2]


async def test_giving_back_ends_it_at_once(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    await subscribed(world, mia)
    sold = subscriptions(world)
    mine = (await sold.owned(mia.id))[0].subscription
    with pytest.raises(NoSubscription):
        await sold.give_back(ben, mine.id, command=world.command())
    assert await sold.give_back(mia, mine.id, command=world.command()) == PRICE
    assert await left(world, mia) == []
    assert await balances(world) == {"processor:stars": 600, "refunds": -600}


async def test_nobody_subscribes_twice_to_one_expert(world: World):
    mia = await world.join(1, "Mia")
    sold = subscriptions(world)
    second = (await sold.order(mia, EXPERT, command=world.command())).payment
    payload = await subscribed(world, mia)
    with pytest.raises(AlreadySubscribed):
        await sold.order(mia, EXPERT, command=world.command())
    with pytest.raises(AlreadySubscribed):
        await CheckBeforePaying(world.database.read, world.clock)(
            second.payload, payer=mia.id, minor=600, currency="XTR"
        )
    assert PaymentId(payload.partition(":")[0]) != second.id


@pytest.mark.parametrize(("days", "refused"), [(20, True), (30, False)])
async def test_a_renewal_that_is_asked_for_is_not_refused(
    world: World, days: int, *, refused: bool
):
    mia = await world.join(1, "Mia")
    payload = await subscribed(world, mia)
    world.later(days=days)
    check = CheckBeforePaying(world.database.read, world.clock)
    asked_for = check(payload, payer=mia.id, minor=600, currency="XTR")
    if refused:
        with pytest.raises(AlreadyPaid):
            await asked_for
    else:
        await asked_for
        with pytest.raises(PaymentMismatch):
            await check(payload, payer=mia.id, minor=500, currency="XTR")


async def test_the_end_is_told_before_and_after(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    end = EndSubscriptions(world.database.write, world.clock)
    await end()
    assert "notice-subscription-renews-soon" not in await world.planned()
    world.later(days=27)
    for _ in range(2):
        await end()
    assert (await world.planned()).count("notice-subscription-renews-soon") == 1
    world.later(days=3)
    await end()
    assert "notice-subscription-ended" not in await world.planned()
    world.later(hours=1)
    for _ in range(2):
        await end()
    assert (await world.planned()).count("notice-subscription-ended") == 1
    assert (await balances(world))[f"expert:{EXPERT}"] == -510


async def test_who_lets_it_go_on_in_telegram_has_it_again(world: World):
    mia = await world.join(1, "Mia")
    payload = await subscribed(world, mia)
    world.later(days=33)
    await EndSubscriptions(world.database.write, world.clock)()
    assert await left(world, mia) == []
    await came(world, payload, "later")
    assert await left(world, mia) == [3]
    await balances(world)


async def test_an_expert_who_stops_answering_gives_back_what_is_left(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    async with world.database.write.begin() as db:
        await call_off_all(db, EXPERT, now=world.now)
    assert await stops(world) == ["first"]
    assert "notice-subscription-called-off" in await world.planned()
    assert await balances(world) == {"processor:stars": 600, "refunds": -600}
    with pytest.raises(NoSubscription):
        await subscriptions(world).order(mia, EXPERT, command=world.command())


async def test_nobody_is_forgotten_while_telegram_takes_their_stars(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)
    with pytest.raises(SubscriptionRuns):
        await EraseMe(world.database.write, world.clock)(mia)


async def test_the_last_answers_go_to_as_many_as_are_left(world: World):
    mia = await world.join(1, "Mia")
    await subscribed(world, mia)

    async def try_to_ask() -> bool:
        try:
            await asked(world, mia)
        except NoPackage:
            return False
        return True

    asked_at_once = await asyncio.gather(*[try_to_ask() for _ in range(6)])
    assert sum(asked_at_once) == 3
    assert await left(world, mia) == [0]
    await balances(world)


async def test_a_renewal_told_by_two_ways_at_once_counts_once(world: World):
    mia = await world.join(1, "Mia")
    payload = await subscribed(world, mia)
    world.later(days=30)
    await asyncio.gather(*[came(world, payload, "second") for _ in range(4)])
    assert await left(world, mia) == [3]
    assert (await balances(world))["processor:stars"] == 1200
