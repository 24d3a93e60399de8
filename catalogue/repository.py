"""All SQL about items: rows in, values out."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from catalogue.model import File, Item, ItemState, Kind, Lesson, Order, Owned, Rights, Words
from catalogue.tables import ItemOrderRow, ItemRow, OwnedItemRow
from kernel.ids import ExpertId, PersonId
from kernel.money import Money
from storage.upsert import insert_into


async def add(db: AsyncSession, new: Item) -> bool:
    """Store a draft; False when its id or its question has one already."""
    added = await db.scalar(
        insert_into(db, ItemRow)
        .values(
            id=new.id, kind=new.kind, topic=new.topic, author=new.author, question=new.question,
            asked_by=new.asked_by, created_at=new.created_at, **_columns(new),
        )
        .on_conflict_do_nothing()
        .returning(ItemRow.id)
    )  # fmt: skip
    return added is not None


async def move(db: AsyncSession, before: Item, after: Item) -> bool:
    """Compare and set; False when somebody else changed anything of it."""
    moved = await db.scalar(
        update(ItemRow)
        .where(ItemRow.id == before.id, ItemRow.version == before.version)
        .values(**_columns(after), version=before.version + 1)
        .returning(ItemRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def remove(db: AsyncSession, of: Item) -> bool:
    """Delete a draft; False when it is none, or somebody changed it."""
    gone = await db.scalar(
        delete(ItemRow)
        .where(
            ItemRow.id == of.id,
            ItemRow.state == ItemState.DRAFT,
            ItemRow.version == of.version,
        )
        .returning(ItemRow.id)
    )
    return gone is not None


async def item(db: AsyncSession, item_id: str) -> Item | None:
    """The item, in whatever state, or None."""
    found = await _items(db, ItemRow.id == item_id)
    return found[0] if found else None


async def many(db: AsyncSession, ids: Collection[str]) -> dict[str, Item]:
    """Items by their id."""
    return {one.id: one for one in await _items(db, ItemRow.id.in_(ids))}


async def of_question(db: AsyncSession, question: str) -> Item | None:
    """What was made of a written question, or None."""
    found = await _items(db, ItemRow.question == question)
    return found[0] if found else None


async def listed(
    db: AsyncSession, *, topics: Collection[str] | None = None, author: ExpertId | None = None,
    limit: int = 100,
) -> list[Item]:  # fmt: skip
    """What can be had now, the newest first: of some topics, of an author, or all."""
    where: list[ColumnElement[bool]] = [ItemRow.state == ItemState.LISTED]
    if topics is not None:
        where.append(ItemRow.topic.in_(topics))
    if author is not None:
        where.append(ItemRow.author == author)
    query = _select(*where).order_by(None).order_by(ItemRow.listed_at.desc(), ItemRow.id)
    return [_item(row) for row in await db.scalars(query.limit(limit))]


async def listed_topics(db: AsyncSession) -> dict[str, int]:
    """How many items can be had of each topic."""
    rows = await db.execute(
        select(ItemRow.topic, func.count())
        .where(ItemRow.state == ItemState.LISTED)
        .group_by(ItemRow.topic)
    )
    return {topic: count for topic, count in rows}


async def of_author(db: AsyncSession, author: ExpertId | None) -> list[Item]:
    """Everything of an expert or the operator (None), the oldest first."""
    whose = ItemRow.author.is_(None) if author is None else ItemRow.author == author
    return await _items(db, whose)


async def in_review(db: AsyncSession) -> list[Item]:
    """What waits for an admin, the oldest first."""
    return await _items(db, ItemRow.state == ItemState.REVIEW)


async def asked_by(db: AsyncSession, person: PersonId) -> list[Item]:
    """What was made of a person's questions."""
    return await _items(db, ItemRow.asked_by == person)


async def forget_asker(db: AsyncSession, person: PersonId) -> None:
    """Nothing says any more whose question it was."""
    await db.execute(
        update(ItemRow)
        .where(ItemRow.asked_by == person)
        .values(asked_by=None, question=None)
        .execution_options(synchronize_session=False)
    )


async def add_order(db: AsyncSession, new: Order, *, now: datetime) -> None:
    """Store what somebody wants to buy."""
    db.add(ItemOrderRow(id=new.id, item_id=new.item_id, person_id=new.person, created_at=now))
    await db.flush()


async def order(db: AsyncSession, order_id: str) -> Order | None:
    """The order, or None."""
    row = await db.get(ItemOrderRow, order_id)
    return None if row is None else Order(row.id, row.item_id, PersonId(row.person_id))


async def latest_order(db: AsyncSession, item_id: str, person: PersonId) -> Order | None:
    """The last time somebody wanted to buy an item, or None."""
    row = await db.scalar(
        select(ItemOrderRow)
        .where(ItemOrderRow.item_id == item_id, ItemOrderRow.person_id == person)
        .order_by(ItemOrderRow.created_at.desc(), ItemOrderRow.id.desc())
        .limit(1)
    )
    return None if row is None else Order(row.id, row.item_id, PersonId(row.person_id))


