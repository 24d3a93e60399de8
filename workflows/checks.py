"""Whether the stored data is sound."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from booking import checks as booking
from payments import ledger_check


async def find_problems(db: AsyncSession) -> list[str]:
    """Every problem in one plain sentence; none when all is well."""
    problems = list((await ledger_check.check(db))["problems"])
    problems += await booking.problems(db)
    if db.get_bind().dialect.name == "sqlite":
        state = await db.scalar(text("PRAGMA integrity_check"))
        if state != "ok":
            problems.append(f"the database file is damaged: {state}")
    return problems
