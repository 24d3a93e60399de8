"""What matching knows of experts, fed from the domains that own it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Offer, TrackRecord
from kernel.clock import Clock
from kernel.ids import ExpertId
from matching import service as matching
from matching.model import ExpertFacts, OfferFacts, Share, Stars
from people import service as people
from people.model import Expert, Rating
from storage.engine import Database, SessionMaker

_REVIEWS = 20
_AT_ONCE = 500
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RefreshFacts:
    """After an admin changed experts or offers in the browser: matching's facts of all."""

    sessions: SessionMaker

    async def __call__(self) -> None:
        async with self.sessions.begin() as db:
            await refresh_facts(db, [one.id for one in await people.experts(db)])


@dataclass(frozen=True)
class RefreshRecords:
    """Every hour: what moved within a day counts in the track records of its experts."""

    database: Database
    clock: Clock

    async def __call__(self) -> None:
        async with self.database.read() as db:
            changed = await booking.changed_since(db, self.clock() - _A_DAY)
        if changed:
            async with self.database.write.begin() as db:
                await refresh_facts(db, changed)


async def refresh_facts(db: AsyncSession, expert_ids: Sequence[ExpertId]) -> None:
    """Bring matching's facts of these experts up to date, in the transaction of the change."""
    for begin in range(0, len(expert_ids), _AT_ONCE):
        await _refresh(db, expert_ids[begin : begin + _AT_ONCE])


async def _refresh(db: AsyncSession, expert_ids: Sequence[ExpertId]) -> None:
    experts = await people.experts(db, expert_ids)
    offers = await booking.offers_of(db, expert_ids)
    ratings = await people.ratings(db, expert_ids)
    comments = await people.comments(db, expert_ids, each=_REVIEWS)
    records = await booking.records(db, expert_ids)
    await matching.save_facts(
        db,
        [_facts(one, offers, ratings.get(one.id), records[one.id], comments) for one in experts],
    )


def _facts(
    expert: Expert,
    offers: Mapping[ExpertId, Sequence[Offer]],
    rating: Rating | None,
    record: TrackRecord,
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
        replies=Share(record.answered, record.asked),
        sessions=Share(record.kept, record.agreed),
        answered=expert.answers,
        reviews=tuple(comments.get(expert.id, ())),
    )
