"""Written questions: a consultation without a time, answered by a deadline or given back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from booking.errors import BadOffer, QuestionMoved
from kernel.ids import ExpertId, PersonId
from kernel.money import Money

MOST_HOURS = 14 * 24


class QuestionState(StrEnum):
    """Where a question is in its life; a draft is not paid yet, one is withdrawn whose money the
    client's bank took back."""

    DRAFT = "draft"
    ASKED = "asked"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class WrittenOffer:
    """What an answer in writing costs, by which rail, and within how many hours it comes.

    Raises BadOffer.
    """

    expert_id: ExpertId
    price: Money
    rail: str
    hours: int = 48
    active: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.hours <= MOST_HOURS or not self.price:
            raise BadOffer


@dataclass(frozen=True)
class Question:
    """One question of one client to one expert, at the price and deadline it was asked under."""

    id: str
    expert_id: ExpertId
    client_id: PersonId
    text: str
    price: Money
    rail: str
    hours: int
    state: QuestionState
    created_at: datetime
    due_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None

    def asked(self, now: datetime) -> Self:
        """Paid: the expert has `hours` from now. Raises QuestionMoved when it was already."""
        if self.state is not QuestionState.DRAFT:
            raise QuestionMoved
        due = now + timedelta(hours=self.hours)
        return replace(self, state=QuestionState.ASKED, due_at=due)

    def answered(self, text: str, now: datetime) -> Self:
        """Raises QuestionMoved when it is answered already or the deadline has passed."""
        if self.state is not QuestionState.ASKED or self.due_at is None or now >= self.due_at:
            raise QuestionMoved
        return replace(self, state=QuestionState.ANSWERED, answer=text, answered_at=now)
