"""Offers, sessions, and the rules of a session's life."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Self, assert_never

from booking.errors import (
    BadOffer,
    MovedTooOften,
    StateMoved,
    TooEarlyToReport,
    TooLateToCancel,
    TooLateToMove,
)
from booking.policy import CancelPolicy
from booking.slots import Interval, Slot
from kernel.ids import ExpertId, OfferId, PersonId, SessionId
from kernel.money import Money

__all__ = ["CancelPolicy", "Delivery", "Offer", "Session", "SessionState", "Slot"]

GRID_MINUTES = 5
MOST_MINUTES = 24 * 60
MOST_SEATS = 100
ABSENT_AFTER = timedelta(minutes=10)

_MINUTE = timedelta(minutes=1)

Side = Literal["client", "expert", "admin"]


class Delivery(StrEnum):
    """How a session is held: by a video link, or by messages that the bot relays."""

    VIDEO = "video"
    RELAY = "relay"


class SessionState(StrEnum):
    """Where a session is in its life."""

    HELD = "held"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


LIVE_STATES = (
    SessionState.HELD,
    SessionState.REQUESTED,
    SessionState.CONFIRMED,
    SessionState.UNDER_WAY,
)


@dataclass(frozen=True)
class TrackRecord:
    """Of so many that an expert was asked, how many they answered in time; of so many sessions
    that they had agreed to, how many they came to."""

    answered: int = 0
    asked: int = 0
    kept: int = 0
    agreed: int = 0


TAKEN_PLACE = (SessionState.ENDED, SessionState.CLOSED, SessionState.NO_SHOW)
"""States after a session's time: it is busy no more, but it was one of its day."""

CALLED_OFF = frozenset({SessionState.CANCELLED, SessionState.DECLINED, SessionState.EXPIRED})


