"""What matching knows of experts, what is needed, and who fits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kernel.ids import ExpertId, OfferId
from kernel.money import Money

MOST_REASONS = 3


@dataclass(frozen=True)
class OfferFacts:
    """An offer; `title` is a text a language."""

    id: OfferId
    title: Mapping[str, str]
    minutes: int
    price: Money
    rail: str


@dataclass(frozen=True)
class Stars:
    """The mean of reviews from 0.5 to 5 stars, and how many they are."""

    mean: float
    count: int


@dataclass(frozen=True)
class Share:
    """So many good ones of all."""

    good: int = 0
    of: int = 0


@dataclass(frozen=True)
class ExpertFacts:
    """Everything that an expert is judged by; `bio` is a text a language.

    `answered` are texts they have written in answer to questions like a client's, `reviews` what
    clients wrote about them for everybody to see.
    """

    expert_id: ExpertId
    name: str
    bio: Mapping[str, str]
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    offers: tuple[OfferFacts, ...]
    verified: bool
    taking_clients: bool
    rating: Stars | None = None
    replies: Share = Share()
    """Requests and questions that they answered in time, of all."""
    sessions: Share = Share()
    """Sessions that they came to, of those they had agreed to."""
    answered: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchNeed:
    """What somebody looks for; everything may be missing.

    `language` is the one the session should be held in; `after` and `before` bound its start.
    `cheapest`: low prices go before everything but the topic.
    """

    text: str = ""
    topic: str | None = None
    language: str | None = None
    budget: Money | None = None
    after: datetime | None = None
    before: datetime | None = None
    minutes: int | None = None
    cheapest: bool = False


@dataclass(frozen=True)
class Candidate:
    """An expert who may be suggested, with the offer that fits the need best.

    `semantic` and `topical` say from 0 to 1 how well their texts and their topics fit.
    """

    expert_id: ExpertId
    offer_id: OfferId
    price: Money
    semantic: float
    topical: float
    speaks: bool
    affordable: bool | None
    """None when there is no budget, or it is in another currency."""
    rating: Stars | None = None
    replies: Share = Share()
    sessions: Share = Share()


@dataclass(frozen=True)
class Reason:
    """Why an expert is suggested: a text's key and its values."""

    key: str
    values: Mapping[str, str | int | float | datetime | Money]
    row: str | None = None
    """The activity that makes it true, where it is one."""


@dataclass(frozen=True)
class Taste:
    """How much somebody is expected to like an expert, from 0 to 1, by what they and others did.

    `weight` is how much of the score that is.
    """

    value: float
    weight: float
    because: Reason | None


@dataclass(frozen=True)
class Match:
    """A suggestion; `score` is from 0 to 1, the sum of its `parts` by what they are for."""

    expert_id: ExpertId
    offer_id: OfferId
    score: float
    reasons: tuple[Reason, ...]
    parts: Mapping[str, float] = field(default_factory=dict)
    features: Mapping[str, float] = field(default_factory=dict)
    """What the weights were laid on, taste mixed in: the score is their weighted sum."""
    rating: Stars | None = None


@dataclass(frozen=True)
class Listed:
    """An expert on a list that somebody saw, with the features of their score."""

    expert_id: ExpertId
    features: Mapping[str, float]


class Starts(Protocol):
    """A free time, whatever room it comes from."""

    @property
    def start(self) -> datetime: ...
