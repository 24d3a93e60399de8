"""What people booked of what they were shown; only of people who agree to be profiled, when it was
shown, when they booked, and now."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.tables import SessionRow
from insights.histories import AT_ONCE, TOOK_PLACE, agreed
from kernel.ids import ExpertId, PersonId
from matching.learning import Choice
from matching.rank import WEIGHTS
from matching.tables import ShownRow
from people.tables import ExpertRow, PersonRow
from storage.activity import ActivityRow

LEARNT_FROM = timedelta(days=365)
_BOOKED_WITHIN = timedelta(days=7)
# so that nobody teaches their own taste to everybody
_MOST_OF_ONE = 5

_List = tuple[datetime, Sequence[tuple[ExpertId, Mapping[str, float]]]]


async def read(db: AsyncSession, *, now: datetime) -> list[Choice]:
    """Each booking with the list that it came from: the last one with that expert on it within
    seven days before; the newest five bookings of each person, none with themselves."""
    lists = await _lists(db, since=now - LEARNT_FROM)
    bookings = (
        select(ActivityRow.person_id, SessionRow.expert_id, ActivityRow.at)
        .join(SessionRow, SessionRow.id == ActivityRow.about)
        .join(ExpertRow, ExpertRow.id == SessionRow.expert_id)
        .where(
            ActivityRow.verb == "held", ActivityRow.at >= now - LEARNT_FROM, agreed(),
            SessionRow.state.in_(TOOK_PLACE),
            ExpertRow.person_id.is_distinct_from(ActivityRow.person_id),
        )
        .order_by(ActivityRow.at.desc())
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip
    found: dict[PersonId, list[Choice]] = defaultdict(list)
    async for person, expert, at in await db.stream(bookings):
        choice = _choice(lists.get(PersonId(person), []), ExpertId(expert), at)
        if choice is not None and len(found[PersonId(person)]) < _MOST_OF_ONE:
            found[PersonId(person)].append(choice)
    return [choice for of in found.values() for choice in of]


async def _lists(db: AsyncSession, *, since: datetime) -> dict[PersonId, list[_List]]:
    """The lists of each person, the oldest first."""
    people = select(PersonRow.id).where(PersonRow.profiling, PersonRow.erased_at.is_(None))
    rows = await db.stream(
        select(ShownRow.person_id, ShownRow.at, ShownRow.experts)
        .where(ShownRow.at >= since, ShownRow.person_id.in_(people))
        .order_by(ShownRow.at)
        .execution_options(yield_per=AT_ONCE)
    )
    found: dict[PersonId, list[_List]] = defaultdict(list)
    async for person, at, experts in rows:
        # what was kept before the score had another feature says nothing about it
        if all(features.keys() == WEIGHTS.keys() for _, features in experts):
            found[PersonId(person)].append((at, [(ExpertId(one), of) for one, of in experts]))
    return found


def _choice(lists: Sequence[_List], expert: ExpertId, at: datetime) -> Choice | None:
    for shown_at, experts in reversed(lists[: bisect_right(lists, at, key=lambda one: one[0])]):
        if shown_at < at - _BOOKED_WITHIN:
            break
        names = [one for one, _ in experts]
        if expert in names and len(names) > 1:
            return Choice(at, [features for _, features in experts], names.index(expert))
    return None
