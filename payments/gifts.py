"""Promo codes on a payment, gift vouchers, and rewards for bringing somebody."""

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId, new_id
from kernel.money import Money
from payments import accounts, ledger
from payments.credit import agree, give_up_credit, grant
from payments.errors import CodeNotForYou, CodeUsedUp, UnknownCode
from payments.ledger import Entry
from payments.model import Payment, Rail
from payments.offers_of_money import Voucher, plain_code
from payments.repository import codes
from payments.repository import payments as rows

# without letters and digits that look alike
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 12


async def apply_code(
    db: AsyncSession, of: Payment, text: str, *, rail: Rail, now: datetime
) -> Payment:
    """Pay less by a promo code, in place of one that was used for this payment before.

    Its unit is taken at once, and given back if the payment comes to nothing. Raises
    UnknownCode, CodeNotNow, CodeNotForYou, CodeUsedUp, AlreadyPaid.
    """
    await codes.return_unit(db, of.id)
    found = await codes.promo_code(db, plain_code(text))
    if found is None:
        raise UnknownCode
    used = await codes.uses(db, found.code, of.payer)
    found.check(of.price, person=of.payer, uses=used, now=now)
    if not await codes.take_unit(db, found.code, payment_id=of.id, person=of.payer, now=now):
        raise CodeUsedUp
    # counted again behind the lock: the same person may be using it on another payment
    if await codes.uses(db, found.code, of.payer) > found.per_person:
        raise CodeNotForYou
    return await agree(
        db, of, discount=found.discount(of.price), use_credit=bool(of.credit), code=found.code,
        rail=rail, now=now,
    )  # fmt: skip


async def give_up(db: AsyncSession, of: Payment, *, now: datetime) -> None:
    """A payment that comes to nothing gives back its credit and its code. Raises AlreadyPaid."""
    await codes.return_unit(db, of.id)
    nothing = Money(0, of.price.currency)
    rail = of.rail if of.rail is not Rail.FREE else Rail.CARD
    await agree(db, of, discount=nothing, use_credit=False, code=None, rail=rail, now=now)
    await rows.close(db, of.id)


async def forget_payer(db: AsyncSession, person: PersonId, *, now: datetime) -> None:
    """Somebody leaves for good: what they had set aside for payments comes free, their credit is
    given up, and nothing becomes their credit from now on, nor for whom they brought."""
    for one in await rows.unpaid_with_something(db):
        if one.payer == person:
            await give_up(db, one, now=now)
    await give_up_credit(db, person, now=now)
    await rows.payer_gone(db, person)
    await codes.forget_introducer(db, person)


async def order_voucher(db: AsyncSession, buyer: PersonId, amount: Money) -> Voucher:
    """A gift that can be redeemed once it is paid."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    new = Voucher(new_id(), code, buyer, amount, issued_at=None, redeemed_by=None)
    await codes.add_voucher(db, new)
    return new


async def issue_voucher(db: AsyncSession, of: Payment, *, now: datetime) -> Voucher:
    """The gift is paid: its money waits for whoever redeems it. Raises UnknownCode."""
    found = await codes.voucher(db, of.subject)
    if found is None:
        raise UnknownCode
    if await codes.issue_voucher(db, found.id, now=now):
        await rows.take_from_held(db, of.id, release=of.total.minor)
        await ledger.post(
            db, key=f"issued:{found.id}", reason="gift voucher issued", now=now,
            entries=[Entry(accounts.held(of.subject), of.total),
                     Entry(accounts.voucher(found.id), -of.total)],
        )  # fmt: skip
    return found


async def redeem_voucher(db: AsyncSession, text: str, *, by: PersonId, now: datetime) -> Voucher:
    """The gift becomes the credit of who has its code. Raises UnknownCode, CodeUsedUp."""
    found = await codes.voucher_by_code(db, plain_code(text))
    if found is None or found.issued_at is None:
        raise UnknownCode
    if not await codes.redeem_voucher(db, found.id, by=by, now=now):
        raise CodeUsedUp
    await ledger.post(
        db, key=f"redeemed:{found.id}", reason="gift voucher redeemed", now=now,
        entries=[Entry(accounts.voucher(found.id), found.amount),
                 Entry(accounts.credit(by), -found.amount)],
    )  # fmt: skip
    return found


async def reward_introduction(
    db: AsyncSession, person: PersonId, amount: Money, *, now: datetime
) -> PersonId | None:
    """Whoever brought this person gets credit, once; returns who did, None for nobody."""
    friend = await codes.take_reward(db, person, now=now)
    if friend is not None and amount:
        await grant(
            db, friend, amount, key=f"introduced:{person}", reason="brought a client", now=now
        )
    return friend
