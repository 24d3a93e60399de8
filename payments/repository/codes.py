"""All SQL about promo codes, vouchers, partners and introductions."""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId, PersonId
from kernel.money import Money
from payments.model import Purpose
from payments.offers_of_money import Partner, PromoCode, Voucher
from payments.tables import (
    CodeUseRow,
    EarningRow,
    IntroductionRow,
    PartnerRow,
    PaymentRow,
    PromoCodeRow,
    VoucherRow,
)
from storage.upsert import insert_into


async def save_code(db: AsyncSession, code: PromoCode) -> None:
    """Store a promo code, or change one; what was used of it stays used."""
    amount = code.amount
    values = {
        "per_mille": code.per_mille, "minor": amount.minor if amount else 0,
        "currency": amount.currency if amount else None, "units": code.units,
        "per_person": code.per_person, "only_person": code.only_person,
        "starts_at": code.starts_at, "ends_at": code.ends_at,
    }  # fmt: skip
    new = insert_into(db, PromoCodeRow).values(code=code.code, used=0, **values)
    await db.execute(new.on_conflict_do_update(index_elements=["code"], set_=values))


async def promo_code(db: AsyncSession, code: str) -> PromoCode | None:
    """The promo code, or None."""
    row = await db.scalar(
        select(PromoCodeRow)
        .where(PromoCodeRow.code == code)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _code(row)


async def promo_codes(db: AsyncSession) -> list[PromoCode]:
    """All promo codes by their names."""
    return [_code(row) for row in await db.scalars(select(PromoCodeRow).order_by("code"))]


async def take_unit(
    db: AsyncSession, code: str, *, payment_id: PaymentId, person: PersonId, now: datetime
) -> bool:
    """Use a code for a payment; False when its last unit went to somebody else.

    From here on nobody else changes the code before this transaction ends.
    """
    taken = await db.scalar(
        update(PromoCodeRow)
        .where(
            PromoCodeRow.code == code,
            or_(PromoCodeRow.units.is_(None), PromoCodeRow.used < PromoCodeRow.units),
        )
        .values(used=PromoCodeRow.used + 1)
        .returning(PromoCodeRow.code)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        return False
    await db.execute(
        insert(CodeUseRow).values(payment_id=payment_id, code=code, person=person, at=now)
    )
    return True


async def uses(db: AsyncSession, code: str, person: PersonId) -> int:
    """How often a person used a code."""
    count = await db.scalar(
        select(func.count())
        .select_from(CodeUseRow)
        .where(CodeUseRow.code == code, CodeUseRow.person == person)
    )
    return count or 0


async def return_unit(db: AsyncSession, payment_id: PaymentId) -> None:
    """The payment does not use its code after all."""
    code = await db.scalar(
        delete(CodeUseRow).where(CodeUseRow.payment_id == payment_id).returning(CodeUseRow.code)
    )
    if code is not None:
        await db.execute(
            update(PromoCodeRow)
            .where(PromoCodeRow.code == code)
            .values(used=PromoCodeRow.used - 1)
            .execution_options(synchronize_session=False)
        )


async def add_voucher(db: AsyncSession, voucher: Voucher) -> None:
    """Store a voucher that is not paid yet."""
    await db.execute(
        insert(VoucherRow).values(
            id=voucher.id, digest=_digest(voucher.code), code=voucher.code, buyer=voucher.buyer,
            minor=voucher.amount.minor, currency=voucher.amount.currency,
        )
    )  # fmt: skip


async def voucher(db: AsyncSession, voucher_id: str) -> Voucher | None:
    """The voucher, or None."""
    return await _voucher(db, VoucherRow.id == voucher_id)


async def voucher_by_code(db: AsyncSession, code: str) -> Voucher | None:
    """The voucher with this code, or None."""
    return await _voucher(db, VoucherRow.digest == _digest(code))


async def issue_voucher(db: AsyncSession, voucher_id: str, *, now: datetime) -> bool:
    """It is paid and can be redeemed; False when it was before."""
    return await _change_voucher(
        db, voucher_id, VoucherRow.issued_at.is_(None), issued_at=now
    )  # fmt: skip


async def redeem_voucher(db: AsyncSession, voucher_id: str, *, by: PersonId, now: datetime) -> bool:
    """Whose it is from now on; False when somebody was faster, or it is not paid."""
    return await _change_voucher(
        db, voucher_id, VoucherRow.issued_at.is_not(None) & VoucherRow.redeemed_by.is_(None),
        redeemed_by=by, redeemed_at=now,
    )  # fmt: skip


async def save_partner(db: AsyncSession, partner: Partner) -> None:
    """Store a partner under their code."""
    new = insert_into(db, PartnerRow).values(
        code=partner.code, name=partner.name, share=partner.share, active=True
    )
    await db.execute(
        new.on_conflict_do_update(
            index_elements=["code"], set_={"name": partner.name, "share": partner.share}
        )
    )


async def partner(db: AsyncSession, code: str) -> Partner | None:
    """An active partner, or None."""
    row = await db.scalar(
        select(PartnerRow).where(PartnerRow.code == code, PartnerRow.active.is_(True))
    )
    return None if row is None else Partner(row.code, row.name, row.share)


async def partner_of(db: AsyncSession, person: PersonId) -> Partner | None:
    """The partner who brought a person, or None."""
    code = await db.scalar(
        select(IntroductionRow.by_partner).where(IntroductionRow.person == person)
    )
    return None if code is None else await partner(db, code)


async def introduce(
    db: AsyncSession, person: PersonId, *, now: datetime, by_person: PersonId | None = None,
    by_partner: str | None = None,
) -> bool:  # fmt: skip
    """Remember who brought a person; False when somebody else did before."""
    found = await db.scalar(
        insert_into(db, IntroductionRow)
        .values(person=person, by_person=by_person, by_partner=by_partner, at=now)
        .on_conflict_do_nothing()
        .returning(IntroductionRow.person)
    )
    return found is not None


async def forget_introducer(db: AsyncSession, friend: PersonId) -> None:
    """Nobody is rewarded any more for whom this person brought."""
    await db.execute(
        update(IntroductionRow)
        .where(IntroductionRow.by_person == friend)
        .values(by_person=None)
        .execution_options(synchronize_session=False)
    )


async def rewards_due(db: AsyncSession) -> list[tuple[PersonId, Money]]:
    """People brought by others whose first session is over and not rewarded: what it cost."""
    rows = await db.execute(
        select(PaymentRow.payer, PaymentRow.minor + PaymentRow.credit_minor, PaymentRow.currency)
        .join(EarningRow, EarningRow.payment_id == PaymentRow.id)
        .join(IntroductionRow, IntroductionRow.person == PaymentRow.payer)
        .where(
            IntroductionRow.by_person.is_not(None),
            IntroductionRow.rewarded_at.is_(None),
            PaymentRow.purpose == Purpose.SESSION,
            EarningRow.returned_minor == 0,
        )
        .order_by(EarningRow.released_at.desc())
    )
    first = {payer: Money(minor, currency) for payer, minor, currency in rows}
    return [(PersonId(payer), paid) for payer, paid in first.items()]


async def take_reward(db: AsyncSession, person: PersonId, *, now: datetime) -> PersonId | None:
    """Who is rewarded for bringing a person, the first time this is asked; else None."""
    found = await db.scalar(
        update(IntroductionRow)
        .where(
            IntroductionRow.person == person,
            IntroductionRow.by_person.is_not(None),
            IntroductionRow.rewarded_at.is_(None),
        )
        .values(rewarded_at=now)
        .returning(IntroductionRow.by_person)
        .execution_options(synchronize_session=False)
    )
    return None if found is None else PersonId(found)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def _voucher(db: AsyncSession, where: ColumnElement[bool]) -> Voucher | None:
    row = await db.scalar(select(VoucherRow).where(where).execution_options(populate_existing=True))
    if row is None:
        return None
    return Voucher(
        id=row.id, code=row.code, buyer=PersonId(row.buyer),
        amount=Money(row.minor, row.currency), issued_at=row.issued_at,
        redeemed_by=None if row.redeemed_by is None else PersonId(row.redeemed_by),
    )  # fmt: skip


async def _change_voucher(
    db: AsyncSession, voucher_id: str, where: ColumnElement[bool], **values: object
) -> bool:
    moved = await db.scalar(
        update(VoucherRow)
        .where(VoucherRow.id == voucher_id, where)
        .values(**values)
        .returning(VoucherRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


def _code(row: PromoCodeRow) -> PromoCode:
    return PromoCode(
        code=row.code,
        per_mille=row.per_mille,
        amount=None if row.currency is None else Money(row.minor, row.currency),
        units=row.units,
        used=row.used,
        per_person=row.per_person,
        only_person=None if row.only_person is None else PersonId(row.only_person),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
