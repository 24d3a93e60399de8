"""From a need to expert cards: candidates, free times asked for together, score, reasons."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Offer, Slot
from insights import histories
from kernel.clock import Clock
from kernel.ids import ExpertId, OfferId, new_id
from kernel.money import Money
from knowledge.model import Wish
from knowledge.wishes.completing import on_day
from matching.fair import chosen
from matching.model import Candidate, MatchNeed, Reason, Stars, Taste
from matching.rank import rank
from matching.recommend.recommender import Past
from matching.shortlist import Matcher
from people import blocks
from people import service as people
from people.model import Expert, Person
from storage.engine import SessionMaker

_MOST_CANDIDATES = 240
_PORTION = 30
_MOST_DAYS = 14
"""So many days are searched at hours that were said."""
_DAY = timedelta(days=1)
_Range = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class ExpertCard:
    """One suggestion: the expert, the offer that fits, its next free time, and why."""

    expert: Expert
    offer: Offer
    next_slot: Slot | None
    rating: Stars | None
    score: float
    parts: Mapping[str, float]
    features: Mapping[str, float]
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Search:
    """What is looked for. Instants are UTC, `hours` are local; `text` may be empty; `cheapest`: low
    prices first."""

    text: str = ""
    topic: str | None = None
    budget: Money | None = None
    after: datetime | None = None
    before: datetime | None = None
    hours: tuple[time, time] | None = None
    minutes: int | None = None
    language: str | None = None
    cheapest: bool = False


@dataclass(frozen=True)
class FindExperts:
    """The best fitting experts first; those without a free time in the wanted range come only
    when nobody has one: candidates are asked about in portions until enough are free. For a
    person who agrees to be profiled, what they did before counts too.

    Nobody comes whom the person hid, or who takes no bookings from them. `others`: nor any of
    these, nor anybody of another field in their place.

    Equals take turns, by person and day so that a person's list stays; `explore` is the share of
    requests in which somebody new is shown."""

    sessions: SessionMaker
    clock: Clock
    matcher: Matcher
    explore: float

    async def __call__(
        self, search: Search, *, limit: int = 5, person: Person | None = None,
        others: Collection[ExpertId] = (),
    ) -> list[ExpertCard]:  # fmt: skip
        now = self.clock()
        need = MatchNeed(
            text=search.text, topic=search.topic, language=search.language,
            budget=search.budget, after=search.after, before=search.before,
            minutes=search.minutes, cheapest=search.cheapest,
        )  # fmt: skip
        seed = f"{person.id} {now:%Y-%m-%d}" if person else new_id()
        async with self.sessions() as db:
            apart = await blocks.apart_from(db, person.id) if person else frozenset()
            fitting = self.matcher.shortlist(
                need, limit=_MOST_CANDIDATES, seed=seed, without={*apart, *others}
            )
            if others and search.topic:
                fitting = (one for one in fitting if one.topical)
            ranges = _ranges(search, zone=(person and person.time_zone) or "UTC", now=now)
            candidates, free = await _with_times(db, fitting, ranges, enough=limit, now=now)
            expert_ids = [one.expert_id for one in candidates]
            tastes = await self._tastes(db, search, person, expert_ids, apart)
            matches = rank(
                candidates, need=need, next_free=free, tastes=tastes, now=now,
                weights=self.matcher.weights,
            )  # fmt: skip
            matches = (
                matches[:limit]
                if search.cheapest
                else chosen(matches, limit=limit, explore=self.explore, seed=seed)
            )
            experts = {
                one.id: one
                for one in await people.experts(db, [match.expert_id for match in matches])
            }
            offers = await booking.offers_by_id(db, [match.offer_id for match in matches])
        return [
            ExpertCard(
                expert=experts[match.expert_id], offer=offers[match.offer_id],
                next_slot=free.get(match.offer_id), rating=match.rating,
                score=match.score, parts=match.parts, features=match.features, reasons=match.reasons,
            )
            for match in matches
        ]  # fmt: skip

    async def _tastes(
        self, db: AsyncSession, search: Search, person: Person | None, among: Sequence[ExpertId],
        apart: Collection[ExpertId],
    ) -> dict[ExpertId, Taste]:  # fmt: skip
        past = Past((), None)
        if person is not None and person.profiling:
            past = await histories.past_of(db, person.id)
        # whom somebody does not want to see is no reason for anybody else
        deeds = [one for one in past.deeds if one.expert not in apart]
        wanted = Past(deeds, search.topic or past.topic)
        return self.matcher.tastes(wanted, among, now=self.clock())


async def _with_times(
    db: AsyncSession,
    fitting: Iterator[Candidate],
    ranges: Sequence[_Range],
    *,
    enough: int,
    now: datetime,
) -> tuple[Sequence[Candidate], dict[OfferId, Slot]]:
    """The first portions of what fits, until `enough` of them have a time, and those times."""
    asked: list[Candidate] = []
    free: dict[OfferId, Slot] = {}
    while len(free) < enough and (portion := [*islice(fitting, _PORTION)]):
        asked += portion
        for after, before in ranges:
            left = [one.offer_id for one in portion if one.offer_id not in free]
            if left:
                free |= await booking.next_free(db, left, now=now, after=after, before=before)
    return asked, free


def _ranges(search: Search, *, zone: str, now: datetime) -> list[_Range]:
    """Between which instants a session may start, the soonest first: a range a day where hours were
    said."""
    if search.hours is None:
        return [(search.after, search.before)]
    first = max(now, search.after or now)
    days = (first.astimezone(ZoneInfo(zone)).date() + number * _DAY for number in range(_MOST_DAYS))
    found = [on_day(Wish(hours=search.hours), day, zone=zone, now=first) for day in days]
    return [
        (one.after, min(one.before, search.before or one.before))
        for one in found
        if one and one.after and one.before and (search.before is None or one.after < search.before)
    ]
