"""Packages: several sessions of an offer bought together and used one by one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Offer
from kernel.clock import Clock
from kernel.ids import ExpertId, OfferId, PersonId, SessionId
from payments import service as payments
from payments.errors import NoPackage
from payments.model import HELD_MONEY, Payment, Purpose, Rail
from payments.offers_of_money import BoughtPackage, Package
from payments.rails.card import CardRail
from payments.split import Terms
from people import blocks
from people import service as people
from people.model import Expert, Person
from storage import activity, commands, outbox
from storage.engine import SessionMaker
from texts.translator import Translator
from texts.values import Localized
from workflows import money_notices
from workflows.blocking import let_package_go
from workflows.cashier import Cashier, Checkout
from workflows.checkout import held_meeting, payment_for
from workflows.closing import close_page
from workflows.offer_price import check_package
from workflows.settle_payment import SettlePayment, confirm_paid

_PAGE_OPEN = timedelta(hours=23)
_REMIND_BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class Sold:
    """A package with the offer whose sessions it has."""

    package: Package
    offer: Offer


@dataclass(frozen=True)
class Owned:
    """A bought package, how many of its sessions are left, and with whom they are."""

    package: BoughtPackage
    left: int
    offer: Offer
    expert: Expert


@dataclass(frozen=True)
class Packages:
    """What is sold and owned, buying one, and paying a held session with one."""

    sessions: SessionMaker
    clock: Clock
    cashier: Cashier
    cards: CardRail
    terms: Terms
    meeting_url: str

    async def sold(self, expert_id: ExpertId) -> list[Sold]:
        """The packages of what an expert offers now."""
        async with self.sessions() as db:
            offers = {one.id: one for one in await booking.offers(db, expert_id)}
            found = await payments.packages_of(db, offers)
        return [Sold(one, offers[one.offer_id]) for one in found]

    async def one(self, package_id: str) -> Sold:
        """A package that is sold now. Raises NoPackage, AmountNotPossible."""
        async with self.sessions() as db:
            return await _sold(db, package_id)

    async def buy(self, person: Person, package_id: str, *, command: str) -> Checkout:
        """Order a package and open its payment. Raises the same, PaymentPageClosed,
        ExpertHidden, ExpertNotAvailable."""
        async with self.sessions.begin() as db:
            sold = await _sold(db, package_id)
            order = await self._order(db, person, sold, command=command)
        return await self._page(person, sold, order)

    async def order_series(
        self, person: Person, sold: Sold, series_of: SessionId, *, command: str
    ) -> Checkout:
        """Order a package for the same time in the weeks after a session, and open its payment.

        Raises AmountNotPossible, PaymentPageClosed, ExpertHidden, ExpertNotAvailable.
        """
        check_package(sold.package, sold.offer)
        async with self.sessions.begin() as db:
            order = await self._order(db, person, sold, command=command, series_of=series_of)
        return await self._page(person, sold, order)

    async def _order(
        self, db: AsyncSession, person: Person, sold: Sold, *, command: str,
        series_of: SessionId | None = None,
    ) -> Payment:  # fmt: skip
        now = self.clock()
        if done := await commands.earlier(db, command):
            order = str(done.result)
        else:
            await blocks.check_may_meet(db, person.id, sold.offer.expert_id)
            new = await payments.order_package(db, person.id, sold.package, series_of=series_of)
            order = new.id
            await commands.record(db, command, now=now, result=order)
        return await payments.open_payment(
            db, subject=order, payer=person.id, amount=sold.package.price,
            rail=Rail(sold.offer.rail), purpose=Purpose.PACKAGE, terms=self.terms, now=now,
        )  # fmt: skip

    async def _page(self, person: Person, sold: Sold, payment: Payment) -> Checkout:
        async with self.sessions() as db:
            expert = await people.expert(db, sold.offer.expert_id)
        title = Translator(person.language).plain(
            "package-title", sessions=sold.package.sessions, title=Localized(sold.offer.title)
        )
        return await self.cashier(
            payment, title=title, description=expert.name, language=person.language,
            expires_at=payment.created_at + _PAGE_OPEN,
        )  # fmt: skip

    async def is_paid(self, command: str) -> bool:
        """Whether what was ordered by a command is paid."""
        async with self.sessions() as db:
            order = await commands.earlier(db, command)
            if order is None:
                return False
            payment = await payments.payment_for(db, Purpose.PACKAGE, str(order.result))
        return payment is not None and payment.state in HELD_MONEY

    async def owned(self, client: PersonId) -> list[Owned]:
        """A person's packages with something left, the one that ends first first."""
        now = self.clock()
        async with self.sessions() as db:
            return [
                await _owned(db, package, left)
                for package, left in await payments.packages_left(db, client, now=now)
            ]

    async def left_of(self, client: PersonId, offer_id: OfferId) -> int:
        """How many sessions of an offer are left in a person's packages, in the first that ends."""
        async with self.sessions() as db:
            usable = await payments.packages_left(db, client, now=self.clock(), offer=offer_id)
        return usable[0][1] if usable else 0

    async def use(self, person: Person, session_id: SessionId, *, command: str) -> None:
        """Pay a held session with a package of the same offer; it is booked at once.

        Raises HoldGone, NoPackage, AlreadyPaid.
        """
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            page = await self.use_within(db, person, session_id)
            await commands.record(db, command, now=self.clock())
        if page is not None:
            settle = SettlePayment(self.sessions, self.clock, self.meeting_url)
            await close_page(self.cards, page, settle)

    async def use_within(
        self, db: AsyncSession, person: Person, session_id: SessionId, *,
        package: BoughtPackage | None = None,
    ) -> str | None:  # fmt: skip
        """The same inside a transaction, with this package, else the one that ends first; returns
        the card page that is to be closed."""
        now = self.clock()
        meeting = await held_meeting(db, person, session_id, now=now)
        before = await payment_for(db, meeting, terms=self.terms, now=now)
        if package is None:
            usable = await payments.packages_left(db, person.id, now=now, offer=meeting.offer.id)
            if not usable:
                raise NoPackage
            package = usable[0][0]
        await payments.use_package(db, before, package, now=now)
        await activity.record(
            db, person.id, "paid", at=now, about=session_id, profiling=person.profiling
        )
        await confirm_paid(db, session_id, now=now, meeting_url=self.meeting_url)
        return before.reference if before.rail is Rail.CARD else None