async def own(db: AsyncSession, item_id: str, person: PersonId, *, now: datetime) -> bool:
    """The item is theirs; False when it was before."""
    new = await db.scalar(
        insert_into(db, OwnedItemRow)
        .values(person_id=person, item_id=item_id, lesson=0, since=now)
        .on_conflict_do_nothing()
        .returning(OwnedItemRow.item_id)
    )
    return new is not None


async def disown(db: AsyncSession, item_id: str, person: PersonId) -> None:
    """It is theirs no more: all its money went back."""
    await db.execute(
        delete(OwnedItemRow).where(
            OwnedItemRow.item_id == item_id, OwnedItemRow.person_id == person
        )
    )


async def owned(db: AsyncSession, person: PersonId) -> list[Owned]:
    """What somebody has, the newest first, also what was withdrawn."""
    return await _owned(db, OwnedItemRow.person_id == person)


async def owned_item(db: AsyncSession, item_id: str, person: PersonId) -> Owned | None:
    """One thing of somebody's, or None."""
    found = await _owned(db, OwnedItemRow.person_id == person, OwnedItemRow.item_id == item_id)
    return found[0] if found else None


async def reach(db: AsyncSession, item_id: str, person: PersonId, lesson: int) -> None:
    """Where in a course somebody is."""
    await db.execute(
        update(OwnedItemRow)
        .where(OwnedItemRow.item_id == item_id, OwnedItemRow.person_id == person)
        .values(lesson=lesson)
        .execution_options(synchronize_session=False)
    )


async def owners(db: AsyncSession, ids: Collection[str]) -> dict[str, int]:
    """How many people have each item."""
    rows = await db.execute(
        select(OwnedItemRow.item_id, func.count())
        .where(OwnedItemRow.item_id.in_(ids))
        .group_by(OwnedItemRow.item_id)
    )
    return {item_id: count for item_id, count in rows}


async def forget_owner(db: AsyncSession, person: PersonId) -> None:
    """What somebody has and wanted is not kept."""
    await db.execute(delete(OwnedItemRow).where(OwnedItemRow.person_id == person))
    await db.execute(delete(ItemOrderRow).where(ItemOrderRow.person_id == person))


async def _owned(db: AsyncSession, *where: ColumnElement[bool]) -> list[Owned]:
    rows = await db.execute(
        select(OwnedItemRow, ItemRow)
        .join(ItemRow, ItemRow.id == OwnedItemRow.item_id)
        .where(*where)
        .order_by(OwnedItemRow.since.desc(), OwnedItemRow.item_id)
        .execution_options(populate_existing=True)
    )
    return [Owned(_item(of), PersonId(row.person_id), row.since, row.lesson) for row, of in rows]


async def _items(db: AsyncSession, *where: ColumnElement[bool]) -> list[Item]:
    return [_item(row) for row in await db.scalars(_select(*where))]


def _select(*where: ColumnElement[bool]) -> Select[ItemRow]:
    return (
        select(ItemRow)
        .where(*where)
        .order_by(ItemRow.created_at, ItemRow.id)
        .execution_options(populate_existing=True)
    )


def _columns(of: Item) -> dict[str, Any]:
    price, file = of.price, of.file
    return {
        "state": of.state, "titles": of.titles, "words": _written(of.words),
        "price_minor": None if price is None else price.minor,
        "price_currency": None if price is None else price.currency,
        "rail": of.rail, "rights": of.rights, "source": of.source,
        "file_kind": file.kind if file else None, "file_id": file.id if file else None,
        "note": of.note, "agreed_at": of.agreed_at, "listed_at": of.listed_at,
    }  # fmt: skip


def _written(words: Mapping[str, Words]) -> str:
    return json.dumps({one: asdict(each) for one, each in words.items()}, ensure_ascii=False)


def _read(text: str) -> dict[str, Words]:
    return {
        language: Words(each["title"], each["text"], tuple(Lesson(**one) for one in each["lessons"]))
        for language, each in json.loads(text).items()
    }  # fmt: skip


def _item(row: ItemRow) -> Item:
    priced = row.price_minor is not None and row.price_currency is not None
    return Item(
        id=row.id, kind=Kind(row.kind), topic=row.topic,
        author=None if row.author is None else ExpertId(row.author), created_at=row.created_at,
        state=ItemState(row.state), words=_read(row.words),
        price=Money(row.price_minor or 0, row.price_currency or "") if priced else None,
        rail=row.rail, rights=None if row.rights is None else Rights(row.rights),
        source=row.source,
        file=File(row.file_kind, row.file_id) if row.file_kind and row.file_id else None,
        note=row.note, question=row.question,
        asked_by=None if row.asked_by is None else PersonId(row.asked_by),
        agreed_at=row.agreed_at, listed_at=row.listed_at, version=row.version,
    )  # fmt: skip