@dataclass(frozen=True)
class Offer:
    """What an expert sells: a title a language, a length, a price, and the rules of booking it.

    `rail` is how it is paid: `card`, `telegram` or `stars`. Lengths, buffers and the step are
    multiples of five minutes, a day at most. `once`: each client can have one such session with
    the expert, for getting to know each other. With `seats` above one several clients share a
    session, by video. `by_minute`: the price is a deposit for the whole length, settled to the
    minutes that the session takes. Raises BadOffer.
    """

    id: OfferId
    expert_id: ExpertId
    title: Mapping[str, str]
    minutes: int
    price: Money
    rail: str = "card"
    needs_confirmation: bool = False
    buffer_before: int = 0
    buffer_after: int = 0
    notice_minutes: int = 60
    step_minutes: int = 30
    window_days: int = 30
    reminders: tuple[int, ...] = (1440, 60, 15)
    active: bool = True
    delivery: Delivery = Delivery.VIDEO
    policy: CancelPolicy = field(default_factory=CancelPolicy)
    once: bool = False
    seats: int = 1
    by_minute: bool = False

    def __post_init__(self) -> None:
        on_grid = (self.minutes, self.step_minutes, self.buffer_before, self.buffer_after)
        fits = all(value % GRID_MINUTES == 0 for value in on_grid)
        lengths = self.minutes > 0 and self.step_minutes > 0 and max(on_grid) <= MOST_MINUTES
        none_negative = min(self.buffer_before, self.buffer_after, self.notice_minutes) >= 0
        stars = (self.rail == "stars") is (self.price.currency == "XTR")
        seats = self.seats == 1 or (
            1 < self.seats <= MOST_SEATS and self.delivery is Delivery.VIDEO
        )
        if not (fits and lengths and none_negative and stars and seats and self.price.minor >= 0):
            raise BadOffer(offer=self.id)
        whole = self.seats == 1 and self.price.minor > 0 and self.price.minor % self.minutes == 0
        if self.by_minute and not whole:
            raise BadOffer(offer=self.id)

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def price_a_minute(self) -> Money:
        """Of an offer by the minute."""
        return Money(self.price.minor // self.minutes, self.price.currency)


def group_at(offer_id: OfferId, start: datetime) -> str:
    """The group of an offer with seats that begins at an instant."""
    return f"{offer_id}@{int(start.timestamp())}"


@dataclass(frozen=True)
class Session:
    """One consultation. `sequence` counts its versions; `policy` is the one it was booked under.

    `held_until` of an expired one means that nobody was told yet; `absent` is the side
    that did not come, when the state is NO_SHOW; `insisted` means that the client wanted it
    although they have another session then; sessions of one `group` are held together, a seat
    each. One sold `by_minute` may be `finished_at` an instant before its end.
    """

    id: SessionId
    offer_id: OfferId
    expert_id: ExpertId
    client_id: PersonId
    starts_at: datetime
    ends_at: datetime
    state: SessionState
    held_until: datetime | None
    price: Money
    policy: CancelPolicy
    buffer_before: int
    buffer_after: int
    link: str | None
    delivery: Delivery
    needs_confirmation: bool
    created_at: datetime
    sequence: int = 0
    reschedules: int = 0
    absent: str | None = None
    insisted: bool = False
    group: str | None = None
    by_minute: bool = False
    finished_at: datetime | None = None

    @property
    def is_ahead(self) -> bool:
        """Whether it is agreed, or asked of the expert, and has not begun."""
        return self.state in {SessionState.REQUESTED, SessionState.CONFIRMED}

    @property
    def minutes(self) -> int:
        """How long it was booked for."""
        return (self.ends_at - self.starts_at) // _MINUTE

    @property
    def minutes_taken(self) -> int:
        """How many minutes it took, each begun one whole: all, unless it was finished before."""
        if self.finished_at is None:
            return self.minutes
        begun = -((self.starts_at - self.finished_at) // _MINUTE)
        return min(max(begun, 1), self.minutes)

    def not_taken(self, paid: Money) -> Money:
        """What of a deposit is for minutes that it did not take."""
        spared = self.minutes - self.minutes_taken
        return Money(paid.minor * spared // self.minutes, paid.currency)

    @property
    def busy(self) -> Interval:
        """The expert's time that it takes, buffers included."""
        return Interval(
            self.starts_at - timedelta(minutes=self.buffer_before),
            self.ends_at + timedelta(minutes=self.buffer_after),
        )

    def at(self, start: datetime) -> Self:
        """The same session at another time."""
        return replace(
            self,
            starts_at=start,
            ends_at=start + (self.ends_at - self.starts_at),
            group=None if self.group is None else group_at(self.offer_id, start),
        )

    def paid(self) -> Self:
        """Paid: confirmed, or waiting for the expert where the offer asks for it."""
        if self.state not in {SessionState.HELD, SessionState.EXPIRED}:
            raise StateMoved(state=self.state)
        after = SessionState.REQUESTED if self.needs_confirmation else SessionState.CONFIRMED
        return replace(self, state=after, held_until=None)

    def answered(self, *, accepted: bool) -> Self:
        """The expert's answer to a request."""
        if self.state is not SessionState.REQUESTED:
            raise StateMoved(state=self.state)
        after = SessionState.CONFIRMED if accepted else SessionState.DECLINED
        return replace(self, state=after)

    def cancelled(self, *, by: Side, now: datetime) -> tuple[Self, int]:
        """The cancelled session, and how many percent come back.

        All comes back unless a client cancels a confirmed session, where the policy decides.
        Raises TooLateToCancel for a client once it began; StateMoved when it is over.
        """
        match self.state:
            case SessionState.HELD | SessionState.REQUESTED:
                percent = 100
            case SessionState.CONFIRMED | SessionState.UNDER_WAY if by != "client":
                percent = 100
            case SessionState.CONFIRMED if now < self.starts_at:
                percent = self.policy.percent_back(self.starts_at - now)
            case SessionState.CONFIRMED | SessionState.UNDER_WAY:
                raise TooLateToCancel(starts_at=self.starts_at)
            case (
                SessionState.ENDED
                | SessionState.CLOSED
                | SessionState.CANCELLED
                | SessionState.DECLINED
                | SessionState.EXPIRED
                | SessionState.NO_SHOW
            ):
                raise StateMoved(state=self.state)
            case _:
                assert_never(self.state)
        return replace(self, state=SessionState.CANCELLED, held_until=None), percent

    def rescheduled(self, start: datetime, *, now: datetime) -> Self:
        """The session at another time, as late and as often as its policy allows; where the
        expert confirms each time, also this one.

        Raises StateMoved, TooLateToMove, MovedTooOften.
        """
        if self.state not in {SessionState.REQUESTED, SessionState.CONFIRMED}:
            raise StateMoved(state=self.state)
        if now >= self.starts_at or self.starts_at - now < timedelta(hours=self.policy.move_hours):
            raise TooLateToMove(hours=self.policy.move_hours)
        if self.reschedules >= self.policy.moves:
            raise MovedTooOften(times=self.policy.moves)
        state = SessionState.REQUESTED if self.needs_confirmation else self.state
        return replace(
            self.at(start), state=state, sequence=self.sequence + 1,
            reschedules=self.reschedules + 1,
        )  # fmt: skip

    def left(self, after: SessionState) -> Self:
        """The session in another state, held no more."""
        return replace(self, state=after, held_until=None)

    def finished(self, *, now: datetime) -> Self:
        """Over before its end, as only one that is paid by the minute can be. Raises StateMoved."""
        if self.state is not SessionState.UNDER_WAY or not self.by_minute:
            raise StateMoved(state=self.state)
        return replace(self, state=SessionState.ENDED, finished_at=min(now, self.ends_at))

    def missed_by(self, side: Side, *, now: datetime) -> Self:
        """One side did not come, which can be said from ten minutes after the start to the end.

        Raises StateMoved unless it is under way, TooEarlyToReport.
        """
        if self.state is not SessionState.UNDER_WAY:
            raise StateMoved(state=self.state)
        if now < self.starts_at + ABSENT_AFTER:
            raise TooEarlyToReport(minutes=ABSENT_AFTER // timedelta(minutes=1))
        return replace(self, state=SessionState.NO_SHOW, absent=side)