@dataclass(frozen=True)
class EndPackages:
    """Packages that run out: a reminder a week before, and at the end credit for what is left."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions() as db:
            ending = await payments.packages_ending(db, now=now, remind_until=now + _REMIND_BEFORE)
        for package in ending:
            async with self.sessions.begin() as db:
                if package.expires_at is not None and package.expires_at <= now:
                    await self._end(db, package, now=now)
                else:
                    await self._remind(db, package, now=now)

    async def _end(self, db: AsyncSession, package: BoughtPackage, *, now: datetime) -> None:
        for credit in await payments.end_package(db, package, now=now):
            await outbox.add(db, money_notices.package_ended(package, credit.amount, now=now))

    async def _remind(self, db: AsyncSession, package: BoughtPackage, *, now: datetime) -> None:
        left = await payments.units_left(db, package)
        if not await payments.note_reminded(db, package.id, now=now) or not left:
            return
        owned = await _owned(db, package, left)
        notice = money_notices.package_ends_soon(
            package, owned.offer, owned.expert, left=left, now=now
        )
        await outbox.add(db, notice)


async def call_off_packages(db: AsyncSession, expert: Expert, *, now: datetime) -> None:
    """An expert leaves: what is left of their clients' packages goes back."""
    running = await payments.packages_running(db)
    offers = await booking.offers_by_id(db, {one.offer_id for one in running})
    for package in running:
        if offers[package.offer_id].expert_id == expert.id:
            await let_package_go(db, package, expert, now=now)


async def _sold(db: AsyncSession, package_id: str) -> Sold:
    package = await payments.package(db, package_id)
    if package is None:
        raise NoPackage
    offer = await booking.offer(db, package.offer_id)
    if not offer.active:
        raise NoPackage
    check_package(package, offer)
    return Sold(package, offer)


async def _owned(db: AsyncSession, package: BoughtPackage, left: int) -> Owned:
    offer = await booking.offer(db, package.offer_id)
    return Owned(package, left, offer, await people.expert(db, offer.expert_id))
