"""The same time each week: with a package, or paid together for as many weeks as are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from booking import service as booking
from booking.errors import NotOffered
from booking.model import Session, SessionState
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import OfferId, SessionId
from payments import service as payments
from payments.errors import NoPackage
from payments.offers_of_money import BoughtPackage, Package
from people import service as people
from people.model import Person
from storage import commands, outbox
from storage.engine import SessionMaker
from workflows import money_notices
from workflows.cashier import Checkout
from workflows.notices import Meeting
from workflows.packages import Packages, Sold

MOST_WEEKS = 8
_FURTHEST = 12
"""Weeks ahead that a series is looked for, those that are not free included."""
_WEEK = timedelta(days=7)
_VALID_DAYS_MORE = 30
_BOOKED = {SessionState.REQUESTED, SessionState.CONFIRMED}


@dataclass(frozen=True)
class Week:
    """One week of a series: booked, or why not."""

    start: datetime
    refusal: DomainError | None


@dataclass(frozen=True)
class BookWeekly:
    """The same time in the weeks after a session, for as long as the client's package lasts.

    The time is the expert's wall clock, whose weekly hours it comes from. A week whose time is
    not free is left out and named; one that the client has booked already counts as booked.
    """

    packages: Packages

    async def __call__(
        self, person: Person, session_id: SessionId, *, command: str
    ) -> Sequence[Week]:
        """As many weeks as there are sessions left, also where some are not free.

        Raises UnknownSession, NoPackage.
        """
        first, zone = await self._first(person, session_id)
        left = await self.packages.left_of(person.id, first.offer_id)
        if not left:
            raise NoPackage
        weeks: list[Week] = []
        tried = number = 0
        while tried < left:
            number += 1
            week, is_new = await self._week(person, first, zone, number, command=command)
            weeks.append(week)
            tried += is_new
        return weeks

    async def until_booked(
        self, person: Person, session_id: SessionId, *, sessions: int, command: str
    ) -> Sequence[Week]:
        """As many `sessions` as that, past the weeks that are not free, which are left out.

        Raises UnknownSession.
        """
        first, zone = await self._first(person, session_id)
        weeks: list[Week] = []
        for number in range(1, _FURTHEST + 1):
            if len(weeks) == sessions:
                break
            week, _ = await self._week(person, first, zone, number, command=command)
            if week.refusal is None:
                weeks.append(week)
        return weeks

    async def _first(self, person: Person, session_id: SessionId) -> tuple[Session, ZoneInfo]:
        async with self.packages.sessions() as db:
            first = await booking.session(db, session_id, client=person.id)
            return first, ZoneInfo((await people.expert(db, first.expert_id)).time_zone)

    async def _week(
        self, person: Person, first: Session, zone: ZoneInfo, number: int, *, command: str
    ) -> tuple[Week, bool]:
        """Whether it is booked now, and whether it was not before."""
        start = same_time(first.starts_at, zone, weeks=number)
        if await self._has(person, first.offer_id, start):
            return Week(start, None), False
        refusal = await self._book(person, first.offer_id, start, command=f"{command}:{number}")
        return Week(start, refusal), True

    async def _has(self, person: Person, offer_id: OfferId, start: datetime) -> bool:
        async with self.packages.sessions() as db:
            ahead = await booking.upcoming(db, person.id, after=self.packages.clock())
        return any(one.starts_at == start and one.offer_id == offer_id for one in ahead)

    async def _book(
        self, person: Person, offer_id: OfferId, start: datetime, *, command: str
    ) -> DomainError | None:
        now = self.packages.clock()
        try:
            async with self.packages.sessions.begin() as db:
                if await commands.earlier(db, command):
                    return None
                held = await booking.hold(
                    db, offer_id=offer_id, client=person.id, start=start, now=now
                )
                await self.packages.use_within(db, person, held.id)
                await commands.record(db, command, now=now, result=held.id)
        except DomainError as refusal:
            return refusal
        return None


@dataclass(frozen=True)
class Choice:
    """So many more weeks, and what is paid for them together."""

    sold: Sold
    until: datetime


@dataclass(frozen=True)
class Series:
    """A booked session again in the following weeks, paid together at the offer's price. What
    is bought is a package, so that each week can be moved or cancelled by itself; it is booked
    when it is paid."""

    packages: Packages

    async def choices(self, person: Person, session_id: SessionId) -> list[Choice]:
        """One for each week within the booking window whose time is free now, `MOST_WEEKS` at
        most. Raises UnknownSession."""
        now = self.packages.clock()
        async with self.packages.sessions() as db:
            first = await booking.session(db, session_id, client=person.id)
            offer = await booking.offer(db, first.offer_id)
            zone = ZoneInfo((await people.expert(db, first.expert_id)).time_zone)
            slots = await booking.free_times(
                db, offer.id, frm=max(now, first.starts_at),
                until=first.starts_at + (_FURTHEST + 1) * _WEEK, now=now,
            )  # fmt: skip
        if first.state not in _BOOKED or offer.once or not offer.price:
            return []
        free = {one.start for one in slots}
        starts = (same_time(first.starts_at, zone, weeks=week + 1) for week in range(_FURTHEST))
        weeks = [start for start in starts if start in free][:MOST_WEEKS]
        return [
            Choice(
                Sold(Package("", offer.id, count, offer.price, _valid_days(start, now)), offer),
                start,
            )
            for count, start in enumerate(weeks, start=1)
        ]

    async def order(
        self, person: Person, session_id: SessionId, sessions: int, *, command: str
    ) -> Checkout:
        """Order so many more weeks, and open their payment.

        Raises UnknownSession, NotOffered when fewer are free, AmountNotPossible,
        PaymentPageClosed.
        """
        for choice in await self.choices(person, session_id):
            if choice.sold.package.sessions == sessions:
                return await self.packages.order_series(
                    person, choice.sold, session_id, command=command
                )
        raise NotOffered


def can_repeat(meeting: Meeting) -> bool:
    """Whether a session can be had each week: booked, at a price of its own, and not only once."""
    offer = meeting.offer
    sold_together = bool(offer.price) and not offer.once and not offer.by_minute
    return meeting.session.state in _BOOKED and sold_together


@dataclass(frozen=True)
class BookSeries:
    """Series that are paid are booked, a week after another; who holds another time just then
    is not disturbed. What could not be booked stays in the package, and the client is told."""

    sessions: SessionMaker
    clock: Clock
    book: BookWeekly

    async def __call__(self) -> None:
        async with self.sessions() as db:
            paid = await payments.packages_in_series(db)
        for package in paid:
            await self._book(package)

    async def _book(self, package: BoughtPackage) -> None:
        now = self.clock()
        async with self.sessions() as db:
            client = await people.get(db, package.client)
            if package.series_of is None or await booking.held(db, client.id, now=now):
                return
        weeks: Sequence[Week] = ()
        if client.telegram_id is not None:  # else they were erased meanwhile
            weeks = await self.book.until_booked(
                client, package.series_of, sessions=package.sessions,
                command=f"series:{package.id}",
            )  # fmt: skip
        async with self.sessions.begin() as db:
            if await payments.series_booked(db, package.id):
                offer = await booking.offer(db, package.offer_id)
                expert = await people.expert(db, offer.expert_id)
                left = await payments.units_left(db, package)
                notice = money_notices.series_booked(
                    package, offer, expert, until=weeks[-1].start if weeks else None, left=left,
                    now=now,
                )  # fmt: skip
                await outbox.add(db, notice)


def same_time(start: datetime, zone: ZoneInfo, *, weeks: int) -> datetime:
    """The same wall clock time in `zone` some weeks later, as an instant of `start`'s zone."""
    wall = start.astimezone(zone).replace(tzinfo=None) + weeks * _WEEK
    return wall.replace(tzinfo=zone).astimezone(start.tzinfo)


def _valid_days(last: datetime, now: datetime) -> int:
    """Until well after the last week, so that one that is cancelled can be booked again."""
    return (last - now).days + _VALID_DAYS_MORE
