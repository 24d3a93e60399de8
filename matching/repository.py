"""All SQL of matching: rows in, values out."""

import json
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, OfferId
from kernel.money import Money
from matching.model import ExpertFacts, OfferFacts
from matching.tables import ExpertFactsRow


async def put(db: AsyncSession, facts: ExpertFacts) -> None:
    """Store an expert's facts in place of the earlier ones."""
    values = {
        "name": facts.name,
        "bio": dict(facts.bio),
        "topics": list(facts.topics),
        "languages": list(facts.languages),
        "offers": [_offer_to_json(each) for each in facts.offers],
        "verified": facts.verified,
        "taking_clients": facts.taking_clients,
        "rating_mean": facts.rating_mean,
        "rating_count": facts.rating_count,
        "answered": list(facts.answered),
        "reviews": json.dumps(facts.reviews, ensure_ascii=False) if facts.reviews else None,
    }
    changed = await db.execute(
        update(ExpertFactsRow)
        .where(ExpertFactsRow.expert_id == facts.expert_id)
        .values(**values)
        .returning(ExpertFactsRow.expert_id)
        .execution_options(synchronize_session=False)
    )
    if changed.one_or_none() is None:
        await db.execute(insert(ExpertFactsRow).values(expert_id=facts.expert_id, **values))


async def drop(db: AsyncSession, expert_id: ExpertId) -> None:
    """Forget an expert."""
    await db.execute(delete(ExpertFactsRow).where(ExpertFactsRow.expert_id == expert_id))


async def all_facts(db: AsyncSession) -> list[ExpertFacts]:
    """Everything that is known, by expert."""
    rows = await db.scalars(
        select(ExpertFactsRow)
        .order_by(ExpertFactsRow.expert_id)
        .execution_options(populate_existing=True)
    )
    return [
        ExpertFacts(
            expert_id=ExpertId(row.expert_id),
            name=row.name,
            bio=dict(row.bio),
            topics=tuple(row.topics),
            languages=tuple(row.languages),
            offers=tuple(_offer_from_json(each) for each in row.offers),
            verified=row.verified,
            taking_clients=row.taking_clients,
            rating_mean=row.rating_mean,
            rating_count=row.rating_count,
            answered=tuple(row.answered),
            reviews=tuple(json.loads(row.reviews)) if row.reviews else (),
        )
        for row in rows
    ]


def _offer_to_json(offer: OfferFacts) -> dict[str, Any]:
    return {
        "id": offer.id,
        "title": dict(offer.title),
        "minutes": offer.minutes,
        "price": [offer.price.minor, offer.price.currency],
        "rail": offer.rail,
    }


def _offer_from_json(value: dict[str, Any]) -> OfferFacts:
    return OfferFacts(
        id=OfferId(value["id"]),
        title=dict(value["title"]),
        minutes=value["minutes"],
        price=Money(*value["price"]),
        rail=value["rail"],
    )
