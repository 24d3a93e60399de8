"""Who turned to which items, read from the activity; only of people who agree to be profiled, then
and now, and of nothing that concerns health."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from catalogue.tables import ItemRow
from insights.histories import agreed, past_of
from kernel.ids import PersonId
from matching.recommend.history import Kind
from matching.recommend.items import ItemDeed, ItemPast, Others
from people.tables import ExpertRow, PersonRow
from storage.activity import ActivityRow

_LOOKED, _GOT = "viewed_item", "got_item"
_NEWEST = 50
_COMPANY = 2000


async def asked_for(db: AsyncSession, person: PersonId) -> tuple[str, str] | None:
    """The topic that a person asked for last, and the activity that says so; their own request,
    whether they are profiled or not."""
    row = (
        await db.execute(
            select(ActivityRow.about, ActivityRow.id)
            .where(
                ActivityRow.person_id == person, ActivityRow.verb == "answered_questionnaire",
                ActivityRow.about.is_not(None),
            )
            .order_by(ActivityRow.at.desc(), ActivityRow.id.desc())
            .limit(1)
        )
    ).one_or_none()  # fmt: skip
    return None if row is None else (str(row.about), row.id)


async def past_with_items(
    db: AsyncSession, person: PersonId, *, without: Collection[str]
) -> ItemPast:
    """What a person did with items that are not of the topics `without`, the newest first, and
    whom they booked."""
    deeds = await _deeds(db, ActivityRow.person_id == person, without=without, limit=_NEWEST)
    past = await past_of(db, person)
    booked = {one.expert: one.row for one in past.deeds if one.kind is Kind.BOOKED}
    topics = await db.execute(
        select(ExpertRow.id, ExpertRow.topics).where(ExpertRow.id.in_(booked))
    )
    private = {expert for expert, of in topics if not set(of).isdisjoint(without)}
    booked = {expert: row for expert, row in booked.items() if expert not in private}
    return ItemPast(deeds, booked, await asked_for(db, person))


async def others(
    db: AsyncSession, person: PersonId, items: Collection[str], *, without: Collection[str]
) -> Others:
    """What everybody else did: who turned to some of `items`, and how many got each item, in all
    and in the person's segment."""
    segment = await db.scalar(select(PersonRow.segment).where(PersonRow.id == person))
    with_me = (
        select(ActivityRow.person_id)
        .where(
            ActivityRow.about.in_(items), ActivityRow.verb.in_((_LOOKED, _GOT)), agreed(),
            ActivityRow.person_id != person,
        )
        .distinct()
        .limit(_COMPANY)
    )  # fmt: skip
    company = await _deeds(db, ActivityRow.person_id.in_(with_me), without=without)
    return Others(
        company,
        await _counts(db, person, without=without),
        await _counts(db, person, without=without, segment=segment) if segment else {},
    )


async def _counts(
    db: AsyncSession, person: PersonId, *, without: Collection[str], segment: str | None = None
) -> dict[str, int]:
    query = (
        select(ActivityRow.about, func.count(ActivityRow.person_id.distinct()))
        .join(ItemRow, ItemRow.id == ActivityRow.about)
        .where(
            ActivityRow.verb == _GOT, agreed(), ActivityRow.person_id != person,
            ItemRow.topic.not_in(without),
        )
        .group_by(ActivityRow.about)
    )  # fmt: skip
    if segment is not None:
        query = query.join(PersonRow, PersonRow.id == ActivityRow.person_id).where(
            PersonRow.segment == segment
        )
    return {str(item): count for item, count in await db.execute(query)}


async def _deeds(
    db: AsyncSession, *where: ColumnElement[bool], without: Collection[str],
    limit: int | None = None,
) -> Sequence[ItemDeed]:  # fmt: skip
    """The newest first; nobody counts for what they wrote themselves."""
    own = select(ExpertRow.id).where(ExpertRow.person_id == ActivityRow.person_id)
    rows = await db.execute(
        select(ActivityRow)
        .join(ItemRow, ItemRow.id == ActivityRow.about)
        .where(
            *where,
            ActivityRow.verb.in_((_LOOKED, _GOT)),
            agreed(),
            ItemRow.topic.not_in(without),
            ItemRow.author.is_(None) | ItemRow.author.not_in(own),
        )
        .order_by(ActivityRow.at.desc(), ActivityRow.id.desc())
        .limit(limit)
    )
    return [
        ItemDeed(PersonId(row.person_id), str(row.about), row.verb == _GOT, row.at, row.id)
        for row in rows.scalars()
    ]
