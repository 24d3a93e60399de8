"""What is said about subscriptions, as outbox notices."""

from datetime import datetime

from kernel.money import Money
from payments.offers_of_money import Subscription
from people.model import Expert, Person
from storage.outbox import Notice, NoticeButton
from workflows.news import news, to_expert


def _ask(of: Subscription) -> NoticeButton:
    return NoticeButton("button-ask-in-writing", f"question:ask:{of.expert_id}")


def _open(of: Subscription) -> NoticeButton:
    return NoticeButton("button-my-subscription", f"subscription:open:{of.id}")


def begun(of: Subscription, expert: Expert, client: Person, *, now: datetime) -> list[Notice]:
    """The first 30 days are paid."""
    return [
        news(
            "notice-subscription-begun", of.client, of.id, at=now, buttons=[_ask(of), _open(of)],
            questions=of.questions, expert=expert.name, until=of.until or now,
        ),
        *to_expert(
            "notice-subscriber", expert, of.id, at=now, client=client.first_name,
            questions=of.questions,
        ),
    ]  # fmt: skip


def renewed(of: Subscription, expert: Expert, *, now: datetime) -> Notice:
    """Telegram took the money for the next 30 days."""
    return news(
        "notice-subscription-renewed", of.client, of.subject, at=now,
        buttons=[_ask(of), _open(of)], price=of.price, questions=of.questions,
        expert=expert.name, until=of.until or now,
    )  # fmt: skip


def ends_soon(of: Subscription, expert: Expert, *, left: int, now: datetime) -> Notice:
    """The 30 days end in some days: they are paid again, or it is over."""
    key = "notice-subscription-ends-soon" if of.stopped else "notice-subscription-renews-soon"
    return news(
        key, of.client, of.subject, at=now, buttons=[_ask(of), _open(of)], left=left,
        expert=expert.name, until=of.until or now, price=of.price,
    )  # fmt: skip


def ended(of: Subscription, expert: Expert, *, now: datetime) -> Notice:
    """It was not renewed."""
    return news(
        "notice-subscription-ended", of.client, of.subject, at=now, expert=expert.name,
        buttons=[NoticeButton("button-ask-in-writing", f"question:ask:{of.expert_id}")],
    )  # fmt: skip


def let_go(of: Subscription, expert: Expert, back: Money, *, now: datetime) -> Notice:
    """The expert does not go on with this client: what was left goes back."""
    return news(
        "notice-subscription-let-go", of.client, of.id, at=now, expert=expert.name, amount=back
    )


def called_off(of: Subscription, expert: Expert, back: Money, *, now: datetime) -> Notice:
    """The expert answers no more: what was left goes back."""
    return news(
        "notice-subscription-called-off", of.client, of.id, at=now, expert=expert.name, amount=back
    )
