"""Experts as an operator wrote them down are stored whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Offer
from booking.slots_json import weekly_from_json
from kernel.clock import Clock
from kernel.ids import ExpertId
from payments import service as payments
from payments.offers_of_money import Package, Plan
from people import service as people
from people.model import ExpertDraft
from storage.engine import SessionMaker
from workflows.expert_facts import refresh_facts
from workflows.expert_rows import (
    ExpertRow,
    offers_in,
    packages_in,
    plan_in,
    texts_in,
    written_in,
)
from workflows.subscriptions import call_off_all


@dataclass(frozen=True)
class Imported:
    """How many experts were new, different from before, and the same."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class RegisterExperts:
    """Stores experts with their offers and hours; doing it twice is doing it once."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, rows: Sequence[ExpertRow]) -> Imported:
        now = self.clock()
        counts: Counter[str] = Counter()
        async with self.sessions.begin() as db:
            for row in rows:
                counts[await self._register(db, row, now)] += 1
            await refresh_facts(db, [ExpertId(row.id) for row in rows])
        return Imported(counts["added"], counts["changed"], counts["unchanged"])

    async def _register(self, db: AsyncSession, row: ExpertRow, now: Any) -> str:
        draft = ExpertDraft(
            id=ExpertId(row.id),
            name=row.name,
            bio=texts_in(row.bio),
            languages=tuple(row.languages),
            topics=tuple(row.topics),
            time_zone=row.timezone,
            telegram_id=row.telegram_id,
            delivery=row.delivery,
            credentials=tuple(row.credentials),
            answers=tuple(row.answers),
        )
        outcomes = {await people.save_expert(db, draft, now)}
        weekly = weekly_from_json(row.weekly)
        await booking.import_weekly(db, draft.id, row.timezone, weekly)
        known = await booking.offers_by_id(db, [one.id for one in offers_in(row)])
        for offer, said in zip(offers_in(row, known), row.offers, strict=True):
            outcomes.add(await booking.save_offer(db, offer))
            if said.packages is not None:
                outcomes.add(await _sell(db, offer, packages_in(offer, said)))
        if (written := written_in(row)) is not None:
            outcomes.add(await booking.save_written_offer(db, written))
            if row.written is not None and "subscription" in row.written.model_fields_set:
                outcomes.add(await _sell_plan(db, draft.id, plan_in(row)))
        elif "written" in row.model_fields_set and await booking.end_written_offer(db, draft.id):
            await call_off_all(db, draft.id, now=now)
            outcomes.add("changed")
        if outcomes == {"unchanged"}:
            return "unchanged"
        return "added" if "added" in outcomes and "changed" not in outcomes else "changed"


async def _sell(
    db: AsyncSession, offer: Offer, wanted: Sequence[Package]
) -> Literal["added", "changed", "unchanged"]:
    """Sell these packages of an offer; others of it are sold no longer."""
    before = {one.id: one for one in await payments.packages_of(db, [offer.id], withdrawn=True)}
    after = {one.id: replace(one, active=False) for one in before.values()}
    after |= {one.id: one for one in wanted}
    changed = [one for one in after.values() if before.get(one.id) != one]
    for one in changed:
        await payments.save_package(db, one)
    if not changed:
        return "unchanged"
    return "changed" if before else "added"


async def _sell_plan(
    db: AsyncSession, expert_id: ExpertId, wanted: Plan | None
) -> Literal["added", "changed", "unchanged"]:
    """Sell this subscription, or none any more; who has one keeps it."""
    before = await payments.plan_of(db, expert_id)
    after = wanted or (before and replace(before, active=False))
    if after is None or after == before:
        return "unchanged"
    await payments.save_plan(db, after)
    return "changed" if before else "added"
