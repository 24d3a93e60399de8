"""Whom something happened to that a sequence of messages follows."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kernel.ids import PersonId
from people.model import Trigger
from people.tables import PersonRow
from storage.activity import ActivityRow

# what somebody did last, and what they did not do after it
_DID = {
    Trigger.ABANDONED: ("viewed", ("held", "paid")),
    Trigger.UNPAID: ("held", ("paid",)),
}


async def triggered(
    db: AsyncSession, trigger: Trigger, *, after: datetime, until: datetime
) -> list[PersonId]:
    """Whoever takes marketing, can be reached, and had it happen after the one instant and not
    after the other."""
    if until <= after:
        return []
    query = select(PersonRow.id).where(
        PersonRow.marketing.is_(True), PersonRow.telegram_id.is_not(None),
        PersonRow.blocked_at.is_(None), _happened(trigger, after=after, until=until),
    )  # fmt: skip
    return [PersonId(person) for person in await db.scalars(query)]


async def next_after(db: AsyncSession, trigger: Trigger, *, after: datetime) -> datetime | None:
    """When it happened first after an instant, to anybody."""
    if trigger is Trigger.JOINED:
        return await db.scalar(
            select(func.min(PersonRow.joined_at)).where(PersonRow.joined_at > after)
        )
    did, _ = _DID[trigger]
    return await db.scalar(
        select(func.min(ActivityRow.at)).where(ActivityRow.at > after, ActivityRow.verb == did)
    )


def _happened(trigger: Trigger, *, after: datetime, until: datetime) -> ColumnElement[bool]:
    if trigger is Trigger.JOINED:
        return (PersonRow.joined_at > after) & (PersonRow.joined_at <= until)
    return PersonRow.id.in_(_left_it_at(*_DID[trigger], after=after, until=until))


def _left_it_at(
    did: str, not_yet: tuple[str, ...], *, after: datetime, until: datetime
) -> Select[str]:
    last = (
        select(ActivityRow.person_id, func.max(ActivityRow.at).label("at"))
        .where(ActivityRow.verb == did, ActivityRow.at > after)
        .group_by(ActivityRow.person_id)
        .subquery()
    )
    later = aliased(ActivityRow)
    went_on = exists().where(
        later.person_id == last.c.person_id, later.verb.in_(not_yet), later.at >= last.c.at
    )
    return select(last.c.person_id).where(last.c.at <= until, ~went_on)
