"""What matching knows of experts, fed from the domains that own it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Offer
from kernel.ids import ExpertId
from matching import service as matching
from matching.model import ExpertFacts, OfferFacts, Stars
from people import service as people
from people.model import Expert, Rating
from storage.engine import SessionMaker

_REVIEWS = 20
_AT_ONCE = 500


@dataclass(frozen=True)
class RefreshFacts:
    """After an admin changed experts or offers in the browser: matching's facts of all."""

    sessions: SessionMaker

    async def __call__(self) -> None:
        async with self.sessions.begin() as db:
            await refresh_facts(db, [one.id for one in await people.experts(db)])


async def refresh_facts(db: AsyncSession, expert_ids: Sequence[ExpertId]) -> None:
    """Bring matching's facts of these experts up to date, in the transaction of the change."""
    for begin in range(0, len(expert_ids), _AT_ONCE):
        await _refresh(db, expert_ids[begin : begin + _AT_ONCE])


async def _refresh(db: AsyncSession, expert_ids: Sequence[ExpertId]) -> None:
    experts = await people.experts(db, expert_ids)
    offers = await booking.offers_of(db, expert_ids)
    ratings = await people.ratings(db, expert_ids)
    comments = await people.comments(db, expert_ids, each=_REVIEWS)
    await matching.save_facts(
        db, [_facts(one, offers, ratings.get(one.id), comments) for one in experts]
    )


def _facts(
    expert: Expert,
    offers: Mapping[ExpertId, Sequence[Offer]],
    rating: Rating | None,
    comments: Mapping[ExpertId, Sequence[str]],
) -> ExpertFacts:
    return ExpertFacts(
        expert_id=expert.id,
        name=expert.name,
        bio=expert.bio,
        topics=expert.topics,
        languages=expert.languages,
        offers=tuple(
            OfferFacts(one.id, one.title, one.minutes, one.price, str(one.rail))
            for one in offers.get(expert.id, ())
        ),
        verified=expert.verified,
        taking_clients=expert.taking_clients,
        rating=Stars(rating.mean, rating.count) if rating else None,
        answered=expert.answers,
        reviews=tuple(comments.get(expert.id, ())),
    )
