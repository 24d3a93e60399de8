"""The library: what can be had, having it, reading it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from catalogue import service as catalogue
from catalogue.errors import AlreadyOwned, NotForSale, UnknownItem
from catalogue.model import Item, ItemState, Lesson, Owned
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import PersonId
from payments import service as payments
from payments.model import Payment, PaymentState, Purpose, Rail
from payments.split import Terms
from people import service as people
from people.model import Person
from storage import activity, commands, outbox
from storage.engine import SessionMaker
from texts.translator import Translator
from texts.values import Localized
from workflows import item_notices
from workflows.cashier import Cashier, Checkout

NOT_DELIVERED = "item not delivered"

_PAGE_OPEN = timedelta(hours=23)


class NotFree(DomainError):
    """It is paid first."""

    key = "error-item-not-free"


@dataclass(frozen=True)
class ItemPage:
    """What everybody sees of an item; `author` is None for the operator, `owned` for who does
    not have it."""

    item: Item
    author: str | None
    owned: Owned | None


@dataclass(frozen=True)
class ItemDue:
    """What is to be paid for an item: the payment of its open order, if there is one, which a
    code and credit may have made less."""

    payment: Payment | None
    can_use_credit: bool


@dataclass(frozen=True)
class Reading:
    """A lesson of a course; `place` is from 0."""

    item: Item
    lesson: Lesson
    place: int
    count: int


@dataclass(frozen=True)
class Library:
    """What is shown, bought and read."""

    sessions: SessionMaker
    clock: Clock
    cashier: Cashier
    terms: Terms

    async def topics(self) -> Mapping[str, int]:
        """How many items each topic has."""
        async with self.sessions() as db:
            return await catalogue.listed_topics(db)

    async def of_topics(self, topics: Sequence[str]) -> Sequence[Item]:
        """What can be had of some topics, the newest first."""
        async with self.sessions() as db:
            return await catalogue.listed(db, topics=topics)

    async def mine(self, person: PersonId) -> Sequence[Owned]:
        """What somebody has, the newest first, also what was withdrawn."""
        async with self.sessions() as db:
            return await catalogue.owned(db, person)

    async def page(self, person: PersonId, item_id: str) -> ItemPage:
        """An item that can be had, or that they have. Raises UnknownItem."""
        async with self.sessions() as db:
            found = await catalogue.item(db, item_id)
            owned = await catalogue.owned_item(db, item_id, person)
            if owned is None and found.state is not ItemState.LISTED:
                raise UnknownItem
            expert = None if found.author is None else await people.expert(db, found.author)
        return ItemPage(found, None if expert is None else expert.name, owned)

    async def note_view(self, person: Person, item_id: str, *, command: str) -> None:
        """Remember that somebody looked at an item."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await activity.record(
                    db, person.id, "viewed_item", at=now, about=item_id, profiling=person.profiling
                )
                await commands.record(db, command, now=now)

    async def take(self, person: Person, item_id: str, *, command: str) -> None:
        """Have what is free; it comes at once. Raises UnknownItem, NotForSale, NotFree,
        AlreadyOwned."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            item = await catalogue.for_sale(db, item_id)
            if not item.is_free:
                raise NotFree
            if not await _hand_over(db, item, person, once=item.id, now=now):
                raise AlreadyOwned
            await commands.record(db, command, now=now)

    async def buy(self, person: Person, item_id: str) -> Checkout:
        """Open the payment of an item; asking again gives the same one as long as it is open.

        Raises UnknownItem, NotForSale, AlreadyOwned, PaymentPageClosed.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            item, payment = await ordered_item(db, person.id, item_id, terms=self.terms, now=now)
        translate = Translator(person.language)
        return await self.cashier(
            payment, title=translate.plain("item-payment-title"),
            description=translate.plain("item-payment-text", title=Localized(item.titles)),
            language=person.language, expires_at=payment.created_at + _PAGE_OPEN,
        )  # fmt: skip

    async def due(self, person: PersonId, of: Item) -> ItemDue:
        """What somebody is to pay for an item that they do not have."""
        async with self.sessions() as db:
            payment = await _open_payment(db, of.id, person, now=self.clock())
            credit = await payments.credit_of(db, person)
        amount = payment.amount if payment else of.price
        usable = amount and any(one.currency == amount.currency for one in credit)
        return ItemDue(payment, can_use_credit=bool(usable))

    async def send_again(self, person: Person, item_id: str, *, command: str) -> None:
        """The content once more. Raises UnknownItem for what they do not have."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            owned = await catalogue.own_item(db, item_id, person.id)
            told = item_notices.handed_over(owned.item, person, once=command, now=now)
            await outbox.add(db, *told)
            await commands.record(db, command, now=now)

    async def read(self, person: Person, item_id: str, *, place: int | None = None) -> Reading:
        """A lesson of one's course, from 0, or (None) the one at which they are. Raises
        UnknownItem."""
        async with self.sessions() as db:
            return await _lesson(db, person, item_id, place)

    async def turn_to(self, person: Person, item_id: str, place: int) -> Reading:
        """The same, at which they are from now on."""
        async with self.sessions.begin() as db:
            reading = await _lesson(db, person, item_id, place)
            await catalogue.reach(db, item_id, person.id, reading.place)
        return reading


async def _lesson(db: AsyncSession, person: Person, item_id: str, place: int | None) -> Reading:
    owned = await catalogue.own_item(db, item_id, person.id)
    lessons = owned.item.in_language(person.language)[1].lessons
    if not lessons:
        raise UnknownItem
    place = min(max(0, owned.lesson if place is None else place), len(lessons) - 1)
    return Reading(owned.item, lessons[place], place, len(lessons))


async def ordered_item(
    db: AsyncSession, person: PersonId, item_id: str, *, terms: Terms, now: datetime
) -> tuple[Item, Payment]:
    """An item with the payment of its order: of the one that is open, else of a new one.

    Raises UnknownItem, AlreadyOwned, NotForSale.
    """
    item = await catalogue.for_sale(db, item_id)
    if item.price is None:
        raise NotForSale
    payment = await _open_payment(db, item.id, person, now=now)
    if payment is None:
        order = await catalogue.new_order(db, item.id, person, now=now)
        payment = await payments.open_payment(
            db, subject=order.id, payer=person, amount=item.price, rail=Rail(item.rail),
            purpose=Purpose.ITEM, terms=terms.all_ours if item.author is None else terms, now=now,
        )  # fmt: skip
    return item, payment


async def _open_payment(
    db: AsyncSession, item_id: str, person: PersonId, *, now: datetime
) -> Payment | None:
    """What can still be paid of an order for an item that they do not have."""
    last = await catalogue.latest_order(db, item_id, person)
    if last is None or await catalogue.owned_item(db, item_id, person):
        return None
    payment = await payments.payment_for(db, Purpose.ITEM, last.id)
    if payment is None or payment.created_at + _PAGE_OPEN <= now:
        return None
    return payment if payment.state in {PaymentState.NEW, PaymentState.OPEN} else None


async def check_item_order(db: AsyncSession, payment: Payment) -> None:
    """Before an item is paid: it can be had, and they do not have it. Raises UnknownItem,
    NotForSale, AlreadyOwned."""
    order = await catalogue.order(db, payment.subject)
    if order is None:
        raise UnknownItem
    await catalogue.for_sale(db, order.item_id)
    if await catalogue.owned_item(db, order.item_id, order.person):
        raise AlreadyOwned


async def hand_over_paid(db: AsyncSession, payment: Payment, *, now: datetime) -> None:
    """An item is paid: it is theirs and comes at once, and its expert has earned their part.

    What was withdrawn meanwhile, or is theirs already, is not sold: the money goes back.
    """
    order = await catalogue.order(db, payment.subject)
    if order is None:
        await _give_back(db, payment, now=now)
        return
    item = await catalogue.item(db, order.item_id)
    person = await people.get(db, order.person)
    sold = item.state is ItemState.LISTED
    if not sold or not await _hand_over(db, item, person, once=order.id, now=now):
        await _give_back(db, payment, now=now)
        await outbox.add(db, item_notices.not_sold(item, person.id, order=order.id, now=now))
        return
    await payments.release_payment(db, payment, expert_id=item.author, now=now)
    if item.author is not None:
        expert = await people.expert(db, item.author)
        await outbox.add(db, *item_notices.sold(item, expert, order=order.id, now=now))


async def take_back_refunded(db: AsyncSession, payment: Payment) -> None:
    """All the money of an item went back: it is theirs no more, and can be bought again."""
    order = await catalogue.order(db, payment.subject)
    if order is not None and not payment.refundable:
        await catalogue.disown(db, order.item_id, order.person)


async def _hand_over(
    db: AsyncSession, item: Item, person: Person, *, once: str, now: datetime
) -> bool:
    """False when they had it before."""
    if not await catalogue.own(db, item.id, person.id, now=now):
        return False
    await outbox.add(db, *item_notices.yours(item, person, once=once, now=now))
    await activity.record(
        db, person.id, "got_item", at=now, about=item.id, profiling=person.profiling
    )
    return True


async def _give_back(db: AsyncSession, payment: Payment, *, now: datetime) -> None:
    if payment.total:
        await payments.request_refund(db, payment.id, payment.total, reason=NOT_DELIVERED, now=now)
