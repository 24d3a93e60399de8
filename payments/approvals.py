"""What an admin decided about money and a second admin has to agree to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.errors import DomainError
from kernel.ids import new_id
from kernel.money import Money, decimals
from payments.tables import ApprovalRow

_STARS_A_UNIT = 50


class SecondAdminNeeded(DomainError):
    """Nobody agrees to their own decision."""

    key = "error-second-admin-needed"


class NoSecondAdmin(DomainError):
    """No other admin has started the bot, so nobody could agree."""

    key = "error-no-second-admin"


class AlreadyDecided(DomainError):
    key = "error-already-decided"


@dataclass(frozen=True)
class MoneyAction:
    """One decision: `refund` of a payment, `credit` to a person or to `take` from one, `payout` to
    an expert by hand.

    `about` is the id of whom or what; `reference` what a bank transfer can be found by.
    """

    kind: str
    about: str
    amount: Money
    reason: str
    reference: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "about": self.about, "minor": self.amount.minor,
            "currency": self.amount.currency, "reason": self.reason,
            "reference": self.reference,
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        return cls(
            kind=value["kind"], about=value["about"],
            amount=Money(value["minor"], value["currency"]), reason=value["reason"],
            reference=value["reference"],
        )  # fmt: skip

    def needs_two(self, limit: int) -> bool:
        """Whether the amount is over a limit in whole units of its currency (0: no limit).

        Fifty Stars count as one unit.
        """
        unit = 10 ** decimals(self.amount.currency)
        if self.amount.currency == "XTR":
            unit = _STARS_A_UNIT
        return bool(limit) and self.amount.minor > limit * unit


@dataclass(frozen=True)
class Approval:
    """A decision that waits for a second admin."""

    id: str
    action: MoneyAction
    asked_by: int


async def ask(db: AsyncSession, action: MoneyAction, *, by: int, now: datetime) -> Approval:
    """Keep a decision until a second admin agrees."""
    approval = Approval(new_id(), action, by)
    await db.execute(
        insert(ApprovalRow).values(
            id=approval.id, action=action.to_json(), asked_by=by, asked_at=now
        )
    )
    return approval


async def decide(
    db: AsyncSession, approval_id: str, *, by: int, agreed: bool, now: datetime
) -> Approval:
    """A second admin's answer. Raises SecondAdminNeeded, AlreadyDecided."""
    row = await db.scalar(select(ApprovalRow).where(ApprovalRow.id == approval_id))
    if row is None:
        raise AlreadyDecided
    if agreed and row.asked_by == by:
        raise SecondAdminNeeded
    decided = await db.scalar(
        update(ApprovalRow)
        .where(ApprovalRow.id == approval_id, ApprovalRow.decided_at.is_(None))
        .values(decided_by=by, decided_at=now, agreed=agreed)
        .returning(ApprovalRow.id)
        .execution_options(synchronize_session=False)
    )
    if decided is None:
        raise AlreadyDecided
    return Approval(row.id, MoneyAction.from_json(row.action), row.asked_by)
