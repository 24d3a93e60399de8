"""Planning what is said later, and taking it back."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId, new_id
from storage.outbox.notice import BROADCAST_PRIORITY, Notice, content
from storage.outbox.table import PLANNED, SENDING, VOID, OutboxRow
from storage.upsert import insert_into


async def add(db: AsyncSession, *notices: Notice) -> int:
    """Plan `notices`; those whose key is known already are left alone. Returns the new ones."""
    if not notices:
        return 0
    statement = (
        insert_into(db, OutboxRow)
        .values([_row(one, kept=content(one)) for one in notices])
        .on_conflict_do_nothing()
        .returning(OutboxRow.id)
    )
    return len((await db.scalars(statement)).all())


async def add_to_batch(db: AsyncSession, notices: Sequence[Notice]) -> None:
    """Plan the notices of a broadcast: they keep no content, and are claimed while it runs."""
    if not notices:
        return
    await db.execute(
        insert_into(db, OutboxRow.__table__).on_conflict_do_nothing(),
        [{**_row(one, kept=None), "priority": BROADCAST_PRIORITY} for one in notices],
    )


def _row(one: Notice, *, kept: str | None) -> dict[str, object]:
    return {
        "id": new_id(), "unique_key": one.unique_key, "recipient": one.recipient,
        "content": kept, "about": one.about, "variant": one.variant,
        "priority": one.priority, "due_at": one.due_at, "expires_at": one.expires_at,
        "state": PLANNED, "voided": False, "attempts": 0,
    }  # fmt: skip


async def void(db: AsyncSession, *, about: str) -> None:
    """Nothing more is said about this thing; what is being sent is not tried again."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.about == about, OutboxRow.state == PLANNED)
        .values(state=VOID, content=None)
    )
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.about == about, OutboxRow.state == SENDING)
        .values(voided=True)
    )


async def plan_anew(
    db: AsyncSession, recipient: PersonId, keys: str, notices: Sequence[Notice]
) -> None:
    """What is planned for a reader under keys that begin so gives way to `notices`; what was said
    already is not said again, and what is being sent is one of them, in case it is tried again."""
    await db.execute(
        delete(OutboxRow).where(
            OutboxRow.recipient == recipient,
            OutboxRow.unique_key.startswith(keys, autoescape=True),
            OutboxRow.state == PLANNED,
        )
    )
    for one in notices:
        await db.execute(
            update(OutboxRow)
            .where(OutboxRow.unique_key == one.unique_key, OutboxRow.state == SENDING)
            .values(about=one.about)
        )
    await add(db, *notices)


async def void_one(db: AsyncSession, unique_key: str) -> None:
    """This one thing is not said any more; if it is being sent, it is not tried again."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.unique_key == unique_key, OutboxRow.state == PLANNED)
        .values(state=VOID, content=None)
    )
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.unique_key == unique_key, OutboxRow.state == SENDING)
        .values(voided=True)
    )


async def void_some(db: AsyncSession, *, about: str, limit: int) -> int:
    """As `void`, for at most `limit` planned rows; returns how many they were."""
    some = (select(OutboxRow.id).where(OutboxRow.about == about, OutboxRow.state == PLANNED)).limit(
        limit
    )
    done = await db.scalars(
        update(OutboxRow)
        .where(OutboxRow.id.in_(some))
        .values(state=VOID, content=None)
        .returning(OutboxRow.id)
    )
    return len(done.all())


async def void_for(db: AsyncSession, person: PersonId) -> None:
    """Nothing more is said to this person, and nothing that was to be said to them is kept."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.recipient == person, OutboxRow.state == PLANNED)
        .values(state=VOID)
    )
    await db.execute(
        update(OutboxRow).where(OutboxRow.recipient == person).values(content=None, voided=True)
    )
