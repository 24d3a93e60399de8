"""All SQL about questionnaires."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId, new_id
from kernel.money import Money
from people.model import Intake
from people.tables import IntakeRow


async def add_intake(db: AsyncSession, intake: Intake) -> None:
    """Store the answers of a questionnaire."""
    await db.execute(
        insert(IntakeRow).values(
            id=new_id(),
            person_id=intake.person_id,
            topic=intake.topic,
            about=intake.about,
            urgency=intake.urgency,
            tried=intake.tried,
            budget_minor=intake.budget.minor if intake.budget else None,
            budget_currency=intake.budget.currency if intake.budget else None,
            kind=intake.kind,
            priority=intake.priority,
            answered_at=intake.answered_at,
        )
    )


async def intakes(
    db: AsyncSession, person_id: PersonId, *, limit: int | None = None
) -> list[Intake]:
    """A person's questionnaires, newest first."""
    rows = await db.scalars(
        select(IntakeRow)
        .where(IntakeRow.person_id == person_id)
        .order_by(IntakeRow.answered_at.desc(), IntakeRow.id.desc())
        .limit(limit)
    )
    return [_intake(row) for row in rows]


def _intake(row: IntakeRow) -> Intake:
    budget = None
    if row.budget_minor is not None and row.budget_currency is not None:
        budget = Money(row.budget_minor, row.budget_currency)
    return Intake(
        person_id=PersonId(row.person_id),
        topic=row.topic,
        about=row.about,
        urgency=row.urgency,
        tried=row.tried,
        budget=budget,
        kind=row.kind,
        priority=row.priority,
        answered_at=row.answered_at,
    )
