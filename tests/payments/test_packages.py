"""Packages: a session's money is in one place, whatever is used, put back, ended or disputed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import OfferId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.errors import NoPackage
from payments.model import (
    DisputeState,
    FetchedDispute,
    Payment,
    PaymentState,
    Purpose,
    Rail,
    RefundTo,
)
from payments.offers_of_money import BoughtPackage, Package
from storage.engine import Database
from tests.clock import NOON
from tests.payments.builders import DANIEL, MIA, TERMS, accounts, opened, paid

EACH = Money(5000, "USD")
THREE = Package("three", OfferId("offer"), sessions=3, each=EACH, valid_days=30)


async def bought(db: AsyncSession) -> BoughtPackage:
    """Mia's package of three, paid by card."""
    order = await payments.order_package(db, MIA, THREE)
    payment = await paid(
        db, charge="pi_package", subject=order.id, purpose=Purpose.PACKAGE, amount=THREE.price
    )
    return await payments.begin_package(db, payment, now=NOON)


async def used(db: AsyncSession, package: BoughtPackage, session: str) -> Payment:
    return await payments.use_package(db, await opened(db, subject=session), package, now=NOON)


async def left(db: AsyncSession) -> int:
    return sum(n for _, n in await payments.packages_left(db, MIA, now=NOON))


async def problems(db: AsyncSession) -> list[str]:
    found: list[str] = (await ledger_check.check(db))["problems"]
    return found


