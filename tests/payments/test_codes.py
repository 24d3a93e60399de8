"""Promo codes, vouchers and introductions; the last unit goes to one of 100."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from kernel.errors import DomainError
from kernel.ids import PersonId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.errors import CodeNotForYou, CodeNotNow, CodeUsedUp, UnknownCode
from payments.model import Purpose, Rail
from payments.offers_of_money import Partner, PromoCode, plain_code
from payments.repository import codes
from storage.engine import Database
from tests.clock import NOON
from tests.payments.builders import BEN, MIA, PRICE, accounts, opened, paid

DAY = timedelta(days=1)
FIVE_OFF = Money(500, "USD")


@pytest.mark.parametrize(
    ("code", "off"),
    [
        (PromoCode("A", per_mille=100), 600),
        (PromoCode("A", per_mille=1000), 6001),
        (PromoCode("A", amount=FIVE_OFF), 500),
        (PromoCode("A", amount=Money(9999, "USD")), 6001),
    ],
)
def test_a_discount_never_exceeds_the_price(code: PromoCode, off: int):
    assert code.discount(PRICE) == Money(off, "USD")


@pytest.mark.parametrize(
    ("limits", "uses", "refusal"),
    [
        ({}, 0, None),
        ({"units": 1}, 0, None),
        ({"units": 1, "used": 1}, 0, CodeUsedUp),
        ({"per_person": 2}, 1, None),
        ({"per_person": 2}, 2, CodeNotForYou),
        ({"only_person": BEN}, 0, CodeNotForYou),
        ({"only_person": MIA}, 0, None),
        ({"starts_at": NOON + DAY}, 0, CodeNotNow),
        ({"ends_at": NOON}, 0, CodeNotNow),
        ({"ends_at": NOON + DAY}, 0, None),
        ({"amount": Money(5, "EUR")}, 0, CodeNotNow),
    ],
)
def test_limits_by_count_person_and_date(
    limits: dict[str, Any], uses: int, refusal: type[DomainError] | None
):
    code = PromoCode(code="A", **limits)
    if refusal is None:
        code.check(PRICE, person=MIA, uses=uses, now=NOON)
    else:
        with pytest.raises(refusal):
            code.check(PRICE, person=MIA, uses=uses, now=NOON)


def test_codes_are_read_as_people_write_them():
    assert plain_code(" spring-26 ") == plain_code("SPRING 26") == "SPRING26"


async def test_a_code_makes_it_cheaper_and_its_unit_comes_back(database: Database):
    async with database.write.begin() as db:
        await payments.save_code(db, PromoCode("SPRING", per_mille=100, units=1))
        payment = await opened(db)
        less = await payments.apply_code(db, payment, "spring", rail=Rail.CARD, now=NOON)
        assert (less.amount, less.version) == (PRICE - Money(600, "USD"), 2)
        other = await opened(db, subject="other", payer=BEN)
        with pytest.raises(CodeUsedUp):
            await payments.apply_code(db, other, "spring", rail=Rail.CARD, now=NOON)
        await payments.give_up(db, less, now=NOON)
        assert await payments.apply_code(db, other, "spring", rail=Rail.CARD, now=NOON)


async def test_the_same_code_again_is_no_second_unit(database: Database):
    async with database.write.begin() as db:
        await payments.save_code(db, PromoCode("SPRING", per_mille=100, units=1))
        payment = await opened(db)
        for _ in range(2):
            payment = await payments.apply_code(db, payment, "SPRING", rail=Rail.CARD, now=NOON)
        [code] = await payments.promo_codes(db)
        assert (code.used, payment.discount) == (1, Money(600, "USD"))


async def test_the_last_unit_goes_to_one_of_100(database: Database):
    async with database.write.begin() as db:
        await payments.save_code(db, PromoCode("LAST", amount=FIVE_OFF, units=1))

    async def redeem(person: int) -> bool:
        payer = PersonId(f"person{person}")
        try:
            async with database.write.begin() as db:
                mine = await opened(db, subject=f"s{person}", payer=payer)
                await payments.apply_code(db, mine, "LAST", rail=Rail.CARD, now=NOON)
        except CodeUsedUp:
            return False
        return True

    got = await asyncio.gather(*(redeem(person) for person in range(100)))
    assert sum(got) == 1


async def test_one_person_on_many_payments_at_once_uses_a_code_once(database: Database):
    async with database.write.begin() as db:
        await payments.save_code(db, PromoCode("ONCE", amount=FIVE_OFF))

    async def redeem(place: int) -> bool:
        try:
            async with database.write.begin() as db:
                mine = await opened(db, subject=f"s{place}")
                await payments.apply_code(db, mine, "ONCE", rail=Rail.CARD, now=NOON)
        except CodeNotForYou:
            return False
        return True

    assert sum(await asyncio.gather(*(redeem(place) for place in range(20)))) == 1


async def test_an_unknown_code_is_refused(database: Database):
    async with database.write.begin() as db:
        with pytest.raises(UnknownCode):
            await payments.apply_code(db, await opened(db), "NO", rail=Rail.CARD, now=NOON)


async def test_a_voucher_is_paid_then_redeemed_once(database: Database):
    amount = Money(2500, "USD")
    async with database.write.begin() as db:
        gift = await payments.order_voucher(db, MIA, amount)
        with pytest.raises(UnknownCode):
            await payments.redeem_voucher(db, gift.code, by=BEN, now=NOON)
        payment = await paid(db, subject=gift.id, amount=amount, purpose=Purpose.VOUCHER)
        for _ in range(2):
            await payments.issue_voucher(db, payment, now=NOON)
        assert (await accounts(db))[f"voucher:{gift.id}"] == -2500
        await payments.redeem_voucher(db, gift.code.lower(), by=BEN, now=NOON)
        assert await payments.credit_of(db, BEN) == [amount]
        with pytest.raises(CodeUsedUp):
            await payments.redeem_voucher(db, gift.code, by=MIA, now=NOON)
        assert (await ledger_check.check(db))["problems"] == []


async def test_whoever_brought_a_person_is_rewarded_once(database: Database):
    async with database.write.begin() as db:
        assert await payments.introduce(db, BEN, by_person=MIA, now=NOON)
        assert not await payments.introduce(db, BEN, by_partner=None, now=NOON)
        rewarded = [
            await payments.reward_introduction(db, BEN, FIVE_OFF, now=NOON) for _ in range(2)
        ]
        assert rewarded == [MIA, None]
        assert await payments.credit_of(db, MIA) == [FIVE_OFF]


async def test_a_partner_is_found_for_those_they_brought(database: Database):
    async with database.write.begin() as db:
        await payments.save_partner(db, Partner("CAFE", "Café", 250))
        await payments.introduce(db, BEN, by_partner="CAFE", now=NOON)
        found = await payments.partner_of(db, BEN)
        assert found == await codes.partner(db, "CAFE")
        assert await payments.partner_of(db, MIA) is None


async def test_nobody_is_rewarded_for_whom_the_erased_brought(database: Database):
    async with database.write.begin() as db:
        await payments.introduce(db, BEN, by_person=MIA, now=NOON)
        await payments.forget_payer(db, MIA, now=NOON)
        assert await payments.reward_introduction(db, BEN, FIVE_OFF, now=NOON) is None
        assert await payments.credit_of(db, MIA) == []


async def test_a_reward_that_rounds_to_nothing_is_given_as_nothing(database: Database):
    async with database.write.begin() as db:
        await payments.introduce(db, BEN, by_person=MIA, now=NOON)
        assert await payments.reward_introduction(db, BEN, Money(0, "XTR"), now=NOON) == MIA
        assert await payments.reward_introduction(db, BEN, Money(0, "XTR"), now=NOON) is None
