"""The demo's content in the database; seeding twice is seeding once."""

from collections.abc import Collection
from typing import Any

from catalogue import service as catalogue
from hourwise.seed.content import demo_entries, demo_experts, demo_items
from hourwise.settings import Settings
from hourwise.wiring import migrate, open_storage
from kernel.clock import Clock
from kernel.languages import DEFAULT_LANGUAGE
from knowledge import service as knowledge
from storage.engine import Database
from workflows.onboard import Join, Newcomer
from workflows.register_experts import RegisterExperts


async def seed_demo(database: Database, clock: Clock) -> dict[str, Any]:
    """Experts, offers, FAQ and the library in both languages.

    Returns `{"experts": [{"id", "name", "telegram_id", "topics"}], "faq": n}`.
    """
    rows = demo_experts()
    await RegisterExperts(database.write, clock)(rows)
    entries = demo_entries()
    async with database.write.begin() as db:
        await knowledge.import_entries(db, entries, now=clock())
        for item in demo_items(now=clock()):
            await catalogue.add(db, item)
    return {
        "experts": [
            {"id": row.id, "name": row.name, "telegram_id": row.telegram_id, "topics": row.topics}
            for row in rows
        ],
        "faq": len(entries),
    }


async def let_experts_in(
    database: Database, clock: Clock, seeded: dict[str, Any], *, among: Collection[int]
) -> None:
    """The demo's experts who are `among` the sandbox's people have started the bot already, so
    that notices reach them."""
    join = Join(database.write, clock)
    for expert in seeded["experts"]:
        telegram_id = expert["telegram_id"]
        if telegram_id in among:
            newcomer = Newcomer(telegram_id, expert["name"], None, DEFAULT_LANGUAGE)
            await join(newcomer, command=f"demo:{telegram_id}")


async def seed_from_command_line(settings: Settings, clock: Clock) -> dict[str, Any]:
    """Migrate, then seed."""
    await migrate(settings)
    database = open_storage(settings)
    try:
        return await seed_demo(database, clock)
    finally:
        await database.close()
