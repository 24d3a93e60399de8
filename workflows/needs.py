"""What a person needs, as it stands in notes to admins and experts."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId
from knowledge import service as knowledge
from knowledge.model import Need, NeedKind, Priority
from people import service as people
from texts.values import Key, Localized, Value

# the most urgent first; an intake stores the place in this order, from 1
PRIORITIES = (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)
_WORTH = timedelta(days=30)


async def latest_need(db: AsyncSession, person: PersonId, *, now: datetime) -> Need | None:
    """What the person told in the questionnaire in the last 30 days."""
    intake = await people.latest_intake(db, person)
    if intake is None or now - intake.answered_at > _WORTH:
        return None
    return Need(intake.topic, NeedKind(intake.kind), PRIORITIES[intake.priority - 1])


def together(said: Need, told: Need | None) -> Need:
    """What was just said, with the topic of what was told before and the more urgent of both."""
    if told is None:
        return said
    priority = min(said.priority, told.priority, key=PRIORITIES.index)
    kind = told.kind if said.kind is NeedKind.INFORMATIONAL else said.kind
    return Need(said.topic or told.topic, kind, priority)


async def need_values(db: AsyncSession, need: Need | None) -> dict[str, Value]:
    """The variables `need` (yes or no), `topic`, `kind` and `priority` of a text."""
    if need is None:
        return {"need": "no", "topic": "", "kind": "", "priority": ""}
    names = {one.id: one.names for one in await knowledge.topics(db)}
    known = names.get(need.topic or "")
    return {
        "need": "yes",
        "topic": Localized(known) if known else Key("topic-open"),
        "kind": Key(f"need-{need.kind}"),
        "priority": Key(f"priority-{need.priority}"),
    }
