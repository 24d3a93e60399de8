"""Persons, what they need, experts and what clients say about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.ids import ExpertId, PersonId, SessionId
from kernel.money import Money
from people.errors import BadTag, RatingOutOfRange, UnknownSegment

WORST, BEST = 1, 10
_LONGEST_DAYS = 3650
_LONGEST_TAG = 30


@dataclass(frozen=True)
class Person:
    """Somebody who agreed to be stored. An erased person keeps the id and nothing else.

    `tags` are the admins'. `quiet` are the hours in which they are not to be woken
    ("22:00-08:00"), `reminders` how many minutes before a session they want to be reminded; None
    is what is usual.
    """

    id: PersonId
    telegram_id: int | None
    first_name: str
    username: str | None
    language: str
    time_zone: str | None
    country: str | None
    consented_at: datetime | None
    profiling: bool
    marketing: bool
    roles: frozenset[str]
    blocked_at: datetime | None
    erased_at: datetime | None
    tags: tuple[str, ...] = ()
    quiet: str | None = None
    reminders: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Intake:
    """The answers of one questionnaire, with what they were classified as.

    `kind` is informational, personal or emotional; `priority` 1 is the most urgent.
    """

    person_id: PersonId
    topic: str | None
    about: str | None
    urgency: str | None
    tried: str | None
    budget: Money | None
    kind: str
    priority: int
    answered_at: datetime


@dataclass(frozen=True)
class ExpertDraft:
    """An expert as an operator writes them down.

    `bio` is a text a language, `delivery` how they hold sessions: `video` or `relay`,
    `answers` what they wrote in answer to people's questions.
    """

    id: ExpertId
    name: str
    bio: dict[str, str]
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    time_zone: str
    telegram_id: int | None = None
    verified: bool = True
    taking_clients: bool = True
    delivery: str = "video"
    credentials: tuple[str, ...] = field(default=())
    response_minutes: int | None = None
    answers: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Expert(ExpertDraft):
    """A stored expert; `person_id` is known once they have started the bot themselves."""

    person_id: PersonId | None = None

    def bio_in(self, language: str) -> str:
        """The bio in `language`, else in the first language that there is."""
        return self.bio.get(language) or next(iter(self.bio.values()), "")


@dataclass(frozen=True)
class Review:
    """What a client expected and received, 1 (worst) to 10 (best).

    Raises RatingOutOfRange for anything else.
    """

    id: str
    session_id: SessionId
    expert_id: ExpertId
    client_id: PersonId
    expected: int
    received: int
    would_return: bool
    comment: str | None
    published: bool
    at: datetime

    def __post_init__(self) -> None:
        for rating in (self.expected, self.received):
            check_rating(rating)


@dataclass(frozen=True)
class Rating:
    """The mean of the published reviews on a scale of 0.5 to 5 stars, and how many they are."""

    mean: float
    count: int


@dataclass(frozen=True)
class ExpertNote:
    """What an expert noted about a session and how they rate the client, 1 to 10.

    Raises RatingOutOfRange for another rating.
    """

    session_id: SessionId
    expert_id: ExpertId
    client_id: PersonId
    note: str | None
    client_rating: int | None
    at: datetime

    def __post_init__(self) -> None:
        if self.client_rating is not None:
            check_rating(self.client_rating)


class BlockedBy(StrEnum):
    """Which side does not want to meet the other."""

    CLIENT = "client"
    EXPERT = "expert"


@dataclass(frozen=True)
class Block:
    """A client and an expert who are not to meet, since one of them does not want it."""

    client: PersonId
    expert_id: ExpertId
    by: BlockedBy
    at: datetime


class Standing(StrEnum):
    """What the night's profiles call a person."""

    NEW = "new"
    FREQUENT = "frequent"
    POTENTIAL = "potential"
    QUIET = "quiet"


class SegmentKind(StrEnum):
    """The groups a broadcast can go to."""

    ALL = "all"
    EXPERTS = "experts"
    LANGUAGE = "lang"
    TOPIC = "topic"
    ACTIVE = "active"
    QUIET = "quiet"
    BOOKED = "booked"
    TAG = "tag"
    STANDING = "segment"


class Trigger(StrEnum):
    """What a sequence of messages follows: joining; having looked at an expert without holding
    a time; having held a time without paying."""

    JOINED = "joined"
    ABANDONED = "abandoned"
    UNPAID = "unpaid"


@dataclass(frozen=True)
class Segment:
    """A group of persons: everyone, the experts, a language, those who asked about some topics,
    those who did (`active`) or did not do anything (`quiet`) in the last so many days, those who
    ever paid for a session (`booked:yes`) or never (`booked:no`), those with an admin's tag, those
    whom the night's profiles call `new`, `frequent`, `potential` or `quiet` (`segment:new`)."""

    kind: SegmentKind
    value: str = ""

    @classmethod
    def parse(cls, text: str) -> "Segment":
        """The segment for `all`, `experts`, `lang:zh`, `topic:tutoring,skills`, `active:30`,
        `quiet:30`, `booked:yes`, `booked:no`, `tag:vip` or `segment:frequent`.

        Raises UnknownSegment for anything else.
        """
        name, _, value = text.strip().partition(":")
        try:
            kind = SegmentKind(name)
        except ValueError:
            raise UnknownSegment(segment=text) from None
        match kind:
            case SegmentKind.ALL | SegmentKind.EXPERTS:
                fits = not value
            case SegmentKind.LANGUAGE | SegmentKind.TOPIC | SegmentKind.TAG:
                fits = bool(value)
            case SegmentKind.ACTIVE | SegmentKind.QUIET:
                fits = value.isdecimal() and 0 < int(value) <= _LONGEST_DAYS
            case SegmentKind.BOOKED:
                fits = value in {"yes", "no"}
            case SegmentKind.STANDING:
                fits = value in set(Standing)
        if not fits:
            raise UnknownSegment(segment=text)
        return cls(kind, value)

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else str(self.kind)


@dataclass(frozen=True)
class Segments:
    """Persons who are in every one of some segments."""

    parts: tuple[Segment, ...]

    @classmethod
    def parse(cls, text: str) -> "Segments":
        """Segments with `+` between them: `lang:zh+active:30`. Raises UnknownSegment."""
        return cls(tuple(Segment.parse(part) for part in text.split("+")))


def check_tags(tags: Sequence[str]) -> list[str]:
    """The tags as they are kept: each once, in small letters, in order.

    Raises BadTag for one that cannot stand in an audience.
    """
    kept = {tag.strip().lower() for tag in tags}
    for tag in kept:
        if not tag or len(tag) > _LONGEST_TAG or any(sign in tag for sign in "+:,"):
            raise BadTag(tag=tag, longest=_LONGEST_TAG)
    return sorted(kept)


def check_rating(rating: int) -> None:
    """Raises RatingOutOfRange unless `rating` is from 1 to 10."""
    if not WORST <= rating <= BEST:
        raise RatingOutOfRange(worst=WORST, best=BEST)
