"""Who turned to whom, read from the activity; only of people who agree to be profiled, then and
now."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from booking.model import SessionState
from booking.tables import SessionRow
from kernel.ids import ExpertId, PersonId
from matching.recommend.history import History, Kind
from matching.recommend.recommender import Deed, Past
from people.tables import ExpertRow, PersonRow, ReviewRow
from storage.activity import ActivityRow

TOOK_PLACE = (
    SessionState.CONFIRMED, SessionState.UNDER_WAY, SessionState.ENDED, SessionState.CLOSED,
    SessionState.NO_SHOW,
)  # fmt: skip
AT_ONCE = 10_000


async def read(db: AsyncSession, experts: Sequence[ExpertId]) -> History:
    """Everybody's history with these experts, whose places are theirs in `experts`."""
    history = History(experts={each: place for place, each in enumerate(experts)})
    async for one in _stream(db, _deeds()):
        if one.expert in history.experts:
            history.add(one.person, one.expert, one.kind, one.at, one.rating)
    asked = await db.stream(_needs())
    async for person, topic, at in asked:
        history.need(PersonId(person), str(topic), at)
    return history


async def past_of(db: AsyncSession, person: PersonId) -> Past:
    """One person's history, the newest last, and the topic they asked for last."""
    of = {"person": person}
    deeds = [*_read(await db.execute(_DEEDS_OF, of))]
    topics = (await db.execute(_NEEDS_OF, of)).all()
    last = max(topics, key=lambda each: each.at, default=None)
    return Past(sorted(deeds, key=lambda one: one.at), None if last is None else last.about)


def agreed() -> ColumnElement[bool]:
    """Activity of people who agreed to be profiled when it was noted, and do now."""
    people = select(PersonRow.id).where(PersonRow.profiling, PersonRow.erased_at.is_(None))
    return and_(ActivityRow.profiling, ActivityRow.person_id.in_(people))


def _deeds(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Looks and ratings name an expert, holds a session; nobody counts for their own page."""
    own = aliased(ExpertRow)
    expert = SessionRow.expert_id
    return (
        select(
            ActivityRow.id, ActivityRow.person_id, ActivityRow.verb, ActivityRow.about,
            ActivityRow.at, expert, SessionRow.state, ReviewRow.received,
        )
        .outerjoin(
            SessionRow, and_(ActivityRow.verb == "held", SessionRow.id == ActivityRow.about)
        )
        .outerjoin(
            ReviewRow,
            and_(
                ActivityRow.verb == "rated", ReviewRow.client_id == ActivityRow.person_id,
                ReviewRow.expert_id == ActivityRow.about, ReviewRow.at == ActivityRow.at,
            ),
        )
        .outerjoin(own, own.person_id == ActivityRow.person_id)
        .where(
            ActivityRow.verb.in_(("viewed", "held", "rated")), agreed(), *where,
            or_(own.id.is_(None), own.id != ActivityRow.about), or_(expert.is_(None), own.id.is_(None), own.id != expert),
        )
    )  # fmt: skip


def _needs(*where: ColumnElement[bool]) -> Select[str, str | None, datetime]:
    return select(ActivityRow.person_id, ActivityRow.about, ActivityRow.at).where(
        ActivityRow.verb == "answered_questionnaire", ActivityRow.about.is_not(None), agreed(), *where
    )  # fmt: skip


# made once: making the first takes longer than asking it for one person
_ONE_PERSON = ActivityRow.person_id == bindparam("person")
_DEEDS_OF, _NEEDS_OF = _deeds(_ONE_PERSON), _needs(_ONE_PERSON)


async def _stream(db: AsyncSession, query: Select[*tuple[Any, ...]]) -> AsyncIterator[Deed]:
    result = await db.stream(query.execution_options(yield_per=AT_ONCE))
    async for part in result.partitions():
        for deed in _read(part):
            yield deed


def _read(rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[Deed]:
    for row, person, verb, about, at, expert, state, received in rows:
        if verb == "held" and expert is None:
            continue
        if verb == "rated" and received is None:
            continue
        yield Deed(
            PersonId(person), ExpertId(expert or about), _kind(verb, state), at, received or 0, row
        )


def _kind(verb: str, state: str | None) -> Kind:
    match verb:
        case "viewed":
            return Kind.VIEWED
        case "rated":
            return Kind.RATED
        case _:
            return Kind.BOOKED if state in TOOK_PLACE else Kind.HELD
