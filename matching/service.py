"""Feeding matching: workflows hand over what changed about an expert."""

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId
from matching import repository
from matching.model import ExpertFacts


async def save_facts(db: AsyncSession, facts: ExpertFacts) -> None:
    """From the next refresh on an expert is judged by these facts."""
    await repository.put(db, facts)


async def forget_facts(db: AsyncSession, expert_id: ExpertId) -> None:
    """From the next refresh on an expert is not suggested any more."""
    await repository.drop(db, expert_id)
