"""Experts get their money: an account at the processor, transfers, and transfers taken back."""

import logging
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.ids import ExpertId
from payments import service as payments
from payments.errors import NothingToPayOut, RailDown, RailRefused
from payments.model import Payout, PayoutAccount, PayoutMethod, PayoutReversal
from payments.rails.card import CardRail
from people import service as people
from people.model import Expert
from storage import outbox
from storage.engine import SessionMaker
from workflows import money_notices
from workflows.cashier import PaymentPageClosed
from workflows.tell_admins import TellAdmins

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenPayoutAccount:
    """Where an expert opens, or goes on opening, their account at the processor.

    Raises PaymentPageClosed when the processor does not answer.
    """

    sessions: SessionMaker
    cards: CardRail

    async def __call__(self, expert_id: ExpertId, *, language: str) -> str:
        async with self.sessions() as db:
            known = await payments.account_of(db, expert_id)
        try:
            if known is not None:
                return await self.cards.account_link(known.account, language=language)
            account, link = await self.cards.open_account(expert_id=expert_id, language=language)
        except RailDown as error:
            _log.warning("no account page for %s: %s", expert_id, error)
            raise PaymentPageClosed from error
        async with self.sessions.begin() as db:
            await payments.set_account(db, PayoutAccount(expert_id, account, ready=False))
        return link


@dataclass(frozen=True)
class PayExperts:
    """What is payable goes to experts whose account can receive; the others wait for an admin."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions() as db:
            due = await payments.payable(db, now=now)
        for expert_id, currency in due:
            async with self.sessions() as db:
                account = await payments.account_of(db, expert_id)
            if not payments.goes_by_transfer(account, currency):
                continue
            try:
                async with self.sessions.begin() as db:
                    await payments.pay_out(
                        db, expert_id, currency, method=PayoutMethod.TRANSFER, now=now
                    )
            except NothingToPayOut:
                # refunds after earlier payouts have used it up
                continue


@dataclass(frozen=True)
class SendPayouts:
    """Transfers that were decided are sent, each with its own id as the idempotency key, again
    until they are; the admins are told of one that the processor refuses."""

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    tell_admins: TellAdmins

    async def __call__(self) -> None:
        async with self.sessions() as db:
            due = await payments.payouts_due(db)
        for payout in due:
            await self._send(payout)

    async def _send(self, payout: Payout) -> None:
        async with self.sessions() as db:
            account = await payments.account_of(db, payout.expert_id)
            expert = await people.expert(db, payout.expert_id)
        if account is None:
            return
        try:
            reference = await self.cards.transfer(payout, account.account)
        except RailDown as error:
            _log.warning("payout %s could not be sent, trying again: %s", payout.id, error)
            if isinstance(error, RailRefused):
                await self._tell_refused(payout, expert, str(error))
            return
        now = self.clock()
        async with self.sessions.begin() as db:
            if await payments.payout_sent(db, payout, reference=reference, now=now):
                sent = replace(payout, reference=reference)
                await outbox.add(db, *money_notices.paid_out(expert, sent, now=now))

    async def _tell_refused(self, payout: Payout, expert: Expert, problem: str) -> None:
        async with self.sessions.begin() as db:
            await self.tell_admins(
                db, "notice-payout-refused", once=payout.id, expert=expert.name,
                amount=payout.amount, problem=problem,
            )  # fmt: skip


async def transfers_to_take_back(db: AsyncSession) -> bool:
    """Whether an expert owes after a refund what they were sent by a transfer."""
    return bool(await payments.reversals_due(db)) or await payments.reversals_wanted(db)


@dataclass(frozen=True)
class TakeBackTransfers:
    """Transfers that a refund came after are taken back, each part with its own id as the
    idempotency key."""

    sessions: SessionMaker
    clock: Clock
    cards: CardRail

    async def __call__(self) -> None:
        async with self.sessions.begin() as db:
            await payments.plan_reversals(db, now=self.clock())
        async with self.sessions() as db:
            back = await payments.reversals_due(db)
        for planned in back:
            await self._take_back(planned)

    async def _take_back(self, planned: PayoutReversal) -> None:
        try:
            reference = await self.cards.reverse(planned)
        except RailRefused as error:
            _log.warning("transfer %s stays a debt: %s", planned.transfer, error)
            async with self.sessions.begin() as db:
                await payments.reversal_refused(db, planned, now=self.clock())
        except RailDown as error:
            _log.warning("transfer %s waits to be reversed: %s", planned.transfer, error)
        else:
            async with self.sessions.begin() as db:
                await payments.reversal_done(db, planned, reference=reference, now=self.clock())