async def test_each_session_takes_its_part_until_nothing_is_left(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        assert package.expires_at == NOON + timedelta(days=30)
        assert await left(db) == 3
        for number in range(3):
            payment = await used(db, package, f"session{number}")
            assert (payment.state, payment.rail, payment.total) == (
                PaymentState.PAID, Rail.PACKAGE, EACH,
            )  # fmt: skip
        assert await left(db) == 0
        with pytest.raises(NoPackage):
            await used(db, package, "one too many")


async def test_the_books_balance_and_the_expert_earns_by_the_session(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        await used(db, package, "session0")
        payment = await payments.payment_for(db, Purpose.SESSION, "session0")
        assert payment is not None
        assert await payments.release_payment(db, payment, expert_id=DANIEL, now=NOON) == Money(
            EACH.minor - EACH.minor * TERMS.commission // 1000, "USD"
        )
        assert (await accounts(db))[f"held:{package.id}"] == -2 * EACH.minor
        assert await problems(db) == []


async def test_a_session_given_back_whole_is_in_the_package_again(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        payment = await used(db, package, "session0")
        refunds = await payments.request_refund(db, payment.id, EACH, reason="x", now=NOON)
        assert [(one.to, one.sent_at) for one in refunds] == [(RefundTo.PACKAGE, NOON)]
        assert (await payments.payment(db, payment.id)).state is PaymentState.REFUNDED
        assert await left(db) == 3
        assert await payments.refunds_due(db) == []
        assert await problems(db) == []


async def test_a_part_of_a_session_becomes_credit(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        payment = await used(db, package, "session0")
        half = Money(2500, "USD")
        refunds = await payments.request_refund(db, payment.id, half, reason="late", now=NOON)
        assert [one.to for one in refunds] == [RefundTo.CREDIT]
        assert await payments.credit_of(db, MIA) == [half]
        assert await left(db) == 2
        assert await problems(db) == []


async def test_what_is_left_at_the_end_becomes_credit_once(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        payment = await used(db, package, "session0")
        assert [one.amount for one in await payments.end_package(db, package, now=NOON)] == [
            Money(10_000, "USD")
        ]
        assert await payments.end_package(db, package, now=NOON) == []
        assert await left(db) == 0
        await payments.request_refund(db, payment.id, EACH, reason="cancelled", now=NOON)
        assert await payments.credit_of(db, MIA) == [THREE.price]
        assert await problems(db) == []


async def test_credit_that_was_set_aside_is_free_again(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        await payments.grant(db, MIA, Money(700, "USD"), key="g", reason="sorry", now=NOON)
        payment = await payments.agree(
            db, await opened(db, subject="session0"), discount=Money(0, "USD"), use_credit=True,
            code=None, rail=Rail.CARD, now=NOON,
        )  # fmt: skip
        await payments.use_package(db, payment, package, now=NOON)
        assert await payments.credit_of(db, MIA) == [Money(700, "USD")]
        assert await problems(db) == []


def disputed(state: DisputeState) -> FetchedDispute:
    return FetchedDispute("dp", "pi_package", THREE.price, Money(1500, "USD"), state)


async def frozen(db: AsyncSession) -> list[str | None]:
    """Why what each session earned is held back, in the order of the sessions."""
    earned = sorted(await payments.earnings_of(db, DANIEL), key=lambda one: one.subject)
    return [one.frozen for one in earned]


@pytest.mark.parametrize("end", [DisputeState.WON, DisputeState.LOST])
async def test_a_dispute_holds_back_what_the_packages_sessions_earned(
    database: Database, end: DisputeState
):
    async with database.write.begin() as db:
        package = await bought(db)
        before, after = [await used(db, package, f"session{number}") for number in range(2)]
        await payments.release_payment(db, before, expert_id=DANIEL, now=NOON)
        await payments.follow_dispute(db, disputed(DisputeState.OPEN), now=NOON)
        await payments.release_payment(db, after, expert_id=DANIEL, now=NOON)
        assert await frozen(db) == ["dispute", "dispute"]
        await payments.follow_dispute(db, disputed(end), now=NOON)
        assert await frozen(db) == [None, None]
        assert await problems(db) == []
        balances = await accounts(db)
    earned = {"won": -8500, "lost": 0}[end]
    assert balances.get(f"expert:{DANIEL}", 0) == earned


async def test_nothing_is_booked_or_given_as_credit_while_a_bank_decides(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        await payments.follow_dispute(db, disputed(DisputeState.OPEN), now=NOON)
        assert await left(db) == 0
        assert await payments.end_package(db, package, now=NOON) == []
        with pytest.raises(NoPackage):
            await used(db, package, "session0")


async def test_a_lost_dispute_takes_what_is_left_and_what_the_sessions_earned(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        payment = await used(db, package, "session0")
        await payments.release_payment(db, payment, expert_id=DANIEL, now=NOON)
        put_back = await used(db, package, "session1")
        await payments.request_refund(db, put_back.id, EACH, reason="x", now=NOON)
        await payments.follow_dispute(db, disputed(DisputeState.LOST), now=NOON)
        assert await left(db) == 0
        assert (await payments.payment(db, payment.id)).state is PaymentState.REFUNDED
        assert await accounts(db) == {"processor:card": -1500, "fees:card": 1500}
        assert await problems(db) == []


async def test_what_nobody_has_any_more_is_the_platforms_loss(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        payment = await used(db, package, "session0")
        half = Money(2500, "USD")
        await payments.request_refund(db, payment.id, half, reason="late", now=NOON)
        await payments.follow_dispute(db, disputed(DisputeState.LOST), now=NOON)
        balances = await accounts(db)
        assert (balances["revenue"], balances[f"credit:{MIA}"]) == (2500, -2500)
        assert await problems(db) == []


async def test_the_last_session_is_taken_by_one_of_many(database: Database):
    async with database.write.begin() as db:
        package = await bought(db)
        for number in range(2):
            await used(db, package, f"session{number}")

    async def take(number: int) -> bool:
        try:
            async with database.write.begin() as db:
                await used(db, package, f"rival{number}")
        except NoPackage:
            return False
        return True

    won = await asyncio.gather(*[take(number) for number in range(6)])
    assert sum(won) == 1
    async with database.read() as db:
        assert await problems(db) == []
