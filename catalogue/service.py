"""Everything that catalogue does for others. Functions take a session and never commit."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from catalogue import repository as rows
from catalogue.errors import AlreadyOwned, ItemMoved, NotForSale, UnknownItem
from catalogue.model import Item, ItemState, Kind, Order, Owned
from catalogue.repository import (
    add,
    disown,
    in_review,
    latest_order,
    listed,
    listed_topics,
    many,
    of_author,
    of_question,
    order,
    own,
    owned,
    owned_item,
    owners,
    reach,
)
from kernel.ids import ExpertId, PersonId, new_id

__all__ = [
    "add",
    "agree",
    "change",
    "disown",
    "draft",
    "export",
    "for_sale",
    "forget",
    "in_review",
    "item",
    "latest_order",
    "listed",
    "listed_topics",
    "many",
    "new_order",
    "of_author",
    "of_question",
    "order",
    "own",
    "own_item",
    "owned",
    "owned_item",
    "owners",
    "reach",
    "refuse",
    "remove",
    "withdraw_all",
]  # fmt: skip


async def draft(
    db: AsyncSession, *, kind: Kind, topic: str, author: ExpertId | None, now: datetime
) -> Item:
    """A new item of an expert's, or (None) of the operator's."""
    new = Item(new_id(), kind, topic, author, now)
    await add(db, new)
    return new


async def item(db: AsyncSession, item_id: str) -> Item:
    """An item in whatever state. Raises UnknownItem."""
    found = await rows.item(db, item_id)
    if found is None:
        raise UnknownItem
    return found


async def change(db: AsyncSession, before: Item, after: Item) -> Item:
    """Store what became of an item. Raises ItemMoved when somebody was faster."""
    if not await rows.move(db, before, after):
        raise ItemMoved
    return replace(after, version=before.version + 1)


async def remove(db: AsyncSession, of: Item) -> None:
    """A draft is thrown away. Raises ItemMoved."""
    if not await rows.remove(db, of):
        raise ItemMoved


async def for_sale(db: AsyncSession, item_id: str) -> Item:
    """An item that can be had now. Raises UnknownItem, NotForSale."""
    found = await item(db, item_id)
    if found.state is not ItemState.LISTED:
        raise NotForSale
    return found


async def own_item(db: AsyncSession, item_id: str, person: PersonId) -> Owned:
    """One thing of somebody's. Raises UnknownItem."""
    found = await rows.owned_item(db, item_id, person)
    if found is None:
        raise UnknownItem
    return found


async def new_order(db: AsyncSession, item_id: str, person: PersonId, *, now: datetime) -> Order:
    """What somebody wants to buy. Raises UnknownItem, NotForSale, AlreadyOwned."""
    await for_sale(db, item_id)
    if await rows.owned_item(db, item_id, person) is not None:
        raise AlreadyOwned
    new = Order(new_id(), item_id, person)
    await rows.add_order(db, new, now=now)
    return new


async def agree(
    db: AsyncSession, of: Item, person: PersonId, *, mark: str, now: datetime
) -> Item:  # fmt: skip
    """Who asked lets their question be made public, without names and in the words that they
    read, which are named by their `mark`. Raises UnknownItem, ItemMoved for other words."""
    if of.asked_by != person:
        raise UnknownItem
    if of.mark != mark:
        raise ItemMoved
    return await change(db, of, replace(of, agreed_at=now))


async def refuse(db: AsyncSession, of: Item, person: PersonId) -> None:
    """They do not: the draft is gone. Raises UnknownItem, ItemMoved."""
    if of.asked_by != person:
        raise UnknownItem
    await remove(db, of)


async def withdraw_all(db: AsyncSession, author: ExpertId) -> None:
    """An expert leaves: what is listed is withdrawn, drafts are gone."""
    for one in await rows.of_author(db, author):
        await _take_away(db, one)


async def _take_away(db: AsyncSession, one: Item) -> None:
    """Raises ItemMoved."""
    if one.state in {ItemState.LISTED, ItemState.REVIEW}:
        one = await change(db, one, one.withdrawn())
    if one.state is ItemState.DRAFT:
        await remove(db, one)


async def forget(db: AsyncSession, person: PersonId) -> None:
    """What somebody has is not kept; what was made of their questions is sold no more, and does
    not say that it was theirs."""
    await rows.forget_owner(db, person)
    for one in await rows.asked_by(db, person):
        await _take_away(db, one)
    await rows.forget_asker(db, person)


async def export(db: AsyncSession, person: PersonId) -> list[dict[str, Any]]:
    """What somebody has, as JSON."""
    return [
        {"item": one.item.id, "title": one.item.titles, "since": one.since.isoformat(),
         "lesson": one.lesson + 1 if one.item.kind is Kind.COURSE else None}
        for one in await rows.owned(db, person)
    ]  # fmt: skip
