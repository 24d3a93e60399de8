"""The same time each week: with a package, or paid together for as many weeks as are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import ClientBusy, NotOffered, OfferGone, OnlyOnce, TimeTaken
from booking.model import Session, SessionState
from kernel.errors import DomainError
from kernel.ids import OfferId, SessionId
from payments import service as payments
from payments.errors import AlreadyPaid, NoPackage
from payments.offers_of_money import BoughtPackage, Package
from people import blocks
from people import service as people
from people.model import Person
from storage import commands, outbox
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
        async with self.packages.sessions() as db:
            first = await booking.session(db, session_id, client=person.id)
            zone = await _zone_of(db, first)
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

    async def _week(
        self, person: Person, first: Session, zone: ZoneInfo, number: int, *, command: str
    ) -> tuple[Week, bool]:
        """Whether it is booked now, and whether it was not before."""
        start = same_time(first.starts_at, zone, weeks=number)
        async with self.packages.sessions() as db:
            if await _has(db, person, first.offer_id, start, now=self.packages.clock()):
                return Week(start, None), False
        refusal = await self._book(person, first.offer_id, start, command=f"{command}:{number}")
        return Week(start, refusal), True

    async def _book(
        self, person: Person, offer_id: OfferId, start: datetime, *, command: str
    ) -> DomainError | None:
        now = self.packages.clock()
        try:
            async with self.packages.sessions.begin() as db:
                if await commands.earlier(db, command):
                    return None
                wanted = await booking.offer(db, offer_id)
                await blocks.check_may_meet(db, person.id, wanted.expert_id)
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
            zone = await _zone_of(db, first)
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

        Raises UnknownSession, NotOffered when fewer are free, AlreadyPaid, AmountNotPossible,
        PaymentPageClosed.
        """
        for choice in await self.choices(person, session_id):
            if choice.sold.package.sessions == sessions:
                return await self.packages.order_series(
                    person, choice.sold, session_id, command=command
                )
        if await self.packages.is_paid(command):
            # fewer are free because these were booked
            raise AlreadyPaid
        raise NotOffered


def can_repeat(meeting: Meeting) -> bool:
    """Whether a session can be had each week: booked, at a price of its own, and not only once."""
    offer = meeting.offer
    sold_together = bool(offer.price) and not offer.once and not offer.by_minute
    return meeting.session.state in _BOOKED and sold_together


@dataclass(frozen=True)
class BookSeries:
    """Series that are paid are booked, each in one transaction, past the weeks that are not free;
    who holds another time just then is not disturbed. What could not be booked stays in the
    package, and the client is told."""

    packages: Packages

    async def __call__(self) -> None:
        async with self.packages.sessions() as db:
            paid = await payments.packages_in_series(db)
        for package in paid:
            async with self.packages.sessions.begin() as db:
                # another process may be at it, or have done it
                if await payments.lock_series(db, package.id):
                    await self._book(db, package)

    async def _book(self, db: AsyncSession, package: BoughtPackage) -> None:
        now = self.packages.clock()
        client = await people.get(db, package.client)
        if package.series_of is None or await booking.held(db, client.id, now=now):
            return
        last: datetime | None = None
        offer = await booking.offer(db, package.offer_id)
        apart = await blocks.between(db, client.id, offer.expert_id)
        # else they were erased meanwhile, or are not to meet any more
        if client.telegram_id is not None and apart is None:
            last = await self._weeks(db, client, package, package.series_of)
        await payments.series_booked(db, package.id)
        expert = await people.expert(db, offer.expert_id)
        left = await payments.units_left(db, package)
        notice = money_notices.series_booked(package, offer, expert, until=last, left=left, now=now)
        await outbox.add(db, notice)

    async def _weeks(
        self, db: AsyncSession, client: Person, package: BoughtPackage, session_id: SessionId
    ) -> datetime | None:
        """The last week that could be booked."""
        now, last = self.packages.clock(), None
        first = await booking.session(db, session_id, client=client.id)
        zone = await _zone_of(db, first)
        for number in range(1, _FURTHEST + 1):
            if not await payments.units_left(db, package):
                break
            start = same_time(first.starts_at, zone, weeks=number)
            try:
                # what is refused takes nothing
                async with db.begin_nested():
                    held = await booking.hold(
                        db, offer_id=first.offer_id, client=client.id, start=start, now=now
                    )
            except (TimeTaken, ClientBusy, NotOffered, OfferGone, OnlyOnce):
                continue
            await self.packages.use_within(db, client, held.id, package=package)
            last = start
        return last


async def _zone_of(db: AsyncSession, session: Session) -> ZoneInfo:
    return ZoneInfo((await people.expert(db, session.expert_id)).time_zone)


async def _has(
    db: AsyncSession, person: Person, offer_id: OfferId, start: datetime, *, now: datetime
) -> bool:
    ahead = await booking.upcoming(db, person.id, after=now)
    return any(one.starts_at == start and one.offer_id == offer_id for one in ahead)


def same_time(start: datetime, zone: ZoneInfo, *, weeks: int) -> datetime:
    """The same wall clock time in `zone` some weeks later, as an instant of `start`'s zone."""
    wall = start.astimezone(zone).replace(tzinfo=None) + weeks * _WEEK
    return wall.replace(tzinfo=zone).astimezone(start.tzinfo)


def _valid_days(last: datetime, now: datetime) -> int:
    """Until well after the last week, so that one that is cancelled can be booked again."""
    return (last - now).days + _VALID_DAYS_MORE
