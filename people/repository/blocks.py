"""All SQL about who is not to meet."""

from sqlalchemy import ColumnElement, Select, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId
from people.model import Block, BlockedBy
from people.tables import BlockRow, ExpertRow
from storage.upsert import insert_into


async def add(db: AsyncSession, block: Block) -> bool:
    """Store it; False when it was known."""
    new = insert_into(db, BlockRow).values(
        client_id=block.client, expert_id=block.expert_id, by=block.by, at=block.at
    )
    added = new.on_conflict_do_nothing().returning(BlockRow.client_id)
    return (await db.execute(added)).one_or_none() is not None


async def drop(db: AsyncSession, client: PersonId, expert_id: ExpertId, by: BlockedBy) -> None:
    """Forget one side's."""
    await db.execute(
        delete(BlockRow).where(
            BlockRow.client_id == client, BlockRow.expert_id == expert_id, BlockRow.by == by
        )
    )


async def of_client(db: AsyncSession, client: PersonId) -> list[Block]:
    """Every one between a client and an expert, whichever side wanted it, the newest first."""
    return await _find(db, BlockRow.client_id == client)


async def by_expert(db: AsyncSession, expert_id: ExpertId) -> list[Block]:
    """Those that an expert wanted, the newest first."""
    return await _find(db, BlockRow.expert_id == expert_id, BlockRow.by == BlockedBy.EXPERT)


async def wanted_by(db: AsyncSession, person: PersonId) -> list[Block]:
    """Those that a person wanted, as a client or as an expert, the newest first."""
    theirs = BlockRow.expert_id.in_(_expert_of(person)) & (BlockRow.by == BlockedBy.EXPERT)
    mine = (BlockRow.client_id == person) & (BlockRow.by == BlockedBy.CLIENT)
    return await _find(db, or_(mine, theirs))


async def forget(db: AsyncSession, person: PersonId) -> None:
    """Delete every one that concerns a person, as a client or as an expert."""
    about = or_(BlockRow.client_id == person, BlockRow.expert_id.in_(_expert_of(person)))
    await db.execute(delete(BlockRow).where(about))


def _expert_of(person: PersonId) -> Select[str]:
    return select(ExpertRow.id).where(ExpertRow.person_id == person)


async def _find(db: AsyncSession, *where: ColumnElement[bool]) -> list[Block]:
    rows = await db.scalars(
        select(BlockRow).where(*where).order_by(BlockRow.at.desc(), BlockRow.expert_id)
    )
    return [
        Block(PersonId(row.client_id), ExpertId(row.expert_id), BlockedBy(row.by), row.at)
        for row in rows
    ]
