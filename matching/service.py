"""Feeding matching: workflows hand over what changed about an expert."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId
from matching import repository, stored_vectors
from matching.model import ExpertFacts


async def save_facts(db: AsyncSession, experts: Sequence[ExpertFacts]) -> None:
    """From the next refresh on these experts are judged by these facts."""
    known = {
        one.expert_id: one
        for one in await repository.facts_of(db, [one.expert_id for one in experts])
    }
    for facts in experts:
        before = known.get(facts.expert_id)
        if before != facts:
            await repository.put(db, facts)
            if before is not None:
                await stored_vectors.forget(db, [before], [facts])


async def forget_facts(db: AsyncSession, expert_id: ExpertId) -> None:
    """From the next refresh on an expert is not suggested any more."""
    await stored_vectors.forget(db, await repository.facts_of(db, [expert_id]))
    await repository.drop(db, expert_id)
