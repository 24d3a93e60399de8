"""What is said about written questions, as outbox notices."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from booking.question_model import Question
from kernel.money import Money
from payments.model import Refund, RefundTo
from people.model import Expert, Person
from storage.outbox import Notice, NoticeButton
from texts.values import Value, shortened
from workflows.news import news, to_expert

_REMIND_BEFORE = timedelta(hours=12)


def _to_client(
    question: Question, key: str, *, at: datetime, buttons: Iterable[NoticeButton] = (),
    **values: Value,
) -> Notice:  # fmt: skip
    return news(
        key, question.client_id, question.id, at=at, buttons=buttons, about=question.id, **values
    )


def _to_expert(
    question: Question, key: str, expert: Expert, *, at: datetime,
    buttons: Iterable[NoticeButton] = (), **values: Value,
) -> list[Notice]:  # fmt: skip
    return to_expert(
        key, expert, question.id, at=at, buttons=buttons, about=question.id, **values
    )  # fmt: skip


def asked(
    question: Question, expert: Expert, client: Person, *, by_subscription: bool, now: datetime
) -> list[Notice]:
    """The question is paid: the client knows until when, the expert what, with a reminder."""
    due = question.due_at or now
    key = "notice-question-asked-by-subscription" if by_subscription else "notice-question-asked"
    values: dict[str, Value] = {"client": client.first_name, "text": question.text, "due": due}
    button = NoticeButton("button-answer", f"question:answer:{question.id}")
    told = [
        _to_client(question, key, at=now, expert=expert.name, due=due),
        *_to_expert(
            question, "notice-question-for-you", expert, at=now, buttons=[button], **values
        ),
    ]
    if due - _REMIND_BEFORE > now:
        told += _to_expert(
            question, "notice-question-waits", expert, at=due - _REMIND_BEFORE, buttons=[button],
            **values,
        )  # fmt: skip
    return told


# enough to remember by; the answer needs the rest of the message
_REMINDER = 300


def answered(question: Question, expert: Expert, *, now: datetime) -> Notice:
    """The expert's answer."""
    book = NoticeButton("button-book-with", f"expert:{expert.id}")
    return _to_client(
        question, "notice-question-answered", at=now, buttons=[book], expert=expert.name,
        text=question.answer or "", asked=shortened(question.text, _REMINDER),
    )  # fmt: skip


def taken_back(question: Question, expert: Expert, *, now: datetime) -> list[Notice]:
    """The cardholder's bank took the money back: nobody waits for an answer, both are told."""
    human = NoticeButton("choice-human", "menu:human")
    client = _to_client(
        question, "notice-question-taken-back", at=now, buttons=[human], expert=expert.name
    )
    return [client, *withdrawn(question, expert, now=now)]


def withdrawn(question: Question, expert: Expert, *, now: datetime) -> list[Notice]:
    """Nobody waits for the expert's answer any more."""
    asked = shortened(question.text, _REMINDER)
    return _to_expert(question, "notice-question-withdrawn", expert, at=now, asked=asked)


def expired(
    question: Question, expert: Expert, refunds: Sequence[Refund], *, now: datetime
) -> list[Notice]:
    """Nobody answered in time: the client has their money, or the answer of their subscription,
    back."""
    key = "notice-question-expired"
    if any(one.to is RefundTo.SUBSCRIPTION for one in refunds):
        key = "notice-question-expired-subscription"
    back = sum((one.amount for one in refunds), start=Money(0, question.price.currency))
    return [
        _to_client(question, key, at=now, expert=expert.name, refund=back),
        *_to_expert(question, "notice-question-missed", expert, at=now),
    ]
