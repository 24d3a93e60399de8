"""What is said about written questions, as outbox notices."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from booking.question_model import Question
from kernel.ids import PersonId
from kernel.money import Money
from payments.model import Refund, RefundTo
from people.model import Expert, Person
from storage.outbox import Notice, NoticeButton
from texts.values import Value, shortened
from workflows.news import news

_REMIND_BEFORE = timedelta(hours=12)


def _about(
    question: Question, key: str, to: PersonId, *, at: datetime,
    buttons: Iterable[NoticeButton] = (), **values: Value,
) -> Notice:  # fmt: skip
    return news(key, to, question.id, at=at, buttons=buttons, about=question.id, **values)


def asked(
    question: Question, expert: Expert, client: Person, *, by_subscription: bool, now: datetime
) -> list[Notice]:
    """The question is paid: the client knows until when, the expert what, with a reminder."""
    due = question.due_at or now
    key = "notice-question-asked-by-subscription" if by_subscription else "notice-question-asked"
    told = [_about(question, key, client.id, at=now, expert=expert.name, due=due)]
    if expert.person_id is None:
        return told
    values: dict[str, Value] = {"client": client.first_name, "text": question.text, "due": due}
    button = NoticeButton("button-answer", f"question:answer:{question.id}")
    told.append(
        _about(question, "notice-question-for-you", expert.person_id, at=now, buttons=[button],
            **values,
        )
    )  # fmt: skip
    if due - _REMIND_BEFORE > now:
        told.append(
            _about(question, "notice-question-waits", expert.person_id, at=due - _REMIND_BEFORE,
                buttons=[button], **values,
            )
        )  # fmt: skip
    return told


# enough to remember by; the answer needs the rest of the message
_REMINDER = 300


def answered(question: Question, expert: Expert, *, now: datetime) -> Notice:
    """The expert's answer."""
    book = NoticeButton("button-book-with", f"expert:{expert.id}")
    return _about(question, "notice-question-answered", question.client_id, at=now, buttons=[book],
        expert=expert.name, text=question.answer or "",
        asked=shortened(question.text, _REMINDER),
    )  # fmt: skip


def taken_back(question: Question, expert: Expert, *, now: datetime) -> list[Notice]:
    """The cardholder's bank took the money back: nobody waits for an answer, both are told."""
    human = NoticeButton("choice-human", "menu:human")
    told = [
        _about(question, "notice-question-taken-back", question.client_id, at=now,
            buttons=[human], expert=expert.name,
        )
    ]  # fmt: skip
    if expert.person_id is not None:
        asked = shortened(question.text, _REMINDER)
        told.append(
            _about(question, "notice-question-withdrawn", expert.person_id, at=now, asked=asked)
        )
    return told


def expired(
    question: Question, expert: Expert, refunds: Sequence[Refund], *, now: datetime
) -> list[Notice]:
    """Nobody answered in time: the client has their money, or the answer of their subscription,
    back."""
    key = "notice-question-expired"
    if any(one.to is RefundTo.SUBSCRIPTION for one in refunds):
        key = "notice-question-expired-subscription"
    back = sum((one.amount for one in refunds), start=Money(0, question.price.currency))
    told = [
        _about(question, key, question.client_id, at=now, expert=expert.name, refund=back)
    ]  # fmt: skip
    if expert.person_id is not None:
        told.append(_about(question, "notice-question-missed", expert.person_id, at=now))
    return told
