"""What is said about money, as outbox notices."""

from collections.abc import Iterable
from datetime import datetime

from booking.model import Offer
from kernel.ids import PersonId
from kernel.money import Money
from payments.model import Payment, Payout, Refund, RefundTo
from payments.offers_of_money import BoughtPackage, Voucher
from people.model import Expert
from storage.outbox import NOTICE_PRIORITY, Notice, NoticeButton
from texts.values import Localized, Value, to_json


def _notice(
    key: str, to: PersonId, once: str, *, now: datetime, buttons: Iterable[NoticeButton] = (),
    **values: Value,
) -> Notice:  # fmt: skip
    return Notice(
        unique_key=f"{key}:{once}:{to}", recipient=to, due_at=now, key=key,
        values=to_json(values), buttons=[[one] for one in buttons], priority=NOTICE_PRIORITY,
    )  # fmt: skip


def refunded(payer: PersonId, refund: Refund, *, now: datetime) -> Notice:
    """The money is on its way back, or in the payer's credit."""
    key = "notice-refunded" if refund.to is RefundTo.RAIL else "notice-refunded-as-credit"
    why = NoticeButton("button-why-this-amount", f"money:why:{refund.payment_id}")
    return _notice(
        key, payer, f"{refund.id}:{refund.to}", now=now, buttons=[why], amount=refund.amount
    )


def paid_on_top(stray: Payment, *, now: datetime) -> Notice:
    """Money came that was not owed: it goes back in full."""
    return _notice("notice-paid-on-top", stray.payer, stray.id, now=now, amount=stray.amount)


def paid_out(expert: Expert, payout: Payout, *, now: datetime) -> list[Notice]:
    """The expert's money is on its way."""
    if expert.person_id is None:
        return []
    return [
        _notice(
            "notice-paid-out", expert.person_id, payout.id, now=now, amount=payout.amount,
            reference=payout.reference or "—",
        )
    ]  # fmt: skip


def tipped(expert: Expert, payment_id: str, amount: Money, *, now: datetime) -> list[Notice]:
    """A client gave a tip."""
    if expert.person_id is None:
        return []
    return [_notice("notice-tipped", expert.person_id, payment_id, now=now, amount=amount)]


def friend_came(friend: PersonId, brought: PersonId, reward: Money, *, now: datetime) -> Notice:
    """Somebody whom this person brought had their first session."""
    return _notice("notice-friend-came", friend, brought, now=now, amount=reward)


def gift_ready(gift: Voucher, *, now: datetime) -> Notice:
    """A gift voucher is paid: its code, for the buyer to hand on."""
    code = "-".join(gift.code[place : place + 4] for place in range(0, len(gift.code), 4))
    return _notice("notice-gift-ready", gift.buyer, gift.id, now=now, amount=gift.amount, code=code)


def package_ready(package: BoughtPackage, offer: Offer, expert: Expert, *, now: datetime) -> Notice:
    """A package is paid: its sessions can be booked."""
    return _notice(
        "notice-package-ready", package.client, package.id, now=now, buttons=[_book(offer)],
        sessions=package.sessions, title=Localized(offer.title), expert=expert.name,
        until=package.expires_at or now,
    )  # fmt: skip


def package_ends_soon(
    package: BoughtPackage, offer: Offer, expert: Expert, *, left: int, now: datetime
) -> Notice:
    """A package ends in a week and has something left."""
    return _notice(
        "notice-package-ends-soon", package.client, package.id, now=now, buttons=[_book(offer)],
        left=left, title=Localized(offer.title), expert=expert.name,
        until=package.expires_at or now,
    )  # fmt: skip


def package_ended(package: BoughtPackage, credit: Money, *, now: datetime) -> Notice:
    """A package is over: what was left in it is credit."""
    return _notice("notice-package-ended", package.client, package.id, now=now, amount=credit)


def _book(offer: Offer) -> NoticeButton:
    return NoticeButton("button-book-session", f"times:{offer.id}")


def approval_buttons(approval: str) -> list[NoticeButton]:
    """What a second admin may answer about an amount over the limit."""
    return [
        NoticeButton("button-approve-money", f"money:approve:{approval}"),
        NoticeButton("button-decline-money", f"money:decline:{approval}"),
    ]
