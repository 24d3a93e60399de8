"""All SQL of matching: rows in, values out."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import real_now
from kernel.ids import ExpertId, OfferId
from kernel.money import Money
from matching.model import ExpertFacts, OfferFacts, Share, Stars
from matching.tables import ExpertFactsRow

_SLOWEST = timedelta(minutes=10)
"""A transaction that takes longer may be noticed late."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Known:
    """Which rows somebody has read: when each was written, and up to when all were looked at."""

    rows: Mapping[ExpertId, datetime]
    until: datetime | None


@dataclass(frozen=True)
class News:
    """What changed since, and what is known with it."""

    changed: Sequence[ExpertFacts]
    forgotten: Sequence[ExpertId]
    known: Known


NOTHING_KNOWN = Known({}, None)


async def put(db: AsyncSession, facts: ExpertFacts) -> None:
    """Store an expert's facts in place of the earlier ones."""
    values = {
        "changed_at": real_now(),
        "name": facts.name,
        "bio": dict(facts.bio),
        "topics": list(facts.topics),
        "languages": list(facts.languages),
        "offers": [offer_to_json(each) for each in facts.offers],
        "verified": facts.verified,
        "taking_clients": facts.taking_clients,
        "rating_mean": facts.rating.mean if facts.rating else None,
        "rating_count": facts.rating.count if facts.rating else 0,
        "asked_count": facts.replies.of,
        "replied_count": facts.replies.good,
        "agreed_count": facts.sessions.of,
        "kept_count": facts.sessions.good,
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


async def news(db: AsyncSession, known: Known) -> News:
    """What is to be read by somebody who knows so much, without reading everything.

    Rows may become visible later than they were written, so that the last ten minutes are looked
    at again; when the number of rows is not what it should be, all of them are.
    """
    now, row = real_now(), ExpertFactsRow
    written = select(row.expert_id, row.changed_at)
    count = await db.scalar(select(func.count()).select_from(row))
    if known.until is not None:
        written = written.where(row.changed_at > known.until - _SLOWEST)
    found = {ExpertId(one): at for one, at in await db.execute(written)}
    new = sum(one not in known.rows for one in found)
    if known.until is not None and count != len(known.rows) + new:
        return await news(db, Known(known.rows, None))
    changed = [one for one, at in found.items() if known.rows.get(one) != at]
    gone = set() if known.until else known.rows.keys() - found.keys()
    rows = known.rows
    if changed or gone:
        rows = {one: at for one, at in {**known.rows, **found}.items() if one not in gone}
    return News(await facts_of(db, changed), sorted(gone), Known(rows, now))


async def facts_of(db: AsyncSession, expert_ids: Collection[ExpertId]) -> list[ExpertFacts]:
    """What is known of these experts, those of whom nothing is left out, by expert."""
    found: list[ExpertFacts] = []
    ordered = sorted(expert_ids)
    for begin in range(0, len(ordered), _AT_ONCE):
        rows = await db.scalars(
            select(ExpertFactsRow)
            .where(ExpertFactsRow.expert_id.in_(ordered[begin : begin + _AT_ONCE]))
            .order_by(ExpertFactsRow.expert_id)
            .execution_options(populate_existing=True)
        )
        found += map(_facts, rows)
    return found


def _facts(row: ExpertFactsRow) -> ExpertFacts:
    return ExpertFacts(
        expert_id=ExpertId(row.expert_id),
        name=row.name,
        bio=dict(row.bio),
        topics=tuple(row.topics),
        languages=tuple(row.languages),
        offers=tuple(_offer_from_json(each) for each in row.offers),
        verified=row.verified,
        taking_clients=row.taking_clients,
        rating=None if row.rating_mean is None else Stars(row.rating_mean, row.rating_count),
        replies=Share(row.replied_count, row.asked_count),
        sessions=Share(row.kept_count, row.agreed_count),
        answered=tuple(row.answered),
        reviews=tuple(json.loads(row.reviews)) if row.reviews else (),
    )


def offer_to_json(offer: OfferFacts) -> dict[str, Any]:
    """An offer as it is stored."""
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
