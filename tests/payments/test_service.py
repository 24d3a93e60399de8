"""The life of a payment: held, split, given back, and always balanced."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PaymentId, PersonId, SessionId
from kernel.money import Money
from payments import ledger
from payments import service as payments
from payments.errors import AlreadyPaid, PaymentMismatch, RefundTooLarge
from payments.model import Payment, PaymentState, Rail, StoredEvent
from storage.engine import Database
from tests.clock import NOON

PRICE = Money(6001, "USD")
MIA, SESSION, DANIEL = PersonId("mia"), SessionId("session"), ExpertId("daniel")


async def opened(db: AsyncSession) -> Payment:
    return await payments.open_payment(
        db, session_id=SESSION, payer=MIA, amount=PRICE, rail=Rail.CARD, now=NOON
    )


async def paid(db: AsyncSession) -> PaymentId:
    payment = await opened(db)
    assert await payments.mark_paid(db, payment.id, charge="pi_1", amount=PRICE, now=NOON)
    return payment.id


async def accounts(db: AsyncSession) -> dict[str, int]:
    return {account: total for (account, _), total in (await ledger.balances(db)).items() if total}


async def test_a_session_has_one_payment(database: Database):
    async with database.write.begin() as db:
        assert (await opened(db)).id == (await opened(db)).id


async def test_paying_twice_is_paying_once(database: Database):
    async with database.write.begin() as db:
        payment_id = await paid(db)
        again = await payments.mark_paid(db, payment_id, charge="pi_1", amount=PRICE, now=NOON)
        assert again is None
        assert await accounts(db) == {"processor:card": 6001, f"held:{SESSION}": -6001}


async def test_another_amount_is_refused_and_nothing_is_booked(database: Database):
    async with database.write.begin() as db:
        payment = await opened(db)
        with pytest.raises(PaymentMismatch):
            await payments.mark_paid(
                db, payment.id, charge="pi_1", amount=Money(1, "USD"), now=NOON
            )
        assert await accounts(db) == {}


async def test_a_payment_that_came_after_its_page_was_closed_still_counts(database: Database):
    async with database.write.begin() as db:
        payment = await opened(db)
        await payments.opened(db, payment.id, reference="cs_1", url="https://pay")
        assert await payments.close_page(db, payment.id)
        assert await payments.mark_paid(db, payment.id, charge="pi_1", amount=PRICE, now=NOON)


@pytest.mark.parametrize(
    ("payer", "minor", "currency", "refusal"),
    [
        (PersonId("ben"), 6001, "USD", PaymentMismatch),
        (None, 6001, "USD", PaymentMismatch),
        (MIA, 6000, "USD", PaymentMismatch),
        (MIA, 6001, "EUR", PaymentMismatch),
    ],
)
async def test_pre_checkout_refuses(
    database: Database, payer: PersonId | None, minor: int, currency: str, refusal: type[Exception]
):
    async with database.write.begin() as db:
        payment = await opened(db)
        payments.precheck(payment, payer=MIA, minor=6001, currency="USD")
        with pytest.raises(refusal):
            payments.precheck(payment, payer=payer, minor=minor, currency=currency)


async def test_pre_checkout_refuses_what_is_paid(database: Database):
    async with database.write.begin() as db:
        payment = await payments.payment(db, await paid(db))
    with pytest.raises(AlreadyPaid):
        payments.precheck(payment, payer=MIA, minor=6001, currency="USD")


async def test_release_splits_what_is_held_without_losing_a_cent(database: Database):
    async with database.write.begin() as db:
        await paid(db)
        earned = await release(db)
        assert earned == Money(5101, "USD")
        assert await release(db) is None
        assert await accounts(db) == {
            "processor:card": 6001, f"expert:{DANIEL}": -5101, "revenue": -900,
        }  # fmt: skip
        assert await payments.earnings(db, DANIEL) == [Money(5101, "USD")]


async def release(db: AsyncSession) -> Money | None:
    return await payments.release(db, SESSION, expert_id=DANIEL, commission_percent=15, now=NOON)


async def test_a_partial_refund_and_the_rest_to_the_expert(database: Database):
    async with database.write.begin() as db:
        payment_id = await paid(db)
        half = PRICE.percent(50)
        refund = await payments.request_refund(db, payment_id, half, reason="policy", now=NOON)
        await release(db)
        assert [one.id for one, _ in await payments.refunds_due(db)] == [refund.id]
        for _ in range(2):
            await payments.refund_done(db, refund.id, reference="re_1", now=NOON)
        assert (await payments.payment(db, payment_id)).state is PaymentState.PARTLY_REFUNDED
        assert await payments.refunds_due(db) == []
        assert (await ledger.check(db))["balanced"]
        assert (await accounts(db))["processor:card"] == 6001 - half.minor
        with pytest.raises(RefundTooLarge):
            await payments.request_refund(db, payment_id, half, reason="again", now=NOON)


async def test_a_full_refund_leaves_nothing(database: Database):
    async with database.write.begin() as db:
        payment_id = await paid(db)
        refund = await payments.request_refund(db, payment_id, PRICE, reason="declined", now=NOON)
        await payments.refund_done(db, refund.id, reference="re_1", now=NOON)
        assert await accounts(db) == {}
        assert (await payments.payment(db, payment_id)).state is PaymentState.REFUNDED


async def test_an_event_is_stored_once(database: Database):
    event = StoredEvent("evt_1", "checkout.session.completed", "cs_1")
    async with database.write.begin() as db:
        stored = [
            await payments.store_event(db, event, source="stripe", body="{}", now=NOON)
            for _ in range(2)
        ]
        assert stored == [True, False]
        assert await payments.events_due(db) == [event]
        await payments.event_done(db, event.id, now=NOON)
        assert await payments.events_due(db) == []


@given(st.integers(1, 100_000), st.integers(0, 1000))
def test_every_split_sums_exactly(minor: int, per_mille: int):
    parts: Sequence[Money] = Money(minor, "JPY").split([1000 - per_mille, per_mille])
    assert sum(part.minor for part in parts) == minor
