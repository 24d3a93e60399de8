"""The life of a payment: held, split, given back, and always balanced."""

from datetime import timedelta

import pytest

from kernel.ids import PersonId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.errors import (
    AlreadyPaid,
    NothingToPayOut,
    PaymentMismatch,
    PriceChanged,
    RefundTooLarge,
)
from payments.model import (
    DisputeState,
    FetchedDispute,
    PaymentState,
    PayoutAccount,
    PayoutMethod,
    Purpose,
    Rail,
    RefundTo,
    StoredEvent,
)
from payments.split import Terms
from storage.engine import Database
from tests.clock import NOON
from tests.payments.builders import (
    DANIEL,
    MIA,
    PRICE,
    SESSION,
    accounts,
    opened,
    paid,
    released,
)

LATER = NOON + timedelta(hours=48)


async def test_a_session_has_one_payment(database: Database):
    async with database.write.begin() as db:
        assert (await opened(db)).id == (await opened(db)).id


async def test_paying_twice_is_paying_once(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        again = await payments.mark_paid(db, payment.id, charge="pi_1", amount=PRICE, now=NOON)
        assert again is None
        assert await accounts(db) == {"processor:card": 6001, f"held:{SESSION}": -6001}


async def test_another_charge_for_the_same_payment_goes_back(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        with pytest.raises(AlreadyPaid):
            await payments.mark_paid(db, payment.id, charge="pi_2", amount=PRICE, now=NOON)
        stray = await payments.take_stray(
            db, payer=MIA, rail=Rail.CARD, charge="pi_2", amount=PRICE, now=NOON
        )
        assert stray is not None
        await payments.request_refund(db, stray.id, PRICE, reason="not owed", now=NOON)
        again = await payments.take_stray(
            db, payer=MIA, rail=Rail.CARD, charge="pi_2", amount=PRICE, now=NOON
        )
        assert again is None
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [PRICE]
        assert (await ledger_check.check(db))["problems"] == []


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
        page = await payments.opened(db, payment, reference="cs_1", url="https://pay")
        assert await payments.close_page(db, page)
        assert await payments.mark_paid(db, payment.id, charge="pi_1", amount=PRICE, now=NOON)


async def test_a_page_that_is_closed_late_leaves_the_one_that_took_its_place(database: Database):
    async with database.write.begin() as db:
        first = await payments.opened(db, await opened(db), reference="cs_1", url="https://1")
        less = await payments.reprice(db, first, Money(5000, "USD"))
        second = await payments.opened(db, less, reference="cs_2", url="https://2")
        assert not await payments.close_page(db, first)
        assert (await payments.payment(db, second.id)).state is PaymentState.OPEN


async def test_the_processors_fee_is_the_platforms_cost(database: Database):
    async with database.write.begin() as db:
        payment = await opened(db)
        fee = Money(204, "USD")
        await payments.mark_paid(db, payment.id, charge="pi_1", amount=PRICE, fee=fee, now=NOON)
        assert await accounts(db) == {
            "processor:card": 6001 - 204, "fees:card": 204, f"held:{SESSION}": -6001,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("payer", "minor", "currency", "version", "refusal"),
    [
        (PersonId("ben"), 6001, "USD", 1, PaymentMismatch),
        (None, 6001, "USD", 1, PaymentMismatch),
        (MIA, 6000, "USD", 1, PaymentMismatch),
        (MIA, 6001, "EUR", 1, PaymentMismatch),
        (MIA, 6001, "USD", 2, PriceChanged),
        (MIA, 6001, "USD", 0, PriceChanged),
    ],
)
async def test_pre_checkout_refuses(
    database: Database, payer: PersonId | None, minor: int, currency: str, version: int,
    refusal: type[Exception],
):  # fmt: skip
    async with database.write.begin() as db:
        payment = await opened(db)
        payments.precheck(payment, version=1, payer=MIA, minor=6001, currency="USD")
        with pytest.raises(refusal):
            payments.precheck(payment, version=version, payer=payer, minor=minor, currency=currency)


async def test_pre_checkout_refuses_what_is_paid(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
    with pytest.raises(AlreadyPaid):
        payments.precheck(payment, version=1, payer=MIA, minor=6001, currency="USD")


async def test_release_splits_what_is_held_without_losing_a_cent(database: Database):
    async with database.write.begin() as db:
        payment = await released(db)
        assert await payments.release(db, SESSION, expert_id=DANIEL, now=NOON) is None
        assert await accounts(db) == {
            "processor:card": 6001, f"expert:{DANIEL}": -5101, "revenue": -900,
        }  # fmt: skip
        assert await payments.earned_so_far(db, DANIEL) == [Money(5101, "USD")]
        assert payment.still_held == Money(0, "USD")


async def test_tax_and_a_partner_have_their_share(database: Database):
    terms = Terms(commission=200, tax=190, partner="cafe", partner_share=250)
    async with database.write.begin() as db:
        await released(db, amount=Money(11900, "EUR"), terms=terms)
        assert await accounts(db) == {
            "processor:card": 11900, "expert:daniel": -8000, "revenue": -1500, "tax": -1900,
            "partner:cafe": -500,
        }  # fmt: skip


async def test_a_tip_is_all_the_experts(database: Database):
    async with database.write.begin() as db:
        await released(db, purpose=Purpose.TIP, amount=Money(500, "USD"))
        assert (await accounts(db))[f"expert:{DANIEL}"] == -500


async def test_a_partial_refund_and_the_rest_to_the_expert(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        half = PRICE.percent(50)
        [refund] = await payments.request_refund(db, payment.id, half, reason="policy", now=NOON)
        await payments.release(db, SESSION, expert_id=DANIEL, now=NOON)
        assert [one.id for one, _ in await payments.refunds_due(db)] == [refund.id]
        for _ in range(2):
            await payments.refund_done(db, refund.id, reference="re_1", now=NOON)
        assert (await payments.payment(db, payment.id)).state is PaymentState.PARTLY_REFUNDED
        assert await payments.refunds_due(db) == []
        assert (await accounts(db))["processor:card"] == 6001 - half.minor
        with pytest.raises(RefundTooLarge):
            await payments.request_refund(db, payment.id, PRICE, reason="again", now=NOON)
        assert (await ledger_check.check(db))["problems"] == []


async def test_a_full_refund_leaves_nothing(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        [refund] = await payments.request_refund(db, payment.id, PRICE, reason="declined", now=NOON)
        await payments.refund_done(db, refund.id, reference="re_1", now=NOON)
        assert await accounts(db) == {}
        assert (await payments.payment(db, payment.id)).state is PaymentState.REFUNDED


async def test_a_refund_after_the_release_takes_back_each_part(database: Database):
    terms = Terms(commission=150, tax=190, partner="cafe", partner_share=333)
    async with database.write.begin() as db:
        payment = await released(db, terms=terms)
        for part in (1000, 2000, 3001):
            await payments.request_refund(
                db, payment.id, Money(part, "USD"), reason="complaint", now=NOON
            )
        for refund, _ in await payments.refunds_due(db):
            await payments.refund_done(db, refund.id, reference="re", now=NOON)
        assert await accounts(db) == {}
        assert (await ledger_check.check(db))["problems"] == []


async def test_what_the_bank_sends_back_becomes_credit(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        [refund] = await payments.request_refund(db, payment.id, PRICE, reason="x", now=NOON)
        await payments.refund_done(db, refund.id, reference="re_1", now=NOON)
        found = await payments.refund_by_reference(db, "re_1")
        assert found is not None
        assert await payments.refund_failed(db, found, now=NOON)
        assert not await payments.refund_failed(db, found, now=NOON)
        assert await payments.credit_of(db, MIA) == [PRICE]
        assert (await ledger_check.check(db))["problems"] == []


async def test_a_refund_that_was_sent_while_it_was_refused_elsewhere_is_no_credit_as_well(
    database: Database,
):
    async with database.write.begin() as db:
        payment = await paid(db)
        [refund] = await payments.request_refund(db, payment.id, PRICE, reason="x", now=NOON)
        assert await payments.refund_done(db, refund.id, reference="re_1", now=NOON)
        assert not await payments.refund_failed(db, refund, now=NOON)
        assert await payments.credit_of(db, MIA) == []


@pytest.mark.parametrize(
    ("price", "back", "by_stars", "as_credit"),
    [(100, 100, 100, 0), (100, 50, 0, 50), (100, 99, 0, 99)],
)
async def test_stars_go_back_whole_or_as_credit(
    database: Database, price: int, back: int, by_stars: int, as_credit: int
):
    async with database.write.begin() as db:
        payment = await paid(db, rail=Rail.STARS, amount=Money(price, "XTR"))
        asked = await payments.request_refund(
            db, payment.id, Money(back, "XTR"), reason="policy", now=NOON
        )
        by_way = {one.to: one.amount.minor for one in asked}
        assert by_way.get(RefundTo.RAIL, 0) == by_stars
        assert by_way.get(RefundTo.CREDIT, 0) == as_credit
        assert sum(one.minor for one in await payments.credit_of(db, MIA)) == as_credit


async def pay_out(database: Database, method: PayoutMethod = PayoutMethod.BY_HAND) -> Money:
    async with database.write.begin() as db:
        payout = await payments.pay_out(
            db, DANIEL, "USD", method=method, reference="bank 7", now=LATER
        )
    return payout.amount


async def test_earnings_are_payable_after_48_hours(database: Database):
    async with database.write.begin() as db:
        await released(db)
        for now, nothing in ((NOON, True), (LATER - timedelta(seconds=1), True), (LATER, False)):
            [sums] = await payments.summary(db, DANIEL, now=now)
            assert (sums.payable == Money(0, "USD")) is nothing
    assert await pay_out(database) == Money(5101, "USD")
    with pytest.raises(NothingToPayOut):
        await pay_out(database)
    async with database.write.begin() as db:
        assert (await accounts(db))["bank"] == -5101
        [sums] = await payments.summary(db, DANIEL, now=LATER)
        assert sums.paid == Money(5101, "USD")


async def test_what_is_frozen_is_not_paid_out(database: Database):
    async with database.write.begin() as db:
        payment = await released(db)
        assert await payments.freeze(db, payment.id, "looks wrong")
    with pytest.raises(NothingToPayOut):
        await pay_out(database)
    async with database.write.begin() as db:
        assert await payments.freeze(db, payment.id, None)
    assert await pay_out(database) == Money(5101, "USD")


async def test_a_refund_after_a_payout_by_hand_makes_the_next_one_smaller(database: Database):
    async with database.write.begin() as db:
        first = await released(db)
    await pay_out(database)
    async with database.write.begin() as db:
        await payments.request_refund(db, first.id, PRICE, reason="complaint", now=LATER)
        await payments.plan_reversals(db, now=LATER)
        assert await payments.reversals_due(db) == []
        [sums] = await payments.summary(db, DANIEL, now=LATER)
        assert sums.owed == Money(5101, "USD")
        await released(db, subject="second", charge="pi_2", amount=Money(10_000, "USD"))
    assert await pay_out(database) == Money(8500 - 5101, "USD")


async def sent_by_transfer(database: Database) -> str:
    async with database.write.begin() as db:
        payment = await released(db)
        await payments.set_account(db, PayoutAccount(DANIEL, "acct_1", ready=True))
    await pay_out(database, PayoutMethod.TRANSFER)
    async with database.write.begin() as db:
        [payout] = await payments.payouts_due(db)
        for _ in range(2):
            await payments.payout_sent(db, payout, reference="tr_1", now=LATER)
        assert (await accounts(db))["processor:card"] == 900
        await payments.request_refund(db, payment.id, PRICE, reason="no show", now=LATER)
        for _ in range(2):
            await payments.plan_reversals(db, now=LATER)
    return payment.id


async def test_a_refund_after_a_transfer_takes_the_transfer_back(database: Database):
    await sent_by_transfer(database)
    async with database.write.begin() as db:
        [planned] = await payments.reversals_due(db)
        assert (planned.transfer, planned.amount) == ("tr_1", Money(5101, "USD"))
        for _ in range(2):
            await payments.reversal_done(db, planned, reference="trr_1", now=LATER)
        for refund, _ in await payments.refunds_due(db):
            await payments.refund_done(db, refund.id, reference="re_1", now=LATER)
        assert await accounts(db) == {}


async def test_a_transfer_that_cannot_be_taken_back_stays_a_debt(database: Database):
    await sent_by_transfer(database)
    async with database.write.begin() as db:
        [planned] = await payments.reversals_due(db)
        await payments.reversal_refused(db, planned, now=LATER)
        await payments.plan_reversals(db, now=LATER)
        assert await payments.reversals_due(db) == []
        assert await payments.earned_so_far(db, DANIEL) == [Money(-5101, "USD")]
        assert (await ledger_check.check(db))["problems"] == []


def a_dispute(state: DisputeState) -> FetchedDispute:
    return FetchedDispute("dp_1", "pi_1", PRICE, Money(1500, "USD"), state)


@pytest.mark.parametrize("over", [False, True], ids=["held", "released"])
@pytest.mark.parametrize("end", [DisputeState.WON, DisputeState.LOST])
async def test_a_dispute_freezes_and_settles_either_way(
    database: Database, *, over: bool, end: DisputeState
):
    async with database.write.begin() as db:
        payment = await (released(db) if over else paid(db))
        for _ in range(2):
            await payments.follow_dispute(db, a_dispute(DisputeState.OPEN), now=NOON)
        assert await payments.is_disputed(db, payment.id)
        assert (await accounts(db))["disputes"] == PRICE.minor
        if not over:
            await payments.release(db, SESSION, expert_id=DANIEL, now=NOON)
        with pytest.raises(NothingToPayOut):
            await payments.pay_out(db, DANIEL, "USD", method=PayoutMethod.BY_HAND, now=LATER)
        for _ in range(2):
            await payments.follow_dispute(db, a_dispute(end), now=NOON)
        found = await accounts(db)
        assert "disputes" not in found
        assert (await ledger_check.check(db))["problems"] == []
        after = await payments.payment(db, payment.id)
        lost = end is DisputeState.LOST
        assert (after.state is PaymentState.REFUNDED) is lost
        assert (f"expert:{DANIEL}" not in found) is lost


async def test_a_dispute_that_is_told_only_when_it_is_lost(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        await payments.follow_dispute(db, a_dispute(DisputeState.LOST), now=NOON)
        assert (await payments.payment(db, payment.id)).state is PaymentState.REFUNDED
        assert await accounts(db) == {"processor:card": -1500, "fees:card": 1500}


async def test_a_lost_dispute_does_the_refund_that_waits(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        await payments.request_refund(db, payment.id, PRICE, reason="cancelled", now=NOON)
        await payments.follow_dispute(db, a_dispute(DisputeState.LOST), now=NOON)
        assert await payments.refunds_due(db) == []
        assert (await payments.payment(db, payment.id)).state is PaymentState.REFUNDED
        assert (await ledger_check.check(db))["problems"] == []


async def test_a_gift_that_is_disputed_and_lost_is_the_platforms_loss(database: Database):
    async with database.write.begin() as db:
        gift = await payments.order_voucher(db, MIA, PRICE)
        payment = await paid(db, subject=gift.id, purpose=Purpose.VOUCHER)
        await payments.issue_voucher(db, payment, now=NOON)
        await payments.follow_dispute(db, a_dispute(DisputeState.LOST), now=NOON)
        found = await accounts(db)
        assert (found["revenue"], found[f"voucher:{gift.id}"]) == (PRICE.minor, -PRICE.minor)
        assert (await ledger_check.check(db))["problems"] == []


async def test_credit_pays_what_it_can_and_cannot_pay_twice(database: Database):
    async with database.write.begin() as db:
        await payments.grant(db, MIA, Money(2000, "USD"), key="gift", reason="sorry", now=NOON)
        first, second = await opened(db), await opened(db, subject="second")
        agreed = await payments.agree(
            db, first, discount=Money(0, "USD"), use_credit=True, code=None, rail=Rail.CARD,
            now=NOON,
        )  # fmt: skip
        assert (agreed.amount, agreed.version) == (Money(4001, "USD"), 2)
        other = await payments.agree(
            db, second, discount=Money(0, "USD"), use_credit=True, code=None, rail=Rail.CARD,
            now=NOON,
        )  # fmt: skip
        assert other.credit == Money(0, "USD")
        assert (await ledger_check.check(db))["problems"] == []
        await payments.give_up(db, agreed, now=NOON)
        assert await payments.credit_of(db, MIA) == [Money(2000, "USD")]
        assert (await ledger_check.check(db))["problems"] == []


async def test_what_was_paid_by_credit_goes_back_as_credit(database: Database):
    async with database.write.begin() as db:
        await payments.grant(db, MIA, Money(2000, "USD"), key="gift", reason="sorry", now=NOON)
        payment = await payments.agree(
            db, await opened(db), discount=Money(0, "USD"), use_credit=True, code=None,
            rail=Rail.CARD, now=NOON,
        )  # fmt: skip
        await payments.mark_paid(db, payment.id, charge="pi_1", amount=payment.amount, now=NOON)
        back = await payments.request_refund(db, payment.id, PRICE, reason="x", now=NOON)
        assert {one.to: one.amount.minor for one in back} == {
            RefundTo.RAIL: 4001, RefundTo.CREDIT: 2000,
        }  # fmt: skip
        assert await payments.credit_of(db, MIA) == [Money(2000, "USD")]


async def test_an_event_is_stored_once_and_done_once(database: Database):
    event = StoredEvent("evt_1", "checkout.session.completed", "cs_1")
    async with database.write.begin() as db:
        stored = [
            await payments.store_event(db, event, source="stripe", body="{}", now=NOON)
            for _ in range(2)
        ]
        assert stored == [True, False]
        assert await payments.events_due(db) == [event]
        done = [await payments.event_done(db, event.id, now=NOON) for _ in range(2)]
        assert done == [True, False]
        assert await payments.events_due(db) == []


@pytest.mark.parametrize(
    ("own", "off", "credit", "amount"),
    [
        pytest.param(59_80, 0, 59_51, 50, id="credit leaves what a card takes"),
        pytest.param(60_01, 0, 60_01, 0, id="credit pays all"),
        pytest.param(0, 59_80, 0, 50, id="a code leaves what a card takes"),
        pytest.param(21, 59_80, 21, 0, id="credit pays what a code leaves"),
        pytest.param(10, 59_80, 0, 50, id="neither goes below it"),
    ],
)
async def test_what_is_left_to_pay_can_be_paid(
    database: Database, own: int, off: int, credit: int, amount: int
):
    async with database.write.begin() as db:
        if own:
            await payments.grant(db, MIA, Money(own, "USD"), key="k", reason="x", now=NOON)
        agreed = await payments.agree(
            db, await opened(db), discount=Money(off, "USD"), use_credit=True, code=None,
            rail=Rail.CARD, now=NOON,
        )  # fmt: skip
        assert (agreed.credit.minor, agreed.amount.minor) == (credit, amount)
        assert agreed.discount + agreed.credit + agreed.amount == PRICE
        assert (await ledger_check.check(db))["problems"] == []


async def test_a_dispute_leaves_what_an_admin_froze_frozen(database: Database):
    async with database.write.begin() as db:
        payment = await released(db)
        await payments.freeze(db, payment.id, "looks wrong")
        for state in (DisputeState.OPEN, DisputeState.WON):
            await payments.follow_dispute(db, a_dispute(state), now=NOON)
    with pytest.raises(NothingToPayOut):
        await pay_out(database)


async def test_an_admin_cannot_let_go_what_a_bank_asks_back(database: Database):
    async with database.write.begin() as db:
        payment = await released(db)
        await payments.follow_dispute(db, a_dispute(DisputeState.OPEN), now=NOON)
        await payments.freeze(db, payment.id, None)
    with pytest.raises(NothingToPayOut):
        await pay_out(database)
    async with database.write.begin() as db:
        await payments.follow_dispute(db, a_dispute(DisputeState.WON), now=NOON)
    assert await pay_out(database) == Money(5101, "USD")
