"""What is said about money, as outbox notices."""

from datetime import datetime
from typing import Any

from booking.model import Offer
from kernel.ids import PersonId
from kernel.money import Money
from payments.approvals import Approval, MoneyAction
from payments.model import Payment, Payout, Refund, RefundTo
from payments.offers_of_money import BoughtPackage, Voucher
from people.model import Expert
from storage.outbox import Notice, NoticeButton
from texts.values import Key, Localized
from workflows.news import news, to_expert
from workflows.notices import Meeting


def refunded(payer: PersonId, refund: Refund, *, now: datetime) -> Notice:
    """The money is on its way back, or in the payer's credit."""
    key = "notice-refunded" if refund.to is RefundTo.RAIL else "notice-refunded-as-credit"
    why = NoticeButton("button-why-this-amount", f"money:why:{refund.payment_id}")
    return news(key, payer, f"{refund.id}:{refund.to}", at=now, buttons=[why], amount=refund.amount)


def credit_given(to: PersonId, amount: Money, once: str, *, now: datetime) -> Notice:
    """An admin gave somebody credit."""
    payments = NoticeButton("menu-money", "money:open")
    return news("notice-credit-given", to, once, at=now, buttons=[payments], amount=amount)


def credit_taken(of: PersonId, amount: Money, reason: str, once: str, *, now: datetime) -> Notice:
    """An admin took some of somebody's credit back."""
    payments = NoticeButton("menu-money", "money:open")
    return news(
        "notice-credit-taken", of, once, at=now, buttons=[payments], amount=amount, reason=reason
    )


def decided(asked: Approval, about: str, to: PersonId, *, agreed: bool, now: datetime) -> Notice:
    """Who asked for a second admin learns what became of it."""
    return news(
        "notice-approval-decided", to, asked.id, at=now, agreed="yes" if agreed else "no",
        **action_values(asked.action, about),
    )  # fmt: skip


def action_values(action: MoneyAction, about: str) -> dict[str, Any]:
    """What an admin wants to do about money, and whom it is `about`, for a text."""
    kind = Key(f"admin-money-kind-{action.kind}")
    return {"kind": kind, "amount": action.amount, "reason": action.reason, "subject": about}


def hold_released(payer: PersonId, refund: Refund, *, now: datetime) -> Notice:
    """What was held on the payer's card was never taken."""
    why = NoticeButton("button-why-this-amount", f"money:why:{refund.payment_id}")
    return news(
        "notice-hold-released", payer, refund.id, at=now, buttons=[why], amount=refund.amount
    )


def paid_on_top(stray: Payment, *, now: datetime) -> Notice:
    """Money came that was not owed: it goes back in full."""
    return news("notice-paid-on-top", stray.payer, stray.id, at=now, amount=stray.amount)


def paid_out(expert: Expert, payout: Payout, *, now: datetime) -> list[Notice]:
    """The expert's money is on its way."""
    return to_expert(
        "notice-paid-out", expert, payout.id, at=now, amount=payout.amount,
        reference=payout.reference or "—",
    )  # fmt: skip


def tipped(expert: Expert, payment_id: str, amount: Money, *, now: datetime) -> list[Notice]:
    """A client gave a tip."""
    return to_expert("notice-tipped", expert, payment_id, at=now, amount=amount)


def friend_came(friend: PersonId, brought: PersonId, reward: Money, *, now: datetime) -> Notice:
    """Somebody whom this person brought had their first session."""
    return news("notice-friend-came", friend, brought, at=now, amount=reward)


def gift_ready(gift: Voucher, *, now: datetime) -> Notice:
    """A gift voucher is paid: its code, for the buyer to hand on."""
    code = "-".join(gift.code[place : place + 4] for place in range(0, len(gift.code), 4))
    return news("notice-gift-ready", gift.buyer, gift.id, at=now, amount=gift.amount, code=code)


def package_ready(package: BoughtPackage, offer: Offer, expert: Expert, *, now: datetime) -> Notice:
    """A package is paid: its sessions can be booked."""
    return news(
        "notice-package-ready", package.client, package.id, at=now, buttons=[_book(offer)],
        sessions=package.sessions, title=Localized(offer.title), expert=expert.name,
        until=package.expires_at or now,
    )  # fmt: skip


def series_booked(
    package: BoughtPackage, offer: Offer, expert: Expert, *, until: datetime | None, left: int,
    now: datetime,
) -> Notice:  # fmt: skip
    """The weeks of a series that could be booked, up to `until`; what is left is in the package."""
    sessions = NoticeButton("choice-sessions", "menu:sessions")
    return news(
        "notice-series-booked", package.client, package.id, at=now,
        buttons=[sessions, _book(offer)] if left else [sessions],
        booked=package.sessions - left, left=left, title=Localized(offer.title),
        expert=expert.name, until=until or now, valid=package.expires_at or now,
    )  # fmt: skip


def package_ends_soon(
    package: BoughtPackage, offer: Offer, expert: Expert, *, left: int, now: datetime
) -> Notice:
    """A package ends in a week and has something left."""
    return news(
        "notice-package-ends-soon", package.client, package.id, at=now, buttons=[_book(offer)],
        left=left, title=Localized(offer.title), expert=expert.name,
        until=package.expires_at or now,
    )  # fmt: skip


def package_ended(package: BoughtPackage, credit: Money, *, now: datetime) -> Notice:
    """A package is over: what was left in it is credit."""
    return news("notice-package-ended", package.client, package.id, at=now, amount=credit)


def package_let_go(package: BoughtPackage, expert: Expert, back: Money, *, now: datetime) -> Notice:
    """The expert does not go on with this client: what was left in a package goes back."""
    return news(
        "notice-package-let-go", package.client, package.id, at=now, expert=expert.name, amount=back
    )


def _book(offer: Offer) -> NoticeButton:
    return NoticeButton("button-book-session", f"times:{offer.id}")


def by_the_minute(meeting: Meeting, *, paid: Money, back: Money, now: datetime) -> list[Notice]:
    """A session by the minute was settled: what it came to, and what comes back."""
    told = [("notice-by-minute", meeting.client.id)]
    if meeting.expert.person_id is not None:
        told.append(("notice-by-minute-expert", meeting.expert.person_id))
    return [
        meeting.notice(
            key, to, at=now, paid=paid, back=back, taken=meeting.session.minutes_taken,
            booked=meeting.session.minutes,
        )
        for key, to in told
    ]  # fmt: skip


def approval_buttons(approval: str) -> list[NoticeButton]:
    """What a second admin may answer about an amount over the limit."""
    return [
        NoticeButton("button-approve-money", f"money:approve:{approval}"),
        NoticeButton("button-decline-money", f"money:decline:{approval}"),
    ]
