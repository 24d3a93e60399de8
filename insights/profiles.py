"""People's profiles: made each night, shown, and dropped when somebody wants none."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from insights import propensity
from insights.events import Events
from insights.features import FEATURES, Table, features
from insights.propensity import AT_RISK, WILL_BOOK, PersonReason, Propensity
from insights.segments import FEWEST_PEOPLE, Groups, drift, group
from insights.tables import ProfileNightRow, ProfileRow
from kernel.ids import PersonId
from people.model import Standing
from people.tables import PersonRow

_AT_ONCE = 1_000

_Answer = tuple[float | None, Sequence[PersonReason]]
_UNKNOWN: _Answer = (None, ())


@dataclass(frozen=True)
class Profile:
    """What was learnt about a person. `will_book` is the probability of a booking within 30 days,
    `at_risk` that a customer does nothing within 60; they and `segment` are None while too few
    people are known, `at_risk` also of who is no customer."""

    person: PersonId
    segment: str | None
    will_book: float | None
    reasons: Sequence[PersonReason]
    at_risk: float | None
    at_risk_reasons: Sequence[PersonReason]
    features: Mapping[str, float | None]


@dataclass(frozen=True)
class Night:
    """A night's profiles with their card, and the groups that the next night starts from."""

    profiles: Sequence[Profile]
    card: Mapping[str, Any]
    groups: Groups | None


def make(
    events: Events, *, now: datetime, earlier: Groups | None, before: Mapping[PersonId, str | None]
) -> Night:
    """Everybody's profile as of now. `before` are their segments of the night before."""
    table = features(events, at=now.timestamp())
    people = list(events.people)
    ids = [people[place] for place in table.people]
    card: dict[str, Any] = {"people": len(ids)}
    answers = {}
    for name, question in (("will_book", WILL_BOOK), ("at_risk", AT_RISK)):
        model = propensity.learn(events, now=now.timestamp(), question=question)
        answers[name] = _answers(model, propensity.those(table, question))
        if model is not None:
            card[name] = {
                "auc": round(model.auc, 4), "brier": round(model.brier, 4),
                "brier_of_the_mean": round(model.base, 4), "learnt_from": model.learnt_from,
            }  # fmt: skip
    will_book, at_risk = (answers[name] for name in ("will_book", "at_risk"))
    groups: Groups | None = None
    names: Sequence[Standing | None] = [None] * len(ids)
    if len(ids) >= FEWEST_PEOPLE:
        groups, found = group(table, earlier)
        names = found
        known = [(before[each], name) for each, name in zip(ids, found, strict=True)
                 if before.get(each)]  # fmt: skip
        card["segments"] = {str(name): found.count(name) for name in Standing}
        card["silhouette"] = round(groups.silhouette, 4)
        card["groups"] = len(groups.centres)
        card["drift"] = round(drift([str(was) for was, _ in known], [name for _, name in known]), 4)
    rows = [
        [None if math.isnan(value) else round(value, 3) for value in row]
        for row in table.rows.tolist()
    ]
    profiles = [
        Profile(
            each, name, *will_book.get(place, _UNKNOWN), *at_risk.get(place, _UNKNOWN),
            dict(zip(FEATURES, row, strict=True)),
        )
        for each, name, place, row in zip(ids, names, table.people.tolist(), rows, strict=True)
    ]  # fmt: skip
    return Night(profiles, card, groups)


def _answers(model: Propensity | None, table: Table) -> dict[int, _Answer]:
    """The probability and its reasons, by the places of those whom the question is about."""
    if model is None or not len(table.people):
        return {}
    told = [round(float(each), 4) for each in model.probabilities(table)]
    return dict(
        zip(table.people.tolist(), zip(told, model.reasons(table), strict=True), strict=True)
    )


async def last_made(db: AsyncSession) -> datetime | None:
    """When profiles were made last."""
    return await db.scalar(select(func.max(ProfileNightRow.made_at)))


async def last_groups(db: AsyncSession) -> Groups | None:
    """The groups that the last night ended with."""
    value = await db.scalar(
        select(ProfileNightRow.groups)
        .where(ProfileNightRow.groups.is_not(None))
        .order_by(ProfileNightRow.number.desc())
        .limit(1)
    )
    return None if value is None else Groups.from_json(value)


async def segments(db: AsyncSession) -> dict[PersonId, str | None]:
    """Everybody's segment."""
    rows = await db.execute(select(ProfileRow.person_id, ProfileRow.segment))
    return {PersonId(person): segment for person, segment in rows}


async def latest_card(db: AsyncSession) -> dict[str, Any]:
    """How the last night came out; empty before the first."""
    card = await db.scalar(
        select(ProfileNightRow.card).order_by(ProfileNightRow.number.desc()).limit(1)
    )
    return dict(card or {})


async def store(db: AsyncSession, night: Night, *, now: datetime) -> None:
    """In place of the profiles of the night before."""
    await db.execute(delete(ProfileRow))
    for begin in range(0, len(night.profiles), _AT_ONCE):
        await db.execute(
            insert(ProfileRow),
            [
                {
                    "person_id": one.person, "segment": one.segment, "will_book": one.will_book,
                    "reasons": [asdict(each) for each in one.reasons],
                    "at_risk": one.at_risk,
                    "at_risk_reasons": [asdict(each) for each in one.at_risk_reasons],
                    "features": dict(one.features), "made_at": now,
                }
                for one in night.profiles[begin : begin + _AT_ONCE]
            ],
        )  # fmt: skip
    number = (await db.scalar(select(func.max(ProfileNightRow.number))) or 0) + 1
    groups = None if night.groups is None else night.groups.to_json()
    await db.execute(
        insert(ProfileNightRow).values(
            number=number, made_at=now, card=dict(night.card), groups=groups
        )
    )


async def drop_unwanted(db: AsyncSession) -> None:
    """Whoever turned profiling off while the night's work was under way has no profile."""
    wanted = select(PersonRow.id).where(PersonRow.profiling, PersonRow.erased_at.is_(None))
    await db.execute(delete(ProfileRow).where(ProfileRow.person_id.not_in(wanted)))


async def forget(db: AsyncSession, person: PersonId) -> None:
    """The person's profile is dropped at once."""
    await db.execute(delete(ProfileRow).where(ProfileRow.person_id == person))


async def export(db: AsyncSession, person: PersonId) -> dict[str, Any] | None:
    """The profile for the person to see, ready for JSON; None when there is none."""
    row = await db.get(ProfileRow, person)
    if row is None:
        return None
    return {
        "segment": row.segment, "will_book_within_30_days": row.will_book,
        "because": row.reasons, "leaves_within_60_days": row.at_risk,
        "leaves_because": row.at_risk_reasons, "features": row.features, "made_at": row.made_at.isoformat(),
    }  # fmt: skip
