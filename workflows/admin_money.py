"""Admins refund, give credit, freeze and pay out: each with a reason, in the audit log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.ids import ExpertId, PaymentId, PersonId
from payments import approvals
from payments import service as payments
from payments.approvals import Approval, MoneyAction, NoSecondAdmin
from payments.errors import AmountChanged, UnknownPayment
from payments.model import PayoutMethod, Purpose
from people import service as people
from storage import commands, outbox
from storage.admin import audit
from storage.engine import SessionMaker
from workflows import money_notices
from workflows.library import take_back_refunded
from workflows.tell_admins import TellAdmins
from workflows.written_questions import withdraw_refunded


@dataclass(frozen=True)
class AdminMoney:
    """What an admin decides about money. Over the limit a second admin must agree.

    `limit` is in whole units of the currency, 0 for none.
    """

    sessions: SessionMaker
    clock: Clock
    tell_admins: TellAdmins
    limit: int

    async def __call__(self, admin: int, action: MoneyAction, *, command: str) -> bool:
        """True when it is done, False when it waits for a second admin.

        Raises RefundTooLarge, NothingToPayOut, AmountChanged, UnknownPayment, Overdrawn,
        NoSecondAdmin.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return bool(done.result)
            waits = action.needs_two(self.limit)
            if waits:
                await self._ask(db, admin, action, now=now)
            else:
                await carry_out(db, action, key=command, now=now)
                await _note(db, admin, action, now=now)
            await commands.record(db, command, now=now, result=not waits)
        return not waits

    async def _ask(
        self, db: AsyncSession, admin: int, action: MoneyAction, *, now: datetime
    ) -> None:
        asked = await approvals.ask(db, action, by=admin, now=now)
        await audit(db, admin, "money-asked", about=action.about, changes=action.to_json(), at=now)
        others = await self.tell_admins(
            db, "notice-approval-wanted", once=asked.id, but=admin,
            buttons=money_notices.approval_buttons(asked.id),
            made=money_notices.action_values(action, await _concerned(db, action)),
        )  # fmt: skip
        if not others:
            raise NoSecondAdmin

    async def concerned(self, action: MoneyAction) -> str:
        """Whom an action concerns: the name, with the id that it is about.

        Raises UnknownPayment, UnknownExpert.
        """
        async with self.sessions() as db:
            return await _concerned(db, action)

    async def decide(self, admin: int, approval: str, *, agreed: bool, command: str) -> None:
        """A second admin's answer, of which the first one is told.

        Raises SecondAdminNeeded, AlreadyDecided.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            asked = await approvals.decide(db, approval, by=admin, agreed=agreed, now=now)
            if agreed:
                await carry_out(db, asked.action, key=approval, now=now)
                await _note(db, admin, asked.action, now=now)
            else:
                await audit(
                    db, admin, "money-declined", about=asked.action.about,
                    changes=asked.action.to_json(), at=now,
                )  # fmt: skip
            if admin != asked.asked_by:
                await _tell(db, asked, agreed=agreed, now=now)
            await commands.record(db, command, now=now)

    async def freeze(
        self, admin: int, payment: PaymentId, *, reason: str | None, command: str
    ) -> None:
        """Keep what a payment earned from being paid out, or let it (None).

        Raises UnknownPayment when there is no such earning, or it is paid out.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            if not await payments.freeze(db, payment, reason):
                raise UnknownPayment
            name = "money-freeze" if reason else "money-unfreeze"
            await audit(db, admin, name, about=payment, changes={"reason": reason}, at=now)
            await commands.record(db, command, now=now)


async def carry_out(db: AsyncSession, action: MoneyAction, *, key: str, now: datetime) -> None:
    """Do what was decided. Raises the refusals of each kind."""
    match action.kind:
        case "refund":
            payment = await payments.payment(db, PaymentId(action.about))
            await payments.request_refund(
                db, payment.id, action.amount, reason=action.reason, now=now
            )
            payment = await payments.payment(db, payment.id)
            if payment.purpose is Purpose.ITEM:
                await take_back_refunded(db, payment)
            if payment.purpose is Purpose.QUESTION and not payment.refundable:
                await withdraw_refunded(db, payment.subject, now=now)
            if payment.purpose is Purpose.SUBSCRIPTION:
                await payments.stop(db, await payments.subscription_of(db, payment), now=now)
        case "credit":
            await _give_credit(db, action, key=key, now=now)
        case "take":
            await _take_credit(db, action, key=key, now=now)
        case "payout":
            await _pay_by_hand(db, action, now=now)
        case _:
            raise ValueError(f"no action about money is called {action.kind}")


async def _concerned(db: AsyncSession, action: MoneyAction) -> str:
    match action.kind:
        case "payout":
            name = (await people.expert(db, ExpertId(action.about))).name
        case "refund":
            payer = (await payments.payment(db, PaymentId(action.about))).payer
            name = (await people.get(db, payer)).first_name
        case _:
            name = (await people.get(db, PersonId(action.about))).first_name
    return f"{name} · {action.about}"


async def _tell(db: AsyncSession, asked: Approval, *, agreed: bool, now: datetime) -> None:
    about = await _concerned(db, asked.action)
    told = await people.by_telegram_ids(db, [asked.asked_by])
    await outbox.add(
        db, *(money_notices.decided(asked, about, one, agreed=agreed, now=now) for one in told)
    )


async def _give_credit(db: AsyncSession, action: MoneyAction, *, key: str, now: datetime) -> None:
    to = PersonId(action.about)
    if await payments.grant(db, to, action.amount, key=key, reason=action.reason, now=now):
        await outbox.add(db, money_notices.credit_given(to, action.amount, key, now=now))


async def _take_credit(db: AsyncSession, action: MoneyAction, *, key: str, now: datetime) -> None:
    of = PersonId(action.about)
    if await payments.take_credit(db, of, action.amount, key=key, reason=action.reason, now=now):
        await outbox.add(
            db, money_notices.credit_taken(of, action.amount, action.reason, key, now=now)
        )


async def _pay_by_hand(db: AsyncSession, action: MoneyAction, *, now: datetime) -> None:
    expert = await people.expert(db, ExpertId(action.about))
    payout = await payments.pay_out(
        db, expert.id, action.amount.currency, method=PayoutMethod.BY_HAND,
        reference=action.reference, now=now,
    )  # fmt: skip
    if payout.amount != action.amount:
        # more became payable, or less is left, since the admin read the amount
        raise AmountChanged(amount=payout.amount)
    await outbox.add(db, *money_notices.paid_out(expert, payout, now=now))


async def _note(db: AsyncSession, admin: int, action: MoneyAction, *, now: datetime) -> None:
    await audit(
        db, admin, f"money-{action.kind}", about=action.about, changes=action.to_json(), at=now
    )
