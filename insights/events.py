"""What people did, as columns for their profiles: cleaned, without duplicates, without health.

Whatever concerns health or psychology (a topic, an expert of such a topic, an answer about it) is
left out here, so that no profile or segment can come from it. Language, country and name are not
read at all.
"""

from array import array
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.tables import SessionRow
from insights.histories import AT_ONCE, TOOK_PLACE, agreed
from kernel.ids import PersonId
from knowledge.tables import FaqEntryRow
from people.tables import ExpertRow, PersonRow, ReviewRow
from storage.activity import ActivityRow

SENSITIVE_FIELD = "health"
_SAME = timedelta(seconds=60).total_seconds()

Numbers = npt.NDArray[np.float64]


class Did(IntEnum):
    """What somebody did."""

    OTHER = 0
    VIEWED = 1
    ASKED = 2
    LOOKED_FOR = 3
    HELD = 4
    BOOKED = 5


class Channel(IntEnum):
    """How somebody came."""

    ALONE = 0
    FRIEND = 1
    CAMPAIGN = 2


@dataclass
class Events:
    """Rows by column; `value` is the price of what was booked, in its currency's usual price."""

    people: dict[PersonId, int] = field(default_factory=dict)
    joined: "array[float]" = field(default_factory=lambda: array("d"))
    channel: "array[int]" = field(default_factory=lambda: array("b"))
    offset: "array[float]" = field(default_factory=lambda: array("d"))
    person: "array[int]" = field(default_factory=lambda: array("i"))
    did: "array[int]" = field(default_factory=lambda: array("b"))
    at: "array[float]" = field(default_factory=lambda: array("d"))
    topic: "array[int]" = field(default_factory=lambda: array("i"))
    value: "array[float]" = field(default_factory=lambda: array("d"))
    surveys: list[tuple[int, float, int, int, bool]] = field(default_factory=list)
    """Person's place, when (seconds), expected, received, would return."""

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """The rows as arrays."""
        kinds = {"person": np.int64, "did": np.int64, "at": np.float64, "topic": np.int64,
                 "value": np.float64}  # fmt: skip
        return {name: np.array(getattr(self, name), dtype=kind) for name, kind in kinds.items()}


async def read(db: AsyncSession, *, fields: Mapping[str, str], now: datetime) -> Events:
    """Everybody who agrees to be profiled; `fields` maps topics to their fields."""
    events = Events()
    sensitive = {SENSITIVE_FIELD} | {one for one, of in fields.items() if of == SENSITIVE_FIELD}
    people = await db.execute(
        select(PersonRow.id, PersonRow.joined_at, PersonRow.time_zone).where(
            PersonRow.profiling, PersonRow.erased_at.is_(None)
        )
    )
    for person, joined, zone in people:
        events.people[PersonId(person)] = len(events.people)
        events.joined.append(joined.timestamp())
        events.channel.append(Channel.ALONE)
        local = now.astimezone(ZoneInfo(zone or "UTC")).utcoffset()
        events.offset.append(local.total_seconds() if local else 0.0)
    experts = await _experts(db, sensitive)
    await _activity(db, events, experts, sensitive)
    await _surveys(db, events, experts)
    return events


async def _experts(db: AsyncSession, sensitive: AbstractSet[str]) -> set[str]:
    """Experts with no topic that is nobody's business."""
    rows = await db.execute(select(ExpertRow.id, ExpertRow.topics))
    return {expert for expert, topics in rows if sensitive.isdisjoint(topics)}


async def _activity(
    db: AsyncSession, events: Events, experts: Collection[str], sensitive: Collection[str]
) -> None:
    usual = await _usual_prices(db)
    topics: dict[str, int] = {}
    last: dict[tuple[object, ...], float] = {}
    of = ""
    result = await db.stream(_query())
    async for part in result.partitions():
        for row in part:
            place, seconds = events.people.get(PersonId(row.person_id)), row.at.timestamp()
            if place is None:
                continue
            if row.verb == "joined":
                events.channel[place] = _channel(row.campaign)
                continue
            if row.person_id != of:
                of, last = row.person_id, {}
            if seconds - last.get((row.verb, row.about), -inf) < _SAME:
                continue
            last[row.verb, row.about] = seconds
            did = _did(row, experts, sensitive)
            if did is None:
                continue
            asked_for = did is Did.LOOKED_FOR
            events.person.append(place)
            events.did.append(did)
            events.at.append(seconds)
            events.topic.append(topics.setdefault(row.about, len(topics)) if asked_for else -1)
            booked = did is Did.BOOKED
            events.value.append(row.price_minor / usual.get(row.currency, 1) if booked else 0)


def _query() -> Select[*tuple[Any, ...]]:
    """Deduplication needs each person's rows together, in order."""
    return (
        select(
            ActivityRow.person_id, ActivityRow.verb, ActivityRow.about, ActivityRow.campaign,
            ActivityRow.at, SessionRow.expert_id, SessionRow.state, SessionRow.price_minor,
            SessionRow.price_currency.label("currency"), FaqEntryRow.id.label("entry"),
            FaqEntryRow.topic,
        )
        .outerjoin(SessionRow, and_(ActivityRow.verb == "held", SessionRow.id == ActivityRow.about))
        .outerjoin(
            FaqEntryRow, and_(ActivityRow.verb == "asked", FaqEntryRow.id == ActivityRow.about)
        )
        .where(agreed())
        .order_by(ActivityRow.person_id, ActivityRow.at)
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip


def _did(row: Any, experts: Collection[str], sensitive: Collection[str]) -> Did | None:
    """None for what is nobody's business, not known, or noted otherwise (a payment is its
    session's)."""
    match row.verb:
        case "viewed" if row.about in experts:
            return Did.VIEWED
        case "rated" if row.about in experts:
            return Did.OTHER
        case "held" if row.expert_id in experts:
            return Did.BOOKED if row.state in TOOK_PLACE else Did.HELD
        case "asked" if row.entry is not None and row.topic not in sensitive:
            return Did.ASKED
        case "answered_questionnaire" if row.about is not None and row.about not in sensitive:
            return Did.LOOKED_FOR
        case "followed":
            return Did.OTHER
        case _:
            return None


async def _surveys(db: AsyncSession, events: Events, experts: Collection[str]) -> None:
    rows = await db.execute(
        select(
            ReviewRow.client_id, ReviewRow.expert_id, ReviewRow.at, ReviewRow.expected,
            ReviewRow.received, ReviewRow.would_return,
        )
    )  # fmt: skip
    for client, expert, at, expected, received, back in rows:
        place = events.people.get(PersonId(client))
        if place is not None and expert in experts:
            events.surveys.append((place, at.timestamp(), expected, received, back))


async def _usual_prices(db: AsyncSession) -> dict[str, float]:
    """The median price of a currency's sessions, so that currencies can be added up."""
    rows = await db.execute(
        select(SessionRow.price_currency, SessionRow.price_minor).where(SessionRow.price_minor > 0)
    )
    prices: dict[str, list[int]] = {}
    for currency, minor in rows:
        prices.setdefault(currency, []).append(minor)
    return {currency: float(np.median(found)) for currency, found in prices.items()}


def _channel(campaign: str | None) -> Channel:
    if not campaign:
        return Channel.ALONE
    return Channel.FRIEND if campaign.startswith("ref") else Channel.CAMPAIGN
